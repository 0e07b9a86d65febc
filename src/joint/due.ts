/** Derives which steps of a piece of work are due, by whom and until when, from the state of the work alone. */
import { type CivilDate, civilDateOf, type Instant } from '../base/date.js'
import type { Text } from '../base/message.js'
import type { AllianceState } from './alliance/alliance.js'
import type { Round, RoundLaboratory } from './round/index.js'
import type { SupervisionCase } from './supervision/cases.js'
import type { Draw } from './supervision/draw.js'
import { endOfDay } from './words.js'

/** Steps in the order of the work. `evidence`: receipts of a log are missing, without which nothing can be decided. */
export const dueNames = [
  'evidence',
  'enrol',
  'commit',
  'reveal',
  'unseal',
  'record',
  'report',
  'check',
  'draw-commit',
  'draw-reveal',
  'draw-show',
  'inspect',
  'task-again',
  'measure',
  'rectify',
  'recheck',
  'close',
  'join',
  'revise',
  'renew',
] as const
export type DueName = (typeof dueNames)[number]

export interface DueBody {
  readonly uscc: string
  readonly name: Text
}

/** Role that must act, if the statements do not name the bodies. */
export type DueRole = 'reader' | 'laboratories' | 'participants' | 'jurisdiction' | 'lead'

export interface DueStep {
  readonly step: DueName
  readonly by: readonly DueBody[] | DueRole
  /** First day on which it can be done, if that day is in the future. */
  readonly from?: CivilDate
  /** Last day, inclusive. */
  readonly until?: CivilDate
  /** Whether the last day has passed. */
  readonly isLate: boolean
  /** The laboratory whose result the pilots open. */
  readonly about?: DueBody
}

interface Days {
  readonly from?: CivilDate
  readonly until?: CivilDate | undefined
  readonly about?: DueBody
}

const step = (name: DueName, by: DueStep['by'], on: CivilDate, { from, until, about }: Days = {}): DueStep => ({
  step: name,
  by,
  ...(from !== undefined && from > on && { from }),
  ...(until !== undefined && { until }),
  isLate: until !== undefined && on > until,
  ...(about && { about }),
})

const body = ({ uscc, name }: { readonly uscc: string; readonly name: string }): DueBody => ({ uscc, name: { zh: name, en: name } })

/**
 * Steps that are due in a round. Once every pilot has signed a report, only its check by each participant is due.
 * @param isReportable whether `reportOf` can compute a report
 * @param hasRecord whether there is a signed record of the comparison; if undefined (not known), both the record and the report are due
 */
export function dueInRound(
  round: Round,
  { isReportable, hasRecord }: { readonly isReportable: boolean; readonly hasRecord?: boolean },
): readonly DueStep[] {
  const { protocol, phase, laboratories, at, reports } = round
  const { enrol, commit, open } = protocol.deadlines
  const on = civilDateOf(at)
  const those = (state: RoundLaboratory['state']): readonly DueBody[] => laboratories.filter((one) => one.state === state)
  const [enrolled, committed] = [those('enrolled'), those('committed')]
  const pilots = protocol.pilots.map(({ party }) => body(party))
  const unsigned = pilots.filter(({ uscc }) => !reports.some(({ issuer }) => issuer.uscc === uscc))
  const steps: DueStep[] = []
  if (those('undecided').length > 0) steps.push(step('evidence', 'reader', on))
  if (phase === 'enrolling') steps.push(step('enrol', 'laboratories', on, { until: enrol }))
  if (enrolled.length > 0) steps.push(step('commit', enrolled, on, { until: commit }))
  else if (committed.length > 0) steps.push(step('reveal', committed, on, { from: civilDateOf(endOfDay(commit)), until: open }))
  // Once every pilot has signed a report, results are not opened any more.
  if (unsigned.length > 0) for (const about of those('unopened')) steps.push(step('unseal', pilots, on, { until: open, about }))
  if (!isReportable) return steps
  const isRecordDue = hasRecord !== true && unsigned.length === pilots.length
  if (isRecordDue) steps.push(step('record', protocol.organisers.map(body), on))
  // The report refers to the record, so the record comes first.
  if (isRecordDue && hasRecord === false) return steps
  steps.push(unsigned.length > 0 ? step('report', unsigned, on) : step('check', 'participants', on))
  return steps
}

/** Steps that are due in the draw of a task, and the inspections after it. */
export function dueInDraw({ state, sides, task }: Draw, at: Instant): readonly DueStep[] {
  const { draw, from, to } = task.document
  const on = civilDateOf(at)
  const bureaus = sides.map(body)
  switch (state) {
    case 'committing':
      return [step('draw-commit', sides.filter(({ commitment }) => commitment === undefined).map(body), on, { until: draw.commitBy })]
    case 'revealing':
      return [step('draw-reveal', sides.filter(({ nonce }) => nonce === undefined).map(body), on, { until: draw.revealBy })]
    case 'revealed':
    case 'drawn':
      return [step('draw-show', bureaus, on), ...(on > to ? [] : [step('inspect', bureaus, on, { from, until: to })])]
    case 'failed':
      return [step('task-again', bureaus, on)]
    case 'undecided':
      return [step('evidence', 'reader', on)]
  }
}

const CASE_STEPS: Readonly<Record<SupervisionCase['state'], DueName | undefined>> = {
  'nothing-found': undefined,
  open: 'measure',
  ordered: 'rectify',
  overdue: 'rectify',
  rectified: 'recheck',
  rechecked: 'close',
  closed: undefined,
}

/** The step that is due in a case; undefined if the case is closed, or the inspection found nothing. */
export function dueInCase({ state, deadline }: SupervisionCase, at: Instant): DueStep | undefined {
  const name = CASE_STEPS[state]
  return name && step(name, 'jurisdiction', civilDateOf(at), name === 'rectify' ? { until: deadline } : {})
}

/**
 * Members that have not consented yet, and the renewal before the text ends. If it is undecided which text counts, a new revision is due.
 */
export function dueInAlliance({ text, members }: AllianceState, on: CivilDate): readonly DueStep[] {
  if (text === undefined) return [step('revise', 'lead', on)]
  const { until, members: listed } = text.document
  const missing = members.filter(({ consent }) => consent === undefined).map(body)
  const leads = listed.filter(({ role }) => role === 'lead' || role === 'secretariat').map(({ party }) => body(party))
  const isOver = until !== undefined && on > until
  return [
    ...(missing.length > 0 && !isOver ? [step('join', missing, on)] : []),
    ...(until === undefined ? [] : [step('renew', leads, on, { until })]),
  ]
}
