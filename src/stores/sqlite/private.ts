/** Files for their owner only: a database holds plates and names, and what is written ahead of it takes its mode. */
import { open } from 'node:fs/promises'

/** Makes the file where there is none, before SQLite would with what the mask of the process leaves. */
export async function createPrivate(file: string): Promise<void> {
  if (file === '' || file === ':memory:' || file.startsWith('file:')) return
  try {
    await (await open(file, 'wx', 0o600)).close()
  } catch (error) {
    // SQLite says better what is wrong with the place.
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}
