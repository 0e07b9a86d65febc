// Why this exists: a node runs for decades; the cost of a change must not grow with the stored history, and no single issuer may
// fill the store.
import type { VerificationRecord } from 'tongheng'
import { createSigner, generateKey } from 'tongheng/envelope'
import type { NodeOptions, PlacedEntry } from 'tongheng/node'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import { createMemoryStore } from 'tongheng/stores/memory'
import { anchorOf, openTrust, type SignedTrustList, signTrustList, type TrustListPayload } from 'tongheng/trust'
import { openStatus, type Standing } from 'tongheng/verify'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createStatusListQuota, newestLists } from '../../src/node/status-lists.js'
import { statusListName } from '../../src/node/store.js'
import { createRecent } from '../../src/status/recent.js'
import { joinStandings } from '../../src/verify/inside.js'
import { signMany } from '../support/nodes/pair.js'
import {
  claimsOf,
  fakeAuthorities,
  NOW,
  openWorld,
  problemOf,
  type Sent,
  statementIdOf,
  taximeter,
  uscc,
  type World,
} from '../support/nodes/world.js'

let statements: readonly string[]
beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 40)
})

const told = async (response: Response): Promise<unknown[]> => [response.status, ...(response.ok ? [] : [(await problemOf(response)).code])]
const LIST_TYPE = { 'content-type': 'application/statuslist+jwt' }
const putRecord = (world: World, statement: string): Promise<Response> => {
  const { iss, jti } = claimsOf(statement)
  return world.send({ method: 'PUT', path: `/v1/records/${iss}/${jti}`, body: statement })
}

describe('one issuer', () => {
  it('can add no more in a day than its quota, with the time to wait, and others are not affected', async () => {
    const world = await openWorld({ limits: { dailyRecords: 3 } })
    const [a, b, c, d, e] = statements as [string, string, string, string, string]
    for (const statement of [a, b, c]) expect((await putRecord(world, statement)).status).toBe(201)
    const refused = await putRecord(world, d)
    expect(Number(refused.headers.get('retry-after'))).toBe(86_400 - (NOW % 86_400))
    expect(await told(refused)).toEqual([429, 'request.quota'])
    const lines = (
      await (
        await world.send({
          method: 'POST',
          path: '/v1/records',
          body: `${d}\n${e}`,
          headers: { 'content-type': 'application/jose+ndjson' },
        })
      ).text()
    )
      .trim()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line).problem?.code)).toEqual(['request.quota', 'request.quota'])
    const other = await world.authorities.sign('LZ', taximeter('渝检-1'))
    expect(
      (await world.send({ method: 'PUT', path: `/v1/records/${uscc('LZ')}/${claimsOf(other).jti}`, body: other, as: 'LZ' })).status,
    ).not.toBe(429)
    world.clock.now += 86_400
    expect((await putRecord(world, d)).status).toBe(201)
  })

  it('has quotas of octets and of notices too', async () => {
    const narrow = await openWorld({ limits: { dailyOctets: (statements[0] as string).length + 10 } })
    expect((await putRecord(narrow, statements[0] as string)).status).toBe(201)
    expect(await told(await putRecord(narrow, statements[1] as string))).toEqual([429, 'request.quota'])
    const world = await openWorld({ limits: { dailyNotices: 1 } })
    for (const wanted of [[201], [429, 'request.quota']]) {
      const notice = await noticeOf(world, [statementIdOf(statements[0] as string)])
      expect(
        await told(await world.send({ method: 'PUT', path: `/v1/notices/${uscc('CD')}/${claimsOf(notice).jti}`, body: notice })),
      ).toEqual(wanted)
    }
  })

  it('has status lists at a hundred addresses at most, here and at a node that imports them', async () => {
    const world = await openWorld()
    const list = (name: string, at = NOW - 500) =>
      signStatusList(
        {
          iss: uscc('CD'),
          uri: `https://node.example/v1/status-lists/${uscc('CD')}/${name}`,
          iat: at,
          exp: at + 9_000_000,
          statuses: emptyStatuses(16),
        },
        world.authorities.signer('CD'),
      )
    const lists = await Promise.all(Array.from({ length: 102 }, (_, n) => list(`l${n}`)))
    const refused = await world.node.learn({ statusLists: lists.slice(0, 101) })
    expect(refused.map(({ code }) => code)).toEqual(['status-list.quota'])
    const sent: Sent = { method: 'PUT', path: `/v1/status-lists/${uscc('CD')}/l101`, body: lists[101] as string, headers: LIST_TYPE }
    expect(await told(await world.send(sent))).toEqual([422, 'status-list.refused'])
    // A newer list at an existing address is accepted.
    const newer = await list('l1', NOW - 100)
    expect(await told(await world.send({ ...sent, path: `/v1/status-lists/${uscc('CD')}/l1`, body: newer }))).toEqual([204])
  })

  it('has 250 status lists stored in a day, whatever their dates', async () => {
    const world = await openWorld()
    const years = 40_000_000
    const lists = await Promise.all(
      Array.from({ length: 252 }, (_, n) =>
        signStatusList(
          {
            iss: uscc('CD'),
            uri: `https://node.example/v1/status-lists/${uscc('CD')}/back-dated`,
            iat: NOW - years + n * 100_000,
            exp: NOW + 9_000_000,
            statuses: emptyStatuses(16),
          },
          world.authorities.signer('CD'),
        ),
      ),
    )
    const refused = await world.node.learn({ statusLists: lists.slice(0, 251) })
    expect(refused.map(({ code }) => code)).toEqual(['status-list.quota'])
    // The quota is renewed on the next UTC day.
    world.clock.now += 86_400
    expect(await world.node.learn({ statusLists: lists.slice(251) })).toEqual([])
  })
})

