/** The schema, step by step. Steps are never changed once released; a later one only adds. */
import { fault } from '../messages.js'
import { replacedColumns, statusListRenamed } from '../rows.js'
import type { Database, Session } from './database.js'
import { checkSchema, type MakeSchema, type SchemaFaults, schemaFaults } from './schema.js'

/** A step, over the tables of a schema: statements, or what has to look at the rows. */
export type Migration = (schema: string) => readonly string[] | ((session: Session) => Promise<void>)

// Every text in the order of its bytes, as in the other stores, whatever the locale of the database is.
const TEXT = 'TEXT COLLATE "C"'

const log: Migration = (schema) => [
  `CREATE TABLE ${schema}.entries (
    position     BIGINT PRIMARY KEY,
    statement_id ${TEXT} NOT NULL UNIQUE,
    iss          ${TEXT} NOT NULL,
    jti          ${TEXT} NOT NULL,
    statement    ${TEXT} NOT NULL,
    kind         ${TEXT} NOT NULL,
    decision     ${TEXT} NOT NULL,
    code         ${TEXT} NOT NULL,
    outcome      ${TEXT} NOT NULL,
    receipt      ${TEXT},
    received_at  BIGINT NOT NULL,
    number       ${TEXT} NOT NULL,
    serial       ${TEXT},
    plate        ${TEXT},
    region       ${TEXT} NOT NULL,
    fact_date    ${TEXT} NOT NULL,
    valid_until  ${TEXT},
    UNIQUE (iss, jti)
  )`,
  `CREATE INDEX entries_number ON ${schema}.entries (number)`,
  `CREATE INDEX entries_serial ON ${schema}.entries (serial) WHERE serial IS NOT NULL`,
  `CREATE INDEX entries_plate  ON ${schema}.entries (plate)  WHERE plate IS NOT NULL`,
  `CREATE INDEX entries_kind   ON ${schema}.entries (kind, position)`,
  `CREATE INDEX entries_region ON ${schema}.entries (region, position)`,
  `CREATE TABLE ${schema}.tile_roots (
    level BIGINT NOT NULL,
    idx   BIGINT NOT NULL,
    hash  ${TEXT} NOT NULL,
    PRIMARY KEY (level, idx)
  )`,
  `CREATE TABLE ${schema}.log (
    id            INTEGER PRIMARY KEY CHECK (id = 0),
    size          BIGINT NOT NULL,
    checkpoint    ${TEXT},
    cosigned      ${TEXT},
    cosigned_size BIGINT NOT NULL
  )`,
  `INSERT INTO ${schema}.log (id, size, cosigned_size) VALUES (0, 0, -1)`,
  `CREATE TABLE ${schema}.requests (
    iss   ${TEXT} NOT NULL,
    jti   ${TEXT} NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (iss, jti)
  )`,
  `CREATE INDEX requests_until ON ${schema}.requests (until)`,
  `CREATE TABLE ${schema}.replay (
    id   INTEGER PRIMARY KEY CHECK (id = 0),
    size BIGINT NOT NULL
  )`,
  `INSERT INTO ${schema}.replay (id, size) VALUES (0, 0)`,
  `CREATE TABLE ${schema}.peers (
    origin     ${TEXT} PRIMARY KEY,
    checkpoint ${TEXT} NOT NULL,
    size       BIGINT NOT NULL,
    cursor     BIGINT NOT NULL
  )`,
  `CREATE TABLE ${schema}.skipped (
    origin ${TEXT} NOT NULL,
    idx    BIGINT NOT NULL,
    code   ${TEXT} NOT NULL,
    mark   ${TEXT} NOT NULL,
    PRIMARY KEY (origin, idx)
  )`,
  `CREATE TABLE ${schema}.documents (
    collection ${TEXT} NOT NULL,
    name       ${TEXT} NOT NULL,
    version    BIGINT NOT NULL,
    signed     ${TEXT} NOT NULL,
    PRIMARY KEY (collection, name, version)
  )`,
]

/** A status list is its issuer's: the name of its address alone, which anyone may write into a list, becomes that of both. */
const listsByIssuer: Migration = (schema) => async (session) => {
  const lists = await session.rows<{ name: string; version: string; signed: string }>(
    `SELECT name, version, signed FROM ${schema}.documents WHERE collection = 'status-list'`,
  )
  const rename = `UPDATE ${schema}.documents SET name = $1 WHERE collection = 'status-list' AND name = $2 AND version = $3`
  for (const { name, version, signed } of lists) await session.change(rename, [statusListRenamed(name, signed), name, Number(version)])
}

