/** Acceptance of rows: limits reduced by a guard band, the ratio of U to the limits, and adequate standards. V04, V08. */
import type { Finding } from '../base/check.js'
import { formatDecimal, parseDecimal } from '../base/decimal.js'
import { defineTexts } from '../base/message.js'
import { compareRational, fromDecimal, type Rational, rational, toDecimal, toExactDecimal, unreduced } from '../base/rational.js'
import { type LegalUnit, unitOf } from '../catalogue/index.js'
import {
  acceptanceLimits,
  boundsError,
  decimalAt,
  describeUnjudged,
  halfWidthOf,
  hasUncertaintyColumn,
  isCertificate,
  isUncertaintyAtMost,
  type JudgedRow,
  type Limits,
  limitColumn,
  pointer,
  type ReadTable,
  undecidedReason,
} from '../records/index.js'
import { group, needsOf, onCertificates, type Rule, type RuleContext } from './rule.js'

export const acceptanceTexts = defineTexts({
  rows: {
    'decision.uncertainty': {
      zh: '简单接受的条件（U 不大于 MPEV 的三分之一）',
      en: 'Condition of simple acceptance: U at most a third of the MPE',
    },
    'standards.fit': { zh: '计量标准（标准器）与被检器具的允许误差之比', en: 'Permissible error of the standard against the instrument’s' },
  },
  codes: {
    'decision.not-judged': {
      zh: '表 {table} 第 {row} 行：U 是否不大于 MPEV 的三分之一无法判断：{reason}',
      en: 'Table {table}, row {row}: whether U is at most a third of the MPE could not be judged: {reason}',
      advice: {
        zh: '请写扩展不确定度 U（或标准不确定度及 k），单位与误差一致',
        en: 'State U, or the standard uncertainty with k, in the unit of the error',
      },
    },
    'standard.not-judged': {
      zh: '计量标准（标准器）“{name}”的最大允许误差无法比较：单位未收录，或两个限值之间没有宽度',
      en: 'The permissible error of the standard “{name}” could not be compared: its unit is not known, or it has no width',
      advice: {
        zh: '请核对“最大允许误差”（maximumPermissibleError）的限值和单位',
        en: 'Check the limits and the unit of maximumPermissibleError',
      },
    },
    'decision.uncertainty-too-large': {
      zh: '表 {table} 第 {row} 行：U 大于 MPEV 的三分之一，不得简单接受',
      en: 'Table {table}, row {row}: U exceeds a third of the MPE, so simple acceptance is not open',
      advice: { zh: '请改用设保护带的判定', en: 'Use a guarded decision' },
    },
    'decision.guard-needed': {
      zh: '表 {table} 第 {row} 行：U 大于 MPEV 的三分之一，又未写判定规则',
      en: 'Table {table}, row {row}: U exceeds a third of the MPE, and no decision rule is stated',
      advice: { zh: '请填写“判定规则”（decisionRule：设保护带接受）', en: 'State decisionRule: guarded acceptance' },
    },
    'standard.too-coarse': {
      zh: '计量标准（标准器）“{name}”的最大允许误差大于被检器具允许误差的三分之一',
      en: 'The permissible error of the standard “{name}” exceeds a third of that of the instrument',
      advice: { zh: '请改用准确度更高的标准器，或说明不确定度评定结果', en: 'Use a finer standard, or show the uncertainty achieved' },
    },
  },
})

const since = '0.1.0'

export const rowVerdict = (read: ReadTable, row: number): string | null | undefined => {
  const column = read.columns.get('verdict')
  return column === undefined ? undefined : read.table.rows[row]?.[column.index]
}

/** True if a guard band is subtracted from the limits before a row is accepted. */
export const isGuarded = ({ record, kind }: Pick<RuleContext, 'record' | 'kind'>): boolean =>
  kind.decision?.rule(record)?.rule === 'guarded-acceptance'

