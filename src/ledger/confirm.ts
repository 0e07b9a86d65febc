/**
 * 计量确认 (GB/T 19022—2003 7.1): compares the results of a certificate with the requirement of the use, point by point. Conformity is
 * decided by JJF 1094—2002 5.3: by the error alone if U is at most a third of the limit, otherwise with U as a guard band on both sides.
 */
import { parseDecimal } from '../base/decimal.js'
import { listed, type Text } from '../base/message.js'
import { anObject, checkArgument } from '../base/options.js'
import { compareRational, fromDecimal, type Rational } from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import type { AnyRecord, ResultTable } from '../records/index.js'
import { type ErrorRow, errorRows } from './error-rows.js'
import { type ComparedPoint, judgeRow, type Required, textOf } from './judge-error.js'
import type { LedgerRequirement } from './line.js'
import { because, type UseReason } from './use-messages.js'

export type ConfirmationOutcome = 'confirmed' | 'limited' | 'not-confirmed' | 'cannot-tell'

export interface Confirmation {
  readonly outcome: ConfirmationOutcome
  readonly reason: UseReason
  readonly compared: readonly ComparedPoint[]
  readonly basis: string
}

const BASIS = 'GB/T 19022—2003 7.1; JJF 1094—2002 5.3'

const conclude = (outcome: ConfirmationOutcome, reason: UseReason, compared: readonly ComparedPoint[] = []): Confirmation => ({
  outcome,
  reason,
  compared,
  basis: BASIS,
})

/**
 * Compares a certificate with the requirement of a line: `confirmed` if every part of the requirement conforms, `limited` if only some
 * do, `not-confirmed` if one exceeds its limits and none conforms, `cannot-tell` if nothing could be compared.
 * @throws `verify.options`
 */
export function confirm(requirement: LedgerRequirement | undefined, record: AnyRecord): Confirmation {
  checkArgument('confirm', 'record', record, anObject)
  const accuracy = requirement?.accuracy
  if (requirement === undefined || accuracy === undefined) return conclude('cannot-tell', because('ledger.confirm-no-requirement'))
  const results: unknown = 'results' in record ? record.results : undefined
  const rows = Array.isArray(results) ? errorRows(results as readonly ResultTable[], isPassed(record)) : []
  if (accuracy.limits === undefined) return byClass(requirement, record)
  if (rows.length === 0) return conclude('cannot-tell', because('ledger.confirm-no-results'))
  const required = { ...accuracy.limits, text: accuracy.text }
  const parts = partsOf(requirement, rows)
  const judged = parts.map((part) => judgePart(part, required))
  const compared = judged.flatMap(({ points }) => points)
  const met = judged.filter(({ outcome }) => outcome === 'conforms')
  const [first] = judged.filter(({ outcome }) => outcome !== 'conforms')
  if (first === undefined) {
    const example = compared[0]?.text
    return example === undefined
      ? conclude('cannot-tell', because('ledger.confirm-no-results'))
      : conclude('confirmed', because('ledger.confirm-met', { count: compared.length, example }), compared)
  }
  if (met.length > 0) {
    const names = (some: readonly Judged[]): Text => listed([...new Set(some.map(({ name }) => name))])
    const rest = judged.filter(({ outcome }) => outcome !== 'conforms')
    return conclude('limited', because('ledger.confirm-part', { met: names(met), rest: names(rest), example: first.reason }), compared)
  }
  const exceeding = judged.find(({ outcome }) => outcome === 'exceeds')
  return exceeding === undefined ? conclude('cannot-tell', first.reason, compared) : conclude('not-confirmed', exceeding.reason, compared)
}

/** A part of the requirement: a point, or one of the rows in the range. */
interface Part {
  readonly name: string
  /** Rows of the certificate at this part; empty if it does not cover the part. */
  readonly rows: readonly ErrorRow[]
}

/** Value of a row in the unit of the requirement. */
const valueIn = ({ at, atUnit }: ErrorRow, unit: LegalUnit): Rational | undefined =>
  isCommensurable(atUnit, unit) ? convertExactly(at, atUnit, unit) : undefined

function partsOf({ points, range }: LedgerRequirement, rows: readonly ErrorRow[]): readonly Part[] {
  const ofPoints = (points?.values ?? []).map(({ value, unit }) => pointPart(value, unit, rows))
  const ofRanges = (range?.ranges ?? []).flatMap((one) => rangeParts(one, rows))
  const notRead = unparsedIn({ points, range }).map((name): Part => ({ name, rows: [] }))
  const all = [...ofPoints, ...ofRanges, ...notRead]
  return all.length > 0 ? all : rows.map((row) => ({ name: textOf(row.at, row.atUnit), rows: [row] }))
}

