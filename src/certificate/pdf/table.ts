/** Draws tables: repeats the head on every page, sizes columns by their content, and splits a table that is too wide. */
import { type Canvas, CONTENT_HEIGHT, CONTENT_WIDTH, drawText, heightOf, PAGE } from './canvas.js'

/** Texts of a table, in the language of the document. */
export interface TextTable {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
}

/** Font sizes in points; the largest that fits is used. */
const SIZES = [9, 8, 7] as const
/** Layouts in the order of preference: first with short texts on one line, such as 测量范围 or (0～80) t. */
const TRIES = [true, false].flatMap((isWhole) => SIZES.slice(0, isWhole ? 2 : 3).map((size) => ({ size, isWhole })))
/** Maximum width of a short text, in em. */
const SHORT = 6.5
const PADDING = 3
const LINE = '#9aa5b1'
const WIDEST = 150

/** Height of a row in points above which the table is split. */
const HIGHEST = CONTENT_HEIGHT / 2
/** Width of a long cell in a split table, in points. */
const ROOMY = 110

interface Layout {
  readonly size: number
  readonly widths: readonly number[]
  /** Indexes of the columns. */
  readonly columns: readonly number[]
}

export function drawTable(canvas: Canvas, given: TextTable): void {
  const table = withoutLongCells(given)
  const layouts = layoutsOf(canvas, table)
  canvas.room(roomOf(canvas, table, layouts))
  canvas.tagged('P', () => {
    canvas.y = drawText(canvas, table.caption, canvas.y, { size: 10 }) + 3
  })
  for (const layout of layouts) drawPart(canvas, table, layout)
  for (const note of table.notes) {
    canvas.room(heightOf(canvas, note, { size: 8.5 }))
    canvas.tagged('P', () => {
      canvas.y = drawText(canvas, note, canvas.y, { size: 8.5, colour: '#4a5663' }) + 2
    })
  }
  canvas.y += 8
}

/** Maximum height of a table that is kept on one page. */
const KEPT = CONTENT_HEIGHT * 0.4

/** Height that a table needs on its first page: all of it if it is short, otherwise caption, head and three rows. */
export function leastTableHeight(canvas: Canvas, given: TextTable): number {
  const table = withoutLongCells(given)
  return roomOf(canvas, table, layoutsOf(canvas, table))
}

function roomOf(canvas: Canvas, table: TextTable, layouts: readonly Layout[]): number {
  const caption = heightOf(canvas, table.caption, { size: 10 }) + 3
  const notes = table.notes.reduce((sum, note) => sum + heightOf(canvas, note, { size: 8.5 }) + 2, 6)
  const heights = layouts.map((layout) => {
    const head = rowHeight(canvas, cellsOfHead(table, layout), layout)
    return { head, rows: table.rows.map((_, row) => rowHeight(canvas, cellsOf(table, row, layout), layout)) }
  })
  const whole = heights.reduce((sum, { head, rows }) => rows.reduce((all, height) => all + height, sum + head + 6), caption + notes)
  if (whole <= KEPT) return whole
  const [first] = heights
  return caption + (first === undefined ? 0 : first.rows.slice(0, 3).reduce((sum, height) => sum + height, first.head))
}

/** Maximum characters and lines of a cell; a longer text is printed under the table, so that each row fits on a page. */
const LONGEST = 300
const MAX_LINES = 10

function withoutLongCells(table: TextTable): TextTable {
  const notes = [...table.notes]
  const rows = table.rows.map((row) =>
    row.map((cell) => {
      if (cell.length <= LONGEST && cell.split('\n').length <= MAX_LINES) return cell
      const mark = `[${notes.push(`[${notes.length + 1}] ${cell}`)}]`
      return mark
    }),
  )
  return { ...table, rows, notes }
}

/** One layout for all columns; if no size fits, one for each group of columns, each with the first column. */
function layoutsOf(canvas: Canvas, table: TextTable): Layout[] {
  const columns = table.head.map((_, at) => at)
  for (const { size, isWhole } of TRIES) {
    const needs = needsOf(canvas, table, size, isWhole)
    const least = needs.reduce((sum, { least: width }) => sum + width, 0)
    if (least > CONTENT_WIDTH) continue
    const layout = { size, columns, widths: spread(needs) }
    if (table.rows.every((row) => rowHeight(canvas, row, layout) <= HIGHEST)) return [layout]
  }
  const size = SIZES[SIZES.length - 1] as number
  const needs = needsOf(canvas, table, size, false).map(
    ({ least, whole }): Need => ({ least: Math.max(least, Math.min(whole, ROOMY)), whole }),
  )
  const groups: number[][] = []
  let width = Number.POSITIVE_INFINITY
  for (const at of columns.slice(1)) {
    const { least } = needs[at] as Need
    if (width + least > CONTENT_WIDTH) {
      groups.push([0])
      width = (needs[0] as Need).least
    }
    groups.at(-1)?.push(at)
    width += least
  }
  return groups.map((group) => ({ size, columns: group, widths: spread(group.map((at) => needs[at] as Need)) }))
}