describe('status lists in memory', () => {
  const MEGABYTE = 1_048_576
  const large = 'x'.repeat(MEGABYTE)
  const nameOf = (n: number, iss = uscc('CD')) => statusListName(iss, `https://lists.example/${n}`)
  /** A quota, and one that charges a list of an institute of Sichuan. */
  async function quotaOf(store = createMemoryStore()) {
    const clock = { now: NOW }
    const { trust } = await fakeAuthorities()
    const quota = createStatusListQuota(
      store,
      () => trust,
      () => clock.now,
    )
    const authority = uscc('SC-AMR')
    return {
      clock,
      quota,
      take: (n: number, octets: number, iss = uscc('CD')) => quota.take({ iss, authority, name: nameOf(n, iss), octets }),
    }
  }

  it('are stored up to 64 MB a day of one issuer, however few they are', async () => {
    const { clock, quota, take } = await quotaOf()
    for (let n = 0; n < 64; n++) await take(0, large.length)
    await expect(take(0, 1)).rejects.toMatchObject({ code: 'status-list.quota', details: { megabytes: 64 } })
    await quota.take({ iss: uscc('LZ'), authority: uscc('CQ-AMR'), name: nameOf(1, uscc('LZ')), octets: 1 })
    clock.now += 86_400
    await take(0, large.length)
  })

  it('use at most 32 MB of one issuer, counted by the newest at each address, also after a restart', async () => {
    const store = createMemoryStore()
    const { clock, take } = await quotaOf(store)
    for (let n = 0; n < 8; n++) {
      await take(n, 4 * MEGABYTE)
      await store.putDocument({ collection: 'status-list', name: nameOf(n), version: 1, signed: [large.repeat(4)] })
    }
    const room = { code: 'status-list.room', details: { iss: uscc('CD'), megabytes: 32 } }
    await expect(take(8, 1)).rejects.toMatchObject(room)
    await expect(take(0, 4 * MEGABYTE + 1)).rejects.toMatchObject(room)
    // A newer list of at most the same size replaces one; a smaller one frees memory.
    await take(0, 4 * MEGABYTE)
    await take(0, 3 * MEGABYTE)
    clock.now += 86_400
    await take(8, MEGABYTE)
    await expect((await quotaOf(store)).take(8, 1)).rejects.toMatchObject(room)
  })

  it('use at most 128 MB of all bodies that one authority lists, without reducing the share of the other authority', async () => {
    const { quota, take } = await quotaOf()
    const { trust } = await fakeAuthorities()
    const bodies = trust.lists.find(({ payload }) => payload.iss === uscc('SC-AMR'))?.payload.entities.map((entity) => entity.uscc) ?? []
    expect(bodies.length).toBeGreaterThanOrEqual(5)
    for (const iss of bodies.slice(0, 4)) for (let n = 0; n < 8; n++) await take(n, 4 * MEGABYTE, iss)
    await expect(take(0, 1, bodies[4])).rejects.toMatchObject({
      code: 'status-list.room',
      details: { iss: uscc('SC-AMR'), megabytes: 128 },
    })
    await quota.take({ iss: uscc('LZ'), authority: uscc('CQ-AMR'), name: nameOf(1, uscc('LZ')), octets: 4 * MEGABYTE })
  })

  it('occupy at most 16 MB of one issuer and 64 MB of all, in addition to the newest of each address, which is always present', async () => {
    const store = createMemoryStore()
    const issuers = ['CD', 'LZ', 'CQ-AMR', 'SC-AMR', 'YB'] as const
    for (const key of issuers)
      for (let n = 0; n < 10; n++)
        for (let version = 1; version <= 4; version++)
          await store.putDocument({
            collection: 'status-list',
            name: nameOf(n, uscc(key)),
            version,
            signed: [`${key} ${version} ${large}`],
          })
    const lists = (await newestLists(store, await store.listDocumentNames())).map((list) => list.split(' ').slice(0, 2))
    const count = (key: string, version: string) => lists.filter(([issuer, at]) => issuer === key && at === version).length
    for (const key of issuers) expect(count(key, '4')).toBe(10)
    const older = lists.filter(([, version]) => version !== '4').length
    expect(older).toBe(64)
    for (const key of issuers) expect(count(key, '3')).toBe(10)
    expect(Math.max(...issuers.map((key) => count(key, '2')))).toBe(6)
  })
})

