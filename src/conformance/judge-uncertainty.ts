/**
 * Compares a stated uncertainty with everything else stated about it: u by U = k·u, the ratio to the value, the budget. A number
 * that was rounded for printing is an interval, so a difference within rounding is no finding. Squares are compared, to avoid
 * roots. What could not be compared is reported (`uncertainty.not-judged`).
 */

import type { Finding } from '../base/check.js'
import { absolute, compare, type Decimal, formatDecimal, isZero, parseDecimal } from '../base/decimal.js'
import type { Text } from '../base/message.js'
import {
  compareRational,
  divideRational,
  type Rational,
  rational,
  sqrtRational,
  squareRational,
  toDecimal,
  unreduced,
} from '../base/rational.js'
import { type LegalUnit, unitOf } from '../catalogue/index.js'
import type { BudgetEntry, Quantity, Uncertainty } from '../records/index.js'
import { type BudgetBasis, varianceOfBudget } from './budget.js'
import { type Correlations, readCorrelations } from './correlation.js'
import {
  around,
  exactly,
  factorInterval,
  HALF,
  type Interval,
  meets,
  productOf,
  scaled,
  sizeOf,
  squared,
  statedInterval,
  statedPlace,
} from './interval.js'
import { coded } from './uncertainty-messages.js'

/** A printed number beside U. `factor` converts it to the unit of U, or to that of the value if U is a ratio; for a ratio, to 1. */
export interface Amount {
  readonly printed: Decimal
  readonly factor: Rational
}
export interface Part extends Amount {
  readonly isRatio: boolean
  /** True if its unit cannot be compared with that of U. */
  readonly isIncomparable?: boolean
}

export interface UncertaintyStatement {
  /** Values to which a relative U may refer, most likely first; empty if there is none beside it. */
  readonly values: readonly Amount[]
  /** U, or u if `k` is 1; in the unit of the value, or as a ratio of it. */
  readonly stated: Decimal
  readonly k: Decimal
  /** Factor of the ratio unit (0.01 for %), if `stated` is relative. */
  readonly ratio?: Rational | undefined
  readonly standard?: Part | undefined
  readonly relative?: Part | undefined
  readonly budget?: StatedBudget | undefined
}

export interface StatedBudget {
  readonly entries: readonly BudgetEntry[]
  readonly correlations: Correlations
}

const { add, fromDecimal, multiply, subtract } = unreduced
const ONE = rational(1n)
const NOTHING_KNOWN: BudgetBasis = {}

const magnitude = (value: Decimal): Rational => fromDecimal(absolute(value))
const shown = (value: Rational, scale: number): string => formatDecimal(toDecimal(value, scale))

/** Names of the values that could not be compared, for messages. */
const WHAT = {
  standard: { zh: '标准不确定度', en: 'the standard uncertainty' },
  relative: { zh: '相对不确定度', en: 'the relative uncertainty' },
  budget: { zh: '不确定度预算', en: 'the budget' },
} as const satisfies Record<string, Text>
type Compared = keyof typeof WHAT

export const notJudged = (what: Compared): Finding => ({ code: coded('uncertainty.not-judged'), params: { what: WHAT[what] } })

/** Checks that an uncertainty is positive. */
export function judgeSize(stated: Decimal): Finding | undefined {
  const params = { uncertainty: formatDecimal(stated) }
  if (stated.coefficient < 0n) return { code: coded('uncertainty.negative'), params }
  return isZero(stated) ? { code: coded('uncertainty.zero'), params } : undefined
}

/** Checks that a coverage factor is positive. */
export const judgeFactor = (k: Decimal): Finding | undefined =>
  k.coefficient <= 0n ? { code: coded('uncertainty.coverage-factor'), params: { k: formatDecimal(k) } } : undefined

/** Checks that a coverage probability is between 0 and 1: 95 % is 0.95. */
export function judgeCoverage(text: string | undefined): Finding | undefined {
  if (text === undefined) return undefined
  const coverage = parseDecimal(text)
  if (coverage.coefficient > 0n && compare(coverage, { coefficient: 1n, scale: 0 }) < 0) return undefined
  return { code: coded('uncertainty.coverage-probability'), params: { coverage: text } }
}

