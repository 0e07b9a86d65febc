/** Writes tables as CSV, as a workbook, and as one HTML file. */
import { CSV_MARK, csvRow } from '../base/csv.js'
import { writeHtmlFile } from '../base/html-file.js'
import { escapeMarkup } from '../base/markup.js'
import { visible } from '../base/visible.js'
import { writeWorkbook } from '../spreadsheet/index.js'
import type { Language, LedgerTable, Tone } from './tables.js'

/** Writes a table as CSV for Excel, which reads no cell as a formula. */
export const tableCsv = ({ heads, rows }: LedgerTable): string =>
  `${CSV_MARK}${csvRow(heads)}${rows.map(({ cells }) => csvRow(cells)).join('')}`

/** Maximum width of a column in characters; longer texts wrap. */
const MAX_WIDTH = 40
/** Number of rows that determine the width of a column. */
const LOOKED_AT = 200

/** Writes tables as a workbook, one sheet each. Every cell is a text, so no number loses digits and no formula runs. */
export const tablesWorkbook = (tables: readonly LedgerTable[]): Promise<Uint8Array> =>
  writeWorkbook(
    tables.map(({ name, heads, rows }) => ({
      name,
      columns: heads.map((title, at) => ({
        title,
        width: Math.min(
          MAX_WIDTH,
          Math.max(8, widthOf(title), ...rows.slice(0, LOOKED_AT).map(({ cells }) => widthOf(cells[at] ?? ''))) + 2,
        ),
      })),
      rows: rows.map(({ cells }) => cells),
    })),
  )

/** Width of a text: a Chinese character is as wide as two Latin ones. */
const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0)

/** Maximum number of rows in the HTML: more stall a browser. CSV and workbook have all rows. */
const MAX_ROWS = 20_000
const SIGNS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', unsure: '!', plain: '·' }

const STYLE = `
:root{--ink:#1b2430;--soft:#4a5663;--line:#c3cad1}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--ink);font:15px/1.6 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;overflow-wrap:anywhere}
main{max-width:1400px;margin:0 auto;padding:24px 20px}
h1{font-size:26px;margin:0 0 4px}p{margin:2px 0}.soft{color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px}
caption{text-align:start;font-weight:700;font-size:17px;padding:26px 0 8px}
th,td{border:1px solid var(--line);padding:5px 8px;text-align:start;vertical-align:top;overflow-wrap:break-word}
td:first-child{white-space:nowrap;font-weight:700}
th{background:#f1f4f6;white-space:nowrap}thead{display:table-header-group}tr{break-inside:avoid}
.good td:first-child{color:#0b5d2a}.bad td:first-child{color:#a11212}.unsure td:first-child{color:#5b4a00}
@page{size:A4 landscape;margin:12mm}
@media print{main{max-width:none;padding:0}table{font-size:8.5pt}.scroll{overflow:visible}}
`

export interface LedgerHtml {
  readonly title: string
  /** Sentences above the tables. */
  readonly notes: readonly string[]
  readonly tables: readonly LedgerTable[]
  readonly language: Language
}

const shown = (text: string): string => escapeMarkup(visible(text))

/** One self-contained file: no script, no request, printable on A4. */
export function writeTablesHtml({ title, notes, tables, language }: LedgerHtml): string {
  const body = `<main>
<h1>${shown(title)}</h1>
${notes.map((note) => `<p>${shown(note)}</p>`).join('\n')}
${tables.map((table) => tableHtml(table, language)).join('\n')}
</main>`
  return writeHtmlFile({ lang: language === 'zh' ? 'zh-CN' : 'en', title: shown(title), style: STYLE, body })
}

function tableHtml({ name, heads, rows }: LedgerTable, language: Language): string {
  const lines = rows.slice(0, MAX_ROWS).map(({ tone, cells }) => {
    const [first = '', ...rest] = cells
    return `<tr class="${tone}"><td>${SIGNS[tone]} ${shown(first)}</td>${rest.map((cell) => `<td>${shown(cell)}</td>`).join('')}</tr>`
  })
  const cut = language === 'zh' ? `只列前 ${MAX_ROWS} 行，全部见 CSV 或 Excel` : `The first ${MAX_ROWS} rows; CSV and Excel have all`
  return `<div class="scroll" tabindex="0" role="region" aria-label="${shown(name)}">
<table>
<caption>${shown(name)}</caption>
<thead><tr>${heads.map((head) => `<th scope="col">${shown(head)}</th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>
</div>${rows.length > MAX_ROWS ? `\n<p class="soft">${cut}</p>` : ''}`
}
