// Why this exists: everything that a node acknowledged must be on disk, in one file, which no other program may have altered.
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from 'tongheng/node'
import { createSqliteQueue, createSqliteStore, openSqlite, type SqliteDriver } from 'tongheng/stores/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyPage, storeContract } from './contract.js'
import { logContract } from './log-contract.js'
import { put, remember, storedRecord } from './stored-record.js'

let folder: string
let files = 0
const newFile = (): string => join(folder, `store-${++files}.db`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-stores-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function look<T>(file: string, work: (db: SqliteDriver) => T): Promise<T> {
  const db = await openSqlite(file)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

const pragma = (db: SqliteDriver, name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0]
const schemaOf = (db: SqliteDriver): unknown[] => db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY name').all()

describe('sqlite store', () => {
  storeContract(() => createSqliteStore({ file: newFile() }))
  logContract(() => createSqliteStore({ file: newFile() }))

  describe('in memory', () => {
    storeContract(() => createSqliteStore({ file: ':memory:' }))
  })
})

describe('the lock of another process', () => {
  const writes = {
    putDocument: (store: Store) => store.putDocument({ collection: 'trust-list', name: 'sichuan', version: 1, signed: ['a'] }),
    advancePeer: (store: Store) => store.advancePeer({ origin: 'p', checkpoint: 'c', size: 2 }, 1),
    setCursor: (store: Store) => store.setCursor('p', 1),
    putReceipt: (store: Store) => store.putReceipt(storedRecord(0).statementId, 'receipt'),
    putCosigned: (store: Store) => store.putCosigned('checkpoint', 1),
    rememberRequests: (store: Store) => remember(store, { iss: 'A', jti: 'one', until: 1100, now: 1000, capacity: 10 }),
  }

  it.each(Object.entries(writes))('that a write meets (%s) does not keep later transactions from their commit', async (_, write) => {
    const file = newFile()
    const driver = await openSqlite(file)
    const store = await createSqliteStore({ file, driver })
    await put(store, storedRecord(0))
    await store.advancePeer({ origin: 'p', checkpoint: 'c', size: 1 }, -1)
    // Otherwise each would wait for five seconds.
    driver.exec('PRAGMA busy_timeout = 0')
    const other = await openSqlite(file)
    other.exec('BEGIN IMMEDIATE')
    await expect(write(store)).rejects.toMatchObject({ code: 'store.busy' })
    other.exec('ROLLBACK')
    other.close()
    await put(store, storedRecord(1))
    expect((await store.readLog()).size).toBe(2)
    await store.close()
  })
})

describe('the file', () => {
  it('preserves all data when it is closed and opened again', async () => {
    const file = newFile()
    const store = await createSqliteStore({ file })
    for (let n = 0; n < 5; n++) await put(store, storedRecord(n, { search: { plate: `川A${n}` } }))
    await remember(store, { iss: 'A', jti: 'one', until: 1100, now: 1000, capacity: 10 })
    await store.putDocument({ collection: 'trust-list', name: 'sichuan', version: 2, signed: ['a', 'b'] })
    const before = await store.listEntries({}, { from: 0, limit: 10 })
    await store.close()

    const again = await createSqliteStore({ file })
    expect(await again.listEntries({}, { from: 0, limit: 10 })).toEqual(before)
    expect(before.items).toHaveLength(5)
    expect(await remember(again, { iss: 'A', jti: 'one', until: 1100, now: 1001, capacity: 10 })).toBe('seen')
    expect(await again.getDocument('trust-list', 'sichuan')).toMatchObject({ version: 2, signed: ['a', 'b'] })
    expect((await put(again, storedRecord(3, { receipt: 'other' }))).entry.receipt).toBe('receipt-3')
    await put(again, storedRecord(5))
    const { items } = await again.listEntries({}, { from: before.items.length, limit: 10 })
    expect(items.map(({ statementId }) => statementId)).toEqual(['statement-5'])
    await again.close()
  })

  it('is in WAL mode and synced at each commit', async () => {
    const file = newFile()
    const driver = await openSqlite(file)
    const store = await createSqliteStore({ file, driver })
    expect(pragma(driver, 'journal_mode')).toBe('wal')
    expect(pragma(driver, 'synchronous')).toBe(1)
    expect(pragma(driver, 'busy_timeout')).toBe(5000)
    await put(store, storedRecord(1))
    expect(await readdir(folder)).toContain(`${file.slice(folder.length + 1)}-wal`)
    await store.close()
    expect(await look(file, (db) => pragma(db, 'journal_mode'))).toBe('wal')
  })

  it('stores its schema version, which is unchanged when it is opened again', async () => {
    const file = newFile()
    await (await createSqliteStore({ file })).close()
    const first = await look(file, (db) => ({ version: pragma(db, 'user_version'), schema: schemaOf(db) }))
    expect(first.version).toBeGreaterThan(0)
    expect(first.schema.length).toBeGreaterThan(3)
    for (let n = 0; n < 3; n++) await (await createSqliteStore({ file })).close()
    expect(await look(file, (db) => ({ version: pragma(db, 'user_version'), schema: schemaOf(db) }))).toEqual(first)
  })

  it('is not changed if a later release wrote it', async () => {
    const file = newFile()
    const known = await (async () => {
      await (await createSqliteStore({ file })).close()
      return look(file, (db) => pragma(db, 'user_version'))
    })()
    await look(file, (db) => db.exec('PRAGMA user_version = 999; CREATE TABLE later (x)'))
    const before = await look(file, schemaOf)
    await expect(createSqliteStore({ file })).rejects.toMatchObject({ code: 'store.newer', details: { found: 999, known } })
    expect(await look(file, (db) => pragma(db, 'user_version'))).toBe(999)
    expect(await look(file, schemaOf)).toEqual(before)
  })

  it('is not changed if a migration fails', async () => {
    const file = newFile()
    await look(file, (db) => db.exec('CREATE TABLE documents (mine TEXT)'))
    await expect(createSqliteStore({ file })).rejects.toThrow(/documents/)
    expect(await look(file, (db) => pragma(db, 'user_version'))).toBe(0)
    expect((await look(file, schemaOf)).map((row) => (row as { name: string }).name)).toEqual(['documents'])
  })

  it('is rejected if it is not a database', async () => {
    const file = newFile()
    await writeFile(file, 'this is not a database, only a text of some length'.repeat(20))
    await expect(createSqliteStore({ file })).rejects.toThrow()
  })

  it.runIf(process.platform === 'linux')('is closed if it is not a database', async () => {
    const file = newFile()
    await writeFile(file, 'a text, not a database'.repeat(1000))
    for (const open of [createSqliteStore, createSqliteQueue]) await expect(open({ file })).rejects.toThrow(/not a database/)
    const descriptors = await readdir('/proc/self/fd')
    const names = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => undefined)))
    expect(names.length).toBeGreaterThan(0)
    expect(names).not.toContain(file)
  })

  it('rejects values that violate the schema, and stores nothing of them', async () => {
    const file = newFile()
    const store = await createSqliteStore({ file })
    const broken = { ...storedRecord(1), receivedAt: 'yesterday' as unknown as number }
    await expect(put(store, broken)).rejects.toThrow()
    expect(await store.listEntries({}, { from: 0, limit: 5 })).toEqual({ items: [] })
    expect((await put(store, storedRecord(2))).isNew).toBe(true)
    await store.close()
  })

  it('can be used by two stores at once: what one stores the other has, once', async () => {
    const file = newFile()
    const [one, other] = [await createSqliteStore({ file }), await createSqliteStore({ file })]
    const attempts = Array.from({ length: 40 }, (_, n) => storedRecord(n % 20, { receipt: `receipt-${n}` }))
    const results = await Promise.all(attempts.map((record, n) => put(n % 2 === 0 ? one : other, record)))
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(20)
    for (const store of [one, other]) expect((await everyPage(store, {}, 6)).items).toHaveLength(20)
    expect(await remember(one, { iss: 'A', jti: 'x', until: 1100, now: 1000, capacity: 9 })).toBe('new')
    expect(await remember(other, { iss: 'A', jti: 'x', until: 1100, now: 1000, capacity: 9 })).toBe('seen')
    await one.close()
    expect((await put(other, storedRecord(21))).isNew).toBe(true)
    await other.close()
  })
})
