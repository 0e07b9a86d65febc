/**
 * One stated uncertainty against everything else stated about it: U = k·u, the ratio to the value, the budget. What was
 * rounded before printing is an interval, so a difference that rounding explains is none. No square roots: squares compare.
 */
import type { Finding } from '../base/check.js'
import { absolute, compare, type Decimal, formatDecimal, isZero, parseDecimal } from '../base/decimal.js'
import {
  compareRational,
  divideRational,
  type Rational,
  rational,
  reduced,
  sqrtRational,
  squareRational,
  toDecimal,
  unreduced,
} from '../base/rational.js'
import { unitOf } from '../catalogue/index.js'
import type { BudgetEntry, Quantity } from '../records/index.js'

export interface UncertaintyStatement {
  /** The measured value in its unit, where one stands beside the uncertainty. */
  readonly value?: Decimal | undefined
  /** U, or u where `k` is 1; in the unit of the value, or as a ratio of it. */
  readonly stated: Decimal
  readonly k: Decimal
  /** Factor of the ratio unit (0.01 for %), where `stated` is relative. */
  readonly ratio?: Rational | undefined
  readonly standard?: Decimal | undefined
  readonly relative?: { readonly value: Decimal; readonly factor: Rational } | undefined
  readonly budget?: readonly BudgetEntry[] | undefined
}

interface Interval {
  readonly low: Rational
  readonly high: Rational
}

const { add, fromDecimal, multiply, subtract } = unreduced
/** A sum of many ratios is brought to lowest terms when it has grown as long as this. */
const LONG = 10n ** 400n
const ZERO = rational(0n)
const ONE = rational(1n)
const HALF = rational(1n, 2n)
const lastPlace = ({ scale }: Decimal): Rational => rational(1n, 10n ** BigInt(scale))
const spread = (middle: Rational, by: Rational): Interval => {
  const low = subtract(middle, by)
  return { low: compareRational(low, ZERO) < 0 ? ZERO : low, high: add(middle, by) }
}
/** What a rounded number may have been: half a unit of its last place to either side. */
const around = (value: Decimal): Interval => spread(fromDecimal(absolute(value)), multiply(lastPlace(value), HALF))
/** An uncertainty may also have been rounded up (只进不舍, JJF 1059.1—2012 5.3.8.1): a whole unit. */
const statedInterval = (value: Decimal): Interval => spread(fromDecimal(absolute(value)), lastPlace(value))
/** A whole number is exact: k = 2 is two. */
const factorInterval = (k: Decimal): Interval => (k.scale === 0 ? spread(fromDecimal(k), ZERO) : around(k))
const product = (a: Interval, b: Interval): Interval => ({ low: multiply(a.low, b.low), high: multiply(a.high, b.high) })
const meets = (a: Interval, b: Interval): boolean => compareRational(a.low, b.high) <= 0 && compareRational(b.low, a.high) <= 0
const squared = (a: Interval): Interval => product(a, a)
const scaled = (a: Interval, by: Rational): Interval => product(a, { low: by, high: by })

/** Findings without a path; the caller knows where the statement stands. */
export function judgeStatement(statement: UncertaintyStatement): readonly Finding[] {
  const { stated, k, value, standard, relative, ratio } = statement
  const uncertainty = formatDecimal(stated)
  if (stated.coefficient < 0n) return [{ code: 'uncertainty.negative', params: { uncertainty } }]
  if (k.coefficient <= 0n) return [{ code: 'uncertainty.coverage-factor', params: { k: formatDecimal(k) } }]
  if (isZero(stated)) return [{ code: 'uncertainty.zero', params: { uncertainty } }]
  const findings: Finding[] = []
  if (standard !== undefined && !meets(statedInterval(stated), product(around(standard), factorInterval(k)))) {
    const expected = shown(multiply(fromDecimal(k), fromDecimal(standard)), stated.scale)
    const params = { uncertainty, k: formatDecimal(k), standard: formatDecimal(standard), expected }
    findings.push({ code: 'uncertainty.not-k-times-u', params })
  }
  if (relative !== undefined && value !== undefined && !isZero(value) && ratio === undefined) {
    const expected = scaled(product(around(value), around(relative.value)), relative.factor)
    if (!meets(statedInterval(stated), expected)) {
      const exact = multiply(multiply(magnitude(value), fromDecimal(relative.value)), relative.factor)
      const params = {
        uncertainty,
        value: formatDecimal(value),
        relative: formatDecimal(relative.value),
        expected: shown(exact, stated.scale),
      }
      findings.push({ code: 'uncertainty.relative-differs', params })
    }
  }
  const budget = judgeBudget(statement)
  if (budget !== undefined) findings.push(budget)
  else if (findings.length === 0) findings.push(...suspectLastDigits(statement))
  return findings
}

const magnitude = (value: Decimal): Rational => fromDecimal(absolute(value))
const shown = (value: Rational, scale: number): string => formatDecimal(toDecimal(value, scale))

