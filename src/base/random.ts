/**
 * Random octets for names and identities, not for keys. They are drawn in large batches, because each draw has a high fixed cost.
 */

const POOL = 4096
let pool = new Uint8Array(0)
let used = 0

/** @param count at most 4096 */
export function randomOctets(count: number): Uint8Array {
  if (used + count > pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(POOL))
    used = 0
  }
  used += count
  return pool.slice(used - count, used)
}

/** From 0 to below 1, in steps of 1/256. */
export const randomFraction = (): number => (randomOctets(1)[0] as number) / 256
