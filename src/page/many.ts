/** Lists many statements, one row each, while they are judged. Loaded at the second statement. */
import { isPlaceIn } from '../archive/inside.js'
import { createTally, type Language, type TableRow, tableRow, unreadRow } from '../report/index.js'
import { momentOf, type Page, shownAnswer } from './actions.js'
import { type Answered, judgeSources, MAX_STATEMENTS } from './intake.js'
import { batchView } from './views/batch.js'
import { remarkText } from './views/verdict.js'

/** Number of statements judged between two rounds of the event loop, in which the browser handles input. */
const STEP = 20

/** Lists the existing results, and further ones as they arrive. */
export async function listAnswers(page: Page, begun: readonly Answered[], coming: AsyncIterable<Answered>): Promise<void> {
  const { language } = page.state
  const rows: TableRow[] = []
  const tally = createTally()
  const add = async (answer: Answered): Promise<void> => {
    const row = rowOf(answer, language)
    rows.push(row)
    tally.add(row)
    if (rows.length % STEP !== 0) return
    page.set({ progress: rows.length })
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  for (const answer of begun) await add(answer)
  for await (const answer of coming) await add(answer)
  const batch = { rows, summary: tally.summary(), isCut: rows.length >= MAX_STATEMENTS, view: batchView }
  page.set({ shown: { kind: 'batch', batch } })
}

function rowOf(answer: Answered, language: Language): TableRow {
  if ('error' in answer) return unreadRow({ file: answer.name, error: answer.error }, language)
  const { name, line, record } = answer
  const verdict = answer.label?.verdict ?? answer.verdict
  // The list marks verdicts of another time, and of files whose pages may be forged.
  const remarks = answer.remarks.filter(({ isAlarm }) => isAlarm === true).map((remark) => remarkText(remark, language))
  return tableRow({ file: name, line, verdict, record, remarks }, language)
}

/** Opens one row of the list: its statement is judged again. */
export async function openRow(page: Page, row: TableRow): Promise<void> {
  const { waiting, region, holding, shown } = page.state
  const source = waiting.find(({ name }) => name === row.file) ?? waiting.find(({ name }) => isPlaceIn(name, row.file))
  if (source === undefined || region === undefined || holding === undefined || shown?.kind !== 'batch') return
  const only = { name: row.file, line: row.line === '' ? undefined : Number(row.line) }
  for await (const answer of judgeSources([source], { holding, region, at: momentOf(page) }, only)) {
    page.set({ list: shown.batch, shown: await shownAnswer(page, answer) })
    return
  }
}
