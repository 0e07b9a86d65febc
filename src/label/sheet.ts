/** Labels on paper: sheets of A4 in a grid, or a roll of stickers, one a page. */

import { escapeMarkup } from '../base/markup.js'
import { checkArgument, checkOptions, isArrayOf, optional, octets as someOctets } from '../base/options.js'
import { fault, say } from './messages.js'
import { drawSticker, type LabelPictureOptions, PICTURE, svgOf } from './svg.js'

export interface LabelSheetOptions extends LabelPictureOptions {
  /** `A4`: as many stickers a page as fit within a margin of 10 mm. `roll`: a page a sticker, of its size. @default 'A4' */
  readonly paper?: 'A4' | 'roll'
  /** `html` prints page by page from any browser; `svg` is one picture, its pages one below the other. @default 'html' */
  readonly format?: 'html' | 'svg'
}

const A4 = { width: 210, height: 297 }
const MARGIN = 10
/** More on one sheet are no sheet any more. */
const MOST_LABELS = 10_000

const OPTIONS = {
  ...PICTURE,
  paper: optional({ is: (value) => value === 'A4' || value === 'roll', expected: { zh: 'A4 或 roll', en: 'A4 or roll' } }),
  format: optional({ is: (value) => value === 'html' || value === 'svg', expected: { zh: 'html 或 svg', en: 'html or svg' } }),
}

/**
 * Stickers on pages, as one file that needs no other.
 * @throws what `writeLabelSvg` throws; `label.sticker-large` where a sticker is larger than the page
 */
export function writeLabelSheet(labels: readonly Uint8Array[], options: LabelSheetOptions): string {
  const expected = { zh: '标签字节的数组', en: 'an array of the octets of labels' }
  checkArgument('writeLabelSheet', 'labels', labels, {
    is: (value) => isArrayOf(someOctets.is)(value) && (value as []).length <= MOST_LABELS,
    expected,
  })
  checkOptions('writeLabelSheet', options, OPTIONS)
  const { paper = 'A4', format = 'html', language = 'zh', ...picture } = options
  const stickers = labels.map((octets) => drawSticker(octets, { ...picture, language }))
  const { width = 40, height = 60 } = picture
  const page = paper === 'A4' ? A4 : { width, height }
  const room = paper === 'A4' ? MARGIN : 0
  const [columns, rows] = [Math.floor((page.width - 2 * room) / width), Math.floor((page.height - 2 * room) / height)]
  if (columns < 1 || rows < 1)
    throw fault('label.sticker-large', { given: `${width} × ${height}`, paper: `${page.width} × ${page.height}` })
  const pages: string[] = []
  for (let first = 0; first < stickers.length; first += columns * rows)
    pages.push(
      stickers
        .slice(first, first + columns * rows)
        .map(({ content, title }, at) => {
          const [x, y] = [room + (at % columns) * width, room + Math.floor(at / columns) * height]
          // Lines to cut along, outside the quiet zone: at the edge of the sticker.
          const edge = room > 0 ? `<rect width="${width}" height="${height}" fill="none" stroke="#bbb" stroke-width="0.1"/>` : ''
          return `<g transform="translate(${x} ${y})"><title>${escapeMarkup(title)}</title>${content}${edge}</g>`
        })
        .join(''),
    )
  if (format === 'svg') {
    const stacked = pages.map((content, at) => `<g transform="translate(0 ${at * page.height})">${content}</g>`).join('')
    return svgOf({ width: page.width, height: page.height * Math.max(1, pages.length) }, stacked)
  }
  const title = say('label.sheet-title', { count: labels.length })[language]
  const style = `@page{size:${page.width}mm ${page.height}mm;margin:0}html,body{margin:0;background:#fff}svg{display:block;break-after:page}svg:last-child{break-after:auto}`
  const body = pages.map((content) => svgOf(page, content)).join('\n')
  return `<!doctype html>\n<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${escapeMarkup(title)}</title><style>${style}</style></head><body>\n${body}\n</body></html>\n`
}
