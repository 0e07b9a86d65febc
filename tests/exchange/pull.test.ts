// Why this exists: the other province's node is trusted for nothing; whatever it serves, only what an issuer really signed may stay here.
import type { Client, RecordEntry } from 'tongheng/client'
import { signStatement } from 'tongheng/envelope'
import { pull } from 'tongheng/server'
import { faultyRecords, fixtures, negatives, organisation, send, sendOnTheWay } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { claimsOf, NOW, openWorld, statementIdOf, taximeter, uscc, type World } from './world.js'

let sichuan: World
let chongqing: World

beforeEach(async () => {
  sichuan = await openWorld()
  const { authorities } = sichuan
  const id = { id: 'tongheng-50', url: 'https://node-50.example', authority: uscc('CQ-AMR'), region: '50' }
  chongqing = await openWorld({ node: { ...id, name: organisation('CQ-AMR').name, signer: authorities.signer('CQ-AMR') } })
})

/** Chongqing takes the records of Sichuan. */
const take = async (peer: Client = sichuan.client('CQ-AMR'), cursor?: string) => {
  const taken = []
  for await (const one of pull(chongqing.node, peer, { region: '51', ...(cursor !== undefined && { cursor }) })) taken.push(one)
  return taken
}

const kept = async (world: World) => (await world.store.listRecords({}, { after: 0, limit: 500 })).items

/** A peer that changes what it serves on the way. */
const liar = (change: (entry: RecordEntry) => RecordEntry | Promise<RecordEntry>): Client =>
  sichuan.client('CQ-AMR', {
    fetch: async (request) => {
      const response = await sichuan.server.fetch(request)
      if (!response.ok) return response
      const page = (await response.json()) as { items: RecordEntry[]; next?: string }
      return Response.json({ ...page, items: await Promise.all(page.items.map(change)) })
    },
  })

describe('what is taken from the other node', () => {
  it('is its own province’s records, in its order, each under our own receipt', async () => {
    for (const fixture of Object.values(fixtures))
      await sichuan.client(fixture.signer).records.submit(await send(sichuan.authorities, fixture))
    const taken = await take()
    const theirs = (await kept(sichuan)).filter(({ search }) => search.region === '51')
    expect(theirs.length).toBeGreaterThan(5)
    const ours = await kept(chongqing)
    expect(ours.map(({ statement }) => statement)).toEqual(theirs.map(({ statement }) => statement))
    expect(taken.map(({ entry }) => entry.statementId)).toEqual(ours.map(({ statementId }) => statementId))
    for (const { entry, result } of taken) {
      expect(result.isNew).toBe(true)
      expect(result.receipt).not.toBe(entry.receipt)
      expect(claimsOf<{ iss: string; aud: string; iat: number }>(result.receipt)).toMatchObject({
        iss: uscc('CQ-AMR'),
        aud: entry.iss,
        iat: NOW,
      })
    }
  })

  it('is judged anew: neither their decision nor their opinion of it is taken over', async () => {
    const wrong = faultyRecords.find(({ id }) => id === 'N22')
    if (wrong === undefined) throw new Error('N22 is gone')
    await sichuan.client('CD').records.submit(await send(sichuan.authorities, wrong))
    await sichuan.client('CD').records.submit(await send(sichuan.authorities, fixtures.F01))
    const flattering = liar((entry) => ({
      ...entry,
      decision: 'accepted',
      kind: 'calibration-result',
      number: 'x',
      region: '50',
      receivedAt: 1,
    }))
    await take(flattering)
    expect((await kept(chongqing)).map(({ decision, kind, receivedAt, search }) => [decision, kind, receivedAt, search.region])).toEqual([
      ['rejected', 'verification-record', NOW, '51'],
      ['accepted', 'verification-record', NOW, '51'],
    ])
  })

  it('comes over any number of pages, goes on from a cursor, and a second time changes nothing', async () => {
    for (let n = 0; n < 104; n++) {
      const statement = await sichuan.authorities.sign('CD', taximeter(`川检-${n}`))
      await sichuan.node.submit({ statement, sender: uscc('CD'), requestId: `request-${n}` })
    }
    const first = await take(sichuan.client('CQ-AMR'), '100')
    expect(first).toHaveLength(4)
    const all = await take()
    expect(all).toHaveLength(104)
    expect(all.filter(({ result }) => result.isNew)).toHaveLength(100)
    expect((await take(sichuan.client('CQ-AMR'), '90')).filter(({ result }) => result.isNew)).toEqual([])
    expect(await kept(chongqing)).toHaveLength(104)
  })

  it('can be stopped between two records; what was taken stays taken', async () => {
    for (let n = 0; n < 3; n++) await sichuan.client('CD').records.submit(await sichuan.authorities.sign('CD', taximeter(`川检-${n}`)))
    for await (const _ of pull(chongqing.node, sichuan.client('CQ-AMR'), { region: '51' })) break
    expect(await kept(chongqing)).toHaveLength(1)
    await take()
    expect(await kept(chongqing)).toHaveLength(3)
  })
})

