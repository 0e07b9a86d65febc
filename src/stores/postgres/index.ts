/**
 * `tongheng/stores/postgres`: one database for several processes, which exclude each other by advisory locks. Uses plain SQL only
 * (no extensions, no stored functions, no `ON CONFLICT`), so that it also runs on systems derived from older PostgreSQL versions.
 */

import { decodeBase64url, encodeBase64url } from '#native'
import { anObject, aText, checkArgument, checkMembers, checkOptions, optional } from '../../base/options.js'
import type { EntriesBy, Growth, LogTransaction, PlacedEntry, SkippedEntry, Store, StoredDocument } from '../../node/index.js'
import { createFaultCounter } from '../faults.js'
import { fault } from '../messages.js'
import { createMutex } from '../mutex.js'
import { COLUMNS, countsOf, documentOf, entryOf, inspectionCounts, listing, logOf, pageOf, peerOf, serialsOf, valuesOf } from '../rows.js'
import { type Database, databaseOver, type Session } from './database.js'
import { faultMappingPool, openPool, type PostgresPool } from './driver.js'
import { inspect } from './inspect.js'
import { inspectSchema, migrate, schemaVersion } from './migrations.js'
import { createRedactor } from './redact.js'
import { createRequests } from './requests.js'

export type { PostgresClient, PostgresListening, PostgresNotice, PostgresPool, PostgresResult } from './driver.js'

export type PostgresOptions = {
  /**
   * Schema of the tables; `tongheng` by default. A schema of its own avoids name clashes (`log`, `documents`), does not need the
   * right to create tables in `public`, which is no longer granted by default, and can be granted and dumped as a unit.
   */
  readonly schema?: string
} & (
  | {
      /** `postgres://user:password@host:port/database`. */
      readonly url: string
    }
  | {
      /** An open pool. `close` does not end it. */
      readonly pool: PostgresPool
    }
)

/**
 * Opens a store and migrates the schema under a lock.
 * @throws `store.pg` if no driver is installed; `store.schema` if the schema name is invalid; `store.durability` if the server may
 * lose committed transactions; `store.text` if it does not return text unchanged; `store.newer`; `store.altered` if the schema
 * differs from the one that the migrations create; `store.away` if the server cannot be reached
 * @example
 * ```ts
 * import { createPostgresStore } from 'tongheng/stores/postgres'
 *
 * const url = process.env.DATABASE_URL ?? 'postgres://node:password@127.0.0.1:5432/tongheng'
 * const store = await createPostgresStore({ url, schema: 'docstring' })
 * ;(await store.readLog()).size // => 0
 * await store.close()
 * ```
 */
export async function createPostgresStore(options: PostgresOptions): Promise<Store> {
  checkOptions('createPostgresStore', options, { url: optional(aText), pool: optional(anObject), schema: optional(aText) })
  if (!('url' in options)) checkMembers('createPostgresStore', options, { pool: anObject })
  const { schema = 'tongheng', ...given } = options
  checkSchemaName(schema)
  const own = 'url' in given ? await openPool(given.url) : undefined
  const counter = createFaultCounter()
  const redact = 'url' in given ? createRedactor(given.url) : undefined
  const pool = faultMappingPool(own ?? (given as { pool: PostgresPool }).pool, counter, redact)
  // Without a listener, the loss of an idle connection would end the process. With it, the next query opens a new connection.
  const ignore = (): void => undefined
  pool.on?.('error', ignore)
  // The listener stays on our own pool: connections can still fail after `end` has resolved.
  const close = async (): Promise<void> => void (own === undefined ? pool.off?.('error', ignore) : await own.end())
  try {
    const db = databaseOver(pool, await inspect(pool))
    await migrate(db, schema)
    return storeOver(db, schema, { close, faults: counter.faults })
  } catch (error) {
    await close()
    throw error
  }
}

/** The name is part of SQL texts. */
function checkSchemaName(schema: string): void {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw fault('store.schema', { schema })
}

/**
 * Reads the version of the schema, and changes nothing; 0 if there is none yet. `known` is the version that this release writes; opening
 * a store migrates an older schema to it.
 * @throws `store.pg`, `store.schema`, `store.away`
 */
export async function readSchemaVersion(url: string, schema = 'tongheng'): Promise<{ readonly found: number; readonly known: number }> {
  checkArgument('readSchemaVersion', 'url', url, aText)
  checkArgument('readSchemaVersion', 'schema', schema, aText)
  checkSchemaName(schema)
  const own = await openPool(url)
  own.on?.('error', () => undefined)
  try {
    const pool = faultMappingPool(own, createFaultCounter(), createRedactor(url))
    return await schemaVersion(databaseOver(pool, {}), schema)
  } finally {
    await own.end()
  }
}

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

