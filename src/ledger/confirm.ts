/**
 * 计量确认 (GB/T 19022—2003 7.1): whether what a certificate states meets what the use requires, point by point. Conformity is decided as
 * JJF 1094—2002 5.3 does: with U up to a third of what is permitted by the error alone, beyond that with U as a guard band on both sides.
 */
import { type Decimal, formatDecimal, isDecimal, parseDecimal, subtract } from '../base/decimal.js'
import { listed, type Text } from '../base/message.js'
import { anObject, checkArgument } from '../base/options.js'
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
import {
  type AnyRecord,
  columnBeside,
  columnsOf,
  decimalAt,
  expandedUncertaintyOf,
  limitColumn,
  type ReadColumn,
  type ReadTable,
  type ResultTable,
  readTable,
} from '../records/index.js'
import type { LedgerRequirement } from './line.js'
import { because, type UseReason } from './use-messages.js'

export type ConfirmationOutcome = 'confirmed' | 'limited' | 'not-confirmed' | 'cannot-tell'

/** One comparison: every number that entered it, as text. */
export interface ComparedPoint {
  /** Table of the certificate, and its row from 1. */
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

export interface Confirmation {
  readonly outcome: ConfirmationOutcome
  readonly reason: UseReason
  readonly compared: readonly ComparedPoint[]
  readonly basis: string
}

const BASIS = 'GB/T 19022—2003 7.1; JJF 1094—2002 5.3'
const THIRD = rational(1n, 3n)

const told = (outcome: ConfirmationOutcome, reason: UseReason, compared: readonly ComparedPoint[] = []): Confirmation => ({
  outcome,
  reason,
  compared,
  basis: BASIS,
})

/**
 * Compares a certificate with the requirement of a line. Never confirmed without a comparison: what cannot be compared cannot be told.
 * @throws `verify.options`
 */
export function confirm(requirement: LedgerRequirement | undefined, record: AnyRecord): Confirmation {
  checkArgument('confirm', 'record', record, anObject)
  const accuracy = requirement?.accuracy
  if (requirement === undefined || accuracy === undefined) return told('cannot-tell', because('ledger.confirm-no-requirement'))
  const results: unknown = 'results' in record ? record.results : undefined
  const rows = Array.isArray(results) ? errorRows(results as readonly ResultTable[], isPassed(record)) : []
  if (accuracy.limits === undefined) return byClass(accuracy.accuracyClass, record)
  if (rows.length === 0) return told('cannot-tell', because('ledger.confirm-no-results'))
  const required = { ...accuracy.limits, text: accuracy.text }
  const parts = partsOf(requirement, rows)
  const judged = parts.map((part) => judgePart(part, required))
  const compared = judged.flatMap(({ points }) => points)
  const met = judged.filter(({ outcome }) => outcome === 'conforms')
  const [first] = judged.filter(({ outcome }) => outcome !== 'conforms')
  if (first === undefined) {
    const example = compared[0]?.text
    return example === undefined
      ? told('cannot-tell', because('ledger.confirm-no-results'))
      : told('confirmed', because('ledger.confirm-met', { count: compared.length, example }), compared)
  }
  if (met.length > 0) {
    const names = (some: readonly Judged[]): Text => listed([...new Set(some.map(({ name }) => name))])
    const rest = judged.filter(({ outcome }) => outcome !== 'conforms')
    return told('limited', because('ledger.confirm-part', { met: names(met), rest: names(rest), example: first.reason }), compared)
  }
  const exceeding = judged.find(({ outcome }) => outcome === 'exceeds')
  return exceeding === undefined ? told('cannot-tell', first.reason, compared) : told('not-confirmed', exceeding.reason, compared)
}

/** A row of a table that has an error at a point. */
interface ErrorRow {
  readonly read: ReadTable
  readonly row: number
  readonly at: Decimal
  readonly atUnit: LegalUnit
  readonly error: Decimal
  readonly unit: LegalUnit
  readonly uncertainty: readonly Rational[]
  /** Half the width of the limits of the certificate, where a verification passed by them. */
  readonly verifiedTo?: Rational
}

/** Every stated error, and every difference of indication and reference where no error is stated. After adjustment only what was left. */
function errorRows(tables: readonly ResultTable[], isVerified: boolean): readonly ErrorRow[] {
  const hasLeft = tables.some(({ state }) => state === 'as-left')
  return tables.flatMap((table, index) => {
    if (hasLeft && table.state === 'as-found') return []
    const { read } = readTable(table, index)
    return read === undefined ? [] : table.rows.flatMap((_, row) => errorsAt(read, row, isVerified))
  })
}

function errorsAt(read: ReadTable, row: number, isVerified: boolean): readonly ErrorRow[] {
  const columns = [...columnsOf(read, 'error'), ...(read.columns.has('error') ? [] : columnsOf(read, 'indication'))]
  return columns.flatMap((column): ErrorRow[] => {
    const place = columnBeside(read, 'reference', column) ?? columnBeside(read, 'nominal', column)
    const at = decimalAt(read, row, place)
    const error = errorIn(read, row, column, place)
    if (at === undefined || place?.unit === undefined || column.unit === undefined || error === undefined) return []
    const verifiedTo = isVerified ? halfOfLimits(read, row, column) : undefined
    const uncertainty = expandedUncertaintyOf(read, row, column.unit)
    return [{ read, row, at, atUnit: place.unit, error, unit: column.unit, uncertainty, ...(verifiedTo && { verifiedTo }) }]
  })
}

const isPassed = (record: AnyRecord): boolean => record.kind === 'verification-record' && record.outcome === 'pass'

/** Half the width of the limits that a row states for its error, in the unit of the error. */
function halfOfLimits(read: ReadTable, row: number, column: ReadColumn): Rational | undefined {
  const [lower, upper] = (['lower-limit', 'upper-limit'] as const).map((role) => {
    const limit = limitColumn(read, role, column)
    return limit?.unit === column.unit ? decimalAt(read, row, limit) : undefined
  })
  return lower === undefined || upper === undefined
    ? undefined
    : multiplyRational(subtractRational(fromDecimal(upper), fromDecimal(lower)), HALF)
}
const HALF = rational(1n, 2n)

function errorIn(read: ReadTable, row: number, column: ReadColumn, place: ReadColumn | undefined): Decimal | undefined {
  const value = decimalAt(read, row, column)
  if (value === undefined || column.column.role === 'error') return value
  const reference = decimalAt(read, row, place)
  return reference === undefined || place?.unit !== column.unit ? undefined : subtract(value, reference)
}

/** A part of the requirement: a point, or one of the rows in the range. */
interface Part {
  readonly name: string
  /** Rows that speak for it; none if the certificate does not cover it. */
  readonly rows: readonly ErrorRow[]
}

const textOf = (value: Decimal, unit: LegalUnit): string => `${formatDecimal(value)} ${unit.code}`

/** Value of a row in the unit of the requirement. */
const valueIn = ({ at, atUnit }: ErrorRow, unit: LegalUnit): Rational | undefined =>
  isCommensurable(atUnit, unit) ? convertExactly(at, atUnit, unit) : undefined

function partsOf({ points, range }: LedgerRequirement, rows: readonly ErrorRow[]): readonly Part[] {
  const ofPoints = (points?.values ?? []).map(({ value, unit }) => pointPart(value, unit, rows))
  const ofRanges = (range?.ranges ?? []).flatMap((one) => rangeParts(one, rows))
  // What is written and could not be read is a part that nothing covers.
  const unread = [
    points !== undefined && points.values === undefined && points.text,
    range !== undefined && range.ranges === undefined && range.text,
  ]
  const notRead = unread.flatMap((text): Part[] => (text === false ? [] : [{ name: text, rows: [] }]))
  const all = [...ofPoints, ...ofRanges, ...notRead]
  return all.length > 0 ? all : rows.map((row) => ({ name: textOf(row.at, row.atUnit), rows: [row] }))
}

/** The rows at a point; between two points of the certificate, both of them. */
function pointPart(value: string, unitCode: string, rows: readonly ErrorRow[]): Part {
  const name = `${value} ${unitCode}`
  const unit = unitOf(unitCode)
  if (unit === undefined) return { name, rows: [] }
  const wanted = fromDecimal(parseDecimal(value))
  const placed = rows.flatMap((row) => {
    const at = valueIn(row, unit)
    return at === undefined ? [] : [{ row, by: compareRational(at, wanted), at }]
  })
  const exact = placed.filter(({ by }) => by === 0)
  if (exact.length > 0) return { name, rows: exact.map(({ row }) => row) }
  const nearest = (side: -1 | 1): typeof placed => {
    const some = placed.filter(({ by }) => Math.sign(by) === side)
    const best = some.reduce<Rational | undefined>(
      (near, { at }) => (near === undefined || compareRational(at, near) * side < 0 ? at : near),
      undefined,
    )
    return best === undefined ? [] : some.filter(({ at }) => compareRational(at, best) === 0)
  }
  const [below, above] = [nearest(-1), nearest(1)]
  return below.length === 0 || above.length === 0 ? { name, rows: [] } : { name, rows: [...below, ...above].map(({ row }) => row) }
}

interface WantedRange {
  readonly lower?: string | undefined
  readonly upper?: string | undefined
  readonly unit: string
}

/** Each point of the certificate in the range, and the ends, each covered by the points on both its sides. */
function rangeParts({ lower, upper, unit: code }: WantedRange, rows: readonly ErrorRow[]): readonly Part[] {
  const unit = unitOf(code)
  if (unit === undefined) return [{ name: `${lower ?? ''}~${upper ?? ''} ${code}`, rows: [] }]
  const [low, high] = [lower, upper].map((end) => (end === undefined ? undefined : fromDecimal(parseDecimal(end))))
  const inside = rows.filter((row) => {
    const at = valueIn(row, unit)
    return (
      at !== undefined && (low === undefined || compareRational(at, low) >= 0) && (high === undefined || compareRational(at, high) <= 0)
    )
  })
  const ends = [lower, upper].flatMap((end): Part[] => (end === undefined ? [] : [pointPart(end, code, rows)]))
  return [...ends, ...inside.map((row) => ({ name: textOf(row.at, row.atUnit), rows: [row] }))]
}

interface Judged {
  readonly name: string
  readonly outcome: 'conforms' | 'exceeds' | 'undecided'
  readonly reason: UseReason
  readonly points: readonly ComparedPoint[]
}

interface Required {
  readonly lower?: string | undefined
  readonly upper?: string | undefined
  readonly unit: string
  readonly text: string
}

function judgePart({ name, rows }: Part, required: Required): Judged {
  if (rows.length === 0) return { name, outcome: 'undecided', reason: because('ledger.confirm-uncovered', { at: name }), points: [] }
  const answers = rows.map((row) => judgeRow(row, required))
  const worst = answers.find(({ outcome }) => outcome === 'exceeds') ?? answers.find(({ outcome }) => outcome === 'undecided') ?? answers[0]
  const points = answers.flatMap(({ point }) => (point === undefined ? [] : [point]))
  return { name, outcome: worst?.outcome ?? 'undecided', reason: worst?.reason ?? because('ledger.confirm-no-results'), points }
}

interface RowAnswer {
  readonly outcome: ComparedPoint['outcome']
  readonly reason: UseReason
  readonly point?: ComparedPoint
}

interface LimitsHere {
  readonly lower?: Rational
  readonly upper?: Rational
}

function judgeRow(row: ErrorRow, required: Required): RowAnswer {
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
    // Without U an error beyond the limits is beyond them; one within them is not shown to be.
    return answer('undecided', because('ledger.confirm-no-uncertainty', { at }))
  }
  const [first] = outcomes
  if (!outcomes.every((one) => one === first))
    return answer('undecided', because('ledger.confirm-ratio', { required: required.text, example }))
  if (first === 'conforms') return answer('conforms', example)
  return answer(first ?? 'undecided', because(first === 'exceeds' ? 'ledger.confirm-exceeds' : 'ledger.confirm-near', { example }))
}

