/**
 * The packed form of a label: one octet for the version, then one CBOR array of fields and signatures (RFC 8949, deterministic encoding
 * §4.2.1). It is only a transport encoding: a reader rebuilds the compact JWS from it, octet for octet, and judges that.
 */

import { decode, encode } from 'cborg'
import { decodeBase64url, encodeAscii, encodeBase64url, encodeUtf8 } from '#native'
import { addPeriod, daysBetween } from '../base/date.js'
import { hasNoncharacter } from '../base/json-text.js'
import type { Text } from '../base/message.js'
import { aTrust, checkArgument, hasFunctions, isArrayOf, isString, octets as someOctets } from '../base/options.js'
import { algorithms, parsePayload, parseStatement, type Statement, statementId } from '../envelope/index.js'
import type { KeyHolder, Trust } from '../trust/index.js'
import { CATEGORY_CODES, OUTCOME_CODES, USCC_CHARACTERS } from './codes.js'
import { LABEL, type LabelClaims, readClaims, writeHeader, writeTemplate } from './label.js'
import { fault, say } from './messages.js'
import { readQuickly } from './quick-array.js'

/** The version of template, tables and layout. */
export const LABEL_VERSION = 1
/** Maximum length of a packed label: the capacity of a sticker of 40 mm. */
export const MAX_LABEL_OCTETS = 512
/** Maximum number of signatures: one per algorithm, and one more. */
const MAX_SIGNATURES = algorithms.size + 1
const KID_OCTETS = 8
const USCC_OCTETS = 10
const FIELDS = 14

/** Fields of a packed label and its signatures, each with the first octets of the key thumbprint. */
export interface PackedLabel {
  readonly claims: LabelClaims
  readonly signatures: readonly { readonly kid: Uint8Array; readonly signature: Uint8Array }[]
}

const EPOCH = '1970-01-01'
/** 1900-01-01 and 9999-12-31, in days. */
const [FIRST_DAY, LAST_DAY] = [-25_567, 2_932_896]
/** Constants that are packed as numbers: their decimal text is reproduced exactly. */
const NUMBER = /^[1-9][0-9]{0,8}$/

/** USCC as one number of mixed radix, big-endian: base 31, and base 10 for the division in positions 3 to 8. */
function packUscc(uscc: string): Uint8Array {
  let number = 0n
  for (let at = 0; at < 18; at++) number = number * radixAt(at) + BigInt(USCC_CHARACTERS.indexOf(uscc.charAt(at)))
  return octetsOf(number, USCC_OCTETS)
}

/** Cache of unpacked USCCs: a few bodies verify a whole fleet. */
const unpacked = new Map<string, string | undefined>()
const MAX_UNPACKED = 512

/** Unpacks a USCC; undefined if the number is too large. */
function unpackUscc(octets: Uint8Array): string | undefined {
  const packed = encodeBase64url(octets)
  const known = unpacked.get(packed)
  if (known !== undefined) return known
  let number = numberOf(octets)
  let uscc = ''
  for (let at = 17; at >= 0; at--) {
    uscc = USCC_CHARACTERS.charAt(Number(number % radixAt(at))) + uscc
    number /= radixAt(at)
  }
  const whole = number === 0n ? uscc : undefined
  if (unpacked.size >= MAX_UNPACKED) unpacked.clear()
  unpacked.set(packed, whole)
  return whole
}
const radixAt = (at: number): bigint => (at >= 2 && at < 8 ? 10n : 31n)

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** Octets as one number, big-endian. */
export function numberOf(octets: Uint8Array): bigint {
  let hex = '0x0'
  for (const octet of octets) hex += HEX[octet]
  return BigInt(hex)
}

/** The value of a hexadecimal digit of `toString(16)`. */
const digitAt = (hex: string, at: number): number => {
  const code = hex.charCodeAt(at)
  return code < 0x3a ? code - 0x30 : code - 0x57
}

