/**
 * Printed numbers as intervals: a number rounded once before printing is within half a unit of its last place. GB/T 8170—2008 3.1
 */
import { compare, type Decimal, divideHalfEven, parseDecimal, roundToInterval } from '../base/decimal.js'
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '../base/rational.js'
import { convertExactly, isCommensurable } from '../catalogue/index.js'
import type { ReadColumn } from '../records/index.js'

/** A value between `low` and `high`; `exact` is the value as printed, or as computed from printed values. */
export interface Printed {
  readonly exact: Rational
  readonly low: Rational
  readonly high: Rational
}

export const ZERO = rational(0n)
const HALF = rational(1n, 2n)
const ONE: Decimal = { coefficient: 1n, scale: 0 }

export const around = (exact: Rational, half: Rational): Printed => ({
  exact,
  low: subtractRational(exact, half),
  high: addRational(exact, half),
})
export const exactly = (exact: Rational): Printed => ({ exact, low: exact, high: exact })
export const plus = (a: Printed, b: Printed): Printed => ({
  exact: addRational(a.exact, b.exact),
  low: addRational(a.low, b.low),
  high: addRational(a.high, b.high),
})
const negative = ({ numerator, denominator }: Rational): Rational => ({ numerator: -numerator, denominator })
export const minus = (a: Printed, b: Printed): Printed =>
  plus(a, { exact: negative(b.exact), low: negative(b.high), high: negative(b.low) })
export const times = (a: Printed, factor: Rational): Printed => {
  const [low, high] = [multiplyRational(a.low, factor), multiplyRational(a.high, factor)]
  const isTurned = factor.numerator < 0n
  return { exact: multiplyRational(a.exact, factor), low: isTurned ? high : low, high: isTurned ? low : high }
}

/** Undefined if the divisor may be zero. */
export function over(a: Printed, by: Printed): Printed | undefined {
  if (by.low.numerator <= 0n && by.high.numerator >= 0n) return undefined
  let low: Rational | undefined
  let high: Rational | undefined
  for (const numerator of [a.low, a.high]) {
    for (const denominator of [by.low, by.high]) {
      const corner = divideRational(numerator, denominator)
      if (low === undefined || compareRational(corner, low) < 0) low = corner
      if (high === undefined || compareRational(corner, high) > 0) high = corner
    }
  }
  return { exact: divideRational(a.exact, by.exact), low: low as Rational, high: high as Rational }
}

/** Magnitude of a value: for an interval that contains zero, from zero to its longer side. */
export function magnitude(a: Printed): Printed {
  const [low, high] = [absoluteRational(a.low), absoluteRational(a.high)]
  const isBelow = compareRational(low, high) < 0
  const holdsZero = a.low.numerator <= 0n && a.high.numerator >= 0n
  return { exact: absoluteRational(a.exact), low: holdsZero ? ZERO : isBelow ? low : high, high: isBelow ? high : low }
}

export const meets = (a: Printed, b: Printed): boolean => compareRational(a.low, b.high) <= 0 && compareRational(b.low, a.high) <= 0

/** The rounding interval of a value: that of its column if the value is a multiple of it, otherwise one unit of the last place. */
export function roundingOf(value: Decimal, { column }: ReadColumn): Rational {
  if (column.roundTo !== undefined) {
    const interval = parseDecimal(column.roundTo)
    if (compare(roundToInterval(value, interval), value) === 0) return fromDecimal(interval)
  }
  return rational(1n, 10n ** BigInt(value.scale))
}

/** Rounds half to even to a multiple of an interval. */
export function roundedTo(value: Rational, interval: Rational): Rational {
  const multiples = divideRational(value, interval)
  return multiplyRational(rational(divideHalfEven(multiples.numerator, multiples.denominator)), interval)
}

/** Converts a cell to the unit of another column; undefined if they do not measure the same quantity. */
export function inUnitOf(value: Decimal, from: ReadColumn, to: ReadColumn, difference: boolean): Printed | undefined {
  const half = multiplyRational(roundingOf(value, from), HALF)
  // Equal codes are equal units, even if this package does not know the unit.
  if (from.column.unit === to.column.unit) return around(fromDecimal(value), half)
  const [source, target] = [from.unit, to.unit]
  if (source === undefined || target === undefined || !isCommensurable(source, target)) return undefined
  const step = convertExactly(ONE, source, target, true)
  return around(convertExactly(value, source, target, difference), multiplyRational(half, step))
}

export const sameUnit = (a: ReadColumn, b: ReadColumn): boolean => a.column.unit === b.column.unit
