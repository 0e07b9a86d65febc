// Why this exists: what we sign must verify everywhere and for ever under one id, and what we would not accept must never be signed.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { AlgorithmName, Signer, StatementType } from 'tongheng/envelope'
import { describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'
import { type Envelope, envelopeTwins } from './envelope-twins.js'

const TYP = 'metrology-record+jwt'
const ALGORITHMS: readonly AlgorithmName[] = ['ES256', 'Ed25519']
const PAYLOAD = { iss: '91350100M000100Y43', 名称: '四川😀', 示值: '1.20', 空: null, 列: [true, -7] }

const wholeString = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => text !== '__proto__')
const payload = fc.dictionary(
  wholeString,
  fc.oneof(wholeString, fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.array(wholeString, { maxLength: 3 })),
  { maxKeys: 5, noNullPrototype: true },
)

async function makeSigner(envelope: Envelope, alg: AlgorithmName) {
  const key = await envelope.generateKey(alg)
  return { key, signer: await envelope.createSigner(key.privateJwk), verification: await envelope.importKey(key.publicJwk) }
}

/** The same payload under a header that names EdDSA, as systems before RFC 9864 write it. */
async function asEdDsa({ kid, sign }: Signer, statement: string): Promise<string> {
  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid, typ: TYP })).toString('base64url')
  const input = `${header}.${statement.split('.')[1]}`
  return `${input}.${Buffer.from(await sign(Buffer.from(input))).toString('base64url')}`
}

/** A signer that records its inputs. */
function watch(signer: Signer): { readonly watched: Signer; readonly inputs: readonly string[] } {
  const inputs: string[] = []
  const sign: Signer['sign'] = (data) => {
    inputs.push(new TextDecoder().decode(data))
    return signer.sign(data)
  }
  return { watched: { ...signer, sign }, inputs }
}

