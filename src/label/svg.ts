/** The picture of a label: its code in the quiet zone that a scanner needs, and under it what people read with their eyes, in millimetres. */

import { correction, generate, mode } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { escapeMarkup } from '../base/markup.js'
import type { Text } from '../base/message.js'
import { aText, checkArgument, checkOptions, type Expectation, optional, octets as someOctets } from '../base/options.js'
import { type LabelClaims, readClaims } from './label.js'
import { fault, say } from './messages.js'
import { readPacked } from './pack.js'
import { labelUrl } from './text.js'

export interface LabelPictureOptions {
  /** Address of the node whose page a camera opens, as `https://jl.example.cn`. */
  readonly node: string
  /** Side of a module of the code in millimetres, 0.4 at least: what phones read, and four dots of a printer of 300 dpi. @default 0.4 */
  readonly module?: number
  /** Width of the sticker in millimetres. @default 40 */
  readonly width?: number
  /** Height of the sticker in millimetres. @default 60 */
  readonly height?: number
  /** @default zh */
  readonly language?: 'zh' | 'en'
}

const LEAST_MODULE = 0.4
/** ISO/IEC 18004 §6.3.8: four modules on each side. */
const QUIET = 4

const millimetres = (least: number): Expectation => ({
  is: (value) => typeof value === 'number' && value >= least && value <= 1000,
  expected: { zh: `毫米数，${least} 至 1000`, en: `millimetres from ${least} to 1000` },
  isOptional: true,
})
export const PICTURE = {
  node: aText,
  module: millimetres(LEAST_MODULE),
  width: millimetres(20),
  height: millimetres(20),
  language: optional({ is: (value) => value === 'zh' || value === 'en', expected: { zh: 'zh 或 en', en: 'zh or en' } }),
}

/** The code of a label: modules on a side without the quiet zone, the path of the dark ones in units of a module, and its text. */
export interface LabelCode {
  readonly size: number
  readonly path: string
  readonly text: string
}

/**
 * The code of a label, of error correction M at least: the address in octets, the number in digits, which take a third of the room.
 * @throws `label.node-address`
 */
export function labelCode(octets: Uint8Array, node: string): LabelCode {
  const text = labelUrl(octets, node)
  const digits = text.indexOf('#') + 1
  const code = generate(mode.multi(mode.ascii(text.slice(0, digits)), mode.numeric(text.slice(digits))), {
    minCorrectionLevel: correction.M,
  })
  return { size: code.size, path: toSvgPath(code), text }
}

/**
 * The sticker as an SVG document in millimetres, ready to print.
 * @throws `label.damaged` where the octets are no label, `label.node-address`, `label.sticker-small` where it does not fit
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
  const { width, height, content, title } = drawSticker(octets, options)
  return svgOf({ width, height }, `<title>${escapeMarkup(title)}</title>${content}`)
}

/** An SVG document in millimetres. */
export const svgOf = ({ width, height }: { readonly width: number; readonly height: number }, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" font-family="'Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif">${content}</svg>`

/** Content of the sticker, with its origin at the upper left corner. */
export function drawSticker(
  octets: Uint8Array,
  { node, module = LEAST_MODULE, width = 40, height = 60, language = 'zh' }: LabelPictureOptions,
) {
  const claims = readClaims(readPacked(octets).claims)
  if (typeof claims === 'string') throw fault('label.damaged', { reason: say('label.reason-shape', { path: claims }) })
  const { size, path } = labelCode(octets, node)
  const side = (size + 2 * QUIET) * module
  const lines = linesOf(claims, language).flatMap((line) => fitted(line, width - 2 * MARGIN))
  const needed = { width: side, height: side + lines.reduce((sum, { pitch }) => sum + pitch, MARGIN) }
  if (needed.width > width || needed.height > height)
    throw fault('label.sticker-small', { needed: `${rounded(needed.width)} × ${rounded(needed.height)}`, given: `${width} × ${height}` })
  const left = (width - side) / 2
  let below = side
  const texts = lines.map(({ text, font, pitch, weight }) => {
    below += pitch
    return `<text x="${rounded(width / 2)}" y="${rounded(below - pitch * 0.25)}" font-size="${rounded(font)}" font-weight="${weight}" text-anchor="middle">${escapeMarkup(text)}</text>`
  })
  const code = `<path transform="translate(${rounded(left + QUIET * module)} ${rounded(QUIET * module)}) scale(${module})" d="${path}" shape-rendering="crispEdges"/>`
  const title = `${say('label.sticker-title')[language]} ${claims.number}`
  return { width, height, title, content: `<rect width="${width}" height="${height}" fill="#fff"/>${code}${texts.join('')}` }
}

const MARGIN = 1.5
const rounded = (value: number): number => Math.round(value * 1000) / 1000

interface Line {
  readonly text: string
  /** Size of the characters in millimetres; smaller where the line is long. */
  readonly font: number
  readonly pitch: number
  readonly weight: 400 | 700
}

/** What is compared by eye comes large; the number of the certificate last, by which a clerk looks it up. */
function linesOf({ outcome, plate, serial, constant, seals, verifiedOn, validUntil, number }: LabelClaims, language: 'zh' | 'en'): Line[] {
  const words = (text: Text): string => text[language]
  const line = (text: string, font = 2.4, weight: 400 | 700 = 400): Line => ({ text, font, pitch: font * 1.3, weight })
  const named = (code: Parameters<typeof say>[0], value: string): Line => line(words(say(code, { value })))
  return [
    line(words(say(outcome === 'pass' ? 'label.sticker-pass' : 'label.sticker-fail')), 3, 700),
    ...(plate === undefined ? [] : [line(plate, 4, 700)]),
    validUntil === undefined ? named('label.sticker-verified', verifiedOn) : named('label.sticker-valid', validUntil),
    ...(serial === undefined ? [] : [named('label.sticker-serial', serial)]),
    ...(constant === undefined ? [] : [named('label.sticker-constant', constant)]),
    ...(seals === undefined ? [] : [named('label.sticker-seals', seals.join(' '))]),
    named('label.sticker-number', number),
  ]
}

/** Smallest characters that people read at arm's length, in millimetres. */
const LEAST_FONT = 1.8
const isWide = (character: string): boolean => character >= '\u1100'
const emsOf = (text: string): number => [...text].reduce((sum, character) => sum + (isWide(character) ? 1 : 0.62), 0)

/** The line in smaller characters where it is too wide, and in several lines where those would be too small. */
function fitted(line: Line, width: number): Line[] {
  const font = Math.min(line.font, width / emsOf(line.text))
  if (font >= LEAST_FONT) return [{ ...line, font }]
  const characters = [...line.text]
  const half = Math.ceil(characters.length / 2)
  return [characters.slice(0, half), characters.slice(half)].flatMap((part) => fitted({ ...line, text: part.join('') }, width))
}
