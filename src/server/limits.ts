/** Limits of a node: per caller, per request, and in total. Exceeding any of them is answered with its own problem. */

export interface ServerLimits {
  /** Maximum number of requests stored for replay protection; beyond it the answer is 503. @default 1000000 */
  readonly replay: number
  /** Maximum number of items per page of a list. @default 500 */
  readonly page: number
  /** Maximum number of octets and statements of a bulk request. @default 16777216, 10000 */
  readonly bulkOctets: number
  readonly bulkLines: number
  /**
   * Maximum number of octets per page of a list, except that one item is always included. Small, because a page is serialised in
   * one step. @default 262144
   */
  readonly pageOctets: number
  /**
   * Units per second that one caller can use in the long run, and in a burst: one per request, one more per 4 KiB of a statement
   * (16 KiB of a bulk request), ten per signature of SM2. For open calls, and for requests that fail authentication, the caller is
   * a client address. @default 500, 2000
   */
  readonly rate: number
  readonly burst: number
  /** Maximum number of queued open calls, a quarter of them per address; ten times as many for signed calls. @default 1024 */
  readonly waiting: number
  /**
   * Octets of bodies and answers in memory: half for signed calls, a quarter each for open calls and the log; per caller a quarter
   * of each. @default 268435456
   */
  readonly heldOctets: number
  /**
   * Maximum numbers of records, notices, joint statements and octets that one issuer can add per day. The largest institutes certify about
   * ten thousand instruments a day, in 40 MB; several years of history may be submitted at once. A notice can name many statements, which
   * each node holds in memory. @default 2000000, 20000, 17179869184
   */
  readonly dailyRecords: number
  readonly dailyNotices: number
  readonly dailyJoint: number
  readonly dailyOctets: number
}

/** Default limits of `createServer`. */
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
  dailyJoint: 20_000,
  dailyOctets: 17_179_869_184,
}

/** Longest wait that an answer states, in seconds: a bucket with a rate of 0 is never refilled. */
const LONGEST_WAIT = 86_400
/** Maximum number of callers remembered; the least recently used is evicted, and starts again with a full bucket. */
const MAX_CALLERS = 10_000

export interface RateLimit {
  /** Returns the seconds to wait; 0 if the request passes and was charged. */
  take(caller: string, now: number): number
  /** Charges work that was done already, or whose cost is known only now; the balance can become negative. */
  owe(caller: string, now: number, units: number): void
  /** Returns the seconds to wait without charging. */
  wait(caller: string, now: number): number
}

/** Token bucket per caller: capacity `burst`, refilled with `rate` per second. */
export function createRateLimit({ rate, burst }: Pick<ServerLimits, 'rate' | 'burst'>): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()
  function filled(caller: string, now: number): { tokens: number; at: number } {
    const bucket = buckets.get(caller) ?? { tokens: burst, at: now }
    // Reinsert, so that the map is ordered by the last request.
    buckets.delete(caller)
    buckets.set(caller, bucket)
    if (buckets.size > MAX_CALLERS) buckets.delete(buckets.keys().next().value as string)
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, now - bucket.at) * rate)
    bucket.at = now
    return bucket
  }
  const waitOf = ({ tokens }: { readonly tokens: number }): number =>
    tokens < 1 ? Math.min(LONGEST_WAIT, Math.max(1, Math.ceil((1 - tokens) / rate))) : 0
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