/** Root sum square of the budget, times k, against U. Entries of one correlation mark add up before they are squared. */
function judgeBudget({ budget, stated, k, value, ratio }: UncertaintyStatement): Finding | undefined {
  if (budget === undefined || budget.length === 0) return undefined
  const sum = sumOfSquares(budget, value, ratio, around)
  const middle = sumOfSquares(budget, value, ratio, exactly)
  if (sum === undefined || middle === undefined) return undefined
  const expected = multiply(squareRational(fromDecimal(k)), middle.low)
  if (roundsTo(expected, stated)) return undefined
  const params = {
    uncertainty: formatDecimal(stated),
    k: formatDecimal(k),
    expected: formatDecimal(sqrtRational(expected, stated.scale + 2)),
    value: value === undefined ? '' : formatDecimal(value),
  }
  // The budget is in percent of the value, and so, to the digit, is the “absolute” uncertainty beside it.
  if (ratio === undefined && budget.every(({ relativeTo }) => relativeTo !== undefined)) {
    const bare = budget.map(({ relativeTo: _, ...entry }) => entry)
    const [printed, asPrinted] = [sumOfSquares(bare, undefined, undefined, exactly), sumOfSquares(bare, undefined, undefined, around)]
    if (printed !== undefined && roundsTo(multiply(squareRational(fromDecimal(k)), printed.low), stated))
      return { code: 'uncertainty.percent-as-absolute', params }
    if (meetsBudget(stated, k, sum)) return undefined
    if (asPrinted !== undefined && meetsBudget(stated, k, asPrinted)) return { code: 'uncertainty.percent-as-absolute', params }
  }
  return meetsBudget(stated, k, sum) ? undefined : { code: 'uncertainty.budget-differs', params }
}

const exactly = (value: Decimal): Interval => ({ low: magnitude(value), high: magnitude(value) })
const meetsBudget = (stated: Decimal, k: Decimal, sum: Interval): boolean =>
  meets(squared(statedInterval(stated)), product(squared(factorInterval(k)), sum))

/** Whether the root of a square, rounded to the places of the stated value, to the nearest or up, is that value. */
function roundsTo(squareOfExpected: Rational, stated: Decimal): boolean {
  const [value, unit] = [magnitude(stated), lastPlace(stated)]
  const low = subtract(value, unit)
  const isAbove = low.numerator < 0n || compareRational(squareRational(low), squareOfExpected) < 0
  return isAbove && compareRational(squareOfExpected, squareRational(add(value, multiply(unit, HALF)))) <= 0
}

const shortened = (value: Rational): Rational => (value.denominator < LONG ? value : reduced(value))

function sumOfSquares(
  budget: readonly BudgetEntry[],
  value: Decimal | undefined,
  ratio: Rational | undefined,
  read: (printed: Decimal) => Interval,
): Interval | undefined {
  let total: Interval = { low: ZERO, high: ZERO }
  const correlated = new Map<string, Interval>()
  const sum = (a: Rational, b: Rational): Rational => shortened(add(a, b))
  const plus = (a: Interval, b: Interval): Interval => ({ low: sum(a.low, b.low), high: sum(a.high, b.high) })
  for (const { standard, relativeTo, correlation } of budget) {
    const stated = read(parseDecimal(standard))
    const factor = relativeTo === undefined ? undefined : unitOf(relativeTo)?.factor
    const entry = inUnitOfUncertainty(stated, factor, value && read(value), ratio)
    if (entry === undefined) return undefined
    if (correlation === undefined) total = plus(total, squared(entry))
    else correlated.set(correlation, plus(correlated.get(correlation) ?? { low: ZERO, high: ZERO }, entry))
  }
  for (const group of correlated.values()) total = plus(total, squared(group))
  return total
}

/** A contribution in the unit in which U is stated; undefined where that takes a value that is not there. */
function inUnitOfUncertainty(
  entry: Interval,
  factor: Rational | undefined,
  value: Interval | undefined,
  ratio: Rational | undefined,
): Interval | undefined {
  if (factor === undefined) return entry
  if (ratio !== undefined) return scaled(entry, divideRational(factor, ratio))
  return value === undefined || value.high.numerator === 0n ? undefined : scaled(product(entry, value), factor)
}

/** 2.023(5) read as 2.023 ± 5: an uncertainty without decimals, larger than a value that has them. */
function suspectLastDigits({ value, stated, ratio }: UncertaintyStatement): readonly Finding[] {
  if (value === undefined || ratio !== undefined || stated.scale > 0 || value.scale === 0 || isZero(value)) return []
  if (compare(stated, absolute(value)) < 0 || absolute(stated).coefficient >= 1000n) return []
  const meant = formatDecimal({ coefficient: stated.coefficient, scale: value.scale })
  return [{ code: 'uncertainty.last-digits', params: { uncertainty: formatDecimal(stated), value: formatDecimal(value), meant } }]
}

/**
 * Judges the uncertainty of a quantity: its sign, k, U = k·u, the ratio stated beside it, its budget. An interval and a
 * quantity without uncertainty have nothing to judge.
 * @param path RFC 6901 pointer to the quantity, put before every finding's
 */
export function judgeUncertainty(quantity: Pick<Quantity, 'value' | 'uncertainty'>, path: string): readonly Finding[] {
  const { uncertainty } = quantity
  if (uncertainty === undefined || uncertainty.form === 'interval') return []
  const isExpanded = uncertainty.form === 'expanded'
  const { relative } = uncertainty
  const factor = relative === undefined ? undefined : unitOf(relative.unit)?.factor
  const findings = judgeStatement({
    value: parseDecimal(quantity.value),
    stated: parseDecimal(uncertainty.value),
    k: isExpanded ? parseDecimal(uncertainty.k) : { coefficient: 1n, scale: 0 },
    ratio: uncertainty.relativeTo === undefined ? undefined : (unitOf(uncertainty.relativeTo)?.factor ?? ONE),
    standard: isExpanded && uncertainty.standard !== undefined ? parseDecimal(uncertainty.standard) : undefined,
    relative: relative && factor && { value: parseDecimal(relative.value), factor },
    budget: uncertainty.budget,
  })
  return findings.map((finding) => ({ ...finding, path: `${path}/uncertainty/value` }))
}
