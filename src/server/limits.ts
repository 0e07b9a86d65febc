/** How much a node takes: of one caller, of one request, at once. Every limit is answered with a problem of its own. */

export interface ServerLimits {
  /** Requests remembered at once against replay; beyond it the answer is 503. @default 1000000 */
  readonly replay: number
  /** Most items of a page of a list. @default 500 */
  readonly page: number
  /** Most octets and statements of a bulk request. @default 16777216, 10000 */
  readonly bulkOctets: number
  readonly bulkLines: number
  /** Most octets of a page of a list; one item always is. Small, since it is put together in one go. @default 262144 */
  readonly pageOctets: number
  /**
   * Units a second that one caller may use in the long run, and at once: one for each request, one more for each 4 KiB of a
   * statement (16 KiB of a bulk request), ten for a signature of SM2. Of open calls, and of requests that fail to authenticate,
   * the caller is an address. @default 500, 2000
   */
  readonly rate: number
  readonly burst: number
  /** Open calls that wait for their turn at once; one address has a quarter. Of signed calls ten times as many. @default 1024 */
  readonly waiting: number
  /** Octets of bodies and answers held at once: half for signed calls, a quarter for open ones and the log; a caller has a quarter of each. @default 268435456 */
  readonly heldOctets: number
  /**
   * What one issuer may add in a day. The largest institutes certify some ten thousand instruments a day, in 40 MB; a history of
   * years may come in at once. A notice may name many statements, and each node has all of them in memory. @default 2000000, 20000, 17179869184
   */
  readonly dailyRecords: number
  readonly dailyNotices: number
  readonly dailyOctets: number
}

/** The limits of a server for which `createServer` is given no others. */
export const defaultLimits: ServerLimits = {
  replay: 1_000_000,
  page: 500,
  bulkOctets: 16_777_216,
  bulkLines: 10_000,
  pageOctets: 262_144,
  rate: 500,
  burst: 2000,
  waiting: 1024,
  heldOctets: 268_435_456,
  dailyRecords: 2_000_000,
  dailyNotices: 20_000,
  dailyOctets: 17_179_869_184,
}

/** Callers remembered at once; the one not heard of for longest is forgotten, and starts again with a full bucket. */
const MOST_CALLERS = 10_000

export interface RateLimit {
  /** Seconds to wait, 0 where the request may pass and was charged. */
  take(caller: string, now: number): number
  /** Charges what was done already, or is known only now; more than is left is owed. */
  owe(caller: string, now: number, units: number): void
  /** Seconds to wait; charges nothing. */
  wait(caller: string, now: number): number
}

/** A bucket of `burst` units for each caller, filled by `rate` a second. */
export function createRateLimit({ rate, burst }: Pick<ServerLimits, 'rate' | 'burst'>): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()
  function filled(caller: string, now: number): { tokens: number; at: number } {
    const bucket = buckets.get(caller) ?? { tokens: burst, at: now }
    // Entered again, so that the map is in the order of the last request.
    buckets.delete(caller)
    buckets.set(caller, bucket)
    if (buckets.size > MOST_CALLERS) buckets.delete(buckets.keys().next().value as string)
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, now - bucket.at) * rate)
    bucket.at = now
    return bucket
  }
  const waitOf = ({ tokens }: { readonly tokens: number }): number => (tokens < 1 ? Math.max(1, Math.ceil((1 - tokens) / rate)) : 0)
  return {
    take(caller, now) {
      const bucket = filled(caller, now)
      const seconds = waitOf(bucket)
      if (seconds === 0) bucket.tokens -= 1
      return seconds
    },
    owe(caller, now, units) {
      filled(caller, now).tokens -= units
    },
    wait: (caller, now) => (buckets.has(caller) ? waitOf(filled(caller, now)) : burst < 1 ? 1 : 0),
  }
}
