/**
 * Kills a serving node again and again while it is being loaded, and proves after each start that it lost nothing, doubled
 * nothing, and honours every checkpoint it ever signed: `npm run crash -- --rounds 100 --format json`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { crash } from './crash.js'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    callers: { type: 'string', default: '8' },
    database: { type: 'string' },
    program: { type: 'string', default: 'dist/cli.js' },
    format: { type: 'string', default: 'text' },
  },
})
const folder = await mkdtemp(join(tmpdir(), 'tongheng-crash-'))
try {
  const say = (line: string): void => {
    if (values.format !== 'json') stdout.write(`${line}\n`)
  }
  const result = await crash({
    folder,
    program: values.program,
    rounds: Number(values.rounds),
    callers: Number(values.callers),
    ...(values.database !== undefined && { database: values.database }),
    onRound: ({ round, lived, acknowledged, size, faults }) =>
      say(`round ${round}: killed after ${lived} ms; ${acknowledged} acknowledged, log of ${size}; ${faults} faults`),
  })
  if (values.format === 'json') stdout.write(`${JSON.stringify(result)}\n`)
  else {
    for (const fault of result.faults) say(fault)
    say(`${result.rounds} rounds, ${result.acknowledged} acknowledged, ${result.checkpoints} checkpoints: ${result.faults.length} faults`)
  }
  process.exitCode = result.faults.length === 0 ? 0 : 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
