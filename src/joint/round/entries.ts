/** Derives the participants of a round, and the commitment that binds each of them. */
import type { Instant } from '../../base/date.js'
import { endOfDay, titleOf } from '../words.js'
import {
  byLaboratory,
  type LaboratoryStatement,
  laboratoryOf,
  moment,
  type Named,
  note,
  type RoundContext,
  statementsOf,
} from './context.js'

/**
 * `enrolled`: it takes part and has not committed yet. `committed`: it is bound to a result that is not open. `opened`: its result is open
 * and matches its commitment. `withdrawn`, `late`, `missing`, `unopened`: it has no result that counts. `undecided`: evidence is missing.
 */
export type LaboratoryState = 'enrolled' | 'committed' | 'opened' | 'withdrawn' | 'late' | 'missing' | 'unopened' | 'undecided'

/** A laboratory while its state is derived. */
export interface Entry extends Named {
  readonly isPilot: boolean
  readonly isNamed: boolean
  readonly code: string | undefined
  state: LaboratoryState
  /** Commitments to the one result that counts; several if it was signed more than once. */
  commitments: readonly LaboratoryStatement<'round-commitment'>[]
  committedAt: Instant | undefined
}

type Timing = 'in-time' | 'late' | 'undated'
const timing = (loggedAt: Instant | undefined, end: Instant): Timing =>
  loggedAt === undefined ? 'undated' : loggedAt < end ? 'in-time' : 'late'
const earliest = (moments: readonly (Instant | undefined)[]): Instant | undefined =>
  moments.reduce((first, one) => (one === undefined || (first !== undefined && first <= one) ? first : one), undefined)

/** Pilots take part by the protocol, other laboratories by an enrolment that was logged in time. */
export function entriesOf(context: RoundContext): Map<string, Entry> {
  const { protocol } = context
  const entries = new Map<string, Entry>()
  const fresh = { state: 'enrolled', commitments: [], committedAt: undefined } as const
  const groups = byLaboratory(statementsOf(context, 'round-enrolment'))
  for (const { party, code } of protocol.pilots) {
    const named = { uscc: party.uscc, name: { zh: party.name, en: party.name } }
    entries.set(party.uscc, { ...named, isPilot: true, isNamed: true, code, ...fresh })
  }
  const end = endOfDay(protocol.deadlines.enrol)
  for (const [uscc, statements] of groups) {
    if (entries.has(uscc)) continue
    const [first] = statements as [LaboratoryStatement<'round-enrolment'>]
    const about = laboratoryOf(first)
    const inTime = statements.filter(({ loggedAt }) => timing(loggedAt, end) === 'in-time')
    const base = { ...about, isPilot: false, isNamed: false, code: undefined, ...fresh }
    if (inTime.length > 0) {
      const codes = new Set(inTime.map(({ document }) => document.code))
      const [code] = codes
      // The laboratory consents only if each of its enrolments states so.
      entries.set(uscc, {
        ...base,
        isNamed: inTime.every(({ document }) => document.isNamed === true),
        code: codes.size === 1 ? code : undefined,
      })
    } else if (statements.some(({ loggedAt }) => loggedAt === undefined)) {
      noteUndated(context, first, about)
      entries.set(uscc, { ...base, state: 'undecided' })
    } else {
      const logged = earliest(statements.map(({ loggedAt }) => loggedAt)) as Instant
      note(context, 'round.enrolled-late', { about, params: { logged: moment(logged), deadline: protocol.deadlines.enrol } })
      entries.set(uscc, { ...base, state: 'late' })
    }
  }
  for (const [uscc, about] of context.undecided) {
    const entry = entries.get(uscc)
    if (entry === undefined || entry.state === 'late')
      entries.set(uscc, { ...about, isPilot: false, isNamed: false, code: undefined, ...fresh, state: 'undecided' })
  }
  noteCodes(context, entries)
  return entries
}

/** A code that several laboratories use is ambiguous: the report assigns other codes, except to pilots. */
function noteCodes(context: RoundContext, entries: Map<string, Entry>): void {
  const users = new Map<string, Entry[]>()
  for (const entry of entries.values()) {
    if (entry.code !== undefined) users.set(entry.code, [...(users.get(entry.code) ?? []), entry])
  }
  for (const [code, sharing] of users) {
    if (sharing.length < 2) continue
    note(context, 'round.code-twice', { status: 'warn', params: { code } })
    for (const entry of sharing) if (!entry.isPilot) entries.set(entry.uscc, { ...entry, code: undefined })
  }
}

const noteUndated = (
  context: RoundContext,
  statement: LaboratoryStatement<'round-enrolment' | 'round-commitment' | 'round-withdrawal'>,
  about: Named,
): void =>
  note(context, 'round.undated', {
    status: 'unknown',
    statementId: statement.statementId,
    about,
    params: { kind: titleOf(statement.document.kind) },
  })

