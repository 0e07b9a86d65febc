/**
 * One quantity of a row read in the unit of another: directly, or as a ratio of the value beside it. A ratio whose basis the
 * table does not state has one reading for each value it may be a ratio of.
 */
import { type Decimal, parseDecimal } from '../base/decimal.js'
import { absoluteRational, divideRational, fromDecimal, multiplyRational, type Rational } from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit } from '../catalogue/index.js'
import { columnBeside, decimalAt, type ReadColumn, type ReadTable } from './read-table.js'

/** Columns that a ratio may be a ratio of. */
const BASES = ['reference', 'indication', 'nominal'] as const

/** `%{FS}` names what it is a ratio of, and that is in no column; `%` does not. */
const isNamedRatio = ({ code }: LegalUnit): boolean => code.includes('{')
const isPlainRatio = (unit: LegalUnit): boolean => unit.dimension === '1' && !isNamedRatio(unit)

const BASIS_ROLES = { reading: 'indication', reference: 'reference', nominal: 'nominal' } as const

/**
 * The columns that a ratio beside `of` may be a ratio of: the one that the first of `ratios` with a basis states, else any.
 * A span is in no column.
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
 * A difference (error, limit, uncertainty) from one unit to the other by way of the value in `basis`: a ratio times the
 * value, or a difference over the value. Undefined where neither unit is a plain ratio, or the basis does not fit.
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
  // A percentage of a temperature in ℃ means nothing, and zero has no ratio to anything.
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

/** A difference in another unit, once for each way of reading it. */
function differenceReadings(read: ReadTable, row: number, stated: Decimal, from: ReadColumn, to: LegalUnit): readonly Rational[] {
  if (from.unit === undefined) return []
  if (from.unit === to) return [fromDecimal(stated)]
  const { unit } = from
  if (isCommensurable(unit, to)) return [convertExactly(stated, unit, to, true)]
  return basisColumns(read, from).flatMap((basis) => readVia(read, row, stated, unit, to, basis) ?? [])
}

/**
 * Expanded uncertainty of a row in a unit, from whatever the table states: U; a relative U; or a standard uncertainty and k.
 * One entry for each way of reading it, none where the row states none. Only its size counts: a minus sign must not widen
 * limits.
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

/** k of a column of standard uncertainties: its own, or that of the expanded ones beside it. Nothing is assumed. */
function coverageFactor(read: ReadTable, column: ReadColumn): Rational | undefined {
  const k = column.column.k ?? read.columns.get('uncertainty')?.column.k ?? read.columns.get('relative-uncertainty')?.column.k
  const factor = k === undefined ? undefined : fromDecimal(parseDecimal(k))
  return factor !== undefined && factor.numerator > 0n ? factor : undefined
}

/** Whether the table has a column of uncertainties of any form. */
export const hasUncertaintyColumn = ({ columns }: ReadTable): boolean =>
  columns.has('uncertainty') || columns.has('relative-uncertainty') || columns.has('standard-uncertainty')
