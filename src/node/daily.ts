/** Counters by name for the current UTC day. They are in memory only: a restart resets them. */
export interface DailyCounts<Count> {
  get(name: string): Count | undefined
  set(name: string, count: Count): void
  /** Seconds until the next UTC day, at least one. */
  secondsLeft(): number
}

const DAY = 86_400

export function createDailyCounts<Count>(now: () => number): DailyCounts<Count> {
  const counts = new Map<string, Count>()
  let today = Number.NEGATIVE_INFINITY
  function current(): Map<string, Count> {
    const day = Math.floor(now() / DAY)
    // A clock that is set back does not reset the counters.
    if (day > today) {
      today = day
      counts.clear()
    }
    return counts
  }
  return {
    get: (name) => current().get(name),
    set: (name, count) => void current().set(name, count),
    secondsLeft: () => Math.max(1, (today + 1) * DAY - now()),
  }
}
