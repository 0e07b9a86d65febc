/**
 * Requests to a witness and its decisions (C2SP tlog-witness v1.0.0, `add-checkpoint`). Signatures are verified by
 * `openCheckpoint`.
 */
import { encodeUtf8 } from '#native'
import { readBase64, writeBase64 } from './base64.js'
import { emptyRoot, type Hash, isHash, isSame, isSize, verifyConsistency } from './merkle.js'
import { fault } from './messages.js'

/** Octets. */
const MAX_REQUEST = 65_536
const MAX_HASHES = 63
const OLD = /^old (0|[1-9][0-9]{0,15})$/

/** Body of `add-checkpoint`. */
export interface AddCheckpoint {
  /** Size of the last checkpoint that the witness cosigned, as far as the log knows; 0 if none. */
  readonly oldSize: number
  /** Consistency proof from the old size; empty if that is 0. */
  readonly proof: readonly Hash[]
  /** The checkpoint, a signed note. */
  readonly checkpoint: string
}

/**
 * Writes the body of an add-checkpoint request (C2SP tlog-witness). @throws `witness.form` if `readAddCheckpoint` would reject it
 */
export function writeAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  const text = `${[`old ${oldSize}`, ...proof.map(writeBase64)].join('\n')}\n\n${checkpoint}`
  readAddCheckpoint(text)
  return text
}

/** Reads the body of an add-checkpoint request (C2SP tlog-witness) without verification. @throws `witness.form` */
export function readAddCheckpoint(text: string): AddCheckpoint {
  const end = text.indexOf('\n\n')
  if (text.length > MAX_REQUEST || encodeUtf8(text).length > MAX_REQUEST || end === -1) throw fault('witness.form')
  const [old, ...lines] = text.slice(0, end).split('\n')
  const oldSize = Number(OLD.exec(old ?? '')?.[1] ?? Number.NaN)
  const checkpoint = text.slice(end + 2)
  if (!isSize(oldSize) || lines.length > MAX_HASHES || !checkpoint.endsWith('\n')) throw fault('witness.form')
  const proof = lines.map((line) => {
    const hash = readBase64(line)
    if (hash === undefined || !isHash(hash)) throw fault('witness.form')
    return hash
  })
  return { oldSize, proof, checkpoint }
}

/** Size and root of a tree. */
export interface TreeState {
  readonly size: number
  readonly root: Hash
}

/**
 * Decision of a witness on a checkpoint that the log signed:
 * - `accept`: cosign it, and store it as the last seen (200);
 * - `malformed`: the old size exceeds that of the checkpoint (400);
 * - `conflict`: another size was seen last; the answer contains it (409, `text/x.tlog.size`);
 * - `fork`: another root was seen at this size (409): together with the checkpoint seen, it is evidence for `proveFork`;
 * - `unprocessable`: the proof does not verify, or the tree is empty and its root is not that of the empty tree (422).
 */
export type Judgement =
  | { readonly kind: 'accept' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'conflict'; readonly size: number }
  | { readonly kind: 'fork'; readonly size: number }
  | { readonly kind: 'unprocessable' }

/**
 * Pure; `seen` is what the witness last cosigned for this log. The caller must read `seen`, decide and store in one transaction.
 */
export function judgeCheckpoint(
  seen: TreeState | undefined,
  { oldSize, proof, size, root }: TreeState & Pick<AddCheckpoint, 'oldSize' | 'proof'>,
): Judgement {
  const seenSize = seen?.size ?? 0
  if (oldSize > size) return { kind: 'malformed' }
  if (size === 0 && !isSame(root, emptyRoot())) return { kind: 'unprocessable' }
  // Before the check of the old size: a log must not be able to hide a fork behind a wrong old size.
  if (seen !== undefined && size === seen.size && !isSame(root, seen.root)) return { kind: 'fork', size }
  if (oldSize !== seenSize) return { kind: 'conflict', size: seenSize }
  const isConsistent = seen === undefined || seen.size === 0 ? proof.length === 0 : verifyConsistency(oldSize, size, seen.root, root, proof)
  return { kind: isConsistent ? 'accept' : 'unprocessable' }
}
