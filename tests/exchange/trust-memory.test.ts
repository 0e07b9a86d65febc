// Why this exists: a node restored from last week's configuration must not forget the revocation of this week.
import { createSigner } from 'tongheng/envelope'
import { createNode, type Store } from 'tongheng/server'
import { createMemoryStore } from 'tongheng/stores/memory'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { type SignedTrustList, signTrustList, type TrustListPayload } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

let world: FakeAuthorities
let next: SignedTrustList
let other: SignedTrustList
let statement: string

const open = async (store: Store, trustLists: readonly SignedTrustList[]) =>
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
  })

beforeAll(async () => {
  world = await createFakeAuthorities()
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
  it('that starts anew with an old list judges by the newest it has seen', async () => {
    const store = createMemoryStore()
    expect((await (await open(store, world.trustLists)).judge(statement)).outcome).toBe('recognised')
    expect((await (await open(store, [...world.trustLists, next])).judge(statement)).decidedBy).toBe('key.interval')
    const again = await open(store, world.trustLists)
    expect((await again.judge(statement)).decidedBy).toBe('key.interval')
    expect(again.trust.seen.map(({ version }) => version).sort()).toEqual([1, 2])
    expect((await store.listDocuments('trust-list')).length).toBe(3)
  })

  it('takes the next version alone, from what its store has kept', async () => {
    const store = createMemoryStore()
    await open(store, world.trustLists)
    expect((await (await open(store, [next])).judge(statement)).decidedBy).toBe('key.interval')
  })

  it('does not start on another list of a version it has seen', async () => {
    const store = createMemoryStore()
    await open(store, world.trustLists)
    await expect(open(store, [other])).rejects.toMatchObject({ code: 'trust-list.fork' })
  })
})
