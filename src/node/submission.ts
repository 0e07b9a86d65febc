/** What a node is asked to take in, how it was judged on its way, and what became of it. */
import type { Instant } from '../base/date.js'
import type { ReceiptDecision } from '../contract/index.js'
import type { Examined, Verdict } from '../verify/index.js'
import type { Facts } from './read-facts.js'
import type { EntryName, PlacedEntry } from './store.js'

export interface Submission {
  readonly statement: string
  /** USCC of the sender. */
  readonly sender: string
  /** Id of the request that brought it. */
  readonly requestId: string
  /** Asked before anything is kept, with the name the statement gives itself; throws where it is not to be. */
  readonly admit?: (name: EntryName) => void
  /** From `receive`, where that was asked before. */
  readonly received?: Received
}

/** A statement as it was judged on its way in. */
export interface Received {
  readonly examined: Examined
  readonly at: Instant
  /** What it was judged by. */
  readonly facts: Facts
}

export interface Submitted {
  readonly verdict: Verdict
  readonly decision: ReceiptDecision
  readonly receipt: string
  /** Present where the statement is genuine and its record readable: only such are kept. */
  readonly entry?: PlacedEntry
  /** False where the same name was already taken, by this statement or by another. */
  readonly isNew: boolean
}
