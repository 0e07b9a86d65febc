/** ES256 implemented with a library: a page over plain HTTP has no WebCrypto. The same results as the platforms', but slower. */
import { p256 } from '@noble/curves/nist.js'
import { decodeBase64url } from '#native'
import { concat } from '../../base/concat.js'
import type { KeyMembers, PrivateKeyMembers, SignBytes, VerifyBytes } from '../signature.js'
import { toNumber } from './integer.js'

const FORM = { prehash: true, lowS: false, format: 'compact' } as const

export function importVerifier(jwk: KeyMembers): VerifyBytes {
  // Uncompressed form of a point (SEC 1 §2.3.3).
  const key = concat([Uint8Array.of(4), decodeBase64url(jwk.x), decodeBase64url(jwk.y ?? '')], 65)
  p256.Point.fromBytes(key).assertValidity()
  return (data, signature) => signature.length === 64 && isSignature(signature, data, key)
}

export function importSigner(jwk: PrivateKeyMembers): SignBytes {
  const secret = decodeBase64url(jwk.d)
  if (!p256.utils.isValidSecretKey(secret)) throw new RangeError('private key out of range')
  return async (data) => p256.sign(data, secret, FORM)
}

function isSignature(signature: Uint8Array, data: Uint8Array, key: Uint8Array): boolean {
  const [r, s] = [toNumber(signature.subarray(0, 32)), toNumber(signature.subarray(32))]
  const { n } = p256.Point.CURVE()
  return r > 0n && r < n && s > 0n && s < n && p256.verify(signature, data, key, FORM)
}
