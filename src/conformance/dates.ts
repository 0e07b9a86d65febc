/** Dates: their order, the validity, and whether the standards used were valid on the day. V03, V04, V09, V10. */
import type { Finding } from '../base/check.js'
import { addPeriod, type CivilDate, parsePeriod } from '../base/date.js'
import { defineTexts } from '../base/message.js'
import { CATALOGUE_SOURCE, describeInterval, intervalsOf, type VerificationInterval } from '../catalogue/index.js'
import { type AnyRecord, type Certificate, type DatedMember, isCertificate, type RecordOf } from '../records/index.js'
import { group, isKind, needsOf, type Rule } from './rule.js'

export const dateTexts = defineTexts({
  rows: {
    'dates.order': { zh: '各日期的先后次序', en: 'Order of the dates' },
    'validity.presence': { zh: '有效期的填写（结论、检定类型）', en: 'Presence of a validity, by conclusion and type of verification' },
    'validity.interval': { zh: '有效期与检定周期', en: 'Validity within the verification interval' },
    'standards.valid': { zh: '所用计量标准在检定（校准）当日的有效期', en: 'Validity of the standards used on the day of the work' },
  },
  codes: {
    'dates.order-wrong': {
      zh: '{later}（{a}）早于{earlier}（{b}）',
      en: '{later} ({a}) is earlier than {earlier} ({b})',
      advice: { zh: '请核对两个日期', en: 'Check both dates' },
    },
    'validity.on-notice': {
      zh: '检定结果通知书不给出有效期（写有 {validUntil}）',
      en: 'A notice of failed verification has no validity (it states {validUntil})',
      advice: { zh: '请删去“有效期至”（validUntil）', en: 'Remove validUntil' },
    },
    'validity.on-inspection': {
      zh: '使用中检查不产生新的有效期（写有 {validUntil}）',
      en: 'An in-service inspection gives no new validity (it states {validUntil})',
      advice: { zh: '请删去“有效期至”（validUntil），原证书有效期不变', en: 'Remove validUntil; the certificate’s own validity stays' },
    },
    'validity.too-long': {
      zh: '有效期至 {validUntil} 超过{regulation}的{term}（{period}），最迟为 {latest}',
      en: 'Valid until {validUntil} exceeds the {term} of {regulation}, {period}; the latest day is {latest}',
      advice: { zh: '请按规程规定改正“有效期至”（validUntil）', en: 'Correct validUntil to what the regulation states' },
    },
    'validity.perhaps-too-long': {
      zh: '有效期至 {validUntil} 可能过长：据未经核实的资料（{source}，可信度 {grade}），{regulation}的{term}为 {period}，最迟为 {latest}',
      en: 'Valid until {validUntil} may be too long: by a source that nobody has verified ({source}, grade {grade}), the {term} of {regulation} is {period}; the latest day is {latest}',
      advice: { zh: '请对照规程原文核对检定周期', en: 'Check the interval in the text of the regulation' },
    },
    'validity.on-once-only': {
      zh: '{regulation}的器具只作首次强制检定，失准报废，不给出有效期（写有 {validUntil}）',
      en: 'Instruments under {regulation} are verified once and used until inaccurate: there is no validity (it states {validUntil})',
      advice: { zh: '请核对；属周期检定的，请写明所依据的规程', en: 'Check it; if it is verified periodically, name the regulation' },
    },
    'verification.once-only': {
      zh: '{regulation}的器具一般只作首次强制检定（{term}），本证书写为后续检定',
      en: 'Instruments under {regulation} are as a rule verified once ({term}); this certificate states a subsequent verification',
      advice: {
        zh: '生活用的到期轮换或报废，不作周期检定；其他用途的可不理会此提示',
        en: 'One of a household is replaced or scrapped, not verified again; otherwise ignore this hint',
      },
    },
    'validity.missing': {
      zh: '检定证书未写有效期至',
      en: 'The verification certificate states no day until which it is valid',
      advice: {
        zh: '请按规程的检定周期填写“有效期至”（validUntil）；只作首次检定、失准报废的器具请写明所依据的规程',
        en: 'State validUntil by the interval of the regulation; for instruments verified only once, name the regulation',
      },
    },
    'standard.expired': {
      zh: '标准器“{name}”的证书有效期至 {validUntil}，{factDate} 检定（校准）时已过期',
      en: 'The certificate of the standard “{name}” was valid until {validUntil}; the work is dated {factDate}',
      advice: {
        zh: '请用当日有效的标准器重新检定（校准），或改正其有效期',
        en: 'Repeat the work with a standard valid on the day, or correct its validity',
      },
    },
    'standard.material-expired': {
      zh: '标准物质“{name}”（{number}）有效期至 {validUntil}，{factDate} 检定（校准）时已过期',
      en: 'The reference material “{name}” ({number}) was valid until {validUntil}; the work is dated {factDate}',
      advice: {
        zh: '请用当日有效的标准物质重新检定（校准），或改正其有效期',
        en: 'Repeat the work with a valid one, or correct its validity',
      },
    },
    'standard.assessment-expired': {
      zh: '计量标准“{name}”的考核证书 {number} 有效期至 {validUntil}，{factDate} 检定（校准）时已过期',
      en: 'The assessment {number} of “{name}” was valid until {validUntil}; the work is dated {factDate}',
      advice: { zh: '请完成计量标准复查，或改正证书号与有效期', en: 'Renew the assessment, or correct its number and validity' },
    },
    'validity.month-end': {
      zh: '检定日期 {verifiedOn}，有效期至 {validUntil}：检定周期按月计算遇月末，各地做法可差一日',
      en: 'Verified on {verifiedOn}, valid until {validUntil}: at a month’s end practice differs by a day',
      advice: {
        zh: '有效期通常写“检定日期＋周期－1 日”',
        en: 'Usually the date of verification plus the interval, less one day, is stated',
      },
    },
  },
})