describe('a peer that lies', () => {
  it('with altered, forged, foreign or broken statements leaves nothing', async () => {
    const { authorities } = sichuan
    const good = await send(authorities, fixtures.F01)
    await sichuan.client('CD').records.submit(good)
    const onTheWay = [...negatives, ...faultyRecords].filter(({ onTheWay }) => onTheWay !== undefined)
    const lies = [
      ...(await Promise.all(onTheWay.map((fixture) => sendOnTheWay(authorities, fixture)))),
      await signStatement(claimsOf<object>(good), { typ: 'metrology-receipt+jwt', signer: authorities.signer('SC-AMR') }),
      (await sichuan.client('CD').records.submit(good)).receipt,
      good.slice(0, -10),
      `${good}=`,
      '',
      '<html>',
      'x'.repeat(300_000),
    ]
    for (const statement of lies) {
      const [one] = await take(liar((entry) => ({ ...entry, statement })))
      expect(one?.result.record, statement.slice(0, 30)).toBeUndefined()
    }
    expect(await kept(chongqing)).toEqual([])
    expect((await take())[0]?.result.isNew).toBe(true)
  })

  it('about ids and names does not put them into our store', async () => {
    const statement = await send(sichuan.authorities, fixtures.F01)
    await sichuan.client('CD').records.submit(statement)
    await take(liar((entry) => ({ ...entry, statementId: 'A'.repeat(43), iss: uscc('LZ'), jti: '01JQ0000000000000000000001' })))
    const [record] = await kept(chongqing)
    expect(record).toMatchObject({ statementId: statementIdOf(statement), iss: uscc('CD'), jti: claimsOf(statement).jti })
    expect(claimsOf<{ aud: string }>(record?.receipt ?? '').aud).toBe(uscc('CD'))
  })

  it('by serving one name with two contents gets the first one kept, and the second is visible as a conflict', async () => {
    const jti = '01JQ0000000000000000000001'
    const [first, second] = [
      await sichuan.authorities.sign('CD', taximeter('甲'), { jti }),
      await sichuan.authorities.sign('CD', taximeter('乙'), { jti }),
    ]
    await sichuan.client('CD').records.submit(first)
    await take()
    const [one] = await take(liar((entry) => ({ ...entry, statement: second })))
    expect(one?.result.isNew).toBe(false)
    expect(one?.result.record?.statementId).toBe(statementIdOf(first))
    expect(one?.result.verdict.statementId).toBe(statementIdOf(second))
  })

  it('with a page of another shape stops the pull with an error, and keeps what came before', async () => {
    for (let n = 0; n < 3; n++) await sichuan.client('CD').records.submit(await sichuan.authorities.sign('CD', taximeter(`川检-${n}`)))
    let pages = 0
    const peer = sichuan.client('CQ-AMR', {
      retries: 0,
      fetch: async (request) => {
        if (++pages > 1) return Response.json({ items: [{ statement: 'x' }] })
        const page = (await (await sichuan.server.fetch(request)).json()) as { items: RecordEntry[] }
        return Response.json({ items: page.items.slice(0, 2), next: '2' })
      },
    })
    await expect(take(peer)).rejects.toMatchObject({ code: 'client.answer' })
    expect(await kept(chongqing)).toHaveLength(2)
  })

  it('refuses us, and the pull says so', async () => {
    await expect(take(sichuan.client(undefined))).rejects.toMatchObject({ code: 'client.no-caller' })
    const stranger = sichuan.client('CQ-AMR', { node: { url: 'https://node.example', id: 'another' } })
    await expect(take(stranger)).rejects.toMatchObject({ code: 'client.problem', details: { problemCode: 'request.audience' } })
  })
})
