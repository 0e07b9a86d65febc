/** Text tables: comma, semicolon or tab between cells, quoted by RFC 4180, in the encodings that Chinese programs write. */
import { decodeUtf8 } from '#native'
import { createGrids } from './grid.js'
import { fault } from './messages.js'
import type { Cell, Workbook, WorkbookLimits } from './workbook.js'

/** A text, and the encoding it was in. */
export interface Decoded {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'
}

/** Decodes by the byte order mark, else as UTF-8, else as GB 18030. Undefined where octets are none of these. */
export function decodeTable(bytes: Uint8Array): Decoded | undefined {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return decoded('utf-16le', bytes)
  if (a === 0xfe && b === 0xff) return decoded('utf-16be', bytes)
  const utf8 = decodeUtf8(bytes)
  if (utf8 !== undefined) return { text: utf8.startsWith('\ufeff') ? utf8.slice(1) : utf8, encoding: 'utf-8' }
  return decoded('gb18030', bytes)
}

function decoded(encoding: Decoded['encoding'], bytes: Uint8Array): Decoded | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
  } catch (error) {
    // Octets that are none of the encoding; a platform without the encoding throws RangeError.
    if (error instanceof TypeError || error instanceof RangeError) return undefined
    throw error
  }
}

/** Reads a text table as a workbook of one sheet. @throws `spreadsheet.quote`, and the errors of `Grid.set` */
export function readDelimited({ text, encoding }: Decoded, limits: WorkbookLimits): Workbook {
  const stated = /^sep=([,;\t])\r?\n/i.exec(text)
  const separator = stated?.[1] ?? separatorOf(text)
  const grid = createGrids(limits)(SHEET)
  parse(text, separator, (row, column, value) => {
    // A million empty columns are no table either.
    if (column >= limits.columns) throw fault('spreadsheet.columns-many', { sheet: SHEET, row: row + 1, most: limits.columns })
    // The line by which Excel is told the separator is not a cell; it stays a row, so that cells keep their names.
    if (value !== '' && !(stated !== null && row === 0)) grid.set(row, column, cellOf(value))
  })
  return { format: separator === '\t' ? 'tsv' : 'csv', encoding, sheets: [grid.sheet()] }
}

/** A text has no sheets; this is the name by which its cells are named. */
const SHEET = 'Sheet1'

/** Programs write `="00123"` so that Excel keeps the zeros; a person sees 00123. */
const KEPT = /^="([^"]*)"$/

const cellOf = (value: string): Cell => ({ text: KEPT.exec(value)?.[1] ?? value, type: 'text' })

/** Characters and rows by which the separator is found. */
const SAMPLE = 65_536
const SAMPLE_ROWS = 100

/** What the first rows are by a separator. */
interface Fit {
  readonly separator: string
  /** Rows that have the same number of cells, more than one, and that number. */
  readonly agreeing: number
  readonly columns: number
  /** False if a quotation mark leaves open where its cell ends. */
  readonly isWhole: boolean
  /** Quotation marks in cells that are not quoted: RFC 4180 has none, and a wrong separator cuts quoted cells into such. */
  readonly loose: number
}

/**
 * The separator by which most of the first rows have the same number of cells, more than one; comma where none has. Of those that come
 * within half of it, the one by which the quotation marks stand as RFC 4180 has them.
 */
function separatorOf(text: string): string {
  const fits = ['\t', ',', ';'].map((separator) => fitOf(text, separator)).filter(({ agreeing }) => agreeing > 0)
  const most = Math.max(...fits.map(({ agreeing }) => agreeing))
  const [best] = fits.filter(({ agreeing }) => agreeing * 2 >= most).sort(byFit)
  return best?.separator ?? ','
}

const byFit = (a: Fit, b: Fit): number =>
  Number(b.isWhole) - Number(a.isWhole) || a.loose - b.loose || b.agreeing - a.agreeing || b.columns - a.columns

function fitOf(text: string, separator: string): Fit {
  const widths = new Map<number, number>()
  let [width, at, seen, loose] = [0, 0, 0, 0]
  const count = (): void => {
    if (width > 1) widths.set(width, (widths.get(width) ?? 0) + 1)
  }
  const open = scan(text, separator, (row, column, value, isQuoted) => {
    if (row !== at) count()
    at = row
    if (row === SAMPLE_ROWS || seen > SAMPLE) return false
    width = column + 1
    seen += value.length + 1
    if (!isQuoted) loose += value.split('"').length - 1
    return true
  })
  if (at < SAMPLE_ROWS) count()
  let [columns, agreeing] = [0, 0]
  for (const [some, rows] of widths) if (rows > agreeing || (rows === agreeing && some > columns)) [columns, agreeing] = [some, rows]
  return { separator, agreeing, columns, isWhole: open === undefined, loose }
}

/** Parses the whole text. @throws `spreadsheet.quote` with the line in which the mark is */
function parse(text: string, separator: string, take: (row: number, column: number, value: string) => void): void {
  const at = scan(text, separator, (row, column, value) => {
    take(row, column, value)
    return true
  })
  if (at !== undefined) throw fault('spreadsheet.quote', { line: lineOf(text, at) })
}

/** Number of the line of a position; a lone CR ends a line too. */
function lineOf(text: string, at: number): number {
  let line = 1
  const breaks = /\r\n|\n|\r/g
  for (let match = breaks.exec(text); match !== null && match.index < at; match = breaks.exec(text)) line++
  return line
}

/**
 * Gives the cells one by one, until `take` returns false. Returns the position of a quotation mark that leaves open where its cell ends:
 * one without a partner, or one whose cell goes on behind the partner although it has separators, ends of line or marks inside.
 */
function scan(
  text: string,
  separator: string,
  take: (row: number, column: number, value: string, isQuoted: boolean) => boolean,
): number | undefined {
  const plainEnd = new RegExp(`[${separator}\r\n]`, 'g')
  let [at, row, column] = [0, 0, 0]
  while (at < text.length) {
    let value: string
    let end: number
    const quoted = text[at] === '"' ? closing(text, at) : undefined
    if (quoted === -1) return at
    const isQuoted = quoted !== undefined && isEnd(text, quoted + 1, separator)
    if (isQuoted) {
      value = text.slice(at + 1, quoted)
      if (value.includes('"')) value = value.replaceAll('""', '"')
      end = quoted + 1
    } else {
      // Marks inside a cell are its own, as those of 1/2" or "A"级; only where the quoted part hides nothing is that certain.
      if (quoted !== undefined && new RegExp(`[${separator}\r\n"]`).test(text.slice(at + 1, quoted))) return at
      plainEnd.lastIndex = quoted ?? at
      end = plainEnd.exec(text)?.index ?? text.length
      value = text.slice(at, end)
    }
    if (!take(row, column, value, isQuoted)) return undefined
    if (text[end] === separator) {
      column++
      at = end + 1
      if (at === text.length) take(row, column, '', false)
    } else {
      row++
      column = 0
      at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1)
    }
  }
  return undefined
}

/** Position of the mark that closes the one at `from`; -1 where there is none. */
function closing(text: string, from: number): number {
  let at = text.indexOf('"', from + 1)
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

const isEnd = (text: string, at: number, separator: string): boolean =>
  at >= text.length || text[at] === separator || text[at] === '\n' || text[at] === '\r'
