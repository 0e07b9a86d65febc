/** Copies a database in use. */
import { aText, checkArgument } from '../../base/options.js'
import { openSqlite } from './driver.js'
import { createPrivate } from './private.js'

/** Writes a consistent snapshot to a file that must not exist yet; writers are not blocked. */
export async function copySqlite(file: string, out: string): Promise<void> {
  checkArgument('copySqlite', 'file', file, aText)
  checkArgument('copySqlite', 'out', out, aText)
  await createPrivate(out)
  const db = await openSqlite(file)
  try {
    db.exec('PRAGMA busy_timeout = 5000')
    db.prepare('VACUUM INTO ?').run(out)
  } finally {
    db.close()
  }
}
