/** Several signatures over one content: national cryptography beside ES256, or a second key. Each of them must hold. */
import { type Check, found, passWith } from '../base/check.js'
import type { Instant } from '../base/date.js'
import type { AlgorithmName, Statement } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import { type Authenticated, checkClaims, checkSignature, signatureRow } from './authenticate.js'

const MOST_SIGNATURES = 20

export interface CoSignatures {
  readonly others: readonly string[]
  /** Algorithms of which one signature each is demanded. */
  readonly required: readonly AlgorithmName[]
  readonly maxLength?: number | undefined
}

/** The first signature was judged; what the others and the policy say is reported beside it. */
export async function checkCoSignatures(
  first: Authenticated,
  { others, required, maxLength }: CoSignatures,
  trust: Trust,
  at: Instant,
): Promise<Authenticated> {
  // Without a first statement there is nothing that another one could be the same as.
  if (first.stoppedBy !== undefined || first.statement === undefined) return first
  const given = others.length + 1
  const told: Check[] = []
  const held = new Set<AlgorithmName>([first.statement.alg])
  if (given > MOST_SIGNATURES) told.push(found(signatureRow, { code: 'signature.too-many', params: { given, most: MOST_SIGNATURES } }))
  else {
    for (const [n, text] of others.entries()) {
      const other = checkClaims(await checkSignature(text, trust, at, maxLength), trust, at)
      const check = judgeOther(other, first.statement, n + 2)
      told.push(check)
      if (check.status === 'pass' && other.statement) held.add(other.statement.alg)
    }
  }
  for (const alg of required)
    if (!held.has(alg))
      told.push(found(signatureRow, { code: 'signature.algorithm-missing', params: { alg }, evidence: { held: [...held] } }))
  const after = first.checks.findIndex(({ id }) => id === signatureRow.id) + 1
  return { ...first, checks: first.checks.toSpliced(after, 0, ...told) }
}

function judgeOther({ statement, checks }: Authenticated, first: Statement, ordinal: number): Check {
  // A text that is no statement has no content to compare; what is wrong with it is in its checks.
  if (statement !== undefined && statement.payloadSegment !== first.payloadSegment)
    return found(signatureRow, { code: 'signature.other-statement', params: { ordinal }, evidence: { statementId: statement.id } })
  const fault = checks.find(({ status, blockedBy }) => status === 'fail' || blockedBy !== undefined)
  const alg = statement?.alg ?? '?'
  if (fault === undefined) return passWith(signatureRow, { alg, kid: statement?.kid ?? '' })
  const params = { ordinal, alg, reason: fault.message }
  return found(signatureRow, {
    code: 'signature.other-refused',
    params,
    evidence: { code: fault.code, ...(statement && { kid: statement.kid }) },
  })
}
