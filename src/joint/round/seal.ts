/**
 * Commits to a result and seals it. The digest binds round, laboratory, artefact, salt and result. The result is encrypted for all pilots,
 * one layer each: one of two pilots cannot read it alone, and both together can open it even if the laboratory withholds it.
 */
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose'
import * as z from 'zod/mini'
import { decodeBase64url, decodeUtf8, digestText, encodeBase64url, encodeUtf8 } from '#native'
import { isTonghengError } from '../../base/error.js'
import { faultDetails } from '../../base/faults.js'
import { type Json, parseJson } from '../../base/json.js'
import {
  anObject,
  aText,
  checkArgument,
  checkMembers,
  checkOptions,
  type Expectation,
  type OptionTable,
  optional,
} from '../../base/options.js'
import { randomOctets } from '../../base/random.js'
import { parseShape } from '../../base/shape.js'
import { type PrivateJwk, type PublicJwk, parsePrivateJwk, publicPart, thumbprint } from '../../envelope/index.js'
import { checkResult, MAX_SEALED, RoundResult, Salt } from '../kinds/round-parts.js'
import { RoundProtocol } from '../kinds/round-protocol.js'
import { fault as jointFault } from '../messages.js'
import { canonicalJson } from './canonical.js'
import { roundFault } from './error-messages.js'

const ALG = 'ECDH-ES'
const ENC = 'A256GCM'
/** The content of a layer that is not the innermost is a JWE (RFC 7516 §4.1.12). */
const NESTED = 'JWE'

/** What a digest binds. */
export interface BoundResult {
  /** Statement id of the protocol. */
  readonly round: string
  readonly protocol: RoundProtocol
  /** USCC of the laboratory. */
  readonly laboratory: string
  /** 32 octets, base64url. */
  readonly salt: string
  readonly result: RoundResult
}

/** A result with its salt, the content that is sealed. */
export interface OpenedResult {
  readonly salt: string
  readonly result: RoundResult
}

const A_PROTOCOL: Expectation = {
  is: (value) => parseShape(RoundProtocol, value).faults.length === 0,
  expected: { zh: '比对实施方案', en: 'the protocol of a round' },
}
const A_RESULT: Expectation = {
  is: (value) => parseShape(RoundResult, value).faults.length === 0,
  expected: { zh: '比对结果', en: 'the result of a laboratory' },
}

const OpenedShape = z.strictObject({ salt: Salt, result: RoundResult })

/**
 * Digest of a commitment: SHA-256, base64url, over the canonical JSON (RFC 8785) of `{ artefact, laboratory, result, round, salt }`;
 * `artefact` is the serial number of the travelling standard. The salt prevents that the result is found by trying values.
 */
export function resultDigest(bound: BoundResult): string {
  checkArgument('resultDigest', 'bound', bound, anObject)
  checkMembers('resultDigest', bound, { round: aText, protocol: A_PROTOCOL, laboratory: aText, salt: aText, result: A_RESULT })
  return digestOf(bound)
}

/** Like `resultDigest`, without checks of the argument. */
export const digestOf = ({ round, protocol, laboratory, salt, result }: BoundResult): string =>
  digestText(canonicalJson({ artefact: protocol.artefact.serialNumber, laboratory, result, round, salt }))

export interface SealResultOptions extends Omit<BoundResult, 'salt'> {
  /** 32 octets, base64url; never reuse one. @default random */
  readonly salt?: string
}

const SEAL: OptionTable = { round: aText, protocol: A_PROTOCOL, laboratory: aText, salt: optional(aText), result: anObject }

/**
 * Seals a result for the pilots of a round, and computes the digest that commits to it: members of a `round-commitment`.
 * @throws `round.sealed-result` if the result has a fault, so that it could not be opened, or is too long; `joint.shape`; `round.key` if a
 * key of the protocol is not usable
 * @example
 * ```ts
 * import { jointFixtures } from 'tongheng/testing'
 * import { sealResult } from 'tongheng/joint'
 *
 * const { protocol, result } = jointFixtures
 * const round = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' // statement id of the signed protocol
 * const { digest, sealed } = await sealResult({ round, protocol, laboratory: '12510100450770010L', result })
 * sealed.split('.').length // => 5
 * digest.length // => 43
 * ```
 */
export async function sealResult(options: SealResultOptions): Promise<OpenedResult & { readonly digest: string; readonly sealed: string }> {
  checkOptions('sealResult', options, SEAL)
  const { protocol } = options
  const salt = options.salt ?? encodeBase64url(randomOctets(32))
  const result = readOpened({ salt, result: options.result })?.result
  if (result === undefined) throw refusedResult({ salt, result: options.result })
  let text = canonicalJson({ result, salt })
  for (const [at, { key }] of [...protocol.pilots.entries()].reverse()) {
    const isInnermost = at === protocol.pilots.length - 1
    text = await encryptFor(text, key, isInnermost)
  }
  if (text.length > MAX_SEALED) throw roundFault('round.sealed-result', { first: `${text.length} > ${MAX_SEALED}`, path: '' })
  return { salt, result, digest: digestOf({ ...options, salt, result }), sealed: text }
}

