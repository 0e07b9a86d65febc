/** The one error class. A thrown error is misuse or broken I/O; what is wrong with a record is an answer, not an exception. */
import { type Code, type MessageParams, messageOf, type Text } from './messages/index.js'

/** Where and why, for a caller that wants to act on it. Values are data, never secrets. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/**
 * Every error this package throws. Narrow on `code`; `text` holds the same sentence in Chinese and English.
 * `message` is the Chinese sentence, the English one, and the code, so that a log line is enough.
 */
export class TonghengError<C extends Code = Code> extends Error {
  override readonly name = 'TonghengError'
  readonly code: C
  readonly text: Text
  readonly details: ErrorDetails

  constructor(code: C, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    const text = messageOf(code, details as MessageParams)
    super(`${text.zh} | ${text.en} [${code}]`, options)
    this.code = code
    this.text = text
    this.details = details
  }
}

/** Union over all codes, so that `switch (error.code)` narrows. */
export type AnyTonghengError = { [C in Code]: TonghengError<C> }[Code]

/** True for an error of this package, optionally of one code; works across two copies of the package. */
export function isTonghengError<C extends Code = Code>(error: unknown, code?: C): error is TonghengError<C> {
  return error instanceof Error && error.name === 'TonghengError' && 'code' in error && (code === undefined || error.code === code)
}
