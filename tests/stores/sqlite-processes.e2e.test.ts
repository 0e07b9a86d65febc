// Why this exists: everything that a node acknowledged must be on disk, whichever thread or process has written the file, and however a
// process ends.
import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { createSqliteStore, openSqlite, type SqliteDriver } from 'tongheng/stores/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, type Program } from '../cli/build.js'
import { everyPage, storeContract } from './contract.js'
import { logContract } from './log-contract.js'
import { put, storedRecord } from './stored-record.js'

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

describe('sqlite store on a worker thread', () => {
  storeContract(() => createSqliteStore({ file: newFile(), thread: program.thread }))
  logContract(() => createSqliteStore({ file: newFile(), thread: program.thread }))
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
