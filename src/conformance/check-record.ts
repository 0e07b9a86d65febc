/** Checks shape and conformance of one record, signed or not: for a CI job, and as part of every verdict. */
import { blocked, type Check, type Finding, failed, missingFact, notApplicable, pass, type Row } from '../base/check.js'
import { defineTexts } from '../base/message.js'
import { aText, checkArgument } from '../base/options.js'
import { newerParams } from '../base/shape.js'
import { builtIn, type Catalogue } from '../catalogue/index.js'
import {
  type AnyRecord,
  judgeRows,
  type Kind,
  type KindRow,
  kindOfValue,
  kinds,
  parseForeignRecord,
  parseRecord,
  type ReadTable,
  type ResultTable,
  readTable,
  type ShapeFault,
} from '../records/index.js'
import { coded } from '../records/messages.js'
import { acceptanceRules } from './acceptance.js'
import { basisRules } from './basis.js'
import { batchRules } from './batch.js'
import { circumstanceRules } from './circumstances.js'
import { comparisonRules } from './comparison.js'
import { dateRules } from './dates.js'
import { decisionRules } from './decision.js'
import { identifierRules } from './identifiers.js'
import { identityRules } from './identity.js'
import { jurisdictionRules } from './jurisdiction.js'
import { laboratoryOutcomeRules } from './laboratory-outcomes.js'
import { limitRules } from './limits.js'
import { rowVerdictRules } from './row-verdicts.js'
import type { Rule, RuleContext } from './rule.js'
import { scoreRules } from './scores.js'
import { supervisionRules } from './supervision.js'
import { tableRules } from './tables.js'
import { uncertaintyRules } from './uncertainty.js'
import { unitRules } from './units.js'

export const recordTexts = defineTexts({
  codes: {
    'findings.more': { zh: '另有 {more} 处同类问题未列出', en: '{more} more findings of this kind are not listed' },
    'record.newer-members': {
      zh: '记录中有本版本不认识的内容（{count} 处：{members}），可能由更新的版本签发，无法判定',
      en: 'The record holds {count} parts that this version does not know ({members}), perhaps of a later version: undecidable',
      advice: {
        zh: '请升级本软件后重新判定；若是笔误，请出具机构改正后重新签发',
        en: 'Update this software and judge again; if it is a slip, ask the issuer to correct it and sign a new statement',
      },
    },
  },
})

/** The rules over one record, in the order of the report. */
export const rules: readonly Rule[] = [
  ...identifierRules,
  ...identityRules,
  ...dateRules,
  ...basisRules,
  ...tableRules,
  ...limitRules,
  ...unitRules,
  ...uncertaintyRules,
  ...rowVerdictRules,
  ...decisionRules,
  ...acceptanceRules,
  ...comparisonRules,
  ...scoreRules,
  ...laboratoryOutcomeRules,
  ...supervisionRules,
  ...jurisdictionRules,
  ...circumstanceRules,
  ...batchRules,
]

/** Per kind: applicable rules, the members each reads, and its pre-built passing check. */
const prepared = new Map(
  [...kinds.keys()].map((kind) => [
    kind,
    rules.map((rule) => ({ rule, needs: rule.needs[kind as Kind], passed: pass(rule), inapplicable: notApplicable(rule) })),
  ]),
)

/** Rows of the two checks before the rules: the kind of the record is known, and its shape matches the schema. */
export const shapeRows = {
  kind: { id: coded('record.kind'), group: 'shape', basis: 'tongheng records 1', since: '0.1.0' },
  schema: { id: coded('record.schema'), group: 'shape', basis: 'tongheng records 1; JSON Schema 2020-12', since: '0.1.0' },
} as const satisfies Record<string, Row>

export interface RecordCheck {
  readonly kind?: KindRow
  /** The typed record, present if its shape has no fault; members of a later version are omitted. */
  readonly record?: AnyRecord
  /** True if members were omitted because this version does not know them. */
  readonly isPartlyRead: boolean
  readonly checks: readonly Check[]
}

/** Maximum number of findings per rule; the last one states how many more there were. */
const MAX_FINDINGS = 20

/**
 * Checks a record given as JSON. `at` prefixes every path, for a record inside a payload.
 * An unknown kind or version is a result (indeterminate), not an error. So are unknown members of a `foreign` record, one signed
 * by another system, which may be newer; in a record of our own they are faults.
 * @example
 * ```ts
 * import { checkRecord } from 'tongheng'
 * import { change, fixtures } from 'tongheng/testing'
 *
 * const { checks } = checkRecord(change(fixtures.F01.record, ['/outcome', 'fail']))
 * checks.filter(({ status }) => status === 'fail').length > 0 // => true
 * ```
 */
