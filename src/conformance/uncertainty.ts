/** Uncertainties by the GUM: significant digits, decimal places, U = k·u, ratio, budget. V12. */

import type { Finding } from '../base/check.js'
import { absolute, type Decimal, formatDecimal, parseDecimal, significantDigits } from '../base/decimal.js'
import {
  type AnyRecord,
  columnsOf,
  decimalAt,
  isCertificate,
  judgedColumn,
  pointer,
  type ReadColumn,
  type ReadTable,
} from '../records/index.js'
import {
  isRatioScale,
  judgeCoverage,
  judgeFactor,
  judgeSize,
  judgeStatement,
  judgeUncertainty,
  notJudged,
  readBudget,
} from './judge-uncertainty.js'
import { cellAt, EXPANDED, mainCell, statementOf, UNCERTAINTIES } from './row-uncertainty.js'
import { group, isKind, onCertificates, onTables, type Rule } from './rule.js'
import { coded } from './uncertainty-messages.js'

const since = '0.1.0'
const RESULTS = onTables()

const uncertaintyDigits: Rule = {
  id: coded('uncertainty.digits'),
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1059.1—2012 5.3.8; ILAC-P14:09/2020 5.4',
  needs: RESULTS,
  codes: { 'uncertainty.too-many-digits': 'fail' },
  evaluate: ({ tables }) =>
    eachCell(tables, EXPANDED, (read, row, column, value): Finding[] => {
      if (statedDigits(value) <= 2) return []
      const params = { table: read.table.id, row: row + 1, uncertainty: formatDecimal(value) }
      return [{ code: 'uncertainty.too-many-digits', path: pointer(read.index, row, column.index), params }]
    }),
}

/** Significant digits that are certain: trailing zeros of a whole number may be placeholders. */
function statedDigits(value: Decimal): number {
  if (value.scale > 0) return significantDigits(value)
  return absolute(value).coefficient.toString().replace(/0+$/, '').length
}

const uncertaintyPlace: Rule = {
  id: coded('uncertainty.place'),
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1059.1—2012 5.3.8.3; ILAC-P14:09/2020 5.4',
  needs: RESULTS,
  codes: { 'uncertainty.place-differs': 'fail' },
  evaluate: ({ tables }) =>
    eachCell(tables, ['uncertainty'], (read, row, column, uncertainty): Finding[] | undefined => {
      let any = false
      // Both strokes, if there are two.
      for (const of of columnsOf(read, (['error', 'correction'] as const).find((role) => read.columns.has(role)) ?? 'indication')) {
        const value = decimalAt(read, row, of)
        // In different units the decimal places cannot be compared.
        if (value === undefined || of.column.unit !== column.column.unit) continue
        any = true
        if (value.scale === uncertainty.scale) continue
        const params = { table: read.table.id, row: row + 1, value: formatDecimal(value), uncertainty: formatDecimal(uncertainty) }
        return [{ code: 'uncertainty.place-differs', path: pointer(read.index, row, column.index), params }]
      }
      return any ? [] : undefined
    }),
}

/**
 * Judges every cell of the named columns. `undefined` means that a cell had nothing to be compared with; if all are, there
 * was nothing to judge.
 */
function eachCell(
  tables: readonly ReadTable[],
  roles: readonly (typeof UNCERTAINTIES)[number][],
  judge: (read: ReadTable, row: number, column: ReadColumn, value: Decimal) => readonly Finding[] | undefined,
): readonly Finding[] | undefined {
  let any = false
  const findings: Finding[] = []
  for (const read of tables) {
    for (const role of roles) {
      const column = read.columns.get(role)
      if (column === undefined) continue
      for (let row = 0; row < read.table.rows.length; row++) {
        const value = decimalAt(read, row, column)
        const found = value && judge(read, row, column, value)
        if (found === undefined) continue
        any = true
        if (found.length > 0) findings.push(...found)
      }
    }
  }
  return any ? findings : undefined
}