/** Judges a statement of uncertainty. The findings have no path; the caller adds it. */
export function judgeStatement(statement: UncertaintyStatement): readonly Finding[] {
  const { stated, k, standard, relative } = statement
  const unsound = [judgeSize(stated), judgeFactor(k)].filter((finding) => finding !== undefined)
  if (unsound.length > 0) return unsound
  const findings: Finding[] = []
  if (standard !== undefined) findings.push(...judgeStandard(statement, standard))
  if (relative !== undefined) findings.push(...judgeRelative(statement, relative))
  const budget = judgeBudget(statement)
  if (budget !== undefined) findings.push(budget)
  else if (findings.length === 0) findings.push(...suspectLastDigits(statement))
  return findings
}

/** U computed from `part`, times `by`, for each value to which a ratio may refer. Empty if no value is available. */
function readingsOf(
  { values, ratio }: UncertaintyStatement,
  part: Part,
  by: Interval,
): readonly { interval: Interval; exact: Rational; value?: Decimal }[] {
  if (part.isIncomparable === true) return []
  const own = scaled(productOf(sizeOf(part.printed, around), by), part.factor)
  const exact = multiply(magnitude(part.printed), part.factor)
  // Converts to the unit of U if both are ratios; two absolute ones have the same unit.
  if (part.isRatio && ratio !== undefined) {
    const into = divideRational(ONE, ratio)
    return [{ interval: scaled(own, into), exact: multiply(exact, into) }]
  }
  if (!part.isRatio && ratio === undefined) return [{ interval: own, exact }]
  return values
    .filter(({ printed }) => !isZero(printed))
    .map(({ printed, factor }) => {
      const value = scaled(sizeOf(printed, around), factor)
      if (part.isRatio)
        return { interval: productOf(own, value), exact: multiply(exact, multiply(magnitude(printed), factor)), value: printed }
      const unit = ratio ?? ONE
      const size = multiply(unit, multiply(magnitude(printed), factor))
      return { interval: quotientOf(own, scaled(value, unit)), exact: divideRational(exact, size), value: printed }
    })
}

/** Quotient of magnitudes with a positive divisor. */
const quotientOf = (a: Interval, b: Interval): Interval => ({ low: divideRational(a.low, b.high), high: divideRational(a.high, b.low) })

function judgeStandard(statement: UncertaintyStatement, part: Part): readonly Finding[] {
  const { stated, k } = statement
  const readings = readingsOf(statement, part, factorInterval(k))
  const [first] = readings
  if (first === undefined) return [notJudged('standard')]
  if (readings.some(({ interval }) => meets(statedInterval(stated), interval))) return []
  const expected = shown(multiply(fromDecimal(k), first.exact), stated.scale)
  const params = { uncertainty: formatDecimal(stated), k: formatDecimal(k), standard: formatDecimal(part.printed), expected }
  return [{ code: coded('uncertainty.not-k-times-u'), params }]
}

function judgeRelative(statement: UncertaintyStatement, part: Part): readonly Finding[] {
  const { stated, values } = statement
  const readings = readingsOf(statement, part, exactly({ coefficient: 1n, scale: 0 }))
  const [first] = readings
  if (first === undefined) return [notJudged('relative')]
  if (readings.some(({ interval }) => meets(statedInterval(stated), interval))) return []
  const value = first.value ?? values[0]?.printed
  const params = {
    uncertainty: formatDecimal(stated),
    value: value === undefined ? '' : formatDecimal(value),
    relative: formatDecimal(part.printed),
    expected: shown(first.exact, stated.scale),
  }
  return [{ code: coded('uncertainty.relative-differs'), params }]
}

const isCounted = ({ term }: BudgetEntry): boolean => term !== 'neglected'
const isAny = (): boolean => true

/** Compares the budget, times k, with U, for each value to which its ratios may refer. */
function judgeBudget(statement: UncertaintyStatement): Finding | undefined {
  const { budget, values, ratio } = statement
  if (budget === undefined) return undefined
  const isOfValue = ratio === undefined && budget.entries.some(({ relativeTo }) => relativeTo !== undefined)
  if (!isOfValue) return judgeBudgetBy(statement, budget, ratio === undefined ? NOTHING_KNOWN : { ratio })
  const findings = values.flatMap((value) => (isZero(value.printed) ? [] : [judgeBudgetBy(statement, budget, { value })]))
  return findings.length === 0 ? notJudged('budget') : findings.includes(undefined) ? undefined : findings[0]
}

