/**
 * The form of everything signed: compact JWS, `header.payload.signature`, each segment in canonical base64url. Lexing is strict
 * and precedes any cryptography: JSON serialisations, padding, white space and unknown header members are rejected (RFC 7515 §7.1,
 * RFC 8725bis §3.14).
 */

import { decodeBase64url, digestText, encodeAscii } from '#native'
import { isTonghengError } from '../base/error.js'
import { excerpt } from '../base/excerpt.js'
import { type Json, type JsonLimits, parseJson } from '../base/json.js'
import { coded as baseCoded } from '../base/messages.js'
import { aText, checkArgument, type Expectation, isObject, octets } from '../base/options.js'
import { type AlgorithmName, algorithmInHeader } from './algorithms/index.js'
import { coded, fault } from './messages.js'

/** Types of statements. The type is part of the statement's identity, so a request cannot be used as a record. */
export const STATEMENT_TYPES = [
  'metrology-record+jwt',
  'metrology-request+jwt',
  'metrology-receipt+jwt',
  'metrology-notice+jwt',
  'metrology-trust-list+jwt',
  'metrology-agreement+jwt',
  'metrology-catalogue+jwt',
  'metrology-label+jwt',
  'metrology-joint+jwt',
  'metrology-reader+jwt',
  'statuslist+jwt',
] as const
export type StatementType = (typeof STATEMENT_TYPES)[number]

export interface Statement<T extends StatementType = StatementType> {
  readonly typ: T
  /** The canonical name: a header with `EdDSA` is read as `Ed25519`. */
  readonly alg: AlgorithmName
  /** RFC 7638 thumbprint of the signing key, 43 characters. */
  readonly kid: string
  /** base64url(SHA-256(typ "." payload segment)): the same for every signature over the same content. */
  readonly id: string
  /** The payload segment exactly as in the text: co-signatures have the same one, byte for byte. */
  readonly payloadSegment: string
  readonly payload: Uint8Array
  readonly signature: Uint8Array
  readonly signingInput: Uint8Array
}

export interface StatementLimits {
  /** Maximum length of a statement in characters. @default 262144 */
  readonly maxLength?: number
}

/** Default maximum length of a statement, in characters. */
export const MAX_STATEMENT_LENGTH = 262_144
const MAX_HEADER_LENGTH = 1024
const KID = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
/** Extensions in `crit` that this version supports: none yet (RFC 7515 §4.1.11). */
const UNDERSTOOD: ReadonlySet<string> = new Set()

/**
 * Parses a compact JWS of the expected type into its parts. No signature is verified.
 * @throws `format.*`, `header.*`, `alg.not-allowed`, `typ.unexpected`, `crit.not-understood`
 */
export function parseStatement<T extends StatementType>(text: string, typ: T, limits: StatementLimits = {}): Statement<T> {
  checkSize(text, limits)
  return readHeader(splitStatement(text), typ)
}

/** Compares the length of a text with the limit, in characters. @throws `format.too-large` before anything is decoded */
export function checkSize(text: string, limits: StatementLimits = {}): void {
  checkArgument('parseStatement', 'text', text, aText)
  const maxLength = limits.maxLength ?? MAX_STATEMENT_LENGTH
  if (text.length > maxLength) throw fault('format.too-large', { length: text.length, maxLength })
}

/** The segments of a compact JWS, with payload and signature decoded. */
export interface StatementParts {
  readonly headerSegment: string
  readonly payloadSegment: string
  readonly payload: Uint8Array
  readonly signature: Uint8Array
  readonly signingInput: Uint8Array
}

/**
 * Splits a compact JWS (RFC 7515 §7.1) and decodes payload and signature. Base64url is read strictly: no padding, no unused bits.
 * @throws `format.segments`, `format.alphabet`, `format.length`, `format.unused-bits`, `format.too-large`
 */
export function splitStatement(text: string): StatementParts {
  checkArgument('parseStatement', 'text', text, aText)
  const first = text.indexOf('.')
  const second = text.indexOf('.', first + 1)
  if (first <= 0 || second <= first + 1 || text.indexOf('.', second + 1) !== -1) throw fault('format.segments')
  if (first > MAX_HEADER_LENGTH) {
    throw fault('format.too-large', { length: first, maxLength: MAX_HEADER_LENGTH })
  }
  const headerSegment = text.slice(0, first)
  const payloadSegment = text.slice(first + 1, second)
  return {
    headerSegment,
    payloadSegment,
    payload: decodeBase64url(payloadSegment),
    signature: decodeBase64url(text.slice(second + 1)),
    // Both segments are ASCII: the payload is decoded above, and `readHeader` decodes the header before anything depends on it.
    signingInput: encodeAscii(text.slice(0, second)),
  }
}

