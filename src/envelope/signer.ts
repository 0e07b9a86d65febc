/** The signer port: three members, so that an HSM or a 签名验签服务器 fits behind it. */
import { importSigner } from '#signature'
import type { AlgorithmName } from './algorithms.js'
import { algOf, type PrivateJwk, thumbprint } from './keys.js'

export interface Signer {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string
  readonly alg: AlgorithmName
  /** Raw signature (r‖s for ES256) over the JWS signing input. */
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** A signer over a private key in this process. */
export async function createSigner(key: PrivateJwk): Promise<Signer> {
  const alg = algOf(key)
  return { alg, kid: await thumbprint(key), sign: await importSigner(alg, key) }
}
