/**
 * Decides whether a key was permitted to sign at `iat`, also if it was revoked later. A thief can write any `iat`, so after a
 * revocation the date in a statement proves nothing: the statement counts as signed before the revocation only if a body other
 * than its issuer saw it before that instant, in a log or under a receipt. Without such evidence the row is indeterminate, never
 * passed.
 *
 * A key that expired without a revocation is presumed to have been under its holder's control until `notAfter`, so a statement
 * dated inside the interval needs no evidence (电子签名法 第十三条). If such a key is lost later, the authority revokes it, and the rule
 * above applies.
 */

import { type Check, missingFact, passWith } from '../base/check.js'
import { formatInstant, type Instant } from '../base/date.js'
import { authorityRows, checkKeyInterval } from './check-authority.js'
import { coded } from './messages.js'
import type { KeyHolder, Trust } from './open-trust.js'
import { keyFor } from './owners.js'

/** A time at which a statement existed. */
export interface Seen {
  readonly at: Instant
  /** USCC of the authority that attests it; absent if the verifier itself saw the statement. */
  readonly by?: string | undefined
}

/** Proved times at which statements existed; created by `openLogEvidence`. */
export interface LogEvidence {
  seen(statementId: string): readonly Seen[]
}

export interface KeyQuestion {
  readonly statementId: string
  readonly iat: Instant
  readonly at: Instant
  /** Two-digit province for which recognition is decided. */
  readonly region?: string | undefined
  readonly trust: Trust
  readonly log?: LogEvidence | undefined
}

/** Row `key.interval`: the key's validity at the time of signing, its revocation, and the evidence of that time. */
export function checkKeyTime(holder: KeyHolder, question: KeyQuestion): Check {
  const key = keyFor(holder, question.region)
  const check = checkKeyInterval(key, question.iat, question.at)
  if (key.revoked === undefined || check.status !== 'pass') return check
  const revokedAt = revocationOf({ key, list: holder.list }, question.at)
  if (revokedAt === undefined) return check
  const first = firstSeen(holder, question)
  if (first !== undefined && first.at < revokedAt)
    return passWith(authorityRows.interval, { seen: formatInstant(first.at), ...(first.by !== undefined && { by: first.by }) })
  const params = {
    iat: formatInstant(question.iat),
    at: formatInstant(revokedAt),
    reason: key.revoked.reason,
    seen:
      first === undefined
        ? { zh: '未提供能证明其在此之前已存在的证据', en: 'no evidence was given that it existed before' }
        : { zh: `现有证据只能追溯到 ${formatInstant(first.at)}`, en: `the evidence given goes back to ${formatInstant(first.at)} only` },
  }
  return missingFact(authorityRows.interval, 'log', { code: coded('key.revoked-unproven'), path: '/iat', params })
}

/**
 * Time of the revocation, if it is not later than `at` or than the issue of the list that states it. A list issued after `at`
 * counts too, because a forgery can carry any date and be verified as of any day.
 */
export const revocationOf = ({ key, list }: Pick<KeyHolder, 'key' | 'list'>, at = Number.NEGATIVE_INFINITY): Instant | undefined =>
  key.revoked !== undefined && key.revoked.at <= Math.max(at, list.payload.iat) ? key.revoked.at : undefined

/** The earliest time at which an accepted party saw the statement. */
export function firstSeen(holder: KeyHolder, { statementId, region, trust, log }: Omit<KeyQuestion, 'iat' | 'at'>): Seen | undefined {
  let first: Seen | undefined
  for (const seen of log?.seen(statementId) ?? [])
    if ((first === undefined || seen.at < first.at) && isAccepted(seen.by, holder, trust, region)) first = seen
  return first
}

/**
 * True if an attestation counts: by the authority whose list has the issuer, or by the authority of the deciding province. A
 * peer's attestation about bodies of another province does not count. No body can attest its own statements; those of an authority
 * are attested by the other authorities.
 */
function isAccepted(by: string | undefined, { entity, list }: KeyHolder, trust: Trust, region: string | undefined): boolean {
  if (by === undefined) return true
  if (by === entity.uscc) return false
  const own = trust.lists.find(({ payload }) => payload.iss === by)
  if (own === undefined) return false
  return by === list.payload.iss || own.payload.region === region || entity.uscc === list.payload.iss
}
