/** The cells of a worksheet (ECMA-376 part 1, 18.3.1), read while its part is inflated. */
import { isCivilDate } from '../../base/date.js'
import type { Grid } from '../grid.js'
import { fault } from '../messages.js'
import { exactText, isStoredNumber } from '../number-format.js'
import { type Cell, cellName, type WorkbookLimits } from '../workbook.js'
import { createTextReader, unescaped } from './strings.js'
import type { Styles } from './styles.js'
import { attribute, readXml, type XmlHandler } from './xml.js'

export interface SheetContext {
  readonly part: string
  readonly name: string
  readonly strings: readonly (Cell | undefined)[]
  readonly styles: Styles
  readonly limits: WorkbookLimits
}

/** Rows and columns that a worksheet can have at all. */
const MAX_ROW = 1_048_576
const MAX_COLUMN = 16_384

export async function readSheet(pieces: AsyncIterable<string>, grid: Grid, context: SheetContext): Promise<void> {
  await readXml(context.part, pieces, sheetHandler(grid, context))
}

function sheetHandler(grid: Grid, { part, name: sheet, strings, styles, limits }: SheetContext): XmlHandler {
  const damaged = (): Error => fault('spreadsheet.damaged', { part })
  let [inData, inCell, inValue, inInline, isFormula, hasValue] = [false, false, false, false, false, false]
  let [row, column, value] = [-1, -1, '']
  let type: string | undefined
  let style: string | undefined
  const tooLong = (): Error => fault('spreadsheet.cell-long', { sheet, cell: cellName(row, column), most: limits.cellLength })
  const inline = createTextReader(limits.cellLength, tooLong)

  const openRow = (attributes: string): void => {
    const stated = attribute(attributes, 'r')
    row = stated === undefined ? row + 1 : Number(stated) - 1
    column = -1
    if (!(Number.isInteger(row) && row >= 0 && row < MAX_ROW)) throw damaged()
  }
  const openCell = (attributes: string): void => {
    const stated = attribute(attributes, 'r')
    if (stated === undefined) column++
    else {
      const place = placeOf(stated)
      if (place === undefined || place.row !== row) throw damaged()
      column = place.column
    }
    ;[inCell, isFormula, hasValue, value] = [true, false, false, '']
    type = attribute(attributes, 't')
    style = attribute(attributes, 's')
  }
  const closeCell = (): void => {
    inCell = false
    if (!hasValue && !isFormula) return
    const cell = hasValue ? cellOf() : NOT_STORED
    if (cell !== undefined) grid.set(row, column, cell)
  }
  const cellOf = (): Cell | undefined => {
    const formula = isFormula && { isFormula }
    if (type === 's') {
      if (!/^\d{1,8}$/.test(value) || Number(value) >= strings.length) throw damaged()
      const shared = strings[Number(value)]
      return shared === undefined || !isFormula ? shared : { ...shared, isFormula }
    }
    if (type === 'str' || type === 'inlineStr') {
      const text = type === 'str' ? unescaped(value) : inline.take()
      return text === '' ? undefined : { text, type: 'text', ...formula }
    }
    if (value === '') return undefined
    if (type === 'b') return { text: value === '1' || value === 'true' ? 'TRUE' : 'FALSE', type: 'boolean', ...formula }
    if (type === 'e') return { text: value, type: 'error', ...formula }
    if (type === 'd') return isoDate(value, formula)
    if (!isStoredNumber(value)) return { text: value, type: 'error', ...formula }
    const { code, show } = styles(style)
    return { ...show(value), number: exactText(value), ...(code !== undefined && { format: code }), ...formula }
  }
  return {
    open(name, attributes) {
      if (inCell) {
        if (name === 'v') [inValue, hasValue] = [true, true]
        else if (name === 'f') isFormula = true
        else if (name === 'is') [inInline, hasValue] = [true, true]
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
        value += text
        if (value.length > limits.cellLength * 8) throw tooLong()
      } else if (inInline) inline.text(text)
    },
  }
}

/** A formula of which the file has no value, as a program writes that computes none. */
const NOT_STORED: Cell = { text: '', type: 'text', isFormula: true }

/** A date as text (`t="d"`), which the strict form of the standard has. */
function isoDate(value: string, formula: false | { readonly isFormula: boolean }): Cell {
  const date = value.slice(0, 10)
  const of = formula === false ? {} : ({ isFormula: true } as const)
  return isCivilDate(date)
    ? { text: value.replace(/T00:00:00(?:\.0+)?Z?$/, ''), type: 'date', date, ...of }
    : { text: value, type: 'text', ...of }
}

/** Zero-based place of a name such as `F12`; undefined where it is none of a worksheet. */
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
