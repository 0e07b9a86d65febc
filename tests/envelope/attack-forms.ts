/** Implements the rows of the attack catalogue as mutations of a freshly signed token. */
import { Buffer } from 'node:buffer'
import { createHmac, createPublicKey } from 'node:crypto'
import type { GeneratedKey, PublicJwk } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import type { Envelope } from './envelope-twins.js'

export const TYP = 'metrology-record+jwt'
const PAYLOAD = { iss: '91350100M000100Y43', jti: '01JXTV6Z0G0000000000000000', iat: 1_750_035_600, record: { 名称: '出租汽车计价器' } }

export interface Attack {
  readonly id: string
  readonly cls: string
  readonly expect: string
  readonly mutation: {
    readonly header?: Readonly<Record<string, unknown>>
    readonly header_delete?: readonly string[]
    readonly signature?: string
    readonly sign?: { readonly hmac?: string; readonly key?: string }
    readonly transform?: string
    readonly payload?: string
    readonly claims?: unknown
  }
}
/** Rows about the owner of the key, not the form of the token: tests of trust cover them. */
export const OF_TRUST = ['kid-other-issuer', 'iss-confusable', 'iss-trailing-slash', 'key-wrong-use']

export const encode = (text: string | Uint8Array): string => Buffer.from(text as string).toString('base64url')
const decode = (segment: string): string => Buffer.from(segment, 'base64url').toString()
type Parts = readonly [header: string, payload: string, signature: string]

export interface Token {
  readonly envelope: Envelope
  readonly key: GeneratedKey
  readonly text: string
  readonly parts: Parts
}

export async function freshToken(envelope: Envelope): Promise<Token> {
  const key = await envelope.generateKey('ES256')
  const signer = await envelope.createSigner(key.privateJwk)
  // Some mutations need - and _ in the signature; a few signatures always suffice.
  for (;;) {
    const text = await envelope.signStatement(PAYLOAD, { typ: TYP, signer })
    const parts = text.split('.') as unknown as Parts
    if (parts[2].includes('-') && parts[2].includes('_')) return { envelope, key, text, parts }
  }
}

/** Result of reading a token: the code of the refusal, or whether its signature is valid. */
export async function answer({ envelope, key }: Token, text: string): Promise<string> {
  try {
    const statement = envelope.parseStatement(text, TYP)
    envelope.parsePayload(statement)
    const verification = await envelope.importKey(key.publicJwk)
    // As in `verify`: a supported algorithm in the header may still differ from the algorithm of the key.
    if (statement.alg !== verification.alg) return 'alg.not-of-key'
    return (await envelope.verifySignature(statement, verification)) ? 'accepted' : 'signature'
  } catch (error) {
    if (isTonghengError(error)) return error.code
    throw error
  }
}

/** Signed again by the right key, so that only the form can be refused. */
export async function resigned({ envelope, key }: Token, header: string, payload: string): Promise<string> {
  const signer = await envelope.createSigner(key.privateJwk)
  const input = `${header}.${payload}`
  return `${input}.${encode(await signer.sign(Buffer.from(input)))}`
}

function hmacKey(description: string, jwk: PublicJwk): Uint8Array {
  const der = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'der' })
  if (description.startsWith('SPKI PEM'))
    return Buffer.from(`-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`)
  if (description.startsWith('JSON text')) return Buffer.from(JSON.stringify(jwk))
  if (description.startsWith('04')) return der.subarray(-65)
  throw new Error(`no key is known as ${description}`)
}

export async function withHeader(token: Token, { mutation }: Attack): Promise<string> {
  const header: Record<string, unknown> = { ...(JSON.parse(decode(token.parts[0])) as object), ...mutation.header }
  for (const member of mutation.header_delete ?? []) delete header[member]
  const segment = encode(JSON.stringify(header))
  const input = `${segment}.${token.parts[1]}`
  if (mutation.sign?.hmac !== undefined) {
    return `${input}.${createHmac('sha256', hmacKey(mutation.sign.hmac, token.key.publicJwk)).update(input).digest('base64url')}`
  }
  if (mutation.signature === '') return `${input}.`
  if (mutation.signature === 'keep') return `${input}.${token.parts[2]}`
  return resigned(token, segment, token.parts[1])
}

const spoilLastBits = (segment: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return segment.slice(0, -1) + alphabet[alphabet.indexOf(segment.at(-1) as string) + 1]
}
const padded = (segment: string): string => segment.padEnd(Math.ceil(segment.length / 4) * 4, '=')
/** A payload whose last character has unused bits, for attacks on these bits. */
export const unevenPayload = encode('{"a":1}')

