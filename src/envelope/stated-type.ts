/** The type of a text according to its header. */

import { decodeBase64url, latin1 } from '#native'
import { isTonghengError } from '../base/error.js'
import { aText, checkArgument } from '../base/options.js'
import { STATEMENT_TYPES, type StatementType } from './statement.js'

/** The type that a statement states; undefined if it is not one of ours. It proves nothing about the signer. */
export function statedType(text: string): StatementType | undefined {
  checkArgument('statedType', 'text', text, aText)
  try {
    const header: unknown = JSON.parse(latin1(decodeBase64url(text.slice(0, text.indexOf('.')))))
    const typ = typeof header === 'object' && header !== null && 'typ' in header ? header.typ : undefined
    return STATEMENT_TYPES.find((known) => known === typ)
  } catch (error) {
    // An unreadable header states no type; the verdict reports what is wrong with it.
    if (isTonghengError(error) || error instanceof SyntaxError) return undefined
    throw error
  }
}
