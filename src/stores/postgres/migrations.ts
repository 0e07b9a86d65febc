/** Migrations of the schema. A released migration never changes; a new one is appended. */
import { fault } from '../messages.js'
import { lineSerials, replacedColumns, statusListRenamed } from '../older-rows.js'
import type { Database, Session } from './database.js'
import { checkSchema, type MakeSchema, type SchemaFaults, schemaFaults } from './schema.js'

/** A migration of the tables of a schema: SQL statements, or a function that processes the rows. */
export type Migration = (schema: string) => readonly string[] | ((session: Session) => Promise<void>)

// Collation "C": text sorts by bytes as in the other stores, whatever the locale of the database.
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

/** Changes the name of a status list to issuer and address. Before, it was the address alone, which any issuer can write into a list. */
const listsByIssuer: Migration = (schema) => async (session) => {
  const lists = await session.rows<{ name: string; version: string; signed: string }>(
    `SELECT name, version, signed FROM ${schema}.documents WHERE collection = 'status-list'`,
  )
  const rename = `UPDATE ${schema}.documents SET name = $1 WHERE collection = 'status-list' AND name = $2 AND version = $3`
  for (const { name, version, signed } of lists) await session.change(rename, [statusListRenamed(name, signed), name, Number(version)])
}

/**
 * Adds the latest expiry among the deleted replay entries: after a clock is set back, those requests must not be accepted again.
 */
const forgotten: Migration = (schema) => [`ALTER TABLE ${schema}.replay ADD COLUMN forgotten BIGINT NOT NULL DEFAULT 0`]

/** Adds columns to find a record by the one it replaces, and fills them for the existing entries. */
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

/** Drops the uniqueness of (iss, jti): a peer's log may contain a second statement under the same name, and both are stored. */
const namesTwice: Migration = (schema) => [
  `ALTER TABLE ${schema}.entries DROP CONSTRAINT entries_iss_jti_key`,
  `CREATE INDEX entries_name ON ${schema}.entries (iss, jti, position)`,
]

/** Adds the serial numbers of the lines of batch certificates, and those of existing entries. */
const lines: Migration = (schema) => async (session) => {
  await session.change(`CREATE TABLE ${schema}.entry_serials (serial ${TEXT}, position BIGINT, PRIMARY KEY (serial, position))`)
  const page = `SELECT position, statement FROM ${schema}.entries
    WHERE position >= $1 AND kind = 'verification-record' AND serial IS NULL ORDER BY position LIMIT ${PAGE}`
  const insert = `INSERT INTO ${schema}.entry_serials (serial, position) VALUES ($1, $2)`
  for (let from = 0, isMore = true; isMore; ) {
    const rows = await session.rows<{ position: string; statement: string }>(page, [from])
    for (const { position, statement } of rows) {
      from = Number(position) + 1
      for (const serial of lineSerials(statement)) await session.change(insert, [serial, Number(position)])
    }
    isMore = rows.length === PAGE
  }
}

/** The migrations in order; the schema version is the number that were applied. */
const migrations: readonly Migration[] = [log, listsByIssuer, forgotten, replaced, namesTwice, lines]

const VERSION_TABLE = 'schema_version'
const versionTable = (schema: string): string => `CREATE TABLE ${schema}.${VERSION_TABLE} (version INTEGER NOT NULL)`

async function apply(session: Session, schema: string, steps: readonly Migration[]): Promise<void> {
  for (const migration of steps) {
    const step = migration(schema)
    if (typeof step === 'function') await step(session)
    else for (const statement of step) await session.change(statement)
  }
}

/** Returns a function that creates the schema of a version in an empty schema. */
const upTo =
  (version: number): MakeSchema =>
  async (session, schema) => {
    await session.change(versionTable(schema))
    await apply(session, schema, migrations.slice(0, version))
  }

/** Returns the differences between the schema and the one that this release creates. */
export const inspectSchema = (db: Database, schema: string): Promise<SchemaFaults> =>
  db.withLock('schema', (session) => schemaFaults(session, schema, upTo(migrations.length)))

/**
 * Migrates the schema to this release under a lock. A role without the right to create a schema needs an existing one.
 * @throws `store.newer` if a later release wrote the database; `store.altered` if it contains objects that no release creates
 */
export async function migrate(db: Database, schema: string): Promise<void> {
  await db.withLock('schema', async (session) => {
    const version = await versionOf(session, schema)
    if (version > migrations.length) throw fault('store.newer', { found: version, known: migrations.length })
    // Check first: a trigger would run during the migration.
    checkSchema(await schemaFaults(session, schema, upTo(version)))
    if (version === migrations.length) return
    await apply(session, schema, migrations.slice(version))
    await session.change(`UPDATE ${schema}.${VERSION_TABLE} SET version = $1`, [migrations.length])
  })
}

/** The version of the schema, without creating anything: 0 if there is none yet. `known` is that of this release. */
export async function schemaVersion(session: Session, schema: string): Promise<{ readonly found: number; readonly known: number }> {
  const known = migrations.length
  const tables = await session.rows('SELECT 1 AS found FROM pg_tables WHERE schemaname = $1 AND tablename = $2', [schema, VERSION_TABLE])
  if (tables.length === 0) return { found: 0, known }
  const [row] = await session.rows<{ version: number }>(`SELECT version FROM ${schema}.${VERSION_TABLE}`)
  return { found: Number(row?.version ?? 0), known }
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