describe('years of status lists', () => {
  it('are not listed again at each read of the store, for a caller who requests the current ones, or for a peer', async () => {
    const store = createMemoryStore()
    const uri = `https://node.example/v1/status-lists/${uscc('CD')}/2025`
    for (let version = 1; version <= 3000; version++)
      await store.putDocument({ collection: 'status-list', name: statusListName(uscc('CD'), uri), version, signed: ['x'] })
    const listed: number[] = []
    const { listDocumentNames } = store
    store.listDocumentNames = async (options) => {
      const names = await listDocumentNames(options)
      listed.push(names.length)
      return names
    }
    const world = await openWorld({ store })
    for (let n = 0; n < 3; n++) {
      world.clock.now += 10
      await world.node.refresh()
    }
    const { items } = (await (await world.send({ path: '/v1/status-lists', as: null })).json()) as { items: { iat: number }[] }
    expect(items.map(({ iat }) => iat)).toEqual([3000])
    expect(listed.length).toBeGreaterThan(3)
    expect(Math.max(...listed)).toBeLessThan(20)
  })
})

const noticeOf = (world: World, ids: readonly string[]): Promise<string> =>
  signNotice(
    { iss: uscc('CD'), iat: NOW, action: 'suspend', statements: ids as [string], from: NOW - 60, reason: { zh: '复查', en: 'review' } },
    world.authorities.signer('CD'),
  )

describe('status lists', () => {
  it('are cached compressed; only recently used ones are inflated, within a limit', () => {
    const recent = createRecent(10_000)
    const made = vi.fn(() => new Uint8Array(4000))
    const [a, b, c] = [{}, {}, {}]
    for (const key of [a, b, a, b, a]) recent.get(key, made)
    expect(made).toHaveBeenCalledTimes(2)
    recent.get(c, made)
    expect(recent.octets).toBeLessThanOrEqual(10_000)
    recent.get(a, made)
    expect(made).toHaveBeenCalledTimes(3)
    recent.get(b, made)
    expect(made).toHaveBeenCalledTimes(4)
    recent.get({}, () => new Uint8Array(50_000))
    expect(recent.octets).toBe(50_256)
  })

  it('are inflated once when they are opened to be checked, stored and used', async () => {
    const { trust, ...world } = await fakeAuthorities()
    const signed = await signStatusList(
      { iss: uscc('CD'), uri: 'https://lists.example/1', iat: NOW, exp: NOW + 90_000, statuses: emptyStatuses(64).with(9, 1) },
      world.signer('CD'),
    )
    const [list] = (await openStatus({ statusLists: [signed] }, trust)).lists
    expect((await openStatus({ statusLists: [signed] }, trust)).lists[0]).toBe(list)
    expect([list?.statuses.size, list?.statuses.at(9), list?.statuses.at(10)]).toEqual([64, 1, 0])
  })
})

