/** Shows a dropped ledger: due lines, findings, and the mapping of columns. Loaded with the first ledger. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { concat } from '../../base/concat.js'
import { formatInstant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import { visible } from '../../base/visible.js'
import { provinceName } from '../../catalogue/index.js'
import {
  due,
  dueSummary,
  dueTable,
  type ExportForm,
  exportForm,
  findingsTable,
  type Holidays,
  type Ledger,
  type LedgerField,
  type LedgerMapping,
  type LedgerTable,
  ledgerFields,
  type MappedColumn,
  parseHolidays,
  readLedger,
  tableCsv,
  tablesWorkbook,
} from '../../ledger/index.js'
import { createListWorkbook } from '../../report/index.js'
import type { Page } from '../actions.js'
import type { Source } from '../intake.js'
import { saveText } from '../save.js'
import type { Batch } from '../state.js'
import { createHeaderChoice, type HeaderChoice } from './header.js'
import { createMatching, type Matching } from './match.js'
import { saveWorkbook, tableView } from './table.js'
import { type LEDGER_TEXTS, ledgerText } from './texts.js'

export interface LedgerView {
  view(): TemplateResult
}

/**
 * @param on today, `YYYY-MM-DD`
 * @param certificates files dropped together with the ledger
 * @throws `spreadsheet.*`
 */
export async function createLedgerView(
  page: Page,
  { name, blob }: Source,
  on: string,
  certificates: readonly Source[] = [],
): Promise<LedgerView> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let ledger = await readLedger(bytes, { on })
  const matching = createMatching(page, name, certificates, () => ledger.lines)
  /** Reads the ledger again with one column corrected. */
  const correct = async (sheet: number, at: number, field: string): Promise<void> => {
    ledger = await readLedger(bytes, { on, mapping: corrected(ledger.mapping, sheet, at, field) })
    matching.forget()
    page.set({})
  }
  /** Reads the ledger again with other header rows of a sheet, and proposes its columns from them. */
  const header = createHeaderChoice(page, bytes, async (sheet, rows) => {
    const sheets = ledger.mapping.sheets.map((one, at) => (at === sheet ? { name: one.name, header: rows, columns: [] } : one))
    ledger = await readLedger(bytes, { on, mapping: { ...ledger.mapping, sheets } })
    matching.forget()
    page.set({})
  })
  let holidays: Holidays | undefined
  let refused = ''
  /** Reads holidays from a file; reports an invalid file and continues with the previous holidays. */
  const readDaysOff = async (file: File): Promise<void> => {
    try {
      holidays = parseHolidays(JSON.parse(await file.text()))
      refused = ''
    } catch (error) {
      const { language } = page.state
      if (error instanceof SyntaxError) refused = ledgerText(language, 'noJson', { name: visible(file.name) })
      else if (isTonghengError(error)) refused = error.text[language]
      else throw error
    }
    page.set({})
  }
  return { view: () => ledgerView({ page, name, on, ledger, correct, header, holidays, refused, readDaysOff, matching }) }
}

/** Downloads a list of verdicts as a workbook. It is in this module because the writer of workbooks is loaded with the ledger. */
export async function saveList(page: Page, { rows, summary }: Pick<Batch, 'rows' | 'summary'>): Promise<void> {
  const { language, region = '' } = page.state
  const pieces: Uint8Array[] = []
  const options = {
    language,
    at: formatInstant(page.state.moment ?? page.now()),
    region: provinceName(region)[language],
  }
  const list = createListWorkbook(async (bytes) => void pieces.push(bytes), options)
  for (const row of rows) await list.add(row)
  await list.end(summary)
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  saveWorkbook(concat(pieces, length), 'tongheng.xlsx')
}

function corrected(mapping: LedgerMapping, sheet: number, at: number, field: string): LedgerMapping {
  const chosen = field === '' ? {} : { field: field as LedgerField | 'ignore' }
  const change = (column: MappedColumn, index: number): MappedColumn => {
    const { field: before, ...rest } = column
    if (index === at) return { ...rest, ...chosen }
    // A field belongs to one column: remove it from the column that had it before.
    return before === chosen.field && before !== 'ignore' && before !== undefined ? rest : column
  }
  return { ...mapping, sheets: mapping.sheets.map((one, index) => (index === sheet ? { ...one, columns: one.columns.map(change) } : one)) }
}

interface Shown {
  readonly page: Page
  readonly name: string
  readonly on: string
  readonly ledger: Ledger
  readonly correct: (sheet: number, at: number, field: string) => Promise<void>
  readonly header: HeaderChoice
  readonly holidays: Holidays | undefined
  /** Reason why the last file of holidays was rejected; empty if it was accepted. */
  readonly refused: string
  readonly readDaysOff: (file: File) => Promise<void>
  readonly matching: Matching
}

