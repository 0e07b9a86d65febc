/**
 * Row `status`: whether the statement was revoked, suspended or superseded. The most severe of what its issuer and its authority
 * state applies.
 */

import { type Check, failed, missingFact, notApplicable, passWith, type Row } from '../base/check.js'
import { CLOCK_SKEW, formatInstant, type Instant } from '../base/date.js'
import type { Code } from '../base/message.js'
import { newerParams } from '../base/shape.js'
import { type AnyRecord, canBeOne, headOfLine, identityOf, kindOf, linesOf, type RecordClaims } from '../records/index.js'
import { type KeyHolder, overrulersOf } from '../trust/index.js'
import { coded, say } from './messages.js'
import type { Action } from './notice.js'
import type { Notice, Status, StatusList } from './open-status.js'
import { STATUS_ACTIONS } from './status-list.js'
import type { Successor } from './successor.js'

export const status: Row = {
  id: coded('status'),
  group: 'authenticity',
  basis: 'draft-ietf-oauth-status-list §8.3',
  since: '0.1.0',
  revised: '0.2.0',
}

type StatusEvent = Exclude<Action, 'reinstate'>
const CODES: Readonly<Record<StatusEvent, Code>> = {
  revoke: coded('status.revoked'),
  supersede: coded('status.superseded'),
  suspend: coded('status.suspended'),
}
const WORDS = { revoke: 'revoked', supersede: 'superseded', suspend: 'suspended' } as const satisfies Record<
  StatusEvent,
  CurrentStatus['status']
>
const EVENTS = Object.keys(CODES) as readonly StatusEvent[]

const NONE: readonly Notice[] = []
const NOT_APPLICABLE = { checks: [notApplicable(status)] } as const

export interface StatusQuestion {
  readonly statementId: string
  readonly claims: RecordClaims
  /** The lists that contain the issuer: their authorities may overrule it, the owner everywhere, another in its own region. */
  readonly holder: Pick<KeyHolder, 'list' | 'also'>
  /** Two-digit province for which recognition is decided. @default none: only the owner overrules */
  readonly region?: string | undefined
  readonly at: Instant
  readonly record: AnyRecord
  /** Line of the batch from which `record` was taken (`recordOfLine`), from 1. */
  readonly line?: number | undefined
}

type Fate = { readonly checks: readonly Check[]; readonly list?: StatusList }

/**
 * One failing check per status event (revoked, suspended, superseded) in force at `at`; otherwise a single check. The lines of a
 * batch are checked one by one; if they differ, the status of the whole is undecided.
 */
export function checkStatus(question: StatusQuestion, known: Status | undefined): Fate {
  const lines = linesOf(question.record)
  if (lines === undefined) return checkOne(question, known)
  const fates = fatesOfLines(question, lines, known)
  const [first = checkOne(question, known)] = fates
  const codesOf = ({ checks }: Fate): string => checks.map(({ code }) => code).join()
  if (fates.every((fate) => codesOf(fate) === codesOf(first))) return first
  const isSound = ({ checks }: Fate): boolean => checks.every(({ status, blockedBy }) => status !== 'fail' && blockedBy === undefined)
  const fallen = fates.flatMap((fate, at) => (isSound(fate) ? [] : [at + 1]))
  if (fallen.length === 0) return first
  const finding = {
    code: coded('status.lines-differ'),
    path: '/record/instruments',
    params: { lines: fallen.slice(0, 20).join(', '), count: fallen.length },
  }
  return { checks: [missingFact(status, 'line', { ...finding, evidence: { lines: fallen } })], ...(first.list && { list: first.list }) }
}

const fatesOfLines = (question: StatusQuestion, lines: number, known: Status | undefined): Fate[] =>
  Array.from({ length: lines }, (_, at) =>
    checkOne({ ...question, record: headOfLine(question.record, at + 1) ?? question.record, line: at + 1 }, known),
  )

function checkOne(question: StatusQuestion, known: Status | undefined): Fate {
  return fateOf(question, known, known === undefined || known.successors.length === 0 ? undefined : replacementOf(question, known))
}

/**
 * `checkStatus` for a statement without a record, which no record can replace: checks notices, and the status list if it
 * references one.
 */
