/** Builds the indexed fields of records, and finds the records of an instrument. */
import { identifierKey, isNoSerial, plateKey } from '../base/identifier.js'
import { otherWork } from '../base/other-work.js'
import { type AnyRecord, kindOf, type RecordClaims, replacedIn } from '../records/index.js'
import type { EntryPage, EntryQuery, PlacedEntry, RecordSearch, Store } from './store.js'

/** Builds the indexed fields of a record. */
export function searchOf(claims: RecordClaims, record: AnyRecord, region: string): RecordSearch {
  const kind = kindOf(record)
  const instrument = kind.instrument(record)
  const serial = instrument?.serialNumber
  const plate = instrument?.mobile?.plate
  return {
    number: identifierKey(kind.number(record)),
    serial: serial === undefined || isNoSerial(serial) ? undefined : identifierKey(serial),
    plate: plate === undefined ? undefined : plateKey(plate),
    region,
    factDate: kind.factDate(record),
    validUntil: kind.validUntil(record),
    ...replacedIn(claims, record),
  }
}

const PAGE = 16

/** Yields every entry that matches a query, page by page. */
async function* entriesFound(store: Store, query: EntryQuery): AsyncGenerator<PlacedEntry, void, undefined> {
  let from: number | undefined = 0
  while (from !== undefined) {
    const page: EntryPage = await store.listEntries(query, { from, limit: PAGE })
    yield* page.items
    from = page.next
    // An in-process store may answer synchronously: let the event loop run.
    if (from !== undefined) await otherWork()
  }
}

type InstrumentName = { readonly serial: string } | { readonly plate: string }

export interface InstrumentRecords {
  readonly entries: readonly PlacedEntry[]
  /** False if a limit cut the search off. */
  readonly isWhole: boolean
  /** Ids of the entries that match the query directly. */
  readonly named: ReadonlySet<string>
}

/** Maximum number of serial numbers and plates searched: a serial number shared by many vehicles would lead to ever more. */
const MAX_NAMES = 200
/** Maximum number of records for a standing; an instrument verified every half year for fifty years has a hundred. */
const MAX_RECORDS = 1000

/**
 * Finds the verification records of the instruments with a serial number or plate. A record with both links one to the other; links
 * are followed twice: from the plate to the serial number, and from there to an earlier plate.
 */
export async function recordsOfInstrument(
  store: Store,
  query: { readonly serial?: string; readonly plate?: string },
): Promise<InstrumentRecords> {
  const found = new Map<string, PlacedEntry>()
  const asked = new Set<string>()
  let isCutOff = false
  const look = async (of: EntryQuery & Partial<Record<'serial' | 'plate', string>>): Promise<void> => {
    for await (const entry of entriesFound(store, { kind: 'verification-record', ...of })) {
      // A record found by its serial number is found again by its plate.
      if (found.has(entry.statementId)) continue
      if (found.size >= MAX_RECORDS) isCutOff = true
      if (isCutOff) return
      found.set(entry.statementId, entry)
    }
  }
  await look(query)
  const named = new Set(found.keys())
  for (let round = 0; round < 2; round++) {
    const names = [...found.values()].flatMap(({ search: { serial, plate } }): InstrumentName[] => [
      ...(serial === undefined || isNoSerial(serial) ? [] : [{ serial }]),
      ...(plate === undefined ? [] : [{ plate }]),
    ])
    for (const name of names) {
      const key = JSON.stringify(name)
      if (asked.has(key)) continue
      if (asked.size >= MAX_NAMES) isCutOff = true
      else {
        asked.add(key)
        if (!isCutOff) await look(name)
      }
    }
  }
  return { entries: [...found.values()].sort((a, b) => a.position - b.position), isWhole: !isCutOff, named }
}
