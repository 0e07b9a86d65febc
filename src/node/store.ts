/**
 * The store port. Entries of the log (records, notices, joint statements) are written with their decisions, receipts and positions in exclusive
 * transactions; entries are never changed or deleted. Every adapter passes the same contract suite.
 */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { identifierKey } from '../base/identifier.js'
import type { ReceiptDecision } from '../contract/index.js'
import { coded } from './messages.js'

/** Temporary faults of a store. Adapters map the errors of their drivers to these codes. */
export const STORE_FAULTS = [
  coded('store.full'),
  coded('store.read-only'),
  coded('store.io'),
  coded('store.away'),
  coded('store.busy'),
] as const
export type StoreFault = (typeof STORE_FAULTS)[number]

export interface StoreFaults {
  /** Number of faults since the store was opened, by code. */
  readonly counts: Readonly<Record<StoreFault, number>>
  readonly last: TonghengError<StoreFault> | undefined
}

/** Whether the error is a fault of the store itself (disk full, read-only, unreachable); a later retry may succeed. */
export const isStoreFault = (error: unknown): error is TonghengError<StoreFault> =>
  STORE_FAULTS.some((code) => isTonghengError(error, code))

/** A stored statement with the decision on it and the receipt for that decision. */
export interface StoredEntry {
  readonly statementId: string
  readonly statement: string
  readonly iss: string
  readonly jti: string
  /**
   * Kind of the record; `notice` for a notice of status, `joint` for a joint statement, `joint-directory` for a joint statement that every
   * caller may read.
   */
  readonly kind: string
  readonly decision: ReceiptDecision
  /** Code of the check that decided this node's own verdict. */
  readonly code: string
  readonly outcome: 'recognised' | 'not-recognised' | 'indeterminate'
  /** Compact JWS; the same bytes for every retry. Absent for a statement copied from a peer, until its sender submits it here. */
  readonly receipt?: string | undefined
  /**
   * Seconds: when this node received the statement. For a statement copied from a peer whose key was revoked later, the time that the
   * peer's receipt proves.
   */
  readonly receivedAt: number
  readonly search: RecordSearch
}

/** An entry with its position in the log, from 0. */
export type PlacedEntry = StoredEntry & { readonly position: number }

/** The indexed fields of a record; identifiers are comparison keys. */
export interface RecordSearch {
  /** Certificate number; empty for a notice. A joint statement has the number of its piece of work (`workKey`). */
  readonly number: string
  readonly serial?: string | undefined
  /** Serial numbers of the lines of a batch certificate. A query by `serial` finds them; entries read from the store may lack them. */
  readonly serials?: readonly string[] | undefined
  readonly plate?: string | undefined
  /** Two-digit province of the issuer. */
  readonly region: string
  readonly factDate: string
  readonly validUntil?: string | undefined
  /** Statement that this record declares to replace (`replacedIn` of `tongheng/records`). */
  readonly supersedes?: string | undefined
  readonly amends?: string | undefined
}

export interface EntryQuery {
  readonly number?: string | undefined
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  /** One kind, or any of several. */
  readonly kind?: string | readonly string[] | undefined
  /** Excludes these kinds. */
  readonly except?: readonly string[] | undefined
  readonly issuer?: string | undefined
  readonly region?: string | undefined
  /** Civil date on which the record is valid: from its `factDate` to its `validUntil`, if it has one. */
  readonly validOn?: string | undefined
}

export interface EntryPage {
  readonly items: readonly PlacedEntry[]
  /** Position at which the next page begins; absent on the last page. */
  readonly next?: number
}

/** A stored document: trust list, agreement, catalogue, status list, evidence of a fork, or entry of the register of readers. */
export interface StoredDocument {
  readonly collection: 'trust-list' | 'agreement' | 'catalogue' | 'status-list' | 'fork' | 'reader'
  /** USCC of the authority, id of the agreement, `statusListName`, origin of the log, thumbprint of the reader's key. */
  readonly name: string
  readonly version: number
  /** Compact JWS over the same payload, one per signer; for a fork, the evidence as JSON. */
  readonly signed: readonly string[]
}

/** Name of a status list in a store: issuer and address, because an issuer can write any address into its list. */
export const statusListName = (iss: string, uri: string): string => `${iss} ${uri}`

