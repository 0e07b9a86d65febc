/**
  * Measures the worst inputs within the size limits: the longest time for which the event loop is blocked, and all allocated octets including
  * garbage. `npm run bench:hostile [NAME …]`; exits with 1 if a verdict needs over 50 ms or 32 MB. The best of fifteen runs counts.
 */

import { generateKeyPairSync, sign as signRaw, verify as verifyRaw } from 'node:crypto'
import { PerformanceObserver } from 'node:perf_hooks'
import { argv, cpuUsage, exit, stdout } from 'node:process'
import { verify } from 'tongheng/verify'
import { cases, type Hostile } from './hostile-cases.js'

const MAX_MS = 50
const MAX_BYTES = 32 * 1024 * 1024
const RUNS = 15

let collections = 0
new PerformanceObserver((list) => {
  collections += list.getEntries().length
}).observe({ entryTypes: ['gc'] })

/** The longest time between two rounds of the event loop while the work runs. */
async function longestStretch(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = performance.now()
  let isRunning = true
  const turned = new Promise<void>((resolve) => {
    const turn = (): void => {
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
      if (isRunning) setImmediate(turn)
      else resolve()
    }
    setImmediate(turn)
  })
  await new Promise((resolve) => setImmediate(resolve))
  const started = cpuUsage()
  await work()
  const { user, system } = cpuUsage(started)
  isRunning = false
  await turned
  // Other processes lengthen the blocking time, but not the processor time of the whole work.
  return Math.min(longest, (user + system) / 1000)
}

const held = (): number => {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Octets that the work allocates. The young generation is larger than that (see package.json), so nothing is collected. */
async function allocated(work: () => Promise<unknown>): Promise<{ bytes: number; isAtLeast: boolean }> {
  globalThis.gc?.()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const [before, collected] = [held(), collections]
  await work()
  const bytes = held() - before
  await new Promise((resolve) => setTimeout(resolve, 20))
  return { bytes, isAtLeast: collections !== collected }
}

/** Current speed of the machine: processor time of one raw ES256 verification. */
function yardstick(): number {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const data = Buffer.alloc(1600)
  const signature = signRaw('sha256', data, privateKey)
  const started = cpuUsage()
  for (let n = 0; n < 1000; n++) verifyRaw('sha256', data, publicKey, signature)
  const { user, system } = cpuUsage(started)
  return (user + system) / 1000
}

stdout.write(`a raw ES256 verification takes ${yardstick().toFixed(0)} µs of this processor now\n`)
const wanted = argv.slice(2)
let isOver = false
for (const { name, statement, options, more } of cases) {
  if (wanted.length > 0 && !wanted.some((one) => name.includes(one))) continue
  const work = more ?? (() => verify(statement, options))
  const first = (await work()) as { checks?: Hostile['checks']; decidedBy?: string } | undefined
  const stretches: number[] = []
  for (let run = 0; run < RUNS; run++) stretches.push(await longestStretch(work))
  const ms = Math.min(...stretches)
  const { bytes, isAtLeast } = await allocated(work)
  const isTooMuch = more === undefined && (ms > MAX_MS || bytes > MAX_BYTES)
  isOver ||= isTooMuch
  const size = [statement].flat().reduce((sum, text) => sum + text.length, 0)
  stdout.write(
    `${isTooMuch ? '✗' : more === undefined ? '✓' : ' '} ${name.padEnd(52)} ${String(size).padStart(8)} characters ${ms.toFixed(1).padStart(8)} ms ${isAtLeast ? '≥' : ' '}${(bytes / 1048576).toFixed(1).padStart(6)} MB  ${first?.decidedBy ?? ''} ${first?.checks === undefined ? '' : `${first.checks.length} rows`}\n`,
  )
}
exit(isOver ? 1 : 0)
