/** Decodes strings of a JSON document, detects characters that I-JSON forbids, and locates errors. */
import { utf8Slice } from '#native'

/** I-JSON §2.1: the last two code points of every plane, and U+FDD0 to U+FDEF. */
export const NONCHARACTER =
  /[\ufdd0-\ufdef\ufffe\uffff]|[\ud83f\ud87f\ud8bf\ud8ff\ud93f\ud97f\ud9bf\ud9ff\uda3f\uda7f\udabf\udaff\udb3f\udb7f\udbbf\udbff][\udffe\udfff]/

/** Number of bytes up to which decoding here is faster than a call of the runtime's decoder. */
const SHORT = 64

/** Decodes a range of bytes known to be UTF-8. */
export function sliceUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) return utf8Slice(bytes, start, end)
  const units: number[] = []
  let at = start
  while (at < end) {
    const byte = bytes[at++] as number
    if (byte < 0x80) units.push(byte)
    else if (byte < 0xe0) units.push(((byte & 0x1f) << 6) | low(bytes, at++))
    else if (byte < 0xf0) units.push(((byte & 0x0f) << 12) | (low(bytes, at++) << 6) | low(bytes, at++))
    else {
      const offset = (((byte & 0x07) << 18) | (low(bytes, at++) << 12) | (low(bytes, at++) << 6) | low(bytes, at++)) - 0x10000
      units.push(0xd800 | (offset >> 10), 0xdc00 | (offset & 0x3ff))
    }
  }
  return String.fromCharCode.apply(null, units)
}

/** The six payload bits of a continuation byte. */
const low = (bytes: Uint8Array, at: number): number => (bytes[at] as number) & 0x3f

/** Fast path: Chinese and ASCII text contains no non-characters. */
export function hasNoncharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0xd800) return NONCHARACTER.test(text)
  return false
}

export const hex = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
export const shownCharacter = (text: string): string => hex(NONCHARACTER.exec(text)?.[0].codePointAt(0) ?? 0)

/** The complete character that begins at a byte, with control characters escaped; empty at the end. */
export function characterAt(bytes: Uint8Array, at: number): string {
  let end = Math.min(at + 1, bytes.length)
  while (end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) end++
  return JSON.stringify(utf8Slice(bytes, at, end)).slice(1, -1)
}

/** `line` and `column` from 1, in UTF-16 units, and `offset` in bytes. Within a character, it is the beginning of the character. */
export function errorPosition(bytes: Uint8Array, at: number): { readonly line: number; readonly column: number; readonly offset: number } {
  let offset = at
  while (offset > 0 && offset < bytes.length && ((bytes[offset] as number) & 0xc0) === 0x80) offset--
  const before = utf8Slice(bytes, 0, offset)
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n'), offset }
}
