/** What Node does natively, done portably: base64url, UTF-8, SHA-256 (synchronous, for ids and Merkle trees). */
import { sha256 as hash } from '@noble/hashes/sha2.js'
import { encodeBase64url } from './base64url.js'

export { decodeBase64url, encodeBase64url } from './base64url.js'

const encoder = new TextEncoder()
// `ignoreBOM` keeps a byte-order mark in the text, where the JSON grammar then refuses it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const bytewise = new TextDecoder('latin1')

export const sha256 = (bytes: Uint8Array): Uint8Array => hash(bytes)
/** After what is already waiting for this turn of the event loop. */
export const inNextTurn = (work: () => void): void => void setTimeout(work, 0)
/** SHA-256 of a text in UTF-8, as base64url. */
export const digestText = (text: string): string => encodeBase64url(hash(encoder.encode(text)))
export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text)
/** Bytes of a text already known to be ASCII. */
export const encodeAscii = (text: string): Uint8Array => encoder.encode(text)
export const isUtf8 = (bytes: Uint8Array): boolean => decodeUtf8(bytes) !== undefined
/** One character a byte; only the ASCII ones mean anything. */
export const latin1 = (bytes: Uint8Array): string => bytewise.decode(bytes)

/** Text of a run of bytes already known to be UTF-8. */
export const utf8Slice = (bytes: Uint8Array, start: number, end: number): string => decoder.decode(bytes.subarray(start, end))

/** Text of UTF-8 bytes, or undefined where they are not UTF-8; never replaced characters. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** No runtime but Node says how much of a stream it read. */
export const inflateExactly = (_stream: Uint8Array, _most: number): Uint8Array | 'too-large' | undefined => undefined
