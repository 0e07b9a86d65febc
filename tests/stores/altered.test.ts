// Why this exists: anyone who can write the database file can make the node answer anything, so a file with objects that no release
// creates must be rejected.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPostgresStore } from 'tongheng/stores/postgres'
import { createSqliteQueue, createSqliteStore, openSqlite, type SqliteDriver } from 'tongheng/stores/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAbsent, nameOf, type PostgresServer, startPostgres } from './postgres-server.js'
import { put, storedRecord } from './stored-record.js'

let folder: string
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-altered-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function made(): Promise<string> {
  const file = join(folder, `${++files}.db`)
  const store = await createSqliteStore({ file })
  await put(store, storedRecord(1, { search: { serial: 'TX9A2303117' } }))
  await store.close()
  return file
}

async function change(file: string, sql: string): Promise<void> {
  const db = await openSqlite(file)
  try {
    allowSchemaWrites(db)
    db.exec(sql)
  } finally {
    db.close()
  }
}

/** Attackers bypass this setting; some releases of `node:sqlite` are defensive by default. */
function allowSchemaWrites(db: SqliteDriver & { enableDefensive?: (isOn: boolean) => void }): void {
  db.enableDefensive?.(false)
}

const SQLITE: readonly (readonly [string, string, string])[] = [
  [
    'a trigger that drops revocations',
    "CREATE TRIGGER calm BEFORE INSERT ON entries WHEN NEW.kind = 'notice' BEGIN SELECT RAISE(IGNORE); END",
    'trigger calm',
  ],
  ['a trigger after the fact', 'CREATE TRIGGER late AFTER INSERT ON entries BEGIN DELETE FROM requests; END', 'trigger late'],
  [
    'a view in the place of a table',
    "ALTER TABLE entries RENAME TO kept; CREATE VIEW entries AS SELECT * FROM kept WHERE kind <> 'notice'",
    'view entries',
  ],
  ['another table', 'CREATE TABLE notes (a)', 'table notes'],
  ['an index of its own', 'CREATE UNIQUE INDEX one_plate ON entries (plate)', 'index one_plate'],
  ['an index that is missing', 'DROP INDEX entries_serial', 'index entries_serial (-)'],
  [
    'an index of the same name over another column',
    'DROP INDEX entries_serial; CREATE INDEX entries_serial ON entries (code)',
    'index entries_serial',
  ],
  ['a column of its own', 'ALTER TABLE peers ADD COLUMN note TEXT', 'table peers'],
  [
    'a default of its own',
    "DROP TABLE skipped; CREATE TABLE skipped (origin TEXT NOT NULL, idx INTEGER NOT NULL, code TEXT NOT NULL, mark TEXT NOT NULL DEFAULT 'x', PRIMARY KEY (origin, idx)) STRICT, WITHOUT ROWID",
    'table skipped',
  ],
  ['a table that was lost', 'DROP TABLE documents', 'table documents (-)'],
]

describe('a SQLite file', () => {
  it('opens again if it was not altered, also after ANALYZE', async () => {
    const file = await made()
    await change(file, 'ANALYZE; VACUUM')
    const store = await createSqliteStore({ file })
    expect(await store.inspect()).toMatchObject({ faults: [], unproved: [], entries: 1, size: 1, heads: 1, cosignedSize: -1, tiles: 0 })
    await store.close()
  })

  it.each(SQLITE)('is rejected with %s', async (_, sql, object) => {
    const file = await made()
    await change(file, sql)
    await expect(createSqliteStore({ file })).rejects.toMatchObject({
      code: 'store.altered',
      details: { objects: expect.stringContaining(object) },
    })
  })

  it('is rejected with a trigger under a reserved name', async () => {
    const file = await made()
    await change(
      file,
      `PRAGMA writable_schema = ON; INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('trigger', 'sqlite_stat1', 'entries', 0,
        'CREATE TRIGGER sqlite_stat1 BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END')`,
    )
    await expect(createSqliteStore({ file })).rejects.toMatchObject({ code: 'store.altered' })
  })

  it('of an earlier version is checked before it is migrated, so that a trigger does not run', async () => {
    const file = await made()
    await change(file, 'CREATE TRIGGER calm BEFORE INSERT ON tile_roots BEGIN SELECT RAISE(IGNORE); END; PRAGMA user_version = 1')
    await expect(createSqliteStore({ file })).rejects.toMatchObject({ code: 'store.altered' })
  })

  it('fails the inspection if an index lacks a row', async () => {
    const file = await made()
    // Builds an index over no rows, then edits its SQL to that of the index over serial numbers.
    await change(
      file,
      "DROP INDEX entries_serial; CREATE INDEX entries_serial ON entries (serial) WHERE serial IS NOT NULL AND serial < ''",
    )
    await change(
      file,
      `PRAGMA writable_schema = ON;
       UPDATE sqlite_master SET sql = 'CREATE INDEX entries_serial ON entries (serial) WHERE serial IS NOT NULL' WHERE name = 'entries_serial'`,
    )
    const store = await createSqliteStore({ file })
    expect((await store.listEntries({ serial: 'TX9A2303117' }, { from: 0, limit: 5 })).items).toEqual([])
    expect((await store.inspect()).faults.join()).toContain('entries_serial')
    await store.close()
  })
})

