/** By what records are found, and those that a query finds. */
import { identifierKey, isNoSerial, plateKey } from '../../base/identifier.js'
import { type AnyRecord, decodeRecord, isSecondUse, kindOf } from '../../records/index.js'
import type { Status } from '../../verify/index.js'
import type { EntryPage, EntryQuery, PlacedEntry, RecordSearch, Store, StoredEntry } from '../store.js'

/** What a record can be found by. */
export function searchOf(record: AnyRecord, region: string): RecordSearch {
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
  }
}

const PAGE = 500

/** Every entry that a query finds, page by page. */
async function* entriesFound(store: Store, query: EntryQuery): AsyncGenerator<PlacedEntry, void, undefined> {
  let from: number | undefined = 0
  while (from !== undefined) {
    const page: EntryPage = await store.listEntries(query, { from, limit: PAGE })
    yield* page.items
    from = page.next
  }
}

type InstrumentName = { readonly serial: string } | { readonly plate: string }

export interface InstrumentRecords {
  readonly statements: readonly string[]
  /** Ids of those that the query itself names. */
  readonly named: ReadonlySet<string>
}

/** Names by which records of one instrument are looked for; of a serial number that many vehicles share there is no end. */
const MOST_NAMES = 200

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
  const look = async (of: EntryQuery & Partial<Record<'serial' | 'plate', string>>): Promise<void> => {
    for await (const entry of entriesFound(store, { kind: 'verification-record', ...of })) found.set(entry.statementId, entry)
  }
  await look(query)
  const named = new Set(found.keys())
  let isCutOff = false
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
        await look(name)
      }
    }
  }
  const statements = [...found.values()].sort((a, b) => a.position - b.position).map(({ statement }) => statement)
  // What was not looked for may be a failure: an empty statement leaves the standing undecided.
  return { statements: isCutOff ? [...statements, ''] : statements, named }
}

/** Entries of one issuer under one number that are looked at; an honest issuer has a few. */
const MOST_OF_NUMBER = 50

/**
 * The entry that has a record's certificate number already, for another instrument or another content; undefined where there
 * is none, or the record says that it replaces it.
 */
export async function earlierUse(
  store: Store,
  entry: Pick<StoredEntry, 'iss' | 'kind' | 'statement' | 'statementId' | 'search'>,
  status: Status,
): Promise<PlacedEntry | undefined> {
  const own = decodeRecord(entry.statement)
  if (own?.record === undefined || kindOf(own.record).instrument(own.record) === undefined) return undefined
  const record = own.record
  const amended = 'amendment' in record ? record.amendment : undefined
  const { items } = await store.listEntries(
    { issuer: entry.iss, number: entry.search.number, kind: entry.kind },
    { from: 0, limit: MOST_OF_NUMBER },
  )
  const isReplaced = ({ statementId }: PlacedEntry): boolean => statementId === own.claims.supersedes || statementId === amended?.statement
  const replaced = items.filter(isReplaced).flatMap(({ statement }) => decodeRecord(statement)?.record ?? [])
  return items.find((item) => {
    const { statementId, statement } = item
    if (statementId === entry.statementId || isReplaced(item)) return false
    if (amended !== undefined && identifierKey(amended.replaces) === entry.search.number) return false
    // What was revoked or superseded has given its number back.
    if (
      status
        .noticesOf(statementId)
        .some(
          ({ claims, newer, isUnproven }) =>
            newer === undefined && isUnproven === undefined && (claims.action === 'revoke' || claims.action === 'supersede'),
        )
    )
      return false
    const other = decodeRecord(statement)
    if (other?.record === undefined || other.claims.supersedes === entry.statementId) return false
    const found = other.record
    // A copy of what it replaces is replaced as well.
    return isSecondUse(record, found) && !replaced.some((one) => !isSecondUse(one, found))
  })
}
