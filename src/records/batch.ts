/**
 * A batch: one verification certificate for many instruments of one type, a line each. The status reference names the index of the
 * first line; line n is at that index + n − 1, so that one instrument can be revoked.
 */
import type { AnyRecord, RecordOf } from './kinds/index.js'

/** Number of lines of a batch; undefined for a record of one instrument. Reads any value: a record may have faults. */
export function linesOf(record: unknown): number | undefined {
  const { instruments } = (record ?? {}) as { readonly instruments?: unknown }
  return Array.isArray(instruments) ? instruments.length : undefined
}

type Verification = RecordOf<'verification-record'>

/** Conclusion on a line, from 1: its own, otherwise that of the record. */
export const outcomeOfLine = ({ instruments, outcome }: Verification, line: number): 'pass' | 'fail' =>
  instruments?.[line - 1]?.outcome ?? outcome

/** The line to which a row of a result table belongs; undefined if it belongs to every line. */
export function lineOfRow({ columns, rows }: Verification['results'][number], row: number): number | undefined {
  const at = columns.findIndex(({ role }) => role === 'line')
  return at === -1 ? undefined : Number(rows[row]?.[at])
}

/**
 * A line of a batch as a record of one instrument: its identifiers, its conclusion, and its rows. Undefined if there is no such line.
 * @param line from 1
 */
export function recordOfLine(record: AnyRecord, line: number): Verification | undefined {
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
export function headOfLine(record: AnyRecord, line: number): Verification | undefined {
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
