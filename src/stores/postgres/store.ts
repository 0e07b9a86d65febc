/** The operations of the store over a migrated schema of PostgreSQL. */

import { decodeBase64url, encodeBase64url } from '#native'
import type { EntriesBy, Growth, LogTransaction, PlacedEntry, SkippedEntry, Store, StoredDocument } from '../../node/index.js'
import { createMutex } from '../mutex.js'
import { COLUMNS, countsOf, documentOf, entryOf, listing, logOf, pageOf, peerOf, serialsOf, valuesOf } from '../rows.js'
import type { Database, Session } from './database.js'
import { inspectSchema } from './migrations.js'
import { createRequests } from './requests.js'
import { type Sql, sqlOf } from './sql.js'

/** Positions are safe integers. Clamp larger arguments, because PostgreSQL rejects a number beyond its range. */
const place = (given: number): number => Math.min(given, Number.MAX_SAFE_INTEGER)

/** Creates the read operations on the connection of a session: for the store, and for each transaction. */
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

export function storeOver(db: Database, schema: string, { close, faults }: Pick<Store, 'close' | 'faults'>): Store {
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
          // A transaction without writes does not wait for the standby at commit. It may have read an entry whose commit the standby has
          // not confirmed, and the caller answers with the receipt of that entry. This write makes the commit wait for both.
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
