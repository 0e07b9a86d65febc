// Why this exists: what a node acknowledged must be on disk, in one file, whichever other processes write to it and however the
// process ends.
import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { createSqliteQueue, createSqliteStore, openSqlite, type SqliteDriver } from 'tongheng/stores/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, type Program } from '../cli/build.js'
import { everyPage, storeContract } from './contract.js'
import { logContract } from './log-contract.js'
import { put, remember, storedRecord } from './stored-record.js'

let folder: string
let program: Program
let files = 0
const newFile = (): string => join(folder, `store-${++files}.db`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-stores-'))
  program = await compile('tests/stores/child.ts')
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

  describe('on a worker thread', () => {
    storeContract(() => createSqliteStore({ file: newFile(), thread: program.thread }))
    logContract(() => createSqliteStore({ file: newFile(), thread: program.thread }))
  })
})

describe('a worker thread', () => {
  const open = (file: string) => createSqliteStore({ file, thread: program.thread })

  it('passes errors on: our code and details, and messages of other errors', async () => {
    const [newer, other] = [newFile(), newFile()]
    await look(newer, (db) => db.exec('PRAGMA user_version = 999'))
    await expect(open(newer)).rejects.toMatchObject({ name: 'TonghengError', code: 'store.newer', details: { found: 999 } })
    await writeFile(other, 'this is not a database, only a text of some length'.repeat(20))
    await expect(open(other)).rejects.toThrow(/not a database/)
    const store = await open(newFile())
    const broken = { ...storedRecord(1), receivedAt: 'yesterday' as unknown as number }
    await expect(put(store, broken)).rejects.toThrow(/received_at/)
    expect((await put(store, storedRecord(2))).isNew).toBe(true)
    await store.close()
  })

  it('answers no call after it is closed; the file has all data', async () => {
    const file = newFile()
    const store = await open(file)
    await put(store, storedRecord(1))
    await store.close()
    await expect(store.readLog()).rejects.toThrow('closed')
    await expect(put(store, storedRecord(2))).rejects.toThrow('closed')
    expect(await look(file, (db) => db.prepare('SELECT count(*) AS n FROM entries').get())).toMatchObject({ n: 1 })
  })

  it('that exits on its own rejects all pending calls', async () => {
    const ending = join(folder, 'ending.mjs')
    await writeFile(
      ending,
      `import { parentPort } from 'node:worker_threads'
       parentPort.postMessage({ id: 0, result: ['readLog', 'getEntry'] })
       parentPort.once('message', () => { throw new Error('the disk is gone') })`,
    )
    const store = await createSqliteStore({ file: newFile(), thread: pathToFileURL(ending) })
    const asked = [store.readLog(), store.getEntry('a')]
    for (const one of asked) await expect(one).rejects.toThrow('the disk is gone')
    await expect(store.readLog()).rejects.toThrow('the disk is gone')
  })

  it('does not keep the process alive', async () => {
    const file = newFile()
    const { stdout } = await promisify(execFile)(process.execPath, [program.file, 'exitOpen', 'sqlite-thread', file])
    expect(stdout).toBe('statement-0\n')
    expect(await look(file, (db) => db.prepare('SELECT count(*) AS n FROM entries').get())).toMatchObject({ n: 1 })
  })

  it('that cannot be found in a bundled program causes store.thread', async () => {
    const away = await mkdtemp(join(tmpdir(), 'tongheng-away-'))
    try {
      const programs = (await readdir(program.folder)).filter((name) => name.endsWith('.mjs') && name !== 'sqlite-thread.mjs')
      for (const name of programs) await cp(join(program.folder, name), join(away, name))
      await symlink(join(program.folder, 'node_modules'), join(away, 'node_modules'))
      const run = promisify(execFile)(process.execPath, [join(away, 'program.mjs'), 'exitOpen', 'sqlite-thread', join(away, 'a.db')])
      await expect(run).rejects.toMatchObject({ stderr: expect.stringContaining('[store.thread]') })
    } finally {
      await rm(away, { recursive: true, force: true })
    }
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

  it('acknowledges nothing after a failed sync, then or later', async () => {
    // A pipe in place of the WAL file: it accepts everything but a sync.
    const file = newFile()
    const named = newFile()
    const driver = await openSqlite(file)
    const pretending: SqliteDriver = {
      exec: (sql) => driver.exec(sql),
      close: () => driver.close(),
      prepare: (sql) => (sql === 'PRAGMA database_list' ? { ...driver.prepare(sql), get: () => ({ file: named }) } : driver.prepare(sql)),
    }
    await promisify(execFile)('mkfifo', [`${named}-wal`])
    const store = await createSqliteStore({ file, driver: pretending })
    await expect(put(store, storedRecord(1))).rejects.toMatchObject({ code: 'EINVAL' })
    await expect(store.readLog()).rejects.toMatchObject({ code: 'EINVAL' })
    await expect(store.getEntry('statement-1')).rejects.toMatchObject({ code: 'EINVAL' })
    await expect(store.putDocument({ collection: 'trust-list', name: 'a', version: 1, signed: ['a'] })).rejects.toThrow('EINVAL')
    await expect(store.close()).rejects.toMatchObject({ code: 'EINVAL' })
    const after = await createSqliteStore({ file })
    expect((await after.readLog()).size).toBe(1)
    await after.close()
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

describe('concurrent processes', () => {
  type Child = ChildProcessByStdio<Writable, Readable, null>
  const start = (...args: string[]): Child => spawn(process.execPath, [program.file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const linesOf = (child: Child): AsyncIterator<string> => createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async (lines: AsyncIterator<string>): Promise<string> => (await lines.next()).value as string

  it.each([
    ['sqlite', 'sqlite'],
    ['sqlite-thread', 'sqlite'],
    ['sqlite-thread', 'sqlite-thread'],
  ])('neither lose nor duplicate records: %s, %s', async (first, second) => {
    const file = newFile()
    const writers = [start('write', first, file, 'a'), start('write', second, file, 'b')]
    const output = writers.map(linesOf)
    expect(await Promise.all(output.map(line))).toEqual(['ready', 'ready'])
    for (const { stdin } of writers) stdin.write('go\n')
    const [a, b] = (await Promise.all(output.map(line))).map((text) => JSON.parse(text) as { taken: number[]; seen: number[] })
    if (a === undefined || b === undefined) throw new Error('a writer said nothing')
    const all = Array.from({ length: 150 }, (_, n) => n)
    const ascending = (numbers: number[]): number[] => numbers.sort((x, y) => x - y)
    expect(ascending([...a.taken, ...b.taken])).toEqual(all)
    // The first hundred requests filled the replay capacity of 100, whichever process sent them.
    expect(ascending([...a.seen, ...b.seen])).toEqual(all.slice(0, 100))

    const store = await createSqliteStore({ file })
    const { items } = await everyPage(store, {}, 40)
    expect(items).toHaveLength(150)
    const mine = new Set(items.filter(({ receipt }) => receipt?.startsWith('a-')).map(({ receipt }) => Number(receipt?.slice(2))))
    expect(mine).toEqual(new Set(a.taken))
    await store.close()
  })

  it('can all open one new file at once', async () => {
    for (let round = 0; round < 4; round++) {
      const file = newFile()
      const writers = Array.from({ length: 4 }, (_, n) => start('write', 'sqlite', file, String(n)))
      expect(await Promise.all(writers.map((child) => line(linesOf(child))))).toEqual(['ready', 'ready', 'ready', 'ready'])
      for (const child of writers) child.kill('SIGKILL')
    }
  })

  it.each(['sqlite', 'sqlite-thread'])('can be killed: every acknowledged record is stored: %s', async (kind) => {
    const file = newFile()
    const child = start('writeOn', kind, file)
    const lines = linesOf(child)
    const acknowledged: string[] = []
    for (let n = 0; n < 60; n++) acknowledged.push(await line(lines))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const store = await createSqliteStore({ file })
    for (const id of acknowledged) expect(await store.getEntry(id), id).toBeDefined()
    expect(acknowledged.at(-1)).toBe('statement-59')
    await store.close()
  })

  it('can hold the lock while a store is opened: opening waits', async () => {
    const file = newFile()
    const child = start('lockFile', 'sqlite', file)
    expect(await line(linesOf(child))).toBe('held')
    const store = await createSqliteStore({ file })
    expect((await put(store, storedRecord(1))).isNew).toBe(true)
    await store.close()
  })
})
