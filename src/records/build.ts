/** Builds records in code: the compiler checks the members, and the schema checks the rest before the record is returned. */

import type * as z from 'zod/mini'
import { type CivilDate, civilDateOf, type Instant, parseInstant } from '../base/date.js'
import { DECIMAL_PATTERN, decimalFault } from '../base/decimal.js'
import type { TonghengError } from '../base/error.js'
import { faultDetails } from '../base/faults.js'
import { fault as baseFault } from '../base/messages.js'
import { aMoment, anArray, anObject, aText, checkArgument, checkMembers, checkOptions, type Expectation } from '../base/options.js'
import type { ShapeFault } from '../base/shape.js'
import { descriptions } from './descriptions.js'
import { type AnyRecord, type Kind, kinds, type RecordOf } from './kinds/index.js'
import { fault } from './messages.js'
import { kindOfValue, parseRecord } from './parse.js'
import type { ColumnRole, RowVerdict } from './result-table.js'
import type { BudgetEntry, Column, LocalizedText, Quantity, ResultTable, Uncertainty } from './types.js'

/** The members that a caller passes; kind and version are added. */
export type Members<K extends Kind> = Omit<RecordOf<K>, 'kind' | 'version'>

/**
 * Creates a record of a kind, complete and of valid shape: `createRecord('verification-record', { … })`.
 * Conformance is not checked: see `checkRecord`.
 * @throws `record.invalid` with every fault and its pointer
 * @example
 * ```ts
 * import { createRecord } from 'tongheng'
 * import { fixtures } from 'tongheng/testing'
 *
 * const { record: model } = fixtures.F15
 * if (model.kind !== 'type-approval') throw new Error('another fixture')
 * const { kind, version, ...members } = model
 * createRecord('type-approval', members).version // => 1
 * ```
 */
export function createRecord<K extends Kind>(kind: K, members: Members<K>): RecordOf<K> {
  checkArgument('createRecord', 'kind', kind, aText)
  checkArgument('createRecord', 'members', members, anObject)
  const stated = { kind, version: kinds.get(kind)?.version ?? 1 }
  // First, as in every record, and last, for the members of a whole record of another kind would state that kind.
  return readRecord({ ...stated, ...members, ...stated }) as RecordOf<K>
}

/**
 * Converts an untrusted value, such as JSON from a file, to a typed record.
 * @throws `record.invalid` with every fault and its pointer
 */
export function readRecord(value: unknown): AnyRecord {
  const kind = kindOfValue(value)
  if (kind.row === undefined) throw invalid([kind.fault])
  const { value: record, faults } = parseRecord(value, kind.row)
  if (record === undefined) throw invalid(faults, kind.row.schema)
  return record
}

/** The error for a value that is not a record, with all faults. */
export function invalid(faults: readonly ShapeFault[], schema?: z.ZodMiniType): TonghengError<'record.invalid'> {
  return fault('record.invalid', faultDetails(faults, schema, descriptions))
}

/** Decimal text as a type of its own. A literal such as `'0.10'` has it; `decimal` converts any text. */
export type DecimalLiteral = `${number}`

/**
 * Converts typed text to decimal text. Trailing zeros are preserved, and a plus sign is removed (`+0.8` becomes `0.8`), because
 * records have none. Any other text that is not a decimal is rejected.
 * @throws `decimal.syntax` with `details.reason`, which explains in both languages what is wrong
 */
export function decimal(text: string): DecimalLiteral {
  checkArgument('decimal', 'text', text, aText)
  const unsigned = text.replace(/^\+(?=\d)/, '')
  if (!DECIMAL_PATTERN.test(unsigned)) throw baseFault('decimal.syntax', decimalFault(text))
  return unsigned as DecimalLiteral
}

/**
 * The day of an instant in Asia/Shanghai, whatever the time zone of the machine.
 * @param moment a Date, RFC 3339 text with an offset, or seconds since 1970
 * @throws `verify.options` unless it is an instant from 1970 to 9999
 */
