/** Usual methods of forming an error, tried in order if a table does not state its method. */
import { type Decimal, formatDecimal, parseDecimal, subtract } from '../base/decimal.js'
import {
  addRational,
  compareRational,
  divideRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '../base/rational.js'
import type { AnyRecord } from '../records/index.js'
import {
  changeoverPoint,
  difference,
  type ErrorColumns,
  type Method,
  magnitudeIn,
  ofReading,
  ofReference,
  ofSpan,
  type Readings,
} from './error-methods.js'
import { around, magnitude, minus, over, type Printed, roundingOf, times } from './printed.js'

export type Instrument = Extract<AnyRecord, { instrument: object }>['instrument']

const HALF = rational(1n, 2n)
const FULL_SCALE = /\{(?:F\.?S\.?|span)\}/i

/** The default method: a difference, or its ratio to the reference, or to the span if the unit says so. */
export function usualMethod({ error, indications, reference }: ErrorColumns, instrument: Instrument): Method {
  const isRatio = error.unit?.dimension === '1' && indications[0]?.unit?.dimension !== '1' && reference.unit?.dimension !== '1'
  const [span] = FULL_SCALE.test(error.column.unit ?? '') ? spansOf(instrument) : []
  return span ?? (isRatio ? ofReference : difference)
}

/** A difference is never stated in a coarser unit than the readings: 3.6 % beside 50.2 μmol/mol can only be relative. */
export const isEvident = ({ error: { unit }, reference }: ErrorColumns, method: Method): boolean =>
  method === ofReference && unit !== undefined && reference.unit !== undefined && compareRational(reference.unit.factor, unit.factor) < 0

/** The span of the instrument, and the upper limit of its range if that differs. */
export function spansOf({ range }: Instrument): readonly Method[] {
  if (range?.upper === undefined) return []
  const upper = ofSpan({ value: range.upper, unit: range.unit })
  if (range.lower === undefined) return [upper]
  const span = formatDecimal(subtract(parseDecimal(range.upper), parseDecimal(range.lower)))
  return [ofSpan({ value: span, unit: range.unit }), upper]
}

/** Further possible methods. */
export function otherMethods({ read, error, indications }: ErrorColumns, instrument: Instrument): readonly Method[] {
  const methods = error.unit?.dimension === '1' ? [ofReference, ofReading, ...spansOf(instrument)] : []
  const e = instrument.scaleInterval
  if (e === undefined || indications[0]?.unit?.dimension !== 'kg') return methods
  return [...methods, read.columns.has('additional-load') ? changeoverPoint(e) : withinHalf(e)]
}

/**
 * The changeover-point method without a column of ΔL: the error is within e/2 of the difference. It applies only if the instrument
 * shows multiples of e: one that shows finer steps needs no additional load.
 */
function withinHalf(interval: { readonly value: string; readonly unit: string }): Method {
  const { name } = changeoverPoint(interval)
  return {
    name,
    expected(readings) {
      const plain = difference.expected(readings)
      const e = magnitudeIn(interval, readings.columns.error)
      const shownE = magnitudeIn(interval, readings.indication)
      if (plain === undefined || e === undefined || shownE === undefined || shownE.numerator === 0n) return undefined
      if (divideRational(readings.shown.exact, shownE).denominator !== 1n) return undefined
      const half = multiplyRational(e, HALF)
      return { exact: plain.exact, low: subtractRational(plain.low, half), high: addRational(plain.high, half) }
    },
  }
}

/** A row with its stated error and the readings it is formed from. */
export interface ErrorRow {
  readonly row: number
  readonly stated: Decimal
  readonly readings: readonly Readings[]
}

/** True if a constant needed for the errors is not stated: the interval e beside ΔL, or a span that explains every row. */
export function lacksConstant(columns: ErrorColumns, rows: readonly ErrorRow[], instrument: Instrument): boolean {
  if (columns.read.columns.has('additional-load')) return instrument.scaleInterval === undefined
  return columns.error.unit?.dimension === '1' && hasCommonSpan(columns, rows)
}

/** True if one span, at least as wide as the points, explains all errors as fiducial ones. */
function hasCommonSpan({ error }: ErrorColumns, rows: readonly ErrorRow[]): boolean {
  const factor = error.unit?.factor
  let low: Rational | undefined
  let high: Rational | undefined
  let [least, most]: readonly (Rational | undefined)[] = []
  for (const { stated, readings } of rows) {
    const reading = readings.at(-1)
    if (reading === undefined || factor === undefined) return false
    const { exact: point } = reading.truth
    if (least === undefined || compareRational(point, least) < 0) least = point
    if (most === undefined || compareRational(point, most) > 0) most = point
    const above = minus(reading.shown, reading.truth)
    const value = rational(stated.coefficient, 10n ** BigInt(stated.scale))
    const written = times(around(value, multiplyRational(roundingOf(stated, error), HALF)), factor)
    if (value.numerator * above.exact.numerator < 0n) return false
    const span = spanBetween(magnitude(above), magnitude(written))
    if (span === undefined) continue
    if (low === undefined || compareRational(span.low, low) > 0) low = span.low
    if (span.high !== undefined && (high === undefined || compareRational(span.high, high) < 0)) high = span.high
  }
  if (low === undefined || least === undefined || most === undefined) return false
  const spread = compareRational(least, most) === 0 ? magnitude(around(most, rational(0n))).exact : subtractRational(most, least)
  return high === undefined || (compareRational(low, high) <= 0 && compareRational(spread, high) <= 0)
}

/** The spans that convert a difference to a ratio; unbounded above if the ratio is printed as zero. */
function spanBetween(above: Printed, ratio: Printed): { readonly low: Rational; readonly high: Rational | undefined } | undefined {
  const low = over({ ...above, exact: above.low, high: above.low }, { ...ratio, exact: ratio.high, low: ratio.high })?.low
  const high = over({ ...above, exact: above.high, low: above.high }, { ...ratio, exact: ratio.low, high: ratio.low })?.high
  return low && { low, high }
}
