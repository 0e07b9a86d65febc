/** The prepared statements of the store, by table. SQLite parses each once. */
import { COLUMNS } from '../rows.js'
import type { SqliteDriver } from './driver.js'

const logStatements = (db: SqliteDriver) => ({
  log: db.prepare('SELECT size, checkpoint, cosigned FROM log'),
  grow: db.prepare('UPDATE log SET size = size + ?, checkpoint = coalesce(?, checkpoint) WHERE size = ?'),
  cosign: db.prepare('UPDATE log SET cosigned = ?1, cosigned_size = ?2 WHERE cosigned_size <= ?2'),
  tileRoots: db.prepare('SELECT hash AS value FROM tile_roots WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx'),
  insertTile: db.prepare('INSERT INTO tile_roots (level, idx, hash) VALUES (?, ?, ?)'),
})

const entryStatements = (db: SqliteDriver) => ({
  insert: db.prepare(`INSERT INTO entries (position, ${COLUMNS.join(', ')}) VALUES (?, ${COLUMNS.map(() => '?').join(', ')})`),
  insertSerial: db.prepare('INSERT INTO entry_serials (serial, position) VALUES (?, ?)'),
  hasSerial: db.prepare('SELECT 1 AS value FROM entry_serials WHERE serial = ? AND position = ?'),
  countSerials: db.prepare('SELECT count(*) AS value FROM entry_serials WHERE position < ?'),
  byId: db.prepare('SELECT * FROM entries WHERE statement_id = ?'),
  firstOfName: db.prepare('SELECT * FROM entries WHERE iss = ? AND jti = ? ORDER BY position LIMIT 1'),
  // A separate statement from `firstOfName`: one driver returns a row of the last `all` when `get` is called on the same statement.
  byName: db.prepare('SELECT * FROM entries WHERE iss = ? AND jti = ? ORDER BY position LIMIT ?'),
  byNumber: db.prepare('SELECT * FROM entries WHERE iss = ? AND number = ? ORDER BY position LIMIT ?'),
  byReplaced: db.prepare(
    `SELECT * FROM entries WHERE iss = ?1 AND supersedes = ?2 UNION SELECT * FROM entries WHERE iss = ?1 AND amends = ?2
     ORDER BY position LIMIT ?3`,
  ),
  ids: db.prepare('SELECT statement_id AS value FROM entries WHERE position >= ? AND position < ? ORDER BY position'),
  statements: db.prepare('SELECT statement AS value FROM entries WHERE position >= ? AND position < ? ORDER BY position'),
  putReceipt: db.prepare('UPDATE entries SET receipt = ? WHERE statement_id = ? AND receipt IS NULL'),
})

const requestStatements = (db: SqliteDriver) => ({
  request: db.prepare('SELECT until FROM requests WHERE iss = ? AND jti = ?'),
  putRequest: db.prepare('INSERT INTO requests (iss, jti, until) VALUES (?, ?, ?)'),
  replay: db.prepare('SELECT size, forgotten FROM replay'),
  setReplay: db.prepare('UPDATE replay SET size = ?, forgotten = ?'),
  latestBefore: db.prepare('SELECT max(until) AS until FROM requests WHERE until < ?'),
  touch: db.prepare('UPDATE replay SET size = size'),
  forgetRequests: db.prepare('DELETE FROM requests WHERE until < ?'),
})

const peerStatements = (db: SqliteDriver) => ({
  peer: db.prepare('SELECT * FROM peers WHERE origin = ?'),
  newPeer: db.prepare('INSERT INTO peers (origin, checkpoint, size, cursor) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING'),
  advancePeer: db.prepare('UPDATE peers SET checkpoint = ?, size = ? WHERE origin = ? AND size = ?'),
  setCursor: db.prepare('UPDATE peers SET cursor = ? WHERE origin = ?'),
  putSkipped: db.prepare('INSERT OR REPLACE INTO skipped (origin, idx, code, mark) VALUES (?, ?, ?, ?)'),
  listSkipped: db.prepare('SELECT origin, idx AS "index", code, mark FROM skipped WHERE origin = ? AND mark <> ? ORDER BY idx LIMIT ?'),
  dropSkipped: db.prepare('DELETE FROM skipped WHERE origin = ? AND idx = ?'),
})

const documentStatements = (db: SqliteDriver) => ({
  putDocument: db.prepare('INSERT INTO documents (collection, name, version, signed) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'),
  latestDocument: db.prepare('SELECT * FROM documents WHERE collection = ? AND name = ? ORDER BY version DESC LIMIT 1'),
  oneDocument: db.prepare('SELECT * FROM documents WHERE collection = ? AND name = ? AND version = ?'),
  // An empty text means all collections: one driver treats NULL as the first argument as an object of named parameters.
  documentNames: db.prepare(
    `SELECT collection, name, version FROM documents WHERE ?1 = '' OR collection = ?1 ORDER BY collection, name, version`,
  ),
  // Steps from name to name by the index (a loose index scan), and reads the newest versions of each.
  newestDocumentNames: db.prepare(`
    WITH RECURSIVE collections (c) AS (
      SELECT min(collection) FROM documents
      UNION ALL
      SELECT (SELECT min(collection) FROM documents WHERE collection > c) FROM collections WHERE c IS NOT NULL
    ), names (c, n) AS (
      SELECT c, (SELECT min(name) FROM documents WHERE collection = c) FROM collections WHERE c IS NOT NULL AND (?1 = '' OR c = ?1)
      UNION ALL
      SELECT c, (SELECT min(name) FROM documents WHERE collection = c AND name > n) FROM names WHERE n IS NOT NULL
    )
    SELECT d.collection, d.name, d.version FROM names CROSS JOIN documents AS d
    ON d.collection = c AND d.name = n AND d.version >= coalesce(
      (SELECT version FROM documents WHERE collection = c AND name = n ORDER BY version DESC LIMIT 1 OFFSET ?2 - 1), 0)
    ORDER BY d.collection, d.name, d.version`),
  allDocuments: db.prepare('SELECT * FROM documents WHERE collection = ? ORDER BY name, version'),
})

export const prepareStatements = (db: SqliteDriver) => ({
  ...logStatements(db),
  ...entryStatements(db),
  ...requestStatements(db),
  ...peerStatements(db),
  ...documentStatements(db),
})

export type Statements = ReturnType<typeof prepareStatements>
