/** Settings and transactions common to all our SQLite files. */
import type { SqliteDriver } from './driver.js'

/** Milliseconds to wait for the lock of another process. */
const BUSY_TIMEOUT = 5000
const PAUSE = 20
/** Checkpoint the WAL after this many pages of 4 KiB: a page changed by many transactions is then copied once. */
const CHECKPOINT = 4000
/** Page cache in KiB: inserts touch pages all over the indices of a million entries. */
const CACHE = 64 * 1024

/**
 * Opens the file in WAL mode with a busy timeout. With `FULL`, SQLite syncs at each commit and blocks the process; with `NORMAL`,
 * the caller that commits must call `sync` of `openSync`.
 */
export async function openFile(db: SqliteDriver, synchronous: 'FULL' | 'NORMAL'): Promise<void> {
  db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`)
  await changeToWal(db)
  db.exec(`PRAGMA synchronous = ${synchronous}`)
  db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT}`)
  db.exec(`PRAGMA cache_size = -${CACHE}`)
}

/**
 * SQLite ignores the busy timeout while it changes a new file to WAL: if two processes open the file at once, one fails with
 * SQLITE_BUSY. So we retry here.
 */
async function changeToWal(db: SqliteDriver): Promise<void> {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      db.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (!(error instanceof Error && /locked|busy/i.test(error.message)) || waited > BUSY_TIMEOUT) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}

/**
 * Runs write transactions. Each acquires the write lock at its begin, so that rows read inside do not change before the commit. Every write
 * is in one: libsql leaves a statement that met the lock of another process in progress, and then no later transaction can commit.
 */
export function transactions(db: SqliteDriver): Transact {
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')]
  let isLeftOpen = false
  const rollBack = (): void => {
    db.exec('ROLLBACK')
    isLeftOpen = false
  }
  return (work) => {
    if (isLeftOpen) rollBack()
    begin.run()
    try {
      const result = work()
      commit.run()
      return result
    } catch (error) {
      // On some errors, such as a full disk, SQLite has already rolled back, and ROLLBACK fails. Report the first error: it is the
      // cause.
      try {
        rollBack()
      } catch (fault) {
        isLeftOpen = !(fault instanceof Error && /no transaction is active/i.test(fault.message))
      }
      throw error
    }
  }
}

export type Transact = <T>(work: () => T) => T
