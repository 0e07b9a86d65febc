/** A database as the store speaks with it: text comes back as it was given, and what must be alone has a lock. */
import { createTurns } from '../turns.js'
import type { PostgresPool, PostgresResult } from './driver.js'

export type Value = string | number | null | readonly (string | number | null)[]

export interface Session {
  rows<T = unknown>(text: string, values?: readonly Value[]): Promise<readonly T[]>
  /** Gives how many rows it changed. */
  change(text: string, values?: readonly Value[]): Promise<number>
}

export interface Database extends Session {
  /**
   * A transaction, alone among all of this lock in every process; what the work wrote is there when it ends well, or not at all.
   * `first` is a query without values: its rows come with the lock, and others wait the shorter for it.
   */
  alone<T>(lock: Lock, work: (session: Session, rows: readonly unknown[]) => Promise<T>, first?: string): Promise<T>
}

/**
 * Locks are advisory ones of the transaction, of two keys: the first says whose they are ("tong" in ASCII), the second what for.
 * They belong to a database, so two schemas in one wait for each other; that costs time only.
 */
const OWNER = 0x746f6e67
const LOCKS = { schema: 1, log: 2, requests: 3, documents: 4, peers: 5 } as const
export type Lock = keyof typeof LOCKS

// Whatever the database's default is: a snapshot older than the lock would show a log that has grown since.
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED'

export interface DatabaseOptions {
  /** Milliseconds after which the server ends a transaction whose process says nothing: one that froze must not hold a lock for ever. */
  readonly patience?: number | undefined
}

export function databaseOver(pool: PostgresPool, { patience }: DatabaseOptions = {}): Database {
  const limit = patience === undefined ? '' : `, set_config('idle_in_transaction_session_timeout', '${patience}', true)`

  const alone: Database['alone'] = async (lock, work, first) => {
    const client = await pool.connect()
    // A connection lost between two queries is told to listeners alone, and would end the process if there were none; the next query fails.
    client.on?.('error', ignore)
    let isBroken = true
    try {
      const locking = `${BEGIN}; SELECT pg_advisory_xact_lock(${OWNER}, ${LOCKS[lock]})${limit}`
      // Every statement of a text has a snapshot of its own, so what comes after the lock sees what was written before it.
      const { rows } = lastOf(await client.query(first === undefined ? locking : `${locking}; ${first}`))
      // One after the other: a connection answers one statement at a time, and not every driver keeps the rest waiting.
      const inTurn = createTurns()
      const session = sessionOver((text, values) => inTurn(() => client.query(text, values)))
      const result = await work(session, rows.map(fromText))
      await client.query('COMMIT')
      isBroken = false
      return result
    } catch (error) {
      // Where this fails too the connection is thrown away, and the transaction with it; the first error says why.
      await client.query('ROLLBACK').then(() => {
        isBroken = false
      }, ignore)
      throw error
    } finally {
      client.release(isBroken)
      client.off?.('error', ignore)
    }
  }

  return { ...sessionOver((text, values) => pool.query(text, values)), alone }
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

/** Of a text of several statements `pg` gives the result of each. */
const lastOf = (given: PostgresResult): PostgresResult =>
  (Array.isArray(given) ? (given as PostgresResult[]).at(-1) : given) as PostgresResult

const ignore = (): void => undefined

// PostgreSQL has no U+0000 in a text. No record that is kept has one, yet anyone may ask for one, and a store that takes what the others
// refuse would have a habit of its own. U+0001 is the escape, and the order of texts stays what it was.
const ESCAPED = /[\u0000\u0001]/g
const WRITTEN = /\u0001[ab]/g
const keepable = (text: string): string => text.replace(ESCAPED, (one) => (one === '\u0000' ? '\u0001a' : '\u0001b'))
const restore = (text: string): string => text.replace(WRITTEN, (two) => (two === '\u0001a' ? '\u0000' : '\u0001'))

function toText(value: Value): unknown {
  if (typeof value === 'string') return keepable(value)
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
