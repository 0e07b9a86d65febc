/** Draws the content: the first page, the following ones, then the foot of each. */

import { DRAFT } from '../content/content.js'
import { type Block, type Content, inLanguage, isAlike, type Shown } from '../content/model.js'
import type { CertificateLanguage } from '../options.js'
import { type Mark, type Scene, SHADES } from '../plots/scene.js'
import { END, STATEMENT_ID } from '../words-of-page.js'
import { type Canvas, CONTENT_WIDTH, drawText, heightOf, PAGE } from './canvas.js'
import { drawTable, leastTableHeight, type TextTable } from './table.js'

export interface Pages {
  readonly content: Content
  readonly statementId?: string | undefined
  readonly language: CertificateLanguage
}

/** A text in the language of the document; in both, the English on a separate line. */
function linesIn(shown: Shown, language: CertificateLanguage): string {
  if (language !== 'both') return inLanguage(shown, language)
  const [zh, en] = [inLanguage(shown, 'zh'), inLanguage(shown, 'en')]
  return isAlike(zh, en) ? zh : `${zh}\n${en}`
}

const SOFT = '#4a5663'
const ACCENT = '#7a1f1f'

export function drawPages(canvas: Canvas, pages: Pages): void {
  const { content, statementId, language } = pages
  const one = language === 'en' ? 'en' : 'zh'
  if (statementId === undefined) drawNotice(canvas, linesIn(DRAFT, language))
  drawTitle(canvas, pages)
  canvas.group('Sect', () => {
    drawBlocks(canvas, content.cover, language)
  })
  canvas.newPage()
  canvas.group('Sect', () => {
    drawBlocks(canvas, content.inner, language)
  })
  drawEnd(canvas, pages)
  drawFeet(canvas, content, one)
}

/** Lowest position of the last lines, which may use the bottom margin so that no page has only the end mark. */
const LOWEST = PAGE.height - 46

/** Draws the id of the record, then the end mark, after which nothing is printed. */
function drawEnd(canvas: Canvas, { statementId, language }: Pages): void {
  const one = language === 'en' ? 'en' : 'zh'
  const [id, mark] = [{ size: 8, colour: SOFT }, { size: 9, align: 'center', colour: SOFT } as const]
  const end = linesIn(END, language)
  const said = statementId === undefined ? undefined : `${inLanguage(STATEMENT_ID, one)}${colon(one)}${statementId}`
  const height = heightOf(canvas, end, mark) + (said === undefined ? 0 : heightOf(canvas, said, id) + 4) + 4
  // Blocks end at the margin at the latest, so the space after the last block does not count.
  if (Math.min(canvas.y, PAGE.height - PAGE.bottom) + height > LOWEST) canvas.newPage()
  canvas.y = Math.min(canvas.y, LOWEST - height)
  const { margins } = canvas.doc.page
  const { bottom } = margins
  margins.bottom = PAGE.height - LOWEST - 4
  if (said !== undefined)
    canvas.tagged('P', () => {
      canvas.y = drawText(canvas, said, canvas.y, id) + 4
    })
  canvas.tagged('P', () => {
    canvas.y = drawText(canvas, end, canvas.y + 4, mark)
  })
  margins.bottom = bottom
}

const colon = (language: 'zh' | 'en'): string => (language === 'zh' ? '：' : ': ')

/** Draws blocks; a heading moves to the next page together with the block after it. */
function drawBlocks(canvas: Canvas, blocks: readonly Block[], language: CertificateLanguage): void {
  blocks.forEach((block, at) => {
    const next = blocks[at + 1]
    if (block.type === 'heading' && next !== undefined)
      canvas.room(heightOf(canvas, linesIn(block.text, language), { size: 12.5 }) + 12 + leastHeight(canvas, next, language))
    drawBlock(canvas, block, language)
  })
}

/** Height in points that the beginning of a block needs on a page. */
function leastHeight(canvas: Canvas, block: Block, language: CertificateLanguage): number {
  if (block.type === 'table') return leastTableHeight(canvas, tableIn(block, language))
  if (block.type === 'plot') return block.scene.height * Math.min(1, CONTENT_WIDTH / block.scene.width) + 24
  return 60
}

