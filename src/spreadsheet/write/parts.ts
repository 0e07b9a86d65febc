/** The parts of a written workbook that do not depend on its rows (ECMA-376 part 1). */
import { escapeMarkup } from '../../base/markup.js'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Style of a cell, as an index into `cellXfs` below. */
export const STYLES = { text: 1, head: 2, good: 3, bad: 4, failed: 5, unsure: 6, title: 7, number: 8, note: 9 } as const
export type CellStyle = keyof typeof STYLES

interface Font {
  readonly isBold?: boolean
  readonly colour?: string
  readonly size?: number
}
/** Colours of outcomes are those of the page and of the HTML list. Printed in grey, outcomes differ by their signs. */
const FONTS: readonly Font[] = [
  {},
  { isBold: true },
  { isBold: true, colour: '0B5D2A' },
  { isBold: true, colour: 'A11212' },
  { isBold: true, colour: '8A3B00' },
  { isBold: true, colour: '5B4A00' },
  { isBold: true, size: 14 },
  { colour: '4A5663' },
]
const fontXml = ({ isBold = false, colour, size = 11 }: Font): string =>
  `<font>${isBold ? '<b/>' : ''}<sz val="${size}"/>${colour === undefined ? '' : `<color rgb="FF${colour}"/>`}<name val="等线"/><family val="2"/></font>`

/** A cell style. Texts have format 49 (`@`), and `quotePrefix` so that Excel does not convert them when they are edited. */
const xf = (font: number, { fill = 0, format = 49, wrap = true }: { fill?: number; format?: number; wrap?: boolean } = {}): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"${format === 49 ? ' quotePrefix="1"' : ''}><alignment vertical="top"${wrap ? ' wrapText="1"' : ''}/></xf>`

export const stylesXml = (): string =>
  `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="${FONTS.length}">${FONTS.map(fontXml).join('')}</fonts>` +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF1F4F6"/><bgColor indexed="64"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="10"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${[
    xf(0),
    xf(1, { fill: 2 }),
    xf(2),
    xf(3),
    xf(4),
    xf(5),
    xf(6, { wrap: false }),
    xf(0, { format: 1 }),
    xf(7),
  ].join('')}</cellXfs>` +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

export const contentTypesXml = (sheets: number): string =>
  `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${Array.from(
    { length: sheets },
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  ).join('')}</Types>`

const relationsXml = (relations: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

export const rootRelationsXml = (): string => relationsXml([['rId1', 'officeDocument', 'xl/workbook.xml']])

export const workbookRelationsXml = (sheets: number): string =>
  relationsXml([
    ...Array.from({ length: sheets }, (_, at) => [`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`] as const),
    [`rId${sheets + 1}`, 'styles', 'styles.xml'],
  ])

/** @param tabs names in the order of the tabs, each with the number of its part from 1 */
export const workbookXml = (tabs: readonly { readonly name: string; readonly part: number }[]): string =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${tabs
    .map(({ name, part }) => `<sheet name="${escapeMarkup(name)}" sheetId="${part}" r:id="rId${part}"/>`)
    .join('')}</sheets></workbook>`

/** The part of a sheet before its rows. @param widths of the columns, in characters */
export const sheetHeadXml = (widths: readonly number[], frozenRows: number): string =>
  `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${
    frozenRows === 0 ? '' : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`
  }</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>${
    widths.length === 0
      ? ''
      : `<cols>${widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`
  }<sheetData>`

/** The part of a sheet after its rows: a filter over the table, and no warning (green corner) at identifiers that look like numbers. */
export const sheetTailXml = (range: string | undefined): string =>
  `</sheetData>${range === undefined ? '' : `<autoFilter ref="${range}"/>`}<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors></worksheet>`
