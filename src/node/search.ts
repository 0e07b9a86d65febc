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
  const lines = record.kind === 'verification-record' ? record.instruments?.map(({ serialNumber }) => serialNumber) : undefined
  const plate = instrument?.mobile?.plate
  return {
    number: identifierKey(kind.number(record)),
    serial: serial === undefined || isNoSerial(serial) ? undefined : identifierKey(serial),
    plate: plate === undefined ? undefined : plateKey(plate),
    ...(lines && { serials: [...new Set(lines.filter((one) => !isNoSerial(one)).map(identifierKey))] }),
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
    // A store in this process may return without awaiting: yield to the event loop.
    if (from !== undefined) await otherWork()
  }
}

type InstrumentName = { readonly serial: string } | { readonly plate: string }

export interface InstrumentRecords {
  readonly entries: readonly PlacedEntry[]
  /** Position from which the next page starts; absent if these are all records of the instruments. */
  readonly next?: number
  /** Ids of the entries that match the query directly. */
  readonly named: ReadonlySet<string>
}

/**
 * Maximum number of serial numbers and plates to search: a serial number that many vehicles share would lead to many plates, and those to
 * more numbers.
 */
const MAX_NAMES = 200
/** Maximum number of records judged at once. An instrument verified twice a year for fifty years has a hundred. */
const MAX_RECORDS = 1000
/** Number of records per page, if there are more. */
const STANDING_PAGE = 250

type OfInstrument = { readonly serial?: string; readonly plate?: string }

/**
 * Finds the verification records of the instruments with a serial number or plate. A record with both links one to the other; links are
 * followed twice: from the plate to the serial number, and from there to an earlier plate. If there are more records than can be judged at
 * once, or if `from` is given, returns a page of the records that match the query directly; the caller must then follow the links.
 */
export async function recordsOfInstrument(store: Store, query: OfInstrument, from?: number): Promise<InstrumentRecords> {
  if (from !== undefined) return recordsFrom(store, query, from)
  const found = new Map<string, PlacedEntry>()
  const searched = new Set<string>()
  /** Adds the records found; returns false if there are too many. */
  const addRecords = async (of: OfInstrument): Promise<boolean> => {
    for await (const entry of entriesFound(store, { kind: VERIFICATION, ...of })) {
      // A record with a serial number and a plate is found by both.
      if (found.has(entry.statementId)) continue
      if (found.size >= MAX_RECORDS) return false
      found.set(entry.statementId, entry)
    }
    return true
  }
  if (!(await addRecords(query))) return pageOf([...found.values()])
  const direct = [...found.values()]
  for (let round = 0; round < 2; round++) {
    for (const name of [...found.values()].flatMap(namesIn)) {
      const key = JSON.stringify(name)
      if (searched.has(key)) continue
      searched.add(key)
      if (searched.size > MAX_NAMES || !(await addRecords(name))) return pageOf(direct)
    }
  }
  const named = new Set(direct.map(({ statementId }) => statementId))
  return { entries: [...found.values()].sort((a, b) => a.position - b.position), named }
}

const VERIFICATION = 'verification-record'

const namesIn = ({ search: { serial, plate } }: PlacedEntry): InstrumentName[] => [
  ...(serial === undefined || isNoSerial(serial) ? [] : [{ serial }]),
  ...(plate === undefined ? [] : [{ plate }]),
]

/** Returns the first page of records in log order. `next` is always present, even if no record but only links remain. */
function pageOf(direct: readonly PlacedEntry[]): InstrumentRecords {
  const entries = direct.slice(0, STANDING_PAGE)
  return { entries, next: (entries.at(-1)?.position ?? -1) + 1, named: new Set(entries.map(({ statementId }) => statementId)) }
}

async function recordsFrom(store: Store, query: OfInstrument, from: number): Promise<InstrumentRecords> {
  const { items, next } = await store.listEntries({ kind: VERIFICATION, ...query }, { from, limit: STANDING_PAGE })
  return { entries: items, ...(next !== undefined && { next }), named: new Set(items.map(({ statementId }) => statementId)) }
}
