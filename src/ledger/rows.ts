/** Separates the rows of a sheet: instruments, and others (totals, repeated headers, notes, titles of groups). */
import { excerpt } from '../base/excerpt.js'
import { type Cell, LIMITS, type Merge } from '../spreadsheet/index.js'
import { fault as spreadsheetFault } from '../spreadsheet/messages.js'
import { textOf } from './clean.js'
import type { LedgerField } from './fields.js'
import { findingOf, type LedgerFinding, type Note, type Spot } from './finding.js'
import { headerParts } from './header.js'
import type { LedgerLine } from './line.js'
import { type Draft, type GivenMeanings, lineOf, type Taken } from './line-of.js'
import type { ReadableSheet } from './mapping.js'
import { NOTES, TOTALS } from './words.js'

/** A row as texts. */
export interface RowDraft {
  readonly draft: Draft
  readonly other: readonly { readonly header: string; readonly text: string }[]
  readonly spot: Spot
}

const NUMBERS: readonly LedgerField[] = ['serialNumber', 'assetNumber', 'plate', 'certificateNo']
const DITTO: ReadonlySet<string> = new Set(['同上', '〃', '″', '"', '”', '同', '上同', '..'])
/** 压力表台账 names a kind of instrument; 计量器具台账 and Sheet1 do not. */
const SHEET_ENDS = /(?:台账|一览表|登记表|汇总表|清单|目录|表单|数据)$/
const NO_KIND = /^(?:全部|所有|能源|强检|计量|工作|在用|设备|仪器|器具|仪表|管理|\d|年|月|-|\s)*$/
const GENERIC_SHEET = /^(?:sheet|工作表|表|csv|tsv|html|table)?[\s_]*\d*$/i
const SECTION = /^[（(]?(?:[一二三四五六七八九十]{1,3}|[ⅠⅡⅢⅣⅤ]|\d{1,2})[）)]?[、.．]/

/** Yields the rows of instruments; every other row is a finding. */
export function* draftsOf(read: ReadableSheet, findings: LedgerFinding[]): Generator<RowDraft> {
  const { sheet, header, columns } = read
  const filled = filledDown(read, findings)
  const labels = headerParts(sheet, header).map((parts) => parts.at(-1) ?? '')
  const numbers = columns.flatMap(({ field, index }) => (NUMBERS.includes(field as LedgerField) ? [index] : []))
  let above: Draft = {}
  for (let row = header.last + 1; row < sheet.rows.length; row++) {
    const cells = sheet.rows[row] ?? []
    const own = cells.filter((cell): cell is Cell => cell !== undefined && cell.text.trim() !== '')
    const fill = filled.get(row)
    if (own.length === 0 && fill === undefined) continue
    const besides = own.length === 0 ? undefined : besidesOf(cells, own, labels, read, numbers)
    const spot: Spot = { sheet: sheet.name, row }
    if (besides !== undefined) {
      findings.push(findingOf(besides, spot))
      continue
    }
    const notes: LedgerFinding[] = []
    const draft: { [F in LedgerField]?: Taken } = {}
    const other: { header: string; text: string }[] = []
    for (const { index, field, unit, header: title } of columns) {
      const cell = cells[index] ?? fill?.get(index)
      if (field === 'ignore' || cell === undefined) continue
      const place: Spot = field === undefined ? { sheet: sheet.name, row, column: index } : { sheet: sheet.name, row, column: index, field }
      const text = textOf(cell, field ?? 'other', (note) => notes.push(findingOf(note, place)))
      if (text === undefined) continue
      if (field === undefined) other.push({ header: title, text })
      else if (DITTO.has(text)) copyAbove(draft, above, field, text, place, notes)
      else draft[field] = takenOf(text, cell, unit, place)
    }
    // A row with only a sequence number or a price is neither an instrument nor a finding.
    if (Object.keys(draft).length === 0 && other.length === 0) continue
    findings.push(...notes)
    above = draft
    yield { draft, other, spot }
  }
}

/** Sets absent members to undefined too: there are millions of these objects, and V8 creates objects of one shape fastest. */
const takenOf = (text: string, { date, format }: Cell, unit: string | undefined, spot: Spot): Taken => ({
  text,
  spot,
  unit,
  date,
  format: date === undefined ? undefined : format,
})

function copyAbove(
  draft: { [F in LedgerField]?: Taken },
  previous: Draft,
  field: LedgerField,
  text: string,
  spot: Spot,
  notes: LedgerFinding[],
): void {
  const above = previous[field]
  if (above === undefined) return
  draft[field] = { ...above, spot }
  notes.push(findingOf({ code: 'ledger.ditto', params: { text, read: above.text } }, spot))
}

/** The finding for a row without an instrument; undefined for a row of data. */
function besidesOf(
  cells: readonly (Cell | undefined)[],
  own: readonly Cell[],
  labels: readonly string[],
  read: ReadableSheet,
  numbers: readonly number[],
): Note | undefined {
  const [begin] = own as readonly [Cell, ...Cell[]]
  const first = begin.text.trim()
  const isLabel = (cell: Cell | undefined, column: number): boolean =>
    cell !== undefined && cell.text.trim() !== '' && cell.text.trim() === labels[column]
  if (labels.includes(first)) {
    const same = cells.filter(isLabel).length
    if (same >= 2 && same >= own.length * 0.6) return { code: 'ledger.header-repeated' }
  }
  if (numbers.some((index) => cells[index] !== undefined && cells[index] !== begin && cells[index]?.text.trim() !== '')) return undefined
  const text = excerpt(first.replace(/\s+/g, ' '), 40)
  const head = first.replace(/\s/g, '')
  if (TOTALS.test(head)) return { code: 'ledger.total-row', params: { text } }
  if (NOTES.test(head)) return { code: 'ledger.note-row', params: { text } }
  if (own.length > 1 || read.columns.length < 3) return undefined
  const column = cells.indexOf(begin)
  const isNamed = read.columns.some(({ field, index }) => index === column && (field === 'name' || NUMBERS.includes(field as LedgerField)))
  return isNamed && !SECTION.test(head) ? undefined : { code: 'ledger.section-row', params: { text } }
}

