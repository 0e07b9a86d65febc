/** Verifies a submitted notice of status (状态公告), and stores it with its receipt or signs a rejection. */

import { civilDateOf } from '../base/date.js'
import type { TonghengError } from '../base/error.js'
import { nameTaken } from '../contract/index.js'
import { coded as statusCoded } from '../status/messages.js'
import { openStatus } from '../verify/index.js'
import type { NodeParts } from './parts.js'
import { rejectionOf } from './refused-notice.js'
import { requireAlgorithms } from './required-algorithms.js'
import { seenHere } from './seen-here.js'
import type { Node } from './shapes.js'
import { signReceiptOf } from './sign-receipt-of.js'
import { NOTICE, type StoredEntry } from './store.js'
import type { Storing } from './storing.js'
import type { Submission } from './submission.js'

/** Decisions on a genuine notice: it takes effect only as far as it is understood and its signing time is proven. */
const UNDERSTOOD = { decision: 'accepted', code: 'notice', outcome: 'recognised' } as const
const PARTLY_READ = { decision: 'pending', code: statusCoded('status.notice-newer-members'), outcome: 'indeterminate' } as const
const UNPROVEN = { decision: 'pending', code: statusCoded('status.notice-unproven'), outcome: 'indeterminate' } as const

/** Builds the entry to store for a notice. @throws `status.signer`, `notice.shape`, `format.*` if it is not genuine */
export async function noticeEntry({ options, facts }: NodeParts, statement: string): Promise<Omit<StoredEntry, 'receipt'>> {
  const { trust } = await facts.current()
  requireAlgorithms(statement, 'metrology-notice+jwt', options.policy?.algorithms)
  const log = await seenHere(options.store, trust, [statement])
  const { notices, refused } = await openStatus({ notices: [statement] }, trust, undefined, log)
  const [notice] = notices
  if (notice === undefined) throw (refused[0] as (typeof refused)[number]).error
  const { claims } = notice
  return {
    statementId: notice.statementId,
    statement,
    iss: claims.iss,
    jti: claims.jti,
    kind: NOTICE,
    ...(notice.isUnproven ? UNPROVEN : notice.newer === undefined ? UNDERSTOOD : PARTLY_READ),
    receivedAt: options.now(),
    search: { number: '', region: trust.entity(claims.iss)?.entity.region ?? options.region, factDate: civilDateOf(claims.from) },
  }
}

/** @throws what `noticeEntry` and `Storing` throw */
export async function submitNotice(
  parts: NodeParts,
  storing: Storing,
  { statement, sender, requestId }: Submission,
): ReturnType<Node['submitNotice']> {
  const { options } = parts
  const entry = await noticeEntry(parts, statement)
  const { statementId: sub, receivedAt: iat, decision } = entry
  const claims = { aud: sender, sub, iat, req: requestId, decision, reasons: [], reliedOn: {} }
  const { entry: kept, isNew } = await storing.one({ entry, receipt: (place) => signReceiptOf(options, claims, place) })
  if (kept.statementId === sub) return { decision, receipt: kept.receipt ?? '', entry: kept, isNew }
  const reasons = [nameTaken(kept.jti, kept.statementId)]
  const receipt = await signReceiptOf(options, { ...claims, decision: 'rejected', reasons }, undefined)
  return { decision: 'rejected', receipt, entry: kept, isNew }
}

/** Signs the rejection of a notice that failed with this error; undefined if the sender may retry. */
export async function rejectNotice(
  { options, facts }: NodeParts,
  { statement, sender: aud, requestId: req }: Submission,
  error: TonghengError,
): Promise<string | undefined> {
  const iat = options.now()
  const rejection = rejectionOf(statement, error, (await facts.current()).trust, iat)
  if (rejection === undefined) return undefined
  const { sub, reasons } = rejection
  return signReceiptOf(options, { aud, sub, iat, req, decision: 'rejected', reasons: [...reasons], reliedOn: {} }, undefined)
}
