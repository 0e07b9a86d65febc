/** Note keys (C2SP signed-note): the name and Ed25519 key of a log or of a witness. */

import { decodeBase64url, encodeBase64url, encodeUtf8, sha256 } from '#native'
import { concat } from '../base/concat.js'
import { aText, checkArgument } from '../base/options.js'
import { importKey, type PublicJwk, type Signer, type VerificationKey } from '../envelope/index.js'
import { readBase64, writeBase64 } from './base64.js'
import { fault } from './messages.js'

export type NoteRole = 'log' | 'witness'

/** Signature types of signed-note: Ed25519, and Ed25519 cosignature/v1. */
const TYPES: Readonly<Record<NoteRole, number>> = { log: 1, witness: 4 }

/** A key that verifies notes. */
export interface NoteKey {
  readonly name: string
  /** First four octets of SHA-256 over name, line break, type and key, in hexadecimal. */
  readonly id: string
  /** A log signs checkpoints; a witness cosigns them with a time. */
  readonly role: NoteRole
  readonly key: VerificationKey
}

/** Signs notes under a name. */
export interface NoteSigner {
  readonly name: string
  /** As in `NoteKey`. */
  readonly id: string
  readonly role: NoteRole
  /** Ed25519, 64 octets. @throws `note.signature` if the device returned a signature that does not verify */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
}

const NAME = /^[^\p{White_Space}+\p{Surrogate}\u0000-\u001f]{1,255}$/u

/** Reads `name+id+base64`, as logs and witnesses publish it. @throws `note.key` */
export async function readNoteKey(text: string): Promise<NoteKey> {
  checkArgument('readNoteKey', 'text', text, aText)
  const [, name, id, encoded] = /^([^+]{1,510})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? []
  const bytes = readBase64(encoded ?? '')
  const role = (['log', 'witness'] as const).find((one) => TYPES[one] === bytes?.[0])
  if (name === undefined || bytes === undefined || role === undefined) throw fault('note.key')
  const key = await keyOf(name, bytes.subarray(1), role)
  if (key.id !== id) throw fault('note.key')
  return key
}

/** Writes `name+id+base64`, which `readNoteKey` reads. */
export const writeNoteKey = ({ name, id, role, key }: NoteKey): string => `${name}+${id}+${writeBase64(typed(role, rawOf(key)))}`

/**
 * Creates a note key from a JWK of a trust list. @throws `note.key` for a key that is not Ed25519, or a name with spaces or “+” or
 * of more than 255 octets
 */
export async function noteKeyOf(name: string, jwk: PublicJwk, role: NoteRole): Promise<NoteKey> {
  if (jwk.crv !== 'Ed25519') throw fault('note.key')
  return keyOf(name, decodeBase64url(jwk.x), role)
}

/** Creates a note signer from a statement signer. @throws `note.key` as `noteKeyOf`, and if the signer has another key */
export async function createNoteSigner(options: {
  readonly name: string
  readonly role: NoteRole
  readonly signer: Signer
  readonly jwk: PublicJwk
}): Promise<NoteSigner> {
  const { name, role, signer, jwk } = options
  const { id, key } = await noteKeyOf(name, jwk, role)
  if (signer.alg !== 'Ed25519' || signer.kid !== key.kid) throw fault('note.key')
  return {
    name,
    id,
    role,
    async sign(bytes) {
      const signature = await signer.sign(bytes)
      // Verify before publishing: a checkpoint with a bad signature would stop every follower.
      if (!(await key.verify(bytes, signature))) throw fault('note.signature', { name })
      return signature
    },
  }
}

async function keyOf(name: string, raw: Uint8Array, role: NoteRole): Promise<NoteKey> {
  const head = encodeUtf8(`${name}\n`)
  if (!NAME.test(name) || head.length > 256) throw fault('note.key')
  const of = typed(role, raw)
  const id = hex(sha256(concat([head, of], head.length + of.length)).subarray(0, 4))
  try {
    return { name, id, role, key: await importKey({ kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(raw) }) }
  } catch (cause) {
    throw fault('note.key', {}, { cause })
  }
}

const rawOf = ({ jwk }: VerificationKey): Uint8Array => decodeBase64url(jwk.x)
const typed = (role: NoteRole, raw: Uint8Array): Uint8Array => concat([Uint8Array.of(TYPES[role]), raw], 1 + raw.length)

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('')
