/**
 * A stated score against the numbers printed beside it. A laboratory's result and uncertainty are what it reported, and exact;
 * the reference value was rounded for print, so it is an interval, and so is the score. A stated score outside it differs;
 * where another formula or the other sign explains it, that is named.
 */
import { type Decimal, formatDecimal } from '../base/decimal.js'
import {
  addRational,
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  squareRational,
  subtractRational,
} from '../base/rational.js'
import { type Correlation, differenceVariance, type ScoreName, shownScore, signedSquare } from './scores.js'

/** A printed number: an uncertainty as u or as U with k. */
export interface PrintedUncertainty {
  readonly value: Decimal
  /** 1 for a standard uncertainty. */
  readonly k: Decimal
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
}

/** `agrees`, or what the difference is. `correlation-ignored` and `-assumed`: the stated score comes from the other formula. */
export type ScoreAgreement = 'agrees' | 'sign' | 'correlation-ignored' | 'correlation-assumed' | 'differs' | 'not-computable'

export interface RecomputedScore {
  readonly agreement: ScoreAgreement
  /** From the printed numbers, to the places of the stated score; absent where it cannot be computed. */
  readonly expected?: string
}

interface Interval {
  readonly low: Rational
  readonly high: Rational
}

const HALF = rational(1n, 2n)
const ZERO = rational(0n)
const half = ({ scale }: Decimal): Rational => multiplyRational(rational(1n, 10n ** BigInt(scale)), HALF)
const around = (value: Decimal): Interval => ({
  low: subtractRational(fromDecimal(value), half(value)),
  high: addRational(fromDecimal(value), half(value)),
})
const most = (a: Rational, b: Rational): Rational => (compareRational(a, b) > 0 ? a : b)
const exactly = (value: Rational): Interval => ({ low: value, high: value })

/** u² of a printed uncertainty; its lower end is not below nought. */
function varianceOf({ value, k }: PrintedUncertainty): Interval {
  const { low, high } = around(value)
  const by = fromDecimal(k)
  return { low: squareRational(divideRational(most(low, ZERO), by)), high: squareRational(divideRational(high, by)) }
}

/** Recomputes one score. Every decimal is as printed, in one unit; `k` factors are positive. */
export function recomputeScore(printed: PrintedScore): RecomputedScore {
  const result = fromDecimal(printed.result)
  const { low: lowest, high: highest } = around(printed.reference)
  const difference: Interval = { low: subtractRational(result, highest), high: subtractRational(result, lowest) }
  const exactDifference = subtractRational(result, fromDecimal(printed.reference))
  const variance = (correlation: Correlation): Interval => denominator(printed, correlation)
  const agreesWith = (stated: Decimal, correlation: Correlation): boolean =>
    covers(signedSquares(difference, variance(correlation)), { low: signed(around(stated).low), high: signed(around(stated).high) })

  const { low, high } = variance(printed.correlation)
  if (high.numerator <= 0n) return { agreement: 'not-computable' }
  const middle = multiplyRational(addRational(most(low, ZERO), high), HALF)
  const squared = signedSquare(exactDifference, middle)
  const expected = squared === undefined ? undefined : formatDecimal(shownScore(squared, printed.stated.scale))
  const answer = (agreement: ScoreAgreement): RecomputedScore => ({ agreement, ...(expected !== undefined && { expected }) })
  if (agreesWith(printed.stated, printed.correlation)) return answer('agrees')
  const opposite = { ...printed.stated, coefficient: -printed.stated.coefficient }
  if (agreesWith(opposite, printed.correlation)) return answer('sign')
  if (printed.score !== 'z') {
    if (printed.correlation !== 'none' && agreesWith(printed.stated, 'none')) return answer('correlation-ignored')
    if (printed.correlation === 'none' && printed.contributors > 0 && agreesWith(printed.stated, 'weighted-mean'))
      return answer('correlation-assumed')
  }
  return answer('differs')
}

/** The square of the denominator. */
function denominator(
  { score, uncertainty, referenceUncertainty, drift, k, sigma, contributors }: PrintedScore,
  correlation: Correlation,
): Interval {
  if (score === 'z') return sigma === undefined ? exactly(ZERO) : squareOf(around(sigma))
  const own = exactly(squareRational(divideRational(fromDecimal(uncertainty.value), fromDecimal(uncertainty.k))))
  const reference = varianceOf(referenceUncertainty)
  const isSubtracted = correlation === 'weighted-mean'
  const low = differenceVariance(own.low, isSubtracted ? reference.high : reference.low, correlation, contributors)
  const high = differenceVariance(own.high, isSubtracted ? reference.low : reference.high, correlation, contributors)
  if (score === 'zeta') return { low, high }
  const unstable = drift === undefined ? exactly(ZERO) : varianceOf(drift)
  const factor = squareRational(fromDecimal(k))
  return { low: multiplyRational(factor, addRational(low, unstable.low)), high: multiplyRational(factor, addRational(high, unstable.high)) }
}

const squareOf = ({ low, high }: Interval): Interval => ({ low: squareRational(most(low, ZERO)), high: squareRational(high) })
const signed = (value: Rational): Rational =>
  value.numerator < 0n ? { ...squareRational(value), numerator: -squareRational(value).numerator } : squareRational(value)

/** sign(d)·d²/variance over both intervals; an end is open where the variance may be nought. */
function signedSquares(difference: Interval, variance: Interval): { low?: Rational; high?: Rational } {
  const lowest = most(variance.low, ZERO)
  const at = (end: Rational, away: boolean): Rational | undefined => signedSquare(end, away ? lowest : variance.high)
  // Away from nought the score grows as the variance shrinks.
  const low = at(difference.low, difference.low.numerator < 0n)
  const high = at(difference.high, difference.high.numerator > 0n)
  return { ...(low !== undefined && { low }), ...(high !== undefined && { high }) }
}

const covers = (range: { low?: Rational; high?: Rational }, stated: Interval): boolean =>
  (range.low === undefined || compareRational(range.low, stated.high) <= 0) &&
  (range.high === undefined || compareRational(stated.low, range.high) <= 0)
