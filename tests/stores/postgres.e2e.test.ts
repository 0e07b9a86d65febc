// Why this exists: several processes share one PostgreSQL database, so this store must behave like the others, on a real server.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import fc from 'fast-check'
import pg from 'pg'
import type { Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { createPostgresStore, type PostgresPool, type PostgresResult } from 'tongheng/stores/postgres'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { fakeAuthorities, taximeter } from '../support/nodes/world.js'
import { everyPage, storeContract } from './contract.js'
import { logContract } from './log-contract.js'
import { isAbsent, nameOf, type PostgresServer, startPostgres } from './postgres-server.js'
import { put, remember, storedRecord } from './stored-record.js'

let server: PostgresServer
let pool: pg.Pool
let schemas = 0
const newSchema = (): string => `store_${++schemas}`
const open = (schema: string, query = ''): Promise<Store> => createPostgresStore({ url: `${server.url()}${query}`, schema })
/** Passes server settings (`-c`) for the session in the URL. */
const session = (settings: string): string => `?options=${encodeURIComponent(`-c ${settings}`)}`

async function using<T>(store: Promise<Store>, work: (store: Store) => Promise<T>): Promise<T> {
  const opened = await store
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

type Query = () => Promise<PostgresResult>

/** Wraps the pool, to intercept the queries of a transaction. */
const clientsChanged = (
  around: (query: Query, text: string) => Promise<PostgresResult>,
  release?: (destroy: unknown) => void,
): PostgresPool => ({
  query: (text, values) => pool.query(text, values),
  async connect() {
    const client = await pool.connect()
    return {
      query: (text, values) => around(() => client.query(text, values), text),
      release(destroy) {
        release?.(destroy)
        client.release(destroy)
      },
    }
  },
})

const tablesOf = async (schema: string): Promise<unknown> =>
  server.run(`SELECT table_name, column_name, data_type, collation_name FROM information_schema.columns
    WHERE table_schema = '${schema}' ORDER BY table_name, column_name`)

/** Reverts the last two migrations. */
const LAST_TWO = (schema: string): string =>
  `DROP TABLE ${schema}.entry_serials; DROP INDEX ${schema}.entries_name; ALTER TABLE ${schema}.entries ADD UNIQUE (iss, jti)`

describe.skipIf(isAbsent)(nameOf('PostgreSQL'), () => {
  beforeAll(async () => {
    server = await startPostgres()
    pool = new pg.Pool({ connectionString: server.url() })
    // Connections close shortly after `end`, and may still see the server stop.
    pool.on('error', () => undefined)
  })

  afterAll(async () => {
    await pool?.end()
    await server?.remove()
  })

  it('is used as the example and the docstring show', async () => {
    vi.stubEnv('DATABASE_URL', server.url())
    const folder = await mkdtemp(join(import.meta.dirname, '.example-'))
    try {
      await import('../../examples/08-postgres.js')
      // biome-ignore lint/suspicious/noConsole: it is the example that prints
      const log = vi.mocked(console.log)
      expect(log.mock.calls).toEqual([['decisions', 'accepted', 'accepted', '| entries in one log:', 2]])
      log.mockClear()
      expect(await server.run('SELECT size FROM tongheng_example.log')).toEqual([{ size: '2' }])

      const source = await readFile(resolve(import.meta.dirname, '../../src/stores/postgres/index.ts'), 'utf8')
      const [, example] = /```ts\n([\s\S]*?)```/.exec(source) as unknown as [string, string]
      const code = example.replace(/^ \* ?/gm, '')
      const file = join(folder, 'docstring.ts')
      await writeFile(file, `import { expect } from 'vitest'\n${code.replace(/^;?(.+) \/\/ => (.+)$/gm, 'expect($1).toEqual($2)')}`)
      await import(file)
      expect(await server.run('SELECT size FROM docstring.log')).toEqual([{ size: '0' }])
    } finally {
      vi.unstubAllEnvs()
      await rm(folder, { recursive: true, force: true })
    }
  })

  describe('store', () => {
    // Reuse one schema and empty it: creating its tables is slower than a test.
    const openEmpty = async (): Promise<Store> => {
      const store = await createPostgresStore({ pool, schema: 'contract' })
      const tables = ['entries', 'tile_roots', 'requests', 'peers', 'skipped', 'documents']
      await pool.query(tables.map((table) => `DELETE FROM contract.${table}`).join(';'))
      await pool.query('UPDATE contract.log SET size = 0, checkpoint = NULL, cosigned = NULL, cosigned_size = -1')
      await pool.query('UPDATE contract.replay SET size = 0, forgotten = 0')
      return store
    }
    storeContract(openEmpty)
    logContract(openEmpty)
  })

  describe('the schema', () => {
    it('renames status lists from address to issuer and address in the second migration', async () => {
      const [schema, uri] = [newSchema(), 'https://node.example/v1/status-lists/year-2025']
      await using(open(schema), async (store) => {
        for (const [version, iss] of [
          [1, '12510100450770010L'],
          [2, '11500000MB1A678983'],
        ] as const) {
          const claims = Buffer.from(JSON.stringify({ iss, sub: uri })).toString('base64url')
          await store.putDocument({ collection: 'status-list', name: uri, version, signed: [`h.${claims}.s`] })
        }
      })
      // Remove the objects that later migrations add.
      await server.run(
        `${LAST_TWO(schema)}; ALTER TABLE ${schema}.replay DROP COLUMN forgotten; ALTER TABLE ${schema}.entries DROP COLUMN supersedes, DROP COLUMN amends;
         UPDATE ${schema}.schema_version SET version = 1`,
      )
      await using(open(schema), async (store) => {
        expect((await store.listDocumentNames()).map(({ name, version }) => [name, version])).toEqual([
          [`11500000MB1A678983 ${uri}`, 2],
          [`12510100450770010L ${uri}`, 1],
        ])
      })
    })

    it('preserves all data when the store is closed and opened again', async () => {
      const schema = newSchema()
      const before = await using(open(schema), async (store) => {
        for (let n = 0; n < 5; n++) await put(store, storedRecord(n, { search: { plate: `川A${n}` } }))
        await remember(store, { iss: 'A', jti: 'one', until: 1100, now: 1000, capacity: 10 })
        await store.putDocument({ collection: 'trust-list', name: 'sichuan', version: 2, signed: ['a', 'b'] })
        return store.listEntries({}, { from: 0, limit: 10 })
      })
      expect(before.items).toHaveLength(5)
      await using(open(schema), async (store) => {
        expect(await store.listEntries({}, { from: 0, limit: 10 })).toEqual(before)
        expect(await remember(store, { iss: 'A', jti: 'one', until: 1100, now: 1001, capacity: 10 })).toBe('seen')
        expect(await store.getDocument('trust-list', 'sichuan')).toMatchObject({ version: 2, signed: ['a', 'b'] })
        expect((await put(store, storedRecord(3, { receipt: 'other' }))).entry.receipt).toBe('receipt-3')
        await put(store, storedRecord(5))
        expect((await store.readLog()).size).toBe(6)
      })
    })

    it('is named tongheng or as configured; two schemas are separate, and public is unchanged', async () => {
      const publicBefore = await tablesOf('public')
      await using(createPostgresStore({ pool }), async (store) => {
        await put(store, storedRecord(1))
        await using(open(newSchema()), async (other) => expect(await other.getEntry('statement-1')).toBeUndefined())
      })
      expect(await server.run('SELECT statement_id FROM tongheng.entries')).toEqual([{ statement_id: 'statement-1' }])
      expect(await tablesOf('public')).toEqual(publicBefore)
    })

    it('can be created in advance for a role that cannot create one', async () => {
      await server.run("CREATE ROLE clerk LOGIN PASSWORD 'clerk'; CREATE SCHEMA made AUTHORIZATION clerk")
      const url = server.url().replace('postgres:postgres@', 'clerk:clerk@')
      await using(createPostgresStore({ url, schema: 'made' }), async (store) => {
        expect((await put(store, storedRecord(1))).isNew).toBe(true)
      })
      await expect(createPostgresStore({ url, schema: 'not_made' })).rejects.toMatchObject({ code: '42501' })
    })

    it('that cannot be written temporarily reports the reason and counts it', async () => {
      const schema = newSchema()
      await (await open(schema)).close()
      await using(open(schema, session('default_transaction_read_only=on')), async (store) => {
        expect((await store.readLog()).size).toBe(0)
        for (const attempt of [() => store.probe(), () => put(store, storedRecord(1))])
          await expect(attempt()).rejects.toMatchObject({ code: 'store.read-only', details: { driverCode: '25006' } })
        expect(store.faults.counts).toMatchObject({ 'store.read-only': 2, 'store.away': 0 })
      })
      await expect(createPostgresStore({ url: 'postgres://nobody:secret@127.0.0.1:1/none' })).rejects.toMatchObject({
        code: 'store.away',
        message: expect.not.stringContaining('secret'),
      })
    })

    it('maps each driver error to one store fault, and leaves defects unmapped', async () => {
      let fault: Error | undefined
      const failing: PostgresPool = {
        query: (text, values) => (fault === undefined ? pool.query(text, values) : Promise.reject(fault)),
        connect: () => (fault === undefined ? (pool.connect() as never) : Promise.reject(fault)),
      }
      const store = await createPostgresStore({ pool: failing, schema: newSchema() })
      for (const [code, message, expected] of [
        ['53100', 'could not extend file', 'store.full'],
        ['25006', 'cannot execute UPDATE in a read-only transaction', 'store.read-only'],
        ['57P01', 'terminating connection due to administrator command', 'store.away'],
        ['57P03', 'the database system is starting up', 'store.away'],
        ['08006', 'connection failure', 'store.away'],
        ['53300', 'too many connections', 'store.away'],
        ['ECONNREFUSED', 'connect ECONNREFUSED', 'store.away'],
        ['ENETDOWN', 'connect ENETDOWN', 'store.away'],
        ['57000', 'operator intervention', 'store.away'],
        ['40003', 'statement completion unknown', 'store.away'],
        ['40002', 'transaction rolled back', 'store.busy'],
        ['58030', 'could not fsync file', 'store.io'],
        ['58P01', 'could not open file', 'store.io'],
        ['XX001', 'invalid page in block 3', 'store.io'],
        [undefined, 'Client was closed and is not queryable', 'store.away'],
        ['55P03', 'canceling statement due to lock timeout', 'store.busy'],
        [undefined, 'Connection terminated unexpectedly', 'store.away'],
        [undefined, 'timeout exceeded when trying to connect', 'store.away'],
        ['23505', 'duplicate key value', '23505'],
      ] as const) {
        fault = Object.assign(new Error(message), code === undefined ? {} : { code })
        for (const attempt of [() => store.probe(), () => store.readLog(), () => put(store, storedRecord(1))])
          await expect(attempt(), message).rejects.toMatchObject({ code: expected })
      }
      fault = undefined
      await store.probe()
      expect((await put(store, storedRecord(1))).isNew).toBe(true)
    })

    describe('on a server whose standby does not answer', () => {
      const setStandbys = async (names: string): Promise<void> => {
        await server.run(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`)
        await server.run('SELECT pg_reload_conf()')
        while ((await server.run('SHOW synchronous_standby_names')).some((row) => Object.values(row as object)[0] !== names));
      }
      /** The session that waits for the standby for at least so many milliseconds. */
      async function waiting(milliseconds = 0): Promise<number> {
        for (;;) {
          const [found] = await server.run(`SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'
            AND query_start < clock_timestamp() - interval '${milliseconds} ms'`)
          if (found !== undefined) return (found as { pid: number }).pid
        }
      }
      const stateOf = (work: Promise<unknown>) =>
        Promise.race([
          work.then(
            () => 'acknowledged',
            () => 'rejected',
          ),
          new Promise((done) => setImmediate(done, 'waits')),
        ])
      afterEach(() => setStandbys(''))

      it('an entry is not acknowledged if somebody cancels the wait of its commit, although it is stored there', async () => {
        await using(open(newSchema()), async (store) => {
          await setStandbys('nobody')
          const work = put(store, storedRecord(1))
          work.catch(() => undefined)
          await server.run(`SELECT pg_cancel_backend(${await waiting()})`)
          await expect(work).rejects.toMatchObject({ code: 'store.away', details: { driverCode: '40003' } })
          expect(store.faults.counts['store.away']).toBe(1)
          // It is visible, but the standby may not have it: a second submission of it must wait too.
          expect((await store.readLog()).size).toBe(1)
          const again = put(store, storedRecord(1))
          await waiting()
          expect(await stateOf(again)).toBe('waits')
          await setStandbys('')
          expect(await again).toMatchObject({ isNew: false })
        })
      })

      it('the time-out of statements that an administrator has set does not end the wait', async () => {
        await using(open(newSchema(), session('statement_timeout=1500')), async (store) => {
          await setStandbys('nobody')
          const work = put(store, storedRecord(1))
          await waiting(1900)
          expect(await stateOf(work)).toBe('waits')
          await setStandbys('')
          expect(await work).toMatchObject({ isNew: true })
        })
      })
    })

    it('is rejected if PostgreSQL would truncate or quote its name', async () => {
      for (const schema of ['', 'Tongheng', 'a"b', '1a', 'a-b', '同衡', 'a; DROP SCHEMA tongheng', 'x'.repeat(64)])
        await expect(createPostgresStore({ pool, schema })).rejects.toMatchObject({ code: 'store.schema', details: { schema } })
      await using(open('x'.repeat(63)), async (store) => expect((await store.readLog()).size).toBe(0))
    })

    it('stores its version, which is unchanged when it is opened again', async () => {
      const schema = newSchema()
      await (await open(schema)).close()
      const [first, version] = [await tablesOf(schema), await server.run(`SELECT version FROM ${schema}.schema_version`)]
      expect(version).toEqual([{ version: 6 }])
      for (let n = 0; n < 3; n++) await (await open(schema)).close()
      expect(await tablesOf(schema)).toEqual(first)
      expect(await server.run(`SELECT version FROM ${schema}.schema_version`)).toEqual(version)
    })

    it('of the previous version gets the columns of replaced records, filled from the statements', async () => {
      const [schema, authorities] = [newSchema(), await fakeAuthorities()]
      const statement = await authorities.sign('CD', taximeter('B', { amendment: { replaces: 'A', reason: { zh: '更正' } } }))
      const before = await open(schema)
      await put(before, storedRecord(1, { statement }))
      await put(before, storedRecord(2))
      await before.close()
      const dropped = ['supersedes', 'amends'].map((column) => `ALTER TABLE ${schema}.entries DROP COLUMN ${column}`)
      await server.run(`${[LAST_TWO(schema), ...dropped].join('; ')}; UPDATE ${schema}.schema_version SET version = 3`)
      await using(open(schema), async (store) => {
        const [found] = await store.entriesBy('replaced', [{ iss: storedRecord(1).iss, value: 'A' }], 5)
        expect(found).toMatchObject([{ position: 0, search: { amends: 'A' } }])
        expect((await store.getEntry('statement-2'))?.search.supersedes).toBeUndefined()
      })
    })

    it('is created once if many stores open it at once', async () => {
      const schema = newSchema()
      const stores = await Promise.all(Array.from({ length: 6 }, () => open(schema)))
      await Promise.all(stores.map((store, n) => put(store, storedRecord(n))))
      for (const store of stores) expect((await store.readLog()).size).toBe(6)
      await Promise.all(stores.map((store) => store.close()))
    })

    it('is not changed if a later release wrote it', async () => {
      const schema = newSchema()
      await (await open(schema)).close()
      await server.run(`UPDATE ${schema}.schema_version SET version = 999; CREATE TABLE ${schema}.later (x int)`)
      const before = await tablesOf(schema)
      await expect(open(schema)).rejects.toMatchObject({ code: 'store.newer', details: { found: 999, known: 6 } })
      expect(await tablesOf(schema)).toEqual(before)
      expect(await server.run(`SELECT version FROM ${schema}.schema_version`)).toEqual([{ version: 999 }])
    })

    it('is not changed if a migration fails', async () => {
      const schema = newSchema()
      await server.run(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.documents (mine text)`)
      const before = await tablesOf(schema)
      await expect(open(schema)).rejects.toThrow(/documents/)
      expect(await tablesOf(schema)).toEqual(before)
    })
  })

  describe('the server', () => {
    it('is rejected if it confirms commits before they are written', async () => {
      const off = { code: 'store.durability', details: { name: 'synchronous_commit', value: 'off' } }
      await expect(open(newSchema(), session('synchronous_commit=off'))).rejects.toMatchObject(off)
      await using(open(newSchema(), session('synchronous_commit=local')), async (store) => expect((await store.readLog()).size).toBe(0))
    })

    it('is rejected if it does not sync to disk', async () => {
      const set = async (value: 'on' | 'off'): Promise<void> => {
        await server.run(`ALTER SYSTEM SET fsync = ${value}`)
        await server.run('SELECT pg_reload_conf()')
        await expect.poll(() => server.run('SHOW fsync')).toEqual([{ fsync: value }])
      }
      try {
        await set('off')
        await expect(open(newSchema())).rejects.toMatchObject({ code: 'store.durability', details: { name: 'fsync', value: 'off' } })
      } finally {
        await set('on')
      }
      await using(open(newSchema()), async (store) => expect((await store.readLog()).size).toBe(0))
    })

    it('is rejected if its encoding lacks characters, or it converts empty text to NULL', async () => {
      await server.run("CREATE DATABASE narrow TEMPLATE template0 ENCODING 'EUC_CN' LOCALE 'C'")
      await expect(createPostgresStore({ url: server.url('narrow') })).rejects.toMatchObject({ code: 'store.text' })

      const emptyIsNull: PostgresPool = {
        connect: () => pool.connect(),
        query: (text, values) =>
          pool.query(
            text,
            values?.map((value) => (value === '' ? null : value)),
          ),
      }
      const refused = { code: 'store.text', details: { sent: '""', got: 'null' } }
      await expect(createPostgresStore({ pool: emptyIsNull, schema: newSchema() })).rejects.toMatchObject(refused)
    })

    it('sorts by bytes, whatever the locale of the database', async () => {
      await server.run("CREATE DATABASE natural_order TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'zh'")
      const names = ['b', 'B', 'a', 'Z', '川', '同', 'é', '_', '1']
      await using(createPostgresStore({ url: server.url('natural_order') }), async (store) => {
        for (const name of names) await store.putDocument({ collection: 'trust-list', name, version: 1, signed: ['x'] })
        const listed = (await store.listDocuments('trust-list')).map(({ name }) => name)
        const natural = await server.run('SELECT name FROM tongheng.documents ORDER BY name COLLATE "default"', 'natural_order')
        expect(listed).toEqual([...names].sort())
        expect(natural.map((row) => (row as { name: string }).name)).not.toEqual(listed)
        expect((await store.listDocumentNames()).map(({ name }) => name)).toEqual(listed)
      })
    })

    it('can have any default isolation level', async () => {
      for (const level of ['serializable', 'repeatable read']) {
        const schema = newSchema()
        const query = session(`default_transaction_isolation=${level.replace(' ', '\\ ')}`)
        const stores = await Promise.all([open(schema, query), open(schema, query)])
        const results = await Promise.all(Array.from({ length: 24 }, (_, n) => put(stores[n % 2] as Store, storedRecord(n >> 1))))
        expect(results.filter(({ isNew }) => isNew)).toHaveLength(12)
        expect((await stores[0].readLog()).size).toBe(12)
        await Promise.all(stores.map((store) => store.close()))
      }
    })

    it('that cannot be reached causes the error of the driver', async () => {
      await expect(createPostgresStore({ url: server.url('nowhere') })).rejects.toMatchObject({ code: '3D000' })
    })
  })

  describe('values', () => {
    it('are stored unchanged, also with U+0000, which PostgreSQL cannot store, and remain distinct', async () => {
      const text = fc.string({
        unit: fc.constantFrom('\u0000', '\u0001', '\u0002', 'a', 'b', '\\', '"', '{', ',', '川', '𠀀'),
        maxLength: 6,
      })
      let later = 0
      await using(open(newSchema()), async (store) => {
        await fc.assert(
          fc.asyncProperty(fc.uniqueArray(text, { minLength: 1, maxLength: 60 }), fc.nat(1_000_000), async (texts, run) => {
            const origin = `peer-${run}`
            await store.putSkipped(texts.map((code, index) => ({ origin, index, code, mark: 'm' })))
            const kept = await store.listSkipped(origin, { not: '', limit: 100 })
            await store.dropSkipped(origin, [...texts.keys()])
            expect(kept.map(({ code }) => code)).toEqual(texts)
            later += 1000
            const now = later
            const requests = texts.map((jti) => ({ iss: origin, jti, until: now + 5 }))
            const answers = [await store.rememberRequests(requests, { now, capacity: 1e6 })]
            answers.push(await store.rememberRequests(requests, { now, capacity: 1e6 }), [])
            expect(answers).toEqual([texts.map(() => 'new'), texts.map(() => 'seen'), []])
            await store.rememberRequests([], { now: now + 100, capacity: 1e6 })
          }),
          { numRuns: 12 },
        )
      })
    })

    it('sort correctly with U+0000', async () => {
      const dates = ['', '\u0000', '\u0000\u0001', '\u0000a', '\u0001', '\u0001a', '\u0002', 'a', 'a\u0000', 'a\u0001', 'ab']
      await using(open(newSchema()), async (store) => {
        for (const [n, factDate] of dates.entries()) await put(store, storedRecord(n, { search: { factDate, validUntil: undefined } }))
        for (const [n, validOn] of dates.entries()) {
          const { items } = await store.listEntries({ validOn }, { from: 0, limit: 20 })
          expect(items.map(({ search }) => search.factDate)).toEqual(dates.slice(0, n + 1))
        }
      })
    })

    it('are empty at positions beyond the range of bigint', async () => {
      await using(open(newSchema()), async (store) => {
        await put(store, storedRecord(1))
        for (const far of [2 ** 53, 2 ** 63, 2 ** 64, 1e40]) {
          expect(await store.statementIds(far, far + 256)).toEqual([])
          expect(await store.statements(far, far * 2)).toEqual([])
          expect(await store.tileRoots(1, far, far * 2)).toEqual([])
          expect(await store.statementIds(0, far)).toEqual(['statement-1'])
        }
      })
    })

    it('that violate the schema are rejected, and nothing is stored', async () => {
      await using(open(newSchema()), async (store) => {
        const broken = { ...storedRecord(1), receivedAt: 'yesterday' as unknown as number }
        await expect(put(store, broken)).rejects.toThrow()
        expect(await store.listEntries({}, { from: 0, limit: 5 })).toEqual({ items: [] })
        expect((await put(store, storedRecord(2))).isNew).toBe(true)
      })
    })
  })

  describe('transactions', () => {
    it('store nothing after a failed statement, even if the work ignores the failure', async () => {
      await using(open(newSchema()), async (store) => {
        const work = store.sequence(async (transaction) => {
          await transaction.statementIds(0, Number.NaN).catch(() => [])
          await transaction.append({ entries: [storedRecord(1)], tileRoots: [] })
        })
        await expect(work).rejects.toThrow()
        expect(await store.readLog()).toMatchObject({ size: 0 })
        expect((await put(store, storedRecord(1))).isNew).toBe(true)
      })
    })

    it('accept concurrent queries and send them one at a time', async () => {
      let [underWay, most] = [0, 0]
      const counted = clientsChanged(async (query) => {
        most = Math.max(most, ++underWay)
        return query().finally(() => underWay--)
      })
      await using(createPostgresStore({ pool: counted, schema: newSchema() }), async (store) => {
        await put(store, storedRecord(1))
        const answers = await store.sequence((transaction) =>
          Promise.all([
            transaction.byNames([storedRecord(1), storedRecord(2), storedRecord(1)]),
            transaction.statementIds(0, 9),
            transaction.tileRoots(1, 0, 9),
          ]),
        )
        expect(answers[0].map((entry) => entry?.statementId)).toEqual(['statement-1', undefined, 'statement-1'])
        expect(answers.slice(1)).toEqual([['statement-1'], []])
        expect(most).toBe(1)
      })
    })

    it('discard a connection that cannot roll back, and report the first error', async () => {
      let isBroken = false
      const released: unknown[] = []
      const breaking = clientsChanged(
        async (query, text) => {
          if (isBroken && /^(COMMIT|ROLLBACK)$/.test(text)) throw new Error(`no ${text}`)
          return query()
        },
        (destroy) => released.push(destroy),
      )
      await using(createPostgresStore({ pool: breaking, schema: newSchema() }), async (store) => {
        await put(store, storedRecord(1))
        isBroken = true
        await expect(put(store, storedRecord(2))).rejects.toThrow('no COMMIT')
        isBroken = false
        expect(released).toEqual([false, false, true])
        expect((await put(store, storedRecord(3))).isNew).toBe(true)
        expect(await store.statementIds(0, 9)).toEqual(['statement-1', 'statement-3'])
      })
    })

    it('release the lock if the connection is cut, and later ones succeed', async () => {
      const schema = newSchema()
      await using(open(schema), async (store) => {
        const cut = store.sequence(async (transaction) => {
          await transaction.append({ entries: [storedRecord(1)], tileRoots: [] })
          await server.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
          await transaction.statementIds(0, 1)
        })
        await expect(cut).rejects.toThrow()
        expect(await store.readLog()).toMatchObject({ size: 0 })
        expect((await put(store, storedRecord(2))).isNew).toBe(true)
        expect((await store.readLog()).size).toBe(1)
      })
    })

    it("set the server's idle timeout, unless the operator has set one", async () => {
      for (const [query, expected] of [
        ['', '30s'],
        [session('idle_in_transaction_session_timeout=7s'), '7s'],
      ] as const) {
        const own = new pg.Pool({ connectionString: `${server.url()}${query}`, max: 1 })
        let client: pg.PoolClient | undefined
        own.on('acquire', (acquired) => {
          client = acquired as pg.PoolClient
        })
        await using(createPostgresStore({ pool: own, schema: newSchema() }), async (store) => {
          const limit = await store.sequence(async () => client?.query('SHOW idle_in_transaction_session_timeout'))
          expect(limit?.rows).toEqual([{ idle_in_transaction_session_timeout: expected }])
        })
        await own.end()
      }
    })
  })

  describe('requests', () => {
    it('are answered as by the memory store, however they are batched', async () => {
      const one = fc.record({ iss: fc.constantFrom('A', 'B'), jti: fc.constantFrom('a', 'b', 'c', 'd', 'e'), lasts: fc.nat(9) })
      const call = fc.record({ later: fc.nat(6), capacity: fc.nat(7), isAlone: fc.boolean(), requests: fc.array(one, { maxLength: 5 }) })
      const schema = newSchema()
      let now = 1000
      await using(open(schema), (store) =>
        fc.assert(
          fc.asyncProperty(fc.array(call, { maxLength: 14 }), async (calls) => {
            const memory = createMemoryStore()
            await pool.query(`DELETE FROM ${schema}.requests; UPDATE ${schema}.replay SET size = 0, forgotten = 0`)
            now += 100
            const answers: ReturnType<Store['rememberRequests']>[] = []
            const expected: typeof answers = []
            for (const { later, capacity, isAlone, requests } of calls) {
              now += later
              const given = requests.map(({ lasts, ...rest }) => ({ ...rest, until: now + lasts }))
              if (isAlone) await Promise.all(answers)
              answers.push(store.rememberRequests(given, { now, capacity }))
              expected.push(memory.rememberRequests(given, { now, capacity }))
            }
            expect(await Promise.all(answers)).toEqual(await Promise.all(expected))
            const counted = await pool.query(`SELECT size = (SELECT count(*) FROM ${schema}.requests) AS is_exact FROM ${schema}.replay`)
            expect(counted.rows).toEqual([{ is_exact: true }])
          }),
          { numRuns: 25 },
        ),
      )
    })

    it('batched with different times do not free the capacity of an expired one twice', async () => {
      await using(open(newSchema()), async (store) => {
        const ask = (jti: string, now: number) => store.rememberRequests([{ iss: 'A', jti, until: now }], { now, capacity: 1 })
        // These share one transaction.
        const answers = await Promise.all([ask('a', 1000), ask('b', 1001), ask('b', 1001), ask('c', 1002), ask('b', 1003), ask('c', 1003)])
        expect(answers.flat()).toEqual(['new', 'new', 'seen', 'new', 'new', 'full'])
      })
    })

    it('that arrive while another process holds the lock share the next transaction', async () => {
      const schema = newSchema()
      await using(open(schema), async (store) => {
        const ask = (jti: string) => store.rememberRequests([{ iss: 'A', jti, until: 1100 }], { now: 1000, capacity: 9 })
        const other = await pool.connect()
        try {
          await other.query('SELECT pg_advisory_lock(1953459815, 3)')
          const answers = [ask('a')]
          await new Promise((done) => setTimeout(done, 100))
          answers.push(ask('b'), ask('a'), ask('c'))
          await other.query('SELECT pg_advisory_unlock_all()')
          expect((await Promise.all(answers)).flat()).toEqual(['new', 'new', 'seen', 'new'])
        } finally {
          other.release(true)
        }
        expect(await server.run(`SELECT count(*)::int, count(DISTINCT xmin::text)::int AS transactions FROM ${schema}.requests`)).toEqual([
          { count: 3, transactions: 1 },
        ])
      })
    })

    it('have one capacity for all stores of a database', async () => {
      const schema = newSchema()
      const stores = await Promise.all([open(schema), open(schema)])
      const ask = (n: number) => remember(stores[n % 2] as Store, { iss: 'A', jti: `jti-${n >> 1}`, until: 1100, now: 1000, capacity: 50 })
      const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)))
      expect(answers.filter((answer) => answer === 'new')).toHaveLength(50)
      expect(await server.run(`SELECT size::int FROM ${schema}.replay`)).toEqual([{ size: 50 }])
      await Promise.all(stores.map((store) => store.close()))
    })
  })

  describe('the pool', () => {
    it('given by the caller remains open without a listener of the store', async () => {
      const own = new pg.Pool({ connectionString: server.url(), max: 2 })
      const store = await createPostgresStore({ pool: own, schema: newSchema() })
      expect(own.listenerCount('error')).toBe(1)
      await store.close()
      expect(own.listenerCount('error')).toBe(0)
      expect((await own.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
      await own.end()
    })

    it('needs only one connection', async () => {
      const own = new pg.Pool({ connectionString: server.url(), max: 1 })
      await using(createPostgresStore({ pool: own, schema: newSchema() }), async (store) => {
        const work = Array.from({ length: 10 }, (_, n) => [
          put(store, storedRecord(n)),
          remember(store, { iss: 'A', jti: `${n}`, until: 2, now: 1, capacity: 9 }),
          store.putDocument({ collection: 'agreement', name: 'a', version: n, signed: [] }),
          store.readLog(),
        ])
        await Promise.all(work.flat())
        expect((await everyPage(store, {}, 10)).items).toHaveLength(10)
      })
      await own.end()
    })

    it('is required if pg is not installed', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'tongheng-without-pg-'))
      try {
        const source = resolve(import.meta.dirname, '../../src')
        await build({
          stdin: {
            contents: `import { createPostgresStore } from './stores/postgres/index.ts'
              await createPostgresStore({ url: 'postgres://127.0.0.1/x' }).catch((error) => console.log(error.code))`,
            resolveDir: source,
            loader: 'ts',
          },
          alias: { '#native': `${source}/base/native.node.ts`, '#signature': `${source}/envelope/signature.node.ts` },
          outfile: join(folder, 'program.mjs'),
          bundle: true,
          platform: 'node',
          format: 'esm',
          external: ['pg'],
        })
        const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'program.mjs')])
        expect(stdout).toBe('store.pg\n')
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
  })
})
