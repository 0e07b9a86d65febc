/** How a row is accepted: its limits less a guard band, the share of U in them, standards fine enough for them. V04, V08. */
import type { Finding } from '../base/check.js'
import { formatDecimal, parseDecimal } from '../base/decimal.js'
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
  toDecimal,
  toExactDecimal,
} from '../base/rational.js'
import { type LegalUnit, unitOf } from '../catalogue/index.js'
import {
  type AnyRecord,
  type DecisionRule,
  decimalAt,
  isCertificate,
  type JudgedRow,
  type Limits,
  pointer,
  type ReadColumn,
  type ReadTable,
  uncertaintyRatio,
} from '../records/index.js'
import { isKind, onCertificates, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

export const DECIDING = {
  'verification-record': ['results', 'decisionRule'],
  'calibration-result': ['results', 'conformity'],
} as const

/** The row with the limits it is accepted by: those of the table, less the guard band where the rule has one. */
export function acceptance(judgedRow: JudgedRow, rule: DecisionRule | undefined): JudgedRow {
  const { lower, upper, uncertainty } = judgedRow
  if (rule?.rule !== 'guarded-acceptance' || uncertainty === undefined) return judgedRow
  return {
    ...judgedRow,
    ...(lower && { lower: addRational(lower, uncertainty) }),
    ...(upper && { upper: subtractRational(upper, uncertainty) }),
  }
}

export const isWithin = ({ value, lower, upper }: JudgedRow): boolean =>
  (lower === undefined || compareRational(value, lower) >= 0) && (upper === undefined || compareRational(value, upper) <= 0)

export function decisionRuleOf(record: AnyRecord): DecisionRule | undefined {
  if (isKind(record, 'verification-record')) return record.decisionRule
  return isKind(record, 'calibration-result') ? record.conformity?.decisionRule : undefined
}

export const rowVerdict = (read: ReadTable, row: number): string | null | undefined => {
  const column = read.columns.get('verdict')
  return column === undefined ? undefined : read.table.rows[row]?.[column.index]
}

export const describe = (judgedRow: JudgedRow): Record<string, string | number> => {
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

const THIRD = rational(1n, 3n)

const simpleAcceptance: Rule = {
  id: 'decision.uncertainty',
  group,
  since,
  basis: 'JJF 1094—2002 5.3.1.1',
  needs: DECIDING,
  codes: { 'decision.uncertainty-too-large': 'fail', 'decision.guard-needed': 'warn' },
  evaluate({ record, judged }) {
    const rule = decisionRuleOf(record)?.rule
    if (rule === 'guarded-acceptance') return undefined
    // Where no rule is stated, a verdict on the row claims simple acceptance in silence.
    const code = rule === undefined ? 'decision.guard-needed' : 'decision.uncertainty-too-large'
    let any = rule !== undefined
    const findings: Finding[] = []
    for (const judgedRow of judged) {
      if (rule === undefined && rowVerdict(judgedRow.read, judgedRow.row) !== 'pass') continue
      const ratio = uncertaintyRatio(judgedRow)
      if (ratio === undefined) continue
      any = true
      if (compareRational(ratio, THIRD) <= 0) continue
      const column = judgedRow.read.columns.get('uncertainty') as ReadColumn
      const path = pointer(judgedRow.read.index, judgedRow.row, column.index)
      findings.push({ code, path, params: describe(judgedRow) })
    }
    return any ? findings : undefined
  },
}

const standardsFit: Rule = {
  id: 'standards.fit',
  group,
  since,
  basis: 'JJF 1033—2023; JJF 1094—2002 5.3.1.1',
  needs: onCertificates('results', 'standards'),
  codes: { 'standard.too-coarse': 'warn' },
  evaluate({ record, judged }) {
    if (!isCertificate(record)) return undefined
    let widest: ReadonlyMap<string, Rational> | undefined
    let any = false
    const findings: Finding[] = []
    record.standards.forEach(({ name, maximumPermissibleError }, at) => {
      const half = maximumPermissibleError && halfWidth(maximumPermissibleError)
      if (half === undefined) return
      widest ??= widestLimits(judged)
      // Any of the standards may serve any table, so only one that fits none of them is pointed out.
      const limit = widest.get(half.unit.dimension)
      if (limit === undefined) return
      any = true
      if (compareRational(multiplyRational(half.width, rational(3n)), limit) > 0)
        findings.push({ code: 'standard.too-coarse', path: `/standards/${at}/maximumPermissibleError`, params: { name } })
    })
    return any ? findings : undefined
  },
}

/** Half the width of limits, in the coherent unit. */
function halfWidth({ lower, upper, unit: code }: Limits): { readonly unit: LegalUnit; readonly width: Rational } | undefined {
  const unit = unitOf(code)
  if (unit === undefined || (lower === undefined && upper === undefined)) return undefined
  const [low, high] = [lower, upper].map((limit) => (limit === undefined ? undefined : fromDecimal(parseDecimal(limit))))
  return { unit, width: multiplyRational(halfBetween(low, high), unit.factor) }
}

function halfBetween(low: Rational | undefined, high: Rational | undefined): Rational {
  if (low !== undefined && high !== undefined) return divideRational(subtractRational(high, low), rational(2n))
  return absoluteRational(low ?? high ?? rational(0n))
}

/** Per dimension, the widest limits that any row is judged by, in the coherent unit. */
function widestLimits(rows: readonly JudgedRow[]): ReadonlyMap<string, Rational> {
  const widest = new Map<string, Rational>()
  for (const { judged, lower, upper } of rows) {
    if (judged.unit === undefined) continue
    const width = multiplyRational(halfBetween(lower, upper), judged.unit.factor)
    const before = widest.get(judged.unit.dimension)
    if (before === undefined || compareRational(before, width) < 0) widest.set(judged.unit.dimension, width)
  }
  return widest
}

export const acceptanceRules: readonly Rule[] = [simpleAcceptance, standardsFit]
