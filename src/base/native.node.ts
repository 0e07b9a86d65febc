/**
 * Node implementation of `native.ts`, which is faster. Selected by the `#native` import in package.json; a test ensures that both
 * give the same results.
 */
import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { createDeflateRaw, inflateSync } from 'node:zlib'
import { decodeBase64url as decodePortably } from './base64url.js'
import type { Deflater } from './native.js'

export { accepts } from './compile.js'
export { isUtf8 }

const view = (bytes: Uint8Array): Buffer => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')
/** Runs `work` in the next round of the event loop. */
export const inNextTurn = (work: () => void): void => void setImmediate(work)
export const digestText = (text: string): string => hash('sha256', text, 'base64url')
export const encodeUtf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
/** Encodes a text already known to be ASCII. */
export const encodeAscii = (text: string): Uint8Array => Buffer.from(text, 'latin1')
export const encodeBase64url = (bytes: Uint8Array): string => view(bytes).toString('base64url')
export const latin1 = (bytes: Uint8Array): string => view(bytes).toString('latin1')
/** Decodes a range of bytes already known to be UTF-8. */
export const utf8Slice = (bytes: Uint8Array, start: number, end: number): string => view(bytes).toString('utf8', start, end)
export const decodeUtf8 = (bytes: Uint8Array): string | undefined => (isUtf8(bytes) ? view(bytes).toString('utf8') : undefined)

/** Up to this length (a digest or a signature), our own decoder is faster than a call of Buffer. */
const SHORT = 88

/**
 * Buffer is lenient: it skips invalid characters, ignores unused bits, accepts `+` and `/`, and reads only the low byte of a
 * character (U+0141 as A). A text is canonical if its bytes encode to it again; otherwise the portable decoder reports the error.
 */
export function decodeBase64url(text: string): Uint8Array {
  if (text.length <= SHORT) return decodePortably(text)
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : decodePortably(text)
}

/**
 * Inflates exactly one zlib stream: returns its octets; `too-large` beyond `most`; undefined if zlib rejects the stream or does not
 * read all of it, or if the runtime does not report how much it read.
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

/** Octets that zlib inflates per chunk. */
const INFLATED = 65_536

/** Result of `inflateSync` with `info`, which its types omit; `bytesWritten` is the number of input octets that zlib read. */
interface Inflated {
  readonly buffer: Uint8Array
  readonly engine?: { readonly bytesWritten: number }
}

export const canDeflate = (): boolean => true

/** Level 3 needs a third of the time of level 6, which `CompressionStream` uses, for 4 % more octets of a list of verdicts. */
const LEVEL = 3

export function createDeflater(take: (bytes: Uint8Array) => Promise<void>): Deflater {
  const stream = createDeflateRaw({ level: LEVEL, chunkSize: INFLATED })
  let failure: unknown
  const taken = (async (): Promise<void> => {
    try {
      for await (const piece of stream) await take(piece as Uint8Array)
    } catch (error) {
      // The loop has destroyed the stream, so later writes fail.
      failure = error
    }
  })()
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stream.write(bytes, (error) => {
          if (error === undefined || error === null) resolve()
          else void taken.then(() => reject(failure ?? error))
        })
      }),
    async end() {
      stream.end()
      await taken
      if (failure !== undefined) throw failure
    },
  }
}
