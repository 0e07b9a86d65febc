/** Checks that the file may be written, and that its disk has space for a transaction. */
import { constants } from 'node:fs'
import { access, open, rm } from 'node:fs/promises'
import { isStoreFault } from '../../node/index.js'
import { namedFault } from '../faults.js'

/**
 * Size of a transaction of a few hundred statements, with the pages that it changes. A smaller test write could succeed although there is
 * no space, because SQLite reuses the space of a transaction that failed.
 */
const ROOM = new Uint8Array(1024 * 1024)

/**
 * @param file path of the database; empty for a database in memory
 * @throws the error of the system if the file is not writable any more, or there is no space
 */
export async function checkRoom(file: string): Promise<void> {
  if (file === '') return
  // Check the permission here: SQLite does not write a page that a statement leaves unchanged, so a probe by SQLite would pass.
  await access(file, constants.W_OK)
  const testFile = `${file}-room`
  try {
    const handle = await open(testFile, 'w', 0o600)
    try {
      await handle.writeFile(ROOM)
    } finally {
      await handle.close()
    }
  } finally {
    await rm(testFile, { force: true })
  }
}

/**
 * Names the cause of an I/O error: if the disk of an open file was remounted read-only, or the file made immutable, SQLite reports an I/O
 * error, and the system the cause.
 */
export async function nameReadOnly(file: string, found: unknown): Promise<unknown> {
  if (file === ':memory:' || !isStoreFault(found) || found.code !== 'store.io') return found
  const reason = await access(file, constants.W_OK).then(
    () => undefined,
    (error: unknown) => namedFault(error),
  )
  return isStoreFault(reason) && reason.code === 'store.read-only' ? reason : found
}
