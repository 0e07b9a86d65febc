/**
 * Runs a nation of nodes in one process, with the node, server, client, sync and log of the package over stores in memory; only time
 * and network are simulated. What happens, and when, follows from the seed.
 */
import type { Client } from 'tongheng/client'
import { statementId } from 'tongheng/envelope'
import type { Node } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { type Authority, agreementOf, createAuthority, DAY, REGIONS, START } from './authorities.js'
import { createEvents, type Events } from './events.js'
import { type Accepted, type Contested, isContested, type Proof, prove, type Revocation, requiredIds } from './prove.js'
import { type Nation, openProvince, type Province } from './province.js'
import { createQueue } from './queue.js'
import { blinded, type Sabotage } from './sabotage.js'
import type { Partition, World } from './world.js'

export interface NationOptions {
  /** 4 to 31. */
  readonly provinces: number
  readonly days: number
  /** Records a province and day. */
  readonly rate: number
  readonly seed: string
  /** Seconds between two rounds by which a node follows a peer. */
  readonly intervalSeconds: number
  /** Peers that a node follows, and that follow it; an even number. */
  readonly peers: number
  /** Share of requests that are lost, and of answers. */
  readonly loss: number
  readonly sabotage?: Sabotage | undefined
  readonly say?: ((text: string) => void) | undefined
}

export interface Outcome extends Figures {
  readonly proof: Proof
  /** Why the run failed; empty if it did not. */
  readonly faults: readonly string[]
}

export interface Figures {
  readonly provinces: number
  readonly days: number
  readonly entries: number
  readonly records: number
  readonly revocations: number
  /** Seconds from the receipt of a notice of revocation until another node judges by it. */
  readonly propagation: Spread
  /** Seconds from the publication of a trust list that revokes a key until another node has it. */
  readonly lists: Spread
  readonly rounds: number
  readonly traffic: World['traffic']
  readonly processor: Readonly<Record<string, number>>
  readonly work: Work
  readonly stored: Stored
  /** Seconds after the end of submissions until every node had everything. */
  readonly settledAfter: number | undefined
  readonly refusals: Readonly<Record<string, number>>
}

export interface Spread {
  readonly count: number
  readonly median: number
  readonly p99: number
  readonly most: number
}

/** Entries that followers stored, and those that they fetched although they had them. */
export interface Work {
  taken: number
  known: number
  skipped: number
}

/** Octets in the stores, over all nodes. */
export interface Stored {
  statements: number
  receipts: number
  entries: number
}

/** All that a run writes to. */
export interface Run {
  readonly options: NationOptions
  readonly world: World
  readonly nation: Nation
  readonly provinces: readonly Province[]
  readonly queue: ReturnType<typeof createQueue>
  readonly accepted: Map<string, Accepted>
  readonly revocations: Revocation[]
  /** Trust lists that were published during the run, as a revocation of each node's view. */
  readonly lists: {
    readonly iss: string
    readonly version: number
    readonly region: string
    readonly at: number
    readonly seen: Map<string, number>
  }[]
  /** Submissions that have no receipt yet. */
  readonly pending: Set<string>
  readonly refusals: Record<string, number>
  readonly faults: string[]
  readonly work: Work
  readonly processor: Record<string, number>
  /** What the province that shows two histories did; its entries from then on are not those that every node must have. */
  readonly contested: Contested
  /** Clients of the peers, by the regions of node and peer. */
  readonly following: Map<string, Following>
  /** Keyed by the node that each replaces. */
  readonly sabotagedNodes: Map<Node, Node>
  /** Number of exchanges so far; each has a number of its own. */
  exchanges: number
  rounds: number
  readonly end: number
}

export interface Following {
  /** The node that follows: another process has another client. */
  readonly node: Node
  readonly client: Client
  /** The line of the exchange under way. */
  fetch: (request: Request) => Promise<Response>
}

/** Intervals after the end of submissions within which every node must have everything. */
const MOST_INTERVALS = 24

export async function simulateNation(options: NationOptions): Promise<Outcome> {
  const run = await openRun(options)
  const {
    queue,
    world,
    options: { say = () => undefined, intervalSeconds },
  } = run
  const events: Events = createEvents(run)
  events.begin()
  let settledAfter: number | undefined
  let told = START
  while (settledAfter === undefined) {
    const next = queue.next()
    if (next === undefined || next.at > run.end + MOST_INTERVALS * intervalSeconds) break
    if (next.at - told > DAY / 2) {
      told = next.at
      say(
        `day ${((next.at - START) / DAY).toFixed(1)}: ${run.accepted.size} entries accepted, ${run.rounds} rounds, ${run.work.taken} copied`,
      )
    }
    await measured(run, next.kind, () => next.run(next.at))
    if (next.at > run.end && (await isSettled(run))) settledAfter = Math.round(next.at - run.end)
  }
  world.time.now = Math.max(world.time.now, run.end)
  say('proving')
  const stored = await storedIn(run.provinces)
  const proof = await measured(run, 'proof', () => prove(run.provinces, run))
  const faults = [...run.faults, ...proof.faults]
  const waiting = pendingOf(run.pending, run.contested.liar)
  if (waiting.length > 0) faults.push(`${waiting.length} submissions without a receipt`)
  if (settledAfter === undefined) faults.push('not every node had everything in the end')
  return { ...figuresOf(run), stored, settledAfter, proof, faults }
}

