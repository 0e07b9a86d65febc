/** 监督检查: the finding must follow from what is written beside it; a joint inspection has two sides. */
import type { Finding } from '../base/check.js'
import type { Code } from '../base/messages/index.js'
import { type FindingCode, findingCodes, type MeasureCode, measureCodes, type SupervisionFinding } from '../records/index.js'
import { rowVerdict } from './acceptance.js'
import { isKind, type Rule, type RuleContext } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

/** What must stand beside a finding for it to hold; a code says what is missing or speaks against it. */
const GROUNDS: {
  readonly [F in FindingCode]?: (record: SupervisionFinding, context: RuleContext) => readonly (readonly [Code, string])[]
} = {
  'not-verified': ({ certificate }) => (certificate === undefined ? [] : [['finding.certificate-shown', '/certificate']]),
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

/** Measures that rest on a case, with a number of the case or of the decision (行政强制法 第十八条, 行政处罚法 第五十四条、第五十九条). */
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
    // Characters 3 and 4 of the code are the province that registered the body; 10 is the state.
    const sides = new Set(record.organisers.map(({ uscc }) => uscc.slice(2, 4)))
    return sides.size > 1 || sides.has('10') ? [] : [{ code: 'organisers.one-side', path: '/organisers' }]
  },
}

export const supervisionRules: readonly Rule[] = [ground, measures, joint]