export const checkStatusOfOther = (question: Omit<StatusQuestion, 'record' | 'line'>, known: Status | undefined): Fate =>
  fateOf(question, known, undefined)

function fateOf(question: Omit<StatusQuestion, 'record'>, known: Status | undefined, replacement: Replacement | undefined): Fate {
  const { statementId, claims, holder, at, region } = question
  const named = known?.noticesOf(statementId) ?? NONE
  // No notice names it, and it references no status list.
  if (named.length === 0 && replacement === undefined && claims.status === undefined) return NOT_APPLICABLE
  const notices = named.filter((notice) => notice.claims.from <= at)
  // A party can withdraw its own notices only; other parties' notices do not count.
  const said = [claims.iss, ...overrulersOf(holder, region)].map((speaker) =>
    evaluateNotices(notices.filter((one) => one.claims.iss === speaker)),
  )
  const { check, list, value } = listed(question, known)
  const checks = EVENTS.flatMap((fall) => {
    const notice =
      said.find(({ inForce }) => inForce?.claims.action === fall)?.inForce ?? (fall === 'supersede' ? replacement?.notice : undefined)
    const isListed = value !== undefined && STATUS_ACTIONS[value] === fall
    return notice !== undefined || isListed ? [eventCheck(fall, notice, isListed ? list : undefined, claims)] : []
  })
  for (const notice of new Set(said.flatMap(({ unclear }) => unclear))) checks.push(unclearNotice(notice))
  if (replacement?.check !== undefined) checks.push(replacement.check)
  if (check.status !== 'pass' && check.code !== 'not-applicable') checks.push(check)
  return { checks: checks.length > 0 ? checks : [check], ...(list && { list }) }
}

export interface CurrentStatus {
  /** `valid`: no known event; `unknown`: undecided. */
  readonly status: 'valid' | 'revoked' | 'suspended' | 'superseded' | 'unknown'
  /** Id of the statement that replaces it, if known. */
  readonly replacedBy?: string
  /** Of a batch whose lines differ: the status of each line, in their order. At most 1,000. */
  readonly lines?: readonly LineStatus[]
}

export interface LineStatus extends Omit<CurrentStatus, 'lines'> {
  /** Line of the batch, from 1. */
  readonly line: number
}

/** Summarises `checkStatus` in one word, for lists of records; for a batch whose lines differ, with one word per line. */
export function currentStatus(question: StatusQuestion, known: Status): CurrentStatus {
  const whole = wordOf(checkStatus(question, known))
  const count = linesOf(question.record)
  // If the whole is not revoked, suspended or superseded, no line is.
  if (count === undefined || whole.status === 'valid') return whole
  const lines = fatesOfLines(question, count, known).map((fate, at): LineStatus => ({ line: at + 1, ...wordOf(fate) }))
  const [first] = lines
  if (lines.every(({ status, replacedBy }) => status === first?.status && replacedBy === first.replacedBy)) return whole
  return { status: whole.status, lines }
}

function wordOf({ checks }: Fate): Omit<CurrentStatus, 'lines'> {
  const fall = EVENTS.find((one) => checks.some(({ code }) => code === CODES[one]))
  if (fall === undefined)
    return { status: checks.some(({ status, blockedBy }) => status === 'fail' || blockedBy !== undefined) ? 'unknown' : 'valid' }
  const replacedBy = checks.find(({ code }) => code === CODES.supersede)?.evidence?.replacedBy
  return { status: WORDS[fall], ...(typeof replacedBy === 'string' && { replacedBy }) }
}

/** A newer record of the issuer that replaces this one. */
interface Replacement {
  /** The equivalent notice. */
  readonly notice?: Notice
  /** Instead of the notice, if the newer record would lift a failure and its own status is unknown. */
  readonly check?: Check
}

