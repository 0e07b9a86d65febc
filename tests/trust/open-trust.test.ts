// Why this exists: every verdict depends on the trusted keys. A list must be signed by enough distinct pinned keys and is valid
// for its own province only.
import fc from 'fast-check'
import { coSign, createSigner, type GeneratedKey, generateKey, type Signer, signStatement } from 'tongheng/envelope'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, organisation } from 'tongheng/testing'
import { anchorOf, openTrust, type SignedTrustList, signTrustList, type TrustAnchor, type TrustListPayload } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Change, change, valueAt } from '../records/change.ts'

const TYP = 'metrology-trust-list+jwt'
let world: FakeAuthorities
let roots: GeneratedKey[]
let signers: [Signer, Signer, Signer, Signer]
let stranger: Signer
let payload: TrustListPayload

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  roots = await Promise.all([generateKey('ES256'), generateKey('Ed25519'), generateKey('ES256'), generateKey('ES256')])
  signers = (await Promise.all(roots.map(({ privateJwk }) => createSigner(privateJwk)))) as [Signer, Signer, Signer, Signer]
  stranger = await createSigner((await generateKey()).privateJwk)
  const sichuan = world.trust.lists.find((list) => list.payload.region === '51')?.payload as TrustListPayload
  payload = { ...sichuan, roots: { keys: roots.map(({ publicJwk }) => publicJwk), threshold: 2 } }
})

const sign = (changes: readonly Change[] = [], by: readonly [Signer, ...Signer[]] = [signers[0], signers[1]]): Promise<string[]> =>
  signTrustList(change(payload, ...changes), by)
const open = (lists: readonly SignedTrustList[], anchor: Partial<TrustAnchor> = {}) =>
  openTrust({ anchors: [{ ...anchorOf(payload), ...anchor }, ...world.anchors.filter(({ region }) => region !== '51')], lists })
const refusal = async (lists: readonly SignedTrustList[], anchor: Partial<TrustAnchor> = {}): Promise<string> =>
  open(lists, anchor).then(
    () => 'opened',
    (error: { code?: string }) => error.code ?? String(error),
  )
const chongqing = (): SignedTrustList => world.trust.lists.find((list) => list.payload.region === '50')?.signed as SignedTrustList

describe('a list signed as its anchor requires', () => {
  it('opens, and every body in it is found by its code and by its keys', async () => {
    const trust = await open([await sign(), chongqing()])
    expect(trust.lists.map(({ payload: { iss } }) => iss)).toEqual([organisation('SC-AMR').uscc, organisation('CQ-AMR').uscc])
    for (const [name, { kid }] of world.keys) {
      const { uscc, region } = organisation(name)
      expect(trust.entity(uscc)?.entity).toMatchObject({ uscc, region })
      expect(trust.holders(kid).map(({ entity, list }) => [entity.uscc, list.payload.region])).toEqual([[uscc, region]])
    }
    expect(trust.entity('91510100MA6C1A2B4Q')).toBeUndefined()
    expect(trust.holders(stranger.kid)).toEqual([])
  })

  it('has an id that does not depend on who signed it', async () => {
    const ids = await Promise.all(
      [sign(), sign([], [signers[2], signers[3]])].map(async (signed) => (await open([await signed])).lists[0]?.statementId),
    )
    expect(ids[0]).toMatch(/^[\w-]{43}$/)
    expect(ids[1]).toBe(ids[0])
  })

  it('returns both bodies for one key that is listed for two', async () => {
    const shared = payload.entities[0]?.keys[0]
    const trust = await open([await sign([['/entities/1/keys/-', shared]])])
    const [first, second] = payload.entities
    expect(trust.holders(world.keys.get('SC-AMR')?.kid ?? '').map(({ entity }) => entity.uscc)).toEqual([first?.uscc, second?.uscc])
  })

  it('may be as large as a provincial list: longer than a record, and with more values', async () => {
    const [entity] = payload.entities
    const authorisations = Array.from({ length: 200 }, (_, at) => ({ ...entity?.authorisations[0], number: `（川）法计（2022）${at}号` }))
    const signed = await sign([
      ['/entities', Array.from({ length: 30 }, (_, at) => ({ ...entity, uscc: `1251010045077${10000 + at}`, keys: [], authorisations }))],
    ])
    expect(signed[0]?.length).toBeGreaterThan(262_144)
    expect((await open([signed])).lists[0]?.payload.entities).toHaveLength(30)
  })

  it('may be issued, overdue and expired in one moment', async () => {
    const at = payload.iat
    expect(
      await refusal([
        await sign([
          ['/nextUpdate', at],
          ['/exp', at],
        ]),
      ]),
    ).toBe('opened')
  })

  it('equals the list published by the authorities of the demonstration', async () => {
    const again = await openTrust({ anchors: world.anchors, lists: world.trustLists })
    expect(again.lists.map(({ payload: list }) => list)).toEqual(world.trust.lists.map(({ payload: list }) => list))
    expect(DEMONSTRATION_TIME).toContain('2025-06-16')
  })
})

