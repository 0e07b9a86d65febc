/**
 * The SQLite operations of the store, one method each. Arguments and results can be cloned to another thread; there are no
 * callbacks. All file access is here.
 */

import type { Growth, LogState, LogTransaction, SkippedEntry, Store } from '../../node/index.js'
import {
  COLUMNS,
  countsOf,
  documentOf,
  entryOf,
  inspectionCounts,
  listing,
  logOf,
  pageOf,
  peerOf,
  type serialsOf,
  type Value,
} from '../rows.js'
import type { SqliteDriver, SqliteStatement } from './driver.js'
import type { Transact } from './file.js'
import { migrations, schemaAt } from './migrations.js'
import { checkRoom } from './room.js'
import { pageFaults, schemaFaults } from './schema.js'
import { prepareStatements, type Statements } from './statements.js'
import type { Sync } from './sync.js'

export interface Session extends Omit<Store, 'sequence' | 'tileRoots' | 'faults'> {
  /** The log head in the file, synced or not. */
  currentLog(): Promise<LogState>
  byNames: LogTransaction['byNames']
  byIds: LogTransaction['byIds']
  /** Appends the growth and syncs. Resolves to false if another process has appended first, so that the positions are taken. */
  append(growth: PackedGrowth, size: number): Promise<boolean>
  /** Hashes in base64url. */
  tileRoots(level: number, start: number, end: number): Promise<readonly string[]>
}

/** Like `Growth`, but flat: it is most of the traffic between the threads, and a flat array is cheap to clone. */
export interface PackedGrowth extends Pick<Growth, 'checkpoint'> {
  /** Values of all entries, concatenated, in the order of `COLUMNS`. */
  readonly rows: readonly Value[]
  /** Serial numbers of the lines of batches, each with the index of its entry. */
  readonly serials: ReturnType<typeof serialsOf>
  readonly tileRoots: readonly { readonly level: number; readonly index: number; readonly hash: string }[]
}

/** Seconds between deletions of expired requests, so that the table remains small. */
const FORGET_EVERY = 5

const column = (statement: SqliteStatement, ...values: (string | number)[]): string[] =>
  (statement.all(...values) as { value: string }[]).map(({ value }) => value)

const orNone = <T>(row: unknown, read: (row: unknown) => T): T | undefined => (row === undefined || row === null ? undefined : read(row))

/** Shared by all groups of calls. */
interface Open {
  readonly db: SqliteDriver
  readonly sql: Statements
  readonly transact: Transact
  readonly sync: Sync['sync']
  /**
   * Returns the log head only after it is synced: a head that a power loss rolled back looks to observers like a log that rewrote
   * its history.
   */
  readonly settledLog: () => Promise<LogState>
}

/** @param openPristine opens an empty database in memory, to compare the schema with */
export function createSession(
  db: SqliteDriver,
  transact: Transact,
  { sync, close }: Sync,
  openPristine: () => Promise<SqliteDriver>,
): Session {
  const sql = prepareStatements(db)
  const open: Open = { db, sql, transact, sync, settledLog: settling(sql, sync) }
  return {
    ...logCalls(open),
    ...entryCalls(open),
    rememberRequests: remembering(open),
    ...peerCalls(open),
    ...documentCalls(open),
    async storedSerials(position, serials) {
      return serials.filter((serial) => orNone(sql.hasSerial.get(serial, position), () => true))
    },
    async countSerials(before = Number.MAX_SAFE_INTEGER) {
      return Number((sql.countSerials.get(before) as { value: number }).value)
    },
    async inspect() {
      const empty = await openPristine()
      try {
        const peers = db.prepare('SELECT * FROM peers ORDER BY origin').all().map(peerOf)
        const faults = [...schemaFaults(db, schemaAt(migrations.length), empty), ...pageFaults(db)]
        return { ...countsOf(db.prepare(inspectionCounts('')).get()), peers, unproved: [], faults }
      } finally {
        empty.close()
      }
    },
    async probe() {
      const { file } = db.prepare('PRAGMA database_list').get() as { file: string }
      await checkRoom(file)
      transact(() => sql.touch.run())
      await sync()
    },
    async close() {
      try {
        await close()
        // Checkpoints the WAL, so that the database file alone is a complete copy while no process runs. Takes effect for the last
        // process that closes.
        db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
      } finally {
        db.close()
      }
    },
  }
}

function settling(sql: Statements, sync: Sync['sync']): Open['settledLog'] {
  /** The log head at the last known sync. */
  let synced: LogState | undefined
  return async () => {
    const log = logOf(sql.log.get())
    if (synced?.size === log.size && synced.checkpoint === log.checkpoint) return log
    await sync()
    synced = log
    return log
  }
}

type LogCalls = 'currentLog' | 'byNames' | 'byIds' | 'append' | 'readLog' | 'statementIds' | 'statements' | 'tileRoots' | 'putCosigned'

function logCalls({ sql, transact, settledLog }: Open): Pick<Session, LogCalls> {
  return {
    async currentLog() {
      return logOf(sql.log.get())
    },
    async byNames(names) {
      return names.map(({ iss, jti }) => orNone(sql.firstOfName.get(iss, jti), entryOf))
    },
    async byIds(ids) {
      return ids.map((id) => orNone(sql.byId.get(id), entryOf))
    },
    async append({ rows, serials, tileRoots, checkpoint }, size) {
      const count = rows.length / COLUMNS.length
      const isAppended = transact(() => {
        if (Number(sql.grow.run(count, checkpoint ?? null, size).changes) !== 1) return false
        for (let n = 0; n < count; n++) sql.insert.run(size + n, ...rows.slice(n * COLUMNS.length, (n + 1) * COLUMNS.length))
        for (const { at, serial } of serials) sql.insertSerial.run(serial, size + at)
        for (const { level, index, hash } of tileRoots) sql.insertTile.run(level, index, hash)
        return true
      })
      if (isAppended) await settledLog()
      return isAppended
    },
    readLog: settledLog,
    async statementIds(start, end) {
      return column(sql.ids, start, end)
    },
    async statements(start, end) {
      return column(sql.statements, start, end)
    },
    async tileRoots(level, start, end) {
      return column(sql.tileRoots, level, start, end)
    },
    async putCosigned(checkpoint, size) {
      sql.cosign.run(checkpoint, size)
    },
  }
}

