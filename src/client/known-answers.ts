/**
 * Caches the answers to calls that a follower repeats in every round, with their entity tags: the node then answers 304 if nothing has
 * changed (RFC 9110 §13).
 */
import type { CallName } from '../contract/index.js'

export interface KnownAnswer {
  /** Entity tag, as the node wrote it. */
  readonly tag: string
  readonly bytes: Uint8Array
}

export interface KnownAnswers {
  get(name: CallName, address: string): KnownAnswer | undefined
  remember(name: CallName, address: string, response: Response, bytes: Uint8Array): void
}

const REPEATED: ReadonlySet<CallName> = new Set(['getTrustList', 'getCatalogue', 'listAgreements'])
/**
 * Maximum number of octets in the cache. Once it is full, nothing is added or evicted: addresses are requested in the same order in every
 * round, so evicting the oldest would remove each answer just before its next use.
 */
const MAX_OCTETS = 33_554_432

export function createKnownAnswers(): KnownAnswers {
  const known = new Map<string, KnownAnswer>()
  let octets = 0
  return {
    get: (name, address) => (REPEATED.has(name) ? known.get(address) : undefined),
    remember(name, address, { status, headers }, bytes) {
      const tag = headers.get('etag')
      if (!REPEATED.has(name) || status !== 200) return
      octets -= known.get(address)?.bytes.length ?? 0
      known.delete(address)
      if (tag === null || octets + bytes.length > MAX_OCTETS) return
      octets += bytes.length
      known.set(address, { tag, bytes })
    },
  }
}
