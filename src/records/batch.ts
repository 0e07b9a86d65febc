/**
 * A batch: one verification certificate for many instruments of one type, a line each. The status reference names the index of the
 * first line; line n is at that index + n − 1, so that one instrument can be revoked.
 */
import { anObject, checkArgument, type Expectation, isObject } from '../base/options.js'
import type { AnyRecord, RecordOf } from './kinds/index.js'

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
export function lineOfRow({ columns, rows }: RecordOf<'verification-record'>['results'][number], row: number): number | undefined {
  const at = columns.findIndex(({ role }) => role === 'line')
  return at === -1 ? undefined : Number(rows[row]?.[at])
}

/**
 * A line of a batch as a record of one instrument: its identifiers, its conclusion, and its rows. Undefined if there is no such line.
 * @param line from 1
 */
export function recordOfLine(record: AnyRecord, line: number): RecordOf<'verification-record'> | undefined {
  checkArgument('recordOfLine', 'record', record, A_RECORD)
  const head = headOfLine(record, line)
  return (
    head && {
      ...head,
      results: head.results
        .map((table) => ({ ...table, rows: table.rows.filter((_, row) => [undefined, line].includes(lineOfRow(table, row))) }))
        .filter(({ rows }) => rows.length > 0),
    }
  )
}

/** The same with the result tables of the whole batch. */
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
