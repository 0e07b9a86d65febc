/** The whole desk: tabs, signed-in user, and the content of the current tab. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { isTonghengError } from '../../../base/error.js'
import { visible } from '../../../base/visible.js'
import type { Desk, Tab } from '../desk.js'
import { type DeskTextKey, sayIn } from '../texts.js'
import { consoleView } from './foresight.js'
import { searchView } from './search.js'
import { sessionView, signedInView } from './session.js'

const TABS: readonly Tab[] = ['search', 'console']

export function deskView(desk: Desk): TemplateResult {
  const { state, page } = desk
  const say = (key: DeskTextKey, params = {}): string => sayIn(page.state.language, key, params)
  const isIn = state.session?.is === 'in'
  return html`<div class="desk">
    <p class="row tabs">
      <button @click=${() => page.set({ isDeskOpen: false })}>← ${say('backToJudging')}</button>
      ${
        isIn
          ? TABS.map(
              (tab) =>
                html`<button aria-pressed=${state.tab === tab ? 'true' : 'false'} @click=${() => desk.look(tab)}>${say(tab)}</button>`,
            )
          : nothing
      }
    </p>
    ${state.session === undefined ? html`<p class="working" role="status">${say('busy')}</p>` : isIn ? signedInView(desk) : sessionView(desk)}
    ${state.error === undefined ? nothing : errorView(state.error, desk)}
    ${isIn && page.state.holding === undefined ? html`<p class="card lacking">${say('needTrust')}</p>` : nothing}
    ${isIn && page.state.holding !== undefined ? (state.tab === 'search' ? searchView(desk) : consoleView(desk)) : nothing}
  </div>`
}

/** Shows an error of the node or of the network: its message if it has a code. Rendered as text, never as markup. */
export function errorView(error: unknown, { page }: Desk): TemplateResult {
  const { language } = page.state
  const [text, advice, code] = isTonghengError(error)
    ? [error.text[language], error.text.advice?.[language], error.code]
    : [String(error), undefined, undefined]
  return html`<div class="card lacking" role="alert"><p>${visible(text)}</p>
    ${advice === undefined ? nothing : html`<p class="small">${visible(advice)}</p>`}
    ${code === undefined ? nothing : html`<p class="small"><code>${visible(code)}</code></p>`}</div>`
}
