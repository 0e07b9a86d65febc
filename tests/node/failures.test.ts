// Why this exists: a hardware fault must be reported to the operator, and to callers as 503, never 500, so that they retry; no acknowledged
// statement may be lost.
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesOf, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, problemOf, recordPath, statementIdOf } from '../support/nodes/world.js'

let folder: string
let statements: readonly string[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-failures-'))
  statements = await signMany(await fakeAuthorities(), 60)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a database with a broken page', () => {
  it('answers 503 with Retry-After, and reports to the operator that the disk fails', async () => {
    const file = join(folder, 'page.db')
    const before = await openWorld({ store: await createSqliteStore({ file }) })
    for (const statement of statements)
      expect((await before.send({ method: 'PUT', path: recordPath(statement), body: statement })).status).toBe(201)
    await before.store.close()
    const pageSize = 4096
    const driver = await openSqlite(file)
    const { rootpage } = driver.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'entries'").get() as { rootpage: number }
    driver.close()
    expect((await stat(file)).size).toBeGreaterThan(pageSize * rootpage)
    const world = await openWorld({ store: await createSqliteStore({ file }) })
    const handle = await open(file, 'r+')
    await handle.write(Buffer.alloc(pageSize, 0xa5), 0, pageSize, pageSize * (rootpage - 1))
    await handle.close()
    // To this connection, another one seems to have changed the file, so it reads its pages again.
    const other = await openSqlite(file)
    other.exec('CREATE TABLE IF NOT EXISTS x (y); DROP TABLE x')
    other.close()
    const response = await world.send({ path: `/v1/records/${statementIdOf(statements[7] as string)}` })
    expect([response.status, (await problemOf(response)).code, response.headers.get('retry-after')]).toEqual([
      503,
      'store.unavailable',
      '10',
    ])
    const told = world.events.find(({ error }) => error !== undefined)
    expect(told?.error).toMatchObject({
      code: 'store.io',
      text: { zh: expect.stringContaining('磁盘'), en: expect.stringContaining('disk') },
    })
    await world.store.close()
  })
})

describe('two nodes on one SQLite file', () => {
  it('write one log: every receipt has its own index, and each node reads the entries of the other', async () => {
    const file = join(folder, 'two.db')
    const worlds = await Promise.all([0, 1].map(async () => openWorld({ store: await createSqliteStore({ file }) })))
    const answers = await Promise.all(
      statements.map((statement, at) =>
        (worlds[at % 2] as (typeof worlds)[number]).send({ method: 'PUT', path: recordPath(statement), body: statement }),
      ),
    )
    const statuses = answers.map(({ status }) => status)
    // One process waits for the other, or answers 503, never 500; statements that were not stored are sent again.
    expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([])
    for (const [at, statement] of statements.entries())
      if (statuses[at] === 503)
        expect(
          (await (worlds[0] as (typeof worlds)[number]).send({ method: 'PUT', path: recordPath(statement), body: statement })).status,
        ).toBeLessThan(202)
    for (const world of worlds) {
      const entries = await entriesOf(world)
      expect(entries.map(({ position }) => position)).toEqual(statements.map((_, at) => at))
      expect(new Set(entries.map(({ statementId }) => statementId))).toEqual(new Set(statements.map((one) => statementIdOf(one))))
    }
    for (const { store } of worlds) await store.close()
  })
})
