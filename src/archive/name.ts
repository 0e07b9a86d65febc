/** Names of entries: octets in an encoding that is often not stated, from an author of any kind. */
import { visible } from '../base/visible.js'
import { crc32 } from './crc32.js'

/** Bit 11 of the flags: the name is UTF-8 (APPNOTE 6.3.10, 4.4.4). */
const IS_UTF8 = 0x0800
/** Extra field of Info-ZIP: version 1, CRC-32 of the name in the header, then the name in UTF-8. */
const UNICODE_PATH = 0x7075

/**
 * The name as text, with forward slashes. Where UTF-8 is not stated it is tried first, because macOS does not state it; then GB 18030, in
 * which Windows in Chinese writes names.
 */
export function nameOf(octets: Uint8Array, flags: number, extra: ReadonlyMap<number, Uint8Array>): string {
  const stated = unicodePath(octets, extra.get(UNICODE_PATH)) ?? decode('utf-8', octets)
  const text = stated ?? ((flags & IS_UTF8) === 0 ? decode('gb18030', octets) : undefined) ?? new TextDecoder().decode(octets)
  return text.replaceAll('\\', '/')
}

function unicodePath(name: Uint8Array, field: Uint8Array | undefined): string | undefined {
  if (field === undefined || field.length < 6 || field[0] !== 1) return undefined
  // A program that renamed the entry and did not know of the field left it as it was.
  const of = new DataView(field.buffer, field.byteOffset).getUint32(1, true)
  return of === crc32(name) ? decode('utf-8', field.subarray(5)) : undefined
}

function decode(encoding: string, octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(octets)
  } catch (error) {
    // Octets that are none of the encoding; a platform without the encoding throws RangeError.
    if (error instanceof TypeError || error instanceof RangeError) return undefined
    throw error
  }
}

/** False of a name that leads out of the folder into which a person unpacks the archive, or that shows as another than it is. */
export const isPlainName = (name: string): boolean =>
  name !== '' && !name.startsWith('/') && !/^[A-Za-z]:/.test(name) && !name.split('/').includes('..') && visible(name) === name

/** What programs put into an archive beside the files of the person: of macOS, of Windows. */
export const isByProduct = (name: string): boolean => /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/.test(name)
