/** Decides headers with several meanings by the cells under them; a header stays undecided if the cells fit none. */
import type { Cell, Sheet } from '../spreadsheet/index.js'
import { type LedgerField, ledgerFields } from './fields.js'
import type { HeaderRows } from './header.js'
import type { MappedColumn } from './mapping.js'
import { readDate } from './read-date.js'
import { readInterval } from './read-interval.js'
import { unitCodeOf } from './read-range.js'
import { ABSENT, ORGANISATION } from './words.js'

type Column = MappedColumn & { readonly index: number }
/** Maximum number of cells examined per column. */
const SAMPLE = 200
/** Share of these cells that must fit. */
const MOST = 0.8

const isDate = (cell: Cell): boolean => {
  if (cell.date !== undefined) return true
  const { date, month } = readDate(cell.text.trim())
  return date !== undefined || month !== undefined
}
const isInterval = ({ text, date }: Cell): boolean => {
  if (date !== undefined) return false
  const { period, none } = readInterval(text.trim())
  return period !== undefined || none !== undefined || /^\d{1,3}$/.test(text.trim())
}
const isOrganisation = ({ text }: Cell): boolean => ORGANISATION.test(text.trim())
const isUnit = ({ text }: Cell): boolean => unitCodeOf(text.trim()) !== undefined

export function decideByCells(sheet: Sheet, rows: HeaderRows, columns: readonly Column[]): readonly Column[] {
  const has = new Set(columns.map(({ field }) => field))
  return columns.map((column): Column => {
    const { certainty, header } = column
    if (certainty !== 'doubtful' && certainty !== 'likely') return column
    const cells = sampleOf(sheet, rows, column.index)
    if (certainty === 'likely') return fits(column, cells) ? column : undecided(column)
    const field = decide(header.split(' > ').at(-1) ?? '', cells, has)
    return field === undefined ? column : { ...column, field }
  })
}

function sampleOf({ rows }: Sheet, { last }: HeaderRows, index: number): readonly Cell[] {
  const cells: Cell[] = []
  for (let row = last + 1; row < rows.length && cells.length < SAMPLE; row++) {
    const cell = rows[row]?.[index]
    if (cell !== undefined && !ABSENT.has(cell.text.trim()) && cell.text.trim() !== '') cells.push(cell)
  }
  return cells
}

const share = (cells: readonly Cell[], is: (cell: Cell) => boolean): number => cells.filter(is).length / Math.max(1, cells.length)

/** True if the cells are of the sort of the field; required for a header that only contains a known one. */
function fits({ field }: Column, cells: readonly Cell[]): boolean {
  if (field === undefined || field === 'ignore' || cells.length === 0) return true
  const sort = ledgerFields.get(field)?.sort
  if (sort === 'date') return share(cells, isDate) >= 0.5
  if (sort === 'interval') return share(cells, isInterval) >= 0.5
  // A header that was read as a text field but has dates under it is another field.
  return share(cells, (cell) => cell.date !== undefined) < 0.5
}

function undecided(column: Column): Column {
  const { field, ...rest } = column
  return { ...rest, certainty: 'doubtful', candidates: [field as LedgerField] }
}

function decide(header: string, cells: readonly Cell[], has: ReadonlySet<string | undefined>): LedgerField | undefined {
  if (header.startsWith('有效期')) {
    if (share(cells, isDate) >= MOST) return 'validUntil'
    return share(cells, isInterval) >= MOST ? 'interval' : undefined
  }
  if (/编号|号码$/.test(header)) {
    if (!has.has('serialNumber') && !has.has('assetNumber')) return 'serialNumber'
    return has.has('serialNumber') && !has.has('assetNumber') ? 'assetNumber' : undefined
  }
  if (cells.length === 0) return undefined
  const organisations = share(cells, isOrganisation)
  if (header.startsWith('使用单位')) {
    if (has.has('holder') !== has.has('department')) return has.has('holder') ? 'department' : 'holder'
    return organisations >= 0.5 ? 'holder' : 'department'
  }
  if (share(cells, isUnit) >= MOST) return has.has('rangeUnit') ? undefined : 'rangeUnit'
  return organisations >= MOST && !has.has('holder') ? 'holder' : undefined
}
