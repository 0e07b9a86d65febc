/** Compound files (MS-CFB), in which old Office documents are, and new ones with a password. Only what they hold is found out. */

const MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
export const isOle = (bytes: Uint8Array): boolean => MAGIC.every((octet, at) => bytes[at] === octet)

/** Names of streams, and what people call a file that has one. */
const STREAMS: readonly (readonly [string, string])[] = [
  ['EncryptedPackage', 'encrypted'],
  ['Workbook', '.xls'],
  ['Book', '.xls'],
  ['WordDocument', '.doc'],
  ['PowerPoint Document', '.ppt'],
]
/** Entries of the directory are 128 octets each, and begin at a multiple of that. */
const ENTRY = 128

/** What a compound file holds. */
export function contentOfOle(bytes: Uint8Array): string {
  for (const [name, content] of STREAMS) {
    const octets = Uint8Array.from(`${name}\0`, (character) => character.charCodeAt(0))
    for (let at = 512; at + ENTRY <= bytes.length; at += ENTRY) {
      // UTF-16, little end first.
      if (octets.every((octet, index) => bytes[at + 2 * index] === octet && bytes[at + 2 * index + 1] === 0)) return content
    }
  }
  return 'OLE'
}
