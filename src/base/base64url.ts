/**
 * Strict base64url (RFC 7515 §2, RFC 4648 §5 without padding): one text per byte string. Padding, other alphabets, white space and
 * non-zero unused bits are rejected, because a second encoding of the same bytes would give one statement two identities (RFC
 * 8725bis §3.14).
 */
import { fault } from './messages.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const INVALID = 0xff
const VALUES = new Uint8Array(128).fill(INVALID)
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i

/** Encodes bytes, without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = ''
  let i = 0
  for (; i + 2 < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number)
    text += (ALPHABET[group >> 18] as string) + ALPHABET[(group >> 12) & 63] + ALPHABET[(group >> 6) & 63] + ALPHABET[group & 63]
  }
  if (i + 1 === bytes.length) {
    const group = bytes[i] as number
    text += (ALPHABET[group >> 2] as string) + ALPHABET[(group << 4) & 63]
  } else if (i + 2 === bytes.length) {
    const group = ((bytes[i] as number) << 8) | (bytes[i + 1] as number)
    text += (ALPHABET[group >> 10] as string) + ALPHABET[(group >> 4) & 63] + ALPHABET[(group << 2) & 63]
  }
  return text
}

/**
 * Decodes a text.
 * @throws `format.alphabet` (with the offset), `format.length`, `format.unused-bits`
 */
export function decodeBase64url(text: string): Uint8Array {
  const rest = text.length & 3
  if (rest === 1) throw fault('format.length', { length: text.length })
  const bytes = new Uint8Array((text.length >> 2) * 3 + (rest === 0 ? 0 : rest - 1))
  const whole = text.length - rest
  let out = 0
  let seen = 0
  for (let i = 0; i < whole; i += 4) {
    const a = valueAt(text, i)
    const b = valueAt(text, i + 1)
    const c = valueAt(text, i + 2)
    const d = valueAt(text, i + 3)
    seen |= a | b | c | d
    bytes[out++] = (a << 2) | (b >> 4)
    bytes[out++] = (b << 4) | (c >> 2)
    bytes[out++] = (c << 6) | d
  }
  if (rest > 0) {
    const a = valueAt(text, whole)
    const b = valueAt(text, whole + 1)
    const c = rest === 3 ? valueAt(text, whole + 2) : 0
    seen |= a | b | c
    bytes[out++] = (a << 2) | (b >> 4)
    if (rest === 3) bytes[out++] = (b << 4) | (c >> 2)
    const unused = rest === 2 ? b & 15 : c & 3
    if (seen < 64 && unused !== 0) throw fault('format.unused-bits')
  }
  if (seen >= 64) throw fault('format.alphabet', { offset: firstInvalid(text) })
  return bytes
}

function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code < 128 ? (VALUES[code] as number) : INVALID
}

function firstInvalid(text: string): number {
  for (let i = 0; i < text.length; i++) if (valueAt(text, i) === INVALID) return i
  return -1
}
