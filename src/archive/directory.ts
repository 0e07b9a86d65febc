/** Reads the central directory at the end of an archive (APPNOTE 6.3.10, 4.3.12 to 4.3.16); entries are read from it alone. */
import { fault } from './messages.js'
import { nameOf } from './name.js'

/** Random access to the octets of an archive, in a file or a blob. */
export interface Octets {
  readonly size: number
  read(from: number, to: number): Promise<Uint8Array>
}

/** Reads a range, which may be stated by an untrusted archive: cut at the end of the archive, empty beyond it. */
export const piece = async (octets: Octets, from: number, to: number): Promise<Uint8Array> =>
  from < octets.size ? octets.read(from, Math.min(to, octets.size)) : new Uint8Array(0)

/** An entry as the directory states it, not yet verified. */
export interface Stated {
  readonly name: string
  readonly nameOctets: Uint8Array
  readonly flags: number
  readonly method: number
  readonly crc: number
  /** Compressed and inflated size in octets. */
  readonly packed: number
  readonly size: number
  /** Offset of its local header. */
  readonly at: number
}

/** Maximum number of entries, and maximum octets of the directory. A partner agency sends some hundreds of entries. */
export const MAX_ENTRIES = 20_000
const MAX_DIRECTORY = 16 * 1024 * 1024

const END = 0x06054b50
const END_LENGTH = 22
const MAX_COMMENT = 0xffff
const LOCATOR_64 = 0x07064b50
const LOCATOR_64_LENGTH = 20
const END_64 = 0x06064b50
const END_64_LENGTH = 56
const ENTRY = 0x02014b50
const ENTRY_LENGTH = 46
const ZIP_64 = 0x0001

interface Place {
  readonly count: number
  readonly size: number
  readonly from: number
}

/** Reads the directory. @throws `archive.damaged`, `archive.entries-many` before more than the maximum is read */
export async function readDirectory(octets: Octets, file: string): Promise<readonly Stated[]> {
  const { count, size, from } = await placeOf(octets, file)
  if (count > MAX_ENTRIES) throw fault('archive.entries-many', { file, count, most: MAX_ENTRIES })
  if (size > MAX_DIRECTORY || size < count * ENTRY_LENGTH) throw fault('archive.damaged', { file })
  const bytes = await piece(octets, from, from + size)
  if (bytes.length !== size) throw fault('archive.damaged', { file })
  const entries: Stated[] = []
  let at = 0
  for (let left = count; left > 0; left--) {
    const next = entryAt(bytes, at)
    if (next === undefined) throw fault('archive.damaged', { file })
    entries.push(next.entry)
    at = next.end
  }
  // A count that is too small would hide entries.
  if (at !== size) throw fault('archive.damaged', { file })
  return entries
}

/** Finds the directory. @throws `archive.damaged` for an archive of several parts, or with octets before or after it */
async function placeOf(octets: Octets, file: string): Promise<Place> {
  const start = Math.max(0, octets.size - END_LENGTH - MAX_COMMENT)
  const tail = await piece(octets, start, octets.size)
  const view = viewOf(tail)
  for (let at = tail.length - END_LENGTH; at >= 0; at--) {
    if (view.getUint32(at, true) !== END || at + END_LENGTH + view.getUint16(at + 20, true) !== tail.length) continue
    const short: Place = { count: view.getUint16(at + 10, true), size: view.getUint32(at + 12, true), from: view.getUint32(at + 16, true) }
    const isLong = short.count === 0xffff || short.size === 0xffffffff || short.from === 0xffffffff
    const end = start + at
    const long = isLong ? await placeOf64(octets, end) : { ...short, end }
    const isWhole = view.getUint16(at + 4, true) === view.getUint16(at + 6, true) && long !== undefined
    if (!isWhole || long.from + long.size !== long.end) break
    return long
  }
  throw fault('archive.damaged', { file })
}

async function placeOf64(octets: Octets, end: number): Promise<(Place & { readonly end: number }) | undefined> {
  const locator = await piece(octets, Math.max(0, end - LOCATOR_64_LENGTH), end)
  if (locator.length !== LOCATOR_64_LENGTH || viewOf(locator).getUint32(0, true) !== LOCATOR_64) return undefined
  const from = wide(viewOf(locator), 8)
  const record = await piece(octets, from, from + END_64_LENGTH)
  if (record.length !== END_64_LENGTH || viewOf(record).getUint32(0, true) !== END_64) return undefined
  const view = viewOf(record)
  return { count: wide(view, 32), size: wide(view, 40), from: wide(view, 48), end: from }
}

/** A 64-bit number. One that a double cannot represent exactly exceeds every archive, so the range checks reject it. */
const wide = (view: DataView, at: number): number => Number(view.getBigUint64(at, true))

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function entryAt(bytes: Uint8Array, at: number): { readonly entry: Stated; readonly end: number } | undefined {
  const view = viewOf(bytes)
  if (at + ENTRY_LENGTH > bytes.length || view.getUint32(at, true) !== ENTRY) return undefined
  const nameEnd = at + ENTRY_LENGTH + view.getUint16(at + 28, true)
  const extraEnd = nameEnd + view.getUint16(at + 30, true)
  const end = extraEnd + view.getUint16(at + 32, true)
  if (end > bytes.length) return undefined
  const nameOctets = bytes.subarray(at + ENTRY_LENGTH, nameEnd)
  const extra = extraOf(bytes.subarray(nameEnd, extraEnd))
  const flags = view.getUint16(at + 8, true)
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
  const [size, packed, from] = widened(sizes, extra.get(ZIP_64))
  if (size === undefined || packed === undefined || from === undefined) return undefined
  const name = nameOf(nameOctets, flags, extra)
  return {
    entry: { name, nameOctets, flags, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), packed, size, at: from },
    end,
  }
}

/** Replaces numbers that do not fit into 32 bits by those of the Zip64 extra field, which has only these, in this order. */
function widened(numbers: readonly number[], field: Uint8Array | undefined): readonly (number | undefined)[] {
  let at = 0
  return numbers.map((number) => {
    if (number !== 0xffffffff) return number
    at += 8
    return field === undefined || field.length < at ? undefined : wide(viewOf(field), at - 8)
  })
}

/** Extra fields by id; ignores a field that exceeds its area. */
function extraOf(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const view = viewOf(bytes)
  const fields = new Map<number, Uint8Array>()
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + view.getUint16(at + 2, true)
    if (end > bytes.length) break
    fields.set(view.getUint16(at, true), bytes.subarray(at + 4, end))
    at = end
  }
  return fields
}
