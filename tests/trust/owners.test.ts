// Why this exists: two authorities may list the same body or log; neither may revoke or replace entries of the other.
import { createSigner, type GeneratedKey, generateKey, type Signer, signStatement } from 'tongheng/envelope'
import { signNotice } from 'tongheng/status'
import {
  type AuthorityKey,
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  fixtures,
  organisation,
} from 'tongheng/testing'
import { anchorOf, type Entity, openTrust, signTrustList, type Trust, type TrustListPayload } from 'tongheng/trust'
import { openStatus, type Verdict, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'

const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const CD = organisation('CD').uscc
let world: FakeAuthorities
let roots: Readonly<Record<AuthorityKey, GeneratedKey>>
let thief: GeneratedKey

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  roots = { 'SC-AMR': await generateKey(), 'CQ-AMR': await generateKey() }
  thief = await generateKey()
})

type Edit = (payload: TrustListPayload) => Partial<TrustListPayload>

/** The lists of both, each changed by its authority, in the order of the anchors. */
async function openWith(edits: Partial<Record<AuthorityKey, Edit>>, order: readonly AuthorityKey[] = ['SC-AMR', 'CQ-AMR']): Promise<Trust> {
  const made = await Promise.all(
    order.map(async (authority) => {
      const list = world.trust.lists.find(({ payload }) => payload.iss === organisation(authority).uscc)?.payload as TrustListPayload
      const payload = { ...list, roots: { keys: [roots[authority].publicJwk], threshold: 1 } }
      const edited = { ...payload, ...edits[authority]?.(payload) }
      return { anchor: anchorOf(payload), signed: await signTrustList(edited, [await createSigner(roots[authority].privateJwk)]) }
    }),
  )
  return openTrust({ anchors: made.map(({ anchor }) => anchor), lists: made.map(({ signed }) => signed) })
}

const entityOf = (trust: Trust, uscc: string): Entity => trust.entity(uscc)?.entity as Entity
const cd = (): Entity => entityOf(world.trust, CD)
/** The institute of Chengdu as Chongqing lists it. */
const inChongqing =
  (changes: Partial<Entity> = {}): Edit =>
  (payload) => ({
    entities: [...payload.entities, { ...cd(), region: '50', ...changes }],
  })
const thiefs = () => ({ ...(cd().keys[0] as Entity['keys'][number]), jwk: thief.publicJwk })
const verdict = (statement: string, trust: Trust, region: '50' | '51'): Promise<Verdict> =>
  verify(statement, { at: NOW, trust, agreements: [world.agreement], policy: { region } })
const F01 = () => fixtures.F01.record
const codesOf = ({ checks }: Verdict, id: string): string[] => checks.filter((check) => check.id === id).map(({ code }) => code)

