/** Metrics in the Prometheus text format: requests and answers, sizes of logs, validity of trust lists. */

import { isStoreFault, type Node, STORE_FAULTS } from '../node/index.js'
import { type Due, dueOf } from '../trust/index.js'
import { listedLogs } from '../verify/index.js'

export type SubmissionOutcome = 'accepted' | 'rejected' | 'pending' | 'known' | 'refused'

export interface Counters {
  submitted(outcome: SubmissionOutcome): void
  answered(call: string, status: number, seconds: number): void
  /** The counters as lines of text. */
  lines(): string[]
}

/** Upper bounds of the buckets, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export function createCounters(): Counters {
  const answers = new Map<string, number>()
  const submissions = new Map<SubmissionOutcome, number>()
  const durations = new Map<string, { readonly buckets: number[]; sum: number; count: number }>()
  return {
    submitted(outcome) {
      submissions.set(outcome, (submissions.get(outcome) ?? 0) + 1)
    },
    answered(call, status, seconds) {
      // Calls and statuses are those of the contract, so their number is bounded.
      const labels = `call="${call}",status="${status}"`
      answers.set(labels, (answers.get(labels) ?? 0) + 1)
      const duration = durations.get(call) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
      durations.set(call, duration)
      duration.count++
      duration.sum += seconds
      for (const [at, end] of BUCKETS.entries()) if (seconds <= end) duration.buckets[at] = (duration.buckets[at] as number) + 1
    },
    lines: () => [
      ...family('tongheng_requests_total', 'counter', 'Requests answered, by call and status.', answers),
      ...family(
        'tongheng_submissions_total',
        'counter',
        'Statements submitted: accepted, rejected or pending and kept; known before; refused and not kept.',
        [...submissions].map(([outcome, count]) => [`outcome="${outcome}"`, count] as const),
      ),
      ...head('tongheng_request_seconds', 'histogram', 'Time from request to answer.'),
      ...[...durations].flatMap(([call, { buckets, sum, count }]) => [
        ...BUCKETS.map((end, at) => `tongheng_request_seconds_bucket{call="${call}",le="${end}"} ${buckets[at]}`),
        `tongheng_request_seconds_bucket{call="${call}",le="+Inf"} ${count}`,
        `tongheng_request_seconds_sum{call="${call}"} ${sum}`,
        `tongheng_request_seconds_count{call="${call}"} ${count}`,
      ]),
    ],
  }
}

const STATES: readonly (Due['code'] | 'current')[] = ['current', 'trust-list.update-soon', 'trust-list.update-due', 'trust-list.expired']

interface TrustGauge {
  readonly name: string
  readonly help: string
  readonly value: (list: Node['trust']['lists'][number], now: number) => number
}

const TRUST_GAUGES: readonly TrustGauge[] = [
  { name: 'tongheng_trust_list_version', help: 'Newest version of the trust list.', value: ({ payload }) => payload.version },
  {
    name: 'tongheng_trust_list_next_update_seconds',
    help: 'Seconds until the trust list is to be updated; negative when overdue.',
    value: ({ payload }, now) => payload.nextUpdate - now,
  },
  {
    name: 'tongheng_trust_list_expires_seconds',
    help: 'Seconds until nothing can be judged by the trust list; negative after that.',
    value: ({ payload }, now) => payload.exp - now,
  },
  {
    name: 'tongheng_trust_list_state',
    help: '0 current, 1 to be updated within three days, 2 overdue, 3 expired.',
    value: (list, now) => STATES.indexOf(dueOf(list, now)?.code ?? 'current'),
  },
]

/** Returns the current metrics; concurrent requests share one read, because the call is open. */
export type Metrics = () => Promise<string>

export function createMetrics(node: Node, counters: Counters): Metrics {
  let reading: Promise<string> | undefined
  return () => {
    reading ??= writeMetrics(node, counters).finally(() => {
      reading = undefined
    })
    return reading
  }
}

async function writeMetrics(node: Node, counters: Counters): Promise<string> {
  const { trust, options } = node
  const now = options.now()
  // A USCC and an origin contain no characters that a label must escape; the schema of trust lists guarantees it.
  const trustLines = TRUST_GAUGES.flatMap(({ name, help, value }) =>
    family(
      name,
      'gauge',
      help,
      trust.lists.map((list) => [`authority="${list.payload.iss}"`, value(list, now)] as const),
    ),
  )
  // While the store is unavailable, report its faults and omit what only the store knows.
  const size = await orAway(options.store.readLog().then((log) => log.size))
  const peers = await Promise.all(listedLogs(trust).map(({ origin }) => orAway(options.store.getPeer(origin))))
  const known = peers.filter((peer) => peer !== undefined)
  const ofPeers = (value: (peer: (typeof known)[number]) => number) =>
    known.map((peer) => [`origin="${escaped(peer.origin)}"`, value(peer)] as const)
  return `${[
    ...trustLines,
    ...family('tongheng_log_size', 'gauge', 'Entries of the log of this node.', size === undefined ? [] : [['', size]]),
    ...family(
      'tongheng_peer_log_size',
      'gauge',
      'Entries of another node’s log, by the newest checkpoint verified.',
      ofPeers(({ size: n }) => n),
    ),
    ...family(
      'tongheng_peer_cursor',
      'gauge',
      'Entries of another node’s log that were taken over.',
      ofPeers(({ cursor }) => cursor),
    ),
    ...family(
      'tongheng_halted',
      'gauge',
      '1 where the node takes nothing in, because its own log does not continue what a witness has seen.',
      [['', node.halted === undefined ? 0 : 1]],
    ),
    ...family(
      'tongheng_log_confirmed',
      'gauge',
      '1 where the second place of the log’s head, or a witness, has confirmed that the log is whole; 0 where nothing is taken in until then.',
      [['', node.head.fault === undefined ? 1 : 0]],
    ),
    ...family(
      'tongheng_alarms_total',
      'counter',
      'Things that another party published and that are not its own, by code; the log of the process names each.',
      [...node.alarms.counts].map(([code, count]) => [`code="${code}"`, count] as const),
    ),
    ...family(
      'tongheng_store_faults_total',
      'counter',
      'Times that the store could not do its work, by why.',
      STORE_FAULTS.map((fault) => [`fault="${fault.replace('store.', '')}"`, options.store.faults.counts[fault]] as const),
    ),
    ...counters.lines(),
  ].join('\n')}\n`
}

async function orAway<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read
  } catch (error) {
    if (isStoreFault(error)) return undefined
    throw error
  }
}

const head = (name: string, type: string, help: string): string[] => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]

const family = (name: string, type: string, help: string, values: Iterable<readonly [string, number]>): string[] => [
  ...head(name, type, help),
  ...[...values].map(([labels, value]) => (labels === '' ? `${name} ${value}` : `${name}{${labels}} ${value}`)),
]

const escaped = (text: string): string => text.replace(/["\\\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))
