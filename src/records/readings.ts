/**
 * Converts a quantity of a row to the unit of another: directly, or as a ratio of the value beside it. A ratio without a stated
 * basis has one reading per possible basis.
 */
import { type Decimal, parseDecimal } from '../base/decimal.js'
import { absoluteRational, divideRational, fromDecimal, multiplyRational, type Rational } from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit } from '../catalogue/index.js'
import { columnBeside, decimalAt, type ReadColumn, type ReadTable } from './read-table.js'

/** Columns that can be the basis of a ratio. */
const BASES = ['reference', 'indication', 'nominal'] as const

/** True for %, ‰, ppm, 1: a ratio of a value of the row. An annotation such as `%{FS}` names another basis, which is not a column. */
export const isPlainRatio = ({ dimension, code }: LegalUnit): boolean => dimension === '1' && !code.includes('{')

/** Role of the column to which a stated basis refers. */
export const BASIS_ROLES = { reading: 'indication', reference: 'reference', nominal: 'nominal' } as const

/**
 * The possible bases of a ratio beside `of`: the one stated by the first of `ratios` with a basis, otherwise any. A span is not a
 * column.
 */
export function basisColumns(read: ReadTable, of: ReadColumn, ratios: readonly (ReadColumn | undefined)[] = [of]): readonly ReadColumn[] {
  const basis = ratios.find((ratio) => ratio?.column.basis !== undefined)?.column.basis
  if (basis?.of === 'span') return []
  return (basis === undefined ? BASES : [BASIS_ROLES[basis.of]]).flatMap((role) => {
    const column = columnBeside(read, role, of)
    return column === undefined || column === of ? [] : [column]
  })
}

/**
 * Converts a difference (error, limit, uncertainty) through the value in `basis`: a ratio times the value, or a difference divided
 * by the value. Undefined if neither unit is a plain ratio, or the basis does not fit.
 */
export function readVia(
  read: ReadTable,
  row: number,
  stated: Decimal,
  from: LegalUnit,
  to: LegalUnit,
  basis: ReadColumn,
): Rational | undefined {
  const value = decimalAt(read, row, basis)
  // A percentage of a temperature in ℃ is meaningless, and there is no ratio to zero.
  if (value === undefined || value.coefficient === 0n || basis.unit === undefined || basis.unit.offset.numerator !== 0n) return undefined
  if (isPlainRatio(from) && isCommensurable(basis.unit, to)) {
    const size = absoluteRational(convertExactly(value, basis.unit, to, true))
    return multiplyRational(multiplyRational(fromDecimal(stated), from.factor), size)
  }
  if (isPlainRatio(to) && isCommensurable(basis.unit, from)) {
    const size = absoluteRational(convertExactly(value, basis.unit, from, true))
    return divideRational(divideRational(fromDecimal(stated), size), to.factor)
  }
  return undefined
}

/** A difference in another unit, once per way of reading it. */
function differenceReadings(read: ReadTable, row: number, stated: Decimal, from: ReadColumn, to: LegalUnit): readonly Rational[] {
  if (from.unit === undefined) return []
  if (from.unit === to) return [fromDecimal(stated)]
  const { unit } = from
  if (isCommensurable(unit, to)) return [convertExactly(stated, unit, to, true)]
  return basisColumns(read, from).flatMap((basis) => readVia(read, row, stated, unit, to, basis) ?? [])
}

/**
 * Expanded uncertainty of a row in a unit, from whichever form the table states: U; a relative U; or a standard uncertainty and k.
 * One entry per way of reading it, empty if the row states none. Only its magnitude is used: a minus sign must not widen limits.
 */
export function expandedUncertaintyOf(read: ReadTable, row: number, unit: LegalUnit): readonly Rational[] {
  for (const role of ['uncertainty', 'relative-uncertainty', 'standard-uncertainty'] as const) {
    const column = read.columns.get(role)
    const stated = decimalAt(read, row, column)
    if (column === undefined || stated === undefined) continue
    const factor = role === 'standard-uncertainty' ? coverageFactor(read, column) : undefined
    if (role === 'standard-uncertainty' && factor === undefined) continue
    const readings = differenceReadings(read, row, stated, column, unit).map(absoluteRational)
    if (readings.length > 0) return factor === undefined ? readings : readings.map((one) => multiplyRational(one, factor))
  }
  return []
}

/** k of a column of standard uncertainties: its own, or that of the expanded ones beside it. There is no default. */
function coverageFactor(read: ReadTable, column: ReadColumn): Rational | undefined {
  const k = column.column.k ?? read.columns.get('uncertainty')?.column.k ?? read.columns.get('relative-uncertainty')?.column.k
  const factor = k === undefined ? undefined : fromDecimal(parseDecimal(k))
  return factor !== undefined && factor.numerator > 0n ? factor : undefined
}

/** True if the table has a column of uncertainties in any form. */
export const hasUncertaintyColumn = ({ columns }: ReadTable): boolean =>
  columns.has('uncertainty') || columns.has('relative-uncertainty') || columns.has('standard-uncertainty')
