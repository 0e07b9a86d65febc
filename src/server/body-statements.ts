/** Statements in a body: as they are signed, or as the file that holds them was saved. */
import { isTonghengError } from '../base/error.js'
import { withoutBlanks, withoutByteOrderMark } from '../base/lines.js'
import { ProblemError, splitLines } from '../contract/index.js'
import { readStatement, type SignedText } from '../envelope/index.js'

const ascii = new TextDecoder('latin1')
/** Lines of a body that holds one statement, blank ones counted: a file has a few at its ends. */
const MOST_LINES = 100

/**
 * The one statement of a body that is submitted; what is none is passed on, and refused under a signature with every reason. A byte
 * order mark, a line break and blanks at the end are of the file, not of the statement.
 * @throws ProblemError `body.statement` where there are several lines
 */
export function oneStatementOf(body: Uint8Array): string {
  const { lines, isCutOff } = splitLines(withoutByteOrderMark(body), MOST_LINES)
  const texts = lines.map((line) => withoutBlanks(ascii.decode(line)))
  const [statement = '', ...others] = texts.filter((text) => text !== '')
  if (isCutOff || others.length > 0) throw severalOf(isCutOff ? `>${MOST_LINES}` : String(others.length + 1))
  return statement
}

/**
 * The statement of a body that is judged, with all of its signatures.
 * @throws ProblemError `body.statement` where the body is something else: that gets no verdict
 */
export function judgedStatementOf(body: Uint8Array): SignedText {
  try {
    return readStatement(body)
  } catch (error) {
    if (!isTonghengError(error)) throw error
    throw new ProblemError('body.statement', { reason: error.text })
  }
}

const severalOf = (count: string): ProblemError =>
  new ProblemError('body.statement', { reason: { zh: `有 ${count} 行`, en: `it has ${count} lines` } })
