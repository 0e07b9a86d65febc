/** Recognition: does the agreement cover this record, in this direction, on this day, and are its conditions met? */

import { blocked, type Check, failed, missingFact, notApplicable, pass, passWith, type Row } from '../base/check.js'
import type { RowId } from '../base/message.js'
import { newerParams } from '../base/shape.js'
import { categoryName, provinceName } from '../catalogue/index.js'
import { coded as recordsCoded } from '../records/messages.js'
import { type Agreement, agreementsFor, type Clause, type ClauseCondition, findClause } from './agreement.js'
import type { Condition, RecognitionFacts } from './condition.js'
import { conditionOf, conditions } from './conditions.js'
import { coded } from './messages.js'
import { checkValidity } from './validity.js'

const since = '0.1.0'
const rowsOf = {
  agreement: { id: coded('agreement.in-force'), group: 'recognition', basis: '川渝地区计量工作领域合作协议', since, revised: '0.2.0' },
  clause: { id: coded('agreement.clause'), group: 'recognition', basis: '川渝地区计量工作领域合作协议', since, revised: '0.2.0' },
  unknownCondition: { id: coded('condition.known'), group: 'recognition', basis: '互认协议条款', since },
  validity: {
    id: coded('record.validity'),
    group: 'recognition',
    basis: '计量法实施细则 第二十二条; JJF 1069—2012',
    since,
    revised: '0.2.0',
  },
  outcome: { id: coded('record.outcome'), group: 'recognition', basis: '计量检定印、证管理办法', since },
} as const satisfies Record<string, Row>

/** Rows of recognition, in the order of the report. */
export const recognitionRows: readonly Row[] = [
  rowsOf.outcome,
  rowsOf.validity,
  rowsOf.agreement,
  rowsOf.clause,
  ...conditions,
  rowsOf.unknownCondition,
]

export interface Decision {
  readonly checks: readonly Check[]
  readonly agreement?: Agreement
  readonly clause?: Clause
}

const conditionRows: readonly Row[] = [...conditions, rowsOf.unknownCondition]

/** Judges a record against the agreements. Pure: the same facts give the same decision. */
export function decide(facts: RecognitionFacts, agreements: readonly Agreement[]): Decision {
  const { checks, ...by } = facts.from === facts.to ? domestic(facts) : across(facts, agreements)
  return { checks: [checkOutcome(facts), checkValidity(rowsOf.validity, facts), ...checks], ...by }
}

/** Within one province the law applies, and no agreement is needed. */
const domestic = (facts: RecognitionFacts): Decision => ({
  checks: [notApplicable(rowsOf.agreement), passDomestic(facts), ...conditionRows.map(notApplicable)],
})

/** If several agreements are in force between two provinces, recognition by one of them suffices: the best decision counts. */
function across(facts: RecognitionFacts, agreements: readonly Agreement[]): Decision {
  const [first, ...others] = agreementsFor(agreements, facts).map((agreement) => decideBy(agreement, facts))
  if (first !== undefined) return others.reduce((best, one) => (rankOf(one) < rankOf(best) ? one : best), first)
  const params = { factDate: facts.factDate }
  const check =
    agreements.length === 0
      ? missingFact(rowsOf.agreement, 'agreement', { code: coded('agreement.not-supplied'), params })
      : failed(rowsOf.agreement, { code: coded('agreement.not-in-force'), params })
  return { checks: [check, ...blockedBy(check.id, [rowsOf.clause, ...conditionRows])] }
}

const blockedBy = (by: RowId, rows: readonly Row[]): readonly Check[] => rows.map((row) => blocked(row, by))

/** 0: recognised; 1: undecided; 2: refused by a condition of the clause; 3: covered by no clause. */
function rankOf({ checks, clause }: Decision): number {
  if (checks.some(({ status }) => status === 'fail')) return clause === undefined ? 3 : 2
  return checks.some(({ status, blockedBy: by }) => status === 'skip' && by !== undefined) ? 1 : 0
}