function entryCalls({
  db,
  sql,
  sync,
  settledLog,
}: Open): Pick<Session, 'getEntry' | 'getEntryByName' | 'listEntries' | 'entriesBy' | 'putReceipt'> {
  /** Syncs before it returns an entry, so that the caller never sees one that a power loss can undo. */
  const settled = async <T>(found: T): Promise<T> => {
    await settledLog()
    return found
  }
  return {
    async getEntry(statementId) {
      return settled(orNone(sql.byId.get(statementId), entryOf))
    },
    async getEntryByName(iss, jti) {
      return settled(orNone(sql.firstOfName.get(iss, jti), entryOf))
    },
    async listEntries(query, options) {
      const { sql: text, values } = listing(query, options, { table: 'entries', placeholder: () => '?' })
      return settled(pageOf(db.prepare(text).all(...values), options.limit))
    },
    async entriesBy(by, keys, limit) {
      const statement = { number: sql.byNumber, replaced: sql.byReplaced, name: sql.byName }[by]
      return settled(keys.map(({ iss, value }) => statement.all(iss, value, limit).map(entryOf)))
    },
    async putReceipt(statementId, receipt) {
      sql.putReceipt.run(receipt, statementId)
      const stored = orNone(sql.byId.get(statementId), entryOf)?.receipt
      if (stored === undefined) throw new Error(`no entry ${statementId}`)
      await sync()
      return stored
    },
  }
}

function remembering({ sql, transact }: Open): Session['rememberRequests'] {
  let forgottenAt = Number.NEGATIVE_INFINITY
  // No sync: the data survives a crash of the process. After a power loss a replayed request is idempotent, so it does no harm.
  return async (requests, { now, capacity }) =>
    transact(() => {
      let { size, forgotten } = sql.replay.get() as { size: number; forgotten: number }
      const forget = (): void => {
        const { until } = sql.latestBefore.get(now) as { until: number | null }
        forgotten = Math.max(forgotten, until ?? forgotten)
        size -= Number(sql.forgetRequests.run(now).changes)
        forgottenAt = now
      }
      if (Math.abs(now - forgottenAt) >= FORGET_EVERY) forget()
      const remembered = requests.map(({ iss, jti, until }) => {
        const known = sql.request.get(iss, jti) as { until: number } | undefined
        if (known !== undefined && known.until >= now) return 'seen'
        if (until <= forgotten) return 'forgotten'
        if (known !== undefined || (size >= capacity && forgottenAt !== now)) forget()
        if (size >= capacity) return 'full'
        sql.putRequest.run(iss, jti, until)
        size++
        return 'new'
      })
      sql.setReplay.run(size, forgotten)
      return remembered
    })
}

type PeerCalls = 'getPeer' | 'advancePeer' | 'setCursor' | 'putSkipped' | 'listSkipped' | 'dropSkipped'

function peerCalls({ sql, transact, sync }: Open): Pick<Session, PeerCalls> {
  return {
    async getPeer(origin) {
      return orNone(sql.peer.get(origin), peerOf)
    },
    async advancePeer({ origin, checkpoint, size }, expectedSize) {
      const { changes } =
        expectedSize === -1 ? sql.newPeer.run(origin, checkpoint, size) : sql.advancePeer.run(checkpoint, size, origin, expectedSize)
      // Sync before the peer's checkpoint is cosigned.
      await sync()
      return Number(changes) === 1
    },
    // No sync here either: the disk always has a prefix of the writes, so a stored cursor never precedes the entries it covers.
    async setCursor(origin, cursor) {
      if (Number(sql.setCursor.run(cursor, origin).changes) !== 1) throw new Error(`no peer ${origin}`)
    },
    async putSkipped(entries) {
      transact(() => {
        for (const { origin, index, code, mark } of entries) sql.putSkipped.run(origin, index, code, mark)
      })
    },
    async listSkipped(origin, { not, limit }) {
      return sql.listSkipped.all(origin, not, limit) as SkippedEntry[]
    },
    async dropSkipped(origin, indices) {
      transact(() => {
        for (const index of indices) sql.dropSkipped.run(origin, index)
      })
    },
  }
}

function documentCalls({ sql, sync }: Open): Pick<Session, 'putDocument' | 'getDocument' | 'listDocuments' | 'listDocumentNames'> {
  return {
    async putDocument({ collection, name, version, signed }) {
      sql.putDocument.run(collection, name, version, JSON.stringify(signed))
      await sync()
    },
    async getDocument(collection, name, version) {
      const row = version === undefined ? sql.latestDocument.get(collection, name) : sql.oneDocument.get(collection, name, version)
      return orNone(row, documentOf)
    },
    async listDocuments(collection) {
      return sql.allDocuments.all(collection).map(documentOf)
    },
    async listDocumentNames({ collection = '', newest } = {}) {
      const rows = newest === undefined ? sql.documentNames.all(collection) : sql.newestDocumentNames.all(collection, newest)
      return rows as Awaited<ReturnType<Store['listDocumentNames']>>
    },
  }
}
