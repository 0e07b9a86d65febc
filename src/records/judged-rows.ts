/** Rows of result tables against their limits: what a decision is made from. */
import { type Decimal, parseDecimal, roundToInterval } from '../base/decimal.js'
import {
  absoluteRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '../base/rational.js'
import { convertExactly, isCommensurable } from '../catalogue/index.js'
import { decimalAt, differenceIn, judgedColumn, type ReadColumn, type ReadTable } from './read-table.js'

/** One row of a table against its limits, all in the unit of the judged column. */
export interface JudgedRow {
  readonly read: ReadTable
  readonly row: number
  readonly judged: ReadColumn
  /** As written, and after the rounding the table asks for. */
  readonly written: Decimal
  readonly value: Rational
  readonly lower?: Rational
  readonly upper?: Rational
  readonly uncertainty?: Rational
}

/** Rows that have limits. Where a limit or an uncertainty measures something else than the value, it is left out. */
export function judgedRows(tables: readonly ReadTable[]): readonly JudgedRow[] {
  const rows: JudgedRow[] = []
  for (const read of tables) judge(read, rows)
  return rows
}

function judge(read: ReadTable, rows: JudgedRow[]): void {
  const judged = judgedColumn(read)
  const lowerColumn = read.columns.get('lower-limit')
  const upperColumn = read.columns.get('upper-limit')
  if (judged === undefined || (lowerColumn === undefined && upperColumn === undefined)) return
  const interval = judged.column.roundTo === undefined ? undefined : parseDecimal(judged.column.roundTo)
  for (let row = 0; row < read.table.rows.length; row++) {
    const written = decimalAt(read, row, judged)
    if (written === undefined) continue
    const lower = limitAt(read, row, lowerColumn, judged)
    const upper = limitAt(read, row, upperColumn, judged)
    if (lower === undefined && upper === undefined) continue
    const uncertainty = uncertaintyAt(read, row, judged)
    const value = fromDecimal(interval === undefined ? written : roundToInterval(written, interval))
    rows.push({ read, row, judged, written, value, ...(lower && { lower }), ...(upper && { upper }), ...(uncertainty && { uncertainty }) })
  }
}

function limitAt(read: ReadTable, row: number, column: ReadColumn | undefined, judged: ReadColumn): Rational | undefined {
  const limit = decimalAt(read, row, column)
  if (limit === undefined || column === undefined || column.unit === undefined || judged.unit === undefined) return undefined
  if (column.unit === judged.unit) return fromDecimal(limit)
  if (!isCommensurable(column.unit, judged.unit)) return undefined
  return convertExactly(limit, column.unit, judged.unit, judged.column.role === 'error')
}

/** Expanded uncertainty in the judged unit. Only its size counts: a minus sign must not widen the limits. */
function uncertaintyAt(read: ReadTable, row: number, judged: ReadColumn): Rational | undefined {
  const column = read.columns.get('uncertainty')
  const stated = decimalAt(read, row, column)
  if (column === undefined || stated === undefined) return undefined
  const uncertainty = differenceIn(stated, column, judged) ?? relativeAt(read, row, stated, column, judged)
  return uncertainty && absoluteRational(uncertainty)
}

/** A relative uncertainty of the value beside it, in the judged unit. */
function relativeAt(read: ReadTable, row: number, stated: Decimal, column: ReadColumn, judged: ReadColumn): Rational | undefined {
  if (column.unit?.dimension !== '1' || judged.unit === undefined) return undefined
  for (const role of ['indication', 'reference', 'nominal'] as const) {
    const of = read.columns.get(role)
    const value = decimalAt(read, row, of)
    // A percentage of a temperature in ℃ means nothing.
    if (value === undefined || of?.unit === undefined || of.unit.offset.numerator !== 0n || !isCommensurable(of.unit, judged.unit)) continue
    return multiplyRational(multiplyRational(fromDecimal(stated), column.unit.factor), convertExactly(value, of.unit, judged.unit, true))
  }
  return undefined
}

/** U over the maximum permissible error: half the width of the limits, or the one limit there is. */
export function uncertaintyRatio({ lower, upper, uncertainty }: JudgedRow): Rational | undefined {
  if (uncertainty === undefined) return undefined
  const width =
    lower !== undefined && upper !== undefined
      ? divideRational(subtractRational(upper, lower), rational(2n))
      : absoluteRational((upper ?? lower) as Rational)
  return width.numerator <= 0n ? undefined : divideRational(uncertainty, width)
}
