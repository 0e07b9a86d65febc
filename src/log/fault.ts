/** Errors of the log, with the texts that say them. */
import { type ErrorDetails, TonghengError } from '../base/error.js'
import { addMessages } from '../base/messages/index.js'
import { logMessages } from '../base/messages/log.js'

addMessages(logMessages)

export const fault = (code: keyof typeof logMessages, details: ErrorDetails = {}, cause?: unknown): TonghengError =>
  new TonghengError(code, details, cause === undefined ? undefined : { cause })
