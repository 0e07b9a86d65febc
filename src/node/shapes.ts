/** Options and public interface of a node. */

import type { Instant } from '../base/date.js'
import type { TonghengError } from '../base/error.js'
import type { Text } from '../base/message.js'
import type { AlgorithmName, Signer } from '../envelope/index.js'
import type { Successor } from '../log/index.js'
import type { SignedTrustList, Trust, TrustAnchor } from '../trust/index.js'
import type { CurrentStatus, Notice, SignedRecord, SignedStatus, Standing, Verdict } from '../verify/index.js'
import type { Alarms } from './alarms.js'
import type { Documents } from './facts.js'
import type { HeadKeeper, HeadPlace } from './head.js'
import type { LogIdentity } from './own-keys.js'
import type { PeerImport } from './peer-import.js'
import type { ReaderLookup } from './reader-lookup.js'
import type { Store, StoredEntry } from './store.js'
import type { Received, Submission, Submitted, SubmittedOther } from './submission.js'

export interface NodeOptions extends SignedStatus {
  /** Id of the node; callers send it as `aud`. */
  readonly id: string
  /** Public URL of the node, which callers sign in each request. No trailing slash. */
  readonly url: string
  /** USCC of the authority that runs the node; must be an entity of its own trust list. */
  readonly authority: string
  readonly name: Text
  /** Two-digit province. */
  readonly region: string
  /** Signs receipts. */
  readonly signer: Signer
  /**
   * `signer` signs checkpoints of the log, `witness` cosigns those of other logs: two Ed25519 keys that the authority's trust list has
   * under `logs`, with the origin. Without `log` the log is written but no checkpoint is signed; without `witness` the node can
   * cosign only while the list names no witness key.
   */
  readonly log?: { readonly origin: string; readonly signer: Signer; readonly witness?: Signer | undefined } | undefined
  readonly store: Store
  /** Second place of the log's head, written before a checkpoint or receipt is published, so that data loss is detected. Requires `log`. */
  readonly head?: HeadPlace | undefined
  /** Second place of the head of the register of readers, so that a lost revocation is detected. */
  readonly readersHead?: HeadPlace | undefined
  /**
   * Without `head`: rejects submissions until a witness has confirmed the log. It does not protect from an old backup that the witness
   * confirms because it has not seen the newest checkpoint either; `head` does. @default false
   */
  readonly awaitsWitness?: boolean | undefined
  readonly anchors: readonly TrustAnchor[]
  readonly trustLists: readonly SignedTrustList[]
  readonly agreements: readonly (readonly string[])[]
  /** Catalogues of authorities; each counts for its own province. @default those in the store alone */
  readonly catalogues?: readonly (readonly string[])[] | undefined
  /**
   * How to handle a record whose certificate number is already used for another instrument or content that it does not declare to
   * replace: store it as pending, or reject it with 409 and a signed rejection. @default pending
   */
  readonly numberTwice?: 'pending' | 'refuse' | undefined
  /** Records and notices must be signed with each of these algorithms. @default none */
  readonly policy?: { readonly algorithms?: readonly AlgorithmName[] } | undefined
  /** Clock of the node: seconds since 1970. */
  readonly now: () => Instant
  /** Called once per alarm, for example if a party publishes entries outside its own competence. Write it to the process log. */
  readonly alarm?: ((alarm: TonghengError) => void) | undefined
}

export interface InstrumentQuery {
  readonly serial?: string | undefined
  readonly plate?: string | undefined
}

export interface Node {
  readonly options: NodeOptions
  /** The trust that the node last read. */
  readonly trust: Trust
  /** Signs for the log; undefined if the node has no log key. */
  readonly identity: LogIdentity | undefined
  /** Verifies a statement with all of its signatures, at a given time, for a province. */
  judge(statement: SignedRecord, options?: { readonly at?: Instant; readonly region?: string }): Promise<Verdict>
  /** Phase 1 of `submit`: verifies only, so that a bulk request can verify many signatures in parallel. */
  receive(statement: string): Promise<Received>
  /** Verifies the statement, decides, and stores it with a signed receipt in one transaction. A retry returns the same receipt. */
  submit(submission: Submission): Promise<Submitted>
  /** Verifies a notice of status (状态公告) and stores it in the log; one that is not genuine is answered with `error`. */
  submitNotice(submission: Submission): Promise<SubmittedOther>
  /** Verifies a joint statement (协同记录) and stores it in the log; one that is not genuine is answered with `error`. */
  submitJoint(submission: Submission): Promise<SubmittedOther>
  /** Verifies statements of a peer's log without storing them, so that one batch can be verified while `takeOver` stores another. */
  receiveFromPeer: PeerImport['receiveFromPeer']
  takeOver: PeerImport['takeOver']
  /** Returns the current status of stored statements, in the given order. */
  statusesOf(entries: readonly Pick<StoredEntry, 'statementId' | 'statement' | 'iss' | 'search'>[]): Promise<readonly CurrentStatus[]>
  /** Returns the notices about a statement, in the order in which they take effect. */
  noticesOf(statementId: string): Promise<readonly Notice[]>
  /**
   * Returns the standings of the instruments with a serial number or plate, from the records of both provinces. With more records
   * than are judged at once, returns a page from position `from`, on which each standing is undecided or failed.
   */
  standings(
    of: InstrumentQuery,
    options?: { readonly at?: Instant; readonly region?: string; readonly from?: number | undefined },
  ): Promise<StandingPage>
  /** The register of readers: keys that may read from this node and sign nothing. */
  readonly readers: ReaderLookup
  /** Reads facts that another process on the same database may have written; cached for a few seconds. */
  refresh(): Promise<void>
  /** Stores newer trust lists, agreements and status lists; returns the errors of the rejected ones. */
  learn(documents: Documents): Promise<readonly TonghengError[]>
  /** Alarms raised since the start. */
  readonly alarms: Alarms
  /** State of the log's head in its second place, and whether the log is confirmed. */
  readonly head: Pick<HeadKeeper, 'isConfirmed' | 'fault' | 'confirm'>
  /** Why the node rejects submissions; undefined if it does not. */
  readonly halted: Halt | undefined
  /** Rejects submissions from now on: a witness has a checkpoint that this log does not continue, as after a restore from backup. */
  halt(halt: Halt): void
  /**
   * Closes the log of this node for ever: signs its last checkpoint, which names the log that follows. The trust list of the authority
   * must have the successor. New statements are rejected afterwards; a retry returns the receipt it had. Returns the checkpoint.
   * @throws `log.successor-unlisted`, `log.closing`; `log.closed` if another successor is named already
   */
  closeLog(successor: Successor): Promise<string>
  /** Reasons why the node is not ready; empty if it is. */
  unready(): readonly Text[]
  /** Warnings on which the operator should act soon. */
  warnings(): readonly Text[]
}

/** Standings by the records of one page. */
export interface StandingPage {
  readonly items: readonly Standing[]
  /** Position from which the next page starts; absent on the last page, and if all records were judged at once. */
  readonly next?: number
}

/** A rollback of the log: its current size, and the size that a witness has seen. */
export type Halt = {
  readonly origin: string
  readonly size: number
  readonly seen: number
  /** USCC of the authority whose node it is. */
  readonly witness: string
  /** The checkpoint that the witness has: this log signed it but does not continue it. */
  readonly checkpoint: string
}
