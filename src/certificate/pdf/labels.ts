/** Writes labels as PDF: the same stickers as in HTML and SVG, their codes as vectors of the printed size. */
import { checkOptions, type OptionTable, octets } from '../../base/options.js'
import type { LabelPaperOptions } from '../../label/index.js'
import { checkLabels, claimsOf, layOutPages, PAPER, type PlacedSticker, paperOf, type StickerLine, titleOf } from '../../label/inside.js'
import { type Canvas, createCanvas, type Doc } from './canvas.js'
import { openDocument } from './document.js'
import { checkGlyphs } from './glyphs.js'

export interface LabelPdfOptions extends LabelPaperOptions {
  /** A TrueType or OpenType font with every character of the labels, as octets of its file; a subset of it is embedded. */
  readonly font: Uint8Array
}

const OPTIONS: OptionTable = { ...PAPER, font: octets }

/** Points in a millimetre. */
const MM = 72 / 25.4

/**
 * Writes labels as PDF/A-3a, on sheets of A4 or on a roll with one sticker a page: the sheet of `writeLabelSheet` for printing. Codes
 * are vectors; printed at 100 %, which the file requests from viewers, a module has exactly the requested size. The same labels, options and
 * font produce the same file, octet for octet. Needs the package pdfkit, which is loaded at the first call.
 * @throws the errors of `writeLabelSheet`; `certificate.glyph` if the font lacks a character, `certificate.font` if it cannot be read,
 *   `certificate.pdfkit` if pdfkit is not installed
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { writeLabelPdf } from 'tongheng/certificate'
 *
 * const print = (labels: readonly Uint8Array[], fontFile: string) =>
 *   writeLabelPdf(labels, { node: 'https://jl.example.cn', paper: 'roll', font: readFileSync(fontFile) })
 * typeof print // => 'function'
 * ```
 */
export async function writeLabelPdf(labels: readonly Uint8Array[], options: LabelPdfOptions): Promise<Uint8Array> {
  checkLabels('writeLabelPdf', labels)
  checkOptions('writeLabelPdf', options, OPTIONS)
  const { font, language = 'zh', ...rest } = options
  const paper: LabelPaperOptions = { ...rest, language }
  const { width, height } = paperOf(paper)
  const page = { width: width * MM, height: height * MM }
  const metadata = { ...summaryOf(labels), title: titleOf(labels, language) }
  const { doc, hasGlyph, finish } = await openDocument({ font, language, compress: true, page, ...metadata })
  const layout = layOutPages(labels, paper, measureOf(doc))
  const texts = layout.pages.flat().flatMap(({ sticker }) => [sticker.title, ...sticker.lines.map(({ text }) => text)])
  checkGlyphs(texts, language, hasGlyph)
  printAtFullSize(doc)
  const canvas = createCanvas(doc)
  layout.pages.forEach((stickers, at) => {
    if (at > 0) doc.addPage()
    canvas.group('Sect', () => {
      for (const placed of stickers) drawSticker(canvas, placed, layout.hasEdges)
    })
  })
  canvas.end()
  return finish()
}

/** Metadata of the file: the signers of the labels, and the time of the latest signature. */
function summaryOf(labels: readonly Uint8Array[]) {
  const signed = labels.map(claimsOf)
  const last = signed.reduce((latest, { iat }) => Math.max(latest, iat), 0)
  return { author: [...new Set(signed.map(({ iss }) => iss))].join(', '), when: new Date(last * 1000) }
}

const measureOf =
  (doc: Doc) =>
  (text: string): number => {
    doc.fontSize(1000)
    return doc.widthOfString(text) / 1000
  }

/** Asks viewers not to scale pages: scaled to its margins, a page has modules that are too small for phones. */
function printAtFullSize(doc: Doc): void {
  const root = (doc as unknown as { readonly _root: { readonly data: { readonly ViewerPreferences?: { readonly data: object } } } })._root
  Object.assign(root.data.ViewerPreferences?.data ?? {}, { PrintScaling: 'None' })
}

function drawSticker(canvas: Canvas, { sticker, x, y }: PlacedSticker, hasEdge: boolean): void {
  const { doc } = canvas
  const { width, height, code, lines, title } = sticker
  if (hasEdge) {
    doc.markContent('Artifact', { type: 'Layout' })
    doc
      .lineWidth(0.1 * MM)
      .strokeColor('#bbbbbb')
      .rect(x * MM, y * MM, width * MM, height * MM)
      .stroke()
    doc.endMarkedContent()
  }
  canvas.group('Sect', () => {
    canvas.tagged(
      'Figure',
      () => {
        doc
          .save()
          .translate((x + code.x) * MM, (y + code.y) * MM)
          .scale(code.module * MM)
        doc.path(code.path).fill('#000000')
        doc.restore()
      },
      { alt: title },
    )
    for (const line of lines) canvas.tagged('P', () => drawLine(doc, line, x, y))
  })
}

/** Width of the outline that makes text bold, so that only one font is embedded. */
const OUTLINE = 0.035

function drawLine(doc: Doc, { text, font, weight, ...at }: StickerLine, x: number, y: number): void {
  const size = font * MM
  const isBold = weight === 700
  doc
    .fontSize(size)
    .fillColor('#000000')
    .strokeColor('#000000')
    .lineWidth(size * OUTLINE)
  const left = (x + at.x) * MM - doc.widthOfString(text) / 2
  doc.text(text, left, (y + at.y) * MM, { lineBreak: false, baseline: 'alphabetic', fill: true, stroke: isBold })
}
