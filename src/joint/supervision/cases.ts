/** Cases of joint supervision: finding → measures → rectification → recheck → closure, derived from the statements alone. */
import { type CivilDate, civilDateOf, daysBetween, type Instant, parseInstant } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import {
  aMoment,
  checkArgument,
  checkOptions,
  type Expectation,
  isArrayOf,
  isObject,
  isString,
  type OptionTable,
} from '../../base/options.js'
import { divisionOf, judgeJurisdiction } from '../../conformance/inside.js'
import type { SupervisionFinding } from '../../records/index.js'
import { someJoint } from '../arguments.js'
import { found, type JointFinding } from '../finding.js'
import type { SupervisionClosure } from '../kinds/supervision-closure.js'
import type { SupervisionMeasure } from '../kinds/supervision-measure.js'
import type { SupervisionRecheck } from '../kinds/supervision-recheck.js'
import type { SupervisionRectification } from '../kinds/supervision-rectification.js'
import { type Joint, type JointStatement, subjectKey } from '../open-joint.js'
import { titleOf } from '../words.js'
import { drawnParties } from './drawn-party.js'
import { eventFindings } from './event-findings.js'
import { faultyStatements, nameOfIssuer } from './parts.js'

/**
 * `nothing-found`: the inspection found nothing. `open`: no measure yet. `ordered`: measures, and the deadline (if any) has not passed.
 * `overdue`: the deadline has passed without a report of the correction. `rectified`: the party reported, and no recheck followed.
 * `rechecked`: the last recheck found the correction. `closed`: closed by a closure that counts.
 */
export type CaseState = 'nothing-found' | 'open' | 'ordered' | 'overdue' | 'rectified' | 'rechecked' | 'closed'

/** States in the order of the work; a table has a column for each. */
export const caseStates: readonly CaseState[] = ['nothing-found', 'open', 'ordered', 'overdue', 'rectified', 'rechecked', 'closed']

/** Record of a finding with its statement id. The caller must have verified it: these functions do not verify records. */
export interface FindingRecord {
  readonly statementId: string
  readonly record: SupervisionFinding
}

/** A statement about a finding. */
export type CaseStatement = JointStatement<SupervisionMeasure | SupervisionRectification | SupervisionRecheck | SupervisionClosure>

/** What was done about one finding. */
export interface SupervisionCase {
  readonly state: CaseState
  readonly finding: FindingRecord
  /** The deadline in force, inclusive. */
  readonly deadline?: CivilDate
  /** Days since the deadline, if the case is overdue. */
  readonly daysOverdue?: number
  /** Statements that count, in the order of their days. */
  readonly statements: readonly CaseStatement[]
  readonly findings: readonly JointFinding[]
}

export interface CaseOptions {
  /** The cases are derived as of this moment; statements signed later are ignored. */
  readonly at: string | Date | Instant
  /**
   * Populations of the draws: lists of USCCs in any order. A list is matched with a draw by the digest to which the bureaus committed.
   * @default none: it is then undecided whether the party of a finding was drawn, if the task of the finding was opened
   */
  readonly populations?: readonly (readonly string[])[]
}

const OPTIONS: OptionTable = {
  at: aMoment,
  populations: {
    is: isArrayOf(isArrayOf(isString)),
    expected: { zh: '抽取名单的数组，每份名单是统一社会信用代码的数组', en: 'an array of lists, each an array of USCCs' },
    isOptional: true,
  },
}

/** An event of a case. `statement` is absent if the record of the finding states the event itself. */
export interface CaseEvent {
  readonly kind: 'measure' | 'rectification' | 'recheck' | 'closure'
  readonly on: CivilDate
  readonly title: Text
  readonly statement?: CaseStatement
  readonly deadline?: CivilDate | undefined
  /** Of a recheck: whether it found the correction. */
  readonly isCorrected?: boolean
}

const KINDS = ['supervision-measure', 'supervision-rectification', 'supervision-recheck', 'supervision-closure'] as const
const ORDER = ['measure', 'rectification', 'recheck', 'closure'] as const

const isFindingRecord = (value: unknown): boolean =>
  isObject(value) && isString(value.statementId) && isObject(value.record) && value.record.kind === 'supervision-finding'
const someFindings: Expectation = {
  is: isArrayOf(isFindingRecord),
  expected: { zh: '监督检查记录的数组（statementId 与 record）', en: 'an array of supervision findings, each with statementId and record' },
}
const aFinding: Expectation = {
  is: isFindingRecord,
  expected: { zh: '监督检查记录（statementId 与 record）', en: 'a supervision finding with statementId and record' },
}

/**
 * Derives the case of one finding. If its task was opened, the party of the finding is compared with the parties that were drawn for the
 * task.
 * @throws `verify.options`; `draw.party`, `draw.population` if a population is invalid
 */
