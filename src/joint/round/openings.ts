/** Compares opened results with the commitments, and checks when and by whom they were opened. */

import type { Instant } from '../../base/date.js'
import { compare, formatDecimal, parseDecimal, readComputed, subtract } from '../../base/decimal.js'
import { listed } from '../../base/message.js'
import type { RoundResult } from '../kinds/round-parts.js'
import { endOfDay } from '../words.js'
import { byLaboratory, type LaboratoryStatement, moment, note, type RoundContext, signerOf, statementsOf } from './context.js'
import type { Entry } from './entries.js'
import { digestOf, type OpenedResult } from './seal.js'

/** The result of a laboratory, and the moment from which it was known. */
export interface Opened extends OpenedResult {
  readonly openedAt: Instant
}

/** Returns the opened results that match the commitments of their laboratories, by USCC. */
export function openResults(context: RoundContext, entries: ReadonlyMap<string, Entry>): ReadonlyMap<string, Opened> {
  const opened = new Map<string, Opened>()
  const groups = byLaboratory(statementsOf(context, 'round-opening'))
  for (const entry of entries.values()) {
    const openings = (groups.get(entry.uscc) ?? []).filter((one) => isAccepted(context, one, entry))
    const right = openings.filter((one) => isCommitted(context, one, entry))
    const [first] = right
    if (first === undefined) continue
    const { salt, result } = first.document as unknown as OpenedResult
    opened.set(entry.uscc, { salt, result, openedAt: Math.min(...right.map(known)) })
  }
  const { commit, open } = context.protocol.deadlines
  for (const entry of entries.values()) {
    const own = opened.get(entry.uscc)
    if (entry.state !== 'committed') continue
    if (own !== undefined) {
      entry.state = 'opened'
      if (own.openedAt >= endOfDay(open)) note(context, 'round.opened-late', { status: 'warn', about: entry, params: { deadline: open } })
    } else if (context.at >= endOfDay(open)) {
      entry.state = context.undecided.has(entry.uscc) ? 'undecided' : 'unopened'
      note(context, 'round.unopened', { about: entry, params: { deadline: open } })
    }
  }
  noteOrder(context, entries, opened, endOfDay(commit))
  noteSalts(context, entries, opened)
  notePoints(context, entries, opened)
  noteDrift(context, entries, opened)
  return opened
}

/**
 * The moment from which an opened result was known: the time of the log, or the date of the statement, which a signer has no reason to date
 * back.
 */
const known = ({ loggedAt, claims }: LaboratoryStatement<'round-opening'>): Instant => loggedAt ?? claims.iat

/** Accepts an opening by the laboratory itself or a pilot, and only of the commitment that counts. */
function isAccepted(context: RoundContext, opening: LaboratoryStatement<'round-opening'>, entry: Entry): boolean {
  const { document, issuer, statementId } = opening
  const by = signerOf(opening)
  const isPilot = context.pilots.has(issuer.uscc)
  if (!isPilot && (issuer.uscc !== entry.uscc || document.isUnreadable === true)) {
    note(context, 'round.opener', { statementId, about: entry, by })
    return false
  }
  if (document.isUnreadable !== true && known(opening) < endOfDay(context.protocol.deadlines.commit))
    note(context, 'round.opened-early', { statementId, about: entry, by, params: { deadline: context.protocol.deadlines.commit } })
  if (entry.commitments.some((commitment) => commitment.statementId === document.commitment)) return true
  // A laboratory without a commitment already has a finding with the reason.
  if (entry.commitments.length > 0) note(context, 'round.opening-elsewhere', { status: 'warn', statementId, about: entry, by })
  return false
}

/** Whether the digest of the opened result is that of the commitment. */
function isCommitted(context: RoundContext, opening: LaboratoryStatement<'round-opening'>, entry: Entry): boolean {
  const { document, issuer, statementId } = opening
  const details = { statementId, about: entry, by: signerOf(opening) }
  if (document.isUnreadable === true) {
    note(context, 'round.sealed-unreadable', { status: 'warn', ...details })
    return false
  }
  const { salt, result } = document as unknown as OpenedResult
  const digest = digestOf({ round: context.id, protocol: context.protocol, laboratory: entry.uscc, salt, result })
  if (digest === entry.commitments[0]?.document.digest) return true
  note(context, issuer.uscc === entry.uscc ? 'round.opened-other' : 'round.sealed-other', details)
  return false
}

