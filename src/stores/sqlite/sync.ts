/**
 * Syncs the write-ahead log as `synchronous=FULL` does, after each commit and before it is acknowledged, but on a thread of its
 * own: the process judges the next statements meanwhile. With `NORMAL` SQLite itself keeps the order (log before pages, and a
 * header before its frames), so that after a loss of power the file holds a prefix of what was committed, with all that was synced.
 */
import { type FileHandle, open } from 'node:fs/promises'
import type { SqliteDriver } from './driver.js'

export interface Sync {
  /** Resolves once everything committed before the call is on the disk; calls that wait share a sync. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** @param db open, in WAL mode, and written to since: its log is there as long as a connection is */
export async function openSync(db: SqliteDriver): Promise<Sync> {
  const { file } = db.prepare('PRAGMA database_list').get() as { file: string }
  const log = file === '' ? undefined : await open(`${file}-wal`, 'r+')
  return log === undefined ? { sync: async () => undefined, close: async () => undefined } : syncsOf(log)
}

function syncsOf(log: FileHandle): Sync {
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const sync = (): Promise<void> => {
    // A sync that runs already may have begun before the commit: callers that arrive until it ends share the next one. After a sync
    // that failed none is begun: the system may have dropped what it could not write, and the next would seem to succeed.
    next ??= running.then(() => {
      next = undefined
      running = log.datasync()
      return running
    })
    return next
  }
  return {
    sync,
    async close() {
      await sync().finally(() => log.close())
    },
  }
}