describe.each(envelopeTwins)('signStatement %s', (_, envelope) => {
  const { coSign, parsePayload, parseStatement, signStatement, verifySignature } = envelope

  describe.each(ALGORITHMS)('with %s', (alg) => {
    it('makes a statement that parses, verifies, and returns its payload', async () => {
      const { key, signer, verification } = await makeSigner(envelope, alg)
      await fc.assert(
        fc.asyncProperty(payload, async (content) => {
          const text = await signStatement(content, { typ: TYP, signer })
          const statement = parseStatement(text, TYP)
          expect(statement).toMatchObject({ alg, kid: key.kid, typ: TYP })
          expect(await verifySignature(statement, verification)).toBe(true)
          expect(parsePayload(statement)).toEqual(JSON.parse(JSON.stringify(content)))
        }),
        { numRuns: 30 },
      )
    })

    it('writes three base64url segments, and a header of three members', async () => {
      const { key, signer } = await makeSigner(envelope, alg)
      const text = await signStatement(PAYLOAD, { typ: TYP, signer })
      expect(text).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/)
      const header: unknown = JSON.parse(Buffer.from(text.split('.')[0] as string, 'base64url').toString())
      expect(header).toEqual({ alg, kid: key.kid, typ: TYP })
    })

    it('makes a statement that fails under another key, payload or header, and with a changed signature', async () => {
      const { signer, verification } = await makeSigner(envelope, alg)
      const other = await makeSigner(envelope, alg)
      const text = await signStatement(PAYLOAD, { typ: TYP, signer })
      const statement = parseStatement(text, TYP)
      expect(await verifySignature(statement, verification)).toBe(true)
      expect(await verifySignature(statement, other.verification)).toBe(false)
      const changed = await signStatement({ ...PAYLOAD, 示值: '1.2' }, { typ: TYP, signer })
      const [header, content, signature] = text.split('.') as [string, string, string]
      const [otherHeader] = (await signStatement(PAYLOAD, { typ: TYP, signer: other.signer })).split('.') as [string]
      for (const spliced of [`${header}.${changed.split('.')[1]}.${signature}`, `${otherHeader}.${content}.${signature}`]) {
        expect(await verifySignature(parseStatement(spliced, TYP), verification)).toBe(false)
      }
      for (let bit = 0; bit < 512; bit += 37) {
        const spoiled = Uint8Array.from(statement.signature)
        spoiled[bit >> 3] = (spoiled[bit >> 3] as number) ^ (1 << (bit & 7))
        expect(await verifySignature({ ...statement, signature: spoiled }, verification)).toBe(false)
      }
    })

    it('makes a statement whose signature is refused at any other length, before any arithmetic', async () => {
      const { signer, verification } = await makeSigner(envelope, alg)
      const statement = parseStatement(await signStatement(PAYLOAD, { typ: TYP, signer }), TYP)
      let asked = 0
      const counting = { ...verification, verify: () => ++asked > 0 }
      for (const length of [0, 1, 32, 63, 65, 70, 71, 72, 96, 128]) {
        expect(await verifySignature({ ...statement, signature: new Uint8Array(length) }, counting)).toBe(false)
      }
      expect(await verifySignature({ ...statement, alg: alg === 'ES256' ? 'Ed25519' : 'ES256' }, counting)).toBe(false)
      expect(asked).toBe(0)
      expect(await verifySignature(statement, counting)).toBe(true)
    })

    it('makes a statement that is refused with r = s = 0, r = 0, s = 0 and all ones', async () => {
      const { signer, verification } = await makeSigner(envelope, alg)
      const statement = parseStatement(await signStatement(PAYLOAD, { typ: TYP, signer }), TYP)
      const half = new Uint8Array(32)
      const [r, s] = [statement.signature.slice(0, 32), statement.signature.slice(32)]
      for (const [first, second] of [
        [half, half],
        [half, s],
        [r, half],
        [half.map(() => 255), half.map(() => 255)],
      ] as const) {
        expect(await verifySignature({ ...statement, signature: Uint8Array.of(...first, ...second) }, verification)).toBe(false)
      }
    })
  })

  it('makes the same id when another key or algorithm signs the same payload, or the same key again', async () => {
    const signers = [await makeSigner(envelope, 'ES256'), await makeSigner(envelope, 'ES256'), await makeSigner(envelope, 'Ed25519')]
    const texts = await Promise.all([...signers, ...signers].map(({ signer }) => signStatement(PAYLOAD, { typ: TYP, signer })))
    const ids = texts.map((text) => parseStatement(text, TYP).id)
    const [, content] = (texts[0] as string).split('.')
    expect(new Set(ids)).toEqual(new Set([createHash('sha256').update(`${TYP}.${content}`).digest('base64url')]))
  })

  it('makes a statement that no key of another algorithm verifies', async () => {
    const [es, ed] = [await makeSigner(envelope, 'ES256'), await makeSigner(envelope, 'Ed25519')]
    const statement = parseStatement(await signStatement(PAYLOAD, { typ: TYP, signer: es.signer }), TYP)
    expect(await verifySignature(statement, ed.verification)).toBe(false)
    expect(await verifySignature({ ...statement, alg: 'Ed25519' }, es.verification)).toBe(false)
  })

  it('writes Ed25519; EdDSA is read as Ed25519, under the same id', async () => {
    const { key, signer, verification } = await makeSigner(envelope, 'Ed25519')
    const written = await signStatement(PAYLOAD, { typ: TYP, signer })
    const statement = parseStatement(await asEdDsa(signer, written), TYP)
    expect(statement).toMatchObject({ alg: 'Ed25519', kid: key.kid, id: parseStatement(written, TYP).id })
    expect(await verifySignature(statement, verification)).toBe(true)
    const changed = { ...statement, signature: statement.signature.map((octet, at) => (at === 40 ? octet ^ 1 : octet)) }
    expect(await verifySignature(changed, verification)).toBe(false)
  })

  it('creates no statement that a P-256 key accepts as EdDSA, with any signer', async () => {
    const [es, ed] = [await makeSigner(envelope, 'ES256'), await makeSigner(envelope, 'Ed25519')]
    const written = await signStatement(PAYLOAD, { typ: TYP, signer: es.signer })
    for (const by of [es.signer, { ...ed.signer, kid: es.signer.kid }])
      expect(await verifySignature(parseStatement(await asEdDsa(by, written), TYP), es.verification)).toBe(false)
  })

  describe('refuses to sign', () => {
    it.each<[string, object, string]>([
      ['a fraction', { 值: 1.5 }, 'json.number'],
      ['an unsafe integer', { 值: 2 ** 53 }, 'json.number'],
      ['a lone surrogate', { 名: '四\ud800川' }, 'json.character'],
      ['half an emoji', { 名: '😀'.slice(0, 1) }, 'json.character'],
      ['a lone surrogate in a name', { '\udc00': 1 }, 'json.character'],
      ['a non-character', { 名: '\uffff' }, 'json.character'],
      ['__proto__', JSON.parse('{"a":{"__proto__":1}}') as object, 'json.forbidden-name'],
      ['33 levels', JSON.parse('{"a":'.repeat(33) + 1 + '}'.repeat(33)) as object, 'json.too-deep'],
      ['more values than anyone reads', { list: Array.from({ length: 50_000 }, () => 0) }, 'json.too-many-values'],
      ['more than four mebibytes', { text: 'x'.repeat(4_194_304) }, 'json.too-large'],
      ['an array', [1, 2], 'json.not-object'],
      ['a date, which JSON writes as a text', new Date(0), 'json.not-object'],
      ['a function, of which there is no JSON', () => 1, 'json.not-object'],
    ])('%s', async (_title, content, code) => {
      const { signer } = await makeSigner(envelope, 'ES256')
      const { watched, inputs } = watch(signer)
      expect((await faultOfAsync(() => signStatement(content, { typ: TYP, signer: watched }))).code).toBe(code)
      expect(inputs).toEqual([])
    })

    it('more values than the caller allows, and signs them where they are allowed', async () => {
      const { signer } = await makeSigner(envelope, 'ES256')
      const content = { list: Array.from({ length: 60_000 }, () => 0) }
      expect((await faultOfAsync(() => signStatement({ a: [1, 2] }, { typ: TYP, signer, maxValues: 3 }))).code).toBe('json.too-many-values')
      const text = await signStatement(content, { typ: TYP, signer, maxValues: 100_000 })
      expect(parsePayload(parseStatement(text, TYP), { maxValues: 100_000 })).toEqual(content)
    })

    it.each([0, 63, 65, 70, 72, 128])('with a signer that returns %i octets', async (length) => {
      const signer: Signer = { kid: 'A'.repeat(43), alg: 'ES256', sign: async () => new Uint8Array(length) }
      expect(await faultOfAsync(() => signStatement(PAYLOAD, { typ: TYP, signer }))).toEqual({
        code: 'signer.length',
        details: { length, expected: 64 },
      })
    })

    it('with a signer that fails, and passes its error on', async () => {
      const failure = new Error('the device is locked')
      const signer: Signer = { kid: 'A'.repeat(43), alg: 'ES256', sign: () => Promise.reject(failure) }
      await expect(signStatement(PAYLOAD, { typ: TYP, signer })).rejects.toBe(failure)
    })
  })

  it('passes the signer exactly the bytes of the statement', async () => {
    const { signer } = await makeSigner(envelope, 'ES256')
    const { watched, inputs } = watch(signer)
    const text = await signStatement(PAYLOAD, { typ: TYP, signer: watched })
    expect(inputs).toEqual([text.slice(0, text.lastIndexOf('.'))])
  })

  describe('coSign', () => {
    it('preserves the payload segment byte for byte, and so the id, under its own key and algorithm', async () => {
      const [first, second] = [await makeSigner(envelope, 'ES256'), await makeSigner(envelope, 'Ed25519')]
      // JSON.stringify would serialise this payload differently: the given bytes must be signed unchanged.
      const content = Buffer.from('{ "b":1,\n"a":"\\u56db" }').toString('base64url')
      const written = await signStatement(PAYLOAD, { typ: TYP, signer: first.signer })
      const text = `${written.split('.')[0]}.${content}.${written.split('.')[2]}`
      const coSigned = await coSign(text, { typ: TYP, signer: second.signer })
      expect(coSigned.split('.')[1]).toBe(content)
      const statement = parseStatement(coSigned, TYP)
      expect(statement).toMatchObject({ alg: 'Ed25519', kid: second.key.kid, id: parseStatement(text, TYP).id })
      expect(await verifySignature(statement, second.verification)).toBe(true)
      expect(await verifySignature(statement, first.verification)).toBe(false)
    })

    it('signs nothing that a reader would refuse', async () => {
      const { signer } = await makeSigner(envelope, 'ES256')
      const text = await signStatement(PAYLOAD, { typ: TYP, signer })
      const [header, content, signature] = text.split('.') as [string, string, string]
      const segment = (json: string): string => Buffer.from(json).toString('base64url')
      const { watched, inputs } = watch(signer)
      const codeOf = async (statement: string, typ: StatementType = TYP): Promise<string> =>
        (await faultOfAsync(() => coSign(statement, { typ, signer: watched }))).code
      expect(await codeOf('')).toBe('format.segments')
      expect(await codeOf('nothing')).toBe('format.segments')
      expect(await codeOf(`${header}..${signature}`)).toBe('format.segments')
      expect(await codeOf(`${text}.x`)).toBe('format.segments')
      expect(await codeOf(`${header}.${content}==.${signature}`)).toMatch(/^format\./)
      expect(await codeOf(`${header}.${content}\n.${signature}`)).toMatch(/^format\./)
      expect(await codeOf(`${header}.${segment('{"a":1,"a":2}')}.${signature}`)).toBe('json.duplicate-name')
      expect(await codeOf(`${header}.${segment('{"a":1.5}')}.${signature}`)).toBe('json.number')
      expect(await codeOf(`${header}.${segment('[]')}.${signature}`)).toBe('json.not-object')
      expect(await codeOf(`${segment('{"alg":"none"}')}.${content}.`)).toBe('alg.not-allowed')
      expect(inputs).toEqual([])
    })

    it('makes no statement of one type out of one of another, because the type is part of the id', async () => {
      const { signer } = await makeSigner(envelope, 'ES256')
      const request = await signStatement(PAYLOAD, { typ: 'metrology-request+jwt', signer })
      expect((await faultOfAsync(() => coSign(request, { typ: TYP, signer }))).code).toBe('typ.unexpected')
    })

    it('rejects on an error, as every promise does', async () => {
      const { signer } = await makeSigner(envelope, 'ES256')
      const promise = coSign('x', { typ: TYP, signer })
      await expect(promise).rejects.toMatchObject({ code: 'format.segments' })
    })

    it('accepts as many values as a trust list may have', async () => {
      const { signer } = await makeSigner(envelope, 'ES256')
      const text = await signStatement(
        { list: Array.from({ length: 60_000 }, () => 0) },
        { typ: 'metrology-trust-list+jwt', signer, maxValues: 100_000 },
      )
      expect((await coSign(text, { typ: 'metrology-trust-list+jwt', signer })).split('.')[1]).toBe(text.split('.')[1])
      expect((await faultOfAsync(() => coSign(text, { typ: 'metrology-trust-list+jwt', signer, maxValues: 100 }))).code).toBe(
        'json.too-many-values',
      )
    })
  })
})

