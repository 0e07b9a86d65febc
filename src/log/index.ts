/** `tongheng/log`: Merkle trees and proofs (RFC 9162), checkpoints in signed notes (C2SP). */
export {
  createTree,
  emptyRoot,
  type Hash,
  leafHash,
  type NodeAt,
  nodeHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  type Tree,
  verifyConsistency,
  verifyInclusion,
} from './merkle.js'
export { type Checkpoint, type NoteKey, openCheckpoint, readNoteKey } from './note.js'
