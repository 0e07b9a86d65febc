/** Opens a pdfkit document with the common settings: PDF/A-3a, tagged, one font, deterministic output. */
import { concat } from '../../base/concat.js'
import { fault } from '../messages.js'
import { type Doc, PAGE } from './canvas.js'

export interface DocumentOptions {
  readonly font: Uint8Array
  readonly language: 'zh' | 'en'
  readonly compress: boolean
  readonly title: string
  readonly author: string
  /** Time in the metadata, in place of the current time, so that equal input produces equal files. */
  readonly when: Date
  /** Size in points. @default A4 with the margins of a certificate */
  readonly page?: { readonly width: number; readonly height: number }
}

export interface OpenDocument {
  readonly doc: Doc
  hasGlyph(codePoint: number): boolean
  /** Ends the document and returns the octets of the file. */
  finish(): Promise<Uint8Array>
}

/** @throws `certificate.pdfkit` if pdfkit is not installed, `certificate.font` if the font cannot be read */
export async function openDocument({ font, language, compress, title, author, when, page }: DocumentOptions): Promise<OpenDocument> {
  const { default: PDFDocument } = await import('pdfkit').catch((cause: unknown) => {
    throw fault('certificate.pdfkit', {}, { cause })
  })
  const margins = page === undefined ? MARGINS : NO_MARGINS
  try {
    const doc = new PDFDocument({
      size: page === undefined ? 'A4' : [page.width, page.height],
      margins,
      bufferPages: true,
      compress,
      pdfVersion: '1.7',
      subset: 'PDF/A-3a',
      tagged: true,
      lang: language === 'zh' ? 'zh-CN' : 'en',
      displayTitle: true,
      font: font as unknown as string,
      info: {
        Title: inMetadata(title),
        Author: inMetadata(author),
        Creator: 'tongheng',
        Producer: 'tongheng, PDFKit',
        CreationDate: when,
        ModDate: when,
      },
    })
    return { doc, hasGlyph: (codePoint) => hasGlyph(doc, codePoint), finish: collector(doc) }
  } catch (cause) {
    throw fault('certificate.font', { reason: cause instanceof Error ? cause.message.slice(0, 200) : 'unknown' }, { cause: cause as Error })
  }
}

const MARGINS = { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.left, right: PAGE.right }
const NO_MARGINS = { top: 0, bottom: 0, left: 0, right: 0 }

function collector(doc: Doc): () => Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  doc.on('data', (part: Uint8Array) => parts.push(part))
  return async () => {
    await new Promise<void>((done, failed) => {
      doc.once('end', done)
      doc.once('error', failed)
      doc.end()
    })
    return concat(
      parts,
      parts.reduce((sum, { length }) => sum + length, 0),
    )
  }
}

/** Replaces markup characters, because pdfkit writes metadata into XML without escaping. */
const inMetadata = (text: string): string => text.replaceAll('&', '＆').replaceAll('<', '＜').replaceAll('>', '＞')

interface FontOfPdfkit {
  readonly _font?: { readonly font?: { hasGlyphForCodePoint(codePoint: number): boolean } }
}
function hasGlyph(doc: Doc, codePoint: number): boolean {
  const { font } = (doc as unknown as FontOfPdfkit)._font ?? {}
  if (font === undefined) throw fault('certificate.font', { reason: 'no glyph table' })
  return font.hasGlyphForCodePoint(codePoint)
}
