/** Problems (RFC 9457): each has a code, a status, and a message in both languages. */

import type { Check } from '../base/check.js'
import { isTonghengError, TonghengError } from '../base/error.js'
import { excerpt } from '../base/excerpt.js'
import { type MessageParams, messageOf } from '../base/message.js'
import { SCHEMA_BASE } from '../base/published.js'
import { coded, say } from './messages.js'
import { type ProblemCode, problems } from './problems.js'
import type { Problem } from './shapes.js'

/** Codes of the problems with a status, for the documentation. */
export const problemCodes = (status?: number): readonly ProblemCode[] =>
  (Object.keys(problems) as ProblemCode[]).filter((code) => status === undefined || problems[code].status === status)

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code)

export const problemStatus = (code: ProblemCode): number => problems[code].status

/**
 * URI of a problem type, under the address at which the package publishes its schemas: it is the same for every node, and opening
 * it shows the table of problems. (A URN would need a registered namespace, RFC 8141 §5.1.)
 */
export const problemType = (code: string): string => `${SCHEMA_BASE}problems.md#${code}`

/** Optional members of a problem. */
export interface ProblemExtras {
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number
  readonly checks?: readonly Check[]
  readonly receipt?: string
  readonly serverTime?: string
  readonly offset?: number
  readonly storedStatementId?: string
}

/** Thrown by a handler to answer with a problem. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly params: MessageParams
  readonly extras: ProblemExtras

  constructor(code: ProblemCode, params: MessageParams = {}, extras: ProblemExtras = {}) {
    super(code)
    this.code = code
    this.params = params
    this.extras = extras
  }
}

/** Maximum number of characters of the request that an answer quotes: an answer must not grow with the request. */
const MAX_QUOTED = 200
const quoted = (value: unknown): unknown => (typeof value === 'string' ? excerpt(value, MAX_QUOTED) : value)

export function writeProblem({ code, params, extras }: Pick<ProblemError, 'code' | 'params' | 'extras'>, instance: string): Problem {
  const { title, status } = problems[code]
  const { zh, en, advice } = messageOf(code, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, quoted(value)])))
  const { checks, retryAfter: _, ...rest } = extras
  return {
    type: problemType(code),
    title: `${title.zh} | ${title.en}`,
    status,
    detail: `${zh} | ${en}`,
    code,
    text: { zh, en },
    ...(advice && { advice }),
    instance,
    ...rest,
    ...(checks && { checks: [...checks] }),
  }
}

/**
 * Converts a received problem to an error: `code` is the problem's, or `client.problem` if this version does not know it. Codes
 * that are not problem codes are not accepted from a node: it could pass off a rejection as a network error.
 */
export function errorOfProblem(problem: Problem): TonghengError {
  const { checks, ...rest } = problem
  const details = {
    status: problem.status,
    problemCode: problem.code,
    text: problem.text,
    problem: rest,
    ...(checks && { checks }),
    requestId: problem.instance ?? '',
  }
  const { zh, en } = say('client.problem', details)
  const text = { zh, en, ...(problem.advice && { advice: problem.advice }) }
  return new TonghengError(isProblemCode(problem.code) ? problem.code : coded('client.problem'), details, { text })
}

/** The problem in an error, without its checks (`details.checks`); undefined for every other error. */
export const problemOf = (error: unknown): Problem | undefined =>
  isTonghengError(error) ? (error.details.problem as Problem | undefined) : undefined