type Results = ReadonlyMap<string, Opened>
type Entries = ReadonlyMap<string, Entry>

/** Warns of laboratories that committed when results of others were already readable. */
function noteOrder(context: RoundContext, entries: Entries, opened: Results, end: Instant): void {
  const bound = [...entries.values()].filter(({ committedAt, state }) => committedAt !== undefined && state !== 'withdrawn')
  const [first, next] = [...opened].sort(([, a], [, b]) => a.openedAt - b.openedAt)
  for (const entry of bound) {
    const firstOpened = (first?.[0] === entry.uscc ? next : first)?.[1].openedAt ?? Number.POSITIVE_INFINITY
    if (firstOpened < end && (entry.committedAt as Instant) > firstOpened)
      note(context, 'round.committed-after-opening', { status: 'warn', about: entry, params: { logged: moment(firstOpened) } })
  }
  const [pilot, second] = context.protocol.pilots
  const sole = second === undefined ? entries.get(pilot?.party.uscc ?? '') : undefined
  const before = bound.filter((one) => one !== sole && (one.committedAt as Instant) < (sole?.committedAt ?? Number.NEGATIVE_INFINITY))
  if (sole !== undefined && before.length > 0)
    note(context, 'round.pilot-after-others', { status: 'warn', about: sole, params: { logged: moment(sole.committedAt as Instant) } })
}

function noteSalts(context: RoundContext, entries: Entries, opened: Results): void {
  const users = new Map<string, Entry>()
  for (const [uscc, { salt }] of [...opened].sort(byUscc)) {
    const entry = entries.get(uscc) as Entry
    const other = users.get(salt)
    if (other !== undefined) note(context, 'round.salt-reused', { status: 'warn', about: entry, other })
    else users.set(salt, entry)
  }
}

const byUscc = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

function notePoints(context: RoundContext, entries: Entries, opened: Results): void {
  const wanted = context.protocol.points.map(({ id }) => id)
  for (const [uscc, { result }] of opened) {
    const about = entries.get(uscc) as Entry
    const given = result.points.map(({ id }) => id)
    const missing = wanted.filter((id) => !given.includes(id))
    const unknown = given.filter((id) => !wanted.includes(id))
    if (missing.length > 0) note(context, 'round.point-missing', { status: 'warn', about, params: { points: listed(missing) } })
    if (unknown.length > 0) note(context, 'round.point-unknown', { status: 'warn', about, params: { points: listed(unknown) } })
  }
}

/**
 * JJF 1117—2010: the pilots check the travelling standard along the route. The values are compared once all results of pilots are known.
 */
function noteDrift(context: RoundContext, entries: Entries, opened: Results): void {
  const pilots = context.protocol.pilots.map(({ party }) => entries.get(party.uscc) as Entry)
  if (pilots.some(({ state }) => state === 'enrolled' || state === 'committed' || state === 'undecided')) return
  for (const { id, driftLimit } of context.protocol.points) {
    const spreads = pilots.flatMap((pilot) => {
      const spread = spreadOf(opened.get(pilot.uscc)?.result, id)
      return spread === undefined ? [] : [{ pilot, spread }]
    })
    if (driftLimit === undefined) {
      if (spreads.length > 0) note(context, 'round.drift-no-limit', { status: 'warn', params: { point: id } })
    } else if (spreads.length === 0) note(context, 'round.drift-unmeasured', { status: 'unknown', params: { point: id } })
    else
      for (const { pilot, spread } of spreads) {
        // Computed, so that it may have more digits than a value may state.
        if (compare(readComputed(spread), parseDecimal(driftLimit)) > 0)
          note(context, 'round.drift', { about: pilot, params: { point: id, spread, limit: driftLimit } })
      }
  }
}

/** Largest difference between the repeated measurements of a point; undefined if there are fewer than two. */
function spreadOf(result: RoundResult | undefined, point: string): string | undefined {
  const values = (result?.repeats ?? []).filter(({ id }) => id === point).map(({ value }) => parseDecimal(value))
  if (values.length < 2) return undefined
  const sorted = values.sort(compare)
  const [least, most] = [sorted[0], sorted.at(-1)] as [(typeof values)[number], (typeof values)[number]]
  return formatDecimal(subtract(most, least))
}
