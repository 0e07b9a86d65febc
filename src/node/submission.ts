/** A submission to a node, its verdict on receipt, and the result. */
import type { Instant } from '../base/date.js'
import type { TonghengError } from '../base/error.js'
import type { ReceiptDecision } from '../contract/index.js'
import type { Examined, Verdict } from '../verify/index.js'
import type { Facts } from './read-facts.js'
import type { EntryName, PlacedEntry } from './store.js'

export interface Submission {
  readonly statement: string
  /** USCC of the sender. */
  readonly sender: string
  /** Id of the request that submitted the statement. */
  readonly requestId: string
  /** Called with `iss` and `jti` before anything is stored; throw to reject the statement. */
  readonly admit?: (name: EntryName) => void
  /** Result of an earlier `receive` for the same statement. */
  readonly received?: Received
}

/** A received statement with its verdict. */
export interface Received {
  readonly examined: Examined
  readonly at: Instant
  /** Facts of the verdict. */
  readonly facts: Facts
}

/** Result of submitting a notice of status or a joint statement. */
export interface SubmittedOther {
  /** Present if the statement is genuine. */
  readonly statementId?: string
  readonly decision: ReceiptDecision
  /** Absent if the statement is not genuine, and either no receipt can identify it, or a newer trust list may contain its key. */
  readonly receipt?: string
  /** The entry under the name of the statement: its own, or another one of the same name. Present if the statement is genuine. */
  readonly entry?: PlacedEntry
  /** Why the statement is not genuine. */
  readonly error?: TonghengError
  /** False if nothing was stored, or the name was already taken, by this statement or by another. */
  readonly isNew: boolean
}

export interface Submitted {
  readonly verdict: Verdict
  readonly decision: ReceiptDecision
  readonly receipt: string
  /** Present if the statement is genuine and its record readable; no other is stored. */
  readonly entry?: PlacedEntry
  /** False if the name was already taken, by this statement or by another. */
  readonly isNew: boolean
}
