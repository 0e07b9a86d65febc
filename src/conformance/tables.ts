/** Result tables: their form, and the arithmetic between their columns. Everything exact; binary floats get 40.02 − 40 wrong. */
import type { Finding } from '../base/check.js'
import { compare, type Decimal, formatDecimal, negate, subtract } from '../base/decimal.js'
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
} from '../base/rational.js'
import { convertExactly, type LegalUnit } from '../catalogue/index.js'
import { decimalAt, pointer, type ReadColumn, type ReadTable } from '../records/index.js'
import { onCertificates, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

const RESULTS = { ...onCertificates('results'), 'supervision-finding': ['results'] } as const

const tableForm: Rule = {
  id: 'table.form',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.2.1 m, 7.8.4.1 a; ILAC-P14:09/2020 5.3',
  needs: RESULTS,
  codes: {
    'table.role-twice': 'fail',
    'table.unit-missing': 'fail',
    'table.unit-on-verdict': 'fail',
    'table.coverage-missing': 'fail',
    'table.row-length': 'fail',
    'table.cell-number': 'fail',
    'table.cell-verdict': 'fail',
    'table.id-twice': 'fail',
    'table.budget-row': 'fail',
    'decimal.interval': 'fail',
  },
  evaluate: ({ tableFindings }) => tableFindings,
}

const errorArithmetic: Rule = {
  id: 'table.error',
  group,
  since,
  basis: 'JJF 1001—2011 5.3; GB/T 8170—2008',
  needs: RESULTS,
  codes: { 'error.not-indication-minus-reference': 'fail', 'error.rounding': 'warn' },
  evaluate({ tables }) {
    let judged = false
    const findings: Finding[] = []
    for (const read of tables) {
      const indication = read.columns.get('indication')
      const reference = read.columns.get('reference')
      const error = read.columns.get('error')
      if (!indication?.unit || !reference?.unit || !error?.unit) continue
      judged = true
      for (let row = 0; row < read.table.rows.length; row++) {
        const shown = decimalAt(read, row, indication)
        const truth = decimalAt(read, row, reference)
        const stated = decimalAt(read, row, error)
        if (shown === undefined || truth === undefined || stated === undefined) continue
        findings.push(...compareError(read, row, { shown, truth, stated, indication, reference, error }))
      }
    }
    return judged ? findings : undefined
  },
}

interface ErrorRow {
  readonly shown: Decimal
  readonly truth: Decimal
  readonly stated: Decimal
  readonly indication: ReadColumn
  readonly reference: ReadColumn
  readonly error: ReadColumn
}

function compareError(read: ReadTable, row: number, cells: ErrorRow): readonly Finding[] {
  const { shown, truth, stated, indication, reference, error } = cells
  if (indication.unit === error.unit && reference.unit === error.unit && shown.scale <= stated.scale && truth.scale <= stated.scale) {
    if (compare(subtract(shown, truth), stated) === 0) return []
  }
  const expected = expectedError(cells)
  if (expected === undefined) return []
  const rounded = toDecimal(expected, stated.scale)
  if (compare(rounded, stated) === 0) return []
  const params = {
    table: read.table.id,
    row: row + 1,
    indication: formatDecimal(shown),
    reference: formatDecimal(truth),
    expected: formatDecimal(rounded),
    stated: formatDecimal(stated),
    unit: (error.unit as LegalUnit).symbol,
  }
  const path = pointer(read.index, row, error.index)
  // Exactly half a unit off: rounded the other way at a tie. GB/T 8170 rounds to the even digit.
  const off = absoluteRational(subtractRational(expected, fromDecimal(stated)))
  const half = rational(1n, 2n * 10n ** BigInt(stated.scale))
  if (compareRational(off, half) === 0) return [{ code: 'error.rounding', path, params }]
  return [{ code: 'error.not-indication-minus-reference', path, params }]
}

/** Error in the unit of its column: absolute, or relative to the reference where that unit is a ratio. */
function expectedError({ shown, truth, indication, reference, error }: ErrorRow): Rational | undefined {
  const [shownUnit, truthUnit, errorUnit] = [indication.unit, reference.unit, error.unit] as [LegalUnit, LegalUnit, LegalUnit]
  if (shownUnit.dimension !== truthUnit.dimension) return undefined
  const truthIn = convertExactly(truth, truthUnit, shownUnit)
  const difference = subtractRational(fromDecimal(shown), truthIn)
  if (errorUnit.dimension === shownUnit.dimension) {
    return divideRational(multiplyRational(difference, shownUnit.factor), errorUnit.factor)
  }
  if (errorUnit.dimension !== '1' || truthIn.numerator === 0n) return undefined
  return divideRational(divideRational(difference, truthIn), errorUnit.factor)
}

type ReadRole = Parameters<ReadTable['columns']['get']>[0]

/** Rows of the tables that have both columns; undefined where there is none. */
function overRows(
  tables: readonly ReadTable[],
  roles: readonly [ReadRole, ReadRole],
  judge: (read: ReadTable, row: number, columns: readonly [ReadColumn, ReadColumn]) => readonly Finding[],
): readonly Finding[] | undefined {
  let any = false
  const findings: Finding[] = []
  for (const read of tables) {
    const first = read.columns.get(roles[0])
    const second = read.columns.get(roles[1])
    if (first === undefined || second === undefined) continue
    any = true
    for (let row = 0; row < read.table.rows.length; row++) findings.push(...judge(read, row, [first, second]))
  }
  return any ? findings : undefined
}

const correction: Rule = {
  id: 'table.correction',
  group,
  since,
  basis: 'JJF 1001—2011 5.3, 5.24',
  needs: RESULTS,
  codes: { 'correction.not-negative-error': 'fail' },
  evaluate: ({ tables }) =>
    overRows(tables, ['error', 'correction'], (read, row, [error, corrected]) => {
      const [stated, shown] = [decimalAt(read, row, error), decimalAt(read, row, corrected)]
      if (stated === undefined || shown === undefined || error.unit === undefined || error.unit !== corrected.unit) return []
      if (compare(negate(stated), shown) === 0) return []
      const params = { table: read.table.id, row: row + 1, error: formatDecimal(stated), correction: formatDecimal(shown) }
      return [{ code: 'correction.not-negative-error', path: pointer(read.index, row, corrected.index), params }]
    }),
}

const hybrid: Rule = {
  id: 'table.hybrid',
  group,
  since,
  basis: 'D-SI 2.2 hybrid; GB/T 8170—2008',
  needs: RESULTS,
  codes: { 'hybrid.values-differ': 'fail' },
  evaluate({ tables }) {
    let any = false
    const findings: Finding[] = []
    for (const read of tables) {
      for (const { of, column } of read.alternatives) {
        for (let row = 0; row < read.table.rows.length; row++) {
          const [main, other] = [decimalAt(read, row, of), decimalAt(read, row, column)]
          if (main === undefined || other === undefined || of.unit === undefined || column.unit === undefined) continue
          any = true
          findings.push(...compareUnits(read, row, { main, other, from: of.unit, to: column.unit, column }))
        }
      }
    }
    return any ? findings : undefined
  },
}

interface HybridRow {
  readonly main: Decimal
  readonly other: Decimal
  readonly from: LegalUnit
  readonly to: LegalUnit
  /** The column of the other value. */
  readonly column: ReadColumn
}

function compareUnits(read: ReadTable, row: number, { main, other, from, to, column }: HybridRow): readonly Finding[] {
  // Either may have been rounded from the other, so half a unit of both last digits is open.
  const slack = (scale: number): Rational => rational(1n, 2n * 10n ** BigInt(scale))
  const open = addRational(slack(other.scale), divideRational(multiplyRational(slack(main.scale), from.factor), to.factor))
  const exact = convertExactly(main, from, to, DIFFERENCES.has(column.column.role))
  if (compareRational(absoluteRational(subtractRational(exact, fromDecimal(other))), open) <= 0) return []
  const shown = (value: Decimal, unit: LegalUnit): string => `${formatDecimal(value)} ${unit.symbol}`
  const expected = `${formatDecimal(toDecimal(exact, other.scale))} ${to.symbol}`
  const params = { table: read.table.id, row: row + 1, main: shown(main, from), other: shown(other, to), expected }
  return [{ code: 'hybrid.values-differ', path: pointer(read.index, row, column.index), params }]
}

/** Roles whose values are differences: converting them takes no offset. */
const DIFFERENCES: ReadonlySet<string> = new Set(['error', 'correction', 'uncertainty', 'standard-uncertainty'])

export const tableRules: readonly Rule[] = [tableForm, errorArithmetic, correction, hybrid]
