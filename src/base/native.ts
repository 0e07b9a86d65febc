/** Portable implementation of what Node provides natively: base64url, UTF-8, SHA-256 (synchronous, for ids and Merkle trees). */
import { sha256 as hash } from '@noble/hashes/sha2.js'
import { encodeBase64url } from './base64url.js'

export { decodeBase64url, encodeBase64url } from './base64url.js'

const encoder = new TextEncoder()
// `ignoreBOM` preserves a byte order mark in the text, so that the JSON parser rejects it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const bytewise = new TextDecoder('latin1')

/**
 * Always false, so that zod validates every value: only Node compiles schemas (`compile.ts`). A browser judges few records and
 * does not load the compiler.
 */
export const accepts = (_schema: unknown, _value: unknown): boolean => false

export const sha256 = (bytes: Uint8Array): Uint8Array => hash(bytes)
/** Runs `work` in the next round of the event loop. */
export const inNextTurn = (work: () => void): void => void setTimeout(work, 0)
/** SHA-256 of a text in UTF-8, as base64url. */
export const digestText = (text: string): string => encodeBase64url(hash(encoder.encode(text)))
export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text)
/** Encodes a text already known to be ASCII. */
export const encodeAscii = (text: string): Uint8Array => encoder.encode(text)
export const isUtf8 = (bytes: Uint8Array): boolean => decodeUtf8(bytes) !== undefined
/** One character per byte; only the ASCII ones are meaningful. */
export const latin1 = (bytes: Uint8Array): string => bytewise.decode(bytes)

/** Decodes a range of bytes already known to be UTF-8. */
export const utf8Slice = (bytes: Uint8Array, start: number, end: number): string => decoder.decode(bytes.subarray(start, end))

/** Decodes UTF-8, or returns undefined if the bytes are not UTF-8; never uses replacement characters. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** Only Node reports how much of a stream was read. */
export const inflateExactly = (_stream: Uint8Array, _most: number): Uint8Array | 'too-large' | undefined => undefined

/** One raw deflate stream. `write` resolves once its octets are compressed. An error of `take` is thrown by the next `write` or `end`. */
export interface Deflater {
  write(bytes: Uint8Array): Promise<void>
  end(): Promise<void>
}

/** True if the runtime has a deflater; browsers before 2020–2023 have none. */
export const canDeflate = (): boolean => 'CompressionStream' in globalThis

/** Compresses outside this thread. @param take is called with the compressed octets, in order */
export function createDeflater(take: (bytes: Uint8Array) => Promise<void>): Deflater {
  const stream = new CompressionStream('deflate-raw')
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  let failure: unknown
  const taken = (async (): Promise<void> => {
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        await take(value)
      }
    } catch (error) {
      // Cancel the stream; otherwise its writer would wait for ever.
      failure = error
      await reader.cancel(error)
    }
  })()
  /** Throws the error of `take`, if there is one, instead of the less specific error of the cancelled stream. */
  const rethrow = (error: unknown): never => {
    throw failure ?? error
  }
  return {
    write: (bytes) => writer.write(bytes as Uint8Array<ArrayBuffer>).catch(rethrow),
    async end() {
      await writer.close().catch(rethrow)
      await taken
      if (failure !== undefined) throw failure
    },
  }
}
