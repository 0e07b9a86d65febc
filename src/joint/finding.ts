/** A finding about one or several joint statements: a code, the member or statement concerned, and a text in both languages. */
import { type Check, failed, type Row } from '../base/check.js'
import { type Code, type Message, type MessageParams, messageOf } from '../base/message.js'
import { findingTables, type JointCode } from './codes.js'
import { coded } from './messages.js'

/**
 * `fail`: wrong. `warn`: a person should look at it. `unknown`: it could not be decided with the statements given; never treat it as right.
 */
export type JointFindingStatus = 'fail' | 'warn' | 'unknown'

/** A finding. */
export interface JointFinding {
  readonly code: JointCode
  readonly status: JointFindingStatus
  readonly message: Message
  /** Clause or document on which it is based. */
  readonly basis?: string
  /** RFC 6901 pointer into the document. */
  readonly path?: string
  /** Id of the statement concerned, if there are several. */
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

/** Builds a finding. The default status is `fail`. */
export const found = (code: JointCode, { status = 'fail', params = {}, ...rest }: FindingDetails = {}): JointFinding => ({
  code,
  status,
  message: say(code, params),
  ...rest,
  params,
})

const row: Row = { id: coded('joint.statement'), group: 'conformance', basis: 'docs/joint.md', since: '0.2.0' }

/**
 * Converts a finding to a check, as in receipts; for `unknown`, the check lacks the fact `joint`.
 * @param at RFC 6901 pointer to the document
 */
export function checkOf({ code, status, params, path, basis = row.basis }: JointFinding, at = '/document'): Check {
  // Safe cast: the text of the code is in the tables of this room.
  const finding = { code: code as unknown as Code, params, ...(path !== undefined && { path: `${at}${path}` }) }
  return failed({ ...row, basis }, status === 'unknown' ? { ...finding, fact: 'joint' } : { ...finding, status })
}

/** Takes the tables as a parameter, so that a bundle that contains this function contains the texts of its codes. */
const sayIn =
  (_tables: typeof findingTables) =>
  (code: JointCode, params?: MessageParams): Message =>
    messageOf(code as unknown as Code, params)

/** The text of a finding with its parameters. Its codes are not in `Code`: see `finding-messages.ts`. */
export const say = sayIn(findingTables)
