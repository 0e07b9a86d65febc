/** The decision must follow from the numbers: V07, V08, V13, V15. */
import type { Finding } from '../base/check.js'
import { formatDecimal } from '../base/decimal.js'
import {
  addRational,
  compareRational,
  fromDecimal,
  type Rational,
  rational,
  subtractRational,
  toDecimal,
  toExactDecimal,
} from '../base/rational.js'
import {
  type AnyRecord,
  type DecisionRule,
  decimalAt,
  type JudgedRow,
  judgedRows,
  pointer,
  type ReadColumn,
  type ReadTable,
  uncertaintyRatio,
} from '../records/index.js'
import { isKind, onBoth, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

/** The row with the limits it is accepted by: those of the table, less the guard band where the rule has one. */
function acceptance(judgedRow: JudgedRow, rule: DecisionRule | undefined): JudgedRow {
  const { lower, upper, uncertainty } = judgedRow
  if (rule?.rule !== 'guarded-acceptance' || uncertainty === undefined) return judgedRow
  return {
    ...judgedRow,
    ...(lower && { lower: addRational(lower, uncertainty) }),
    ...(upper && { upper: subtractRational(upper, uncertainty) }),
  }
}

const isWithin = ({ value, lower, upper }: JudgedRow): boolean =>
  (lower === undefined || compareRational(value, lower) >= 0) && (upper === undefined || compareRational(value, upper) <= 0)

function decisionRuleOf(record: AnyRecord): DecisionRule | undefined {
  if (isKind(record, 'verification-record')) return record.decisionRule
  return isKind(record, 'calibration-result') ? record.conformity?.decisionRule : undefined
}

const rowVerdict = (read: ReadTable, row: number): string | null | undefined => {
  const column = read.columns.get('verdict')
  return column === undefined ? undefined : read.table.rows[row]?.[column.index]
}

const describe = (judgedRow: JudgedRow): Record<string, string | number> => {
  const { read, row, judged, written, lower, upper } = judgedRow
  // As written, unless that is in another unit or has a guard band still to come off.
  const limit = (role: 'lower-limit' | 'upper-limit', exact: Rational | undefined): string | undefined => {
    if (exact === undefined) return undefined
    const cell = decimalAt(read, row, read.columns.get(role))
    const isWritten = cell !== undefined && compareRational(fromDecimal(cell), exact) === 0
    return formatDecimal(isWritten ? cell : (toExactDecimal(exact) ?? toDecimal(exact, 12)))
  }
  return {
    table: read.table.id,
    row: row + 1,
    value: formatDecimal(written),
    unit: judged.unit?.symbol ?? '',
    lower: limit('lower-limit', lower) ?? '−∞',
    upper: limit('upper-limit', upper) ?? '+∞',
  }
}

const DECIDING = {
  'verification-record': ['results', 'decisionRule'],
  'calibration-result': ['results', 'conformity'],
} as const

const verdictLimits: Rule = {
  id: 'verdict.limits',
  group,
  since,
  basis: 'JJF 1094—2002 5.3.1; GB/T 8170—2008 4.3',
  needs: DECIDING,
  evaluate({ record, tables }) {
    let any = false
    const findings: Finding[] = []
    const rule = decisionRuleOf(record)
    for (const stated of judgedRows(tables)) {
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
  evaluate({ record, tables }) {
    const passed = isKind(record, 'verification-record')
      ? record.outcome === 'pass'
      : isKind(record, 'calibration-result')
        ? record.conformity && record.conformity.outcome === 'conforming'
        : undefined
    if (passed === undefined) return undefined
    // What was found before adjustment does not decide.
    const final = tables.filter(({ table }) => table.state !== 'as-found')
    const path = isKind(record, 'verification-record') ? '/outcome' : '/conformity/outcome'
    const failing = new Map<string, Finding>()
    let stated = 0
    for (const read of final) {
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
    for (const judged of judgedRows(final)) {
      stated++
      const judgedRow = acceptance(judged, rule)
      if (isWithin(judgedRow)) continue
      const at = `${judgedRow.read.index}/${judgedRow.row}`
      if (!failing.has(at)) failing.set(at, { code: 'outcome.outside-limits', path, params: describe(judgedRow) })
    }
    if (passed) return [...failing.values()]
    return failing.size === 0 && stated > 0 ? [{ code: 'outcome.no-failed-item', path }] : []
  },
}

const ruleStated: Rule = {
  id: 'decision.rule',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.6.1',
  needs: { 'calibration-result': ['conformity'] },
  evaluate({ record }) {
    if (!isKind(record, 'calibration-result') || record.conformity === undefined) return undefined
    return record.conformity.decisionRule === undefined ? [{ code: 'decision.rule-missing', path: '/conformity' }] : []
  },
}

const THIRD = rational(1n, 3n)

const simpleAcceptance: Rule = {
  id: 'decision.uncertainty',
  group,
  since,
  basis: 'JJF 1094—2002 5.3.1.1',
  needs: DECIDING,
  evaluate({ record, tables }) {
    if (decisionRuleOf(record)?.rule !== 'simple-acceptance') return undefined
    const findings: Finding[] = []
    for (const judgedRow of judgedRows(tables)) {
      const ratio = uncertaintyRatio(judgedRow)
      if (ratio === undefined || compareRational(ratio, THIRD) <= 0) continue
      const column = judgedRow.read.columns.get('uncertainty') as ReadColumn
      const path = pointer(judgedRow.read.index, judgedRow.row, column.index)
      findings.push({ code: 'decision.uncertainty-too-large', path, params: describe(judgedRow) })
    }
    return findings
  },
}

const independent: Rule = {
  id: 'signatories.independent',
  group,
  since,
  basis: '计量检定印、证管理办法; JJF 1069—2012',
  needs: { 'verification-record': ['signatories'], 'calibration-result': ['signatories'] },
  evaluate({ record }) {
    if (isKind(record, 'technical-specification')) return undefined
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
  needs: onBoth('results', 'adjustment'),
  evaluate({ record }) {
    if (isKind(record, 'technical-specification')) return undefined
    const states = new Set(record.results.map(({ state }) => state))
    const both = states.has('as-found') && states.has('as-left')
    if (record.adjustment !== undefined) return both ? [] : [{ code: 'adjustment.results-missing', status: 'warn', path: '/adjustment' }]
    return states.has('as-left') ? [{ code: 'adjustment.not-described', status: 'warn', path: '/results' }] : undefined
  },
}

export const decisionRules: readonly Rule[] = [verdictLimits, outcome, ruleStated, simpleAcceptance, independent, adjustment]
