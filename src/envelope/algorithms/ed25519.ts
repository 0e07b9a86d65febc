/** EdDSA on edwards25519. */
import * as z from 'zod/mini'
import { decodeBase64url } from '#native'
import { Digest } from '../../base/schema.js'
import { defineAlgorithm } from './algorithm.js'

export const ed25519 = defineAlgorithm({
  alg: 'Ed25519',
  shortName: 'Ed25519',
  // RFC 9864 §4 deprecates `EdDSA` (RFC 8037), which names several curves. No other Edwards curve is accepted, and the key
  // determines the algorithm in any case.
  inHeaders: ['EdDSA'],
  basis: 'RFC 9864 §2.2; RFC 8037 §3.1',
  signatureLength: 64,
  cost: 1,
  members: { kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Digest },
  isAdmissible: ({ x }) => isEdwardsPoint(decodeBase64url(x)),
  arithmetic: {
    key: { name: 'Ed25519' },
    use: { name: 'Ed25519' },
    digest: null,
    withoutPlatform: () => import('./ed25519-arithmetic.js'),
  },
})

/**
 * Points of edwards25519 (RFC 8032 §5.1.3). Runtimes accept any 32 octets as an Ed25519 key. Octets that are not a point verify
 * nothing; with a point of small order one signature is valid for every text, so that the signer could repudiate it.
 */
const P = 2n ** 255n - 19n
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

/** True for the canonical encoding of a point of large order. */
export function isEdwardsPoint(encoded: Uint8Array): boolean {
  let y = 0n
  for (let i = 31; i >= 0; i--) y = (y << 8n) | BigInt(i === 31 ? (encoded[i] as number) & 0x7f : (encoded[i] as number))
  if (y >= P) return false
  const yy = (y * y) % P
  // Points of order 1 or 2 (y = ±1), 4 (y = 0), and 8: doubling those gives y = 0, hence d·y⁴ + 2·y² − 1 = 0.
  if ((y * (yy - 1n) * (D * yy * yy + 2n * yy - 1n)) % P === 0n) return false
  // On the curve −x² + y² = 1 + d·x²·y² if x² = (y² − 1) / (d·y² + 1) is a square (Euler's criterion).
  return power(((yy - 1n) * (D * yy + 1n)) % P, (P - 1n) / 2n) === 1n
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % P
    square = (square * square) % P
  }
  return result
}
