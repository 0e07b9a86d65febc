/** Checkpoints of a log (C2SP tlog-checkpoint) in signed notes, and the cosignatures of witnesses (C2SP tlog-cosignature v1). */
import { encodeUtf8 } from '#native'
import { concat } from '../base/concat.js'
import { excerpt } from '../base/excerpt.js'
import { readBase64, writeBase64 } from './base64.js'
import { emptyRoot, type Hash, isHash, isSame, isSize } from './merkle.js'
import { fault } from './messages.js'
import { type NoteSignature, readNote, writeNote, writeSignature } from './note.js'
import type { NoteKey, NoteSigner } from './note-key.js'

const SIZE = /^(?:0|[1-9][0-9]{0,15})$/

/** What a checkpoint says. */
export interface TreeHead {
  readonly origin: string
  /** Leaves. */
  readonly size: number
  /** Root of the tree, 32 octets. */
  readonly root: Hash
}

export interface Checkpoint extends TreeHead {
  /** The signed text, to its last line break. */
  readonly text: string
  /** Witnesses that saw it, each once, and when at last, in seconds. */
  readonly cosignatures: readonly { readonly name: string; readonly at: number }[]
}

/**
 * A checkpoint of the log a key names, signed by that key. Signatures by keys that were not given mean nothing and are passed
 * over; one that says it is by a given key and is not spoils the note. Of each key one line is checked, however many there are:
 * of a witness the latest. Ed25519 gives one signature over one text, so a log with two has not made both.
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

/** What a checkpoint states, nothing verified: by its origin a witness finds the log’s key. @throws `note.form`, `checkpoint.form` */
export const readCheckpoint = (note: string): TreeHead => readText(readNote(note).text)

/** A checkpoint as its log publishes it. @throws `note.role`, `checkpoint.origin` where the log has another name than the signer, `checkpoint.form` */
export async function signCheckpoint({ origin, size, root }: TreeHead, signer: NoteSigner): Promise<string> {
  if (signer.role !== 'log') throw fault('note.role', { name: signer.name })
  if (origin !== signer.name) throw fault('checkpoint.origin', { origin: excerpt(origin, 80), expected: signer.name })
  if (!isSize(size) || !isHash(root) || (size === 0 && !isSame(root, emptyRoot()))) throw fault('checkpoint.form')
  const text = `${origin}\n${size}\n${writeBase64(root)}\n`
  return writeNote(text, writeSignature(signer, await signer.sign(encodeUtf8(text))))
}

/**
 * The signature line of a witness that saw the checkpoint at `at`, in seconds. What the checkpoint says, and that its log signed it,
 * was verified before. @throws `note.role`, `note.time`, `note.form`, `checkpoint.form`
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

/** Eight octets of time, then Ed25519 over a line that names the scheme, the time, and the text. */
async function verifyCosignature({ name, key }: NoteKey, text: string, one: NoteSignature): Promise<number> {
  const at = timeOf(one)
  if (at === undefined || !(await key.verify(cosigned(text, at), one.signature.subarray(8)))) throw fault('note.signature', { name })
  return at
}

/** The time that a cosignature states; undefined where it has none. */
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
