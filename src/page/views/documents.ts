/** Shows the documents of the page: pinned root keys, documents with their ages, missing documents, and pinning. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import { provinceName, provinces } from '../../catalogue/index.js'
import type { Language } from '../../report/index.js'
import { dueOf } from '../../trust/index.js'
import { forget, momentOf, type Page, pin, receive, update } from '../actions.js'
import { agoText, endText } from '../ages.js'
import type { Holding } from '../holding.js'
import { fileSources } from '../intake.js'
import type { Pinning, State } from '../state.js'
import { type TextKey, textIn } from '../texts.js'

export function documentsView(page: Page): TemplateResult {
  const { state } = page
  const say = (key: TextKey): string => textIn(state.language, key)
  if (!state.isReady) return html``
  return html`<section class="card documents" aria-labelledby="documents">
    <h2 id="documents">${say('documents')}</h2>
    ${state.holding === undefined ? noTrustView(page) : heldView(page, state.holding)}
    ${refusedView(state)} ${offlineView(state)}
  </section>`
}

function noTrustView(page: Page): TemplateResult {
  const { state } = page
  const say = (key: TextKey): string => textIn(state.language, key)
  return html`<p class="lacking">${say('noTrust')}</p>
    <p>${say('noTrustHint')}</p>
    <label class="button primary">${say('chooseTrust')}
      <input type="file" accept=".json,application/json" @change=${(event: Event) => chosen(page, event)} />
    </label>
    ${state.node === undefined ? nothing : pinTextView(page, state.node.name)}`
}

const chosen = (page: Page, event: Event): void => {
  const input = event.target as HTMLInputElement
  const sources = fileSources(input.files)
  input.value = ''
  void receive(page, sources)
}

function pinTextView(page: Page, name: string): TemplateResult {
  const say = (key: TextKey, params = {}): string => textIn(page.state.language, key, params)
  const submit = (event: Event): void => {
    event.preventDefault()
    const text = String(new FormData(event.target as HTMLFormElement).get('pins') ?? '')
    void import('../pin-by-text.js').then(({ pinByText }) => pinByText(page, text))
  }
  return html`<details class="bytext"><summary>${say('pinByText')}</summary>
    <form @submit=${submit}>
      <p>${say('pinByTextHint', { name: visible(name) })}</p>
      <label>${say('pinText')}<input name="pins" required autocomplete="off" spellcheck="false" /></label>
      <button>${say('pinByText')}</button>
    </form></details>`
}

/** Shows root keys for comparison before they are pinned. */
export function pinningView(page: Page, pinning: Pinning): TemplateResult {
  const { language } = page.state
  const say = (key: TextKey, params = {}): string => textIn(language, key, params)
  const canPin = pinning.anchors.some(({ differs }) => !differs)
  return html`<section class="card pinning" aria-labelledby="pinning">
    <h2 id="pinning" tabindex="-1">${say('pinTitle')}</h2>
    <p>${say('pinHint')}</p>
    ${pinning.anchors.map(
      ({ anchor, thumbprints, differs }) => html`<div class="anchor">
        <h3>${provinceName(anchor.region)[language]} · ${anchor.authority}</h3>
        ${differs ? html`<p class="lacking">${say('pinDiffers', { authority: anchor.authority })}</p>` : nothing}
        ${thumbprints.map((text) => html`<code class="thumbprint">${groups(text)}</code>`)}
        <p class="small">${say('pinThreshold', { threshold: anchor.threshold })}</p>
      </div>`,
    )}
    <p class="row">
      ${canPin ? html`<button class="primary" @click=${() => pin(page, pinning)}>${say('pin')}</button>` : nothing}
      <button @click=${() => page.set({ pinning: undefined })}>${say('discard')}</button>
    </p>
  </section>`
}

/** A thumbprint in groups for reading aloud; copying it returns the unchanged text. */
const groups = (text: string): TemplateResult[] => (text.match(/.{1,6}/g) ?? []).map((part) => html`<span>${part}</span>`)

