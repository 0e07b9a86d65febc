/** The decision must follow from the numbers, and be made by the right people: V07, V08, V13, V15. */
import type { Finding } from '../base/check.js'
import { identifierKey } from '../base/identifier.js'
import { isCertificate, pointer, type ReadColumn, type ReadTable } from '../records/index.js'
import { acceptance, DECIDING, decisionRuleOf, describe, isWithin, rowVerdict } from './acceptance.js'
import { isKind, onCertificates, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

const verdictLimits: Rule = {
  id: 'verdict.limits',
  group,
  since,
  basis: 'JJF 1094—2002 5.3.1; GB/T 8170—2008 4.3',
  needs: { ...DECIDING, 'supervision-finding': ['results'] },
  codes: { 'verdict.outside-limits': 'fail', 'verdict.within-limits': 'fail' },
  evaluate({ record, judged }) {
    let any = false
    const findings: Finding[] = []
    const rule = decisionRuleOf(record)
    for (const stated of judged) {
      const judgedRow = acceptance(stated, rule)
      const { read, row } = judgedRow
      const verdict = rowVerdict(read, row)
      if (verdict !== 'pass' && verdict !== 'fail') continue
      any = true
      const within = isWithin(judgedRow)
      if (within === (verdict === 'pass')) continue
      const column = read.columns.get('verdict') as ReadColumn
      const code = within ? 'verdict.within-limits' : 'verdict.outside-limits'
      findings.push({ code, path: pointer(read.index, row, column.index), params: describe(judgedRow) })
    }
    return any ? findings : undefined
  },
}

const outcome: Rule = {
  id: 'verdict.outcome',
  group,
  since,
  basis: '计量检定印、证管理办法; ISO/IEC 17025:2017 7.8.6',
  needs: {
    'verification-record': ['results', 'outcome', 'decisionRule'],
    'calibration-result': ['results', 'conformity'],
  },
  codes: { 'outcome.row-failed': 'fail', 'outcome.outside-limits': 'fail', 'outcome.no-failed-item': 'fail' },
  evaluate({ record, tables, judged }) {
    const passed = isKind(record, 'verification-record')
      ? record.outcome === 'pass'
      : isKind(record, 'calibration-result')
        ? record.conformity && record.conformity.outcome === 'conforming'
        : undefined
    if (passed === undefined) return undefined
    const path = isKind(record, 'verification-record') ? '/outcome' : '/conformity/outcome'
    const failing = new Map<string, Finding>()
    let stated = 0
    for (const read of tables) {
      if (!isFinal(read)) continue
      for (let row = 0; row < read.table.rows.length; row++) {
        const verdict = rowVerdict(read, row)
        if (verdict === 'pass' || verdict === 'fail') stated++
        if (verdict === 'fail') {
          const params = { table: read.table.id, row: row + 1 }
          failing.set(`${read.index}/${row}`, { code: 'outcome.row-failed', path, params })
        }
      }
    }
    const rule = decisionRuleOf(record)
    for (const limited of judged) {
      if (!isFinal(limited.read)) continue
      stated++
      const judgedRow = acceptance(limited, rule)
      if (isWithin(judgedRow)) continue
      const at = `${judgedRow.read.index}/${judgedRow.row}`
      if (!failing.has(at)) failing.set(at, { code: 'outcome.outside-limits', path, params: describe(judgedRow) })
    }
    if (passed) return [...failing.values()]
    return failing.size === 0 && stated > 0 ? [{ code: 'outcome.no-failed-item', path }] : []
  },
}

/** What was found before adjustment does not decide. */
const isFinal = ({ table }: ReadTable): boolean => table.state !== 'as-found'

const ruleStated: Rule = {
  id: 'decision.rule',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.6.1',
  needs: { 'calibration-result': ['conformity'] },
  codes: { 'decision.rule-missing': 'fail' },
  evaluate({ record }) {
    if (!isKind(record, 'calibration-result') || record.conformity === undefined) return undefined
    return record.conformity.decisionRule === undefined ? [{ code: 'decision.rule-missing', path: '/conformity' }] : []
  },
}

const concludedClass: Rule = {
  id: 'verdict.class',
  group,
  since,
  basis: '计量检定印、证管理办法; JJF 1001—2011 7.26',
  needs: { 'verification-record': ['outcome', 'concludedClass', 'instrument'] },
  codes: { 'class.on-notice': 'fail', 'class.differs': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record') || record.concludedClass === undefined) return undefined
    const { concludedClass: concluded, outcome: conclusion, instrument } = record
    const path = '/concludedClass'
    if (conclusion === 'fail') return [{ code: 'class.on-notice', path, params: { concluded } }]
    const stated = instrument.accuracyClass
    if (stated === undefined || classKey(stated) === classKey(concluded)) return []
    return [{ code: 'class.differs', path, params: { concluded, stated } }]
  },
}

/** E2 等级, E₂级 and E2 are one class. */
const classKey = (printed: string): string =>
  identifierKey(printed)
    .replace(/等?级$/u, '')
    .toUpperCase()

const independent: Rule = {
  id: 'signatories.independent',
  group,
  since,
  basis: '计量检定印、证管理办法; JJF 1069—2012',
  needs: { 'verification-record': ['signatories'], 'calibration-result': ['signatories'] },
  codes: { 'signatories.same-person': 'fail' },
  evaluate({ record }) {
    if (!isCertificate(record)) return undefined
    const { signatories } = record
    const doer = 'verifier' in signatories ? signatories.verifier : signatories.calibrator
    const { checker } = signatories
    if (checker === undefined || doer.name.trim() !== checker.name.trim()) return []
    // Two people may share a name; then their registration numbers differ.
    const told = doer.registrationNo !== undefined && checker.registrationNo !== undefined
    if (told && doer.registrationNo !== checker.registrationNo) return []
    return [{ code: 'signatories.same-person', path: '/signatories/checker', params: { name: doer.name } }]
  },
}

const adjustment: Rule = {
  id: 'adjustment.results',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.4.1 d; JJF 1069—2012',
  needs: onCertificates('results', 'adjustment'),
  codes: { 'adjustment.results-missing': 'warn', 'adjustment.not-described': 'warn' },
  evaluate({ record }) {
    if (!isCertificate(record)) return undefined
    const has = (wanted: string): boolean => record.results.some(({ state }) => state === wanted)
    const isLeft = has('as-left')
    if (record.adjustment !== undefined)
      return isLeft && has('as-found') ? [] : [{ code: 'adjustment.results-missing', path: '/adjustment' }]
    return isLeft ? [{ code: 'adjustment.not-described', path: '/results' }] : undefined
  },
}

export const decisionRules: readonly Rule[] = [verdictLimits, outcome, concludedClass, ruleStated, independent, adjustment]
