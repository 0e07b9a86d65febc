// Why this exists: a label is printed, and read for years. Its template, its tables and its layout are frozen; packing and unpacking are
// inverse to each other, octet for octet.
import { createHash } from 'node:crypto'
import { encode } from 'cborg'
import fc from 'fast-check'
import { instrumentCategories } from 'tongheng/catalogue'
import { coSign, type Signer } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { type LabelClaims, labelOf, labelUrl, packLabel, signLabel, signWithLabel, unpackLabel } from 'tongheng/label'
import { change, createFakeAuthorities, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { CATEGORY_CODES, USCC_CHARACTERS } from '../../src/label/codes.js'
import { faultOf } from '../base/fault.js'
import { keysOf, LABEL, payloadOf, signClaims, standIn, verifications } from './labels.ts'

const AT = '2025-03-12T17:00:00+08:00'
const STATUS = { uri: 'https://node-51.example/v1/status-lists/12510100450770010L-1', idx: 417 }

let world: FakeAuthorities
let both: readonly [Signer, Signer]
let statement: string
let signer: Signer

beforeAll(async () => {
  world = await createFakeAuthorities({ algorithms: ['ES256', 'SGD_SM3_SM2'] })
  both = [world.signer('CD'), world.signer('CD', 'SGD_SM3_SM2')]
  statement = await world.sign('CD', fixtures.F01.record, { status: STATUS })
  signer = await standIn()
})

const pick = (text: string): string => text.split('.').slice(0, 2).join('.')

describe('the template of version 1', () => {
  it('allows one spelling of a payload, and no other', async () => {
    const { signed } = await signLabel(statement, { signers: [world.signer('CD')], at: AT })
    const [header, payload] = (signed[0] as string).split('.').map((part) => Buffer.from(part, 'base64url').toString())
    expect(header).toBe(`{"alg":"ES256","kid":"${world.signer('CD').kid}","typ":"metrology-label+jwt"}`)
    const id = labelOf(statement).record
    expect(payload).toBe(
      `{"iss":"12510100450770010L","iat":1741770000,"record":"${id}","number":"川计检字20250312-00417","category":"taximeter","outcome":"pass","serial":"TX9A2303117","plate":"川A·T0001","constant":"1024","verifiedOn":"2025-03-12","validUntil":"2026-03-11","status":{"list":"${createHash('sha256').update(STATUS.uri).digest().subarray(0, 4).toString('base64url')}","index":417},"seals":["CDF-889201","CDF-889202"]}`,
    )
  })

  it('omits what the record does not state, placeholders for serial numbers included', async () => {
    const bare = change(fixtures.F02.record, ['/instrument/serialNumber', '无'], ['/instrument/mobile', undefined])
    const facts = labelOf(await world.sign('YB', bare))
    expect(Object.keys(facts)).toEqual(['iss', 'record', 'number', 'category', 'outcome', 'verifiedOn'])
    expect(facts.outcome).toBe('fail')
  })

  it('gives the same facts for the same statement, and others for another', async () => {
    expect(labelOf(statement)).toEqual(labelOf(statement))
    expect(labelOf(await world.sign('CD', fixtures.F01.record)).record).not.toBe(labelOf(statement).record)
  })

  it('reads the constant K of a taximeter under the names used on certificates', async () => {
    const named = async (zh: string) =>
      labelOf(await world.sign('CD', change(fixtures.F01.record, ['/instrument/characteristics/0/name/zh', zh]))).constant
    for (const zh of ['特征系数 K', 'K 值', 'K值', 'Ｋ值', '计价器常数', '常数K']) expect(await named(zh), zh).toBe('1024')
    for (const zh of ['轮胎规格', 'OK 标志', 'K2 型']) expect(await named(zh), zh).toBe(undefined)
  })

  it('has tables whose codes never change', () => {
    const digest = (table: unknown): string => createHash('sha256').update(JSON.stringify(table)).digest('hex').slice(0, 16)
    expect([CATEGORY_CODES.length, new Set(CATEGORY_CODES).size]).toEqual([55, 55])
    expect(digest(CATEGORY_CODES.slice(0, 55))).toBe('d1580acf0c3cbb21')
    expect(USCC_CHARACTERS).toBe('0123456789ABCDEFGHJKLMNPQRTUWXY')
    for (const slug of CATEGORY_CODES) expect(instrumentCategories.has(slug), slug).toBe(true)
  })
})

describe('the size', () => {
  it('of the label of F01 is at most 222 octets with ES256, and 297 with an SM2 signature too', async () => {
    const one = await signLabel(statement, { signers: [both[0]], at: AT })
    const two = await signLabel(statement, { signers: both, at: AT })
    expect(one.octets.length).toBeLessThanOrEqual(222)
    expect(two.octets.length).toBeLessThanOrEqual(297)
    expect([one.octets.length, two.octets.length]).toEqual([220, 294])
  })
})

const visible = fc.string({ unit: fc.constantFrom(...'川渝计检字〔2025〕第AaZz09-/·"\\ 号é𬭚'), minLength: 1, maxLength: 12 })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const day = fc.integer({ min: -25_567, max: 2_932_896 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
const digest = (octets: number) =>
  fc.uint8Array({ minLength: octets, maxLength: octets }).map((bytes) => Buffer.from(bytes).toString('base64url'))
const uscc = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...USCC_CHARACTERS), minLength: 2, maxLength: 2 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 6 }),
    fc.string({ unit: fc.constantFrom(...USCC_CHARACTERS), minLength: 10, maxLength: 10 }),
  )
  .map((parts) => parts.join(''))