function refusedResult(value: unknown): Error {
  const { value: read, faults } = parseShape<OpenedResult>(OpenedShape, value)
  if (read === undefined) return jointFault('joint.shape', faultDetails(faults, OpenedShape))
  const [first] = checkResult(read.result, '/result')
  return roundFault('round.sealed-result', { first: first?.message ?? '', path: first?.path ?? '' })
}

/** Returns undefined if the value does not fit the schema, or `checkResult` finds a fault. */
function readOpened(value: unknown): OpenedResult | undefined {
  const { value: read } = parseShape<OpenedResult>(OpenedShape, value)
  return read === undefined || checkResult(read.result, '').length > 0 ? undefined : read
}

async function encryptFor(text: string, key: PublicJwk | RoundProtocol['pilots'][number]['key'], isInnermost: boolean): Promise<string> {
  const header = { alg: ALG, enc: ENC, kid: await thumbprint(key as PublicJwk), ...(!isInnermost && { cty: NESTED }) }
  try {
    return await new CompactEncrypt(encodeUtf8(text)).setProtectedHeader(header).encrypt(await importJWK({ ...key }, ALG))
  } catch (cause) {
    // The point of the key is not on the curve, or the runtime has no WebCrypto.
    throw roundFault('round.key', {}, { cause })
  }
}

const Header = z.strictObject({
  alg: z.literal(ALG),
  enc: z.literal(ENC),
  kid: z.string().check(z.maxLength(43)),
  cty: z.optional(z.literal(NESTED)),
  epk: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string().check(z.maxLength(43)),
    y: z.string().check(z.maxLength(43)),
  }),
})
interface Header extends z.infer<typeof Header> {}

const unreadable = (reason: string, cause?: unknown): Error => roundFault('round.sealed', { reason }, { cause })

/**
 * Opens the outermost layer of a sealed result with the key of a pilot: the next layer, for the next pilot, or the result. `roundOf`
 * compares the digest, not this function.
 * @throws `round.not-this-key` if the layer is encrypted for another pilot; `round.sealed` if the text is too long, malformed, of another
 * algorithm, changed, or contains no result; `round.key`
 */
export async function openSealed(sealed: string, key: PrivateJwk): Promise<{ readonly sealed: string } | OpenedResult> {
  checkArgument('openSealed', 'sealed', sealed, aText)
  checkArgument('openSealed', 'key', key, anObject)
  const own = parsePrivateJwk(key)
  if (own.crv !== 'P-256') throw roundFault('round.key')
  const { kid, cty } = headerOf(sealed)
  if (kid !== (await thumbprint(publicPart(own)))) throw roundFault('round.not-this-key', { kid })
  const text = await decrypt(sealed, own)
  if (cty === NESTED) {
    headerOf(text)
    return { sealed: text }
  }
  const opened = readOpened(jsonIn(text))
  if (opened === undefined) throw unreadable('content')
  return opened
}

/** Checks size and header before any cryptography, so that compressed or password-based content is rejected first. */
function headerOf(sealed: string): Header {
  if (sealed.length > MAX_SEALED) throw unreadable('length')
  const [header = '', ...rest] = sealed.split('.')
  if (rest.length !== 4 || rest[0] !== '') throw unreadable('form')
  try {
    const { value } = parseShape<Header>(Header, parseJson(decodeBase64url(header), { maxLength: 1024 }))
    if (value !== undefined) return value
  } catch (cause) {
    if (!isTonghengError(cause)) throw cause
    throw unreadable('header', cause)
  }
  throw unreadable('header')
}

async function decrypt(sealed: string, key: PrivateJwk): Promise<string> {
  try {
    const options = {
      keyManagementAlgorithms: [ALG as 'ECDH-ES'],
      contentEncryptionAlgorithms: [ENC as 'A256GCM'],
      maxDecompressedLength: 0,
    }
    const { plaintext } = await compactDecrypt(sealed, await importJWK({ ...key }, ALG), options)
    const text = decodeUtf8(plaintext)
    if (text !== undefined) return text
  } catch (cause) {
    throw unreadable('decryption', cause)
  }
  throw unreadable('content')
}

function jsonIn(text: string): Json {
  try {
    return parseJson(encodeUtf8(text), { maxLength: MAX_SEALED })
  } catch (cause) {
    if (!isTonghengError(cause)) throw cause
    throw unreadable('content', cause)
  }
}
