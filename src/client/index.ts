/** `tongheng/client`: sends statements to a node, and reads from it. */

export type {
  CallerShape as Caller,
  CallName,
  CatalogueNames,
  Discovery,
  DocumentList,
  NoticePage,
  Place as LogPlace,
  Problem,
  ReaderState,
  RecordEntry,
  SignedDocument,
  StatusListNames,
} from '../contract/index.js'
export {
  type EntryType,
  entryTypeOf,
  problemOf,
  ReceiptClaims,
  type ReceiptDecision,
  readReceipt,
  StandingShape,
  VerdictShape,
} from '../contract/index.js'
export type { Amended, AmendOptions } from './amend.js'
export type { Receipt } from './calls.js'
export { type Client, createClient, type ListQuery } from './client.js'
export type { Issued, IssueOptions } from './issue.js'
export {
  createMemoryQueue,
  createOutbox,
  type Drained,
  type DrainOptions,
  type Outbox,
  type OutboxCounts,
  type OutboxItem,
  type OutboxOptions,
  type OutboxQueue,
  type OutboxResult,
} from './outbox.js'
export type { StandingQuery } from './standings.js'
export type { SubmissionAnswer, SubmitMany, SubmitManyOptions, UnreadAnswer } from './submit-many.js'
export type { CallOptions, ClientOptions } from './transport.js'
