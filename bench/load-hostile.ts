/**
  * Attacks on the cost of a request, each from 64 connections, during honest submissions. Measures the 99th percentile of the waiting time of
  * these, at rest and under each attack in the same run, and the memory of the node. `npm run bench:attack -- --only verify`; exits with
  * 1 if honest callers wait more than three times as long as at rest, or the node needs more than 600 MB.
 *
  * The attacker is a process with the lowest priority, because in reality it is another machine; it still shares caches and memory bandwidth
  * with the node. Each percentile is of 320 submissions (the fourth slowest), after a second of submissions that are not counted.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, exit, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import attacks, { CONNECTIONS } from './load/attacks.js'
import { type Answers, flood } from './load/flood.js'
import { endSending, type Prepared, prepare, submit } from './load/sender.js'
import { NODE, openServing, type Serving } from './load/serving.js'

/** Honest submissions per second, and requests for `/healthz`. */
const RATE = 80
const HEALTH_RATE = 20
/** Seconds of submissions before those that are counted. */
const WARM_UP = 1
const MAX_TIMES = 3
const MAX_MB = 600

const { values } = parseArgs({
  args: argv.slice(2),
  options: { seconds: { type: 'string', default: '4' }, only: { type: 'string' } },
})
const seconds = Number(values.seconds)

interface Figures {
  readonly p50: number
  readonly p99: number
  readonly healthP99: number
  readonly mb: number
  readonly failed: readonly string[]
}

const percentile = (waits: readonly number[], share: number): number => {
  const sorted = [...waits].sort((a, b) => a - b)
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number) * 10) / 10
}

/** Sends at a constant rate, independent of the answers; a wait counts from the time when a request was due. */
async function steadily(count: number, rate: number, work: (n: number) => Promise<unknown>) {
  const waits: number[] = []
  const failed: string[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const due = started + (n * 1000) / rate
      await new Promise((done) => setTimeout(done, due - performance.now()))
      await work(n).catch((error: Error) => failed.push(error.message))
      waits.push(performance.now() - due)
    }),
  )
  return { waits, failed }
}

const agent = new Agent({ keepAlive: true })
const health = (url: string): Promise<void> =>
  new Promise((done, failed) => {
    get(`${url}/healthz`, { agent }, (response) => response.resume().once('end', done).once('error', failed)).once('error', failed)
  })

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024

async function prepared(serving: Serving, count: number): Promise<Prepared[]> {
  const [url, signer] = [serving.urls[0] as string, serving.world.signer('LZ')]
  return Promise.all((await serving.statements(count)).map((statement) => prepare(url, NODE, statement, signer)))
}

/** Honest submissions, signed before the concurrent load (`meanwhile`) begins. */
async function honest(serving: Serving, meanwhile?: () => Promise<{ end(): Promise<Answers> }>): Promise<Figures & { answers: Answers }> {
  // The node may close an idle connection just when it is used again.
  endSending()
  agent.destroy()
  const supply = await prepared(serving, (WARM_UP + seconds) * RATE)
  await steadily(WARM_UP * RATE, RATE, (n) => submit(supply[n] as Prepared))
  const counted = supply.slice(WARM_UP * RATE)
  const attack = await meanwhile?.()
  let mb = 0
  const watch = setInterval(() => {
    mb = Math.max(mb, residentMb(serving.pids[0] as number))
  }, 50)
  if (attack !== undefined) await new Promise((done) => setTimeout(done, 300))
  const [submitted, looked] = await Promise.all([
    steadily(counted.length, RATE, (n) => submit(counted[n] as Prepared)),
    steadily(seconds * HEALTH_RATE, HEALTH_RATE, () => health(serving.urls[0] as string)),
  ])
  const answers = (await attack?.end()) ?? {}
  clearInterval(watch)
  return {
    p50: percentile(submitted.waits, 0.5),
    p99: percentile(submitted.waits, 0.99),
    healthP99: percentile(looked.waits, 0.99),
    mb: Math.round(mb),
    failed: [...submitted.failed, ...looked.failed],
    answers,
  }
}

function tell(name: string, { p50, p99, healthP99, mb, failed, answers }: Figures & { answers: Answers }, rest: Figures): boolean {
  const times = p99 / rest.p99
  const isTooMuch = times > MAX_TIMES || mb > MAX_MB || failed.length > 0
  const served = Object.entries(answers)
    .map(([status, count]) => `${status}×${count}`)
    .join(' ')
  stdout.write(
    `${isTooMuch ? '✗' : '✓'} ${name.padEnd(44)} p50 ${rest.p50} → ${p50}  p99 ${rest.p99} → ${p99} ms (×${times.toFixed(1)})  healthz p99 ${rest.healthP99} → ${healthP99}  resident ${mb} MB  failed ${failed.length}  answers ${served}\n`,
  )
  if (failed.length > 0) stdout.write(`    ${failed[0]?.slice(0, 160)}\n`)
  return isTooMuch
}

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 500))
const folder = await mkdtemp(join(tmpdir(), 'tongheng-attack-'))
let isOver = false
try {
  const serving = await openServing(folder, 'sqlite', 1, {
    algorithms: ['ES256', 'SGD_SM3_SM2'],
    // Default limits of a node; every connection of an attack counts as a separate address.
    config: { limits: undefined, trustedProxies: ['127.0.0.0/8'] },
  })
  try {
    for (const [name, requestsOf] of Object.entries(attacks)) {
      if (values.only !== undefined && !name.includes(values.only)) continue
      const requests = await requestsOf(serving)
      await pause()
      // Measured just before, because the other load of the machine changes within minutes.
      const rest = await honest(serving)
      const { port } = new URL(serving.urls[0] as string)
      isOver = tell(name, await honest(serving, () => flood(requests, Number(port), CONNECTIONS)), rest) || isOver
      await pause()
    }
  } finally {
    endSending()
    agent.destroy()
    await serving.close()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
exit(isOver ? 1 : 0)