function tableIn(
  { table: { caption, head, rows, notes = [] } }: Extract<Block, { type: 'table' }>,
  language: CertificateLanguage,
): TextTable {
  const inAll = (texts: readonly Shown[]): string[] => texts.map((text) => linesIn(text, language))
  return { caption: linesIn(caption, language), head: inAll(head), rows: rows.map(inAll), notes: inAll(notes) }
}

function drawNotice(canvas: Canvas, text: string): void {
  canvas.tagged('P', () => {
    canvas.y = drawText(canvas, text, canvas.y, { size: 12, align: 'center', colour: ACCENT }) + 8
  })
}

function drawTitle(canvas: Canvas, { content: { issuer, title, number }, language }: Pages): void {
  canvas.tagged('P', () => {
    canvas.y = drawText(canvas, issuer, canvas.y + 10, { size: 14, align: 'center' }) + 10
  })
  canvas.tagged('H1', () => {
    const spacing = language === 'zh' ? 6 : 0
    canvas.y = drawText(canvas, linesIn(title, language), canvas.y, { size: language === 'zh' ? 26 : 20, align: 'center', spacing }) + 8
  })
  canvas.tagged('P', () => {
    const one = language === 'en' ? 'en' : 'zh'
    canvas.y =
      drawText(canvas, `${inLanguage(number.label, one)}${colon(one)}${number.value}`, canvas.y, { size: 12, align: 'center' }) + 10
    canvas.doc
      .lineWidth(1.5)
      .strokeColor(ACCENT)
      .moveTo(PAGE.left, canvas.y)
      .lineTo(PAGE.width - PAGE.right, canvas.y)
      .stroke()
    canvas.y += 14
  })
}

function drawBlock(canvas: Canvas, block: Block, language: CertificateLanguage): void {
  if (block.type === 'heading') drawHeading(canvas, linesIn(block.text, language))
  if (block.type === 'text') drawParagraph(canvas, linesIn(block.text, language))
  if (block.type === 'notice') drawNotice(canvas, linesIn(block.text, language))
  if (block.type === 'fields') {
    const set = language === 'both' ? DENSE : WIDE
    for (const { label, value } of block.fields)
      drawField(canvas, { label: linesIn(label, language), value: linesIn(value, language) }, set)
    canvas.y += 10
  }
  if (block.type === 'table') drawTable(canvas, tableIn(block, language))
  if (block.type === 'code') drawCode(canvas, block, language)
  if (block.type === 'plot') drawScene(canvas, block.scene, language === 'en' ? 'en' : 'zh')
}

function drawHeading(canvas: Canvas, text: string): void {
  canvas.room(60)
  canvas.y += 6
  canvas.tagged('H2', () => {
    const end = drawText(canvas, text, canvas.y, { size: 12.5, x: PAGE.left + 8, width: CONTENT_WIDTH - 8 })
    canvas.doc.rect(PAGE.left, canvas.y + 1, 3, end - canvas.y - 2).fill(ACCENT)
    canvas.y = end + 5
  })
}

function drawParagraph(canvas: Canvas, text: string): void {
  canvas.room(Math.min(60, heightOf(canvas, text, { size: 10 })))
  canvas.tagged('P', () => {
    canvas.y = drawText(canvas, text, canvas.y, { size: 10 }) + 6
  })
}

/** Side of a module in points: 0.45 mm. */
const MODULE = 1.276

function drawCode(canvas: Canvas, { size, path, caption }: Extract<Block, { type: 'code' }>, language: CertificateLanguage): void {
  const side = size * MODULE
  canvas.room(side + 30)
  const { doc } = canvas
  const alt = inLanguage(caption, language === 'en' ? 'en' : 'zh')
  canvas.tagged(
    'Figure',
    () => {
      doc
        .save()
        .translate(PAGE.left + (CONTENT_WIDTH - side) / 2, canvas.y + 4 * MODULE)
        .scale(MODULE)
      doc.path(path).fill('#000000')
      doc.restore()
    },
    { alt },
  )
  canvas.y += side + 8 * MODULE
  canvas.tagged('P', () => {
    canvas.y = drawText(canvas, linesIn(caption, language), canvas.y, { size: 9, align: 'center', colour: SOFT }) + 6
  })
}

const LABEL_WIDTH = 150

/** Spacing of fields. In two languages each field has two lines, so they are closer, which keeps the first page on one sheet. */
const WIDE = { size: 10, apart: 8 }
const DENSE = { size: 8, apart: 4 }

