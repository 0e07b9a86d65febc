/** Compares measuring ranges and uncertainties, exactly and across legal units. The result is undefined if they cannot be compared. */
import { type Decimal, isDecimal, parseDecimal } from '../base/decimal.js'
import { compareRational, type Rational } from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'

/** A range as records state it. A missing end of a requested range is unknown; a missing end of a granted range has no bound. */
export interface StatedRange {
  readonly lower?: string | undefined
  readonly upper?: string | undefined
  readonly unit: string
}

/** A granted range in the unit of the requested one; an absent end has no bound. */
interface Interval {
  readonly lower?: Rational
  readonly upper?: Rational
}

/**
 * Whether the requested range is within the granted ones. Granted ranges that touch or overlap count as one: 0–100 and 100–500 cover 0–500.
 * Returns undefined, in place of false, if a granted range could not be compared or an end of the requested range is missing.
 */
export function isWithinRanges(requested: StatedRange, granted: readonly StatedRange[]): boolean | undefined {
  const unit = unitOf(requested.unit)
  const read = granted.map((one) => unit && intervalIn(one, unit))
  const known = read.filter((one): one is Interval => one !== undefined)
  const [lower, upper] = [numberIn(requested.lower, unit), numberIn(requested.upper, unit)]
  const isOpen = read.length === 0 || known.length < read.length
  if (lower === undefined || upper === undefined) {
    // With one end missing, the range is certainly outside if the other end is, and certainly inside only if the granted range has no bound
    // at the missing end.
    if (!isOpen && known.every((one) => isOutside(lower, one) || isOutside(upper, one))) return false
    return known.some((one) => isInside(lower, one, 'lower') && isInside(upper, one, 'upper')) ? true : undefined
  }
  let reached: Rational | undefined = lower
  for (const one of [...known].sort(byLower)) {
    if (one.lower !== undefined && compareRational(one.lower, reached) > 0) break
    if (one.upper === undefined) return true
    if (compareRational(one.upper, reached) > 0) reached = one.upper
    if (compareRational(reached, upper) >= 0 && compareRational(one.upper, lower) >= 0) return true
  }
  return isOpen ? undefined : false
}

/** `isWithinRanges` for one range. */
export const isWithinRange = (requested: StatedRange, granted: StatedRange): boolean | undefined => isWithinRanges(requested, [granted])

const byLower = (a: Interval, b: Interval): number => {
  if (a.lower === undefined) return b.lower === undefined ? 0 : -1
  return b.lower === undefined ? 1 : compareRational(a.lower, b.lower)
}

const isOutside = (value: Rational | undefined, { lower, upper }: Interval): boolean =>
  value !== undefined &&
  ((lower !== undefined && compareRational(value, lower) < 0) || (upper !== undefined && compareRational(value, upper) > 0))

/** Whether an end of the requested range is inside. A missing end is inside only if the granted range has no bound there. */
const isInside = (value: Rational | undefined, interval: Interval, end: keyof Interval): boolean =>
  value === undefined ? interval[end] === undefined : !isOutside(value, interval)

/** Returns undefined if the units are not commensurable, or an end is not a number. */
function intervalIn({ lower, upper, unit }: StatedRange, to: LegalUnit): Interval | undefined {
  const from = unitOf(unit)
  if (from === undefined || !isCommensurable(from, to)) return undefined
  const [low, high] = [numberIn(lower, from, to), numberIn(upper, from, to)]
  if ((lower !== undefined && low === undefined) || (upper !== undefined && high === undefined)) return undefined
  return { ...(low !== undefined && { lower: low }), ...(high !== undefined && { upper: high }) }
}

function numberIn(text: string | undefined, from: LegalUnit | undefined, to = from): Rational | undefined {
  const value = decimalIn(text)
  return value === undefined || from === undefined || to === undefined ? undefined : convertExactly(value, from, to)
}

const decimalIn = (text: string | undefined): Decimal | undefined =>
  text !== undefined && isDecimal(text) ? parseDecimal(text) : undefined

/**
 * Compares two uncertainties or limits. They are differences, so degrees Celsius have no offset. Returns undefined if their units are not
 * commensurable.
 */
export function compareUncertainties(
  a: { readonly value: string; readonly unit: string },
  b: { readonly value: string; readonly unit: string },
): number | undefined {
  const [from, to] = [unitOf(a.unit), unitOf(b.unit)]
  const [one, other] = [decimalIn(a.value), decimalIn(b.value)]
  if (from === undefined || to === undefined || one === undefined || other === undefined || !isCommensurable(from, to)) return undefined
  const inOne: Rational = convertExactly(one, from, to, true)
  return compareRational(inOne, convertExactly(other, to, to, true))
}
