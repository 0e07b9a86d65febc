// Why this exists: a covered line is not necessarily a tested line. `npm run mutation -- --room conformance --sample 400 --seed 1` changes the
// source of a room, one place at a time, and prints each change that no test of that room detects. Without `--sample` it changes all
// places; with `--only FILE:LINE,FILE:FIRST-LAST` only these, for example after writing a test; with `--tests FILE,FILE` it runs only these
// tests. A survivor without observable effect is listed in `equivalent.mjs` with its reason; every other one counts.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { EQUIVALENT } from './equivalent.mjs'
import { ROOMS } from './rooms.mjs'

const { values } = parseArgs({
  options: {
    room: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    /** Runs only the tests in the folder of the room, which is faster. */
    own: { type: 'boolean', default: false },
    /** Runs only these files, such as a new test. */
    tests: { type: 'string', default: '' },
    /** Required score in percent. */
    least: { type: 'string', default: '90' },
  },
})
const room = ROOMS[values.room ?? '']
if (room === undefined) throw new Error(`--room is one of ${Object.keys(ROOMS).join(', ')}`)

const command = room.isResident
  ? ['vitest', 'run', '--config', 'tests/mutation/resident.config.mjs']
  : ['stryker', 'run', 'tests/mutation/stryker.config.mjs']
const { status } = spawnSync(command[0], command.slice(1), {
  stdio: 'inherit',
  env: {
    ...process.env,
    ROOM: values.room,
    SAMPLE: values.sample ?? '',
    SEED: values.seed,
    ONLY: values.only,
    OWN: String(values.own),
    TESTS: values.tests,
  },
})
if (status !== 0) process.exit(status ?? 1)

/** The source that a mutant replaces. */
function between(lines, { start, end }) {
  const [first, last] = [start.line - 1, end.line - 1]
  if (first === last) return lines[first].slice(start.column - 1, end.column - 1)
  return [lines[first].slice(start.column - 1), ...lines.slice(first + 1, last), lines[last].slice(0, end.column - 1)].join('\n')
}

const NOTICED = ['Killed', 'Timeout']
const UNNOTICED = ['Survived', 'NoCoverage']
const report = JSON.parse(readFileSync(`.stryker-tmp/mutation-${values.room}.json`, 'utf8'))
const mutants = Object.entries(report.files).flatMap(([file, { source, mutants: all }]) => {
  const lines = source.split('\n')
  return all.map((mutant) => ({
    ...mutant,
    file,
    line: lines[mutant.location.start.line - 1].trim(),
    original: between(lines, mutant.location),
  }))
})
const isListed = ({ file, line, original, replacement }) =>
  EQUIVALENT.some(
    (one) =>
      file.startsWith(`src/${one.file}`) &&
      line.includes(one.line ?? '') &&
      (one.original === undefined || (one.original instanceof RegExp ? one.original.test(original) : one.original === original)) &&
      one.replacements.includes(replacement),
  )

/** True if a timeout of Stryker or of a test ended the mutant, not a failed expectation or the hit limit. Run such a mutant alone to be sure. */
const isByClock = ({ status, statusReason = '' }) =>
  status === 'Timeout' ? !statusReason.includes('Hit limit') : /timed out in \d+ms/.test(statusReason)

const noticed = mutants.filter((one) => NOTICED.includes(one.status))
const byClock = noticed.filter(isByClock)
const unnoticed = mutants.filter((one) => UNNOTICED.includes(one.status))
const equivalent = unnoticed.filter(isListed)
const tried = noticed.length + unnoticed.length
const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`
const print = (line) => process.stdout.write(`${line}\n`)
const printMutant = ({ file, location, line, original, replacement }) =>
  print(`${file}:${location.start.line}:${location.start.column}  ${line}\n    ${original.slice(0, 80)}\n    → ${replacement}`)
for (const one of unnoticed.filter((one) => !equivalent.includes(one))) printMutant(one)
if (byClock.length > 0) print(`\nNoticed by the clock alone: ${byClock.length}`)
for (const one of byClock) printMutant(one)
const score = percent(noticed.length, tried - equivalent.length)
const what = `${values.room}${values.sample === undefined ? '' : `, seed ${values.seed}`}${values.only === '' ? '' : ', places named'}${values.own ? ', own tests' : ''}${values.tests === '' ? '' : `, tests ${values.tests}`}`
print(`${what}: ${tried} mutants, ${noticed.length} noticed (${percent(noticed.length, tried)})`)
print(`${equivalent.length} of the others are listed as equivalent: ${score} of the rest are noticed`)
process.exit(Number.parseFloat(score) >= Number(values.least) ? 0 : 1)
