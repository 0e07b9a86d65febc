/**
 * Two processes of a node on PostgreSQL with synchronous replication, while servers of the database are killed, frozen, hung or cut
 * off: `npm run failover -- --kills N --format json`. After each fault it proves that every receipt is in the log at its position, that
  * all published checkpoints belong to one tree, and that both processes serve again. Exit code 1 if any of these fails.
 *
  * `--faults kill,frozen,…` selects the faults, applied in turn; `--asynchronous` replicates asynchronously, so that the proof must fail after
  * `frozen`; `--no-head` omits the second place of the head. PostgreSQL, Patroni, etcd and HAProxy are Debian's, unpacked into a
  * temporary folder; if they are unavailable, the run is skipped with the reason.
 */
import type { ChildProcess } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { type Cluster, findTools, startCluster } from './failover/cluster.js'
import { FAULT_NAMES, FAULTS, type Fault, type FaultName } from './failover/faults.js'
import { type Network, openNetwork } from './failover/network.js'
import { pause, run, signal, until } from './failover/processes.js'
import { type Proved, prove, readyText, type Watch, watchCheckpoints } from './failover/proof.js'
import { createWriters, type Writers } from './failover/writers.js'
import { openServing, type Serving } from './load/serving.js'

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    kills: { type: 'string' },
    faults: { type: 'string' },
    format: { type: 'string', default: 'text' },
    asynchronous: { type: 'boolean', default: false },
    'no-head': { type: 'boolean', default: false },
    seconds: { type: 'string', default: '6' },
  },
})
/** Seconds of load before and after each fault. */
const seconds = Number(values.seconds)
const isSynchronous = !values.asynchronous
/** Seconds within which the cluster must be whole and the nodes must answer again. */
const RECOVERED = 90

const say = (text: string): void => void stderr.write(`${text}\n`)
const closers: (() => Promise<unknown> | unknown)[] = []
let closing: Promise<void> | undefined
let running: Promise<void> = Promise.resolve()
/** Ends everything that was started, newest first, even if a step fails. */
const close = (): Promise<void> => {
  run.isOver = true
  closing ??= (async () => {
    for (const closer of closers.reverse()) {
      try {
        await closer()
      } catch (error) {
        say(`not ended: ${error instanceof Error ? error.message : error}`)
        process.exitCode = 1
      }
    }
  })()
  return closing
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => {
    say(`${name}: ending what was started`)
    // The run itself removes files that are being unpacked, when it sees that it is over.
    void close()
      .then(() => Promise.race([running, pause(10_000)]))
      .finally(() => process.exit(130))
  })

const onStart = (child: ChildProcess): void => {
  if (run.isOver) signal(child.pid as number, 'SIGKILL')
  else closers.push(() => end(child))
}

interface Round extends Proved {
  readonly fault: FaultName
  /** Milliseconds from the last receipt before the pause to the first after it. */
  readonly pauseMs: number
  readonly leaderBefore: string
  readonly leaderAfter: string | undefined
  readonly timeline: unknown
  readonly failure?: string
}

async function main(): Promise<void> {
  const asked = chosenFaults()
  const base = await mkdtemp(join(tmpdir(), 'tongheng-failover-'))
  closers.push(() => rm(base, { recursive: true, force: true }))
  await chmod(base, 0o755)
  const tools = await findTools()
  if (typeof tools === 'string') return skip(tools)
  if (run.isOver) return tools.unpacked.remove()
  closers.push(() => tools.unpacked.remove())
  const opened = asked.some((name) => 'needsNetwork' in FAULTS[name]) ? await openNetwork(base) : undefined
  const network = typeof opened === 'string' ? undefined : opened
  if (network !== undefined) closers.push(() => network.close())
  const skipped = typeof opened === 'string' ? asked.filter((name) => 'needsNetwork' in FAULTS[name]) : []
  for (const name of new Set(skipped)) say(`skipped: ${name} (${opened})`)
  const faults = asked.filter((name) => !skipped.includes(name))
  if (faults.length === 0) return skip(String(opened))

  const [folder, nodes] = [join(base, 'cluster'), join(base, 'nodes')]
  await mkdir(folder)
  await mkdir(nodes, { mode: 0o700 })
  say(`starting PostgreSQL (${isSynchronous ? 'synchronous, strict' : 'asynchronous'}${network ? ', in network namespaces' : ''})`)
  const cluster = await startCluster({ folder, tools, isSynchronous, network }, (end) => closers.push(end))
  const head = values['no-head'] ? {} : { head: { etcd: cluster.headEtcd, key: '/tongheng/51/head' } }
  const serving = await openServing(nodes, cluster.url, 2, { config: head, onStart })
  const watch = watchCheckpoints(serving)
  closers.push(() => watch.stop())
  const writers = createWriters(serving)
  const rounds: Round[] = []
  for (const name of faults) {
    const round = await runRound(name, { cluster, serving, watch, writers, network })
    rounds.push(round)
    say(JSON.stringify(round))
    if (round.failure !== undefined) break
  }
  report(
    rounds,
    writers,
    [...new Set(skipped)].map((name) => `${name}: ${opened}`),
  )
}

function chosenFaults(): FaultName[] {
  const names = values.faults?.split(',') ?? FAULT_NAMES
  for (const name of names) if (!Object.hasOwn(FAULTS, name)) throw new Error(`no fault ${name}: ${FAULT_NAMES.join(', ')}`)
  const kills = Number(values.kills ?? names.length)
  if (!Number.isInteger(kills) || kills < 1) throw new Error('--kills is a number from 1')
  return Array.from({ length: kills }, (_, n) => names[n % names.length] as FaultName)
}

