/** The arithmetic of each algorithm: the platform's, and for SM2, which no platform has, a library's, loaded on first use. */
import * as platform from '#signature'
import type { AlgorithmName } from './algorithms.js'
import type { PrivateJwk, PublicJwk } from './jwk.js'
import type { SignBytes, VerifyBytes, Where } from './signature.js'

/** @throws where the key is off its curve */
export async function importVerifier(alg: AlgorithmName, jwk: PublicJwk): Promise<VerifyBytes> {
  if (jwk.crv === 'SM2-P-256') return (await import('./sm2.js')).importVerifier(jwk)
  return platform.importVerifier(alg as Exclude<AlgorithmName, 'SGD_SM3_SM2'>, jwk)
}

/** @throws where the key is out of range */
export async function importSigner(alg: AlgorithmName, jwk: PrivateJwk, where?: Where): Promise<SignBytes> {
  if (jwk.crv === 'SM2-P-256') return (await import('./sm2.js')).importSigner(jwk)
  return platform.importSigner(alg as Exclude<AlgorithmName, 'SGD_SM3_SM2'>, jwk, where)
}