/** A number as octets, big-endian, padded to `length` if given. */
export function octetsOf(number: bigint, length = 0): Uint8Array {
  const digits = number.toString(16)
  const hex = digits.padStart(Math.max(length * 2, digits.length + (digits.length % 2)), '0')
  const octets = new Uint8Array(hex.length / 2)
  for (let at = 0; at < octets.length; at++) octets[at] = digitAt(hex, at * 2) * 16 + digitAt(hex, at * 2 + 1)
  return octets
}

const codeOr = (table: readonly string[], value: string): number | string => {
  const code = table.indexOf(value)
  return code === -1 ? value : code
}

/** The array of version 1. Absent members are null. */
function fieldsOf(claims: LabelClaims): unknown[] {
  const { iss, iat, record, number, category, outcome, serial, plate, constant, verifiedOn, validUntil, status, seals } = claims
  return [
    packUscc(iss),
    iat,
    decodeBase64url(record),
    number,
    codeOr(CATEGORY_CODES, category),
    OUTCOME_CODES.indexOf(outcome),
    serial ?? null,
    plate ?? null,
    constant === undefined ? null : NUMBER.test(constant) ? Number(constant) : constant,
    daysBetween(EPOCH, verifiedOn),
    validUntil === undefined ? null : daysBetween(verifiedOn, validUntil),
    status === undefined ? null : decodeBase64url(status.list),
    status === undefined ? null : status.index,
    seals ?? null,
  ]
}

/**
 * Packs a signed label: one compact JWS, or one per algorithm over the same payload.
 * @throws `label.not-packable` unless unpacking gives the same texts, octet for octet
 * @example
 * ```ts
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 * import { packLabel, signLabel, unpackLabel } from 'tongheng/label'
 *
 * const world = await createFakeAuthorities()
 * const record = await world.sign('CD', fixtures.F01.record)
 * const { signed } = await signLabel(record, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
 * unpackLabel(packLabel(signed), world.trust)[0] === signed[0] // => true
 * ```
 */
export function packLabel(signed: string | readonly string[]): Uint8Array {
  const expected = { zh: '标签的签名文本，或同一内容的几个签名的数组', en: 'the text of a signed label, or an array of its signatures' }
  checkArgument('packLabel', 'signed', signed, { is: (value) => isString(value) || isArrayOf(isString)(value), expected })
  const texts = typeof signed === 'string' ? [signed] : signed
  const statements = texts.map((text) => parseStatement(text, LABEL))
  const [first] = statements
  if (first === undefined || texts.length > MAX_SIGNATURES || statements.some((one) => one.payloadSegment !== first.payloadSegment))
    throw notPackable(say('label.reason-signatures', { most: MAX_SIGNATURES }))
  const claims = readClaims(parsePayload(first))
  if (typeof claims === 'string') throw notPackable(say('label.reason-shape', { path: claims }))
  if (encodeBase64url(encodeUtf8(writeTemplate(claims))) !== first.payloadSegment) throw notPackable(say('label.reason-spelling'))
  const signatures = statements.map(({ kid, signature }) => joined(decodeBase64url(kid).subarray(0, KID_OCTETS), signature))
  const octets = joined(Uint8Array.of(LABEL_VERSION), encode([...fieldsOf(claims), ...signatures]))
  if (octets.length > MAX_LABEL_OCTETS) throw notPackable(say('label.reason-length', { most: MAX_LABEL_OCTETS }))
  if (rebuild(readPacked(octets), statements).some(({ text }, at) => text !== texts[at])) throw notPackable(say('label.reason-header'))
  return octets
}

const notPackable = (reason: Text) => fault('label.not-packable', { reason })

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  return all
}

const DECODING = { strict: true, allowIndefinite: false, allowUndefined: false, allowInfinity: false, allowNaN: false } as const

