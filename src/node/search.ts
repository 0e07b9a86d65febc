/** By what records are found, and those that a query finds. */
import { identifierKey, isNoSerial, plateKey } from '../base/identifier.js'
import { otherWork } from '../base/other-work.js'
import { type AnyRecord, kindOf, type RecordClaims, replacedIn } from '../records/index.js'
import type { EntryPage, EntryQuery, PlacedEntry, RecordSearch, Store } from './store.js'

/** What a record can be found by. */
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

/** Every entry that a query finds, page by page. */
async function* entriesFound(store: Store, query: EntryQuery): AsyncGenerator<PlacedEntry, void, undefined> {
  let from: number | undefined = 0
  while (from !== undefined) {
    const page: EntryPage = await store.listEntries(query, { from, limit: PAGE })
    yield* page.items
    from = page.next
    // A store in the process may have answered at once.
    if (from !== undefined) await otherWork()
  }
}

type InstrumentName = { readonly serial: string } | { readonly plate: string }

export interface InstrumentRecords {
  readonly entries: readonly PlacedEntry[]
  /** False where not every name could be looked for. */
  readonly isWhole: boolean
  /** Ids of those that the query itself names. */
  readonly named: ReadonlySet<string>
}

/** Names by which records of one instrument are looked for; of a serial number that many vehicles share there is no end. */
const MOST_NAMES = 200
/** Records that a standing is judged by; an instrument verified every half year for fifty years has a hundred. */
const MOST_RECORDS = 1000

/**
 * The verification records of the instruments that a serial number or a plate names. Records that carry both lead from one to
 * the other, twice at most: from the plate to the serial number, and from there to an earlier plate.
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
      // By its plate one finds again what its serial number has led to.
      if (found.has(entry.statementId)) continue
      if (found.size >= MOST_RECORDS) isCutOff = true
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
      if (asked.size >= MOST_NAMES) isCutOff = true
      else {
        asked.add(key)
        if (!isCutOff) await look(name)
      }
    }
  }
  return { entries: [...found.values()].sort((a, b) => a.position - b.position), isWhole: !isCutOff, named }
}
