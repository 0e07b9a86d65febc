/** Compares the rows of result tables with their limits, as the basis of a decision, and records why a row cannot be compared. */

import { type Decimal, parseDecimal, roundToInterval } from '../base/decimal.js'
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  fromDecimal,
  type Rational,
  rational,
  subtractRational,
  unreduced,
} from '../base/rational.js'
import { convertExactly, isCommensurable } from '../catalogue/index.js'
import { say } from './messages.js'
import { columnBeside, decimalAt, judgedColumns, limitColumn, type ReadColumn, type ReadTable } from './read-table.js'
import { basisColumns, expandedUncertaintyOf, readVia } from './readings.js'

/** Limits of one row in the unit of the value; a side without a limit is open. */
export interface RowLimits {
  readonly lower?: Rational
  readonly upper?: Rational
}

/** One row of a table with its limits, all in the unit of the compared column. */
export interface JudgedRow {
  readonly read: ReadTable
  readonly row: number
  readonly judged: ReadColumn
  /** `written`: as in the table; `value`: after the rounding that the table requires. */
  readonly written: Decimal
  readonly value: Rational
  /**
   * The limits. Several readings if they are a ratio and the table does not state its basis: a decision then requires that all
   * readings agree.
   */
  readonly limits: readonly [RowLimits, ...RowLimits[]]
  /** Expanded uncertainty, with the same kinds of reading; empty if the row states none that converts to the unit of the value. */
  readonly uncertainty: readonly Rational[]
}

/** Reasons why a row cannot be compared with its limits, each with the missing fact. `limits-absent`: the table has no column of limits. */
const unjudgeable = {
  'value-missing': 'value',
  'limits-missing': 'limits',
  'limits-unit': 'limits',
  'limits-absent': 'limits',
} as const

/** Reasons why a row cannot be decided, each with the missing fact: a comparison can also be inconclusive. */
const undecidable = {
  ...unjudgeable,
  'limits-ambiguous': 'limits',
  'width-zero': 'limits',
  'uncertainty-missing': 'uncertainty',
  'uncertainty-ambiguous': 'uncertainty',
} as const
export type UnjudgedReason = keyof typeof undecidable

/** The fact without which a row cannot be decided. */
export const factMissing = (reason: UnjudgedReason): string => undecidable[reason]

export interface UnjudgedRow {
  readonly read: ReadTable
  readonly row: number
  readonly reason: keyof typeof unjudgeable
}

export interface RowJudgements {
  readonly judged: readonly JudgedRow[]
  /** Rows that state a value or limits but cannot be compared. A row of text only is in neither list. */
  readonly unjudged: readonly UnjudgedRow[]
}

/** Compares every row with its limits. */
export function judgeRows(tables: readonly ReadTable[]): RowJudgements {
  const judged: JudgedRow[] = []
  const unjudged: UnjudgedRow[] = []
  for (const read of tables) judgeTable(read, judged, unjudged)
  return { judged, unjudged }
}

/** A column with the columns of its limits; the column is absent if the limits apply to none. */
interface BoundColumn {
  readonly valued: ReadColumn | undefined
  readonly lower: ReadColumn | undefined
  readonly upper: ReadColumn | undefined
  readonly interval: Decimal | undefined
}

function boundColumns(read: ReadTable): readonly BoundColumn[] {
  const valued = judgedColumns(read)
  if (valued.length === 0)
    return [{ valued: undefined, lower: read.columns.get('lower-limit'), upper: read.columns.get('upper-limit'), interval: undefined }]
  return valued.map((column) => ({
    valued: column,
    lower: limitColumn(read, 'lower-limit', column),
    upper: limitColumn(read, 'upper-limit', column),
    interval: column.column.roundTo === undefined ? undefined : parseDecimal(column.column.roundTo),
  }))
}

function judgeTable(read: ReadTable, judged: JudgedRow[], unjudged: UnjudgedRow[]): void {
  const columns = boundColumns(read)
  for (let row = 0; row < read.table.rows.length; row++) {
    let isStated = false
    let reason: UnjudgedRow['reason'] | undefined
    for (const bound of columns) {
      const judgement = judgeCell(read, row, bound)
      if (typeof judgement !== 'string') {
        if (judgement !== undefined) judged.push(judgement)
        isStated ||= judgement !== undefined
      } else if (judgement === 'value-missing') reason ??= judgement
      else [isStated, reason] = [true, reason === undefined || reason === 'value-missing' ? judgement : reason]
    }
    // A stroke without a value at this point is not a gap if the other stroke has one.
    if (reason !== undefined && (reason !== 'value-missing' || !isStated)) unjudged.push({ read, row, reason })
  }
}

