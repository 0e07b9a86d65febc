/** The signer port: three members, simple enough for an HSM or a 签名验签服务器. */

import { checkArgument, type Expectation, isObject, isString } from '../base/options.js'
import type { AlgorithmName } from './algorithms/index.js'
import { type PrivateJwk, publicPart, rowOfKey, thumbprint } from './jwk.js'
import { fault } from './messages.js'
import type { Execution } from './signature.js'

export interface Signer {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string
  readonly alg: AlgorithmName
  /** Returns the raw signature (r‖s for ES256 and SM2, see `rawSignature` for DER) of the JWS signing input. */
  sign(data: Uint8Array): Promise<Uint8Array>
}

const JWK: Expectation = {
  is: (value) => isObject(value) && isString(value.kty),
  expected: { zh: '私钥（JWK）', en: 'a private key as JWK' },
}
const PROBE = new Uint8Array(1)

/**
 * Creates a signer from a private key in this process. `threadPool`: for a caller that signs many statements concurrently beside
 * other work, such as a node.
 * @throws `key.invalid` if the private and the public part of the key do not match
 * @example
 * ```ts
 * import { createSigner, generateKey } from 'tongheng'
 *
 * const { privateJwk } = await generateKey('Ed25519')
 * const signer = await createSigner(privateJwk)
 * signer.alg // => 'Ed25519'
 * ```
 */
export async function createSigner(key: PrivateJwk, execution?: Execution): Promise<Signer> {
  checkArgument('createSigner', 'key', key, JWK)
  const algorithm = rowOfKey(key)
  try {
    const sign = await algorithm.importSigner(key, execution)
    const verify = await algorithm.importVerifier(publicPart(key))
    // Node accepts parts that do not match; no signature by such a key would verify.
    if (await verify(PROBE, await sign(PROBE))) return { alg: algorithm.alg, kid: await thumbprint(key), sign }
  } catch (cause) {
    throw fault('key.invalid', {}, { cause })
  }
  throw fault('key.invalid')
}