interface Need {
  /** Width of the longest part without a line-break opportunity, and of the whole text. */
  readonly least: number
  readonly whole: number
}

const BREAKS = /[\s\u2e80-\u9fff\uff00-\uffef／/，、；：（）]+/

function needsOf({ doc }: Canvas, { head, rows }: TextTable, size: number, isWhole: boolean): Need[] {
  doc.fontSize(size)
  const widthOf = (text: string): number => doc.widthOfString(text)
  return head.map((title, at) => {
    let [least, whole] = [2.4 * size, 0]
    for (const text of [title, ...rows.map((row) => row[at] as string)]) {
      whole = Math.max(whole, ...text.split('\n').map(widthOf))
      for (const part of text.split(BREAKS)) least = Math.max(least, widthOf(part))
      if (isWhole) for (const line of text.split('\n').map(widthOf)) if (line <= SHORT * size) least = Math.max(least, line)
    }
    const most = CONTENT_WIDTH / 3
    return { least: Math.min(most, least) + 2 * PADDING + 1, whole: Math.min(WIDEST, Math.max(least, whole)) + 2 * PADDING + 1 }
  })
}

/** Distributes the width beyond the minimum in proportion to what each column lacks, and the rest equally. */
function spread(needs: readonly Need[]): number[] {
  const least = needs.reduce((sum, need) => sum + need.least, 0)
  const wanted = needs.reduce((sum, need) => sum + Math.max(0, need.whole - need.least), 0)
  const left = CONTENT_WIDTH - least
  const share = wanted === 0 ? 0 : Math.min(1, left / wanted)
  const widths = needs.map((need) => need.least + share * Math.max(0, need.whole - need.least))
  const rest = (CONTENT_WIDTH - widths.reduce((sum, width) => sum + width, 0)) / widths.length
  return widths.map((width) => Math.floor((width + rest) * 100) / 100)
}

function drawPart(canvas: Canvas, table: TextTable, layout: Layout): void {
  const head = cellsOfHead(table, layout)
  const headHeight = rowHeight(canvas, head, layout)
  let next = 0
  while (next < table.rows.length) {
    canvas.room(headHeight + rowHeight(canvas, cellsOf(table, next, layout), layout))
    canvas.group('Table', () => {
      drawRow(canvas, head, { layout, height: headHeight, type: 'TH' })
      for (let isFirst = true; next < table.rows.length; next++, isFirst = false) {
        const cells = cellsOf(table, next, layout)
        const height = rowHeight(canvas, cells, layout)
        if (!isFirst && canvas.y + height > PAGE.height - PAGE.bottom) return
        drawRow(canvas, cells, { layout, height, type: 'TD' })
      }
    })
    if (next < table.rows.length) canvas.newPage()
  }
  canvas.y += 6
}

const cellsOfHead = ({ head }: TextTable, { columns }: Layout): string[] => columns.map((at) => head[at] as string)
const cellsOf = ({ rows }: TextTable, row: number, { columns }: Layout): string[] => columns.map((at) => rows[row]?.[at] as string)

function rowHeight(canvas: Canvas, cells: readonly string[], { size, widths }: Layout): number {
  const heights = cells.map((text, at) => heightOf(canvas, text, { size, width: (widths[at] as number) - 2 * PADDING }))
  return Math.ceil(Math.max(size * 1.4, ...heights) + 2 * PADDING)
}

interface RowOptions {
  readonly layout: Layout
  readonly height: number
  readonly type: 'TH' | 'TD'
}

function drawRow(canvas: Canvas, cells: readonly string[], { layout: { size, widths }, height, type }: RowOptions): void {
  const { doc } = canvas
  const top = canvas.y
  canvas.group('TR', () => {
    let x: number = PAGE.left
    cells.forEach((text, at) => {
      const width = widths[at] as number
      const inside = width - 2 * PADDING
      const textHeight = heightOf(canvas, text, { size, width: inside })
      const left = x
      canvas.tagged(
        type,
        () => {
          if (type === 'TH') doc.rect(left, top, width, height).fill('#f0f3f6')
          doc.lineWidth(0.5).strokeColor(LINE).rect(left, top, width, height).stroke()
          drawText(canvas, text, top + (height - textHeight) / 2, { x: left + PADDING, width: inside, size, align: 'center' })
        },
        type === 'TH' ? { scope: 'Column' } : {},
      )
      x += width
    })
  })
  canvas.y = top + height
}
