/**
 * What another party published about things that are not its own, and what contradicts what is stored: it changes nothing here,
 * and the operator is told of it, once each.
 */
import type { TonghengError } from '../base/error.js'

export interface Alarms {
  /** Tells the operator, unless of this very thing it was told before. */
  raise(alarm: TonghengError): void
  /** Number of alarms since the start, by code. */
  readonly counts: ReadonlyMap<string, number>
}

/** Things remembered as told; of more the oldest are told again. */
const MOST_REMEMBERED = 10_000

export function createAlarms(tell: (alarm: TonghengError) => void = () => undefined): Alarms {
  const counts = new Map<string, number>()
  const told = new Set<string>()
  return {
    counts,
    raise(alarm) {
      const { code, details } = alarm
      const name = `${code} ${JSON.stringify(details)}`
      if (told.has(name)) return
      told.add(name)
      if (told.size > MOST_REMEMBERED) for (const oldest of [...told].slice(0, MOST_REMEMBERED / 2)) told.delete(oldest)
      counts.set(code, (counts.get(code) ?? 0) + 1)
      tell(alarm)
    },
  }
}
