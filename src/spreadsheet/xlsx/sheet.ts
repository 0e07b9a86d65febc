/** Reads the cells of a worksheet (ECMA-376 part 1, 18.3.1) while its part is inflated. */
import { isCivilDate } from '../../base/date.js'
import type { Grid } from '../grid.js'
import { fault } from '../messages.js'
import { isStoredNumber } from '../number-format.js'
import { type Cell, cellName, type WorkbookLimits } from '../workbook.js'
import { createTextReader, unescaped } from './strings.js'
import type { Styles } from './styles.js'
import { attribute, readXml, type XmlHandler } from './xml.js'

export interface SheetContext {
  readonly part: string
  readonly name: string
  readonly strings: readonly (Cell | undefined)[]
  readonly styles: Styles
  /** Creates the cell of a text stored in the sheet itself. */
  readonly texts: (text: string) => Cell
  readonly limits: WorkbookLimits
  /** Called once for each filled cell. */
  readonly onCell: () => void
}

/** Maximum number of rows and columns of a worksheet in Excel. */
const MAX_ROW = 1_048_576
const MAX_COLUMN = 16_384

export async function readSheet(pieces: AsyncIterable<string>, grid: Grid, context: SheetContext): Promise<void> {
  await readXml(context.part, pieces, sheetHandler(grid, context))
}

/** The cell whose element is open. */
interface OpenCell {
  row: number
  column: number
  type: string | undefined
  style: string | undefined
  value: string
  hasValue: boolean
  isFormula: boolean
}

function sheetHandler(grid: Grid, context: SheetContext): XmlHandler {
  const { part, name: sheet, limits } = context
  const damaged = (): Error => fault('spreadsheet.damaged', { part })
  let [inData, inCell, inValue, inInline] = [false, false, false, false]
  const at: OpenCell = { row: -1, column: -1, type: undefined, style: undefined, value: '', hasValue: false, isFormula: false }
  const tooLong = (): Error => fault('spreadsheet.cell-long', { sheet, cell: cellName(at.row, at.column), most: limits.cellLength })
  const inline = createTextReader(limits.cellLength, tooLong)

  const openRow = (attributes: string): void => {
    const stated = attribute(attributes, 'r')
    at.row = stated === undefined ? at.row + 1 : Number(stated) - 1
    at.column = -1
    if (!(Number.isInteger(at.row) && at.row >= 0 && at.row < MAX_ROW)) throw damaged()
  }
  const openCell = (attributes: string): void => {
    const stated = attribute(attributes, 'r')
    const place = stated === undefined ? { row: at.row, column: at.column + 1 } : placeOf(stated)
    if (place === undefined || place.row !== at.row) throw damaged()
    at.column = place.column
    at.type = attribute(attributes, 't')
    at.style = attribute(attributes, 's')
    ;[inCell, at.isFormula, at.hasValue, at.value] = [true, false, false, '']
  }
  const closeCell = (): void => {
    inCell = false
    if (at.type === 'inlineStr' && at.hasValue) at.value = inline.take()
    const cell = cellFrom(at, context)
    if (cell === undefined) return
    grid.set(at.row, at.column, cell)
    context.onCell()
  }
  return {
    open(name, attributes) {
      if (inCell) {
        if (name === 'v') [inValue, at.hasValue] = [true, true]
        else if (name === 'f') at.isFormula = true
        else if (name === 'is') [inInline, at.hasValue] = [true, true]
        else if (inInline) inline.open(name)
      } else if (name === 'sheetData') inData = true
      else if (!inData) {
        if (name === 'mergeCell') grid.merge(mergeOf(attribute(attributes, 'ref'), damaged))
      } else if (name === 'row') openRow(attributes)
      else if (name === 'c') openCell(attributes)
    },
    close(name) {
      if (name === 'v') inValue = false
      else if (name === 'c' && inCell) closeCell()
      else if (name === 'is') inInline = false
      else if (inInline) inline.close(name)
      else if (name === 'sheetData') inData = false
    },
    text(text) {
      if (inValue) {
        at.value += text
        if (at.value.length > limits.cellLength * 8) throw tooLong()
      } else if (inInline) inline.text(text)
    },
  }
}

/** The cell of an element; undefined if it is empty. @throws `spreadsheet.damaged` if its shared text does not exist */
function cellFrom({ type, style, value, hasValue, isFormula }: OpenCell, { part, strings, styles, texts }: SheetContext): Cell | undefined {
  if (!hasValue) return isFormula ? NOT_STORED : undefined
  const formula = isFormula ? ({ isFormula } as const) : undefined
  if (type === 's') {
    if (!/^\d{1,8}$/.test(value) || Number(value) >= strings.length) throw fault('spreadsheet.damaged', { part })
    const shared = strings[Number(value)]
    return shared === undefined || !isFormula ? shared : { ...shared, ...formula }
  }
  const text = type === 'str' ? unescaped(value) : value
  // Excel writes `str` for a computed empty text; a program that computes no formulas writes an empty value without a type.
  if (text === '') return isFormula && type !== 'str' ? NOT_STORED : undefined
  if (type === 'str' || type === 'inlineStr') return isFormula ? { ...texts(text), ...formula } : texts(text)
  if (type === 'b') return { text: value === '1' || value === 'true' ? 'TRUE' : 'FALSE', type: 'boolean', ...formula }
  if (type === 'e') return { text, type: 'error', ...formula }
  if (type === 'd') return { ...isoDate(text), ...formula }
  if (!isStoredNumber(value)) return { text, type: 'error', ...formula }
  const cell = styles(style)(value)
  return isFormula ? { ...cell, ...formula } : cell
}

/** A formula without a stored value, as programs write that compute no formulas. */
const NOT_STORED: Cell = { text: '', type: 'text', isFormula: true }

/** A date as text (`t="d"`), as in strict Open XML. */
function isoDate(value: string): Cell {
  const date = value.slice(0, 10)
  if (!isCivilDate(date)) return { text: value, type: 'text' }
  return { text: value.replace(/T00:00:00(?:\.0+)?Z?$/, ''), type: 'date', date }
}

/** Zero-based row and column of a name such as `F12`; undefined if a worksheet cannot have that cell. */
export function placeOf(name: string): { readonly row: number; readonly column: number } | undefined {
  let [at, column] = [0, 0]
  for (; at < 3; at++) {
    const code = name.charCodeAt(at)
    if (!(code >= 65 && code <= 90)) break
    column = column * 26 + code - 64
  }
  const digits = name.slice(at)
  const row = /^[1-9]\d{0,6}$/.test(digits) ? Number(digits) : 0
  return at > 0 && row > 0 && row <= MAX_ROW && column <= MAX_COLUMN ? { row: row - 1, column: column - 1 } : undefined
}

function mergeOf(ref: string | undefined, damaged: () => Error): Parameters<Grid['merge']>[0] {
  const [from = '', to = from, more] = (ref ?? '').split(':')
  const [a, b] = [placeOf(from), placeOf(to)]
  if (a === undefined || b === undefined || more !== undefined || a.row > b.row || a.column > b.column) throw damaged()
  return { top: a.row, left: a.column, bottom: b.row, right: b.column }
}
