/**
 * Recomputes a stated score from the numbers printed beside it. A laboratory's result and uncertainty are exact as reported; the
 * reference value was rounded for printing, so it is an interval, and so is the score. A stated score outside that interval
 * differs; if another formula or the opposite sign explains it, the result names that.
 */
import { compare, type Decimal, formatDecimal } from '../base/decimal.js'
import { compareRational, type Rational, rational, squareRational, unreduced } from '../base/rational.js'
import { type Correlation, differenceVariance, type ScoreName, shownScore, signedSquare } from './scores.js'

/** A printed uncertainty, as u or as U with k. */
export interface PrintedUncertainty {
  readonly value: Decimal
  /** 1 for a standard uncertainty. */
  readonly k: Decimal
  /** Factor from a relative uncertainty to the unit of the value. @default 1 */
  readonly by?: Rational | undefined
}

export interface PrintedScore {
  readonly score: ScoreName
  readonly stated: Decimal
  readonly result: Decimal
  readonly uncertainty: PrintedUncertainty
  readonly reference: Decimal
  readonly referenceUncertainty: PrintedUncertainty
  readonly drift?: PrintedUncertainty | undefined
  /** Coverage factor of En. */
  readonly k: Decimal
  /** σpt, for z. */
  readonly sigma?: Decimal | undefined
  readonly correlation: Correlation
  readonly contributors: number
  /** True if the reference value is this result itself, which cannot be scored against itself. @default false */
  readonly isOwnValue?: boolean
}

/**
 * `agrees`, or the kind of disagreement. `correlation-ignored` and `-assumed`: the stated score results from the other formula;
 * `drift-ignored`: ζ omits the instability of the travelling standard; `own-value`: a score of zero against itself.
 */
export type ScoreAgreement =
  | 'agrees'
  | 'sign'
  | 'correlation-ignored'
  | 'correlation-assumed'
  | 'drift-ignored'
  | 'own-value'
  | 'differs'
  | 'not-computable'

export interface RecomputedScore {
  readonly agreement: ScoreAgreement
  /** Computed from the printed numbers, to the decimal places of the stated one; absent if it cannot be computed. */
  readonly expected?: string
}

interface Interval {
  readonly low: Rational
  readonly high: Rational
}

/** An absent end is unbounded. */
type OpenInterval = { readonly [End in keyof Interval]: Interval[End] | undefined }

// Without reduction to lowest terms: each call makes only a dozen steps and compares the result itself.
const { add, divide, fromDecimal, multiply, subtract } = unreduced
const HALF = rational(1n, 2n)
const ZERO = rational(0n)
const ONE = rational(1n)
/** The interval of values that round to a printed number. */
function around({ coefficient, scale }: Decimal): Interval {
  const denominator = 2n * 10n ** BigInt(scale)
  const twice = 2n * coefficient
  return { low: { numerator: twice - 1n, denominator }, high: { numerator: twice + 1n, denominator } }
}
const most = (a: Rational, b: Rational): Rational => (compareRational(a, b) > 0 ? a : b)
const exactly = (value: Rational): Interval => ({ low: value, high: value })
const NONE = exactly(ZERO)

/** u² of a printed uncertainty; its lower end is not below zero. */
function varianceOf({ value, k, by }: PrintedUncertainty): Interval {
  const { low, high } = around(value)
  const varianceAt = (end: Rational): Rational => squareRational(divide(by === undefined ? end : multiply(end, by), fromDecimal(k)))
  return { low: varianceAt(most(low, ZERO)), high: varianceAt(high) }
}

/** u² of an uncertainty as reported. */
const exactVariance = ({ value, k, by = ONE }: PrintedUncertainty): Rational =>
  squareRational(divide(multiply(fromDecimal(value), by), fromDecimal(k)))

/** Recomputes one score. All decimals are as printed, in one unit; coverage factors are positive. */
export function recomputeScore(printed: PrintedScore): RecomputedScore {
  const agreement = scoreAgreement(printed)
  return { agreement, ...(agreement !== 'not-computable' && expectedOf(printed, denominator(printed, printed.correlation))) }
}

