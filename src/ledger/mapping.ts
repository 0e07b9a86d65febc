/**
 * The mapping of a ledger: the field of each column, in a file that a person can correct and reuse. It is proposed by the headers, and by
 * the cells if a header has several meanings; a person decides the rest.
 */
import * as z from 'zod/mini'
import type { Text } from '../base/message.js'
import { about, Line } from '../base/schema.js'
import { readShape } from '../base/shape.js'
import { columnName, type Sheet } from '../spreadsheet/index.js'
import { decideByCells } from './decide-by-cells.js'
import { type LedgerField, ledgerFields, NUMBERING } from './fields.js'
import { findingOf, type LedgerFinding, type Note } from './finding.js'
import { findHeader, type HeaderRows, headerParts, headerText, meaningOf } from './header.js'

const FIELD_NAMES = [...ledgerFields.keys()] as [LedgerField, ...LedgerField[]]
const Count = z.int().check(z.minimum(1), z.maximum(1_048_576))

const MappedColumn = z.strictObject({
  column: about(z.string().check(z.regex(/^[A-Z]{1,3}$/)), '列（字母）', 'Letters of the column'),
  header: about(
    z.string().check(z.minLength(1), z.maxLength(1000)),
    '表头原文；多行表头以“ > ”相连',
    'Header as written; several rows are joined by “ > ”',
  ),
  field: about(
    z.optional(z.enum([...FIELD_NAMES, 'ignore'])),
    '对应项；ignore 不导入；不写则原样保存',
    'Field; ignore leaves the column out; absent keeps it as written',
  ),
  unit: about(z.optional(Line), '表头中的单位，原文', 'Unit in the header, as printed'),
  certainty: about(
    z.optional(z.enum(['sure', 'likely', 'doubtful', 'unknown', 'given'])),
    '把握：sure 确定、likely 很可能、doubtful 有歧义、unknown 无对应、given 由人指定',
    'How certain the proposal is; given: by a person',
  ),
  candidates: about(z.optional(z.array(z.enum(FIELD_NAMES))), '可能的对应项', 'Fields that it may be'),
})
export type MappedColumn = z.infer<typeof MappedColumn>

const MappedSheet = z.strictObject({
  name: about(z.string().check(z.minLength(1), z.maxLength(200)), '工作表', 'Sheet'),
  skip: about(z.optional(z.boolean()), '略去整个工作表', 'Leave the sheet out'),
  header: about(
    z.optional(z.strictObject({ first: Count, last: Count })),
    '表头的首行和末行，从 1 计',
    'First and last row of the header, from 1',
  ),
  columns: about(
    z.array(MappedColumn).check(z.maxLength(1024)),
    '各列；为空则按表头所在行重新识别',
    'Columns; where empty they are proposed from the rows of the header',
  ),
  joinBy: about(
    z.optional(z.enum(['assetNumber', 'serialNumber', 'certificateNo', 'plate'])),
    '按该项并入有器具名称的工作表',
    'Field by which its rows are joined to the sheet that names the instruments',
  ),
})
export type MappedSheet = z.infer<typeof MappedSheet>

/** Schema of a mapping file: the field of each column of each sheet. */
export const LedgerMapping = z.strictObject({
  kind: about(z.literal('ledger-mapping'), '台账映射文件', 'Mapping of a ledger'),
  version: z.literal(1),
  sheets: z.array(MappedSheet).check(z.maxLength(256)),
  values: about(
    z.optional(z.partialRecord(z.enum(['result', 'mandatory', 'state', 'purpose', 'certificateType']), z.record(z.string(), z.string()))),
    '取值的含义，如 {"result": {"1": "pass"}}',
    'Meanings of words, as {"result": {"1": "pass"}}',
  ),
})
export type LedgerMapping = z.infer<typeof LedgerMapping>

/** Reads a mapping from JSON data. @throws `ledger.mapping-shape` */
export const parseMapping = (value: unknown): LedgerMapping => readShape<LedgerMapping>(LedgerMapping, value, 'ledger.mapping-shape')

/** A sheet with its mapped columns. Rows of `header` and `index` of columns count from zero. */
export interface ReadableSheet {
  readonly sheet: Sheet
  readonly header: HeaderRows
  readonly columns: readonly (MappedColumn & { readonly index: number })[]
  readonly joinBy?: MappedSheet['joinBy']
}

type Column = MappedColumn & { readonly index: number }

/** Proposes the fields of the columns, by the header rows that a person chose or else by those found; undefined if there is no header. */
export function proposeSheet(sheet: Sheet, findings: LedgerFinding[], chosen?: MappedSheet): ReadableSheet | undefined {
  const rows = chosenRows(sheet, chosen) ?? findHeader(sheet)
  if (rows === undefined) return undefined
  const parts = headerParts(sheet, rows)
  const columns = parts.flatMap((one, index): Column[] => {
    if (one.length === 0) return []
    const { certainty, field, candidates, isLeftOut, unit } = meaningOf(one)
    return [
      {
        index,
        column: columnName(index),
        header: headerText(one).slice(0, 1000),
        ...(isLeftOut === true ? { field: 'ignore' as const } : field !== undefined && { field }),
        ...(unit !== undefined && { unit }),
        certainty,
        ...(candidates !== undefined && { candidates: [...candidates] }),
      },
    ]
  })
  if (columns.length === 0) return undefined
  const decided = decideByCells(sheet, rows, columns)
  const { joinBy } = chosen ?? {}
  return { sheet, header: rows, columns: withoutTwice(sheet, decided, findings), ...(joinBy && { joinBy }) }
}

