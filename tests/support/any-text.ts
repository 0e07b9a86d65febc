// Texts of any code points, surrogates left out. fast-check's own `unit: 'binary'` first builds a map of all 1.1 million, a second in
// every file that requests it.
import fc from 'fast-check'

const SURROGATES = 0x800
const codePoint = fc.nat(0x10ffff - SURROGATES).map((n) => (n < 0xd800 ? n : n + SURROGATES))

export const anyText = (maxLength = 10): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 3, arbitrary: codePoint }, { weight: 1, arbitrary: fc.nat(0xff) }), { maxLength })
    .map((points) => String.fromCodePoint(...points))