function drawField(
  canvas: Canvas,
  { label, value }: { readonly label: string; readonly value: string },
  { size, apart }: typeof WIDE,
): void {
  const [left, right] = [
    { size, width: LABEL_WIDTH - 10, colour: SOFT },
    { size: size + 0.5, x: PAGE.left + LABEL_WIDTH, width: CONTENT_WIDTH - LABEL_WIDTH },
  ]
  const height = Math.max(heightOf(canvas, label, left), heightOf(canvas, value, right)) + apart
  canvas.room(Math.min(height, 400))
  const top = canvas.y + apart / 2
  let end = top
  canvas.group('Div', () => {
    canvas.tagged('P', () => {
      end = drawText(canvas, label, top, left)
    })
    canvas.tagged('P', () => {
      end = Math.max(drawText(canvas, value, top, right), height > 400 ? 0 : end)
      canvas.doc
        .lineWidth(0.4)
        .strokeColor('#c3cad1')
        .moveTo(PAGE.left, end + apart / 2 - 1)
        .lineTo(PAGE.width - PAGE.right, end + apart / 2 - 1)
        .stroke()
    })
  })
  canvas.y = end + apart / 2
}

function drawScene(canvas: Canvas, scene: Scene, language: 'zh' | 'en'): void {
  const factor = Math.min(1, CONTENT_WIDTH / scene.width)
  canvas.room(scene.height * factor + 24)
  canvas.tagged('P', () => {
    canvas.y = drawText(canvas, scene.title[language], canvas.y, { size: 10, align: 'center' }) + 2
  })
  const { doc } = canvas
  const alt = scene.description[language]
  canvas.tagged(
    'Figure',
    () => {
      doc
        .save()
        .translate(PAGE.left + (CONTENT_WIDTH - scene.width * factor) / 2, canvas.y)
        .scale(factor)
      for (const mark of scene.marks) drawMark(canvas, mark, language)
      doc.restore()
    },
    { alt },
  )
  canvas.y += scene.height * factor + 10
}

function drawMark({ doc }: Canvas, mark: Mark, language: 'zh' | 'en'): void {
  if (mark.type === 'text') {
    const { at, text, size, anchor, turn = 0 } = mark
    const shown = inLanguage(text, language)
    doc.save().translate(at[0], at[1]).rotate(turn).fontSize(size).fillColor(SHADES.ink)
    const width = doc.widthOfString(shown)
    const x = { start: 0, middle: -width / 2, end: -width }[anchor]
    doc.text(shown, x, 0, { lineBreak: false, baseline: 'alphabetic' }).restore()
    return
  }
  const colour = SHADES[mark.shade]
  if (mark.type === 'dot') {
    doc.circle(mark.at[0], mark.at[1], mark.radius).fill(colour)
    return
  }
  const [first, ...rest] = mark.points
  doc.moveTo(first?.[0] ?? 0, first?.[1] ?? 0)
  for (const [x, y] of rest) doc.lineTo(x, y)
  if (mark.type === 'area') doc.closePath().fill(colour)
  else {
    const [on = 0, off = 0] = mark.dash ?? []
    if (on > 0) doc.dash(on, { space: off })
    doc.lineWidth(mark.width).strokeColor(colour).stroke().undash()
  }
}

/** Draws 第 n 页 共 m 页 and the number of the document on every page, as artifacts outside the structure tree. */
function drawFeet({ doc }: Canvas, { number }: Content, language: 'zh' | 'en'): void {
  const { start, count } = doc.bufferedPageRange()
  for (let n = 0; n < count; n++) {
    doc.switchToPage(start + n)
    const { margins } = doc.page
    const bottom = margins.bottom
    // pdfkit would begin another page for text below the margin.
    margins.bottom = 0
    doc.markContent('Artifact', { type: 'Pagination' })
    doc.fontSize(8.5).fillColor(SOFT)
    const y = PAGE.height - 42
    doc.text(number.value, PAGE.left, y, { lineBreak: false })
    const foot = language === 'zh' ? `第 ${n + 1} 页 共 ${count} 页` : `Page ${n + 1} of ${count}`
    doc.text(foot, PAGE.width - PAGE.right - doc.widthOfString(foot), y, { lineBreak: false })
    doc.endMarkedContent()
    margins.bottom = bottom
  }
}
