/** Keys as JWK (RFC 7517, RFC 8037), strict: exactly the members of the curve, 32 octets each, and nothing private. */

import * as z from 'zod/mini'
import { digestText } from '#native'
import { TonghengError } from '../base/error.js'
import { checkArgument, type Expectation, faultOfReading, isObject, isString } from '../base/options.js'
import { about, Digest, named } from '../base/schema.js'
import { type AlgorithmName, algorithmNamed, algorithmOf, curveNamed } from './algorithms.js'

const EcPublic = { kty: z.literal('EC'), crv: z.literal('P-256'), x: Digest, y: Digest }
const OkpPublic = { kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Digest }
const Sm2Public = {
  kty: z.literal('EC'),
  crv: z.literal('SM2-P-256'),
  x: Digest,
  y: Digest,
  distid: about(
    z.optional(z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[!-~]+$/))),
    '签名者可辨别标识，缺省 1234567812345678',
    'Distinguishing identifier of the signer, 1234567812345678 where absent',
    'GB/T 32918.2—2016 §5.1; GM/T 0009—2012 §10',
  ),
}

/** A public key: an EC key on P-256 (for ES256), an Ed25519 key, or an SM2 key. */
export const PublicJwk = named(
  'public-jwk',
  about(
    z.union([z.strictObject(EcPublic), z.strictObject(OkpPublic), z.strictObject(Sm2Public)]),
    '公钥（JWK）',
    'Public key as JWK',
    'RFC 7517; RFC 8037; GM/T 0125.1—2022',
  ),
)
export type PublicJwk = z.infer<typeof PublicJwk>

const Sm2Private = z.strictObject({ ...Sm2Public, d: Digest })
const PrivateJwkSchema = z.union([z.strictObject({ ...EcPublic, d: Digest }), z.strictObject({ ...OkpPublic, d: Digest }), Sm2Private])
const sm2Public = z.strictObject(Sm2Public)
export type Sm2PublicJwk = z.infer<typeof sm2Public>
export type Sm2PrivateJwk = z.infer<typeof Sm2Private>
/** A private key; stays in a key file of mode 600 or behind a signer, never in a statement. */
export type PrivateJwk = z.infer<typeof PrivateJwkSchema>

const KEY: Expectation = {
  is: (value) => isObject(value) && isString(value.kty) && isString(value.crv) && isString(value.x),
  expected: { zh: '密钥（JWK）', en: 'a key as JWK' },
}

/** Any value: what it is is said by who parses it. */
const READABLE: Expectation = {
  is: (value) => typeof value !== 'object' || value === null || Object.keys({ ...value }).length >= 0,
  expected: { zh: '可读取的值', en: 'a value that can be read' },
}

/** The identity of a signer that has agreed on no other: GM/T 0009—2012 §10. */
export const DEFAULT_SIGNER_ID = '1234567812345678'

/**
 * RFC 7638 SHA-256 thumbprint, 43 characters: the `kid` of a key. The signer's id of an SM2 key is part of it, where it is not
 * the default: under another id the same point vouches for other signatures, and is another key.
 */
export const thumbprint = async (key: PublicJwk | PrivateJwk): Promise<string> => {
  checkArgument('thumbprint', 'key', key, KEY)
  const { kty, crv, x } = key
  const distid = 'distid' in key && key.distid !== DEFAULT_SIGNER_ID ? key.distid : undefined
  // The required members, in the order of their names (§3.2), whatever else the key has.
  return digestText(JSON.stringify('y' in key ? { crv, distid, kty, x, y: key.y } : { crv, kty, x }))
}

/**
 * A public key in its strict form; the curve of SM2 may have another of the names in circulation.
 * @throws `key.invalid` where the JWK has other members, another curve or a wrong length
 */
export function parsePublicJwk(input: unknown): PublicJwk {
  const parsed = PublicJwk.safeParse(dataOf('parsePublicJwk', input))
  if (!parsed.success) throw new TonghengError('key.invalid', {}, { cause: parsed.error })
  return parsed.data
}

/**
 * A private key from a JWK (RFC 7517): EC P-256, OKP Ed25519, or EC SM2. Members beside those of the key are refused.
 * @throws `key.invalid`; the error never holds the key
 */
export function parsePrivateJwk(input: unknown): PrivateJwk {
  const parsed = PrivateJwkSchema.safeParse(dataOf('parsePrivateJwk', input))
  if (!parsed.success) throw new TonghengError('key.invalid')
  return parsed.data
}

/**
 * A key as files of other tools hold it, without the members that may stand beside its own (RFC 7517 §4). `alg` may have any
 * of the names in circulation, as `EdDSA` for Ed25519.
 * @throws `key.invalid` where `alg` is not the algorithm of the curve
 */
export function bareJwk(input: unknown): unknown {
  checkArgument('bareJwk', 'input', input, READABLE)
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return input
  const { alg, kid: _kid, use: _use, key_ops: _operations, ext: _extractable, ...jwk } = input as Readonly<Record<string, unknown>>
  if (alg === undefined) return jwk
  const [kty, crv] = [jwk.kty, jwk.crv].map(String) as [string, string]
  const expected = algorithmOf({ kty, crv: curveNamed(crv) })?.alg
  if (expected === undefined || algorithmNamed(String(alg)) !== expected) throw new TonghengError('key.invalid')
  return jwk
}

/** A copy that can be read again. @throws `verify.options` where a member throws when it is read */
function dataOf(call: string, input: unknown): unknown {
  try {
    const read = respelt(input)
    return isObject(read) ? { ...read } : read
  } catch (error) {
    throw faultOfReading(call, input, error)
  }
}

function respelt(input: unknown): unknown {
  if (input === null || typeof input !== 'object' || !('crv' in input) || typeof input.crv !== 'string') return input
  const crv = curveNamed(input.crv)
  return crv === input.crv ? input : { ...input, crv }
}

/** The public part of a private key. */
export function publicPart(key: PrivateJwk): PublicJwk {
  checkArgument('publicPart', 'key', key, KEY)
  const { d: _, ...rest } = key
  return rest
}

/** The algorithm of a key that passed `parsePublicJwk`. */
export function algOf(key: PublicJwk | PrivateJwk): AlgorithmName {
  const algorithm = algorithmOf(key)
  if (algorithm === undefined) throw new TonghengError('key.invalid')
  return algorithm.alg
}
