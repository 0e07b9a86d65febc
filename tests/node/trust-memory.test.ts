// Why this exists: a node restored from last week's configuration must not forget the revocation of this week.
import { createSigner, parseStatement } from 'tongheng/envelope'
import { createNode, type NodeOptions, type Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { type SignedTrustList, signTrustList, type TrustListPayload } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { openWorld } from '../support/nodes/world.ts'
import { forge } from '../verify/world.ts'

let world: FakeAuthorities
let next: SignedTrustList
let other: SignedTrustList
let statement: string

const open = async (store: Store, trustLists: readonly SignedTrustList[], alarm?: NodeOptions['alarm'], notices: readonly string[] = []) =>
  createNode({
    id: 'urn:example:node:cq',
    url: 'http://127.0.0.1:1',
    authority: organisation('CQ-AMR').uscc,
    name: { zh: '重庆', en: 'Chongqing' },
    region: '50',
    signer: await createSigner((world.keys.get('CQ-AMR') as { privateJwk: Parameters<typeof createSigner>[0] }).privateJwk),
    store,
    anchors: world.anchors,
    trustLists,
    agreements: [world.signedAgreement],
    now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
    alarm,
    notices,
  })

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  const { payload, statementId } = world.trust.lists.find((list) => list.payload.region === '51') as {
    payload: TrustListPayload
    statementId: string
  }
  const at = payload.entities.findIndex(({ uscc }) => uscc === organisation('CD').uscc)
  const revoked = { at: payload.iat, reason: '私钥泄露', retroactive: true }
  const second = change(payload, ['/version', 2], ['/previous', statementId], [`/entities/${at}/keys/0/revoked`, revoked])
  next = await signTrustList(second, world.rootSigners('SC-AMR'))
  other = await signTrustList(change(payload, ['/nextUpdate', payload.nextUpdate - 1]), world.rootSigners('SC-AMR'))
  statement = await world.sign('CD', fixtures.F01.record)
})

describe('a node', () => {
  it('uses the newest trust list in its store after a restart with an old one', async () => {
    const store = createMemoryStore()
    expect((await (await open(store, world.trustLists)).judge(statement)).outcome).toBe('recognised')
    expect((await (await open(store, [...world.trustLists, next])).judge(statement)).decidedBy).toBe('key.interval')
    const again = await open(store, world.trustLists)
    expect((await again.judge(statement)).decidedBy).toBe('key.interval')
    expect(again.trust.seen.map(({ version }) => version).sort()).toEqual([1, 2])
    expect((await store.listDocuments('trust-list')).length).toBe(3)
  })

  it('ignores stored lists of an authority whose root keys it no longer pins', async () => {
    const store = createMemoryStore()
    await open(store, world.trustLists)
    const anchors = world.anchors.filter(({ region }) => region === '50')
    const trustLists = world.trust.lists.filter(({ payload }) => payload.region === '50').map(({ signed }) => signed)
    const { node } = await openWorld({
      authorities: world,
      store,
      node: {
        authority: organisation('CQ-AMR').uscc,
        region: '50',
        signer: world.signer('CQ-AMR'),
        anchors,
        trustLists,
        agreements: [],
      },
    })
    expect(node.trust.lists.map(({ payload }) => payload.region)).toEqual(['50'])
    expect((await node.judge(statement)).outcome).not.toBe('recognised')
  })

  it('accepts the next version alone and completes the chain from its store', async () => {
    const store = createMemoryStore()
    await open(store, world.trustLists)
    expect((await (await open(store, [next])).judge(statement)).decidedBy).toBe('key.interval')
  })

  it('starts with texts that are not notices in its trust file, even if a key was revoked', async () => {
    const node = await open(createMemoryStore(), [...world.trustLists, next], undefined, ['hello', 'a.b.c', next[0] as string, statement])
    expect((await node.judge(statement)).decidedBy).toBe('key.interval')
  })

  it('does not start with a different own list of a stored version; for another authority it uses the stored list', async () => {
    const store = createMemoryStore()
    await open(store, world.trustLists)
    const told: string[] = []
    const again = await open(store, [other], ({ code }) => told.push(code))
    expect(told).toEqual(['trust-list.fork'])
    expect(again.trust.lists.map(({ signed }) => signed).includes(other)).toBe(false)
    const { payload } = world.trust.lists.find((list) => list.payload.region === '50') as { payload: TrustListPayload }
    const own = await signTrustList(change(payload, ['/nextUpdate', payload.nextUpdate - 1]), world.rootSigners('CQ-AMR'))
    await expect(open(store, [own])).rejects.toMatchObject({ code: 'trust-list.fork' })
  })
})

