/** Whatever went wrong in a handler, as the problem that the caller is answered with. */
import { isTonghengError } from '../base/error.js'
import { isProblemCode, ProblemError } from '../contract/index.js'
import { isStoreFault } from '../node/index.js'
import { queryReasons } from './query-reasons.js'

/**
 * Whatever a handler threw, as a refusal: an error from below that a caller caused keeps its code, anything else is ours and
 * says nothing of what is inside.
 */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (isTonghengError(error, 'date.instant')) return new ProblemError('query.invalid', { name: 'at', reason: queryReasons.instant })
  if (isStoreFault(error)) return new ProblemError('store.unavailable', {}, { retryAfter: AFTER_FAULT })
  if (isTonghengError(error) && isProblemCode(error.code)) return new ProblemError(error.code, error.details)
  return new ProblemError('node.internal')
}

/** Seconds after which a store that failed may do its work again. */
const AFTER_FAULT = 10
