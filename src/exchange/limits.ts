/** How much a node takes: of one caller, of one request, at once. Every limit is answered with a problem of its own. */

export interface Limits {
  /** Requests remembered at once against replay; beyond it the answer is 503. @default 1000000 */
  readonly replay: number
  /** Most items of a page of a list. @default 500 */
  readonly page: number
  /** Most octets and statements of a bulk request. @default 16777216, 10000 */
  readonly bulkOctets: number
  readonly bulkLines: number
  /** Requests a second that one caller may make in the long run, and at once; of open calls, one address. @default 500, 2000 */
  readonly rate: number
  readonly burst: number
}

export const defaultLimits: Limits = { replay: 1_000_000, page: 500, bulkOctets: 16_777_216, bulkLines: 10_000, rate: 500, burst: 2000 }

/** Callers remembered at once; the one not heard of for longest is forgotten, and begins anew with a full bucket. */
const MOST_CALLERS = 10_000

export interface RateLimit {
  /** Seconds to wait, 0 where the request may pass. */
  take(caller: string, now: number): number
}

/** A bucket of `burst` for each caller, filled by `rate` a second. */
export function createRateLimit({ rate, burst }: Pick<Limits, 'rate' | 'burst'>): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(caller, now) {
      const bucket = buckets.get(caller) ?? { tokens: burst, at: now }
      // Entered anew, so that the map is in the order of the last request.
      buckets.delete(caller)
      buckets.set(caller, bucket)
      if (buckets.size > MOST_CALLERS) buckets.delete(buckets.keys().next().value as string)
      bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, now - bucket.at) * rate)
      bucket.at = now
      if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / rate))
      bucket.tokens -= 1
      return 0
    },
  }
}
