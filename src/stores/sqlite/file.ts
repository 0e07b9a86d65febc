/** What every SQLite file of ours is opened with, and written under. */
import type { SqliteDriver } from './driver.js'

/** How long to wait for another process, in milliseconds. */
const PATIENCE = 5000
const PAUSE = 20
/** Pages of 4 KiB written ahead before they are moved into place: a page that many transactions write is moved once. */
const CHECKPOINT = 4000
/** Memory for pages, in KiB: the indices of a million entries are written all over. */
const CACHE = 64 * 1024

/**
 * Written ahead, patient with other processes. `FULL`: SQLite syncs at every commit, and the process waits; `NORMAL`: the
 * caller that commits calls `sync` of `openSync`.
 */
export async function openFile(db: SqliteDriver, synchronous: 'FULL' | 'NORMAL'): Promise<void> {
  db.exec(`PRAGMA busy_timeout = ${PATIENCE}`)
  await changeToWal(db)
  db.exec(`PRAGMA synchronous = ${synchronous}`)
  db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT}`)
  db.exec(`PRAGMA cache_size = -${CACHE}`)
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

/** Write transactions: each takes the lock first, so that what is read inside still holds when it is written. */
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
      // Of a full disk and the like SQLite itself undoes the transaction, and has none to undo then; the first error says why.
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
