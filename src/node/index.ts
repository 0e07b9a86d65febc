/** `tongheng/node`: a node without sockets, and the port to its store. */
export type { Documents } from './facts.js'
export type { HeadPlace } from './head.js'
export { createNode } from './node.js'
export {
  type Admission,
  admitReader,
  listReaders,
  READER_DAYS,
  type Reader,
  ReaderClaims,
  type ReaderEntry,
  revokeReader,
} from './readers.js'
export type { Halt, Node, NodeOptions } from './shapes.js'
export type {
  EntriesBy,
  EntryKey,
  EntryName,
  EntryPage,
  EntryQuery,
  Growth,
  LogState,
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
  Turn,
} from './store.js'
export { isStoreFault, STORE_FAULTS, statusListName } from './store.js'
export type { Submission, Submitted } from './submission.js'
