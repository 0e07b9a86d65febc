/** Comparison of measuring ranges and uncertainties, exactly and across legal units. Undefined is for what cannot be compared. */
import { type Decimal, isDecimal, parseDecimal } from '../base/decimal.js'
import { compareRational, type Rational } from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'

/** A range as records state it. A missing end of what is asked about is unknown; a missing end of what is granted has no bound. */
export interface StatedRange {
  readonly lower?: string | undefined
  readonly upper?: string | undefined
  readonly unit: string
}

/** Whether the asked range lies within the granted one; undefined where units differ in kind or an end is not stated. */
export function isWithinRange(asked: StatedRange, granted: StatedRange): boolean | undefined {
  const [from, to] = [unitOf(asked.unit), unitOf(granted.unit)]
  if (from === undefined || to === undefined || !isCommensurable(from, to)) return undefined
  const ends = [
    end(asked.lower, granted.lower, { from, to, isFine: (order) => order >= 0 }),
    end(asked.upper, granted.upper, { from, to, isFine: (order) => order <= 0 }),
  ]
  if (ends.includes(false)) return false
  return ends.includes(undefined) ? undefined : true
}

interface Ends {
  readonly from: LegalUnit
  readonly to: LegalUnit
  readonly isFine: (order: number) => boolean
}

function end(asked: string | undefined, granted: string | undefined, { from, to, isFine }: Ends): boolean | undefined {
  if (granted === undefined) return true
  const [value, bound] = [numberIn(asked), numberIn(granted)]
  if (value === undefined || bound === undefined) return undefined
  return isFine(compareRational(convertExactly(value, from, to), convertExactly(bound, to, to)))
}

/** Whether the asked range lies within one of several; undefined where none holds it and some could not be compared. */
export function isWithinAny(asked: StatedRange, granted: readonly StatedRange[]): boolean | undefined {
  const answers = granted.map((one) => isWithinRange(asked, one))
  if (answers.includes(true)) return true
  return answers.length === 0 || answers.includes(undefined) ? undefined : false
}

const numberIn = (text: string | undefined): Decimal | undefined => (text !== undefined && isDecimal(text) ? parseDecimal(text) : undefined)

/** Order of two uncertainties or limits, as differences: degrees Celsius have no offset. Undefined where their units differ in kind. */
export function compareUncertainties(
  a: { readonly value: string; readonly unit: string },
  b: { readonly value: string; readonly unit: string },
): number | undefined {
  const [from, to] = [unitOf(a.unit), unitOf(b.unit)]
  const [one, other] = [numberIn(a.value), numberIn(b.value)]
  if (from === undefined || to === undefined || one === undefined || other === undefined || !isCommensurable(from, to)) return undefined
  const inOne: Rational = convertExactly(one, from, to, true)
  return compareRational(inOne, convertExactly(other, to, to, true))
}
