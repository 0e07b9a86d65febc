/**
 * Compares the schema of a file with the one that the migrations create. A trigger that deletes revocations, a view in place of a
 * table or an incomplete index would change the node's answers, and no signature covers them.
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

/** Objects that SQLite creates itself: AUTOINCREMENT counters and ANALYZE statistics. Neither changes a result. */
const OWN: ReadonlySet<string> = new Set([
  'CREATE TABLE sqlite_sequence(name,seq)',
  'CREATE TABLE sqlite_stat1(tbl,idx,stat)',
  'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)',
])
const MAX_NAMED = 20

/** Creates the expected objects in an empty database. */
export type MakeSchema = (db: SqliteDriver) => void

/**
 * Opens an empty in-memory database with the runtime's driver, otherwise with the class of the given driver. @throws `store.driver`
 */
export async function openEmpty(given: SqliteDriver | undefined): Promise<SqliteDriver> {
  try {
    return await openSqlite(':memory:')
  } catch (error) {
    if (given === undefined || !isTonghengError(error, 'store.driver')) throw error
    return Reflect.construct(given.constructor, [':memory:']) as SqliteDriver
  }
}

/** Lists the objects of a file that differ from those that `make` creates, and the missing ones. */
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
  fault('store.altered', { objects: faults.slice(0, MAX_NAMED).join(', ') })

/** Runs SQLite's integrity check: rows missing from an index, pages shared by two tables. */
export const pageFaults = (db: SqliteDriver): string[] =>
  (db.prepare(`PRAGMA integrity_check(${MAX_NAMED})`).all() as { integrity_check: string }[])
    .map((row) => String(Object.values(row)[0]))
    .filter((text) => text !== 'ok')

const rowsOf = (db: SqliteDriver): SchemaRow[] => db.prepare('SELECT type, name, sql FROM sqlite_master').all() as SchemaRow[]
const keyOf = ({ type, name }: SchemaRow): string => `${type} ${name}`