/**
 * Parses the header, which must state the expected type and a permitted algorithm (RFC 8725 §3.1, §3.11), and returns the statement.
 * @throws `format.*`, `header.*`, `alg.not-allowed`, `typ.unexpected`, `crit.not-understood`
 */
export function readHeader<T extends StatementType>(parts: StatementParts, typ: T): Statement<T> {
  const { alg, kid } = headerOf(parts, typ)
  return {
    typ,
    alg,
    kid,
    id: statementId(typ, parts.payloadSegment),
    payloadSegment: parts.payloadSegment,
    payload: parts.payload,
    signature: parts.signature,
    signingInput: parts.signingInput,
  }
}

type Header = Pick<Statement, 'alg' | 'kid'>

/** Cache of valid headers by their segment: all statements by one key have the same header. A hit returns what `parseHeader` would. */
const seen = new Map<string, Header & { readonly typ: StatementType }>()
const MAX_SEEN = 512

function headerOf({ headerSegment }: StatementParts, typ: StatementType): Header {
  const known = seen.get(headerSegment)
  if (known?.typ === typ) return known
  const header = { typ, ...parseHeader(decodeBase64url(headerSegment), typ) }
  if (seen.size >= MAX_SEEN) seen.clear()
  seen.set(headerSegment, header)
  return header
}

function parseHeader(bytes: Uint8Array, typ: StatementType): Header {
  const header = headerObject(bytes)
  for (const member of Object.keys(header)) {
    if (member !== 'alg' && member !== 'kid' && member !== 'typ' && member !== 'crit') {
      throw fault('header.member', { member: excerpt(member, 40) })
    }
  }
  const { alg, kid } = header
  if (alg === undefined) throw fault('header.missing', { member: 'alg' })
  const algorithm = typeof alg === 'string' ? algorithmInHeader(alg) : undefined
  if (algorithm === undefined) throw fault('alg.not-allowed', { alg: shown(alg) })
  if (header.typ !== typ) throw fault('typ.unexpected', { typ: shown(header.typ), expected: typ })
  if (Object.hasOwn(header, 'crit')) checkCritical(header.crit)
  if (typeof kid !== 'string' || !KID.test(kid)) throw fault('header.kid')
  return { alg: algorithm.alg, kid }
}

/** Identity of a statement. Signature, algorithm and key are left out, so re-signing and co-signing do not change it. */
export const statementId = (typ: StatementType, payloadSegment: string): string => digestText(`${typ}.${payloadSegment}`)

const PARSED: Expectation = {
  is: (value) => isObject(value) && octets.is(value.payload),
  expected: { zh: ' parseStatement 的结果', en: 'what parseStatement gives' },
}

/**
 * Parses the payload of a statement as an I-JSON object. @throws `json.*` with the position of the fault
 */
export function parsePayload(statement: Pick<Statement, 'payload'>, limits?: JsonLimits): { [name: string]: Json } {
  checkArgument('parsePayload', 'statement', statement, PARSED)
  const payload = parseJson(statement.payload, limits)
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) throw fault('json.not-object')
  return payload
}

function headerObject(bytes: Uint8Array): { [name: string]: Json } {
  let header: Json
  try {
    header = parseJson(bytes, { maxDepth: 2, maxValues: 64 })
  } catch (cause) {
    const reason = isTonghengError(cause) ? cause.code : baseCoded('json.syntax')
    throw fault('format.header', { reason }, { cause })
  }
  if (header === null || typeof header !== 'object' || Array.isArray(header)) {
    throw fault('format.header', { reason: coded('json.not-object') })
  }
  return header
}

function checkCritical(crit: Json | undefined): void {
  const names = Array.isArray(crit) ? crit : []
  const understood =
    names.length > 0 && new Set(names).size === names.length && names.every((name) => typeof name === 'string' && UNDERSTOOD.has(name))
  if (!understood) throw fault('crit.not-understood', { crit: shown(crit) })
}

const shown = (value: Json | undefined): string => (value === undefined ? '(none)' : excerpt(JSON.stringify(value), 80))
