/** Findings about the events of one case. */
import type { CivilDate } from '../../base/date.js'
import { found, type JointFinding } from '../finding.js'
import type { CaseEvent, FindingRecord } from './cases.js'
import { contentOf } from './parts.js'

/** @param events in the order of their days */
export function eventFindings({ record }: FindingRecord, events: readonly CaseEvent[]): readonly JointFinding[] {
  const stated = events.filter(({ statement }) => statement !== undefined)
  if (record.finding === 'none')
    return stated.map(({ title, statement }) => found('case.nothing-found', { ...about(statement), params: { title } }))
  return [
    ...stated.flatMap((event) => orderFindings(event, record.inspectedOn)),
    ...referenceFindings(stated),
    ...withoutMeasure(events),
    ...lateReports(events),
    ...closureFindings(events),
  ]
}

const about = (statement: CaseEvent['statement']) => (statement === undefined ? {} : { statementId: statement.statementId })

const INSPECTION = { zh: '检查', en: 'inspection' }

const orderFindings = ({ on, title, statement }: CaseEvent, inspectedOn: CivilDate): readonly JointFinding[] =>
  on < inspectedOn
    ? [found('case.order', { ...about(statement), params: { later: title, laterDate: on, earlier: INSPECTION, earlierDate: inspectedOn } })]
    : []

/**
 * A rectification refers to its measure, and a recheck to its rectification: the statement referred to must be in the case, and not be
 * later.
 */
function referenceFindings(stated: readonly CaseEvent[]): readonly JointFinding[] {
  const byId = new Map(stated.map((event) => [event.statement?.statementId, event]))
  return stated.flatMap(({ on, title, statement }) => {
    const document = statement?.document
    const reference =
      document?.kind === 'supervision-rectification'
        ? document.measure
        : document?.kind === 'supervision-recheck'
          ? document.rectification
          : undefined
    if (reference === undefined) return []
    const earlier = byId.get(reference)
    if (earlier === undefined)
      return [found('case.reference-unknown', { status: 'unknown', ...about(statement), params: { title, reference } })]
    if (earlier.on <= on) return []
    const params = { later: title, laterDate: on, earlier: earlier.title, earlierDate: earlier.on }
    return [found('case.order', { ...about(statement), params })]
  })
}

/** Reports rectifications and rechecks before the first measure: each must follow one. */
function withoutMeasure(events: readonly CaseEvent[]): readonly JointFinding[] {
  const first = events.findIndex(({ kind }) => kind === 'measure')
  return events
    .slice(0, first === -1 ? events.length : first)
    .filter(({ kind, statement }) => statement !== undefined && (kind === 'rectification' || kind === 'recheck'))
    .map(({ title, statement }) => found('case.without-measure', { ...about(statement), params: { title } }))
}

/** Compares each rectification with the deadline in force on its day. */
function lateReports(events: readonly CaseEvent[]): readonly JointFinding[] {
  let deadline: CivilDate | undefined
  return events.flatMap((event) => {
    if (event.deadline !== undefined) deadline = event.deadline
    if (event.kind !== 'rectification' || deadline === undefined || event.on <= deadline) return []
    return [found('case.rectified-late', { status: 'warn', ...about(event.statement), params: { date: event.on, deadline } })]
  })
}

function closureFindings(events: readonly CaseEvent[]): readonly JointFinding[] {
  const closures = events.filter(({ kind }) => kind === 'closure')
  const [first] = closures
  if (first === undefined) return []
  const findings: JointFinding[] = []
  for (const { statement } of closures) {
    const lastRecheck = events
      .slice(
        0,
        events.findIndex((one) => one.statement === statement),
      )
      .findLast(({ kind }) => kind === 'recheck')
    if (
      statement?.document.kind === 'supervision-closure' &&
      statement.document.outcome === 'corrected' &&
      lastRecheck?.isCorrected !== true
    )
      findings.push(found('case.closed-without-recheck', about(statement)))
  }
  const other = closures.find(({ statement }) => contentOf(statement?.document) !== contentOf(first.statement?.document))
  if (other !== undefined) findings.push(found('case.closed-twice', about(other.statement)))
  const after = events.slice(events.indexOf(first) + 1).filter(({ kind }) => kind !== 'closure')
  return [
    ...findings,
    ...after.map(({ title, on, statement }) =>
      found('case.after-closure', { status: 'warn', ...about(statement), params: { title, date: on, closedOn: first.on } }),
    ),
  ]
}