function replacementOf({ statementId, claims, holder, at, record, region, line }: StatusQuestion, known: Status): Replacement | undefined {
  const kind = kindOf(record)
  const identity = identityOf(kind.instrument(record))
  const isFailure = record.kind === 'verification-record' && record.outcome === 'fail'
  const replaces = (successor: Successor): boolean => {
    if (successor.statementId === statementId || successor.claims.iat > at + CLOCK_SKEW) return false
    // A failure is lifted only by a record that conforms and is still valid.
    if (isFailure && !(successor.isInOrder && !isDisplaced(successor, { overrulers: overrulersOf(holder, region), at }, known)))
      return false
    const isOfOne = identity === undefined || successor.identity === undefined || canBeOne(identity, successor.identity)
    // A record of one instrument replaces its line of a batch, not the others.
    if (successor.replaces.includes(statementId)) return line === undefined || isOfOne
    // By certificate number only: both must be about one instrument, and the successor must be later.
    return successor.claims.iat > claims.iat && isOfOne
  }
  const unknownOf = (successor: Successor): Check | undefined =>
    isFailure ? listings(successor, at, known).find(({ check }) => check.blockedBy !== undefined)?.check : undefined
  const successors = known.successorsOf({ statementId, iss: claims.iss, number: kind.number(record) }).filter(replaces)
  const successor = successors.find((one) => unknownOf(one) === undefined) ?? successors[0]
  if (successor === undefined) return undefined
  const unknown = unknownOf(successor)
  if (unknown !== undefined) {
    const { path: _, ...check } = unknown
    return { check: { ...check, evidence: { replacedBy: successor.statementId } } }
  }
  const { iss, jti, iat } = successor.claims
  const reason = successor.reason ?? say('status.replaced')
  return {
    notice: {
      statementId: successor.statementId,
      signed: successor.signed,
      claims: { iss, jti, iat, action: 'supersede', statements: [statementId], from: iat, reason, replacedBy: successor.statementId },
    },
  }
}

/** The status of a successor in its list, for each line if it is a batch. */
const listings = ({ claims, lines = 1 }: Successor, at: Instant, known: Status): ReturnType<typeof listed>[] =>
  Array.from({ length: lines }, (_, line) => listed({ claims, at, line: line + 1 }, known))

/** True if a successor has itself been revoked, suspended or superseded, by a notice or a list. */
function isDisplaced(
  successor: Successor,
  { overrulers, at }: { readonly overrulers: readonly string[]; readonly at: Instant },
  known: Status,
): boolean {
  const { statementId, claims } = successor
  // A status beyond the end of the list fails: `check`.
  if (listings(successor, at, known).some(({ value = 0, check }) => value !== 0 || check.code === 'status.index')) return true
  const notices = known.noticesOf(statementId).filter(({ claims: { from } }) => from <= at)
  return [claims.iss, ...overrulers].some((speaker) => {
    const { inForce, unclear } = evaluateNotices(notices.filter((one) => one.claims.iss === speaker))
    return inForce !== undefined || unclear.length > 0
  })
}

interface PartyNotices {
  /** The notice in force after all of them. */
  readonly inForce: Notice | undefined
  /** Notices of a later version, or possibly signed with a stolen key: their effect is uncertain. */
  readonly unclear: readonly Notice[]
}

/** Evaluates the notices of one party. Only a suspension can be reinstated; an uncertain notice undoes nothing. */
function evaluateNotices(notices: readonly Notice[]): PartyNotices {
  let inForce: Notice | undefined
  const unclear: Notice[] = []
  for (const notice of notices) {
    const [now, next] = [inForce?.claims.action, notice.claims.action]
    const isClear = notice.newer === undefined && notice.isUnproven === undefined
    if (!isClear) unclear.push(notice)
    // A reinstatement of a later version may have ended the suspension: `unclear` leaves the status undecided.
    if (next === 'reinstate' && notice.isUnproven === undefined) inForce = now === 'suspend' ? undefined : inForce
    else if (isClear && (now === undefined || now === 'suspend' || (next === 'revoke' && now !== 'revoke'))) inForce = notice
  }
  return { inForce, unclear }
}

/**
 * A notice of the issuer or its authority that is understood only in part, or possibly signed with a stolen key: the status is
 * undecided.
 */
function unclearNotice({ statementId, claims: { iss, from, action }, newer = [], isUnproven }: Notice): Check {
  if (isUnproven)
    return missingFact(status, 'log', {
      code: coded('status.notice-unproven'),
      params: { notice: statementId, by: iss, from: formatInstant(from) },
      evidence: { notice: statementId, by: iss, action },
    })
  const params = { ...newerParams(newer), notice: statementId, by: iss, from: formatInstant(from) }
  return missingFact(status, 'newer-version', {
    code: coded('status.notice-newer-members'),
    params,
    evidence: { notice: statementId, by: iss, action, members: newer },
  })
}

