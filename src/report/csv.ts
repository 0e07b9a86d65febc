/** CSV for Excel (RFC 4180): UTF-8 with its mark, CR LF, and no cell that a spreadsheet would read as a formula. */
import { CSV_MARK, csvCell, csvRow } from '../base/csv.js'
import { checkArgument, type Expectation, isObject } from '../base/options.js'
import { LANGUAGE, type TableRow, tableColumns } from './table.js'
import type { Language } from './text.js'

const COLUMNS = [...tableColumns.keys()]

const ROW: Expectation = {
  is: (value) => isObject(value) && COLUMNS.every((name) => typeof value[name] === 'string'),
  expected: { zh: 'tableRow 的结果', en: 'what tableRow gave' },
}

/** The first line of the file, with the mark by which Excel reads UTF-8. @throws `verify.options` */
export function csvHead(language: Language = 'zh'): string {
  checkArgument('csvHead', 'language', language, LANGUAGE)
  return `${CSV_MARK}${csvRow([...tableColumns.values()].map((title) => title[language]))}`
}

/** Of each column the text of the row before, and its cell: issuer, basis or reason of a list are mostly those of the row before. */
const before = COLUMNS.map(() => ({ text: '', cell: csvCell('') }))

/** The line of a row. @throws `verify.options` */
export function csvLine(row: TableRow): string {
  checkArgument('csvLine', 'row', row, ROW)
  let line = ''
  for (let at = 0; at < COLUMNS.length; at++) {
    const text = row[COLUMNS[at] as (typeof COLUMNS)[number]]
    const last = before[at] as (typeof before)[number]
    if (last.text !== text) {
      last.text = text
      last.cell = csvCell(text)
    }
    line += at === 0 ? last.cell : `,${last.cell}`
  }
  return `${line}\r\n`
}
