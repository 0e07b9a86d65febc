// Why this exists: an honest caller waits as long as the longest piece of work before it. Requests of strangers are parsed a few
// per round of the event loop, and long work runs in short steps, one step per round in total.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { PlacedEntry } from 'tongheng/node'
import { isSecondUse, secondUses, type VerificationRecord } from 'tongheng/records'
import { signNotice } from 'tongheng/status'
import { createMemoryStore } from 'tongheng/stores/memory'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { otherWork } from '../../src/base/other-work.js'
import { signMany } from '../support/nodes/pair.js'
import {
  fakeAuthorities,
  NOW,
  openWorld,
  problemOf,
  type Sent,
  taximeter,
  uscc,
  type World,
  type WorldOptions,
} from '../support/nodes/world.js'

let statement: string
beforeAll(async () => {
  ;[statement] = (await signMany(await fakeAuthorities(), 1)) as [string]
})

/** Returns paths in the order in which they were answered. */
async function answered(world: World, sent: readonly (Sent & { readonly name: string })[]): Promise<string[]> {
  const order: string[] = []
  await Promise.all(sent.map(async ({ name, ...one }) => order.push(`${name} ${(await world.send(one)).status}`)))
  return order
}

describe('requests of strangers', () => {
  const forged = (n: number): Sent & { readonly name: string } => ({
    name: 'forged',
    path: '/v1/records',
    as: null,
    from: `198.51.100.${n}`,
    authorization: forgery,
  })
  let forgery: string
  beforeAll(async () => {
    const good = await (await openWorld()).authorize({ path: '/v1/records' })
    forgery = `${good.slice(0, good.lastIndexOf('.') + 1)}${Buffer.alloc(64, 1).toString('base64url')}`
  })

  it('wait for each other, but not before a caller whose key was proven from its address', async () => {
    const world = await openWorld()
    const from = '192.0.2.1'
    expect((await world.send({ path: '/v1/records', as: 'LZ', from })).status).toBe(200)
    const authorization = await world.authorize({ path: '/v1/records', as: 'LZ' })
    const strangers = Array.from({ length: 100 }, (_, n) => forged(n))
    const order = await answered(world, [...strangers, { name: 'honest', path: '/v1/records', as: null, authorization, from }])
    expect(order.filter((one) => one === 'forged 401')).toHaveLength(100)
    expect(order.indexOf('honest 200')).toBeLessThan(50)
  })

  it('are parsed address by address: one with a hundred requests does not go before one with one, and monitoring calls wait for none', async () => {
    const world = await openWorld()
    const flood = Array.from({ length: 100 }, () => ({ ...forged(1), name: 'flood' }))
    const others: (Sent & { readonly name: string })[] = [
      { name: 'other', path: '/.well-known/tongheng', as: null, from: '192.0.2.7' },
      { name: 'health', path: '/healthz', as: null, from: '192.0.2.8' },
    ]
    const order = await answered(world, [...flood, ...others])
    expect(order.indexOf('other 200')).toBeLessThan(30)
    expect(order.indexOf('health 200')).toBeLessThan(5)
  })

  it('with one genuine key wait only for the first of them', async () => {
    const world = await openWorld()
    const from = '192.0.2.1'
    const path = `/v1/records/${'A'.repeat(43)}`
    const ask = async () => ({ name: 'own', path, as: null, from, authorization: await world.authorize({ path, as: 'LZ' }) })
    const own = await Promise.all(Array.from({ length: 40 }, ask))
    const order = await answered(world, [...Array.from({ length: 100 }, (_, n) => forged(n % 20)), ...own])
    expect(order.filter((one) => one === 'own 404')).toHaveLength(40)
    // Served address by address, the last of them would wait behind all strangers.
    expect(order.lastIndexOf('own 404')).toBeLessThan(110)
  })

  it('beyond the queue are rejected with Retry-After', async () => {
    const world = await openWorld({ limits: { waiting: 10 } })
    const order = await answered(
      world,
      Array.from({ length: 100 }, () => forged(1)),
    )
    expect(new Set(order)).toEqual(new Set(['forged 401', 'forged 503']))
  })
})

