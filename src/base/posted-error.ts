/** Errors between threads: a message carries plain data, and no property of a driver's error that cannot be cloned. */
import { isTonghengError, TonghengError } from './error.js'
import type { Code } from './message.js'

/** The part of an error that can be posted to another thread. */
export interface PostedError {
  readonly message: string
  /** The code of our own error class, or of a system error. */
  readonly code?: unknown
  /** Present for our own error class only. */
  readonly details?: TonghengError['details']
}

export function postedError(error: unknown): PostedError {
  if (!(error instanceof Error)) return { message: String(error) }
  const { message } = error
  return isTonghengError(error)
    ? { message, code: error.code, details: error.details }
    : { message, ...('code' in error && { code: error.code }) }
}

export function errorOf({ message, code, details }: PostedError): Error {
  return details === undefined ? Object.assign(new Error(message), { code }) : new TonghengError(code as Code, details)
}
