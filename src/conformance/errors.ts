/**
 * Checks errors against the readings they are formed from. If a table does not state the method, an error is wrong only if no usual
 * method explains it.
 */
import type { Finding } from '../base/check.js'
import { absolute, compare, formatDecimal, subtract } from '../base/decimal.js'
import type { Code, Text } from '../base/message.js'
import { defineTexts } from '../base/message.js'
import { type Rational, toDecimal } from '../base/rational.js'
import { columnsOf, decimalAt, pointer, type ReadColumn, type ReadTable } from '../records/index.js'
import {
  better,
  difference,
  type ErrorColumns,
  errorColumns,
  type Match,
  type Method,
  match,
  readingsOf,
  statedMethod,
} from './error-methods.js'
import { magnitude, type Printed, sameUnit } from './printed.js'
import { checkRawRecord, onTables, type Rule } from './rule.js'
import { type ErrorRow, type Instrument, isEvident, lacksConstant, otherMethods, spansOf, usualMethod } from './usual-methods.js'

export const errorTexts = defineTexts({
  rows: {
    'table.error': { zh: '示值误差的计算', en: 'Arithmetic of the errors of indication' },
  },
  codes: {
    'error.not-indication-minus-reference': {
      zh: '表 {table} 第 {row} 行：示值 {indication} − 参考值 {reference} 应得误差 {expected} {unit}，写作 {stated}',
      en: 'Table {table}, row {row}: indication {indication} − reference {reference} gives {expected} {unit}, but {stated} is stated',
      advice: checkRawRecord,
    },
    'error.not-as-formed': {
      zh: '表 {table} 第 {row} 行：按表中所述的计算方法，示值 {indication}、参考值 {reference} 应得误差 {expected} {unit}，写作 {stated}',
      en: 'Table {table}, row {row}: as the table forms it, indication {indication} and reference {reference} give {expected} {unit}, but {stated} is stated',
      advice: { zh: '请核对原始记录，或更正 basis、formation', en: 'Check against the raw record, or correct basis or formation' },
    },
    'error.formation-not-stated': {
      zh: '表 {table} 的误差不是示值减参考值，按“{formation}”可以解释，但表中未写明',
      en: 'Table {table}: its errors are not indication minus reference; “{formation}” explains them, but the table does not say so',
      advice: {
        zh: '请在误差列写 basis（reading、reference、nominal 或 span）或 formation（changeover-point）',
        en: 'State basis (reading, reference, nominal or span) or formation (changeover-point) on the error column',
      },
    },
    'error.rounded-readings': {
      zh: '表 {table} 第 {rows} 行：误差与所列示值、参考值之差相差不超过修约，可能由未修约的平均值算得，表中未写明',
      en: 'Table {table}, rows {rows}: the errors differ from the readings shown by no more than their rounding; they may come from unrounded means, which the table does not say',
      advice: {
        zh: '请列出重复读数（repeat），或在误差列写 formation（method: "difference"）',
        en: 'Show the repeated readings (repeat), or state formation (method: "difference") on the error column',
      },
    },
    'error.not-judged': {
      zh: '表 {table} 第 {rows} 行：误差未能核算，因数据空缺、单位不可换算或参考值为零',
      en: 'Table {table}, rows {rows}: the errors could not be judged: a cell is missing, units do not convert, or the reference is zero',
      advice: { zh: '请补齐示值、参考值、误差及其单位', en: 'Complete indication, reference and error with their units' },
    },
    'hysteresis.not-difference-of-strokes': {
      zh: '表 {table} 第 {row} 行：升程 {rising}、降程 {falling} 之差应为 {expected} {unit}，回程误差写作 {stated}',
      en: 'Table {table}, row {row}: rising {rising} and falling {falling} differ by {expected} {unit}, but a hysteresis error of {stated} is stated',
      advice: checkRawRecord,
    },
    'hysteresis.not-judged': {
      zh: '表 {table} 第 {rows} 行：回程误差未能核算，因数据空缺、单位不可换算或引用值未写明',
      en: 'Table {table}, rows {rows}: the hysteresis errors could not be judged: a cell is missing, units do not convert, or the span is not stated',
      advice: {
        zh: '请补齐升程、降程示值；以引用误差表示的，请写 basis',
        en: 'Complete both strokes; for a fiducial value state basis',
      },
    },
    'error.rounding': {
      zh: '表 {table} 第 {row} 行：误差按 GB/T 8170 修约应为 {expected}，写作 {stated}',
      en: 'Table {table}, row {row}: rounded half to even the error is {expected}, but {stated} is stated',
      advice: { zh: '见 GB/T 8170—2008 3.2', en: 'See GB/T 8170—2008 3.2' },
    },
  },
})

