/** Checks that a font has every character of a document: a missing glyph would be drawn as a blank or a box. */
import { type Block, type Content, inLanguage, type Shown } from '../content/model.js'
import { fault } from '../messages.js'
import type { CertificateLanguage } from '../options.js'

/** Every text of a document. */
export function* textsOf({ title, issuer, number, cover, inner }: Content): Generator<Shown> {
  yield* [title, issuer, number.label, number.value]
  for (const block of [...cover, ...inner]) yield* textsOfBlock(block)
}

function* textsOfBlock(block: Block): Generator<Shown> {
  if (block.type === 'heading' || block.type === 'text' || block.type === 'notice') yield block.text
  if (block.type === 'fields') for (const { label, value } of block.fields) yield* [label, value]
  if (block.type === 'table') yield* [block.table.caption, ...block.table.head, ...block.table.rows.flat(), ...(block.table.notes ?? [])]
  if (block.type === 'code') yield block.caption
  if (block.type === 'plot') {
    yield block.scene.title
    for (const mark of block.scene.marks) if (mark.type === 'text') yield mark.text
  }
}

/** Maximum number of characters listed in the error. */
const NAMED = 12

/** @throws `certificate.glyph` with the characters that the font lacks, and a text that contains one */
export function checkGlyphs(texts: Iterable<Shown>, language: CertificateLanguage, hasGlyph: (codePoint: number) => boolean): void {
  const missing = new Map<string, string>()
  const known = new Set<number>()
  for (const shown of texts) {
    const languages = language === 'both' ? (['zh', 'en'] as const) : [language]
    for (const text of languages.map((one) => inLanguage(shown, one)))
      for (const character of text) {
        const codePoint = character.codePointAt(0) as number
        if (codePoint === 0x0a || known.has(codePoint)) continue
        if (hasGlyph(codePoint)) known.add(codePoint)
        else if (!missing.has(character)) missing.set(character, text)
      }
  }
  const [first] = missing
  if (first === undefined) return
  const characters = [...missing.keys()].slice(0, NAMED).map(named).join('、')
  throw fault('certificate.glyph', { characters, place: first[1].slice(0, 60) })
}

const named = (character: string): string =>
  `${character}（U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}）`
