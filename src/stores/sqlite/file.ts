/** What every SQLite file of ours is opened with, and written under. */
import type { SqliteDriver } from './driver.js'

/** How long to wait for another process, in milliseconds. */
const PATIENCE = 5000
const PAUSE = 20

/** Written ahead, synced at every commit, patient with other processes. */
export async function openFile(db: SqliteDriver): Promise<void> {
  db.exec(`PRAGMA busy_timeout = ${PATIENCE}`)
  await changeToWal(db)
  db.exec('PRAGMA synchronous = FULL')
}

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

/** A write transaction: takes the lock first, so that what is read inside still holds when it is written. */
export function transact<T>(db: SqliteDriver, work: () => T): T {
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
