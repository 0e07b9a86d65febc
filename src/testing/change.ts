/** One place of a JSON value changed, in a copy: how a test, or an explanation, says what is wrong with a good record. */

/** A place (RFC 6901 pointer) and what it becomes; `undefined` removes it, `-` appends to an array. */
export type Change = readonly [pointer: string, to: unknown]

const steps = (pointer: string): string[] => pointer.split('/').slice(1)

/** A copy with the places changed, in order. */
export function change<T>(value: T, ...changes: readonly Change[]): T {
  // Through text, not structuredClone: fixtures share objects, and a change to one place must not show in another.
  const copy = JSON.parse(JSON.stringify(value)) as T
  for (const [pointer, to] of changes) {
    const path = steps(pointer)
    const last = path.pop() as string
    const parent = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy)
    if (parent === null || typeof parent !== 'object') throw new RangeError(`nothing at ${pointer}`)
    if (Array.isArray(parent)) {
      if (to === undefined) parent.splice(Number(last), 1)
      else if (last === '-') parent.push(to)
      else parent[Number(last)] = to
    } else if (to === undefined) delete (parent as Record<string, unknown>)[last]
    else (parent as Record<string, unknown>)[last] = to
  }
  return copy
}
