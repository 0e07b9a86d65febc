/** One line of the doctor: what was found, and what to do. */
import { isTonghengError } from '../../base/error.js'
import type { Message } from '../../base/message.js'
import { say } from './messages.js'

export interface Found {
  readonly status: 'ok' | 'warn' | 'fail'
  readonly code: string
  readonly text: Message
}

type Say = typeof say
const found =
  (status: Found['status']) =>
  (code: Parameters<Say>[0], params: Parameters<Say>[1] = {}): Found => ({ status, code, text: say(code, params) })

export const ok = found('ok')
export const warn = found('warn')
export const fail = found('fail')

/** An error of another room as a line; its text and advice are its own. Any other error is thrown on. */
export function failedBy(error: unknown, status: Found['status'] = 'fail'): Found {
  if (!isTonghengError(error)) throw error
  return { status, code: error.code, text: error.text }
}

/** The error code of the system. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)