/** Compares one cell with its limits, or reports why that is impossible; undefined if neither a value nor a limit is stated. */
function judgeCell(read: ReadTable, row: number, bound: BoundColumn): JudgedRow | UnjudgedRow['reason'] | undefined {
  const { valued, lower, upper, interval } = bound
  const bounds = { lower: decimalAt(read, row, lower), upper: decimalAt(read, row, upper) }
  const isLimited = bounds.lower !== undefined || bounds.upper !== undefined
  const column = valued && isLimited ? boundColumn(read, row, bound, bounds) : valued
  const written = decimalAt(read, row, column)
  if (written === undefined || column === undefined) return isLimited ? 'value-missing' : undefined
  if (!isLimited) return lower === undefined && upper === undefined ? 'limits-absent' : 'limits-missing'
  const [first, ...others] = limitsOf(read, row, column, bound, bounds)
  if (first === undefined) return 'limits-unit'
  const value = fromDecimal(interval === undefined || column !== valued ? written : roundToInterval(written, interval))
  return {
    read,
    row,
    judged: column,
    written,
    value: deviationFor(read, row, column, value, first) ?? value,
    limits: [first, ...others],
    uncertainty: column.unit === undefined ? [] : expandedUncertaintyOf(read, row, column.unit),
  }
}

type WrittenLimits = { readonly [side in 'lower' | 'upper']: Decimal | undefined }

const ZERO: Decimal = { coefficient: 0n, scale: 0 }

/** A correction is the negative of the error, so the same limits apply to it. JJF 1001—2011 5.24 */
const isDeviation = ({ column: { role } }: ReadColumn): boolean => role === 'error' || role === 'correction'

/**
 * The column to which the limits of a row apply. By default the error; but limits that include the reference value and not zero
 * (19.90 … 20.10 for a nominal 20) apply to the indication, even if there is an error column.
 */
function boundColumn(read: ReadTable, row: number, { valued, lower, upper }: BoundColumn, limits: WrittenLimits): ReadColumn | undefined {
  if (valued === undefined || !isDeviation(valued)) return valued
  const indication = columnBeside(read, 'indication', valued)
  if (indication === undefined || contains(limits, ZERO)) return valued
  const unit = (lower ?? upper)?.unit
  const holdsReference =
    valued.column.role === 'correction' ||
    (['reference', 'nominal'] as const).some((role) => {
      const column = columnBeside(read, role, valued)
      const value = decimalAt(read, row, column)
      return value !== undefined && column?.unit === unit && contains(limits, value)
    })
  return holdsReference && indication.unit === unit ? indication : valued
}

const contains = ({ lower, upper }: WrittenLimits, value: Decimal): boolean => {
  const at = fromDecimal(value)
  return (
    (lower === undefined || compareRational(at, fromDecimal(lower)) >= 0) &&
    (upper === undefined || compareRational(at, fromDecimal(upper)) <= 0)
  )
}

/** The limits in the unit of the compared column, once per way of reading them; empty if they measure another quantity. */
function limitsOf(read: ReadTable, row: number, judged: ReadColumn, bound: BoundColumn, written: WrittenLimits): readonly RowLimits[] {
  const direct = limitsVia(read, row, judged, bound, written)
  if (direct !== undefined) return readingsFor(judged, bound, direct)
  // A ratio limits an error; it cannot limit an indication.
  if (!isDeviation(judged)) return []
  return basisColumns(read, judged, [bound.lower, bound.upper, judged]).flatMap((basis) => {
    const limits = limitsVia(read, row, judged, bound, written, basis)
    return limits === undefined ? [] : readingsFor(judged, bound, limits)
  })
}

/**
 * Limits beside a correction bound the correction, or the error, of which it is the negative. A single column of limits beside an
 * error is one limit, or the magnitude of both. Unless both readings agree, the row is undecided.
 */
function readingsFor(judged: ReadColumn, { lower, upper }: BoundColumn, limits: RowLimits): readonly RowLimits[] {
  if (judged.column.role === 'correction') return [limits, negated(limits)]
  const isSingle = isDeviation(judged) && (lower === undefined || upper === undefined) && isInside(NOTHING, limits)
  return isSingle ? [limits, { ...negated(limits), ...limits }] : [limits]
}

const NOTHING = rational(0n)
const negated = ({ lower, upper }: RowLimits): RowLimits => ({
  ...(upper && { lower: subtractRational(NOTHING, upper) }),
  ...(lower && { upper: subtractRational(NOTHING, lower) }),
})

/** Undefined if a stated limit cannot be read this way: one of two limits would be another requirement. */
function limitsVia(
  read: ReadTable,
  row: number,
  judged: ReadColumn,
  bound: BoundColumn,
  written: WrittenLimits,
  basis?: ReadColumn,
): RowLimits | undefined {
  const limits: { lower?: Rational; upper?: Rational } = {}
  for (const side of ['lower', 'upper'] as const) {
    const limit = written[side]
    if (limit === undefined) continue
    const converted = limitIn(read, row, limit, bound[side], judged, basis)
    if (converted === undefined) return undefined
    limits[side] = converted
  }
  return limits
}