const sqlOf = (schema: string) => ({
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

type Sql = ReturnType<typeof sqlOf>

/** Positions are safe integers. Clamp larger arguments, because PostgreSQL rejects a number beyond its range. */
const place = (given: number): number => Math.min(given, Number.MAX_SAFE_INTEGER)

/** Read operations shared by the transaction and the store, each on its own connection. */
const reading = (session: Session, sql: Sql): Omit<LogTransaction, 'log' | 'append'> & Pick<Store, 'statements'> => {
  const values = async (text: string, ...bounds: number[]): Promise<string[]> =>
    (await session.rows<{ value: string }>(text, bounds.map(place))).map(({ value }) => value)
  const entriesBy: EntriesBy = async (by, keys, limit) => {
    const found = keys.map((): PlacedEntry[] => [])
    const named = [keys.map(({ iss }) => iss), keys.map(({ value }) => value), keys.map((_, at) => at)]
    for (const row of await session.rows<{ at: string }>(sql.entriesBy[by], [...named, limit])) found[Number(row.at)]?.push(entryOf(row))
    return found
  }
  return {
    statementIds: (start: number, end: number) => values(sql.ids, start, end),
    statements: (start: number, end: number) => values(sql.statements, start, end),
    tileRoots: async (level: number, start: number, end: number) => (await values(sql.tileRoots, level, start, end)).map(decodeBase64url),
    async byNames(names) {
      const found = await entriesBy(
        'name',
        names.map(({ iss, jti: value }) => ({ iss, value })),
        1,
      )
      return found.map(([first]) => first)
    },
    async byIds(ids) {
      const found = new Map((await session.rows(sql.byIds, [ids])).map(entryOf).map((entry) => [entry.statementId, entry]))
      return ids.map((id) => found.get(id))
    },
    entriesBy,
  }
}

async function appendGrowth(session: Session, sql: Sql, size: number, { entries, tileRoots, checkpoint }: Growth): Promise<void> {
  const grown = await session.change(sql.grow, [entries.length, checkpoint ?? null, size])
  if (grown !== 1) throw new Error(`the log is no longer of ${size} entries: somebody wrote without the lock`)
  if (entries.length > 0) {
    const rows = entries.map(valuesOf)
    await session.change(sql.insert, [entries.map((_, at) => size + at), ...COLUMNS.map((_, at) => rows.map((row) => row[at] ?? null))])
  }
  const serials = serialsOf(entries)
  if (serials.length > 0) await session.change(sql.insertSerials, [serials.map(({ serial }) => serial), serials.map(({ at }) => size + at)])
  if (tileRoots.length > 0) {
    const hashes = tileRoots.map(({ hash }) => encodeBase64url(hash))
    await session.change(sql.insertTiles, [tileRoots.map(({ level }) => level), tileRoots.map(({ index }) => index), hashes])
  }
}

/** Shared by all groups of calls. */
interface Open {
  readonly db: Database
  readonly sql: Sql
  readonly schema: string
  readonly first: <T>(read: (row: unknown) => T, text: string, ...values: (string | number)[]) => Promise<T | undefined>
}

function storeOver(db: Database, schema: string, { close, faults }: Pick<Store, 'close' | 'faults'>): Store {
  const sql = sqlOf(schema)
  const { statementIds, statements, tileRoots, entriesBy } = reading(db, sql)
  const first: Open['first'] = async (read, text, ...values) => {
    const [row] = await db.rows(text, values)
    return row === undefined ? undefined : read(row)
  }
  const open: Open = { db, sql, schema, first }
  return {
    sequence: sequencing(db, sql),
    readLog: async () => logOf((await db.rows(sql.log))[0]),
    statementIds,
    statements,
    tileRoots,
    entriesBy,
    ...entryCalls(open),
    rememberRequests: createRequests(db, schema),
    ...peerCalls(open),
    ...documentCalls(open),
    async storedSerials(position, serials) {
      return (await db.rows(sql.storedSerials, [position, serials])).map((row) => (row as { serial: string }).serial)
    },
    async countSerials(before = Number.MAX_SAFE_INTEGER) {
      const [row] = await db.rows(sql.countSerials, [before])
      return Number((row as { count: string }).count)
    },
    async inspect() {
      const [counts] = await db.rows(sql.counts)
      const peers = (await db.rows(sql.peers)).map(peerOf)
      return { ...countsOf(counts), peers, ...(await inspectSchema(db, schema)) }
    },
    async probe() {
      await db.withLock('requests', (session) => session.change(sql.touch))
    },
    faults,
    close,
  }
}

function sequencing(db: Database, sql: Sql): Store['sequence'] {
  // Queue the writers of this process here, so that they use one connection and the others are free for readers.
  const exclusively = createMutex()
  return (work) =>
    exclusively(() =>
      db.withLock(
        'log',
        async (session, [row]) => {
          const state = logOf(row)
          let growth: Growth | undefined
          const result = await work({
            log: state,
            ...reading(session, sql),
            async append(given) {
              growth = given
            },
          })
          if (growth !== undefined) await appendGrowth(session, sql, state.size, growth)
          // A transaction that wrote nothing does not wait for the standby when it commits. What it read, and a receipt is told from, may be
          // an entry whose own commit the standby never confirmed; this write makes it wait for both.
          else await session.change(sql.touchLog)
          return result
        },
        sql.log,
      ),
    )
}

function entryCalls({
  db,
  sql,
  schema,
  first,
}: Open): Pick<Store, 'putCosigned' | 'getEntry' | 'getEntryByName' | 'listEntries' | 'putReceipt'> {
  return {
    async putCosigned(checkpoint, size) {
      await db.change(sql.cosign, [checkpoint, size])
    },
    getEntry: (statementId) => first(entryOf, sql.byId, statementId),
    getEntryByName: (iss, jti) => first(entryOf, sql.byName, iss, jti),
    async listEntries(query, { from, limit }) {
      const options = { table: `${schema}.entries`, placeholder: (n: number) => `$${n}` }
      const { sql: text, values } = listing(query, { from: place(from), limit }, options)
      return pageOf(await db.rows(text, values), limit)
    },
    async putReceipt(statementId, receipt) {
      await db.change(sql.putReceipt, [receipt, statementId])
      const stored = await first((row) => (row as { value: string | null }).value, sql.receipt, statementId)
      if (typeof stored !== 'string') throw new Error(`no entry ${statementId}`)
      return stored
    },
  }
}

type PeerCalls = 'getPeer' | 'advancePeer' | 'setCursor' | 'putSkipped' | 'listSkipped' | 'dropSkipped'

function peerCalls({ db, sql, first }: Open): Pick<Store, PeerCalls> {
  return {
    getPeer: (origin) => first(peerOf, sql.peer, origin),
    async advancePeer({ origin, checkpoint, size }, expectedSize) {
      const changed =
        expectedSize === -1
          ? await db.withLock('peers', (session) => session.change(sql.newPeer, [origin, checkpoint, size]))
          : await db.change(sql.advancePeer, [checkpoint, size, origin, expectedSize])
      return changed === 1
    },
    async setCursor(origin, cursor) {
      if ((await db.change(sql.setCursor, [cursor, origin])) !== 1) throw new Error(`no peer ${origin}`)
    },
    async putSkipped(entries) {
      const rows = [...new Map(entries.map((entry) => [`${entry.index} ${entry.origin}`, entry])).values()]
      const column = (name: keyof SkippedEntry) => rows.map((row) => row[name])
      await db.withLock('peers', async (session) => {
        for (const origin of new Set(rows.map((row) => row.origin)))
          await session.change(sql.dropSkipped, [origin, rows.flatMap((row) => (row.origin === origin ? [row.index] : []))])
        await session.change(sql.putSkipped, [column('origin'), column('index'), column('code'), column('mark')])
      })
    },
    async listSkipped(origin, { not, limit }) {
      const rows = await db.rows<Omit<SkippedEntry, 'index'> & { idx: string }>(sql.listSkipped, [origin, not, limit])
      return rows.map(({ idx, ...rest }) => ({ ...rest, index: Number(idx) }))
    },
    async dropSkipped(origin, indices) {
      await db.change(sql.dropSkipped, [origin, indices])
    },
  }
}

function documentCalls({ db, sql, first }: Open): Pick<Store, 'putDocument' | 'getDocument' | 'listDocuments' | 'listDocumentNames'> {
  return {
    async putDocument({ collection, name, version, signed }) {
      await db.withLock('documents', (session) => session.change(sql.putDocument, [collection, name, version, JSON.stringify(signed)]))
    },
    getDocument: (collection, name, version) =>
      version === undefined
        ? first(documentOf, sql.latestDocument, collection, name)
        : first(documentOf, sql.oneDocument, collection, name, version),
    async listDocuments(collection) {
      return (await db.rows(sql.allDocuments, [collection])).map(documentOf)
    },
    async listDocumentNames({ collection: only = null, newest } = {}) {
      type Row = { readonly collection: StoredDocument['collection']; readonly name: string; readonly version: string }
      const rows =
        newest === undefined ? await db.rows<Row>(sql.documentNames, [only]) : await db.rows<Row>(sql.newestDocumentNames, [only, newest])
      return rows.map(({ collection, name, version }) => ({ collection, name, version: Number(version) }))
    },
  }
}
