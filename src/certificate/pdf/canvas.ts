/**
 * A canvas for tagged pages over pdfkit: text and lines are elements of the structure tree (Document, H1, H2, P, Table …), everything else is
 * an artifact (PDF/A-3, level A). Pages are buffered until their number is known.
 */
import type PDFDocument from 'pdfkit'

export type Doc = InstanceType<typeof PDFDocument>
type Element = ReturnType<Doc['struct']>

/** A4 and its margins, in points. */
export const PAGE = { width: 595.28, height: 841.89, left: 54, right: 54, top: 64, bottom: 64 } as const
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right
export const CONTENT_HEIGHT = PAGE.height - PAGE.top - PAGE.bottom

export interface Canvas {
  readonly doc: Doc
  /** Position of the next block, in points from the top of the page. */
  y: number
  /** Draws inside a new element of this type, a child of the current one. */
  tagged(type: string, draw: () => void, options?: { readonly alt?: string; readonly scope?: string }): void
  /** Opens an element that contains other elements. */
  group(type: string, draw: () => void): void
  /** Begins a page if a block of this height does not fit on the current one. */
  room(height: number): void
  newPage(): void
  /** Ends the structure tree; call it after the last block. */
  end(): void
}

export function createCanvas(doc: Doc): Canvas {
  const root = doc.struct('Document')
  doc.addStructure(root)
  const open: Element[] = [root]
  const inner = (): Element => open.at(-1) as Element
  const canvas: Canvas = {
    doc,
    y: PAGE.top,
    tagged(type, draw, options = {}) {
      const element = doc.struct(type as 'P', options as object, draw)
      inner().add(element)
      element.end()
    },
    group(type, draw) {
      const element = doc.struct(type as 'Sect')
      inner().add(element)
      open.push(element)
      draw()
      open.pop()
      element.end()
    },
    room(height) {
      if (canvas.y + height > PAGE.height - PAGE.bottom && canvas.y > PAGE.top) canvas.newPage()
    },
    newPage() {
      doc.addPage()
      canvas.y = PAGE.top
    },
    end: () => root.end(),
  }
  return canvas
}

export interface TextOptions {
  readonly x?: number
  readonly width?: number
  readonly size: number
  readonly align?: 'left' | 'center' | 'right'
  readonly colour?: string
  readonly spacing?: number
}

/** Height of a text in points. */
export function heightOf({ doc }: Canvas, text: string, { width = CONTENT_WIDTH, size, spacing = 0 }: TextOptions): number {
  return doc.fontSize(size).heightOfString(text, { width, lineGap: lineGap(size), characterSpacing: spacing })
}

const lineGap = (size: number): number => Math.round(size * 0.12 * 100) / 100

/** Draws a text at position `y`, continued on further pages if necessary; returns the position of its end. */
export function drawText({ doc }: Canvas, text: string, y: number, options: TextOptions): number {
  const { x = PAGE.left, width = CONTENT_WIDTH, size, align = 'left', colour = '#1b2430', spacing = 0 } = options
  doc
    .fillColor(colour)
    .fontSize(size)
    .text(text, x, y, { width, align, lineGap: lineGap(size), characterSpacing: spacing })
  return doc.y
}
