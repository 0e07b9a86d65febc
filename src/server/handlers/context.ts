/** Input and output of a handler; the input is completely validated. */

import type { CallName } from '../../contract/index.js'
import type { EntryName, Node } from '../../node/index.js'
import type { Access } from '../access.js'
import type { Account } from '../admission.js'
import { oneStatementOf } from '../body-statements.js'
import type { AuthenticatedRequest } from '../check-request.js'
import type { FixedAnswers } from '../fixed.js'
import type { ServerLimits } from '../limits.js'
import type { Counters, Metrics } from '../metrics.js'
import type { Quota } from '../quota.js'
import type { Readiness } from '../readiness.js'

export interface Context {
  readonly node: Node
  readonly limits: ServerLimits
  readonly counters: Counters
  readonly metrics: Metrics
  readonly ready: Readiness
  readonly fixed: FixedAnswers
  readonly quota: Quota
  /** Resources that the request can use. */
  readonly account: Account
  /** Charges units that were not known before the call. */
  readonly spend: (units: number) => void
  readonly requestId: string
  /** Reports a defect to the operator; the answer to the caller has no details. */
  readonly report: (error: unknown) => void
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** Present on signed calls, as is `access`. */
  readonly request?: AuthenticatedRequest
  /** What the caller may read. */
  readonly access?: Access
}

export interface Answer {
  readonly status: number
  /** Text and octets are sent unchanged, a stream part by part, anything else as JSON. */
  readonly body: unknown
  /** Entity tag, if it is known without reading the content. */
  readonly tag?: string
  /** Octets that a stream buffers in memory. */
  readonly holds?: number
}

export type Handler = (context: Context) => Promise<Answer> | Answer
export type Handlers<Names extends CallName> = Readonly<Record<Names, Handler>>

/** @throws ProblemError `body.statement` unless the body has exactly one statement */
export const statementIn = ({ body }: Context): string => oneStatementOf(body)
/** The name of the statement in the path of a submission. */
export const namedIn = ({ params }: Context): EntryName => ({ iss: params.iss ?? '', jti: params.jti ?? '' })
export const ok = (body: unknown): Answer => ({ status: 200, body })
