/**
 * The part of a PostgreSQL driver that the store uses. `Pool` of `pg` satisfies it, as do pools of systems with the same protocol.
 */

import type { FaultCounter } from '../faults.js'
import { fault } from '../messages.js'
import { isMissing } from '../optional.js'
import { redactedError } from './redact.js'

export interface PostgresResult {
  readonly rows: readonly unknown[]
  /** Number of rows that the statement changed. */
  readonly rowCount: number | null
}

export interface PostgresClient {
  /** Without values, the text may contain several statements: returns the result of the last, or an array of all results. */
  query(text: string, values?: unknown[]): Promise<PostgresResult>
  /** @param destroy true if the connection must not be reused */
  release(destroy?: boolean): void
  on?: PostgresListening
  off?: PostgresListening
}

/** A message that the server sends in addition to an answer. */
export interface PostgresNotice {
  readonly code?: string | undefined
  readonly message?: string | undefined
}

/** Adds or removes a listener. */
export interface PostgresListening {
  (event: 'error', listener: (error: Error) => void): unknown
  (event: 'notice', listener: (notice: PostgresNotice) => void): unknown
}

type AnyEvent = 'error' | 'notice'
type AnyListener = (value: never) => void

export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<PostgresResult>
  connect(): Promise<PostgresClient>
  on?(event: 'error', listener: (error: Error) => void): unknown
  off?(event: 'error', listener: (error: Error) => void): unknown
}

export type OwnPool = PostgresPool & { end(): Promise<void> }

/** Milliseconds to wait for a connection and for an answer; without a limit, a caller would wait for ever. */
const CONNECT = 10_000
const ANSWER = 60_000

/**
 * Opens a pool of connections to `postgres://…` with the package `pg`.
 * @throws `store.pg` if `pg` is not installed
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

/** Wraps a pool: maps driver errors to store faults, counts them, and removes secrets from their texts. */
export function faultMappingPool(pool: PostgresPool, counter: FaultCounter, redact?: (text: string) => string): PostgresPool {
  const hiding = async <T>(work: Promise<T>): Promise<T> =>
    redact === undefined ? work : work.catch((error: unknown) => Promise.reject(redactedError(error, redact)))
  const mapFaults = <T>(work: Promise<T>): Promise<T> => counter.mapFaults(hiding(work))
  return {
    query: (text, values) => mapFaults(promised(() => pool.query(text, values))),
    async connect() {
      const client = await mapFaults(promised(() => pool.connect()))
      return {
        query: (text, values) => mapFaults(text === COMMIT ? commit(client) : client.query(text, values)),
        release: (destroy) => client.release(destroy),
        on: (event: AnyEvent, listener: AnyListener) => client.on?.(event as 'error', listener as (error: Error) => void),
        off: (event: AnyEvent, listener: AnyListener) => client.off?.(event as 'error', listener as (error: Error) => void),
      }
    },
    on: (event, listener) => pool.on?.(event, listener),
    off: (event, listener) => pool.off?.(event, listener),
  }
}

export const COMMIT = 'COMMIT'

/**
 * Commits. With synchronous replication, the server waits for its standby. If this wait is cancelled, the server sends a warning and
 * reports success, although the standby may lack the commit. Such a commit must not be acknowledged, so this function throws.
 */
async function commit(client: PostgresClient): Promise<PostgresResult> {
  let warning: string | undefined
  const listen = ({ code, message }: PostgresNotice): void => {
    // SQLSTATE class 01 is a warning. This warning has no code of its own, and a commit causes no other.
    if (code?.startsWith('01')) warning = message ?? code
  }
  client.on?.('notice', listen)
  try {
    const result = await client.query(COMMIT)
    // Statement completion unknown.
    if (warning !== undefined) throw Object.assign(new Error(warning), { code: '40003' })
    return result
  } finally {
    client.off?.('notice', listen)
  }
}

/** Converts a synchronous throw to a rejection: drivers throw synchronously for a malformed address, for example. */
const promised = async <T>(work: () => Promise<T>): Promise<T> => work()