async function openRun(options: NationOptions): Promise<Run> {
  const { provinces: count, days, seed, loss, sabotage } = options
  if (count < 4 || count > REGIONS.length) throw new RangeError(`provinces: 4 to ${REGIONS.length}`)
  const [length, end] = [days * DAY, START + days * DAY]
  const time = { now: START }
  // The list of the third province runs out at a third of the run, and is renewed late.
  const authorities = await Promise.all(
    REGIONS.slice(0, count).map((region, at) => createAuthority(region, at === 2 ? Math.floor(START + length / 3) : end + 400 * DAY)),
  )
  const pairs = authorities.flatMap((_, at) => offsetsOf(options).map((offset) => [at, (at + offset) % count] as const))
  const agreements = await Promise.all(
    pairs.map(async ([a, b]) => ({
      of: [a, b].map((at) => (authorities[at] as Authority).region),
      signed: await agreementOf(authorities[a] as Authority, authorities[b] as Authority),
    })),
  )
  const nation: Nation = {
    anchors: authorities.map(({ anchor }) => anchor),
    trustLists: authorities.map(({ list }) => list.signed),
    now: () => Math.floor(time.now),
    agreementsOf: (region) => agreements.filter(({ of }) => of.includes(region)).map(({ signed }) => signed),
  }
  const provinces: Province[] = []
  for (const authority of authorities) provinces.push(await openProvince(authority, nation, blinded(createMemoryStore(), sabotage)))
  for (const [a, b] of pairs) {
    const [one, other] = [provinces[a] as Province, provinces[b] as Province]
    if (one === other || one.peers.includes(other)) continue
    one.peers.push(other)
    other.peers.push(one)
  }
  return {
    options,
    world: { seed, time, partitions: partitionsOf(provinces, length), loss, traffic: { requests: 0, lost: 0, octets: 0 } },
    nation,
    provinces,
    queue: createQueue(),
    accepted: new Map(),
    revocations: [],
    lists: [],
    pending: new Set(),
    refusals: {},
    faults: [],
    work: { taken: 0, known: 0, skipped: 0 },
    processor: {},
    contested: { liar: (provinces[1] as Province).region, from: Number.POSITIVE_INFINITY, replaced: undefined },
    following: new Map(),
    sabotagedNodes: new Map(),
    exchanges: 0,
    rounds: 0,
    end,
  }
}

/** Distances around a ring: 1, 5, 12 for six peers of thirty-one, so that a few steps lead from any node to any other. */
function offsetsOf({ peers, provinces }: NationOptions): number[] {
  const half = Math.max(1, Math.floor(peers / 2))
  return Array.from({ length: half }, (_, n) => Math.max(1, Math.round((provinces / 2) ** (n / half))))
}

/** Once a third of the nodes is cut off from the others for a twelfth of the run, once a single node for a quarter. */
const partitionsOf = (provinces: readonly Province[], length: number): Partition[] => [
  {
    from: START + length * 0.2,
    to: START + length * (0.2 + 1 / 12),
    side: new Set(provinces.slice(0, Math.ceil(provinces.length / 3)).map(({ region }) => region)),
  },
  {
    from: START + length * 0.6,
    to: START + length * 0.85,
    side: new Set([(provinces.at(provinces.length > 4 ? -1 : 0) as Province).region]),
  },
]

/** Counts the processor time of this process by kind of work. */
async function measured<T>({ processor }: Pick<Run, 'processor'>, kind: string, work: () => Promise<T>): Promise<T> {
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  processor[kind] = (processor[kind] ?? 0) + (user + system) / 1e6
  return result
}

/** True if every node except that of the liar has all its entries and all revocations. */
async function isSettled({ provinces, accepted, pending, revocations, contested }: Run): Promise<boolean> {
  const { liar } = contested
  if (pendingOf(pending, liar).length > 0) return false
  const required = requiredIds(accepted, contested)
  for (const { region, store } of provinces)
    for (const id of region === liar ? [] : required) if ((await store.getEntry(id)) === undefined) return false
  return revocations
    .filter((one) => !isContested(one, contested))
    .every(({ region, seen }) => provinces.every((one) => [region, liar].includes(one.region) || seen.has(one.region)))
}

const pendingOf = (pending: ReadonlySet<string>, liar: string): string[] => [...pending].filter((name) => !name.startsWith(`${liar} `))

async function storedIn(provinces: readonly Province[]): Promise<Stored> {
  const stored: Stored = { statements: 0, receipts: 0, entries: 0 }
  for (const { store } of provinces) {
    const { size } = await store.readLog()
    const { items } = await store.listEntries({}, { from: 0, limit: size })
    for (const { statement, receipt = '' } of items) {
      stored.statements += statement.length
      stored.receipts += receipt.length
      stored.entries++
    }
  }
  return stored
}

function figuresOf({
  options,
  accepted,
  revocations,
  lists,
  rounds,
  world,
  processor,
  work,
  refusals,
}: Run): Omit<Figures, 'stored' | 'settledAfter'> {
  const since = ({ at, seen }: Pick<Revocation, 'at' | 'seen'>): number[] => [...seen.values()].map((moment) => moment - at)
  return {
    provinces: options.provinces,
    days: options.days,
    entries: accepted.size,
    records: accepted.size - revocations.length,
    revocations: revocations.length,
    propagation: spreadOf(revocations.flatMap(since)),
    lists: spreadOf(lists.flatMap(since)),
    rounds,
    traffic: world.traffic,
    processor,
    work,
    refusals,
  }
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { count: sorted.length, median: at(0.5), p99: at(0.99), most: at(1) }
}

export const idOf = (statement: string, typ: Parameters<typeof statementId>[0]): string =>
  statementId(typ, statement.split('.')[1] as string)
