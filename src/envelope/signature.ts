/** Signatures where there is no `node:crypto`: WebCrypto. The same names as `signature.node.ts`. */
import type { AlgorithmName } from './algorithms.js'
import type { PrivateJwk, PublicJwk } from './jwk.js'

/** What WebCrypto and `node:crypto` can do; SM2 is not among it. */
export type PlatformAlgorithm = Exclude<AlgorithmName, 'SGD_SM3_SM2'>

/**
 * Where arithmetic is done. `aside`: on another thread where the runtime has one to spare, for callers that have other work meanwhile;
 * `here`: at once where the runtime can, which is quicker for one signature alone.
 */
export type Where = 'here' | 'aside'

/** True where the signature over the data is by this key. Never throws on a malformed signature. */
export type VerifyBytes = (data: Uint8Array, signature: Uint8Array, where?: Where) => boolean | Promise<boolean>
export type SignBytes = (data: Uint8Array) => Promise<Uint8Array>

const IMPORT = { ES256: { name: 'ECDSA', namedCurve: 'P-256' }, Ed25519: { name: 'Ed25519' } } as const
const USE = { ES256: { name: 'ECDSA', hash: 'SHA-256' }, Ed25519: { name: 'Ed25519' } } as const

export async function importVerifier(alg: PlatformAlgorithm, jwk: PublicJwk): Promise<VerifyBytes> {
  const key = await platformKey(alg, jwk, 'verify')
  if (key === undefined) return (await import('./pure-signature.js')).importVerifier(alg, jwk)
  return (data, signature) => crypto.subtle.verify(USE[alg], key, signature as BufferSource, data as BufferSource)
}

export async function importSigner(alg: PlatformAlgorithm, jwk: PrivateJwk, _where?: Where): Promise<SignBytes> {
  const key = await platformKey(alg, jwk, 'sign')
  if (key === undefined) return (await import('./pure-signature.js')).importSigner(alg, jwk)
  return async (data) => new Uint8Array(await crypto.subtle.sign(USE[alg], key, data as BufferSource))
}

/**
 * Undefined where the runtime cannot do it: outside a secure context there is no `subtle`, and not every one has Ed25519.
 * @throws where it can, and the key is wrong
 */
async function platformKey(alg: PlatformAlgorithm, jwk: PublicJwk | PrivateJwk, use: 'sign' | 'verify'): Promise<CryptoKey | undefined> {
  // Typed as always there; over plain HTTP it is not.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle === undefined) return undefined
  try {
    return await subtle.importKey('jwk', { ...jwk }, IMPORT[alg], false, [use])
  } catch (error) {
    if (error instanceof Error && error.name === 'DataError') throw error
    return undefined
  }
}
