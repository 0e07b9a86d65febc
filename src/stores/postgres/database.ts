/** Database access for the store: text is stored unchanged, and exclusive work runs in a transaction under an advisory lock. */
import { createMutex } from '../mutex.js'
import { COMMIT, type PostgresPool, type PostgresResult } from './driver.js'

export type Value = string | number | null | readonly (string | number | null)[]

export interface Session {
  rows<T = unknown>(text: string, values?: readonly Value[]): Promise<readonly T[]>
  /** Returns the number of changed rows. */
  change(text: string, values?: readonly Value[]): Promise<number>
}

export interface Database extends Session {
  /**
   * Runs `work` in a transaction that holds the lock `lock`, so that no other process runs work under the same lock. Commits if
   * `work` resolves, rolls back otherwise.
   * `first` is a query without parameters, sent together with the lock request: its rows arrive in the same round trip, which
   * shortens the time the lock is held.
   */
  withLock<T>(lock: Lock, work: (session: Session, rows: readonly unknown[]) => Promise<T>, first?: string): Promise<T>
}

/**
 * Transaction-level advisory locks with two keys: the owner ("tong" in ASCII) and the purpose.
 * Advisory locks apply to a whole database, so two schemas in one database block each other; that costs time only.
 */
const OWNER = 0x746f6e67
const LOCKS = { schema: 1, log: 2, requests: 3, documents: 4, peers: 5 } as const
export type Lock = keyof typeof LOCKS

// Overrides the default isolation level of the database: a snapshot taken before the lock was granted would miss entries appended
// since.
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED'

export interface DatabaseOptions {
  /** Milliseconds after which the server aborts an idle transaction: a frozen process must not hold a lock for ever. */
  readonly idleTimeout?: number | undefined
}

export function databaseOver(pool: PostgresPool, { idleTimeout }: DatabaseOptions = {}): Database {
  const limit = idleTimeout === undefined ? '' : `, set_config('idle_in_transaction_session_timeout', '${idleTimeout}', true)`

  const withLock: Database['withLock'] = async (lock, work, first) => {
    const client = await pool.connect()
    // Without a listener, the loss of an idle connection would end the process. With it, the next query fails.
    client.on?.('error', ignore)
    let isBroken = true
    try {
      const locking = `${BEGIN}; SELECT pg_advisory_xact_lock(${OWNER}, ${LOCKS[lock]})${limit}`
      // In a multi-statement query each statement has its own snapshot, so `first` sees everything that was committed before the
      // lock was granted.
      const { rows } = lastOf(await client.query(first === undefined ? locking : `${locking}; ${first}`))
      // Send one query at a time: a connection executes them serially, and not every driver queues the others.
      const exclusively = createMutex()
      const session = sessionOver((text, values) => exclusively(() => client.query(text, values)))
      const result = await work(session, rows.map(fromText))
      await client.query(COMMIT)
      isBroken = false
      return result
    } catch (error) {
      // If the rollback fails too, discard the connection and its transaction with it. Report the first error: it is the cause.
      await client.query('ROLLBACK').then(() => {
        isBroken = false
      }, ignore)
      throw error
    } finally {
      client.release(isBroken)
      client.off?.('error', ignore)
    }
  }

  return { ...sessionOver((text, values) => pool.query(text, values)), withLock }
}

function sessionOver(query: (text: string, values: unknown[]) => Promise<PostgresResult>): Session {
  const send = (text: string, values: readonly Value[] = []) => query(text, values.map(toText))
  return {
    async rows<T>(text: string, values?: readonly Value[]) {
      return (await send(text, values)).rows.map(fromText) as T[]
    },
    async change(text, values) {
      return (await send(text, values)).rowCount ?? 0
    },
  }
}

/** `pg` returns an array of results for a multi-statement query; take the last. */
const lastOf = (given: PostgresResult): PostgresResult =>
  (Array.isArray(given) ? (given as PostgresResult[]).at(-1) : given) as PostgresResult

const ignore = (): void => undefined

// PostgreSQL cannot store U+0000 in text. No stored record contains it, but a query may, and every store must answer it alike.
// Escape U+0000 with U+0001, which preserves the sort order.
const ESCAPED = /[\u0000\u0001]/g
const WRITTEN = /\u0001[ab]/g
const escapeNul = (text: string): string => text.replace(ESCAPED, (one) => (one === '\u0000' ? '\u0001a' : '\u0001b'))
const restore = (text: string): string => text.replace(WRITTEN, (two) => (two === '\u0001a' ? '\u0000' : '\u0001'))

function toText(value: Value): unknown {
  if (typeof value === 'string') return escapeNul(value)
  return Array.isArray(value) ? value.map(toText) : value
}

function fromText(row: unknown): unknown {
  const given = row as Record<string, unknown>
  let changed: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'string' || !value.includes('\u0001')) continue
    changed ??= { ...given }
    changed[name] = restore(value)
  }
  return changed ?? row
}
