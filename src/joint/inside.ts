/** Internal exports of this folder for the folders above it; no package subpath exports them. */
export {
  capabilityCells,
  capabilityHeads,
  capabilityMark,
  capabilityMarks,
  notComparedText,
  writeCapabilitiesCsv,
} from './alliance/capability-table.js'
export { canOf, rangeOf, uncertaintyOf } from './alliance/question.js'
export { jointConditionOf } from './clauses/conditions.js'
export {
  type DueBody,
  type DueName,
  type DueStep,
  dueInAlliance,
  dueInCase,
  dueInDraw,
  dueInRound,
  dueNames,
} from './due.js'
export { dueDetail, dueStepNames, dueTitle } from './due-names.js'
export { checkOf } from './finding.js'
export { reportDigest } from './round/report-digest.js'
