/** The SQL texts of the store. */
import { COLUMNS, inspectionCounts } from '../rows.js'

const typeOf = (column: (typeof COLUMNS)[number]): string => (column === 'received_at' ? 'bigint[]' : 'text[]')

const KEYED: Readonly<Record<'number' | 'replaced' | 'name', string>> = {
  number: 'entries.number = named.value',
  replaced: '(entries.supersedes = named.value OR entries.amends = named.value)',
  name: 'entries.jti = named.value',
}

const entriesBySql = (schema: string): typeof KEYED => {
  const sql = (condition: string): string => `SELECT * FROM (
      SELECT named.at, entries.*, row_number() OVER (PARTITION BY named.at ORDER BY entries.position) AS nth
      FROM (SELECT unnest($1::text[]) AS iss, unnest($2::text[]) AS value, unnest($3::bigint[]) AS at) AS named
      JOIN ${schema}.entries ON entries.iss = named.iss AND ${condition}
    ) AS found WHERE nth <= $4 ORDER BY at, position`
  return { number: sql(KEYED.number), replaced: sql(KEYED.replaced), name: sql(KEYED.name) }
}

/** Returns the statements over the tables of a schema. */
export const sqlOf = (schema: string) => ({
  log: `SELECT size, checkpoint, cosigned FROM ${schema}.log`,
  grow: `UPDATE ${schema}.log SET size = size + $1, checkpoint = coalesce($2, checkpoint) WHERE size = $3`,
  cosign: `UPDATE ${schema}.log SET cosigned = $1, cosigned_size = $2 WHERE cosigned_size <= $2`,
  // One array parameter per column, so that the statement does not depend on the number of entries.
  insert: `INSERT INTO ${schema}.entries (position, ${COLUMNS.join(', ')})
    SELECT unnest($1::bigint[]), ${COLUMNS.map((column, at) => `unnest($${at + 2}::${typeOf(column)})`).join(', ')}`,
  insertSerials: `INSERT INTO ${schema}.entry_serials (serial, position) SELECT unnest($1::text[]), unnest($2::bigint[])`,
  storedSerials: `SELECT serial FROM ${schema}.entry_serials WHERE position = $1 AND serial = ANY ($2::text[])`,
  countSerials: `SELECT count(*) AS count FROM ${schema}.entry_serials WHERE position < $1`,
  byId: `SELECT * FROM ${schema}.entries WHERE statement_id = $1`,
  byName: `SELECT * FROM ${schema}.entries WHERE iss = $1 AND jti = $2 ORDER BY position LIMIT 1`,
  byIds: `SELECT * FROM ${schema}.entries WHERE statement_id = ANY ($1::text[])`,
  // Uses a window function because systems derived from older PostgreSQL versions lack LATERAL.
  entriesBy: entriesBySql(schema),
  ids: `SELECT statement_id AS value FROM ${schema}.entries WHERE position >= $1 AND position < $2 ORDER BY position`,
  statements: `SELECT statement AS value FROM ${schema}.entries WHERE position >= $1 AND position < $2 ORDER BY position`,
  tileRoots: `SELECT hash AS value FROM ${schema}.tile_roots WHERE level = $1 AND idx >= $2 AND idx < $3 ORDER BY idx`,
  insertTiles: `INSERT INTO ${schema}.tile_roots (level, idx, hash)
    SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::text[])`,
  putReceipt: `UPDATE ${schema}.entries SET receipt = $1 WHERE statement_id = $2 AND receipt IS NULL`,
  receipt: `SELECT receipt AS value FROM ${schema}.entries WHERE statement_id = $1`,
  touchLog: `UPDATE ${schema}.log SET size = size`,
  touch: `UPDATE ${schema}.replay SET size = size`,
  counts: inspectionCounts(`${schema}.`),
  peers: `SELECT * FROM ${schema}.peers ORDER BY origin`,
  peer: `SELECT * FROM ${schema}.peers WHERE origin = $1`,
  newPeer: `INSERT INTO ${schema}.peers (origin, checkpoint, size, cursor) SELECT $1::text, $2::text, $3::bigint, 0
    WHERE NOT EXISTS (SELECT 1 FROM ${schema}.peers WHERE origin = $1)`,
  advancePeer: `UPDATE ${schema}.peers SET checkpoint = $1, size = $2 WHERE origin = $3 AND size = $4`,
  setCursor: `UPDATE ${schema}.peers SET cursor = $1 WHERE origin = $2`,
  putSkipped: `INSERT INTO ${schema}.skipped (origin, idx, code, mark)
    SELECT unnest($1::text[]), unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[])`,
  listSkipped: `SELECT origin, idx, code, mark FROM ${schema}.skipped WHERE origin = $1 AND mark <> $2 ORDER BY idx LIMIT $3`,
  dropSkipped: `DELETE FROM ${schema}.skipped WHERE origin = $1 AND idx = ANY ($2::bigint[])`,
  putDocument: `INSERT INTO ${schema}.documents (collection, name, version, signed) SELECT $1::text, $2::text, $3::bigint, $4::text
    WHERE NOT EXISTS (SELECT 1 FROM ${schema}.documents WHERE collection = $1 AND name = $2 AND version = $3)`,
  latestDocument: `SELECT * FROM ${schema}.documents WHERE collection = $1 AND name = $2 ORDER BY version DESC LIMIT 1`,
  oneDocument: `SELECT * FROM ${schema}.documents WHERE collection = $1 AND name = $2 AND version = $3`,
  documentNames: `SELECT collection, name, version FROM ${schema}.documents WHERE $1::text IS NULL OR collection = $1
    ORDER BY collection, name, version`,
  // Steps from name to name by the index (a loose index scan), and reads the newest versions of each.
  newestDocumentNames: `WITH RECURSIVE names AS (
      (SELECT collection, name FROM ${schema}.documents ORDER BY collection, name LIMIT 1)
      UNION ALL
      SELECT following.* FROM names, LATERAL (SELECT collection, name FROM ${schema}.documents
        WHERE (collection, name) > (names.collection, names.name) ORDER BY collection, name LIMIT 1) AS following
    )
    SELECT newest.* FROM names, LATERAL (SELECT collection, name, version FROM ${schema}.documents
      WHERE collection = names.collection AND name = names.name ORDER BY version DESC LIMIT $2) AS newest
    WHERE $1::text IS NULL OR newest.collection = $1 ORDER BY collection, name, version`,
  allDocuments: `SELECT * FROM ${schema}.documents WHERE collection = $1 ORDER BY name, version`,
})

export type Sql = ReturnType<typeof sqlOf>
