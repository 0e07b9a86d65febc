/** The decision must follow from the numbers, and be made by the right people: V07, V08, V13, V15. */
import type { Finding } from '../base/check.js'
import { isSameClass, nameKey } from '../base/identifier.js'
import {
  type AnyRecord,
  describeUnjudged,
  factMissing,
  isCertificate,
  isWithinLimits,
  pointer,
  type ReadTable,
  type RowJudgements,
  type UnjudgedReason,
  undecidedReason,
} from '../records/index.js'
import { describe, isGuarded, rowVerdict } from './acceptance.js'
import { hasTables, isKind, needsOf, onCertificates, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

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
      // One value outside its limits fails a row: a stroke within them, or another quantity, contradicts nothing.
      if (within && judged.some((other) => other.read === read && other.row === row && isWithinLimits(other, guarded) !== true)) continue
      const code = within ? 'verdict.within-limits' : 'verdict.outside-limits'
      findings.push({ code, path: pointer(read.index, row, verdictIndex(read)), params: describe(judgedRow, guarded) })
    }
    let told: ReadTable | undefined
    for (const { read, row, reason } of unjudged) {
      const verdict = rowVerdict(read, row)
      if (verdict !== 'pass' && verdict !== 'fail') continue
      if (reason !== 'limits-absent') findings.push(verdictNotJudged(read, row, reason))
      else if (told !== read && read.table.requirement === undefined) {
        // Requirements in words are common: pointed out once a table, and nothing that could be compared was left out.
        findings.push({ code: 'verdict.no-limits', path: `/results/${read.index}/columns`, params: { table: read.table.id } })
        told = read
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

/** What a record concludes: whether it passed, and where it says so. */
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
    'verification-record': ['results', 'outcome', 'decisionRule'],
    'calibration-result': ['results', 'conformity'],
  },
  codes: {
    'outcome.row-failed': 'fail',
    'outcome.outside-limits': 'fail',
    'outcome.no-failed-item': 'fail',
    'outcome.not-judged': 'warn-or-skip',
    'outcome.no-data': 'warn-or-skip',
  },
  evaluate({ record, kind, tables, rows }) {
    const conclusion = conclusionOf(record)
    if (conclusion === undefined) return undefined
    const { passed, path } = conclusion
    const { failing, open, compared } = weighRows(tables, rows, isGuarded({ record, kind }), path)
    if (!passed) {
      if (failing.length > 0) return []
      // A row that cannot be judged may be the one that failed; the failure stands, and is not called unfounded.
      if (open.length > 0) return open.map(({ fact: _fact, ...finding }) => finding)
      return [compared > 0 ? { code: 'outcome.no-failed-item', path } : { code: 'outcome.no-data', path }]
    }
    if (failing.length + open.length > 0) return [...failing, ...open]
    if (compared > 0) return []
    return [{ code: 'outcome.no-data', path, ...(kind.decision?.rule(record) !== undefined && { fact: 'limits' }) }]
  },
}

interface WeighedRows {
  /** Rows that contradict a conclusion of pass. */
  readonly failing: readonly Finding[]
  /** Rows without a verdict of their own that cannot be judged. */
  readonly open: readonly Finding[]
  /** Rows that were compared with their limits, or state their own verdict. */
  readonly compared: number
}

/** What the final rows say for the conclusion: their verdicts, and their values against their limits. */
function weighRows(tables: readonly ReadTable[], { judged, unjudged }: RowJudgements, guarded: boolean, path: string): WeighedRows {
  const failing = new Map<string, Finding>()
  const open: Finding[] = []
  const compared = new Set<string>()
  const keyOf = (read: ReadTable, row: number): string => `${read.index}/${row}`
  for (const read of tables) {
    if (!isFinal(read)) continue
    for (let row = 0; row < read.table.rows.length; row++) {
      const verdict = rowVerdict(read, row)
      if (verdict === 'pass' || verdict === 'fail') compared.add(keyOf(read, row))
      if (verdict !== 'fail') continue
      failing.set(keyOf(read, row), { code: 'outcome.row-failed', path, params: { table: read.table.id, row: row + 1 } })
    }
  }
  const leaveOpen = (read: ReadTable, row: number, reason: UnjudgedReason): void => {
    // A row with a verdict of its own is the matter of verdict.limits; one that does not apply is nobody's.
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
    failing.set(keyOf(read, row), { code: 'outcome.outside-limits', path, params: describe(judgedRow, guarded) })
  }
  for (const { read, row, reason } of unjudged) {
    if (isFinal(read) && reason !== 'limits-absent' && reason !== 'limits-missing') leaveOpen(read, row, reason)
  }
  return { failing: [...failing.values()], open, compared: compared.size }
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
    if (stated === undefined || isSameClass(stated, concluded)) return []
    return [{ code: 'class.differs', path, params: { concluded, stated } }]
  },
}

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
    if (checker === undefined || nameKey(doer.name) !== nameKey(checker.name)) return []
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
