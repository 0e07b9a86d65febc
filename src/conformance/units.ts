/** Legal units, wherever a record states a unit. V11. */
import type { Finding } from '../base/check.js'
import { parseDecimal } from '../base/decimal.js'
import { defineTexts } from '../base/message.js'
import { compareRational, rational } from '../base/rational.js'
import { adviseUnit, convertExactly, instrumentCategories, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import { type AnyRecord, type Certificate, type ColumnRole, isCertificate, type ReadTable, type ResultTable } from '../records/index.js'
import { checkIt, group, needsOf, onCertificates, onTables, type Rule } from './rule.js'

export const unitTexts = defineTexts({
  rows: {
    'units.legal': { zh: '法定计量单位的使用', en: 'Use of legal units of measurement' },
    'units.commensurable': {
      zh: '表内各列、环境条件的单位与量的相称',
      en: 'Commensurability of the columns of a table, and units of the conditions',
    },
  },
  codes: {
    'environment.impossible': {
      zh: '{condition}写作“{values} {unit}”，数值或单位不可能如此',
      en: 'The {condition} is “{values} {unit}”: value or unit cannot be right',
      advice: checkIt,
    },
    'unit.columns-differ': {
      zh: '表 {table} 的“{column}”列以 {unit} 为单位，与 {others} 不是同一种量',
      en: 'Table {table}: the column “{column}” is in {unit}, which does not measure the same as {others}',
      advice: {
        zh: '请核对单位（斜线之后不止一个单位时须加括号）',
        en: 'Check the units; more than one unit below a stroke needs brackets',
      },
    },
  },
})

const since = '0.1.0'

const units: Rule = {
  id: 'units.legal',
  group,
  since,
  basis: '计量法 第三条; 国务院关于在我国统一实行法定计量单位的命令（1984）; GB 3100—1993',
  // The legality of mmHg depends on what the instrument measures.
  needs: needsOf(({ unitMembers, categories }) => [...new Set([...unitMembers, ...(categories.isOne ? categories.members : [])])]),
  // Only a known illegal unit, or a text that is not a code, fails; a unit missing from our table is a warning.
  codes: {
    'unit.not-legal': 'fail',
    'unit.not-legal-within': 'fail',
    'unit.printed-symbol': 'fail',
    'unit.reference-conditions': 'fail',
    'unit.temperature-difference': 'fail',
    'unit.misspelt': 'fail',
    'unit.ambiguous': 'fail',
    'unit.stroke-ambiguous': 'fail',
    'unit.syntax': 'fail',
    'unit.customary': 'warn',
    'unit.blood-pressure-only': 'warn',
    'unit.left-to-right': 'warn',
    'unit.picohenry': 'warn',
    'unit.unknown': 'warn',
  },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    const visit: Visit = { category: kind.category(record) ?? '', record, findings }
    for (const member of kind.unitMembers as readonly string[]) {
      const value = record[member as keyof AnyRecord] as unknown
      if (member === 'results') visitColumns((value ?? []) as readonly ResultTable[], visit)
      else if (typeof value === 'object' && value !== null && !isPlainThroughout(value)) visitUnits(value, `/${member}`, visit)
    }
    return findings
  },
}

interface Visit {
  readonly category: string
  readonly record: AnyRecord
  readonly findings: Finding[]
}

/** True for a legal unit without a caution. */
function isPlain(code: string): boolean {
  const unit = unitOf(code)
  return unit !== undefined && unit.caution === undefined
}

/** Cells have no units of their own, so only columns are visited. */
function visitColumns(tables: readonly ResultTable[], visit: Visit): void {
  tables.forEach(({ columns }, table) => {
    columns.forEach(({ unit, basis, formation }, column) => {
      const path = `/results/${table}/columns/${column}`
      if (unit !== undefined && !isPlain(unit)) judgeUnit(unit, `${path}/unit`, visit)
      if (basis !== undefined) visitUnits(basis, `${path}/basis`, visit)
      if (formation !== undefined) visitUnits(formation, `${path}/formation`, visit)
    })
  })
}

/** Fast path without pointers: true if no member named `unit` has a finding, as in nearly all records. */
function isPlainThroughout(value: object): boolean {
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name]
    if (typeof member === 'string') {
      if (name === 'unit' && !isPlain(member)) return false
    } else if (member !== null && typeof member === 'object' && !isPlainThroughout(member)) return false
  }
  return true
}

/** Visits every member named `unit`, at any depth; the schema bounds the depth. */
function visitUnits(value: object, path: string, visit: Visit): void {
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name]
    if (typeof member === 'string') {
      if (name === 'unit' && !isPlain(member)) judgeUnit(member, `${path}/unit`, visit)
    } else if (member !== null && typeof member === 'object') visitUnits(member, `${path}/${name}`, visit)
  }
}

function judgeUnit(code: string, path: string, visit: Visit): void {
  const advice = adviseUnit(code)
  if (advice === undefined) return
  if (advice.code !== 'unit.blood-pressure-only') visit.findings.push({ code: advice.code, path, params: advice.params })
  else if (!measuresBloodPressure(visit)) {
    // What an instrument of an unlisted category measures is unknown; one of another listed category has no use for mmHg.
    const found = instrumentCategories.has(visit.category) ? 'unit.not-legal' : advice.code
    visit.findings.push({ code: found, path, params: advice.params })
  }
}

const BLOOD_PRESSURE = /血压|收缩压|舒张压|脉搏波|袖带|NIBP|blood.?pressure|sphygmo/i
/** Devices that measure blood pressure among other quantities. */
const MEDICAL = /监护|patient.?monitor|medical/i

