/** Gauges in the text format of Prometheus: how long each trust list still lasts. */
import { type Due, dueOf } from '../trust/index.js'
import type { Node } from './node.js'

const STATES: readonly (Due['code'] | 'current')[] = ['current', 'trust-list.update-soon', 'trust-list.update-due', 'trust-list.expired']

interface Gauge {
  readonly name: string
  readonly help: string
  readonly value: (list: Node['trust']['lists'][number], now: number) => number
}

const GAUGES: readonly Gauge[] = [
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

export function writeMetrics({ trust, options }: Node): string {
  const now = options.now()
  const lines = GAUGES.flatMap(({ name, help, value }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    // A USCC has nothing in it that a label would have to escape.
    ...trust.lists.map((list) => `${name}{authority="${list.payload.iss}"} ${value(list, now)}`),
  ])
  return `${lines.join('\n')}\n`
}