describe('the outbox file', () => {
  it('is rejected with a trigger that settles statements that were never sent', async () => {
    const file = join(folder, 'outbox.db')
    await (await createSqliteQueue({ file })).close()
    await change(file, "CREATE TRIGGER done AFTER INSERT ON outbox BEGIN UPDATE outbox SET outcome = 'accepted'; END")
    await expect(createSqliteQueue({ file })).rejects.toMatchObject({ code: 'store.altered', details: { objects: 'trigger done' } })
  })
})

const POSTGRES: readonly (readonly [string, string, string])[] = [
  [
    'a trigger',
    `CREATE FUNCTION calm() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.kind = 'notice' THEN RETURN NULL; END IF; RETURN NEW; END $$;
     CREATE TRIGGER calm BEFORE INSERT ON S.entries FOR EACH ROW EXECUTE FUNCTION calm()`,
    'trigger entries.calm',
  ],
  ['a function', 'CREATE FUNCTION S.coalesce2() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', 'function coalesce2'],
  ['a rule', "CREATE RULE calm AS ON INSERT TO S.entries WHERE NEW.kind = 'notice' DO INSTEAD NOTHING", 'rule entries.calm'],
  ['row security', 'ALTER TABLE S.entries ENABLE ROW LEVEL SECURITY', 'relation entries r row security'],
  ['a view', 'CREATE VIEW S.seen AS SELECT 1 AS a', 'relation seen v'],
  ['a view in the place of a table', 'ALTER TABLE S.peers RENAME TO kept; CREATE VIEW S.peers AS SELECT * FROM S.kept', 'relation peers v'],
  ['a table of its own', 'CREATE TABLE S.notes (a int)', 'relation notes r'],
  ['a table that inherits', 'CREATE TABLE public.heir () INHERITS (S.entries)', 'inheritance entries < heir'],
  ['an unlogged table', 'ALTER TABLE S.requests SET UNLOGGED', 'relation requests r unlogged'],
  ['an index', 'CREATE UNIQUE INDEX one_plate ON S.entries (plate)', 'one_plate'],
  ['a default', "ALTER TABLE S.skipped ALTER COLUMN mark SET DEFAULT 'x'", 'column skipped.mark'],
  ['a column', 'ALTER TABLE S.log ADD COLUMN note text', 'column log.note'],
  ['a constraint', "ALTER TABLE S.entries ADD CHECK (kind <> 'notice')", 'constraint entries'],
  ['an index that is missing', 'DROP INDEX S.entries_serial', '(-)'],
  ['another collation', 'ALTER TABLE S.peers ALTER COLUMN origin TYPE text COLLATE "POSIX"', 'column peers.origin'],
]

describe.skipIf(isAbsent)(nameOf('a PostgreSQL schema'), () => {
  let server: PostgresServer
  let schemas = 0

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(async () => {
    await server?.remove()
  })

  const madeSchema = async (): Promise<string> => {
    const schema = `altered_${++schemas}`
    const store = await createPostgresStore({ url: server.url(), schema })
    await put(store, storedRecord(1, { search: { serial: 'TX9A2303117' } }))
    await store.close()
    return schema
  }

  it('opens again if it was not altered, passes the inspection, and contains no leftovers of the comparison', async () => {
    const schema = await madeSchema()
    const store = await createPostgresStore({ url: server.url(), schema })
    expect(await store.inspect()).toMatchObject({ faults: [], unproved: [], entries: 1, size: 1, heads: 1, cosignedSize: -1, tiles: 0 })
    await store.close()
    expect(await server.run("SELECT relname FROM pg_class WHERE relpersistence = 't'")).toEqual([])
  })

  it.each(POSTGRES)('is rejected with %s', async (_, sql, object) => {
    const schema = await madeSchema()
    await server.run(sql.replaceAll('S.', `${schema}.`))
    await expect(createPostgresStore({ url: server.url(), schema })).rejects.toMatchObject({
      code: 'store.altered',
      details: { objects: expect.stringContaining(object) },
    })
    await server.run('DROP TABLE IF EXISTS public.heir; DROP FUNCTION IF EXISTS public.calm() CASCADE')
  })

  it('opens for a role that cannot create temporary tables, and the inspection reports what it could not compare', async () => {
    const schema = await madeSchema()
    await server.run(`CREATE ROLE narrow LOGIN PASSWORD 'narrow'; REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC;
      GRANT USAGE ON SCHEMA ${schema} TO narrow; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO narrow`)
    const store = await createPostgresStore({ url: server.url().replace('postgres:postgres', 'narrow:narrow'), schema })
    const { faults, unproved } = await store.inspect()
    expect([faults, unproved]).toEqual([[], [expect.stringContaining('42501')]])
    await store.close()
  })
})
