/** Checks that the disk has space for a transaction. */
import { open, rm } from 'node:fs/promises'

/**
 * Size of a transaction of some hundred statements with the pages it changes. A small write proves nothing, because SQLite reuses
 * the space of a transaction that failed.
 */
const ROOM = new Uint8Array(1024 * 1024)

/** @param file of the database; empty for one in memory @throws the error of the system if there is no space */
export async function checkRoom(file: string): Promise<void> {
  if (file === '') return
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
