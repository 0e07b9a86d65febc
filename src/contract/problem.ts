/** Problems (RFC 9457): every refusal has a code, a status, and the same sentence in both languages. */
import type { Check } from '../base/check.js'
import { isTonghengError, TonghengError } from '../base/error.js'
import { excerpt } from '../base/excerpt.js'
import { type MessageParams, messageOf } from '../base/messages/index.js'
import { problemTitles } from '../base/messages/problems.js'
import { SCHEMA_BASE } from '../base/published.js'
import type { Problem } from './shapes.js'

/** Every code that a problem may have: those that have a title. */
export type ProblemCode = keyof typeof problemTitles

/** Status by code. */
const STATUS: Readonly<Record<ProblemCode, number>> = {
  'request.missing': 401,
  'request.format': 401,
  'request.key': 401,
  'request.clock': 401,
  'request.lifetime': 401,
  'request.audience': 401,
  'request.signature': 401,
  'request.method': 401,
  'request.uri': 401,
  'request.digest': 401,
  'request.replayed': 401,
  'request.replay-full': 503,
  'request.clock-back': 503,
  'request.not-permitted': 403,
  'request.reading': 403,
  'request.read-only': 403,
  'request.list-expired': 403,
  'request.rate': 429,
  'request.busy': 503,
  'request.quota': 429,
  'request.name': 400,
  'request.target': 400,
  'request.precondition': 412,
  'query.invalid': 400,
  'query.unknown': 400,
  'query.twice': 400,
  'body.too-large': 413,
  'body.encoding': 415,
  'body.media-type': 415,
  'body.statement': 400,
  'bulk.lines': 413,
  'not-found': 404,
  'method-not-allowed': 405,
  'record.conflict': 409,
  'record.number-taken': 409,
  'record.refused': 422,
  'notice.refused': 422,
  'status-list.refused': 422,
  'status-list.older': 409,
  'status-list.address': 400,
  'log.no-checkpoint': 404,
  'log.unknown': 404,
  'log.halted': 503,
  'log.behind-head': 503,
  'log.head-lost': 503,
  'log.unconfirmed': 503,
  'note.form': 400,
  'note.signature': 403,
  'note.unsigned': 403,
  'checkpoint.form': 400,
  'checkpoint.origin': 400,
  'witness.form': 400,
  'witness.proof': 422,
  'witness.own-log': 403,
  'witness.no-key': 503,
  'store.unavailable': 503,
  'node.internal': 500,
}

/** Codes of the problems with a status, for the documents. */
export const problemCodes = (status?: number): readonly ProblemCode[] =>
  (Object.keys(STATUS) as ProblemCode[]).filter((code) => status === undefined || STATUS[code] === status)

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(STATUS, code)

export const problemStatus = (code: ProblemCode): number => STATUS[code]

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
  const title = problemTitles[code]
  const { zh, en, advice } = messageOf(code, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, quoted(value)])))
  const { checks, retryAfter: _, ...rest } = extras
  return {
    type: problemType(code),
    title: `${title.zh} | ${title.en}`,
    status: STATUS[code],
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
  const { zh, en } = messageOf('client.problem', details)
  const text = { zh, en, ...(problem.advice && { advice: problem.advice }) }
  return new TonghengError(isProblemCode(problem.code) ? problem.code : 'client.problem', details, { text })
}

/** The problem by which a node refused, without its checks (`details.checks`); undefined of every other error. */
export const problemOf = (error: unknown): Problem | undefined =>
  isTonghengError(error) ? (error.details.problem as Problem | undefined) : undefined
