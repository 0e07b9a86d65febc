/** Lays out the sticker of a label in millimetres: the code with its quiet zone, and below it the lines that people read. */

import type { Text } from '../base/message.js'
import { aText, type Expectation, optional } from '../base/options.js'
import { labelCode } from './code.js'
import { type LabelClaims, readClaims } from './label.js'
import { fault as labelFault, say as labelSay } from './messages.js'
import { readPacked } from './pack.js'
import { fault, say } from './sheet-messages.js'

export interface LabelPictureOptions {
  /** URL of the node whose page a camera opens, such as `https://jl.example.cn`. */
  readonly node: string
  /** Side of a module in millimetres, at least 0.4: phones read that, and it is four dots at 300 dpi. @default 0.4 */
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

/** A sticker with its origin at the upper left corner, in millimetres. */
export interface Sticker {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly claims: LabelClaims
  /** The dark modules: SVG path in units of a module, its origin, and the side of a module in millimetres. */
  readonly code: { readonly path: string; readonly x: number; readonly y: number; readonly module: number }
  /** Lines of text, each centred at `x` on its baseline `y`. */
  readonly lines: readonly StickerLine[]
}

export interface StickerLine {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly font: number
  readonly weight: 400 | 700
}

/** Measures the width of a text in em. */
export type Measure = (text: string) => number

/** @throws `label.damaged` if the octets are not a label */
export function claimsOf(octets: Uint8Array): LabelClaims {
  const claims = readClaims(readPacked(octets).claims)
  if (typeof claims === 'string') throw labelFault('label.damaged', { reason: labelSay('label.reason-shape', { path: claims }) })
  return claims
}

/**
 * @param measure width of a text in the font that draws it; by default an estimate that is wide enough for common fonts
 * @throws `label.damaged` if the octets are not a label, `label.node-address`, `label.sticker-small` if it does not fit
 */
export function layOutSticker(octets: Uint8Array, options: LabelPictureOptions, measure: Measure = emsOf): Sticker {
  const { node, module = LEAST_MODULE, width = 40, height = 60, language = 'zh' } = options
  const claims = claimsOf(octets)
  const { size, path } = labelCode(octets, node)
  const side = (size + 2 * QUIET) * module
  const lines = linesOf(claims, language).flatMap((line) => fitted(line, width - 2 * MARGIN, measure))
  const needed = { width: side, height: side + lines.reduce((sum, { pitch }) => sum + pitch, MARGIN) }
  if (needed.width > width || needed.height > height)
    throw fault('label.sticker-small', { needed: `${rounded(needed.width)} × ${rounded(needed.height)}`, given: `${width} × ${height}` })
  let below = side
  const placed = lines.map(({ text, font, pitch, weight }): StickerLine => {
    below += pitch
    return { text, x: rounded(width / 2), y: rounded(below - pitch * 0.25), font: rounded(font), weight }
  })
  return {
    width,
    height,
    title: `${say('label.sticker-title')[language]} ${claims.number}`,
    claims,
    code: { path, x: rounded((width - side) / 2 + QUIET * module), y: rounded(QUIET * module), module },
    lines: placed,
  }
}

const MARGIN = 1.5
const rounded = (value: number): number => Math.round(value * 1000) / 1000

interface Line {
  readonly text: string
  /** Font size in millimetres; smaller for a long line. */
  readonly font: number
  readonly pitch: number
  readonly weight: 400 | 700
}

/** Values that are compared by eye are printed large; the certificate number, for looking it up, is last. */
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

/** Minimum font size in millimetres that is legible at arm's length. */
const LEAST_FONT = 1.8
const isWide = (character: string): boolean => character >= '\u1100'
const emsOf: Measure = (text) => [...text].reduce((sum, character) => sum + (isWide(character) ? 1 : 0.62), 0)

/** Reduces the font size of a line that is too wide; splits it into several lines if the font would be too small. */
function fitted(line: Line, width: number, measure: Measure): Line[] {
  const font = Math.min(line.font, width / measure(line.text))
  if (font >= LEAST_FONT) return [{ ...line, font }]
  const characters = [...line.text]
  const half = Math.ceil(characters.length / 2)
  return [characters.slice(0, half), characters.slice(half)].flatMap((part) => fitted({ ...line, text: part.join('') }, width, measure))
}