function heldView(page: Page, { kept, opened }: Holding): TemplateResult {
  const { state } = page
  const at = momentOf(page)
  const say = (key: TextKey, params = {}): string => textIn(state.language, key, params)
  const lists = opened.trust.lists.map((list) => {
    const { iss, version, iat, exp } = list.payload
    const due = dueOf(list, at)?.code
    const name = opened.trust.entity(iss)?.entity.name.zh ?? provinceName(list.payload.region)[state.language]
    const isOver = due === 'trust-list.expired'
    const remark = due === 'trust-list.update-due' ? say('updateDue') : endText(exp, at, state.language)
    return row(
      `${say('trustList')} ${name}`,
      [say('version', { version }), signed(iat, at, state.language), remark],
      isOver ? 'over' : due ? 'due' : '',
    )
  })
  const agreements = opened.agreements.map(({ payload: { version, iat, title } }) =>
    row(title.zh, [say('version', { version }), signed(iat, at, state.language)], ''),
  )
  const catalogues = (opened.catalogues?.published ?? []).map(({ payload: { iss, version, iat, exp } }) =>
    row(
      `${say('catalogue')} ${opened.trust.entity(iss)?.entity.name.zh ?? iss}`,
      [say('version', { version }), signed(iat, at, state.language), endText(exp, at, state.language)],
      at > exp ? 'over' : '',
    ),
  )
  const statusLists = opened.status.lists.map(({ claims: { iss, iat, exp } }) =>
    row(
      `${say('statusList')} ${opened.trust.entity(iss)?.entity.name.zh ?? iss}`,
      [signed(iat, at, state.language), ...(exp === undefined ? [] : [endText(exp, at, state.language)])],
      exp !== undefined && at > exp ? 'over' : '',
    ),
  )
  return html`${missingView(state, opened)}
    <ul class="held">${lists}${agreements}${catalogues}${statusLists}
      ${opened.status.notices.length > 0 ? row(say('notices', { count: opened.status.notices.length }), [], '') : nothing}
      ${opened.specifications.published.length > 0 ? row(say('specifications', { count: opened.specifications.published.length }), [], '') : nothing}
    </ul>
    <p class="small">${say('updated', { age: agoText(at - kept.updatedAt, state.language) })}</p>
    <p class="row">
      ${state.node === undefined ? nothing : html`<button ?disabled=${state.update === 'busy'} @click=${() => update(page)}>${say(state.update === 'busy' ? 'updating' : 'update')}</button>`}
      <label class="button">${say('chooseTrust')}<input type="file" accept=".json,application/json" @change=${(event: Event) => chosen(page, event)} /></label>
      ${state.isForgetting ? nothing : html`<button class="quiet" @click=${() => page.set({ isForgetting: true })}>${say('forget')}</button>`}
    </p>
    ${
      state.isForgetting
        ? html`<div class="lacking" role="alert"><p>${say('forgetSure')}</p>
            <p class="row"><button @click=${() => forget(page)}>${say('forgetYes')}</button><button @click=${() => page.set({ isForgetting: false })}>${say('forgetNo')}</button></p></div>`
        : nothing
    }
    <p class="small">${say(state.isLasting ? 'documentsHint' : 'memoryOnly')}</p>`
}

const signed = (iat: number, at: number, language: Language): string => textIn(language, 'signedAgo', { age: agoText(at - iat, language) })

const row = (name: string, rest: readonly string[], state: '' | 'due' | 'over'): TemplateResult =>
  html`<li class=${state}><span>${visible(name)}</span><span class="small">${rest.map(visible).join(' · ')}</span></li>`

/** Shows missing documents before a record needs them. */
function missingView({ language }: State, { trust, agreements, status }: Holding['opened']): TemplateResult {
  const lacking = [
    ...[...provinces.keys()]
      .filter((region) => ['50', '51'].includes(region) && !trust.lists.some(({ payload }) => payload.region === region))
      .map((region) => textIn(language, 'missingPeer', { region: provinceName(region)[language] })),
    ...(agreements.length === 0 ? [textIn(language, 'missingAgreement')] : []),
    ...(status.lists.length === 0 ? [textIn(language, 'missingStatus')] : []),
  ]
  if (lacking.length === 0) return html``
  return html`<div class="missing"><h3>${textIn(language, 'missing')}</h3><ul>${lacking.map((text) => html`<li>${text}</li>`)}</ul></div>`
}

function refusedView({ refused, language }: State): TemplateResult {
  if (refused.length === 0) return html``
  return html`<div class="lacking" role="alert"><p>${textIn(language, 'refused')}</p>
    <ul>${refused.slice(0, 10).map(({ text, code }) => html`<li>${visible(text[language])} <code>${code}</code></li>`)}</ul>
    <p class="small">${textIn(language, 'kept')}</p></div>`
}

function offlineView({ offline, isOnline, language }: State): TemplateResult {
  const say = (key: TextKey, params = {}): string => textIn(language, key, params)
  const reason = ({ plain: 'offlinePlain', unsupported: 'offlineUnsupported' } as const)[offline as 'plain' | 'unsupported']
  return html`<p class="small offline">
    ${offline === 'ready' || offline === 'file' ? html`<span class="dot ready"></span>${say('offlineReady')}` : nothing}
    ${reason === undefined ? nothing : html`<span class="dot"></span>${say('offlineNo', { reason: say(reason) })}`}
    ${isOnline ? nothing : html` · ${say('offlineNow')}`}
  </p>`
}
