/** The content of a spreadsheet in any file format, and the limits within which it is read. */

/** A cell that is not empty. Equal cells are one object in several places, so never modify one. */
export interface Cell {
  /**
   * The displayed text, with the number format applied: 0.1 under `0.00` is `0.10`. A number without a format has at most 15 significant
   * digits, as the spreadsheet shows it: 0.30000000000000004 is `0.3`. Empty only for a formula without a stored value.
   */
  readonly text: string
  readonly type: 'text' | 'number' | 'date' | 'boolean' | 'error'
  /** Decimal text of a number or date exactly as the file stores it, without exponent; may be 1.1000000000000001. */
  readonly number?: string
  /** Code of the number format; absent for General. If the format is not supported, `text` is the number in format General. */
  readonly format?: string
  /** Civil date `YYYY-MM-DD`, if the format of the cell shows a date; by the date system (1900 or 1904) of the workbook. */
  readonly date?: string
  /** True for a formula: the value is the stored result of the spreadsheet program. Nothing is evaluated here. */
  readonly isFormula?: true
}

/**
 * Merged cells; zero-based, inclusive. The top left cell has the value. The region is as the file states it and may extend far beyond the
 * last row, so limit it to the existing rows before you iterate over it.
 */
export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface Sheet {
  readonly name: string
  /** True if the spreadsheet program hides the sheet; its cells are read too. */
  readonly isHidden: boolean
  /** Cells by row and column, both from zero, with empty rows and columns at the top and left: `rows[4]?.[1]` is B5. Empty cells are undefined. */
  readonly rows: readonly (readonly (Cell | undefined)[])[]
  /** Without those that overlap another one. */
  readonly merges: readonly Merge[]
}

export interface Workbook {
  /** Format by the content of the file, not by its name. `html` is a page whose name ends in .xls, as old systems export. */
  readonly format: 'xlsx' | 'csv' | 'tsv' | 'html' | 'xls'
  /** Encoding of a text file: utf-8, utf-16le, utf-16be or gb18030. Show it to the user if it is not UTF-8. */
  readonly encoding?: string
  /** True if the workbook has macros, which are neither read nor run. */
  readonly hasMacros?: true
  readonly sheets: readonly Sheet[]
}

/** Maximum sizes. A file beyond one of them is rejected with its own code; nothing is truncated. */
export interface WorkbookLimits {
  /** Octets of the file. */
  readonly octets: number
  /** Inflated octets of all parts that are read, without 64 octets of markup for each filled cell. Counted while inflating, whatever the file states. */
  readonly inflated: number
  readonly sheets: number
  /** Rows of a sheet, up to the last with a cell. */
  readonly rows: number
  /** Columns of a sheet, up to the last with a cell. */
  readonly columns: number
  /** Cells of the workbook that are not empty. */
  readonly cells: number
  readonly merges: number
  /** Characters of a cell. */
  readonly cellLength: number
}

/** The default limits; 32,767 characters per cell is that of Excel. */
export const LIMITS: WorkbookLimits = {
  octets: 100 * 1024 * 1024,
  inflated: 256 * 1024 * 1024,
  sheets: 256,
  rows: 200_000,
  columns: 1024,
  cells: 4_000_000,
  merges: 100_000,
  cellLength: 32_767,
}

/** Name of a cell from its zero-based row and column: (11, 5) is `F12`. */
export const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`

/** Letters of a zero-based column: 0 is `A`, 26 is `AA`. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}
