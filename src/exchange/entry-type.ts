/** What a statement says it is, of what a log holds. */
import { decodeBase64url, decodeUtf8 } from '#native'
import { isTonghengError } from '../base/error.js'

export type EntryType = 'metrology-record+jwt' | 'metrology-notice+jwt'

/** More characters than a header has; no more is decoded. */
const LONGEST = 1000

/** By its header alone, unverified; undefined for a text that is neither, or no statement. */
export function entryTypeOf(statement: string): EntryType | undefined {
  const end = statement.indexOf('.')
  if (end < 1 || end > LONGEST) return undefined
  try {
    const header: unknown = JSON.parse(decodeUtf8(decodeBase64url(statement.slice(0, end))) ?? '')
    const typ = header !== null && typeof header === 'object' && 'typ' in header ? header.typ : undefined
    return typ === 'metrology-record+jwt' || typ === 'metrology-notice+jwt' ? typ : undefined
  } catch (error) {
    if (isTonghengError(error) || error instanceof SyntaxError) return undefined
    throw error
  }
}
