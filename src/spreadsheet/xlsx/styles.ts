/** Reads the number formats of a workbook (ECMA-376 part 1, 18.8): a cell refers to a style, and the style to a format. */
import { fault } from '../messages.js'
import { createNumberWriter, doubleText, exactText } from '../number-format.js'
import type { DateSystem } from '../serial.js'
import type { Cell } from '../workbook.js'
import { detached } from './strings.js'
import { attribute, readXml } from './xml.js'

/** Creates the cell of a stored number. */
export type CellMaker = (stored: string) => Cell

/** Formats without a code in the file (18.8.30); date formats as in Chinese versions of Excel. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"¥"#,##0;"¥"\\-#,##0',
  6: '"¥"#,##0;[Red]"¥"\\-#,##0',
  7: '"¥"#,##0.00;"¥"\\-#,##0.00',
  8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: '上午/下午h"时"mm"分"',
  35: '上午/下午h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  37: '#,##0;\\-#,##0',
  38: '#,##0;[Red]\\-#,##0',
  39: '#,##0.00;\\-#,##0.00',
  40: '#,##0.00;[Red]\\-#,##0.00',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  55: '上午/下午h"时"mm"分"',
  56: '上午/下午h"时"mm"分"ss"秒"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
}

/** Maximum number of styles, as in Excel. */
const MAX_STYLES = 65_490

/** Returns the cell maker of a style, by the number of the style. */
export type Styles = (style: string | undefined) => CellMaker

export async function readStyles(part: string, pieces: AsyncIterable<string> | undefined, system: DateSystem): Promise<Styles> {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let isOfCells = false
  if (pieces !== undefined)
    await readXml(part, pieces, {
      open(name, attributes) {
        if (name === 'numFmt') codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '')
        else if (name === 'cellXfs') isOfCells = true
        else if (name === 'xf' && isOfCells) formats.push(Number(attribute(attributes, 'numFmtId') ?? 0))
        if (codes.size + formats.length > MAX_STYLES) throw fault('spreadsheet.damaged', { part })
      },
      close(name) {
        if (name === 'cellXfs') isOfCells = false
      },
      text: () => undefined,
    })
  const made = new Map<number, CellMaker>()
  const makerOf = (id: number): CellMaker => {
    const known = made.get(id)
    if (known !== undefined) return known
    const maker = createCellMaker(codes.get(id) ?? BUILT_IN[id] ?? '', system)
    made.set(id, maker)
    return maker
  }
  return (style) => makerOf(style === undefined ? 0 : (formats[Number(style)] ?? 0))
}

/** Maximum number of cached cells per format. Positions that store the same number share one cell object. */
const MAX_SHARED = 4096

function createCellMaker(code: string, system: DateSystem): CellMaker {
  const isGeneral = /^(?:|general)$/i.test(code.trim())
  const show = createNumberWriter(isGeneral ? 'General' : code, system)
  const shared = new Map<string, Cell>()
  return (value) => {
    const known = shared.get(value)
    if (known !== undefined) return known
    const stored = detached(value)
    const { text, type, date } = show(stored)
    const number = exactText(doubleText(stored))
    // Object literals without spread: there may be millions of cells, and few shapes need little memory.
    const plain = isGeneral ? { text, type, number } : { text, type, number, format: code }
    const cell = date === undefined ? plain : { ...plain, date }
    if (shared.size < MAX_SHARED) shared.set(stored, cell)
    return cell
  }
}
