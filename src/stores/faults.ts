/** What drivers throw where a store cannot do its work for the time being, under one name each, and counted. */

import { isTonghengError } from '../base/error.js'
import { excerpt } from '../base/excerpt.js'
import { isStoreFault, STORE_FAULTS, type StoreFault, type StoreFaults } from '../node/index.js'
import { fault as nodeFault } from '../node/messages.js'

/** By code: of SQLite (primary result codes), of PostgreSQL (SQLSTATE, or its class), of the system. */
const FAULTS: Readonly<Record<string, StoreFault>> = {
  SQLITE_FULL: 'store.full',
  SQLITE_READONLY: 'store.read-only',
  SQLITE_IOERR: 'store.io',
  SQLITE_CANTOPEN: 'store.io',
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
  // Connections: exceptions, refused authorisations, resources (too many connections, out of memory).
  '08': 'store.away',
  '28': 'store.away',
  '53': 'store.away',
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
  ENOTFOUND: 'store.away',
  EAI_AGAIN: 'store.away',
}

/** Primary result codes of SQLite; `node:sqlite` gives numbers (extended ones, with the primary in the low octet). */
const SQLITE: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
}

/** What `pg` says without a code where a connection is lost, or none is to be had in time. */
const LOST =
  /^(?:Connection terminated|Query read timeout$|timeout exceeded when trying to connect$|Client has encountered a connection error)/

/** Longest cause that is told: drivers quote what they were given. */
const MOST_CAUSE = 300

/** An error of a driver by its name; any other as it is. */
export function namedFault(error: unknown): unknown {
  if (!(error instanceof Error) || isTonghengError(error)) return error
  const code = codeOf(error)
  const fault = code === undefined ? undefined : (FAULTS[code] ?? FAULTS[code.slice(0, 2)])
  const found = fault ?? (LOST.test(error.message) ? 'store.away' : undefined)
  if (found === undefined) return error
  const cause = excerpt(code === undefined ? error.message : `${code}: ${error.message}`, MOST_CAUSE)
  return nodeFault(found, { cause, ...(code !== undefined && { driverCode: code }) }, { cause: error })
}

/** One code for every driver; undefined where there is none. */
function codeOf(error: Error): string | undefined {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown }
  if (typeof errcode === 'number') return SQLITE[errcode & 0xff]
  if (typeof code !== 'string') return undefined
  // Of SQLite the extended names begin with the primary ones: SQLITE_IOERR_WRITE.
  return /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code
}

/** Counts the faults of one store. */
export interface FaultCounter {
  readonly faults: StoreFaults
  /** The same promise, with the fault it fails by named and counted. */
  naming<T>(work: Promise<T>): Promise<T>
}

export function createFaultCounter(): FaultCounter {
  const counts = Object.fromEntries(STORE_FAULTS.map((fault) => [fault, 0])) as Record<StoreFault, number>
  const faults: { readonly counts: Record<StoreFault, number>; last: StoreFaults['last'] } = { counts, last: undefined }
  return {
    faults,
    naming: (work) =>
      work.catch((error: unknown) => {
        const named = namedFault(error)
        if (isStoreFault(named)) {
          counts[named.code]++
          faults.last = named
        }
        throw named
      }),
  }
}
