/** Writes workbooks that are safe to open: every text is a text cell; there are no formulas and no links, so a program runs and fetches nothing. */
import { fault } from '../messages.js'
import { columnName, LIMITS } from '../workbook.js'
import {
  type CellStyle,
  contentTypesXml,
  rootRelationsXml,
  STYLES,
  sheetHeadXml,
  sheetTailXml,
  stylesXml,
  workbookRelationsXml,
  workbookXml,
} from './parts.js'
import { createZipWriter, joined, type Sink, type ZipWriter } from './zip.js'

/** A cell: a text, a text with its own style, or a whole number. The cell is empty if undefined or an empty text. */
export type WrittenCell = string | undefined | { readonly text: string; readonly style: CellStyle } | { readonly number: number }

export interface WrittenColumn {
  /** Written in the first row, which is bold and frozen. */
  readonly title: string
  /** In characters. @default 14 */
  readonly width?: number
}

/** A sheet to be written. */
export interface SheetPlan {
  /** Shortened to 31 characters; characters that the name of a sheet must not contain become blanks. */
  readonly name: string
  /** If empty, the sheet has no row of titles. */
  readonly columns: readonly WrittenColumn[]
  /** Orders the tabs: lower numbers first, equal ones in the order of writing. @default 0 */
  readonly tab?: number
  /** Widths of columns in characters; overrides those of `columns`. */
  readonly widths?: readonly number[]
}

export interface WorkbookWriter {
  /** Ends the current sheet and begins another. */
  sheet(plan: SheetPlan): Promise<void>
  /** Adds a row. When the sheet is full, continues on a new sheet with the same columns: `name (2)`. @throws `spreadsheet.cell-long` */
  row(cells: readonly WrittenCell[]): Promise<void>
  /** Ends the file. */
  end(): Promise<void>
}

interface WriterLimits {
  /** Maximum number of rows of a sheet. */
  readonly maxRows?: number
  /** Maximum size in octets of the file, and of each part before compression. */
  readonly maxOctets?: number | undefined
}

/** Maximum number of rows that Excel opens. */
const MAX_SHEET_ROWS = 1_048_576
/** Characters passed to the compression at once. A string of more than 128 kB gets its own page of memory, which takes ten times as long. */
const CHUNK = 8192
const WIDTH = 14
const DONE: Promise<void> = /* @__PURE__ */ Promise.resolve()

/**
 * Creates a writer that buffers no rows, so its memory does not grow with them. It is deterministic: the same rows produce the same octets.
 * @param sink called with the octets of the file in order
 * @throws `spreadsheet.write-large` beyond 4 GB
 */
export function createWorkbookWriter(sink: Sink, { maxRows = MAX_SHEET_ROWS, maxOctets }: WriterLimits = {}): WorkbookWriter {
  const zip = createZipWriter(sink, maxOctets)
  const tabs: WrittenSheet[] = []
  const names = new Set<string>()
  let open: (SheetPlan & { readonly rows: { count: number }; readonly before: Before }) | undefined
  let text = ''
  const put = (more: string): Promise<void> => {
    text += more
    if (text.length < CHUNK) return DONE
    const full = text
    text = ''
    return zip.write(full)
  }
  const begin = async (plan: SheetPlan): Promise<void> => {
    await finish()
    const name = freeName(plan.name, names)
    tabs.push({ name, tab: plan.tab ?? 0, part: tabs.length + 1 })
    open = { ...plan, rows: { count: 0 }, before: createBefore() }
    await zip.begin(`xl/worksheets/sheet${tabs.length}.xml`)
    const { columns } = plan
    await put(sheetHeadXml(plan.widths ?? columns.map(({ width = WIDTH }) => width), columns.length === 0 ? 0 : 1))
    if (columns.length > 0)
      await put(
        rowXml(
          open.name,
          open.rows.count++,
          columns.map(({ title }) => ({ text: title, style: 'head' })),
          open.before,
        ),
      )
  }
  const finish = async (): Promise<void> => {
    if (open === undefined) return
    const { columns, rows } = open
    await zip.write(text + sheetTailXml(columns.length === 0 ? undefined : `A1:${columnName(columns.length - 1)}${rows.count}`))
    text = ''
    await zip.end()
    open = undefined
  }
  const row = (cells: readonly WrittenCell[]): Promise<void> => {
    if (open === undefined) throw new TypeError('a row needs a sheet')
    if (open.rows.count >= maxRows) return begin(open).then(() => row(cells))
    return put(rowXml(open.name, open.rows.count++, cells, open.before))
  }
  return {
    sheet: begin,
    row,
    async end() {
      await finish()
      await writePackage(zip, tabs)
      await zip.close()
    },
  }
}

