/** Compares one error with the required limits (JJF 1094—2002 5.3). */
import { type Decimal, formatDecimal, isDecimal, parseDecimal } from '../base/decimal.js'
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
  toDecimal,
  toExactDecimal,
} from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import { decimalAt } from '../records/index.js'
import { type ErrorRow, HALF } from './error-rows.js'
import { because, type UseReason } from './use-messages.js'

const THIRD = rational(1n, 3n)

/** One comparison: every value it used, as text with its unit. */
export interface ComparedPoint {
  /** `id` of the table in the certificate; `row` counts from 1. */
  readonly table: string
  readonly row: number
  readonly at: string
  readonly error: string
  /** Expanded uncertainty; absent if the certificate states none. */
  readonly uncertainty?: string
  readonly limits: string
  readonly outcome: 'conforms' | 'exceeds' | 'undecided'
  readonly text: UseReason
}

export interface Required {
  readonly lower?: string | undefined
  readonly upper?: string | undefined
  readonly unit: string
  readonly text: string
}

export interface RowAnswer {
  readonly outcome: ComparedPoint['outcome']
  readonly reason: UseReason
  readonly point?: ComparedPoint
}

interface LimitsHere {
  readonly lower?: Rational
  readonly upper?: Rational
}

export function judgeRow(row: ErrorRow, required: Required): RowAnswer {
  const readings = limitsAt(row, required)
  const at = textOf(row.at, row.atUnit)
  if (readings.length === 0)
    return { outcome: 'undecided', reason: because('ledger.confirm-unit', { required: required.text, unit: row.unit.code }) }
  const outcomes = readings.flatMap((limits) => {
    if (row.uncertainty.length > 0) return row.uncertainty.map((by) => decide(row, limits, by))
    return [isCoveredByVerification(row, limits) ? decide(row, limits, rational(0n)) : undefined]
  })
  const [limits] = readings as readonly [LimitsHere, ...LimitsHere[]]
  const [uncertainty] = row.uncertainty
  const example = exampleOf(row, at, limits, uncertainty)
  const point = (outcome: ComparedPoint['outcome']): ComparedPoint => ({
    table: row.read.table.id,
    row: row.row + 1,
    at,
    error: textOf(row.error, row.unit),
    ...(uncertainty !== undefined && { uncertainty: `${shown(uncertainty)} ${row.unit.code}` }),
    limits: limitsText(limits, row.unit),
    outcome,
    text: example,
  })
  const answer = (outcome: ComparedPoint['outcome'], reason: UseReason): RowAnswer => ({ outcome, reason, point: point(outcome) })
  if (outcomes.includes(undefined)) {
    // Without U neither conformity nor non-conformity can be decided (JJF 1094—2002 5.3).
    return answer('undecided', because('ledger.confirm-no-uncertainty', { at }))
  }
  const [first] = outcomes
  if (!outcomes.every((one) => one === first))
    return answer('undecided', because('ledger.confirm-ratio', { required: required.text, example }))
  if (first === 'conforms') return answer('conforms', example)
  return answer(first ?? 'undecided', because(first === 'exceeds' ? 'ledger.confirm-exceeds' : 'ledger.confirm-near', { example }))
}

/**
 * JJF 1094—2002 5.3.1.4: in a verification by its regulation U is within a third of the limits, so U need not be considered again if the
 * requirement is no narrower than those limits.
 */
function isCoveredByVerification({ verifiedTo }: ErrorRow, { lower, upper }: LimitsHere): boolean {
  if (verifiedTo === undefined || lower === undefined || upper === undefined) return false
  return compareRational(multiplyRational(subtractRational(upper, lower), HALF), verifiedTo) >= 0
}

