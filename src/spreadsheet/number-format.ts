/**
 * Shows a stored number as a spreadsheet does by its number format (ECMA-376 part 1, 18.8.31), in exact decimal arithmetic. Formats that
 * ledgers do not use (fractions, signs between digits, conditions, Chinese numerals) are not applied: the number is shown as `General`.
 */
import { createDateWriter } from './date-format.js'
import { type DateSystem, dateOfSerial } from './serial.js'

/** The displayed form of a stored number. */
export interface Shown {
  readonly text: string
  readonly type: 'number' | 'date'
  readonly date?: string
}

export type NumberWriter = (stored: string) => Shown

/** A number as XML Schema and JavaScript write it. */
const STORED = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/
export const isStoredNumber = (text: string): boolean => text.length <= 400 && STORED.test(text)

/** digits × 10^−scale. The sign is separate, so that −0.00 has one. */
interface Parts {
  readonly isNegative: boolean
  readonly digits: string
  readonly scale: number
}

/** Number of significant digits that a spreadsheet shows. */
const SIGNIFICANT = 15

function partsOf(stored: string): Parts {
  const [mantissa = '', exponent = '0'] = stored.replace(/^[+-]/, '').split(/e/i)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  return { isNegative: stored.startsWith('-') && digits !== '', digits, scale: fraction.length - Number(exponent) }
}

/** Rounds to `places` digits after the point, half away from zero, as spreadsheets do. */
function rounded({ isNegative, digits, scale }: Parts, places: number): Parts {
  const drop = scale - places
  if (drop <= 0) return { isNegative, digits, scale }
  if (drop > digits.length) return { isNegative, digits: '', scale: places }
  const kept = digits.slice(0, digits.length - drop)
  const isUp = digits.charCodeAt(digits.length - drop) >= 53
  return { isNegative, digits: isUp ? String(BigInt(kept === '' ? '0' : kept) + 1n) : kept.replace(/^0+/, ''), scale: places }
}

/** Rounds to 15 significant digits, which removes the tail of a binary fraction. */
const significant = (parts: Parts): Parts =>
  parts.digits.length <= SIGNIFICANT ? parts : rounded(parts, parts.scale - (parts.digits.length - SIGNIFICANT))

/** Digits before and after the point; `whole` is empty if the number is below 1. */
function split({ digits, scale }: Parts): { readonly whole: string; readonly fraction: string } {
  if (scale <= 0) return { whole: digits === '' ? '' : digits + '0'.repeat(-scale), fraction: '' }
  const padded = digits.padStart(scale, '0')
  return { whole: padded.slice(0, padded.length - scale), fraction: padded.slice(padded.length - scale) }
}

function plain(parts: Parts): string {
  const { whole, fraction } = split(parts)
  const tail = fraction.replace(/0+$/, '')
  return `${parts.isNegative ? '-' : ''}${whole === '' ? '0' : whole}${tail === '' ? '' : `.${tail}`}`
}

/** Maximum exponent of a number written without one: a cell of 308 zeros is not a measurement. */
const MAX_WRITTEN = 40

const isWritten = ({ digits, scale }: Parts): boolean => Math.abs(digits.length - scale) <= MAX_WRITTEN && scale <= 60

