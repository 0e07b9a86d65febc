/**
 * A lie of a log, provable by itself: two checkpoints, both signed with the log’s key, that no one tree can have.
 *
 * Either they have the same size and different roots; then the proof is empty. Or the first is the smaller, n1 ≥ 1, n2 > n1, and
 * the proof is the path of RFC 9162 §2.1.4.2 from n1 to n2 in the tree of the SECOND checkpoint, written out: first the root of the
 * last complete subtree of its first n1 leaves (of 6 leaves, that of leaves 4 and 5), then the hashes of a consistency proof that
 * follow. Where n1 is a power of two that first hash is the root of all n1 leaves, which a consistency proof leaves out and this one
 * does not: it is the second tree’s, not the first’s. The path leads to two roots. That of n2 leaves is the second checkpoint’s; so
 * the hashes are nodes of the second tree, since nobody can find others with the same root, and the other root is that of its first
 * n1 leaves. Where that is not the root the first checkpoint signed, the log took back what it had signed.
 *
 * Of one tree no hashes prove a fork: those that lead to its root are its own.
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

/** Octets: two notes of the greatest size, every character escaped, and the rest. */
const MAX_EVIDENCE = 550_000
/** A path is as long as the tree is high, 53, and begins with one hash more. */
const MOST_HASHES = 54

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
  proof: z.array(z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/))).check(z.maxLength(MOST_HASHES)),
})

/** Fork evidence as JSON text, which `readForkEvidence` reads. @throws `fork.form` */
export const writeForkEvidence = (evidence: ForkEvidence): string => JSON.stringify(shaped(evidence))

/** Fork evidence from its JSON text; `verifyFork` says whether it proves anything. @throws `fork.form` */
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
 * What the log signed twice. Without a key given, it is proved of the holder of the key in the evidence: whether that is the log’s is
 * then for the caller to find.
 * @throws `fork.form`; `fork.unproved` with `why` (a word) and `reason` (the sentence) where it proves nothing
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

/** Why evidence proves nothing. */
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
 * Evidence from two checkpoints of a log, in either order, and the tiles of the larger tree, which are not needed where both have
 * the same size. @throws what `openCheckpoint` throws; `fork.unproved` where they agree, or the tiles are not of the larger tree;
 * `log.tile`
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
