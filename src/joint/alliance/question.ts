/** Parses a question to the capability directory from typed words: `转矩`, `0..500 N.m`, `0.1 %`. */
import { compare, isDecimal, isZero, parseDecimal } from '../../base/decimal.js'
import { foldWidth } from '../../base/fold.js'
import { unitOf } from '../../catalogue/index.js'
import { fault } from '../messages.js'
import type { StatedRange } from '../ranges.js'

const RANGE = /^(\S+?)\s*(?:\.\.|~|～|…|至|to)\s*(\S+?)\s*([^\s\d]\S*)$/
const QUANTITY = /^([+-]?[\d.]+)\s*([^\s\d]\S*)$/
const MAX_SHOWN = 60

/** Returns the code of a unit. Certificates print a product with a middle dot, UCUM with a full stop. */
const unitIn = (text: string): string | undefined => unitOf(text.replace(/[·⋅]/g, '.'))?.code

const unread = (text: string, example: string): Error => fault('joint.quantity-unread', { text: text.slice(0, MAX_SHOWN), example })

/** Parses the quantity or instrument to be measured. @throws `joint.question-empty` */
export function canOf(text: string): string {
  if (text.trim() === '') throw fault('joint.question-empty', {})
  return text.trim()
}

/** @throws `joint.quantity-unread`, `joint.range-order` */
export function rangeOf(text: string): StatedRange {
  const [, lower = '', upper = '', unit = ''] = RANGE.exec(foldWidth(text).trim()) ?? []
  const code = unitIn(unit)
  if (!isDecimal(lower) || !isDecimal(upper) || code === undefined) throw unread(text, '0..500 N.m')
  if (compare(parseDecimal(lower), parseDecimal(upper)) > 0) throw fault('joint.range-order', { lower, upper })
  return { lower, upper, unit: code }
}

/** Parses the largest acceptable uncertainty. @throws `joint.quantity-unread`, `joint.uncertainty-positive` */
export function uncertaintyOf(text: string): { readonly value: string; readonly unit: string } {
  const [, value = '', unit = ''] = QUANTITY.exec(foldWidth(text).trim()) ?? []
  const code = unitIn(unit)
  if (!isDecimal(value) || code === undefined) throw unread(text, '0.1 %')
  const stated = parseDecimal(value)
  if (stated.coefficient < 0n || isZero(stated)) throw fault('joint.uncertainty-positive', { value })
  return { value, unit: code }
}
