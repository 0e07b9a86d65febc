/** Extracts statements from a body, either as signed or as a saved text file. */
import { isTonghengError } from '../base/error.js'
import { withoutBlanks, withoutByteOrderMark } from '../base/lines.js'
import { ProblemError, splitLines } from '../contract/index.js'
import { readStatement, type SignedText } from '../envelope/index.js'

const ascii = new TextDecoder('latin1')
/** Maximum number of lines in a body with one statement; a file may have a few blank ones. */
const MAX_LINES = 100

/**
 * Returns the single statement of a submitted body; a malformed one is returned too, and rejected later with a signed list of
 * reasons. A byte order mark, line breaks and trailing blanks belong to the file and are removed.
 * @throws ProblemError `body.statement` if there are several lines
 */
export function oneStatementOf(body: Uint8Array): string {
  const { lines, isCutOff } = splitLines(withoutByteOrderMark(body), MAX_LINES)
  const texts = lines.map((line) => withoutBlanks(ascii.decode(line)))
  const [statement = '', ...others] = texts.filter((text) => text !== '')
  if (isCutOff || others.length > 0) throw severalOf(isCutOff ? `>${MAX_LINES}` : String(others.length + 1))
  return statement
}

/**
 * Returns the statement of a body with all of its signatures, for a verdict.
 * @throws ProblemError `body.statement` if the body is not a statement, which gets no verdict
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
