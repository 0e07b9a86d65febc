/**
 * A batch: one verification certificate for many instruments of one type, one line each. The status reference is the index of the
 * first line; line n has that index + n − 1, so that one instrument can be revoked.
 */
import { anObject, checkArgument, type Expectation, isObject } from '../base/options.js'
import type { AnyRecord, RecordOf } from './kinds/index.js'
import type { ResultTable } from './types.js'

const instrumentsOf = (record: unknown): unknown => ((record ?? {}) as { readonly instruments?: unknown }).instruments

/** Any value whose members can be read: reading throws otherwise. */
const READABLE: Expectation = {
  is: (value) => [instrumentsOf(value)].length === 1,
  expected: { zh: '可读取的值', en: 'a value that can be read' },
}
const A_RECORD: Expectation = {
  is: (value) => isObject(value) && typeof value.kind === 'string',
  expected: { zh: '一份记录', en: 'a record' },
}

/** Number of lines of a batch; undefined for a record of one instrument. Reads any value: a record may have faults. */
export function linesOf(record: unknown): number | undefined {
  checkArgument('linesOf', 'record', record, READABLE)
  const instruments = instrumentsOf(record)
  return Array.isArray(instruments) ? instruments.length : undefined
}

/** Conclusion on a line, from 1: its own, otherwise that of the record. */
export function outcomeOfLine(record: RecordOf<'verification-record'>, line: number): 'pass' | 'fail' {
  checkArgument('outcomeOfLine', 'record', record, anObject)
  return record.instruments?.[line - 1]?.outcome ?? record.outcome
}

/** The line to which a row of a result table belongs; undefined if it belongs to every line. */
export function lineOfRow({ columns, rows }: ResultTable, row: number): number | undefined {
  const at = columns.findIndex(({ role }) => role === 'line')
  const cell = rows[row]?.[at]
  // Only as written in decimal: for other readers "01" and "0x1" may be another line, or none.
  return at === -1 ? undefined : cell === String(Number(cell)) ? Number(cell) : 0
}

/**
 * A line of a batch as a record of one instrument: its identifiers, its conclusion, and its rows. Undefined if there is no such line.
 * @param line from 1
 */
export function recordOfLine(record: AnyRecord, line: number): RecordOf<'verification-record'> | undefined {
  checkArgument('recordOfLine', 'record', record, A_RECORD)
  return recordsByLine(record)(line)
}

/**
 * Like `recordOfLine`, for many lines of one record: its rows are divided among the lines once, at the first call. The record must
 * not change between the calls.
 */
export function recordsByLine(record: AnyRecord): (line: number) => RecordOf<'verification-record'> | undefined {
  checkArgument('recordsByLine', 'record', record, A_RECORD)
  let divided: readonly (readonly [ResultTable, ReadonlyMap<number | undefined, ResultTable['rows']>])[] | undefined
  return (line) => {
    const head = headOfLine(record, line)
    if (head === undefined) return undefined
    divided ??= head.results.map((table) => [table, rowsByLine(table)] as const)
    const results = divided.flatMap(([table, rows]) => {
      const own = rows.get(undefined) ?? rows.get(line)
      return own === undefined ? [] : [{ ...table, rows: own }]
    })
    return { ...head, results }
  }
}

/** Rows by the line to which they belong; all under undefined if they belong to every line. */
function rowsByLine(table: ResultTable): ReadonlyMap<number | undefined, ResultTable['rows']> {
  const rows = new Map<number | undefined, ResultTable['rows']>()
  table.rows.forEach((row, at) => {
    const line = lineOfRow(table, at)
    const own = rows.get(line)
    if (own === undefined) rows.set(line, [row])
    else own.push(row)
  })
  return rows
}

/** Like `recordOfLine`, but with the result tables of the whole batch. */
export function headOfLine(record: AnyRecord, line: number): RecordOf<'verification-record'> | undefined {
  checkArgument('headOfLine', 'record', record, A_RECORD)
  if (record.kind !== 'verification-record') return undefined
  const { instruments, validUntil, ...rest } = record
  const own = instruments?.[line - 1]
  if (own === undefined) return undefined
  const { outcome = record.outcome, ...identifiers } = own
  return {
    ...rest,
    ...(validUntil !== undefined && outcome === 'pass' && { validUntil }),
    outcome,
    instrument: { ...record.instrument, ...identifiers },
  }
}
