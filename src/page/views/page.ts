/** The whole page. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { isTonghengError } from '../../base/error.js'
import { visible } from '../../base/visible.js'
import { openDesk, openDirectory, type Page } from '../actions.js'
import type { State } from '../state.js'
import { type TextKey, textIn } from '../texts.js'
import { documentsView, pinningView } from './documents.js'
import { scan, takeView } from './take.js'
import { shapeOf, verdictView } from './verdict.js'

export function pageView(page: Page): TemplateResult {
  const { state } = page
  const say = (key: TextKey, params = {}): string => textIn(state.language, key, params)
  return html`<a class="skip" href=${state.isDeskOpen ? '#desk' : '#result'}>${say('skip')}</a>
    <header class="top">
      <div class=${state.isDeskOpen ? 'bar' : 'bar many'}>
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true"><path d="M16 4v22M8 28h16M5 9h22M5 9l-4 9a4.5 4.5 0 0 0 8 0zM27 9l-4 9a4.5 4.5 0 0 0 8 0z" /></svg>
        <div><h1>${say('title')}<span>${say('subtitle')}</span></h1>
          <p class="small">${state.node === undefined ? say('alone') : say('ofNode', { name: visible(state.node.name) })}</p></div>
        ${state.node === undefined || state.isDeskOpen ? nothing : html`<button class="quiet" @click=${() => openDesk(page)}>${say('signIn')}</button>`}
        ${state.isDeskOpen ? nothing : html`<button class="quiet" @click=${() => openDirectory(page)}>${say('whoCan')}</button>`}
        <button class="quiet" lang=${state.language === 'zh' ? 'en' : 'zh'} @click=${() => page.set({ language: state.language === 'zh' ? 'en' : 'zh' })}>${say('otherLanguage')}</button>
      </div>
    </header>
    ${state.offline === 'plain' ? html`<p class="notice">${say('plainHttp')}</p>` : nothing}
    ${state.isDeskOpen ? html`<main class="alone" id="desk">${state.desk?.view()}</main>` : nothing}
    <main ?hidden=${state.isDeskOpen} class=${state.isDragging ? 'dragging' : ''}>
      <div class="left">${takeView(page)}</div>
      <div class="middle" id="result" aria-live="polite">${state.pinning === undefined ? nothing : pinningView(page, state.pinning)}${resultView(page)}</div>
      <div class="right">${documentsView(page)}</div>
    </main>
    ${state.isDragging ? html`<div class="curtain" aria-hidden="true"><p>${say('drop')}</p></div>` : nothing}`
}

function resultView(page: Page): TemplateResult | typeof nothing {
  const { state } = page
  const { language, shown, progress, holding, region } = state
  if (progress !== undefined)
    return html`<p class="working" role="status">${progress === 0 ? textIn(language, 'working') : textIn(language, 'workingOn', { count: progress })}</p>`
  if (state.part !== undefined) return state.part.view()
  if (shown === undefined) return nothing
  const back = state.list
  const backButton =
    back === undefined
      ? nothing
      : html`<p><button @click=${() => page.set({ shown: { kind: 'batch', batch: back }, list: undefined })}>← ${textIn(language, 'back')}</button></p>`
  if (shown.kind === 'batch') return shown.batch.view(page, shown.batch)
  if (shown.kind === 'fault' || holding === undefined || region === undefined)
    return html`${backButton}${shown.kind === 'fault' ? faultView(shown.error, state) : nothing}`
  const { judged } = shown
  return html`${backButton}${verdictView({ judged, holding, region, moment: state.moment, language })}
    ${judged.label === undefined ? nothing : html`<p class="next"><button class="primary" @click=${() => scan(page)}>${textIn(language, 'scan')}</button></p>`}`
}

/** Shows an input that could not be judged, never in the colours of a verdict. */
function faultView(error: unknown, { language }: State): TemplateResult {
  const [text, advice, code] = isTonghengError(error)
    ? [error.text[language], error.text.advice?.[language], error.code]
    : [textIn(language, 'defect', { what: String(error) }), undefined, undefined]
  return html`<article class="verdict unsure fault" role="alert">
    <header class="band">${shapeOf('unsure')}<div><h2 tabindex="-1">${textIn(language, code === 'page.code-unread' ? 'codeUnread' : 'fault')}</h2><p class="reason">${visible(text)}</p></div></header>
    ${advice === undefined ? nothing : html`<p class="remark">${visible(advice)}</p>`}
    ${code === undefined ? nothing : html`<p class="small code"><code>${code}</code></p>`}
  </article>`
}
