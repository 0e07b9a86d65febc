/** One certificate number on two instruments or two contents: found when the second is submitted. */
import { identifierKey } from '../base/identifier.js'
import { type AnyRecord, amendmentOf, decodeRecord, isSecondUse, kindOf } from '../records/index.js'
import type { CurrentStatus } from '../verify/index.js'
import type { StoredEntry } from './store.js'

type Entry = Omit<StoredEntry, 'receipt'>

/** Entries of one issuer under one number that are looked at; an honest issuer has a few. */
export const MOST_OF_NUMBER = 50

/** Only certificates of an instrument have a number that stands for one content. */
export const isNumbered = (record: AnyRecord): boolean => kindOf(record).instrument(record) !== undefined

/**
 * The entry that has a record's certificate number already, for another instrument or another content; undefined where there
 * is none, or the record says that it replaces it.
 * @param earlier entries of its issuer under its number
 */
export async function earlierUse(
  entry: Entry,
  earlier: readonly Entry[],
  statusesOf: (entries: readonly Entry[]) => Promise<readonly CurrentStatus[]>,
): Promise<Entry | undefined> {
  const others = earlier.filter(({ statementId, kind }) => statementId !== entry.statementId && kind === entry.kind)
  const own = others.length === 0 ? undefined : decodeRecord(entry.statement)
  if (own?.record === undefined || !isNumbered(own.record)) return undefined
  const record = own.record
  const amended = amendmentOf(record)
  if (amended !== undefined && identifierKey(amended.replaces) === entry.search.number) return undefined
  const isReplaced = ({ statementId }: Entry): boolean => statementId === own.claims.supersedes || statementId === amended?.statement
  const replaced = others.filter(isReplaced).flatMap(({ statement }) => decodeRecord(statement)?.record ?? [])
  const statuses = await statusesOf(others)
  return others.find((other, at) => {
    // What was revoked or superseded has given its number back.
    if (isReplaced(other) || statuses[at]?.status === 'revoked' || statuses[at]?.status === 'superseded') return false
    const decoded = decodeRecord(other.statement)
    if (decoded?.record === undefined || decoded.claims.supersedes === entry.statementId) return false
    const found = decoded.record
    // A copy of what it replaces is replaced as well.
    return isSecondUse(record, found) && !replaced.some((one) => !isSecondUse(one, found))
  })
}
