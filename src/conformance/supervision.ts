/** 监督检查: the finding must follow from its grounds; a joint inspection has two sides. */
import type { Finding } from '../base/check.js'
import type { Code } from '../base/message.js'
import { defineTexts } from '../base/message.js'
import { type FindingCode, findingCodes, type MeasureCode, measureCodes, type SupervisionFinding } from '../records/index.js'
import { rowVerdict } from './acceptance.js'
import { group, isKind, type Rule, type RuleContext } from './rule.js'

export const supervisionTexts = defineTexts({
  rows: {
    'supervision.finding': { zh: '问题认定与所载事实的一致性', en: 'Agreement of the finding with the facts stated' },
    'supervision.measures': { zh: '处理措施与期限', en: 'Measures and deadline' },
    'supervision.joint': { zh: '两地共同组织', en: 'Organisers of both sides' },
  },
  codes: {
    'finding.overlooked-document': {
      zh: '现场出示的不是检定证书，却认定“{finding}”',
      en: 'What was shown is no verification certificate, yet the finding is “{finding}”',
      advice: { zh: '属强制检定的，请核对是否未检定', en: 'Where verification is mandatory, check whether it was verified' },
    },
    'finding.certificate-shown': {
      zh: '认定“{finding}”，但记载现场出示了证书 {certificate}',
      en: 'The finding is “{finding}”, yet the certificate {certificate} was shown',
      advice: {
        zh: '证书已过有效期的，改为“超过检定周期”；非本器具证书的，请删去',
        en: 'Use overdue where it had expired; remove it where it is another instrument’s',
      },
    },
    'finding.validity-missing': {
      zh: '认定“{finding}”，但未写证书有效期',
      en: 'The finding is “{finding}”, but the certificate’s validity is not stated',
      advice: { zh: '请填写证书的“有效期至”（certificate.validUntil）', en: 'State certificate.validUntil' },
    },
    'finding.not-overdue': {
      zh: '认定“{finding}”，而证书有效期至 {validUntil}，{inspectedOn} 检查时仍有效',
      en: 'The finding is “{finding}”, but the certificate is valid until {validUntil}; the inspection was on {inspectedOn}',
      advice: { zh: '请核对证书与检查日期', en: 'Check the certificate and the date' },
    },
    'finding.results-missing': {
      zh: '认定“{finding}”，但没有现场检测结果',
      en: 'The finding is “{finding}”, but there are no results',
      advice: { zh: '请附“现场检测结果”（results）', en: 'Give results' },
    },
    'finding.no-failed-row': {
      zh: '认定“{finding}”，而现场检测各项均未判不合格',
      en: 'The finding is “{finding}”, but no row of the results failed',
      advice: { zh: '请核对检测结果', en: 'Check the results' },
    },
    'finding.seal-state': {
      zh: '认定“{finding}”，而“封印状态”未写为已破坏',
      en: 'The finding is “{finding}”, but the seals are not stated as broken',
      advice: { zh: '请将“封印状态”写为已破坏（seals: "broken"）', en: 'State seals: "broken"' },
    },
    'finding.type-approval-stated': {
      zh: '认定“{finding}”，而器具写有型式批准证书号 {number}',
      en: 'The finding is “{finding}”, yet the instrument has the type approval {number}',
      advice: {
        zh: '批准不适用的，删去编号并在描述中说明',
        en: 'Remove the number where it does not apply, and say so in the description',
      },
    },
    'finding.not-described': {
      zh: '认定“{finding}”，但没有问题描述',
      en: 'The finding is “{finding}” without a description',
      advice: { zh: '请填写“问题描述”（description）', en: 'State description' },
    },
    'finding.overlooked-overdue': {
      zh: '写“{finding}”，而证书 {certificate} 有效期至 {validUntil}，检查时已过期',
      en: 'It says “{finding}”, yet the certificate {certificate} had expired on {validUntil}',
      advice: { zh: '请改为“超过检定周期”（overdue）', en: 'Use overdue' },
    },
    'finding.overlooked-seal': {
      zh: '写“{finding}”，而封印已破坏',
      en: 'It says “{finding}”, yet a seal is broken',
      advice: { zh: '请改为“破坏封印”', en: 'Use seal-broken' },
    },
    'finding.overlooked-failure': {
      zh: '写“{finding}”，而现场检测有不合格项',
      en: 'It says “{finding}”, yet a row of the results failed',
      advice: { zh: '请改为“不合格”', en: 'Use out-of-limits' },
    },
    'measure.none-ordered': {
      zh: '发现问题而未采取措施',
      en: 'There is a finding, but no measure',
      advice: { zh: '请填写“处理措施”（measures）', en: 'State the measure' },
    },
    'measure.without-finding': {
      zh: '未发现问题，但写有处理措施',
      en: 'There is a measure, but no finding',
      advice: { zh: '请核对问题代码', en: 'Check the finding' },
    },
    'measure.deadline-missing': {
      zh: '责令改正而未写期限',
      en: 'Correction is ordered without a deadline',
      advice: { zh: '请填写“整改期限”（deadline）', en: 'State deadline' },
    },
    'measure.deadline-past': {
      zh: '整改期限 {deadline} 早于检查日期 {inspectedOn}',
      en: 'The deadline {deadline} is before the inspection on {inspectedOn}',
      advice: { zh: '请核对日期', en: 'Check the dates' },
    },
    'measure.case-number': {
      zh: '{measure}而未写立案号或决定书文号',
      en: 'The measure is “{measure}”, but the number of its case or decision is not stated',
      advice: { zh: '请填写“立案号或决定书文号”（caseNo）', en: 'State caseNo' },
    },
    'organisers.one-side': {
      zh: '组织单位只有一地',
      en: 'All organisers are of one side',
      advice: { zh: '联合工作请写明两地组织单位', en: 'For joint work, name the organisers of both sides' },
    },
  },
})

