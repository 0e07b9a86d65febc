/** What a statement says it is, of what a log holds. */

import { decodeBase64url, decodeUtf8 } from '#native'
import { isTonghengError } from '../base/error.js'
import { aText, checkArgument } from '../base/options.js'

export type EntryType = 'metrology-record+jwt' | 'metrology-notice+jwt'

/** More characters than a header has; no more is decoded. */
const LONGEST = 1000

/** A key writes the same header each time: the last few are not read again. */
const seen = new Map<string, EntryType>()
const MOST_SEEN = 512

/** By its header alone, unverified; undefined for a text that is neither, or no statement. */
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
    if (typ !== 'metrology-record+jwt' && typ !== 'metrology-notice+jwt') return undefined
    if (seen.size >= MOST_SEEN) seen.clear()
    seen.set(segment, typ)
    return typ
  } catch (error) {
    if (isTonghengError(error) || error instanceof SyntaxError) return undefined
    throw error
  }
}
