/** CSV for Excel (RFC 4180): CR LF, every cell quoted, and no cell that a spreadsheet would read as a formula. */
import { visible } from './visible.js'

/** Byte order mark: without it, Excel does not read the file as UTF-8. */
export const CSV_MARK = '\ufeff'

/** Characters with which a spreadsheet formula begins, also after blanks and in full-width form. */
const FORMULA = /^[\s\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/** A cell. A text that would be read as a formula is prefixed with an apostrophe, which Excel does not show. */
export const csvCell = (text: string): string => `"${(FORMULA.test(text) ? `'${visible(text)}` : visible(text)).replaceAll('"', '""')}"`

/** A line of cells. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`
