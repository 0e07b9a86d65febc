/** The conclusion must follow from the rows, and be drawn by the right people: V07, V08, V13, V15. */
import type { Finding } from '../base/check.js'
import { identifierKey, isNoSerial, isSameClass, nameKey } from '../base/identifier.js'
import { defineTexts } from '../base/message.js'
import {
  type AnyRecord,
  describeUnjudged,
  factMissing,
  isCertificate,
  isWithinLimits,
  lineOfRow,
  outcomeOfLine,
  pointer,
  type ReadTable,
  type RecordOf,
  type RowJudgements,
  type UnjudgedReason,
  undecidedReason,
} from '../records/index.js'
import { describe, isGuarded, rowVerdict } from './acceptance.js'
import { checkIt, checkRawRecord, group, isKind, onCertificates, type Rule } from './rule.js'

export const decisionTexts = defineTexts({
  rows: {
    'signatories.independent': { zh: '检定（校准）员与核验员的分设', en: 'Independence of the checker' },
    'adjustment.results': { zh: '调修前后的数据', en: 'Results before and after adjustment' },
    'verdict.outcome': { zh: '检定结论（符合性声明）与单项结论、数据的一致性', en: 'Agreement of the conclusion with the rows' },
    'decision.rule': { zh: '符合性声明的判定规则', en: 'Decision rule of the statement of conformity' },
    'verdict.class': { zh: '结论等级', en: 'Class concluded' },
  },
  codes: {
    'signatories.same-person': {
      zh: '检定（校准）与核验均为{name}',
      en: '{name} both did the work and checked it',
      advice: { zh: '检定（校准）与核验应由两人承担', en: 'Two people must do the work and check it' },
    },
    'signatories.unnamed': {
      zh: '姓名写作“{name}”，等于无人承担',
      en: 'The name is “{name}”, which is nobody’s',
      advice: checkIt,
    },
    'adjustment.results-missing': {
      zh: '写明经过调修，但没有调修前后两组数据',
      en: 'Adjustment is described, but results before and after are not both given',
      advice: { zh: '请给出调修前（as-found）、调修后（as-left）两组结果', en: 'Give results as found and as left' },
    },
    'adjustment.not-described': {
      zh: '有调修后的数据，但没有调修说明',
      en: 'Results after adjustment are given, but the adjustment is not described',
      advice: { zh: '请填写“调修情况”（adjustment）', en: 'State adjustment' },
    },
    'outcome.not-judged': {
      zh: '表 {table} 第 {row} 行无法与限值比较，检定结论缺少依据：{reason}',
      en: 'Table {table}, row {row} could not be compared with its limits, so the conclusion lacks a ground: {reason}',
      advice: {
        zh: '请补全该行数据，未测的行请删去，或将单项结论写作“不适用”（not-applicable）',
        en: 'Complete the row; remove it, or give the verdict not-applicable, where nothing was measured',
      },
    },
    'outcome.no-data': {
      zh: '结果表中既无单项结论，也无可比较的限值，检定结论无法核对',
      en: 'No row has a verdict or limits to compare with, so the conclusion could not be checked',
      advice: { zh: '请写限值列，或逐项写单项结论', en: 'State limits, or a verdict for each row' },
    },
    'outcome.row-failed': {
      zh: '表 {table} 第 {row} 行不合格，而检定结论（符合性声明）为合格',
      en: 'Table {table}, row {row} failed, yet the conclusion is pass',
      advice: checkRawRecord,
    },
    'outcome.outside-limits': {
      zh: '表 {table} 第 {row} 行 {value} {unit} 超出 [{lower}, {upper}]，而检定结论（符合性声明）为合格',
      en: 'Table {table}, row {row}: {value} {unit} is outside [{lower}, {upper}], yet the conclusion is pass',
      advice: checkRawRecord,
    },
    'outcome.no-failed-item': {
      zh: '检定结论（符合性声明）为不合格，而各项均合格：未说明哪一项不合格',
      en: 'The conclusion is fail, yet every row passes: no failed item is named',
      advice: { zh: '请在结果表写明不合格的项', en: 'Mark the failed row in the tables' },
    },
    'decision.rule-missing': {
      zh: '作了符合性声明，但未写判定规则',
      en: 'Conformity is stated without a decision rule',
      advice: { zh: '请填写“判定规则”（decisionRule：简单接受或设保护带）', en: 'State decisionRule: simple or guarded acceptance' },
    },
    'class.on-notice': {
      zh: '检定结果通知书写了结论等级 {concluded}',
      en: 'A notice of failed verification states the class {concluded}',
      advice: { zh: '请删去“结论等级”（concludedClass）', en: 'Remove concludedClass' },
    },
    'class.differs': {
      zh: '结论等级 {concluded} 与器具准确度等级 {stated} 不同',
      en: 'The class concluded, {concluded}, differs from the instrument’s, {stated}',
      advice: { zh: '降级使用的请在说明中写明', en: 'Say so in the remarks where it was downgraded' },
    },
  },
})