const consistent: Rule = {
  id: coded('uncertainty.consistent'),
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1059.1—2012 4.4, 5.1; JCGM 100:2008 5.1, 5.2, 6.2',
  needs: {
    ...onCertificates('results', 'standards', 'environment'),
    'supervision-finding': ['results', 'standards'],
    'comparison-result': ['points'],
  },
  codes: {
    'uncertainty.negative': 'fail',
    'uncertainty.zero': 'warn',
    'uncertainty.coverage-factor': 'fail',
    'uncertainty.coverage-probability': 'warn',
    'uncertainty.not-k-times-u': 'fail',
    'uncertainty.relative-differs': 'fail',
    'uncertainty.budget-differs': 'fail',
    'uncertainty.percent-as-absolute': 'fail',
    'uncertainty.neglected-counts': 'warn',
    'uncertainty.correlation-entry': 'fail',
    'uncertainty.correlation-coefficient': 'fail',
    'uncertainty.correlation-matrix': 'fail',
    'uncertainty.interval-reversed': 'fail',
    'uncertainty.interval-without-value': 'warn',
    'uncertainty.last-digits': 'warn',
    'uncertainty.not-judged': 'warn',
  },
  evaluate(context) {
    const { record } = context
    const findings: Finding[] = []
    let any = visitStated(record, findings)
    if (!isKind(record, 'comparison-result')) for (const read of context.tables) any = judgeTable(read, findings) || any
    return any ? findings : undefined
  },
}

type Stated = Parameters<typeof judgeUncertainty>[0]

/** Checks the uncertainties outside the tables, in every kind of record; returns false if there is none. */
function visitStated(record: AnyRecord, findings: Finding[]): boolean {
  let any = false
  const judge = (quantity: Stated, path: string): void => {
    any = true
    findings.push(...judgeUncertainty(quantity, path))
  }
  if (isKind(record, 'comparison-result')) {
    record.points.forEach(({ unit, reference, drift, results }, at) => {
      if (reference.uncertainty !== undefined) judge({ ...reference, unit }, `/points/${at}/reference`)
      // The drift is an uncertainty of the reference value.
      if (drift !== undefined) judge({ value: reference.value, unit, uncertainty: drift }, `/points/${at}/drift`)
      results.forEach((result, row) => {
        if (result.uncertainty !== undefined) judge({ ...result, unit }, `/points/${at}/results/${row}`)
      })
    })
    return any
  }
  if ('standards' in record) {
    record.standards?.forEach((standard, at) => {
      if (standard.uncertainty !== undefined) judge(standard, `/standards/${at}`)
    })
  }
  if (!isCertificate(record)) return any
  const { environment } = record
  for (const name in environment) {
    const condition = environment[name as keyof typeof environment]
    if (condition !== undefined && 'value' in condition && condition.uncertainty !== undefined) judge(condition, `/environment/${name}`)
  }
  environment?.other?.forEach(({ value }, at) => {
    if (value !== undefined && 'value' in value && value.uncertainty !== undefined) judge(value, `/environment/other/${at}/value`)
  })
  return any
}

/** Checks the uncertainties of a table; returns false if it states none. */
function judgeTable(read: ReadTable, findings: Finding[]): boolean {
  const columns = UNCERTAINTIES.map((role) => read.columns.get(role)).filter((column) => column !== undefined)
  if (columns.length === 0) return false
  for (const { index, column } of columns) {
    const at = `/results/${read.index}/columns/${index}`
    const factor = column.k === undefined ? undefined : judgeFactor(parseDecimal(column.k))
    const coverage = judgeCoverage(column.coverage)
    if (factor !== undefined) findings.push({ ...factor, path: `${at}/k` })
    if (coverage !== undefined) findings.push({ ...coverage, path: `${at}/coverage` })
  }
  let any = false
  for (let row = 0; row < read.table.rows.length; row++) any = judgeRow(read, row, findings) || any
  return judgeBudgets(read, findings) || any
}

