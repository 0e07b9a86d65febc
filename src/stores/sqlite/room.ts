/** Whether there is room beside a database for what a turn may write. */
import { open, rm } from 'node:fs/promises'

/** A turn of a hundred and more statements with the pages it changes. SQLite writes over what a failed turn left, so a small write proves nothing. */
const ROOM = new Uint8Array(1024 * 1024)

/** @param file of the database; empty for one in memory @throws what the system says where there is no room */
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
