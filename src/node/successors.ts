/** What has become of stored records, by the later records of the same issuer that the store has, too. */
import { identifierKey } from '../base/identifier.js'
import { decodeRecord, kindOf } from '../records/index.js'
import { type CurrentStatus, currentStatus, type Status, withSuccessors } from '../verify/index.js'
import { type EntryReader, entriesInParts } from './entries-in-parts.js'
import type { Facts } from './read-facts.js'
import { seenHere } from './seen-here.js'
import type { StoredEntry } from './store.js'

/** A record that may have been replaced. */
export interface Replaceable {
  readonly statementId: string
  readonly iss: string
  /** Its certificate number, as it is printed or as it is compared. */
  readonly number: string
}

/** Successors of one name that are read. An issuer that replaces one record more often cannot make another's count. */
const MOST_SUCCESSORS = 50

/** Status with those successors of the given records that the store has; the same object where it has none. */
export async function statusWithSuccessors(
  { trust, status }: Pick<Facts, 'trust' | 'status'>,
  store: EntryReader,
  records: readonly Replaceable[],
): Promise<Status> {
  const keys = records.flatMap(({ statementId, iss, number }) => [statementId, identifierKey(number)].map((value) => ({ iss, value })))
  const found = keys.length === 0 ? [] : await entriesInParts(store, 'replaced', keys, MOST_SUCCESSORS)
  const entries = new Map(found.flat().map((entry) => [entry.statementId, entry]))
  if (entries.size === 0) return status
  const signed = [...entries.values()].map(({ statement }) => statement)
  return withSuccessors(status, signed, trust, await seenHere({ getEntry: async (id) => entries.get(id) }, trust, signed))
}

/** As `checkStatus` finds it, in a word for each entry. */
export async function statusesOf(
  facts: Facts,
  store: EntryReader,
  entries: readonly Pick<StoredEntry, 'statementId' | 'statement' | 'iss' | 'search'>[],
  of: { readonly region: string; readonly at: number },
): Promise<readonly CurrentStatus[]> {
  const records = entries.map(({ statementId, iss, search: { number } }) => ({ statementId, iss, number }))
  const status = await statusWithSuccessors(facts, store, records)
  return entries.map(({ statementId, statement, iss }) => {
    const [decoded, holder] = [decodeRecord(statement), facts.trust.entity(iss)]
    if (decoded?.record === undefined || holder === undefined) return { status: 'unknown' }
    return currentStatus({ statementId, claims: decoded.claims, record: decoded.record, holder, ...of }, status)
  })
}

/** What `statusWithSuccessors` asks for, of a record that was judged. */
export const replaceableOf = (statementId: string, iss: string, record: Parameters<typeof kindOf>[0]): Replaceable => ({
  statementId,
  iss,
  number: kindOf(record).number(record),
})