/** Limits in the unit of the error. A plain ratio (such as ±1 %) is ambiguous, so both readings are returned: of the value at the point, and of the span of the table. Empty if the units do not fit. */
function limitsAt(row: ErrorRow, { lower, upper, unit: code }: Required): readonly LimitsHere[] {
  const unit = unitOf(code)
  if (unit === undefined) return []
  const convert = (text: string | undefined, to: (value: Decimal) => Rational): Rational | undefined =>
    text === undefined || !isDecimal(text) ? undefined : to(parseDecimal(text))
  const both = (to: (value: Decimal) => Rational): LimitsHere => {
    const [low, high] = [convert(lower, to), convert(upper, to)]
    return { ...(low && { lower: low }), ...(high && { upper: high }) }
  }
  if (isCommensurable(unit, row.unit)) return [both((value) => convertExactly(value, unit, row.unit, true))]
  if (unit.dimension !== '1' || !isCommensurable(row.atUnit, row.unit) || row.atUnit.offset.numerator !== 0n) return []
  const bases = [absoluteRational(convertExactly(row.at, row.atUnit, row.unit, true)), spanOf(row)]
  return bases.map((base) => both((value) => multiplyRational(multiplyRational(fromDecimal(value), unit.factor), base)))
}

/** Largest point of the table, in the unit of the error. It is at most the upper limit of the range, so limits by it are never too wide. */
function spanOf({ read, unit, at, atUnit }: ErrorRow): Rational {
  const place = read.columns.get('reference') ?? read.columns.get('nominal')
  return read.table.rows.reduce<Rational>(
    (most, _, row) => {
      const value = decimalAt(read, row, place)
      if (value === undefined || place?.unit === undefined || !isCommensurable(place.unit, unit)) return most
      const size = absoluteRational(convertExactly(value, place.unit, unit, true))
      return compareRational(size, most) > 0 ? size : most
    },
    absoluteRational(convertExactly(at, atUnit, unit, true)),
  )
}

function decide({ error }: ErrorRow, { lower, upper }: LimitsHere, uncertainty: Rational): ComparedPoint['outcome'] {
  const value = fromDecimal(error)
  const half =
    lower !== undefined && upper !== undefined
      ? multiplyRational(subtractRational(upper, lower), HALF)
      : absoluteRational(lower ?? upper ?? rational(0n))
  if (half.numerator <= 0n) return 'undecided'
  const isSmall = compareRational(divideRational(uncertainty, half), THIRD) <= 0
  const within = (by: Rational): boolean =>
    (lower === undefined || compareRational(value, addRational(lower, by)) >= 0) &&
    (upper === undefined || compareRational(value, subtractRational(upper, by)) <= 0)
  const none = rational(0n)
  if (isSmall) return within(none) ? 'conforms' : 'exceeds'
  if (within(uncertainty)) return 'conforms'
  return within(subtractRational(none, uncertainty)) ? 'undecided' : 'exceeds'
}

const shown = (value: Rational): string => formatDecimal(toExactDecimal(value, 12) ?? toDecimal(value, 12))
const limitsText = ({ lower, upper }: LimitsHere, unit: LegalUnit): string => {
  const [low, high] = [lower, upper].map((one) => (one === undefined ? undefined : shown(one)))
  if (low !== undefined && high !== undefined && low === `-${high}`) return `±${high} ${unit.code}`
  return `${low ?? '−∞'} ~ ${high ?? '+∞'} ${unit.code}`
}

const exampleOf = (row: ErrorRow, at: string, limits: LimitsHere, uncertainty: Rational | undefined): UseReason => {
  const u = uncertainty === undefined ? '' : `${shown(uncertainty)} ${row.unit.code}`
  return because('ledger.confirm-example', {
    at,
    error: textOf(row.error, row.unit),
    uncertainty: u === '' ? '' : { zh: `（U = ${u}）`, en: ` (U = ${u})` },
    limits: limitsText(limits, row.unit),
  })
}

export const textOf = (value: Decimal, unit: LegalUnit): string => `${formatDecimal(value)} ${unit.code}`
