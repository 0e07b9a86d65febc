/** Octets that can be made again at any time, held in memory as long as there is room: those asked for last. */

export interface Recent {
  /** By its identity; made where it is not held. */
  get(key: object, make: () => Uint8Array): Uint8Array
  /** Octets held. */
  readonly octets: number
}

/** What an entry takes beside its octets. */
const OVERHEAD = 256

export function createRecent(most: number): Recent {
  // In the order in which they were asked for.
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
        // The one asked for is held even where it is larger than all there is room for.
        if (octets <= most || oldest === key) break
        held.delete(oldest)
        octets -= length + OVERHEAD
      }
      return bytes
    },
  }
}