const claims: fc.Arbitrary<LabelClaims> = fc
  .record({
    iss: uscc,
    iat: fc.integer({ min: 0, max: 253_402_300_799 }),
    record: digest(32),
    number: visible,
    category: fc.constantFrom('taximeter', 'torque-transducer', 'some-later-category'),
    outcome: fc.constantFrom('pass' as const, 'fail' as const),
    serial: maybe(visible),
    plate: maybe(visible),
    constant: maybe(fc.oneof(visible, fc.integer({ min: 0, max: 2_000_000_000 }).map(String), fc.constantFrom('0', '007', '1e3', '1.0'))),
    verifiedOn: day,
    validUntil: maybe(day),
    status: maybe(fc.record({ list: digest(4), index: fc.integer({ min: 0, max: 16_777_215 }) })),
    seals: maybe(fc.array(visible, { minLength: 1, maxLength: 5 })),
  })
  .map((all) => JSON.parse(JSON.stringify(all)) as LabelClaims)

describe('pack and unpack', () => {
  it('are inverse to each other over the labels of every fixture, by one key and by two', async () => {
    for (const { record, signer: of } of verifications) {
      const text = await world.sign(of, record)
      const { iss, ...facts } = labelOf(text)
      const first = await signClaims({ iss, iat: 1_741_770_000, ...facts }, world.signer(of))
      const second = await coSign(first, { typ: LABEL, signer: world.signer(of, 'SGD_SM3_SM2') })
      for (const signed of [[first], [first, second]]) expect(unpackLabel(packLabel(signed), world.trust)).toEqual(signed)
    }
  })

  it('are inverse to each other over any claims of the right shape', async () => {
    await fc.assert(
      fc.asyncProperty(claims, async (given) => {
        const signed = await signClaims(given, signer)
        const octets = packLabel(signed)
        expect(unpackLabel(octets, keysOf(signer))).toEqual([signed])
        expect(packLabel(signed)).toEqual(octets)
      }),
      { numRuns: 300 },
    )
  })

  it('never map two sequences of octets to one text: each octet changed, dropped, doubled', async () => {
    const { signed, octets } = await signLabel(statement, { signers: both, at: AT })
    const spoilt: Uint8Array[] = []
    for (let at = 0; at < octets.length; at++) {
      for (const by of [1, 0x20, 0x80, 0xff]) spoilt.push(octets.map((octet, n) => (n === at ? octet ^ by : octet)))
      spoilt.push(Uint8Array.from([...octets.subarray(0, at), ...octets.subarray(at + 1)]))
      spoilt.push(Uint8Array.from([...octets.subarray(0, at + 1), ...octets.subarray(at)]))
      spoilt.push(octets.slice(0, at))
    }
    let read = 0
    for (const one of spoilt) {
      try {
        expect(unpackLabel(one, world.trust)).not.toEqual(signed)
        read++
      } catch (error) {
        if (!isTonghengError(error)) throw error
      }
    }
    expect(read).toBeGreaterThan(100)
  })

  it('refuse every other encoding of the same value', async () => {
    const { octets } = await signLabel(statement, { signers: [both[0]], at: AT })
    const body = octets.subarray(1)
    const array = (await import('cborg')).decode(body) as unknown[]
    const withItem = (at: number, value: unknown): Uint8Array => Uint8Array.of(1, ...encode(array.with(at, value)))
    const reencoded: readonly Uint8Array[] = [
      // A longer head for the array, an indefinite one, a tag before it, something after it.
      Uint8Array.of(1, 0x98, 15, ...body.subarray(1)),
      Uint8Array.of(1, 0x9f, ...body.subarray(1), 0xff),
      Uint8Array.of(1, 0xd9, 0xd9, 0xf7, ...body),
      Uint8Array.of(1, ...body, 0xf6),
      // A number as a float, as text; a category that has a code as its slug; an empty list of seals; undefined for null.
      withItem(1, 1_741_770_000.5),
      withItem(8, '1024'),
      withItem(4, 'taximeter'),
      withItem(13, []),
      Uint8Array.of(1, ...body.subarray(0, -75), 0xf7, ...body.subarray(-74)),
      withItem(5, true),
      withItem(11, null),
      withItem(0, new Uint8Array(10).fill(255)),
    ]
    for (const [n, one] of reencoded.entries())
      expect(faultOf(() => unpackLabel(one, world.trust)).code, `encoding ${n}`).toBe('label.damaged')
    expect(unpackLabel(withItem(8, 1025), world.trust)).toHaveLength(1)
  })
})