/** The exact stored number without exponent; unchanged if that would be very long. */
export function exactText(stored: string): string {
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(stored)) return stored
  const parts = partsOf(stored)
  if (!isWritten(parts)) return stored
  const { whole, fraction } = split(parts)
  return `${parts.isNegative ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
}

/**
 * The shortest text of the double that a worksheet stores (ECMA-376 part 1, 18.18.11), which is what was typed: some programs write more
 * digits than a double has, such as 1.60000000000000000002 of Gnumeric.
 */
export function doubleText(stored: string): string {
  const digits = stored.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '')
  return digits.length > 17 ? String(Number(stored)) : stored
}

/** The number in format `General`, with all its digits even if a spreadsheet shows 1.23457E+11 in a narrow column. */
function general(stored: string): string {
  if (/^-?(?:[1-9]\d{0,14}|0|(?=.{3,16}$)(?:0|[1-9]\d*)\.\d*[1-9])$/.test(stored)) return stored
  const parts = partsOf(stored)
  return isWritten(parts) ? plain(significant(parts)) : stored
}

const GENERAL: NumberWriter = (stored) => ({ text: general(stored), type: 'number' })

/** One parsed section of a format. */
interface Section {
  readonly before: string
  readonly after: string
  /** Undefined for `General` and `@`; null if the section has no digits, such as "—" for zero. */
  readonly core?: null | {
    readonly minWhole: number
    readonly isGrouped: boolean
    readonly minFraction: number
    readonly maxFraction: number
    /** Number of places by which the point moves right: 2 for each %, −3 for each comma at the end. */
    readonly shift: number
    /** Minimum number of digits of the exponent: 2 in 0.00E+00. */
    readonly exponent?: number
  }
}

/** Maximum length of a format, as in Excel; a longer one is not applied. */
const MAX_CODE = 255

/** Creates the writer of a format code. */
export function createNumberWriter(code: string, system: DateSystem): NumberWriter {
  if (code.length > MAX_CODE) return GENERAL
  const sections = splitSections(code)
  const first = sections[0] as string
  const dateWriter = createDateWriter(first)
  if (dateWriter !== undefined) return dateShower(dateWriter, system)
  const read = sections.slice(0, 3).map(readSection)
  if (read.includes(undefined)) return GENERAL
  const [positive, negative, zero] = read as [Section, Section?, Section?]
  return (stored) => {
    const parts = partsOf(stored)
    if (!isWritten(parts)) return { text: stored, type: 'number' }
    // The second section writes the sign itself, or brackets.
    const [section, isSigned] =
      parts.digits === '' && zero !== undefined ? [zero, false] : parts.isNegative && negative ? [negative, false] : [positive, true]
    const text = `${parts.isNegative && isSigned ? '-' : ''}${section.before}${write({ ...parts, isNegative: false }, section)}${section.after}`
    return { text, type: 'number' }
  }
}

function dateShower(writer: NonNullable<ReturnType<typeof createDateWriter>>, system: DateSystem): NumberWriter {
  return (stored) => {
    const moment = dateOfSerial(Number(stored), system)
    if (moment === undefined || (writer.hasDate && moment.date === '')) return GENERAL(stored)
    const text = writer.write(moment)
    if (!writer.hasDate) return text === undefined ? GENERAL(stored) : { text, type: 'number' }
    return { text: text ?? moment.date, type: 'date', date: moment.date }
  }
}

/** The sections of a format: positive, negative, zero, text. */
function splitSections(code: string): string[] {
  const sections = ['']
  for (const [token] of code.matchAll(/"[^"]*"?|\\.|\[[^\]]*\]?|[\s\S]/g)) {
    if (token === ';') sections.push('')
    else sections[sections.length - 1] += token
  }
  return sections
}

const CORE = /^([#0?,]*)(?:\.([#0?]*))?(?:E([+-])(0+))?$/i

/** Parses a section; undefined if it is of a kind that is not applied. */
function readSection(section: string): Section | undefined {
  let [before, core, after, percents] = ['', '', '', 0]
  const literal = (text: string): void => {
    if (core === '') before += text
    else after += text
  }
  for (const [token] of section.matchAll(/"([^"]*)"?|\\[\s\S]|\[[^\]]*\]?|[_*][\s\S]|General|E[+-]|[\s\S]/gi)) {
    if (token.startsWith('"')) literal(token.replace(/^"|"$/g, ''))
    else if (token.startsWith('\\')) literal(token.slice(1))
    else if (token.startsWith('[')) {
      const currency = /^\[\$([^\]-]*)(?:-[0-9a-f]*)?\]$/i.exec(token)
      if (currency !== null) literal(currency[1] as string)
      else if (!/^\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]$/i.test(token)) return undefined
    } else if (/^[_*]./s.test(token)) continue
    else if (/^(?:[#0?.,]|E[+-])$/i.test(token)) {
      // Signs between digits, as in a telephone number.
      if (after !== '') return undefined
      core += token
    } else if (/^(?:General|@)$/i.test(token)) {
      if (core !== '') return undefined
      core = 'G'
    } else if (token === '%') {
      percents++
      literal('%')
    } else if (token === '/') return undefined
    else literal(token)
  }
  if (core === 'G') return { before, after }
  // An empty section hides numbers; show them as `General`.
  if (core === '') return before === '' ? undefined : { before, after, core: null }
  const found = CORE.exec(core)
  if (found === null) return undefined
  const [, whole = '', fraction = '', , exponent] = found
  const trailing = /,*$/.exec(whole)?.[0].length ?? 0
  if (exponent !== undefined && trailing + percents > 0) return undefined
  return {
    before,
    after,
    core: {
      minWhole: (whole.match(/0/g) ?? []).length,
      isGrouped: whole.slice(0, whole.length - trailing).includes(','),
      minFraction: fraction.lastIndexOf('0') + 1,
      maxFraction: fraction.length,
      shift: 2 * percents - 3 * trailing,
      ...(exponent !== undefined && { exponent: exponent.length }),
    },
  }
}

function write(parts: Parts, { core }: Section): string {
  if (core === undefined) return plain(significant(parts))
  if (core === null) return ''
  if (core.exponent !== undefined) return scientific(parts, core.exponent, core.minFraction, core.maxFraction)
  const of = rounded({ ...significant(parts), scale: significant(parts).scale - core.shift }, core.maxFraction)
  const { whole, fraction } = split(of)
  const digits = whole.padStart(core.minWhole, '0')
  const grouped = core.isGrouped ? digits.replace(/\B(?=(?:\d{3})+$)/g, ',') : digits
  return `${grouped}${pointAnd(fraction, core.minFraction)}`
}

/** The point and the digits after it: at least `least` digits, without further zeros at the end. */
function pointAnd(fraction: string, least: number): string {
  const kept = fraction.slice(0, least).padEnd(least, '0') + fraction.slice(least).replace(/0+$/, '')
  return kept === '' ? '' : `.${kept}`
}

function scientific(parts: Parts, exponentDigits: number, least: number, most: number): string {
  if (parts.digits === '') return `0${pointAnd('', least)}E+${'0'.repeat(exponentDigits)}`
  const exponent = parts.digits.length - parts.scale - 1
  const mantissa = rounded({ isNegative: false, digits: parts.digits, scale: parts.digits.length - 1 }, most)
  const { whole, fraction } = split(mantissa)
  // 9.99 rounded to one digit is 10.0.
  const isTen = whole.length > 1
  const power = exponent + (isTen ? 1 : 0)
  const sign = power < 0 ? '-' : '+'
  return `${isTen ? '1' : whole}${pointAnd(isTen ? '' : fraction, least)}E${sign}${String(Math.abs(power)).padStart(exponentDigits, '0')}`
}