function judgeBudgetBy(statement: UncertaintyStatement, budget: StatedBudget, basis: BudgetBasis): Finding | undefined {
  const { stated, k } = statement
  const { entries, correlations } = budget
  const middle = varianceOfBudget(entries, correlations, basis, exactly, isCounted)
  if (middle === undefined) return notJudged('budget')
  const expected = multiply(squareRational(fromDecimal(k)), middle.low)
  const { value } = basis
  const params = {
    uncertainty: formatDecimal(stated),
    k: formatDecimal(k),
    expected: formatDecimal(sqrtRational(expected, stated.scale + 2)),
    value: value === undefined ? '' : formatDecimal(value.printed),
  }
  const fits = (by: BudgetBasis, counted: readonly BudgetEntry[]): boolean => {
    const sum = varianceOfBudget(counted, correlations, by, around, isCounted)
    return sum !== undefined && meetsBudget(stated, k, sum)
  }
  if (roundsTo(expected, stated)) return judgeNeglected(statement, budget, basis)
  // The budget is in percent of the value, and the “absolute” uncertainty beside it equals the percentage digit for digit.
  if (basis.ratio === undefined && entries.every(({ relativeTo }) => relativeTo !== undefined)) {
    const bare = entries.map(({ relativeTo: _, ...entry }) => entry)
    const printed = varianceOfBudget(bare, correlations, NOTHING_KNOWN, exactly, isCounted)
    if (printed !== undefined && roundsTo(multiply(squareRational(fromDecimal(k)), printed.low), stated))
      return { code: coded('uncertainty.percent-as-absolute'), params }
    if (fits(basis, entries)) return judgeNeglected(statement, budget, basis)
    if (fits(NOTHING_KNOWN, bare)) return { code: coded('uncertainty.percent-as-absolute'), params }
  }
  return fits(basis, entries) ? judgeNeglected(statement, budget, basis) : { code: coded('uncertainty.budget-differs'), params }
}

/**
 * A contribution declared negligible must not matter: reported if U would not match the budget with it included.
 */
function judgeNeglected({ stated, k }: UncertaintyStatement, budget: StatedBudget, basis: BudgetBasis): Finding | undefined {
  if (budget.entries.every(isCounted)) return undefined
  const whole = varianceOfBudget(budget.entries, budget.correlations, basis, around, isAny)
  if (whole === undefined || meetsBudget(stated, k, whole)) return undefined
  const exact = varianceOfBudget(budget.entries, budget.correlations, basis, exactly, isAny) as Interval
  const expected = formatDecimal(sqrtRational(multiply(squareRational(fromDecimal(k)), exact.low), stated.scale + 2))
  return { code: coded('uncertainty.neglected-counts'), params: { uncertainty: formatDecimal(stated), expected } }
}

const meetsBudget = (stated: Decimal, k: Decimal, sum: Interval): boolean =>
  meets(squared(statedInterval(stated)), productOf(squared(factorInterval(k)), sum))

/** True if the square root, rounded to the decimal place of the stated value, to nearest or up, equals that value. */
function roundsTo(squareOfExpected: Rational, stated: Decimal): boolean {
  const [value, unit] = [magnitude(stated), statedPlace(stated)]
  const low = subtract(value, unit)
  // The stated value is positive here (`judgeSize`), so one unit of its place is at most the value, and the lower end is not below
  // zero.
  const isAbove = compareRational(squareRational(low), squareOfExpected) < 0
  return isAbove && compareRational(squareOfExpected, squareRational(add(value, multiply(unit, HALF)))) <= 0
}

/** 2.023(5) read as 2.023 ± 5: an uncertainty without decimal places, larger than a value that has them. */
function suspectLastDigits({ values, stated, ratio }: UncertaintyStatement): readonly Finding[] {
  const value = values.find(({ factor }) => compareRational(factor, ONE) === 0)?.printed
  if (value === undefined || ratio !== undefined || stated.scale > 0 || value.scale === 0 || isZero(value)) return []
  if (compare(stated, absolute(value)) < 0 || absolute(stated).coefficient >= 1000n) return []
  const meant = formatDecimal({ coefficient: stated.coefficient, scale: value.scale })
  return [{ code: coded('uncertainty.last-digits'), params: { uncertainty: formatDecimal(stated), value: formatDecimal(value), meant } }]
}