describe('a body that another authority lists', () => {
  it('does not make its owner’s list fail, which may contain a revocation; the other authority’s keys are dropped and reported', async () => {
    const revoked = { at: NOW - 1000, reason: '私钥泄露', retroactive: true }
    const trust = await openWith({
      'SC-AMR': ({ entities }) => ({
        entities: entities.map((entity) =>
          entity.uscc === CD ? { ...entity, keys: entity.keys.map((key) => ({ ...key, revoked })) } : entity,
        ),
      }),
      'CQ-AMR': inChongqing({ keys: [thiefs()], authorisations: [] }),
    })
    expect(trust.findings).toEqual([
      {
        code: 'trust-list.keys-elsewhere',
        params: {
          uscc: CD,
          name: organisation('CD').name.zh,
          authority: organisation('CQ-AMR').uscc,
          owner: organisation('SC-AMR').uscc,
          keys: 1,
        },
      },
    ])
    expect(trust.entity(CD)?.list.payload.region).toBe('51')
    expect(trust.holders(thief.kid)).toEqual([])
    const forged = await signStatement(
      { iss: CD, jti: '01JQ0000000000000000000001', iat: NOW - 60, record: F01() },
      {
        typ: 'metrology-record+jwt',
        signer: await createSigner(thief.privateJwk),
      },
    )
    for (const region of ['50', '51'] as const) {
      expect(codesOf(await verdict(forged, trust, region), 'key.known')).toEqual(['key.unknown'])
      expect(codesOf(await verdict(await world.sign('CD', F01()), trust, region), 'key.interval')).toEqual(['key.revoked-retroactively'])
    }
  })

  it('belongs to the authority of the province where it is registered, whichever is pinned or listed it first', async () => {
    const early: Edit = (payload) => ({ ...inChongqing({ keys: [thiefs()] })(payload), iat: payload.iat - 86_400 })
    for (const order of [
      ['SC-AMR', 'CQ-AMR'],
      ['CQ-AMR', 'SC-AMR'],
    ] as const) {
      const trust = await openWith({ 'CQ-AMR': early }, order)
      expect(trust.entity(CD)?.list.payload.region).toBe('51')
      expect(trust.holders(thief.kid)).toEqual([])
    }
  })

  it('belongs to the authority that listed it first where it is a national body', async () => {
    const national = '12100000400001234X'
    const one = (region: '50' | '51', keys: Entity['keys']) => ({ ...cd(), uscc: national, region, keys })
    const [ours, theirs] = [cd().keys, [thiefs()]]
    for (const [later, owner] of [
      ['CQ-AMR', '51'],
      ['SC-AMR', '50'],
    ] as const) {
      const at =
        (authority: AuthorityKey, entity: Entity): Edit =>
        (payload) => ({
          entities: [...payload.entities, entity],
          iat: authority === later ? payload.iat : payload.iat - 1,
        })
      const trust = await openWith({ 'SC-AMR': at('SC-AMR', one('51', ours)), 'CQ-AMR': at('CQ-AMR', one('50', theirs)) })
      expect(trust.entity(national)?.list.payload.region).toBe(owner)
      expect(trust.findings.map(({ code }) => code)).toEqual(['trust-list.keys-elsewhere'])
    }
  })

  it('is authorised there without a collision where no key of its own is listed', async () => {
    for (const keys of [[], cd().keys]) {
      const trust = await openWith({ 'CQ-AMR': inChongqing({ keys }) })
      expect(trust.findings).toEqual([])
      expect(trust.holders(cd().keys[0] ? (world.keys.get('CD')?.kid as string) : '').map(({ list }) => list.payload.region)).toEqual([
        '51',
      ])
    }
  })

  it('is authorised by each authority for its own region, and both add up', async () => {
    const statement = await world.sign('CD', F01())
    const alone = await verdict(statement, await openWith({}), '50')
    expect([alone.outcome, codesOf(alone, 'agreement.clause')]).toEqual(['recognised', ['agreement.clause']])
    const both = await openWith({ 'CQ-AMR': inChongqing({ keys: [] }) })
    const home = await verdict(statement, both, '50')
    expect([home.outcome, codesOf(home, 'agreement.clause')]).toEqual(['recognised', ['clause.domestic']])
    expect(home.reliedOn.trustLists.map(({ id }) => id)).toEqual([organisation('SC-AMR').uscc, organisation('CQ-AMR').uscc])
    expect(codesOf(await verdict(statement, both, '51'), 'agreement.clause')).toEqual(['clause.domestic'])
    // Authorised by Chongqing alone, it works for Chongqing, and Sichuan recognises that by the agreement.
    const away = await openWith({
      'SC-AMR': ({ entities }) => ({
        entities: entities.map((entity) => (entity.uscc === CD ? { ...entity, authorisations: [] } : entity)),
      }),
      'CQ-AMR': inChongqing({ keys: [] }),
    })
    expect(codesOf(await verdict(statement, away, '50'), 'agreement.clause')).toEqual(['clause.domestic'])
    const recognised = await verdict(statement, away, '51')
    expect([recognised.outcome, codesOf(recognised, 'agreement.clause')]).toEqual(['recognised', ['agreement.clause']])
  })

  it('may have its key revoked by each authority for its own region', async () => {
    const revoked = { at: NOW - 365 * 86_400, reason: '撤销', retroactive: true }
    const keys = cd().keys.map((key) => ({ ...key, revoked }))
    const trust = await openWith({ 'CQ-AMR': inChongqing({ keys, authorisations: [] }) })
    const statement = await world.sign('CD', F01())
    expect(codesOf(await verdict(statement, trust, '50'), 'key.interval')).toEqual(['key.revoked-retroactively'])
    const ours = await verdict(statement, trust, '51')
    expect([ours.outcome, codesOf(ours, 'key.interval')]).toEqual(['recognised', ['key.interval']])
    // The authorisation of an authority that revoked the key does not extend to what is signed by that key either.
    const away = await openWith({
      'SC-AMR': ({ entities }) => ({
        entities: entities.map((entity) => (entity.uscc === CD ? { ...entity, authorisations: [] } : entity)),
      }),
      'CQ-AMR': inChongqing({ keys }),
    })
    expect(codesOf(await verdict(statement, away, '51'), 'issuer.scope')).toEqual(['issuer.scope-kind'])
  })

  it('may have its records overruled by each authority for its own region', async () => {
    const trust = await openWith({ 'CQ-AMR': inChongqing({ keys: [] }) })
    const statement = await world.sign('CD', F01())
    const { statementId = '' } = await verdict(statement, trust, '50')
    const notice = (by: AuthorityKey): Promise<string> =>
      signNotice(
        {
          iss: organisation(by).uscc,
          iat: NOW - 100,
          from: NOW - 100,
          action: 'revoke',
          statements: [statementId],
          reason: { zh: '撤销', en: 'revoked' },
        },
        world.signer(by),
      )
    const status = await openStatus({ notices: [await notice('CQ-AMR')] }, trust)
    const ask = (region: '50' | '51') => verify(statement, { at: NOW, trust, status, agreements: [world.agreement], policy: { region } })
    expect(codesOf(await ask('50'), 'status')).toEqual(['status.revoked'])
    expect(codesOf(await ask('51'), 'status')).toEqual(['not-applicable'])
  })
})

describe('a log that another authority lists', () => {
  const origin = 'node-51.example/v1/log'
  let other: GeneratedKey
  let witness: GeneratedKey
  let signer: Signer

  beforeAll(async () => {
    ;[other, witness] = [await generateKey('Ed25519'), await generateKey('Ed25519')]
    signer = await createSigner(other.privateJwk)
  })

  it('belongs to the authority that listed it first; the other entry is dropped and reported, and neither list fails', async () => {
    for (const [ahead, owner, dropped] of [
      [1, 'SC-AMR', 'CQ-AMR'],
      [0, 'SC-AMR', 'CQ-AMR'],
      [-1, 'CQ-AMR', 'SC-AMR'],
    ] as const) {
      const trust = await openWith({
        'CQ-AMR': ({ logs, iat }) => ({
          iat: iat + ahead,
          logs: [
            ...logs,
            { origin, key: other.publicJwk as (typeof logs)[number]['key'], witness: witness.publicJwk as (typeof logs)[number]['key'] },
          ],
        }),
      })
      expect(trust.logs.filter((log) => log.origin === origin).map(({ authority }) => authority)).toEqual([organisation(owner).uscc])
      expect(trust.findings).toEqual([
        {
          code: 'trust-list.log-elsewhere',
          params: { origin, authority: organisation(dropped).uscc, owner: organisation(owner).uscc },
        },
      ])
    }
    expect(signer.alg).toBe('Ed25519')
  })
})
