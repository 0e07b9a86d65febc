// Why this exists: an archive that lies is made by no tool; this writes one octet by octet, with any of its statements changed.
import * as zlib from 'node:zlib'

export interface ZipEntry {
  readonly name: string | Uint8Array
  readonly data: Uint8Array | string
  readonly method?: number
  /** Octets in place of the compressed data. */
  readonly packedData?: Uint8Array
  readonly flags?: number
  /** Size in the directory, if it is to be wrong. */
  readonly size?: number
  readonly packed?: number
  readonly crc?: number
  /** Name in the local header, if it is to differ. */
  readonly localName?: string
  /** Offset of the header in the directory, if it is to be wrong. */
  readonly at?: number
  /** Extra field of the directory. */
  readonly extra?: Uint8Array
  /** States sizes and place in the fields of 64 bits. */
  readonly isLong?: boolean
}

export interface ZipOptions {
  /** Has the end of 64 bits. */
  readonly isLong?: boolean
  readonly comment?: string
  /** Number of entries in the end record. */
  readonly count?: number
  /** Error of the stated offset of the directory, in octets. */
  readonly off?: number
}

const LONG = 0xffffffff
/** Size in octets from which data are compressed at the fastest level. */
const LARGE = 1_000_000
const octetsOf = (text: Uint8Array | string): Buffer =>
  typeof text === 'string' ? Buffer.from(text, 'utf8') : Buffer.from(text.buffer, text.byteOffset, text.byteLength)

/** Little-endian numbers, each with its length in octets. */
function numbers(...pairs: readonly (readonly [number, 2 | 4 | 8])[]): Buffer {
  return Buffer.concat(
    pairs.map(([value, length]) => {
      const part = Buffer.alloc(length)
      if (length === 8) part.writeBigUInt64LE(BigInt(value))
      else part.writeUIntLE(value, 0, length)
      return part
    }),
  )
}

export function makeZip(entries: readonly ZipEntry[], { isLong = false, comment = '', count, off = 0 }: ZipOptions = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const { method = 8, flags = 0x0800 } = entry
    const data = octetsOf(entry.data)
    const packed =
      entry.packedData === undefined
        ? method === 8
          ? zlib.deflateRawSync(data, { level: data.length > LARGE ? 1 : 6 })
          : data
        : Buffer.from(entry.packedData)
    const name = octetsOf(entry.name)
    const localName = entry.localName === undefined ? name : octetsOf(entry.localName)
    const crc = entry.crc ?? crcOf(data)
    const [size, packedSize, place] = [entry.size ?? data.length, entry.packed ?? packed.length, entry.at ?? at]
    const local = Buffer.concat([
      numbers([0x04034b50, 4], [20, 2], [flags, 2], [method, 2], [0, 4], [crc, 4], [packed.length, 4], [data.length, 4]),
      numbers([localName.length, 2], [0, 2]),
      localName,
      packed,
    ])
    const extra = Buffer.concat([
      entry.extra ?? Buffer.alloc(0),
      ...(entry.isLong === true ? [numbers([1, 2], [24, 2], [size, 8], [packedSize, 8], [place, 8])] : []),
    ])
    const short = (value: number): number => (entry.isLong === true ? LONG : value)
    directory.push(
      numbers([0x02014b50, 4], [20, 2], [20, 2], [flags, 2], [method, 2], [0, 4], [crc, 4], [short(packedSize), 4], [short(size), 4]),
      numbers([name.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2], [0, 4], [short(place), 4]),
      name,
      extra,
    )
    locals.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const total = count ?? entries.length
  const end64 = numbers([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4], [total, 8], [total, 8], [listed.length, 8], [at, 8])
  const locator = numbers([0x07064b50, 4], [0, 4], [at + listed.length, 8], [1, 4])
  const [shortCount, shortSize, shortAt] = isLong ? [0xffff, LONG, LONG] : [total, listed.length, at + off]
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [shortCount, 2], [shortCount, 2], [shortSize, 4], [shortAt, 4], [comment.length, 2])
  return Buffer.concat([...locals, listed, ...(isLong ? [end64, locator] : []), end, Buffer.from(comment)])
}

/** CRC-32 of Node, which its types lack; the oracle for that of the package. */
const { crc32: crcOf } = zlib as unknown as { crc32(data: Uint8Array): number }
