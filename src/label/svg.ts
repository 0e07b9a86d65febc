/** Draws a label as SVG, in millimetres. */

import { escapeMarkup } from '../base/markup.js'
import { checkArgument, checkOptions, octets as someOctets } from '../base/options.js'
import { type LabelPictureOptions, layOutSticker, PICTURE, type Sticker } from './sticker.js'

/**
 * Writes the sticker as an SVG document in millimetres, ready to print.
 * @throws `label.damaged` if the octets are not a label, `label.node-address`, `label.sticker-small` if it does not fit
 * @example
 * ```ts
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 * import { signLabel, writeLabelSvg } from 'tongheng/label'
 *
 * const world = await createFakeAuthorities()
 * const record = await world.sign('CD', fixtures.F01.record)
 * const { octets } = await signLabel(record, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
 * writeLabelSvg(octets, { node: 'https://jl.example.cn' }).startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="60mm"') // => true
 * ```
 */
export function writeLabelSvg(octets: Uint8Array, options: LabelPictureOptions): string {
  checkArgument('writeLabelSvg', 'octets', octets, someOctets)
  checkOptions('writeLabelSvg', options, PICTURE)
  const sticker = layOutSticker(octets, options)
  return svgOf(sticker, `<title>${escapeMarkup(sticker.title)}</title>${drawSticker(sticker)}`)
}

/** An SVG document in millimetres. */
export const svgOf = ({ width, height }: { readonly width: number; readonly height: number }, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" font-family="'Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif">${content}</svg>`

/** Content of a sticker, with its origin at the upper left corner. */
export function drawSticker({ width, height, code, lines }: Sticker): string {
  const texts = lines.map(
    ({ text, x, y, font, weight }) =>
      `<text x="${x}" y="${y}" font-size="${font}" font-weight="${weight}" text-anchor="middle">${escapeMarkup(text)}</text>`,
  )
  const modules = `<path transform="translate(${code.x} ${code.y}) scale(${code.module})" d="${code.path}" shape-rendering="crispEdges"/>`
  return `<rect width="${width}" height="${height}" fill="#fff"/>${modules}${texts.join('')}`
}
