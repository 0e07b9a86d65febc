/** Reports on requests: events to the operator, counters, and problems to the caller. */
import { encodeBase64url } from '#native'
import { randomOctets } from '../base/random.js'
import { type CallName, PROBLEM_TYPE, problemStatus, writeProblem } from '../contract/index.js'
import type { Counters } from './metrics.js'
import { problemOf } from './problem-of.js'

export interface ServerEvent {
  readonly requestId: string
  readonly call: CallName | 'unknown'
  readonly status: number
  readonly milliseconds: number
  readonly code?: string
  readonly caller?: string
  /** The internal error; never shown to the caller. */
  readonly error?: unknown
}

/** State of a request while it is processed. */
export interface Asked {
  readonly requestId: string
  readonly call: CallName | 'unknown'
  readonly started: number
  caller?: string
}

export interface Reporting {
  begin(call: Asked['call']): Asked
  /** Call after the answer. */
  answered(asked: Asked, status: number): void
  /** Reports a defect to the operator while the request continues; the answer to the caller has no details. */
  defect(asked: Asked, error: unknown): void
  /** Builds the answer to a rejected or failed request. */
  refuse(error: unknown, asked: Asked): Response
}

export function createReporting(counters: Counters, onAnswer?: (event: ServerEvent) => void): Reporting {
  function report({ started, ...asked }: Asked, status: number, more: Pick<ServerEvent, 'code' | 'error'> = {}): void {
    const milliseconds = Math.round((performance.now() - started) * 10) / 10
    counters.answered(asked.call, status, milliseconds / 1000)
    onAnswer?.({ ...asked, status, milliseconds, ...more })
  }
  return {
    begin: (call) => ({ requestId: encodeBase64url(randomOctets(12)), call, started: performance.now() }),
    answered: (asked, status) => report(asked, status),
    defect({ started, ...asked }, error) {
      const milliseconds = Math.round(performance.now() - started)
      onAnswer?.({ ...asked, status: problemStatus(problemOf(error).code), milliseconds, error })
    },
    refuse(error, asked) {
      const refusal = problemOf(error)
      const body = writeProblem(refusal, asked.requestId)
      const { status, code } = body
      // Errors of the caller are not reported; our own are, in full.
      const isOurs = code === 'node.internal' || code === 'store.unavailable'
      report(asked, status, { code, ...(isOurs && { error }) })
      const headers: Record<string, string> = {
        'content-type': PROBLEM_TYPE,
        'cache-control': 'no-store',
        'x-request-id': asked.requestId,
      }
      if (status === 401) headers['www-authenticate'] = 'Metrology'
      // State what is acceptable (RFC 9110 §15.5.16).
      if (code === 'body.media-type') headers.accept = String(refusal.params.expected)
      if (code === 'body.encoding') headers['accept-encoding'] = 'identity'
      if (status === 503 || status === 429) headers['retry-after'] = String(refusal.extras.retryAfter ?? 5)
      return new Response(JSON.stringify(body), { status, headers })
    },
  }
}