/** Checks the uncertainties in a row: the first stated one against the others and the value. Returns false if there is none. */
function judgeRow(read: ReadTable, row: number, findings: Finding[]): boolean {
  const main = mainCell(read, row)
  if (main === undefined) return false
  const others = UNCERTAINTIES.map((role) => cellAt(read, row, read.columns.get(role)))
  for (const other of others) {
    const unsound = other === undefined || other.column === main.column ? undefined : judgeSize(other.value)
    if (other !== undefined && unsound !== undefined) findings.push({ ...unsound, path: pointer(read.index, row, other.column.index) })
  }
  const statement = statementOf(read, row, main)
  if (statement === undefined) return true
  const path = pointer(read.index, row, main.column.index)
  for (const finding of judgeStatement(statement)) findings.push({ ...finding, path })
  return true
}

/** Checks the budgets of a table, each against the uncertainty of its row; returns false if it has none. */
function judgeBudgets(read: ReadTable, findings: Finding[]): boolean {
  const budgets = read.table.budgets ?? []
  budgets.forEach(({ row, entries }, at) => {
    const path = `/results/${read.index}/budgets/${at}`
    const { budget, findings: faults } = readBudget(entries, `${path}/entries`)
    findings.push(...faults)
    const main = mainCell(read, row)
    const statement = main && statementOf(read, row, main)
    if (budget === undefined) return
    if (main === undefined || statement === undefined) {
      findings.push({ ...notJudged('budget'), path })
      return
    }
    const { values, stated, k, ratio } = statement
    for (const finding of judgeStatement({ values, stated, k, ratio, budget }))
      if (!UNSOUND.has(finding.code)) findings.push({ ...finding, path: pointer(read.index, row, main.column.index) })
  })
  return budgets.length > 0
}
/** Already reported for the row. */
const UNSOUND: ReadonlySet<string> = new Set(['uncertainty.negative', 'uncertainty.zero', 'uncertainty.last-digits'])

/** A standard deviation or a hysteresis is part of an uncertainty and needs none of its own. */
const MEASUREMENTS: ReadonlySet<string | undefined> = new Set(['error', 'correction', 'indication'])

const stated: Rule = {
  id: coded('uncertainty.stated'),
  group,
  since,
  revised: '0.2.0',
  basis: 'ISO/IEC 17025:2017 7.8.4.1 a; ILAC-P14:09/2020 5',
  needs: { 'calibration-result': ['results'] },
  codes: { 'uncertainty.not-stated': 'warn', 'uncertainty.cell-empty': 'warn' },
  evaluate({ record, tables }) {
    if (!isKind(record, 'calibration-result')) return undefined
    const measured = tables.filter((read) => MEASUREMENTS.has(judgedColumn(read)?.column.role))
    return measured.length === 0 ? undefined : measured.flatMap(judgeStated)
  },
}

/** Every measured row of a table needs an uncertainty in some form. */
function judgeStated(read: ReadTable): readonly Finding[] {
  const columns = UNCERTAINTIES.map((role) => read.columns.get(role)).filter((column) => column !== undefined)
  const [first] = columns
  const table = read.table.id
  if (first === undefined) return [{ code: 'uncertainty.not-stated', path: `/results/${read.index}/columns`, params: { table } }]
  const measured = judgedColumn(read)
  return read.table.rows.flatMap((_, row): Finding[] => {
    if (decimalAt(read, row, measured) === undefined || mainCell(read, row) !== undefined || isZeroPoint(read, row)) return []
    return [{ code: 'uncertainty.cell-empty', path: pointer(read.index, row, first.index), params: { table, row: row + 1 } }]
  })
}

/** The zero of an instrument is set, not measured, and its row states no uncertainty (JJG 49, JJG 52); 0 ℃ is a point like any other. */
const isZeroPoint = (read: ReadTable, row: number): boolean =>
  (['reference', 'nominal'] as const).some((role) => {
    const column = read.columns.get(role)
    return decimalAt(read, row, column)?.coefficient === 0n && isRatioScale(column?.unit)
  })

export const uncertaintyRules: readonly Rule[] = [uncertaintyDigits, uncertaintyPlace, consistent, stated]
