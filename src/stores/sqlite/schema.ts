/**
 * The schema of a file, held against the one that the migrations make: a trigger that drops revocations, a view in the place of a
 * table or an index that lacks rows would decide what the node answers, and no signature shows it.
 */

import { isTonghengError, type TonghengError } from '../../base/error.js'
import { excerpt } from '../../base/excerpt.js'
import { fault } from '../messages.js'
import { openSqlite, type SqliteDriver } from './driver.js'

interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

/** What SQLite makes of itself: counters of AUTOINCREMENT, statistics of ANALYZE. Neither changes a result. */
const OWN: ReadonlySet<string> = new Set([
  'CREATE TABLE sqlite_sequence(name,seq)',
  'CREATE TABLE sqlite_stat1(tbl,idx,stat)',
  'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)',
])
const MOST_NAMED = 20

/** Makes in an empty database what a file is expected to have. */
export type MakeSchema = (db: SqliteDriver) => void

/** An empty database in memory, by the runtime's driver, or by the class of the one given. @throws `store.driver` */
export async function openEmpty(given: SqliteDriver | undefined): Promise<SqliteDriver> {
  try {
    return await openSqlite(':memory:')
  } catch (error) {
    if (given === undefined || !isTonghengError(error, 'store.driver')) throw error
    return Reflect.construct(given.constructor, [':memory:']) as SqliteDriver
  }
}

/** Objects of a file that are not as `make` makes them, and those that are missing. */
export function schemaFaults(db: SqliteDriver, make: MakeSchema, empty: SqliteDriver): string[] {
  make(empty)
  const expected = new Map(rowsOf(empty).map((row) => [keyOf(row), row]))
  const faults: string[] = []
  for (const row of rowsOf(db)) {
    if (row.sql !== null && OWN.has(row.sql)) continue
    const known = expected.get(keyOf(row))
    expected.delete(keyOf(row))
    if (known === undefined || known.sql !== row.sql) faults.push(`${row.type} ${excerpt(row.name, 60)}`)
  }
  for (const { type, name, sql } of expected.values()) if (sql === null || !OWN.has(sql)) faults.push(`${type} ${name} (-)`)
  return faults
}

/** @throws `store.altered` */
export function checkSchema(db: SqliteDriver, make: MakeSchema, empty: SqliteDriver): void {
  const faults = schemaFaults(db, make, empty)
  if (faults.length > 0) throw alteredSchema(faults)
}

export const alteredSchema = (faults: readonly string[]): TonghengError =>
  fault('store.altered', { objects: faults.slice(0, MOST_NAMED).join(', ') })

/** What SQLite finds in the pages: rows that an index lacks, pages that two tables share. */
export const pageFaults = (db: SqliteDriver): string[] =>
  (db.prepare(`PRAGMA integrity_check(${MOST_NAMED})`).all() as { integrity_check: string }[])
    .map((row) => String(Object.values(row)[0]))
    .filter((text) => text !== 'ok')

const rowsOf = (db: SqliteDriver): SchemaRow[] => db.prepare('SELECT type, name, sql FROM sqlite_master').all() as SchemaRow[]
const keyOf = ({ type, name }: SchemaRow): string => `${type} ${name}`
