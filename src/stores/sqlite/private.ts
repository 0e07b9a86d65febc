/** Creates database files readable by their owner only: they contain plates and names. SQLite gives the WAL file the same mode. */
import { open } from 'node:fs/promises'

/** Creates the file if it does not exist; SQLite would create it with the umask of the process. */
export async function createPrivate(file: string): Promise<void> {
  if (file === '' || file === ':memory:' || file.startsWith('file:')) return
  try {
    await (await open(file, 'wx', 0o600)).close()
  } catch (error) {
    // Ignore errors of the system: SQLite reports a clearer one when it opens the file.
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}