/** Reads the array of a packed label, which every version has. @throws `label.damaged`, `label.version` */
function arrayIn(octets: Uint8Array): readonly unknown[] {
  if (octets.length > MAX_LABEL_OCTETS) throw damaged(say('label.reason-length', { most: MAX_LABEL_OCTETS }))
  const body = octets.subarray(1)
  const own = octets[0] === LABEL_VERSION ? readQuickly(body) : undefined
  if (own !== undefined) return own
  let array: unknown
  try {
    array = decode(body, DECODING)
  } catch (cause) {
    throw damaged(say('label.reason-cbor'), cause)
  }
  const version = octets[0] as number
  if (!Array.isArray(array) || version === 0) throw damaged(say('label.reason-cbor'))
  // Valid CBOR of an unknown version is a label of later software, not a damaged one.
  if (version !== LABEL_VERSION) throw fault('label.version', { version })
  // Only the deterministic encoding is a label: encoding the value again must reproduce the octets.
  const again = encode(array)
  if (again.length !== body.length || again.some((octet, at) => octet !== body[at])) throw damaged(say('label.reason-cbor'))
  return array
}

const damaged = (reason: Text, cause?: unknown) => fault('label.damaged', { reason }, { cause })

const isText = (value: unknown): value is string => typeof value === 'string'
const isBytes = (length: number) => (value: unknown) => value instanceof Uint8Array && value.length === length
const isIn = (least: number, most: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
const orNull = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value)

/** Predicates of the items in order. A value with a code or number has no other encoding. */
const ITEMS: readonly ((value: unknown) => boolean)[] = [
  (value) => isBytes(USCC_OCTETS)(value) && unpackUscc(value as Uint8Array) !== undefined,
  isIn(0, 253_402_300_799),
  isBytes(32),
  isText,
  (value) => (isText(value) ? !CATEGORY_CODES.includes(value) : isIn(0, CATEGORY_CODES.length - 1)(value)),
  isIn(0, OUTCOME_CODES.length - 1),
  orNull(isText),
  orNull(isText),
  orNull((value) => (isText(value) ? !NUMBER.test(value) : isIn(1, 999_999_999)(value))),
  isIn(FIRST_DAY, LAST_DAY),
  orNull(isIn(FIRST_DAY - LAST_DAY, LAST_DAY - FIRST_DAY)),
  orNull(isBytes(4)),
  orNull(isIn(0, 16_777_215)),
  orNull((value) => isArrayOf(isText)(value) && (value as unknown[]).length > 0),
]

/** Items that passed `ITEMS`. */
type Items = readonly [
  issuer: Uint8Array,
  iat: number,
  record: Uint8Array,
  number: string,
  category: number | string,
  outcome: 0 | 1,
  serial: string | null,
  plate: string | null,
  constant: number | string | null,
  verified: number,
  valid: number | null,
  list: Uint8Array | null,
  index: number | null,
  seals: string[] | null,
]

const isSignature = (value: unknown): boolean => value instanceof Uint8Array && value.length > KID_OCTETS

/** Fields and signatures of a packed label. @throws `label.damaged`, `label.version` */
export function readPacked(octets: Uint8Array): PackedLabel {
  const array = arrayIn(octets)
  const signed = array.slice(FIELDS)
  const wrong = ITEMS.findIndex((is, at) => !is(array[at]))
  const [issuer, iat, record, number, category, outcome, serial, plate, constant, verified, valid, list, index, seals] = array as Items
  const isWhole = wrong === -1 && (list === null) === (index === null) && signed.every(isSignature)
  const day = isWhole ? verified + (valid ?? 0) : 0
  if (!isWhole || signed.length === 0 || signed.length > MAX_SIGNATURES || day < FIRST_DAY || day > LAST_DAY)
    throw damaged(say('label.reason-fields', { n: (wrong === -1 ? FIELDS : wrong) + 1 }))
  const verifiedOn = dayAfter(verified)
  const claims: LabelClaims = {
    iss: unpackUscc(issuer) as string,
    iat,
    record: encodeBase64url(record),
    number,
    category: isText(category) ? category : (CATEGORY_CODES[category] as string),
    outcome: OUTCOME_CODES[outcome],
    ...(serial !== null && { serial }),
    ...(plate !== null && { plate }),
    ...(constant !== null && { constant: String(constant) }),
    verifiedOn,
    ...(valid !== null && { validUntil: dayAfter(day) }),
    ...(list !== null && index !== null && { status: { list: encodeBase64url(list), index } }),
    ...(seals !== null && { seals }),
  }
  const signatures = (signed as Uint8Array[]).map((one) => ({ kid: one.subarray(0, KID_OCTETS), signature: one.subarray(KID_OCTETS) }))
  return { claims, signatures }
}

