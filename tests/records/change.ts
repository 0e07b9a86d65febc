/** One place of a JSON value changed, in a copy: how a test says what is wrong with an otherwise good record. */

export type Change = readonly [pointer: string, to: unknown]

const steps = (pointer: string): string[] => pointer.split('/').slice(1)

/** A copy with the places changed, in order; `undefined` removes a member or an element, `-` appends to an array. */
export function change<T>(value: T, ...changes: readonly Change[]): T {
  // Through text, not structuredClone: fixtures share objects, and a change to one place must not show in another.
  const copy = JSON.parse(JSON.stringify(value)) as T
  for (const [pointer, to] of changes) {
    const path = steps(pointer)
    const last = path.pop() as string
    const parent = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy)
    if (parent === null || typeof parent !== 'object') throw new Error(`nothing at ${pointer}`)
    if (Array.isArray(parent)) {
      if (to === undefined) parent.splice(Number(last), 1)
      else if (last === '-') parent.push(to)
      else parent[Number(last)] = to
    } else if (to === undefined) delete (parent as Record<string, unknown>)[last]
    else (parent as Record<string, unknown>)[last] = to
  }
  return copy
}

/** Every place in a JSON value, parents before their children. */
export function* places(value: unknown, pointer = ''): Generator<{ pointer: string; value: unknown }> {
  if (pointer !== '') yield { pointer, value }
  if (value === null || typeof value !== 'object') return
  for (const [name, member] of Object.entries(value)) yield* places(member, `${pointer}/${name}`)
}

/** The value at a place. */
export const valueAt = (value: unknown, pointer: string): unknown =>
  steps(pointer).reduce((at, step) => (at as Record<string, unknown> | undefined)?.[step], value)