function decideBy(agreement: Agreement, facts: RecognitionFacts): Decision {
  const checks: Check[] = []
  const blockAll = (rows: readonly Row[], by: RowId): void => void checks.push(...blockedBy(by, rows))
  const { id, version } = agreement.payload
  if (agreement.newer !== undefined) {
    const params = { agreement: id, version, ...newerParams(agreement.newer) }
    const evidence = { agreement: id, version, members: agreement.newer }
    checks.push(missingFact(rowsOf.agreement, 'newer-version', { code: coded('agreement.newer-members'), params, evidence }))
    blockAll([rowsOf.clause, ...conditionRows], rowsOf.agreement.id)
    return { checks, agreement }
  }
  checks.push(passWith(rowsOf.agreement, { agreement: id, version }))
  const category = facts.kind.instrument(facts.record)?.category
  const match = findClause(agreement.payload, {
    kind: facts.record.kind,
    category,
    from: facts.from,
    to: facts.to,
    factDate: facts.factDate,
  })
  if ('miss' in match) {
    const params = {
      kind: facts.kind.title,
      category: categoryName(category ?? ''),
      from: provinceName(facts.from),
      to: provinceName(facts.to),
      factDate: facts.factDate,
    }
    checks.push(failed(rowsOf.clause, { code: `clause.no-${match.miss}`, params, evidence: { agreement: id, version } }))
    blockAll(conditionRows, rowsOf.clause.id)
    return { checks, agreement }
  }
  const { clause } = match
  const { applies, steps, unknownCondition } = preparedClause(clause)
  checks.push(applies)
  for (const step of steps) for (const check of checkCondition(step, facts, clause)) checks.push(check)
  checks.push(unknownCondition)
  return { checks, agreement, clause }
}

function checkCondition({ condition, parameters, inapplicable }: Step, facts: RecognitionFacts, clause: Clause): readonly Check[] {
  if (parameters === undefined) return [inapplicable]
  // A condition on a partly understood record could fail a correct one.
  if (facts.isPartlyRead) return [blocked(condition, recordsCoded('record.schema'))]
  const lacking = facts.lacks?.(condition, clause)
  return lacking === undefined ? condition.evaluate(facts, parameters as never) : [lacking]
}

interface Step {
  readonly condition: Condition
  readonly parameters: ClauseCondition | undefined
  readonly inapplicable: Check
}

/** The parts of a clause that do not depend on the record, and its conditions. */
interface PreparedClause {
  readonly applies: Check
  readonly steps: readonly Step[]
  readonly unknownCondition: Check
}

const preparedClauses = new WeakMap<Clause, PreparedClause>()

function preparedClause(clause: Clause): PreparedClause {
  let prepared = preparedClauses.get(clause)
  if (prepared === undefined) {
    const steps = conditions.map((condition) => ({
      condition,
      parameters: clause.conditions.find(({ name }) => name === condition.name),
      inapplicable: notApplicable(condition),
    }))
    prepared = { applies: clausePass(clause), steps, unknownCondition: checkNames(clause) }
    preparedClauses.set(clause, prepared)
  }
  return prepared
}

/** The clause that applies, in its own words and on its own basis. */
function clausePass({ id, title, effect, basis }: Clause): Check {
  const message = {
    zh: `适用条款“${title.zh}”：${effect.zh}`,
    en: `Clause “${title.en ?? title.zh}” applies: ${effect.en ?? effect.zh}`,
  }
  return Object.freeze({ ...passWith(rowsOf.clause, { clause: id, effect }), message, basis })
}

function checkNames(clause: Clause): Check {
  const unknownConditions = clause.conditions.filter(({ name }) => conditionOf(name) === undefined)
  if (unknownConditions.length === 0) return pass(rowsOf.unknownCondition)
  const params = { names: unknownConditions.map(({ name }) => name).join(', ') }
  return Object.freeze(missingFact(rowsOf.unknownCondition, 'condition', { code: coded('condition.not-known'), params }))
}

const passDomestic = ({ from }: RecognitionFacts): Check => ({
  ...failed(rowsOf.clause, { code: coded('clause.domestic'), params: { region: provinceName(from) } }),
  status: 'pass',
})

/** A failed verification is never recognised; if its record has no other fault, it is accepted as a failure. */
function checkOutcome({ record }: RecognitionFacts): Check {
  if (record.kind !== 'verification-record') return notApplicable(rowsOf.outcome)
  if (record.outcome === 'pass') return pass(rowsOf.outcome)
  return failed(rowsOf.outcome, {
    code: coded('outcome.failed-verification'),
    path: '/record/outcome',
    params: { certificateNo: record.certificateNo },
  })
}
