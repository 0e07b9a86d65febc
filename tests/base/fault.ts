// Tests compare an error by code and details; expecting only that something is thrown would also pass on a TypeError.
import { isTonghengError } from 'tongheng/errors'

export interface Fault {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Code and details of the error that a call throws. Fails the test if the call succeeds or throws another kind of error. */
export function faultOf(run: () => unknown): Fault {
  let value: unknown
  try {
    value = run()
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return { code: error.code, details: error.details }
  }
  throw new Error(`nothing was thrown; the answer was ${String(value)}`)
}

/** As `faultOf`, for a promise. */
export async function faultOfAsync(run: () => Promise<unknown>): Promise<Fault> {
  const settled = await run().then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error
    },
  )
  return faultOf(settled)
}

/** Returns the value, or the error as data, so that the results of two implementations can be compared. */
export function outcomeOf<T>(run: () => T): { readonly value: T } | { readonly fault: Fault } {
  try {
    return { value: run() }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return { fault: { code: error.code, details: error.details } }
  }
}
