/** Result tables as rules need them: columns by role, cells as exact decimals. */
import type { Finding } from '../base/check.js'
import { type Decimal, isDecimal, parseDecimal } from '../base/decimal.js'
import type { Code, MessageParams } from '../base/messages/index.js'
import { isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import { type Column, type ColumnRole, type ResultTable, VERDICTS } from './result-table.js'

/** A column that stands at most once in a table. */
type SingleRole = Exclude<ColumnRole, 'condition' | 'repeat'>

export interface ReadColumn {
  readonly index: number
  readonly column: Column
  readonly unit: LegalUnit | undefined
}

export interface ReadTable {
  readonly table: ResultTable
  /** Position in `results`, for pointers. */
  readonly index: number
  readonly columns: ReadonlyMap<SingleRole, ReadColumn>
  /** Further columns of a role: the same quantity in a second unit. */
  readonly alternatives: readonly { readonly of: ReadColumn; readonly column: ReadColumn }[]
}

const NUMERIC: ReadonlySet<ColumnRole> = new Set([
  'nominal',
  'reference',
  'indication',
  'error',
  'correction',
  'uncertainty',
  'standard-uncertainty',
  'relative-uncertainty',
  'lower-limit',
  'upper-limit',
  'repeat',
])
const REPEATABLE: ReadonlySet<ColumnRole> = new Set(['condition', 'repeat'])

export const pointer = (table: number, row?: number, column?: number): string =>
  `/results/${table}${row === undefined ? '' : `/rows/${row}${column === undefined ? '' : `/${column}`}`}`

/** Reads a table, or says what is wrong with its form. */
export function readTable(table: ResultTable, index: number): { read?: ReadTable; findings: readonly Finding[] } {
  const findings: Finding[] = []
  const columns = new Map<SingleRole, ReadColumn>()
  const alternatives: { of: ReadColumn; column: ReadColumn }[] = []
  table.columns.forEach((column, at) => {
    const fault = (code: Code, params: MessageParams, member = ''): void => {
      findings.push({ code, path: `/results/${index}/columns/${at}${member}`, params: { table: table.id, ...params } })
    }
    if (!REPEATABLE.has(column.role)) {
      const role = column.role as SingleRole
      const read = { index: at, column, unit: column.unit === undefined ? undefined : unitOf(column.unit) }
      const of = columns.get(role)
      if (of === undefined) columns.set(role, read)
      else if (isSecondUnit(of, read)) alternatives.push({ of, column: read })
      else fault('table.role-twice', { role })
    }
    const numeric = NUMERIC.has(column.role)
    if (numeric && column.unit === undefined) fault('table.unit-missing', { role: column.role })
    if (!numeric && column.unit !== undefined && column.role === 'verdict') fault('table.unit-on-verdict', {}, '/unit')
    if (column.role === 'uncertainty' && column.k === undefined) fault('table.coverage-missing', {})
    if (column.roundTo !== undefined && parseDecimal(column.roundTo).coefficient <= 0n)
      fault('decimal.interval', { interval: column.roundTo }, '/roundTo')
  })
  table.budgets?.forEach(({ row }, at) => {
    if (row >= table.rows.length || !columns.has('uncertainty'))
      findings.push({ code: 'table.budget-row', path: `/results/${index}/budgets/${at}/row`, params: { table: table.id, row } })
  })
  table.rows.forEach((row, at) => {
    if (row.length !== table.columns.length) {
      const params = { table: table.id, row: at + 1, cells: row.length, columns: table.columns.length }
      findings.push({ code: 'table.row-length', path: pointer(index, at), params })
      return
    }
    row.forEach((cell, columnAt) => {
      if (cell === null) return
      const { role } = table.columns[columnAt] as Column
      const isNumber = NUMERIC.has(role)
      if (isNumber ? isDecimal(cell) : role !== 'verdict' || Object.hasOwn(VERDICTS, cell)) return
      const params = { table: table.id, row: at + 1, cell: cell.slice(0, 40) }
      findings.push({ code: isNumber ? 'table.cell-number' : 'table.cell-verdict', path: pointer(index, at, columnAt), params })
    })
  })
  return findings.length > 0 ? { findings } : { read: { table, index, columns, alternatives }, findings }
}

/** The same quantity in another unit, not the same column twice. */
const isSecondUnit = (of: ReadColumn, second: ReadColumn): boolean =>
  of.unit !== undefined && second.unit !== undefined && of.unit.code !== second.unit.code && isCommensurable(of.unit, second.unit)

/** Exact value of a cell; undefined where nothing was measured or the table has no such column. */
export function decimalAt({ table }: ReadTable, row: number, column: ReadColumn | undefined): Decimal | undefined {
  if (column === undefined) return undefined
  const cell = table.rows[row]?.[column.index]
  return cell === null || cell === undefined ? undefined : parseDecimal(cell)
}

/** The column that limits bound: the error, or the indication where a table states no error (repeatability, deviation). */
export const judgedColumn = (read: ReadTable): ReadColumn | undefined => read.columns.get('error') ?? read.columns.get('indication')
