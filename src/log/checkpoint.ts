/** Checkpoints of a log (C2SP tlog-checkpoint) as signed notes, and witness cosignatures (C2SP tlog-cosignature v1). */
import { encodeUtf8 } from '#native'
import { concat } from '../base/concat.js'
import { excerpt } from '../base/excerpt.js'
import { readBase64, writeBase64 } from './base64.js'
import { emptyRoot, type Hash, isHash, isSame, isSize } from './merkle.js'
import { fault } from './messages.js'
import { type NoteSignature, readNote, writeNote, writeSignature } from './note.js'
import type { NoteKey, NoteSigner } from './note-key.js'

const SIZE = /^(?:0|[1-9][0-9]{0,15})$/

/** The content of a checkpoint. */
export interface TreeHead {
  readonly origin: string
  /** Number of leaves. */
  readonly size: number
  /** Root hash of the tree, 32 octets. */
  readonly root: Hash
}

export interface Checkpoint extends TreeHead {
  /** The signed text, up to and including its last line break. */
  readonly text: string
  /** Witnesses that cosigned it, each once, with the time of the latest cosignature in seconds. */
  readonly cosignatures: readonly { readonly name: string; readonly at: number }[]
}

/**
 * Opens a checkpoint of the log with the key `log`, which must have signed it. Signatures by unknown keys are ignored; a signature
 * line with a known key that does not verify makes the whole note invalid (C2SP signed-note). Only one line per key is verified:
 * the latest of a witness. Two different lines with the log's key make the note invalid, because Ed25519 is deterministic.
 * @throws `note.form`, `note.signature`, `note.unsigned`, `checkpoint.form`, `checkpoint.origin`
 */
export async function openCheckpoint(note: string, log: NoteKey, witnesses: readonly NoteKey[] = []): Promise<Checkpoint> {
  const { text, signatures } = readNote(note)
  const head = readText(text)
  if (head.origin !== log.name) throw fault('checkpoint.origin', { origin: excerpt(head.origin, 80), expected: log.name })
  const byKey = new Map<NoteKey, NoteSignature>()
  for (const one of signatures) {
    const key = [log, ...witnesses].find(({ name, id }) => name === one.name && id === one.id)
    if (key === undefined) continue
    const other = byKey.get(key)
    if (other !== undefined && key.role === 'log' && other.line !== one.line) throw fault('note.signature', { name: key.name })
    if (other === undefined || (timeOf(one) ?? 0) > (timeOf(other) ?? 0)) byKey.set(key, one)
  }
  if (log.role !== 'log' || !byKey.has(log)) throw fault('note.unsigned', { name: log.name })
  const cosignatures: { name: string; at: number }[] = []
  for (const [key, one] of byKey) {
    if (key.role === 'log') {
      if (!(await key.key.verify(encodeUtf8(text), one.signature))) throw fault('note.signature', { name: key.name })
    } else cosignatures.push({ name: key.name, at: await verifyCosignature(key, text, one) })
  }
  return { ...head, text, cosignatures }
}

/**
 * Reads a checkpoint without verification; a witness uses the origin to find the log’s key. @throws `note.form`, `checkpoint.form`
 */
export const readCheckpoint = (note: string): TreeHead => readText(readNote(note).text)

/**
 * Signs a checkpoint. `extensions` are lines after the root, which other readers treat as opaque.
 * @throws `note.role`, `checkpoint.origin` if the signer has another name than the log, `checkpoint.form`
 */
export async function signCheckpoint(
  { origin, size, root }: TreeHead,
  signer: NoteSigner,
  extensions: readonly string[] = [],
): Promise<string> {
  if (signer.role !== 'log') throw fault('note.role', { name: signer.name })
  if (origin !== signer.name) throw fault('checkpoint.origin', { origin: excerpt(origin, 80), expected: signer.name })
  if (!isSize(size) || !isHash(root) || (size === 0 && !isSame(root, emptyRoot()))) throw fault('checkpoint.form')
  if (extensions.some((line) => line === '' || line.includes('\n'))) throw fault('checkpoint.form')
  const text = `${[origin, size, writeBase64(root), ...extensions].join('\n')}\n`
  return writeNote(text, writeSignature(signer, await signer.sign(encodeUtf8(text))))
}

/**
 * Returns the cosignature line of a witness for a checkpoint seen at `at`, in seconds. The caller must have verified the checkpoint
 * and its log's signature. @throws `note.role`, `note.time`, `note.form`, `checkpoint.form`
 */
export async function cosignCheckpoint(note: string, signer: NoteSigner, at: number): Promise<string> {
  if (signer.role !== 'witness') throw fault('note.role', { name: signer.name })
  if (!isSize(at) || at === 0) throw fault('note.time')
  const { text } = readNote(note)
  readText(text)
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(at))
  const signature = await signer.sign(cosigned(text, at))
  return writeSignature(signer, concat([time, signature], time.length + signature.length))
}

/**
 * tlog-cosignature v1: eight octets of time, then an Ed25519 signature over a line with the scheme, a line with the time, and the
 * text.
 */
async function verifyCosignature({ name, key }: NoteKey, text: string, one: NoteSignature): Promise<number> {
  const at = timeOf(one)
  if (at === undefined || !(await key.verify(cosigned(text, at), one.signature.subarray(8)))) throw fault('note.signature', { name })
  return at
}

/** Time stated in a cosignature; undefined if it has none. */
function timeOf({ signature }: NoteSignature): number | undefined {
  const at = signature.length === 72 ? new DataView(signature.buffer, signature.byteOffset).getBigUint64(0) : 0n
  return at === 0n || at > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(at)
}

const cosigned = (text: string, at: number): Uint8Array => encodeUtf8(`cosignature/v1\ntime ${at}\n${text}`)

/** @throws `checkpoint.form` */
function readText(text: string): TreeHead {
  const [origin, sizeText, rootText, ...rest] = text.split('\n')
  const root = readBase64(rootText ?? '')
  const size = SIZE.test(sizeText ?? '') ? Number(sizeText) : Number.NaN
  // The text ends with a line break; extension lines, if any, are not empty.
  if (origin === undefined || origin === '' || !isSize(size) || root === undefined || !isHash(root) || rest.slice(0, -1).includes(''))
    throw fault('checkpoint.form')
  return { origin, size, root }
}