type Transform = (token: Token) => string | Promise<string>
export const SERIALISATIONS: Readonly<Record<string, Transform | readonly Transform[]>> = {
  'token + "\\n"': ({ text }) => `${text}\n`,
  'token with + and / instead of - and _': ({ parts: [header, payload, signature] }) =>
    `${header}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}`,
  'token with = padding in each part': ({ parts }) => parts.map((part) => (padded(part) === part ? `${part}=` : padded(part))).join('.'),
  '... of payload': [
    async (token) => {
      const text = (await resigned(token, token.parts[0], unevenPayload)).split('.')
      return `${text[0]}.${padded(unevenPayload)}.${text[2]}`
    },
    (token) => resigned(token, token.parts[0], padded(unevenPayload)),
    (token) => resigned(token, token.parts[0], spoilLastBits(unevenPayload)),
  ],
  '... of signature': [
    ({ parts: [header, payload, signature] }) => `${header}.${payload}.${padded(signature)}`,
    ({ parts: [header, payload, signature] }) => `${header}.${payload}.${spoilLastBits(signature)}`,
  ],
  'two parts': ({ parts: [header, payload] }) => `${header}.${payload}`,
  'empty header': ({ parts: [, payload, signature] }) => `.${payload}.${signature}`,
  'JSON flattened serialization whose payload member decodes differently (format confusion)': ({ parts: [header, payload, signature] }) =>
    JSON.stringify({ protected: header, payload: `${payload}.`, signature, '.': '.' }),
  'JSON general serialization': ({ parts: [header, payload, signature] }) =>
    JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
  'UTF-8 BOM before token': ({ text }) => `\ufeff${text}`,
  'UTF-8 BOM inside header JSON': (token) => resigned(token, encode(`\ufeff${decode(token.parts[0])}`), token.parts[1]),
  'percent-encoded token': ({ text }) => text.replaceAll('.', '%2E'),
  'token of 1 MiB': (token) => resigned(token, token.parts[0], encode(JSON.stringify({ a: 'x'.repeat(786_432) }))),
  'header of 64 KiB': (token) => resigned(token, encode(decode(token.parts[0]).padEnd(49_152)), token.parts[1]),
  '5-part JWE': ({ parts: [header, payload, signature] }) => `${header}.${payload}.${signature}.${payload}.${signature}`,
}
/** Payloads as text or bytes, with the expected result. `accepted`: the envelope accepts it; the schema of the payload may not. */
export const PAYLOADS: Readonly<Record<string, readonly [payload: string | Uint8Array, code: string]>> = {
  'duplicate jti in payload': ['{"jti":"a","jti":"b"}', 'json.duplicate-name'],
  'duplicate with escape (\\u006ati)': ['{"jti":"a","\\u006ati":"b"}', 'json.duplicate-name'],
  '__proto__ member': ['{"__proto__":{"iss":"x"}}', 'json.forbidden-name'],
  'constructor.prototype member': ['{"constructor":{"prototype":{"iss":"x"}}}', 'accepted'],
  '100 000 array elements': [`{"a":[${'0,'.repeat(99_999)}0]}`, 'format.too-large'],
  'lone surrogate': ['{"a":"\\ud800"}', 'json.character'],
  'UTF-16 payload': [Buffer.from('\ufeff{"a":"四"}', 'utf16le'), 'json.utf8'],
  'NaN/Infinity': ['{"a":NaN,"b":Infinity}', 'json.syntax'],
  'exp: 12345678901234567890': ['{"exp":12345678901234567890}', 'json.number'],
  'exp: "9999999999"': ['{"exp":"9999999999"}', 'accepted'],
  'exp: -1': ['{"exp":-1}', 'accepted'],
  'iat: 2^53': ['{"iat":9007199254740992}', 'json.number'],
  'top-level array': ['[]', 'json.not-object'],
  'top-level null': ['null', 'json.not-object'],
  comment: ['{"a":1/* comment */}', 'json.syntax'],
  'leading zeros 007': ['{"a":007}', 'json.syntax'],
  'bidi control characters in a displayed string': ['{"a":"\u202etxt"}', 'accepted'],
  'zero-width characters in an identifier': ['{"a":"JJG\u200b517"}', 'accepted'],
}

/** The signature in DER form, and all zeros: a verifier accepted r = s = 0 (CVE-2022-21449). */
export function malleated(signature: string): Readonly<Record<string, Uint8Array>> {
  const bytes = Buffer.from(signature, 'base64url')
  const integer = (value: Buffer): Buffer => {
    const positive = (value[0] as number) > 127 ? Buffer.concat([Buffer.alloc(1), value]) : value
    return Buffer.concat([Buffer.of(2, positive.length), positive])
  }
  const body = Buffer.concat([integer(bytes.subarray(0, 32)), integer(bytes.subarray(32))])
  return {
    'DER-encoded ECDSA signature': Buffer.concat([Buffer.of(0x30, body.length), body]),
    'r=s=0 (64 zero bytes)': Buffer.alloc(64),
  }
}
