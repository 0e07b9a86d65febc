/** The parts of a workbook (ECMA-376 part 2): found by the directory of the zip, inflated in pieces, counted while they are. */
import { crc32, ENCRYPTED, type Octets, packedOctets, readDirectory, type Stated } from '../../archive/index.js'
import { isTonghengError } from '../../base/error.js'
import { fault } from '../messages.js'
import type { WorkbookLimits } from '../workbook.js'

export interface Package {
  /** Names of all parts, as the directory states them. */
  readonly names: readonly string[]
  has(name: string): boolean
  /**
   * The text of a part, in pieces.
   * @param cells how many cells may be filled from it, whose markup `excuse` takes off the account
   * @throws `spreadsheet.damaged`, `spreadsheet.inflated-large`
   */
  text(name: string, cells?: number): AsyncGenerator<string>
  /** Takes the markup of a filled cell off the account of what is inflated: cells have a limit of their own. */
  excuse(): void
}

/** Octets of `<c r="AA123456" s="12" t="inlineStr"><is><t></t></is></c>`: what a filled cell has besides its value. */
const CELL_MARKUP = 64

/** @throws `spreadsheet.damaged` for a zip that two programs would read differently, `spreadsheet.encrypted`, `spreadsheet.inflated-large` */
export async function openPackage(bytes: Uint8Array, limits: WorkbookLimits): Promise<Package> {
  const octets: Octets = { size: bytes.length, read: async (from, to) => bytes.subarray(from, to) }
  const entries = await directoryOf(octets)
  const parts = new Map<string, Stated>()
  for (const entry of entries) {
    const key = keyOf(entry.name)
    // Of two parts of one name, one program reads the first and another the last.
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
      // Refused before anything is inflated, where the directory itself states that it is too large.
      if (entry.size > left + cells * CELL_MARKUP) throw fault('spreadsheet.inflated-large', { most: limits.inflated })
      yield* decodedText(name, inflated(octets, entry, count))
    },
  }
}

/** Names of parts are equal without regard to case (ECMA-376 part 2, 6.2.2.3). */
const keyOf = (name: string): string => name.replace(/^\//, '').toLowerCase()

async function directoryOf(octets: Octets): Promise<readonly Stated[]> {
  try {
    return await readDirectory(octets, '')
  } catch (error) {
    if (isTonghengError(error)) throw fault('spreadsheet.damaged', { part: 'zip' }, { cause: error })
    throw error
  }
}

/** Entries that lie over each other make a small file inflate to any size, part by part. */
function checkApart(entries: readonly Stated[], size: number): void {
  const places = entries.map(({ at, packed, name }) => ({ at, end: at + 30 + packed, name })).sort((a, b) => a.at - b.at)
  let end = 0
  for (const place of places) {
    if (place.at < end || place.end > size) throw fault('spreadsheet.damaged', { part: place.name })
    end = place.end
  }
}

/** Inflates an entry piece by piece. What the directory states of it is compared at the end, and its size all along. */
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

/** @throws `spreadsheet.no-inflate` where the platform has no such stream, or, as Chrome 80 to 102, one without raw deflate */
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
  // Both reject with what the reader reports too.
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
    // A stream that nobody reads further is stopped; the rest of a bomb is not inflated.
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
    // UTF-16, which the standard allows and no program writes, or octets that are no text.
    if (error instanceof TypeError) throw fault('spreadsheet.damaged', { part }, { cause: error })
    throw error
  }
}