describe('a page of notices', () => {
  /** A node whose notices together are larger than a page. */
  async function openNoticed(options: WorldOptions = {}): Promise<{ readonly world: World; readonly notices: readonly string[] }> {
    const world = await openWorld(options)
    const signOne = (n: number): Promise<string> => {
      const statements = Array.from({ length: 600 }, (_, at) => createHash('sha256').update(`${n} ${at}`).digest('base64url')) as [string]
      const reason = { zh: '复查', en: 'review' }
      return signNotice({ iss: uscc('CD'), iat: NOW, action: 'suspend', statements, from: NOW, reason }, world.authorities.signer('CD'))
    }
    const notices = await Promise.all(Array.from({ length: 14 }, (_, n) => signOne(n)))
    for (const notice of notices) await world.client('CD').notices.submit(notice)
    return { world, notices }
  }

  it('has at most a quarter of a megabyte, and the pages together are complete', async () => {
    const { world, notices } = await openNoticed()
    const found: string[] = []
    let cursor: string | undefined = '0'
    let pages = 0
    while (cursor !== undefined) {
      const text: string = await (await world.send({ path: `/v1/notices?cursor=${cursor}`, as: null })).text()
      expect(text.length).toBeLessThan(270_000)
      const page = JSON.parse(text) as { items: { statement: string }[]; next?: string }
      found.push(...page.items.map(({ statement }) => statement))
      cursor = page.next
      pages++
    }
    expect(found).toEqual(notices)
    expect(pages).toBeGreaterThan(1)
  })

  it('is not read from the store if unread pages have used up the memory budget', async () => {
    const store = createMemoryStore()
    const { listEntries } = store
    let read = 0
    store.listEntries = (query, options) => {
      read++
      return listEntries(query, options)
    }
    // A quarter is for open calls: room for one page.
    const { world } = await openNoticed({ store, limits: { heldOctets: 1_200_000 } })
    const first = await world.send({ path: '/v1/notices', as: null, from: '192.0.2.1' })
    expect(first.status).toBe(200)
    read = 0
    const second = await world.send({ path: '/v1/notices', as: null, from: '192.0.2.2' })
    expect([second.status, (await problemOf(second)).code, read]).toEqual([503, 'request.busy', 0])
    await first.text()
    expect((await world.send({ path: '/v1/notices', as: null, from: '192.0.2.2' })).status).toBe(200)
  })
})

describe('a large body', () => {
  it('is digested on the thread pool, and rejected if the digest differs', async () => {
    const world = await openWorld({ limits: { bulkLines: 100_000 } })
    const digested = vi.spyOn(crypto.subtle, 'digest')
    const body = `${'\n'.repeat(70_000)}`
    const headers = { 'content-type': 'application/jose+ndjson' }
    const bulk: Sent = { method: 'POST', path: '/v1/records', body, headers }
    expect((await problemOf(await world.send(bulk))).code).toBe('bulk.lines')
    expect(digested).toHaveBeenCalledTimes(1)
    const authorization = await world.authorize({ ...bulk, body: `${body} ` })
    expect((await problemOf(await world.send({ ...bulk, authorization }))).code).toBe('request.digest')
    expect((await problemOf(await world.send({ ...bulk, body: 'x', authorization }))).code).toBe('request.replayed')
  })
})

describe('long work', () => {
  it('advances by one step per round of the event loop, however many pieces run', async () => {
    let steps = 0
    const work = async (): Promise<void> => {
      for (let n = 0; n < 5; n++) {
        await otherWork()
        steps++
      }
    }
    const all = Promise.all([work(), work(), work()])
    const perRound: number[] = []
    while (steps < 15) {
      const before = steps
      await new Promise((next) => setImmediate(next))
      perRound.push(steps - before)
    }
    await all
    expect(Math.max(...perRound)).toBe(1)
  })

  it('of a standing looks up a few names at a time, whatever the number of records', async () => {
    const store = createMemoryStore()
    const world = await openWorld({ store })
    await world.client('CD').records.submit(statement)
    const [entry] = (await store.listEntries({}, { from: 0, limit: 1 })).items as [PlacedEntry]
    store.listEntries = async (_, { from, limit }) => ({
      items: Array.from({ length: Math.min(limit, 200 - from) }, (_, n) => ({
        ...entry,
        statementId: `copy-${from + n}`,
        position: from + n,
      })),
      ...(from + limit < 200 && { next: from + limit }),
    })
    const asked: number[] = []
    const { entriesBy } = store
    const counted: typeof entriesBy = (by, keys, limit) => {
      asked.push(keys.length)
      return entriesBy(by, keys, limit)
    }
    Object.assign(store, { entriesBy: counted })
    await world.node.standings({ serial: taximeter('x').instrument.serialNumber as string })
    expect(asked.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(400)
    expect(Math.max(...asked)).toBeLessThanOrEqual(32)
  })
})

describe('certificates with one number', () => {
  const nozzle = (n: number) => [{ name: `${n}号枪` }]
  const record = (changes: object, instrument: object): VerificationRecord => {
    const one = taximeter('川检-1', changes as Partial<VerificationRecord>)
    return { ...one, instrument: { ...one.instrument, ...instrument } } as VerificationRecord
  }

  it('are second uses if any two of them are', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            day: fc.constantFrom('2025-01-01', '2025-01-02'),
            serialNumber: fc.constantFrom('A1', 'A1', 'B2'),
            manufacturer: fc.constantFrom('甲', '乙'),
            model: fc.constantFrom('X', 'Y'),
            nozzle: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
          }),
          { maxLength: 7 },
        ),
        (given) => {
          const records = given.map(({ day, nozzle: part, ...instrument }) =>
            record({ verifiedOn: day }, { ...instrument, ...(part !== undefined && { components: nozzle(part) }) }),
          )
          const pairwise = records.filter((one) => records.some((other) => isSecondUse(one, other)))
          expect(secondUses(records)).toEqual(pairwise)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('in a thousand copies are each read a few times, not once per other copy', () => {
    const copies = Array.from({ length: 1000 }, () => structuredClone(record({}, {})))
    const written = vi.spyOn(JSON, 'stringify')
    expect(secondUses(copies)).toEqual([])
    expect(written.mock.calls.length).toBeLessThan(5000)
  })
})
