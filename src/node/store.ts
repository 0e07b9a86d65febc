/**
 * The store port. Entries of the log (records and notices), their decisions, receipts and places are written in turns, one
 * transaction each; nothing is ever changed or deleted. Every adapter passes the same contract suite.
 */

import { isTonghengError, type TonghengError } from '../base/error.js'
import type { ReceiptDecision } from '../contract/index.js'
import { coded } from './messages.js'

/** Why a store cannot do its work for the time being. Adapters name what their drivers throw. */
export const STORE_FAULTS = [
  coded('store.full'),
  coded('store.read-only'),
  coded('store.io'),
  coded('store.away'),
  coded('store.busy'),
] as const
export type StoreFault = (typeof STORE_FAULTS)[number]

export interface StoreFaults {
  /** Since the store was opened. */
  readonly counts: Readonly<Record<StoreFault, number>>
  readonly last: TonghengError<StoreFault> | undefined
}

/** Whether a store could not do its work for a reason of its own (disk full, read-only, unreachable); trying again later may help. */
export const isStoreFault = (error: unknown): error is TonghengError<StoreFault> =>
  STORE_FAULTS.some((code) => isTonghengError(error, code))

/** A statement as kept: what was signed, what was decided, and the receipt that says so. */
export interface StoredEntry {
  readonly statementId: string
  readonly statement: string
  readonly iss: string
  readonly jti: string
  /** Kind of the record; `notice` for a notice of status. */
  readonly kind: string
  readonly decision: ReceiptDecision
  /** Code of the check that decided this node's own verdict. */
  readonly code: string
  readonly outcome: 'recognised' | 'not-recognised' | 'indeterminate'
  /** Compact JWS; the same bytes for every retry. Absent where the statement came from another node's log, until its sender asks. */
  readonly receipt?: string | undefined
  /** Seconds: when it came, or, of another node's log and by a key revoked since, when that node's receipt proves that it was there. */
  readonly receivedAt: number
  readonly search: RecordSearch
}

/** An entry with its place in the log, from 0. */
export type PlacedEntry = StoredEntry & { readonly position: number }

/** What a record can be found by; identifiers as comparison keys. */
export interface RecordSearch {
  readonly number: string
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  /** Two-digit province of the issuer. */
  readonly region: string
  readonly factDate: string
  readonly validUntil?: string | undefined
  /** What the record says that it replaces (`replacedIn` of `tongheng/records`). */
  readonly supersedes?: string | undefined
  readonly amends?: string | undefined
}

export interface EntryQuery {
  readonly number?: string | undefined
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  readonly kind?: string | undefined
  /** Every kind but this. */
  readonly except?: string | undefined
  readonly issuer?: string | undefined
  readonly region?: string | undefined
  /** Civil date on which the record had begun and, where it ends, had not ended. */
  readonly validOn?: string | undefined
}

export interface EntryPage {
  readonly items: readonly PlacedEntry[]
  /** Position to go on from; absent on the last page. */
  readonly next?: number
}

/** A public document: a trust list, an agreement, a status list; evidence that a log forked. */
export interface StoredDocument {
  readonly collection: 'trust-list' | 'agreement' | 'status-list' | 'fork' | 'reader'
  /** USCC of the authority, id of the agreement, `statusListName`, origin of the log, thumbprint of the reader's key. */
  readonly name: string
  readonly version: number
  /** Compact JWS with one payload, one a signer; for a fork, the evidence as JSON. */
  readonly signed: readonly string[]
}

/** Name of a status list in a store: its issuer and its address, since anyone may write any address into a list. */
export const statusListName = (iss: string, uri: string): string => `${iss} ${uri}`

/** Issuer and address of a status list, by its name in a store. */
export function readStatusListName(name: string): { readonly iss: string; readonly uri: string } {
  const end = name.indexOf(' ')
  return { iss: name.slice(0, end), uri: name.slice(end + 1) }
}

/** Name of a statement, given by its issuer. */
export interface EntryName {
  readonly iss: string
  readonly jti: string
}

/** How far the log goes. */
export interface LogState {
  readonly size: number
  /** Newest checkpoint, a signed note; absent where nothing was signed yet. */
  readonly checkpoint?: string | undefined
  /** Newest checkpoint that a witness has cosigned, with the cosignatures. */
  readonly cosigned?: string | undefined
}

