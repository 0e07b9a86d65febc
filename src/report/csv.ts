/** CSV for Excel (RFC 4180): UTF-8 with its mark, CR LF, and no cell that a spreadsheet would read as a formula. */
import { CSV_MARK, csvRow } from '../base/csv.js'
import { checkArgument, type Expectation, isObject } from '../base/options.js'
import { LANGUAGE, type TableRow, tableColumns } from './table.js'
import type { Language } from './text.js'

const ROW: Expectation = {
  is: (value) => isObject(value) && [...tableColumns.keys()].every((name) => typeof value[name] === 'string'),
  expected: { zh: 'tableRow 的结果', en: 'what tableRow gave' },
}

/** The first line of the file, with the mark by which Excel reads UTF-8. @throws `verify.options` */
export function csvHead(language: Language = 'zh'): string {
  checkArgument('csvHead', 'language', language, LANGUAGE)
  return `${CSV_MARK}${csvRow([...tableColumns.values()].map((title) => title[language]))}`
}

/** The line of a row. @throws `verify.options` */
export function csvLine(row: TableRow): string {
  checkArgument('csvLine', 'row', row, ROW)
  return csvRow([...tableColumns.keys()].map((name) => row[name]))
}