const since = '0.1.0'

/** A calibration certificate or a test report is no verification certificate. */
const isOfOtherWork = ({ document }: NonNullable<SupervisionFinding['certificate']>): boolean =>
  document !== undefined && document !== 'verification' && document !== 'notice'

/** Grounds required for a finding; a code states what is missing or contradicts it. */
const GROUNDS: {
  readonly [F in FindingCode]?: (record: SupervisionFinding, context: RuleContext) => readonly (readonly [Code, string])[]
} = {
  'not-verified': ({ certificate }) =>
    certificate === undefined || isOfOtherWork(certificate) ? [] : [['finding.certificate-shown', '/certificate']],
  overdue: ({ certificate, inspectedOn }) => {
    if (certificate?.validUntil === undefined) return [['finding.validity-missing', '/certificate']]
    return certificate.validUntil < inspectedOn ? [] : [['finding.not-overdue', '/certificate/validUntil']]
  },
  'out-of-limits': ({ results }, { tables }) => {
    if (results === undefined) return [['finding.results-missing', '/finding']]
    const failed = tables.some((read) => read.table.rows.some((_, row) => rowVerdict(read, row) === 'fail'))
    return failed ? [] : [['finding.no-failed-row', '/results']]
  },
  'seal-broken': ({ seals }) => (seals === 'broken' ? [] : [['finding.seal-state', '/seals']]),
  'no-type-approval': ({ instrument }) =>
    instrument.typeApprovalNo === undefined ? [] : [['finding.type-approval-stated', '/instrument/typeApprovalNo']],
  other: ({ description }) => (description === undefined ? [['finding.not-described', '/finding']] : []),
  none: ({ certificate, inspectedOn, seals }, { tables }) => {
    const faults: (readonly [Code, string])[] = []
    if (certificate?.validUntil !== undefined && certificate.validUntil < inspectedOn)
      faults.push(['finding.overlooked-overdue', '/certificate/validUntil'])
    if (certificate !== undefined && isOfOtherWork(certificate)) faults.push(['finding.overlooked-document', '/certificate/document'])
    if (seals === 'broken') faults.push(['finding.overlooked-seal', '/seals'])
    if (tables.some((read) => read.table.rows.some((_, row) => rowVerdict(read, row) === 'fail')))
      faults.push(['finding.overlooked-failure', '/results'])
    return faults
  },
}