function chosenRows({ rows }: Sheet, { header }: Pick<MappedSheet, 'header'> = {}): HeaderRows | undefined {
  if (header === undefined || header.first > rows.length) return undefined
  return { first: header.first - 1, last: Math.min(Math.max(header.last, header.first), rows.length) - 1 }
}

/** Assigns each field to one column: to the most certain, and of equally certain ones to the first. */
function withoutTwice(sheet: Sheet, columns: readonly Column[], findings: LedgerFinding[]): readonly Column[] {
  const rank: Readonly<Record<string, number>> = { given: 0, sure: 0, doubtful: 1, likely: 2 }
  const taken = new Map<LedgerField, Column>()
  for (const column of [...columns].sort((a, b) => (rank[a.certainty ?? ''] ?? 3) - (rank[b.certainty ?? ''] ?? 3))) {
    if (column.field === undefined || column.field === 'ignore') continue
    if (!taken.has(column.field)) taken.set(column.field, column)
  }
  return columns.map((column) => {
    const { field } = column
    if (field === undefined || field === 'ignore') return column
    const first = taken.get(field) as Column
    if (first === column) return column
    // In the form of 计量确认 a second range column, between required point and required accuracy, is the required range.
    if (field === 'range' && taken.has('requiredPoint') && !taken.has('requiredRange')) {
      taken.set('requiredRange', column)
      return { ...column, field: 'requiredRange', certainty: 'likely' }
    }
    const params = { header: column.header, first: first.header, field: ledgerFields.get(field) }
    findings.push(findingOf({ code: 'ledger.column-twice', params }, { sheet: sheet.name, column: column.index }))
    const { field: _, ...rest } = column
    return { ...rest, certainty: 'unknown', candidates: [field] }
  })
}

/** Findings on the proposed columns; on those that a person mapped, only that one is left out. */
export function findingsOfColumns({ sheet, columns }: ReadableSheet): LedgerFinding[] {
  return columns.flatMap((column) => {
    const note = noteOf(column)
    return note === undefined ? [] : [findingOf(note, { sheet: sheet.name, column: column.index })]
  })
}

function noteOf({ header, field, certainty, candidates }: Column): Note | undefined {
  if (certainty === 'given') return undefined
  if (field === 'ignore') return NUMBERING.includes(header) ? undefined : { code: 'ledger.column-left-out', params: { header } }
  const named = field === undefined ? undefined : ledgerFields.get(field)
  if (certainty === 'likely') return { code: 'ledger.column-likely', params: { header, field: named } }
  if (certainty === 'doubtful') {
    const params = { header, candidates: namesOf(candidates ?? []), field: named }
    return { code: field === undefined ? 'ledger.column-undecided' : 'ledger.column-doubtful', params }
  }
  if (certainty === 'unknown' && candidates === undefined) return { code: 'ledger.column-unknown', params: { header } }
  return undefined
}

const namesOf = (fields: readonly LedgerField[]): Text => {
  const names = fields.flatMap((field) => ledgerFields.get(field) ?? [])
  return { zh: names.map(({ zh }) => `“${zh}”`).join('或'), en: names.map(({ en }) => en).join(' or ') }
}

/**
 * Applies a mapping to a sheet by the headers, not by the letters, because columns may have moved. A header of the mapping that the sheet
 * lacks is a finding; a column that the mapping lacks is imported as written, without a field.
 */
export function applyMapping(sheet: Sheet, mapped: MappedSheet, findings: LedgerFinding[]): ReadableSheet | undefined {
  const rows = headerRowsOf(sheet, mapped)
  if (rows === undefined) return undefined
  const parts = headerParts(sheet, rows)
  const found = new Map<string, number[]>()
  parts.forEach((one, index) => {
    if (one.length > 0) found.set(headerText(one), [...(found.get(headerText(one)) ?? []), index])
  })
  const columns: Column[] = []
  for (const column of mapped.columns) {
    const places = found.get(column.header) ?? []
    // If several columns have this header, take the one with the letter of the mapping.
    const index = places.find((at) => columnName(at) === column.column) ?? places[0]
    if (index !== undefined) {
      found.set(
        column.header,
        places.filter((at) => at !== index),
      )
      columns.push({ ...column, index, column: columnName(index), certainty: 'given' })
    } else if (column.field !== undefined && column.field !== 'ignore')
      findings.push(
        findingOf({ code: 'ledger.mapping-column', params: { header: column.header, sheet: sheet.name } }, { sheet: sheet.name }),
      )
  }
  for (const [header, places] of found)
    for (const index of places) columns.push({ index, column: columnName(index), header: header.slice(0, 1000), certainty: 'unknown' })
  columns.sort((a, b) => a.index - b.index)
  return { sheet, header: rows, columns: withoutTwice(sheet, columns, findings), ...(mapped.joinBy && { joinBy: mapped.joinBy }) }
}

/** The header rows of the mapping if they contain one of its headers; otherwise those found in the sheet. */
function headerRowsOf(sheet: Sheet, { header, columns }: MappedSheet): HeaderRows | undefined {
  const rows = chosenRows(sheet, { header })
  if (rows === undefined) return findHeader(sheet)
  const texts = new Set(headerParts(sheet, rows).map(headerText))
  return columns.some((column) => texts.has(column.header)) ? rows : findHeader(sheet)
}
