/** What a spreadsheet holds once it is read, whatever file it was; and how much of one is read. */

/** A cell that has something in it. Cells are shared between places where they are equal, and never changed. */
export interface Cell {
  /**
   * What a person sees: the number format is applied, so 0.1 under `0.00` is `0.10`. Of a number without a format it has at most 15
   * significant digits, as the spreadsheet shows, so 0.30000000000000004 is `0.3`. Empty only for a formula without a stored value.
   */
  readonly text: string
  readonly type: 'text' | 'number' | 'date' | 'boolean' | 'error'
  /** Decimal text of a number or date exactly as the file stores it, written without exponent; a file may store 1.1000000000000001. */
  readonly number?: string
  /** Code of the number format, where it is not General. Where we do not apply that format, `text` is the number as without one. */
  readonly format?: string
  /** Civil date `YYYY-MM-DD` of a cell whose format shows a date, by the date system (1900 or 1904) of its workbook. */
  readonly date?: string
  /** A formula: the value is what the spreadsheet program computed and stored. Nothing is evaluated here. */
  readonly isFormula?: true
}

/**
 * Cells that are shown as one; zero-based, inclusive. The value is in the cell at top left. It is what the file states: it may reach beyond
 * the last row, over a whole sheet even, so do not walk it cell by cell without cutting it to the rows that there are.
 */
export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface Sheet {
  readonly name: string
  /** Not shown by the spreadsheet program; its cells are read all the same. */
  readonly isHidden: boolean
  /** Cells by row and column, both from zero, never cut at the top or left: `rows[4]?.[1]` is B5. Undefined where a cell is empty. */
  readonly rows: readonly (readonly (Cell | undefined)[])[]
  readonly merges: readonly Merge[]
  /** Only of a workbook that counts its days from 1904; a number without a date format in it may be such a day. */
  readonly dateSystem?: '1904'
}

export interface Workbook {
  /** What the file is by its content; its name does not matter. `html` is a page whose name ends in .xls, as old systems export. */
  readonly format: 'xlsx' | 'csv' | 'tsv' | 'html' | 'xls'
  /** Encoding that a text file was read in: utf-8, utf-16le, utf-16be or gb18030. Tell the user where it was not UTF-8. */
  readonly encoding?: string
  /** The workbook has macros. They were neither read nor run; only cells are read. */
  readonly hasMacros?: true
  readonly sheets: readonly Sheet[]
}

/** Most that is read; beyond any of these the file is refused with the code that names it. Nothing is cut off. */
export interface WorkbookLimits {
  /** Octets of the file. */
  readonly octets: number
  /** Octets of all parts of a workbook that are read, once inflated, besides 64 octets of markup for each filled cell; counted, not believed. */
  readonly inflated: number
  readonly sheets: number
  /** Rows of a sheet, up to the last that holds anything. */
  readonly rows: number
  /** Columns of a sheet, up to the last that holds anything. */
  readonly columns: number
  /** Cells of the workbook that hold anything. */
  readonly cells: number
  readonly merges: number
  /** Characters of a cell. */
  readonly cellLength: number
}

/** 32,767 characters is what Excel itself keeps in a cell. */
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

/** Name of a cell as people write it, from its zero-based row and column: (11, 5) is `F12`. */
export const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`

/** Letters of a zero-based column: 0 is `A`, 26 is `AA`. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}
