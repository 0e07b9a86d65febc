/**
 * Reads tables in HTML files named .xls, as old systems export them: rows, cells with their spans, and the attributes that Excel adds to a
 * cell (`x:num`, `mso-number-format`). Text outside tables is ignored. No library reads malformed HTML within these bounds. The reader
 * treats a page as a flat sequence of tags and text, so nesting costs nothing.
 */

import type { Decoded } from './delimited.js'
import { createGrids, type Grid } from './grid.js'
import { endsLine, type TagAttributes, tagAttributes, textOfMarkup } from './html-text.js'
import { fault } from './messages.js'
import { createNumberWriter, exactText, isStoredNumber } from './number-format.js'
import { type Cell, cellName, type Workbook, type WorkbookLimits } from './workbook.js'

/** True if a text is a page, not a text table whose first cell begins with `<`. */
export const isHtml = (text: string): boolean =>
  /^\s*<(?:!doctype|!--|\?xml|html|head|meta|title|style|body|table|div|center|form|font|p|h\d)[\s>/[-]/i.test(text.slice(0, 4096))

/** True for an XML workbook of Excel 2003. */
export const isSpreadsheetMl = (text: string): boolean =>
  text.slice(0, 4096).includes('urn:schemas-microsoft-com:office:spreadsheet"') && /<(?:\w+:)?Workbook[\s>]/.test(text.slice(0, 4096))

/** Maximum length of a tag in characters; large, because attributes may contain pictures. */
const MAX_TAG = 4 * 1024 * 1024
const MAX_ROWSPAN = 1_048_576

/** Reads the tables of a page, one below the other, as one sheet. @throws `spreadsheet.nested-tables`, `spreadsheet.no-sheets` without a table */
export function readHtml({ text, encoding }: Decoded, limits: WorkbookLimits): Workbook {
  const grid = createGrids(limits)(SHEET)
  const table = createTableReader(grid, limits)
  let [at, hasTable] = [0, false]
  for (;;) {
    const start = text.indexOf('<', at)
    table.text(text, at, start === -1 ? text.length : start)
    if (start === -1) break
    const end = tagEnd(text, start)
    if (end === -1) throw fault('spreadsheet.damaged', { part: 'HTML' })
    at = end
    if (text[start + 1] === '!' || text[start + 1] === '?') continue
    TAG_NAME.lastIndex = start
    const name = TAG_NAME.exec(text)?.[1]?.toLowerCase()
    if (name === undefined) table.text(text, start, end)
    else if (/^(?:style|script|xml|textarea|title)$/.test(name) && text[start + 1] !== '/') at = behind(text, end, name)
    else {
      hasTable ||= name === 'table'
      table.tag(name, text[start + 1] === '/', text, start, end)
    }
  }
  table.end()
  if (!hasTable) throw fault('spreadsheet.no-sheets')
  return { format: 'html', encoding, sheets: [grid.sheet()] }
}

const SHEET = 'Sheet1'
const TAG_NAME = /<\/?([a-z][a-z0-9:]{0,30})/iy

/** Position after a tag, comment or declaration; -1 if it has no end. */
function tagEnd(text: string, start: number): number {
  if (text.startsWith('<!--', start)) {
    const end = text.indexOf('-->', start + 4)
    return end === -1 ? -1 : end + 3
  }
  // An unescaped "less than" sign is not a tag.
  if (!/[a-z/!?]/i.test(text.charAt(start + 1))) return start + 1
  let quote = 0
  for (let at = start + 1; at < text.length && at - start < MAX_TAG; at++) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 62) return at + 1
    else if ((code === 34 || code === 39) && text.charCodeAt(at - 1) === 61) quote = code
  }
  return -1
}

/** Position after an element whose content is not markup. In linear time: a search for `</name[^>]*>` would not be, without any `>`. */
function behind(text: string, from: number, name: string): number {
  const pattern = new RegExp(`</${name}`, 'gi')
  pattern.lastIndex = from
  const end = pattern.exec(text) === null ? -1 : text.indexOf('>', pattern.lastIndex)
  return end === -1 ? text.length : end + 1
}

