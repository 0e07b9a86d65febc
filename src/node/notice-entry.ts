/** Builds the entry of a notice of status (状态公告). */
import { civilDateOf } from '../base/date.js'
import { coded as statusCoded } from '../status/messages.js'
import { openStatus } from '../verify/index.js'
import type { OtherEntry, Refusal } from './other-entry.js'
import type { NodeParts } from './parts.js'
import { missingAlgorithm } from './required-algorithms.js'
import { NOTICE } from './store.js'

/** Decisions on a genuine notice: it takes effect only as far as it is understood and its signing time is proven. */
const UNDERSTOOD = { decision: 'accepted', code: 'notice', outcome: 'recognised' } as const
const PARTLY_READ = { decision: 'pending', code: statusCoded('status.notice-newer-members'), outcome: 'indeterminate' } as const
const UNPROVEN = { decision: 'pending', code: statusCoded('status.notice-unproven'), outcome: 'indeterminate' } as const

/**
 * Verifies a notice and builds its entry.
 * @returns a refusal with `status.signer`, `notice.shape`, `format.*` or `signature.algorithm-missing` if it is not genuine
 */
export async function noticeEntry({ options, facts }: NodeParts, statement: string): Promise<OtherEntry | Refusal> {
  const { trust } = await facts.current()
  // Needs no evidence from this node's log: a statement that is stored already is answered with its stored entry.
  const { notices, refused } = await openStatus({ notices: [statement] }, trust)
  const [notice] = notices
  if (notice === undefined) return { refused: (refused[0] as (typeof refused)[number]).error }
  const missing = missingAlgorithm(statement, 'metrology-notice+jwt', options.policy?.algorithms)
  if (missing !== undefined) return { refused: missing }
  const { claims } = notice
  const entry = {
    statementId: notice.statementId,
    statement,
    iss: claims.iss,
    jti: claims.jti,
    kind: NOTICE,
    ...(notice.isUnproven ? UNPROVEN : notice.newer === undefined ? UNDERSTOOD : PARTLY_READ),
    receivedAt: options.now(),
    search: { number: '', region: trust.entity(claims.iss)?.entity.region ?? options.region, factDate: civilDateOf(claims.from) },
  }
  return { entry, reasons: [] }
}
