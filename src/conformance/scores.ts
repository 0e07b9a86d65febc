/** 计量比对: stated scores and reference values against the data. V20. */
import type { Finding } from '../base/check.js'
import { compare, type Decimal, formatDecimal, parseDecimal, readComputed } from '../base/decimal.js'
import type { Code, Text } from '../base/message.js'
import { defineTexts } from '../base/message.js'
import {
  absoluteRational,
  compareRational,
  fromDecimal,
  multiplyRational,
  rational,
  subtractRational,
  toDecimal,
  toExactDecimal,
} from '../base/rational.js'
import { unitOf } from '../catalogue/index.js'
import {
  type Correlation,
  type PrintedScore,
  type PrintedUncertainty,
  recomputeScore,
  referenceValue,
  type ScoreAgreement,
  type ScoreName,
  type StatedUncertainty,
  scoreAgreement,
} from '../comparison/index.js'
import {
  type ComparisonPoint,
  type ComparisonReference,
  type LaboratoryResult,
  referenceMethods,
  type Uncertainty,
} from '../records/index.js'
import { isRatioScale } from './judge-uncertainty.js'
import { group, isKind, type Rule } from './rule.js'

const recompute = { zh: '请用未修约的数据重新计算', en: 'Recompute from unrounded data' }

export const scoreTexts = defineTexts({
  rows: {
    'comparison.scores': { zh: 'En、ζ、z 值的计算', en: 'Arithmetic of En, ζ and z' },
  },
  codes: {
    'reference.differs': {
      zh: '测量点 {point}：按“{method}”计算参考值为 {expected}，写作 {stated}',
      en: 'Point {point}: the reference value by {method} is {expected}, but {stated} is stated',
      advice: recompute,
    },
    'score.differs': {
      zh: '测量点 {point} 实验室 {code}：{score} 应为 {expected}，写作 {stated}',
      en: 'Point {point}, laboratory {code}: {score} is {expected}, but {stated} is stated',
      advice: recompute,
    },
    'score.sign': {
      zh: '测量点 {point} 实验室 {code}：{score} 正负号相反，应为 {expected}',
      en: 'Point {point}, laboratory {code}: {score} has the wrong sign; it is {expected}',
      advice: { zh: '差值为实验室结果减参考值', en: 'The difference is the laboratory’s result minus the reference' },
    },
    'score.correlation-ignored': {
      zh: '测量点 {point} 实验室 {code}：参与形成参考值，En 应为 {expected}；{stated} 用了不相关的公式',
      en: 'Point {point}, laboratory {code} formed the reference value, so En is {expected}; {stated} comes from the formula without correlation',
      advice: { zh: '分母用 √(u² − ur² + ue²)', en: 'The denominator is √(u² − ur² + ue²)' },
    },
    'score.correlation-assumed': {
      zh: '测量点 {point} 实验室 {code}：未参与形成参考值，En 应为 {expected}；{stated} 用了相关的公式',
      en: 'Point {point}, laboratory {code} did not form the reference value, so En is {expected}; {stated} comes from the formula with correlation',
      advice: { zh: '分母用 √(u² + ur² + ue²)', en: 'The denominator is √(u² + ur² + ue²)' },
    },
    'score.not-computable': {
      zh: '测量点 {point} 实验室 {code}：{score} 无法计算，分母不为正',
      en: 'Point {point}, laboratory {code}: {score} cannot be computed; its denominator is not positive',
      advice: { zh: '请核对不确定度与“参与形成参考值的实验室”（contributors）', en: 'Check the uncertainties and contributors' },
    },
    'score.drift-ignored': {
      zh: '测量点 {point} 实验室 {code}：{score} 未计传递标准的不稳定性，计入后为 {expected}，写作 {stated}',
      en: 'Point {point}, laboratory {code}: {score} leaves out the instability of the travelling standard; with it it is {expected}, but {stated} is stated',
      advice: {
        zh: '参考值的标准不确定度包括稳定性分量（ISO 13528:2022 7.1）；已含其中的，请删去 drift',
        en: 'The standard uncertainty of the assigned value includes its stability (ISO 13528:2022 7.1); where it does already, remove drift',
      },
    },
    'score.own-value': {
      zh: '测量点 {point} 实验室 {code}：参考值就是该实验室的结果，{score} 必为零，不能说明其能力',
      en: 'Point {point}, laboratory {code}: the reference value is its own result, so {score} is zero and says nothing of it',
      advice: { zh: '请删去该值', en: 'Remove the score' },
    },
    'score.not-judged': {
      zh: '测量点 {point} 实验室 {code}：{score} 未能复算：{why}',
      en: 'Point {point}, laboratory {code}: {score} could not be judged: {why}',
      advice: {
        zh: '请写标准或扩展不确定度（相对值须有非零量值），z 值另写 sigma',
        en: 'State a standard or an expanded uncertainty (a ratio needs a value other than zero); for z state sigma',
      },
    },
    'reference.not-judged': {
      zh: '测量点 {point}：参考值未能复算，有的参与实验室没有结果或没有可用的不确定度',
      en: 'Point {point}: the reference value could not be judged; a contributor has no result or no uncertainty that can be used',
      advice: { zh: '请核对 contributors 与各实验室的结果', en: 'Check contributors, and the results of these laboratories' },
    },
  },
})

