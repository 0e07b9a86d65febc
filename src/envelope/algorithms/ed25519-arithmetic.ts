/**
 * Ed25519 implemented with a library: older browsers do not have it, and a page over plain HTTP has no WebCrypto. The same results
 * as the platforms', but slower.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { decodeBase64url } from '#native'
import { concat } from '../../base/concat.js'
import type { KeyMembers, PrivateKeyMembers, SignBytes, VerifyBytes } from '../signature.js'
import { toNumber } from './integer.js'

const { Point } = ed25519

export function importVerifier(jwk: KeyMembers): VerifyBytes {
  const encoded = decodeBase64url(jwk.x)
  const key = Point.fromBytes(encoded)
  return (data, signature) => isSignature(data, signature, key, encoded)
}

export function importSigner(jwk: PrivateKeyMembers): SignBytes {
  const secret = decodeBase64url(jwk.d)
  return async (data) => ed25519.sign(data, secret)
}

/**
 * RFC 8032 §5.1.7 without the cofactor, by comparing encodings, as the platforms do: the library's own check multiplies by eight,
 * and would accept signatures that they reject.
 */
function isSignature(data: Uint8Array, signature: Uint8Array, key: InstanceType<typeof Point>, encoded: Uint8Array): boolean {
  if (signature.length !== 64) return false
  const r = signature.subarray(0, 32)
  const s = toNumber(signature.slice(32).reverse())
  const { n } = Point.CURVE()
  if (s >= n) return false
  const h = toNumber(sha512(concat([r, encoded, data], 64 + data.length)).reverse()) % n
  const expected = multiple(Point.BASE, s).subtract(multiple(key, h)).toBytes()
  return expected.every((byte, at) => byte === r[at])
}

const multiple = (point: InstanceType<typeof Point>, by: bigint): InstanceType<typeof Point> =>
  by === 0n ? Point.ZERO : point.multiplyUnsafe(by)
