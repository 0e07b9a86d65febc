/** Verifies a submitted notice of status or joint statement, and stores it with its receipt or signs a rejection. */
import type { TonghengError } from '../base/error.js'
import { nameTaken } from '../contract/index.js'
import { type OtherType, otherEntries } from './other-entry.js'
import type { NodeParts } from './parts.js'
import { rejectionOf } from './refused-other.js'
import { signReceiptOf } from './sign-receipt-of.js'
import type { Storing } from './storing.js'
import type { Submission, SubmittedOther } from './submission.js'

/** @throws faults of the store, and errors of `Storing` and `submission.admit` */
export async function submitOther(
  parts: NodeParts,
  storing: Storing,
  { typ, ...submission }: Submission & { readonly typ: OtherType },
): Promise<SubmittedOther> {
  const { options } = parts
  const { statement, sender: aud, requestId: req, admit } = submission
  const opened = await otherEntries[typ](parts, statement)
  if ('refused' in opened) return rejectOther(parts, { typ, ...submission }, opened.refused)
  const { entry, reasons } = opened
  admit?.(entry)
  const { statementId: sub, receivedAt: iat, decision } = entry
  const claims = { aud, sub, iat, req, decision, reasons: [...reasons], reliedOn: {} }
  const { entry: stored, isNew } = await storing.one({ entry, receipt: (place) => signReceiptOf(options, claims, place) })
  if (stored.statementId === sub)
    return { statementId: sub, decision: stored.decision, receipt: stored.receipt ?? '', entry: stored, isNew }
  const taken = { ...claims, decision: 'rejected' as const, reasons: [nameTaken(stored.jti, stored.statementId)] }
  return { statementId: sub, decision: 'rejected', receipt: await signReceiptOf(options, taken, undefined), entry: stored, isNew }
}

/** Signs the rejection of a statement that is not genuine. Returns no receipt if the sender may retry. */
async function rejectOther(
  { options, facts }: NodeParts,
  { typ, statement, sender: aud, requestId: req }: Submission & { readonly typ: OtherType },
  error: TonghengError,
): Promise<SubmittedOther> {
  const iat = options.now()
  const rejection = rejectionOf({ statement, typ, error, trust: (await facts.current()).trust, at: iat })
  if (rejection === undefined) return { decision: 'rejected', error, isNew: false }
  const { sub, reasons } = rejection
  const claims = { aud, sub, iat, req, decision: 'rejected' as const, reasons: [...reasons], reliedOn: {} }
  return { decision: 'rejected', error, receipt: await signReceiptOf(options, claims, undefined), isNew: false }
}
