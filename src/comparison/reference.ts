/** The reference value of a comparison, by each of the methods in use, as exact fractions. */
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  squareRational,
  subtractRational,
  toDecimal,
} from '../base/rational.js'
import type { Laboratory } from './evaluate.js'
import type { Correlation } from './scores.js'

/** How the reference value is formed; contributors are all laboratories unless named. */
export type ReferenceRule<V, U> =
  | { readonly method: 'weighted-mean' | 'mean' | 'median'; readonly contributors?: readonly string[] }
  /** The pilots' own result: of several, their weighted mean (JJF 1117—2010). */
  | { readonly method: 'pilot'; readonly contributors: readonly string[] }
  | { readonly method: 'given'; readonly value: V; readonly uncertainty: U; readonly contributors?: undefined }

export interface Reference {
  readonly value: Rational
  readonly variance: Rational
  readonly contributors: readonly string[]
  readonly correlation: Correlation
}

type Formed = Omit<Reference, 'contributors'>

const reciprocal = (value: Rational): Rational => divideRational(rational(1n), value)

/**
 * Exact while the denominator has at most 128 digits, as it has for the uncertainties of any real round; beyond, every step
 * is rounded to 100 digits after the point, for the denominators of five hundred odd uncertainties would multiply.
 */
const bounded = (value: Rational): Rational => (value.denominator < MOST ? value : fromDecimal(toDecimal(value, 100)))
const MOST = 10n ** 128n
/** Sum, exact within the bound above. */
export const sum = (values: readonly Rational[]): Rational =>
  values.reduce((total, value) => bounded(addRational(total, value)), rational(0n))
const countOf = (laboratories: readonly unknown[]): Rational => rational(BigInt(laboratories.length))

/** Weights 1/u²; variance 1/Σ(1/u²) (Cox 2002 §5.1; JJF 1117—2010). */
function weightedMean(laboratories: readonly Laboratory[]): Formed {
  const weight = sum(laboratories.map(({ variance }) => reciprocal(variance)))
  const value = divideRational(sum(laboratories.map((one) => divideRational(one.value, one.variance))), weight)
  return { value: bounded(value), variance: bounded(reciprocal(weight)), correlation: 'weighted-mean' }
}

/** Variance Σu²/n². */
function mean(laboratories: readonly Laboratory[]): Formed {
  const n = countOf(laboratories)
  return {
    value: divideRational(sum(laboratories.map(({ value }) => value)), n),
    variance: divideRational(sum(laboratories.map(({ variance }) => variance)), squareRational(n)),
    correlation: 'mean',
  }
}

/**
 * Median, with u = 1.25·s/√n and s the scaled median absolute deviation 1.483·MAD (ISO 13528:2022 7.7, C.2).
 * Where more than half of the results are equal MAD is nought; then the mean variance takes its place.
 */
function median(laboratories: readonly Laboratory[]): Formed {
  const value = middle(laboratories.map((one) => one.value))
  const deviation = middle(laboratories.map((one) => absoluteRational(subtractRational(one.value, value))))
  const robust = multiplyRational(squareRational(rational(1483n, 1000n)), squareRational(deviation))
  const n = countOf(laboratories)
  const spread = robust.numerator === 0n ? divideRational(sum(laboratories.map(({ variance }) => variance)), n) : robust
  // The correlation of a median with its contributors has no closed form and is neglected (ISO 13528:2022 9.6 note).
  return { value, variance: divideRational(multiplyRational(squareRational(rational(5n, 4n)), spread), n), correlation: 'none' }
}

function middle(values: readonly Rational[]): Rational {
  const sorted = [...values].sort(compareRational)
  const half = sorted.length >> 1
  const upper = sorted[half] as Rational
  return sorted.length % 2 === 1 ? upper : divideRational(addRational(sorted[half - 1] as Rational, upper), rational(2n))
}

const METHODS = { 'weighted-mean': weightedMean, mean, median, pilot: weightedMean } as const

/** Forms the reference value. At least one of the laboratories must contribute. */
export function formReference(rule: ReferenceRule<Rational, Rational>, laboratories: readonly Laboratory[]): Reference {
  if (rule.method === 'given') return { value: rule.value, variance: rule.uncertainty, contributors: [], correlation: 'none' }
  const named = rule.contributors && new Set(rule.contributors)
  const contributing = named === undefined ? laboratories : laboratories.filter(({ code }) => named.has(code))
  return { ...METHODS[rule.method](contributing), contributors: contributing.map(({ code }) => code) }
}
