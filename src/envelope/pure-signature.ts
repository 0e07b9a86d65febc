/**
 * Signatures by a library alone, loaded where the runtime has none for the algorithm: a page over plain HTTP has no WebCrypto, and an
 * older browser no Ed25519. The same functions and answers as `signature.ts`, slower.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { decodeBase64url } from '#native'
import { concat } from '../base/concat.js'
import type { PrivateJwk, PublicJwk } from './jwk.js'
import type { PlatformAlgorithm, SignBytes, VerifyBytes } from './signature.js'

const { Point } = ed25519
const ES256 = { prehash: true, lowS: false, format: 'compact' } as const

export async function importVerifier(alg: PlatformAlgorithm, jwk: PublicJwk): Promise<VerifyBytes> {
  if (alg === 'ES256') {
    const key = pointOf(jwk)
    p256.Point.fromBytes(key).assertValidity()
    return (data, signature) => signature.length === 64 && verifyEs256(signature, data, key)
  }
  const encoded = decodeBase64url(jwk.x)
  const key = Point.fromBytes(encoded)
  return (data, signature) => verifyEd25519(data, signature, key, encoded)
}

export async function importSigner(alg: PlatformAlgorithm, jwk: PrivateJwk): Promise<SignBytes> {
  const secret = decodeBase64url(jwk.d)
  if (alg === 'Ed25519') return async (data) => ed25519.sign(data, secret)
  if (!p256.utils.isValidSecretKey(secret)) throw new RangeError('private key out of range')
  return async (data) => p256.sign(data, secret, ES256)
}

function verifyEs256(signature: Uint8Array, data: Uint8Array, key: Uint8Array): boolean {
  const [r, s] = [toNumber(signature.subarray(0, 32)), toNumber(signature.subarray(32))]
  const { n } = p256.Point.CURVE()
  return r > 0n && r < n && s > 0n && s < n && p256.verify(signature, data, key, ES256)
}

/**
 * RFC 8032 §5.1.7 without the cofactor, by comparing encodings, as the platforms do it: the library's own check multiplies by
 * eight, and would take signatures that they refuse.
 */
function verifyEd25519(data: Uint8Array, signature: Uint8Array, key: InstanceType<typeof Point>, encoded: Uint8Array): boolean {
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
const toNumber = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

/** Uncompressed form of a point (SEC 1 §2.3.3). */
const pointOf = (jwk: PublicJwk): Uint8Array =>
  concat([Uint8Array.of(4), decodeBase64url(jwk.x), decodeBase64url('y' in jwk ? jwk.y : '')], 65)
