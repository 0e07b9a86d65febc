/**
 * The condition on a laboratory's capability: nothing is recognised outside the range it is authorised or accredited for,
 * nor with an uncertainty smaller than its calibration and measurement capability (校准和测量能力, CMC).
 */
import * as z from 'zod/mini'
import { type Check, found, pass, passWith, unknown } from '../base/check.js'
import { type Decimal, parseDecimal } from '../base/decimal.js'
import { absoluteRational, compareRational, fromDecimal, type Rational } from '../base/rational.js'
import { convertExactly, isCommensurable, type LegalUnit, unitOf } from '../catalogue/index.js'
import { decimalAt, isCertificate, type ReadColumn, type ReadTable, readTable } from '../records/index.js'
import type { Capability } from '../trust/index.js'
import type { Condition } from './condition.js'

const MOST_FOUND = 20
const VALUE_ROLES = ['reference', 'nominal', 'indication'] as const

interface ReadCapability extends Capability {
  readonly of: LegalUnit
  /** Unit of the range; the same as that of the uncertainty where none is given. */
  readonly rangeOf: LegalUnit
}

export const uncertaintyWithinCapability: Condition = {
  name: 'uncertainty-within-capability',
  id: 'condition.uncertainty-within-capability',
  group: 'recognition',
  since: '0.1.0',
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
      const column = readable?.columns.get('uncertainty')
      const unit = column?.unit
      if (readable === undefined || column === undefined || unit === undefined) continue
      const fitting = capabilities.filter(({ of }) => isCommensurable(of, unit))
      const path = `/record/results/${index}`
      for (let row = 0; row < table.rows.length; row++) {
        const stated = decimalAt(readable, row, column)
        if (stated === undefined) continue
        judged++
        const params = { table: table.id, row: row + 1, category }
        const at = `${path}/rows/${row}`
        // The list is silent about this quantity: the verifier lacks the fact, and the laboratory is not at fault.
        if (fitting.length === 0) checks.push(unknown(this, 'capability', { code: 'capability.not-listed', path: at, params }))
        else checks.push(...judge(this, { readable, row, stated, unit, fitting, path: at, params }))
      }
    }
    if (checks.length > 0) return checks.slice(0, MOST_FOUND)
    return [judged === 0 ? pass(this) : passWith(this, { rows: judged })]
  },
}

interface Asked {
  readonly readable: ReadTable
  readonly row: number
  readonly stated: Decimal
  readonly unit: LegalUnit
  readonly fitting: readonly ReadCapability[]
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
}

function judge(row: Condition, { readable, row: at, stated, unit, fitting, path, params }: Asked): Check[] {
  const covering = fitting.filter((capability) => isInRange(capability, readable, at))
  if (covering.length === 0) return [found(row, { code: 'capability.out-of-range', path, params })]
  const isEnough = ({ smallest, of }: ReadCapability): boolean => {
    const uncertainty = absoluteRational(unit === of ? fromDecimal(stated) : convertExactly(stated, unit, of, true))
    return compareRational(uncertainty, fromDecimal(parseDecimal(smallest))) >= 0
  }
  if (covering.some(isEnough)) return []
  const [{ smallest, unit: code }] = covering as [ReadCapability]
  return [
    found(row, {
      code: 'capability.uncertainty-below',
      path,
      params: { ...params, smallest, unit: code },
      evidence: { smallest, unit: code },
    }),
  ]
}

function isInRange({ lower, upper, rangeOf }: ReadCapability, readable: ReadTable, row: number): boolean {
  if (lower === undefined && upper === undefined) return true
  const value = VALUE_ROLES.map((role) => valueIn(rangeOf, readable, row, readable.columns.get(role))).find((one) => one !== undefined)
  // A range that nothing can be compared with covers nothing.
  if (value === undefined) return false
  if (lower !== undefined && compareRational(value, fromDecimal(parseDecimal(lower))) < 0) return false
  return upper === undefined || compareRational(value, fromDecimal(parseDecimal(upper))) <= 0
}

function valueIn(unit: LegalUnit, readable: ReadTable, row: number, column: ReadColumn | undefined): Rational | undefined {
  const value = decimalAt(readable, row, column)
  if (value === undefined || column?.unit === undefined || !isCommensurable(column.unit, unit)) return undefined
  return column.unit === unit ? fromDecimal(value) : convertExactly(value, column.unit, unit)
}

/** A capability for the category whose units are legal ones; another cannot be compared with, and is as if absent. */
function read(capability: Capability, category: string): ReadCapability[] {
  const { categories, unit, rangeUnit } = capability
  if (categories !== 'all' && !categories.includes(category)) return []
  const [of, rangeOf] = [unitOf(unit), unitOf(rangeUnit ?? unit)]
  return of === undefined || rangeOf === undefined ? [] : [{ ...capability, of, rangeOf }]
}
