/** Opens one signed document: verifies its signature, its signer and its key, and reads its claims. */
import type { TonghengError } from '../base/error.js'
import type { Code } from '../base/message.js'
import type { Grown } from '../base/shape.js'
import { parsePayload, parseStatement, type StatementType, verifySignature } from '../envelope/index.js'
import { coded as envelopeCoded } from '../envelope/messages.js'
import { checkKeyInterval, checkKeyUse, type KeyHolder, type Trust } from '../trust/index.js'
import { firstSeen, type LogEvidence, revocationOf } from '../trust/inside.js'
import { coded as trustCoded } from '../trust/messages.js'
import { fault } from './messages.js'

/** A signed document with its claims. */
export interface Opened<T> {
  readonly claims: T
  readonly statementId: string
  readonly signed: string
  /** RFC 6901 pointers to members of a later version that may change its meaning; absent if there are none. */
  readonly newer?: readonly string[]
  /** Its key was revoked later, and no evidence proves an earlier signing time: a thief may have signed it. */
  readonly isUnproven?: true
}

export interface Opening<T> {
  readonly typ: StatementType
  readonly read: (json: unknown) => Grown<T>
  readonly trust: Trust
  readonly log?: LogEvidence | undefined
  /** Creates the error about a signer that cannot be accepted. @default `status.signer` */
  readonly refuse?: (reason: Code) => TonghengError
}

/** Maximum length of a status list in characters: inflated it has at most 4 MiB, few entries of which are not zero. */
const MAX_CHARACTERS = 1_400_000

/** @throws `format.*`, `header.*`, `json.*`, errors of the parser, `status.signer` or what `refuse` gives */
export const openSigned = async <T extends { iss: string; iat: number }>(signed: string, opening: Opening<T>): Promise<Opened<T>> =>
  (await openHeld(signed, opening)).opened

/** `openSigned`, with the listed body that signed. */
export async function openHeld<T extends { iss: string; iat: number }>(
  signed: string,
  { typ, read, trust, log, refuse = (reason) => fault('status.signer', { reason }) }: Opening<T>,
): Promise<{ readonly opened: Opened<T>; readonly holder: KeyHolder }> {
  const statement = parseStatement(signed, typ, { maxLength: MAX_CHARACTERS })
  const holders = trust.holders(statement.kid)
  const [first] = holders
  if (first === undefined) throw refuse(trustCoded('key.unknown'))
  if (first.verification.alg !== statement.alg) throw refuse(envelopeCoded('alg.not-of-key'))
  if (!(await verifySignature(statement, first.verification))) throw refuse(envelopeCoded('signature.invalid'))
  const { value: claims, newer } = read(parsePayload(statement, { maxLength: statement.payload.length }))
  const holder = holders.find(({ entity }) => entity.uscc === claims.iss)
  if (holder === undefined) throw refuse(trustCoded('issuer.key-mismatch'))
  // A revocation of the key counts whatever the time asked about, because a thief can choose any `iat`.
  const checks = [checkKeyUse(holder.key, typ), checkKeyInterval(holder.key, claims.iat, Number.POSITIVE_INFINITY)]
  const wrong = checks.find(({ status }) => status !== 'pass')
  if (wrong !== undefined) throw refuse(wrong.code)
  const revokedAt = revocationOf(holder)
  const isUnproven =
    revokedAt !== undefined && !((firstSeen(holder, { statementId: statement.id, trust, log })?.at ?? revokedAt) < revokedAt)
  const opened = {
    claims,
    statementId: statement.id,
    signed,
    ...(newer.length > 0 && { newer }),
    ...(isUnproven && { isUnproven }),
  }
  return { opened, holder }
}
