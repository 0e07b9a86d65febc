/** CSV for Excel (RFC 4180): UTF-8 with a byte order mark, CR LF, and no cell that a spreadsheet would read as a formula. */
import { CSV_MARK, csvCell, csvRow } from '../base/csv.js'
import { checkArgument, type Expectation, isObject } from '../base/options.js'
import { LANGUAGE, type TableRow, tableColumns } from './table.js'
import type { Language } from './text.js'

const COLUMNS = [...tableColumns.keys()]

const ROW: Expectation = {
  is: (value) => isObject(value) && COLUMNS.every((name) => typeof value[name] === 'string'),
  expected: { zh: 'tableRow 的结果', en: 'what tableRow gave' },
}

/** Returns the first line of the file, with the byte order mark by which Excel recognises UTF-8. @throws `verify.options` */
export function csvHead(language: Language = 'zh'): string {
  checkArgument('csvHead', 'language', language, LANGUAGE)
  return `${CSV_MARK}${csvRow([...tableColumns.values()].map((title) => title[language]))}`
}

/** Text and cell of the previous row, for each column: issuer, basis and reason are mostly equal to those of the previous row. */
const before = COLUMNS.map(() => ({ text: '', cell: csvCell('') }))

/** Returns the line of a row. @throws `verify.options` */
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
