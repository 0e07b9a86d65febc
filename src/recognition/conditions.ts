/**
 * The closed catalogue of conditions: a name, typed parameters, one row of the verdict, and a total function over the
 * facts. No expressions and no patterns travel in an agreement.
 */
import * as z from 'zod/mini'
import { type Check, type Finding, found, notApplicable, pass, passWith, type Row, unknown } from '../base/check.js'
import { addPeriod, type CivilDate, parsePeriod, periodText } from '../base/date.js'
import { identifierKey } from '../base/identifier.js'
import { rational } from '../base/rational.js'
import { PeriodText } from '../base/schema.js'
import { categoryName, instrumentCategories, parseSpecificationNumber, provinceName } from '../catalogue/index.js'
import {
  boundsError,
  describeUnjudged,
  factMissing,
  isCertificate,
  isUncertaintyAtMost,
  judgeRows,
  pointer,
  type ReadTable,
  type RecordOf,
  readTable,
  type UnjudgedReason,
  undecidedReason,
} from '../records/index.js'
import { uncertaintyWithinCapability } from './capability.js'
import type { Condition, RecognitionFacts } from './condition.js'
import type { EditionFacts } from './specification-facts.js'
import { type Validity, validityOf } from './validity.js'

const since = '0.1.0'
const group = 'recognition' as const
const named = <const N extends string>(name: N) => ({ name: z.literal(name) })

const SpecificationInForce = z.strictObject(named('specification-in-force'))
const specificationInForce: Condition = {
  name: 'specification-in-force',
  id: 'condition.specification-in-force',
  group,
  since,
  basis: '计量法 第十条; 国家计量技术规范管理办法',
  parameters: SpecificationInForce,
  evaluate(facts) {
    const on = dayOf(facts)
    return perSpecification(this, facts, (number, edition, path) => {
      const isBefore = edition.effectiveOn !== undefined && on < edition.effectiveOn
      const isAfter = edition.abolishedOn !== undefined && on >= edition.abolishedOn
      if (edition.verified && !isBefore && !isAfter) return undefined
      const params = { number, factDate: on, effectiveOn: edition.effectiveOn, abolishedOn: edition.abolishedOn }
      const evidence = { source: edition.source }
      if (!edition.verified) return { code: 'specification.dates-unverified', status: 'warn', path, params, evidence }
      return { code: isBefore ? 'specification.not-yet-in-force' : 'specification.abolished', path, params, evidence }
    })
  },
}

const IssuerAuthorised = z.strictObject(named('issuer-authorised'))
const issuerAuthorised: Condition = {
  name: 'issuer-authorised',
  id: 'condition.issuer-authorised',
  group,
  since,
  basis: '计量法 第二十条; 计量授权管理办法',
  parameters: IssuerAuthorised,
  evaluate({ record, authorisations, factDate }) {
    // Authorities act by their office; certificates rest on an authorisation they must state.
    if (!isCertificate(record)) return [pass(this)]
    const stated = record.issuer.authorisationNo ?? record.issuer.accreditationNo
    if (stated === undefined) return [found(this, { code: 'authorisation.not-stated', path: '/record/issuer' })]
    const listed = authorisations.find(({ number }) => identifierKey(number) === identifierKey(stated))
    if (listed !== undefined) return [passWith(this, { number: listed.number, from: listed.from, to: listed.to })]
    const params = { number: stated, listed: authorisations.map(({ number }) => number).join('、'), factDate }
    return [found(this, { code: 'authorisation.not-listed', path: '/record/issuer', params })]
  },
}

const ValidityRemaining = z.strictObject({ ...named('validity-remaining'), min: PeriodText })
const validityRemaining: Condition = {
  name: 'validity-remaining',
  id: 'condition.validity-remaining',
  group,
  since,
  revised: '0.2.0',
  basis: '互认协议条款',
  parameters: ValidityRemaining,
  evaluate({ record, kind, today }, { min }: z.infer<typeof ValidityRemaining>) {
    const validity = validityOf(record, kind)
    if (validity?.by === 'kind' || validity?.by === 'manner') return [pass(this)]
    const needed = addPeriod(today, parsePeriod(min))
    const [first, last] = validity === undefined ? [] : lastDays(validity)
    const path = '/record/validUntil'
    const params = { validUntil: last, needed, min: periodText(min), today }
    if (first !== undefined && first >= needed) return [passWith(this, { validUntil: first, needed })]
    if (last !== undefined && last < needed) return [found(this, { code: 'validity.remaining-too-short', path, params })]
    return [unknown(this, 'validity', { code: 'validity.remaining-unknown', path, params })]
  },
}

