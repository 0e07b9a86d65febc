/** Migrations of the schema. A released migration never changes; a new one is appended. */
import { decodeBase64url, encodeBase64url } from '#native'
import { emptyEdge, leafHash } from '../../log/index.js'
import type * as older from '../older-rows.js'
import type { SqliteDriver } from './driver.js'
import type { MakeSchema } from './schema.js'

/** Reads the rows of older databases. */
export type OlderRows = typeof older

/** `rows` is absent for a new database, in which a migration finds no row. */
export type Migration = (db: SqliteDriver, rows?: OlderRows) => void

const records: Migration = (db) => {
  db.exec(`
  CREATE TABLE records (
    position     INTEGER PRIMARY KEY AUTOINCREMENT,
    statement_id TEXT NOT NULL UNIQUE,
    iss          TEXT NOT NULL,
    jti          TEXT NOT NULL,
    statement    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    decision     TEXT NOT NULL,
    code         TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    receipt      TEXT NOT NULL,
    received_at  INTEGER NOT NULL,
    number       TEXT NOT NULL,
    serial       TEXT,
    plate        TEXT,
    region       TEXT NOT NULL,
    fact_date    TEXT NOT NULL,
    valid_until  TEXT,
    UNIQUE (iss, jti)
  ) STRICT;
  CREATE INDEX records_number ON records (number);
  CREATE INDEX records_serial ON records (serial) WHERE serial IS NOT NULL;
  CREATE INDEX records_plate  ON records (plate)  WHERE plate IS NOT NULL;
  CREATE INDEX records_kind   ON records (kind, position);
  CREATE INDEX records_region ON records (region, position);
  CREATE TABLE requests (
    iss   TEXT NOT NULL,
    jti   TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (iss, jti)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX requests_until ON requests (until);
  CREATE TABLE documents (
    collection TEXT NOT NULL,
    name       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    signed     TEXT NOT NULL,
    PRIMARY KEY (collection, name, version)
  ) STRICT, WITHOUT ROWID;
  `)
}

/** Converts records to log entries in order of arrival; their positions become the leaf indices, from 0. */
const log: Migration = (db) => {
  db.exec(`
  CREATE TABLE entries (
    position     INTEGER PRIMARY KEY,
    statement_id TEXT NOT NULL UNIQUE,
    iss          TEXT NOT NULL,
    jti          TEXT NOT NULL,
    statement    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    decision     TEXT NOT NULL,
    code         TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    receipt      TEXT,
    received_at  INTEGER NOT NULL,
    number       TEXT NOT NULL,
    serial       TEXT,
    plate        TEXT,
    region       TEXT NOT NULL,
    fact_date    TEXT NOT NULL,
    valid_until  TEXT,
    UNIQUE (iss, jti)
  ) STRICT;
  INSERT INTO entries
    SELECT row_number() OVER (ORDER BY position) - 1, statement_id, iss, jti, statement, kind, decision, code, outcome,
      receipt, received_at, number, serial, plate, region, fact_date, valid_until
    FROM records ORDER BY position;
  DROP TABLE records;
  CREATE INDEX entries_number ON entries (number);
  CREATE INDEX entries_serial ON entries (serial) WHERE serial IS NOT NULL;
  CREATE INDEX entries_plate  ON entries (plate)  WHERE plate IS NOT NULL;
  CREATE INDEX entries_kind   ON entries (kind, position);
  CREATE INDEX entries_region ON entries (region, position);
  CREATE TABLE tile_roots (
    level INTEGER NOT NULL,
    idx   INTEGER NOT NULL,
    hash  TEXT NOT NULL,
    PRIMARY KEY (level, idx)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE log (
    id            INTEGER PRIMARY KEY CHECK (id = 0),
    size          INTEGER NOT NULL,
    checkpoint    TEXT,
    cosigned      TEXT,
    cosigned_size INTEGER NOT NULL
  ) STRICT;
  INSERT INTO log SELECT 0, count(*), NULL, NULL, -1 FROM entries;
  CREATE TABLE replay (
    id   INTEGER PRIMARY KEY CHECK (id = 0),
    size INTEGER NOT NULL
  ) STRICT;
  INSERT INTO replay SELECT 0, count(*) FROM requests;
  CREATE TABLE peers (
    origin     TEXT PRIMARY KEY,
    checkpoint TEXT NOT NULL,
    size       INTEGER NOT NULL,
    cursor     INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE skipped (
    origin TEXT NOT NULL,
    idx    INTEGER NOT NULL,
    code   TEXT NOT NULL,
    mark   TEXT NOT NULL,
    PRIMARY KEY (origin, idx)
  ) STRICT, WITHOUT ROWID;
  `)
  const insert = db.prepare('INSERT INTO tile_roots (level, idx, hash) VALUES (?, ?, ?)')
  const page = db.prepare('SELECT statement_id FROM entries WHERE position >= ? ORDER BY position LIMIT ?')
  const edge = emptyEdge()
  for (let at = 0, isMore = true; isMore; at += PAGE) {
    const rows = page.all(at, PAGE) as { statement_id: string }[]
    for (const { statement_id: id } of rows) edge.append(leafHash(decodeBase64url(id)))
    for (const { level, index, hash } of edge.settle()) insert.run(level, index, encodeBase64url(hash))
    isMore = rows.length === PAGE
  }
}

