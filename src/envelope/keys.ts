/** Key generation. */

import { exportJWK, generateKeyPair } from 'jose'
import { checkArgument, nameOf } from '../base/options.js'
import { type AlgorithmName, algorithmCalled, algorithms } from './algorithms/index.js'
import { type PrivateJwk, type PublicJwk, parsePrivateJwk, publicPart, thumbprint } from './jwk.js'
import { fault } from './signing-messages.js'

export interface GeneratedKey {
  readonly alg: AlgorithmName
  readonly kid: string
  readonly publicJwk: PublicJwk
  readonly privateJwk: PrivateJwk
}

const ALGORITHM = nameOf(algorithms, { zh: '算法名', en: 'the name of an algorithm' })

/**
 * Generates a key pair. ES256 and Ed25519 use the runtime's own generator (WebCrypto), SM2 its random octets.
 * @throws `crypto.unavailable` on a page over plain HTTP
 * @example
 * ```ts
 * import { generateKey } from 'tongheng'
 *
 * const { publicJwk } = await generateKey()
 * publicJwk.crv // => 'P-256'
 * ```
 */
export async function generateKey(alg: AlgorithmName = 'ES256'): Promise<GeneratedKey> {
  checkArgument('generateKey', 'alg', alg, ALGORITHM)
  const privateJwk = parsePrivateJwk(await newKey(alg))
  return { alg, kid: await thumbprint(privateJwk), publicJwk: publicPart(privateJwk), privateJwk }
}

async function newKey(alg: AlgorithmName): Promise<object> {
  const { generate } = algorithmCalled(alg)
  if (generate !== undefined) return generate()
  if (globalThis.crypto?.subtle === undefined) throw fault('crypto.unavailable')
  const pair = await generateKeyPair(alg, { extractable: true })
  const { kty, crv, x, y, d } = await exportJWK(pair.privateKey)
  return y === undefined ? { kty, crv, x, d } : { kty, crv, x, y, d }
}
