/** Quantities and ranges as people type them: `0.1 %`, `0..500 N.m`. */
import { isDecimal } from '../../base/decimal.js'
import { foldWidth } from '../../base/fold.js'
import { unitOf } from '../../catalogue/index.js'
import type { StatedRange } from '../../joint/index.js'
import { fault } from './messages.js'

const RANGE = /^(\S+?)\s*(?:\.\.|~|～|…|至|to)\s*(\S+?)\s*([^\s\d]\S*)$/
const QUANTITY = /^([+-]?[\d.]+)\s*([^\s\d]\S*)$/

/** @throws `cli.joint-quantity` */
export function rangeOf(text: string): StatedRange {
  const [, lower = '', upper = '', unit = ''] = RANGE.exec(foldWidth(text).trim()) ?? []
  if (!isDecimal(lower) || !isDecimal(upper) || unitOf(unit) === undefined)
    throw fault('cli.joint-quantity', { text: text.slice(0, 60), example: '0..500 N.m' })
  return { lower, upper, unit }
}

/** @throws `cli.joint-quantity` */
export function quantityOf(text: string): { readonly value: string; readonly unit: string } {
  const [, value = '', unit = ''] = QUANTITY.exec(foldWidth(text).trim()) ?? []
  if (!isDecimal(value) || unitOf(unit) === undefined) throw fault('cli.joint-quantity', { text: text.slice(0, 60), example: '0.1 %' })
  return { value, unit }
}
