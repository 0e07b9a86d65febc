/** Several signatures over one content: national cryptography beside ES256, or a second key. All of them must be valid. */

import { type Check, failed, passWith } from '../../base/check.js'
import type { Instant } from '../../base/date.js'
import { type AlgorithmName, algorithms, type Statement } from '../../envelope/index.js'
import { checkBinding, checkKeyUse, checkListFreshness, type KeyHolder, type Trust } from '../../trust/index.js'
import { checkKeyTime } from '../../trust/inside.js'
import {
  type Authenticated,
  type Checking,
  checkClaims,
  checkSignature,
  type Form,
  type SignedClaims,
  type SigningProof,
  signatureRow,
} from './authenticate.js'
import { coded } from './messages.js'

/** One per algorithm, plus one. Each is a complete statement that has to be verified. */
const MAX_SIGNATURES = algorithms.size + 1

export interface CoSignatures {
  readonly others: readonly string[]
  /** Algorithms of which one signature each is required. */
  readonly required: readonly AlgorithmName[]
  readonly checking: Checking
  readonly proof?: SigningProof
}

/** The first signature is already verified; adds the checks of the others and of the policy. */
export async function checkCoSignatures<C extends SignedClaims>(
  first: Authenticated<C>,
  { others, required, checking, proof = {} }: CoSignatures,
  trust: Trust,
  at: Instant,
  form: Form<C>,
): Promise<Authenticated<C>> {
  // Without a valid first statement there is no content to compare the others with.
  if (first.stoppedBy !== undefined || first.statement === undefined) return first
  const given = others.length + 1
  const added: Check[] = []
  const held = new Set<AlgorithmName>([first.statement.alg])
  if (given > MAX_SIGNATURES)
    added.push(failed(signatureRow, { code: coded('signature.too-many'), params: { given, most: MAX_SIGNATURES } }))
  else {
    // Check the claims once: all statements share them, character by character.
    const { claims } = checkClaims(first, trust, at, form, proof)
    for (const [n, text] of others.entries()) {
      const other = await checkSignature(text, trust, at, form, checking)
      const check = judgeOther(other, first.statement, claims && checksOfHolder(other, claims, { trust, at, ...proof }), n + 2)
      added.push(check)
      if (check.status === 'pass' && other.statement) held.add(other.statement.alg)
    }
  }
  for (const alg of required)
    if (!held.has(alg))
      added.push(failed(signatureRow, { code: coded('signature.algorithm-missing'), params: { alg }, evidence: { held: [...held] } }))
  const after = first.checks.findIndex(({ id }) => id === signatureRow.id) + 1
  return { ...first, checks: [...first.checks.slice(0, after), ...added, ...first.checks.slice(after)] }
}

/** Checks the holder of the key, and its permission at that time. */
function checksOfHolder(
  { statement, stoppedBy }: Authenticated<SignedClaims>,
  claims: SignedClaims,
  given: SigningProof & { readonly trust: Trust; readonly at: Instant },
): readonly Check[] {
  const { trust, at } = given
  if (statement === undefined || stoppedBy !== undefined) return []
  const holders = trust.holders(statement.kid)
  const { holder, check } = checkBinding(trust, holders, claims.iss)
  const list = checkListFreshness((holder ?? (holders[0] as KeyHolder)).list, at)
  if (holder === undefined) return [list, check]
  return [
    list,
    check,
    checkKeyUse(holder.key, statement.typ),
    checkKeyTime(holder, { ...given, statementId: statement.id, iat: claims.iat }),
  ]
}

function judgeOther(other: Authenticated<SignedClaims>, first: Statement, ofHolder: readonly Check[] | undefined, ordinal: number): Check {
  const { statement } = other
  const checks = [...other.checks, ...(ofHolder ?? [])]
  // A text that is not a statement has no content to compare; its checks report the fault.
  if (statement !== undefined && statement.payloadSegment !== first.payloadSegment)
    return failed(signatureRow, { code: coded('signature.other-statement'), params: { ordinal }, evidence: { statementId: statement.id } })
  const fault = checks.find(({ status, blockedBy }) => status === 'fail' || blockedBy !== undefined)
  const alg = statement?.alg ?? '?'
  if (fault === undefined) return passWith(signatureRow, { alg, kid: statement?.kid ?? '' })
  const params = { ordinal, alg, reason: fault.message }
  return failed(signatureRow, {
    code: coded('signature.other-refused'),
    // An unproved time is not an error.
    ...(fault.code === 'key.revoked-unproven' && { fact: 'log' }),
    params,
    evidence: { code: fault.code, ...(statement && { kid: statement.kid }) },
  })
}
