/** Reads the uncertainty of a row from the columns of its table, with the values beside it that U is compared with. */

import { type Decimal, parseDecimal } from '../base/decimal.js'
import { absoluteRational, type Rational, rational, unreduced } from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import { type Column, columnsOf, decimalAt, type ReadColumn, type ReadTable } from '../records/index.js'
import { BASIS_ROLES, isPlainRatio } from '../records/inside.js'
import { type Amount, isRatioScale, judgeFactor, type Part, type UncertaintyStatement } from './judge-uncertainty.js'

/** A certificate states these to two significant digits; a standard uncertainty beside them may have more. */
export const EXPANDED = ['uncertainty', 'relative-uncertainty'] as const
/** Columns that state an uncertainty, in the order in which one is chosen for the row. */
export const UNCERTAINTIES = [...EXPANDED, 'standard-uncertainty'] as const

export interface Cell {
  readonly column: ReadColumn
  readonly value: Decimal
}

/** Undefined if the table has no such column, or the cell is empty. */
export const cellAt = (read: ReadTable, row: number, column: ReadColumn | undefined): Cell | undefined => {
  const value = decimalAt(read, row, column)
  return column === undefined || value === undefined ? undefined : { column, value }
}

/** The cell that states the uncertainty of a row: the first of `UNCERTAINTIES` that is not empty. */
export const mainCell = (read: ReadTable, row: number): Cell | undefined => {
  for (const role of UNCERTAINTIES) {
    const cell = cellAt(read, row, read.columns.get(role))
    if (cell !== undefined) return cell
  }
  return undefined
}

/** The statement of uncertainty of a row; undefined if k is not positive, which is reported for the column. */
export function statementOf(read: ReadTable, row: number, { column, value: stated }: Cell): UncertaintyStatement | undefined {
  const { role } = column.column
  const k = role === 'standard-uncertainty' ? UNIT : parseDecimal(column.column.k ?? read.columns.get('uncertainty')?.column.k ?? '1')
  if (judgeFactor(k) !== undefined) return undefined
  const { values, ratio, unit } = basisOf(read, row, column)
  const standard = role === 'standard-uncertainty' ? undefined : cellAt(read, row, read.columns.get('standard-uncertainty'))
  const relative = role === 'uncertainty' ? cellAt(read, row, read.columns.get('relative-uncertainty')) : undefined
  return {
    values,
    stated,
    k,
    ratio,
    standard: standard && partOf(standard, unit, ONE),
    relative: relative && partOf(relative, unit, kRatio(k, relative.column), true),
  }
}

/** k divided by the k of another column: it converts the expanded uncertainty there to this k. */
function kRatio(k: Decimal, { column }: ReadColumn): Rational {
  const own = column.k === undefined ? k : parseDecimal(column.k)
  return own.coefficient <= 0n ? ONE : unreduced.divide(unreduced.fromDecimal(k), unreduced.fromDecimal(own))
}

/** A cell beside U, in the unit `to`, or as a ratio. */
function partOf({ column, value: printed }: Cell, to: LegalUnit | undefined, by: Rational, isRelative = false): Part {
  const direct = isRelative ? undefined : factorBetween(column.unit, to)
  if (direct !== undefined) return { printed, factor: unreduced.multiply(direct, by), isRatio: false }
  const isRatio = column.unit !== undefined && isPlainRatio(column.unit)
  return { printed, factor: unreduced.multiply(column.unit?.factor ?? ONE, by), isRatio, isIncomparable: !isRatio }
}

const MEASURED = ['indication', 'reference', 'nominal'] as const

/**
 * Decides whether the column states U in the unit of the value or as a ratio, and finds the values to which a ratio may refer.
 * `ratio` is present if U is a ratio. `unit` is the one in which absolute uncertainties are compared.
 */
function basisOf(
  read: ReadTable,
  row: number,
  { column, unit }: ReadColumn,
): Pick<UncertaintyStatement, 'values' | 'ratio'> & { unit?: LegalUnit | undefined } {
  // Both strokes, if there are two.
  const measured = MEASURED.flatMap((role) => columnsOf(read, role)).filter((one) => one.unit !== undefined)
  const isNumber = measured.some((one) => one.unit?.dimension === '1')
  const isSame = measured.some((one) => one.unit === unit)
  const isRatio = unit !== undefined && isPlainRatio(unit) && (column.role === 'relative-uncertainty' || (!isNumber && !isSame))
  // If the measured quantity is a number, % may be its unit or a ratio of it; the table does not state which.
  const isOpen = !isRatio && unit?.dimension === '1' && !isSame
  const to = isRatio ? measured[0]?.unit : unit
  const basis = column.basis ?? read.columns.get('relative-uncertainty')?.column.basis
  const values = isOpen ? [] : valuesOf(read, row, measured, basis, to)
  return { values, unit: to, ...(isRatio && { ratio: unit?.factor ?? ONE }) }
}

/** The values to which a ratio may refer: the stated basis, otherwise any measured value. */
function valuesOf(
  read: ReadTable,
  row: number,
  measured: readonly ReadColumn[],
  basis: Column['basis'],
  to: LegalUnit | undefined,
): Amount[] {
  if (basis?.of !== 'span') {
    const role = basis === undefined ? undefined : BASIS_ROLES[basis.of]
    return measured.flatMap((one) => (role === undefined || one.column.role === role ? amountOf(read, row, one, to) : []))
  }
  const factor = factorBetween(unitOf(basis.span.unit), to)
  return factor === undefined ? [] : [{ printed: parseDecimal(basis.span.value), factor: absoluteRational(factor) }]
}
function amountOf(read: ReadTable, row: number, column: ReadColumn, to: LegalUnit | undefined): Amount[] {
  const factor = factorBetween(column.unit, to)
  const printed = decimalAt(read, row, column)
  if (factor === undefined || printed === undefined || !isRatioScale(column.unit)) return []
  return [{ printed, factor: absoluteRational(factor) }]
}

/** Conversion factor for differences; undefined if the units do not measure the same quantity. */
function factorBetween(from: LegalUnit | undefined, to: LegalUnit | undefined): Rational | undefined {
  if (from === undefined || to === undefined || !isCommensurable(from, to)) return undefined
  return from === to ? ONE : convertExactly(UNIT, from, to, true)
}

const UNIT: Decimal = { coefficient: 1n, scale: 0 }
const ONE = rational(1n)
