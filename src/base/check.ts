/**
 * A check is one row of a verdict: what was asked, what came out, on which ground, and where in the record.
 * Rows are stable. A check that cannot run is `skip` with `blockedBy`: the row, or the missing fact, that stands in
 * its way. A `skip` without `blockedBy` does not apply to this record.
 */

import { type Code, type MessageParams, messageOf, type RowId, type Text, textOf } from './message.js'
import { coded, say } from './messages.js'

export type CheckGroup = 'shape' | 'conformance' | 'authenticity' | 'recognition'
export type CheckStatus = 'pass' | 'fail' | 'warn' | 'skip'

/** JSON-ready evidence: what was compared. */
export type Evidence = Readonly<Record<string, unknown>>

// A type, not an interface: it crosses the wire as a JSON object.
export type Check = {
  /** The row: the same in every verdict. */
  readonly id: RowId
  readonly group: CheckGroup
  readonly status: CheckStatus
  /** What came out. A pass carries the row's own id. */
  readonly code: Code
  readonly message: Text
  /** What to do next; on `fail` and `warn` only. */
  readonly advice?: Text
  /** Statute, standard or clause. */
  readonly basis: string
  /** RFC 6901 pointer into the record, or into the payload for rows above the record. */
  readonly path?: string
  readonly evidence?: Evidence
  /** Id of the row, or `fact:` and the name of what was not known, that kept this check from running. */
  readonly blockedBy?: string
}

/** Members of a check that are words about it: a later version may say the same in others. */
export const CHECK_WORDS: ReadonlySet<string> = new Set<keyof Check>(['message', 'advice', 'basis'])

/** What is fixed about a row. */
export interface Row {
  readonly id: RowId
  readonly group: CheckGroup
  readonly basis: string
  /** Version of this package that first had the row. */
  readonly since: string
  /** Version that last changed what the row finds, where that is later: an older verdict may differ in it. */
  readonly revised?: string
}

export interface Finding {
  readonly code: Code
  /** `fail` unless stated. */
  readonly status?: 'fail' | 'warn' | undefined
  /** The fact that is missing, where something rests on it: the check is then `skip`, and the verdict at best indeterminate. */
  readonly fact?: string | undefined
  readonly params?: MessageParams | undefined
  readonly path?: string | undefined
  readonly evidence?: Evidence | undefined
}

const passes = new WeakMap<Row, Check>()
const inapplicable = new WeakMap<Row, Check>()
const waiting = new WeakMap<Row, Map<RowId, Check>>()

export function pass(row: Row): Check {
  let check = passes.get(row)
  if (check === undefined) {
    check = Object.freeze({ ...head(row), status: 'pass', code: row.id, message: textOf(row.id), basis: row.basis })
    passes.set(row, check)
  }
  return check
}

/** A pass that says what it rests on. Written out: every verdict has a dozen, and a spread copies member by member. */
export function passWith(row: Row, evidence: Evidence): Check {
  const { id, group, status, code, message, basis } = pass(row)
  return { id, group, status, code, message, basis, evidence }
}

/** The row does not apply to this record. */
export function notApplicable(row: Row): Check {
  let check = inapplicable.get(row)
  if (check === undefined) {
    const message = say('not-applicable', { row: textOf(row.id) })
    check = Object.freeze({ ...head(row), status: 'skip', code: coded('not-applicable'), message, basis: row.basis })
    inapplicable.set(row, check)
  }
  return check
}

export const found = (row: Row, finding: Finding): Check =>
  finding.fact === undefined ? build(row, finding.status ?? 'fail', finding) : unknown(row, finding.fact, finding)

/** The row could not be checked because an earlier row did not pass. */
export function blocked(row: Row, by: RowId): Check {
  const known = waiting.get(row) ?? new Map<RowId, Check>()
  let check = known.get(by)
  if (check === undefined) {
    const message = say('blocked', { row: textOf(row.id), by: textOf(by) })
    check = Object.freeze({ ...head(row), status: 'skip', code: coded('blocked'), message, basis: row.basis, blockedBy: by })
    waiting.set(row, known.set(by, check))
  }
  return check
}

/** The row could not be checked because the verifier lacks a fact; the verdict cannot be better than indeterminate. */
export const unknown = (row: Row, fact: string, finding: Finding): Check => build(row, 'skip', finding, `fact:${fact}`)

/** What is made member by member, in the order in which its members are written. */
export type Unfinished<T> = { -readonly [K in keyof T]?: T[K] }

/** Member by member, in the order in which they are written: most records have a few, and a spread copies more slowly. */
function build(row: Row, status: CheckStatus, { code, params, path, evidence }: Finding, blockedBy?: string): Check {
  const { message, advice } = wordsOf(code, params)
  const check: Unfinished<Check> = { id: row.id, group: row.group, status, code, message }
  if (advice !== undefined) check.advice = advice
  check.basis = row.basis
  if (path !== undefined) check.path = path
  if (evidence !== undefined) check.evidence = evidence
  if (blockedBy !== undefined) check.blockedBy = blockedBy
  return check as Check
}

interface Words {
  readonly params: MessageParams
  readonly message: Text
  readonly advice: Text | undefined
}

/** The words of the last finding of each code: certificates of one kind of instrument have the same findings with the same parameters. */
const lastWords = new Map<Code, Words>()

function wordsOf(code: Code, params: MessageParams = NO_PARAMS): Words {
  const last = lastWords.get(code)
  if (last !== undefined && isSame(last.params, params)) return last
  const { zh, en, advice } = messageOf(code, params)
  const words = { params, message: Object.freeze({ zh, en }), advice: advice && Object.freeze(advice) }
  if (Object.values(params).every(isShort)) lastWords.set(code, words)
  return words
}
const NO_PARAMS: MessageParams = {}

/** A longer text may be a slice of a statement, and would keep all of it in memory. */
const isShort = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && value.length <= 12)

function isSame(a: MessageParams, b: MessageParams): boolean {
  for (const name in a) if (a[name] !== b[name]) return false
  for (const name in b) if (!(name in a)) return false
  return true
}

const head = (row: Row): Pick<Check, 'id' | 'group'> => ({ id: row.id, group: row.group })
