/** `tongheng/conformance`: rules over one record. */
export { blockedRows, checkRecord, newerMembers, type RecordCheck, rules, shapeFindings, shapeRows } from './check-record.js'
export { judgeUncertainty } from './judge-uncertainty.js'
export type { Needs, Rule, RuleContext, Severity } from './rule.js'
