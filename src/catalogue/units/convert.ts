/** Conversion between legal units: exact if possible, otherwise the result states that it was rounded. */

import {
  type Decimal,
  type DecimalText,
  decimalFault,
  formatDecimal,
  isDecimal,
  parseDecimal,
  significantDigits,
} from '../../base/decimal.js'
import type { Code, MessageParams } from '../../base/message.js'
import { coded as baseCoded } from '../../base/messages.js'
import { anObject, aText, checkArgument } from '../../base/options.js'
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  powerOf,
  type Rational,
  rational,
  subtractRational,
  toDecimal,
  toExactDecimal,
} from '../../base/rational.js'
import { coded } from '../unit-messages.js'
import { type LegalUnit, parseUcum } from './legal-units.js'

/** True if both measure the same kind of quantity. Ratios and angles are both numbers. */
export const isCommensurable = (a: LegalUnit, b: LegalUnit): boolean => a.dimension === b.dimension

/** π to 100 decimal places; a conversion that needs it is never exact. */
const PI = rational(31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679n, 10n ** 100n)

/**
 * Value in the target unit, exactly but for a power of π between degrees and radians. A `difference` (an error, an
 * uncertainty, a limit on an error) ignores the offset: an error of 1 ℃ is 1 K, a temperature of 1 ℃ is 274.15 K.
 */
export function convertExactly(value: Decimal, from: LegalUnit, to: LegalUnit, difference = false): Rational {
  const exact = fromDecimal(value)
  if (from === to) return exact
  const ratio = from.pi === to.pi ? from.factor : multiplyRational(from.factor, powerOf(PI, from.pi - to.pi))
  const coherent = multiplyRational(exact, ratio)
  if (difference) return divideRational(coherent, to.factor)
  return divideRational(subtractRational(addRational(coherent, from.offset), to.offset), to.factor)
}

export interface ConvertOptions {
  /** For an error, an uncertainty or a limit on an error: degrees Celsius are converted without their offset. @default false */
  readonly difference?: boolean
  /**
   * Decimal places to round to, half to even (GB/T 8170—2008). @default exact, else as many significant digits as given, at least
   * 12
   */
  readonly scale?: number
}

export type Converted =
  | {
      readonly value: DecimalText
      /**
       * False if the value was rounded (no decimal equals it, or `scale` truncates it), or if the factor is a measured one (u, a).
       */
      readonly exact: boolean
      /** Decimal places it was rounded to. */
      readonly roundedTo?: number
      readonly fault?: undefined
    }
  | { readonly value?: undefined; readonly exact?: undefined; readonly fault: { readonly code: Code; readonly params: MessageParams } }

/** Sufficient for the smallest possible factor, 10^-900 to the power of a quotient, followed by the digits of any value. */
const MAX_SCALE = 2000
const MAX_DIGITS = 60

/**
 * Converts decimal text between legal units, given as UCUM codes: `convert('40.02', 't', 'kg')` is `{ value: '40020', exact: true }`.
 * Content never throws: text that is not a decimal, a code that is not a unit, and units of different kinds are faults in the result.
 */
export function convert(value: DecimalText, from: string, to: string, options: ConvertOptions = {}): Converted {
  checkArgument('convert', 'value', value, aText)
  checkArgument('convert', 'options', options, anObject)
  if (!isDecimal(value)) return { fault: { code: baseCoded('decimal.syntax'), params: decimalFault(value) } }
  const [source, target] = [parseUcum(from), parseUcum(to)]
  if (source.fault !== undefined) return { fault: source.fault }
  if (target.fault !== undefined) return { fault: target.fault }
  if (!isCommensurable(source.unit, target.unit)) return { fault: { code: coded('unit.not-commensurable'), params: { from, to } } }
  const decimal = parseDecimal(value)
  const converted = convertExactly(decimal, source.unit, target.unit, options.difference ?? false)
  const isExact = source.unit.pi === target.unit.pi && source.unit.inexact === target.unit.inexact
  const exact = isExact ? toExactDecimal(converted, MAX_SCALE) : undefined
  const scale = options.scale ?? (exact === undefined ? scaleFor(converted, Math.max(12, significantDigits(decimal))) : undefined)
  if (scale === undefined && exact !== undefined) return { value: formatDecimal(exact), exact: true }
  const roundedTo = Math.min(Math.max(scale ?? 0, 0), MAX_SCALE)
  const rounded = toDecimal(converted, roundedTo)
  const isEqual = exact !== undefined && compareRational(fromDecimal(rounded), converted) === 0
  return isEqual ? { value: formatDecimal(rounded), exact: true } : { value: formatDecimal(rounded), exact: false, roundedTo }
}

/** Number of decimal places for this many significant digits. */
function scaleFor(value: Rational, digits: number): number {
  const size = absoluteRational(value)
  if (size.numerator === 0n) return 0
  // The digit counts determine the power of ten to within one.
  const estimate = size.numerator.toString().length - size.denominator.toString().length
  const magnitude = compareRational(size, powerOf(rational(10n), estimate)) < 0 ? estimate : estimate + 1
  return Math.max(0, Math.min(digits, MAX_DIGITS) - magnitude)
}

/** Negative, zero or positive if a is less than, equal to, or greater than b, exactly; undefined if they cannot be compared. */
export function compareQuantities(
  a: { readonly value: DecimalText; readonly unit: string },
  b: { readonly value: DecimalText; readonly unit: string },
): number | undefined {
  if (!isDecimal(a.value) || !isDecimal(b.value)) return undefined
  const [first, second] = [parseUcum(a.unit).unit, parseUcum(b.unit).unit]
  if (first === undefined || second === undefined || !isCommensurable(first, second)) return undefined
  return compareRational(fromDecimal(parseDecimal(a.value)), convertExactly(parseDecimal(b.value), second, first))
}
