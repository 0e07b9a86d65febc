// Why this exists: one caller must not starve the others, and everything remembered of strangers must be bounded.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRateLimit, defaultLimits } from '../../src/server/limits.js'
import { entriesOf, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, problemOf, recordPath, type Sent, uscc, type World } from '../support/nodes/world.js'

let statements: readonly string[]

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 12)
})

const told = async (response: Response): Promise<unknown[]> =>
  response.ok ? [response.status] : [response.status, (await problemOf(response)).code, response.headers.get('retry-after')]
const LIST: Sent = { path: '/v1/records' }

describe('the rate of one caller', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ limits: { rate: 2, burst: 3 } })
  })

  it('is limited by 429 with the time to wait; others are served, and so is the caller after that time', async () => {
    const ask = async (sent: Sent = LIST): Promise<unknown[]> => told(await world.send(sent))
    for (let n = 0; n < 3; n++) expect(await ask()).toEqual([200])
    expect(await ask()).toEqual([429, 'request.rate', '1'])
    expect(await ask({ ...LIST, as: 'LZ' })).toEqual([200])
    world.clock.now += 1
    expect([await ask(), await ask(), await ask()]).toEqual([[200], [200], [429, 'request.rate', '1']])
    world.clock.now += 1000
    // Never more than the burst, however long it was idle.
    expect([await ask(), await ask(), await ask(), (await ask())[0]]).toEqual([[200], [200], [200], 429])
  })

  it('of 0 never refills the burst, and the answer states a wait of one day', () => {
    const limit = createRateLimit({ rate: 0, burst: 1 })
    expect([limit.take('a', 0), limit.take('a', 0), limit.wait('a', 1_000_000)]).toEqual([0, 86_400, 86_400])
  })

  it('is charged only after authentication, so that nobody can exhaust another’s', async () => {
    for (let n = 0; n < 10; n++) expect((await world.send({ ...LIST, as: 'LZ', claims: { iss: uscc('CD') } })).status).toBe(401)
    const stolen = await world.authorize({ ...LIST, signer: world.authorities.signer('LZ') })
    for (let n = 0; n < 10; n++) expect((await world.send({ ...LIST, authorization: stolen })).status).toBe(401)
    expect((await world.send(LIST)).status).toBe(200)
  })

  it('stores no replay entry for a rejected request: the same token can be used later', async () => {
    const slow = await openWorld({ limits: { rate: 1, burst: 1 } })
    await slow.send(LIST)
    const authorization = await slow.authorize(LIST)
    expect((await slow.send({ ...LIST, authorization })).status).toBe(429)
    slow.clock.now += 2
    expect((await slow.send({ ...LIST, authorization })).status).toBe(200)
  })

  it('is checked before the body is read', async () => {
    for (let n = 0; n < 3; n++) await world.send(LIST)
    const [statement] = statements as [string]
    const path = recordPath(statement)
    let isRead = false
    const body = new ReadableStream(
      {
        pull(controller) {
          isRead = true
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const authorization = await world.authorize({ method: 'PUT', path, body: statement })
    const init = { method: 'PUT', body, duplex: 'half', headers: { authorization, 'content-type': 'application/jose' } } as RequestInit
    expect((await world.server.fetch(new Request(`https://node.example${path}`, init))).status).toBe(429)
    expect(isRead).toBe(false)
  })

  it('of open calls is per client address; monitoring calls are not limited', async () => {
    const ask = async (path: string, from?: string): Promise<unknown[]> => told(await world.send({ path, as: null, ...(from && { from }) }))
    for (let n = 0; n < 3; n++) expect(await ask('/v1/agreements', '192.0.2.1')).toEqual([200])
    expect(await ask('/openapi.json', '192.0.2.1')).toEqual([429, 'request.rate', '1'])
    expect(await ask('/v1/agreements', '192.0.2.2')).toEqual([200])
    expect(await ask('/v1/agreements')).toEqual([200])
    for (const path of ['/healthz', '/readyz', '/metrics']) for (let n = 0; n < 5; n++) expect(await ask(path, '192.0.2.1')).toEqual([200])
    // A signed call is charged to its caller, whatever its address.
    expect((await world.send({ ...LIST, from: '192.0.2.1' })).status).toBe(200)
  })

  it('is neither refilled nor changed while the clock goes back', async () => {
    for (let n = 0; n < 3; n++) await world.send(LIST)
    world.clock.now -= 30
    expect((await world.send(LIST)).status).toBe(429)
    world.clock.now += 1
    expect((await world.send(LIST)).status).toBe(200)
  })
})

describe('the time to wait', () => {
  it('is rounded up: a caller that waits for it is served', () => {
    const limit = createRateLimit({ rate: 0.4, burst: 1 })
    expect(limit.take('caller', 0)).toBe(0)
    // One unit is refilled in 2.5 s.
    expect(limit.take('caller', 0)).toBe(3)
    expect(limit.take('caller', 2)).toBe(1)
    expect(limit.take('caller', 3)).toBe(0)
  })
})

describe('remembered callers', () => {
  it('are limited to ten thousand: the least recently used is evicted first', () => {
    const limit = createRateLimit({ rate: 1, burst: 1 })
    expect(limit.take('first', 0)).toBe(0)
    expect(limit.take('second', 0)).toBe(0)
    for (let n = 0; n < 9_998; n++) expect(limit.take(`caller-${n}`, 0)).toBe(0)
    // All ten thousand are known and have an empty bucket; the request makes the first the most recent.
    expect(limit.take('first', 0)).toBe(1)
    expect(limit.take('another', 0)).toBe(0)
    // It evicted the second, which starts again with a full bucket, not the first.
    expect(limit.take('first', 0)).toBe(1)
    expect(limit.take('second', 0)).toBe(0)
  })

  it('never exceed the limit, however many addresses there are; the others start again', () => {
    const limit = createRateLimit({ rate: 1, burst: 5 })
    const address = (n: number): string => `10.0.${n >> 8}.${n & 255}`
    for (let n = 0; n < 30_000; n++) limit.take(address(n), 0)
    const left = (n: number): number => {
      let taken = 0
      while (limit.take(address(n), 0) === 0) taken++
      return taken
    }
    expect([left(29_999), left(20_001), left(19_000), left(0)]).toEqual([4, 4, 5, 5])
  })

  it('wait as long as a slow rate requires', () => {
    const limit = createRateLimit({ rate: 0.1, burst: 1 })
    expect([limit.take('x', 0), limit.take('x', 0), limit.take('x', 9), limit.take('x', 10), limit.take('x', 10)]).toEqual([
      0, 10, 1, 0, 10,
    ])
  })
})

describe('limits', () => {
  it('have defaults, and each can be set separately', async () => {
    expect(defaultLimits).toEqual({
      replay: 1_000_000,
      page: 500,
      bulkOctets: 16_777_216,
      bulkLines: 10_000,
      pageOctets: 262_144,
      rate: 500,
      burst: 2000,
      waiting: 1024,
      heldOctets: 268_435_456,
      dailyRecords: 2_000_000,
      dailyNotices: 20_000,
      dailyJoint: 20_000,
      dailyOctets: 17_179_869_184,
    })
    const [statement, other] = statements as [string, string]
    const bulk = (body: string): Sent => ({
      method: 'POST',
      path: '/v1/records',
      body,
      headers: { 'content-type': 'application/jose+ndjson' },
    })
    const cases: readonly (readonly [Parameters<typeof openWorld>[0], Sent, number, string])[] = [
      [{ limits: { replay: 0 } }, LIST, 503, 'request.replay-full'],
      [{ limits: { burst: 0 } }, LIST, 429, 'request.rate'],
      [{ limits: { bulkLines: 1 } }, bulk(`${statement}\n${other}`), 413, 'bulk.lines'],
      [{ limits: { bulkOctets: 100 } }, bulk(statement), 413, 'body.too-large'],
    ]
    for (const [options, sent, status, code] of cases) {
      const world = await openWorld(options)
      expect((await told(await world.send(sent))).slice(0, 2)).toEqual([status, code])
      const rest = { method: 'POST', path: '/v1/verify', body: statement, as: null } as const
      expect((await world.send(rest)).status, code).toBe(200)
      expect(await entriesOf(world)).toEqual([])
    }
  })

  it('cap the page size of every list call', async () => {
    const world = await openWorld({ limits: { page: 4 } })
    for (const statement of statements) await world.client('CD').records.submit(statement)
    for (const [path, length] of [
      ['/v1/records', 4],
      ['/v1/records?limit=3', 3],
      ['/v1/records?limit=500', 4],
    ] as const) {
      const { items } = (await (await world.send({ path })).json()) as { items: unknown[] }
      expect(items, path).toHaveLength(length)
    }
    const found = []
    for await (const { statement } of world.client('CD').records.list({ limit: 500 })) found.push(statement)
    expect(found).toEqual(statements)
  })

  it('of a bulk request can be raised too', async () => {
    const world = await openWorld({ limits: { bulkOctets: 40_000_000 } })
    const body = `${statements[0]}\n${'x'.repeat(20_000_000)}`
    const sent = { method: 'POST', path: '/v1/records', body, headers: { 'content-type': 'application/jose+ndjson' } }
    const lines = (await (await world.send(sent)).text()).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { status: number }).status)).toEqual([201, 413])
  })
})
