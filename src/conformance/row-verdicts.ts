/** The verdict of each row must follow from its value and its limits. V07, V08. */
import type { Finding } from '../base/check.js'
import { defineTexts } from '../base/message.js'
import {
  describeUnjudged,
  factMissing,
  isWithinLimits,
  pointer,
  type ReadTable,
  type UnjudgedReason,
  undecidedReason,
} from '../records/index.js'
import { describe, isGuarded, rowVerdict } from './acceptance.js'
import { checkRawRecord, group, hasTables, needsOf, type Rule } from './rule.js'

export const rowVerdictTexts = defineTexts({
  rows: {
    'verdict.limits': { zh: '单项结论与数据的一致性', en: 'Agreement of row verdicts with the numbers' },
  },
  codes: {
    'verdict.outside-limits': {
      zh: '表 {table} 第 {row} 行：{value} {unit} 超出 [{lower}, {upper}]，却写“合格”',
      en: 'Table {table}, row {row}: {value} {unit} is outside [{lower}, {upper}], yet the verdict is pass',
      advice: checkRawRecord,
    },
    'verdict.within-limits': {
      zh: '表 {table} 第 {row} 行：{value} {unit} 在 [{lower}, {upper}] 之内，却写“不合格”',
      en: 'Table {table}, row {row}: {value} {unit} is within [{lower}, {upper}], yet the verdict is fail',
      advice: checkRawRecord,
    },
    'verdict.not-judged': {
      zh: '表 {table} 第 {row} 行的单项结论无法核对：{reason}',
      en: 'Table {table}, row {row}: the verdict could not be checked: {reason}',
      advice: {
        zh: '请在结果表中写明误差、限值及其单位，必要时写明不确定度',
        en: 'State error, limits and their units as data, and the uncertainty where the decision needs it',
      },
    },
    'verdict.no-limits': {
      zh: '表 {table} 有单项结论而无限值列，结论未经数据核对',
      en: 'Table {table} has verdicts and no column of limits: the verdicts were not checked against the numbers',
      advice: { zh: '有数值要求的，请写限值列（下限、上限）', en: 'Where the requirement is a number, state it as columns of limits' },
    },
  },
})

const since = '0.1.0'

const verdictLimits: Rule = {
  id: 'verdict.limits',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1094—2002 5.3.1; GB/T 8170—2008 4.3',
  needs: needsOf((kind) => (hasTables(kind) ? ['results', ...(kind.decision ? [kind.decision.member] : [])] : undefined)),
  codes: {
    'verdict.outside-limits': 'fail',
    'verdict.within-limits': 'fail',
    'verdict.not-judged': 'skip',
    'verdict.no-limits': 'warn',
  },
  evaluate({ record, kind, rows: { judged, unjudged } }) {
    let any = false
    const findings: Finding[] = []
    const guarded = isGuarded({ record, kind })
    for (const judgedRow of judged) {
      const { read, row } = judgedRow
      const verdict = rowVerdict(read, row)
      if (verdict !== 'pass' && verdict !== 'fail') continue
      const within = isWithinLimits(judgedRow, guarded)
      if (within === undefined) {
        findings.push(verdictNotJudged(read, row, undecidedReason(judgedRow, guarded)))
        continue
      }
      any = true
      if (within === (verdict === 'pass')) continue
      // One value outside its limits fails a row: a stroke within them, or another quantity, does not contradict the failure.
      if (within && judged.some((other) => other.read === read && other.row === row && isWithinLimits(other, guarded) !== true)) continue
      const code = within ? 'verdict.within-limits' : 'verdict.outside-limits'
      findings.push({ code, path: pointer(read.index, row, verdictIndex(read)), params: describe(judgedRow, guarded) })
    }
    let reported: ReadTable | undefined
    for (const { read, row, reason } of unjudged) {
      const verdict = rowVerdict(read, row)
      if (verdict !== 'pass' && verdict !== 'fail') continue
      if (reason !== 'limits-absent') findings.push(verdictNotJudged(read, row, reason))
      else if (reported !== read && read.table.requirement === undefined) {
        // Requirements in words are common: reported once per table, provided that everything comparable was compared.
        findings.push({ code: 'verdict.no-limits', path: `/results/${read.index}/columns`, params: { table: read.table.id } })
        reported = read
      }
    }
    return any || findings.length > 0 ? findings : undefined
  },
}

const verdictIndex = ({ columns }: ReadTable): number | undefined => columns.get('verdict')?.index

const verdictNotJudged = (read: ReadTable, row: number, reason: UnjudgedReason): Finding => ({
  code: 'verdict.not-judged',
  fact: factMissing(reason),
  path: pointer(read.index, row, verdictIndex(read)),
  params: describeUnjudged(read, row, reason),
})

export const rowVerdictRules: readonly Rule[] = [verdictLimits]