const since = '0.1.0'

/** Names of the scores as messages print them. */
export const SCORE_NAMES: Readonly<Record<ScoreName, string>> = { en: 'En', zeta: 'ζ', z: 'z' }
const ONE: Decimal = { coefficient: 1n, scale: 0 }
const TWO: Decimal = { coefficient: 2n, scale: 0 }

/**
 * A printed uncertainty with the factor that converts it to the unit of its value. Undefined for an interval, which has no u without a
 * distribution; for a ratio of zero or of a value on a scale with a zero of its own; and for a number that is not positive.
 */
function printedUncertainty(uncertainty: Uncertainty, of: string, unit: string): PrintedUncertainty | undefined {
  if (uncertainty.form === 'interval') return undefined
  const k = uncertainty.form === 'expanded' ? parseDecimal(uncertainty.k) : ONE
  const value = parseDecimal(uncertainty.value)
  if (k.coefficient <= 0n || value.coefficient <= 0n) return undefined
  if (uncertainty.relativeTo === undefined) return { value, k }
  const factor = unitOf(uncertainty.relativeTo)?.factor
  const size = absoluteRational(fromDecimal(parseDecimal(of)))
  if (factor === undefined || size.numerator === 0n || !isRatioScale(unitOf(unit))) return undefined
  return { value, k, by: multiplyRational(factor, size) }
}

const expandedK = (uncertainty: Uncertainty): Decimal | undefined =>
  uncertainty.form === 'expanded' ? parseDecimal(uncertainty.k) : undefined

/** How the reference value depends on the result of one of its contributors. */
function correlationOf({ method }: ComparisonReference, contributors: ReadonlySet<string>, code: string): Correlation {
  if (!contributors.has(code)) return 'none'
  if (method === 'mean') return 'mean'
  return method === 'weighted-mean' || method === 'pilot' ? 'weighted-mean' : 'none'
}

const AGREEMENT_CODES: Readonly<Record<Exclude<ScoreAgreement, 'agrees'>, Code>> = {
  differs: 'score.differs',
  sign: 'score.sign',
  'correlation-ignored': 'score.correlation-ignored',
  'correlation-assumed': 'score.correlation-assumed',
  'drift-ignored': 'score.drift-ignored',
  'own-value': 'score.own-value',
  'not-computable': 'score.not-computable',
}

/** Reasons why a score could not be compared, for messages. */
const WHY = {
  result: { zh: '实验室结果的不确定度不可用', en: 'the uncertainty of the result cannot be used' },
  reference: { zh: '参考值的不确定度不可用', en: 'the uncertainty of the reference value cannot be used' },
  drift: { zh: '传递标准不稳定性的不确定度不可用', en: 'the uncertainty from the travelling standard cannot be used' },
  sigma: { zh: '未写 σpt', en: 'σpt is not stated' },
} as const satisfies Record<string, Text>

const scores: Rule = {
  id: 'comparison.scores',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1117—2010; ISO 13528:2022 9.4, 9.6, 9.7; ISO/IEC 17043:2023',
  needs: { 'comparison-result': ['points'] },
  codes: {
    'reference.differs': 'fail',
    'score.differs': 'fail',
    'score.sign': 'fail',
    'score.correlation-ignored': 'fail',
    'score.correlation-assumed': 'fail',
    'score.not-computable': 'fail',
    'score.drift-ignored': 'warn',
    'score.own-value': 'warn',
    'score.not-judged': 'warn',
    'reference.not-judged': 'warn',
  },
  evaluate({ record }) {
    if (!isKind(record, 'comparison-result')) return undefined
    let any = false
    const findings = record.points.flatMap((point, at) => {
      const contributors = new Set(point.reference.contributors)
      any ||= point.reference.method !== 'given' || point.results.some((result) => SCORES.some((score) => result[score] !== undefined))
      return [
        ...judgeReference(point, `/points/${at}/reference/value`),
        ...point.results.flatMap((result, row) => judgeScores(point, contributors, result, `/points/${at}/results/${row}`)),
      ]
    })
    return any ? findings : undefined
  },
}

const SCORES = ['en', 'zeta', 'z'] as const
/** True if the reference value is the result of this laboratory alone. */
export const isOwnValue = (contributors: ReadonlySet<string>, code: string): boolean => contributors.size === 1 && contributors.has(code)
/** Placeholder for z, which uses no uncertainties. */
const UNUSED: PrintedUncertainty = { value: ONE, k: ONE }

