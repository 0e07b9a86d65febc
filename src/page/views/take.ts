/** The input of records: files, folders, pasted text; the province that uses them, and the moment. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { formatInstant, isInstant, parseInstant } from '../../base/date.js'
import { provinceName } from '../../catalogue/index.js'
import { judgeWaiting, type Page, receive } from '../actions.js'
import { fileSources, textSource } from '../intake.js'
import { REGIONS } from '../state.js'
import { type TextKey, textIn } from '../texts.js'

export function takeView(page: Page): TemplateResult {
  const { state } = page
  const say = (key: TextKey, params = {}): string => textIn(state.language, key, params)
  const files = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const sources = fileSources(input.files)
    input.value = ''
    void receive(page, sources)
  }
  return html`<section class="card take" aria-labelledby="take">
    <h2 id="take">${say('take')}</h2>
    ${regionView(page)}
    <p>${say('takeHint')}</p>
    <div class="ways">
      <button class="primary" @click=${() => scan(page)}>${say('scan')}</button>
      <label class="button primary">${say('chooseFiles')}<input type="file" multiple @change=${files} /></label>
      <label class="button">${say('chooseFolder')}<input type="file" webkitdirectory @change=${files} /></label>
      <button @click=${() => page.set({ isPasteOpen: !state.isPasteOpen })} aria-expanded=${state.isPasteOpen ? 'true' : 'false'}>${say('paste')}</button>
    </div>
    ${state.scanner?.() ?? nothing} ${state.isPasteOpen ? pasteView(page) : nothing} ${momentView(page)}
  </section>`
}

export const scan = (page: Page): Promise<void> => import('../scan/scanner.js').then(({ openScanner }) => openScanner(page))

function pasteView(page: Page): TemplateResult {
  const say = (key: TextKey): string => textIn(page.state.language, key)
  const submit = (event: Event): void => {
    event.preventDefault()
    const text = String(new FormData(event.target as HTMLFormElement).get('text') ?? '')
    if (text.trim() !== '') void receive(page, [textSource(text)])
  }
  return html`<form class="paste" @submit=${submit}>
    <label for="text">${say('pasteLabel')}</label>
    <textarea id="text" name="text" rows="6" spellcheck="false" autocomplete="off" required></textarea>
    <button class="primary">${say('judge')}</button>
  </form>`
}

function regionView(page: Page): TemplateResult {
  const { language, region, waiting } = page.state
  const choose = (next: string): void => {
    page.set({ region: next })
    void judgeWaiting(page)
  }
  return html`<fieldset class="regions">
    <legend>${textIn(language, 'region')}</legend>
    ${REGIONS.map(
      (code) =>
        html`<label><input type="radio" name="region" .checked=${region === code} @change=${() => choose(code)} /><span>${provinceName(code)[language]}</span></label>`,
    )}
    ${region === undefined && waiting.length > 0 ? html`<p class="lacking" role="alert">${textIn(language, 'regionMissing')}</p>` : nothing}
  </fieldset>`
}

function momentView(page: Page): TemplateResult {
  const { language, moment, isMomentOpen } = page.state
  const say = (key: TextKey, params = {}): string => textIn(language, key, params)
  const set = (next: number | undefined): void => {
    page.set({ moment: next, isMomentOpen: next !== undefined })
    void judgeWaiting(page)
  }
  const typed = (event: Event): void => {
    const text = `${(event.target as HTMLInputElement).value}:00+08:00`
    if (isInstant(text)) set(parseInstant(text))
  }
  if (!isMomentOpen && moment === undefined)
    return html`<p class="moment">${say('of', { what: say('moment'), value: say('now') })} <button class="quiet" @click=${() => page.set({ isMomentOpen: true })}>${say('otherMoment')}</button></p>`
  return html`<p class="moment alarm">
    <label>${say('momentLabel')} <input type="datetime-local" .value=${formatInstant(moment ?? page.now()).slice(0, 16)} @change=${typed} /></label>
    <button @click=${() => set(undefined)}>${say('backToNow')}</button>
  </p>`
}
