/**
 * Evaluates a comparison 计量比对 at one point: reference value with uncertainty, consistency of its contributors, and the scores of
 * each laboratory. Everything except square roots and the χ² threshold is exact; scores are compared with their limits before
 * rounding.
 */

import { type Decimal, formatDecimal, isDecimal, parseDecimal } from '../base/decimal.js'
import type { Code, MessageParams } from '../base/message.js'
import {
  anObject,
  aText,
  checkArgument,
  checkMembers,
  type Expectation,
  isArrayOf,
  isObject,
  isString,
  type OptionTable,
  optional,
  whole,
} from '../base/options.js'
import {
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  sqrtRational,
  squareRational,
  toDecimal,
  unreduced,
} from '../base/rational.js'
import { chiSquaredCritical } from './chi-squared.js'
import { type ComparisonCode, coded } from './messages.js'
import { formReference, type Laboratory, type Reference, type ReferenceRule, sum } from './reference.js'
import { type Correlation, differenceVariance, outcomeOf, type ScoreName, type ScoreOutcome, shownScore, signedSquare } from './scores.js'

/** An uncertainty: u, or U with its coverage factor k; decimal texts in the unit of the values. */
export type StatedUncertainty = { readonly standard: string } | { readonly expanded: string; readonly k: string }

export interface LaboratoryInput {
  /** Code of the laboratory, unique in the input. */
  readonly code: string
  /** Result, decimal text; all results in one unit. */
  readonly value: string
  readonly uncertainty: StatedUncertainty
}

export interface ComparisonInput {
  /** 1 to 500 laboratories. */
  readonly results: readonly LaboratoryInput[]
  readonly reference: ReferenceRule<string, StatedUncertainty>
  /**
   * Uncertainty ue from the instability of the travelling standard (JJF 1117—2010). It is part of the standard uncertainty of the
   * assigned value (ISO 13528:2022 7.1), so it enters both En and ζ. @default none
   */
  readonly drift?: StatedUncertainty
  /** Coverage factor of En. @default '2' */
  readonly k?: string
  /** σpt, for z (ISO 13528:2022 8). @default no z */
  readonly sigma?: string
  /** Decimal places of the scores. @default 2 */
  readonly scoreScale?: number
}

export interface ComparisonFault {
  readonly code: Code
  /** RFC 6901 pointer into the input. */
  readonly path: string
  readonly params: MessageParams
}

export interface LaboratoryScores {
  readonly code: string
  /** Result minus reference value, exact if a decimal can represent it, otherwise to 12 decimal places. */
  readonly difference: string
  /** True if its result contributes to the reference value; En and ζ then include the correlation. */
  readonly contributes: boolean
  /** Absent, like ζ and z, if it cannot be computed: a sole pilot against its own value, whatever the drift. */
  readonly en?: string
  readonly zeta?: string
  readonly z?: string
  /** By En, on the unrounded value. */
  readonly outcome?: ScoreOutcome
  readonly outcomes: Readonly<Partial<Record<ScoreName, ScoreOutcome>>>
}

export interface ComparisonEvaluation {
  readonly reference: {
    /** Rounded half to even, two digits finer than the finest result. */
    readonly value: string
    readonly standardUncertainty: string
    /** k times the unrounded standard uncertainty. */
    readonly expandedUncertainty: string
    readonly k: string
    readonly contributors: readonly string[]
  }
  /** Consistency of the contributing results; absent for a given reference value and for a single contributor. */
  readonly consistency?: {
    readonly observed: string
    readonly degreesOfFreedom: number
    /** χ² exceeded with probability 0.05. */
    readonly critical: string
    /** √(χ²/ν), to three decimal places. */
    readonly birgeRatio: string
    readonly isConsistent: boolean
  }
  readonly laboratories: readonly LaboratoryScores[]
}

const MAX_LABORATORIES = 500

/**
 * Evaluates one point of a comparison, or lists all faults of the input.
 * Sources: JJF 1117—2010; ISO 13528:2022 7, 9; ISO/IEC 17043:2023; Cox 2002 (Metrologia 39).
 * @example
 * ```ts
 * import { evaluateComparison } from 'tongheng/comparison'
 *
 * const laboratory = (code: string, value: string) => ({ code, value, uncertainty: { standard: '0.5' } })
 * const found = evaluateComparison({
 *   results: [laboratory('A', '10.0'), laboratory('B', '10.2'), laboratory('C', '9.9')],
 *   reference: { method: 'weighted-mean' },
 * })
 * 'evaluation' in found && found.evaluation.laboratories.length // => 3
 * ```
 */