function ledgerView(shown: Shown): TemplateResult {
  const { page, name, on, ledger, holidays } = shown
  const { language } = page.state
  const say = (key: keyof typeof LEDGER_TEXTS, params = {}): string => ledgerText(language, key, params)
  const list = due(ledger.lines, { on, ...(holidays && { holidays }) })
  const [dueRows, findings] = [dueTable(list, language), findingsTable(ledger.findings, language)]
  const count = (status: string): number => ledger.findings.filter((one) => one.status === status).length
  const save = (table: LedgerTable, suffix: string) => (): void =>
    saveText(tableCsv(table), `${name}-${suffix}.csv`, 'text/csv;charset=utf-8')
  const saveBook = (tables: readonly LedgerTable[], suffix: string) => async (): Promise<void> =>
    saveWorkbook(await tablesWorkbook(tables), `${name}-${suffix}.xlsx`)
  const saveForm = (form: ExportForm): (() => Promise<void>) => saveBook([exportForm(ledger.lines, form, language).table], form)
  return html`<article class="batch ledger" aria-labelledby="ledger">
    <h2 id="ledger" tabindex="-1">${say('title', { name: visible(name) })}</h2>
    <p>${say('read', { format: ledger.format, lines: ledger.lines.length })}</p>
    <p class="small">${say('stays')}</p>
    <h3 id="ledger-due">${say('due', { on })}</h3>
    <ul class="sums">${dueSummary(list, language).map((line) => html`<li>${line}</li>`)}</ul>
    ${dueRows.rows.length === 0 ? html`<p>${say('nothingDue')}</p>` : tableView(dueRows, 'ledger-due', language)}
    ${daysOffView(shown)}
    ${shown.matching.view()}
    <h3 id="ledger-findings">${ledger.findings.length === 0 ? say('noFindings') : say('findings', { fail: count('fail'), warn: count('warn'), note: count('note') })}</h3>
    ${findings.rows.length === 0 ? nothing : tableView(findings, 'ledger-findings', language)}
    <h3>${say('mapping')}</h3>
    ${ledger.mapping.sheets.map((_, sheet) => mappingView(shown, sheet))}
    <p class="row"><button @click=${saveBook([dueTable(list, language, true), findings], 'due')}>${say('saveBook')}</button>
      <button @click=${saveForm('application')}>${say('saveApplication')}</button>
      <button @click=${saveForm('filing')}>${say('saveFiling')}</button>
      <button @click=${save(dueTable(list, language, true), 'due')}>${say('saveDue')}</button>
      <button @click=${save(findings, 'findings')}>${say('saveFindings')}</button>
      <button @click=${() => saveText(`${JSON.stringify(ledger.mapping, null, 2)}\n`, `${name}-mapping.json`, 'application/json')}>${say('saveMapping')}</button>
      <button @click=${() => page.set({ part: undefined })}>${say('close')}</button></p>
  </article>`
}

/** Shows the holidays used for working days, and the input for another file. */
function daysOffView({ page, holidays, refused, readDaysOff }: Shown): TemplateResult {
  const say = (key: keyof typeof LEDGER_TEXTS, params = {}): string => ledgerText(page.state.language, key, params)
  const choose = (event: Event): void => {
    const [file] = (event.target as HTMLInputElement).files ?? []
    if (file !== undefined) void readDaysOff(file)
  }
  return html`<p class="small">${holidays === undefined ? say('weekends') : say('daysOff', { off: holidays.off?.length ?? 0, work: holidays.work?.length ?? 0 })}</p>
    <p class="row"><label class="button">${say('chooseDaysOff')}<input type="file" accept=".json,application/json" @change=${choose} /></label></p>
    ${refused === '' ? nothing : html`<p class="lacking" role="alert">${refused}</p>`}`
}

function mappingView({ page, ledger, correct, header }: Shown, sheet: number): TemplateResult {
  const { language } = page.state
  const say = (key: keyof typeof LEDGER_TEXTS, params = {}): string => ledgerText(language, key, params)
  const mapped = ledger.mapping.sheets[sheet]
  if (mapped === undefined) return html``
  const { name, columns } = mapped
  const isSure = ({ certainty }: MappedColumn): boolean => certainty === 'sure' || certainty === 'given'
  const isOpen = header.isOpen(name) || columns.length === 0 || columns.some((column) => !isSure(column))
  return html`<details class="mapping" ?open=${isOpen}>
    <summary>${visible(name)}</summary>
    ${header.view(mapped, sheet)}
    ${
      columns.length === 0
        ? nothing
        : html`<div class="scroll" tabindex="0" role="region" aria-label=${visible(name)}>
      <table>
        <thead><tr><th scope="col">${say('column')}</th><th scope="col">${say('header')}</th><th scope="col">${say('field')}</th></tr></thead>
        <tbody>${columns.map(
          (column, at) => html`<tr>
            <td>${column.column}</td>
            <td>${visible(column.header)}${isSure(column) ? nothing : html` <strong class="doubt">? ${say('doubt')}</strong>`}</td>
            <td><select aria-label=${say('fieldOf', { header: visible(column.header) })}
              @change=${(event: Event) => void correct(sheet, at, (event.target as HTMLSelectElement).value)}>
              ${optionsOf(column.field, language)}</select></td>
          </tr>`,
        )}</tbody>
      </table>
    </div>`
    }
  </details>`
}

const optionsOf = (chosen: string | undefined, language: 'zh' | 'en'): readonly TemplateResult[] => [
  html`<option value="" ?selected=${chosen === undefined}>${ledgerText(language, 'kept')}</option>`,
  html`<option value="ignore" ?selected=${chosen === 'ignore'}>${ledgerText(language, 'ignored')}</option>`,
  ...[...ledgerFields].map(([field, name]) => html`<option value=${field} ?selected=${chosen === field}>${name[language]}</option>`),
]