const dayAfter = (days: number): string => addPeriod(EPOCH, { years: 0, months: 0, days })

/** A rebuilt statement of a label: as compact text, and as parsed by `parseStatement`. */
export interface Rebuilt {
  readonly text: string
  readonly statement: Statement
  /** The payload as parsed by `parsePayload`; absent if that rejects the text. */
  readonly payload?: LabelClaims
}

/** Cache of header segments by key. */
const headers = new Map<string, string>()
const MOST_HEADERS = 512

function headerSegment(alg: string, kid: string): string {
  const name = `${alg} ${kid}`
  let segment = headers.get(name)
  if (segment === undefined) {
    segment = encodeBase64url(encodeUtf8(writeHeader(alg, kid)))
    if (headers.size >= MOST_HEADERS) headers.clear()
    headers.set(name, segment)
  }
  return segment
}

/** Rebuilds the statements of a packed label; `keys` has the key of each signature. */
export function rebuild({ claims, signatures }: PackedLabel, keys: readonly Pick<Statement, 'alg' | 'kid'>[]): Rebuilt[] {
  const json = writeTemplate(claims)
  const payload = encodeUtf8(json)
  // Parsing the written text returns the same claims, unless strict JSON rejects one of its characters.
  const read = hasNoncharacter(json) ? undefined : claims
  const payloadSegment = encodeBase64url(payload)
  const id = statementId(LABEL, payloadSegment)
  return signatures.map(({ signature }, at) => {
    const { alg, kid } = keys[at] as Pick<Statement, 'alg' | 'kid'>
    const input = `${headerSegment(alg, kid)}.${payloadSegment}`
    const statement: Statement = { typ: LABEL, alg, kid, id, payloadSegment, payload, signature, signingInput: encodeAscii(input) }
    return { text: `${input}.${encodeBase64url(signature)}`, statement, ...(read && { payload: read }) }
  })
}

/** The key of the issuer whose thumbprint begins with these octets. @throws `label.key-unknown`, `label.kid-ambiguous` */
export function keyWith(kid: Uint8Array, iss: string, { keysOf }: Pick<Trust, 'keysOf'>): KeyHolder {
  const prefix = encodeBase64url(kid)
  // Compare ten characters (seven and a half octets) first, so that few keys are decoded.
  const whole = prefix.slice(0, 10)
  const [key, other] = keysOf(iss).filter(
    ({ verification }) =>
      verification.kid.startsWith(whole) && encodeBase64url(decodeBase64url(verification.kid).subarray(0, KID_OCTETS)) === prefix,
  )
  if (key === undefined) throw fault('label.key-unknown', { iss, kid: prefix })
  if (other !== undefined) throw fault('label.kid-ambiguous', { iss, kid: prefix })
  return key
}

/**
 * Rebuilds the compact JWS of a packed label, one per signature, octet for octet as signed. Verifies no signature: see `verifyLabel`.
 * @throws `label.damaged`, `label.version`, `label.key-unknown`, `label.kid-ambiguous`
 */
export function unpackLabel(octets: Uint8Array, trust: Pick<Trust, 'keysOf'>): readonly string[] {
  checkArgument('unpackLabel', 'octets', octets, someOctets)
  checkArgument('unpackLabel', 'trust', trust, { is: hasFunctions('keysOf'), expected: aTrust.expected })
  const packed = readPacked(octets)
  const keys = packed.signatures.map(({ kid }) => keyWith(kid, packed.claims.iss, trust).verification)
  return rebuild(packed, keys).map(({ text }) => text)
}
