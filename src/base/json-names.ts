/** Member names of JSON objects: a cache of them, and the search for a duplicate. */

/** Cache by a hash of the bytes of a name; a slot contains the last name with its hash, and is compared before use. */
const NAMES: string[] = new Array<string>(512).fill('')
const MAX_NAME_LENGTH = 40

/** The cached name with these bytes, which must be ASCII; undefined if it is not cached. */
export function cachedName(bytes: Uint8Array, start: number, end: number, hash: number): string | undefined {
  const name = NAMES[hash & (NAMES.length - 1)] as string
  if (name.length !== end - start) return undefined
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== bytes[start + i]) return undefined
  return name
}

export function cacheName(name: string, hash: number): void {
  if (name.length <= MAX_NAME_LENGTH) NAMES[hash & (NAMES.length - 1)] = name
}

/** Number of members up to which a linear search is faster than a lookup in the object. */
export const FEW = 24

export function isRepeated(names: readonly string[], from: number, to: number, name: string): boolean {
  for (let i = from; i < to; i++) if (names[i] === name) return true
  return false
}
