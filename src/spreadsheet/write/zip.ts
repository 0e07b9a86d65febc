/**
 * Writes a zip sequentially, part by part (APPNOTE 6.3.10). Sizes follow their data, so no part is buffered. The same parts produce the same
 * octets.
 */
import { canDeflate, createDeflater } from '#native'
import { crc32 } from '../../archive/index.js'
import { concat } from '../../base/concat.js'
import { fault } from '../messages.js'

export interface ZipWriter {
  /** Begins a part; the previous one must have ended. */
  begin(name: string): Promise<void>
  write(text: string): Promise<void>
  end(): Promise<void>
  /** Writes the central directory. */
  close(): Promise<void>
}

/** Called with octets in order; resolves when it accepts more. */
export type Sink = (bytes: Uint8Array) => Promise<void>

interface Written {
  readonly name: Uint8Array
  readonly at: number
  size: number
  packed: number
  crc: number
}

/** Maximum size without Zip64 fields, which not every program reads. */
const MAX_SIZE = 0xffffffff
/** Bit 3: sizes and checksum follow the data. Bit 11: the name is UTF-8. */
const FLAGS = 0x0808
/** 1 January 1980, the earliest date of the format. */
const DAY = 0x0021

/** Octets compressed at once. */
const BLOCK = 65_536
/** Maximum length in UTF-8 of one UTF-16 unit. */
const MAX_OCTETS = 3

/** Concatenates pieces. */
export const joined = (parts: readonly Uint8Array[]): Uint8Array =>
  concat(
    parts,
    parts.reduce((length, part) => length + part.length, 0),
  )

const numbers = (...pairs: readonly (readonly [number, 2 | 4])[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(pairs.reduce((length, [, size]) => length + size, 0)))
  let at = 0
  for (const [value, size] of pairs) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return new Uint8Array(view.buffer)
}

/** @throws `spreadsheet.write-large` if a part or the file exceeds `most` octets; rethrows errors of `sink` */
export function createZipWriter(sink: Sink, most: number = MAX_SIZE): ZipWriter {
  const parts: Written[] = []
  const encoder = new TextEncoder()
  let at = 0
  let packer: Packer | undefined
  const method = canDeflate() ? 8 : 0
  const write = async (bytes: Uint8Array): Promise<void> => {
    at += bytes.length
    if (at > most) throw fault('spreadsheet.write-large')
    await sink(bytes)
  }
  const open = (): Written => parts[parts.length - 1] as Written
  const pack = async (bytes: Uint8Array): Promise<void> => {
    const part = open()
    part.size += bytes.length
    if (part.size > most) throw fault('spreadsheet.write-large')
    part.crc = crc32(bytes, part.crc)
    await packer?.write(bytes)
  }
  const blocks = createBlocks(pack)
  return {
    async begin(name) {
      const part = { name: encoder.encode(name), at, size: 0, packed: 0, crc: 0 }
      parts.push(part)
      await write(
        joined([
          numbers([0x04034b50, 4], [20, 2], [FLAGS, 2], [method, 2], [0, 2], [DAY, 2], [0, 4], [0, 4], [0, 4]),
          numbers([part.name.length, 2], [0, 2]),
          part.name,
        ]),
      )
      const count: Sink = async (bytes) => {
        part.packed += bytes.length
        await write(bytes)
      }
      packer = method === 8 ? createPacker(count) : { write: count, end: async () => undefined }
    },
    write: blocks.write,
    async end() {
      await blocks.flush()
      await packer?.end()
      const { crc, packed, size } = open()
      await write(numbers([0x08074b50, 4], [crc, 4], [packed, 4], [size, 4]))
    },
    async close() {
      const from = at
      for (const part of parts) {
        const { crc, packed, size } = part
        await write(
          joined([
            numbers([0x02014b50, 4], [20, 2], [20, 2], [FLAGS, 2], [method, 2], [0, 2], [DAY, 2], [crc, 4], [packed, 4], [size, 4]),
            numbers([part.name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [part.at, 4]),
            part.name,
          ]),
        )
      }
      await write(numbers([0x06054b50, 4], [0, 2], [0, 2], [parts.length, 2], [parts.length, 2], [at - from, 4], [from, 4], [0, 2]))
    },
  }
}

/** Collects texts into blocks of UTF-8, because compressing many small pieces is slower. */
function createBlocks(pack: Sink): { readonly write: (text: string) => Promise<void>; readonly flush: () => Promise<void> } {
  const encoder = new TextEncoder()
  let [block, filled] = [new Uint8Array(BLOCK), 0]
  const flush = (): Promise<void> => {
    const bytes = block.subarray(0, filled)
    // The sink may write asynchronously, so its buffer is never reused.
    ;[block, filled] = [new Uint8Array(BLOCK), 0]
    return pack(bytes)
  }
  return {
    async write(text) {
      const length = text.length * MAX_OCTETS
      if (length > BLOCK - filled) await flush()
      if (length > BLOCK) await pack(encoder.encode(text))
      else filled += encoder.encodeInto(text, block.subarray(filled)).written
    },
    flush,
  }
}

interface Packer {
  write(bytes: Uint8Array): Promise<void>
  end(): Promise<void>
}

/** Compresses one piece outside this thread while the caller builds the next; `write` of a further piece waits. */
function createPacker(sink: Sink): Packer {
  const { write, end } = createDeflater(sink)
  let written: Promise<void> = Promise.resolve()
  return {
    async write(bytes) {
      await written
      written = write(bytes)
      // The next `write` or `end` rethrows the error; this only avoids an unhandled rejection meanwhile.
      written.catch(() => undefined)
    },
    async end() {
      await written
      await end()
    },
  }
}
