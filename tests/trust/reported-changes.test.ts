// Why this exists: an operator signs a trust list after reading this report. A change that it omits is signed without notice.
import { type GeneratedKey, generateKey } from 'tongheng/envelope'
import { createFakeAuthorities } from 'tongheng/testing'
import { type Authorisation, changesOf, dueOf, type TrustList, type TrustListPayload } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'

const AT = Date.parse('2025-06-16T09:00:00+08:00') / 1000
let keys: GeneratedKey[]
let prior: TrustListPayload

beforeAll(async () => {
  keys = [await generateKey('ES256'), await generateKey('Ed25519'), await generateKey('SGD_SM3_SM2')]
  const { trust } = await createFakeAuthorities({ witnessKeys: true })
  const sichuan = trust.lists.find(({ payload }) => payload.region === '51')?.payload as TrustListPayload
  const [entity] = sichuan.entities
  const authorisation: Authorisation = {
    number: '（川）法计（2022）51012号',
    kinds: ['verification-record', 'calibration-result'],
    categories: ['taximeter', 'weights'],
    from: '2022-05-11',
    to: '2027-05-10',
  }
  const typ = ['metrology-record+jwt', 'metrology-notice+jwt']
  const key = { jwk: jwk(0), typ, notBefore: AT, notAfter: AT + 86_400 }
  prior = {
    ...sichuan,
    roots: { keys: [jwk(0), jwk(1)], threshold: 2 },
    logs: [],
    entities: [{ ...(entity as TrustListPayload['entities'][number]), keys: [key], authorisations: [authorisation] }],
  }
})

const jwk = (at: number) => (keys[at] as GeneratedKey).publicJwk
const kid = (at: number) => (keys[at] as GeneratedKey).kid
const told = async (...changes: readonly Change[]) =>
  (await changesOf(prior, change(prior, ...changes))).map(({ code, params }) => [code, params] as const)