/** Status in the list that was current at `at`. */
function listed(
  { claims, at, line = 1 }: Pick<StatusQuestion, 'claims' | 'at' | 'line'>,
  known: Status | undefined,
): { check: Check; list?: StatusList; value?: number } {
  if (claims.status === undefined) return { check: notApplicable(status) }
  const { uri, idx: first } = claims.status.status_list
  const idx = first + line - 1
  const missing = (code: Code, params: Readonly<Record<string, unknown>> = {}): { check: Check } => ({
    check: missingFact(status, 'status-list', { code, path: '/status', params: { uri, idx, ...params } }),
  })
  const own = known?.listsOf(claims.iss, uri) ?? []
  if (own.length === 0) return missing(coded('status.not-supplied'))
  const list = own.findLast((one) => one.claims.iat <= at + CLOCK_SKEW)
  if (list === undefined) return missing(coded('status.list-later'), { at: formatInstant(at) })
  const { iat, exp, ttl } = list.claims
  // If an issuer signed two lists in one second, the worse status applies.
  const values = own.filter((one) => one.claims.iat === iat).map(({ statuses }) => statuses.at(idx))
  if (values.includes(undefined)) {
    const params = { uri, idx, size: list.statuses.size }
    return { list, check: failed(status, { code: coded('status.index'), path: '/status/status_list/idx', params }) }
  }
  const value = [...(values as number[])].sort((a, b) => rank(a) - rank(b))[0] as number
  const { newer } = own.find((one) => one.claims.iat === iat && one.newer !== undefined) ?? list
  // Unknown members may change the values valid and suspended, but not a revocation or a supersession.
  if (newer !== undefined && (value === 0 || value === 2))
    return { list, ...missing(coded('status.list-newer-members'), newerParams(newer)) }
  if (STATUS_ACTIONS[value] === undefined) return { list, ...missing(coded('status.value'), { value }) }
  // An expired list can still prove a revocation or supersession, but not that a statement is valid or suspended.
  if (at > exp && (value === 0 || value === 2)) return { list, ...missing(coded('status.list-expired'), { exp: formatInstant(exp) }) }
  if (ttl !== undefined && at > iat + ttl && value === 0) {
    const params = { uri, iat: formatInstant(iat), due: formatInstant(iat + ttl) }
    return { list, value, check: failed(status, { code: coded('status.update-due'), status: 'warn', path: '/status', params }) }
  }
  return { list, value, check: passWith(status, { uri, idx, iat: formatInstant(iat) }) }
}

/** Order of severity: revoked, superseded, suspended, unknown, valid. */
const rank = (value: number): number => [4, 0, 2, 1][value] ?? 3

function eventCheck(
  fall: StatusEvent,
  notice: Notice | undefined,
  list: StatusList | undefined,
  { status: reference }: RecordClaims,
): Check {
  const evidence = {
    ...(notice && {
      notice: notice.statementId,
      by: notice.claims.iss,
      from: formatInstant(notice.claims.from),
      decided: formatInstant(notice.claims.iat),
      retroactive: notice.claims.from < notice.claims.iat,
      reason: notice.claims.reason,
      ...(notice.claims.basis !== undefined && { basis: notice.claims.basis }),
      ...(notice.claims.replacedBy !== undefined && { replacedBy: notice.claims.replacedBy }),
    }),
    ...(list && { list: list.claims.sub, listedBy: formatInstant(list.claims.iat) }),
  }
  const reason = notice?.claims.reason
  const params = {
    since:
      notice === undefined
        ? say('status.no-later-than', { moment: evidence.listedBy })
        : say(evidence.retroactive ? 'status.since-retroactive' : 'status.since', evidence),
    reason: reason === undefined ? say('status.no-reason') : { zh: reason.zh, en: reason.en ?? reason.zh },
    replacedBy: notice?.claims.replacedBy,
  }
  return failed(status, { code: CODES[fall], ...(reference && { path: '/status' }), params, evidence })
}
