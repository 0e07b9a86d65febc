/** Reads the parts of a workbook (ECMA-376 part 2): finds them in the directory of the zip, inflates them in pieces, and limits their size. */
import { crc32, ENCRYPTED, type Octets, packedOctets, readDirectory, type Stated } from '../../archive/index.js'
import { isTonghengError } from '../../base/error.js'
import { fault } from '../messages.js'
import type { WorkbookLimits } from '../workbook.js'

export interface Package {
  /** Names of all parts as in the directory. */
  readonly names: readonly string[]
  has(name: string): boolean
  /**
   * Yields the text of a part in pieces.
   * @param cells maximum number of cells in the part; `excuse` adds the markup of each to the limit
   * @throws `spreadsheet.damaged`, `spreadsheet.inflated-large`
   */
  text(name: string, cells?: number): AsyncGenerator<string>
  /** Adds the markup of a filled cell to the limit of inflated octets, because cells have their own limit. */
  excuse(): void
}

/** Octets of a filled cell without its value: `<c r="AA123456" s="12" t="inlineStr"><is><t></t></is></c>`. */
const CELL_MARKUP = 64

/** @throws `spreadsheet.damaged` for a broken or ambiguous zip */
export async function openPackage(bytes: Uint8Array, limits: WorkbookLimits): Promise<Package> {
  const octets: Octets = { size: bytes.length, read: async (from, to) => bytes.subarray(from, to) }
  const entries = await directoryOf(octets)
  const parts = new Map<string, Stated>()
  for (const entry of entries) {
    const key = keyOf(entry.name)
    // If two parts have one name, some programs read the first and others the last.
    if (parts.has(key)) throw fault('spreadsheet.damaged', { part: entry.name })
    parts.set(key, entry)
  }
  checkApart(entries, bytes.length)
  let left = limits.inflated
  const count = (length: number): void => {
    left -= length
    if (left < 0) throw fault('spreadsheet.inflated-large', { most: limits.inflated })
  }
  return {
    names: entries.map(({ name }) => name),
    has: (name) => parts.has(keyOf(name)),
    excuse() {
      left += CELL_MARKUP
    },
    async *text(name, cells = 0) {
      const entry = parts.get(keyOf(name))
      if (entry === undefined) throw fault('spreadsheet.damaged', { part: name })
      // The directory states the size: reject a part that is too large before inflating it.
      if (entry.size > left + cells * CELL_MARKUP) throw fault('spreadsheet.inflated-large', { most: limits.inflated })
      yield* decodedText(name, inflated(octets, entry, count))
    },
  }
}

/** Names of parts are compared without case (ECMA-376 part 2, 6.2.2.3). */
const keyOf = (name: string): string => name.replace(/^\//, '').toLowerCase()

async function directoryOf(octets: Octets): Promise<readonly Stated[]> {
  try {
    return await readDirectory(octets, '')
  } catch (error) {
    if (isTonghengError(error)) throw fault('spreadsheet.damaged', { part: 'zip' }, { cause: error })
    throw error
  }
}

/** Rejects overlapping entries: with them a small file could inflate to any size. */
function checkApart(entries: readonly Stated[], size: number): void {
  const places = entries.map(({ at, packed, name }) => ({ at, end: at + 30 + packed, name })).sort((a, b) => a.at - b.at)
  let end = 0
  for (const place of places) {
    if (place.at < end || place.end > size) throw fault('spreadsheet.damaged', { part: place.name })
    end = place.end
  }
}

/** Inflates an entry piece by piece. Compares its size with the directory after each piece, and its checksum at the end. */
async function* inflated(octets: Octets, entry: Stated, count: (length: number) => void): AsyncGenerator<Uint8Array> {
  const damaged = (cause?: unknown): Error => fault('spreadsheet.damaged', { part: entry.name }, { cause })
  if ((entry.flags & ENCRYPTED) !== 0) throw fault('spreadsheet.encrypted')
  const packed = await packedOctets(octets, entry)
  if (packed === undefined || (entry.method !== 0 && entry.method !== 8)) throw damaged()
  let [size, crc] = [0, 0]
  for await (const piece of entry.method === 0 ? [packed] : streamOf(packed, damaged)) {
    size += piece.length
    count(piece.length)
    if (size > entry.size) throw damaged()
    crc = crc32(piece, crc)
    yield piece
  }
  if (size !== entry.size || crc !== entry.crc) throw damaged()
}

/** @throws `spreadsheet.no-inflate` if the platform has no such stream, or only one without raw deflate (Chrome 80 to 102) */
function inflateStream(): DecompressionStream {
  if (!('DecompressionStream' in globalThis)) throw fault('spreadsheet.no-inflate')
  try {
    return new DecompressionStream('deflate-raw')
  } catch (error) {
    if (error instanceof TypeError) throw fault('spreadsheet.no-inflate', {}, { cause: error })
    throw error
  }
}

async function* streamOf(packed: Uint8Array, damaged: (cause: unknown) => Error): AsyncGenerator<Uint8Array> {
  const stream = inflateStream()
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  // The reader reports the same errors.
  writer.write(packed as Uint8Array<ArrayBuffer>).catch(reported)
  writer.close().catch(reported)
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw damaged(error)
      })
      if (done) return
      yield value
    }
  } finally {
    // Stop the stream if the consumer stops reading, so that the rest of a bomb is not inflated.
    await reader.cancel().catch(reported)
  }
}

const reported = (): void => undefined

async function* decodedText(part: string, pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of pieces) {
      const text = decoder.decode(piece, { stream: true })
      if (text !== '') yield text
    }
    yield decoder.decode()
  } catch (error) {
    // Octets that are not UTF-8, or UTF-16, which the standard allows but no program writes.
    if (error instanceof TypeError) throw fault('spreadsheet.damaged', { part }, { cause: error })
    throw error
  }
}