/** Prepares a budget for combination, or reports the faults of its correlations. `path` points to its entries. */
export function readBudget(
  entries: readonly BudgetEntry[] | undefined,
  path: string,
): { readonly budget?: StatedBudget; readonly findings: readonly Finding[] } {
  if (entries === undefined || entries.length === 0) return { findings: [] }
  const { correlations, findings } = readCorrelations(entries, path)
  return correlations === undefined ? { findings } : { budget: { entries, correlations }, findings }
}

/** False for a unit with its own zero, for which a ratio of the value is meaningless: 1 % of 20 ℃. */
export const isRatioScale = (unit: LegalUnit | undefined): boolean => unit === undefined || unit.offset.numerator === 0n

/**
 * Judges the uncertainty of a quantity: its sign, k, U = k·u, the ratio stated beside it, its budget, the ends of an interval.
 * A quantity without uncertainty has nothing to judge. An uncertainty may be stated without a value, as that of a measurement standard;
 * a ratio then has no value to be compared with, and a finding reports that.
 * @param path RFC 6901 pointer to the quantity, the prefix of every finding's path
 */
export function judgeUncertainty(quantity: Partial<Pick<Quantity, 'value' | 'unit' | 'uncertainty'>>, path: string): readonly Finding[] {
  const { uncertainty } = quantity
  if (uncertainty === undefined) return []
  const at = `${path}/uncertainty`
  const coverage = uncertainty.form === 'standard' ? undefined : judgeCoverage(uncertainty.coverage)
  const findings: Finding[] = coverage === undefined ? [] : [{ ...coverage, path: `${at}/coverage` }]
  if (uncertainty.form === 'interval') return [...findings, ...judgeInterval(uncertainty, quantity.value, at)]
  const isExpanded = uncertainty.form === 'expanded'
  const { relative, relativeTo } = uncertainty
  const value = quantity.value !== undefined && isRatioScale(unitOf(quantity.unit ?? '')) ? parseDecimal(quantity.value) : undefined
  const read = readBudget(uncertainty.budget, `${at}/budget`)
  const ratio = relativeTo === undefined ? undefined : (unitOf(relativeTo)?.factor ?? ONE)
  const statement = judgeStatement({
    values: value === undefined ? [] : [{ printed: value, factor: ONE }],
    stated: parseDecimal(uncertainty.value),
    k: isExpanded ? parseDecimal(uncertainty.k) : { coefficient: 1n, scale: 0 },
    ratio,
    standard:
      isExpanded && uncertainty.standard !== undefined
        ? { printed: parseDecimal(uncertainty.standard), factor: ratio ?? ONE, isRatio: ratio !== undefined }
        : undefined,
    relative: relative && { printed: parseDecimal(relative.value), factor: unitOf(relative.unit)?.factor ?? ONE, isRatio: true },
    budget: read.budget,
  })
  for (const finding of statement)
    findings.push({ ...finding, path: `${at}/${finding.code === 'uncertainty.coverage-factor' ? 'k' : 'value'}` })
  findings.push(
    ...sizeAt(isExpanded ? uncertainty.standard : undefined, `${at}/standard`),
    ...sizeAt(relative?.value, `${at}/relative/value`),
  )
  return [...findings, ...read.findings]
}

function sizeAt(text: string | undefined, path: string): readonly Finding[] {
  const finding = text === undefined ? undefined : judgeSize(parseDecimal(text))
  return finding === undefined ? [] : [{ ...finding, path }]
}

/**
 * The ends must be in order, with the value between them. A budget is not compared, because U of an interval depends on an unstated
 * distribution.
 */
function judgeInterval(
  { lower, upper, budget }: Extract<Uncertainty, { form: 'interval' }>,
  value: string | undefined,
  at: string,
): readonly Finding[] {
  const [low, high] = [parseDecimal(lower), parseDecimal(upper)]
  const params = { lower, upper, value: value ?? '' }
  if (compare(low, high) > 0) return [{ code: coded('uncertainty.interval-reversed'), path: `${at}/lower`, params }]
  const read = readBudget(budget, `${at}/budget`)
  const findings: Finding[] = [...read.findings]
  if (value !== undefined && (compare(parseDecimal(value), low) < 0 || compare(parseDecimal(value), high) > 0))
    findings.push({ code: coded('uncertainty.interval-without-value'), path: `${at}/lower`, params })
  if (read.budget !== undefined) findings.push({ ...notJudged('budget'), path: `${at}/budget` })
  return findings
}
