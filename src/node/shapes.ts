/** What a node is made from, and what it shows. */

import type { Instant } from '../base/date.js'
import type { TonghengError } from '../base/error.js'
import type { Text } from '../base/message.js'
import type { AlgorithmName, Signer } from '../envelope/index.js'
import type { SignedTrustList, Trust, TrustAnchor } from '../trust/index.js'
import type { CurrentStatus, Notice, SignedRecord, SignedStatus, Standing, Verdict } from '../verify/index.js'
import type { Alarms } from './alarms.js'
import type { Documents } from './facts.js'
import type { ForeignKeeper } from './foreign.js'
import type { HeadKeeper, HeadPlace } from './head.js'
import type { LogIdentity } from './own-keys.js'
import type { Store, StoredEntry } from './store.js'
import type { Received, Submission, Submitted } from './submission.js'

export interface NodeOptions extends SignedStatus {
  /** Id of the node: what callers put into `aud`. */
  readonly id: string
  /** Address under which callers reach it; part of what they sign. No trailing slash. */
  readonly url: string
  /** USCC of the authority that runs the node; must be an entity of its own trust list. */
  readonly authority: string
  readonly name: Text
  /** Two-digit province. */
  readonly region: string
  /** Signs receipts. */
  readonly signer: Signer
  /**
   * `signer` signs checkpoints of the log, `witness` cosigns those of others: two Ed25519 keys that the authority's trust list has
   * under `logs`, with the origin. Without `log` it is kept, and nobody is told its root; without `witness` the node can be a
   * witness only as long as the list names no key for that.
   */
  readonly log?: { readonly origin: string; readonly signer: Signer; readonly witness?: Signer | undefined } | undefined
  readonly store: Store
  /** Second place of the log's head: written before a checkpoint or receipt is given out, so that a loss of data is detected. It needs `log`. */
  readonly head?: HeadPlace | undefined
  /** Without `head`: takes nothing in until a witness has confirmed the log. @default false */
  readonly awaitsWitness?: boolean | undefined
  readonly anchors: readonly TrustAnchor[]
  readonly trustLists: readonly SignedTrustList[]
  readonly agreements: readonly (readonly string[])[]
  /**
   * What becomes of a record whose certificate number is on another instrument or content already and that does not say it replaces it:
   * stored as pending, or refused with 409 and a signed rejection. @default pending
   */
  readonly numberTwice?: 'pending' | 'refuse' | undefined
  /** Of each algorithm a signature is demanded, of records and of notices. @default none */
  readonly policy?: { readonly algorithms?: readonly AlgorithmName[] } | undefined
  /** Seconds since 1970; the clock of the process at its edge. */
  readonly now: () => Instant
  /** Called once for each alarm, for example where another party publishes entries that are not its own; write it to the log of the process. */
  readonly alarm?: ((alarm: TonghengError) => void) | undefined
}

export interface InstrumentQuery {
  readonly serial?: string | undefined
  readonly plate?: string | undefined
}

export interface Node {
  readonly options: NodeOptions
  /** As the node last read it. */
  readonly trust: Trust
  /** Signs for the log, where the node has a key for it. */
  readonly identity: LogIdentity | undefined
  /** Judges a statement, by all of its signatures, as of a moment, for a province. */
  judge(statement: SignedRecord, options?: { readonly at?: Instant; readonly region?: string }): Promise<Verdict>
  /** The first half of `submit`, for a caller that submits several: their signatures are checked in parallel. */
  receive(statement: string): Promise<Received>
  /** Judges, decides, signs the receipt and keeps all of it at once. The same statement again gives the same receipt. */
  submit(submission: Submission): Promise<Submitted>
  /** A notice of status (状态公告), kept in the log like a record. @throws `status.signer`, `notice.shape`, `format.*` where it is not genuine */
  submitNotice(submission: Submission): Promise<Required<Omit<Submitted, 'verdict'>>>
  /** A signed rejection of a notice that `submitNotice` refuses with this error; undefined where it may be sent again. */
  rejectNotice(submission: Submission, error: TonghengError): Promise<string | undefined>
  /** Judges statements of another node's log and stores nothing: the first half of `takeOver`, so that the next part can be judged while one is stored. */
  receiveForeign: ForeignKeeper['receiveForeign']
  takeOver: ForeignKeeper['takeOver']
  /** What has become of statements that are kept, in their order. */
  statusesOf(entries: readonly Pick<StoredEntry, 'statementId' | 'statement' | 'iss' | 'search'>[]): Promise<readonly CurrentStatus[]>
  /** The notices that name a statement, in the order in which they take effect. */
  noticesOf(statementId: string): Promise<readonly Notice[]>
  /** How the instruments stand that a serial number or a plate names, by the records of both provinces. */
  standings(of: InstrumentQuery, options?: { readonly at?: Instant; readonly region?: string }): Promise<readonly Standing[]>
  /** Reads what another process on the same database may have written; quick where that was done a moment ago. */
  refresh(): Promise<void>
  /** Takes newer trust lists, agreements and status lists; gives what was refused, with the reason. */
  learn(documents: Documents): Promise<readonly TonghengError[]>
  /** Alarms raised so far. */
  readonly alarms: Alarms
  /** The head of the log in its second place, and what a witness has confirmed. */
  readonly head: Pick<HeadKeeper, 'isConfirmed' | 'fault' | 'confirm'>
  /** Why nothing is taken in any more; undefined where all is well. */
  readonly halted: Halt | undefined
  /** Takes nothing in from now on: a witness has seen what this node's log does not continue, as after an old backup was restored. */
  halt(halt: Halt): void
  /** Why the node cannot judge at the moment; empty when it can. */
  unready(): readonly Text[]
  /** What its operator should see to before long. */
  warnings(): readonly Text[]
}

/** What a witness has seen of a log, and what is left of it. */
export type Halt = {
  readonly origin: string
  readonly size: number
  readonly seen: number
  /** USCC of the authority whose node it is. */
  readonly witness: string
  /** The checkpoint that the witness has: this log signed it, and does not continue it. */
  readonly checkpoint: string
}
