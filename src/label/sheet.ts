/** Lays out labels on sheets of A4 in a grid, or on a roll with one sticker per page. */

import { escapeMarkup } from '../base/markup.js'
import { checkArgument, checkOptions, isArrayOf, optional, octets as someOctets } from '../base/options.js'
import { fault, say } from './sheet-messages.js'
import { type LabelPictureOptions, layOutSticker, type Measure, PICTURE, type Sticker } from './sticker.js'
import { drawSticker, svgOf } from './svg.js'

/** Layout of stickers on paper. */
export interface LabelPaperOptions extends LabelPictureOptions {
  /** `A4`: as many stickers per page as fit within a margin of 10 mm. `roll`: one page per sticker, of its size. @default 'A4' */
  readonly paper?: 'A4' | 'roll'
}

export interface LabelSheetOptions extends LabelPaperOptions {
  /** `html` prints page by page from any browser; `svg` is one picture, its pages one below the other. @default 'html' */
  readonly format?: 'html' | 'svg'
}

const A4 = { width: 210, height: 297 }
const MARGIN = 10
/** Maximum number of labels per file. */
const MAX_LABELS = 10_000

export const PAPER = {
  ...PICTURE,
  paper: optional({ is: (value) => value === 'A4' || value === 'roll', expected: { zh: 'A4 或 roll', en: 'A4 or roll' } }),
}
const OPTIONS = {
  ...PAPER,
  format: optional({ is: (value) => value === 'html' || value === 'svg', expected: { zh: 'html 或 svg', en: 'html or svg' } }),
}

/** @throws `verify.options` */
export function checkLabels(call: string, labels: unknown): void {
  const expected = { zh: '标签字节的数组', en: 'an array of the octets of labels' }
  checkArgument(call, 'labels', labels, {
    is: (value) => isArrayOf(someOctets.is)(value) && (value as []).length <= MAX_LABELS,
    expected,
  })
}

/** A sticker with its upper left corner on the page. */
export interface PlacedSticker {
  readonly sticker: Sticker
  readonly x: number
  readonly y: number
}

export interface LabelPages {
  /** Millimetres. */
  readonly page: { readonly width: number; readonly height: number }
  /** True to draw cutting lines around each sticker, outside its quiet zone. */
  readonly hasEdges: boolean
  readonly pages: readonly (readonly PlacedSticker[])[]
}

/** The page in millimetres. */
export const paperOf = ({ paper = 'A4', width = 40, height = 60 }: LabelPaperOptions) => (paper === 'A4' ? A4 : { width, height })

export const titleOf = (labels: readonly Uint8Array[], language: 'zh' | 'en'): string =>
  say('label.sheet-title', { count: labels.length })[language]

/** @throws the errors of `layOutSticker`; `label.sticker-large` if a sticker is larger than the page */
export function layOutPages(labels: readonly Uint8Array[], options: LabelPaperOptions, measure?: Measure): LabelPages {
  const { paper = 'A4', width = 40, height = 60 } = options
  const stickers = labels.map((octets) => layOutSticker(octets, options, measure))
  const page = paperOf(options)
  const room = paper === 'A4' ? MARGIN : 0
  const [columns, rows] = [Math.floor((page.width - 2 * room) / width), Math.floor((page.height - 2 * room) / height)]
  if (columns < 1 || rows < 1)
    throw fault('label.sticker-large', { given: `${width} × ${height}`, paper: `${page.width} × ${page.height}` })
  const pages: PlacedSticker[][] = []
  for (let first = 0; first < stickers.length; first += columns * rows)
    pages.push(
      stickers
        .slice(first, first + columns * rows)
        .map((sticker, at) => ({ sticker, x: room + (at % columns) * width, y: room + Math.floor(at / columns) * height })),
    )
  return { page, hasEdges: room > 0, pages }
}

/**
 * Writes stickers on pages as one self-contained file. For PDF use `writeLabelPdf` of `tongheng/certificate`.
 * @throws the errors of `writeLabelSvg`; `label.sticker-large` if a sticker is larger than the page
 */
export function writeLabelSheet(labels: readonly Uint8Array[], options: LabelSheetOptions): string {
  checkLabels('writeLabelSheet', labels)
  checkOptions('writeLabelSheet', options, OPTIONS)
  const { format = 'html', language = 'zh', ...rest } = options
  const { page, hasEdges, pages } = layOutPages(labels, { ...rest, language })
  const drawn = pages.map((stickers) =>
    stickers
      .map(({ sticker, x, y }) => {
        const { width, height } = sticker
        const edge = hasEdges ? `<rect width="${width}" height="${height}" fill="none" stroke="#bbb" stroke-width="0.1"/>` : ''
        return `<g transform="translate(${x} ${y})"><title>${escapeMarkup(sticker.title)}</title>${drawSticker(sticker)}${edge}</g>`
      })
      .join(''),
  )
  if (format === 'svg') {
    const stacked = drawn.map((content, at) => `<g transform="translate(0 ${at * page.height})">${content}</g>`).join('')
    return svgOf({ width: page.width, height: page.height * Math.max(1, drawn.length) }, stacked)
  }
  const style = `@page{size:${page.width}mm ${page.height}mm;margin:0}html,body{margin:0;background:#fff}svg{display:block;break-after:page}svg:last-child{break-after:auto}`
  const body = drawn.map((content) => svgOf(page, content)).join('\n')
  return `<!doctype html>\n<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${escapeMarkup(titleOf(labels, language))}</title><style>${style}</style></head><body>\n${body}\n</body></html>\n`
}
