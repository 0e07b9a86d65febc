/**
 * Exact decimals. A measured value is text from end to end: "0.10" is not "0.1", and 40.02 − 40 is exactly 0.02. Rounding follows
 * GB/T 8170—2008 (四舍六入五成双, half to even), to a decimal place or to an interval such as 0.2 or 5.
 */

import { BLANK } from './blank.js'
import { excerpt } from './excerpt.js'
import type { Text } from './message.js'
import { fault } from './messages.js'

/** Decimal text: optional minus, digits, optional fraction. No exponent, no plus sign, no leading zeros. */
export type DecimalText = string

/** coefficient × 10^−scale; the scale preserves trailing zeros. */
export interface Decimal {
  readonly coefficient: bigint
  readonly scale: number
}

/**
 * At most 20 digits and 50 decimal places, which bounds the cost of arithmetic: the inverse polynomials of ITS-90 go beyond 1E-40
 * when written out.
 */
export const DECIMAL_PATTERN = /^-?(?:0|[1-9]\d{0,19})(?:\.\d{1,50})?$/
const POWERS: bigint[] = Array.from({ length: 64 }, (_, n) => 10n ** BigInt(n))

const power = (n: number): bigint => POWERS[n] ?? 10n ** BigInt(n)

export const isDecimal = (text: string): boolean => DECIMAL_PATTERN.test(text)

/** Reasons why a text is not a decimal; the first match is reported. */
const REASONS: readonly (readonly [RegExp, Text])[] = [
  [/^$/, { zh: '是空的', en: 'it is empty' }],
  [new RegExp(`[${BLANK}]`), { zh: '有空格', en: 'there is a blank in it' }],
  [/[\uff01-\uff5e]/, { zh: '有全角字符', en: 'there are full-width characters in it' }],
  [/^[\u2010-\u2015\u2212]/, { zh: '负号请写“-”（U+002D）', en: 'the minus sign is “-” (U+002D)' }],
  [/^\+/, { zh: '不写正号', en: 'no plus sign is written' }],
  [/^-?[\d.]+(?:e|[×*]10)/i, { zh: '不用指数写法，请写出全部数字', en: 'no exponent is used; write all digits' }],
  [/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/, { zh: '不用千位分隔符', en: 'no thousands separator is used' }],
  [/,/, { zh: '小数点请写“.”', en: 'the decimal sign is “.”' }],
  [/^-?0\d/, { zh: '前面有多余的 0', en: 'it begins with a needless 0' }],
  [/^-?\./, { zh: '小数点前缺 0', en: 'there is no 0 before the point' }],
  [/^-?\d+\.$/, { zh: '小数点后没有数字', en: 'there is no digit after the point' }],
  [/^-?\d{21}/, { zh: '小数点前多于 20 位', en: 'there are more than 20 digits before the point' }],
  [/^-?\d+\.\d{51}/, { zh: '小数点后多于 50 位', en: 'there are more than 50 digits after the point' }],
  [/(?:)/, { zh: '只能有数字、一个小数点和负号', en: 'only digits, one point and a minus sign may stand in it' }],
]

/** Parameters of `decimal.syntax`: an excerpt of the text, and the reason. */
export const decimalFault = (text: string): { readonly text: string; readonly reason: Text } => ({
  text: excerpt(text, 60),
  reason: REASONS.find(([pattern]) => pattern.test(text))?.[1] as Text,
})

/** @throws `decimal.syntax` with the reason */
export function parseDecimal(text: DecimalText): Decimal {
  if (!DECIMAL_PATTERN.test(text)) throw fault('decimal.syntax', decimalFault(text))
  return readComputed(text)
}

/** Parses a decimal that we have computed, which may have more digits than the input profile allows. */
export function readComputed(text: DecimalText): Decimal {
  const point = text.indexOf('.')
  if (point === -1) return { coefficient: BigInt(text), scale: 0 }
  return { coefficient: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 }
}

/** Text with its scale: coefficient 10, scale 2 is "0.10". */
export function formatDecimal({ coefficient, scale }: Decimal): DecimalText {
  const negative = coefficient < 0n
  const digits = (negative ? -coefficient : coefficient).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`
  return negative ? `-${text}` : text
}

const at = (value: Decimal, scale: number): bigint => value.coefficient * power(scale - value.scale)

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { coefficient: at(a, scale) + at(b, scale), scale }
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { coefficient: at(a, scale) - at(b, scale), scale }
}

export const multiply = (a: Decimal, b: Decimal): Decimal => ({
  coefficient: a.coefficient * b.coefficient,
  scale: a.scale + b.scale,
})

export const negate = (a: Decimal): Decimal => ({ coefficient: -a.coefficient, scale: a.scale })

export const absolute = (a: Decimal): Decimal => (a.coefficient < 0n ? negate(a) : a)

/** Negative, zero or positive for a < b, a = b, a > b, regardless of the scale. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const difference = at(a, scale) - at(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const isZero = (a: Decimal): boolean => a.coefficient === 0n

/** Significant digits as written: leading zeros do not count, trailing ones do; "0.00" has none. */
export function significantDigits(value: Decimal): number {
  return value.coefficient === 0n ? 0 : absolute(value).coefficient.toString().length
}

/** Nearest integer to numerator / denominator (denominator > 0), ties to even (GB/T 8170—2008 §3.2). */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n
  const magnitude = negative ? -numerator : numerator
  let quotient = magnitude / denominator
  const twice = (magnitude % denominator) * 2n
  if (twice > denominator || (twice === denominator && (quotient & 1n) === 1n)) quotient += 1n
  return negative ? -quotient : quotient
}

/** Rounds to `scale` decimal places; a coarser value gains zeros. */
export function roundToScale(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { coefficient: at(value, scale), scale }
  return { coefficient: divideHalfEven(value.coefficient, power(value.scale - scale)), scale }
}

/** Rounds to a multiple of a rounding interval 修约间隔, such as 0.1, 0.2, 0.5 or 100 (GB/T 8170—2008 §3.3, §3.4). */
export function roundToInterval(value: Decimal, interval: Decimal): Decimal {
  if (interval.coefficient <= 0n) throw fault('decimal.interval', { interval: formatDecimal(interval) })
  const scale = Math.max(value.scale, interval.scale)
  const multiple = divideHalfEven(at(value, scale), at(interval, scale))
  return { coefficient: multiple * interval.coefficient, scale: interval.scale }
}
