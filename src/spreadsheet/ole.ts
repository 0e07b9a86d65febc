/** Detects the content of compound files (MS-CFB), which contain old Office documents, and new ones with a password. */

const MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
export const isOle = (bytes: Uint8Array): boolean => MAGIC.every((octet, at) => bytes[at] === octet)

/** Name of a stream, and the name of the format that contains it. */
const STREAMS: readonly (readonly [string, string])[] = [
  ['EncryptedPackage', 'encrypted'],
  ['Workbook', '.xls'],
  ['Book', '.xls'],
  ['WordDocument', '.doc'],
  ['PowerPoint Document', '.ppt'],
]
/** Length of an entry of the directory; entries begin at multiples of it. */
const ENTRY = 128

/** Content of a compound file: `encrypted`, an extension, or `OLE` if unknown. */
export function contentOfOle(bytes: Uint8Array): string {
  for (const [name, content] of STREAMS) {
    const octets = Uint8Array.from(`${name}\0`, (character) => character.charCodeAt(0))
    for (let at = 512; at + ENTRY <= bytes.length; at += ENTRY) {
      // Names are UTF-16, little endian.
      if (octets.every((octet, index) => bytes[at + 2 * index] === octet && bytes[at + 2 * index + 1] === 0)) return content
    }
  }
  return 'OLE'
}
