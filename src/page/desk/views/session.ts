/** Sign-in: the state of the key and of its entry in the register, and the next step. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { civilDateOf } from '../../../base/date.js'
import { visible } from '../../../base/visible.js'
import { momentOf } from '../../actions.js'
import { copyText } from '../../copy.js'
import { saveText } from '../../save.js'
import type { Desk } from '../desk.js'
import type { ReaderKey } from '../key.js'
import type { Session } from '../session.js'
import { type DeskTextKey, sayIn } from '../texts.js'
import { errorView } from './desk.js'

type Of<I extends Session['is']> = Extract<Session, { readonly is: I }>
type Say = (key: DeskTextKey, params?: Readonly<Record<string, string | number>>) => string

const sayFor =
  ({ page }: Desk): Say =>
  (key, params = {}) =>
    sayIn(page.state.language, key, params)

export function sessionView(desk: Desk): TemplateResult {
  const session = desk.state.session as Session
  const say = sayFor(desk)
  return html`<section class="card session" aria-labelledby="session">${bodyOf(session, desk, say)}</section>`
}

function bodyOf(session: Session, desk: Desk, say: Say): TemplateResult {
  switch (session.is) {
    case 'unable':
      return html`<h2 id="session">${say('desk')}</h2><p class="lacking">${unableText(session, desk, say)}</p>`
    case 'none':
      return html`<h2 id="session">${say('noKey')}</h2><p>${say('noKeyHint')}</p><p>${say('keyLost')}</p>
        <p><button class="primary" ?disabled=${desk.state.isBusy} @click=${() => desk.make()}>${say('makeKey')}</button></p>`
    case 'unknown':
      return html`<h2 id="session">${say('unknownTitle')}</h2><p>${say('unknownHint')}</p>${keyView(session.key, desk, say)}`
    case 'expired':
      return html`<h2 id="session">${say('expiredTitle')}</h2><p class="lacking">${say('expiredHint', { day: civilDateOf(session.state.until) })}</p>
        ${keyView(session.key, desk, say)}`
    case 'revoked':
      return html`<h2 id="session">${say('revokedTitle')}</h2><p class="lacking">${say('revokedHint')}</p>
        ${thumbprintView(session.key, say)}${leaveView(desk, say)}`
    case 'settling':
      return html`<h2 id="session">${say('unknownTitle')}</h2><p role="status">${say('settlingHint')}</p>${againView(desk, say)}`
    case 'away':
      return html`<h2 id="session">${say('desk')}</h2><p class="lacking">${say('away')}</p>${errorView((session as Of<'away'>).error, desk)}${againView(desk, say)}`
    case 'in':
      return signedInView(desk)
  }
}

function unableText({ why }: Of<'unable'>, { page }: Desk, say: Say): string {
  if (why === 'address') return say('unableAddress', { url: visible(page.state.node?.url ?? '') })
  return say(why === 'plain' ? 'unablePlain' : 'unableStore')
}

const againView = (desk: Desk, say: Say): TemplateResult =>
  html`<p class="row"><button ?disabled=${desk.state.isBusy} @click=${() => desk.check()}>${say('again')}</button></p>${leaveView(desk, say)}`

const groups = (text: string): TemplateResult[] => (text.match(/.{1,6}/g) ?? []).map((part) => html`<span>${part}</span>`)

const thumbprintView = ({ kid }: ReaderKey, say: Say): TemplateResult =>
  html`<p>${say('thumbprint')} <code class="thumbprint">${groups(kid)}</code></p>`

/** Information for the operator: the key, its thumbprint, and the commands that admit it. */
function keyView(key: ReaderKey, desk: Desk, say: Say): TemplateResult {
  const { kid, publicJwk } = key
  const text = JSON.stringify(publicJwk)
  const file = `reader-${kid.slice(0, 8)}.json`
  const name = desk.page.state.language === 'zh' ? '姓名' : 'NAME'
  const command = `tongheng node admit-reader --config node.json --key ${file} --name ${name}`
  return html`${thumbprintView(key, say)}
    <p>${say('publicKey')} <code>${file}</code></p><pre class="jwk" tabindex="0" aria-label=${say('publicKey')}>${text}</pre>
    <p class="row"><button @click=${(event: Event) => copyText(text, event, say('copied'))}>${say('copy')}</button>
      <button @click=${() => saveText(`${text}\n`, file, 'application/json')}>${say('saveKey')}</button></p>
    <p>${say('operatorDoes')}</p>
    <p class="small">${say('forInspector')}</p><pre tabindex="0" aria-label=${say('forInspector')}>${command} --role inspector</pre>
    <p class="small">${say('forClerk')}</p><pre tabindex="0" aria-label=${say('forClerk')}>${command} --role clerk --body USCC</pre>
    <p class="small">${say('keyLost')}</p>
    <p class="row"><button class="primary" ?disabled=${desk.state.isBusy} @click=${() => desk.check()}>${say('checkAgain')}</button></p>
    ${leaveView(desk, say)}`
}

function leaveView({ state, set, signOut }: Desk, say: Say): TemplateResult {
  if (!state.isSigningOut)
    return html`<p class="row"><button class="quiet" @click=${() => set({ isSigningOut: true })}>${say('signOut')}</button></p>`
  return html`<div class="lacking" role="alert"><p>${say('signOutSure')}</p>
    <p class="row"><button @click=${() => signOut()}>${say('signOutYes')}</button><button @click=${() => set({ isSigningOut: false })}>${say('signOutNo')}</button></p></div>`
}

const DAY = 86_400
/** Number of days before the end of the entry from which a reminder is shown. */
const SOON = 14

export function signedInView(desk: Desk): TemplateResult {
  const { caller, state } = desk.state.session as Of<'in'>
  const say = sayFor(desk)
  const day = civilDateOf(caller.until ?? state.until)
  const isSoon = (caller.until ?? state.until) - momentOf(desk.page) < SOON * DAY
  const body = desk.page.state.holding?.opened.trust.entity(caller.iss)?.entity.name[desk.page.state.language] ?? caller.iss
  return html`<section class="card signed" aria-label=${say('desk')}>
    <p><strong>${say('signedIn', { name: visible(caller.name), role: say(caller.role), day })}</strong> ${say('ofBody', { body: visible(body) })}</p>
    <p class="small">${say(`reads_${caller.reads.listRecords}`)}</p>
    ${isSoon ? html`<p class="lacking">${say('endsSoon', { day })}</p>` : nothing}
    ${leaveView(desk, say)}
  </section>`
}
