/**
 * The driver alone: the same rows in synced transactions of the sizes that a node uses: 128 for submissions, 1,024 for imports.
 * The limit of what a node can do.
 */
import { join } from 'node:path'
import { openSqlite } from 'tongheng/stores/sqlite'

const STATEMENT = 'x'.repeat(1620)
const RECEIPT = 'y'.repeat(2400)

export async function rawInserts(folder: string, database: string, seconds: number, together: number) {
  if (database !== 'sqlite') return rawPostgres(database, seconds, together)
  const db = await openSqlite(join(folder, `raw-${together}.db`))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  db.exec(
    'CREATE TABLE t (a INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT UNIQUE, statement TEXT, receipt TEXT, number TEXT, serial TEXT)',
  )
  db.exec('CREATE INDEX n ON t (number); CREATE INDEX s ON t (serial)')
  const insert = db.prepare('INSERT INTO t (id, name, statement, receipt, number, serial) VALUES (?, ?, ?, ?, ?, ?)')
  const end = performance.now() + Math.min(seconds, 5) * 1000
  const started = performance.now()
  let rows = 0
  while (performance.now() < end) {
    db.exec('BEGIN IMMEDIATE')
    for (let n = 0; n < together; n++, rows++) insert.run(`${Math.random()}${rows}`, `n${rows}`, STATEMENT, RECEIPT, `c${rows}`, `s${rows}`)
    db.exec('COMMIT')
  }
  const perSecond = Math.round((rows * 1000) / (performance.now() - started))
  db.close()
  return { name: 'raw inserts of the driver', together, perSecond }
}

async function rawPostgres(url: string, seconds: number, together: number) {
  const { default: pg } = await import('pg')
  const client = new pg.Client(url)
  await client.connect()
  await client.query('DROP TABLE IF EXISTS raw_inserts')
  await client.query('CREATE TABLE raw_inserts (a BIGSERIAL PRIMARY KEY, id TEXT UNIQUE, name TEXT UNIQUE, statement TEXT, receipt TEXT)')
  const values = Array.from({ length: together }, (_, n) => `($${n * 4 + 1}, $${n * 4 + 2}, $${n * 4 + 3}, $${n * 4 + 4})`).join(', ')
  const end = performance.now() + Math.min(seconds, 5) * 1000
  const started = performance.now()
  let rows = 0
  while (performance.now() < end) {
    const parameters: string[] = []
    for (let n = 0; n < together; n++, rows++) parameters.push(`${Math.random()}${rows}`, `n${rows}`, STATEMENT, RECEIPT)
    await client.query(`INSERT INTO raw_inserts (id, name, statement, receipt) VALUES ${values}`, parameters)
  }
  const perSecond = Math.round((rows * 1000) / (performance.now() - started))
  await client.query('DROP TABLE raw_inserts')
  await client.end()
  return { name: 'raw inserts of the driver', together, perSecond }
}
