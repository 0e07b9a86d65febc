/** Problems (RFC 9457): every refusal has a code, a status, and the same sentence in both languages. */

import type { Check } from '../base/check.js'
import { isTonghengError, TonghengError } from '../base/error.js'
import { excerpt } from '../base/excerpt.js'
import { type MessageParams, messageOf } from '../base/message.js'
import { SCHEMA_BASE } from '../base/published.js'
import { coded, say } from './messages.js'
import { type ProblemCode, problems } from './problems.js'
import type { Problem } from './shapes.js'

/** Codes of the problems with a status, for the documents. */
export const problemCodes = (status?: number): readonly ProblemCode[] =>
  (Object.keys(problems) as ProblemCode[]).filter((code) => status === undefined || problems[code].status === status)

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code)

export const problemStatus = (code: ProblemCode): number => problems[code].status

/**
 * A type is named under the address at which the package publishes its schemas: the name of the package there is ours, every node says
 * the same, and who opens it finds the table of problems. (A URN would need a namespace that is registered, RFC 8141 §5.1.)
 */
export const problemType = (code: string): string => `${SCHEMA_BASE}problems.md#${code}`

/** Members a problem may carry beside its code. */
export interface ProblemExtras {
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number
  readonly checks?: readonly Check[]
  readonly receipt?: string
  readonly serverTime?: string
  readonly offset?: number
  readonly storedStatementId?: string
}

/** A refusal on its way out of a handler. */
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

/** Characters of what a caller sent that are said back; an answer must not grow with the question. */
const MOST_QUOTED = 200
const quoted = (value: unknown): unknown => (typeof value === 'string' ? excerpt(value, MOST_QUOTED) : value)

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
 * A problem received, as the error a caller gets: `code` is the problem's, and `client.problem` where this version does not know
 * that code. Codes that are no problem's are not taken from a node: it could pass off a refusal as a fault of the network.
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

/** The problem by which a node refused, without its checks (`details.checks`); undefined of every other error. */
export const problemOf = (error: unknown): Problem | undefined =>
  isTonghengError(error) ? (error.details.problem as Problem | undefined) : undefined
