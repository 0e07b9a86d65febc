/** Opens a SQLite file as a session of the store. */

import { fault } from '../messages.js'
import { openSqlite, type SqliteDriver } from './driver.js'
import { openFile, type Transact, transactions } from './file.js'
import { migrations, type OlderRows, schemaAt } from './migrations.js'
import { createPrivate } from './private.js'
import { checkSchema, openEmpty } from './schema.js'
import { createSession, type Session } from './session.js'
import { openSync } from './sync.js'

/** Opens a file and migrates the schema under a lock. */
export async function openSession(file: string, driver?: SqliteDriver): Promise<Session> {
  if (driver === undefined) await createPrivate(file)
  const db = driver ?? (await openSqlite(file))
  try {
    await openFile(db, 'NORMAL')
    const transact = transactions(db)
    const openPristine = () => openEmpty(driver)
    await migrateFile(db, transact, await openPristine())
    return createSession(db, transact, await openSync(db), openPristine)
  } catch (error) {
    if (driver === undefined) db.close()
    throw error
  }
}

async function migrateFile(db: SqliteDriver, transact: Transact, empty: SqliteDriver): Promise<void> {
  try {
    let rows: OlderRows | undefined
    while (!migrate({ db, transact, empty, rows })) rows = await import('../older-rows.js')
  } finally {
    empty.close()
  }
}

interface Migrating {
  readonly db: SqliteDriver
  readonly transact: Transact
  /** In memory, to compare the schema with. */
  readonly empty: SqliteDriver
  readonly rows: OlderRows | undefined
}

/**
 * Migrates forward only. The schema is checked first, because a trigger would run during the migration.
 * @returns false if the file is of an older release, and `rows` is needed to read it; nothing was changed
 * @throws `store.newer` if a later release wrote the file; `store.altered` if it contains objects that no release creates
 */
function migrate({ db, transact, empty, rows }: Migrating): boolean {
  return transact(() => {
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number }
    if (version > migrations.length) throw fault('store.newer', { found: version, known: migrations.length })
    if (version > 0 && version < migrations.length && rows === undefined) return false
    checkSchema(db, schemaAt(version), empty)
    for (const step of migrations.slice(version)) step(db, rows)
    db.exec(`PRAGMA user_version = ${migrations.length}`)
    return true
  })
}