/** Splits the name of a status list in a store into issuer and address. */
export function readStatusListName(name: string): { readonly iss: string; readonly uri: string } {
  const end = name.indexOf(' ')
  return { iss: name.slice(0, end), uri: name.slice(end + 1) }
}

/** Name of a statement, assigned by its issuer. */
export interface EntryName {
  readonly iss: string
  readonly jti: string
}

/** Size and newest checkpoints of the log. */
export interface LogState {
  readonly size: number
  /** Newest checkpoint, a signed note; absent before the first one is signed. */
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
  /** In order of position; the first position is the current size of the log. */
  readonly entries: readonly StoredEntry[]
  /** Roots of the tiles that these entries complete. */
  readonly tileRoots: readonly TileRoot[]
  readonly checkpoint?: string | undefined
}

/** A key of one issuer's entries: certificate number as comparison key, replaced statement id or number, or `jti`. */
export interface EntryKey {
  readonly iss: string
  readonly value: string
}
/**
 * Returns for each key its entries in log order. `limit` applies to each key separately, so that an issuer with many entries cannot
 * crowd out another.
 */
export type EntriesBy = (
  by: 'number' | 'replaced' | 'name',
  keys: readonly EntryKey[],
  limit: number,
) => Promise<readonly (readonly PlacedEntry[])[]>

/** An exclusive transaction on the log: no other process appends while it is open. */
export interface LogTransaction {
  readonly log: LogState
  /** Returns the first entry under each name; a copy from a peer's log can be the second. */
  byNames(names: readonly EntryName[]): Promise<readonly (PlacedEntry | undefined)[]>
  byIds(statementIds: readonly string[]): Promise<readonly (PlacedEntry | undefined)[]>
  readonly entriesBy: EntriesBy
  statementIds(start: number, end: number): Promise<readonly string[]>
  tileRoots(level: number, start: number, end: number): Promise<readonly Uint8Array[]>
  /** May be called once per transaction. Takes effect atomically when the transaction commits. */
  append(growth: Growth): Promise<void>
}

/** State of a peer's log as this node last verified it. */
export interface PeerLog {
  readonly origin: string
  /** Newest verified checkpoint with its signatures; never replaced by one of a smaller tree. */
  readonly checkpoint: string
  readonly size: number
  /** Index of the next entry to import: all entries before it are processed. */
  readonly cursor: number
}

/** An entry of a peer's log that was not stored; it is retried when the trust lists change. */
export interface SkippedEntry {
  readonly origin: string
  readonly index: number
  /** Code of the failed check. */
  readonly code: string
  /** Identifies the set of trust lists under which it was verified. */
  readonly mark: string
}

/** Contents of the database beside the statements, for an audit. */
export interface StoreInspection {
  /** Schema objects that differ from the migrations, and faults that the database reports in its own pages. */
  readonly faults: readonly string[]
  /** Parts of the schema that could not be compared, with the reason. */
  readonly unproved: readonly string[]
  /** Size of the log, read in the same snapshot as all counts. */
  readonly size: number
  readonly cosigned?: string | undefined
  /** Number of rows, regardless of their positions. */
  readonly entries: number
  readonly tiles: number
  readonly heads: number
  /** Size recorded for the cosigned checkpoint, which decides whether a new one replaces it; -1 if there is none. */
  readonly cosignedSize: number
  readonly requests: number
  /** The request count that the store maintains. */
  readonly requestsCounted: number
  /** Latest expiry of a remembered request, in seconds; 0 if there is none. */
  readonly requestsUntil: number
  readonly peers: readonly PeerLog[]
}

export interface RememberedRequest {
  readonly iss: string
  readonly jti: string
  /** Last second at which the request can be accepted. */
  readonly until: number
}