/** Texts of requirements that are written but could not be parsed: nothing covers them, so they are never confirmed. */
const unparsedIn = ({ points, range }: Pick<LedgerRequirement, 'points' | 'range'>): readonly string[] => [
  ...(points !== undefined && points.values === undefined ? [points.text] : []),
  ...(range !== undefined && range.ranges === undefined ? [range.text] : []),
]

/** The rows at a point; if it lies between two points of the certificate, the rows at both. */
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

/** A part for each end of the range, covered by the points on both sides of it, and one for each point of the certificate inside. */
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

function judgePart({ name, rows }: Part, required: Required): Judged {
  if (rows.length === 0) return { name, outcome: 'undecided', reason: because('ledger.confirm-uncovered', { at: name }), points: [] }
  const answers = rows.map((row) => judgeRow(row, required))
  const worst = answers.find(({ outcome }) => outcome === 'exceeds') ?? answers.find(({ outcome }) => outcome === 'undecided') ?? answers[0]
  const points = answers.flatMap(({ point }) => (point === undefined ? [] : [point]))
  return { name, outcome: worst?.outcome ?? 'undecided', reason: worst?.reason ?? because('ledger.confirm-no-results'), points }
}

const isPassed = (record: AnyRecord): boolean => record.kind === 'verification-record' && record.outcome === 'pass'

/**
 * Compares a required accuracy class: only a verification that passed establishes the class of an instrument, and only within its measuring
 * ranges.
 */
function byClass(requirement: LedgerRequirement, record: AnyRecord): Confirmation {
  const required = requirement.accuracy?.accuracyClass
  const verified = record.kind === 'verification-record' && isPassed(record) ? record : undefined
  const found = verified && (verified.concludedClass ?? verified.instrument.accuracyClass)
  const [have, want] = [found, required].map((text) => /^(\d+(?:\.\d+)?)\s*级?$/.exec(text ?? '')?.[1])
  if (verified === undefined || have === undefined || want === undefined)
    return conclude('cannot-tell', because('ledger.confirm-class-unknown', { found: found ?? '—', required: required ?? '—' }))
  const isEnough = compareRational(fromDecimal(parseDecimal(have)), fromDecimal(parseDecimal(want))) <= 0
  const relation = isEnough ? { zh: '不低于', en: 'is not worse than' } : { zh: '低于', en: 'is worse than' }
  const reason = because('ledger.confirm-class', { found, required, relation })
  if (!isEnough) return conclude('not-confirmed', reason)
  const { range, ranges = [] } = verified.instrument
  const [covered, outside] = coveredBy([...(range === undefined ? [] : [range]), ...ranges], requirement)
  if (outside.length === 0) return conclude('confirmed', reason)
  const uncovered = because('ledger.confirm-uncovered', { at: listed(outside) })
  return covered.length === 0
    ? conclude('cannot-tell', uncovered)
    : conclude('limited', because('ledger.confirm-part', { met: listed(covered), rest: listed(outside), example: uncovered }))
}

/** Names of the required points and ranges that one of the measuring ranges contains, and of the others, which include unparsed ones. */
function coveredBy(
  measuring: readonly WantedRange[],
  { points, range }: LedgerRequirement,
): readonly [covered: readonly string[], outside: readonly string[]] {
  const wanted = [
    ...(points?.values ?? []).map(({ value, unit }) => ({ name: `${value} ${unit}`, ends: { lower: value, upper: value, unit } })),
    ...(range?.ranges ?? []).map((ends) => ({ name: `${ends.lower ?? ''}~${ends.upper ?? ''} ${ends.unit}`, ends })),
  ]
  const isCovered = ({ ends }: (typeof wanted)[number]): boolean => measuring.some((one) => isWithin(ends, one))
  const nameOf = ({ name }: (typeof wanted)[number]): string => name
  const outside = wanted.filter((part) => !isCovered(part)).map(nameOf)
  return [wanted.filter(isCovered).map(nameOf), [...outside, ...unparsedIn({ points, range })]]
}

/** True if the stated ends of a range are within another; an open end of that one is unlimited. */
function isWithin(ends: WantedRange, within: WantedRange): boolean {
  const [unit, other] = [unitOf(ends.unit), unitOf(within.unit)]
  if (unit === undefined || other === undefined || !isCommensurable(unit, other)) return false
  const isBeyond = (end: string | undefined, bound: string | undefined, side: -1 | 1): boolean =>
    end !== undefined &&
    bound !== undefined &&
    compareRational(convertExactly(parseDecimal(end), unit, other), fromDecimal(parseDecimal(bound))) * side > 0
  const all = [ends.lower, ends.upper]
  return !all.some((end) => isBeyond(end, within.lower, -1) || isBeyond(end, within.upper, 1))
}
