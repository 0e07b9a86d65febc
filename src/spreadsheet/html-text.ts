/** Parses text and attributes of HTML that may be malformed. */

export type TagAttributes = ReadonlyMap<string, string>

/** Attributes of a tag by lower-case name; of repeated names the first counts, as in browsers. */
export function tagAttributes(tag: string): TagAttributes {
  const attributes = new Map<string, string>()
  const inside = tag.replace(/^<[^\s>/]*/, '').replace(/\/?>$/, '')
  for (const [, name = '', double, single, bare] of inside.matchAll(/([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)) {
    const key = name.toLowerCase()
    if (!attributes.has(key)) attributes.set(key, decodeReferences(double ?? single ?? bare ?? ''))
    // A cell written by a program has fewer.
    if (attributes.size > 64) break
  }
  return attributes
}

/** True for elements that end a line. */
export const endsLine = (name: string): boolean => /^(?:br|p|div|li|h\d)$/.test(name)

/** Displayed text: decodes references and collapses blanks. In `raw`, a line end stands only for an element that ends a line. */
export const textOfMarkup = (raw: string): string =>
  decodeReferences(raw)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n+/g, '\n')
    .trim()

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  deg: '°',
  plusmn: '±',
  times: '×',
  middot: '·',
  micro: 'µ',
  sup2: '²',
  sup3: '³',
  frac12: '½',
  le: '≤',
  ge: '≥',
  ne: '≠',
  asymp: '≈',
  permil: '‰',
  Omega: 'Ω',
  Phi: 'Φ',
  phi: 'φ',
  alpha: 'α',
  beta: 'β',
  mu: 'μ',
  Delta: 'Δ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  ensp: '\u2002',
  emsp: '\u2003',
  radic: '√',
}

/** Decodes character references; leaves unknown names as written. */
function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z][a-z0-9]{1,7}));?/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? all
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      return isCharacter ? String.fromCodePoint(code) : '\ufffd'
    },
  )
}
