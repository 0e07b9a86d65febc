/** Dates: their order, validity, and whether the standards used were valid on the day. V03, V04, V09, V10. */
import type { Finding } from '../base/check.js'
import { addPeriod, type CivilDate, parsePeriod } from '../base/date.js'
import { describeInterval, intervalsOf, type VerificationInterval } from '../catalogue/index.js'
import { type AnyRecord, type Certificate, isCertificate, type Kind, type RecordOf } from '../records/index.js'
import { isKind, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

interface Dated<R> {
  readonly path: string
  readonly zh: string
  readonly en: string
  readonly date: (record: R) => CivilDate | undefined
}

const dated = <R>(path: string, zh: string, en: string, date: Dated<R>['date']): Dated<R> => ({ path, zh, en, date })

/** The dates of a record in the order in which they must come. */
const sequences: { readonly [K in Kind]: readonly Dated<RecordOf<K>>[] } = {
  'verification-record': [
    dated('/verifiedOn', '检定日期', 'date of verification', ({ verifiedOn }) => verifiedOn),
    dated('/validUntil', '有效期至', 'valid until', ({ validUntil }) => validUntil),
  ],
  'calibration-result': [
    dated('/receivedOn', '接收日期', 'date of receipt', ({ receivedOn }) => receivedOn),
    dated('/calibrationBegan', '校准开始日', 'first day of calibration', ({ calibrationBegan }) => calibrationBegan),
    dated('/calibratedOn', '校准日期', 'date of calibration', ({ calibratedOn }) => calibratedOn),
    dated('/issuedOn', '签发日期', 'date of issue', ({ issuedOn }) => issuedOn),
  ],
  'technical-specification': [
    dated('/publishedOn', '发布日期', 'date of publication', ({ publishedOn }) => publishedOn),
    dated('/effectiveOn', '实施日期', 'effective date', ({ effectiveOn }) => effectiveOn),
    dated('/abolishedOn', '废止日期', 'date of abolition', ({ abolishedOn }) => abolishedOn),
  ],
  'comparison-result': [
    dated('/began', '比对开始日期', 'first day of the comparison', ({ began }) => began),
    dated('/ended', '比对结束日期', 'last day of the comparison', ({ ended }) => ended),
    dated('/reportedOn', '总结报告日期', 'date of the report', ({ reportedOn }) => reportedOn),
  ],
  'supervision-finding': [
    dated('/inspectedOn', '检查日期', 'date of inspection', ({ inspectedOn }) => inspectedOn),
    dated('/recheck/on', '复查日期', 'date of the recheck', ({ recheck }) => recheck?.on),
    dated('/publishedOn', '公示日期', 'date of publication', ({ recheck, publishedOn }) =>
      recheck === undefined ? publishedOn : undefined,
    ),
  ],
  'type-approval': [
    dated('/evaluation/reportedOn', '评价报告日期', 'date of the evaluation report', ({ evaluation }) => evaluation.reportedOn),
    dated('/approvedOn', '批准日期', 'date of approval', ({ approvedOn }) => approvedOn),
    dated('/validUntil', '截止日期', 'valid until', ({ validUntil }) => validUntil),
  ],
}

const order: Rule = {
  id: 'dates.order',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.2.1 h–j; JJF 1069—2012',
  needs: {
    'verification-record': ['verifiedOn', 'validUntil'],
    'calibration-result': ['receivedOn', 'calibrationBegan', 'calibratedOn', 'issuedOn'],
    'technical-specification': ['publishedOn', 'effectiveOn', 'abolishedOn'],
    'comparison-result': ['began', 'ended', 'reportedOn'],
    'supervision-finding': ['inspectedOn', 'recheck', 'publishedOn'],
    'type-approval': ['evaluation', 'approvedOn', 'validUntil'],
  },
  codes: { 'dates.order-wrong': 'fail' },
  evaluate({ record }) {
    const findings: Finding[] = []
    let before: Dated<AnyRecord> | undefined
    let earlier: CivilDate | undefined
    // The sequence of a kind is only ever asked about records of that kind.
    for (const dated of sequences[record.kind] as readonly Dated<AnyRecord>[]) {
      const later = dated.date(record)
      if (later === undefined) continue
      if (before !== undefined && earlier !== undefined && later < earlier) {
        const { path, zh, en } = dated
        const params = { later: { zh, en }, earlier: { zh: before.zh, en: before.en }, a: later, b: earlier }
        findings.push({ code: 'dates.order-wrong', path, params })
      }
      before = dated
      earlier = later
    }
    return findings
  },
}

const validityPresence: Rule = {
  id: 'validity.presence',
  group,
  since,
  revised: '0.2.0',
  basis: '计量检定印、证管理办法; JJF 1001—2011 9.4',
  needs: { 'verification-record': ['outcome', 'validUntil', 'verificationType', 'basis', 'instrument'] },
  codes: { 'validity.on-notice': 'fail', 'validity.on-inspection': 'fail', 'validity.missing': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record')) return undefined
    const { outcome, validUntil, verificationType } = record
    const path = '/validUntil'
    if (validUntil === undefined) return isValidityDue(record) ? [{ code: 'validity.missing', path }] : []
    const params = { validUntil }
    if (outcome === 'fail') return [{ code: 'validity.on-notice', path, params }]
    if (verificationType === 'in-service-inspection') return [{ code: 'validity.on-inspection', path, params }]
    return []
  },
}

/** A certificate states a validity, whatever the instrument is for, unless it is used until it is no longer accurate. */
const isValidityDue = (record: RecordOf<'verification-record'>): boolean =>
  record.outcome === 'pass' &&
  (record.verificationType === 'initial' || record.verificationType === 'subsequent') &&
  !intervalsOf(record).some(({ manner }) => manner === 'initial-only')

const validityInterval: Rule = {
  id: 'validity.interval',
  group,
  since,
  revised: '0.2.0',
  basis: '计量法实施细则 第十一条; 各检定规程“检定周期”',
  needs: { 'verification-record': ['instrument', 'verifiedOn', 'validUntil', 'basis', 'verificationType'] },
  codes: { 'validity.too-long': 'fail-or-warn', 'validity.month-end': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record') || record.validUntil === undefined) return undefined
    const { verifiedOn, validUntil } = record
    // Where the record does not say which class or size it is, only what is longer than all of them is too long.
    let longest: { readonly interval: VerificationInterval; readonly latest: CivilDate; readonly days: number } | undefined
    const intervals = intervalsOf(record)
    for (const interval of intervals) {
      if (interval.period === undefined) continue
      const period = parsePeriod(interval.period)
      const latest = addPeriod(verifiedOn, period)
      if (longest === undefined || latest > longest.latest) longest = { interval, latest, days: period.days }
    }
    if (longest === undefined) return undefined
    const { interval, latest, days } = longest
    // “Not more than six months” is met by the same day of the month as well as by the day before it.
    if (validUntil === latest && days === 0 && latest.slice(8) !== verifiedOn.slice(8)) {
      // 31 August and six months: there is no 31 February, and practice differs by a day.
      return [{ code: 'validity.month-end', path: '/validUntil', params: { validUntil: latest, verifiedOn } }]
    }
    if (validUntil <= latest) return []
    const { source, confidence } = interval.provenance
    // An interval that nobody has verified may be the one that applies, and may be longer than it is listed.
    const isCertain = intervals.every(({ provenance }) => provenance.confidence === 'published')
    return [
      {
        code: 'validity.too-long',
        status: isCertain ? 'fail' : 'warn',
        path: '/validUntil',
        params: { validUntil, latest, ...describeInterval(interval) },
        evidence: { verifiedOn, interval: interval.period, source, confidence },
      },
    ]
  },
}

/**
 * Highest standards that an enterprise of Chongqing has for its own use need no assessment in the pilot: 渝市监公告〔2022〕4号 of 2022-01-27,
 * under the decision of the Standing Committee of 2021-10-23, extended on 2024-11-08 to 2027-10-22. Of an authorised body it is not said,
 * nor of work for others.
 */
const PILOT = { from: '2022-01-27', to: '2027-10-22' }

/** In a USCC “91” is an enterprise, and characters 3 and 4 are the province that registered it. */
function isOwnStandard(record: Certificate, factDate: CivilDate): boolean {
  const { uscc, authorisationNo } = record.issuer
  const holder = isKind(record, 'verification-record') ? record.applicant : record.customer
  const isOfPilot = uscc.startsWith('9150') && authorisationNo === undefined && factDate >= PILOT.from && factDate <= PILOT.to
  return isOfPilot && holder.uscc === uscc
}

const standards: Rule = {
  id: 'standards.valid',
  group,
  since,
  basis: '计量法 第八条、第九条; JJF 1033—2023; JJF 1069—2012',
  revised: '0.2.0',
  needs: {
    'verification-record': ['standards', 'verifiedOn', 'issuer', 'applicant'],
    'calibration-result': ['standards', 'calibratedOn', 'issuer', 'customer'],
    'supervision-finding': ['standards', 'inspectedOn'],
  },
  codes: { 'standard.expired': 'fail', 'standard.assessment-expired': 'fail-or-warn' },
  evaluate({ record, factDate }) {
    if (!isCertificate(record) && !isKind(record, 'supervision-finding')) return undefined
    if (record.standards === undefined) return undefined
    const isExempt = isCertificate(record) && isOwnStandard(record, factDate)
    const findings: Finding[] = []
    record.standards.forEach(({ name, trace, assessment }, at) => {
      if (trace?.validUntil !== undefined && trace.validUntil < factDate) {
        const params = { name, validUntil: trace.validUntil, factDate }
        findings.push({ code: 'standard.expired', path: `/standards/${at}/trace/validUntil`, params })
      }
      if (assessment !== undefined && assessment.validUntil < factDate) {
        const params = { name, number: assessment.number, validUntil: assessment.validUntil, factDate }
        const path = `/standards/${at}/assessment/validUntil`
        findings.push({ code: 'standard.assessment-expired', status: isExempt ? 'warn' : 'fail', path, params })
      }
    })
    return findings
  },
}

export const dateRules: readonly Rule[] = [order, validityPresence, validityInterval, standards]
