/**
 * Evidence that a statement existed before a given time: receipts, and inclusion proofs under a checkpoint cosigned by a witness.
 * Evidence is verified with the keys that the trust lists contain for receipts, logs and witnesses, and is bound to one statement.
 */

import * as z from 'zod/mini'
import { decodeBase64url } from '#native'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { Digest, Seconds, Uscc } from '../../base/schema.js'
import { readShape } from '../../base/shape.js'
import { parsePayload, parseStatement, verifySignature } from '../../envelope/index.js'
import { verifyInclusion } from '../../log/index.js'
import { checkKeyInterval, type Trust } from '../../trust/index.js'
import type { LogEvidence, Seen } from '../../trust/inside.js'
import { coded as trustCoded } from '../../trust/messages.js'
import { checkLogEvidence } from '../verdict/check-options.js'
import { leafOf } from './leaf.js'
import { listedLogs, openListedCheckpoint } from './log-keys.js'
import { coded, fault } from './messages.js'

const RECEIPT = 'metrology-receipt+jwt'

const PlaceClaims = z.looseObject({
  index: z.int().check(z.minimum(0)),
  proof: z.array(Digest).check(z.maxLength(63)),
  checkpoint: z.string().check(z.maxLength(131_072)),
})
/** An inclusion proof, as a node returns it, with the id of its statement. */
export const StatementPlace = z.looseObject({ statementId: Digest, ...PlaceClaims.shape })
export type StatementPlace = z.infer<typeof StatementPlace>

/** A receipt (compact JWS), or an inclusion proof with its checkpoint. */
export type SignedLogEvidence = string | StatementPlace

/** Members of a receipt that are evidence; the others are for its sender. */
const ReceiptEvidence = z.looseObject({
  iss: Uscc,
  sub: z.union([Digest, z.literal('')]),
  iat: Seconds,
  decision: z.string(),
  log: z.optional(PlaceClaims),
})

export interface OpenedLogEvidence extends LogEvidence {
  /** Rejected evidence, with the reason. */
  readonly refused: readonly { readonly evidence: SignedLogEvidence; readonly error: TonghengError }[]
}

/** Verifies evidence under a trust; invalid evidence is listed in `refused`. */
export async function openLogEvidence(given: readonly SignedLogEvidence[], trust: Trust): Promise<OpenedLogEvidence> {
  checkLogEvidence(given, trust)
  const seen = new Map<string, Seen[]>()
  const refused: { evidence: SignedLogEvidence; error: TonghengError }[] = []
  for (const evidence of new Set(given)) {
    try {
      const { statementId, moments } = await (typeof evidence === 'string' ? seenInReceipt(evidence, trust) : seenInLog(evidence, trust))
      seen.set(statementId, [...(seen.get(statementId) ?? []), ...moments])
    } catch (error) {
      if (!isTonghengError(error)) throw error
      refused.push({ evidence, error })
    }
  }
  return { seen: (statementId) => seen.get(statementId) ?? [], refused }
}

interface Proved {
  readonly statementId: string
  readonly moments: readonly Seen[]
}

const refusal = (reason: string): TonghengError => fault('log-evidence.refused', { reason })

/** @throws `log-evidence.refused`, `format.*`, `json.*` */
async function seenInReceipt(receipt: string, trust: Trust): Promise<Proved> {
  const statement = parseStatement(receipt, RECEIPT)
  const { iss, sub, iat, decision, log } = readShape<z.infer<typeof ReceiptEvidence>>(
    ReceiptEvidence,
    parsePayload(statement),
    coded('log-evidence.shape'),
  )
  // Only authorities issue receipts, each with a key of its own list: an institute cannot attest its own statements.
  const holder = trust
    .holders(statement.kid)
    .find(({ entity, key, list }) => entity.uscc === iss && list.payload.iss === iss && key.typ.includes(RECEIPT))
  if (holder === undefined) throw refusal('key')
  if (checkKeyInterval(holder.key, iat, Number.POSITIVE_INFINITY).status !== 'pass') throw refusal(trustCoded('key.interval'))
  if (!(await verifySignature(statement, holder.verification, 'threadPool'))) throw refusal('signature')
  // A rejection is no evidence: the id of a statement covers its content only, so another key may have signed it then.
  if (sub === '' || decision === 'rejected') throw refusal('decision')
  const cosigned = log === undefined ? [] : (await seenInLog({ ...log, statementId: sub }, trust, iss)).moments
  // A revoked receipt key may have been stolen too, so the dates in its receipts prove nothing.
  if (holder.key.revoked !== undefined && cosigned.length === 0) throw refusal(trustCoded('key.revoked'))
  return { statementId: sub, moments: holder.key.revoked === undefined ? [{ at: iat, by: iss }, ...cosigned] : cosigned }
}

/**
 * A checkpoint has no time: a cosignature proves that the entry existed when the witness signed. @throws `log-evidence.*`,
 * `log.unknown`, `note.*`, `checkpoint.*`
 */
async function seenInLog(given: unknown, trust: Trust, authority?: string): Promise<Proved> {
  const { statementId, index, proof, checkpoint } = readShape<StatementPlace>(StatementPlace, given, coded('log-evidence.shape'))
  const { size, root, cosignatures } = await openListedCheckpoint(checkpoint, trust, authority === undefined ? undefined : { authority })
  if (!verifyInclusion(index, size, leafOf(statementId), proof.map(decodeBase64url), root)) throw refusal('log.proof')
  const moments = cosignatures.flatMap(({ name, at }) => {
    const by = listedLogs(trust).find(({ origin }) => origin === name)?.authority
    return by === undefined ? [] : [{ at, by }]
  })
  if (moments.length === 0 && authority === undefined) throw refusal('log.not-cosigned')
  return { statementId, moments }
}
