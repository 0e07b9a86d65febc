/** Statements in a body: as they are signed, or as the file that holds them was saved. */
import { linesOf } from './lines.js'
import { ProblemError } from './problem.js'

const ascii = new TextDecoder('latin1')
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
/** UTF-16, as some shells write it. */
const WIDE = /^(?:\u00ff\u00fe|\u00fe\u00ff)/

/** At the end of a line; before a statement there are none that an editor would put there. */
const BLANKS = /[ \t]+$/

/**
 * The statements of a body. A byte order mark, line breaks of any kind and blanks at the end of a line are of the file and not
 * of the statement: no verdict may rest on them.
 * @throws ProblemError `body.statement` where the body is in another encoding
 */
function statementsOf(body: Uint8Array): readonly string[] {
  const isMarked = BYTE_ORDER_MARK.every((octet, at) => body[at] === octet)
  const lines = linesOf(isMarked ? body.subarray(BYTE_ORDER_MARK.length) : body)
  const statements = lines.map((line) => ascii.decode(line).replace(BLANKS, '')).filter((line) => line !== '')
  if (WIDE.test(statements[0] ?? '')) throw new ProblemError('body.statement', { count: 'UTF-16' })
  return statements
}

/** The one statement of a body; an empty text where there is none. @throws ProblemError `body.statement` where there are several */
export function oneStatementOf(body: Uint8Array): string {
  const [statement = '', ...others] = statementsOf(body)
  if (others.length > 0) throw new ProblemError('body.statement', { count: others.length + 1 })
  return statement
}

/**
 * Several signatures over one content, a line each.
 * @throws ProblemError `body.statement` where the lines have several contents, or there is none: nothing is no certificate to judge
 */
export function coSignedOf(body: Uint8Array): readonly string[] {
  const statements = statementsOf(body)
  const contents = new Set(statements.map((statement) => statement.split('.')[1]))
  if (contents.size !== 1) throw new ProblemError('body.statement', { count: contents.size })
  return statements
}
