/** `tongheng/stores/sqlite`: one file, WAL, `synchronous=FULL`: what was acknowledged is on the disk. */
import { TonghengError } from '../../base/error.js'
import type { RecordQuery, Store, StoredDocument, StoredRecord } from '../../exchange/server.js'
import { openSqlite, type SqliteDriver, type SqliteValue } from './driver.js'
import { migrations } from './migrations.js'

export type { SqliteDriver, SqliteStatement, SqliteValue } from './driver.js'
export { openSqlite } from './driver.js'

export interface SqliteOptions {
  /** Path of the database file; `:memory:` for one that forgets. */
  readonly file: string
  /** A driver already open, instead of the runtime's own or libsql. */
  readonly driver?: SqliteDriver
}

/** Opens a store, bringing the schema up to date under a lock. */
export async function createSqliteStore({ file, driver }: SqliteOptions): Promise<Store> {
  const db = driver ?? (await openSqlite(file))
  db.exec(`PRAGMA busy_timeout = ${PATIENCE}`)
  await changeToWal(db)
  db.exec('PRAGMA synchronous = FULL')
  migrate(db)
  return storeOver(db)
}

/** How long to wait for another process, in milliseconds. */
const PATIENCE = 5000
const PAUSE = 20

/**
 * SQLite does not wait for a lock while it changes a new file to WAL: of two processes that open it at once, one is told that
 * it is busy. So the waiting is done here.
 */
async function changeToWal(db: SqliteDriver): Promise<void> {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      db.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (!(error instanceof Error && /locked|busy/i.test(error.message)) || waited > PATIENCE) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}