function limitIn(
  read: ReadTable,
  row: number,
  limit: Decimal,
  column: ReadColumn | undefined,
  judged: ReadColumn,
  basis: ReadColumn | undefined,
): Rational | undefined {
  const unit = column?.unit
  // Equal codes are equal units, whether they convert or not.
  if (column?.column.unit === judged.column.unit) return fromDecimal(limit)
  if (unit === undefined || judged.unit === undefined) return undefined
  if (isCommensurable(unit, judged.unit)) return convertExactly(limit, unit, judged.unit, judged.column.role !== 'indication')
  return basis && readVia(read, row, limit, unit, judged.unit, basis)
}

/**
 * The deviation of an indication from its reference, where both are outside limits around zero: ±0.003 beside 10.002 and 10 can only
 * bound the deviation, which no column states.
 */
function deviationFor(read: ReadTable, row: number, column: ReadColumn, value: Rational, limits: RowLimits): Rational | undefined {
  const isAround = limits.lower !== undefined && limits.upper !== undefined && isInside(NOTHING, limits)
  if (column.column.role !== 'indication' || !isAround || isInside(value, limits)) return undefined
  const beside = (['reference', 'nominal'] as const).map((role) => columnBeside(read, role, column))
  const truth = decimalAt(
    read,
    row,
    beside.find((one) => one?.column.unit === column.column.unit && decimalAt(read, row, one) !== undefined),
  )
  return truth && !isInside(fromDecimal(truth), limits) ? subtractRational(value, fromDecimal(truth)) : undefined
}

/** True or false if all readings of a row agree; `undefined` if they do not, or there is none. */
function agreed(answers: readonly boolean[]): boolean | undefined {
  const [first] = answers
  return answers.every((answer) => answer === first) ? first : undefined
}

const isInside = (value: Rational, { lower, upper }: RowLimits): boolean =>
  (lower === undefined || compareRational(value, lower) >= 0) && (upper === undefined || compareRational(value, upper) <= 0)

const narrowed = ({ lower, upper }: RowLimits, by: Rational): RowLimits => ({
  ...(lower && { lower: addRational(lower, by) }),
  ...(upper && { upper: subtractRational(upper, by) }),
})

/**
 * True if the value is within its limits, minus the guard band U if the rule has one. `undefined` if the row does not determine it:
 * the guard band is not stated, or the readings of a ratio disagree.
 */
export function isWithinLimits({ value, limits, uncertainty }: JudgedRow, guarded: boolean): boolean | undefined {
  const plain = limits.length === 1 ? isInside(value, limits[0]) : agreed(limits.map((reading) => isInside(value, reading)))
  // A value outside the limits is outside with any guard band.
  if (!guarded || plain === false) return plain
  return agreed(limits.flatMap((reading) => uncertainty.map((by) => isInside(value, narrowed(reading, by)))))
}

/** The acceptance limits of a row for a message: minus the guard band if the rule has one. */
export const acceptanceLimits = ({ limits: [first], uncertainty: [by] }: JudgedRow, guarded: boolean): RowLimits =>
  guarded && by !== undefined ? narrowed(first, by) : first

/** Half the width between two limits, or the magnitude of a single one. */
export function halfWidthOf({ lower, upper }: RowLimits): Rational {
  if (lower !== undefined && upper !== undefined) return unreduced.multiply(unreduced.subtract(upper, lower), HALF)
  return absoluteRational(lower ?? upper ?? NOTHING)
}
const HALF = rational(1n, 2n)

/**
 * True if the limits of a row are a maximum permissible error, with which U can be compared. A single limit of an indication
 * (insulation of at least 2 MΩ, repeatability of at most 0.5 %) is not.
 */
export const boundsError = ({ judged, limits: [{ lower, upper }] }: JudgedRow): boolean =>
  isDeviation(judged) || (lower !== undefined && upper !== undefined)

/**
 * True if U is at most the given fraction of the maximum permissible error (half the width of the limits, or the magnitude of a
 * single one). `undefined` if the row does not determine it: no U, no width, or readings that disagree.
 */
export function isUncertaintyAtMost({ limits, uncertainty }: JudgedRow, share: Rational): boolean | undefined {
  const widths = limits.map(halfWidthOf)
  if (widths.some(({ numerator }) => numerator <= 0n)) return undefined
  return agreed(widths.flatMap((width) => uncertainty.map((by) => compareRational(divideRational(by, width), share) <= 0)))
}

/** The reason why a row with readable limits could not be decided. */
export function undecidedReason({ uncertainty, limits }: JudgedRow, needsUncertainty: boolean): UnjudgedReason {
  if (!needsUncertainty) return 'limits-ambiguous'
  if (uncertainty.length === 0) return 'uncertainty-missing'
  if (limits.some((reading) => halfWidthOf(reading).numerator <= 0n)) return 'width-zero'
  return limits.length > 1 ? 'limits-ambiguous' : 'uncertainty-ambiguous'
}

/** A row that could not be compared, for a message. */
export const describeUnjudged = (read: ReadTable, row: number, reason: UnjudgedReason): Record<string, unknown> => ({
  table: read.table.id,
  row: row + 1,
  reason: say(`unjudged.${reason}`),
})
