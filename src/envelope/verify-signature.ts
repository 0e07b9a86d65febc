/** Imports public keys and verifies signatures. */

import { type AlgorithmName, algorithms } from './algorithms/index.js'
import { type PublicJwk, parsePublicJwk, rowOfKey, thumbprint } from './jwk.js'
import { fault } from './messages.js'
import type { Execution, VerifyBytes } from './signature.js'
import type { Statement } from './statement.js'

/** An imported public key. It determines the algorithm; a statement does not. */
export interface VerificationKey {
  readonly kid: string
  readonly alg: AlgorithmName
  readonly jwk: PublicJwk
  readonly verify: VerifyBytes
}

/**
 * Imports a public key, which must have the strict form, be on its curve and not be of small order.
 * @throws `key.invalid`
 */
export async function importKey(input: unknown): Promise<VerificationKey> {
  const jwk = parsePublicJwk(input)
  const algorithm = rowOfKey(jwk)
  if (algorithm.isAdmissible?.(jwk) === false) throw fault('key.invalid')
  try {
    return { kid: await thumbprint(jwk), alg: algorithm.alg, jwk, verify: await algorithm.importVerifier(jwk) }
  } catch (cause) {
    // The point is not on the curve.
    throw fault('key.invalid', {}, { cause })
  }
}

/** False for another algorithm or a signature of another length, before any arithmetic. */
export function verifySignature(statement: Statement, key: VerificationKey, execution?: Execution): boolean | Promise<boolean> {
  if (statement.alg !== key.alg) return false
  if (statement.signature.length !== algorithms.get(key.alg)?.signatureLength) return false
  return key.verify(statement.signingInput, statement.signature, execution)
}
