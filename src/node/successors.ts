/** Computes the current status of stored records, including successors from the same issuer in the store. */
import { identifierKey } from '../base/identifier.js'
import { decodeRecord, kindOf } from '../records/index.js'
import { type CurrentStatus, currentStatus, type Status, withSuccessors } from '../verify/index.js'
import { type EntryReader, entriesInParts } from './entries-in-parts.js'
import type { Facts } from './read-facts.js'
import { seenHere } from './seen-here.js'
import type { StoredEntry } from './store.js'

/** A record whose successors are looked up. */
export interface Replaceable {
  readonly statementId: string
  readonly iss: string
  /** Certificate number, as printed or as comparison key. */
  readonly number: string
}

/** Maximum number of successors read per key. Keys belong to one issuer, so no issuer can exhaust another's limit. */
const MAX_SUCCESSORS = 50

/** Adds the stored successors of the given records to the status; returns the same object if there are none. */
export async function statusWithSuccessors(
  { trust, status }: Pick<Facts, 'trust' | 'status'>,
  store: EntryReader,
  records: readonly Replaceable[],
): Promise<Status> {
  const keys = records.flatMap(({ statementId, iss, number }) => [statementId, identifierKey(number)].map((value) => ({ iss, value })))
  const found = keys.length === 0 ? [] : await entriesInParts(store, 'replaced', keys, MAX_SUCCESSORS)
  const entries = new Map(found.flat().map((entry) => [entry.statementId, entry]))
  if (entries.size === 0) return status
  const signed = [...entries.values()].map(({ statement }) => statement)
  return withSuccessors(status, signed, trust, await seenHere({ getEntry: async (id) => entries.get(id) }, trust, signed))
}

/** Returns the current status of each entry, as `checkStatus` determines it. */
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

/** Builds the argument of `statusWithSuccessors` for a verified record. */
export const replaceableOf = (statementId: string, iss: string, record: Parameters<typeof kindOf>[0]): Replaceable => ({
  statementId,
  iss,
  number: kindOf(record).number(record),
})
