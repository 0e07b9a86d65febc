// Why this exists: each row of the attack catalogue is built here from a freshly signed token; one that passed would be a forged certificate.
import { Buffer } from 'node:buffer'
import { createHmac, createPublicKey } from 'node:crypto'
import type { GeneratedKey, PublicJwk } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { describe, expect, it, vi } from 'vitest'
import { readJson, sharedData } from '../support/shared-data.js'
import { type Envelope, envelopeTwins } from './envelope-twins.js'

const TYP = 'metrology-record+jwt'
const PAYLOAD = { iss: '91350100M000100Y43', jti: '01JXTV6Z0G0000000000000000', iat: 1_750_035_600, record: { 名称: '出租汽车计价器' } }

interface Attack {
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
const path = sharedData('trust/attacks/jwt-attacks.json')
const catalogue = path === undefined ? [] : readJson<{ readonly cases: readonly Attack[] }>(path).cases
const inClass = (...classes: string[]): Attack[] => catalogue.filter(({ cls }) => classes.includes(cls))
/** About whose key signed, not about the form of the token: those are the affair of trust. */
const OF_TRUST = ['kid-other-issuer', 'iss-confusable', 'iss-trailing-slash', 'key-wrong-use']

const encode = (text: string | Uint8Array): string => Buffer.from(text as string).toString('base64url')
const decode = (segment: string): string => Buffer.from(segment, 'base64url').toString()
type Parts = readonly [header: string, payload: string, signature: string]

interface Token {
  readonly envelope: Envelope
  readonly key: GeneratedKey
  readonly text: string
  readonly parts: Parts
}

async function freshToken(envelope: Envelope): Promise<Token> {
  const key = await envelope.generateKey('ES256')
  const signer = await envelope.createSigner(key.privateJwk)
  // Some mutations need - and _ in the signature; a few signatures always suffice.
  for (;;) {
    const text = await envelope.signStatement(PAYLOAD, { typ: TYP, signer })
    const parts = text.split('.') as unknown as Parts
    if (parts[2].includes('-') && parts[2].includes('_')) return { envelope, key, text, parts }
  }
}

/** What becomes of a token: the code of the refusal, or whether its signature holds. */
async function answer({ envelope, key }: Token, text: string): Promise<string> {
  try {
    const statement = envelope.parseStatement(text, TYP)
    envelope.parsePayload(statement)
    return (await envelope.verifySignature(statement, await envelope.importKey(key.publicJwk))) ? 'accepted' : 'signature'
  } catch (error) {
    if (isTonghengError(error)) return error.code
    throw error
  }
}

/** Signed again by the right key: only the form is then left to object to. */
async function resigned({ envelope, key }: Token, header: string, payload: string): Promise<string> {
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

async function withHeader(token: Token, { mutation }: Attack): Promise<string> {
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
/** A payload of a length that leaves unused bits, so that they can be spoiled. */
const unevenPayload = encode('{"a":1}')

type Transform = (token: Token) => string | Promise<string>
const SERIALISATIONS: Readonly<Record<string, Transform | readonly Transform[]>> = {
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
/** Payloads as texts or bytes, and what becomes of them; what is `accepted` here is left to the schema of the payload. */
const PAYLOADS: Readonly<Record<string, readonly [payload: string | Uint8Array, code: string]>> = {
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

describe.each(envelopeTwins)('a forged token %s', (_, envelope) => {
  it('is told from one that is not: the fresh token is accepted', async () => {
    const token = await freshToken(envelope)
    expect(await answer(token, token.text)).toBe('accepted')
    expect(await answer(token, await resigned(token, token.parts[0], unevenPayload))).toBe('accepted')
  })

  it('that says the same in characters of the same low byte is refused, though every other byte of it is right', async () => {
    const token = await freshToken(envelope)
    for (const at of [0, token.parts[0].length + 1, token.parts[0].length + token.parts[1].length + 2]) {
      const spoiled = token.text.slice(0, at) + String.fromCharCode(token.text.charCodeAt(at) + 0x100) + token.text.slice(at + 1)
      expect(await answer(token, spoiled)).toBe('format.alphabet')
    }
  })

  describe.skipIf(path === undefined)('of the catalogue (skipped: shared data absent)', () => {
    it.each(inClass('alg', 'typ', 'crit').map((attack) => [attack.id, attack] as const))(
      'is refused by its header: %s',
      async (_id, attack) => {
        const token = await freshToken(envelope)
        const family = attack.expect.replace(/^reject:(\w+).*$/, '$1')
        expect(['alg', 'typ', 'crit', 'header']).toContain(family)
        expect((await answer(token, await withHeader(token, attack))).split('.')[0]).toBe(family)
      },
    )

    it.each(
      inClass('key')
        .filter(({ id }) => !OF_TRUST.includes(id))
        .map((attack) => [attack.id.slice(0, 40), attack] as const),
    )('is refused by its header, without a call to anywhere: %s', async (_id, attack) => {
      const token = await freshToken(envelope)
      const call = vi.spyOn(globalThis, 'fetch')
      const { kid } = attack.mutation.header ?? {}
      const code = typeof kid === 'string' && kid.length > 1000 ? 'format.too-large' : kid === undefined ? 'header.member' : 'header.kid'
      expect(await answer(token, await withHeader(token, attack))).toBe(code)
      expect(call).not.toHaveBeenCalled()
    })

    it.each(inClass('serialisation').map((attack) => [attack.mutation.transform as string, attack] as const))(
      'has one lexical form only: %s',
      async (transform, attack) => {
        const token = await freshToken(envelope)
        const transforms = SERIALISATIONS[transform]
        if (transforms === undefined) throw new Error(`nothing is known of ${transform}`)
        expect(attack.expect).toBe('reject:format')
        for (const each of [transforms].flat()) expect(await answer(token, await each(token))).toMatch(/^format\./)
      },
    )

    it.each(inClass('json').map((attack) => [attack.mutation.payload as string] as const))(
      'is I-JSON inside, or its schema decides: %s',
      async (name) => {
        const [payload, code] = PAYLOADS[name] ?? ['', 'nothing is known of this row']
        const token = await freshToken(envelope)
        expect(await answer(token, await resigned(token, token.parts[0], encode(payload)))).toBe(code)
        expect('iss' in {}).toBe(false)
      },
    )

    it('holds no more values than anyone reads', async () => {
      const token = await freshToken(envelope)
      expect(await answer(token, await resigned(token, token.parts[0], encode(`{"a":[${'0,'.repeat(60_000)}0]}`)))).toBe(
        'json.too-many-values',
      )
    })

    it('has no signature in DER, and none of zeros', async () => {
      expect(inClass('malleability').map(({ id }) => id)).toEqual(['ecdsa-der', 'ecdsa-psychic'])
      const token = await freshToken(envelope)
      const [header, payload, signature] = token.parts
      const bytes = Buffer.from(signature, 'base64url')
      const integer = (value: Buffer): Buffer => {
        const positive = (value[0] as number) > 127 ? Buffer.concat([Buffer.alloc(1), value]) : value
        return Buffer.concat([Buffer.of(2, positive.length), positive])
      }
      const body = Buffer.concat([integer(bytes.subarray(0, 32)), integer(bytes.subarray(32))])
      const der = Buffer.concat([Buffer.of(0x30, body.length), body])
      for (const forged of [der, Buffer.alloc(64)]) expect(await answer(token, `${header}.${payload}.${encode(forged)}`)).toBe('signature')
    })

    it('is tried in every row of these classes', () => {
      expect(
        Object.fromEntries(['alg', 'typ', 'crit', 'key', 'serialisation', 'json', 'malleability'].map((cls) => [cls, inClass(cls).length])),
      ).toEqual({
        alg: 13,
        typ: 7,
        crit: 7,
        key: 27,
        serialisation: 15,
        json: 18,
        malleability: 2,
      })
      expect(inClass('key').filter(({ id }) => OF_TRUST.includes(id))).toHaveLength(OF_TRUST.length)
    })
  })
})