function skip(reason: string): void {
  if (values.format === 'json') stdout.write(`${JSON.stringify({ skipped: reason })}\n`)
  else stdout.write(`failover: skipped (${reason})\n`)
}

/** Ends a node; one that waits for a commit does not end by itself in time. */
async function end(child: ChildProcess): Promise<void> {
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  if (child.pid === undefined || isOver()) return
  signal(child.pid, 'SIGTERM')
  await until('the end of a node', 5, async () => isOver()).catch(() => signal(child.pid as number, 'SIGKILL'))
}

interface Parts {
  readonly cluster: Cluster
  readonly serving: Serving
  readonly watch: Watch
  readonly writers: Writers
  readonly network: Network | undefined
}

async function runRound(name: FaultName, { cluster, serving, watch, writers, network }: Parts): Promise<Round> {
  const fault: Fault = FAULTS[name]
  const stop = writers.start()
  await pause(seconds * 1000)
  const before = await cluster.whole(RECOVERED)
  say(`${name}: ${fault.says}; ${before.name} is primary, ${writers.receipts.size} receipts so far`)
  const [at, first] = [Date.now(), writers.times.length]
  let failure: string | undefined
  try {
    await fault.strike(cluster, before, network)
    await cluster.whole(RECOVERED)
    const since = writers.times.length
    await until('receipts from all nodes after the fault', RECOVERED, async () => {
      const reasons = (await Promise.all(serving.urls.map(readyText))).filter((text) => text !== undefined)
      if (reasons.some((text) => /第二存放处|second place/.test(text))) throw new Error(`halted: ${reasons.join(' / ')}`)
      return reasons.length === 0 && writers.times.length > since + 20
    })
    await pause((seconds * 1000) / 2)
  } catch (error) {
    failure = (error as Error).message
    say(`${name}: ${failure}`)
  }
  await stop()
  const proved = await prove(serving, cluster.url, writers.receipts, watch.checkpoints)
  const [{ timeline } = {}] = await cluster.query('SELECT timeline_id AS timeline FROM pg_control_checkpoint()')
  const pauseMs = longestPause(writers.times.slice(Math.max(0, first - 1)), at)
  const leaderAfter = (await cluster.leader())?.name
  return { fault: name, pauseMs, leaderBefore: before.name, leaderAfter, timeline, ...proved, ...(failure !== undefined && { failure }) }
}

/** Longest time without a receipt, of all callers together, that ended after the fault began. */
function longestPause(times: readonly number[], from: number): number {
  let longest = 0
  for (let n = 1; n < times.length; n++)
    if ((times[n] as number) >= from) longest = Math.max(longest, (times[n] as number) - (times[n - 1] as number))
  return longest
}

function report(rounds: readonly Round[], writers: Writers, skipped: readonly string[]): void {
  const { answers, byKind, contradicted } = writers
  const internal = Object.entries(answers.statuses).flatMap(([status, count]) => (status.startsWith('500') ? [count] : []))
  const last = rounds.at(-1)
  const faults = rounds.flatMap(({ fault, lost, moved, forks, findings, ready, unready, failure }) => [
    ...(lost > 0 ? [`${fault}: ${lost} receipts lost`] : []),
    ...(moved > 0 ? [`${fault}: ${moved} receipts moved`] : []),
    ...(forks > 0 ? [`${fault}: ${forks} checkpoints of another tree`] : []),
    ...(findings.length > 0 ? [`${fault}: the audit found ${findings.join('; ')}`] : []),
    ...(ready < 2 ? [`${fault}: not ready: ${unready.join(' / ')}`] : []),
    ...(failure !== undefined ? [`${fault}: ${failure}`] : []),
  ])
  if (contradicted > 0) faults.push(`${contradicted} receipts contradict earlier ones`)
  if (internal.length > 0) faults.push(`${internal.join(' + ')} answers 500`)
  if (answers.withoutRetryAfter > 0) faults.push(`${answers.withoutRetryAfter} answers 503 without Retry-After`)
  if (Object.keys(answers.givenBack).length > 0) faults.push(`callers did not wait by themselves: ${JSON.stringify(answers.givenBack)}`)
  // A kind of caller without a receipt was not tested.
  for (const kind of ['plain', 'submitMany', 'outbox']) if ((byKind[kind] ?? 0) === 0) faults.push(`no receipt by ${kind}`)
  const summary = {
    replication: isSynchronous ? 'synchronous, strict' : 'asynchronous',
    kills: rounds.length,
    acknowledged: last?.receipts ?? 0,
    lost: Math.max(0, ...rounds.map(({ lost }) => lost)),
    byKind,
    ...answers,
    skipped,
    faults,
    rounds,
  }
  if (faults.length > 0) process.exitCode = 1
  if (values.format === 'json') stdout.write(`${JSON.stringify(summary)}\n`)
  else {
    for (const { fault, pauseMs, receipts, lost } of rounds)
      stdout.write(`${fault}   receipts ${receipts}   lost ${lost}   pause ${(pauseMs / 1000).toFixed(1)} s\n`)
    stdout.write(`answers ${JSON.stringify(answers.statuses)}\n`)
    for (const one of skipped) stdout.write(`skipped ${one}\n`)
    stdout.write(faults.length === 0 ? 'nothing lost, nothing moved, one tree\n' : `FAILED\n${faults.join('\n')}\n`)
  }
}

running = main().catch((error: unknown) => {
  if (!run.isOver) say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})
await running
if (!run.isOver) {
  await close()
  process.exit()
}
