/** Audits the serial numbers of the lines of batches: each must be stored, and no others. */

import type { PlacedEntry, Store } from '../node/index.js'
import { NOT_RECORDS } from '../node/inside.js'
import type { Reporter } from './audit-entry.js'
import { coded } from './messages.js'

export interface SerialAudit {
  /** Compares the serial numbers of one entry. */
  check(position: number, serials: readonly string[]): Promise<void>
  /** Notes an entry whose record cannot be read: the number of its serial numbers is not known. */
  skip(entry: PlacedEntry): void
  /** Compares the total number, after every entry was checked. */
  end(size: number): Promise<void>
}

/** Maximum number of serial numbers that a finding names. */
const NAMED = 5

export function auditSerials(store: Store, reporter: Reporter): SerialAudit {
  let expected = 0
  let isKnown = true
  return {
    async check(position, serials) {
      expected += serials.length
      if (serials.length === 0) return
      const stored = new Set(await store.storedSerials(position, serials))
      const missing = serials.filter((serial) => !stored.has(serial))
      if (missing.length === 0) return
      reporter.fault(coded('audit.serials'), { position, count: missing.length, serials: missing.slice(0, NAMED).join(', ') })
    },
    skip({ kind }) {
      // Only records have lines.
      if (!NOT_RECORDS.includes(kind)) isKnown = false
    },
    async end(size) {
      const found = await store.countSerials()
      // Entries that were appended during the audit have serial numbers of their own.
      const hasGrown = (await store.readLog()).size !== size
      const counted = hasGrown ? await store.countSerials(size) : found
      if (counted === expected) return
      if (isKnown) reporter.fault(coded('audit.count'), { what: 'entry_serials', found: counted, expected })
      else reporter.note(coded('audit.unproved'), { what: 'entry_serials' })
    },
  }
}