export function civilDate(moment: Date | string | Instant): CivilDate {
  checkArgument('civilDate', 'moment', moment, aMoment)
  return civilDateOf(parseInstant(moment))
}

/** `quantity('20.4', 'Cel')`: a value in a legal unit, by its UCUM code. */
export const quantity = (value: DecimalLiteral, unit: string, uncertainty?: Uncertainty): Quantity => ({
  value,
  unit,
  ...(uncertainty && { uncertainty }),
})

/** Expanded uncertainty U with its coverage factor, in the unit of its value. */
export const expandedUncertainty = (
  value: DecimalLiteral,
  { k = '2', ...more }: { readonly k?: DecimalLiteral; readonly coverage?: DecimalLiteral; readonly budget?: BudgetEntry[] } = {},
): Uncertainty => ({ form: 'expanded', value, k, ...more })

export type MeasuredRole = Exclude<ColumnRole, 'verdict' | 'condition' | 'uncertainty' | 'relative-uncertainty' | 'line'>

/**
 * A column with the members its role requires: a unit for measured values, a coverage factor for an uncertainty, neither for a
 * verdict.
 */
export type ColumnOf =
  | ({
      readonly role: MeasuredRole
      readonly name: LocalizedText
      readonly unit: string
      readonly roundTo?: DecimalLiteral
    } & Pick<Column, 'direction' | 'bounds' | 'basis' | 'formation'>)
  | ({
      readonly name: LocalizedText
      readonly unit: string
      readonly coverage?: DecimalLiteral
    } & Pick<Column, 'basis'> &
      // Beside an absolute uncertainty, a ratio has the same k.
      (
        | { readonly role: 'uncertainty'; readonly k: DecimalLiteral }
        | { readonly role: 'relative-uncertainty'; readonly k?: DecimalLiteral }
      ))
  // The line of a batch that a row belongs to, from 1.
  | { readonly role: 'line'; readonly name: LocalizedText }
  | { readonly role: 'condition'; readonly name: LocalizedText; readonly unit?: string }
  | { readonly role: 'verdict'; readonly name: LocalizedText }

/** The type of a cell of a column; null if nothing was measured. */
export type CellOf<C extends ColumnOf> =
  | null
  | (C extends { role: 'verdict' } ? RowVerdict : C extends { role: 'condition' } ? string : DecimalLiteral)

export interface TableOf<C extends Readonly<Record<string, ColumnOf>>> extends Omit<ResultTable, 'columns' | 'rows'> {
  /** Columns by a name of the caller's choice, in printing order. */
  readonly columns: C
  /** Rows, with cells by column name; none can be omitted or added. */
  readonly rows: readonly { readonly [N in keyof C]: CellOf<C[N]> }[]
}

/**
 * Builds a result table whose rows match its columns by construction:
 * `resultTable({ id, name, columns: { shown: { role: 'indication', … } }, rows: [{ shown: '2.005' }] })`.
 */
export function resultTable<const C extends Readonly<Record<string, ColumnOf>>>(table: TableOf<C>): ResultTable {
  checkArgument('resultTable', 'table', table, anObject)
  checkMembers('resultTable', table, { columns: anObject, rows: anArray }, 'table')
  const { columns, rows, ...rest } = table
  const names = Object.keys(columns)
  const cells = Object.fromEntries(names.map((name) => [name, A_CELL]))
  return {
    ...rest,
    columns: Object.values(columns).map((column) => ({ ...column })),
    rows: rows.map((row, at) => {
      checkOptions('resultTable', row, cells, `table.rows[${at}]`)
      return names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined) ?? null)
    }),
  }
}

/** A cell may be absent. A name that is no column is a typing error, and its value would be lost. */
const A_CELL: Expectation = { is: () => true, expected: { zh: '一格', en: 'a cell' }, isOptional: true }
