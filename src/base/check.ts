/**
 * A check is one row of a verdict: the question, the result, its basis, and the pointer into the record. Rows are stable: a check that
 * cannot run is `skip` with `blockedBy`, the row or the missing fact that prevents it. A `skip` without `blockedBy` does not apply
 * to this record.
 */

import { type Code, type MessageParams, messageOf, type RowId, rowText, type Text } from './message.js'
import { coded, say } from './messages.js'

export type CheckGroup = 'shape' | 'conformance' | 'authenticity' | 'recognition'
export type CheckStatus = 'pass' | 'fail' | 'warn' | 'skip'

/** JSON-ready evidence: the values that were compared. */
export type Evidence = Readonly<Record<string, unknown>>

// A type, not an interface: it is serialised as a JSON object.
export type Check = {
  /** Id of the row, the same in every verdict. */
  readonly id: RowId
  readonly group: CheckGroup
  readonly status: CheckStatus
  /** Code of the result. A passed check has the id of its row. */
  readonly code: Code
  readonly message: Text
  /** What to do next; on `fail` and `warn` only. */
  readonly advice?: Text
  /** Statute, standard or clause. */
  readonly basis: string
  /** RFC 6901 pointer into the record, or into the payload for rows above the record. */
  readonly path?: string
  readonly evidence?: Evidence
  /** Id of the row, or `fact:` and the name of the missing fact, that prevented this check from running. */
  readonly blockedBy?: string
}

/** Members of a check that are wording: a later version may reword them. */
export const CHECK_WORDS: ReadonlySet<string> = new Set<keyof Check>(['message', 'advice', 'basis'])

/** Constant properties of a row. */
export interface Row {
  readonly id: RowId
  readonly group: CheckGroup
  readonly basis: string
  /** Version of this package that introduced the row. */
  readonly since: string
  /** Latest version that changed the results of the row, if any: an older verdict may differ. */
  readonly revised?: string
}

export interface Finding {
  readonly code: Code
  /** @default 'fail' */
  readonly status?: 'fail' | 'warn' | undefined
  /** The missing fact, if the verdict depends on it: the check is then `skip`, and the verdict at best indeterminate. */
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
    check = Object.freeze({ ...head(row), status: 'pass', code: row.id, message: rowText(row.id), basis: row.basis })
    passes.set(row, check)
  }
  return check
}

/** A passed check with evidence. Members are listed explicitly, because a verdict has a dozen of these and a spread is slower. */
export function passWith(row: Row, evidence: Evidence): Check {
  const { id, group, status, code, message, basis } = pass(row)
  return { id, group, status, code, message, basis, evidence }
}

/** The row does not apply to this record. */
export function notApplicable(row: Row): Check {
  let check = inapplicable.get(row)
  if (check === undefined) {
    const message = say('not-applicable', { row: rowText(row.id) })
    check = Object.freeze({ ...head(row), status: 'skip', code: coded('not-applicable'), message, basis: row.basis })
    inapplicable.set(row, check)
  }
  return check
}

export const failed = (row: Row, finding: Finding): Check =>
  finding.fact === undefined ? build(row, finding.status ?? 'fail', finding) : missingFact(row, finding.fact, finding)

/** The row could not be checked because an earlier row did not pass. */
export function blocked(row: Row, by: RowId): Check {
  const known = waiting.get(row) ?? new Map<RowId, Check>()
  let check = known.get(by)
  if (check === undefined) {
    const message = say('blocked', { row: rowText(row.id), by: rowText(by) })
    check = Object.freeze({ ...head(row), status: 'skip', code: coded('blocked'), message, basis: row.basis, blockedBy: by })
    waiting.set(row, known.set(by, check))
  }
  return check
}

/** The row could not be checked because the verifier lacks a fact; the verdict cannot be better than indeterminate. */
export const missingFact = (row: Row, fact: string, finding: Finding): Check => build(row, 'skip', finding, `fact:${fact}`)

/** An object under construction; its members are assigned in serialisation order. */
export type Unfinished<T> = { -readonly [K in keyof T]?: T[K] }

/** Assigns members in serialisation order. Most records have a few findings, and a spread is slower. */
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

/**
 * Caches the texts of the last finding per code: certificates of one kind of instrument have the same findings with the same
 * parameters.
 */
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

/** A longer text may be a slice of a statement, which would retain the whole statement in memory. */
const isShort = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && value.length <= 12)

function isSame(a: MessageParams, b: MessageParams): boolean {
  for (const name in a) if (a[name] !== b[name]) return false
  for (const name in b) if (!(name in a)) return false
  return true
}

const head = (row: Row): Pick<Check, 'id' | 'group'> => ({ id: row.id, group: row.group })
