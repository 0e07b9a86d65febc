/**
 * A batch: one verification certificate for many instruments of one type, a line each. The status reference names the index of the
 * first line; line n is at that index + n − 1, so that one instrument can be revoked.
 */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { Line, named } from '../base/schema.js'
import type { AnyRecord, RecordOf } from './kinds/index.js'

export const BatchLine = named(
  'batch-line',
  z.strictObject({
    serialNumber: Line,
    assetNumber: z.optional(Line),
    identificationCode: z.optional(Line),
    outcome: z.optional(z.enum(['pass', 'fail'])),
  }),
)

/** Lines are judged one by one in a standing, and each takes an index of a status list. */
export const MAX_LINES = 1000
export const BatchLines = z.array(BatchLine).check(z.minLength(1), z.maxLength(MAX_LINES))

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

/** What the members are, for schemas, types and messages. Apart from the schema, so that who only judges does not load it. */
export const batchTexts = {
  'batch-line': {
    '': ['批量证书的一行：一台器具', 'A line of a batch: one instrument'],
    serialNumber: ['出厂编号', 'Serial number'],
    assetNumber: ['设备编号（条形码、资产编号）', 'Number given by the holder: bar code, asset number'],
    identificationCode: ['计量器具识别编码（原样保存）', 'Instrument identification code, opaque', 'GB/T 36377—2018'],
    outcome: ['本台的检定结论；不写则与整份证书相同', 'Conclusion on this instrument; absent means that of the certificate'],
  },
} as const satisfies Described
