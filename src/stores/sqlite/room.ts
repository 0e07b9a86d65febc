/** Checks that the file may be written, and that its disk has space for a transaction. */
import { constants } from 'node:fs'
import { access, open, rm } from 'node:fs/promises'
import { isStoreFault } from '../../node/index.js'
import { namedFault } from '../faults.js'

/**
 * Size of a transaction of some hundred statements with the pages it changes. A small write proves nothing, because SQLite reuses
 * the space of a transaction that failed.
 */
const ROOM = new Uint8Array(1024 * 1024)

/**
 * @param file of the database; empty for one in memory
 * @throws the error of the system if the file may not be written any more, or there is no space
 */
export async function checkRoom(file: string): Promise<void> {
  if (file === '') return
  // SQLite writes no page that a statement leaves as it was, so its own probe would pass.
  await access(file, constants.W_OK)
  const beside = `${file}-room`
  try {
    const handle = await open(beside, 'w', 0o600)
    try {
      await handle.writeFile(ROOM)
    } finally {
      await handle.close()
    }
  } finally {
    await rm(beside, { force: true })
  }
}

/**
 * Where the disk of an open file is mounted read-only, or the file made immutable, SQLite reports an error of input and output. The system
 * says what it is.
 */
export async function nameReadOnly(file: string, found: unknown): Promise<unknown> {
  if (file === ':memory:' || !isStoreFault(found) || found.code !== 'store.io') return found
  const reason = await access(file, constants.W_OK).then(
    () => undefined,
    (error: unknown) => namedFault(error),
  )
  return isStoreFault(reason) && reason.code === 'store.read-only' ? reason : found
}
