/** The same as `native.ts`, faster. Chosen by the `#native` import in package.json; a test holds the two to one answer. */
import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { decodeBase64url as decodePortably } from './base64url.js'

export { isUtf8 }

const view = (bytes: Uint8Array): Buffer => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')
/** After what is already waiting for this turn of the event loop. */
export const inNextTurn = (work: () => void): void => void setImmediate(work)
export const digestText = (text: string): string => hash('sha256', text, 'base64url')
export const encodeUtf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
/** Bytes of a text already known to be ASCII. */
export const encodeAscii = (text: string): Uint8Array => Buffer.from(text, 'latin1')
export const encodeBase64url = (bytes: Uint8Array): string => view(bytes).toString('base64url')
export const latin1 = (bytes: Uint8Array): string => view(bytes).toString('latin1')
/** Text of a run of bytes already known to be UTF-8. */
export const utf8Slice = (bytes: Uint8Array, start: number, end: number): string => view(bytes).toString('utf8', start, end)
export const decodeUtf8 = (bytes: Uint8Array): string | undefined => (isUtf8(bytes) ? view(bytes).toString('utf8') : undefined)

/** A digest or a signature is decoded sooner than Buffer is called. */
const SHORT = 88

/**
 * Buffer is lenient: it skips foreign characters, ignores unused bits, reads `+` and `/`, and takes a character for its low
 * byte (U+0141 for A). A text is strict where its bytes write it again; otherwise the fault is found and named portably.
 */
export function decodeBase64url(text: string): Uint8Array {
  if (text.length <= SHORT) return decodePortably(text)
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : decodePortably(text)
}

/**
 * Inflates a zlib stream that is exactly one, as zlib does: the octets; `too-large` beyond `most`; undefined where zlib refuses the
 * stream or does not read all of it, or the runtime does not say how much it read.
 */
export function inflateExactly(stream: Uint8Array, most: number): Uint8Array | 'too-large' | undefined {
  try {
    const { buffer, engine } = inflateSync(stream, { maxOutputLength: most, info: true, chunkSize: INFLATED }) as unknown as Inflated
    return engine?.bytesWritten === stream.length ? buffer : undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'too-large'
    if (typeof code === 'string' && /^(?:Z_|ERR_)/.test(code)) return undefined
    throw error
  }
}

/** Octets that zlib inflates at once. */
const INFLATED = 65_536

/** What `inflateSync` gives with `info`, which its types leave out; `bytesWritten` counts what zlib was given and read. */
interface Inflated {
  readonly buffer: Uint8Array
  readonly engine?: { readonly bytesWritten: number }
}