function judgeScores(point: ComparisonPoint, contributors: ReadonlySet<string>, result: LaboratoryResult, path: string): Finding[] {
  const { reference, drift, sigma, unit } = point
  const uncertainty = printedUncertainty(result.uncertainty, result.value, unit)
  const referenceUncertainty = printedUncertainty(reference.uncertainty, reference.value, unit)
  const unstable = drift && printedUncertainty(drift, reference.value, unit)
  const whyNot = (score: ScoreName): Text | undefined => {
    if (isOwnValue(contributors, result.code)) return undefined
    if (score === 'z') return sigma === undefined ? WHY.sigma : undefined
    if (uncertainty === undefined) return WHY.result
    if (referenceUncertainty === undefined) return WHY.reference
    return drift !== undefined && unstable === undefined ? WHY.drift : undefined
  }
  return SCORES.flatMap((score): Finding[] => {
    const stated = result[score]
    if (stated === undefined) return []
    const named = { point: point.id, code: result.code, score: SCORE_NAMES[score] }
    const why = whyNot(score)
    if (why !== undefined) return [{ code: 'score.not-judged', path: `${path}/${score}`, params: { ...named, why } }]
    const printed: PrintedScore = {
      score,
      stated: parseDecimal(stated),
      result: parseDecimal(result.value),
      uncertainty: uncertainty ?? UNUSED,
      reference: parseDecimal(reference.value),
      referenceUncertainty: referenceUncertainty ?? UNUSED,
      drift: unstable,
      k: expandedK(reference.uncertainty) ?? expandedK(result.uncertainty) ?? TWO,
      sigma: sigma === undefined ? undefined : parseDecimal(sigma),
      correlation: correlationOf(reference, contributors, result.code),
      contributors: reference.contributors?.length ?? 0,
      isOwnValue: isOwnValue(contributors, result.code),
    }
    const agreement = scoreAgreement(printed)
    if (agreement === 'agrees') return []
    const params = {
      ...named,
      stated,
      // A getter, because only the first findings of a rule are formatted.
      get expected() {
        return recomputeScore(printed).expected ?? ''
      },
    }
    return [{ code: AGREEMENT_CODES[agreement], path: `${path}/${score}`, params }]
  })
}

/** Recomputes the reference value from the printed results of its contributors. */
function judgeReference({ id, reference, results, unit }: ComparisonPoint, path: string): Finding[] {
  const { method, contributors } = reference
  // Without contributors it cannot be recomputed, which another rule reports.
  if (method === 'given' || contributors === undefined) return []
  const named = new Set(contributors)
  const contributing = results.filter(({ code }) => named.has(code))
  const isWeighted = method === 'weighted-mean' || method === 'pilot'
  const input = contributing.map(({ code, value, uncertainty }) => {
    const usable = isWeighted ? asStated(printedUncertainty(uncertainty, value, unit)) : UNWEIGHTED
    return usable === undefined ? undefined : { code, value, uncertainty: usable }
  })
  const usable = input.filter((one) => one !== undefined)
  const value =
    usable.length === contributors.length
      ? referenceValue({ results: usable, reference: { method, contributors: [...contributors] } })
      : undefined
  if (value === undefined) return [{ code: 'reference.not-judged', path, params: { point: id } }]
  const stated = parseDecimal(reference.value)
  const expected = readComputed(value)
  const values = contributing.map(({ value }) => parseDecimal(value))
  // Half a unit of the last place of the results, a whole one of the stated value, and the possible effect of rounded weights.
  const scale = Math.min(stated.scale, ...values.map((value) => value.scale))
  const lowest = values.reduce((a, b) => (compare(a, b) < 0 ? a : b))
  const highest = values.reduce((a, b) => (compare(a, b) > 0 ? a : b))
  const spread = subtractRational(fromDecimal(highest), fromDecimal(lowest))
  const slack = multiplyRational(spread, rational(1n, 20n))
  const open = rational(3n, 2n * 10n ** BigInt(scale))
  const off = absoluteRational(subtractRational(fromDecimal(expected), fromDecimal(stated)))
  if (compareRational(subtractRational(off, slack), open) <= 0) return []
  const [zh, en] = referenceMethods[method]
  const params = {
    point: id,
    method: { zh, en },
    expected: formatDecimal(toDecimal(fromDecimal(expected), stated.scale)),
    stated: reference.value,
  }
  return [{ code: 'reference.differs', path, params }]
}

/** Mean and median weight all results equally. */
const UNWEIGHTED: StatedUncertainty = { standard: '1' }

/** A decimal times a ratio in percent is a decimal. */
function asStated(printed: PrintedUncertainty | undefined): StatedUncertainty | undefined {
  if (printed === undefined) return undefined
  const { value, k, by } = printed
  const expanded = by === undefined ? value : toExactDecimal(multiplyRational(fromDecimal(value), by), MAX_PLACES)
  return expanded && { expanded: formatDecimal(expanded), k: formatDecimal(k) }
}
const MAX_PLACES = 90

export const scoreRules: readonly Rule[] = [scores]