export function evaluateComparison(input: ComparisonInput): { evaluation: ComparisonEvaluation } | { faults: readonly ComparisonFault[] } {
  const faults: ComparisonFault[] = []
  const read = readInput(input, faults)
  if (read === undefined) return { faults }
  const { laboratories, reference, drift, k, sigma } = read
  const scale = input.scoreScale ?? 2
  const finest = finestOf(input)
  const consistency = consistencyOf(laboratories, reference)
  const named = new Set(reference.contributors)
  return {
    evaluation: {
      reference: {
        value: formatDecimal(toDecimal(reference.value, finest)),
        standardUncertainty: formatDecimal(sqrtRational(reference.variance, finest)),
        expandedUncertainty: formatDecimal(sqrtRational(multiplyRational(squareRational(fromDecimal(k)), reference.variance), finest)),
        k: formatDecimal(k),
        contributors: reference.contributors,
      },
      ...(consistency && { consistency }),
      laboratories: laboratories.map((laboratory) => scoresOf(laboratory, { reference, named, drift, k: fromDecimal(k), sigma, scale })),
    },
  }
}

/** The reference value only, as in `evaluateComparison`; undefined if the input has faults. */
export function referenceValue(input: Pick<ComparisonInput, 'results' | 'reference'>): string | undefined {
  const read = readInput(input, [])
  return read && formatDecimal(toDecimal(read.reference.value, finestOf(input)))
}

/** Decimal places of the finest result, plus two. */
const finestOf = ({ results }: Pick<ComparisonInput, 'results'>): number =>
  Math.max(...results.map(({ value }) => parseDecimal(value).scale)) + 2

interface Scoring {
  readonly reference: Reference
  /** Codes of the contributors. */
  readonly named: ReadonlySet<string>
  readonly drift: Rational
  readonly k: Rational
  readonly sigma: Rational | undefined
  readonly scale: number
}

function scoresOf({ code, value, variance }: Laboratory, { reference, named, drift, k, sigma, scale }: Scoring): LaboratoryScores {
  const contributes = named.has(code)
  const correlation: Correlation = contributes ? reference.correlation : 'none'
  const difference = unreduced.subtract(value, reference.value)
  // A sole contributor would be compared with itself: its difference is zero by construction, and proves nothing.
  if (contributes && reference.contributors.length === 1) return { code, difference: shown(difference), contributes, outcomes: {} }
  const own = differenceVariance(variance, reference.variance, correlation, reference.contributors.length)
  const withDrift = unreduced.add(own, drift)
  const squares: Readonly<Record<ScoreName, Rational | undefined>> = {
    en: signedSquare(difference, unreduced.multiply(squareRational(k), withDrift)),
    zeta: signedSquare(difference, withDrift),
    z: sigma === undefined ? undefined : signedSquare(difference, squareRational(sigma)),
  }
  const scores: { [S in ScoreName]?: string } = {}
  const outcomes: { [S in ScoreName]?: ScoreOutcome } = {}
  for (const name of ['en', 'zeta', 'z'] as const) {
    const squared = squares[name]
    if (squared === undefined) continue
    scores[name] = formatDecimal(shownScore(squared, scale))
    outcomes[name] = outcomeOf(name, squared)
  }
  return { code, difference: shown(difference), contributes, ...scores, ...(outcomes.en && { outcome: outcomes.en }), outcomes }
}

/** Without trailing zeros. */
const shown = (value: Rational): string => formatDecimal(toDecimal(value, 12)).replace(/\.?0+$/, '')

const SIGNIFICANCE = 0.05

/** χ² of the contributors about the reference value (Cox 2002 §5.2), and the Birge ratio. */
function consistencyOf(laboratories: readonly Laboratory[], { contributors, value }: Reference): ComparisonEvaluation['consistency'] {
  const degreesOfFreedom = contributors.length - 1
  if (degreesOfFreedom < 1) return undefined
  const named = new Set(contributors)
  const terms = laboratories
    .filter(({ code }) => named.has(code))
    .map((laboratory) => unreduced.divide(squareRational(unreduced.subtract(laboratory.value, value)), laboratory.variance))
  const total = sum(terms)
  const observed = formatDecimal(toDecimal(total, 6))
  const critical = chiSquaredCritical(SIGNIFICANCE, degreesOfFreedom)
  return {
    observed,
    degreesOfFreedom,
    critical: critical.toFixed(4),
    birgeRatio: formatDecimal(sqrtRational(divideRational(total, rational(BigInt(degreesOfFreedom))), 3)),
    isConsistent: Number(observed) <= critical,
  }
}

interface ReadInput {
  readonly laboratories: readonly Laboratory[]
  readonly reference: Reference
  readonly drift: Rational
  readonly k: Decimal
  readonly sigma: Rational | undefined
}

