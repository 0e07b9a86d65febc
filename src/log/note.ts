/** Signed notes (C2SP signed-note) and the checkpoints of a log in them (C2SP tlog-checkpoint), with Ed25519 keys. */
import { encodeBase64url, encodeUtf8, sha256 } from '#native'
import { concat } from '../base/concat.js'
import { TonghengError } from '../base/error.js'
import { addMessages } from '../base/messages/index.js'
import { logMessages } from '../base/messages/log.js'
import { importKey, type VerificationKey } from '../envelope/index.js'

addMessages(logMessages)

const MAX_NOTE = 65_536
const MOST_SIGNATURES = 100
const ED25519 = 1
const COSIGNATURE = 4
const SIGNATURE_LINE = /^— ([^\s+]{1,255}) ([A-Za-z0-9+/]{8,1000}={0,2})$/
const SIZE = /^(?:0|[1-9][0-9]{0,15})$/

/** A key by which a note is known. */
export interface NoteKey {
  readonly name: string
  /** First four octets of SHA-256 over name, line break, type and key, in hexadecimal. */
  readonly id: string
  /** Of a log, or of a witness, which says when it saw the checkpoint. */
  readonly role: 'log' | 'witness'
  readonly key: VerificationKey
}

/** Reads `name+id+base64`, as logs and witnesses publish it. @throws `note.key` */
export async function readNoteKey(text: string): Promise<NoteKey> {
  const [, name, id, encoded] = /^([^\s+]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{40,60}={0,2})$/.exec(text) ?? []
  const bytes = encoded === undefined ? undefined : readBase64(encoded)
  const type = bytes?.[0]
  if (name === undefined || bytes?.length !== 33 || (type !== ED25519 && type !== COSIGNATURE)) throw new TonghengError('note.key')
  if (keyId(name, bytes) !== id) throw new TonghengError('note.key')
  try {
    const key = await importKey({ kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(bytes.subarray(1)) })
    return { name, id, role: type === ED25519 ? 'log' : 'witness', key }
  } catch (cause) {
    throw new TonghengError('note.key', {}, { cause })
  }
}

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  /** Root of the tree, 32 octets. */
  readonly root: Uint8Array
  /** The signed text, to its last line break. */
  readonly text: string
  /** Witnesses that saw it, and when, in seconds. */
  readonly cosignatures: readonly { readonly name: string; readonly at: number }[]
}

/**
 * A checkpoint of the log a key names, signed by that key. Signatures by keys that were not given mean nothing and are passed
 * over; one that says it is by a given key and is not spoils the note.
 * @throws `note.form`, `note.signature`, `note.unsigned`, `checkpoint.form`, `checkpoint.origin`
 */
export async function openCheckpoint(note: string, log: NoteKey, witnesses: readonly NoteKey[] = []): Promise<Checkpoint> {
  const { text, signatures } = readNote(note)
  const cosignatures: { name: string; at: number }[] = []
  let isSigned = false
  for (const { name, id, signature } of signatures) {
    const key = [log, ...witnesses].find((one) => one.name === name && one.id === id)
    if (key === undefined) continue
    if (key.role === 'log') {
      if (!(await key.key.verify(encodeUtf8(text), signature))) throw new TonghengError('note.signature', { name })
      isSigned ||= key === log
    } else cosignatures.push({ name, at: await verifyCosignature(key, text, signature) })
  }
  if (!isSigned) throw new TonghengError('note.unsigned', { name: log.name })
  const lines = text.split('\n')
  const [origin, sizeText, rootText] = lines
  const root = readBase64(rootText ?? '')
  const size = SIZE.test(sizeText ?? '') ? Number(sizeText) : Number.NaN
  // The text ends with a line break; extension lines, if any, are not empty.
  if (origin === undefined || !Number.isSafeInteger(size) || root?.length !== 32 || lines.slice(3, -1).includes(''))
    throw new TonghengError('checkpoint.form')
  if (origin !== log.name) throw new TonghengError('checkpoint.origin', { origin: origin.slice(0, 80), expected: log.name })
  return { origin, size, root, text, cosignatures }
}

/** C2SP tlog-cosignature: eight octets of time, then Ed25519 over a line that names it and the text. */
async function verifyCosignature({ name, key }: NoteKey, text: string, signature: Uint8Array): Promise<number> {
  const at = signature.length === 72 ? new DataView(signature.buffer, signature.byteOffset).getBigUint64(0) : 0n
  const signed = encodeUtf8(`cosignature/v1\ntime ${at}\n${text}`)
  if (at === 0n || at > BigInt(Number.MAX_SAFE_INTEGER) || !(await key.verify(signed, signature.subarray(8))))
    throw new TonghengError('note.signature', { name })
  return Number(at)
}

interface Note {
  readonly text: string
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly signature: Uint8Array }[]
}

/** @throws `note.form` */
function readNote(note: string): Note {
  const wrong = (): never => {
    throw new TonghengError('note.form')
  }
  const end = note.lastIndexOf('\n\n')
  if (note.length > MAX_NOTE || end === -1 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return wrong()
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > MOST_SIGNATURES) return wrong()
  const signatures = lines.map((line) => {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = readBase64(encoded ?? '')
    if (name === undefined || bytes === undefined || bytes.length < 5) return wrong()
    return { name, id: hex(bytes.subarray(0, 4)), signature: bytes.slice(4) }
  })
  return { text: note.slice(0, end + 1), signatures }
}

const keyId = (name: string, key: Uint8Array): string => {
  const head = encodeUtf8(`${name}\n`)
  return hex(sha256(concat([head, key], head.length + key.length)).subarray(0, 4))
}

const hex = (bytes: Uint8Array): string => [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join('')

/** Base64 in its only spelling; undefined otherwise. */
function readBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return btoa(String.fromCharCode(...bytes)) === text ? bytes : undefined
}
