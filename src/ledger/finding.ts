/** A finding about a cell, a row or a sheet of a ledger. */
import type { MessageParams, Text } from '../base/message.js'
import { cellName } from '../spreadsheet/index.js'
import type { LedgerField } from './fields.js'
import { type LedgerCode, say } from './finding-messages.js'

/** `fail`: a value is unusable or contradicts another. `warn`: a person should check. `note`: a value was changed or left out. */
export type LedgerFindingStatus = 'fail' | 'warn' | 'note'

export interface LedgerFinding {
  readonly status: LedgerFindingStatus
  readonly code: LedgerCode
  readonly sheet: string
  /** Row, from 1; absent if it is about the whole sheet or column. */
  readonly row?: number
  /** Reference in the notation of Excel: `Sheet1!F12`, `Sheet1!F:F`, `Sheet1!12:12` or `Sheet1`. */
  readonly place: string
  readonly field?: LedgerField
  readonly message: Text
  readonly advice?: Text
}

const FAILS: ReadonlySet<LedgerCode> = new Set<LedgerCode>([
  'ledger.no-lines',
  'ledger.cell-error',
  'ledger.cell-too-long',
  'ledger.digits-lost',
  'ledger.date-impossible',
  'ledger.date-unreadable',
  'ledger.date-short-year',
  'ledger.date-month-spoiled',
  'ledger.expired-before-verified',
  'ledger.due-before-verified',
  'ledger.column-undecided',
  'ledger.mapping-column',
  'ledger.join-none',
  'ledger.join-ambiguous',
  'ledger.join-tie',
])
const NOTES: ReadonlySet<LedgerCode> = new Set<LedgerCode>([
  'ledger.column-unknown',
  'ledger.column-left-out',
  'ledger.sheet-left-out',
  'ledger.header-repeated',
  'ledger.total-row',
  'ledger.note-row',
  'ledger.section-row',
  'ledger.name-from-sheet',
  'ledger.name-from-category',
  'ledger.merged',
  'ledger.ditto',
  'ledger.hidden-character',
  'ledger.full-width',
  'ledger.formula',
  'ledger.as-shown',
  'ledger.phone-left-out',
  'ledger.date-month',
  'ledger.date-time',
  'ledger.date-as-shown',
  'ledger.range-unreadable',
  'ledger.category-ambiguous',
  'ledger.category-unknown',
  'ledger.joined',
])

export const statusOf = (code: LedgerCode): LedgerFindingStatus => (FAILS.has(code) ? 'fail' : NOTES.has(code) ? 'note' : 'warn')

/** A finding without its place. */
export interface Note {
  readonly code: LedgerCode
  readonly params?: MessageParams
}

/** Place of a note; rows and columns count from zero, as in the workbook. */
export interface Spot {
  readonly sheet: string
  readonly row?: number
  readonly column?: number
  readonly field?: LedgerField
}

/** Name of a sheet in the notation of Excel, quoted if necessary. */
const quoted = (sheet: string): string => (/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`)

export function placeOf({ sheet, row, column }: Spot): string {
  const name = quoted(sheet)
  if (row !== undefined && column !== undefined) return `${name}!${cellName(row, column)}`
  if (row !== undefined) return `${name}!${row + 1}:${row + 1}`
  if (column === undefined) return name
  const letters = cellName(0, column).replace(/\d+$/, '')
  return `${name}!${letters}:${letters}`
}

/** Joins the lines of a quoted cell: a message is one line. */
const onOneLine = (value: unknown): unknown => (typeof value === 'string' ? value.replace(/\s*[\r\n]+\s*/g, ' ') : value)

export function findingOf({ code, params }: Note, spot: Spot): LedgerFinding {
  const { zh, en, advice } = say(
    code,
    params && Object.fromEntries(Object.entries(params).map(([name, value]) => [name, onOneLine(value)])),
  )
  return {
    status: statusOf(code),
    code,
    sheet: spot.sheet,
    ...(spot.row !== undefined && { row: spot.row + 1 }),
    place: placeOf(spot),
    ...(spot.field !== undefined && { field: spot.field }),
    message: { zh, en },
    ...(advice !== undefined && { advice }),
  }
}