describe('a node of an earlier version', () => {
  const published = () => world.trust.lists.find((list) => list.payload.region === '51') as (typeof world.trust.lists)[number]
  const newerList = async (changes: (payload: TrustListPayload) => object) => {
    const { payload, statementId } = published()
    const newer = { ...structuredClone(payload), version: 2, previous: statementId }
    const text = JSON.stringify({ ...newer, ...changes(newer) })
    return Promise.all(world.rootSigners('SC-AMR').map((signer) => forge(signer, text, { typ: 'metrology-trust-list+jwt' })))
  }

  it('uses the last list that it understood, without keys that the newest list revokes, and warns that an update is due', async () => {
    const store = createMemoryStore()
    const node = await open(store, world.trustLists)
    expect(await node.learn({ trustLists: [await newerList(() => ({ registry: 'x' }))] })).toEqual([])
    expect((await node.judge(statement)).outcome).toBe('recognised')
    expect(node.unready()).toEqual([])
    expect(node.warnings().map(({ en }) => en)).toContainEqual(expect.stringContaining('/registry'))
    // The newest is remembered: a version that is understood later follows it.
    const again = await open(store, world.trustLists)
    expect(again.trust.seen.map(({ version }) => version)).toContain(2)

    const revoking = await open(createMemoryStore(), world.trustLists)
    const revoked = await newerList((payload) => {
      const cd = payload.entities.find(({ uscc }) => uscc === organisation('CD').uscc) as TrustListPayload['entities'][number]
      Object.assign(cd.keys[0] as object, { revoked: { at: payload.iat, reason: '私钥泄露', retroactive: true } })
      return { registry: 'x' }
    })
    expect(await revoking.learn({ trustLists: [revoked] })).toEqual([])
    expect((await revoking.judge(statement)).decidedBy).toBe('key.interval')
  })

  it('stores an agreement that it only partly understands, and bases no decision on it', async () => {
    const node = await open(createMemoryStore(), world.trustLists)
    const text = JSON.stringify({ ...world.agreement.payload, version: 9, annexes: [] })
    const signed = await Promise.all(
      (['SC-AMR', 'CQ-AMR'] as const).map((by) => forge(world.signer(by), text, { typ: 'metrology-agreement+jwt' })),
    )
    expect(await node.learn({ agreements: [signed] })).toEqual([])
    const { outcome, checks } = await node.judge(statement)
    expect([outcome, checks.find(({ id }) => id === 'agreement.in-force')?.code]).toEqual(['indeterminate', 'agreement.newer-members'])
    expect(node.warnings().map(({ en }) => en)).toContainEqual(expect.stringContaining('/annexes'))
  })

  it('stores a notice that it only partly understands, and makes the statements that it names pending', async () => {
    const node = await open(createMemoryStore(), world.trustLists)
    const iat = Date.parse(DEMONSTRATION_TIME) / 1000 - 3600
    const claims = {
      iss: organisation('CD').uscc,
      jti: '01JP4ZZZZZABCDEFGHJKMNPQRS',
      iat,
      action: 'revoke',
      statements: [parseStatement(statement, 'metrology-record+jwt').id],
      from: iat,
      reason: { zh: '标准器超差' },
      grounds: 'x',
    }
    const notice = await forge(world.signer('CD'), claims, { typ: 'metrology-notice+jwt' })
    const { decision, entry } = await node.submitNotice({ statement: notice, sender: claims.iss, requestId: 'r' })
    expect([decision, entry?.code]).toEqual(['pending', 'status.notice-newer-members'])
    const { verdict, decision: ofRecord } = await node.submit({ statement, sender: claims.iss, requestId: 's' })
    expect([verdict.outcome, ofRecord]).toEqual(['indeterminate', 'pending'])
  })
})
