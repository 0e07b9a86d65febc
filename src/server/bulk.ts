/** Bulk submission: one statement per line of the request, one answer per line of the response, in order, as they are stored. */

import { encodeUtf8 } from '#native'
import { withoutBlanks, withoutByteOrderMark } from '../base/lines.js'
import { type BulkAnswer, type EntryType, entryTypeOf, ProblemError, splitLines, writeProblem } from '../contract/index.js'
import { MAX_STATEMENT_LENGTH } from '../envelope/index.js'
import type { Received } from '../node/index.js'
import { statementUnits } from './cost.js'
import type { Context } from './handlers/context.js'
import { problemOf } from './problem-of.js'
import { submitOne, submitOther } from './submit.js'

/** Number of statements verified before the first is answered, which is one transaction. The next batch is verified ahead. */
const BATCH = 128
const ascii = new TextDecoder('latin1')

/** @throws ProblemError `bulk.lines` for more lines than the node accepts, or none */
export function submitLines(context: Context): ReadableStream<Uint8Array> {
  const { bulkLines: most } = context.limits
  const { lines, isCutOff } = splitLines(withoutByteOrderMark(context.body), most)
  if (isCutOff || lines.length === 0) throw new ProblemError('bulk.lines', { lines: isCutOff ? `>${most}` : 0, most })
  let next = 0
  const report = reportOnce(context)
  const judgeSome = (): Promise<readonly Line[]> => {
    const some = lines.slice(next, next + BATCH)
    next += BATCH
    return Promise.all(some.map((line) => context.account.takePart(statementUnits(line), () => judgeLine(context, line))))
  }
  let judged = judgeSome()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const some = await judged
      const isLast = next >= lines.length
      // Pipelined: the next batch is verified while this one is written and synced.
      if (!isLast) judged = judgeSome()
      const answers = await Promise.all(some.map((line) => answerLine(context, report, line)))
      controller.enqueue(encodeUtf8(`${answers.map((answer) => JSON.stringify(answer)).join('\n')}\n`))
      if (isLast) controller.close()
    },
  })
}

type Report = (error: unknown) => void

/** Reports each error to the operator once per request: a full disk rejects every line. */
function reportOnce({ report }: Context): Report {
  const reported = new Set<string>()
  return (error) => {
    const text = String(error)
    if (reported.has(text)) return
    reported.add(text)
    report(error)
  }
}

interface Line {
  readonly statement: string
  /** Type of a statement that is not a record. */
  readonly other?: Exclude<EntryType, 'metrology-record+jwt'>
  readonly received?: Received
  readonly error?: unknown
}

async function judgeLine({ node }: Context, line: Uint8Array): Promise<Line> {
  if (line.length > MAX_STATEMENT_LENGTH)
    return { statement: '', error: new ProblemError('body.too-large', { most: MAX_STATEMENT_LENGTH }) }
  const statement = withoutBlanks(ascii.decode(line))
  const typ = entryTypeOf(statement)
  if (typ !== undefined && typ !== 'metrology-record+jwt') return { statement, other: typ }
  try {
    return { statement, received: await node.receive(statement) }
  } catch (error) {
    return { statement, error }
  }
}

async function answerLine(context: Context, report: Report, { statement, other, received, error: fault }: Line): Promise<BulkAnswer> {
  try {
    if (received === undefined && other === undefined) throw fault
    const { status, body } = await (other !== undefined
      ? submitOther(context, statement, { typ: other })
      : submitOne(context, statement, { ...(received && { received }) }))
    return { status, receipt: body as string }
  } catch (error) {
    const refusal = problemOf(error)
    if (refusal.code === 'node.internal' || refusal.code === 'store.unavailable') report(error)
    const problem = writeProblem(refusal, context.requestId)
    return { status: problem.status, problem }
  }
}
