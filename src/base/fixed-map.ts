/**
 * A map that callers cannot change. Object.freeze does not protect a Map: `Map.prototype.set` still writes to it, and a table that
 * every rule
 * reads is shared by all callers.
 */
export class FixedMap<K, V> implements ReadonlyMap<K, V> {
  readonly #entries: Map<K, V>

  constructor(entries: Iterable<readonly [K, V]>) {
    this.#entries = new Map(entries)
    for (const value of this.#entries.values()) freezeDeep(value)
    Object.freeze(this)
  }

  get size(): number {
    return this.#entries.size
  }
  get(key: K): V | undefined {
    return this.#entries.get(key)
  }
  has(key: K): boolean {
    return this.#entries.has(key)
  }
  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.#entries) visit(value, key, this)
  }
  entries(): MapIterator<[K, V]> {
    return this.#entries.entries()
  }
  keys(): MapIterator<K> {
    return this.#entries.keys()
  }
  values(): MapIterator<V> {
    return this.#entries.values()
  }
  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.#entries.entries()
  }
}

/** Freezes a value of plain objects and arrays, at any depth. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const member of Object.values(value)) freezeDeep(member)
  return value
}