export interface Store {
  /**
   * Runs `work` in an exclusive transaction: no other process on this database appends meanwhile. The transaction may be retried
   * after a conflict, so `work` must have no side effects other than `append`.
   */
  sequence<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T>
  readLog(): Promise<LogState>
  /** Returns the ids of the statements at these positions, end excluded; fewer if the log is shorter. */
  statementIds(start: number, end: number): Promise<readonly string[]>
  statements(start: number, end: number): Promise<readonly string[]>
  tileRoots(level: number, start: number, end: number): Promise<readonly Uint8Array[]>
  /** Stores a cosigned checkpoint, unless one of a larger tree is stored. */
  putCosigned(checkpoint: string, size: number): Promise<void>
  getEntry(statementId: string): Promise<PlacedEntry | undefined>
  /** Returns the first entry under the name. */
  getEntryByName(iss: string, jti: string): Promise<PlacedEntry | undefined>
  /** Returns entries in log order, from a position. */
  listEntries(query: EntryQuery, options: { readonly from: number; readonly limit: number }): Promise<EntryPage>
  readonly entriesBy: EntriesBy
  /** Stores the receipt of an entry that has none; returns the stored receipt. */
  putReceipt(statementId: string, receipt: string): Promise<string>
  /**
   * Replay protection: stores requests until they expire. `full`: the limit is reached; no request is evicted, because an evicted one
   * could be replayed. `forgotten`: requests of that time were already deleted, for example after a clock that ran ahead was set
   * back, so a replay cannot be ruled out. The deletion time is stored durably.
   */
  rememberRequests(
    requests: readonly RememberedRequest[],
    options: { readonly now: number; readonly capacity: number },
  ): Promise<readonly ('new' | 'seen' | 'full' | 'forgotten')[]>
  getPeer(origin: string): Promise<PeerLog | undefined>
  /**
   * Stores a newer checkpoint of a peer's log. Returns false if the stored one does not have the expected size (-1: none stored), so
   * that two processes cannot cosign two histories.
   */
  advancePeer(peer: Omit<PeerLog, 'cursor'>, expectedSize: number): Promise<boolean>
  setCursor(origin: string, cursor: number): Promise<void>
  putSkipped(entries: readonly SkippedEntry[]): Promise<void>
  /** Returns skipped entries last verified under a different set of trust lists than `not`, ordered by index. */
  listSkipped(origin: string, options: { readonly not: string; readonly limit: number }): Promise<readonly SkippedEntry[]>
  dropSkipped(origin: string, indices: readonly number[]): Promise<void>
  /** Stores a document; a stored version is never replaced. */
  putDocument(document: StoredDocument): Promise<void>
  /** Returns the given version, or the highest. */
  getDocument(collection: StoredDocument['collection'], name: string, version?: number): Promise<StoredDocument | undefined>
  listDocuments(collection: StoredDocument['collection']): Promise<readonly StoredDocument[]>
  /**
   * Lists collection, name and version of documents, without the contents, in this order. With `newest`, at most that many of the highest
   * versions of each name. The cost of such a call must depend on the number of names only, not of versions, because a node makes it every
   * few seconds.
   */
  listDocumentNames(options?: {
    readonly collection?: StoredDocument['collection'] | undefined
    readonly newest?: number | undefined
  }): Promise<readonly Omit<StoredDocument, 'signed'>[]>
  /** Returns which of these serial numbers are stored for the lines of the entry at a position. Used by an audit. */
  storedSerials(position: number, serials: readonly string[]): Promise<readonly string[]>
  /** Number of serial numbers of lines, of all entries or of those before a position. */
  countSerials(before?: number): Promise<number>
  /**
   * Reads the whole database and returns what an audit compares with the log: faults of the schema, and the data besides the statements.
   */
  inspect(): Promise<StoreInspection>
  /** Readiness probe: commits a write that changes no data. @throws `store.full`, `store.read-only`, … */
  probe(): Promise<void>
  readonly faults: StoreFaults
  close(): Promise<void>
}

/** Kind of an entry that is a notice of status. */
export const NOTICE = 'notice'
/** Kind of an entry that is a joint statement. */
export const JOINT_STATEMENT = 'joint'
/** Kind of an entry that is a joint statement which every caller may read. */
export const DIRECTORY = 'joint-directory'
export const JOINT_KINDS: readonly string[] = [JOINT_STATEMENT, DIRECTORY]
/** Kinds of entries that are not records. */
export const NOT_RECORDS: readonly string[] = [NOTICE, ...JOINT_KINDS]
/** Search key of a piece of work. It never equals the key of a certificate number, which has no lower-case letters. */
export const workKey = (subject: string): string => `work ${identifierKey(subject)}`
