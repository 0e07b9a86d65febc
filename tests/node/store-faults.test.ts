// Why this exists: the probe, the metrics and the log must report a full disk as such, and report its end once there is space.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from 'tongheng/node'
import { createSqliteStore, openSqlite, type SqliteDriver } from 'tongheng/stores/sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, problemOf, recordPath, type Sent, type World } from '../support/nodes/world.js'

let folder: string
let statements: readonly string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-faults-'))
  statements = await signMany(await fakeAuthorities(), 200)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Makes SQLite itself report the fault. */
const FAULTS = {
  'store.full': {
    begin: (db: SqliteDriver) => db.exec(`PRAGMA max_page_count = ${pagesOf(db)}`),
    end: (db: SqliteDriver) => db.exec('PRAGMA max_page_count = 1000000'),
    says: /disk is full/,
  },
  'store.read-only': {
    begin: (db: SqliteDriver) => db.exec('PRAGMA query_only = 1'),
    end: (db: SqliteDriver) => db.exec('PRAGMA query_only = 0'),
    says: /readonly/,
  },
} as const

const pagesOf = (db: SqliteDriver): number => Object.values(db.prepare('PRAGMA page_count').get() as object)[0] as number

let files = 0
let driver: SqliteDriver
let world: World

beforeEach(async () => {
  const file = join(folder, `${++files}.db`)
  driver = await openSqlite(file)
  world = await openWorld({ store: await createSqliteStore({ file, driver }) })
})

afterEach(() => world.store.close())

const put = (statement: string): Sent => ({ method: 'PUT', path: recordPath(statement), body: statement })
const bulk = (body: string): Sent => ({
  method: 'POST',
  path: '/v1/records',
  body,
  headers: { 'content-type': 'application/jose+ndjson' },
})
const text = async (path: string): Promise<string> => (await world.send({ path, as: null })).text()

interface HealthBody {
  readonly status: string
  readonly reasons?: readonly { readonly zh: string; readonly en: string }[]
}
const ready = async (): Promise<readonly [number, HealthBody]> => {
  // The disk is tried again after one second at the earliest.
  world.clock.now += 1
  const response = await world.send({ path: '/readyz', as: null })
  return [response.status, (await response.json()) as HealthBody]
}

describe.each(Object.entries(FAULTS))('%s', (code, { begin, end, says }) => {
  it('answers 503 with Retry-After, stores nothing, reports the cause to the operator only, and ends with the fault', async () => {
    const [first, second] = statements as [string, string]
    expect((await world.send(put(first))).status).toBe(201)
    expect((await ready())[0]).toBe(200)
    begin(driver)
    world.events.length = 0
    // The entry is larger than any free page: a small entry might fit on an existing page.
    const lines = (await (await world.send(bulk(statements.slice(1).join('\n')))).text()).trim().split('\n')
    const told = world.events.filter(({ error }) => error !== undefined)
    const response = lines.length === 199 ? undefined : await problemOf(new Response(lines[0]))
    const refused = lines.map((line) => JSON.parse(line) as { status: number; code?: string; problem?: { code: string } })
    const problems = response === undefined ? refused.filter(({ status }) => status === 503) : refused
    expect(problems.length).toBeGreaterThan(0)
    for (const line of problems) expect(line.problem?.code ?? line.code).toBe('store.unavailable')
    expect(told.length).toBeGreaterThan(0)
    for (const { error } of told) {
      expect(error).toMatchObject({ code })
      expect(String(error)).toMatch(says)
      expect(String(error)).not.toMatch(/rollback/i)
    }
    expect(JSON.stringify(lines)).not.toMatch(/SQLITE|disk|readonly|read-only/i)

    const [status, health] = await ready()
    expect([status, health.status]).toEqual([503, 'not-ready'])
    expect(health.reasons?.[0]?.zh).toMatch(/[一-鿿]/)
    expect(await text('/metrics')).toMatch(new RegExp(`tongheng_store_faults_total\\{fault="${code.slice(6)}"\\} [1-9]`))

    end(driver)
    world.clock.now += 11
    expect((await ready())[0]).toBe(200)
    const again = await world.send(put(second))
    expect([200, 201]).toContain(again.status)
    expect((await entriesOf(world)).length).toBeGreaterThanOrEqual(2)
  })

  it('writes one log line per rejected statement', async () => {
    expect((await world.send(put(statements[0] as string))).status).toBe(201)
    begin(driver)
    // The replay memory is written first: a request that cannot be stored there is rejected.
    let response: Response
    let at = 1
    do {
      world.events.length = 0
      response = await world.send(put(statements[at++] as string))
    } while (response.ok && at < 200)
    const problem = await problemOf(response)
    expect([response.status, problem.code, response.headers.get('retry-after')]).toEqual([503, 'store.unavailable', '10'])
    expect(world.events).toHaveLength(1)
    expect(world.events[0]).toMatchObject({ status: 503, code: 'store.unavailable', error: { code } })
    end(driver)
  })
})

describe('a store that fails', () => {
  it('is probed once a second, regardless of the number of readiness requests', async () => {
    let probes = 0
    const { store } = world
    const counting: Store = {
      ...store,
      async probe() {
        probes++
        await store.probe()
      },
    }
    const other = await openWorld({ store: counting })
    const answers = await Promise.all([...Array(20)].map(() => other.send({ path: '/readyz', as: null })))
    expect([probes, ...new Set(answers.map(({ status }) => status))]).toEqual([1, 200])
    other.clock.now += 1
    await other.send({ path: '/readyz', as: null })
    expect(probes).toBe(2)
  })

  it('answers 500 and logs the error if the fault is an unknown one', async () => {
    const broken = { ...world.store }
    const other = await openWorld({ store: broken })
    Object.assign(broken, { listEntries: async () => Promise.reject(new Error('UNIQUE constraint failed')) })
    const response = await other.send({ path: '/v1/records' })
    expect([response.status, (await problemOf(response)).code]).toEqual([500, 'node.internal'])
  })
})

describe('a transaction that SQLite itself rolled back', () => {
  it('is closed, so that the next transaction can begin', async () => {
    FAULTS['store.full'].begin(driver)
    const { store } = world
    const many = [...Array(400)].map((_, n) => ({ iss: 'x'.repeat(18), jti: `${n}`.padStart(400, '0'), until: 2_000_000_000 }))
    await expect(store.rememberRequests(many, { now: 0, capacity: 1000 })).rejects.toMatchObject({ code: 'store.full' })
    FAULTS['store.full'].end(driver)
    expect(new Set(await store.rememberRequests(many, { now: 0, capacity: 1000 }))).toEqual(new Set(['new']))
    expect(store.faults.counts['store.full']).toBe(1)
    expect(store.faults.last?.code).toBe('store.full')
  })
})
