/** Combines a budget by the law of propagation: u² = Σcᵢ² + 2Σrᵢⱼcᵢcⱼ over signed contributions (JCGM 100:2008 5.1, 5.2). */
import { type Decimal, parseDecimal } from '../base/decimal.js'
import { absoluteRational, divideRational, type Rational, rational, reduced, unreduced } from '../base/rational.js'
import { unitOf } from '../catalogue/index.js'
import type { BudgetEntry } from '../records/index.js'
import type { Correlations } from './correlation.js'
import {
  around,
  factorInterval,
  HALF,
  type Interval,
  negated,
  productOf,
  type Reading,
  scaled,
  sizeOf,
  squared,
  sumOf,
} from './interval.js'

/** The value to which relative contributions refer, and the unit of U. */
export interface BudgetBasis {
  /** The measured value as printed, and its factor to the unit of U. */
  readonly value?: { readonly printed: Decimal; readonly factor: Rational } | undefined
  /** Factor of the ratio unit (0.01 for %), if U is a ratio. */
  readonly ratio?: Rational | undefined
}

const { add, fromDecimal, multiply, subtract } = unreduced
const ZERO = rational(0n)
const TWO = rational(2n)
/** A sum of many fractions is reduced to lowest terms once its denominator reaches this length. */
const LONG = 10n ** 400n
const shortened = (value: Rational): Rational => (value.denominator < LONG ? value : reduced(value))
const plus = (a: Interval, b: Interval): Interval => {
  const { low, high } = sumOf(a, b)
  return { low: shortened(low), high: shortened(high) }
}
const NOTHING: Interval = { low: ZERO, high: ZERO }

/** u² of a budget, in the unit of U; undefined if a contribution is relative to a missing value. */
export function varianceOfBudget(
  budget: readonly BudgetEntry[],
  { pairs, linked }: Correlations,
  basis: BudgetBasis,
  read: Reading,
  isCounted: (entry: BudgetEntry) => boolean,
): Interval | undefined {
  let total = NOTHING
  const marked = new Map<string, Interval>()
  const terms = new Map<number, Interval>()
  for (let at = 0; at < budget.length; at++) {
    const entry = budget[at] as BudgetEntry
    if (!isCounted(entry)) continue
    const term = contribution(entry, basis, read)
    if (term === undefined) return undefined
    if (linked.has(at)) terms.set(at, term)
    else if (entry.correlation !== undefined) marked.set(entry.correlation, plus(marked.get(entry.correlation) ?? NOTHING, term))
    else total = plus(total, squared(term))
  }
  for (const sum of marked.values()) total = plus(total, squared(sum))
  return terms.size === 0 ? total : plus(total, quadraticForm(terms, pairs, read))
}

/** A signed contribution in the unit of U. */
function contribution({ standard, relativeTo }: BudgetEntry, { value, ratio }: BudgetBasis, read: Reading): Interval | undefined {
  const printed = parseDecimal(standard)
  const factor = relativeTo === undefined ? undefined : unitOf(relativeTo)?.factor
  if (factor === undefined) return read(printed)
  if (ratio !== undefined) return scaled(read(printed), divideRational(factor, ratio))
  if (value === undefined) return undefined
  const size = productOf(sizeOf(printed, read), scaled(sizeOf(value.printed, read), multiply(factor, value.factor)))
  return printed.coefficient < 0n ? negated(size) : size
}

interface Term {
  readonly middle: Rational
  readonly half: Rational
}
const asTerm = ({ low, high }: Interval): Term => ({ middle: multiply(add(low, high), HALF), half: multiply(subtract(high, low), HALF) })
const most = ({ middle, half }: Term): Rational => add(absoluteRational(middle), half)

/**
 * Bounds of Σcᵢ² + 2Σrᵢⱼcᵢcⱼ over all readings of the printed numbers. Around the middle values, the form equals f + g·δ + δᵀRδ:
 * the linear part has its extremes at the corners; the square part is not negative, because R is positive semi-definite; the
 * effect of rounding r is bounded pair by pair. These bounds are tight even if contributions cancel; products of intervals would
 * not be.
 */
function quadraticForm(terms: ReadonlyMap<number, Interval>, pairs: Correlations['pairs'], read: Reading): Interval {
  const parts = new Map([...terms].map(([at, interval]) => [at, asTerm(interval)]))
  const slopes = new Map([...parts].map(([at, { middle }]) => [at, middle]))
  let form = ZERO
  let square = ZERO
  let shift = ZERO
  for (const { middle, half } of parts.values()) {
    form = add(form, multiply(middle, middle))
    square = add(square, multiply(half, half))
  }
  for (const { a, b, r } of pairs) {
    const [first, second] = [parts.get(a), parts.get(b)]
    // A neglected contribution is not part of the sum.
    if (first === undefined || second === undefined) continue
    const exact = fromDecimal(r)
    form = add(form, multiply(TWO, multiply(exact, multiply(first.middle, second.middle))))
    square = add(square, multiply(TWO, multiply(absoluteRational(exact), multiply(first.half, second.half))))
    slopes.set(a, add(slopes.get(a) as Rational, multiply(exact, second.middle)))
    slopes.set(b, add(slopes.get(b) as Rational, multiply(exact, first.middle)))
    const { half } = asTerm(read === around ? factorInterval(r) : read(r))
    shift = add(shift, multiply(TWO, multiply(half, multiply(most(first), most(second)))))
  }
  let linear = ZERO
  for (const [at, { half }] of parts) linear = add(linear, multiply(TWO, multiply(absoluteRational(slopes.get(at) as Rational), half)))
  const low = subtract(form, add(linear, shift))
  const high = add(add(form, linear), add(square, shift))
  return { low: low.numerator < 0n ? ZERO : low, high: high.numerator < 0n ? ZERO : high }
}
