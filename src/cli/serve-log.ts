/** The operational log of a node, as JSON or text: one line per change of state, none for repetitions. */
import { formatInstant } from '../base/date.js'
import { TonghengError } from '../base/error.js'
import type { Text } from '../base/message.js'
import type { Trust } from '../trust/index.js'
import { logLine } from './log-line.js'
import { say } from './messages.js'
import type { Terminal } from './terminal.js'

export const LEVELS = ['error', 'warn', 'info', 'debug'] as const
export type Level = (typeof LEVELS)[number]
export const LOG_FORMATS = ['json', 'text'] as const

export type LogEvent = Readonly<Record<string, unknown>> & { readonly kind?: string; readonly text?: Text }
export type Log = (level: Level, event: LogEvent) => void

export interface LogOptions {
  readonly level: Level
  readonly format: (typeof LOG_FORMATS)[number]
  readonly language: 'zh' | 'en'
}

export function createLog(terminal: Terminal, { level: most, format, language }: LogOptions): Log {
  return (level, event) => {
    if (LEVELS.indexOf(level) > LEVELS.indexOf(most)) return
    const time = formatInstant(terminal.now())
    if (format === 'json') return terminal.warn(logLine({ time, level, ...event }))
    const { kind, text, ...rest } = event
    const members = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${shortOf(value)}`]))
    terminal.warn([time, level.padEnd(5), kind ?? 'answer', text?.[language], ...members].filter(Boolean).join(' '))
  }
}

const shortOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

export const shown = ({ code, text }: TonghengError) => ({ code, text })

/** An answered request; `error` is an internal error. */
export interface AnswerEvent extends Readonly<Record<string, unknown>> {
  readonly status: number
  readonly code?: string
  readonly error?: unknown
}

/** Seconds during which repetitions of a fault are counted in place of logged. */
const QUIET = 10

/** Logs internal errors, equal ones at most every ten seconds with their count, and all other answers at level `debug`. */
export function createAnswerLog(log: Log, now: () => number): (event: AnswerEvent) => void {
  const last = new Map<string, { at: number; more: number }>()
  return ({ error, ...event }) => {
    if (error === undefined) return log('debug', event)
    const cause = error instanceof TonghengError ? error.code : String(error)
    const told = last.get(cause)
    if (told !== undefined && Math.abs(now() - told.at) < QUIET) {
      told.more++
      log('debug', { ...event, error: String(error) })
      return
    }
    // Bounds the map: messages of a driver may differ each time.
    if (last.size > 100) last.clear()
    last.set(cause, { at: now(), more: 0 })
    log('error', { ...event, error: String(error), ...(told !== undefined && told.more > 0 && { more: told.more }) })
  }
}

/** Logs each list whose version changed since the last call. */
export function createTrustLog(log: Log, trustOf: () => Trust): () => void {
  const versionsOf = () => new Map(trustOf().lists.map(({ payload }) => [payload.iss, payload.version]))
  let before = versionsOf()
  return () => {
    const now = versionsOf()
    for (const [authority, version] of now) {
      const was = before.get(authority)
      if (was !== version)
        log('info', {
          kind: 'trust',
          text: say('serve.trust', { authority, before: was ?? '—', version }),
          authority,
          before: was,
          version,
        })
    }
    before = now
  }
}

export interface PeerLog {
  failed(error: TonghengError): void
  /** Call after a successful round. */
  round(): void
  progress(event: { readonly taken: number; readonly skipped: number; readonly cursor: number }): void
}

/** Logs when a peer becomes unreachable or fails for another reason, when it recovers, and per round the imported entries. */
export function createPeerLog(log: Log, peer: string): PeerLog {
  let state: string | undefined
  let [taken, skipped, cursor] = [0, 0, 0]
  return {
    failed(error) {
      const { code } = error
      log(state === code ? 'debug' : 'warn', { peer, kind: 'failed', ...shown(error) })
      state = code
    },
    round() {
      if (state !== undefined) log('info', { peer, kind: 'peer-back', text: say('serve.peer-back', { peer }) })
      state = undefined
      if (taken + skipped > 0)
        log('info', { peer, kind: 'followed', text: say('serve.followed', { taken, skipped, cursor }), taken, skipped, cursor })
      ;[taken, skipped] = [0, 0]
    },
    progress(event) {
      taken += event.taken
      skipped += event.skipped
      cursor = event.cursor
      log('debug', { peer, kind: 'progress', ...event })
    },
  }
}
