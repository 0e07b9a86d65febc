/** State shared by all calls of a server. */
import type { Node } from '../node/index.js'
import { rememberTogether } from '../node/inside.js'
import { createAdmission } from './admission.js'
import { createFixedAnswers } from './fixed.js'
import { defaultLimits, type ServerLimits } from './limits.js'
import { createCounters, createMetrics } from './metrics.js'
import type { PageFile } from './page-files.js'
import { createQuota } from './quota.js'
import { createReadiness } from './readiness.js'
import { createReporting, type ServerEvent } from './reporting.js'

export interface ServerOptions {
  readonly node: Node
  readonly limits?: Partial<ServerLimits>
  /** Called after every response; use it for request logging. Paths contain no plates and no names. */
  readonly onAnswer?: (event: ServerEvent) => void
  /** Files of the page for people, by path; the command line passes those of this package. @default none */
  readonly page?: ReadonlyMap<string, PageFile>
}

export type ServerParts = ReturnType<typeof openParts>

export function openParts({ node, limits: given, onAnswer }: ServerOptions) {
  const limits: ServerLimits = { ...defaultLimits, ...given }
  const { store, now } = node.options
  const counters = createCounters()
  return {
    node,
    limits,
    counters,
    ready: createReadiness(node),
    fixed: createFixedAnswers(node.options),
    metrics: createMetrics(node, counters),
    quota: createQuota(limits, now),
    admission: createAdmission(limits, now),
    remember: rememberTogether(store, limits.replay),
    reporting: createReporting(counters, onAnswer),
  }
}
