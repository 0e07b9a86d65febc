/** 计量比对: stated scores and reference values against the data, outcomes against the scores. V20. */
import type { Finding } from '../base/check.js'
import { compare, type Decimal, formatDecimal, parseDecimal, readComputed } from '../base/decimal.js'
import type { Code, Text } from '../base/messages/index.js'
import {
  absoluteRational,
  compareRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
  toDecimal,
  unreduced,
} from '../base/rational.js'
import {
  type Correlation,
  outcomeOf,
  type PrintedScore,
  type PrintedUncertainty,
  recomputeScore,
  referenceValue,
  type ScoreAgreement,
  type ScoreName,
  type ScoreOutcome,
  type StatedUncertainty,
  scoreAgreement,
} from '../comparison/index.js'
import {
  COMPARISON_OUTCOMES,
  type ComparisonPoint,
  type ComparisonReference,
  type LaboratoryResult,
  referenceMethods,
  type Uncertainty,
} from '../records/index.js'
import { isKind, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

const SCORE_NAMES: Readonly<Record<ScoreName, string>> = { en: 'En', zeta: 'ζ', z: 'z' }
const ONE: Decimal = { coefficient: 1n, scale: 0 }
const TWO: Decimal = { coefficient: 2n, scale: 0 }

/** A stated uncertainty in the unit of the value; undefined for an interval, a ratio, or one that is no positive number. */
function printedUncertainty(uncertainty: Uncertainty): PrintedUncertainty | undefined {
  if (uncertainty.form === 'interval' || uncertainty.relativeTo !== undefined) return undefined
  const k = uncertainty.form === 'expanded' ? parseDecimal(uncertainty.k) : ONE
  const value = parseDecimal(uncertainty.value)
  return k.coefficient > 0n && value.coefficient > 0n ? { value, k } : undefined
}

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
  'not-computable': 'score.not-computable',
}

const scores: Rule = {
  id: 'comparison.scores',
  group,
  since,
  basis: 'JJF 1117—2010; ISO 13528:2022 9.4, 9.6, 9.7; ISO/IEC 17043:2023',
  needs: { 'comparison-result': ['points'] },
  codes: {
    'reference.differs': 'fail',
    'score.differs': 'fail',
    'score.sign': 'fail',
    'score.correlation-ignored': 'fail',
    'score.correlation-assumed': 'fail',
    'score.not-computable': 'fail',
  },
  evaluate({ record }) {
    if (!isKind(record, 'comparison-result')) return undefined
    return record.points.flatMap((point, at) => {
      const contributors = new Set(point.reference.contributors)
      return [
        ...judgeReference(point, `/points/${at}/reference/value`),
        ...point.results.flatMap((result, row) => judgeScores(point, contributors, result, `/points/${at}/results/${row}`)),
      ]
    })
  },
}

function judgeScores(point: ComparisonPoint, contributors: ReadonlySet<string>, result: LaboratoryResult, path: string): Finding[] {
  const { reference, drift, sigma } = point
  const uncertainty = printedUncertainty(result.uncertainty)
  const referenceUncertainty = printedUncertainty(reference.uncertainty)
  if (uncertainty === undefined || referenceUncertainty === undefined) return []
  return (['en', 'zeta', 'z'] as const).flatMap((score): Finding[] => {
    const stated = result[score]
    if (stated === undefined || (score === 'z' && sigma === undefined)) return []
    const printed: PrintedScore = {
      score,
      stated: parseDecimal(stated),
      result: parseDecimal(result.value),
      uncertainty,
      reference: parseDecimal(reference.value),
      referenceUncertainty,
      drift: drift && printedUncertainty(drift),
      k: reference.uncertainty.form === 'expanded' ? parseDecimal(reference.uncertainty.k) : TWO,
      sigma: sigma === undefined ? undefined : parseDecimal(sigma),
      correlation: correlationOf(reference, contributors, result.code),
      contributors: reference.contributors?.length ?? 0,
    }
    const agreement = scoreAgreement(printed)
    if (agreement === 'agrees') return []
    const params = {
      point: point.id,
      code: result.code,
      score: SCORE_NAMES[score],
      stated,
      // Only the first findings of a rule are put into words.
      get expected() {
        return recomputeScore(printed).expected ?? ''
      },
    }
    return [{ code: AGREEMENT_CODES[agreement], path: `${path}/${score}`, params }]
  })
}