/**
 * JJF 1094—2002 5.3.1.4: a verification by its regulation keeps U within a third of the limits it judged by, so that U need not be
 * considered again where the requirement is no narrower than those.
 */
function isCoveredByVerification({ verifiedTo }: ErrorRow, { lower, upper }: LimitsHere): boolean {
  if (verifiedTo === undefined || lower === undefined || upper === undefined) return false
  return compareRational(multiplyRational(subtractRational(upper, lower), HALF), verifiedTo) >= 0
}

/** The limits in the unit of the error. A plain ratio has two readings: of the value at the point, and of the span of the table. */
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

/** The largest point of the table: at most the upper limit of the range, so that a limit by it is not wider than by the range. */
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

/** A class that is required: only a verification that passed says of which class an instrument is. */
function byClass(required: string | undefined, record: AnyRecord): Confirmation {
  const found =
    record.kind === 'verification-record' && isPassed(record) ? (record.concludedClass ?? record.instrument.accuracyClass) : undefined
  const [have, want] = [found, required].map((text) => /^(\d+(?:\.\d+)?)\s*级?$/.exec(text ?? '')?.[1])
  if (have === undefined || want === undefined)
    return told('cannot-tell', because('ledger.confirm-class-unknown', { found: found ?? '—', required: required ?? '—' }))
  const isEnough = compareRational(fromDecimal(parseDecimal(have)), fromDecimal(parseDecimal(want))) <= 0
  const relation = isEnough ? { zh: '不低于', en: 'is not worse than' } : { zh: '低于', en: 'is worse than' }
  return told(isEnough ? 'confirmed' : 'not-confirmed', because('ledger.confirm-class', { found, required, relation }))
}
