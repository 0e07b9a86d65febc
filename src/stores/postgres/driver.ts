/** What the store needs of a PostgreSQL driver. A `Pool` of `pg` has it, as has that of any system with the same protocol. */

import type { FaultCounter } from '../faults.js'
import { fault } from '../messages.js'
import { isMissing } from '../optional.js'
import { redactedError } from './redact.js'

export interface PostgresResult {
  readonly rows: readonly unknown[]
  /** How many rows a statement changed. */
  readonly rowCount: number | null
}

export interface PostgresClient {
  /** Without values the text may be several statements: the answer is the result of the last, or a list of what each gave. */
  query(text: string, values?: unknown[]): Promise<PostgresResult>
  /** @param destroy true where the connection must not be used again */
  release(destroy?: boolean): void
  on?(event: 'error', listener: (error: Error) => void): unknown
  off?(event: 'error', listener: (error: Error) => void): unknown
}

export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<PostgresResult>
  connect(): Promise<PostgresClient>
  on?(event: 'error', listener: (error: Error) => void): unknown
  off?(event: 'error', listener: (error: Error) => void): unknown
}

export type OwnPool = PostgresPool & { end(): Promise<void> }

/** Milliseconds until a server that does not answer counts as lost: without an end a caller would wait for ever. */
const CONNECT = 10_000
const ANSWER = 60_000

/**
 * A pool of connections to `postgres://…`, through `pg`.
 * @throws `store.pg` where that is not installed
 */
export async function openPool(url: string): Promise<OwnPool> {
  try {
    const { default: pg } = (await import('pg')) as { default: { Pool: new (options: object) => OwnPool } }
    return new pg.Pool({
      connectionString: url,
      connectionTimeoutMillis: CONNECT,
      query_timeout: ANSWER,
      keepAlive: true,
      fallback_application_name: 'tongheng',
    })
  } catch (cause) {
    if (isMissing(cause)) throw fault('store.pg', {}, { cause })
    throw cause
  }
}

/** The same pool, with every fault named and counted. */
export function namingPool(pool: PostgresPool, counter: FaultCounter, redact?: (text: string) => string): PostgresPool {
  const hiding = async <T>(work: Promise<T>): Promise<T> =>
    redact === undefined ? work : work.catch((error: unknown) => Promise.reject(redactedError(error, redact)))
  const naming = <T>(work: Promise<T>): Promise<T> => counter.naming(hiding(work))
  return {
    query: (text, values) => naming(promised(() => pool.query(text, values))),
    async connect() {
      const client = await naming(promised(() => pool.connect()))
      return {
        query: (text, values) => naming(client.query(text, values)),
        release: (destroy) => client.release(destroy),
        on: (event, listener) => client.on?.(event, listener),
        off: (event, listener) => client.off?.(event, listener),
      }
    },
    on: (event, listener) => pool.on?.(event, listener),
    off: (event, listener) => pool.off?.(event, listener),
  }
}

/** A driver may throw at once, as where an address cannot be read. */
const promised = async <T>(work: () => Promise<T>): Promise<T> => work()
