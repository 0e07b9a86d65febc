/** Keys proven from a client address: their requests bypass the queue of unproven ones. */
import type { WorkQueue } from './work-queue.js'

export interface Proven {
  has(id: string): boolean
  /** Records the result of verifying a signature by this key from this address. */
  checked(id: string, isValid: boolean): void
  /**
   * Queues `unproven` work. If the key is proven before the work starts, runs `proven` work at once in its place, so that requests that
   * arrive together with a caller's first request do not wait longer than that one.
   * @throws ProblemError `request.busy`
   */
  inTurn<T>(
    turn: { readonly queue: WorkQueue; readonly caller: string; readonly units: number; readonly id: string },
    work: Work<T>,
  ): Promise<T>
}

interface Work<T> {
  readonly unproven: () => Promise<T>
  readonly proven: () => Promise<T>
}

/** @param most maximum number of remembered keys; the least recently verified is evicted */
export function createProven(most: number): Proven {
  const proven = new Set<string>()
  const waiting = new Map<string, Set<() => void>>()

  function enter(id: string, release: () => void): () => void {
    const others = waiting.get(id) ?? new Set()
    waiting.set(id, others.add(release))
    return () => {
      others.delete(release)
      if (others.size === 0 && waiting.get(id) === others) waiting.delete(id)
    }
  }

  return {
    has: (id) => proven.has(id),
    checked(id, isValid) {
      proven.delete(id)
      if (!isValid) return
      proven.add(id)
      if (proven.size > most) proven.delete(proven.values().next().value as string)
      for (const release of waiting.get(id) ?? []) release()
    },
    inTurn: ({ queue, caller, units, id }, work) =>
      new Promise((resolve, reject) => {
        let isBegun = false
        /** Returns false if the work has already started. */
        const begin = (): boolean => {
          leave()
          const isFirst = !isBegun
          isBegun = true
          return isFirst
        }
        const leave = enter(id, () => {
          if (begin()) work.proven().then(resolve, reject)
        })
        queue
          .take(caller, units, async () => {
            if (begin()) await work.unproven().then(resolve, reject)
          })
          .catch((error) => {
            if (begin()) reject(error)
          })
      }),
  }
}
