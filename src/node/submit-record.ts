/** Verifies a submitted record, decides on it, and stores it with its receipt. */

import type { Check } from '../base/check.js'
import {
  decideReceipt,
  nameTaken,
  numberTaken,
  type Place,
  type ReceiptDecision,
  readReceipt,
  reasonsOf,
  signReceipt,
} from '../contract/index.js'
import { fault as contractFault } from '../contract/messages.js'
import { decidingCheck } from '../verify/index.js'
import { examineStatement } from './examine-statement.js'
import { earlierUse, isNumbered } from './number-twice.js'
import type { NodeParts } from './parts.js'
import { searchOf } from './search.js'
import { isByItsKey, seenIn } from './seen-here.js'
import { signReceiptOf } from './sign-receipt-of.js'
import type { StoredEntry } from './store.js'
import type { Storing } from './storing.js'
import type { Received, Submission, Submitted } from './submission.js'
import { statusesOf } from './successors.js'
import type { Arrival } from './write-batch.js'

type Entry = Omit<StoredEntry, 'receipt'>
type Entered = Pick<StoredEntry, 'receipt' | 'decision'>

/**
 * @throws `record.number-taken`, with a signed rejection, if the node rejects a reused certificate number; errors of `Storing` and
 * `submission.admit`
 */
export async function submitRecord(parts: NodeParts, storing: Storing, submission: Submission): Promise<Submitted> {
  const { statement, admit } = submission
  const facts = await parts.facts.current()
  // If the facts have changed since the verdict, verify again.
  const received = submission.received?.facts === facts ? submission.received : await examineStatement(parts, facts, statement)
  const { claims } = received.examined
  if (claims !== undefined) admit?.(claims)
  const judged = recordEntry(parts, statement, received)
  const sign = signerFor(parts, submission, received)
  const { verdict } = received.examined
  const decision = decideReceipt(verdict)
  if (judged === undefined) return { verdict, decision, receipt: await sign(decision)(undefined), isNew: true }
  const { entry, isNew } = await storing.one(arrivalOf(parts, received, judged, sign))
  if (entry.statementId === judged.statementId)
    return { verdict, decision: entry.decision, receipt: await currentReceipt(parts, entry, submission), entry, isNew }
  const receipt = await sign('rejected', nameTaken(entry.jti, entry.statementId))(undefined)
  return { verdict, decision: 'rejected', receipt, entry, isNew }
}

/**
 * Returns the stored receipt. A rejection that is not in a log is valid only for the request that it names, so that it cannot be replayed
 * later: if this request is a retry, it is signed again for this request.
 */
async function currentReceipt({ options }: NodeParts, { receipt = '', decision }: Entered, { requestId }: Submission): Promise<string> {
  if (decision !== 'rejected' || receipt === '') return receipt
  const claims = await readReceipt(receipt)
  return claims.log !== undefined || claims.req === requestId ? receipt : signReceipt({ ...claims, req: requestId }, options.signer)
}

/** Builds the entry to store; undefined for a forgery or an unreadable record, which is not stored. */
export function recordEntry({ options, facts }: NodeParts, statement: string, { examined, at }: Received): Entry | undefined {
  const { verdict, claims, record } = examined
  if (claims === undefined || record === undefined || !isByItsKey(verdict)) return undefined
  return {
    statementId: verdict.statementId as string,
    statement,
    iss: claims.iss,
    jti: claims.jti,
    kind: record.kind,
    decision: decideReceipt(verdict),
    code: decidingCheck(verdict).code,
    outcome: verdict.outcome,
    receivedAt: seenIn(verdict) ?? at,
    search: searchOf(claims, record, facts.last.trust.entity(claims.iss)?.entity.region ?? options.region),
  }
}

/** Signs the receipt of a decision, with an optional extra reason, once index and inclusion proof are known. */
type SignDecision = (decision: ReceiptDecision, more?: Check) => (place: Place | undefined) => Promise<string>

function signerFor({ options }: NodeParts, { sender, requestId }: Submission, { examined: { verdict }, at }: Received): SignDecision {
  const { reliedOn, statementId = '' } = verdict
  return (decision, more) => (place) => {
    const reasons = [...reasonsOf(verdict), ...(more === undefined ? [] : [more])]
    return signReceiptOf(options, { aud: sender, sub: statementId, iat: at, req: requestId, decision, reasons, reliedOn }, place)
  }
}

/** Builds the arrival for the log writer. A numbered record gets a `settle` that looks for earlier uses of its number. */
function arrivalOf({ options }: NodeParts, { examined, at, facts }: Received, entry: Entry, sign: SignDecision): Arrival {
  const { record, verdict } = examined
  const asJudged: Arrival = { entry, receipt: sign(entry.decision) }
  if (record === undefined || !isNumbered(record)) return asJudged
  const settle: Arrival['settle'] = async (earlier, transaction) => {
    const region = options.region
    const taken = await earlierUse(entry, earlier, (entries) => statusesOf(facts, transaction, entries, { region, at }))
    // A reused number does not change a rejection.
    if (taken === undefined || entry.decision === 'rejected') return asJudged
    const { number = '' } = verdict
    const reason = numberTaken(number, taken.statementId)
    if (options.numberTwice === 'refuse') {
      const receipt = await sign('rejected', reason)(undefined)
      return contractFault('record.number-taken', { number, earlier: taken.statementId, receipt })
    }
    // Pending until the issuer states which of the two records is valid.
    return { entry: { ...entry, decision: 'pending' }, receipt: sign('pending', reason) }
  }
  return { ...asJudged, settle }
}