const since = '0.1.0'

const order: Rule = {
  id: 'dates.order',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.2.1 h–j; JJF 1069—2012',
  needs: needsOf(({ dates }) => dates.map(({ path }) => path.split('/')[1] as string)),
  codes: { 'dates.order-wrong': 'fail' },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    let before: DatedMember<AnyRecord> | undefined
    let earlier: CivilDate | undefined
    for (const dated of kind.dates) {
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
  codes: {
    'validity.on-notice': 'fail',
    'validity.on-inspection': 'fail',
    'validity.missing': 'warn',
    'validity.on-once-only': 'warn',
    'verification.once-only': 'warn',
  },
  evaluate({ record, catalogue }) {
    if (!isKind(record, 'verification-record')) return undefined
    const { outcome, validUntil, verificationType } = record
    const path = '/validUntil'
    const intervals = intervalsOf(record, catalogue)
    const again = verificationType === 'subsequent' ? onceOnly(intervals) : []
    if (validUntil === undefined) return isValidityDue(record, intervals) ? [...again, { code: 'validity.missing', path }] : again
    const params = { validUntil }
    if (outcome === 'fail') return [{ code: 'validity.on-notice', path, params }]
    if (verificationType === 'in-service-inspection') return [{ code: 'validity.on-inspection', path, params }]
    const [first] = intervals
    if (first === undefined || intervals.some(({ manner }) => manner !== 'initial-only')) return again
    return [...again, { code: 'validity.on-once-only', path, params: { validUntil, ...describeInterval(first) } }]
  },
}

/**
 * A certificate states a validity, whatever the purpose of the instrument, unless the instrument is used until it is no longer accurate.
 */
const isValidityDue = (record: RecordOf<'verification-record'>, intervals: readonly VerificationInterval[]): boolean =>
  record.outcome === 'pass' &&
  (record.verificationType === 'initial' || record.verificationType === 'subsequent') &&
  !intervals.some(({ manner }) => manner === 'initial-only')

/**
 * Reports a later verification of an instrument that is only verified initially (只作首次强制检定). For meters with a term of use this
 * applies to households only, and a record does not state the household; so by the tables of this package it applies to
 * instruments that are scrapped when inaccurate. A catalogue of an authority is applied as it states.
 */
function onceOnly(intervals: readonly VerificationInterval[]): Finding[] {
  const [first] = intervals
  const isOnce = ({ manner, provenance }: VerificationInterval): boolean =>
    manner === 'initial-only' || (manner === 'initial-then-replacement' && !provenance.source.startsWith(CATALOGUE_SOURCE))
  if (first === undefined || !intervals.every(isOnce)) return []
  return [{ code: 'verification.once-only', path: '/verificationType', params: describeInterval(first) }]
}

const validityInterval: Rule = {
  id: 'validity.interval',
  group,
  since,
  revised: '0.2.0',
  basis: '计量法实施细则 第十一条; 各检定规程“检定周期”',
  needs: { 'verification-record': ['instrument', 'verifiedOn', 'validUntil', 'basis', 'verificationType'] },
  codes: { 'validity.too-long': 'fail', 'validity.perhaps-too-long': 'warn', 'validity.month-end': 'warn' },
  evaluate({ record, catalogue }) {
    if (!isKind(record, 'verification-record') || record.validUntil === undefined) return undefined
    const { verifiedOn, validUntil } = record
    // If the record does not state its class or size, only a validity longer than all candidate intervals is too long.
    let longest: { readonly interval: VerificationInterval; readonly latest: CivilDate; readonly days: number } | undefined
    const intervals = intervalsOf(record, catalogue)
    for (const interval of intervals) {
      if (interval.period === undefined) continue
      const period = parsePeriod(interval.period)
      const latest = addPeriod(verifiedOn, period)
      if (longest === undefined || latest > longest.latest) longest = { interval, latest, days: period.days }
    }
    if (longest === undefined) return undefined
    const { interval, latest, days } = longest
    // “Not more than six months” is satisfied by the same day of the month and by the day before it.
    if (validUntil === latest && days === 0 && latest.slice(8) !== verifiedOn.slice(8)) {
      // 31 August plus six months: there is no 31 February, and practice differs by a day.
      return [{ code: 'validity.month-end', path: '/validUntil', params: { validUntil: latest, verifiedOn } }]
    }
    if (validUntil <= latest) return []
    // An unverified interval may be the applicable one, and may be longer than listed.
    const unsure = intervals.find(({ provenance }) => provenance.grade === 'c')
    const { source, grade } = (unsure ?? interval).provenance
    return [
      {
        code: unsure === undefined ? 'validity.too-long' : 'validity.perhaps-too-long',
        path: '/validUntil',
        params: { validUntil, latest, source, grade, ...describeInterval(interval) },
        evidence: { verifiedOn, interval: interval.period, source, grade },
      },
    ]
  },
}

/**
 * Highest standards that an enterprise of Chongqing has for its own use need no assessment in the pilot: 渝市监公告〔2022〕4号 of 2022-01-27,
 * under the decision of the Standing Committee of 2021-10-23, extended on 2024-11-08 to 2027-10-22. It does not mention authorised bodies,
 * nor work for others.
 */
const PILOT = { from: '2022-01-27', to: '2027-10-22' }

/** A USCC that begins with “91” is an enterprise; characters 3 and 4 are the province that registered it. */
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
  codes: { 'standard.expired': 'fail', 'standard.material-expired': 'fail', 'standard.assessment-expired': 'fail-or-warn' },
  evaluate({ record, factDate }) {
    if (!isCertificate(record) && !isKind(record, 'supervision-finding')) return undefined
    if (record.standards === undefined) return undefined
    const isExempt = isCertificate(record) && isOwnStandard(record, factDate)
    const findings: Finding[] = []
    record.standards.forEach(({ name, trace, assessment, referenceMaterial: material }, at) => {
      if (material?.validUntil !== undefined && material.validUntil < factDate) {
        const params = { name, number: material.number, validUntil: material.validUntil, factDate }
        findings.push({ code: 'standard.material-expired', path: `/standards/${at}/referenceMaterial/validUntil`, params })
      }
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
