/** Problems (RFC 9457): every refusal has a code, a status, and the same sentence in both languages. */
import type { Check } from '../base/check.js'
import { TonghengError } from '../base/error.js'
import { type Code, type MessageParams, messageOf } from '../base/messages/index.js'
import type { Problem } from './shapes.js'

/** Status by code; a code that is not here is 400. */
const STATUS: Partial<Record<Code, number>> = {
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
  'request.not-permitted': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'record.conflict': 409,
  'body.too-large': 413,
  'body.encoding': 415,
  'body.media-type': 415,
  'record.refused': 422,
  'node.internal': 500,
}

/** Members a problem may carry beside its code. */
export interface ProblemExtras {
  readonly checks?: readonly Check[]
  readonly receipt?: string
  readonly serverTime?: string
  readonly offset?: number
  readonly storedStatementId?: string
}

/** A refusal on its way out of a handler. */
export class ProblemError extends Error {
  readonly code: Code
  readonly params: MessageParams
  readonly extras: ProblemExtras

  constructor(code: Code, params: MessageParams = {}, extras: ProblemExtras = {}) {
    super(code)
    this.code = code
    this.params = params
    this.extras = extras
  }
}

export function writeProblem({ code, params, extras }: Pick<ProblemError, 'code' | 'params' | 'extras'>, instance: string): Problem {
  const { zh, en, advice } = messageOf(code, params)
  const { checks, ...rest } = extras
  return {
    type: `urn:tongheng:problem:${code}`,
    title: `${zh} | ${en}`,
    status: STATUS[code] ?? 400,
    code,
    text: { zh, en },
    ...(advice && { advice }),
    instance,
    ...rest,
    ...(checks && { checks: [...checks] }),
  }
}

/** A problem received, as the error a caller gets. */
export function errorOfProblem(problem: Problem): TonghengError {
  const { checks, ...rest } = problem
  return new TonghengError('client.problem', {
    status: problem.status,
    problemCode: problem.code,
    text: problem.text,
    problem: rest,
    ...(checks && { checks }),
    requestId: problem.instance ?? '',
  })
}
