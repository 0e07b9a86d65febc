// `npm run fuzz -- --minutes N [--seed S] [--only NAME] [--from CASE]`: damaged inputs to every reader until the time is over.
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { fuzz } from './fuzz.js'
import { httpReaders } from './http.js'
import { readersOf } from './readers.js'
import { openFuzzWorld } from './world.js'

const print = (line: string): boolean => process.stdout.write(`${line}\n`)
const FOLDER = '.fuzz'
/** An input that lasts longer is reported as one that does not end. */
const DEADLINE_SECONDS = 20

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' }, only: { type: 'string' }, from: { type: 'string' } },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new RangeError('--minutes takes a positive number, --seed an integer')

const world = await openFuzzWorld()
const readers = [...readersOf(world), ...httpReaders(world)].filter(({ name }) => values.only === undefined || name.includes(values.only))
if (readers.length === 0) throw new RangeError(`no reader is named ${values.only}`)
mkdirSync(FOLDER, { recursive: true })

/**
 * A loop that does not end would silence this thread: another one watches which input is being read, and ends the process.
 * Cells: index of the reader, number of the case, count of cases begun.
 */
const begun = new Int32Array(new SharedArrayBuffer(12))
const watcher = new Worker(
  `const { workerData: { begun, names, seconds, seed, folder } } = require('node:worker_threads')
  let last = -1, since = Date.now()
  setInterval(() => {
    const count = Atomics.load(begun, 2)
    if (count !== last) { last = count; since = Date.now(); return }
    if (Date.now() - since < seconds * 1000) return
    const [reader, number] = [names[Atomics.load(begun, 0)], Atomics.load(begun, 1)]
    const text = reader + ' does not end: npm run fuzz -- --seed ' + seed + ' --only "' + reader + '" --from ' + number + '\\n'
    require('node:fs').writeFileSync(folder + '/hang.txt', text)
    require('node:fs').writeSync(2, text)
    process.kill(process.pid, 'SIGKILL')
  }, 500)`,
  { eval: true, workerData: { begun, names: readers.map(({ name }) => name), seconds: DEADLINE_SECONDS, seed, folder: FOLDER } },
)
watcher.unref()

const BATCH = 100
const first = Math.floor(Number(values.from ?? 0) / BATCH)
const until = performance.now() + minutes * 60_000
const started = performance.now()
const { counts, findings } = await fuzz(readers, {
  seed,
  batch: BATCH,
  first,
  goesOn: () => performance.now() < until,
  before: (reader, number) => {
    Atomics.store(begun, 0, reader)
    Atomics.store(begun, 1, number)
    Atomics.add(begun, 2, 1)
  },
})
await watcher.terminate()

const seconds = (performance.now() - started) / 1000
const total = [...counts.values()].reduce((sum, { cases }) => sum + cases, 0)
for (const [name, { cases, accepted, slowest, slowestNumber, seconds: spent }] of counts)
  print(
    `${name.padEnd(40)} ${String(cases).padStart(9)} cases ${String(accepted).padStart(8)} accepted ${String(Math.round(cases / spent)).padStart(7)}/s, slowest ${slowest.toFixed(1)} ms (case ${slowestNumber})`,
  )
print(`seed ${seed}: ${total} cases in ${seconds.toFixed(0)} s, ${Math.round(total / seconds)}/s, ${findings.length} findings`)
for (const [at, { reader, number, input, error }] of findings.entries()) {
  const file = `${FOLDER}/finding-${seed}-${at}.bin`
  writeFileSync(file, input)
  print(`\n${reader}, case ${number}, input in ${file}\n${error instanceof Error ? error.stack : String(error)}`)
  print(`again: npm run fuzz -- --seed ${seed} --only "${reader}" --from ${number}`)
}
if (findings.length > 0) process.exitCode = 1
