/** Changes values of a copy of JSON data. Tests and explanations use it to turn a valid record into one with a fault. */

/** A pointer (RFC 6901) and its new value; `undefined` removes it, `-` appends to an array. */
export type Change = readonly [pointer: string, to: unknown]

const steps = (pointer: string): string[] => pointer.split('/').slice(1)

/** Returns a copy with the changes applied in order. */
export function change<T>(value: T, ...changes: readonly Change[]): T {
  // Copy through text, not structuredClone: fixtures share objects, and each occurrence must be changed separately.
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
