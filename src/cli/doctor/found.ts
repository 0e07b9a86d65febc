/** One line of the doctor: a finding and its advice. */
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

/** Turns an error of the package into a line, with its text and advice; rethrows any other error. */
export function failedBy(error: unknown, status: Found['status'] = 'fail'): Found {
  if (!isTonghengError(error)) throw error
  return { status, code: error.code, text: error.text }
}

/** The error code of the system. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)
