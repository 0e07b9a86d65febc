/** A cache of octets that can be recomputed, with a memory limit and least-recently-used eviction. */

export interface Recent {
  /** Returns the entry of a key, computing it if it is not cached. */
  get(key: object, make: () => Uint8Array): Uint8Array
  /** Number of cached octets. */
  readonly octets: number
}

/** Memory of an entry beside its octets. */
const OVERHEAD = 256

export function createRecent(most: number): Recent {
  // In order of last use.
  const held = new Map<object, Uint8Array>()
  let octets = 0
  return {
    get octets() {
      return octets
    },
    get(key, make) {
      const known = held.get(key)
      const bytes = known ?? make()
      held.delete(key)
      held.set(key, bytes)
      if (known !== undefined) return bytes
      octets += bytes.length + OVERHEAD
      for (const [oldest, { length }] of held) {
        // The requested entry is cached even if it exceeds the limit.
        if (octets <= most || oldest === key) break
        held.delete(oldest)
        octets -= length + OVERHEAD
      }
      return bytes
    },
  }
}
