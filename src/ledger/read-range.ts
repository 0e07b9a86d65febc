/**
 * Parses printed ranges, limits and values: 0-4.0MPa, (0~4)MPa, -200～850℃, ±100Pa, MPE:±0.5%. A text that is not certain is
 * not parsed, and no missing part is assumed.
 */
import { compare, isDecimal, parseDecimal } from '../base/decimal.js'
import { foldWidth } from '../base/fold.js'
import { parsePrinted } from '../catalogue/index.js'
import type { Note } from './finding.js'

export interface PrintedRange {
  readonly lower?: string
  readonly upper?: string
  readonly unit: string
}
interface Ranges {
  readonly ranges?: readonly PrintedRange[]
  readonly notes: readonly Note[]
}
export interface PrintedLimits {
  readonly limits?: PrintedRange
  readonly accuracyClass?: string
  readonly notes: readonly Note[]
}
interface Values {
  readonly values?: readonly { readonly value: string; readonly unit: string }[]
  readonly notes: readonly Note[]
}

const NUMBER = '[-+]?\\d+(?:\\.\\d+)?'
const TILDE = '(?:~|～|∽|〜|至|到|…|—|–|--)'
const UNIT = '([^\\d\\s,;()][^,;()]*?)?'
/** Lower end, with or without a unit; a sign for “to”; upper end; unit. */
const SPAN = new RegExp(`^\\(?\\s*(${NUMBER})\\s*${UNIT}\\s*(?:${TILDE}|-)\\s*(${NUMBER})\\s*\\)?\\s*${UNIT}$`)
const SYMMETRIC = new RegExp(`^\\(?\\s*(?:±|\\+\\/-|\\+-)\\s*(\\d+(?:\\.\\d+)?)\\s*\\)?\\s*${UNIT}$`)
const SINGLE = new RegExp(`^(${NUMBER})\\s*${UNIT}$`)
const UP_TO = new RegExp(`^(?:≤|<=|不大于|不超过|Max|MAX|最大)\\s*(\\d+(?:\\.\\d+)?)\\s*${UNIT}$`)

const plain = (text: string): string => foldWidth(text).replace(/[−－]/g, '-').replace(/\s+/g, ' ').trim()
const decimal = (text: string): string | undefined => {
  const bare = text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1')
  return isDecimal(bare) ? bare : undefined
}

const FROM = new RegExp(`^(?:≥|>=|不小于)\\s*(${NUMBER})\\s*${UNIT}$`)

/** The UCUM code of a printed unit; undefined if it is not known. */
const units = new Map<string, string | undefined>()
export function unitCodeOf(printed: string): string | undefined {
  const known = units.get(printed)
  if (known !== undefined || units.has(printed)) return known
  const read = parsePrinted(printed.replace(/\s/g, ''))
  const code = read.fault === undefined ? read.unit.code : undefined
  if (units.size > 1000) units.clear()
  units.set(printed, code)
  return code
}

type WithUnit = { readonly unit: string } | { readonly note: Note }
function unitIn(text: string, own: string | undefined, apart: string | undefined): WithUnit {
  const printed = own?.trim() || apart
  if (printed === undefined || printed === '') return { note: { code: 'ledger.unit-missing', params: { text } } }
  const unit = unitCodeOf(printed)
  return unit === undefined ? { note: { code: 'ledger.unit-unknown', params: { unit: printed } } } : { unit }
}

/** Splits a cell that lists several values: 0-1MPa；0-4MPa, or one per line. */
const pieces = (text: string): string[] =>
  text
    .split(/[\n;；、]|[,，](?!\d{3}(?:\D|$))/)
    .map(plain)
    .filter((piece) => piece !== '')

export function readRange(text: string, apart?: string): Ranges {
  const ranges: PrintedRange[] = []
  // Try the whole text first: a line break within a range, such as before its unit, does not split it.
  const whole = oneRange(plain(text), text, apart)
  if (!('note' in whole)) return { ranges: [whole], notes: [] }
  for (const piece of pieces(text)) {
    const read = oneRange(piece, text, apart)
    if ('note' in read) return { notes: [read.note] }
    ranges.push(read)
  }
  if (ranges.length === 0 || ranges.length > 10) return { notes: [{ code: 'ledger.range-unreadable', params: { text } }] }
  return { ranges, notes: [] }
}

