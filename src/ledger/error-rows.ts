/** The errors of a certificate: each with its point, its expanded uncertainty, and the limits it was verified by. */
import { type Decimal, subtract } from '../base/decimal.js'
import { fromDecimal, multiplyRational, type Rational, rational, subtractRational } from '../base/rational.js'
import type { LegalUnit } from '../catalogue/index.js'
import {
  columnBeside,
  columnsOf,
  decimalAt,
  expandedUncertaintyOf,
  limitColumn,
  type ReadColumn,
  type ReadTable,
  type ResultTable,
  readTable,
} from '../records/index.js'

export const HALF = rational(1n, 2n)

/** An error that a certificate states at a point, or that follows from its indication and reference. */
export interface ErrorRow {
  readonly read: ReadTable
  readonly row: number
  readonly at: Decimal
  readonly atUnit: LegalUnit
  readonly error: Decimal
  readonly unit: LegalUnit
  /** Expanded uncertainty in `unit`, by each reading of its column; empty if the certificate states none. */
  readonly uncertainty: readonly Rational[]
  /** Half the width of the limits of the certificate, in `unit`; only if a verification passed by them. */
  readonly verifiedTo?: Rational
}

/**
 * Every stated error; indication minus reference in tables that state none. If a table states results as left, those as found are
 * omitted: the instrument is used as it was left.
 */
export function errorRows(tables: readonly ResultTable[], isVerified: boolean): readonly ErrorRow[] {
  const hasLeft = tables.some(({ state }) => state === 'as-left')
  return tables.flatMap((table, index) => {
    if (hasLeft && table.state === 'as-found') return []
    const { read } = readTable(table, index)
    return read === undefined ? [] : table.rows.flatMap((_, row) => errorsAt(read, row, isVerified))
  })
}

function errorsAt(read: ReadTable, row: number, isVerified: boolean): readonly ErrorRow[] {
  const columns = [...columnsOf(read, 'error'), ...(read.columns.has('error') ? [] : columnsOf(read, 'indication'))]
  return columns.flatMap((column): ErrorRow[] => {
    const place = columnBeside(read, 'reference', column) ?? columnBeside(read, 'nominal', column)
    const at = decimalAt(read, row, place)
    const error = errorIn(read, row, column, place)
    if (at === undefined || place?.unit === undefined || column.unit === undefined || error === undefined) return []
    const verifiedTo = isVerified ? halfOfLimits(read, row, column) : undefined
    const uncertainty = expandedUncertaintyOf(read, row, column.unit)
    return [{ read, row, at, atUnit: place.unit, error, unit: column.unit, uncertainty, ...(verifiedTo && { verifiedTo }) }]
  })
}

/** Half the width of the limits that a row states for its error, in the unit of the error. */
function halfOfLimits(read: ReadTable, row: number, column: ReadColumn): Rational | undefined {
  const [lower, upper] = (['lower-limit', 'upper-limit'] as const).map((role) => {
    const limit = limitColumn(read, role, column)
    return limit?.unit === column.unit ? decimalAt(read, row, limit) : undefined
  })
  return lower === undefined || upper === undefined
    ? undefined
    : multiplyRational(subtractRational(fromDecimal(upper), fromDecimal(lower)), HALF)
}

function errorIn(read: ReadTable, row: number, column: ReadColumn, place: ReadColumn | undefined): Decimal | undefined {
  const value = decimalAt(read, row, column)
  if (value === undefined || column.column.role === 'error') return value
  const reference = decimalAt(read, row, place)
  return reference === undefined || place?.unit !== column.unit ? undefined : subtract(value, reference)
}