/** True if blood pressure is measured, by the category, the name of the instrument, or that of a table or a column. */
function measuresBloodPressure({ category, record }: Visit): boolean {
  const texts = [category, instrumentCategories.get(category)?.name.zh ?? '']
  if ('instrument' in record && record.instrument !== undefined) texts.push(record.instrument.name)
  if (texts.some((text) => BLOOD_PRESSURE.test(text) || MEDICAL.test(text))) return true
  const tables = 'results' in record ? (record.results ?? []) : []
  return tables.some(({ name, columns }) =>
    [name, ...columns.map((column) => column.name)].some((text) => BLOOD_PRESSURE.test(`${text?.zh} ${text?.en}`)),
  )
}

/** Roles of measured values and conditions. */
const MEASURED: readonly ColumnRole[] = ['nominal', 'reference', 'indication', 'repeat', 'condition']
/** Roles that are a difference of measured values, or a ratio of them. */
const DIFFERENCES: readonly ColumnRole[] = ['error', 'correction', 'lower-limit', 'upper-limit', 'uncertainty', 'standard-uncertainty']

const commensurable: Rule = {
  id: 'units.commensurable',
  group,
  since: '0.2.0',
  basis: 'JJF 1001—2011 3.8, 5.3; UCUM 2.2 §10',
  needs: { ...onTables(), ...onCertificates('results', 'environment') },
  codes: { 'unit.columns-differ': 'warn', 'environment.impossible': 'warn' },
  evaluate({ record, tables }) {
    const findings: Finding[] = []
    for (const read of tables) judgeTable(read, findings)
    if (isCertificate(record)) judgeConditions(record, findings)
    return tables.length === 0 && findings.length === 0 ? undefined : findings
  },
}

/** Conditions, each in a coherent unit: no absolute temperature, humidity or pressure is below zero, and no humidity above 100 %. */
const CONDITIONS = [
  ['temperature', { zh: '温度', en: 'temperature' }, 'K'],
  ['humidity', { zh: '相对湿度', en: 'relative humidity' }, '1'],
  ['pressure', { zh: '大气压', en: 'atmospheric pressure' }, 'Pa'],
] as const
const ONE = rational(1n)

function judgeConditions({ environment }: Certificate, findings: Finding[]): void {
  for (const [name, condition, code] of CONDITIONS) {
    const stated = environment[name]
    const [from, to] = [unitOf(stated?.unit ?? ''), unitOf(code)]
    // Units that are not known are reported by another rule.
    if (stated === undefined || from === undefined || to === undefined) continue
    const values = ('value' in stated ? [stated.value] : [stated.lower, stated.upper]).filter((value) => value !== undefined)
    const isPossible = (value: string): boolean => {
      // A value that is not negative is not below zero in the coherent unit: no unit has its zero below that one.
      if (code !== '1' && !value.startsWith('-')) return true
      const size = convertExactly(parseDecimal(value), from, to)
      return size.numerator >= 0n && (code !== '1' || compareRational(size, ONE) <= 0)
    }
    if (isCommensurable(from, to) && values.every(isPossible)) continue
    const params = { condition, values: values.join('～'), unit: from.symbol }
    findings.push({ code: 'environment.impossible', path: `/environment/${name}`, params })
  }
}

/** Fast path: true if all units of a table except ratios are known and have one dimension, as in nearly all tables. */
function isOfOneDimension({ columns }: ResultTable): boolean {
  let dimension: string | undefined
  for (const { unit: code } of columns) {
    if (code === undefined) continue
    const unit = unitOf(code)
    if (unit === undefined) return false
    if (isRatio(unit)) continue
    if (dimension !== undefined && dimension !== unit.dimension) return false
    dimension = unit.dimension
  }
  return true
}

function judgeTable({ table, index }: ReadTable, findings: Finding[]): void {
  if (isOfOneDimension(table)) return
  const columns = table.columns.map(({ role, unit }) => ({ role, unit: unit === undefined ? undefined : unitOf(unit) }))
  const unitsOf = (roles: readonly ColumnRole[]): LegalUnit[] =>
    columns.flatMap(({ role, unit }) => (unit !== undefined && roles.includes(role) && !isRatio(unit) ? [unit] : []))
  // The other columns may be differences of a column with an unknown unit.
  if (columns.some(({ role, unit }, at) => MEASURED.includes(role) && unit === undefined && table.columns[at]?.unit !== undefined)) return
  const measured = unitsOf(MEASURED)
  // If the table has no values, or only ratios, limits and uncertainties are compared with the error.
  const partners = measured.length > 0 ? measured : unitsOf(['error', 'correction']).slice(0, 1)
  if (partners.length === 0) return
  columns.forEach(({ role, unit }, at) => {
    if (unit === undefined || !DIFFERENCES.includes(role) || isRatio(unit)) return
    if (partners.some((partner) => isCommensurable(partner, unit))) return
    const others = [...new Set(partners.map(({ code }) => code))].join(', ')
    const params = { table: table.id, column: table.columns[at]?.name, unit: unit.code, others }
    findings.push({ code: 'unit.columns-differ', path: `/results/${index}/columns/${at}/unit`, params })
  })
}

/** A ratio, linear or logarithmic, is compatible with any quantity. */
const isRatio = ({ dimension }: LegalUnit): boolean => dimension === '1' || dimension === 'dB' || dimension === 'Np'

export const unitRules: readonly Rule[] = [units, commensurable]
