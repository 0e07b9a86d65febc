/**
 * SM2 signatures with SM3 (GB/T 32918.2—2016; GM/T 0009—2012 §8, §10), using the point arithmetic of a library. Loaded on first
 * use.
 *
 * When signing, the point arithmetic is constant-time, but the scalar arithmetic is not. A system under 密评 signs in its 密码机 or
 * 签名验签服务器 anyway, through the signer port.
 */
import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { randomBytes } from '@noble/curves/utils.js'
import { decodeBase64url, encodeBase64url, encodeUtf8 } from '#native'
import type { KeyMembers, PrivateKeyMembers, SignBytes, VerifyBytes } from '../signature.js'
import { toNumber } from './integer.js'
import { DEFAULT_SIGNER_ID } from './signer-id.js'
import { sm3 } from './sm3.js'

export interface CurveParameters {
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
  readonly n: bigint
  readonly gx: bigint
  readonly gy: bigint
}

/** sm2p256v1, GB/T 32918.5—2017. */
const SM2_P_256: CurveParameters = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}

/** Window sizes of the precomputed tables: 1 MB once for the generator, about 280 kB for each public key in use. */
const GENERATOR_WINDOW = 8
const KEY_WINDOW = 6

const to32 = (value: bigint): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * (31 - i))) & 255n))
const join = (r: bigint, s: bigint): Uint8Array => Uint8Array.from([...to32(r), ...to32(s)])

/** The scheme on a given curve; another curve is used only for the worked example in the annex of the standard. */
export function sm2On(curve: CurveParameters) {
  const { p, a, b, n, gx, gy } = curve
  const Point = weierstrass({ p, a, b, n, h: 1n, Gx: gx, Gy: gy })
  // Lazily: a process that never uses such a key does not build the table.
  Point.BASE.precompute(GENERATOR_WINDOW)

  /** ZA: hash of signer id, curve and key (§5.5). */
  const identity = (x: bigint, y: bigint, id: Uint8Array): Uint8Array => {
    const bits = id.length * 8
    return sm3(Uint8Array.of(bits >> 8, bits & 255), id, ...[a, b, gx, gy, x, y].map(to32))
  }

  return {
    identity,
    digest: (za: Uint8Array, data: Uint8Array): bigint => toNumber(sm3(za, data)),

    /** @throws if the point is not on the curve */
    verifier(x: bigint, y: bigint, id: Uint8Array): (data: Uint8Array, signature: Uint8Array) => boolean {
      const key = Point.fromAffine({ x, y })
      key.assertValidity()
      key.precompute(KEY_WINDOW)
      const za = identity(x, y, id)
      return (data, signature) => {
        if (signature.length !== 64) return false
        const r = toNumber(signature.subarray(0, 32))
        const s = toNumber(signature.subarray(32))
        if (r < 1n || r >= n || s < 1n || s >= n) return false
        const t = (r + s) % n
        if (t === 0n) return false
        const sum = Point.BASE.multiplyUnsafe(s).add(key.multiplyUnsafe(t))
        if (sum.is0()) return false
        // e + x ≡ r (mod n), where x = X/Z: tested without the division, for each x below p that r allows.
        const { X, Z } = sum
        for (let x = (r + n - (toNumber(sm3(za, data)) % n)) % n; x < p; x += n) if ((x * Z - X) % p === 0n) return true
        return false
      }
    },

    /** The public point of a private key. @throws unless d is in 1 … n − 2 */
    publicPoint(d: bigint): { readonly x: bigint; readonly y: bigint } {
      if (d < 1n || d >= n - 1n) throw new RangeError('private key out of range')
      return Point.BASE.multiply(d).toAffine()
    },

    /** Undefined if this nonce is unsuitable and another must be drawn (§6.1, A5 and A6). */
    sign(d: bigint, e: bigint, k: bigint): Uint8Array | undefined {
      const r = (e + Point.BASE.multiply(k).toAffine().x) % n
      if (r === 0n || r + k === n) return undefined
      const s = (Point.Fn.inv(1n + d) * Point.Fn.create(k - r * d)) % n
      return s === 0n ? undefined : join(r, s)
    },

    /** A scalar in 1 … n − 2 from the runtime's generator; the 16 surplus octets make the bias negligible. */
    randomScalar: (): bigint => (toNumber(randomBytes(48)) % (n - 2n)) + 1n,
  }
}

const sm2 = sm2On(SM2_P_256)
const coordinate = (text: string): bigint => toNumber(decodeBase64url(text))
const idOf = (jwk: KeyMembers): Uint8Array => encodeUtf8(jwk.distid ?? DEFAULT_SIGNER_ID)

export const importVerifier = (jwk: KeyMembers): VerifyBytes => sm2.verifier(coordinate(jwk.x), coordinate(jwk.y ?? ''), idOf(jwk))

export function importSigner(jwk: PrivateKeyMembers): SignBytes {
  const d = coordinate(jwk.d)
  const { x, y } = sm2.publicPoint(d)
  const za = sm2.identity(x, y, idOf(jwk))
  return async (data) => {
    const e = sm2.digest(za, data)
    for (;;) {
      const signature = sm2.sign(d, e, sm2.randomScalar())
      if (signature !== undefined) return signature
    }
  }
}

/** The members of a new private key. */
export function generate(): { readonly kty: 'EC'; readonly crv: 'SM2-P-256'; readonly x: string; readonly y: string; readonly d: string } {
  const d = sm2.randomScalar()
  const { x, y } = sm2.publicPoint(d)
  const text = (value: bigint): string => encodeBase64url(to32(value))
  return { kty: 'EC', crv: 'SM2-P-256', x: text(x), y: text(y), d: text(d) }
}
