/** Parses result tables for the rules: columns by role, cells as exact decimals. */

import type { Finding } from '../base/check.js'
import { type Decimal, decimalFault, isDecimal, parseDecimal } from '../base/decimal.js'
import type { Code, MessageParams } from '../base/message.js'
import { coded as baseCoded } from '../base/messages.js'
import { isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import { coded } from './messages.js'
import { type ColumnRole, VERDICTS } from './result-table.js'
import type { Column, ResultTable } from './types.js'

/** A column whose role occurs at most once per table, or once per direction and per bounded quantity. */
export type SingleRole = Exclude<ColumnRole, 'condition' | 'repeat'>

export interface ReadColumn {
  readonly index: number
  readonly column: Column
  readonly unit: LegalUnit | undefined
}

export interface ReadTable {
  readonly table: ResultTable
  /** Index in `results`, for pointers. */
  readonly index: number
  readonly columns: ReadonlyMap<SingleRole, ReadColumn>
  /** Further columns of a role: of the other stroke, or limits of another quantity. `columnsOf` and `columnBeside` search both. */
  readonly further: readonly ReadColumn[]
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
  'hysteresis',
  'tapping',
  'repeatability',
  'additional-load',
])
const MISPLACED = ['direction', 'bounds', 'basis', 'formation'] as const
const LIMITS: readonly ColumnRole[] = ['lower-limit', 'upper-limit']
const UNCERTAINTIES: readonly ColumnRole[] = ['uncertainty', 'standard-uncertainty', 'relative-uncertainty']
/** Members that are meaningful only for columns of some roles. */
const ALLOWED: Readonly<Record<(typeof MISPLACED)[number], ReadonlySet<ColumnRole>>> = {
  direction: new Set<ColumnRole>([
    'reference',
    'indication',
    'repeat',
    'error',
    'correction',
    'tapping',
    'repeatability',
    'additional-load',
    ...LIMITS,
  ]),
  bounds: new Set(LIMITS),
  basis: new Set<ColumnRole>(['error', 'correction', 'hysteresis', 'tapping', 'repeatability', ...LIMITS, ...UNCERTAINTIES]),
  formation: new Set<ColumnRole>(['error']),
}
const REPEATABLE: ReadonlySet<ColumnRole> = new Set(['condition', 'repeat'])

/** RFC 6901 pointer to a result table, to one of its rows, or to a cell; all indices count from 0. */
export const pointer = (table: number, row?: number, column?: number): string =>
  `/results/${table}${row === undefined ? '' : `/rows/${row}${column === undefined ? '' : `/${column}`}`}`

/** Parses a table, or reports the faults of its form. */
export function readTable(table: ResultTable, index: number): { read?: ReadTable; findings: readonly Finding[] } {
  const findings: Finding[] = []
  const columns = new Map<SingleRole, ReadColumn>()
  const further: ReadColumn[] = []
  const alternatives: { of: ReadColumn; column: ReadColumn }[] = []
  const hasAbsolute = table.columns.some(({ role }) => role === 'uncertainty')
  for (let at = 0; at < table.columns.length; at++) {
    const column = table.columns[at] as Column
    const fault = (code: Code, params: MessageParams, member = ''): void => {
      findings.push({ code, path: `/results/${index}/columns/${at}${member}`, params: { table: table.id, ...params } })
    }
    if (!REPEATABLE.has(column.role)) {
      const role = column.role as SingleRole
      const read = { index: at, column, unit: column.unit === undefined ? undefined : unitOf(column.unit) }
      const first = columns.get(role)
      if (first === undefined) columns.set(role, read)
      else {
        const of = isAlike(first, read) ? first : further.find((one) => one.column.role === role && isAlike(one, read))
        if (of === undefined) further.push(read)
        else if (isSecondUnit(of, read)) alternatives.push({ of, column: read })
        else fault(coded('table.role-twice'), { role })
      }
    }
    for (const member of MISPLACED) {
      if (column[member] !== undefined && !ALLOWED[member].has(column.role))
        fault(coded('table.member-misplaced'), { role: column.role, member }, `/${member}`)
    }
    const numeric = NUMERIC.has(column.role)
    if (numeric && column.unit === undefined) fault(coded('table.unit-missing'), { role: column.role })
    if (!numeric && column.unit !== undefined && column.role === 'verdict') fault(coded('table.unit-on-verdict'), {}, '/unit')
    // A ratio beside U is the same uncertainty, with its k; a ratio alone is the stated one (ILAC-P14:09/2020 5.3).
    const isExpanded = column.role === 'uncertainty' || (column.role === 'relative-uncertainty' && !hasAbsolute)
    if (isExpanded && column.k === undefined) fault(coded('table.coverage-missing'), {})
    if (column.roundTo !== undefined && parseDecimal(column.roundTo).coefficient <= 0n)
      fault(baseCoded('decimal.interval'), { interval: column.roundTo }, '/roundTo')
  }
  table.budgets?.forEach(({ row }, at) => {
    if (row >= table.rows.length || !UNCERTAINTIES.some((role) => columns.has(role as SingleRole)))
      findings.push({ code: coded('table.budget-row'), path: `/results/${index}/budgets/${at}/row`, params: { table: table.id, row } })
  })
  for (let row = 0; row < table.rows.length; row++) checkCells(table, index, row, findings)
  return findings.length > 0 ? { findings } : { read: { table, index, columns, further, alternatives }, findings }
}

