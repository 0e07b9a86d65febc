// Faults are compared by code and details; a test that only knew "it threw" would pass on a typing error.
import { isTonghengError } from 'tongheng/errors'

export interface Fault {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

/** The fault of a call that must fail with an error of this package; any other outcome fails the test. */
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

/** The same of a promise. */
export async function faultOfAsync(run: () => Promise<unknown>): Promise<Fault> {
  const settled = await run().then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error
    },
  )
  return faultOf(settled)
}

/** The value, or the fault as data, so that two implementations can be held to one answer. */
export function outcomeOf<T>(run: () => T): { readonly value: T } | { readonly fault: Fault } {
  try {
    return { value: run() }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return { fault: { code: error.code, details: error.details } }
  }
}