export function caseOf(joint: Joint, finding: FindingRecord, options: CaseOptions): SupervisionCase {
  checkArgument('caseOf', 'joint', joint, someJoint)
  checkArgument('caseOf', 'finding', finding, aFinding)
  checkOptions('caseOf', options, OPTIONS)
  return derived(finding, statementsUntil(joint, options).get(finding.statementId) ?? [], judgingOf(joint, options))
}

/**
 * Derives the case of each finding, like `caseOf`.
 * @returns `cases` in the order of the findings; `findings` about statements whose finding was not given
 * @throws `verify.options`; `draw.party`, `draw.population` if a population is invalid
 */
export function casesOf(
  joint: Joint,
  findings: readonly FindingRecord[],
  options: CaseOptions,
): { readonly cases: readonly SupervisionCase[]; readonly findings: readonly JointFinding[] } {
  checkArgument('casesOf', 'joint', joint, someJoint)
  checkArgument('casesOf', 'findings', findings, someFindings)
  checkOptions('casesOf', options, OPTIONS)
  const judging = judgingOf(joint, options)
  const statements = statementsUntil(joint, options)
  // The same finding may be given twice, for example from two folders.
  const unique = [...new Map(findings.map((one) => [one.statementId, one])).values()]
  const cases = unique.map((one) => derived(one, statements.get(one.statementId) ?? [], judging))
  const known = new Set(unique.map(({ statementId }) => statementId))
  const orphans = [...statements].filter(([finding]) => !known.has(finding)).flatMap(([, ones]) => ones)
  return {
    cases,
    findings: orphans.map(({ statementId, document }) =>
      found('case.finding-unknown', {
        status: 'unknown',
        statementId,
        params: { title: titleOf(document.kind), finding: document.finding },
      }),
    ),
  }
}

/** Overdue cases, the longest overdue first. */
export const overdueCases = (cases: readonly SupervisionCase[]): readonly SupervisionCase[] => {
  checkArgument('overdueCases', 'cases', cases, someCases)
  return cases
    .filter(({ state }) => state === 'overdue')
    .sort((a, b) => (b.daysOverdue ?? 0) - (a.daysOverdue ?? 0) || (a.finding.statementId < b.finding.statementId ? -1 : 1))
}

export const someCases: Expectation = {
  is: isArrayOf((value) => isObject(value) && isString(value.state) && isFindingRecord(value.finding)),
  expected: { zh: ' casesOf 的结果（cases）', en: 'cases, as casesOf gives them' },
}

/** Groups the statements by the statement id of their finding. */
function statementsUntil(joint: Joint, { at }: CaseOptions): ReadonlyMap<string, readonly CaseStatement[]> {
  const byFinding = new Map<string, CaseStatement[]>()
  for (const kind of KINDS)
    for (const one of joint.of(kind) as readonly CaseStatement[]) {
      if (one.claims.iat > parseInstant(at)) continue
      const others = byFinding.get(one.document.finding)
      if (others === undefined) byFinding.set(one.document.finding, [one])
      else others.push(one)
    }
  return byFinding
}

interface Judging {
  readonly at: Instant
  readonly drawFindings: (finding: FindingRecord) => readonly JointFinding[]
}

function judgingOf(joint: Joint, { at: given, populations = [] }: CaseOptions): Judging {
  const at = parseInstant(given)
  return { at, drawFindings: drawnParties(joint, { at, populations }) }
}

function derived(finding: FindingRecord, all: readonly CaseStatement[], { at, drawFindings }: Judging): SupervisionCase {
  const admitted = all.map((one) => ({ one, reasons: refusalOf(one, finding), warnings: jurisdictionWarning(one, finding) }))
  const counting = admitted.filter(({ reasons }) => reasons.length === 0)
  const events = [...eventsOf(finding.record), ...counting.map(({ one }) => eventOf(one))].sort(byDay)
  const today = civilDateOf(at)
  const standing = standingOf(finding.record, events, today)
  return {
    ...standing,
    finding,
    statements: events.flatMap(({ statement }) => (statement === undefined ? [] : [statement])),
    findings: [
      ...drawFindings(finding),
      ...admitted.flatMap(({ reasons, warnings }) => [...reasons, ...warnings]),
      ...eventFindings(finding, events),
      ...(standing.daysOverdue === undefined
        ? []
        : [found('case.overdue', { status: 'warn', params: { deadline: standing.deadline, days: standing.daysOverdue } })]),
    ],
  }
}

