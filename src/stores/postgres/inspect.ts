/** What a server must promise before it is trusted with receipts. */
import { fault } from '../messages.js'
import { type DatabaseOptions, databaseOver } from './database.js'
import type { PostgresPool } from './driver.js'

/** Refused, not warned of: a log that lost an entry it has given a receipt for looks to everyone like a forged one. */
const LOSES: Readonly<Record<string, string>> = { fsync: 'off', synchronous_commit: 'off' }
const IDLE = 'idle_in_transaction_session_timeout'
/** Milliseconds. Work in a turn is signing and hashing, far below a second. */
const PATIENCE = 30_000
/** A letter beyond GBK, one beyond the first plane, and no letter at all, which some take for NULL. */
const SAMPLES = ['川É', '𠀀', ''] as const

/**
 * Settings that cannot be read, on systems that have none of that name, are taken on trust.
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
  // Where the operator has set a limit it stands.
  return { patience: settings.get(IDLE) === '0' ? PATIENCE : undefined }
}

async function echoOf(db: ReturnType<typeof databaseOver>, text: string): Promise<unknown> {
  try {
    return (await db.rows<{ echo: unknown }>('SELECT $1::text AS echo', [text]))[0]?.echo
  } catch (error) {
    // SQLSTATE class 22: the text cannot be written in the encoding of the database.
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22')) return error.message
    throw error
  }
}
