/**
 * Evidence of a fork that verifies on its own: two checkpoints signed with the log’s key that no single tree can have.
 *
 * Case 1: the sizes are equal and the roots differ; the proof is empty.
 * Case 2: 1 ≤ n1 < n2. The proof is the path of RFC 9162 §2.1.4.2 from n1 to n2 in the tree of the SECOND checkpoint: first the
 * root of the last complete subtree of its first n1 leaves (for 6 leaves, the subtree of leaves 4 and 5), then the remaining hashes
 * of a consistency proof. If n1 is a power of two, that first hash is the root of all n1 leaves; a consistency proof omits it, this
 * path does not, and it belongs to the second tree. The path yields two roots. The root of n2 leaves must be that of the second
 * checkpoint, so the hashes are nodes of the second tree (SHA-256 is collision resistant), and the other root is that of its first
 * n1 leaves. If it differs from the root of the first checkpoint, the log has rewritten its history.
 *
 * No hashes can prove a fork of an honest log: those that yield its root are its own nodes.
 */

import * as z from 'zod/mini'
import { decodeBase64url, encodeBase64url, encodeUtf8 } from '#native'
import { faultDetails } from '../base/faults.js'
import { type Json, parseJson } from '../base/json.js'
import { aText, checkArgument } from '../base/options.js'
import { parseShape } from '../base/shape.js'
import { type Checkpoint, openCheckpoint } from './checkpoint.js'
import { type Hash, isPowerOfTwo, isSame, type NodeAt, proveConsistency, rootsOfPath } from './merkle.js'
import { fault } from './messages.js'
import { MAX_NOTE } from './note.js'
import { type NoteKey, readNoteKey, writeNoteKey } from './note-key.js'
import { nodesFromTiles, type TileReader } from './tile-nodes.js'
import type { TreeState } from './witness.js'

/** Octets: two notes of the maximum size with every character escaped, and the rest. */
const MAX_EVIDENCE = 550_000
/** The height of the largest tree, 53, plus one. */
const MAX_HASHES = 54

export interface ForkEvidence {
  readonly format: 'tongheng-fork'
  readonly version: 1
  readonly origin: string
  /** The log’s key, `name+id+base64`. */
  readonly key: string
  /** Signed notes, the smaller tree first. */
  readonly checkpoints: readonly [string, string]
  /** Hashes in base64url. */
  readonly proof: readonly string[]
}

const note = z.string().check(z.maxLength(MAX_NOTE))
const Shape = z.strictObject({
  format: z.literal('tongheng-fork'),
  version: z.literal(1),
  origin: z.string().check(z.minLength(1), z.maxLength(255)),
  key: z.string().check(z.maxLength(600)),
  checkpoints: z.tuple([note, note]),
  proof: z.array(z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/))).check(z.maxLength(MAX_HASHES)),
})

/** Writes fork evidence as JSON text, which `readForkEvidence` reads. @throws `fork.form` */
export const writeForkEvidence = (evidence: ForkEvidence): string => JSON.stringify(shaped(evidence))

/** Reads fork evidence from JSON text; verify it with `verifyFork`. @throws `fork.form` */
export function readForkEvidence(text: string): ForkEvidence {
  checkArgument('readForkEvidence', 'text', text, aText)
  return shaped(jsonOf(text))
}

function jsonOf(text: string): Json {
  if (text.length > MAX_EVIDENCE) throw fault('fork.form', { path: '' })
  try {
    return parseJson(encodeUtf8(text), { maxLength: MAX_EVIDENCE, maxDepth: 2, maxValues: 100 })
  } catch (cause) {
    throw fault('fork.form', { path: '' }, { cause })
  }
}

function shaped(value: unknown): ForkEvidence {
  const { value: evidence, faults } = parseShape<ForkEvidence>(Shape, value)
  if (evidence === undefined) throw fault('fork.form', faultDetails(faults, Shape))
  return evidence
}

/**
 * Verifies fork evidence and returns the two contradicting tree heads. Without `key`, it proves a fork by the holder of the key in
 * the evidence; the caller must then check that this key is the log’s.
 * @throws `fork.form`; `fork.unproved` with `why` (a word) and `reason` (a sentence) if it does not prove a fork
 */
