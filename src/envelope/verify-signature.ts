/** One question: did this key sign this statement? */
import { decodeBase64url } from '#native'
import { TonghengError } from '../base/error.js'
import { type AlgorithmName, algorithms } from './algorithms.js'
import { isEdwardsPoint } from './edwards-point.js'
import { algOf, type PublicJwk, parsePublicJwk, thumbprint } from './jwk.js'
import { importVerifier } from './primitives.js'
import type { VerifyBytes, Where } from './signature.js'
import type { Statement } from './statement.js'

/** A public key ready for use. Its algorithm is fixed here, once. */
export interface VerificationKey {
  readonly kid: string
  readonly alg: AlgorithmName
  readonly jwk: PublicJwk
  readonly verify: VerifyBytes
}

/**
 * Admits a public key: strict form, on the curve, not of small order.
 * @throws `key.invalid`
 */
export async function importKey(input: unknown): Promise<VerificationKey> {
  const jwk = parsePublicJwk(input)
  const alg = algOf(jwk)
  if (jwk.kty === 'OKP' && !isEdwardsPoint(decodeBase64url(jwk.x))) throw new TonghengError('key.invalid')
  try {
    return { kid: await thumbprint(jwk), alg, jwk, verify: await importVerifier(alg, jwk) }
  } catch (cause) {
    // The point is not on the curve.
    throw new TonghengError('key.invalid', {}, { cause })
  }
}

/** False for another algorithm or a signature of another length, before any arithmetic. */
export function verifySignature(statement: Statement, key: VerificationKey, where?: Where): boolean | Promise<boolean> {
  if (statement.alg !== key.alg) return false
  if (statement.signature.length !== algorithms.get(key.alg)?.signatureLength) return false
  return key.verify(statement.signingInput, statement.signature, where)
}
