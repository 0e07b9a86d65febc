/** `tongheng/comparison`: reference value, consistency and scores of a comparison 计量比对. */
export { chiSquaredCritical, chiSquaredTail } from './chi-squared.js'
export {
  type ComparisonEvaluation,
  type ComparisonFault,
  type ComparisonInput,
  evaluateComparison,
  type LaboratoryInput,
  type LaboratoryScores,
  referenceValue,
  type StatedUncertainty,
} from './evaluate.js'
export {
  type PrintedScore,
  type PrintedUncertainty,
  type RecomputedScore,
  recomputeScore,
  type ScoreAgreement,
  scoreAgreement,
} from './recompute.js'
export type { ReferenceRule } from './reference.js'
export { type Correlation, outcomeOf, type ScoreName, type ScoreOutcome, scoreDifference } from './scores.js'