function oneRange(piece: string, text: string, apart: string | undefined): PrintedRange | { readonly note: Note } {
  const unreadable = { note: { code: 'ledger.range-unreadable', params: { text } } } as const
  const span = SPAN.exec(piece)
  if (span !== null) {
    const [, low = '', first, high = '', last] = span
    const [lower, upper] = [decimal(low), decimal(high)]
    if (lower === undefined || upper === undefined || compare(parseDecimal(lower), parseDecimal(upper)) > 0) return unreadable
    // If both ends have a unit, it must be the same.
    if (first && last && unitCodeOf(first.trim()) !== unitCodeOf(last.trim())) return unreadable
    const unit = unitIn(text, last || first, apart)
    return 'note' in unit ? unit : { lower, upper, ...unit }
  }
  const symmetric = SYMMETRIC.exec(piece)
  if (symmetric !== null) {
    const upper = decimal(symmetric[1] as string)
    const unit = unitIn(text, symmetric[2], apart)
    if (upper === undefined) return unreadable
    return 'note' in unit ? unit : { lower: `-${upper}`, upper, ...unit }
  }
  const upTo = UP_TO.exec(piece)
  if (upTo !== null) {
    const upper = decimal(upTo[1] as string)
    const unit = unitIn(text, upTo[2], apart)
    if (upper === undefined) return unreadable
    return 'note' in unit ? unit : { upper, ...unit }
  }
  const from = FROM.exec(piece)
  if (from !== null) {
    const lower = decimal(from[1] as string)
    const unit = unitIn(text, from[2], apart)
    if (lower === undefined) return unreadable
    return 'note' in unit ? unit : { lower, ...unit }
  }
  return unreadable
}

const CLASS =
  /^(?:准确度|精度)?(?:等级)?[:：]?\s*(?:\(?[ⅠⅡⅢⅣIV]{1,4}\)?|[A-E][1-3]?|[A-E]|M[1-3]{1,2}|\d(?:\.\d+)?[SB]?|\(?[ivIV]{1,4}\)?)\s*(?:级|等级)$|^[EFM][1-3]{1,2}(?:等级|级)?$|^[ⅠⅡⅢⅣ]级?$|^\([IViv]{1,4}\)$/
const PREFIX = /^(?:MPE|最大允许误差|允许误差|允差|误差|U|Urel|UREL)\s*[:：=]?\s*/

/** Parses a required accuracy or a maximum permissible error: ±0.5%, MPE:±0.1℃, -4%~+1%, or a class such as 1.6级. */
export function readLimits(text: string, apart?: string): PrintedLimits {
  const whole = plain(text)
  if (CLASS.test(whole)) return { accuracyClass: whole, notes: [] }
  const bare = whole.replace(PREFIX, '')
  const symmetric = SYMMETRIC.exec(bare)
  if (symmetric !== null) {
    const upper = decimal(symmetric[1] as string)
    const unit = unitIn(text, symmetric[2], apart)
    if (upper !== undefined) return 'note' in unit ? { notes: [unit.note] } : { limits: { lower: `-${upper}`, upper, ...unit }, notes: [] }
  }
  const span = SPAN.exec(bare)
  if (span !== null) {
    const read = oneRange(bare, text, apart)
    return 'note' in read ? { notes: [read.note] } : { limits: read, notes: [] }
  }
  const upTo = UP_TO.exec(bare)
  if (upTo !== null) {
    const upper = decimal(upTo[1] as string)
    const unit = unitIn(text, upTo[2], apart)
    // 不大于 0.5% limits the magnitude of an error.
    if (upper !== undefined) return 'note' in unit ? { notes: [unit.note] } : { limits: { lower: `-${upper}`, upper, ...unit }, notes: [] }
  }
  return { notes: [{ code: 'ledger.limits-unreadable', params: { text } }] }
}

/** Parses single values: measuring points, scale intervals. */
export function readValues(text: string, apart?: string): Values {
  const values: { value: string; unit: string }[] = []
  const all = pieces(text)
  // 0.2、0.4、0.6 MPa: the unit of the last value applies to all.
  const last = SINGLE.exec(all.at(-1) ?? '')?.[2]?.trim()
  for (const piece of all) {
    const [, number = '', own] = SINGLE.exec(piece) ?? []
    const value = decimal(number)
    if (value === undefined) return { notes: [{ code: 'ledger.range-unreadable', params: { text } }] }
    const unit = unitIn(text, own?.trim() || last, apart)
    if ('note' in unit) return { notes: [unit.note] }
    values.push({ value, ...unit })
  }
  if (values.length === 0 || values.length > 20) return { notes: [{ code: 'ledger.range-unreadable', params: { text } }] }
  return { values, notes: [] }
}
