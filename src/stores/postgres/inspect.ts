/** Checks settings of the server that the store depends on. */
import { fault } from '../messages.js'
import { type DatabaseOptions, databaseOver } from './database.js'
import type { PostgresPool } from './driver.js'

/** An error, not a warning: a log that loses an entry after issuing a receipt for it is indistinguishable from a forged one. */
const LOSES: Readonly<Record<string, string>> = { fsync: 'off', synchronous_commit: 'off' }
const IDLE = 'idle_in_transaction_session_timeout'
/** Milliseconds. The work of a transaction is signing and hashing, well below one second. */
const IDLE_TIMEOUT = 30_000
/** A character outside GBK, one outside the basic plane, and the empty string, which some systems convert to NULL. */
const SAMPLES = ['川É', '𠀀', ''] as const

/**
 * Checks the settings; a setting that the system does not have counts as correct. Returns the options with which to use the database.
 * @throws `store.durability`, `store.text`
 */
export async function inspect(pool: PostgresPool): Promise<DatabaseOptions> {
  const names = [...Object.keys(LOSES), IDLE]
  const db = databaseOver(pool)
  const rows = await db.rows<{ name: string; setting: string }>('SELECT name, setting FROM pg_settings WHERE name = ANY ($1::text[])', [
    names,
  ])
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]))
  for (const [name, value] of Object.entries(LOSES)) if (settings.get(name) === value) throw fault('store.durability', { name, value })
  for (const sent of SAMPLES) {
    const got = await echoOf(db, sent)
    if (got !== sent) throw fault('store.text', { sent: JSON.stringify(sent), got: JSON.stringify(got) })
  }
  // A limit set by the operator is not changed.
  return { idleTimeout: settings.get(IDLE) === '0' ? IDLE_TIMEOUT : undefined }
}

async function echoOf(db: ReturnType<typeof databaseOver>, text: string): Promise<unknown> {
  try {
    return (await db.rows<{ echo: unknown }>('SELECT $1::text AS echo', [text]))[0]?.echo
  } catch (error) {
    // SQLSTATE class 22: the encoding of the database cannot represent the text.
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22')) return error.message
    throw error
  }
}