describe('a notice', () => {
  it('is indexed once, without processing those before it again', async () => {
    const { trust, ...authorities } = await fakeAuthorities()
    const signOne = (n: number) =>
      signNotice(
        {
          iss: uscc('CD'),
          iat: NOW + n,
          action: 'suspend',
          statements: [statementIdOf(statements[n] as string), statementIdOf(statements[n + 1] as string)],
          from: NOW - n,
          reason: { zh: '复查', en: 'review' },
        },
        authorities.signer('CD'),
      )
    const notices = await Promise.all(Array.from({ length: 20 }, (_, n) => signOne(n)))
    let status = await openStatus({ notices: notices.slice(0, 10) }, trust)
    const before = status
    const seen: string[] = []
    for (const { claims } of status.notices) {
      const ids = claims.statements
      Object.defineProperty(claims, 'statements', {
        get() {
          seen.push('again')
          return ids
        },
      })
    }
    for (let n = 11; n <= 20; n++) status = await openStatus({ notices: notices.slice(0, n) }, trust, status)
    expect(seen).toEqual([])
    expect(status.notices).toHaveLength(20)
    const id = statementIdOf(statements[10] as string)
    expect(status.noticesOf(id).map(({ claims }) => claims.iat)).toEqual([NOW + 10, NOW + 9])
    // The earlier snapshot is unchanged.
    expect(before.notices).toHaveLength(10)
    expect(before.noticesOf(id).map(({ claims }) => claims.iat)).toEqual([NOW + 9])
    // Without one of them, a different index is built.
    expect((await openStatus({ notices: notices.slice(1) }, trust, status)).notices).toHaveLength(19)
  })
})

describe('a chain of trust lists', () => {
  /** Versions of the list of Sichuan, under separate root keys. */
  async function chainOf(length: number): Promise<{ lists: SignedTrustList[]; options: Pick<NodeOptions, 'anchors' | 'trustLists'> }> {
    const authorities = await fakeAuthorities()
    const root = await generateKey('ES256')
    const signer = await createSigner(root.privateJwk)
    const published = authorities.trust.lists.find(({ payload }) => payload.iss === uscc('SC-AMR'))?.payload as TrustListPayload
    const others = authorities.trust.lists.filter(({ payload }) => payload.iss !== uscc('SC-AMR'))
    const { previous: _, ...rest } = published
    let payload: TrustListPayload = { ...rest, version: 1, roots: { keys: [root.publicJwk], threshold: 1 } }
    const anchors = [anchorOf(payload), ...others.map((list) => anchorOf(list.payload))]
    const lists: SignedTrustList[] = []
    for (let n = 1; n <= length; n++) {
      const signed = await signTrustList(payload, [signer])
      lists.push(signed)
      payload = { ...payload, version: n + 1, previous: statementIdOf(signed[0] as string, 'metrology-trust-list+jwt') }
    }
    return { lists, options: { anchors, trustLists: [lists[0] as SignedTrustList, ...others.map(({ signed }) => signed)] } }
  }

  it('is verified once: a new version costs one verification, and known ones are neither read nor stored again', async () => {
    const { lists, options } = await chainOf(12)
    const store = createMemoryStore()
    const world = await openWorld({ store, node: options })
    expect(await world.node.learn({ trustLists: lists.slice(0, 11) })).toEqual([])
    const [put, get, all] = [vi.spyOn(store, 'putDocument'), vi.spyOn(store, 'getDocument'), vi.spyOn(store, 'listDocuments')]
    expect(await world.node.learn({ trustLists: lists })).toEqual([])
    expect(world.node.trust.lists.find(({ payload }) => payload.iss === uscc('SC-AMR'))?.payload.version).toBe(12)
    expect(put.mock.calls.map(([{ version }]) => version)).toEqual([12])
    expect(get.mock.calls.filter(([collection]) => collection === 'trust-list').length).toBeLessThanOrEqual(1)
    expect(all.mock.calls.filter(([collection]) => collection === 'trust-list')).toEqual([])
  })

  it('is reused only if it is the same, from the same anchors, and was opened here', async () => {
    const { lists, options } = await chainOf(5)
    const { anchors } = options
    const given = { anchors: anchors.slice(0, 1) }
    const known = await openTrust({ ...given, lists: lists.slice(0, 4) })
    const after = await openTrust({ ...given, lists, known })
    const versions = (trust: typeof known) => trust.versions(uscc('SC-AMR'))
    expect(
      versions(after)
        .slice(0, 4)
        .every((list, n) => list === versions(known)[n]),
    ).toBe(true)
    expect(versions(after).map(({ payload }) => payload.version)).toEqual([1, 2, 3, 4, 5])
    // A forged step after the known ones, another chain, another anchor.
    const { lists: foreign, options: of } = await chainOf(5)
    await expect(openTrust({ ...given, lists: [...lists.slice(0, 4), foreign[4] as SignedTrustList], known })).rejects.toThrow()
    await expect(openTrust({ anchors: (of.anchors as typeof anchors).slice(0, 1), lists, known })).rejects.toMatchObject({
      code: 'trust-list.threshold',
    })
    await expect(openTrust({ ...given, lists, known: { ...known } })).rejects.toMatchObject({ code: expect.stringMatching(/./) })
  })

  it('is not opened again if only a status list changed', async () => {
    const { options } = await chainOf(1)
    const store = createMemoryStore()
    const world = await openWorld({ store, node: options })
    const { trust } = world.node
    const list = await signStatusList(
      {
        iss: uscc('CD'),
        uri: `https://node.example/v1/status-lists/${uscc('CD')}/a`,
        iat: NOW,
        exp: NOW + 9000,
        statuses: emptyStatuses(16),
      },
      world.authorities.signer('CD'),
    )
    expect(await world.node.learn({ statusLists: [list] })).toEqual([])
    expect(world.node.trust).toBe(trust)
  })
})

