/** `tongheng/node`: a node without sockets, and the port to its store. */
export type { Alarms } from './alarms.js'
export type { Documents } from './facts.js'
export type { HeadKeeper, HeadPlace } from './head.js'
export { createNode } from './node.js'
export type { LogIdentity } from './own-keys.js'
export type { PeerImport, PeerStatement, ReceivedPeerStatement } from './peer-import.js'
export { createPublisher, type Publisher, type PublishProgress } from './publisher.js'
export type { Facts } from './read-facts.js'
export type { ReaderLookup } from './reader-lookup.js'
export { READER_DAYS, type Reader, ReaderClaims, type ReaderEntry } from './readers.js'
export {
  type Admission,
  admitReader,
  confirmReaders,
  listReaders,
  revokeReader,
  type Writing as WritableReaderRegister,
} from './register.js'
export type { Register as ReaderRegister } from './register-chain.js'
export type { Halt, InstrumentQuery, Node, NodeOptions, StandingPage } from './shapes.js'
export type {
  EntriesBy,
  EntryKey,
  EntryName,
  EntryPage,
  EntryQuery,
  Growth,
  LogState,
  LogTransaction,
  PeerLog,
  PlacedEntry,
  RecordSearch,
  RememberedRequest,
  SkippedEntry,
  Store,
  StoredDocument,
  StoredEntry,
  StoreFault,
  StoreFaults,
  StoreInspection,
  TileRoot,
} from './store.js'
export { isStoreFault, STORE_FAULTS, statusListName } from './store.js'
export type { Received, Submission, Submitted, SubmittedOther } from './submission.js'
export type { StoredFile, TileStore } from './tile-store.js'
export type { Stored } from './write-batch.js'