const ground: Rule = {
  id: 'supervision.finding',
  group,
  since,
  revised: '0.2.0',
  basis: '计量法 第九条、第二十五条至第二十七条; 计量法实施细则 第四十三条、第四十六条、第四十八条',
  needs: { 'supervision-finding': ['finding', 'certificate', 'inspectedOn', 'results', 'seals', 'instrument', 'description'] },
  codes: {
    'finding.certificate-shown': 'fail',
    'finding.validity-missing': 'warn',
    'finding.not-overdue': 'fail',
    'finding.results-missing': 'warn',
    'finding.no-failed-row': 'fail',
    'finding.seal-state': 'fail',
    'finding.type-approval-stated': 'fail',
    'finding.not-described': 'warn',
    'finding.overlooked-overdue': 'fail',
    'finding.overlooked-document': 'warn',
    'finding.overlooked-seal': 'fail',
    'finding.overlooked-failure': 'fail',
  },
  evaluate(context) {
    const { record } = context
    if (!isKind(record, 'supervision-finding')) return undefined
    const [zh, en] = findingCodes[record.finding]
    const params = {
      finding: { zh, en },
      certificate: record.certificate?.number ?? '',
      validUntil: record.certificate?.validUntil ?? '',
      inspectedOn: record.inspectedOn,
      number: record.instrument.typeApprovalNo ?? '',
    }
    return (GROUNDS[record.finding]?.(record, context) ?? []).map(([code, path]): Finding => ({ code, path, params }))
  },
}

/** Measures that require the number of a case or decision (行政强制法 第十八条, 行政处罚法 第五十四条、第五十九条). */
const WITH_NUMBER: ReadonlySet<MeasureCode> = new Set([
  'seized-in-place',
  'seized',
  'case-opened',
  'warned',
  'publicly-criticised',
  'fined',
  'gains-confiscated',
  'instrument-confiscated',
  'penalty-waived',
  'referred-to-authority',
  'referred-to-prosecution',
])

const measures: Rule = {
  id: 'supervision.measures',
  group,
  since,
  revised: '0.2.0',
  basis: '计量法实施细则; 市场监督管理行政处罚程序规定',
  needs: { 'supervision-finding': ['finding', 'measures', 'deadline', 'inspectedOn'] },
  codes: {
    'measure.none-ordered': 'warn',
    'measure.without-finding': 'warn',
    'measure.deadline-missing': 'warn',
    'measure.deadline-past': 'fail',
    'measure.case-number': 'warn',
  },
  evaluate({ record }) {
    if (!isKind(record, 'supervision-finding')) return undefined
    const { finding, deadline, inspectedOn } = record
    const ordered = record.measures.filter(({ code }) => code !== 'none')
    const findings: Finding[] = []
    if (finding !== 'none' && ordered.length === 0) findings.push({ code: 'measure.none-ordered', path: '/measures' })
    if (finding === 'none' && ordered.length > 0) findings.push({ code: 'measure.without-finding', path: '/measures' })
    if (deadline === undefined && ordered.some(({ code }) => code === 'correction-ordered'))
      findings.push({ code: 'measure.deadline-missing', path: '/measures' })
    if (deadline !== undefined && deadline < inspectedOn)
      findings.push({ code: 'measure.deadline-past', path: '/deadline', params: { deadline, inspectedOn } })
    record.measures.forEach(({ code, caseNo }, at) => {
      if (!WITH_NUMBER.has(code) || caseNo !== undefined) return
      const [zh, en] = measureCodes[code]
      findings.push({ code: 'measure.case-number', path: `/measures/${at}`, params: { measure: { zh, en } } })
    })
    return findings
  },
}

const joint: Rule = {
  id: 'supervision.joint',
  group,
  since,
  basis: '川渝法制计量联合监督抽查',
  needs: { 'supervision-finding': ['organisers'], 'comparison-result': ['organisers'] },
  codes: { 'organisers.one-side': 'warn' },
  evaluate({ record }) {
    if (!('organisers' in record)) return undefined
    // Characters 3 and 4 of the USCC are the province that registered the body; 10 is national.
    const sides = new Set(record.organisers.map(({ uscc }) => uscc.slice(2, 4)))
    return sides.size > 1 || sides.has('10') ? [] : [{ code: 'organisers.one-side', path: '/organisers' }]
  },
}

export const supervisionRules: readonly Rule[] = [ground, measures, joint]
