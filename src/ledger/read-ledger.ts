/** Reads a ledger from a spreadsheet: sheets, headers, mapping, rows. It returns lines, never records. */
import { checkArgument, octets } from '../base/options.js'
import { readWorkbook, type Sheet, type Workbook } from '../spreadsheet/index.js'
import { type ColumnOf, checkLines } from './check-lines.js'
import { findingOf, type LedgerFinding } from './finding.js'
import { joinSheets } from './join.js'
import type { LedgerLine } from './line.js'
import { applyMapping, findingsOfColumns, type LedgerMapping, type MappedSheet, proposeSheet, type ReadableSheet } from './mapping.js'
import { readRows } from './rows.js'

export interface LedgerOptions {
  /** A mapping to apply; without one it is proposed. */
  readonly mapping?: LedgerMapping
  /** Today, `YYYY-MM-DD`: dates of verification after it are findings. */
  readonly on?: string
}

export interface Ledger {
  readonly format: 'xlsx' | 'csv' | 'tsv' | 'html' | 'xls'
  /** Encoding of a text file. */
  readonly encoding?: string
  readonly lines: readonly LedgerLine[]
  readonly findings: readonly LedgerFinding[]
  /** The mapping that was used: the proposed one, or the given one as far as it matched. */
  readonly mapping: LedgerMapping
}

/**
 * Reads a ledger from the bytes of a spreadsheet (xlsx, CSV, tab-separated text, an HTML table named .xls). Every value that was changed,
 * left out or is doubtful is a finding with its cell.
 * @throws `spreadsheet.*` if the file cannot be read; `verify.options`
 * @example
 * ```ts
 * import { readLedger } from 'tongheng/ledger'
 *
 * const csv = '器具名称,出厂编号,检定日期,检定周期\n压力表,A1,2026.05.04,6个月\n'
 * const { lines } = await readLedger(new TextEncoder().encode(csv))
 * lines[0]?.last?.date?.date // => '2026-05-04'
 * ```
 */
export async function readLedger(bytes: Uint8Array, options: LedgerOptions = {}): Promise<Ledger> {
  checkArgument('readLedger', 'bytes', bytes, octets)
  return readLedgerOf(await readWorkbook(bytes), options)
}

/** Reads a ledger from a workbook. */
export function readLedgerOf(workbook: Workbook, { mapping, on }: LedgerOptions = {}): Ledger {
  const findings: LedgerFinding[] = []
  const readable: ReadableSheet[] = []
  const mapped = new Map<Sheet, MappedSheet>()
  for (const sheet of workbook.sheets) {
    const given = mapping?.sheets.find(({ name }) => name === sheet.name) ?? onlyOne(mapping, workbook)
    if (given?.skip === true) {
      findings.push(findingOf({ code: 'ledger.sheet-left-out', params: { sheet: sheet.name } }, { sheet: sheet.name }))
      mapped.set(sheet, { ...given, name: sheet.name })
      continue
    }
    if (given === undefined && sheet.isHidden) {
      findings.push(findingOf({ code: 'ledger.sheet-hidden', params: { sheet: sheet.name } }, { sheet: sheet.name }))
      continue
    }
    if (!sheet.rows.some((row) => row.some((cell) => cell !== undefined && cell.text.trim() !== ''))) continue
    if (mapping !== undefined && given === undefined)
      findings.push(findingOf({ code: 'ledger.mapping-sheet', params: { sheet: sheet.name } }, { sheet: sheet.name }))
    const isProposed = given === undefined || given.columns.length === 0
    const found = isProposed ? proposeSheet(sheet, findings, given) : applyMapping(sheet, given, findings)
    if (found === undefined) {
      findings.push(findingOf({ code: 'ledger.no-header', params: { sheet: sheet.name } }, { sheet: sheet.name }))
      // The mapping names the sheet, so that a person can add its header rows.
      mapped.set(sheet, given ?? { name: sheet.name, columns: [] })
    } else {
      findings.push(...findingsOfColumns(found))
      readable.push(found)
    }
  }
  const values = mapping?.values
  const { sheets, linked, join } = joinSheets(readable, findings)
  for (const sheet of readable) {
    const joinBy = linked.get(sheet) ?? sheet.joinBy
    mapped.set(sheet.sheet, mappingOf(sheet, joinBy))
  }
  const lines: LedgerLine[] = []
  for (const sheet of sheets) readRows(sheet, values ?? {}, join, lines, findings)
  checkLines(lines, columnsIn(sheets), findings, on)
  if (lines.length === 0) findings.push(findingOf({ code: 'ledger.no-lines' }, { sheet: workbook.sheets[0]?.name ?? '' }))
  return {
    format: workbook.format,
    ...(workbook.encoding !== undefined && { encoding: workbook.encoding }),
    lines,
    findings,
    mapping: {
      kind: 'ledger-mapping',
      version: 1,
      sheets: workbook.sheets.flatMap((sheet) => mapped.get(sheet) ?? []),
      ...(values && { values }),
    },
  }
}

/** The column of a field in the sheet of a line. */
function columnsIn(sheets: readonly ReadableSheet[]): ColumnOf {
  const known = new Map(
    sheets.map(({ sheet, columns }) => [
      sheet.name,
      new Map(columns.flatMap(({ field, index }) => (field === undefined ? [] : [[field, index] as const]))),
    ]),
  )
  return ({ at }, field) => known.get(at?.sheet ?? '')?.get(field)
}

/** If both have one sheet, the names need not match: the sheet of a text file has no name of its own. */
const onlyOne = (mapping: LedgerMapping | undefined, { sheets }: Workbook): MappedSheet | undefined =>
  mapping?.sheets.length === 1 && sheets.length === 1 ? mapping.sheets[0] : undefined

const mappingOf = ({ sheet, header, columns }: ReadableSheet, joinBy: MappedSheet['joinBy']): MappedSheet => ({
  name: sheet.name,
  header: { first: header.first + 1, last: header.last + 1 },
  columns: columns.map(({ index: _, ...column }) => column),
  ...(joinBy !== undefined && { joinBy }),
})