const RESULTS = onTables('instrument')

export const errorArithmetic: Rule = {
  id: 'table.error',
  group: 'conformance',
  since: '0.1.0',
  basis: 'JJF 1001—2011 5.3; GB/T 8170—2008',
  needs: RESULTS,
  codes: {
    'error.not-indication-minus-reference': 'fail',
    'error.not-as-formed': 'fail',
    'error.formation-not-stated': 'warn',
    'error.rounded-readings': 'warn',
    'error.rounding': 'warn',
    'error.not-judged': 'warn',
    'hysteresis.not-difference-of-strokes': 'fail',
    'hysteresis.not-judged': 'warn',
  },
  evaluate({ record, tables }) {
    if (!('instrument' in record)) return undefined
    const { instrument } = record
    let any = false
    const findings: Finding[] = []
    for (const read of tables) {
      for (const columns of errorColumns(read)) {
        any = true
        findings.push(...judgeErrors(columns, instrument))
      }
      for (const columns of hysteresisColumns(read)) {
        any = true
        findings.push(...judgeHysteresis(columns, instrument))
      }
    }
    return any ? findings : undefined
  },
}

interface Judgement {
  readonly match: Match
  readonly expected: Printed
}

function judgeErrors(columns: ErrorColumns, instrument: Instrument): readonly Finding[] {
  if (isPlainDifference(columns)) return []
  const { error } = columns
  const { rows, unjudged } = rowsOf(columns)
  const stated = statedMethod(error)
  const usual = stated ?? usualMethod(columns, instrument)
  let method = usual
  let judged = rows.map((row) => judgeRow(row, usual, error))
  if (stated === undefined && explained(judged) < rows.length) {
    for (const other of otherMethods(columns, instrument)) {
      const by = rows.map((row) => judgeRow(row, other, error))
      if (explained(by) > explained(judged)) [method, judged] = [other, by]
    }
    if (explained(judged) < rows.length && lacksConstant(columns, rows, instrument))
      return [notStated(columns, CONSTANT_NOT_STATED), ...notJudged(columns, unjudged)]
  }
  const rounded: number[] = []
  const findings: Finding[] = []
  const fault = stated === undefined ? 'error.not-indication-minus-reference' : 'error.not-as-formed'
  rows.forEach((row, at) => {
    const found = judged[at]
    if (found === undefined) unjudged.push(row.row)
    else if (found.match === 'differs') findings.push(rowFinding(columns, row, found.expected, fault))
    else if (found.match === 'tie') findings.push(rowFinding(columns, row, found.expected, 'error.rounding'))
    else if (found.match === 'rounded' && stated === undefined && method === usual) rounded.push(row.row)
  })
  if (method !== usual && !isEvident(columns, method)) findings.push(notStated(columns, method.name))
  if (rounded.length > 0) findings.push(tableFinding(columns.read, columns.error, 'error.rounded-readings', rounded))
  return [...findings, ...notJudged(columns, unjudged)]
}

const explained = (judged: readonly (Judgement | undefined)[]): number =>
  judged.filter((found) => found !== undefined && found.match !== 'differs').length

const CONSTANT_NOT_STATED = {
  zh: '引用误差或闪变点法（引用值或检定分度值未写明）',
  en: 'a fiducial error, or the changeover-point method, its span or interval not stated',
}

/** Fast path without fractions: true if every row states its error exactly as the printed difference, as nearly all tables do. */
function isPlainDifference({ read, error, indications: [indication, second], reference }: ErrorColumns): boolean {
  if (indication === undefined || second !== undefined || !sameUnit(indication, error) || !sameUnit(reference, error)) return false
  const { basis, formation } = error.column
  if (basis !== undefined || formation?.method === 'changeover-point') return false
  for (let row = 0; row < read.table.rows.length; row++) {
    const stated = decimalAt(read, row, error)
    const shown = decimalAt(read, row, indication)
    const truth = decimalAt(read, row, reference)
    if (stated === undefined || shown === undefined || truth === undefined || compare(subtract(shown, truth), stated) !== 0) return false
  }
  return true
}

/** Rows that state an error and its readings, and rows that lack one of them. */
function rowsOf(columns: ErrorColumns): { readonly rows: readonly ErrorRow[]; readonly unjudged: number[] } {
  const { read, error, indications, reference } = columns
  const rows: ErrorRow[] = []
  const unjudged: number[] = []
  for (let row = 0; row < read.table.rows.length; row++) {
    const stated = decimalAt(read, row, error)
    const isShown = indications.some((indication) => decimalAt(read, row, indication) !== undefined)
    const isComplete = isShown && decimalAt(read, row, reference) !== undefined
    if (stated === undefined ? isComplete : !isComplete) unjudged.push(row)
    else if (stated !== undefined) rows.push({ row, stated, readings: readingsOf(columns, row) })
  }
  return { rows, unjudged }
}

