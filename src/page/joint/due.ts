/** The steps that are due in a piece of work: responsible bodies, deadline, and command. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import { type DueBody, type DueStep, dueDetail, dueTitle } from '../../joint/inside.js'
import { copyText } from '../copy.js'
import { type CommandWords, commandsOf, pullCommand } from './commands.js'
import { type DueTextKey, dueText } from './due-texts.js'
import type { Drawing } from './parts.js'

export interface DueOptions {
  /** Prefix of the ids of headings; unique on the page. */
  readonly id: string
  readonly words: CommandWords
  readonly steps: readonly DueStep[]
  /** Draws further content of a step for the body that signs it; the body is undefined until one of several is chosen. */
  readonly beside?: ((step: DueStep, signer: DueBody | undefined) => TemplateResult | typeof nothing) | undefined
}

export function dueView({ id, words, steps, beside }: DueOptions, drawing: Drawing): TemplateResult {
  const say = sayFor(drawing)
  const isFetched = steps.length > 0 && steps.every(({ step }) => step !== 'evidence')
  return html`<div class="due"><h4 id="due-${id}">${say('title')}</h4>
    ${steps.length === 0 ? html`<p>${say('nothing')}</p>` : html`<ol>${steps.map((step, at) => stepView(`${id}-${at}`, step, { words, beside, drawing }))}</ol>`}
    ${isFetched ? html`<details><summary>${say('first')}</summary>${commandView(say('first'), [pullCommand(words)], drawing)}</details>` : nothing}
  </div>`
}

type Say = (key: DueTextKey, params?: Readonly<Record<string, string | number>>) => string
const sayFor =
  ({ language }: Drawing): Say =>
  (key, params) =>
    dueText(language, key, params)

interface Beside extends Pick<DueOptions, 'words' | 'beside'> {
  readonly drawing: Drawing
}

function stepView(id: string, step: DueStep, { words, beside, drawing }: Beside): TemplateResult {
  const { language, chosen } = drawing
  const say = sayFor(drawing)
  const { by, about } = step
  const bodies = typeof by === 'string' ? [] : by
  const signer = bodies.length === 1 ? bodies[0] : bodies.find(({ uscc }) => uscc === chosen.get(id))
  const title = visible(dueTitle(step)[language])
  return html`<li class=${step.isLate ? 'late' : ''}>
    <p><strong>${title}</strong></p>
    <p class="small">${visible(dueDetail(step)[language])}</p>
    ${bodies.length > 1 ? signerView(id, step, drawing) : nothing} ${beside?.(step, signer) ?? nothing}
    ${commandView(say('command', { step: title }), commandsOf(step.step, { ...words, iss: signer?.uscc, laboratory: about?.uscc }), drawing)}
  </li>`
}

/** Lets the user choose which of several bodies signs; the command is then for that body. */
function signerView(id: string, { by }: DueStep, drawing: Drawing): TemplateResult {
  const { chosen, page, language } = drawing
  const choose = ({ target }: Event): void => {
    chosen.set(id, (target as HTMLSelectElement).value)
    page.set({})
  }
  const bodies = typeof by === 'string' ? [] : by
  return html`<p class="row"><label>${sayFor(drawing)('signer')} <select @change=${choose}>
    <option value="" ?selected=${!chosen.get(id)}>—</option>
    ${bodies.map(({ uscc, name }) => html`<option value=${uscc} ?selected=${chosen.get(id) === uscc}>${visible(name[language])} ${uscc}</option>`)}
  </select></label></p>`
}

function commandView(name: string, lines: readonly string[], drawing: Drawing): TemplateResult {
  const say = sayFor(drawing)
  const text = lines.join('\n')
  const copy = (event: Event): void =>
    void copyText(text, event, say('copied'), (event.currentTarget as Element).closest('.command')?.querySelector('pre'))
  return html`<div class="command"><pre tabindex="0" role="region" aria-label=${name}>${text}</pre>
    <button @click=${copy} aria-label=${`${say('copy')} ${name}`}>${say('copy')}</button></div>`
}

/** A note, shown once, why the page shows commands and signs nothing. */
export const signingNote = (drawing: Drawing): TemplateResult => html`<p class="small">${sayFor(drawing)('signing')}</p>`
