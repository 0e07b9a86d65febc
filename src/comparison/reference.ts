/** The reference value of a comparison, by each method in use, as exact fractions. */
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  multiplyRational,
  type Rational,
  rational,
  reduced,
  squareRational,
  toDecimal,
  unreduced,
} from '../base/rational.js'
import type { Correlation } from './scores.js'

/** A laboratory with its value and variance u² as numbers. */
export interface Laboratory {
  readonly code: string
  readonly value: Rational
  readonly variance: Rational
}

/** How the reference value is formed; contributors are all laboratories unless named. */
export type ReferenceRule<V, U> =
  | { readonly method: 'weighted-mean' | 'mean' | 'median'; readonly contributors?: readonly string[] }
  /** The pilots' own result; for several, their weighted mean (JJF 1117—2010). */
  | { readonly method: 'pilot'; readonly contributors: readonly string[] }
  | { readonly method: 'given'; readonly value: V; readonly uncertainty: U; readonly contributors?: undefined }

export interface Reference {
  readonly value: Rational
  readonly variance: Rational
  readonly contributors: readonly string[]
  readonly correlation: Correlation
}

type Formed = Omit<Reference, 'contributors'>

const reciprocal = ({ numerator, denominator }: Rational): Rational => ({ numerator: denominator, denominator: numerator })

/**
 * Exact up to denominators of 128 digits, which suffice for the uncertainties of any real comparison; beyond that, values are
 * rounded to 100 decimal places, because the denominators of five hundred unusual uncertainties would multiply.
 */
function bounded(given: Rational): Rational {
  const value = given.denominator < MOST ? given : reduced(given)
  return value.denominator < MOST ? value : rounded(value)
}
const rounded = (value: Rational): Rational => unreduced.fromDecimal(toDecimal(value, DIGITS))
const DIGITS = 100
const ROUNDED = 10n ** BigInt(DIGITS)
const MOST = 10n ** 128n
/** Reduction to lowest terms is expensive; up to this length it is cheaper to carry the denominator unreduced. */
const LONG = 10n ** 400n
/** Terms above this size cannot come from real data; skip the reduction and round. */
const ABSURD = 10n ** 64n

/** Sum, exact within the above bound; otherwise computed in fixed point. */
export function sum(values: readonly Rational[]): Rational {
  if (values.some(({ denominator }) => denominator >= ABSURD)) return digitByDigit(values)
  let total = rational(0n)
  for (const [at, value] of values.entries()) {
    total = unreduced.add(total, value)
    if (total.denominator < LONG) continue
    total = reduced(total)
    if (total.denominator >= MOST) return digitByDigit([total, ...values.slice(at + 1)])
  }
  return bounded(total)
}

function digitByDigit(values: readonly Rational[]): Rational {
  const coefficient = values.reduce((all, one) => all + toDecimal(one, DIGITS).coefficient, 0n)
  return unreduced.fromDecimal({ coefficient, scale: DIGITS })
}
const countOf = (laboratories: readonly unknown[]): Rational => rational(BigInt(laboratories.length))

/** Weights 1/u²; variance 1/Σ(1/u²) (Cox 2002 §5.1; JJF 1117—2010). */
function weightedMean(laboratories: readonly Laboratory[]): Formed {
  const weight = sum(laboratories.map(({ variance }) => reciprocal(variance)))
  const weighted = sum(laboratories.map((one) => unreduced.divide(one.value, one.variance)))
  // Once an operand has been rounded, round the result too.
  const within = weight.denominator === ROUNDED || weighted.denominator === ROUNDED ? rounded : bounded
  return { value: within(unreduced.divide(weighted, weight)), variance: within(reciprocal(weight)), correlation: 'weighted-mean' }
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
 * Median, with u = 1.25·s/√n and s the scaled median absolute deviation 1.483·MAD (ISO 13528:2022 7.7, C.2). If more than half of
 * the results are equal, MAD is zero; the mean variance is then used instead.
 */
function median(laboratories: readonly Laboratory[]): Formed {
  const value = middle(laboratories.map((one) => one.value))
  const deviation = middle(laboratories.map((one) => absoluteRational(unreduced.subtract(one.value, value))))
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

/** Forms the reference value. At least one laboratory must contribute. */
export function formReference(rule: ReferenceRule<Rational, Rational>, laboratories: readonly Laboratory[]): Reference {
  if (rule.method === 'given') return { value: rule.value, variance: rule.uncertainty, contributors: [], correlation: 'none' }
  const named = rule.contributors && new Set(rule.contributors)
  const contributing = named === undefined ? laboratories : laboratories.filter(({ code }) => named.has(code))
  return { ...METHODS[rule.method](contributing), contributors: contributing.map(({ code }) => code) }
}
