/** Detects a certificate number used for two instruments or contents, when the second record is submitted. */
import { identifierKey } from '../base/identifier.js'
import { type AnyRecord, amendmentOf, decodeRecord, isSecondUse, kindOf } from '../records/index.js'
import type { CurrentStatus } from '../verify/index.js'
import type { StoredEntry } from './store.js'

type Entry = Omit<StoredEntry, 'receipt'>

/** Maximum number of entries read per issuer and number; an honest issuer has a few. */
export const MAX_OF_NUMBER = 50

/** Whether the number of a record identifies exactly one content: only the number of an instrument's certificate does. */
export const isNumbered = (record: AnyRecord): boolean => kindOf(record).instrument(record) !== undefined

/**
 * Returns the earlier entry that uses the record's certificate number for another instrument or content; undefined if there is none,
 * or if the record declares that it replaces that entry.
 * @param earlier entries of the same issuer under the same number
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
    // A revoked or superseded record no longer occupies its number.
    if (isReplaced(other) || statuses[at]?.status === 'revoked' || statuses[at]?.status === 'superseded') return false
    const decoded = decodeRecord(other.statement)
    if (decoded?.record === undefined || decoded.claims.supersedes === entry.statementId) return false
    const found = decoded.record
    // A duplicate of a replaced record counts as replaced, too.
    return isSecondUse(record, found) && !replaced.some((one) => !isSecondUse(one, found))
  })
}
