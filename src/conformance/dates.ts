/** Dates: their order, validity, and whether what the work rested on was in force on the day. V03–V06, V09, V10. */
import type { Finding } from '../base/check.js'
import { addPeriod, type CivilDate, parsePeriod, periodText } from '../base/date.js'
import { instrumentCategories, parseSpecificationNumber, specificationEditions } from '../catalogue/index.js'
import type { AnyRecord } from '../records/index.js'
import { basisPath } from './identifiers.js'
import { isKind, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

type Dated = readonly [path: string, zh: string, en: string, date: CivilDate | undefined]

/** The dates of a record in the order in which they must come. */
function sequence(record: AnyRecord): readonly Dated[] {
  switch (record.kind) {
    case 'verification-record':
      return [
        ['/verifiedOn', '检定日期', 'date of verification', record.verifiedOn],
        ['/validUntil', '有效期至', 'valid until', record.validUntil],
      ]
    case 'calibration-result':
      return [
        ['/receivedOn', '接收日期', 'date of receipt', record.receivedOn],
        ['/calibrationBegan', '校准开始日', 'first day of calibration', record.calibrationBegan],
        ['/calibratedOn', '校准日期', 'date of calibration', record.calibratedOn],
        ['/issuedOn', '签发日期', 'date of issue', record.issuedOn],
      ]
    case 'technical-specification':
      return [
        ['/publishedOn', '发布日期', 'date of publication', record.publishedOn],
        ['/effectiveOn', '实施日期', 'effective date', record.effectiveOn],
        ['/abolishedOn', '废止日期', 'date of abolition', record.abolishedOn],
      ]
  }
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
  },
  evaluate({ record }) {
    const dated = sequence(record).filter(([, , , date]) => date !== undefined)
    const findings: Finding[] = []
    for (let i = 1; i < dated.length; i++) {
      const [, zhEarlier, enEarlier, earlier] = dated[i - 1] as Dated
      const [path, zh, en, later] = dated[i] as Dated
      if ((later as string) >= (earlier as string)) continue
      const params = { later: { zh, en }, earlier: { zh: zhEarlier, en: enEarlier }, a: later as string, b: earlier as string }
      findings.push({ code: 'dates.order-wrong', path, params })
    }
    return findings
  },
}

const validityPresence: Rule = {
  id: 'validity.presence',
  group,
  since,
  basis: '计量检定印、证管理办法; JJF 1001—2011 9.4',
  needs: { 'verification-record': ['outcome', 'validUntil', 'verificationType'] },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record') || record.validUntil === undefined)
      return record.kind === 'verification-record' ? [] : undefined
    const path = '/validUntil'
    const params = { validUntil: record.validUntil }
    if (record.outcome === 'fail') return [{ code: 'validity.on-notice', path, params }]
    if (record.verificationType === 'in-service-inspection') return [{ code: 'validity.on-inspection', path, params }]
    return []
  },
}

const validityInterval: Rule = {
  id: 'validity.interval',
  group,
  since,
  basis: '计量法实施细则 第十一条; 各检定规程“检定周期”',
  needs: { 'verification-record': ['instrument', 'verifiedOn', 'validUntil'] },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record')) return undefined
    const interval = instrumentCategories.get(record.instrument.category)?.interval
    if (record.validUntil === undefined || interval === undefined) return undefined
    // “Not more than six months” is met by the same day of the month as well as by the day before it.
    const latest = addPeriod(record.verifiedOn, parsePeriod(interval.period))
    if (record.validUntil <= latest) return []
    const { source, confidence } = interval.provenance
    return [
      {
        code: 'validity.too-long',
        status: confidence === 'published' ? 'fail' : 'warn',
        path: '/validUntil',
        params: { validUntil: record.validUntil, latest, period: periodText(interval.period) },
        evidence: { verifiedOn: record.verifiedOn, interval: interval.period, source, confidence },
      },
    ]
  },
}