/** Root of a full tile of 256 hashes: hash `index` of tile level `level`, from 1 (C2SP tlog-tiles). */
export interface TileRoot {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

export interface Growth {
  /** In the order of their positions, which go on from the size of the log. */
  readonly entries: readonly StoredEntry[]
  /** Tiles that these entries filled. */
  readonly tileRoots: readonly TileRoot[]
  readonly checkpoint?: string | undefined
}

/** Entries of one issuer, by a certificate number as it is compared, by what they say that they replace (a statement id or a number), or by their `jti`. */
export interface EntryKey {
  readonly iss: string
  readonly value: string
}
/**
 * For each key the entries that have it, in order of arrival, `limit` of them at most: one issuer's many entries never crowd out
 * those of another key.
 */
export type EntriesBy = (
  by: 'number' | 'replaced' | 'name',
  keys: readonly EntryKey[],
  limit: number,
) => Promise<readonly (readonly PlacedEntry[])[]>

/** A turn of the log: nobody else appends while it lasts. */
export interface Turn {
  readonly log: LogState
  /** The first entry under each name. Another node's log may have given a second one. */
  byNames(names: readonly EntryName[]): Promise<readonly (PlacedEntry | undefined)[]>
  byIds(statementIds: readonly string[]): Promise<readonly (PlacedEntry | undefined)[]>
  readonly entriesBy: EntriesBy
  statementIds(start: number, end: number): Promise<readonly string[]>
  tileRoots(level: number, start: number, end: number): Promise<readonly Uint8Array[]>
  /** At most once a turn. Takes effect, whole, when the work of the turn ends well. */
  append(growth: Growth): Promise<void>
}

/** What is known of another node's log. */
export interface PeerLog {
  readonly origin: string
  /** Newest checkpoint that was verified, with its signatures; never replaced by one of a smaller tree. */
  readonly checkpoint: string
  readonly size: number
  /** Entries that were taken over: all before this index. */
  readonly cursor: number
}

/** An entry of another log that was not kept, and is tried again when other trust lists are at hand. */
export interface SkippedEntry {
  readonly origin: string
  readonly index: number
  /** Why. */
  readonly code: string
  /** The trust lists it was judged by. */
  readonly mark: string
}

/** What decides beside statements, as it is stored. */
export interface StoreInspection {
  /** Objects that no migration makes, or that are not as one makes them; what the database finds of its own pages. */
  readonly faults: readonly string[]
  /** Of the schema what could not be compared, and why. */
  readonly unproved: readonly string[]
  /** Of the log, as of the same moment as all counts. */
  readonly size: number
  readonly cosigned?: string | undefined
  /** Rows, whatever their positions are. */
  readonly entries: number
  readonly tiles: number
  readonly heads: number
  /** Size by which a cosigned checkpoint is replaced; -1 where there is none. */
  readonly cosignedSize: number
  readonly requests: number
  /** As the store counts them. */
  readonly requestsCounted: number
  /** The latest second at which one could be accepted; 0 where there is none. */
  readonly requestsUntil: number
  readonly peers: readonly PeerLog[]
}

export interface RememberedRequest {
  readonly iss: string
  readonly jti: string
  /** Last second at which it could be accepted. */
  readonly until: number
}

export interface Store {
  /**
   * Runs work that may append, alone among all processes on this database. It may be run again where another process was
   * quicker, so it must have no effect but its `append`.
   */
  sequence<T>(work: (turn: Turn) => Promise<T>): Promise<T>
  readLog(): Promise<LogState>
  /** Ids of the statements at these positions, end excluded; fewer where the log is shorter. */
  statementIds(start: number, end: number): Promise<readonly string[]>
  statements(start: number, end: number): Promise<readonly string[]>
  tileRoots(level: number, start: number, end: number): Promise<readonly Uint8Array[]>
  /** Keeps a cosigned checkpoint, unless one of a larger tree is kept. */
  putCosigned(checkpoint: string, size: number): Promise<void>
  getEntry(statementId: string): Promise<PlacedEntry | undefined>
  /** The first under the name. */
  getEntryByName(iss: string, jti: string): Promise<PlacedEntry | undefined>
  /** In order of arrival, from a position on. */
  listEntries(query: EntryQuery, options: { readonly from: number; readonly limit: number }): Promise<EntryPage>
  readonly entriesBy: EntriesBy
  /** Keeps the receipt of an entry that has none; gives the one that is kept. */
  putReceipt(statementId: string, receipt: string): Promise<string>
  /**
   * Remembers requests until they can no longer be accepted. `full` where the limit is reached: nothing is evicted, since an
   * evicted request could be replayed. `forgotten` where requests of its time were forgotten already, as after the clock was ahead
   * and went back: whether it was used before is not known any more. That moment outlives the process.
   */
  rememberRequests(
    requests: readonly RememberedRequest[],
    options: { readonly now: number; readonly capacity: number },
  ): Promise<readonly ('new' | 'seen' | 'full' | 'forgotten')[]>
  getPeer(origin: string): Promise<PeerLog | undefined>
  /**
   * Takes a newer checkpoint of another log; false where the one kept is not of the size expected (-1: none), so that two
   * processes never vouch for two histories.
   */
  advancePeer(peer: Omit<PeerLog, 'cursor'>, expectedSize: number): Promise<boolean>
  setCursor(origin: string, cursor: number): Promise<void>
  putSkipped(entries: readonly SkippedEntry[]): Promise<void>
  /** Those judged by other trust lists than these, by their index. */
  listSkipped(origin: string, options: { readonly not: string; readonly limit: number }): Promise<readonly SkippedEntry[]>
  dropSkipped(origin: string, indices: readonly number[]): Promise<void>
  /** Keeps a document; a version once kept stays as it is. */
  putDocument(document: StoredDocument): Promise<void>
  /** The given version, or the highest. */
  getDocument(collection: StoredDocument['collection'], name: string, version?: number): Promise<StoredDocument | undefined>
  listDocuments(collection: StoredDocument['collection']): Promise<readonly StoredDocument[]>
  /** What there is, by collection, name and version, without the documents. */
  listDocumentNames(): Promise<readonly Omit<StoredDocument, 'signed'>[]>
  /** What an audit holds against the log: the schema, and what is stored beside the statements. Reads all of the database. */
  inspect(): Promise<StoreInspection>
  /** Writes, and takes away, what proves that something can be taken in. @throws `store.full`, `store.read-only`, … */
  probe(): Promise<void>
  readonly faults: StoreFaults
  close(): Promise<void>
}

/** Kind of an entry that is a notice of status. */
export const NOTICE = 'notice'
