/** Signed notes (C2SP signed-note): a text, an empty line, and signature lines. */
import { encodeUtf8 } from '#native'
import { concat } from '../base/concat.js'
import { readBase64, writeBase64 } from './base64.js'
import { fault } from './messages.js'
import { hex, type NoteKey } from './note-key.js'

/** Octets. Sufficient for sixteen post-quantum signatures, which the specification requires every reader to accept. */
export const MAX_NOTE = 131_072
const MAX_SIGNATURES = 100
const SIGNATURE_LINE = /^— ([^\p{White_Space}+]+) ([A-Za-z0-9+/]+={0,2})$/u
// Control characters except the line break, and lone surrogates, which UTF-8 cannot encode.
const FOREIGN = /[\u0000-\u0009\u000b-\u001f\p{Surrogate}]/u

export interface NoteSignature {
  readonly name: string
  readonly id: string
  readonly signature: Uint8Array
  readonly line: string
}

interface Note {
  /** Up to and including its last line break. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Splits a note into its text and its signatures, without verifying them. @throws `note.form` */
export function readNote(note: string): Note {
  const end = note.lastIndexOf('\n\n')
  if (end === -1 || !isNoteText(note)) throw fault('note.form')
  return { text: note.slice(0, end + 1), signatures: readSignatures(note.slice(end + 2)) }
}

export const writeNote = (text: string, signatureLines: string): string => `${text}\n${signatureLines}`

/** Writes `— name base64` with a line break. */
export function writeSignature({ name, id }: { readonly name: string; readonly id: string }, signature: Uint8Array): string {
  const hint = Uint8Array.from(id.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
  return `— ${name} ${writeBase64(concat([hint, signature], hint.length + signature.length))}\n`
}

/**
 * Adds signature lines to a note; a line with the same name and key id replaces the existing one. SECURITY: filter untrusted lines
 * with `signaturesBy` first; otherwise a witness could overwrite the log's own signature line.
 * @throws `note.form`
 */
export function addSignatures(note: string, lines: string): string {
  const { text, signatures } = readNote(note)
  if (lines === '') return note
  if (!isNoteText(lines)) throw fault('note.form')
  const bySigner = new Map([...signatures, ...readSignatures(lines)].map((one) => [signerOf(one), one.line]))
  const signed = writeNote(text, [...bySigner.values()].map((line) => `${line}\n`).join(''))
  if (bySigner.size > MAX_SIGNATURES || !isNoteText(signed)) throw fault('note.form')
  return signed
}

/** Filters signature lines by the given keys, without verifying them. @throws `note.form` */
export function signaturesBy(lines: string, keys: readonly NoteKey[]): string {
  if (lines === '') return lines
  if (!isNoteText(lines)) throw fault('note.form')
  const known = new Set(keys.map(signerOf))
  return readSignatures(lines)
    .filter((one) => known.has(signerOf(one)))
    .map(({ line }) => `${line}\n`)
    .join('')
}

const signerOf = ({ name, id }: { readonly name: string; readonly id: string }): string => `${name} ${id}`

const isNoteText = (text: string): boolean =>
  text.length <= MAX_NOTE && text.endsWith('\n') && !FOREIGN.test(text) && encodeUtf8(text).length <= MAX_NOTE

function readSignatures(lines: string): NoteSignature[] {
  const each = lines.slice(0, -1).split('\n', MAX_SIGNATURES + 1)
  if (each.length > MAX_SIGNATURES) throw fault('note.form')
  return each.map((line) => {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = readBase64(encoded ?? '')
    // Four octets of key id, and a signature.
    if (name === undefined || bytes === undefined || bytes.length < 5) throw fault('note.form')
    return { name, id: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4), line }
  })
}
