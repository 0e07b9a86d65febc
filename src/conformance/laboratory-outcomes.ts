/** 计量比对: the outcome of each laboratory against its scores. V20. */
import type { Finding } from '../base/check.js'
import { parseDecimal } from '../base/decimal.js'
import { defineTexts, type Text } from '../base/message.js'
import { absoluteRational, type Rational, rational, unreduced } from '../base/rational.js'
import { outcomeOf, type ScoreName, type ScoreOutcome } from '../comparison/index.js'
import { COMPARISON_OUTCOMES, type ComparisonResult, type LaboratoryResult } from '../records/index.js'
import { group, isKind, type Rule } from './rule.js'
import { isOwnValue, SCORE_NAMES } from './scores.js'

export const laboratoryOutcomeTexts = defineTexts({
  rows: {
    'comparison.outcomes': { zh: '比对结论与评价值的一致性', en: 'Agreement of outcomes with the scores' },
  },
  codes: {
    'laboratory.not-judged': {
      zh: '实验室 {code} 的结论“{stated}”未能核对：没有任何分值',
      en: 'The outcome “{stated}” of laboratory {code} could not be judged: no score is stated',
      advice: { zh: '请写 En、ζ 或 z', en: 'State En, ζ or z' },
    },
    'outcome.not-from-score': {
      zh: '测量点 {point} 实验室 {code}：{score} = {value}，应为“{expected}”，写作“{stated}”',
      en: 'Point {point}, laboratory {code}: {score} = {value} means {expected}, but {stated} is stated',
      advice: { zh: 'En 限 1；ζ、z 限 2 与 3，不得混用', en: 'En has the limit 1; ζ and z have 2 and 3; they do not mix' },
    },
    'outcome.better-than-points': {
      zh: '实验室 {code} 的结论为“{stated}”，而有测量点为“{worst}”，又未加说明',
      en: 'Laboratory {code} is {stated}, though at one point it is {worst}, and no note says why',
      advice: { zh: '请改正结论，或在“说明”（note）中写明理由', en: 'Change the outcome, or say why in the note' },
    },
  },
})

const since = '0.1.0'

const RANK: Readonly<Record<ScoreOutcome, number>> = { satisfactory: 0, questionable: 1, unsatisfactory: 2 }
const word = (outcome: ScoreOutcome): Text => ({ zh: COMPARISON_OUTCOMES[outcome], en: outcome })

const outcomes: Rule = {
  id: 'comparison.outcomes',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1117—2010; ISO 13528:2022 9.4, 9.7',
  needs: { 'comparison-result': ['points', 'outcomes'] },
  codes: { 'outcome.not-from-score': 'fail', 'outcome.better-than-points': 'warn', 'laboratory.not-judged': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'comparison-result')) return undefined
    const findings: Finding[] = []
    const judgements = judgePoints(record, findings)
    record.outcomes.forEach(({ code, outcome, note }, at) => {
      const found = judgements.get(code)
      const path = `/outcomes/${at}/outcome`
      if (found === undefined) findings.push({ code: 'laboratory.not-judged', path, params: { code, stated: word(outcome) } })
      else if (found !== 'own-value' && note === undefined && RANK[outcome] < RANK[found])
        findings.push({ code: 'outcome.better-than-points', path, params: { code, stated: word(outcome), worst: word(found) } })
    })
    return findings
  },
}

/**
 * Judges the outcome at every point by its score, and returns the worst outcome of each laboratory: `own-value` if all its results
 * are the reference values themselves; no entry if it has neither a score nor an outcome at any point.
 */
function judgePoints(record: ComparisonResult, findings: Finding[]): ReadonlyMap<string, ScoreOutcome | 'own-value'> {
  const worst = new Map<string, ScoreOutcome | 'own-value'>()
  record.points.forEach(({ id, reference, results }, point) => {
    const contributors = new Set(reference.contributors)
    results.forEach(({ code, outcome, excluded, ...stated }, at) => {
      if (excluded !== undefined) return
      if (isOwnValue(contributors, code)) {
        worst.set(code, worst.get(code) ?? 'own-value')
        return
      }
      const judged = outcomeFromScores(stated)
      const path = `/points/${point}/results/${at}/outcome`
      if (outcome !== undefined && judged === undefined)
        findings.push({ code: 'laboratory.not-judged', path, params: { code, stated: word(outcome) } })
      if (outcome !== undefined && judged !== undefined && !judged.open.includes(outcome)) {
        const params = {
          point: id,
          code,
          score: SCORE_NAMES[judged.score],
          value: judged.value,
          expected: word(judged.open[0] as ScoreOutcome),
          stated: word(outcome),
        }
        findings.push({ code: 'outcome.not-from-score', path, params })
      }
      const found = outcome ?? judged?.open[0]
      const known = worst.get(code)
      if (found !== undefined && (known === undefined || known === 'own-value' || RANK[found] > RANK[known])) worst.set(code, found)
    })
  })
  return worst
}

/** Outcome of the decisive score: En if stated, otherwise ζ, otherwise z. A score printed at its limit allows both outcomes. */
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

export const laboratoryOutcomeRules: readonly Rule[] = [outcomes]
