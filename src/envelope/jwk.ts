/** Keys as JWK (RFC 7517, RFC 8037), strict: exactly the members of the curve, 32 octets each, and no private members. */

import * as z from 'zod/mini'
import { digestText } from '#native'
import { checkArgument, type Expectation, faultOfReading, isObject, isString } from '../base/options.js'
import { about, named } from '../base/schema.js'
import type { AlgorithmRow } from './algorithms/algorithm.js'
import { algorithmNamed, algorithmOf, curveNamed, privateKeys, publicKeys, rowOf } from './algorithms/index.js'
import { fault } from './messages.js'

/** A public key: an EC key on P-256 (for ES256), an Ed25519 key, or an SM2 key. */
export const PublicJwk = named(
  'public-jwk',
  about(z.union(publicKeys), '公钥（JWK）', 'Public key as JWK', 'RFC 7517; RFC 8037; GM/T 0125.1—2022'),
)
export type PublicJwk = z.infer<typeof PublicJwk>

const PrivateJwkSchema = /* @__PURE__ */ z.union(privateKeys)
/** A private key. Store it in a key file of mode 600 or behind a signer, never in a statement. */
export type PrivateJwk = z.infer<typeof PrivateJwkSchema>

const KEY: Expectation = {
  is: (value) => isObject(value) && isString(value.kty) && isString(value.crv) && isString(value.x),
  expected: { zh: '密钥（JWK）', en: 'a key as JWK' },
}

/** Any value whose members can be read; the parser checks the rest. */
const READABLE: Expectation = {
  is: (value) => typeof value !== 'object' || value === null || Object.keys({ ...value }).length >= 0,
  expected: { zh: '可读取的值', en: 'a value that can be read' },
}

/**
 * RFC 7638 SHA-256 thumbprint, 43 characters: the `kid` of a key. It includes the signer id of an SM2 key unless that is the
 * default: with another id the same point verifies other signatures, so it is another key.
 */
export const thumbprint = async (key: PublicJwk | PrivateJwk): Promise<string> => {
  checkArgument('thumbprint', 'key', key, KEY)
  return digestText(canonicalKey(key))
}

/** True if two public keys have the same thumbprint. */
export function isSameKey(one: PublicJwk, other: PublicJwk): boolean {
  checkArgument('isSameKey', 'one', one, KEY)
  checkArgument('isSameKey', 'other', other, KEY)
  const { keyMembers, defaults } = membersFor(one)
  const valueIn = (key: object, name: string): unknown => (key as Readonly<Record<string, unknown>>)[name] ?? defaults?.[name]
  return one.crv === other.crv && keyMembers.every((name) => valueIn(one, name) === valueIn(other, name))
}

/** The members of the algorithm in the order of their names (§3.2), without other members and default values. */
function canonicalKey(key: PublicJwk | PrivateJwk): string {
  const { keyMembers, defaults } = membersFor(key)
  return JSON.stringify(
    key,
    keyMembers.filter((name) => defaults?.[name] === undefined || (key as Record<string, unknown>)[name] !== defaults[name]),
  )
}

const membersFor = (key: PublicJwk | PrivateJwk): Pick<AlgorithmRow, 'keyMembers' | 'defaults'> => rowOf(key) ?? OTHER
/** For a curve that we do not support. */
const OTHER = { keyMembers: ['crv', 'kty', 'x', 'y'] } as const

/**
 * Parses a public key to its strict form; other names of the SM2 curve in use are accepted.
 * @throws `key.invalid` if the JWK has other members, another curve or a wrong length
 */
export function parsePublicJwk(input: unknown): PublicJwk {
  const parsed = PublicJwk.safeParse(dataOf('parsePublicJwk', input))
  if (!parsed.success) throw fault('key.invalid', {}, { cause: parsed.error })
  return parsed.data
}

/**
 * Parses a private key from a JWK (RFC 7517): EC P-256, OKP Ed25519, or EC SM2. Other members are rejected.
 * @throws `key.invalid`; the error never contains the key
 */
export function parsePrivateJwk(input: unknown): PrivateJwk {
  const parsed = PrivateJwkSchema.safeParse(dataOf('parsePrivateJwk', input))
  if (!parsed.success) throw fault('key.invalid')
  return parsed.data
}

/**
 * Removes from a key of another tool the members allowed beside its own (RFC 7517 §4). `alg` may have any name in use, such as
 * `EdDSA` for Ed25519.
 * @throws `key.invalid` if `alg` is not the algorithm of the curve
 */
export function bareJwk(input: unknown): unknown {
  checkArgument('bareJwk', 'input', input, READABLE)
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return input
  const { alg, kid: _kid, use: _use, key_ops: _operations, ext: _extractable, ...jwk } = input as Readonly<Record<string, unknown>>
  if (alg === undefined) return jwk
  const [kty, crv] = [jwk.kty, jwk.crv].map(String) as [string, string]
  const expected = algorithmOf({ kty, crv: curveNamed(crv) })?.alg
  if (expected === undefined || algorithmNamed(String(alg)) !== expected) throw fault('key.invalid')
  return jwk
}

/** Copies the value, so that getters are read once. @throws `verify.options` if a member throws when it is read */
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
export function rowOfKey(key: PublicJwk | PrivateJwk): AlgorithmRow {
  const algorithm = rowOf(key)
  if (algorithm === undefined) throw fault('key.invalid')
  return algorithm
}
