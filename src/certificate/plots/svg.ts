/** Writes a scene as a self-contained SVG text, without scripts and external references. */

import { escapeMarkup } from '../../base/markup.js'
import { inLanguage } from '../content/model.js'
import { type Mark, type Point, type Scene, SHADES } from './scene.js'

export function sceneSvg(scene: Scene, language: 'zh' | 'en', id = 'plot'): string {
  const { width, height, title, description, marks } = scene
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-t ${id}-d" font-family="'Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"><title id="${id}-t">${escapeMarkup(title[language])}</title><desc id="${id}-d">${escapeMarkup(description[language])}</desc>${marks.map((mark) => markSvg(mark, language)).join('')}</svg>`
}

const path = (points: readonly Point[]): string => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`

function markSvg(mark: Mark, language: 'zh' | 'en'): string {
  if (mark.type === 'text') {
    const { at, text, size, anchor, turn } = mark
    const place = turn === undefined ? `x="${at[0]}" y="${at[1]}"` : `transform="translate(${at[0]} ${at[1]}) rotate(${turn})"`
    return `<text ${place} font-size="${size}" text-anchor="${anchor}" fill="${SHADES.ink}">${escapeMarkup(inLanguage(text, language))}</text>`
  }
  const colour = SHADES[mark.shade]
  if (mark.type === 'dot') return `<circle cx="${mark.at[0]}" cy="${mark.at[1]}" r="${mark.radius}" fill="${colour}"/>`
  if (mark.type === 'area') return `<path d="${path(mark.points)}Z" fill="${colour}"/>`
  const dash = mark.dash === undefined ? '' : ` stroke-dasharray="${mark.dash.join(' ')}"`
  return `<path d="${path(mark.points)}" fill="none" stroke="${colour}" stroke-width="${mark.width}"${dash}/>`
}
