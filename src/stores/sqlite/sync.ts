/**
 * Syncs the write-ahead log after each commit and before it is acknowledged, as `synchronous=FULL` does, but on the thread pool, so
 * that the process can verify the next statements. With `NORMAL`, SQLite preserves the write order (log before pages, header before
 * frames): after a power loss the file holds a prefix of the commits that includes everything synced.
 */
import { type FileHandle, open } from 'node:fs/promises'
import type { SqliteDriver } from './driver.js'

export interface Sync {
  /** Resolves once everything committed before the call is on disk; concurrent callers share one sync. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** @param db open, in WAL mode, and already written to: its WAL file exists while a connection is open */
export async function openSync(db: SqliteDriver): Promise<Sync> {
  const { file } = db.prepare('PRAGMA database_list').get() as { file: string }
  const log = file === '' ? undefined : await open(`${file}-wal`, 'r+')
  return log === undefined ? { sync: async () => undefined, close: async () => undefined } : syncsOf(log)
}

function syncsOf(log: FileHandle): Sync {
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const sync = (): Promise<void> => {
    // A running sync may have begun before this commit, so callers that arrive during it share the next one. After a failed sync no
    // other is started: the system may have dropped the dirty pages, and the next sync would falsely succeed.
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