/** Each cell must match its column: a number, a verdict, or null. */
function checkCells(table: ResultTable, index: number, at: number, findings: Finding[]): void {
  const row = table.rows[at] as ResultTable['rows'][number]
  if (row.length !== table.columns.length) {
    const params = { table: table.id, row: at + 1, cells: row.length, columns: table.columns.length }
    findings.push({ code: coded('table.row-length'), path: pointer(index, at), params })
    return
  }
  for (let columnAt = 0; columnAt < row.length; columnAt++) {
    const cell = row[columnAt] as string | null
    if (cell === null) continue
    const { role } = table.columns[columnAt] as Column
    const isNumber = NUMERIC.has(role)
    if (isNumber ? isDecimal(cell) : role !== 'verdict' || Object.hasOwn(VERDICTS, cell)) continue
    const params = { table: table.id, row: at + 1, cell: cell.slice(0, 40), ...(isNumber && { reason: decimalFault(cell).reason }) }
    findings.push({ code: isNumber ? coded('table.cell-number') : coded('table.cell-verdict'), path: pointer(index, at, columnAt), params })
  }
}

/** Columns of one role that are equivalent: the same stroke and, for limits, the same bounded quantity. */
const isAlike = (a: ReadColumn, b: ReadColumn): boolean => a.column.direction === b.column.direction && a.column.bounds === b.column.bounds

/** All columns of a role: one per stroke, or per bounded quantity. */
export function columnsOf({ columns, further }: ReadTable, role: SingleRole): readonly ReadColumn[] {
  const first = columns.get(role)
  if (first === undefined) return []
  return further.length === 0 ? [first] : [first, ...further.filter(({ column }) => column.role === role)]
}

/** The column of a role that belongs to `beside`: of the same stroke, or of both strokes. */
export function columnBeside(read: ReadTable, role: SingleRole, beside: ReadColumn): ReadColumn | undefined {
  if (read.further.length === 0 && beside.column.direction === undefined) return read.columns.get(role)
  const { direction } = beside.column
  const candidates = columnsOf(read, role)
  return candidates.find(({ column }) => column.direction === direction) ?? candidates.find(({ column }) => column.direction === undefined)
}

/** The same quantity in another unit, not the same column twice. */
const isSecondUnit = (of: ReadColumn, second: ReadColumn): boolean =>
  of.unit !== undefined && second.unit !== undefined && of.unit.code !== second.unit.code && isCommensurable(of.unit, second.unit)

/** Exact value of a cell; undefined if nothing was measured or the table has no such column. */
export function decimalAt({ table }: ReadTable, row: number, column: ReadColumn | undefined): Decimal | undefined {
  if (column === undefined) return undefined
  const cell = table.rows[row]?.[column.index]
  return cell === null || cell === undefined ? undefined : parseDecimal(cell)
}

/** Default roles to which limits apply, in this order; among the three after the error, the first in the table. */
const DISPERSIONS: readonly SingleRole[] = ['hysteresis', 'tapping', 'repeatability']

/** The default role to which limits apply. */
function boundRole({ columns }: ReadTable): SingleRole {
  if (columns.has('error')) return 'error'
  let first: ReadColumn | undefined
  for (const role of DISPERSIONS) {
    const column = columns.get(role)
    if (column !== undefined && (first === undefined || column.index < first.index)) first = column
  }
  return (first?.column.role as SingleRole | undefined) ?? (columns.has('correction') ? 'correction' : 'indication')
}

/** The columns to which limits apply: both strokes, and every quantity that a column of limits names. */
export function judgedColumns(read: ReadTable): readonly ReadColumn[] {
  const { columns, further } = read
  const main = boundRole(read)
  const [lower, upper] = [columns.get('lower-limit'), columns.get('upper-limit')]
  if (further.length === 0 && lower?.column.bounds === undefined && upper?.column.bounds === undefined) return columnsOf(read, main)
  const named = new Set([...columnsOf(read, 'lower-limit'), ...columnsOf(read, 'upper-limit')].map(({ column }) => column.bounds ?? main))
  // Limits that name the indication leave a correction beside it without any.
  if (main === 'correction' && named.has('indication')) return columnsOf(read, 'indication')
  return [...new Set([main, ...named])].flatMap((role) => columnsOf(read, role))
}

/**
 * The limit column of a compared column: one that names its role, otherwise one without a name if limits apply to it by default.
 */
export function limitColumn(read: ReadTable, role: 'lower-limit' | 'upper-limit', judged: ReadColumn): ReadColumn | undefined {
  const only = read.columns.get(role)
  if (only === undefined || (read.further.length === 0 && only.column.bounds === undefined)) return only
  const isDefault = judged.column.role === boundRole(read)
  const candidates = columnsOf(read, role).filter(
    ({ column }) => column.direction === undefined || column.direction === judged.column.direction,
  )
  return (
    candidates.find(({ column }) => column.bounds === judged.column.role) ??
    (isDefault ? candidates.find(({ column }) => column.bounds === undefined) : undefined)
  )
}

/** The column to which limits apply: the error, or without one its dispersion, the correction or the indication. */
export const judgedColumn = (read: ReadTable): ReadColumn | undefined => read.columns.get(boundRole(read))
