/** Decodes names of entries, whose encoding is often not stated and whose author is untrusted. */
import { visible } from '../base/visible.js'
import { crc32 } from './crc32.js'

/** Bit 11 of the flags: the name is UTF-8 (APPNOTE 6.3.10, 4.4.4). */
const IS_UTF8 = 0x0800
/** Extra field of Info-ZIP: version 1, CRC-32 of the name in the header, then the name in UTF-8. */
const UNICODE_PATH = 0x7075

/**
 * The name as text, with forward slashes. Without a stated encoding, UTF-8 is tried first, because macOS does not state it, then GB 18030,
 * which Chinese Windows uses.
 */
export function nameOf(octets: Uint8Array, flags: number, extra: ReadonlyMap<number, Uint8Array>): string {
  const stated = unicodePath(octets, extra.get(UNICODE_PATH)) ?? decode('utf-8', octets)
  const text = stated ?? ((flags & IS_UTF8) === 0 ? decode('gb18030', octets) : undefined) ?? new TextDecoder().decode(octets)
  return text.replaceAll('\\', '/')
}

function unicodePath(name: Uint8Array, field: Uint8Array | undefined): string | undefined {
  if (field === undefined || field.length < 6 || field[0] !== 1) return undefined
  // A program that renamed the entry may have left an outdated field.
  const of = new DataView(field.buffer, field.byteOffset).getUint32(1, true)
  return of === crc32(name) ? decode('utf-8', field.subarray(5)) : undefined
}

function decode(encoding: string, octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(octets)
  } catch (error) {
    // TypeError: octets invalid in this encoding. RangeError: the platform does not support it.
    if (error instanceof TypeError || error instanceof RangeError) return undefined
    throw error
  }
}

/** False for a name that leads outside the folder of extraction, or that has characters which change how it is displayed. */
export const isPlainName = (name: string): boolean =>
  name !== '' && !name.startsWith('/') && !/^[A-Za-z]:/.test(name) && !name.split('/').includes('..') && visible(name) === name

/** True for files that macOS and Windows add to an archive. */
export const isByProduct = (name: string): boolean => /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/.test(name)
