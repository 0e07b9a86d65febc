// Why this exists: a peer authority that lists our bodies or our log must not prevent our own next list, nor the start of our node.
import { createSigner, generateKey } from 'tongheng/envelope'
import type { FakeAuthorities } from 'tongheng/testing'
import { type Entity, signTrustList } from 'tongheng/trust'
import { beforeEach, describe, expect, it } from 'vitest'
import { follow, nextList, openChongqing } from '../support/nodes/pair.js'
import { fakeAuthorities, NOW, openWorld, taximeter, uscc, type World } from '../support/nodes/world.js'

let authorities: FakeAuthorities
let sichuan: World

beforeEach(async () => {
  authorities = await fakeAuthorities()
  sichuan = await openWorld()
})

const listOf = (authority: 'SC-AMR' | 'CQ-AMR') => {
  const list = authorities.trust.lists.find(({ payload }) => payload.iss === uscc(authority))
  if (list === undefined) throw new Error(authority)
  return list
}
const cd = (): Entity => authorities.trust.entity(uscc('CD'))?.entity as Entity
const at = () => listOf('SC-AMR').payload.entities.findIndex((entity) => entity.uscc === uscc('CD'))
const alarmsOf = async (world: World): Promise<string> => (await world.send({ path: '/metrics', as: null })).text()

/** A list of Chongqing that lists the institute of Chengdu with a key of its own, and the log of Sichuan with another. */
async function hacked() {
  const [key, log] = [await generateKey(), await generateKey('Ed25519')]
  return nextList(
    listOf('CQ-AMR'),
    authorities.rootSigners('CQ-AMR'),
    ['/entities/-', { ...cd(), region: '50', keys: [{ ...cd().keys[0], jwk: key.publicJwk }] }],
    ['/logs/-', { origin: 'node-51.example/v1/log', key: log.publicJwk }],
  )
}
const revocation = () =>
  nextList(listOf('SC-AMR'), authorities.rootSigners('SC-AMR'), [
    `/entities/${at()}/keys/0/revoked`,
    { at: NOW - 10, reason: '私钥泄露', retroactive: true },
  ])

describe('a node', () => {
  it('accepts its own list, with a revocation, after the other authority listed the same body and log; and restarts', async () => {
    const told: string[] = []
    sichuan = await openWorld({ node: { alarm: ({ code }) => told.push(code) } })
    const statement = await authorities.sign('CD', taximeter('01'))
    expect(await sichuan.node.learn({ trustLists: [(await hacked()).signed] })).toEqual([])
    expect((await sichuan.node.judge(statement)).outcome).toBe('recognised')
    expect(told).toEqual(['trust-list.keys-elsewhere', 'trust-list.log-elsewhere'])
    expect(await alarmsOf(sichuan)).toMatch(/^tongheng_alarms_total\{code="trust-list.keys-elsewhere"\} 1$/m)
    expect(
      sichuan.node
        .warnings()
        .map(({ en }) => en)
        .join(),
    ).toContain(uscc('CD'))
    expect(await sichuan.node.learn({ trustLists: [(await revocation()).signed] })).toEqual([])
    const key = (await sichuan.node.judge(statement)).checks.find(({ id }) => id === 'key.interval')
    expect(key?.code).toBe('key.revoked-retroactively')
    const again = await openWorld({ store: sichuan.store })
    expect((await again.node.judge(statement)).checks.find(({ id }) => id === 'key.interval')?.code).toBe('key.revoked-retroactively')
    // The log is its own still: checkpoints are signed and followed.
    const chongqing = await openChongqing({ authorities })
    expect((await follow(chongqing, again)).filter(({ kind }) => kind === 'failed')).toEqual([])
  })

  it('accepts its own list although the same file has a faulty list of the other authority', async () => {
    const stranger = await createSigner((await generateKey()).privateJwk)
    const forged = await signTrustList({ ...(await hacked()).payload }, [stranger])
    const [own, statement] = [await revocation(), await authorities.sign('CD', taximeter('01'))]
    const errors = await sichuan.node.learn({ trustLists: [forged, own.signed, ['a.b.c']] })
    expect(errors.map(({ code }) => code)).toEqual(['trust-list.threshold', 'format.length'])
    expect((await sichuan.node.judge(statement)).checks.find(({ id }) => id === 'key.interval')?.code).toBe('key.revoked-retroactively')
  })

  it('starts with a faulty list of the other authority in its trust file, but not with a faulty list of its own', async () => {
    const { store } = sichuan
    const told: string[] = []
    const stranger = await createSigner((await generateKey()).privateJwk)
    const forged = await signTrustList((await hacked()).payload, [stranger])
    const again = await openWorld({
      store,
      node: { trustLists: [...authorities.trustLists, forged, (await revocation()).signed], alarm: ({ code }) => told.push(code) },
    })
    expect(told).toEqual(['trust-list.threshold'])
    expect(again.node.trust.lists.map(({ payload }) => `${payload.region} ${payload.version}`).sort()).toEqual(['50 1', '51 2'])
    const own = await signTrustList((await revocation()).payload, [stranger])
    await expect(openWorld({ node: { trustLists: [...authorities.trustLists, own] } })).rejects.toMatchObject({
      code: 'trust-list.threshold',
    })
    expect((await openWorld({ node: { agreements: [], trustLists: [listOf('SC-AMR').signed, forged] } })).node.trust.lists).toHaveLength(1)
  })
})