/** The best match of a method over the readings of a row; undefined if it applies to none of them. */
function judgeRow({ stated, readings }: ErrorRow, method: Method, error: ReadColumn): Judgement | undefined {
  let best: Judgement | undefined
  for (const reading of readings) {
    const expected = method.expected(reading)
    if (expected === undefined) continue
    const found = match(expected, stated, error)
    if (best === undefined || better(found, best.match)) best = { match: found, expected }
  }
  return best
}

const shown = (value: Rational, scale: number): string => formatDecimal(toDecimal(value, scale))
const cellText = ({ table }: ReadTable, row: number, column: ReadColumn | undefined): string | null | undefined =>
  column && table.rows[row]?.[column.index]

function rowFinding(
  { read, error, indications, reference }: ErrorColumns,
  { row, stated }: ErrorRow,
  expected: Printed,
  code: Code,
): Finding {
  const params = {
    table: read.table.id,
    row: row + 1,
    indication: indications.map((column) => cellText(read, row, column)).join(' / '),
    reference: cellText(read, row, reference),
    expected: shown(expected.exact, stated.scale),
    stated: formatDecimal(stated),
    unit: error.unit?.symbol ?? error.column.unit ?? '',
  }
  return { code, path: pointer(read.index, row, error.index), params }
}

const ROWS_LISTED = 10

/** One finding for all affected rows of a column. */
export function tableFinding(read: ReadTable, column: ReadColumn, code: Code, rows: readonly number[]): Finding {
  const listed = [...rows].sort((a, b) => a - b).map((row) => row + 1)
  const more = listed.length > ROWS_LISTED ? ' …' : ''
  const params = { table: read.table.id, rows: listed.slice(0, ROWS_LISTED).join(', ') + more }
  return { code, path: `/results/${read.index}/columns/${column.index}`, params }
}

const notStated = ({ read, error }: ErrorColumns, formation: Text): Finding => ({
  code: 'error.formation-not-stated',
  path: `/results/${read.index}/columns/${error.index}`,
  params: { table: read.table.id, formation },
})

const notJudged = ({ read, error }: ErrorColumns, rows: readonly number[]): readonly Finding[] =>
  rows.length === 0 ? [] : [tableFinding(read, error, 'error.not-judged', rows)]

/** Columns of hysteresis: the two strokes, with the falling one as the reference. */
function hysteresisColumns(read: ReadTable): readonly ErrorColumns[] {
  if (read.further.length === 0) return []
  for (const role of ['indication', 'error'] as const) {
    const strokes = columnsOf(read, role)
    const [rising, falling] = (['rising', 'falling'] as const).map((way) => strokes.find(({ column }) => column.direction === way))
    if (rising !== undefined && falling !== undefined)
      return columnsOf(read, 'hysteresis').map((error) => ({ read, error, indications: [rising], reference: falling }))
  }
  return []
}

function judgeHysteresis(columns: ErrorColumns, instrument: Instrument): readonly Finding[] {
  const { read, error } = columns
  const { rows, unjudged } = rowsOf(columns)
  const stated = statedMethod(error)
  const isPlain = error.unit?.dimension !== '1' || error.column.unit === columns.reference.column.unit
  const methods = stated !== undefined ? [stated] : isPlain ? [difference] : spansOf(instrument)
  const findings: Finding[] = []
  for (const row of rows) {
    const size = { ...row, stated: absolute(row.stated) }
    const found = methods.flatMap((method) => judgeRow(size, sizeOf(method), error) ?? [])
    const [first] = found
    if (first === undefined) unjudged.push(row.row)
    else if (found.every((one) => one.match === 'differs')) findings.push(hysteresisFinding(columns, row, first.expected))
  }
  if (unjudged.length > 0) findings.push(tableFinding(read, error, 'hysteresis.not-judged', unjudged))
  return findings
}

const sizeOf = (method: Method): Method => ({
  ...method,
  expected(readings) {
    const expected = method.expected(readings)
    return expected && magnitude(expected)
  },
})

function hysteresisFinding(
  { read, error, indications: [rising], reference }: ErrorColumns,
  { row, stated }: ErrorRow,
  expected: Printed,
): Finding {
  const params = {
    table: read.table.id,
    row: row + 1,
    rising: cellText(read, row, rising),
    falling: cellText(read, row, reference),
    expected: shown(expected.exact, stated.scale),
    stated: formatDecimal(stated),
    unit: error.unit?.symbol ?? error.column.unit ?? '',
  }
  return { code: 'hysteresis.not-difference-of-strokes', path: pointer(read.index, row, error.index), params }
}
