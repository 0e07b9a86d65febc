/** Uncertainties as the GUM has them: digits, places, U = k·u, ratio, budget. V12. */
import type { Finding } from '../base/check.js'
import { absolute, type Decimal, formatDecimal, parseDecimal, significantDigits } from '../base/decimal.js'
import { columnsOf, decimalAt, judgedColumn, pointer, type ReadColumn, type ReadTable } from '../records/index.js'
import { judgeStatement, judgeUncertainty } from './judge-uncertainty.js'
import { isKind, onCertificates, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const
const RESULTS = { ...onCertificates('results'), 'supervision-finding': ['results'] } as const

const uncertaintyDigits: Rule = {
  id: 'uncertainty.digits',
  group,
  since,
  basis: 'JJF 1059.1—2012 5.3.8; ILAC-P14:09/2020 5.4',
  needs: RESULTS,
  codes: { 'uncertainty.too-many-digits': 'fail' },
  evaluate: ({ tables }) =>
    eachUncertainty(tables, (read, row, column, value): Finding[] => {
      if (statedDigits(value) <= 2) return []
      const params = { table: read.table.id, row: row + 1, uncertainty: formatDecimal(value) }
      return [{ code: 'uncertainty.too-many-digits', path: pointer(read.index, row, column.index), params }]
    }),
}

/** Significant digits a reader can rely on: zeros that end a whole number may only hold its place. */
function statedDigits(value: Decimal): number {
  if (value.scale > 0) return significantDigits(value)
  return absolute(value).coefficient.toString().replace(/0+$/, '').length
}

const uncertaintyPlace: Rule = {
  id: 'uncertainty.place',
  group,
  since,
  basis: 'JJF 1059.1—2012 5.3.8.3; ILAC-P14:09/2020 5.4',
  needs: RESULTS,
  codes: { 'uncertainty.place-differs': 'fail' },
  evaluate: ({ tables }) =>
    eachUncertainty(tables, (read, row, column, uncertainty): Finding[] => {
      // Both strokes, where there are two.
      for (const of of columnsOf(read, read.columns.has('error') ? 'error' : 'indication')) {
        const value = decimalAt(read, row, of)
        if (value === undefined || of.column.unit !== column.column.unit || value.scale === uncertainty.scale) continue
        const params = { table: read.table.id, row: row + 1, value: formatDecimal(value), uncertainty: formatDecimal(uncertainty) }
        return [{ code: 'uncertainty.place-differs', path: pointer(read.index, row, column.index), params }]
      }
      return []
    }),
}

function eachUncertainty(
  tables: readonly ReadTable[],
  judge: (read: ReadTable, row: number, column: ReadColumn, value: Decimal) => readonly Finding[],
): readonly Finding[] | undefined {
  let any = false
  const findings: Finding[] = []
  for (const read of tables) {
    const column = read.columns.get('uncertainty')
    if (column === undefined) continue
    any = true
    for (let row = 0; row < read.table.rows.length; row++) {
      const value = decimalAt(read, row, column)
      if (value !== undefined) findings.push(...judge(read, row, column, value))
    }
  }
  return any ? findings : undefined
}

const consistent: Rule = {
  id: 'uncertainty.consistent',
  group,
  since,
  basis: 'JJF 1059.1—2012 4.4, 5.1; JCGM 100:2008 5.1, 6.2',
  needs: { ...RESULTS, 'comparison-result': ['points'] },
  codes: {
    'uncertainty.negative': 'fail',
    'uncertainty.zero': 'warn',
    'uncertainty.coverage-factor': 'fail',
    'uncertainty.not-k-times-u': 'fail',
    'uncertainty.relative-differs': 'fail',
    'uncertainty.budget-differs': 'fail',
    'uncertainty.percent-as-absolute': 'fail',
    'uncertainty.last-digits': 'warn',
  },
  evaluate(context) {
    const { record } = context
    if (isKind(record, 'comparison-result')) {
      return record.points.flatMap(({ results, reference }, point) => [
        ...judgeUncertainty(reference, `/points/${point}/reference`),
        ...results.flatMap((result, at) => judgeUncertainty(result, `/points/${point}/results/${at}`)),
      ])
    }
    return eachUncertainty(context.tables, judgeRow)
  },
}

/** The uncertainty in a row of a table, with what stands in the columns and budgets beside it. */
function judgeRow(read: ReadTable, row: number, column: ReadColumn, stated: Decimal): readonly Finding[] {
  const [standard, relative] = [read.columns.get('standard-uncertainty'), read.columns.get('relative-uncertainty')]
  const of = measuredColumn(read, column)
  const relativeValue = decimalAt(read, row, relative)
  const factor = relative?.unit?.dimension === '1' ? relative.unit.factor : undefined
  const isRatio = column.unit?.dimension === '1' && of === undefined
  const findings = judgeStatement({
    value: decimalAt(read, row, of),
    stated,
    k: parseDecimal(column.column.k ?? '1'),
    ratio: isRatio ? column.unit?.factor : undefined,
    standard: standard?.unit === column.unit ? decimalAt(read, row, standard) : undefined,
    relative: relativeValue && factor && { value: relativeValue, factor },
    budget: read.table.budgets?.find((budget) => budget.row === row)?.entries,
  })
  const path = pointer(read.index, row, column.index)
  return findings.map((finding) => ({ ...finding, path }))
}

/** The column of the measured value in the unit of the uncertainty: a ratio is taken of it. An error is no such value. */
function measuredColumn(read: ReadTable, uncertainty: ReadColumn): ReadColumn | undefined {
  for (const role of ['indication', 'reference', 'nominal'] as const) {
    const column = read.columns.get(role)
    if (column?.unit !== undefined && column.unit === uncertainty.unit) return column
  }
  return undefined
}

const stated: Rule = {
  id: 'uncertainty.stated',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.4.1 a; ILAC-P14:09/2020 5',
  needs: { 'calibration-result': ['results'] },
  codes: { 'uncertainty.not-stated': 'warn' },
  evaluate({ record, tables }) {
    if (!isKind(record, 'calibration-result')) return undefined
    return tables.flatMap((read): Finding[] => {
      const measured = judgedColumn(read)
      // A standard deviation or a hysteresis is part of an uncertainty and has none of its own.
      if (measured?.column.role !== 'error' && measured?.column.role !== 'indication') return []
      const column = read.columns.get('uncertainty') ?? read.columns.get('relative-uncertainty') ?? read.columns.get('standard-uncertainty')
      const params = { table: read.table.id }
      if (column === undefined) return [{ code: 'uncertainty.not-stated', path: `/results/${read.index}/columns`, params }]
      return []
    })
  },
}

export const uncertaintyRules: readonly Rule[] = [uncertaintyDigits, uncertaintyPlace, consistent, stated]
