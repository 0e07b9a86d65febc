/**
 * Scores of a laboratory: En, ζ, z. A score is represented by its signed square, a fraction, so that it can be compared exactly
 * with its limit; the square root is computed for display only.
 */

import { type Decimal, formatDecimal, negate, parseDecimal } from '../base/decimal.js'
import {
  absoluteRational,
  compareRational,
  fromDecimal,
  type Rational,
  rational,
  sqrtRational,
  squareRational,
  unreduced,
} from '../base/rational.js'
import { fault } from './messages.js'

export type ScoreName = 'en' | 'zeta' | 'z'
/** 满意、有问题、不满意. En has no `questionable`. */
export type ScoreOutcome = 'satisfactory' | 'questionable' | 'unsatisfactory'

/** How the uncertainty of the reference value enters the variance of a difference to it. */
export type Correlation = 'none' | 'weighted-mean' | 'mean'

/** sign(d)·d²/variance; undefined if the variance is not positive. */
export function signedSquare(difference: Rational, variance: Rational): Rational | undefined {
  if (variance.numerator <= 0n) return undefined
  const squared = unreduced.divide(squareRational(difference), variance)
  return difference.numerator < 0n ? { ...squared, numerator: -squared.numerator } : squared
}

/** The score for display, rounded half to even. */
export function shownScore(squared: Rational, scale: number): Decimal {
  const root = sqrtRational(absoluteRational(squared), scale)
  return squared.numerator < 0n ? negate(root) : root
}

/**
 * Variance of the difference between a result and the reference value. A contributor is correlated with it: for a weighted mean u²
 * − ur² (JJF 1117—2010; Cox 2002, Metrologia 39, eq. 5); for an arithmetic mean of n, u²(1 − 2/n) + ur².
 */
export function differenceVariance(own: Rational, reference: Rational, correlation: Correlation, contributors: number): Rational {
  const { add, multiply, subtract } = unreduced
  if (correlation === 'weighted-mean') return subtract(own, reference)
  if (correlation === 'mean') return add(multiply(own, rational(BigInt(contributors - 2), BigInt(contributors))), reference)
  return add(own, reference)
}

const ONE = rational(1n)
const FOUR = rational(4n)
const NINE = rational(9n)

/**
 * Limits of the squares: En 1 (JJF 1117—2010; ISO 13528:2022 9.7), ζ and z 2 and 3 (ISO 13528:2022 9.4, 9.6). They are not
 * interchangeable.
 */
const LIMITS: Readonly<Record<ScoreName, (squared: Rational) => ScoreOutcome>> = {
  en: (squared) => (compareRational(squared, ONE) <= 0 ? 'satisfactory' : 'unsatisfactory'),
  zeta: (squared) => byTwoAndThree(squared),
  z: (squared) => byTwoAndThree(squared),
}

function byTwoAndThree(squared: Rational): ScoreOutcome {
  if (compareRational(squared, FOUR) <= 0) return 'satisfactory'
  return compareRational(squared, NINE) < 0 ? 'questionable' : 'unsatisfactory'
}

/** The outcome of a score, from its signed square. */
export const outcomeOf = (score: ScoreName, squared: Rational): ScoreOutcome => LIMITS[score](absoluteRational(squared))

/**
 * En of a degree of equivalence: a difference to the reference value with its own expanded uncertainty, as key comparisons publish
 * it (CIPM MRA-G-11). Decimal texts in one unit; U is positive.
 * @throws `decimal.syntax`; `comparison.not-positive`
 */
export function scoreDifference(difference: string, expanded: string, scale = 2): { readonly en: string; readonly outcome: ScoreOutcome } {
  const squared = signedSquare(fromDecimal(parseDecimal(difference)), squareRational(fromDecimal(parseDecimal(expanded))))
  if (squared === undefined || expanded.startsWith('-')) throw fault('comparison.not-positive', { text: expanded })
  return { en: formatDecimal(shownScore(squared, scale)), outcome: outcomeOf('en', squared) }
}
