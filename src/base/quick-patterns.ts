/**
 * A fast pre-check of a pattern: true if the text certainly matches. Nearly all text is printable ASCII and Chinese, and a short
 * loop costs a fraction of a regular expression; uncertain texts are tested with the pattern itself. A test compares each with its
 * pattern.
 */
import { isCivilDate } from './date.js'
import { DECIMAL_PATTERN } from './decimal.js'
import { DATE, LINE, PARAGRAPH, SLUG, USCC } from './patterns.js'

export const quickPatterns: ReadonlyMap<RegExp, (text: string) => boolean> = new Map([
  [LINE, isPlain],
  [PARAGRAPH, isPlain],
  [DATE, isCivilDate],
  [DECIMAL_PATTERN, isShortDecimal],
  [SLUG, isWords],
  [USCC, isCode],
])

/**
 * Printable ASCII, Chinese punctuation, kana and the main block of Chinese characters (except the Hangul filler), full-width forms
 * of ASCII.
 */
export function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isUsual = code < 0x7f ? code >= 0x20 : (code >= 0x3000 && code <= 0x9fff && code !== 0x3164) || (code >= 0xff01 && code <= 0xff5e)
    if (!isUsual) return false
  }
  return text.length > 0
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** At most fifteen characters: digits with at most one point, no leading zero except before the point. */
function isShortDecimal(text: string): boolean {
  const { length } = text
  if (length > 15) return false
  let at = text.charCodeAt(0) === 0x2d ? 1 : 0
  const first = at
  while (at < length && isDigit(text.charCodeAt(at))) at++
  if (at === first || (at > first + 1 && text.charCodeAt(first) === 0x30)) return false
  if (at === length) return true
  if (text.charCodeAt(at) !== 0x2e) return false
  const fraction = ++at
  while (at < length && isDigit(text.charCodeAt(at))) at++
  return at === length && at > fraction
}

/** Lower-case words separated by single hyphens. */
function isWords(text: string): boolean {
  let letter = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x61 && code <= 0x7a) letter = true
    else if (code === 0x2d && letter) letter = false
    else return false
  }
  return letter
}

/** Digits with at most a few of the unambiguous letters, as in most codes. */
function isCode(text: string): boolean {
  if (text.length !== 18) return false
  for (let i = 0; i < 18; i++) {
    const code = text.charCodeAt(i)
    if (isDigit(code)) continue
    if (i > 1 && i < 8) return false
    // A–H, J–N, P–R, T, U, W–Y
    const letter = code >= 0x41 && code <= 0x59 && code !== 0x49 && code !== 0x4f && code !== 0x53 && code !== 0x56
    if (!letter) return false
  }
  return true
}