/** Message parameters with the values that were compared in a row. */
export const describe = (judgedRow: JudgedRow, guarded: boolean): Record<string, string | number> => {
  const { read, row, judged, written } = judgedRow
  const { lower, upper } = acceptanceLimits(judgedRow, guarded)
  // As written, unless that is in another unit or does not include the guard band.
  const limit = (role: 'lower-limit' | 'upper-limit', exact: Rational | undefined): string | undefined => {
    if (exact === undefined) return undefined
    const cell = decimalAt(read, row, limitColumn(read, role, judged))
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
const THREE = rational(3n)

const simpleAcceptance: Rule = {
  id: 'decision.uncertainty',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1094—2002 5.3.1.1',
  needs: needsOf(({ decision }) => decision && ['results', decision.member]),
  codes: { 'decision.uncertainty-too-large': 'fail', 'decision.guard-needed': 'warn', 'decision.not-judged': 'warn-or-skip' },
  evaluate({ record, kind, rows: { judged } }) {
    const rule = kind.decision?.rule(record)?.rule
    if (rule === 'guarded-acceptance') return undefined
    let any = false
    const findings: Finding[] = []
    for (const judgedRow of judged) {
      const { read, row } = judgedRow
      const verdict = rowVerdict(read, row)
      if (!boundsError(judgedRow)) continue
      // Without a stated decision rule, a verdict on the row implies simple acceptance; it can only be questioned if U is stated.
      if (rule === undefined ? verdict !== 'pass' || !hasUncertaintyColumn(read) : verdict === 'not-applicable') continue
      const isSmall = isUncertaintyAtMost(judgedRow, THIRD)
      if (isSmall === undefined) {
        const params = describeUnjudged(read, row, undecidedReason(judgedRow, true))
        const path = pointer(read.index, row)
        findings.push({ code: 'decision.not-judged', path, params, ...(rule !== undefined && { fact: 'uncertainty' }) })
        continue
      }
      any = true
      if (isSmall) continue
      const code = rule === undefined ? 'decision.guard-needed' : 'decision.uncertainty-too-large'
      findings.push({ code, path: pointer(read.index, row, uncertaintyColumn(read)), params: describe(judgedRow, false) })
    }
    return any || findings.length > 0 ? findings : undefined
  },
}

const uncertaintyColumn = ({ columns }: ReadTable): number | undefined =>
  (columns.get('uncertainty') ?? columns.get('relative-uncertainty') ?? columns.get('standard-uncertainty'))?.index

const standardsFit: Rule = {
  id: 'standards.fit',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1033—2023; JJF 1094—2002 5.3.1.1',
  needs: onCertificates('results', 'standards'),
  codes: { 'standard.too-coarse': 'warn', 'standard.not-judged': 'warn' },
  evaluate({ record, rows: { judged } }) {
    if (!isCertificate(record)) return undefined
    let widest: ReadonlyMap<string, Rational> | undefined
    let any = false
    const findings: Finding[] = []
    record.standards.forEach(({ name, maximumPermissibleError }, at) => {
      if (maximumPermissibleError === undefined) return
      const path = `/standards/${at}/maximumPermissibleError`
      const half = halfWidth(maximumPermissibleError)
      if (half === undefined) {
        findings.push({ code: 'standard.not-judged', path, params: { name } })
        return
      }
      widest ??= widestLimits(judged)
      // Any of the standards may serve any table, so only one that fits none of them is reported.
      const limit = widest.get(half.unit.dimension)
      if (limit === undefined) return
      any = true
      if (compareRational(unreduced.multiply(half.width, THREE), limit) > 0)
        findings.push({ code: 'standard.too-coarse', path, params: { name } })
    })
    return any || findings.length > 0 ? findings : undefined
  },
}

/** Half the width of limits, in the coherent unit; undefined if the unit is unknown or they have no width. */
function halfWidth({ lower, upper, unit: code }: Limits): { readonly unit: LegalUnit; readonly width: Rational } | undefined {
  const unit = unitOf(code)
  if (unit === undefined) return undefined
  const half = halfWidthOf({
    ...(lower !== undefined && { lower: unreduced.fromDecimal(parseDecimal(lower)) }),
    ...(upper !== undefined && { upper: unreduced.fromDecimal(parseDecimal(upper)) }),
  })
  return half.numerator <= 0n ? undefined : { unit, width: unreduced.multiply(half, unit.factor) }
}

/** The widest limits per dimension that apply to any row, in the coherent unit. */
function widestLimits(rows: readonly JudgedRow[]): ReadonlyMap<string, Rational> {
  const widest = new Map<string, Rational>()
  for (const { judged, limits } of rows) {
    if (judged.unit === undefined) continue
    for (const reading of limits) {
      const width = unreduced.multiply(halfWidthOf(reading), judged.unit.factor)
      const before = widest.get(judged.unit.dimension)
      if (before === undefined || compareRational(before, width) < 0) widest.set(judged.unit.dimension, width)
    }
  }
  return widest
}

export const acceptanceRules: readonly Rule[] = [simpleAcceptance, standardsFit]