describe('the threshold', () => {
  it('counts distinct anchored keys, whatever other signatures are added', async () => {
    const [first, ...rest] = await sign([], signers)
    const texts = [first as string, ...rest]
    // A second ES256 signature by the same key is a different text; a signature by an unknown key is not counted.
    const again = await coSign(texts[0] as string, { typ: TYP, signer: signers[0] })
    const foreign = await coSign(texts[0] as string, { typ: TYP, signer: stranger })
    const choices = [...texts.map((text, key) => ({ text, key })), { text: again, key: 0 }, { text: foreign, key: -1 }]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...choices), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (chosen, threshold) => {
          const distinct = new Set(chosen.map(({ key }) => key).filter((key) => key >= 0)).size
          const outcome = await refusal([chosen.map(({ text }) => text)], { threshold })
          // The roots in the list itself require two as well.
          expect(outcome).toBe(distinct >= Math.max(threshold, 2) ? 'opened' : 'trust-list.threshold')
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is not met by two signatures of one key, nor by one of two signatures', async () => {
    const [first] = await sign()
    const again = await coSign(first as string, { typ: TYP, signer: signers[0] })
    expect(again).not.toBe(first)
    expect(await refusal([[first as string, again]])).toBe('trust-list.threshold')
    expect(await refusal([[first as string, first as string]])).toBe('trust-list.threshold')
    expect(await refusal([[first as string]])).toBe('trust-list.threshold')
  })

  it('is not met by a signature in the name of another key', async () => {
    const [first] = await sign()
    const forged = await coSign(first as string, { typ: TYP, signer: { ...stranger, kid: signers[2].kid } })
    expect(await refusal([[first as string, forged]])).toBe('trust-list.threshold')
  })

  it('is not met by a signature of a root key under the name of another', async () => {
    const [first] = await sign()
    const misnamed = await coSign(first as string, { typ: TYP, signer: { ...signers[1], kid: signers[2].kid } })
    expect(await refusal([[first as string, misnamed]])).toBe('trust-list.threshold')
  })

  it('is at least one, whatever the anchor states', async () => {
    const unsigned = [await signStatement(payload, { typ: TYP, signer: stranger })]
    for (const threshold of [0, -1, Number.NaN, undefined as unknown as number]) {
      expect(await refusal([unsigned], { threshold }), String(threshold)).toBe('trust-list.threshold')
    }
  })

  it('is checked before the schema, so that a list nobody trusted signed is not read (TUF 5.3.4)', async () => {
    const shapeless = await signStatement({ iss: payload.iss, entities: 'none' }, { typ: TYP, signer: stranger })
    expect(await refusal([[shapeless]])).toBe('trust-list.threshold')
  })
})

describe('the memory of earlier openings', () => {
  it('is checked for each authority by its own code', async () => {
    const lists = [await sign(), chongqing()]
    const { seen } = await open(lists)
    const options = { anchors: [anchorOf(payload), ...world.anchors.filter(({ region }) => region !== '51')], lists }
    for (const order of [seen, [...seen].reverse()])
      expect((await openTrust({ ...options, seen: order })).seen).toEqual(expect.arrayContaining([...seen]))
    await expect(openTrust({ ...options, lists: [chongqing()], seen })).rejects.toMatchObject({
      code: 'trust-list.rollback',
      details: { authority: payload.iss },
    })
  })
})

describe('an error', () => {
  const details = async (changes: readonly Change[], by?: [Signer, ...Signer[]]): Promise<unknown> =>
    sign(changes, by)
      .then((signed) => open([signed]))
      .catch((error: { details: unknown }) => error.details)

  it('names the authority and the reason', async () => {
    const authority = payload.iss
    expect(await details([], [signers[0], stranger])).toEqual({ authority, signed: 1, threshold: 2 })
    expect(await details([['/region', '50']])).toEqual({ authority, region: '50' })
    expect(
      await details([
        ['/entities', []],
        ['/region', '50'],
      ]),
    ).toEqual({ authority, region: '50' })
    expect(await details([['/entities/2/region', '50']])).toEqual({ authority, region: '50' })
    expect(await details([['/nextUpdate', 1]])).toEqual({ authority })
    expect(await details([['/entities/-', payload.entities[0]]])).toEqual({ uscc: payload.entities[0]?.uscc })
    expect(await details([['/entities/1/keys/-', payload.entities[1]?.keys[0]]])).toEqual({ path: '/entities/1/keys/1/jwk', faults: [] })
  })

  it('quotes an unknown authority no longer than an authority’s code', async () => {
    const unknown = await signStatement({ iss: 'x'.repeat(100) }, { typ: TYP, signer: stranger })
    await expect(open([[unknown]])).rejects.toMatchObject({ code: 'trust-list.no-anchor', details: { authority: 'x'.repeat(40) } })
  })
})