export function checkRecord(
  input: unknown,
  at = '',
  { foreign = false, catalogue = builtIn }: { readonly foreign?: boolean; readonly catalogue?: Catalogue } = {},
): RecordCheck {
  checkArgument('checkRecord', 'at', at, aText)
  const kind = kindOfValue(input)
  if (kind.row === undefined) {
    const finding = { ...kind.fault, path: at + kind.fault.path }
    const first = kind.reason === 'unknown' ? missingFact(shapeRows.kind, 'kind', finding) : failed(shapeRows.kind, finding)
    return { isPartlyRead: false, checks: [first, ...blockedRows([shapeRows.schema, ...rules], shapeRows.kind.id)] }
  }
  const parsed = foreign ? parseForeignRecord(input, kind.row) : parseRecord(input, kind.row)
  const { newer = [] } = parsed
  const schema = shapeFindings(shapeRows.schema, parsed.faults, at)
  if (newer.length > 0) schema.push(newerMembers(shapeRows.schema, newer, at))
  else if (schema.length === 0) schema.push(pass(shapeRows.schema))
  // If there are faults, rules use the input as received, and only its valid members.
  const record = (parsed.value ?? input) as AnyRecord
  const context = contextOf(record, kind.row, parsed.broken, catalogue)
  const checks = [pass(shapeRows.kind), ...schema]
  for (const { rule, needs, passed, inapplicable } of prepared.get(kind.row.kind) ?? []) {
    if (needs === undefined) checks.push(inapplicable)
    else if (parsed.broken.size > 0 && needs.some((member) => parsed.broken.has(member))) checks.push(blocked(rule, shapeRows.schema.id))
    else {
      const findings = rule.evaluate(context)
      if (findings === undefined) checks.push(inapplicable)
      else if (findings.length === 0) checks.push(passed)
      else pushFindings(rule, findings, at, checks)
    }
  }
  const isPartlyRead = newer.length > 0
  return parsed.value === undefined
    ? { kind: kind.row, isPartlyRead, checks }
    : { kind: kind.row, record: parsed.value, isPartlyRead, checks }
}

/** One skipped check per row, blocked by the row `by`, so that a verdict has the same rows even if some could not run. */
export const blockedRows = (rows: readonly Row[], by: Row['id']): Check[] => rows.map((row) => blocked(row, by))

/** One failed check of `row` per schema fault. `at` is the pointer (RFC 6901) to the value that was parsed. */
export const shapeFindings = (row: Row, faults: readonly ShapeFault[], at: string): Check[] =>
  faults.map((fault) => failed(row, { ...fault, path: at + fault.path }))

/** The check for unknown members: not failed, because the record may be valid; not passed, because they may change its meaning. */
export function newerMembers(row: Row, newer: readonly ShapeFault[], at = ''): Check {
  const members = newer.slice(0, MAX_FINDINGS).map(({ path }) => at + path)
  const params = { ...newerParams(members), count: newer.length }
  return missingFact(row, 'newer-version', {
    code: 'record.newer-members',
    path: members[0] as string,
    params,
    evidence: { members },
  })
}

function contextOf(record: AnyRecord, kind: KindRow, broken: ReadonlySet<string>, catalogue: Catalogue): RuleContext {
  const results = broken.has('results') || !('results' in record) || !Array.isArray(record.results) ? [] : record.results
  const tables: ReadTable[] = []
  const tableFindings: Finding[] = []
  for (let index = 0; index < results.length; index++) {
    const table = results[index] as ResultTable
    const isRepeated = index > 0 && results.findIndex(({ id }) => id === table.id) !== index
    if (isRepeated) tableFindings.push({ code: 'table.id-twice', path: `/results/${index}/id`, params: { table: table.id } })
    const { read, findings } = readTable(table, index)
    if (read !== undefined) tables.push(read)
    tableFindings.push(...findings)
  }
  return { record, kind, factDate: kind.factDate(record), catalogue, tables, tableFindings, rows: judgeRows(tables) }
}

function pushFindings(rule: Rule, findings: readonly Finding[], at: string, checks: Check[]): void {
  const listed = Math.min(findings.length, MAX_FINDINGS)
  for (let index = 0; index < listed; index++) {
    const { code, status = statusOf(rule, code), params, path, evidence, fact } = findings[index] as Finding
    checks.push(failed(rule, { code, status, params, path: path === undefined ? undefined : at + path, evidence, fact }))
  }
  if (findings.length === listed) return
  const rest = findings.slice(MAX_FINDINGS)
  // Findings beyond the maximum have the same weight as listed ones.
  const code = 'findings.more'
  const params = { more: rest.length }
  const fact = rest.find((finding) => finding.fact !== undefined)?.fact
  if (rest.some(({ code, status = statusOf(rule, code), fact }) => fact === undefined && status === 'fail'))
    checks.push(failed(rule, { code, params }))
  else checks.push(failed(rule, { code, params, status: 'warn', ...(fact !== undefined && { fact }) }))
}

const statusOf = (rule: Rule, code: Finding['code']): 'fail' | 'warn' => (rule.codes[code]?.startsWith('warn') ? 'warn' : 'fail')
