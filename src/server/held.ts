/** Memory budget for callers, in octets and in number: for request bodies that arrive, and answers that are not yet read. */
import { ProblemError } from '../contract/index.js'

export interface HeldOptions {
  /** Maximum number of octets, in total and per caller. */
  readonly octets: number
  readonly octetsOfCaller: number
  /** Maximum number of bodies and answers, in total and per caller. */
  readonly count: number
  readonly countOfCaller: number
}

export interface Held {
  /**
   * Reserves memory and returns the function that releases it; calling that twice has no further effect.
   * @throws ProblemError `request.busy` if the budget is exhausted
   */
  take(caller: string, octets: number): () => void
  readonly octets: number
}

export function createHeld({ octets: most, octetsOfCaller, count, countOfCaller }: HeldOptions): Held {
  const callers = new Map<string, { octets: number; count: number }>()
  const all = { octets: 0, count: 0 }
  return {
    get octets() {
      return all.octets
    },
    take(name, octets) {
      const caller = callers.get(name) ?? { octets: 0, count: 0 }
      const isFull = all.octets + octets > most || all.count >= count
      // The first reservation of a caller is always accepted, however large: otherwise a small limit would block the caller for ever.
      const isMuch = caller.count > 0 && (caller.octets + octets > octetsOfCaller || caller.count >= countOfCaller)
      if (isFull || isMuch) throw new ProblemError('request.busy', {}, { retryAfter: 1 })
      callers.set(name, caller)
      const add = (by: number, one: number): void => {
        for (const sum of [caller, all]) {
          sum.octets += by
          sum.count += one
        }
      }
      add(octets, 1)
      let isReleased = false
      return () => {
        if (isReleased) return
        isReleased = true
        add(-octets, -1)
        if (caller.count === 0) callers.delete(name)
      }
    },
  }
}

/** Reservations of one request, until its answer has been read. */
export interface Holding {
  add(release: () => void): void
  /** Idempotent. */
  end(): void
}

export function createHolding(): Holding {
  const held: (() => void)[] = []
  return {
    add: (release) => void held.push(release),
    end() {
      for (const release of held.splice(0)) release()
    },
  }
}