/** The reference value formed anew from the printed results of its contributors. */
function judgeReference({ id, reference, results }: ComparisonPoint, path: string): Finding[] {
  const { method, contributors } = reference
  if (method === 'given' || contributors === undefined) return []
  const named = new Set(contributors)
  const contributing = results.filter(({ code }) => named.has(code))
  const input = contributing.map(({ code, value, uncertainty }) => ({ code, value, uncertainty: asStated(uncertainty) }))
  if (input.length !== contributors.length || input.some(({ uncertainty }) => uncertainty === undefined)) return []
  const value = referenceValue({
    results: input as { code: string; value: string; uncertainty: StatedUncertainty }[],
    reference: { method, contributors: [...contributors] },
  })
  if (value === undefined) return []
  const stated = parseDecimal(reference.value)
  const expected = readComputed(value)
  const values = contributing.map(({ value }) => parseDecimal(value))
  // Half a unit of the results' own last place, a whole one of the stated value, and what rounded weights can shift.
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

function asStated(uncertainty: Uncertainty): StatedUncertainty | undefined {
  if (printedUncertainty(uncertainty) === undefined || uncertainty.form === 'interval') return undefined
  return uncertainty.form === 'expanded' ? { expanded: uncertainty.value, k: uncertainty.k } : { standard: uncertainty.value }
}

const RANK: Readonly<Record<ScoreOutcome, number>> = { satisfactory: 0, questionable: 1, unsatisfactory: 2 }
const word = (outcome: ScoreOutcome): Text => ({ zh: COMPARISON_OUTCOMES[outcome], en: outcome })

const outcomes: Rule = {
  id: 'comparison.outcomes',
  group,
  since,
  basis: 'JJF 1117—2010; ISO 13528:2022 9.4, 9.7',
  needs: { 'comparison-result': ['points', 'outcomes'] },
  codes: { 'outcome.not-from-score': 'fail', 'outcome.better-than-points': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'comparison-result')) return undefined
    const findings: Finding[] = []
    const worst = new Map<string, ScoreOutcome>()
    record.points.forEach(({ id, results }, point) => {
      results.forEach(({ code, outcome, excluded, ...stated }, at) => {
        if (excluded !== undefined) return
        const judged = outcomeFromScores(stated)
        if (outcome !== undefined && judged !== undefined && !judged.open.includes(outcome)) {
          const params = {
            point: id,
            code,
            score: SCORE_NAMES[judged.score],
            value: judged.value,
            expected: word(judged.open[0] as ScoreOutcome),
            stated: word(outcome),
          }
          findings.push({ code: 'outcome.not-from-score', path: `/points/${point}/results/${at}/outcome`, params })
        }
        const found = outcome ?? judged?.open[0]
        if (found !== undefined && RANK[found] > RANK[worst.get(code) ?? 'satisfactory']) worst.set(code, found)
      })
    })
    record.outcomes.forEach(({ code, outcome, note }, at) => {
      const found = worst.get(code)
      if (found === undefined || note !== undefined || RANK[outcome] >= RANK[found]) return
      findings.push({
        code: 'outcome.better-than-points',
        path: `/outcomes/${at}/outcome`,
        params: { code, stated: word(outcome), worst: word(found) },
      })
    })
    return findings
  },
}

/** What the score that decides means: En where it is stated, else ζ, else z. A score printed at its limit leaves both open. */
function outcomeFromScores(
  stated: Pick<LaboratoryResult, ScoreName>,
): { readonly score: ScoreName; readonly value: string; readonly open: readonly ScoreOutcome[] } | undefined {
  for (const score of ['en', 'zeta', 'z'] as const) {
    const value = stated[score]
    if (value === undefined) continue
    const size = absoluteRational(unreduced.fromDecimal(parseDecimal(value)))
    const half = { numerator: 1n, denominator: 2n * size.denominator }
    const at = (offset: Rational): ScoreOutcome => {
      const shifted = unreduced.subtract(size, offset)
      return outcomeOf(score, unreduced.multiply(shifted, absoluteRational(shifted)))
    }
    const open = [at(rational(0n)), at(half), at({ ...half, numerator: -half.numerator })]
    return { score, value, open }
  }
  return undefined
}

export const scoreRules: readonly Rule[] = [scores, outcomes]
