/** Parts of the views of joint statements. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { isTonghengError } from '../../base/error.js'
import type { Text } from '../../base/message.js'
import { visible } from '../../base/visible.js'
import type { JointFinding } from '../../joint/index.js'
import type { Language } from '../../report/index.js'
import type { Page } from '../actions.js'
import type { JointMaterial } from './material.js'
import type { JointTextKey } from './texts.js'

export type Say = (key: JointTextKey, params?: Readonly<Record<string, string | number>>) => string

export interface Drawing {
  readonly material: JointMaterial
  readonly language: Language
  readonly say: Say
  readonly page: Page
  /** The body that the user chose as the signer, by step. */
  readonly chosen: Map<string, string>
}

/** Maximum number of rows drawn per table or list. */
const MAX_ROWS = 1000

export interface Row {
  readonly isGood: boolean
  readonly cells: readonly string[]
}

export const tableOf = (id: string, heads: readonly string[], rows: readonly Row[], say: Say): TemplateResult =>
  html`<div class="scroll" tabindex="0" role="region" aria-labelledby=${id}>
    <table>
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${rows.slice(0, MAX_ROWS).map(({ isGood, cells }) => html`<tr class=${isGood ? 'good' : 'unsure'}>${cells.map((cell, at) => html`<td class=${at === 0 ? 'word' : ''}>${at === 0 ? (isGood ? '√ ' : '! ') : ''}${visible(cell)}</td>`)}</tr>`)}</tbody>
    </table>
  </div>${notDrawn(rows.length, say)}`

/** Shows the number of rows that are not drawn. */
const notDrawn = (count: number, say: Say): TemplateResult | typeof nothing =>
  count > MAX_ROWS ? html`<p class="lacking">${say('notDrawn', { count: count - MAX_ROWS })}</p>` : nothing

const SIGNS = { fail: '×', warn: '!', unknown: '?' } as const

export const findingsView = (findings: readonly JointFinding[], { language, say }: Drawing): TemplateResult | typeof nothing =>
  findings.length === 0
    ? nothing
    : html`<ul class="found">${findings.slice(0, MAX_ROWS).map(({ status, message, code }) => html`<li class=${status === 'fail' ? 'bad' : 'unsure'}>${SIGNS[status]} ${visible(message[language])} <span class="small">[${code}]</span></li>`)}</ul>${notDrawn(findings.length, say)}`

/** A value, or the message of the coded error in place of it. */
export type Attempted<T> = { readonly value: T } | { readonly reason: Text }

export function attempt<T>(make: () => T): Attempted<T> {
  try {
    return { value: make() }
  } catch (error) {
    if (isTonghengError(error)) return { reason: error.text }
    throw error
  }
}
