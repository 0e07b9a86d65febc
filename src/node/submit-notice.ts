/** A notice of status (状态公告) that is submitted: opened, and stored with its receipt, or refused with a signature. */

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

/** What the log says of a notice: genuine all of them, and acted upon as far as it is understood and proven. */
const UNDERSTOOD = { decision: 'accepted', code: 'notice', outcome: 'recognised' } as const
const PARTLY_READ = { decision: 'pending', code: statusCoded('status.notice-newer-members'), outcome: 'indeterminate' } as const
const UNPROVEN = { decision: 'pending', code: statusCoded('status.notice-unproven'), outcome: 'indeterminate' } as const

/** What of a notice is stored. @throws `status.signer`, `notice.shape`, `format.*` where it is not genuine */
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

/** A signed rejection of a notice that was refused with this error; undefined where it may be sent again. */
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