/** The first and the last of the days that may be the last. */
const lastDays = (validity: Extract<Validity, { by: 'statement' | 'interval' }>): readonly [CivilDate, CivilDate] =>
  validity.by === 'statement' ? [validity.validUntil, validity.validUntil] : [validity.first.latest, validity.last.latest]

const UncertaintyAtMost = z.strictObject({
  ...named('uncertainty-at-most'),
  ratio: z.string().check(z.regex(/^[1-9][0-9]{0,2}\/[1-9][0-9]{0,2}$/)),
})
const uncertaintyAtMost: Condition = {
  name: 'uncertainty-at-most',
  id: 'condition.uncertainty-at-most',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1094—2002 5.3.1.1',
  parameters: UncertaintyAtMost,
  evaluate({ record }, { ratio }: z.infer<typeof UncertaintyAtMost>) {
    // It bounds the U of a decision; a calibration that decides nothing has none.
    if (!isCertificate(record) || !decides(record)) return [notApplicable(this)]
    const [numerator, denominator] = ratio.split('/').map(BigInt) as [bigint, bigint]
    const most = rational(numerator, denominator)
    const { judged, unjudged } = judgeRows(record.results.flatMap((table, index) => readTable(table, index).read ?? []))
    const bounded = judged.filter(boundsError)
    const checks: Check[] = []
    const unknownAt = (read: ReadTable, row: number, reason: UnjudgedReason): void => {
      const finding = {
        code: 'uncertainty.ratio-not-judged',
        path: rowPath(read, row),
        params: describeUnjudged(read, row, reason),
      } as const
      checks.push(unknown(this, factMissing(reason), finding))
    }
    for (const judgedRow of bounded) {
      const { read, row } = judgedRow
      const isSmall = isUncertaintyAtMost(judgedRow, most)
      if (isSmall === undefined) unknownAt(read, row, undecidedReason(judgedRow, true))
      else if (!isSmall) {
        const params = { table: read.table.id, row: row + 1, ratio }
        checks.push(found(this, { code: 'uncertainty.ratio-exceeded', path: rowPath(read, row), params }))
      }
    }
    for (const { read, row, reason } of unjudged) if (reason === 'limits-unit') unknownAt(read, row, reason)
    if (checks.length > 0) return failuresFirst(checks).slice(0, 20)
    if (bounded.length > 0) return [passWith(this, { rows: bounded.length })]
    return [unknown(this, 'limits', { code: 'uncertainty.ratio-no-limits', path: '/record/results' })]
  },
}

const rowPath = (read: ReadTable, row: number): string => `/record${pointer(read.index, row)}`

/** A list that is cut must not lose the failure that decides. */
const failuresFirst = (checks: readonly Check[]): Check[] => [
  ...checks.filter(({ status }) => status === 'fail'),
  ...checks.filter(({ status }) => status !== 'fail'),
]

/** Whether a certificate decides on conformity: a verification always does; a calibration where it says so, or states limits. */
const decides = (record: RecordOf<'verification-record'> | RecordOf<'calibration-result'>): boolean =>
  record.kind === 'verification-record' ||
  record.conformity !== undefined ||
  record.results.some(({ columns }) => columns.some(({ role }) => role === 'lower-limit' || role === 'upper-limit'))

