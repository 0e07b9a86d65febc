/**
 * The condition on a laboratory's capability: nothing is recognised outside the range it is authorised or accredited for,
 * nor with an uncertainty smaller than its calibration and measurement capability (校准和测量能力, CMC).
 */
import * as z from 'zod/mini'
import { type Check, failed, missingFact, pass, passWith, type Row } from '../base/check.js'
import { parseDecimal } from '../base/decimal.js'
import { defineTexts } from '../base/message.js'
import { compareRational, fromDecimal, type Rational } from '../base/rational.js'
import { categoryName, convertExactly, isAmongCategories, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import {
  decimalAt,
  expandedUncertaintyOf,
  hasUncertaintyColumn,
  isCertificate,
  pointer,
  type ReadColumn,
  type ReadTable,
  readTable,
} from '../records/index.js'
import type { Capability } from '../trust/index.js'
import type { Condition } from './condition.js'

export const capabilityTexts = defineTexts({
  rows: {
    'condition.uncertainty-within-capability': {
      zh: '出具机构的测量范围与测量能力（CMC）',
      en: 'Range and capability (CMC) of the issuer',
    },
  },
  codes: {
    'capability.not-listed': {
      zh: '信任列表未载明出具机构对“{category}”此量的测量能力（表 {table} 第 {row} 行），无法判定',
      en: 'The trust list states no capability of the issuer for this quantity of {category} (table {table}, row {row}): undecidable',
      advice: {
        zh: '请主管部门在信任列表中登记其校准和测量能力',
        en: 'Ask the authority to list the calibration and measurement capability',
      },
    },
    'capability.out-of-range': {
      zh: '表 {table} 第 {row} 行超出出具机构对“{category}”的测量范围',
      en: 'Table {table}, row {row} is outside the range of the issuer for {category}',
    },
    'capability.uncertainty-below': {
      zh: '表 {table} 第 {row} 行的不确定度小于出具机构的最小不确定度 {smallest} {unit}',
      en: 'The uncertainty in table {table}, row {row} is smaller than the issuer’s smallest, {smallest} {unit}',
      advice: { zh: '请出具机构核对不确定度评定', en: 'Ask the issuer to check the evaluation of uncertainty' },
    },
    'capability.not-judged': {
      zh: '表 {table} 第 {row} 行的测得值或不确定度无法与核准的测量能力比较',
      en: 'Table {table}, row {row}: value or uncertainty could not be compared with the capability listed',
    },
    'capability.no-uncertainty': {
      zh: '结果表中没有不确定度，无法与核准的测量能力比较',
      en: 'The results state no uncertainty to compare with the capability listed',
    },
  },
})

const MAX_FOUND = 20
/** Columns of the measured value, which must be within the range of a capability. */
const VALUE_ROLES = ['reference', 'nominal', 'indication'] as const
const UNCERTAINTY_ROLES = ['uncertainty', 'relative-uncertainty', 'standard-uncertainty'] as const

interface ReadCapability extends Capability {
  readonly of: LegalUnit
  /** Unit of the range; that of the uncertainty if none is given. */
  readonly rangeOf: LegalUnit
}

export const uncertaintyWithinCapability: Condition = {
  name: 'uncertainty-within-capability',
  id: 'condition.uncertainty-within-capability',
  group: 'recognition',
  since: '0.1.0',
  revised: '0.2.0',
  basis: 'ILAC-P14:09/2020 §5; JJF 1069—2012',
  parameters: z.strictObject({ name: z.literal('uncertainty-within-capability') }),
  evaluate({ record, authorisations }) {
    if (!isCertificate(record)) return [pass(this)]
    const { category } = record.instrument
    const capabilities = authorisations.flatMap(({ capabilities = [] }) => capabilities).flatMap((one) => read(one, category))
    const checks: Check[] = []
    let judged = 0
    for (const [index, table] of record.results.entries()) {
      const { read: readable } = readTable(table, index)
      if (readable === undefined || !hasUncertaintyColumn(readable)) continue
      for (let row = 0; row < table.rows.length; row++) {
        if (!states(readable, row, VALUE_ROLES) && !states(readable, row, UNCERTAINTY_ROLES)) continue
        judged++
        const path = `/record${pointer(index, row)}`
        checks.push(
          ...judge(this, {
            readable,
            row,
            capabilities,
            path,
            params: { table: table.id, row: row + 1, category: categoryName(category) },
          }),
        )
      }
    }
    const failures = checks.filter(({ status }) => status === 'fail')
    if (checks.length > 0) return [...failures, ...checks.filter(({ status }) => status !== 'fail')].slice(0, MAX_FOUND)
    if (judged > 0) return [passWith(this, { rows: judged })]
    return [missingFact(this, 'uncertainty', { code: 'capability.no-uncertainty', path: '/record/results' })]
  },
}

interface Asked {
  readonly readable: ReadTable
  readonly row: number
  readonly capabilities: readonly ReadCapability[]
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
}

function judge(condition: Row, { readable, row, capabilities, path, params }: Asked): Check[] {
  const readings = capabilities.map((capability) => ({ capability, uncertainty: expandedUncertaintyOf(readable, row, capability.of) }))
  const fitting = readings.filter(({ uncertainty }) => uncertainty.length > 0)
  if (fitting.length === 0)
    return [missingFact(condition, 'capability', { code: whyNotCompared(readable, row, capabilities), path, params })]
  const ranged = fitting.map((one) => ({ ...one, covers: isInRange(one.capability, readable, row) }))
  const covering = ranged.filter(({ covers }) => covers === true)
  // If U has several readings, all must agree: the table does not state which one it means.
  const enough = covering.map(({ capability: { smallest }, uncertainty }) => {
    const least = fromDecimal(parseDecimal(smallest))
    const answers = uncertainty.map((one) => compareRational(one, least) >= 0)
    return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined
  })
  if (enough.includes(true)) return []
  const isOpen = enough.includes(undefined) || ranged.some(({ covers }) => covers === undefined)
  if (isOpen) return [missingFact(condition, 'capability', { code: 'capability.not-judged', path, params })]
  const [first] = covering
  if (first === undefined) return [failed(condition, { code: 'capability.out-of-range', path, params })]
  const { smallest, unit, of } = first.capability
  const code = 'capability.uncertainty-below'
  return [failed(condition, { code, path, params: { ...params, smallest, unit: of.symbol }, evidence: { smallest, unit } })]
}

/**
 * The reason why no capability was compared: the list has none for this quantity, or U of the row could not be read. Neither is a
 * fault of the laboratory.
 */
const whyNotCompared = (
  readable: ReadTable,
  row: number,
  capabilities: readonly ReadCapability[],
): 'capability.not-judged' | 'capability.not-listed' =>
  states(readable, row, UNCERTAINTY_ROLES) || capabilities.length === 0 ? 'capability.not-listed' : 'capability.not-judged'

/** True if a row has a number in any column of these roles. */
const states = (readable: ReadTable, row: number, roles: readonly (typeof VALUE_ROLES | typeof UNCERTAINTY_ROLES)[number][]): boolean =>
  roles.some((role) => decimalAt(readable, row, readable.columns.get(role)) !== undefined)

/** True if the value is in the range; undefined if the row has no comparable value. */
function isInRange({ lower, upper, rangeOf }: ReadCapability, readable: ReadTable, row: number): boolean | undefined {
  if (lower === undefined && upper === undefined) return true
  const value = VALUE_ROLES.map((role) => valueIn(rangeOf, readable, row, readable.columns.get(role))).find((one) => one !== undefined)
  if (value === undefined) return undefined
  if (lower !== undefined && compareRational(value, fromDecimal(parseDecimal(lower))) < 0) return false
  return upper === undefined || compareRational(value, fromDecimal(parseDecimal(upper))) <= 0
}

function valueIn(unit: LegalUnit, readable: ReadTable, row: number, column: ReadColumn | undefined): Rational | undefined {
  const value = decimalAt(readable, row, column)
  if (value === undefined || column?.unit === undefined || !isCommensurable(column.unit, unit)) return undefined
  return column.unit === unit ? fromDecimal(value) : convertExactly(value, column.unit, unit)
}

/**
 * Reads a capability that covers the category; empty if it does not, or if its units are unknown, so that nothing can be compared
 * with it.
 */
function read(capability: Capability, category: string): ReadCapability[] {
  const { categories, unit, rangeUnit } = capability
  if (categories !== 'all' && !isAmongCategories(categories, category)) return []
  const [of, rangeOf] = [unitOf(unit), unitOf(rangeUnit ?? unit)]
  return of === undefined || rangeOf === undefined ? [] : [{ ...capability, of, rangeOf }]
}
