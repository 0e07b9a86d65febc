/** Keys proven from an address: what asks with one of them needs no turn among the requests of strangers. */
import type { Turns } from './turns.js'

export interface Proven {
  has(id: string): boolean
  /** After a check of a signature by this key, from this address. */
  checked(id: string, isValid: boolean): void
  /**
   * Does the work in its turn; or the other work as soon as the key is proven, if that is before: what came together with the first
   * request of a caller waits no longer than that one.
   * @throws ProblemError `request.busy`
   */
  inTurn<T>(
    turn: { readonly turns: Turns; readonly caller: string; readonly units: number; readonly id: string },
    work: Work<T>,
  ): Promise<T>
}

interface Work<T> {
  readonly unproven: () => Promise<T>
  readonly proven: () => Promise<T>
}

/** @param most keys remembered at once; those that were checked last */
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
    inTurn: ({ turns, caller, units, id }, work) =>
      new Promise((resolve, reject) => {
        let isBegun = false
        /** False where it was begun before. */
        const begin = (): boolean => {
          leave()
          const isFirst = !isBegun
          isBegun = true
          return isFirst
        }
        const leave = enter(id, () => {
          if (begin()) work.proven().then(resolve, reject)
        })
        turns
          .take(caller, units, async () => {
            if (begin()) await work.unproven().then(resolve, reject)
          })
          .catch((error) => {
            if (begin()) reject(error)
          })
      }),
  }
}