/** Forward only. @throws `store.newer` where a later release wrote the file */
function migrate(db: SqliteDriver): void {
  transact(db, () => {
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number }
    if (version > migrations.length) throw new TonghengError('store.newer', { found: version, known: migrations.length })
    for (const step of migrations.slice(version)) db.exec(step)
    db.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

/** A write transaction: takes the lock first, so that what is read inside still holds when it is written. */
function transact<T>(db: SqliteDriver, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

interface RecordRow {
  readonly position: number
  readonly statement_id: string
  readonly iss: string
  readonly jti: string
  readonly statement: string
  readonly kind: string
  readonly decision: StoredRecord['decision']
  readonly code: string
  readonly outcome: StoredRecord['outcome']
  readonly receipt: string
  readonly received_at: number
  readonly number: string
  readonly serial: string | null
  readonly plate: string | null
  readonly region: string
  readonly fact_date: string
  readonly valid_until: string | null
}

const recordOf = (row: RecordRow): StoredRecord & { position: number } => ({
  position: row.position,
  statementId: row.statement_id,
  statement: row.statement,
  iss: row.iss,
  jti: row.jti,
  kind: row.kind,
  decision: row.decision,
  code: row.code,
  outcome: row.outcome,
  receipt: row.receipt,
  receivedAt: row.received_at,
  search: {
    number: row.number,
    serial: row.serial ?? undefined,
    plate: row.plate ?? undefined,
    region: row.region,
    factDate: row.fact_date,
    validUntil: row.valid_until ?? undefined,
  },
})

const documentOf = (row: unknown): StoredDocument => {
  const { collection, name, version, signed } = row as Omit<StoredDocument, 'signed'> & { signed: string }
  return { collection, name, version, signed: JSON.parse(signed) as string[] }
}

function storeOver(db: SqliteDriver): Store {
  const insertRecord = db.prepare(
    `INSERT INTO records (statement_id, iss, jti, statement, kind, decision, code, outcome, receipt, received_at,
       number, serial, plate, region, fact_date, valid_until)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (iss, jti) DO NOTHING`,
  )
  const recordById = db.prepare('SELECT * FROM records WHERE statement_id = ?')
  const recordByName = db.prepare('SELECT * FROM records WHERE iss = ? AND jti = ?')
  const requestByName = db.prepare('SELECT until FROM requests WHERE iss = ? AND jti = ?')
  const putRequest = db.prepare('INSERT OR REPLACE INTO requests (iss, jti, until) VALUES (?, ?, ?)')
  const countRequests = db.prepare('SELECT count(*) AS n FROM requests')
  const forgetRequests = db.prepare('DELETE FROM requests WHERE until < ?')
  const putDocument = db.prepare('INSERT INTO documents (collection, name, version, signed) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const latestDocument = db.prepare('SELECT * FROM documents WHERE collection = ? AND name = ? ORDER BY version DESC LIMIT 1')
  const oneDocument = db.prepare('SELECT * FROM documents WHERE collection = ? AND name = ? AND version = ?')
  const allDocuments = db.prepare('SELECT * FROM documents WHERE collection = ? ORDER BY name, version')
  const named = (iss: string, jti: string): StoredRecord | undefined => {
    const row = recordByName.get(iss, jti) as RecordRow | undefined
    return row === undefined ? undefined : recordOf(row)
  }

  return {
    async putRecord(record) {
      const { search } = record
      const { changes } = insertRecord.run(
        record.statementId,
        record.iss,
        record.jti,
        record.statement,
        record.kind,
        record.decision,
        record.code,
        record.outcome,
        record.receipt,
        record.receivedAt,
        search.number,
        search.serial ?? null,
        search.plate ?? null,
        search.region,
        search.factDate,
        search.validUntil ?? null,
      )
      if (Number(changes) === 1) return { record, isNew: true }
      return { record: named(record.iss, record.jti) as StoredRecord, isNew: false }
    },
    async getRecord(statementId) {
      const row = recordById.get(statementId) as RecordRow | undefined
      return row === undefined ? undefined : recordOf(row)
    },
    async getRecordByName(iss, jti) {
      return named(iss, jti)
    },
    async listRecords(query, { after, limit }) {
      const { sql, values } = listing(query, after, limit)
      const rows = db.prepare(sql).all(...values) as RecordRow[]
      const items = rows.slice(0, limit).map(recordOf)
      return rows.length > limit ? { items, next: (items.at(-1) as { position: number }).position } : { items }
    },
    async rememberRequest({ iss, jti, until, now, capacity }) {
      return transact(db, () => {
        const known = requestByName.get(iss, jti) as { until: number } | undefined
        if (known !== undefined && known.until >= now) return 'seen'
        const count = (): number => (countRequests.get() as { n: number }).n
        if (count() >= capacity) {
          forgetRequests.run(now)
          if (count() >= capacity) return 'full'
        }
        putRequest.run(iss, jti, until)
        return 'new'
      })
    },
    async putDocument({ collection, name, version, signed }) {
      putDocument.run(collection, name, version, JSON.stringify(signed))
    },
    async getDocument(collection, name, version) {
      const row = version === undefined ? latestDocument.get(collection, name) : oneDocument.get(collection, name, version)
      return row === undefined ? undefined : documentOf(row)
    },
    async listDocuments(collection) {
      return allDocuments.all(collection).map(documentOf)
    },
    async close() {
      db.close()
    },
  }
}

/** Clauses by query member; the rest of the statement is fixed, and values are always bound. */
const FILTERS: readonly (readonly [keyof RecordQuery, readonly string[]])[] = [
  ['number', ['number = ?']],
  ['serial', ['serial = ?']],
  ['plate', ['plate = ?']],
  ['kind', ['kind = ?']],
  ['issuer', ['iss = ?']],
  ['region', ['region = ?']],
  ['validOn', ['fact_date <= ?', '(valid_until IS NULL OR valid_until >= ?)']],
]

function listing(query: RecordQuery, after: number, limit: number): { sql: string; values: SqliteValue[] } {
  const values: SqliteValue[] = [after]
  const where = ['position > ?']
  for (const [member, clauses] of FILTERS) {
    const value = query[member]
    if (value === undefined) continue
    for (const clause of clauses) {
      where.push(clause)
      values.push(value)
    }
  }
  values.push(limit + 1)
  return { sql: `SELECT * FROM records WHERE ${where.join(' AND ')} ORDER BY position LIMIT ?`, values }
}