/** Without the expected score: its square root costs more than everything else, and few are shown. */
export function scoreAgreement(printed: PrintedScore): ScoreAgreement {
  if (printed.isOwnValue === true) return covers(NONE, around(printed.stated)) ? 'own-value' : 'not-computable'
  const result = fromDecimal(printed.result)
  const { low: lowest, high: highest } = around(printed.reference)
  const difference: Interval = { low: subtract(result, highest), high: subtract(result, lowest) }
  const variance = denominator(printed, printed.correlation)
  if (variance.high.numerator <= 0n) return 'not-computable'
  const { low, high } = around(printed.stated)
  const stated: Interval = { low: signed(low), high: signed(high) }
  const own = signedSquares(difference, variance)
  if (covers(own, stated)) return 'agrees'
  const agreesWith = (other: PrintedScore, correlation: Correlation): boolean =>
    covers(signedSquares(difference, denominator(other, correlation)), stated)
  if (printed.score === 'en' && agreesWith(asReported(printed), printed.correlation)) return 'agrees'
  if (covers(own, { low: negated(stated.high), high: negated(stated.low) })) return 'sign'
  // A formula with the same result cannot explain a score that differs.
  if (printed.score === 'zeta' && agreesWith({ ...printed, drift: undefined }, printed.correlation)) return 'drift-ignored'
  if (agreesWith(printed, 'none')) return 'correlation-ignored'
  if (printed.correlation === 'none' && printed.contributors > 0 && agreesWith(printed, 'weighted-mean')) return 'correlation-assumed'
  return 'differs'
}

/**
 * ISO 13528:2022 9.7 uses each U in En as reported, whatever its k; JJF 1117—2010 uses k·u with one k. Both are in use, and are
 * equal if all k are.
 */
function asReported(printed: PrintedScore): PrintedScore {
  const { k, uncertainty, referenceUncertainty, drift } = printed
  const reported = (one: PrintedUncertainty): PrintedUncertainty => (compare(one.k, UNIT) === 0 ? one : { ...one, k })
  return {
    ...printed,
    uncertainty: reported(uncertainty),
    referenceUncertainty: reported(referenceUncertainty),
    drift: drift && reported(drift),
  }
}
const UNIT: Decimal = { coefficient: 1n, scale: 0 }

/** The score computed from the printed numbers, to the decimal places of the stated one. */
function expectedOf({ result, reference, stated }: PrintedScore, { low, high }: Interval): { readonly expected?: string } {
  const middle = multiply(add(most(low, ZERO), high), HALF)
  const squared = signedSquare(subtract(fromDecimal(result), fromDecimal(reference)), middle)
  return squared === undefined ? {} : { expected: formatDecimal(shownScore(squared, stated.scale)) }
}

/** The square of the denominator. */
function denominator(
  { score, uncertainty, referenceUncertainty, drift, k, sigma, contributors }: PrintedScore,
  correlation: Correlation,
): Interval {
  if (score === 'z') return sigma === undefined || sigma.coefficient <= 0n ? NONE : squareOf(around(sigma))
  const own = exactly(exactVariance(uncertainty))
  const reference = varianceOf(referenceUncertainty)
  const isSubtracted = correlation === 'weighted-mean'
  const low = differenceVariance(own.low, isSubtracted ? reference.high : reference.low, correlation, contributors)
  const high = differenceVariance(own.high, isSubtracted ? reference.low : reference.high, correlation, contributors)
  const unstable = drift === undefined ? NONE : varianceOf(drift)
  // ζ uses standard uncertainties, En expanded ones (ISO 13528:2022 9.6, 9.7).
  const factor = score === 'zeta' ? ONE : squareRational(fromDecimal(k))
  return { low: multiply(factor, add(low, unstable.low)), high: multiply(factor, add(high, unstable.high)) }
}

const squareOf = ({ low, high }: Interval): Interval => ({ low: squareRational(most(low, ZERO)), high: squareRational(high) })
const signed = (value: Rational): Rational => (value.numerator < 0n ? negated(squareRational(value)) : squareRational(value))
const negated = ({ numerator, denominator }: Rational): Rational => ({ numerator: -numerator, denominator })

/** sign(d)·d²/variance over both intervals; an end is unbounded if the variance may be zero. */
function signedSquares(difference: Interval, variance: Interval): OpenInterval {
  const lowest = most(variance.low, ZERO)
  const at = (end: Rational, away: boolean): Rational | undefined => signedSquare(end, away ? lowest : variance.high)
  // The magnitude of the score grows as the variance shrinks.
  return {
    low: at(difference.low, difference.low.numerator < 0n),
    high: at(difference.high, difference.high.numerator > 0n),
  }
}

const covers = (range: OpenInterval, stated: Interval): boolean =>
  (range.low === undefined || compareRational(range.low, stated.high) <= 0) &&
  (range.high === undefined || compareRational(stated.low, range.high) <= 0)
