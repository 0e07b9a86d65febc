/** `tongheng/conformance`: rules over one record. */
export { blockedRows, checkRecord, type RecordCheck, rules, shapeFindings, shapeRows } from './check-record.js'
export type { Rule, RuleContext } from './rule.js'