/** A merged cell in the rows of a column. */
interface MergedCell {
  readonly cell: Cell
  readonly column: ReadableSheet['columns'][number]
  readonly merge: Merge
}

/** Values of merged cells for the rows below their first, by row and column. @throws `spreadsheet.cells-many` */
function filledDown(read: ReadableSheet, findings: LedgerFinding[]): ReadonlyMap<number, ReadonlyMap<number, Cell>> {
  const { sheet } = read
  const endOf = ({ bottom }: Merge): number => Math.min(bottom, sheet.rows.length - 1)
  const merged = mergedDown(read)
  // A small file can state merged cells over every row of many columns.
  if (merged.reduce((sum, { merge }) => sum + Math.max(0, endOf(merge) - merge.top), 0) > LIMITS.cells)
    throw spreadsheetFault('spreadsheet.cells-many', { most: LIMITS.cells })
  const filled = new Map<number, Map<number, Cell>>()
  for (const { cell, column, merge } of merged) {
    const { top, left, bottom } = merge
    const field = column.field === undefined || column.field === 'ignore' ? {} : { field: column.field }
    const params = { text: excerpt(cell.text, 40), from: top + 1, to: bottom + 1 }
    findings.push(findingOf({ code: 'ledger.merged', params }, { sheet: sheet.name, row: top, column: left, ...field }))
    for (let row = top + 1; row <= endOf(merge); row++) {
      const line = filled.get(row) ?? new Map<number, Cell>()
      filled.set(row, line.set(left, cell))
    }
  }
  return filled
}

function mergedDown({ sheet, header, columns }: ReadableSheet): readonly MergedCell[] {
  const mapped = new Map(columns.map((column) => [column.index, column]))
  return sheet.merges.flatMap((merge) => {
    const { top, left, bottom, right } = merge
    const cell = sheet.rows[top]?.[left]
    const column = mapped.get(left)
    if (top <= header.last || bottom === top || cell === undefined || column === undefined || column.field === 'ignore') return []
    // A cell over the whole width is a title, not a value of a column.
    return right - left + 1 >= Math.max(3, columns.length * 0.6) ? [] : [{ cell, column, merge }]
  })
}

function kindOfSheet(name: string): string | undefined {
  const kind = name.trim().replace(SHEET_ENDS, '')
  return GENERIC_SHEET.test(kind) || NO_KIND.test(kind) ? undefined : kind
}

/** Names an instrument of a sheet without a name column: by the kind that the sheet names, otherwise by the category of the row. */
function withName(draft: Draft, ofSheet: string | undefined, spot: Spot): Draft {
  if (ofSheet !== undefined) return { ...draft, name: { text: ofSheet, spot } }
  const { categoryText } = draft
  return categoryText === undefined || /\n/.test(categoryText.text) || categoryText.text.length > 200
    ? draft
    : { ...draft, name: categoryText }
}

/** Adds the values of linked sheets to the draft of an instrument. */
export type Join = (row: RowDraft) => RowDraft

/** Reads the lines of a sheet. */
export function readRows(read: ReadableSheet, values: GivenMeanings, join: Join, lines: LedgerLine[], findings: LedgerFinding[]): void {
  const { sheet, columns } = read
  const has = (field: LedgerField): boolean => columns.some((column) => column.field === field)
  const hasNames = has('name')
  const ofSheet = hasNames ? undefined : kindOfSheet(sheet.name)
  if (!hasNames) {
    const note: Note =
      ofSheet !== undefined
        ? { code: 'ledger.name-from-sheet', params: { sheet: ofSheet } }
        : { code: has('categoryText') ? 'ledger.name-from-category' : 'ledger.name-missing' }
    findings.push(findingOf(note, { sheet: sheet.name }))
  }
  const ofLines = sheet.name === '' ? '-' : sheet.name.slice(0, 200)
  for (const own of draftsOf(read, findings)) {
    const { draft, other, spot } = join(own)
    const hasNumber = NUMBERS.some((field) => draft[field] !== undefined)
    if (draft.name === undefined && !hasNumber && (hasNames || Object.keys(draft).length < 2)) {
      findings.push(findingOf({ code: 'ledger.row-without-instrument' }, spot))
      continue
    }
    if (draft.name === undefined && hasNames) findings.push(findingOf({ code: 'ledger.name-missing' }, { ...spot, field: 'name' }))
    const named = hasNames ? draft : withName(draft, ofSheet, spot)
    const report = (field: LedgerField, note: Note): void => {
      findings.push(findingOf(note, { ...(draft[field]?.spot ?? spot), field }))
    }
    const line = lineOf(named, values, report)
    if (!hasNumber || NUMBERS.slice(0, 3).every((field) => draft[field] === undefined))
      findings.push(findingOf({ code: 'ledger.number-missing' }, spot))
    line.at = { sheet: ofLines, row: (spot.row as number) + 1 }
    if (other.length > 0) line.other = other.slice(0, 100)
    lines.push(line)
  }
}
