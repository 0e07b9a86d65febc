/**
 * The closed catalogue of conditions: a name, typed parameters, one row of the verdict, and a total function over the
 * facts. An agreement contains no expressions and no patterns.
 */

import * as z from 'zod/mini'
import { type Check, type Finding, failed, missingFact, notApplicable, pass, passWith, type Row } from '../base/check.js'
import { addPeriod, type CivilDate, parsePeriod, periodText } from '../base/date.js'
import { identifierKey } from '../base/identifier.js'
import { defineTexts, listed as listOf } from '../base/message.js'
import { rational } from '../base/rational.js'
import { PeriodText } from '../base/schema.js'
import { builtIn, categoryName, parseSpecificationNumber, provinceName } from '../catalogue/index.js'
import { coded as catalogueCoded } from '../catalogue/messages.js'
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

export const conditionTexts = defineTexts({
  rows: {
    'condition.mobile-only': { zh: '移动式计量器具', en: 'Mobile instruments only' },
    'condition.specification-in-force': {
      zh: '依据的规程（规范）在检定（校准）当日的时效',
      en: 'Specifications applied in force on the day of the work',
    },
    'condition.local-specification-adopted': {
      zh: '采信方对地方规范的采纳',
      en: 'Adoption of local specifications by the recognising province',
    },
    'condition.issuer-authorised': {
      zh: '证书所写授权证书号与信任列表的一致性',
      en: 'Authorisation stated on the record, listed and in force',
    },
    'condition.uncertainty-at-most': { zh: '不确定度与允许误差之比', en: 'Ratio of uncertainty to limit' },
    'condition.validity-remaining': { zh: '剩余有效期', en: 'Remaining validity' },
  },
  codes: {
    'validity.remaining-unknown': {
      zh: '证书未写有效期至，无法判断剩余有效期是否达到协议要求的{min}（至 {needed}）',
      en: 'No validity is stated; whether the {min} that the agreement asks for remain (until {needed}) cannot be told',
      advice: { zh: '请出具机构写明“有效期至”（validUntil）后换发', en: 'Ask the issuer for a certificate that states validUntil' },
    },
    'validity.remaining-too-short': {
      zh: '有效期至 {validUntil}，协议要求剩余有效期至少{min}（至 {needed}）',
      en: 'Valid until {validUntil}; the agreement asks for {min} more (until {needed})',
    },
    'authorisation.not-stated': { zh: '证书未写授权或认可证书号', en: 'The record states no authorisation or accreditation number' },
    'authorisation.not-listed': {
      zh: '证书所写“{number}”不在检定（校准）当日有效的授权（认可）之列（在列：{listed}）',
      en: '{number}, as stated on the record, is not among the authorisations in force on the day of the work ({listed})',
    },
    'uncertainty.ratio-exceeded': {
      zh: '表 {table} 第 {row} 行：U 超过允许误差的 {ratio}',
      en: 'Table {table}, row {row}: U exceeds {ratio} of the limit',
    },
    'uncertainty.ratio-not-judged': {
      zh: '表 {table} 第 {row} 行：U 与允许误差之比无法判断：{reason}',
      en: 'Table {table}, row {row}: the share of U in the limit could not be judged: {reason}',
    },
    'uncertainty.ratio-no-limits': {
      zh: '结果表中没有可比较的限值，U 与允许误差之比无法判断',
      en: 'The results state no limits to compare with, so the share of U in them could not be judged',
    },
    'instrument.not-mobile': {
      zh: '未写移动式器具信息，不属移动式计量器具',
      en: 'No information of a mobile instrument is given, so the clause on mobile instruments does not hold',
    },
    'instrument.mobility-unlisted': {
      zh: '本软件的器具类别表未把{category}列为移动式（该表不是官方目录）',
      en: 'The category table of this software does not list “{category}” as mobile (it is no official list)',
    },
    'condition.edition-not-judged': {
      zh: '{number} 的时效未能判定，见“检定（校准）当日的时效”一项',
      en: 'Whether {number} was in force could not be judged: see the row on editions in force',
    },
    'specification.not-adopted': { zh: '{region}未采纳 {number}', en: '{region} has not adopted {number}' },
    'specification.not-adopted-yet': {
      zh: '{region}自 {from} 起采纳 {number}（{documentNo}），{on} 时尚未采纳',
      en: '{region} adopts {number} from {from} ({documentNo}); on {on} it had not yet',
    },
    'specification.adoption-ended': {
      zh: '{region}对 {number} 的采纳在 {on} 前已终止',
      en: 'The adoption of {number} by {region} had ended by {on}',
    },
  },
})

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
      if (!edition.verified) return { code: 'condition.edition-not-judged', status: 'warn', path, params, evidence }
      return {
        code: isBefore ? catalogueCoded('specification.not-yet-in-force') : catalogueCoded('specification.abolished'),
        path,
        params,
        evidence,
      }
    })
  },
}

