/** Rows of result tables against their limits: what a decision is made from. */
import { type Decimal, parseDecimal, roundToInterval } from '../base/decimal.js'
import { absoluteRational, divideRational, fromDecimal, type Rational, rational, subtractRational } from '../base/rational.js'
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
export function* judgedRows(tables: readonly ReadTable[]): Generator<JudgedRow> {
  for (const read of tables) {
    const judged = judgedColumn(read)
    const lowerColumn = read.columns.get('lower-limit')
    const upperColumn = read.columns.get('upper-limit')
    if (judged === undefined || (lowerColumn === undefined && upperColumn === undefined)) continue
    const interval = judged.column.roundTo === undefined ? undefined : parseDecimal(judged.column.roundTo)
    for (let row = 0; row < read.table.rows.length; row++) {
      const written = decimalAt(read, row, judged)
      if (written === undefined) continue
      const lower = limitAt(read, row, lowerColumn, judged)
      const upper = limitAt(read, row, upperColumn, judged)
      if (lower === undefined && upper === undefined) continue
      const uncertainty = uncertaintyAt(read, row, judged)
      const value = fromDecimal(interval === undefined ? written : roundToInterval(written, interval))
      yield { read, row, judged, written, value, ...(lower && { lower }), ...(upper && { upper }), ...(uncertainty && { uncertainty }) }
    }
  }
}

function limitAt(read: ReadTable, row: number, column: ReadColumn | undefined, judged: ReadColumn): Rational | undefined {
  const limit = decimalAt(read, row, column)
  if (limit === undefined || column === undefined || column.unit === undefined || judged.unit === undefined) return undefined
  if (!isCommensurable(column.unit, judged.unit)) return undefined
  return convertExactly(limit, column.unit, judged.unit, judged.column.role === 'error')
}

/** Expanded uncertainty in the judged unit; a relative one is taken of the indication or the nominal value. */
function uncertaintyAt(read: ReadTable, row: number, judged: ReadColumn): Rational | undefined {
  const column = read.columns.get('uncertainty')
  const stated = decimalAt(read, row, column)
  if (column === undefined || stated === undefined) return undefined
  return differenceIn(stated, column, judged)
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