const since = '0.1.0'

/** The conclusion of a record: whether it passed, and the pointer to the statement. */
function conclusionOf(record: AnyRecord): { readonly passed: boolean; readonly path: string } | undefined {
  if (isKind(record, 'verification-record')) return { passed: record.outcome === 'pass', path: '/outcome' }
  if (!isKind(record, 'calibration-result') || record.conformity === undefined) return undefined
  return { passed: record.conformity.outcome === 'conforming', path: '/conformity/outcome' }
}

const outcome: Rule = {
  id: 'verdict.outcome',
  group,
  since,
  revised: '0.2.0',
  basis: '计量检定印、证管理办法; ISO/IEC 17025:2017 7.8.6',
  needs: {
    'verification-record': ['results', 'outcome', 'decisionRule', 'failedItems', 'instruments'],
    'calibration-result': ['results', 'conformity'],
  },
  codes: {
    'outcome.row-failed': 'fail',
    'outcome.outside-limits': 'fail',
    'outcome.no-failed-item': 'fail',
    'outcome.not-judged': 'warn-or-skip',
    'outcome.no-data': 'warn-or-skip',
  },
  evaluate({ record, kind, tables, tableFindings, rows }) {
    const conclusion = conclusionOf(record)
    if (conclusion === undefined) return undefined
    const { passed, path } = conclusion
    const { failing, open, compared } = weighRows(tables, rows, isGuarded({ record, kind }), path)
    // A table whose form is wrong may hold the row that decides: what is missing in the others says nothing.
    const isUnread = tableFindings.length > 0
    const isCompared = compared + open.length > 0
    if (isCompared && isKind(record, 'verification-record') && record.instruments !== undefined)
      return judgeLines(record, failing, open, isUnread)
    if (isUnread && failing.length + open.length === 0) return undefined
    if (!passed) {
      if (failing.length > 0) return []
      // A row that could not be compared may be the one that failed; the failure is then not reported as unfounded.
      if (open.length > 0) return open.map(({ fact: _fact, ...finding }) => finding)
      // A failed item without a table is named, and cannot be compared with the rows.
      if (isKind(record, 'verification-record') && record.failedItems?.some(({ table }) => table === undefined)) return undefined
      return [compared > 0 ? { code: 'outcome.no-failed-item', path } : { code: 'outcome.no-data', path }]
    }
    if (failing.length + open.length > 0) return [...failing.map(({ line: _line, ...finding }) => finding), ...open]
    if (compared > 0) return []
    return [{ code: 'outcome.no-data', path, ...(kind.decision?.rule(record) !== undefined && { fact: 'limits' }) }]
  },
}

/** A finding on a row, and the line of a batch to which the row belongs, if it belongs to one. */
type RowFinding = Finding & { readonly line?: number | undefined }

/** Each line of a batch has its own conclusion; a row without a line belongs to all of them. */
function judgeLines(
  record: RecordOf<'verification-record'>,
  failing: readonly RowFinding[],
  open: readonly Finding[],
  isUnread: boolean,
): readonly Finding[] {
  const findings: Finding[] = []
  const failed = new Map<number | undefined, Finding>()
  for (const { line, ...finding } of failing) if (!failed.has(line)) failed.set(line, finding)
  const isNamed = isUnread || record.failedItems?.some(({ table }) => table === undefined) === true
  for (const at of record.instruments?.keys() ?? []) {
    const found = failed.get(at + 1) ?? failed.get(undefined)
    const passed = outcomeOfLine(record, at + 1) === 'pass'
    const path = `/instruments/${at}`
    if (passed && found !== undefined) findings.push({ ...found, path })
    if (!passed && found === undefined && open.length === 0 && !isNamed) findings.push({ code: 'outcome.no-failed-item', path })
  }
  return [...findings, ...open]
}

