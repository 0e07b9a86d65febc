/** The part of a SQLite driver that the store uses. `node:sqlite` and libsql both satisfy it. */

import { aText, checkArgument } from '../../base/options.js'
import { fault } from '../messages.js'
import { isMissing } from '../optional.js'

/** A prepared statement. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): { readonly changes: number | bigint }
  get(...values: SqliteValue[]): unknown
  all(...values: SqliteValue[]): unknown[]
}

/** An open database of SQLite. */
export interface SqliteDriver {
  exec(sql: string): unknown
  prepare(sql: string): SqliteStatement
  close(): unknown
}

export type SqliteValue = string | number | null

/**
 * Opens a database file with `node:sqlite` if the runtime has it (Node 22.5), otherwise with libsql.
 * @throws `store.driver` if neither is available
 */
export async function openSqlite(file: string): Promise<SqliteDriver> {
  checkArgument('openSqlite', 'file', file, aText)
  const builtIn = await loadBuiltIn()
  if (builtIn !== undefined) return new builtIn.DatabaseSync(file) as SqliteDriver
  try {
    const { default: Database } = (await import('libsql')) as { default: new (file: string) => SqliteDriver }
    return new Database(file)
  } catch (cause) {
    if (isMissing(cause)) throw fault('store.driver', {}, { cause })
    throw cause
  }
}

// A variable, not a literal: bundlers rewrite `node:sqlite` to `sqlite`, which no runtime has.
const BUILT_IN: string = 'node:sqlite'

async function loadBuiltIn(): Promise<{ DatabaseSync: new (file: string) => unknown } | undefined> {
  try {
    return (await import(BUILT_IN)) as { DatabaseSync: new (file: string) => unknown }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