const standards: Rule = {
  id: 'standards.valid',
  group,
  since,
  basis: '计量法 第九条; JJF 1033—2023; JJF 1069—2012',
  needs: { 'verification-record': ['standards', 'verifiedOn'], 'calibration-result': ['standards', 'calibratedOn'] },
  evaluate({ record, factDate }) {
    if (isKind(record, 'technical-specification')) return undefined
    return record.standards.flatMap(({ name, trace, assessment }, at): Finding[] => {
      const findings: Finding[] = []
      if (trace?.validUntil !== undefined && trace.validUntil < factDate) {
        const params = { name, validUntil: trace.validUntil, factDate }
        findings.push({ code: 'standard.expired', path: `/standards/${at}/trace/validUntil`, params })
      }
      if (assessment !== undefined && assessment.validUntil < factDate) {
        const params = { name, number: assessment.number, validUntil: assessment.validUntil, factDate }
        findings.push({ code: 'standard.assessment-expired', path: `/standards/${at}/assessment/validUntil`, params })
      }
      return findings
    })
  },
}

const regulation: Rule = {
  id: 'basis.regulation',
  group,
  since,
  basis: '计量法 第九条、第十条',
  needs: { 'verification-record': ['basis', 'purpose'] },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record')) return undefined
    const mandatory = record.purpose !== 'other'
    return record.basis.flatMap(({ number }, at): Finding[] =>
      parseSpecificationNumber(number)?.family === 'JJF'
        ? [
            {
              code: 'basis.not-regulation',
              status: mandatory ? 'fail' : 'warn',
              path: `/basis/${at}/number`,
              params: { number },
            },
          ]
        : [],
    )
  },
}

const inForce: Rule = {
  id: 'basis.in-force',
  group,
  since,
  basis: '计量法 第十条; 国家计量检定规程管理办法',
  needs: { 'verification-record': ['basis', 'verifiedOn'], 'calibration-result': ['method', 'calibratedOn'] },
  evaluate({ record, kind, factDate }) {
    if (isKind(record, 'technical-specification')) return undefined
    return kind.basis(record).flatMap(({ number }, at): Finding[] => {
      const parsed = parseSpecificationNumber(number)
      // Local and joint editions are facts of the two authorities, judged where those are known.
      if (parsed === undefined || parsed.level === 'local' || parsed.level === 'joint') return []
      const path = `${basisPath(record.kind)}/${at}/number`
      const edition = specificationEditions.get(parsed.key)
      if (edition === undefined) return [{ code: 'specification.edition-unknown', status: 'warn', path, params: { number } }]
      const { source, confidence } = edition.provenance
      const evidence = { source, confidence }
      if (confidence !== 'published')
        return [{ code: 'specification.dates-unverified', status: 'warn', path, params: { number }, evidence }]
      const params = {
        number,
        factDate,
        effectiveOn: edition.effectiveOn ?? '',
        abolishedOn: edition.abolishedOn ?? '',
        by: edition.replacedBy ?? '',
      }
      if (edition.effectiveOn !== undefined && factDate < edition.effectiveOn) {
        return [{ code: 'specification.not-yet-in-force', path, params, evidence }]
      }
      if (edition.abolishedOn !== undefined && factDate >= edition.abolishedOn) {
        return [{ code: 'specification.abolished', path, params, evidence }]
      }
      return []
    })
  },
}

const nationalFirst: Rule = {
  id: 'basis.national-first',
  group,
  since,
  basis: '计量法 第十条',
  needs: { 'verification-record': ['basis', 'instrument'] },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record')) return undefined
    const national = instrumentCategories.get(record.instrument.category)?.regulations ?? []
    return record.basis.flatMap(({ number }, at): Finding[] => {
      const parsed = parseSpecificationNumber(number)
      const local = parsed?.family === 'JJG' && (parsed.level === 'local' || parsed.level === 'joint')
      // A local regulation may cover another method than the national one (JJG(京)177 beside JJG 517), so it only warns.
      if (!local || national.length === 0) return []
      return [
        { code: 'basis.national-exists', status: 'warn', path: `/basis/${at}/number`, params: { number, national: national.join(', ') } },
      ]
    })
  },
}

export const dateRules: readonly Rule[] = [order, validityPresence, validityInterval, standards, regulation, inForce, nationalFirst]