/** Returns the reasons why a statement is not part of the case; empty if it is. */
function refusalOf(one: CaseStatement, { record }: FindingRecord): readonly JointFinding[] {
  const { document, statementId } = one
  const title = titleOf(document.kind)
  const reasons: JointFinding[] = [...faultyStatements('case.statement-faulty', [one])]
  if (subjectKey(document.taskNo) !== subjectKey(record.taskNo))
    reasons.push(found('case.other-task', { statementId, params: { title, taskNo: document.taskNo, expected: record.taskNo } }))
  if (document.kind === 'supervision-rectification' && document.party.uscc !== record.party.uscc)
    reasons.push(found('case.other-party', { statementId, params: { party: document.party.uscc, expected: record.party.uscc } }))
  if (jurisdictionOf(one, record) === 'none') {
    const params = { bureau: nameOfIssuer(one), place: record.place.division ?? '', title }
    reasons.push(found('case.no-jurisdiction', { statementId, basis: '行政处罚法 第二十二条', params }))
  }
  return reasons
}

function jurisdictionWarning(one: CaseStatement, { record }: FindingRecord): readonly JointFinding[] {
  const judged = jurisdictionOf(one, record)
  if (judged === undefined || judged === 'none') return []
  const params = { bureau: nameOfIssuer(one), place: record.place.division ?? '' }
  return [found(`case.${judged}`, { status: 'warn', statementId: one.statementId, params })]
}

/**
 * 行政处罚法 第二十二条、第二十五条: the bureau of the place has jurisdiction; if jurisdiction was designated, the bureau that issued the finding has it
 * too. Another bureau of the same province is a warning only, because the superior authority often assigns cases within a province. Returns
 * undefined if the bureau has jurisdiction.
 */
function jurisdictionOf(
  { issuer }: CaseStatement,
  { issuer: author, place, designation }: SupervisionFinding,
): 'none' | 'other-area' | 'jurisdiction-not-judged' | undefined {
  if (designation !== undefined && issuer.uscc === author.uscc) return undefined
  const judged = judgeJurisdiction(divisionOf(issuer), place.division)
  if (judged === undefined) return undefined
  if (judged.code !== 'finding.outside-jurisdiction') return 'jurisdiction-not-judged'
  return judged.status === 'fail' ? 'none' : 'other-area'
}

const byDay = (a: CaseEvent, b: CaseEvent): number =>
  (a.on < b.on ? -1 : a.on > b.on ? 1 : 0) ||
  ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
  ((a.statement?.statementId ?? '') < (b.statement?.statementId ?? '') ? -1 : 1)

/** Returns the events that the record of the finding states: measures on the spot, and a recheck. */
function eventsOf({ inspectedOn, measures, deadline, recheck }: SupervisionFinding): readonly CaseEvent[] {
  const title = titleOf('supervision-measure')
  return [
    ...(measures.some(({ code }) => code !== 'none') ? [{ kind: 'measure', on: inspectedOn, title, deadline } as const] : []),
    ...(recheck === undefined
      ? []
      : [{ kind: 'recheck', on: recheck.on, title: titleOf('supervision-recheck'), isCorrected: recheck.isCorrected } as const]),
  ]
}

function eventOf(statement: CaseStatement): CaseEvent {
  const { document } = statement
  const title = titleOf(document.kind)
  switch (document.kind) {
    case 'supervision-measure':
      return { kind: 'measure', on: document.orderedOn, title, statement, deadline: document.deadline }
    case 'supervision-rectification':
      return { kind: 'rectification', on: document.reportedOn, title, statement }
    case 'supervision-recheck':
      return { kind: 'recheck', on: document.checkedOn, title, statement, deadline: document.deadline, isCorrected: document.isCorrected }
    case 'supervision-closure':
      return { kind: 'closure', on: document.closedOn, title, statement }
  }
}

type Standing = Pick<SupervisionCase, 'state' | 'deadline' | 'daysOverdue'>

/** Returns the state after the last event. The events are in the order of their days. */
function standingOf({ finding }: SupervisionFinding, events: readonly CaseEvent[], today: CivilDate): Standing {
  let state: CaseState = finding === 'none' ? 'nothing-found' : 'open'
  let deadline: CivilDate | undefined
  let isCorrected = false
  for (const { kind, statement, deadline: until, isCorrected: corrected } of events) {
    if (state === 'closed') break
    if (until !== undefined) deadline = until
    if (kind === 'measure' && state !== 'rechecked') state = 'ordered'
    else if (kind === 'rectification' && state !== 'rechecked') state = 'rectified'
    else if (kind === 'recheck') {
      isCorrected = corrected === true
      state = isCorrected ? 'rechecked' : 'ordered'
    } else if (kind === 'closure') {
      const { outcome } = (statement as JointStatement<SupervisionClosure>).document
      // A case is not closed as corrected unless a recheck found the correction.
      if (outcome !== 'corrected' || isCorrected) state = 'closed'
    }
  }
  const base = deadline === undefined ? {} : { deadline }
  if (state !== 'ordered' || deadline === undefined || today <= deadline) return { state, ...base }
  return { state: 'overdue', ...base, daysOverdue: daysBetween(deadline, today) }
}
