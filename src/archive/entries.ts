/**
 * Reads the files of a .zip one after another: inflates each within limits and compares it with the directory. Writes nothing to disk; a name
 * only helps a person to find the file.
 */
import { isTonghengError, type TonghengError } from '../base/error.js'
import { fault as contentFault } from '../envelope/content-messages.js'
import { crc32 } from './crc32.js'
import { type Octets, piece, readDirectory, type Stated } from './directory.js'
import { BETWEEN } from './inside.js'
import { fault } from './messages.js'
import { isByProduct, isPlainName } from './name.js'

/** Inflates raw deflate; undefined if the octets are invalid or inflate to more than `most`. */
export type Inflate = (packed: Uint8Array, most: number) => Uint8Array | undefined

/** A file of an archive; `place` is the name of the archive and of the file. */
export interface ArchiveFile {
  readonly place: string
  readonly bytes: Uint8Array
}

/** A file that could not be read, or an archive that could not. */
export interface UnreadFile {
  readonly place: string
  readonly error: TonghengError
}

export interface ArchiveOptions {
  readonly inflate: Inflate
  /** True for the names of files to read. @default all */
  readonly isWanted?: (name: string) => boolean
  /** Name of the only file to read, as an earlier call returned it. */
  readonly only?: string | undefined
}

/** Maximum inflated octets of a file, and of all files of an archive. */
export const MAX_FILE = 64 * 1024 * 1024
export const MAX_TOTAL = 512 * 1024 * 1024
/** Maximum ratio of deflate: one octet inflates to at most 1,032 (RFC 1951: a match of 258 octets in two bits). */
export const MAX_RATIO = 1032

const LOCAL = 0x04034b50
const LOCAL_LENGTH = 30
/** Bits 0, 6 and 13 of the flags: encrypted, strongly, with its header masked. */
export const ENCRYPTED = 0x2041
/** Files that identify an office document. */
const OFFICE = new Set(['[Content_Types].xml', 'OFD.xml', 'mimetype'])

/** Yields every file in the order of the directory; an unreadable one yields its error, and the rest is read. */
export async function* filesIn(
  octets: Octets,
  file: string,
  { inflate, isWanted = () => true, only }: ArchiveOptions,
): AsyncGenerator<ArchiveFile | UnreadFile> {
  let total = 0
  let count = 0
  try {
    const entries = await readDirectory(octets, file)
    if (entries.some(({ name }) => OFFICE.has(name))) throw contentFault('content.archive', { file })
    const places = new Map<string, number>()
    for (const entry of entries) {
      if (entry.name.endsWith('/') || isByProduct(entry.name) || !isWanted(entry.name)) continue
      count++
      const place = placeOf(`${file}${BETWEEN}${entry.name}`, places)
      if (only !== undefined && place !== only) continue
      try {
        mustBeReadable(entry, place)
        // The author of the archive states both sizes, and each costs work, so count the larger.
        total += Math.max(entry.size, entry.packed)
        if (total > MAX_TOTAL) throw fault('archive.total-large', { file, most: MAX_TOTAL })
        yield { place, bytes: await bytesOf(octets, entry, place, inflate) }
      } catch (error) {
        if (!isTonghengError(error) || total > MAX_TOTAL) throw error
        yield { place, error }
      }
    }
    if (count === 0) throw fault('archive.no-statements', { file })
  } catch (error) {
    if (!isTonghengError(error)) throw error
    yield { place: file, error }
  }
}

/** Numbers files of the same name, so that neither hides the other. */
function placeOf(named: string, places: Map<string, number>): string {
  let number = places.get(named) ?? 0
  let place = named
  while (places.has(place)) place = `${named} (${++number + 1})`
  if (place !== named) places.set(named, number)
  places.set(place, 0)
  return place
}

/** @throws `archive.name`, `archive.encrypted`, `archive.method`, `archive.entry-large`, `archive.entry-damaged` */
function mustBeReadable({ name, flags, method, packed, size }: Stated, file: string): void {
  if (!isPlainName(name)) throw fault('archive.name', { file })
  if ((flags & ENCRYPTED) !== 0) throw fault('archive.encrypted', { file })
  if (method !== 0 && method !== 8) throw fault('archive.method', { file, method })
  if (size > MAX_FILE) throw fault('archive.entry-large', { file, size, most: MAX_FILE })
  // Reject impossible sizes before memory is reserved for them or octets of another entry are read.
  if (method === 0 ? packed !== size : packed > MAX_FILE || size > packed * MAX_RATIO) throw fault('archive.entry-damaged', { file })
}

/** @throws `archive.entry-damaged` if header, length or checksum differs from the directory */
async function bytesOf(octets: Octets, entry: Stated, file: string, inflate: Inflate): Promise<Uint8Array> {
  const packed = await packedOctets(octets, entry)
  if (packed === undefined) throw fault('archive.entry-damaged', { file })
  // `inflate` stops as soon as the output exceeds the stated size.
  const bytes = entry.method === 0 ? packed : inflate(packed, entry.size)
  if (bytes === undefined || bytes.length !== entry.size || crc32(bytes) !== entry.crc) throw fault('archive.entry-damaged', { file })
  return bytes
}

/** Reads the compressed octets of an entry; undefined if its own header differs from the directory. */
export async function packedOctets(octets: Octets, entry: Stated): Promise<Uint8Array | undefined> {
  const from = await dataFrom(octets, entry)
  const packed = from === undefined ? undefined : await piece(octets, from, from + entry.packed)
  return packed?.length === entry.packed ? packed : undefined
}

/** Offset of the data of an entry, after its own header; undefined if the header has another name or method than the directory. */
async function dataFrom(octets: Octets, { at, nameOctets, method }: Stated): Promise<number | undefined> {
  const header = await piece(octets, at, at + LOCAL_LENGTH + nameOctets.length)
  if (header.length !== LOCAL_LENGTH + nameOctets.length) return undefined
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const isSame =
    view.getUint32(0, true) === LOCAL &&
    view.getUint16(8, true) === method &&
    view.getUint16(26, true) === nameOctets.length &&
    nameOctets.every((octet, index) => octet === header[LOCAL_LENGTH + index])
  return isSame ? at + LOCAL_LENGTH + nameOctets.length + view.getUint16(28, true) : undefined
}