describe('what a version of a list changes', () => {
  it('is nothing where only times changed', async () => {
    expect(await told(['/version', 2], ['/iat', AT], ['/nextUpdate', AT + 1], ['/exp', AT + 2], ['/previous', 'A'.repeat(43)])).toEqual([])
  })

  it('is everything in the first version', async () => {
    const body = { zh: prior.entities[0]?.name.zh, en: prior.entities[0]?.name.en }
    const first = await changesOf(undefined, prior)
    expect(first.map(({ code }) => code)).toEqual([
      'trust-change.first',
      'trust-change.root-added',
      'trust-change.root-added',
      'trust-change.threshold',
      'trust-change.entity-added',
      'trust-change.key-added',
      'trust-change.authorisation-added',
    ])
    expect(first.map(({ params }) => params)).toEqual([
      { authority: prior.iss, region: '51', version: 1 },
      { kid: kid(0), alg: 'ES256' },
      { kid: kid(1), alg: 'Ed25519' },
      { before: '—', after: 2, of: 2 },
      { uscc: prior.entities[0]?.uscc, body },
      {
        body,
        kid: kid(0),
        alg: 'ES256',
        from: '2025-06-16T09:00:00+08:00',
        to: '2025-06-17T09:00:00+08:00',
        typ: 'metrology-record+jwt, metrology-notice+jwt',
      },
      {
        body,
        number: '（川）法计（2022）51012号',
        from: '2022-05-11',
        to: '2027-05-10',
        kinds: 'verification-record, calibration-result',
        categories: 'taximeter, weights',
      },
    ])
  })

  it('includes the roots: keys added and removed, and the threshold', async () => {
    expect(await told(['/roots/keys/1', jwk(2)])).toEqual([
      ['trust-change.root-added', { kid: kid(2), alg: 'SGD_SM3_SM2' }],
      ['trust-change.root-removed', { kid: kid(1), alg: 'Ed25519' }],
    ])
    expect(await told(['/roots/threshold', 1])).toEqual([['trust-change.threshold', { before: 2, after: 1, of: 2 }]])
  })

  it('is reported as a removal where something was removed', async () => {
    expect(await told(['/entities/0/keys/0', undefined])).toEqual([['trust-change.removed', { path: '/entities/0/keys/0' }]])
  })

  it('includes the name of a body, in either language', async () => {
    const { uscc, name } = prior.entities[0] as TrustListPayload['entities'][number]
    const renamed = (after: string) => [['trust-change.entity-renamed', { uscc, before: `${name.zh} / ${name.en}`, after }]]
    expect(await told(['/entities/0/name/zh', '新名称'])).toEqual(renamed(`新名称 / ${name.en}`))
    expect(await told(['/entities/0/name/en', 'New name'])).toEqual(renamed(`${name.zh} / New name`))
    expect(await told(['/entities/0/name', { zh: '新名称' }])).toEqual(renamed('新名称'))
  })

  it('includes a key: added, its end, its types', async () => {
    const [added] = await told(['/entities/0/keys/-', { ...prior.entities[0]?.keys[0], jwk: jwk(2) }])
    expect(added).toMatchObject(['trust-change.key-added', { kid: kid(2), alg: 'SGD_SM3_SM2' }])
    expect(await told(['/entities/0/keys/0/notAfter', AT + 7200])).toMatchObject([
      ['trust-change.key-changed', { kid: kid(0), alg: 'ES256', to: '2025-06-16T11:00:00+08:00' }],
    ])
    expect(await told(['/entities/0/keys/0/typ', ['metrology-record+jwt']])).toMatchObject([
      ['trust-change.key-changed', { typ: 'metrology-record+jwt' }],
    ])
  })

  it('includes a revocation once, and again when it is moved, made retroactive or given another reason', async () => {
    const revoked = { at: AT + 60, reason: '私钥泄露', retroactive: false }
    const at = '/entities/0/keys/0/revoked'
    const told = async (before: object | undefined, after: object) => {
      const [from, to] = [change(prior, ...(before === undefined ? [] : [[at, before] as const])), change(prior, [at, after])]
      return (await changesOf(from, to)).map(({ code, params }) => [code, params.at, params.reason, params.kid])
    }
    const plain = ['trust-change.key-revoked', '2025-06-16T09:01:00+08:00', '私钥泄露', kid(0)]
    const back = ['trust-change.key-revoked-retroactively', ...plain.slice(1)]
    expect(await told(undefined, revoked)).toEqual([plain])
    expect(await told(undefined, { ...revoked, retroactive: true })).toEqual([back])
    expect(await told(revoked, revoked)).toEqual([])
    expect(await told(revoked, { ...revoked, reason: '停用' })).toEqual([[plain[0], plain[1], '停用', plain[3]]])
    expect(await told(revoked, { ...revoked, retroactive: true })).toEqual([back])
    expect(await told({ ...revoked, at: AT + 120 }, revoked)).toEqual([plain])
    // A key may be revoked in the version that adds it.
    const without = change(prior, ['/entities/0/keys', []])
    const codes = (await changesOf(without, change(prior, [at, revoked]))).map(({ code }) => code)
    expect(codes).toEqual(['trust-change.key-added', 'trust-change.key-revoked'])
  })

  it('includes an authorisation: a new one, and any change of its members', async () => {
    const renewed = { ...prior.entities[0]?.authorisations[0], from: '2027-05-11', to: '2032-05-10', categories: 'all' }
    expect(await told(['/entities/0/authorisations/-', renewed])).toMatchObject([
      ['trust-change.authorisation-added', { from: '2027-05-11', to: '2032-05-10', categories: 'all' }],
    ])
    expect(await told(['/entities/0/authorisations/0/to', '2025-06-30'])).toMatchObject([
      ['trust-change.authorisation-changed', { number: '（川）法计（2022）51012号', from: '2022-05-11', to: '2025-06-30' }],
    ])
    expect(await told(['/entities/0/authorisations/0/kinds', ['calibration-result']])).toMatchObject([
      ['trust-change.authorisation-changed', { kinds: 'calibration-result' }],
    ])
  })
})

describe('a list that must be renewed', () => {
  const NEXT = AT + 30 * 86_400
  const END = NEXT + 86_400
  const due = (at: number) =>
    dueOf({ payload: { ...prior, version: 3, nextUpdate: NEXT, exp: END }, statementId: '', signed: [] } as TrustList, at)

  it('is announced from three days before, then overdue, then expired', () => {
    const codes = [NEXT - 3 * 86_400, NEXT - 3 * 86_400 + 1, NEXT, NEXT + 1, END, END + 1].map((at) => due(at)?.code)
    expect(codes).toEqual([
      undefined,
      'trust-list.update-soon',
      'trust-list.update-soon',
      'trust-list.update-due',
      'trust-list.update-due',
      'trust-list.expired',
    ])
  })

  it('is reported with its version and its times', () => {
    expect(due(NEXT)?.params).toEqual({
      authority: prior.iss,
      version: 3,
      nextUpdate: '2025-07-16T09:00:00+08:00',
      exp: '2025-07-17T09:00:00+08:00',
      at: '2025-07-16T09:00:00+08:00',
    })
  })
})
