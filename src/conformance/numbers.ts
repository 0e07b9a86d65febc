/** Units and numbers: V08, V11, V12. Everything exact; binary floating point gets 0.1 ≤ 0.3/3 wrong. */
import type { Finding } from '../base/check.js'
import { absolute, compare, type Decimal, formatDecimal, significantDigits, subtract } from '../base/decimal.js'
import {
  absoluteRational,
  compareRational,
  divideRational,
  fromDecimal,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
  toDecimal,
} from '../base/rational.js'
import { convertExactly, type LegalUnit, legalReplacement, legalUnits } from '../catalogue/index.js'
import { decimalAt, judgedColumn, pointer, type ReadColumn, type ReadTable } from '../records/index.js'
import { isKind, onBoth, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const
const RESULTS = onBoth('results')

const tableForm: Rule = {
  id: 'table.form',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.2.1 m, 7.8.4.1 a; ILAC-P14:09/2020 5.3',
  needs: RESULTS,
  evaluate: ({ tableFindings }) => tableFindings,
}

const units: Rule = {
  id: 'units.legal',
  group,
  since,
  basis: '计量法 第三条; 国务院关于在我国统一实行法定计量单位的命令（1984）; GB 3100—1993',
  needs: onBoth('results', 'standards', 'environment', 'instrument'),
  evaluate({ record }) {
    if (isKind(record, 'technical-specification')) return undefined
    const findings: Finding[] = []
    const { category } = record.instrument
    record.results.forEach(({ columns }, table) => {
      columns.forEach(({ unit }, column) => {
        if (unit !== undefined && !legalUnits.has(unit)) judgeUnit(unit, `/results/${table}/columns/${column}/unit`, category, findings)
      })
    })
    visitUnits(record.standards, '/standards', category, findings)
    visitUnits(record.environment, '/environment', category, findings)
    visitUnits(record.instrument, '/instrument', category, findings)
    return findings
  },
}

/** Every member named `unit`, at any depth; the depth is bounded by the schema. */
function visitUnits(value: object, path: string, category: string, findings: Finding[]): void {
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name]
    if (typeof member === 'string') {
      if (name === 'unit' && !legalUnits.has(member)) judgeUnit(member, `${path}/unit`, category, findings)
    } else if (member !== null && typeof member === 'object') visitUnits(member, `${path}/${name}`, category, findings)
  }
}

function judgeUnit(code: string, path: string, category: string, findings: Finding[]): void {
  // Blood pressure is the one place where mmHg is accepted beside kPa.
  if ((code === 'mm[Hg]' || code === 'mmHg') && category.startsWith('sphygmomanometer')) return
  const legal = legalReplacement(code)
  if (legal === undefined) {
    findings.push({ code: 'unit.unknown', path, params: { unit: code } })
    return
  }
  const params = { unit: code, code: legal.code, symbol: legal.symbol, name: legal.name }
  findings.push({ code: code === legal.symbol ? 'unit.printed-symbol' : 'unit.not-legal', path, params })
}

const errorArithmetic: Rule = {
  id: 'table.error',
  group,
  since,
  basis: 'JJF 1001—2011 5.18; GB/T 8170—2008',
  needs: RESULTS,
  evaluate({ tables }) {
    let judged = false
    const findings = tables.flatMap((read): readonly Finding[] => {
      const indication = read.columns.get('indication')
      const reference = read.columns.get('reference')
      const error = read.columns.get('error')
      if (!indication?.unit || !reference?.unit || !error?.unit) return []
      judged = true
      return read.table.rows.flatMap((_, row): readonly Finding[] => {
        const shown = decimalAt(read, row, indication)
        const truth = decimalAt(read, row, reference)
        const stated = decimalAt(read, row, error)
        if (shown === undefined || truth === undefined || stated === undefined) return []
        return compareError(read, row, { shown, truth, stated, indication, reference, error })
      })
    })
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
  if (compareRational(off, half) === 0) return [{ code: 'error.rounding', status: 'warn', path, params }]
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

const uncertaintyDigits: Rule = {
  id: 'uncertainty.digits',
  group,
  since,
  basis: 'JJF 1059.1—2012 5.3.8; ILAC-P14:09/2020 5.4',
  needs: RESULTS,
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
  evaluate: ({ tables }) =>
    eachUncertainty(tables, (read, row, column, uncertainty): Finding[] => {
      const of = judgedColumn(read)
      const value = decimalAt(read, row, of)
      if (of === undefined || value === undefined || of.column.unit !== column.column.unit || value.scale === uncertainty.scale) return []
      const params = { table: read.table.id, row: row + 1, value: formatDecimal(value), uncertainty: formatDecimal(uncertainty) }
      return [{ code: 'uncertainty.place-differs', path: pointer(read.index, row, column.index), params }]
    }),
}

function eachUncertainty(
  tables: readonly ReadTable[],
  judge: (read: ReadTable, row: number, column: ReadColumn, value: Decimal) => readonly Finding[],
): readonly Finding[] | undefined {
  let any = false
  const findings = tables.flatMap((read) => {
    const column = read.columns.get('uncertainty')
    if (column === undefined) return []
    any = true
    return read.table.rows.flatMap((_, row) => {
      const value = decimalAt(read, row, column)
      return value === undefined ? [] : judge(read, row, column, value)
    })
  })
  return any ? findings : undefined
}

export const numberRules: readonly Rule[] = [tableForm, units, errorArithmetic, uncertaintyDigits, uncertaintyPlace]