describe('packing refuses', () => {
  const reasonOf = (signed: string | readonly string[]): string => {
    const { code, details } = faultOf(() => packLabel(signed))
    expect(code).toBe('label.not-packable')
    return (details.reason as { en: string }).en
  }

  it('a label whose members stand in another order, as a Java library writes them', async () => {
    const { signed } = await signLabel(statement, { signers: [both[0]], at: AT })
    const payload = payloadOf(signed[0] as string)
    const sorted = Object.fromEntries(Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1)))
    expect(reasonOf(await signClaims(sorted, both[0]))).toMatch(/template/)
    expect(packLabel(await signClaims(payload, both[0])).length).toBe(220)
  })

  it('a member that the template does not have, and a fault of shape', async () => {
    const payload = payloadOf((await signLabel(statement, { signers: [both[0]], at: AT })).signed[0] as string)
    expect(reasonOf(await signClaims({ ...payload, colour: 'red' }, signer))).toMatch(/\/colour/)
    expect(reasonOf(await signClaims({ ...payload, verifiedOn: '2025-02-30' }, signer))).toMatch(/\/verifiedOn/)
  })

  it('a header in another spelling', async () => {
    const signed = (await signLabel(statement, { signers: [both[0]], at: AT })).signed[0] as string
    const [, payload, signature] = signed.split('.')
    const header = Buffer.from(JSON.stringify({ typ: LABEL, alg: 'ES256', kid: both[0].kid })).toString('base64url')
    expect(reasonOf(`${header}.${payload}.${signature}`)).toMatch(/header/)
  })

  it('signatures of two contents, none, too many, and what is longer than a sticker holds', async () => {
    const payload = payloadOf((await signLabel(statement, { signers: [both[0]], at: AT })).signed[0] as string)
    const [one, other] = [await signClaims(payload, signer), await signClaims({ ...payload, number: '2' }, signer)]
    expect(reasonOf([one, other])).toMatch(/signatures/)
    expect(reasonOf([])).toMatch(/signatures/)
    expect(reasonOf([one, one, one, one, one])).toMatch(/signatures/)
    expect(reasonOf(await signClaims({ ...payload, seals: Array.from({ length: 20 }, (_, n) => `封印${n}号`.repeat(9)) }, signer))).toMatch(
      /512/,
    )
  })
})

describe('signing refuses', () => {
  it('a record of another kind, a text that is no record, and a record that fails its own rules', async () => {
    const options = { signers: [both[0]], at: AT } as const
    const codeOf = async (text: string): Promise<string> =>
      signLabel(text, options).then(
        () => 'signed',
        (error: unknown) => (isTonghengError(error) ? error.code : String(error)),
      )
    expect(await codeOf(await world.sign('SC-INST', fixtures.F07.record))).toBe('label.kind')
    expect(await codeOf('no statement')).toBe('label.no-record')
    expect(await codeOf(await world.sign('CD', change(fixtures.F01.record, ['/validUntil', '2024-01-01'])))).toBe('label.record-fails')
    expect(await codeOf(statement)).toBe('signed')
  })

  it('nothing of a sound record: record and label in one call, each by every key', async () => {
    const { record, label } = await signWithLabel(fixtures.F01.record, { signers: both, at: AT, status: STATUS })
    expect(record.map(pick)).toHaveLength(2)
    expect(labelOf(record[0] as string).record).toBe(payloadOf(label.signed[0] as string).record)
    expect(unpackLabel(label.octets, world.trust)).toEqual(label.signed)
  })
})

describe('the address of a label', () => {
  it('is that of a node, with or without a path', async () => {
    const { octets } = await signLabel(statement, { signers: [both[0]], at: AT })
    for (const [node, begins] of [
      ['https://jl.example.cn', 'https://jl.example.cn/l#'],
      ['https://jl.example.cn/', 'https://jl.example.cn/l#'],
      ['http://127.0.0.1:8443', 'http://127.0.0.1:8443/l#'],
      ['https://example.cn/jl/', 'https://example.cn/jl/l#'],
    ] as const)
      expect(labelUrl(octets, node).slice(0, begins.length)).toBe(begins)
    for (const node of [
      '',
      'jl.example.cn',
      'ftp://a.cn',
      'https://a.cn/?q=1',
      'https://a.cn/#x',
      'https://a b.cn',
      `https://${'a'.repeat(300)}.cn`,
    ])
      expect(faultOf(() => labelUrl(octets, node)).code, node).toBe('label.node-address')
  })
})
