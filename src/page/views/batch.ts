/** The list of many statements: counts, duplicates, and one row each. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import { csvHead, csvLine, type SummaryCount, type TableRow, tableColumns } from '../../report/index.js'
import type { Page } from '../actions.js'
import { MAX_STATEMENTS } from '../intake.js'
import { openRow } from '../many.js'
import { saveText } from '../save.js'
import type { Batch } from '../state.js'
import { textIn } from '../texts.js'
import { type BATCH_TEXTS, batchText } from './batch-texts.js'
import { shapeOf, toneOf } from './verdict.js'

/** Maximum number of rows drawn; the downloaded file has all. */
const MAX_ROWS = 500
const SHOWN = ['word', 'number', 'certificateLine', 'instrument', 'serial', 'plate', 'issuer', 'reason', 'file'] as const

export function batchView(page: Page, { rows, summary, isCut }: Batch): TemplateResult {
  const { language } = page.state
  const say = (key: keyof typeof BATCH_TEXTS, params = {}): string => batchText(language, key, params)
  const columns = SHOWN.filter((name) => name !== 'certificateLine' || rows.some(({ certificateLine }) => certificateLine !== ''))
  return html`<article class="batch" aria-labelledby="batch">
    <h2 id="batch" tabindex="-1">${say('summary', { count: summary.total })}</h2>
    ${isCut ? html`<p class="lacking">${say('tooMany', { count: MAX_STATEMENTS })}</p>` : nothing}
    <div class="counts">${counts(say('byOutcome'), summary.outcomes)}${counts(say('byIssuer'), summary.issuers)}${counts(say('byReason'), summary.reasons)}${counts(say('byKind'), summary.kinds)}</div>
    ${
      summary.duplicates.length === 0
        ? nothing
        : html`<details class="why"><summary>${textIn(language, 'of', { what: say('duplicates'), value: summary.duplicates.length })}</summary>
            <ul>${summary.duplicates.map(({ name, places }) => html`<li>${textIn(language, 'of', { what: visible(name), value: places.map(visible).join(textIn(language, 'between')) })}</li>`)}</ul></details>`
    }
    <p class="row"><button @click=${() => saveText(csvHead(language) + rows.map(csvLine).join(''), 'tongheng.csv', 'text/csv;charset=utf-8')}>${say('saveCsv')}</button>
      <button @click=${async () => (await import('../ledger/ledger.js')).saveList(page, { rows, summary })}>${say('saveXlsx')}</button></p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="batch">
      <table>
        <thead><tr>${columns.map((name) => html`<th scope="col">${tableColumns.get(name)?.[language]}</th>`)}<th scope="col">${say('open')}</th></tr></thead>
        <tbody>${rows.slice(0, MAX_ROWS).map((row) => rowView(page, row, columns))}</tbody>
      </table>
    </div>
    ${rows.length > MAX_ROWS ? html`<p class="small">${say('shownFirst', { count: MAX_ROWS })}</p>` : nothing}
  </article>`
}

const counts = (title: string, items: readonly SummaryCount[]): TemplateResult =>
  items.length === 0
    ? html``
    : html`<section><h3>${title}</h3><ul>${items.slice(0, 8).map(({ name, count }) => html`<li><b>${count}</b> ${visible(name)}</li>`)}</ul></section>`

function rowView(page: Page, row: TableRow, columns: readonly (typeof SHOWN)[number][]): TemplateResult {
  const file = row.line === '' ? row.file : `${row.file}:${row.line}`
  return html`<tr class=${row.statementId === '' && row.code.startsWith('content.') ? 'none' : toneOf(row)}>
    ${columns.map((name) =>
      name === 'word'
        ? html`<td class="word">${shapeOf(toneOf(row))}${row.word}</td>`
        : html`<td>${visible(name === 'file' ? file : row[name])}</td>`,
    )}
    <td><button @click=${() => openRow(page, row)} aria-label=${`${batchText(page.state.language, 'open')} ${visible(row.number || file)}`}>${batchText(page.state.language, 'open')}</button></td>
  </tr>`
}