/** Adds columns to find a record by the one it replaces, and fills them for the existing entries. */
const replaced: Migration = (db, rows) => {
  db.exec(`
  ALTER TABLE entries ADD COLUMN supersedes TEXT;
  ALTER TABLE entries ADD COLUMN amends TEXT;
  `)
  const set = db.prepare('UPDATE entries SET supersedes = ?, amends = ? WHERE position = ?')
  const page = db.prepare('SELECT position, statement FROM entries WHERE position >= ? AND kind <> ? ORDER BY position LIMIT ?')
  for (let from = 0, isMore = true; isMore; ) {
    const found = page.all(from, NOTICE, PAGE) as { position: number; statement: string }[]
    for (const { position, statement } of found) {
      const columns = rows!.replacedColumns(statement)
      if (columns !== undefined) set.run(...columns, position)
      from = position + 1
    }
    isMore = found.length === PAGE
  }
  db.exec(`
  CREATE INDEX entries_supersedes ON entries (iss, supersedes) WHERE supersedes IS NOT NULL;
  CREATE INDEX entries_amends     ON entries (iss, amends)     WHERE amends IS NOT NULL;
  `)
}

const NOTICE = 'notice'
const PAGE = 4096

/** Changes the name of a status list to issuer and address. Before, it was the address alone, which any issuer can write into a list. */
const listsByIssuer: Migration = (db, rows) => {
  const rename = db.prepare(`UPDATE documents SET name = ? WHERE collection = 'status-list' AND name = ? AND version = ?`)
  const lists = db.prepare(`SELECT name, version, signed FROM documents WHERE collection = 'status-list'`).all() as {
    name: string
    version: number
    signed: string
  }[]
  for (const { name, version, signed } of lists) rename.run(rows!.statusListRenamed(name, signed), name, version)
}

/**
 * Adds the latest expiry among the deleted replay entries: after a clock is set back, those requests must not be accepted again.
 */
const forgotten: Migration = (db) => db.exec('ALTER TABLE replay ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0')

/** Drops the uniqueness of (iss, jti): a peer's log may contain a second statement under the same name, and both are stored. */
const namesTwice: Migration = (db) =>
  db.exec(`
  ALTER TABLE entries RENAME TO entries_before;
  CREATE TABLE entries (
    position     INTEGER PRIMARY KEY,
    statement_id TEXT NOT NULL UNIQUE,
    iss          TEXT NOT NULL,
    jti          TEXT NOT NULL,
    statement    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    decision     TEXT NOT NULL,
    code         TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    receipt      TEXT,
    received_at  INTEGER NOT NULL,
    number       TEXT NOT NULL,
    serial       TEXT,
    plate        TEXT,
    region       TEXT NOT NULL,
    fact_date    TEXT NOT NULL,
    valid_until  TEXT,
    supersedes   TEXT,
    amends       TEXT
  ) STRICT;
  INSERT INTO entries
    SELECT position, statement_id, iss, jti, statement, kind, decision, code, outcome, receipt, received_at, number, serial, plate,
      region, fact_date, valid_until, supersedes, amends
    FROM entries_before ORDER BY position;
  DROP TABLE entries_before;
  CREATE INDEX entries_name   ON entries (iss, jti);
  CREATE INDEX entries_number ON entries (number);
  CREATE INDEX entries_serial ON entries (serial) WHERE serial IS NOT NULL;
  CREATE INDEX entries_plate  ON entries (plate)  WHERE plate IS NOT NULL;
  CREATE INDEX entries_kind   ON entries (kind, position);
  CREATE INDEX entries_region ON entries (region, position);
  CREATE INDEX entries_supersedes ON entries (iss, supersedes) WHERE supersedes IS NOT NULL;
  CREATE INDEX entries_amends     ON entries (iss, amends)     WHERE amends IS NOT NULL;
  `)

/** Adds the serial numbers of the lines of batch certificates, and those of existing entries. */
const lines: Migration = (db, rows) => {
  db.exec(`
  CREATE TABLE entry_serials (
    serial   TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (serial, position)
  ) STRICT, WITHOUT ROWID;
  `)
  const insert = db.prepare('INSERT INTO entry_serials (serial, position) VALUES (?, ?)')
  const page = db.prepare(
    'SELECT position, statement FROM entries WHERE position >= ? AND kind = ? AND serial IS NULL ORDER BY position LIMIT ?',
  )
  for (let from = 0, isMore = true; isMore; ) {
    const found = page.all(from, 'verification-record', PAGE) as { position: number; statement: string }[]
    for (const { position, statement } of found) {
      for (const serial of rows!.lineSerials(statement)) insert.run(serial, position)
      from = position + 1
    }
    isMore = found.length === PAGE
  }
}

/** The migrations in order; the schema version is the number that were applied. */
export const migrations: readonly Migration[] = [records, log, listsByIssuer, forgotten, replaced, namesTwice, lines]

/** Returns a function that creates the schema of a version in an empty database. */
export const schemaAt =
  (version: number): MakeSchema =>
  (db) => {
    for (const step of migrations.slice(0, version)) step(db)
  }
