/** A persistent queue for an outbox: statements are stored on disk before they are sent, so that they survive a crash. */
import { anObject, aText, checkOptions, optional } from '../../base/options.js'
import type { OutboxCounts, OutboxItem, OutboxQueue, OutboxResult } from '../../client/index.js'
import { openSqlite, type SqliteDriver } from './driver.js'
import { openFile, type Transact, transactions } from './file.js'
import { createPrivate } from './private.js'
import { checkSchema, openEmpty } from './schema.js'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS outbox (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    statement TEXT NOT NULL,
    outcome   TEXT,
    receipt   TEXT,
    code      TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (seq) WHERE outcome IS NULL;
`
const PAGE = 500

type Row = OutboxItem & { readonly seq: number; readonly outcome: OutboxResult['outcome']; receipt: string | null; code: string | null }

/**
 * Opens the file as a queue, or creates it. Only one process at a time may send from it; several may add to it. @throws `store.driver`,
 * `store.altered`
 */
export async function createSqliteQueue(options: { readonly file: string; readonly driver?: SqliteDriver }): Promise<OutboxQueue> {
  checkOptions('createSqliteQueue', options, { file: aText, driver: optional(anObject) })
  const { file, driver } = options
  if (driver === undefined) await createPrivate(file)
  const db = driver ?? (await openSqlite(file))
  try {
    await openFile(db, 'FULL')
    const transact = transactions(db)
    await makeSchema(db, transact, driver)
    return queueOver(db, transact)
  } catch (error) {
    if (driver === undefined) db.close()
    throw error
  }
}

/** @throws `store.altered` */
async function makeSchema(db: SqliteDriver, transact: Transact, given: SqliteDriver | undefined): Promise<void> {
  const empty = await openEmpty(given)
  try {
    transact(() => {
      db.exec(SCHEMA)
      // Check the schema: a trigger could mark statements as settled that were never sent.
      checkSchema(db, (one) => one.exec(SCHEMA), empty)
    })
  } finally {
    empty.close()
  }
}

function queueOver(db: SqliteDriver, transact: Transact): OutboxQueue {
  const insert = db.prepare('INSERT INTO outbox (id, statement) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const waiting = db.prepare(
    'SELECT id, statement FROM outbox WHERE outcome IS NULL AND seq > coalesce((SELECT seq FROM outbox WHERE id = ?), 0) ORDER BY seq LIMIT ?',
  )
  const settle = db.prepare('UPDATE outbox SET outcome = ?, receipt = ?, code = ? WHERE id = ?')
  const drop = db.prepare('DELETE FROM outbox WHERE id = ? AND outcome IS NULL')
  const counts = db.prepare("SELECT coalesce(outcome, 'waiting') AS outcome, count(*) AS n FROM outbox GROUP BY outcome")
  const settled = db.prepare('SELECT * FROM outbox WHERE outcome IS NOT NULL AND seq > ? ORDER BY seq LIMIT ?')
  return {
    async add(items) {
      return transact(() => items.reduce((added, { id, statement }) => added + Number(insert.run(id, statement).changes), 0))
    },
    async next(limit, after) {
      return waiting.all(after ?? '', limit) as OutboxItem[]
    },
    async settle(results) {
      transact(() => {
        for (const { id, outcome, receipt, code } of results) settle.run(outcome, receipt ?? null, code ?? null, id)
      })
    },
    async drop(ids) {
      return transact(() => ids.reduce((dropped, id) => dropped + Number(drop.run(id).changes), 0))
    },
    async counts() {
      const found: Record<keyof OutboxCounts, number> = { waiting: 0, accepted: 0, rejected: 0, pending: 0, refused: 0 }
      for (const { outcome, n } of counts.all() as { outcome: keyof OutboxCounts; n: number }[]) found[outcome] = n
      return found
    },
    async *results() {
      for (let after = 0; ; ) {
        const rows = settled.all(after, PAGE) as Row[]
        for (const { id, statement, outcome, receipt, code } of rows)
          yield { id, statement, outcome, receipt: receipt ?? undefined, code: code ?? undefined }
        if (rows.length < PAGE) return
        after = (rows.at(-1) as Row).seq
      }
    },
    async close() {
      db.close()
    },
  }
}
