/** Printed numbers as intervals of half their last digit: a difference within rounding is not a finding. */
import { absolute, type Decimal } from '../base/decimal.js'
import { absoluteRational, compareRational, type Rational, rational, unreduced } from '../base/rational.js'

export interface Interval {
  readonly low: Rational
  readonly high: Rational
}

const { add, fromDecimal, multiply, subtract } = unreduced
const ZERO = rational(0n)
export const HALF = rational(1n, 2n)

/** How a printed number is read: as the interval it may have been rounded from, or as the number itself. */
export type Reading = (printed: Decimal) => Interval

const lastPlace = ({ scale }: Decimal): Rational => rational(1n, 10n ** BigInt(scale))
/**
 * The decimal place to which a stated uncertainty was rounded: trailing zeros of a whole number may be placeholders (297 mK, stated
 * as 300 mK).
 */
export function statedPlace(value: Decimal): Rational {
  if (value.scale > 0 || value.coefficient === 0n) return lastPlace(value)
  const zeros = /0*$/.exec(`${value.coefficient}`)?.[0].length ?? 0
  return rational(10n ** BigInt(zeros))
}
const spread = (middle: Rational, by: Rational): Interval => ({ low: subtract(middle, by), high: add(middle, by) })
/** Clips an interval of magnitudes at zero. */
const sized = ({ low, high }: Interval): Interval => ({ low: low.numerator < 0n ? ZERO : low, high })

export const exactly: Reading = (value) => spread(fromDecimal(value), ZERO)
/** The interval of values that round to a number: half a unit of its last place on either side. A bare 0 is exact. */
export const around: Reading = (value) =>
  value.scale === 0 && value.coefficient === 0n ? exactly(value) : spread(fromDecimal(value), multiply(lastPlace(value), HALF))
export const sizeOf = (value: Decimal, read: Reading): Interval => sized(read(absolute(value)))
/** An uncertainty may also have been rounded up (只进不舍, JJF 1059.1—2012 5.3.8.1): by up to one unit. */
export const statedInterval = (value: Decimal): Interval => sized(spread(fromDecimal(absolute(value)), statedPlace(value)))
/** A whole number is exact: k = 2 is two, r = 1 is one. */
export const factorInterval: Reading = (factor) => (factor.scale === 0 ? exactly(factor) : around(factor))

export const sumOf = (a: Interval, b: Interval): Interval => ({ low: add(a.low, b.low), high: add(a.high, b.high) })
/** Product of magnitudes. */
export const productOf = (a: Interval, b: Interval): Interval => ({ low: multiply(a.low, b.low), high: multiply(a.high, b.high) })
/** Scales by a positive factor. */
export const scaled = ({ low, high }: Interval, by: Rational): Interval => ({ low: multiply(low, by), high: multiply(high, by) })
export const negated = ({ low, high }: Interval): Interval => ({ low: subtract(ZERO, high), high: subtract(ZERO, low) })

export function squared({ low, high }: Interval): Interval {
  const [a, b] = [absoluteRational(low), absoluteRational(high)]
  const [least, most] = compareRational(a, b) <= 0 ? [a, b] : [b, a]
  const holdsZero = low.numerator <= 0n && high.numerator >= 0n
  return { low: holdsZero ? ZERO : multiply(least, least), high: multiply(most, most) }
}

export const meets = (a: Interval, b: Interval): boolean => compareRational(a.low, b.high) <= 0 && compareRational(b.low, a.high) <= 0
