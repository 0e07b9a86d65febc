/**
 * Alarms: a party published entries outside its own competence, or a document contradicts a stored one. An alarm does not change verdicts;
 * the operator is notified once of each alarm.
 */
import type { TonghengError } from '../base/error.js'

export interface Alarms {
  /** Notifies the operator, unless the same alarm (code and details) was raised before. */
  raise(alarm: TonghengError): void
  /** Number of alarms since the start, by code. */
  readonly counts: ReadonlyMap<string, number>
}

/** Maximum number of alarms remembered for deduplication; beyond it the oldest are dropped and can be raised again. */
const MAX_REMEMBERED = 10_000

export function createAlarms(notify: (alarm: TonghengError) => void = () => undefined): Alarms {
  const counts = new Map<string, number>()
  const raised = new Set<string>()
  return {
    counts,
    raise(alarm) {
      const { code, details } = alarm
      const name = `${code} ${JSON.stringify(details)}`
      if (raised.has(name)) return
      raised.add(name)
      if (raised.size > MAX_REMEMBERED) for (const oldest of [...raised].slice(0, MAX_REMEMBERED / 2)) raised.delete(oldest)
      counts.set(code, (counts.get(code) ?? 0) + 1)
      notify(alarm)
    },
  }
}
