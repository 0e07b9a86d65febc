// Why this exists: what a program writes is one workbook of many. This writes the parts of one by hand, with any of them changed.
import { makeZip, type ZipEntry } from './zip.ts'

export interface WorkbookParts {
  /** Content of `<sheetData>` of each sheet, or the whole worksheet if it begins with `<?xml`. */
  readonly sheets: readonly string[]
  /** XML after `<sheetData>` of each sheet. */
  readonly after?: string
  readonly names?: readonly string[]
  /** Attributes of `<sheet>`, such as `state="hidden"`. */
  readonly states?: readonly string[]
  /** Content of `<sst>`. */
  readonly strings?: string
  /** Codes of number formats: style 0 is General, style 1 the first. */
  readonly formats?: readonly (string | number)[]
  readonly date1904?: boolean
  readonly more?: readonly ZipEntry[]
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** The parts of a workbook, which tests may change before they are zipped. */
export function workbookParts(parts: WorkbookParts): ZipEntry[] {
  const {
    sheets,
    after = '',
    names = sheets.map((_, at) => `Sheet${at + 1}`),
    states = [],
    strings,
    formats = [],
    date1904 = false,
  } = parts
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  const relations = (inside: string): string =>
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`
  const custom = formats.map((code, at) =>
    typeof code === 'number' ? '' : `<numFmt numFmtId="${164 + at}" formatCode="${escaped(code)}"/>`,
  )
  const xfs = ['<xf numFmtId="0"/>', ...formats.map((code, at) => `<xf numFmtId="${typeof code === 'number' ? code : 164 + at}"/>`)]
  return [
    { name: '[Content_Types].xml', data: `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>` },
    { name: '_rels/.rels', data: relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      data: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${names
        .map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" ${states[at] ?? ''} r:id="s${at + 1}"/>`)
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations(
        [
          ...sheets.map((_, at) => relation(`s${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
          relation('st', 'styles', 'styles.xml'),
          ...(strings === undefined ? [] : [relation('ss', 'sharedStrings', 'sharedStrings.xml')]),
        ].join(''),
      ),
    },
    {
      name: 'xl/styles.xml',
      data: `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs></styleSheet>`,
    },
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: `${HEAD}<sst xmlns="${MAIN}">${strings}</sst>` }]),
    ...sheets.map((inside, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      data: inside.startsWith('<?xml') ? inside : `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${inside}</sheetData>${after}</worksheet>`,
    })),
    ...(parts.more ?? []),
  ]
}

export const makeWorkbook = (parts: WorkbookParts): Buffer => makeZip(workbookParts(parts))

/** A row of cells, from A: texts inline, numbers as `n style`. */
export const rowOf = (row: number, cells: readonly (string | { readonly v: string; readonly s?: number })[]): string =>
  `<row r="${row}">${cells
    .map((cell, at) => {
      const r = `${String.fromCharCode(65 + at)}${row}`
      return typeof cell === 'string'
        ? `<c r="${r}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
        : `<c r="${r}" s="${cell.s ?? 0}"><v>${cell.v}</v></c>`
    })
    .join('')}</row>`