const NONE = { zh: '无', en: 'none' }
const IssuerAuthorised = z.strictObject(named('issuer-authorised'))
const issuerAuthorised: Condition = {
  name: 'issuer-authorised',
  id: 'condition.issuer-authorised',
  group,
  since,
  revised: '0.2.0',
  basis: '计量法 第二十条; 计量授权管理办法',
  parameters: IssuerAuthorised,
  evaluate({ record, authorisations, factDate }) {
    // An authority acts by its office; a certificate must state the authorisation on which it is based.
    if (!isCertificate(record)) return [pass(this)]
    // A certificate may state both: what it rests on is the one that covers its work.
    const stated = [record.issuer.authorisationNo, record.issuer.accreditationNo].filter((number) => number !== undefined)
    if (stated.length === 0) return [failed(this, { code: 'authorisation.not-stated', path: '/record/issuer' })]
    const keys = stated.map(identifierKey)
    const listed = authorisations.find(({ number }) => keys.includes(identifierKey(number)))
    if (listed !== undefined) return [passWith(this, { number: listed.number, from: listed.from, to: listed.to })]
    const numbers = authorisations.map(({ number }) => number)
    const params = { number: listOf(stated), listed: numbers.length === 0 ? NONE : listOf(numbers), factDate }
    return [failed(this, { code: 'authorisation.not-listed', path: '/record/issuer', params })]
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
  evaluate({ record, kind, today, catalogue }, { min }: z.infer<typeof ValidityRemaining>) {
    const validity = validityOf(record, kind, catalogue)
    if (validity?.by === 'kind' || validity?.by === 'manner') return [pass(this)]
    const needed = addPeriod(today, parsePeriod(min))
    const [first, last] = validity === undefined ? [] : lastDays(validity)
    const path = '/record/validUntil'
    const params = { validUntil: last, needed, min: periodText(min), today }
    if (first !== undefined && first >= needed) return [passWith(this, { validUntil: first, needed })]
    if (last !== undefined && last < needed) return [failed(this, { code: 'validity.remaining-too-short', path, params })]
    return [missingFact(this, 'validity', { code: 'validity.remaining-unknown', path, params })]
  },
}

/** The earliest and the latest possible last day. */
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
    // The condition bounds U of a decision on conformity; a calibration without one is not bound.
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
      checks.push(missingFact(this, factMissing(reason), finding))
    }
    for (const judgedRow of bounded) {
      const { read, row } = judgedRow
      const isSmall = isUncertaintyAtMost(judgedRow, most)
      if (isSmall === undefined) unknownAt(read, row, undecidedReason(judgedRow, true))
      else if (!isSmall) {
        const params = { table: read.table.id, row: row + 1, ratio }
        checks.push(failed(this, { code: 'uncertainty.ratio-exceeded', path: rowPath(read, row), params }))
      }
    }
    for (const { read, row, reason } of unjudged) if (reason === 'limits-unit') unknownAt(read, row, reason)
    if (checks.length > 0) return failuresFirst(checks).slice(0, 20)
    if (bounded.length > 0) return [passWith(this, { rows: bounded.length })]
    return [missingFact(this, 'limits', { code: 'uncertainty.ratio-no-limits', path: '/record/results' })]
  },
}

const rowPath = (read: ReadTable, row: number): string => `/record${pointer(read.index, row)}`

/** Failures come first, so that truncating the list does not drop the one that decides. */
const failuresFirst = (checks: readonly Check[]): Check[] => [
  ...checks.filter(({ status }) => status === 'fail'),
  ...checks.filter(({ status }) => status !== 'fail'),
]

/** True if a certificate decides on conformity: a verification always does; a calibration if it states conformity or limits. */
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
  evaluate({ record, kind, catalogue = builtIn }) {
    const instrument = kind.instrument(record)
    if (instrument?.mobile === undefined) return [failed(this, { code: 'instrument.not-mobile', path: '/record/instrument' })]
    // Which categories are mobile is not officially listed, so the catalogue can only warn.
    const listed = catalogue.category(instrument.category)?.mobility
    if (listed !== undefined && listed !== 'fixed') return [pass(this)]
    const params = { category: categoryName(instrument.category) }
    return [failed(this, { code: 'instrument.mobility-unlisted', status: 'warn', path: '/record/instrument/category', params })]
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

/** A specification is judged as of the day of the verdict; a certificate, as of the day of its work. */
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

/** Judges each specification on which a record is based, or the specification that it is; for an unknown edition the fact is missing. */
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
      checks.push(missingFact(row, fact, { code: catalogueCoded('specification.edition-unknown'), path, params: { number } }))
      return
    }
    const finding = judge(number, edition, path)
    if (finding !== undefined) checks.push(failed(row, finding))
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

/** The condition of this name; undefined if this version has none. */
export const conditionOf = (name: string): Condition | undefined => conditions.find((condition) => condition.name === name)
