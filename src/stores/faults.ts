/** Maps temporary errors of the database drivers to the store's own codes, and counts them. */

import { isTonghengError } from '../base/error.js'
import { excerpt } from '../base/excerpt.js'
import { isStoreFault, STORE_FAULTS, type StoreFault, type StoreFaults } from '../node/index.js'
import { fault as nodeFault } from '../node/messages.js'

/** Store fault by driver code: SQLite primary result codes, PostgreSQL SQLSTATE (whole or class), and errno names of the system. */
const FAULTS: Readonly<Record<string, StoreFault>> = {
  SQLITE_FULL: 'store.full',
  SQLITE_READONLY: 'store.read-only',
  SQLITE_IOERR: 'store.io',
  SQLITE_CANTOPEN: 'store.io',
  SQLITE_CORRUPT: 'store.io',
  SQLITE_NOTADB: 'store.io',
  SQLITE_BUSY: 'store.busy',
  SQLITE_LOCKED: 'store.busy',
  '53100': 'store.full',
  '25006': 'store.read-only',
  '58030': 'store.io',
  '55P03': 'store.busy',
  '57014': 'store.busy',
  '40001': 'store.busy',
  '40P01': 'store.busy',
  '57P01': 'store.away',
  '57P02': 'store.away',
  '57P03': 'store.away',
  '57P04': 'store.away',
  '57P05': 'store.away',
  // A page or an index of the database is damaged.
  XX001: 'store.io',
  XX002: 'store.io',
  '40003': 'store.away',
  // SQLSTATE classes: connection exception, invalid authorisation, insufficient resources (too many connections, out of memory),
  // transaction rolled back, operator intervention, system error.
  '08': 'store.away',
  '28': 'store.away',
  '53': 'store.away',
  '40': 'store.busy',
  '57': 'store.away',
  '58': 'store.io',
  ENOSPC: 'store.full',
  EDQUOT: 'store.full',
  EFBIG: 'store.full',
  EROFS: 'store.read-only',
  EACCES: 'store.read-only',
  EPERM: 'store.read-only',
  EIO: 'store.io',
  ECONNREFUSED: 'store.away',
  ECONNRESET: 'store.away',
  ECONNABORTED: 'store.away',
  EPIPE: 'store.away',
  ETIMEDOUT: 'store.away',
  EHOSTUNREACH: 'store.away',
  ENETUNREACH: 'store.away',
  ENETDOWN: 'store.away',
  EHOSTDOWN: 'store.away',
  ENOTCONN: 'store.away',
  ENOTFOUND: 'store.away',
  // The Unix socket of a server that is not running.
  ENOENT: 'store.away',
  EAI_AGAIN: 'store.away',
}

/** SQLite primary result codes. `node:sqlite` reports extended codes, with the primary code in the low octet. */
const SQLITE: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  26: 'SQLITE_NOTADB',
}

/** Messages of `pg` errors without a code: the connection was lost, or none became available in time. */
const LOST =
  /^(?:Connection terminated|Query read timeout$|timeout exceeded when trying to connect$|Client (?:has encountered a connection error|was closed) and is not queryable$)/

/** Maximum length of the quoted driver message: drivers repeat their input in it. */
const MAX_CAUSE = 300

/** Returns the store fault for a known driver error; returns any other error unchanged. */
export function namedFault(error: unknown): unknown {
  if (!(error instanceof Error) || isTonghengError(error)) return error
  const code = codeOf(error)
  const fault = code === undefined ? undefined : (FAULTS[code] ?? FAULTS[code.slice(0, 2)])
  const found = fault ?? (LOST.test(error.message) ? 'store.away' : undefined)
  if (found === undefined) return error
  const cause = excerpt(code === undefined ? error.message : `${code}: ${error.message}`, MAX_CAUSE)
  return nodeFault(found, { cause, ...(code !== undefined && { driverCode: code }) }, { cause: error })
}

/** Returns the driver's code in one notation for all drivers; undefined if the error has none. */
function codeOf(error: Error): string | undefined {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown }
  if (typeof errcode === 'number') return SQLITE[errcode & 0xff]
  if (typeof code !== 'string') return undefined
  // Extended names of SQLite begin with the primary name, for example SQLITE_IOERR_WRITE.
  return /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code
}

/** Counts the faults of one store. */
export interface FaultCounter {
  readonly faults: StoreFaults
  /** Awaits `work`; if it rejects, maps the error to its store fault and counts it. */
  mapFaults<T>(work: Promise<T>): Promise<T>
}

/** @param refine replaces a mapped error by one with a more precise cause, if the store can determine it */
export function createFaultCounter(refine: (found: unknown) => Promise<unknown> = async (found) => found): FaultCounter {
  const counts = Object.fromEntries(STORE_FAULTS.map((fault) => [fault, 0])) as Record<StoreFault, number>
  const faults: { readonly counts: Record<StoreFault, number>; last: StoreFaults['last'] } = { counts, last: undefined }
  return {
    faults,
    mapFaults: (work) =>
      work.catch(async (error: unknown) => {
        const named = await refine(namedFault(error))
        if (isStoreFault(named)) {
          counts[named.code]++
          faults.last = named
        }
        throw named
      }),
  }
}
