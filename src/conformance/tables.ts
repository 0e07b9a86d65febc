/** Result tables: their form, and exact arithmetic between their columns; binary floating point computes 40.02 − 40 incorrectly. */
import type { Finding } from '../base/check.js'
import { type Decimal, formatDecimal, parseDecimal } from '../base/decimal.js'
import { defineTexts } from '../base/message.js'
import { absoluteRational, addRational, compareRational, fromDecimal, rational, subtractRational, toDecimal } from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import {
  columnBeside,
  columnsOf,
  decimalAt,
  isCertificate,
  judgedColumn,
  pointer,
  type Quantity,
  type ReadColumn,
  type ReadTable,
} from '../records/index.js'
import { errorArithmetic, tableFinding } from './errors.js'
import { exactly, inUnitOf, meets, minus, type Printed, ZERO } from './printed.js'
import { checkRawRecord, group, onCertificates, onTables, type Rule } from './rule.js'

export const tableTexts = defineTexts({
  rows: {
    'table.form': { zh: '结果表的行列、单位与包含因子', en: 'Form of the result tables: cells, units, coverage factors' },
    'table.correction': { zh: '修正值的符号', en: 'Sign of the corrections' },
    'table.hybrid': { zh: '两种单位数值的一致性', en: 'Agreement of values stated in two units' },
  },
  codes: {
    'table.id-twice': {
      zh: '有两张表同用标识“{table}”',
      en: 'Two tables share the name “{table}”',
      advice: { zh: '表标识在记录内应唯一', en: 'Names of tables are unique in a record' },
    },
    'correction.not-negative-error': {
      zh: '表 {table} 第 {row} 行：修正值 {correction} 不是误差 {error} 的反号',
      en: 'Table {table}, row {row}: the correction {correction} is not the negative of the error {error}',
      advice: checkRawRecord,
    },
    'correction.not-judged': {
      zh: '表 {table} 第 {rows} 行：修正值未能与误差核对，因数据空缺或单位不可换算',
      en: 'Table {table}, rows {rows}: the corrections could not be judged against the errors: a cell is missing, or units do not convert',
      advice: { zh: '修正值与误差请用可换算的单位', en: 'State correction and error in units that convert' },
    },
    'hybrid.values-differ': {
      zh: '表 {table} 第 {row} 行：{main} 应等于 {expected}，写作 {other}',
      en: 'Table {table}, row {row}: {main} equals {expected}, but {other} is stated',
      advice: { zh: '请按单位换算核对', en: 'Check the conversion' },
    },
    'hybrid.quantity-differs': {
      zh: '{main} 应等于 {expected}，另一单位却写作 {other}',
      en: '{main} equals {expected}, but {other} is stated as the same value',
      advice: { zh: '请按单位换算核对', en: 'Check the conversion' },
    },
    'hybrid.not-judged': {
      zh: '{main} 与 {other} 未能核对是否相等，因数据空缺或单位不可换算',
      en: 'Whether {main} equals {other} could not be judged: a value is missing, or units do not convert',
      advice: { zh: '同一量值的两种表示请用可换算的单位，并写全', en: 'State both values, in units that convert' },
    },
  },
})

const since = '0.1.0'

const RESULTS = onTables()

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
    'table.member-misplaced': 'fail',
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

const correction: Rule = {
  id: 'table.correction',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1001—2011 5.3, 5.24',
  needs: RESULTS,
  codes: { 'correction.not-negative-error': 'fail', 'correction.not-judged': 'warn' },
  evaluate({ tables }) {
    let any = false
    const findings: Finding[] = []
    for (const read of tables) {
      for (const corrected of columnsOf(read, 'correction')) {
        any = judgeCorrections(read, columnBeside(read, 'error', corrected), corrected, findings) || any
      }
    }
    return any ? findings : undefined
  },
}

/** Compares corrections with the error beside them, or with the readings where no error is stated; false if there is nothing to compare. */
function judgeCorrections(read: ReadTable, error: ReadColumn | undefined, corrected: ReadColumn, findings: Finding[]): boolean {
  const unjudged: number[] = []
  let any = error !== undefined
  for (let row = 0; row < read.table.rows.length; row++) {
    const [stated, shown] = [decimalAt(read, row, error), decimalAt(read, row, corrected)]
    const found = error === undefined ? errorOfReadings(read, row, corrected) : stated && inUnitOf(stated, error, corrected, true)
    if (stated === undefined && (shown === undefined || (error === undefined && found === undefined))) continue
    any = true
    if (shown === undefined || found === undefined) unjudged.push(row)
    else if (!isSameNumber(minus(exactly(ZERO), found), inUnitOf(shown, corrected, corrected, true))) {
      const of = stated && error ? cellText(stated, error) : cellText(toDecimal(found.exact, shown.scale), corrected)
      const params = { table: read.table.id, row: row + 1, error: of, correction: cellText(shown, corrected) }
      findings.push({ code: 'correction.not-negative-error', path: pointer(read.index, row, corrected.index), params })
    }
  }
  if (unjudged.length > 0) findings.push(tableFinding(read, corrected, 'correction.not-judged', unjudged))
  return any
}

/** Indication less reference in the unit of the correction; undefined for a correction that is a ratio or a factor of other units. */
function errorOfReadings(read: ReadTable, row: number, corrected: ReadColumn): Printed | undefined {
  const [reading, truth] = (['indication', 'reference'] as const).map((role) => {
    const column = columnBeside(read, role, corrected)
    const value = decimalAt(read, row, column)
    if (value === undefined || column === undefined || (corrected.unit?.dimension === '1' && column.unit !== corrected.unit))
      return undefined
    return inUnitOf(value, column, corrected, false)
  })
  return reading && truth && minus(reading, truth)
}