/** Up to which moment requests were forgotten: a clock that goes back must not make them good again. */
const forgotten: Migration = (schema) => [`ALTER TABLE ${schema}.replay ADD COLUMN forgotten BIGINT NOT NULL DEFAULT 0`]

/** What a record replaces is found by it: columns for what it says, filled for the entries that are there. */
const replaced: Migration = (schema) => async (session) => {
  for (const statement of [
    `ALTER TABLE ${schema}.entries ADD COLUMN supersedes ${TEXT}`,
    `ALTER TABLE ${schema}.entries ADD COLUMN amends ${TEXT}`,
    `CREATE INDEX entries_supersedes ON ${schema}.entries (iss, supersedes) WHERE supersedes IS NOT NULL`,
    `CREATE INDEX entries_amends     ON ${schema}.entries (iss, amends)     WHERE amends IS NOT NULL`,
  ])
    await session.change(statement)
  const page = `SELECT position, statement FROM ${schema}.entries WHERE position >= $1 AND kind <> 'notice' ORDER BY position LIMIT ${PAGE}`
  const set = `UPDATE ${schema}.entries SET supersedes = $1, amends = $2 WHERE position = $3`
  for (let from = 0, isMore = true; isMore; ) {
    const rows = await session.rows<{ position: string; statement: string }>(page, [from])
    for (const { position, statement } of rows) {
      from = Number(position) + 1
      const columns = replacedColumns(statement)
      if (columns !== undefined) await session.change(set, [...columns, Number(position)])
    }
    isMore = rows.length === PAGE
  }
}

const PAGE = 1000

/** Two statements under one name are both stored, where the second comes from another node's log: the name is unique no more. */
const namesTwice: Migration = (schema) => [
  `ALTER TABLE ${schema}.entries DROP CONSTRAINT entries_iss_jti_key`,
  `CREATE INDEX entries_name ON ${schema}.entries (iss, jti, position)`,
]

/** What each version of the schema adds to the one before it. */
const migrations: readonly Migration[] = [log, listsByIssuer, forgotten, replaced, namesTwice]

const VERSION_TABLE = 'schema_version'
const versionTable = (schema: string): string => `CREATE TABLE ${schema}.${VERSION_TABLE} (version INTEGER NOT NULL)`

async function take(session: Session, schema: string, steps: readonly Migration[]): Promise<void> {
  for (const migration of steps) {
    const step = migration(schema)
    if (typeof step === 'function') await step(session)
    else for (const statement of step) await session.change(statement)
  }
}

/** Makes an empty schema as of a version. */
const upTo =
  (version: number): MakeSchema =>
  async (session, schema) => {
    await session.change(versionTable(schema))
    await take(session, schema, migrations.slice(0, version))
  }

/** What of a schema is not as this release makes it. */
export const inspectSchema = (db: Database, schema: string): Promise<SchemaFaults> =>
  db.alone('schema', (session) => schemaFaults(session, schema, upTo(migrations.length)))

/**
 * Brings the schema up to date, alone among all processes. A role that may not create a schema needs one made for it.
 * @throws `store.newer` where a later release wrote the database; `store.altered` where it has what no release makes
 */
export async function migrate(db: Database, schema: string): Promise<void> {
  await db.alone('schema', async (session) => {
    const version = await versionOf(session, schema)
    if (version > migrations.length) throw fault('store.newer', { found: version, known: migrations.length })
    // First: a trigger would take part in the migration.
    checkSchema(await schemaFaults(session, schema, upTo(version)))
    if (version === migrations.length) return
    await take(session, schema, migrations.slice(version))
    await session.change(`UPDATE ${schema}.${VERSION_TABLE} SET version = $1`, [migrations.length])
  })
}

async function versionOf(session: Session, schema: string): Promise<number> {
  const schemas = await session.rows('SELECT 1 AS found FROM pg_namespace WHERE nspname = $1', [schema])
  if (schemas.length === 0) await session.change(`CREATE SCHEMA ${schema}`)
  const tables = await session.rows('SELECT 1 AS found FROM pg_tables WHERE schemaname = $1 AND tablename = $2', [schema, VERSION_TABLE])
  if (tables.length === 0) {
    await session.change(versionTable(schema))
    await session.change(`INSERT INTO ${schema}.${VERSION_TABLE} (version) VALUES (0)`)
  }
  const [row] = await session.rows<{ version: number }>(`SELECT version FROM ${schema}.${VERSION_TABLE}`)
  return Number(row?.version ?? 0)
}