export async function verifyFork(
  evidence: ForkEvidence,
  key?: NoteKey,
): Promise<{ readonly origin: string; readonly first: TreeState; readonly second: TreeState }> {
  const { origin, key: keyText, checkpoints, proof } = shaped(evidence)
  const own = await readNoteKey(keyText).catch((cause: unknown) => {
    throw fault('fork.form', { path: '/key' }, { cause })
  })
  if (key !== undefined && writeNoteKey(key) !== keyText) throw unproved('key')
  if (own.name !== origin) throw unproved('origin')
  const [first, second] = await Promise.all([opened(checkpoints[0], own), opened(checkpoints[1], own)])
  checkFork(first, second, proof.map(decodeBase64url))
  return { origin, first: { size: first.size, root: first.root }, second: { size: second.size, root: second.root } }
}

const opened = (checkpoint: string, key: NoteKey): Promise<Checkpoint> =>
  openCheckpoint(checkpoint, key).catch((cause: unknown) => {
    throw unproved('checkpoint', cause)
  })

/** @throws `fork.unproved` */
function checkFork(first: TreeState, second: TreeState, path: readonly Hash[]): void {
  if (first.size > second.size) throw unproved('order')
  if (first.size === second.size) {
    if (isSame(first.root, second.root)) throw unproved('same')
    if (path.length > 0) throw unproved('path')
    return
  }
  if (first.size === 0) throw unproved('empty')
  const roots = rootsOfPath(first.size, second.size, path)
  if (roots === undefined || !isSame(roots.second, second.root)) throw unproved('path')
  if (isSame(roots.first, first.root)) throw unproved('consistent')
}

/** Reasons why evidence does not prove a fork. */
const forkReasons = {
  key: { zh: '证据所用公钥不是给定的日志公钥', en: 'its key is not the one given' },
  origin: { zh: '所称日志与公钥的名称不符', en: 'its origin is not the name of its key' },
  checkpoint: { zh: '有检查点并非该日志所签', en: 'a checkpoint is not one that this log signed' },
  order: { zh: '两个检查点未按规模由小到大排列', en: 'the smaller checkpoint does not come first' },
  same: { zh: '两个检查点规模与树根均相同', en: 'both checkpoints have the same size and root' },
  empty: { zh: '任何树都可由空树增长而来', en: 'every tree grows from the empty one' },
  path: { zh: '所附散列值推不出后一检查点的树根', en: 'its hashes do not lead to the root of the second checkpoint' },
  consistent: { zh: '后一棵树以前一棵树为开头，两者一致', en: 'the second tree begins with the first: they agree' },
} as const

const unproved = (why: keyof typeof forkReasons, cause?: unknown) => fault('fork.unproved', { why, reason: forkReasons[why] }, { cause })

/**
 * Creates fork evidence from two checkpoints of a log, in either order, and the tiles of the larger tree, which are not needed if
 * both have the same size. @throws the errors of `openCheckpoint`; `fork.unproved` if the checkpoints are consistent, or the tiles
 * belong to another tree; `log.tile`
 */
export async function proveFork(key: NoteKey, first: string, second: string, tiles?: TileReader): Promise<ForkEvidence> {
  const [one, other] = await Promise.all([openCheckpoint(first, key), openCheckpoint(second, key)])
  const [[small, smallNote], [large, largeNote]] =
    one.size <= other.size
      ? ([
          [one, first],
          [other, second],
        ] as const)
      : ([
          [other, second],
          [one, first],
        ] as const)
  const path =
    small.size === large.size || small.size === 0 || tiles === undefined
      ? []
      : await nodesFromTiles(tiles, large.size, (nodeAt) => pathOf(small.size, large.size, nodeAt))
  checkFork(small, large, path)
  return {
    format: 'tongheng-fork',
    version: 1,
    origin: key.name,
    key: writeNoteKey(key),
    checkpoints: [smallNote, largeNote],
    proof: path.map((hash) => encodeBase64url(hash)),
  }
}

function pathOf(first: number, second: number, nodeAt: NodeAt): Hash[] {
  const proof = proveConsistency(first, second, nodeAt)
  return isPowerOfTwo(first) ? [nodeAt(Math.log2(first), 0), ...proof] : proof
}