/** True if two prints can be one number: equal with the same last digit, otherwise within the rounding of both. */
function isSameNumber(a: Printed, b: Printed | undefined): boolean {
  if (b === undefined) return false
  const [width, other] = [subtractRational(a.high, a.low), subtractRational(b.high, b.low)]
  return compareRational(width, other) === 0 ? compareRational(a.exact, b.exact) === 0 : meets(a, b)
}

const cellText = (value: Decimal | undefined, { unit, column }: ReadColumn): string =>
  `${value === undefined ? '—' : formatDecimal(value)} ${unit?.symbol ?? column.unit ?? ''}`

const hybrid: Rule = {
  id: 'table.hybrid',
  group,
  since,
  basis: 'D-SI 2.2 hybrid; GB/T 8170—2008',
  needs: { ...onCertificates('results', 'environment'), 'supervision-finding': ['results'] },
  codes: { 'hybrid.values-differ': 'fail', 'hybrid.quantity-differs': 'fail', 'hybrid.not-judged': 'warn' },
  evaluate({ record, tables }) {
    const findings: Finding[] = []
    let any = false
    for (const read of tables) {
      for (const { of, column } of read.alternatives) {
        any = true
        judgeAlternatives(read, of, column, findings)
      }
    }
    if (isCertificate(record) && hasAlternatives(record.environment))
      any = visitQuantities(record.environment, '/environment', findings) || any
    return any ? findings : undefined
  },
}

/** Compares columns of one quantity in two units, row by row. */
function judgeAlternatives(read: ReadTable, of: ReadColumn, column: ReadColumn, findings: Finding[]): void {
  const isDifference = DIFFERENCES.has(of.column.role) || (LIMITS.has(of.column.role) && judgedColumn(read)?.column.role !== 'indication')
  for (let row = 0; row < read.table.rows.length; row++) {
    const [main, other] = [decimalAt(read, row, of), decimalAt(read, row, column)]
    if (main === undefined && other === undefined) continue
    const path = pointer(read.index, row, column.index)
    const params = { table: read.table.id, row: row + 1, main: cellText(main, of), other: cellText(other, column) }
    const expected = main && other && of.unit && column.unit && compareValues(main, of.unit, other, column.unit, isDifference)
    if (expected === undefined) findings.push({ code: 'hybrid.not-judged', path, params })
    else if (expected !== true) findings.push({ code: 'hybrid.values-differ', path, params: { ...params, expected } })
  }
}

/** True if any quantity has alternatives. Few do, and without them no paths need to be built. */
function hasAlternatives(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false
  for (const name in value) if (name === 'alternatives' || hasAlternatives((value as Record<string, unknown>)[name])) return true
  return false
}

/** Visits every quantity with alternatives, at any depth; the schema bounds the depth. Returns true if there is one. */
function visitQuantities(value: unknown, path: string, findings: Finding[]): boolean {
  if (value === null || typeof value !== 'object') return false
  if ('alternatives' in value) {
    judgeQuantity(value as Quantity, path, findings)
    return true
  }
  let any = false
  for (const [name, member] of Object.entries(value)) any = visitQuantities(member, `${path}/${name}`, findings) || any
  return any
}

function judgeQuantity({ value, unit: code, alternatives = [] }: Quantity, path: string, findings: Finding[]): void {
  const [main, unit] = [parseDecimal(value), unitOf(code)]
  alternatives.forEach((alternative, at) => {
    const [other, otherUnit] = [parseDecimal(alternative.value), unitOf(alternative.unit)]
    // Among other conditions, a temperature may be a temperature difference.
    const readings = path.includes('/other/') ? [false, true] : [false]
    const expected = readings.map((isDifference) => unit && otherUnit && compareValues(main, unit, other, otherUnit, isDifference))
    if (expected.includes(true)) return
    const params = { main: `${value} ${unit?.symbol ?? code}`, other: `${alternative.value} ${otherUnit?.symbol ?? alternative.unit}` }
    const place = `${path}/alternatives/${at}`
    if (expected[0] === undefined) findings.push({ code: 'hybrid.not-judged', path: place, params })
    else findings.push({ code: 'hybrid.quantity-differs', path: place, params: { ...params, expected: expected[0] } })
  })
}

/**
 * True if two values in two units are equal; otherwise the text of the expected value; undefined if the units cannot be converted.
 */
function compareValues(main: Decimal, from: LegalUnit, other: Decimal, to: LegalUnit, isDifference: boolean): true | string | undefined {
  if (!isCommensurable(from, to)) return undefined
  const exact = convertExactly(main, from, to, isDifference)
  // Either may have been rounded from the other, so the tolerance is half a unit of both last digits.
  const half = convertExactly({ coefficient: 5n, scale: main.scale + 1 }, from, to, true)
  const open = addRational(rational(1n, 2n * 10n ** BigInt(other.scale)), half)
  if (compareRational(absoluteRational(subtractRational(exact, fromDecimal(other))), open) <= 0) return true
  return `${formatDecimal(toDecimal(exact, other.scale))} ${to.symbol}`
}

/** Roles whose values are differences, which are converted without offset. Limits are too, unless they apply to the indication. */
const DIFFERENCES: ReadonlySet<string> = new Set([
  'error',
  'correction',
  'uncertainty',
  'standard-uncertainty',
  'relative-uncertainty',
  'hysteresis',
  'tapping',
  'repeatability',
])
const LIMITS: ReadonlySet<string> = new Set(['lower-limit', 'upper-limit'])

export const tableRules: readonly Rule[] = [tableForm, errorArithmetic, correction, hybrid]