interface WeighedRows {
  /** Rows that contradict a passing conclusion. */
  readonly failing: readonly RowFinding[]
  /** Rows without a verdict of their own that cannot be compared. */
  readonly open: readonly Finding[]
  /** Number of rows that were compared with their limits, or that state their own verdict. */
  readonly compared: number
}

/** Evaluates the final rows for the conclusion: their verdicts, and their values against their limits. */
function weighRows(tables: readonly ReadTable[], { judged, unjudged }: RowJudgements, guarded: boolean, path: string): WeighedRows {
  const failing = new Map<string, RowFinding>()
  const fail = (read: ReadTable, row: number, finding: Finding): void => {
    failing.set(keyOf(read, row), { ...finding, line: lineOfRow(read.table, row) })
  }
  const open: Finding[] = []
  const compared = new Set<string>()
  const keyOf = (read: ReadTable, row: number): string => `${read.index}/${row}`
  for (const read of tables) {
    if (!isFinal(read)) continue
    for (let row = 0; row < read.table.rows.length; row++) {
      const verdict = rowVerdict(read, row)
      if (verdict === 'pass' || verdict === 'fail') compared.add(keyOf(read, row))
      if (verdict !== 'fail') continue
      fail(read, row, { code: 'outcome.row-failed', path, params: { table: read.table.id, row: row + 1 } })
    }
  }
  const leaveOpen = (read: ReadTable, row: number, reason: UnjudgedReason): void => {
    // The rule verdict.limits checks a row with its own verdict; a row that does not apply is not checked.
    if (typeof rowVerdict(read, row) === 'string') return
    const finding: Finding = { code: 'outcome.not-judged', path: pointer(read.index, row), params: describeUnjudged(read, row, reason) }
    open.push(reason === 'value-missing' ? finding : { ...finding, fact: factMissing(reason) })
  }
  for (const judgedRow of judged) {
    const { read, row } = judgedRow
    if (!isFinal(read)) continue
    const within = isWithinLimits(judgedRow, guarded)
    if (within === undefined) leaveOpen(read, row, undecidedReason(judgedRow, guarded))
    else compared.add(keyOf(read, row))
    if (within !== false || failing.has(keyOf(read, row))) continue
    fail(read, row, { code: 'outcome.outside-limits', path, params: describe(judgedRow, guarded) })
  }
  for (const { read, row, reason } of unjudged) {
    if (isFinal(read) && reason !== 'limits-absent' && reason !== 'limits-missing') leaveOpen(read, row, reason)
  }
  return { failing: [...failing.values()], open, compared: compared.size }
}

/** Results before adjustment do not decide. */
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
    if (stated === undefined || isSameClass(stated, concluded)) return []
    return [{ code: 'class.differs', path, params: { concluded, stated } }]
  },
}

const independent: Rule = {
  id: 'signatories.independent',
  group,
  since,
  revised: '0.2.0',
  basis: '计量检定印、证管理办法; JJF 1069—2012',
  needs: { 'verification-record': ['signatories'], 'calibration-result': ['signatories'] },
  codes: { 'signatories.same-person': 'fail', 'signatories.unnamed': 'fail' },
  evaluate({ record }) {
    if (!isCertificate(record)) return undefined
    const { signatories } = record
    const doer = 'verifier' in signatories ? signatories.verifier : signatories.calibrator
    const { checker } = signatories
    const findings = Object.entries(signatories).flatMap(([role, person]): Finding[] =>
      // A calibration needs no checker.
      person !== undefined && isNoSerial(person.name) && (role !== 'checker' || 'verifier' in signatories)
        ? [{ code: 'signatories.unnamed', path: `/signatories/${role}/name`, params: { name: person.name } }]
        : [],
    )
    if (findings.length > 0) return findings
    if (checker === undefined || nameKey(doer.name) !== nameKey(checker.name)) return []
    // Two people may share a name; their registration numbers then differ.
    const [one, other] = [doer, checker].map(({ registrationNo }) => registrationNo && identifierKey(registrationNo))
    if (one !== undefined && other !== undefined && one !== other) return []
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

export const decisionRules: readonly Rule[] = [outcome, concludedClass, ruleStated, independent, adjustment]
