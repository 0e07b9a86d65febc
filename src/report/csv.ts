/** CSV for Excel (RFC 4180): UTF-8 with its mark, CR LF, and no cell that a spreadsheet would read as a formula. */
import { checkArgument, type Expectation, isObject } from '../base/options.js'
import { visible } from '../base/visible.js'
import { LANGUAGE, type TableRow, tableColumns } from './table.js'
import type { Language } from './text.js'

/** What a spreadsheet begins a formula with, also behind blanks, and in full-width form. */
const FORMULA = /^[\s\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/** A cell: a text that begins as a formula does gets an apostrophe in front, which Excel does not show. */
const cell = (text: string): string => `"${(FORMULA.test(text) ? `'${visible(text)}` : visible(text)).replaceAll('"', '""')}"`
const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

const ROW: Expectation = {
  is: (value) => isObject(value) && [...tableColumns.keys()].every((name) => typeof value[name] === 'string'),
  expected: { zh: 'tableRow 的结果', en: 'what tableRow gave' },
}

/** The first line of the file, with the mark by which Excel reads UTF-8. @throws `verify.options` */
export function csvHead(language: Language = 'zh'): string {
  checkArgument('csvHead', 'language', language, LANGUAGE)
  return `\ufeff${line([...tableColumns.values()].map((title) => title[language]))}`
}

/** The line of a row. @throws `verify.options` */
export function csvLine(row: TableRow): string {
  checkArgument('csvLine', 'row', row, ROW)
  return line([...tableColumns.keys()].map((name) => row[name]))
}
