/** Keys as JWK (RFC 7517, RFC 8037), strict: exactly the members of the curve, 32 octets each, and nothing private. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod/mini'
import { TonghengError } from '../base/error.js'
import { about, Digest, named } from '../base/schema.js'
import { type AlgorithmName, algorithmOf } from './algorithms.js'

const EcPublic = { kty: z.literal('EC'), crv: z.literal('P-256'), x: Digest, y: Digest }
const OkpPublic = { kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Digest }

/** A public key: an EC key on P-256 (for ES256) or an Ed25519 key. */
export const PublicJwk = named(
  'public-jwk',
  about(z.union([z.strictObject(EcPublic), z.strictObject(OkpPublic)]), '公钥（JWK）', 'Public key as JWK', 'RFC 7517, RFC 8037'),
)
export type PublicJwk = z.infer<typeof PublicJwk>

const PrivateJwkSchema = z.union([z.strictObject({ ...EcPublic, d: Digest }), z.strictObject({ ...OkpPublic, d: Digest })])
/** A private key; stays in a key file of mode 600 or behind a signer, never in a statement. */
export type PrivateJwk = z.infer<typeof PrivateJwkSchema>

/** RFC 7638 SHA-256 thumbprint, 43 characters: the `kid` of a key. */
export const thumbprint = (key: PublicJwk | PrivateJwk): Promise<string> => calculateJwkThumbprint(key, 'sha256')

/** @throws `key.invalid` where the JWK has other members, another curve or a wrong length */
export function parsePublicJwk(input: unknown): PublicJwk {
  const parsed = PublicJwk.safeParse(input)
  if (!parsed.success) throw new TonghengError('key.invalid', {}, { cause: parsed.error })
  return parsed.data
}

/** @throws `key.invalid` */
export function parsePrivateJwk(input: unknown): PrivateJwk {
  const parsed = PrivateJwkSchema.safeParse(input)
  if (!parsed.success) throw new TonghengError('key.invalid')
  return parsed.data
}

/** The public part of a private key. */
export function publicPart(key: PrivateJwk): PublicJwk {
  const { d: _, ...rest } = key
  return rest
}

export interface GeneratedKey {
  readonly alg: AlgorithmName
  readonly kid: string
  readonly publicJwk: PublicJwk
  readonly privateJwk: PrivateJwk
}

/** A new key pair from the runtime's own generator (WebCrypto). */
export async function generateKey(alg: AlgorithmName = 'ES256'): Promise<GeneratedKey> {
  const pair = await generateKeyPair(alg, { extractable: true })
  const { kty, crv, x, y, d } = await exportJWK(pair.privateKey)
  const privateJwk = parsePrivateJwk(y === undefined ? { kty, crv, x, d } : { kty, crv, x, y, d })
  return { alg, kid: await thumbprint(privateJwk), publicJwk: publicPart(privateJwk), privateJwk }
}

/** The algorithm of a key that passed `parsePublicJwk`. */
export function algOf(key: PublicJwk | PrivateJwk): AlgorithmName {
  const algorithm = algorithmOf(key)
  if (algorithm === undefined) throw new TonghengError('key.invalid')
  return algorithm.alg
}
