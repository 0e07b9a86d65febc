/** Methods of forming an error from the readings of a row, each in the unit of the column that states the error. */

import { type Decimal, parseDecimal, readComputed } from '../base/decimal.js'
import type { Text } from '../base/message.js'
import {
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '../base/rational.js'
import { convertExactly, isCommensurable, unitOf } from '../catalogue/index.js'
import { columnBeside, columnsOf, decimalAt, type ReadColumn, type ReadTable } from '../records/index.js'
import { around, exactly, inUnitOf, meets, minus, over, type Printed, plus, roundedTo, roundingOf, times, ZERO } from './printed.js'

/** The columns from which one error column is formed. */
export interface ErrorColumns {
  readonly read: ReadTable
  readonly error: ReadColumn
  /** One column, or both strokes if the error does not state its stroke. */
  readonly indications: readonly ReadColumn[]
  readonly reference: ReadColumn
}

/** Readings of one row in the unit of the indication. */
export interface Readings {
  readonly columns: ErrorColumns
  readonly row: number
  readonly indication: ReadColumn
  readonly shown: Printed
  readonly truth: Printed
}

/** Expected error of a row; undefined if the method does not apply to it. */
export interface Method {
  /** Name of the method, for a message. */
  readonly name: Text
  expected(readings: Readings): Printed | undefined
}

export type Match = 'equal' | 'tie' | 'rounded' | 'differs'

const HALF = rational(1n, 2n)

/** Factor between the units of two columns; undefined if they do not measure the same quantity. */
function stepBetween(from: ReadColumn, to: ReadColumn): Rational | undefined {
  if (from.column.unit === to.column.unit) return rational(1n)
  if (from.unit === undefined || to.unit === undefined || !isCommensurable(from.unit, to.unit)) return undefined
  return convertExactly({ coefficient: 1n, scale: 0 }, from.unit, to.unit, true)
}

/** A stated magnitude (an interval e, a span) in the unit of a column, as a difference. */
export function magnitudeIn({ value, unit }: { readonly value: string; readonly unit: string }, of: ReadColumn): Rational | undefined {
  // A span may be computed from the ends of a range, and then has more digits than a record may state.
  const decimal = readComputed(value)
  if (unit === of.column.unit) return fromDecimal(decimal)
  const from = unitOf(unit)
  return from !== undefined && of.unit !== undefined && isCommensurable(from, of.unit)
    ? convertExactly(decimal, from, of.unit, true)
    : undefined
}

const differenceOf = ({ shown, truth }: Readings): Printed => minus(shown, truth)

/** Indication minus reference, in the unit of the error. */
export const difference: Method = {
  name: { zh: '示值减参考值', en: 'indication minus reference' },
  expected(readings) {
    const step = stepBetween(readings.indication, readings.columns.error)
    return step && times(differenceOf(readings), step)
  },
}

/** A difference divided by a basis; a zero difference yields zero for any basis. */
function ratio(readings: Readings, basis: Printed | undefined): Printed | undefined {
  const { unit } = readings.columns.error
  if (unit?.dimension !== '1' || basis === undefined) return undefined
  const above = differenceOf(readings)
  if (above.exact.numerator === 0n) return exactly(ZERO)
  const quotient = over(above, basis)
  return quotient && times(quotient, divideRational(rational(1n), unit.factor))
}

export const ofReference: Method = {
  name: { zh: '相对于参考值的误差', en: 'error relative to the reference value' },
  expected: (readings) => ratio(readings, readings.truth),
}
export const ofReading: Method = {
  name: { zh: '相对于示值的误差', en: 'error relative to the indication' },
  expected: (readings) => ratio(readings, readings.shown),
}
export const ofNominal: Method = {
  name: { zh: '相对于标称值的误差', en: 'error relative to the nominal value' },
  expected(readings) {
    const { read, error } = readings.columns
    const nominal = columnBeside(read, 'nominal', error)
    const value = decimalAt(read, readings.row, nominal)
    return nominal && value && ratio(readings, inUnitOf(value, nominal, readings.indication, false))
  },
}
export const ofSpan = (span: { readonly value: string; readonly unit: string }): Method => ({
  name: { zh: '引用误差（相对于量程）', en: 'fiducial error, relative to the span' },
  expected(readings) {
    const size = magnitudeIn(span, readings.indication)
    return size && ratio(readings, exactly(size))
  },
})

/** E = I + e/2 − ΔL − L, less E₀. JJG 539—2016; OIML R 76-1 A.4.4.3 */
export const changeoverPoint = (
  interval: { readonly value: string; readonly unit: string },
  zeroError?: { readonly value: string; readonly unit: string },
): Method => ({
  name: { zh: '闪变点法 E = I + e/2 − ΔL − L', en: 'changeover-point method E = I + e/2 − ΔL − L' },
  expected(readings) {
    const { read, error } = readings.columns
    const additional = columnBeside(read, 'additional-load', error)
    const load = decimalAt(read, readings.row, additional)
    const [e, zero] = [magnitudeIn(interval, error), zeroError === undefined ? ZERO : magnitudeIn(zeroError, error)]
    const unrounded = difference.expected(readings)
    if (additional === undefined || load === undefined || unrounded === undefined || e === undefined || zero === undefined) return undefined
    const added = inUnitOf(load, additional, error, true)
    return added && plus(minus(unrounded, added), exactly(subtractRational(multiplyRational(e, HALF), zero)))
  },
})

/** The method that a column states for its errors; undefined if it states none. */
export function statedMethod({ column: { basis, formation } }: ReadColumn): Method | undefined {
  if (formation?.method === 'changeover-point') return changeoverPoint(formation.interval, formation.zeroError)
  if (formation?.method === 'difference') return difference
  switch (basis?.of) {
    case 'reading':
      return ofReading
    case 'reference':
      return ofReference
    case 'nominal':
      return ofNominal
    case 'span':
      return ofSpan(basis.span)
    default:
      return undefined
  }
}

/** The readings of a row, once per way of reading the indication: as printed, and as the mean of the repeats beside it. */
export function readingsOf(columns: ErrorColumns, row: number): readonly Readings[] {
  const { read, reference } = columns
  const found: Readings[] = []
  for (const indication of columns.indications) {
    const [value, referenceValue] = [decimalAt(read, row, indication), decimalAt(read, row, reference)]
    if (value === undefined || referenceValue === undefined) continue
    const truth = inUnitOf(referenceValue, reference, indication, false)
    const shown = inUnitOf(value, indication, indication, false)
    if (truth === undefined || shown === undefined) continue
    const mean = meanOfRepeats(read, row, indication)
    // Also the unrounded mean, if the printed indication is that mean.
    if (mean !== undefined && meets(exactly(mean), shown)) found.push({ columns, row, indication, shown: exactly(mean), truth })
    found.push({ columns, row, indication, shown, truth })
  }
  const [first, second] = found
  if (columns.indications.length === 2 && found.length === 2 && first !== undefined && second !== undefined) {
    const step = stepBetween(second.indication, first.indication)
    if (step !== undefined) found.push({ ...first, shown: times(plus(first.shown, times(second.shown, step)), HALF) })
  }
  return found
}

/** Mean of the repeated readings of a row in the unit of the indication and of its stroke; undefined if one is missing. */
function meanOfRepeats(read: ReadTable, row: number, { column }: ReadColumn): Rational | undefined {
  let [sum, count]: [Rational, bigint] = [ZERO, 0n]
  const cells = read.table.rows[row]
  for (const [at, repeat] of read.table.columns.entries()) {
    if (repeat.role !== 'repeat' || repeat.unit !== column.unit || (repeat.direction ?? column.direction) !== column.direction) continue
    const cell = cells?.[at]
    if (cell === null || cell === undefined) return undefined
    const value = fromDecimal(parseDecimal(cell))
    sum = {
      numerator: sum.numerator * value.denominator + value.numerator * sum.denominator,
      denominator: sum.denominator * value.denominator,
    }
    count++
  }
  return count < 2n ? undefined : rational(sum.numerator, sum.denominator * count)
}

/**
 * Compares a stated value with the expected one: rounded by GB/T 8170, rounded the other way at a tie, within the printed digits,
 * or different.
 */
export function match(expected: Printed, stated: Decimal, column: ReadColumn): Match {
  const interval = roundingOf(stated, column)
  const value = fromDecimal(stated)
  if (compareRational(roundedTo(expected.exact, interval), value) === 0) return 'equal'
  const half = multiplyRational(interval, HALF)
  const written = around(value, half)
  if (compareRational(expected.exact, written.low) === 0 || compareRational(expected.exact, written.high) === 0) return 'tie'
  return meets(expected, written) ? 'rounded' : 'differs'
}

const RANKS: readonly Match[] = ['equal', 'tie', 'rounded', 'differs']
export const better = (a: Match, b: Match): boolean => RANKS.indexOf(a) < RANKS.indexOf(b)

/** The columns of each error column; error columns without columns of readings are omitted. */
export function errorColumns(read: ReadTable): readonly ErrorColumns[] {
  const found: ErrorColumns[] = []
  for (const error of columnsOf(read, 'error')) {
    const reference = columnBeside(read, 'reference', error)
    const own = columnBeside(read, 'indication', error)
    const indications = own !== undefined ? [own] : error.column.direction === undefined ? columnsOf(read, 'indication') : []
    if (reference !== undefined && indications.length > 0) found.push({ read, error, indications, reference })
  }
  return found
}
