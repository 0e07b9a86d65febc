/** `tongheng/stores/sqlite`: a single file in WAL mode. Each write is synced to disk before it is acknowledged. */

import { decodeBase64url, encodeBase64url } from '#native'
import { anObject, aText, checkArgument, checkOptions, type OptionTable, optional } from '../../base/options.js'
import type { Growth, Store } from '../../node/index.js'
import { createFaultCounter } from '../faults.js'
import { createMutex } from '../mutex.js'
import { serialsOf, type Value, valuesOf } from '../rows.js'
import { openSqlite, type SqliteDriver } from './driver.js'
import { migrations } from './migrations.js'
import { openSession } from './open-session.js'
import { nameReadOnly } from './room.js'
import type { PackedGrowth, Session } from './session.js'
import { openSessionOnThread } from './session-on-thread.js'

export { copySqlite } from './copy.js'
export type { SqliteDriver, SqliteStatement, SqliteValue } from './driver.js'
export { openSqlite } from './driver.js'
export { createSqliteQueue } from './outbox.js'

export interface SqliteOptions {
  /** Path of the database file, or `:memory:`. */
  readonly file: string
  /** An open driver, instead of the runtime's own or libsql. */
  readonly driver?: SqliteDriver
  /**
   * Runs the database on a worker thread, so that writes do not block the process: useful if a processor core is free. For a
   * program bundled into one file, give the URL of its copy of `dist/platform/sqlite-thread.js`. Ignored if `driver` is given.
   * @default false
   */
  readonly thread?: boolean | URL
}

const OPTIONS: OptionTable = {
  file: aText,
  driver: optional(anObject),
  thread: {
    is: (value) => typeof value === 'boolean' || typeof value === 'object',
    expected: { zh: 'true、false 或线程', en: 'true, false or a thread' },
    isOptional: true,
  },
}

/**
 * Opens a store and migrates the schema under a lock. @throws `store.driver`, `store.newer`, `store.thread`
 * @example
 * ```ts
 * import { createSqliteStore } from 'tongheng/stores/sqlite'
 *
 * const store = await createSqliteStore({ file: ':memory:' }) // in production, a file
 * ;(await store.readLog()).size // => 0
 * await store.close()
 * ```
 */
export async function createSqliteStore(options: SqliteOptions): Promise<Store> {
  checkOptions('createSqliteStore', options, OPTIONS)
  const { file, driver, thread = false } = options
  if (thread === false || driver !== undefined) return storeOver(await openSession(file, driver), file)
  return storeOver(await openSessionOnThread(file, thread === true ? undefined : thread), file)
}

/**
 * Reads the schema version of an existing file without changes. `found` is the version of the file, `known` that of this release, to which
 * opening a store migrates an older file.
 * @throws `store.driver`
 */
export async function readSchemaVersion(file: string): Promise<{ readonly found: number; readonly known: number }> {
  checkArgument('readSchemaVersion', 'file', file, aText)
  const db = await openSqlite(file)
  try {
    const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number }
    return { found, known: migrations.length }
  } finally {
    db.close()
  }
}

function storeOver(opened: Session, file: string): Store {
  const exclusively = createMutex()
  const { faults, mapFaults } = createFaultCounter((found) => nameReadOnly(file, found))
  const calls = Object.entries(opened).map(([name, call]: [string, (...given: never[]) => Promise<unknown>]) => [
    name,
    (...given: never[]) => mapFaults(call(...given)),
  ])
  const { currentLog, byNames, byIds, append, tileRoots: tileRootTexts, ...rest } = Object.fromEntries(calls) as Session
  const tileRoots: Store['tileRoots'] = async (...of) => (await tileRootTexts(...of)).map(decodeBase64url)
  return {
    ...rest,
    faults,
    tileRoots,
    sequence: (work) =>
      exclusively(async () => {
        for (;;) {
          const log = await currentLog()
          let growth: Growth | undefined
          const result = await work({
            log,
            byNames,
            byIds,
            entriesBy: rest.entriesBy,
            statementIds: rest.statementIds,
            tileRoots,
            async append(given) {
              growth = given
            },
          })
          if (growth === undefined) await rest.readLog()
          else if (!(await append(packed(growth), log.size))) continue
          return result
        }
      }),
  }
}

function packed({ entries, tileRoots, checkpoint }: Growth): PackedGrowth {
  const rows: Value[] = []
  for (const entry of entries) rows.push(...valuesOf(entry))
  const packedRoots = tileRoots.map(({ level, index, hash }) => ({ level, index, hash: encodeBase64url(hash) }))
  return { rows, serials: serialsOf(entries), tileRoots: packedRoots, checkpoint }
}
