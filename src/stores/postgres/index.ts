/**
 * `tongheng/stores/postgres`: one database for several processes, which exclude each other by advisory locks. Uses plain SQL only
 * (no extensions, no stored functions, no `ON CONFLICT`), so that it also runs on systems derived from older PostgreSQL versions.
 */

import { anObject, aText, checkArgument, checkMembers, checkOptions, optional } from '../../base/options.js'
import type { Store } from '../../node/index.js'
import { createFaultCounter } from '../faults.js'
import { fault } from '../messages.js'
import { databaseOver } from './database.js'
import { faultMappingPool, openPool, type PostgresPool } from './driver.js'
import { inspect } from './inspect.js'
import { migrate, schemaVersion } from './migrations.js'
import { createRedactor } from './redact.js'
import { storeOver } from './store.js'

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
 * Reads the schema version without changes. `found` is the version of the database, 0 if there is no schema yet; `known` is that of this
 * release, to which opening a store migrates an older schema.
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
