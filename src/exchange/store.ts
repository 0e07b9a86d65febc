/**
 * The store port. A record, its decision and its receipt are one entry and one transaction; nothing is ever changed or
 * deleted. Every adapter passes the same contract suite.
 */
import type { ReceiptDecision } from './receipt.js'

/** A record as kept: what was signed, what was decided, and the receipt that says so. */
export interface StoredRecord {
  readonly statementId: string
  readonly statement: string
  readonly iss: string
  readonly jti: string
  readonly kind: string
  readonly decision: ReceiptDecision
  /** Code of the check that decided this node's own verdict. */
  readonly code: string
  readonly outcome: 'recognised' | 'not-recognised' | 'indeterminate'
  /** Compact JWS; the same bytes for every retry. */
  readonly receipt: string
  /** Seconds. */
  readonly receivedAt: number
  readonly search: RecordSearch
}

/** What a record can be found by; identifiers as comparison keys. */
export interface RecordSearch {
  readonly number: string
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  /** Two-digit province of the issuer. */
  readonly region: string
  readonly factDate: string
  readonly validUntil?: string | undefined
}

export interface RecordQuery {
  readonly number?: string | undefined
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  readonly kind?: string | undefined
  readonly issuer?: string | undefined
  readonly region?: string | undefined
  /** Civil date on which the record had begun and, where it ends, had not ended. */
  readonly validOn?: string | undefined
}

export interface RecordPage {
  readonly items: readonly (StoredRecord & { readonly position: number })[]
  /** Position to go on from; absent on the last page. */
  readonly next?: number
}

/** A public document: a trust list, an agreement. */
export interface StoredDocument {
  readonly collection: 'trust-list' | 'agreement'
  readonly name: string
  readonly version: number
  /** Compact JWS with one payload, one a signer. */
  readonly signed: readonly string[]
}

export interface Store {
  /**
   * Keeps a record unless its issuer already has one of that name; then gives the one that was there. Rejects one
   * statement id under two names: the id is a digest over the name, so that is a defect and no answer.
   */
  putRecord(record: StoredRecord): Promise<{ readonly record: StoredRecord; readonly isNew: boolean }>
  getRecord(statementId: string): Promise<StoredRecord | undefined>
  getRecordByName(iss: string, jti: string): Promise<StoredRecord | undefined>
  /** In order of arrival, after a position. */
  listRecords(query: RecordQuery, options: { readonly after: number; readonly limit: number }): Promise<RecordPage>
  /**
   * Remembers a request until it can no longer be accepted. `full` where the limit is reached: nothing is evicted, since
   * an evicted request could be replayed.
   */
  rememberRequest(request: {
    readonly iss: string
    readonly jti: string
    readonly until: number
    readonly now: number
    readonly capacity: number
  }): Promise<'new' | 'seen' | 'full'>
  /** Keeps a document; a version once kept stays as it is. */
  putDocument(document: StoredDocument): Promise<void>
  /** The given version, or the highest. */
  getDocument(collection: StoredDocument['collection'], name: string, version?: number): Promise<StoredDocument | undefined>
  listDocuments(collection: StoredDocument['collection']): Promise<readonly StoredDocument[]>
  close(): Promise<void>
}
