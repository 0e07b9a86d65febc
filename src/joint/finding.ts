/** What is found in a joint statement, or between several: a code, the member or statement it is about, and a text in both languages. */
import { type Check, failed, type Row } from '../base/check.js'
import { type Code, type Message, type MessageParams, messageOf } from '../base/message.js'
import { findingTables, type JointCode } from './codes.js'
import { coded } from './messages.js'

/**
 * `fail`: it is wrong. `warn`: it should be looked at. `unknown`: it could not be decided with what is at hand, and is never read as
 * right.
 */
export type JointFindingStatus = 'fail' | 'warn' | 'unknown'

/** A finding. */
export interface JointFinding {
  readonly code: JointCode
  readonly status: JointFindingStatus
  readonly message: Message
  /** Clause or document it rests on. */
  readonly basis?: string
  /** RFC 6901 pointer into the document. */
  readonly path?: string
  /** Id of the statement it is about, where there are several. */
  readonly statementId?: string
  /** The parameters of the message, for programs. */
  readonly params: MessageParams
}

interface FindingDetails {
  readonly status?: JointFindingStatus
  readonly basis?: string
  readonly path?: string
  readonly statementId?: string
  readonly params?: MessageParams
}

/** Builds a finding; it fails unless stated otherwise. */
export const found = (code: JointCode, { status = 'fail', params = {}, ...rest }: FindingDetails = {}): JointFinding => ({
  code,
  status,
  message: say(code, params),
  ...rest,
  params,
})

const row: Row = { id: coded('joint.statement'), group: 'conformance', basis: 'docs/joint.md', since: '0.2.0' }

/** A finding as a check, as in receipts; what is undecided lacks a fact. `at` is the pointer to the document. */
export function checkOf({ code, status, params, path, basis = row.basis }: JointFinding, at = '/document'): Check {
  // Safe cast: the text of the code is in the tables of this room.
  const finding = { code: code as unknown as Code, params, ...(path !== undefined && { path: `${at}${path}` }) }
  return failed({ ...row, basis }, status === 'unknown' ? { ...finding, fact: 'joint' } : { ...finding, status })
}

/** Refers to the tables, so that whatever can say these codes has their texts. */
const sayIn =
  (_tables: typeof findingTables) =>
  (code: JointCode, params?: MessageParams): Message =>
    messageOf(code as unknown as Code, params)

/** The text of a finding with its parameters. Its codes are not in `Code`: see `finding-messages.ts`. */
export const say = sayIn(findingTables)