describe('a list is refused', () => {
  const refusals: readonly (readonly [why: string, code: string, changes: readonly Change[]])[] = [
    ['it speaks for another province', 'trust-list.region', [['/region', '50']]],
    ['it lists a body of another province', 'trust-list.region', [['/entities/2/region', '50']]],
    ['it is to be updated before it was issued', 'trust-list.times', [['/nextUpdate', 1]]],
    ['it ends before it is to be updated', 'trust-list.times', [['/exp', 1_750_000_000]]],
    ['no root key of its authority is pinned', 'trust-list.no-anchor', [['/iss', '12510100450770010L']]],
  ]
  it.each(refusals)('where %s', async (_, code, changes) => {
    expect(await refusal([await sign(changes)])).toBe(code)
  })

  it('where it lists a body twice; a body in the lists of two authorities is its owner’s (owners.test.ts)', async () => {
    expect(await refusal([await sign([['/entities/-', payload.entities[0]]])])).toBe('trust-list.entity-twice')
    expect(await refusal([await sign([['/entities/0/uscc', organisation('CQ-AMR').uscc]]), chongqing()])).toBe('opened')
  })

  it('where one body has one key twice: the second entry, and a revocation in it, would be overlooked', async () => {
    const [key] = payload.entities[0]?.keys ?? []
    const revoked = { ...key, revoked: { at: 1_750_000_000, reason: '私钥泄露', retroactive: true } }
    const twice = await sign([['/entities/0/keys/-', revoked]]).catch((error: { code: string }) => error.code)
    expect(Array.isArray(twice) ? await refusal([twice]) : twice).toBe('trust-list.shape')
    // Another body with the same key must not hide the change.
    expect(
      await refusal([
        await sign([
          ['/entities/1/keys/-', key],
          ['/entities/1/keys/-', revoked],
        ]),
      ]),
    ).toBe('trust-list.shape')
  })

  it('where its signatures are over different payloads', async () => {
    const [one] = await sign()
    const [, other] = await sign([['/version', 2]])
    expect(await refusal([[one as string, other as string]])).toBe('trust-list.payload-differs')
  })

  it('where its payload was changed after signing', async () => {
    const signed = await sign()
    const segment = Buffer.from(JSON.stringify(change(payload, ['/entities/0/keys/0/typ', ['metrology-record+jwt']]))).toString('base64url')
    const tampered = signed.map((text) => text.split('.').with(1, segment).join('.'))
    expect(await refusal([tampered])).toBe('trust-list.threshold')
  })

  it('where it was signed as something else', async () => {
    const records = await Promise.all(
      [signers[0], signers[1]].map((signer) => signStatement(payload, { typ: 'metrology-record+jwt', signer })),
    )
    expect(await refusal([records])).toBe('typ.unexpected')
  })

  it('where it has no signature, or more than any list can need', async () => {
    const [one] = await sign()
    expect(await refusal([[]])).toBe('trust-list.empty')
    expect(await refusal([Array(21).fill(one)])).toBe('trust-list.empty')
  })

  it('where it has a schema error though its signatures are valid', async () => {
    const shapeless = { ...payload, logs: undefined, colour: 'red' }
    const first = await signStatement(shapeless, { typ: TYP, signer: signers[0] })
    expect(await refusal([[first, await coSign(first, { typ: TYP, signer: signers[1] })]])).toBe('trust-list.shape')
  })

  it('where a key in it is not on its curve', async () => {
    const x = valueAt(payload, '/entities/0/keys/0/jwk/x')
    expect(await refusal([await sign([['/entities/0/keys/0/jwk/y', x]])])).toBe('key.invalid')
  })
})

describe('signTrustList', () => {
  it('returns one text for each signer, over one payload', async () => {
    const signed = await sign([], signers)
    expect(signed).toHaveLength(4)
    expect(new Set(signed.map((text) => text.split('.')[1])).size).toBe(1)
  })

  it('rejects a key that is given twice: it would count once', async () => {
    const [one, two] = signers
    for (const by of [
      [one, one],
      [one, two, { ...one }],
    ] as [Signer, ...Signer[]][])
      await expect(sign([], by)).rejects.toMatchObject({ code: 'signer.twice', details: { kid: one.kid } })
  })

  it('does not sign a list that it would not open', async () => {
    await expect(sign([['/entities/0/uscc', 'x']])).rejects.toMatchObject({
      code: 'trust-list.shape',
      details: { path: '/entities/0/uscc' },
    })
    await expect(sign([['/roots/threshold', 0]])).rejects.toMatchObject({ code: 'trust-list.shape' })
  })
})
