/** Declared type of a statement, among the types that a log contains. */

import { decodeBase64url, decodeUtf8 } from '#native'
import { isTonghengError } from '../base/error.js'
import { aText, checkArgument } from '../base/options.js'

const ENTRY_TYPES = ['metrology-record+jwt', 'metrology-notice+jwt', 'metrology-joint+jwt'] as const
/** Type of a statement in a log: a record, a notice of status, or a joint statement. */
export type EntryType = (typeof ENTRY_TYPES)[number]

const isEntryType = (typ: unknown): typ is EntryType => ENTRY_TYPES.some((one) => one === typ)

/** Maximum length of a header in characters; longer ones are not decoded. */
const LONGEST = 1000

/** Cache of decoded headers: statements of the same key have the same header. */
const seen = new Map<string, EntryType>()
const MAX_SEEN = 512

/** Reads the type from the header, unverified; undefined for another type, or a text that is not a statement. */
export function entryTypeOf(statement: string): EntryType | undefined {
  checkArgument('entryTypeOf', 'statement', statement, aText)
  const end = statement.indexOf('.')
  if (end < 1 || end > LONGEST) return undefined
  const segment = statement.slice(0, end)
  const known = seen.get(segment)
  if (known !== undefined) return known
  try {
    const header: unknown = JSON.parse(decodeUtf8(decodeBase64url(segment)) ?? '')
    const typ = header !== null && typeof header === 'object' && 'typ' in header ? header.typ : undefined
    if (!isEntryType(typ)) return undefined
    if (seen.size >= MAX_SEEN) seen.clear()
    seen.set(segment, typ)
    return typ
  } catch (error) {
    if (isTonghengError(error) || error instanceof SyntaxError) return undefined
    throw error
  }
}