interface TableReader {
  text(source: string, from: number, to: number): void
  tag(name: string, isEnd: boolean, source: string, from: number, to: number): void
  end(): void
}

function createTableReader(grid: Grid, limits: WorkbookLimits): TableReader {
  let [row, column, depth, raw] = [-1, 0, 0, '']
  let open: TagAttributes | undefined
  /** First row below the cell that spans into the current row, by column. */
  const until: number[] = []
  const closeCell = (): void => {
    if (open === undefined) return
    const [columns, rows] = [spanOf(open.get('colspan'), limits.columns + 1), spanOf(open.get('rowspan'), MAX_ROWSPAN)]
    const cell = cellOf(open, textOfMarkup(raw))
    if (column + columns > limits.columns) throw fault('spreadsheet.columns-many', { sheet: SHEET, row: row + 1, most: limits.columns })
    if (cell !== undefined) grid.set(row, column, cell)
    if (columns > 1 || rows > 1) grid.merge({ top: row, left: column, bottom: row + rows - 1, right: column + columns - 1 })
    for (let each = column; each < column + columns; each++) until[each] = row + rows
    column += columns
    open = undefined
    raw = ''
  }
  const openRow = (): void => {
    closeCell()
    row++
    column = 0
  }
  const openCell = (attributes: TagAttributes): void => {
    closeCell()
    if (row < 0) row = 0
    while ((until[column] ?? 0) > row) column++
    open = attributes
  }
  return {
    text(source, from, to) {
      if (open === undefined || to === from) return
      raw += source.slice(from, to).replace(/\s+/g, ' ')
      if (raw.length > limits.cellLength * 8)
        throw fault('spreadsheet.cell-long', { sheet: SHEET, cell: cellName(row, column), most: limits.cellLength })
    },
    tag(name, isEnd, source, from, to) {
      if (name === 'table') {
        // A table inside a cell has its own rows, which do not fit into the sheet.
        if (!isEnd && depth > 0 && open !== undefined) throw fault('spreadsheet.nested-tables', { cell: cellName(row, column) })
        closeCell()
        depth = isEnd ? 0 : 1
        // Row spans end with their table.
        until.length = 0
      } else if (depth === 0) return
      else if (name === 'tr') isEnd ? closeCell() : openRow()
      else if (name === 'td' || name === 'th') isEnd ? closeCell() : openCell(tagAttributes(source.slice(from, to)))
      else if (endsLine(name) && open !== undefined) raw += '\n'
    },
    end: closeCell,
  }
}

const spanOf = (text: string | undefined, most: number): number => {
  const span = Number(text ?? 1)
  return Number.isInteger(span) && span > 0 ? Math.min(span, most) : 1
}

/** The cell of an element: its text is the displayed one; Excel writes the stored number (`x:num`) and the format as attributes. */
function cellOf(attributes: TagAttributes, text: string): Cell | undefined {
  const formula = attributes.has('x:fmla') ? ({ isFormula: true } as const) : undefined
  const stated = attributes.get('x:num')
  const stored = stated === undefined ? undefined : stated === '' ? text : stated
  if (stored === undefined || !isStoredNumber(stored)) return text === '' ? undefined : { text, type: 'text', ...formula }
  const code = formatOf(attributes.get('style'))
  const { text: ours, type, date } = createNumberWriter(code ?? 'General', '1900')(stored)
  return {
    text: text === '' ? ours : text,
    type,
    number: exactText(stored),
    ...(code !== undefined && { format: code }),
    ...(date !== undefined && { date }),
    ...formula,
  }
}

/** The format in a style such as `mso-number-format:"0\.00_ "`; undefined for General and for texts. */
function formatOf(style: string | undefined): string | undefined {
  const code = /mso-number-format\s*:\s*(?:"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([^;]*))/i.exec(style ?? '')
  const text = (code?.[1] ?? code?.[2] ?? code?.[3])
    ?.trim()
    .replace(/\\([0-9a-f]{4})|\\([\s\S])/gi, (_, hex: string | undefined, plain: string) =>
      hex === undefined ? plain : String.fromCharCode(Number.parseInt(hex, 16)),
    )
  return text === undefined || /^(?:|general|@)$/i.test(text) ? undefined : text
}
