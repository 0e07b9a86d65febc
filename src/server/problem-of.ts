/** Converts an error of a handler to the problem of the answer. */
import { isTonghengError } from '../base/error.js'
import { isProblemCode, ProblemError } from '../contract/index.js'
import { isStoreFault } from '../node/index.js'
import { queryReasons } from './query-reasons.js'

/** An error caused by the caller keeps its code; any other becomes `node.internal`, which reveals no internals. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (isTonghengError(error, 'date.instant')) return new ProblemError('query.invalid', { name: 'at', reason: queryReasons.instant })
  if (isStoreFault(error)) return new ProblemError('store.unavailable', {}, { retryAfter: AFTER_FAULT })
  if (isTonghengError(error) && isProblemCode(error.code)) return new ProblemError(error.code, error.details)
  return new ProblemError('node.internal')
}

/** Seconds after which a failed store may have recovered. */
const AFTER_FAULT = 10
