// Why this exists: a status list belongs to its issuer. A peer authority, or another listed body, must not replace the list of an
// institute at any node.
import { emptyStatuses, signStatusList } from 'tongheng/status'
import type { OrganisationKey } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { follow, openChongqing } from '../support/nodes/pair.js'
import { NOW, openWorld, problemOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const NAME = 'year-2025'
const IN_2029 = Date.parse('2029-01-01T00:00:00+08:00') / 1000
let sichuan: World
let chongqing: World

beforeEach(async () => {
  sichuan = await openWorld()
  chongqing = await openChongqing({ authorities: sichuan.authorities })
})

const uriOf = (of: World = sichuan, body: OrganisationKey = 'CD'): string => `${of.node.options.url}/v1/status-lists/${uscc(body)}/${NAME}`
const listOf = (iat: number, value: number, by: OrganisationKey = 'CD', uri = uriOf()): Promise<string> =>
  signStatusList(
    { iss: uscc(by), uri, iat, exp: iat + 30 * 86_400, statuses: emptyStatuses(16).with(7, value) },
    sichuan.authorities.signer(by),
  )
const publish = (list: string): Promise<Response> =>
  sichuan.send({
    method: 'PUT',
    path: `/v1/status-lists/${uscc('CD')}/${NAME}`,
    body: list,
    headers: { 'content-type': 'application/statuslist+jwt' },
  })
const record = (): Promise<string> => sichuan.authorities.sign('CD', taximeter('状态'), { status: { uri: uriOf(), idx: 7 } })
const codeOf = async (world: World, statement: string): Promise<string | undefined> =>
  (await world.node.judge(statement, { region: '50' })).checks.find(({ id }) => id === 'status')?.code

/** The hacked node of Chongqing: it lists and serves these status lists as if they were of its own address. */
const hacked = (lists: readonly { readonly list: string; readonly iat: number; readonly iss?: string; readonly uri?: string }[]) =>
  chongqing.client('SC-AMR', {
    retries: 0,
    fetch: async (request) => {
      const { pathname } = new URL(request.url)
      if (pathname === '/v1/status-lists')
        return Response.json({
          items: lists.map(({ iat, iss = uscc('CQ-AMR'), uri = uriOf() }, n) => ({ iss, name: `n${n}`, uri, iat })),
        })
      const asked = /^\/v1\/status-lists\/[^/]+\/n(\d+)$/.exec(pathname)
      if (asked === null) return chongqing.server.fetch(request)
      return new Response(lists[Number(asked[1])]?.list, { headers: { 'content-type': 'application/statuslist+jwt' } })
    },
  })

const attack = async (lists: Parameters<typeof hacked>[0]) => {
  const events = await follow(sichuan, chongqing, { client: hacked(lists) })
  return events.flatMap((event) => (event.kind === 'learned' ? event.refused : []))
}
const alarms = async (): Promise<string[]> =>
  [...(await (await sichuan.send({ path: '/metrics', as: null })).text()).matchAll(/^tongheng_alarms_total\{code="([^"]+)"\} [1-9]/gm)].map(
    ([, code]) => code as string,
  )

describe('a status list of an institute', () => {
  it('is accepted under an address of its own that no node serves', async () => {
    const uri = 'https://lists.institute.example/2025'
    const statement = await sichuan.authorities.sign('CD', taximeter('别处'), { status: { uri, idx: 7 } })
    expect(await sichuan.node.learn({ statusLists: [await listOf(NOW - 1000, 1, 'CD', uri)] })).toEqual([])
    expect(await codeOf(sichuan, statement)).toBe('status.revoked')
  })

  it('is not displaced by four lists of the other authority under its address, dated 2029', async () => {
    const statement = await record()
    await publish(await listOf(NOW - 1000, 1))
    expect(await codeOf(sichuan, statement)).toBe('status.revoked')
    const lists = await Promise.all([0, 1, 2, 3].map(async (n) => ({ iat: IN_2029 + n, list: await listOf(IN_2029 + n, 0, 'CQ-AMR') })))
    const refused = await attack(lists)
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'status-list.not-of-issuer'))
    expect(refused[0]?.details).toMatchObject({ iss: uscc('CQ-AMR'), uri: uriOf() })
    expect(await alarms()).toEqual(['status-list.not-of-issuer'])
    expect(await codeOf(sichuan, statement)).toBe('status.revoked')
    // The institute continues: no 409, and its list is the one that is served.
    const next = await listOf(NOW, 1)
    expect((await publish(next)).status).toBe(204)
    expect(await sichuan.client(undefined).statusLists.get({ iss: uscc('CD'), name: NAME })).toBe(next)
    expect(await sichuan.client(undefined).statusLists.names()).toEqual([{ iss: uscc('CD'), name: NAME, uri: uriOf(), iat: NOW }])
  })

  it('is not displaced by lists of the other authority dated today', async () => {
    const statement = await record()
    await publish(await listOf(NOW - 1000, 1))
    const lists = await Promise.all([1, 2, 3, 4].map(async (n) => ({ iat: NOW - n, list: await listOf(NOW - n, 0, 'CQ-AMR') })))
    expect((await attack(lists)).map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'status-list.not-of-issuer'))
    expect(await codeOf(sichuan, statement)).toBe('status.revoked')
    expect((await publish(await listOf(NOW, 1))).status).toBe(204)
  })

  it('is not displaced by lists of the other authority that an earlier version stored', async () => {
    const statement = await record()
    await publish(await listOf(NOW - 1000, 1))
    for (const n of [1, 2, 3, 4]) {
      const list = await listOf(NOW - n, 0, 'CQ-AMR')
      const name = `${uscc('CQ-AMR')} ${uriOf()}`
      await sichuan.store.putDocument({ collection: 'status-list', name, version: NOW - n, signed: [list] })
    }
    sichuan.clock.now += 10
    await sichuan.node.refresh()
    expect(await codeOf(sichuan, statement)).toBe('status.revoked')
    expect((await publish(await listOf(NOW, 1))).status).toBe(204)
  })

  it('is rejected when a peer serves it with a future date, or not newer than the stored list', async () => {
    const uri = uriOf(chongqing)
    const own = (iat: number, value: number) => listOf(iat, value, 'CD', uri)
    const named = async (iat: number, value: number) => ({ iat, iss: uscc('CD'), uri, list: await own(iat, value) })
    expect(await attack([await named(NOW - 100, 1)])).toEqual([])
    expect((await attack([await named(NOW + 61, 0)])).map(({ code }) => code)).toEqual(['iat.in-future'])
    expect((await attack([await named(NOW - 200, 0)])).map(({ code }) => code)).toEqual(['status-list.older'])
    // The name and the list contradict each other: same second, other content.
    const other = { ...(await named(NOW - 100, 0)), iat: NOW - 99 }
    expect((await attack([other])).map(({ code }) => code)).toEqual(['status-list.older'])
    expect(await alarms()).toEqual(['iat.in-future', 'status-list.older'])
    const statement = await sichuan.authorities.sign('CD', taximeter('状态'), { status: { uri, idx: 7 } })
    expect(await codeOf(sichuan, statement)).toBe('status.revoked')
  })

  it('is not blocked by an institute that publishes a list under another body’s address', async () => {
    const list = await listOf(NOW, 0, 'LZ')
    const errors = await sichuan.node.learn({ statusLists: [list] })
    expect(errors.map(({ code }) => code)).toEqual(['status-list.not-of-issuer'])
    const response = await publish(await listOf(NOW, 1))
    expect(response.status, response.status === 204 ? '' : (await problemOf(response)).code).toBe(204)
  })

  it('is never looked up among lists of another issuer under its address, in the library as well', async () => {
    const { openStatus } = await import('tongheng/verify')
    const { trust } = sichuan.authorities
    const status = await openStatus({ statusLists: [await listOf(NOW - 9, 1), await listOf(NOW, 0, 'CQ-AMR')] }, trust)
    expect(status.listsOf(uscc('CD'), uriOf()).map(({ claims }) => claims.iat)).toEqual([NOW - 9])
    expect(status.listsOf(uscc('CQ-AMR'), uriOf()).map(({ claims }) => claims.iat)).toEqual([NOW])
    expect(status.listsOf(uscc('LZ'), uriOf())).toEqual([])
  })
})