const MobileOnly = z.strictObject(named('mobile-only'))
const mobileOnly: Condition = {
  name: 'mobile-only',
  id: 'condition.mobile-only',
  group,
  since,
  basis: '川渝移动式计量器具强检结果互认',
  parameters: MobileOnly,
  evaluate({ record, kind }) {
    const instrument = kind.instrument(record)
    if (instrument?.mobile === undefined) return [found(this, { code: 'instrument.not-mobile', path: '/record/instrument' })]
    // Which categories are mobile is not officially listed, so the catalogue can only warn.
    const listed = instrumentCategories.get(instrument.category)?.mobility
    if (listed !== undefined && listed !== 'fixed') return [pass(this)]
    const params = { category: categoryName(instrument.category) }
    return [found(this, { code: 'instrument.mobility-unlisted', status: 'warn', path: '/record/instrument/category', params })]
  },
}

const LocalSpecificationAdopted = z.strictObject(named('local-specification-adopted'))
const localSpecificationAdopted: Condition = {
  name: 'local-specification-adopted',
  id: 'condition.local-specification-adopted',
  group,
  since,
  basis: '川渝地方计量技术规范互认',
  parameters: LocalSpecificationAdopted,
  evaluate(facts) {
    const on = dayOf(facts)
    return perSpecification(this, facts, (number, edition, path) => {
      const { provinces } = edition.number
      if (provinces.length === 0 || provinces.includes(facts.to)) return undefined
      const adoptions = edition.adoptions.filter(({ region }) => region === facts.to).sort((a, b) => (a.from < b.from ? -1 : 1))
      if (adoptions.some(({ from, to }) => from <= on && (to === undefined || on <= to))) return undefined
      if (equivalentOf(edition, facts, on) !== undefined) return undefined
      const adoption = adoptions.find(({ from }) => on < from) ?? adoptions.at(-1)
      const params = { number, region: provinceName(facts.to), on, from: adoption?.from, documentNo: adoption?.documentNo }
      if (adoption === undefined) return { code: 'specification.not-adopted', path, params }
      const code = on < adoption.from ? 'specification.not-adopted-yet' : 'specification.adoption-ended'
      return { code, path, params, evidence: { adoption } }
    })
  },
}

/** A specification is judged as of the day asked about; a certificate, as of the day of its work. */
const dayOf = ({ record, today, factDate }: RecognitionFacts): CivilDate => (record.kind === 'technical-specification' ? today : factDate)

/** The same text under the receiving province's own number, in force on the day; both provinces must name the group. */
function equivalentOf(edition: EditionFacts, { specifications, to }: RecognitionFacts, on: CivilDate): EditionFacts | undefined {
  if (edition.equivalenceGroup === undefined) return undefined
  return specifications
    .group(edition.equivalenceGroup, to)
    .find(
      ({ number, effectiveOn, abolishedOn }) =>
        number.provinces.includes(to) && (effectiveOn ?? '') <= on && (abolishedOn === undefined || on < abolishedOn),
    )
}

/** Runs over the specifications a record rests on (or is); an edition nobody told us of makes the row undecidable. */
function perSpecification(
  row: Row,
  facts: RecognitionFacts,
  judge: (number: string, edition: EditionFacts, path: string) => Finding | undefined,
): readonly Check[] {
  const { record, kind } = facts
  const checks: Check[] = []
  const judgeNumber = (number: string, path: string): void => {
    const parsed = parseSpecificationNumber(number)
    const edition = parsed && facts.specifications.edition(parsed.key, facts.to)
    if (edition === undefined) {
      const fact = `specification ${parsed?.key ?? number}`
      checks.push(unknown(row, fact, { code: 'specification.edition-unknown', path, params: { number } }))
      return
    }
    const finding = judge(number, edition, path)
    if (finding !== undefined) checks.push(found(row, finding))
  }
  if (record.kind === 'technical-specification') judgeNumber(record.number, '/record/number')
  else {
    kind.basis(record).forEach(({ number }, at) => {
      judgeNumber(number, `/record${kind.basisPath}/${at}/number`)
    })
  }
  return checks.length === 0 ? [pass(row)] : checks
}

/** The conditions, in the order of the report. */
export const conditions: readonly Condition[] = [
  mobileOnly,
  specificationInForce,
  localSpecificationAdopted,
  issuerAuthorised,
  uncertaintyAtMost,
  uncertaintyWithinCapability,
  validityRemaining,
]

/** The condition of this name; undefined where this version has none of that name. */
export const conditionOf = (name: string): Condition | undefined => conditions.find((condition) => condition.name === name)
