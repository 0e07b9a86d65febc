/** Parses text tables: cells separated by comma, semicolon or tab, quoted by RFC 4180, in the encodings that Chinese programs write. */
import { decodeUtf8 } from '#native'
import { createGrids } from './grid.js'
import { fault } from './messages.js'
import type { Cell, Workbook, WorkbookLimits } from './workbook.js'

/** A decoded text and its encoding. */
export interface Decoded {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'
}

/** Decodes by the byte order mark, otherwise as UTF-8, otherwise as GB 18030; undefined if the octets are invalid in all of them. */
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
    // TypeError: octets invalid in this encoding. RangeError: the platform does not support it.
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
    // Checked for empty cells too: a row of a million separators is rejected.
    if (column >= limits.columns) throw fault('spreadsheet.columns-many', { sheet: SHEET, row: row + 1, most: limits.columns })
    // The line `sep=;` tells Excel the separator. It has no cells, but counts as a row, so that cell names match Excel's.
    if (value !== '' && !(stated !== null && row === 0)) grid.set(row, column, cellOf(value))
  })
  return { format: separator === '\t' ? 'tsv' : 'csv', encoding, sheets: [grid.sheet()] }
}

/** Name of the only sheet, used in the names of cells. */
const SHEET = 'Sheet1'

/** Programs write `="00123"` so that Excel preserves the zeros; Excel shows 00123. */
const KEPT = /^="([^"]*)"$/

const cellOf = (value: string): Cell => ({ text: KEPT.exec(value)?.[1] ?? value, type: 'text' })

/** Maximum number of characters and rows examined to detect the separator. */
const SAMPLE = 65_536
const SAMPLE_ROWS = 100

/** The first rows, parsed with a separator. */
interface Fit {
  readonly separator: string
  /** Number of rows that have `columns` cells; `columns` is their most frequent number of cells above one. */
  readonly agreeing: number
  readonly columns: number
  /** False if a quoted cell has no certain end. */
  readonly isWhole: boolean
  /** Number of quotation marks in unquoted cells: RFC 4180 forbids them, and a wrong separator produces them by splitting quoted cells. */
  readonly loose: number
}

/**
 * Detects the separator with which most of the first rows have an equal number of cells above one; comma if there is none. If others reach
 * at least half as many rows, the one that fits the quoting of RFC 4180 best wins.
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

/** Parses the whole text. @throws `spreadsheet.quote` with the line of the quotation mark */
function parse(text: string, separator: string, take: (row: number, column: number, value: string) => void): void {
  const at = scan(text, separator, (row, column, value) => {
    take(row, column, value)
    return true
  })
  if (at !== undefined) throw fault('spreadsheet.quote', { line: lineOf(text, at) })
}

/** Line number of a position, from 1; a lone CR ends a line too. */
function lineOf(text: string, at: number): number {
  let line = 1
  const breaks = /\r\n|\n|\r/g
  for (let match = breaks.exec(text); match !== null && match.index < at; match = breaks.exec(text)) line++
  return line
}

/**
 * Calls `take` for each cell until it returns false. Stops at a quoted cell without a certain end and returns the position of its mark: one
 * that is never closed, or one followed by more text although separators, line ends or marks are inside the quotes.
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
      // Marks may belong to the text, such as "A"级. That is certain only if no separator, line end or mark is between them.
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

/** Position of the mark that closes the one at `from`; -1 if there is none. */
function closing(text: string, from: number): number {
  let at = text.indexOf('"', from + 1)
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

const isEnd = (text: string, at: number, separator: string): boolean =>
  at >= text.length || text[at] === separator || text[at] === '\n' || text[at] === '\r'
