/** Draws tables of a ledger, and downloads them. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import type { LedgerTable } from '../../ledger/index.js'
import { saveText } from '../save.js'
import { ledgerText } from './texts.js'

/** Maximum number of rows drawn; the downloaded file has all. */
const MAX_ROWS = 300

/** Downloads a workbook; copies the octets, because a blob needs memory that is not shared. */
export const saveWorkbook = (bytes: Uint8Array, name: string): void =>
  saveText(new Uint8Array(bytes), name, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')

const SIGNS = { good: '√', bad: '×', unsure: '!', plain: '·' } as const

/** Draws a table without its empty columns, so that the reason is near the instrument; the downloaded file has all columns. */
export function tableView({ heads, rows }: LedgerTable, id: string, language: 'zh' | 'en'): TemplateResult {
  const used = heads.flatMap((_, at) => (at > 0 && rows.some(({ cells }) => (cells[at] ?? '') !== '') ? [at] : []))
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby=${id}>
    <table>
      <thead><tr><th scope="col">${heads[0]}</th>${used.map((at) => html`<th scope="col">${heads[at]}</th>`)}</tr></thead>
      <tbody>${rows
        .slice(0, MAX_ROWS)
        .map(
          ({ tone, cells }) =>
            html`<tr class=${tone}><td class="word">${SIGNS[tone]} ${visible(cells[0] ?? '')}</td>${used.map((at) => html`<td>${visible(cells[at] ?? '')}</td>`)}</tr>`,
        )}</tbody>
    </table>
  </div>
  ${rows.length > MAX_ROWS ? html`<p class="small">${ledgerText(language, 'shownFirst', { count: MAX_ROWS })}</p>` : nothing}`
}
