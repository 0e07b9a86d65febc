/** Bytes that the JSON reader distinguishes. */

export const QUOTE = 0x22
export const BACKSLASH = 0x5c
export const COMMA = 0x2c
export const COLON = 0x3a
export const OPEN_BRACE = 0x7b
export const CLOSE_BRACE = 0x7d
export const OPEN_BRACKET = 0x5b
export const CLOSE_BRACKET = 0x5d
export const ZERO = 0x30
export const NINE = 0x39
/** Characters after a backslash, by what they represent; `u` is read separately. */
export const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Classes of bytes within a string: the end of the plain run (quote, backslash, control), ASCII, part of a longer character. */
export const STOPS = 0
const ASCII = 1
export const WIDE = 2
/** Class of each byte. */
export const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) return STOPS
  return byte < 0x80 ? ASCII : WIDE
})
