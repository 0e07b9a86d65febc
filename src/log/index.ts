/**
 * `tongheng/log`: Merkle trees and proofs (RFC 9162), in memory and as tiles; checkpoints in signed notes, cosignatures, witness
 * decisions (C2SP); evidence of forks.
 */
export {
  type Checkpoint,
  cosignCheckpoint,
  openCheckpoint,
  readCheckpoint,
  signCheckpoint,
  type TreeHead,
} from './checkpoint.js'
export { judgeClosing, type Successor, signClosing, successorOf } from './closing.js'
export { type Edge, emptyEdge, type FilledTile, openEdge, type ReadHashes } from './edge.js'
export { type ForkEvidence, proveFork, readForkEvidence, verifyFork, writeForkEvidence } from './fork.js'
export {
  createTree,
  emptyRoot,
  type Hash,
  inclusionProofs,
  isSame as isSameHash,
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
export { addSignatures, signaturesBy } from './note.js'
export { createNoteSigner, type NoteKey, type NoteRole, type NoteSigner, noteKeyOf, readNoteKey, writeNoteKey } from './note-key.js'
export { type CompactRange, emptyRange, growRange, readRange, rootOfRange, writeRange } from './range.js'
export {
  readEntryBundle,
  readHashTile,
  readTilePath,
  TILE_WIDTH,
  type TileName,
  type TileRow,
  tilesOf,
  tileWidth,
  writeEntryBundle,
  writeHashTile,
  writeTilePath,
} from './tile.js'
export {
  nodeInTile,
  nodesFromTiles,
  nodesOfTiles,
  proveConsistencyFrom,
  proveInclusionFrom,
  rootFrom,
  type TileReader,
} from './tile-nodes.js'
export { type AddCheckpoint, type Judgement, judgeCheckpoint, readAddCheckpoint, type TreeState, writeAddCheckpoint } from './witness.js'