describe('the two implementations', () => {
  it.each(ALGORITHMS)('verify each other: %s', async (alg) => {
    const [[, node], [, portable]] = envelopeTwins as [(typeof envelopeTwins)[number], (typeof envelopeTwins)[number]]
    const key = await node.generateKey(alg)
    for (const [ours, theirs] of [
      [node, portable],
      [portable, node],
    ] as const) {
      const signer = await ours.createSigner(key.privateJwk)
      const text = await ours.signStatement(PAYLOAD, { typ: TYP, signer })
      const verification = await theirs.importKey(key.publicJwk)
      const statement = theirs.parseStatement(text, TYP)
      expect(await theirs.verifySignature(statement, verification)).toBe(true)
      expect(await theirs.verifySignature({ ...statement, signature: Uint8Array.from(statement.signature).reverse() }, verification)).toBe(
        false,
      )
      expect(statement.id).toBe(ours.parseStatement(text, TYP).id)
    }
  })

  it('write the same text where the signature is deterministic', async () => {
    const key = await envelopeTwins[0]?.[1].generateKey('Ed25519')
    const texts = await Promise.all(
      envelopeTwins.map(async ([, { createSigner, signStatement }]) => {
        if (key === undefined) throw new Error('no key')
        return signStatement(PAYLOAD, { typ: TYP, signer: await createSigner(key.privateJwk) })
      }),
    )
    expect(texts).toHaveLength(2)
    expect(new Set(texts).size).toBe(1)
  })
})
