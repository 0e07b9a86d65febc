/** Lets the user choose the header rows of a sheet if they were detected wrongly. Reads the sheets again when the choice is opened. */
import { html, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import type { MappedSheet } from '../../ledger/index.js'
import { readWorkbook } from '../../spreadsheet/index.js'
import type { Page } from '../actions.js'
import { type LEDGER_TEXTS, ledgerText } from './texts.js'

export interface HeaderChoice {
  /** True if the choice is shown for the sheet of this name. */
  isOpen(name: string): boolean
  view(mapped: MappedSheet, sheet: number): TemplateResult
}

/** A possible first row of a header: its number from 1, and the texts of its cells. */
interface TopRow {
  readonly row: number
  readonly text: string
}

/** Maximum number of rows offered, of characters of each, and of rows of a header. */
const MAX_TOP = 40
const MAX_TEXT = 60
const MAX_DEPTH = 3

async function topsOf(bytes: Uint8Array): Promise<ReadonlyMap<string, readonly TopRow[]>> {
  const { sheets } = await readWorkbook(bytes)
  return new Map(
    sheets.map(({ name, rows }) => [
      name,
      rows.slice(0, MAX_TOP).flatMap((cells, at): TopRow[] => {
        const text = cells.flatMap((cell) => cell?.text.trim() || []).join(' | ')
        return text === '' ? [] : [{ row: at + 1, text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text }]
      }),
    ]),
  )
}

/** @param choose called with the chosen rows: reads the ledger again and proposes the columns from these rows */
export function createHeaderChoice(
  page: Page,
  bytes: Uint8Array,
  choose: (sheet: number, header: { readonly first: number; readonly last: number }) => Promise<void>,
): HeaderChoice {
  let tops: ReadonlyMap<string, readonly TopRow[]> | undefined
  const opened = new Set<string>()
  const toggle = async (name: string, isOpen: boolean): Promise<void> => {
    if (isOpen === opened.has(name)) return
    if (isOpen) opened.add(name)
    else opened.delete(name)
    page.set({})
    if (tops !== undefined) return
    tops = await topsOf(bytes)
    page.set({})
  }
  return {
    isOpen: (name) => opened.has(name),
    view(mapped, sheet) {
      const { name, header } = mapped
      const say = (key: keyof typeof LEDGER_TEXTS, params = {}): string => ledgerText(page.state.language, key, params)
      const rows = header === undefined || header.first === header.last ? header?.first : `${header.first}–${header.last}`
      return html`<details class="header" ?open=${opened.has(name)} @toggle=${({ target }: Event) => void toggle(name, (target as HTMLDetailsElement).open)}>
        <summary>${rows === undefined ? say('headerNone') : say('headerRows', { rows })}</summary>
        ${opened.has(name) ? choiceView(tops?.get(name), mapped, { page, choose: (rows) => choose(sheet, rows) }) : ''}
      </details>`
    },
  }
}

interface Choosing {
  readonly page: Page
  readonly choose: (header: { readonly first: number; readonly last: number }) => Promise<void>
}

function choiceView(tops: readonly TopRow[] | undefined, { header }: MappedSheet, { page, choose }: Choosing): TemplateResult {
  const say = (key: keyof typeof LEDGER_TEXTS, params = {}): string => ledgerText(page.state.language, key, params)
  if (tops === undefined) return html`<p class="working" role="status">${say('headerReading')}</p>`
  const first = header?.first ?? tops[0]?.row ?? 1
  const depth = header === undefined ? 1 : Math.min(header.last - header.first + 1, MAX_DEPTH)
  const numberIn = ({ target }: Event): number => Number((target as HTMLSelectElement).value)
  return html`<p class="row">
    <label>${say('headerFirst')}
      <select @change=${(event: Event) => void choose({ first: numberIn(event), last: numberIn(event) + depth - 1 })}>
        ${header === undefined ? html`<option value="" selected disabled>${say('headerChoose')}</option>` : ''}
        ${tops.map(({ row, text }) => html`<option value=${row} ?selected=${header?.first === row}>${say('headerRow', { row, text: visible(text) })}</option>`)}
      </select></label>
    <label>${say('headerDepth')}
      <select ?disabled=${header === undefined} @change=${(event: Event) => void choose({ first, last: first + numberIn(event) - 1 })}>
        ${Array.from({ length: MAX_DEPTH }, (_, at) => html`<option value=${at + 1} ?selected=${depth === at + 1}>${at + 1}</option>`)}
      </select></label>
  </p>`
}