/** A sheet that was written: `part` is its number in the file, `tab` its place among the tabs. */
interface WrittenSheet {
  readonly name: string
  readonly tab: number
  readonly part: number
}

/** Writes the parts that tie the sheets together. */
async function writePackage(zip: ZipWriter, sheets: readonly WrittenSheet[]): Promise<void> {
  const ordered = [...sheets].sort((a, b) => a.tab - b.tab || a.part - b.part)
  for (const [name, xml] of [
    ['[Content_Types].xml', contentTypesXml(sheets.length)],
    ['_rels/.rels', rootRelationsXml()],
    ['xl/workbook.xml', workbookXml(ordered)],
    ['xl/_rels/workbook.xml.rels', workbookRelationsXml(sheets.length)],
    ['xl/styles.xml', stylesXml()],
  ] as const) {
    await zip.begin(name)
    await zip.write(xml)
    await zip.end()
  }
}

/** Writes a workbook at once. @throws `spreadsheet.cell-long`, `spreadsheet.write-large` */
export async function writeWorkbook(
  sheets: readonly (SheetPlan & { readonly rows: Iterable<readonly WrittenCell[]> })[],
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  const writer = createWorkbookWriter(async (bytes) => void pieces.push(bytes))
  for (const { rows, ...plan } of sheets) {
    await writer.sheet(plan)
    for (const row of rows) await writer.row(row)
  }
  await writer.end()
  return joined(pieces)
}

/** A name that Excel accepts and that no other sheet has (ECMA-376 part 1, 18.2.19). */
function freeName(wanted: string, names: Set<string>): string {
  const plain = wanted.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ').replace(/^[\s']+|[\s']+$/g, '') || 'Sheet'
  for (let number = 1; ; number++) {
    const tail = number === 1 ? '' : ` (${number})`
    const name = `${[...plain]
      .slice(0, 31 - tail.length)
      .join('')
      .slice(0, 31 - tail.length)}${tail}`
    if (names.has(name.toLowerCase())) continue
    names.add(name.toLowerCase())
    return name
  }
}

/** Cache of each column: the last text, its style, and their markup. In lists, issuer, basis or reason mostly repeat those of the previous row. */
interface Before {
  readonly texts: string[]
  readonly styles: number[]
  readonly xml: string[]
}
const createBefore = (): Before => ({ texts: [], styles: [], xml: [] })

function rowXml(sheet: string, row: number, cells: readonly WrittenCell[], before: Before): string {
  const number = row + 1
  let xml = `<row r="${number}">`
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column]
    if (cell === undefined || cell === '') continue
    const letters = COLUMNS[column] ?? columnName(column)
    if (typeof cell === 'object' && 'number' in cell) {
      xml += `<c r="${letters}${number}" s="${STYLES.number}"><v>${cell.number}</v></c>`
      continue
    }
    const isPlain = typeof cell === 'string'
    const text = isPlain ? cell : cell.text
    const style = isPlain ? STYLES.text : STYLES[cell.style]
    if (text.length > LIMITS.cellLength)
      throw fault('spreadsheet.cell-long', { sheet, cell: `${letters}${number}`, most: LIMITS.cellLength })
    if (text === '') continue
    if (before.texts[column] !== text || before.styles[column] !== style) {
      before.texts[column] = text
      before.styles[column] = style
      before.xml[column] = `" s="${style}" t="inlineStr"><is>${textXml(text)}</is></c>`
    }
    xml += `<c r="${letters}${number}${before.xml[column]}`
  }
  return `${xml}</row>`
}

/** Letters of the first columns, computed once. */
const COLUMNS: readonly string[] = /* @__PURE__ */ Array.from({ length: 64 }, (_, column) => columnName(column))

/**
 * Characters to escape (ECMA-376 part 1, 22.9.2.19): those that XML forbids, those that an XML parser changes, and `_` where it would begin
 * an escape. Surrogate pairs match too, and stay as they are.
 */
const ESCAPED = /[\0-\x08\x0b-\x1f\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]|_(?=x[0-9a-f]{4}_)/gi
/** A text without such characters and without markup. */
const PLAIN = /^[^\0-\x1f&<>\ud800-\udfff\ufffe\uffff_]*$/

function textXml(text: string): string {
  // Without `xml:space`, blanks at the ends would be dropped.
  if (PLAIN.test(text) && text.charCodeAt(0) > 32 && text.charCodeAt(text.length - 1) > 32) return `<t>${text}</t>`
  const escaped = text
    .replace(ESCAPED, (found) => (found.length > 1 ? found : `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`))
    .replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
  return `<t xml:space="preserve">${escaped}</t>`
}
