/** What is held in memory for callers, in octets and in number: bodies that arrive, and answers that are not read yet. */
import { ProblemError } from '../contract/index.js'

export interface HeldOptions {
  /** Octets held at once, in all and for one caller. */
  readonly octets: number
  readonly octetsOfCaller: number
  /** Bodies and answers held at once, in all and for one caller. */
  readonly count: number
  readonly countOfCaller: number
}

export interface Held {
  /**
   * Gives what is called once they are held no longer; calling it twice has no further effect.
   * @throws ProblemError `request.busy` where too much is held
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
      // Of one caller one is always taken, however large: a limit below it would bar it for ever.
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
      let isGiven = false
      return () => {
        if (isGiven) return
        isGiven = true
        add(-octets, -1)
        if (caller.count === 0) callers.delete(name)
      }
    },
  }
}

/** What one request holds, until it is answered and the answer is read. */
export interface Holding {
  add(release: () => void): void
  /** Once more has no further effect. */
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