/** A result to which a laboratory committed, by one or several statements of the same digest. */
interface Bound {
  readonly statements: readonly LaboratoryStatement<'round-commitment'>[]
  readonly loggedAt: Instant | undefined
}

/**
 * Binds each laboratory to the first result that was logged in time. Only a log proves the time; the date in a statement proves nothing.
 */
export function bindCommitments(context: RoundContext, entries: ReadonlyMap<string, Entry>): void {
  const groups = byLaboratory(statementsOf(context, 'round-commitment'))
  for (const [uscc, statements] of groups) {
    const entry = entries.get(uscc)
    const [first] = statements as [LaboratoryStatement<'round-commitment'>]
    if (entry === undefined) note(context, 'round.not-enrolled', { statementId: first.statementId, about: laboratoryOf(first) })
    else if (entry.state === 'late') note(context, 'round.not-enrolled', { statementId: first.statementId, about: entry })
    else bind(context, entry, boundIn(statements))
  }
}

/** Groups commitments by digest, in the order in which they were logged; those without log evidence are last. */
function boundIn(statements: readonly LaboratoryStatement<'round-commitment'>[]): readonly Bound[] {
  const byDigest = new Map<string, LaboratoryStatement<'round-commitment'>[]>()
  for (const one of statements) byDigest.set(one.document.digest, [...(byDigest.get(one.document.digest) ?? []), one])
  return [...byDigest.values()]
    .map((group) => ({ statements: group, loggedAt: earliest(group.map(({ loggedAt }) => loggedAt)) }))
    .sort(
      (a, b) => (a.loggedAt ?? Number.POSITIVE_INFINITY) - (b.loggedAt ?? Number.POSITIVE_INFINITY) || (digestOf(a) < digestOf(b) ? -1 : 1),
    )
}

const digestOf = ({ statements: [first] }: Bound): string => (first as LaboratoryStatement<'round-commitment'>).document.digest

function bind(context: RoundContext, entry: Entry, bounds: readonly Bound[]): void {
  const { commit } = context.protocol.deadlines
  const end = endOfDay(commit)
  const [first, second] = bounds as [Bound, ...Bound[]]
  for (const { statements, loggedAt } of bounds) {
    if (loggedAt === undefined) noteUndated(context, statements[0] as LaboratoryStatement<'round-commitment'>, entry)
  }
  if (second !== undefined) note(context, 'round.committed-twice', { about: entry })
  const when = timing(first.loggedAt, end)
  if (when === 'undated') entry.state = 'undecided'
  else if (when === 'late') {
    entry.state = 'late'
    note(context, 'round.committed-late', { about: entry, params: { logged: moment(first.loggedAt as Instant), deadline: commit } })
  } else if (second !== undefined && second.loggedAt === first.loggedAt) {
    // Neither counts: otherwise a laboratory could submit two results at once and choose one later.
    entry.state = 'missing'
    note(context, 'round.first-undecided', { about: entry })
  } else {
    entry.state = entry.state === 'undecided' ? 'undecided' : 'committed'
    entry.commitments = first.statements
    entry.committedAt = first.loggedAt
  }
}

/** A withdrawal counts until the last day to commit; later, it would allow a laboratory to withdraw a bad result. */
export function applyWithdrawals(context: RoundContext, entries: ReadonlyMap<string, Entry>): void {
  const { commit } = context.protocol.deadlines
  const end = endOfDay(commit)
  for (const [uscc, statements] of byLaboratory(statementsOf(context, 'round-withdrawal'))) {
    const entry = entries.get(uscc)
    if (entry === undefined) continue
    const [first] = statements as [LaboratoryStatement<'round-withdrawal'>]
    const when = timing(earliest(statements.map(({ loggedAt }) => loggedAt)), end)
    if (when === 'in-time') {
      entry.state = 'withdrawn'
      entry.commitments = []
      note(context, 'round.withdrawn', { status: 'warn', about: entry })
    } else if (when === 'late') note(context, 'round.withdrawn-late', { about: entry, params: { deadline: commit } })
    else noteUndated(context, first, entry)
  }
}

/** Marks laboratories as missing that have neither committed nor withdrawn by the last day to commit. */
export function noteMissing(context: RoundContext, entries: ReadonlyMap<string, Entry>): void {
  const { commit } = context.protocol.deadlines
  for (const entry of entries.values()) {
    if (entry.state !== 'enrolled') continue
    if (context.undecided.has(entry.uscc)) entry.state = 'undecided'
    else if (context.at >= endOfDay(commit)) {
      entry.state = 'missing'
      note(context, 'round.missing', { about: entry, params: { deadline: commit } })
    }
  }
}