const UNCERTAINTY: Expectation = {
  is: (value) => isObject(value) && ('standard' in value ? isString(value.standard) : isString(value.expanded) && isString(value.k)),
  expected: { zh: '{ standard } 或 { expanded, k }，十进制文本', en: '{ standard } or { expanded, k }, decimal texts' },
}
const LABORATORIES: Expectation = {
  is: isArrayOf((one) => isObject(one) && isString(one.code) && isString(one.value) && UNCERTAINTY.is(one.uncertainty)),
  expected: {
    zh: '数组，每项有 code、value（十进制文本）和 uncertainty',
    en: 'an array, each item with code, value (a decimal text) and uncertainty',
  },
}
const INPUT: OptionTable = {
  results: LABORATORIES,
  reference: anObject,
  drift: optional(UNCERTAINTY),
  k: optional(aText),
  sigma: optional(aText),
  scoreScale: optional(whole),
}

/** @throws `verify.options` if a member has the wrong type; faults of content are results */
function checkInput(input: unknown): void {
  checkArgument('evaluateComparison', 'input', input, anObject)
  checkMembers('evaluateComparison', input as object, INPUT)
}

/** Parses the input to numbers, and collects all faults. */
function readInput(input: ComparisonInput, faults: ComparisonFault[]): ReadInput | undefined {
  checkInput(input)
  const fault = (code: ComparisonCode, path: string, params: MessageParams = {}): undefined => {
    faults.push({ code: coded(code), path, params })
    return undefined
  }
  const positive = (text: string, path: string): Decimal | undefined => {
    if (!isDecimal(text)) return fault('comparison.not-decimal', path, { text: text.slice(0, 60) })
    const value = parseDecimal(text)
    return value.coefficient > 0n ? value : fault('comparison.not-positive', path, { text })
  }
  const variance = (stated: StatedUncertainty, path: string): Rational | undefined => {
    if ('standard' in stated) {
      const u = positive(stated.standard, `${path}/standard`)
      return u && squareRational(unreduced.fromDecimal(u))
    }
    const [U, k] = [positive(stated.expanded, `${path}/expanded`), positive(stated.k, `${path}/k`)]
    return U && k && squareRational(unreduced.divide(unreduced.fromDecimal(U), unreduced.fromDecimal(k)))
  }
  if (input.results.length === 0 || input.results.length > MAX_LABORATORIES)
    return fault('comparison.laboratories', '/results', { count: input.results.length, most: MAX_LABORATORIES })
  const codes = new Set<string>()
  const laboratories = input.results.flatMap(({ code, value, uncertainty }, at): Laboratory[] => {
    const path = `/results/${at}`
    if (codes.has(code)) fault('laboratory.code-twice', `${path}/code`, { code })
    codes.add(code)
    const u2 = variance(uncertainty, `${path}/uncertainty`)
    if (!isDecimal(value)) fault('comparison.not-decimal', `${path}/value`, { text: value.slice(0, 60) })
    return isDecimal(value) && u2 !== undefined ? [{ code, value: unreduced.fromDecimal(parseDecimal(value)), variance: u2 }] : []
  })
  const drift = input.drift === undefined ? rational(0n) : variance(input.drift, '/drift')
  const k = positive(input.k ?? '2', '/k')
  const sigma = input.sigma === undefined ? undefined : positive(input.sigma, '/sigma')
  const rule = readRule(input.reference, { fault, variance })
  for (const code of rule?.contributors ?? []) if (!codes.has(code)) fault('laboratory.code-unknown', '/reference/contributors', { code })
  if (faults.length > 0 || drift === undefined || k === undefined || rule === undefined) return undefined
  return { laboratories, reference: formReference(rule, laboratories), drift, k, sigma: sigma && fromDecimal(sigma) }
}

interface Reading {
  readonly fault: (code: ComparisonCode, path: string, params?: MessageParams) => undefined
  readonly variance: (stated: StatedUncertainty, path: string) => Rational | undefined
}

function readRule(rule: ComparisonInput['reference'], { fault, variance }: Reading): ReferenceRule<Rational, Rational> | undefined {
  if (rule.method !== 'given') {
    if (rule.contributors?.length === 0)
      return fault('comparison.laboratories', '/reference/contributors', { count: 0, most: MAX_LABORATORIES })
    return rule
  }
  const u2 = variance(rule.uncertainty, '/reference/uncertainty')
  if (!isDecimal(rule.value)) return fault('comparison.not-decimal', '/reference/value', { text: rule.value.slice(0, 60) })
  return u2 && { method: 'given', value: fromDecimal(parseDecimal(rule.value)), uncertainty: u2 }
}