describe('a standing', () => {
  /** Copies of one certificate under other ids, so that a thousand need not be signed, and the entries that follow them. */
  async function openCrowded(total: () => number, last: readonly string[] = []) {
    const store = createMemoryStore()
    const world = await openWorld({ store })
    const read = { entries: 0 }
    for (const statement of [statements[0] as string, ...last]) await world.client('CD').records.submit(statement)
    const stored = (await store.listEntries({}, { from: 0, limit: 9 })).items as [PlacedEntry, ...PlacedEntry[]]
    const at = (position: number): PlacedEntry => {
      const after = stored[position - (total() - last.length) + 1]
      if (position > 0 && after !== undefined) return { ...after, position }
      return { ...stored[0], statementId: position % 250 === 0 ? stored[0].statementId : `copy-${position}`, position }
    }
    store.listEntries = async (_, { from, limit }) => {
      const items = Array.from({ length: Math.max(0, Math.min(limit, total() - from)) }, (_, n) => at(from + n))
      read.entries += items.length
      return { items, ...(from + items.length < total() && { next: from + items.length }) }
    }
    return { world, read }
  }
  const serial = taximeter('x').instrument.serialNumber as string
  const codesOf = (all: readonly Standing[]) => all.map(({ code, notJudged }) => [code, notJudged.map(({ reason }) => reason.code)])

  it('of more than a thousand records is read in pages, none of which states that the instrument is in order', async () => {
    let total = 1000
    const { world, read } = await openCrowded(() => total)
    const whole = await world.node.standings({ serial })
    expect([codesOf(whole.items), whole.next]).toEqual([[['standing.valid', []]], undefined])
    total = 1_000_000
    for (const [from, next] of [
      [undefined, 250],
      [250, 500],
      [999_750, undefined],
    ]) {
      read.entries = 0
      const page = await world.node.standings({ serial }, { from })
      expect([codesOf(page.items), page.next]).toEqual([[['standing.undecided', ['standing.page']]], next])
      expect(read.entries).toBeLessThan(1100)
    }
  })

  it('finds a failure on the last page of many, and is in order if there is none', async () => {
    const { validUntil: _, ...record } = taximeter('川检-不合格')
    const failure = await (await fakeAuthorities()).sign('CD', { ...record, outcome: 'fail' } as VerificationRecord)
    for (const [last, code] of [
      [[], 'standing.valid'],
      [[failure], 'standing.failed'],
    ] as const) {
      const { world } = await openCrowded(() => 1300, last)
      expect((await world.node.standings({ serial })).items.map((one) => one.code)).toEqual(['standing.undecided'])
      expect(codesOf(await world.client('CQ-AMR').standings({ serial }))).toEqual([[code, []]])
    }
  })

  it('is undecided if a page is missing, and a node that answers one page for ever is named', async () => {
    const { world } = await openCrowded(() => 1300)
    const first = await world.node.standings({ serial })
    expect(codesOf(await joinStandings([first.items], { isWhole: false }))).toEqual([['standing.undecided', ['standing.page']]])
    world.node.standings = async () => ({ ...first, next: 250 })
    await expect(world.client('CQ-AMR').standings({ serial })).rejects.toMatchObject({ code: 'client.answer', details: { path: '/next' } })
  })

  it('of many records yields to other work', async () => {
    const world = await openWorld()
    for (const statement of statements) await world.client('CD').records.submit(statement)
    let turns = 0
    let isDone = false
    const count = (): void => {
      turns++
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    const response = await world.send({ path: `/v1/standings?serial=${encodeURIComponent(serial)}` })
    isDone = true
    expect(response.status).toBe(200)
    expect(turns).toBeGreaterThan(5)
  })
})
