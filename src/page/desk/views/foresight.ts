/** The console: expiring documents, the state that the node reports, and counts over the newest records. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../../base/visible.js'
import { categoryName } from '../../../catalogue/index.js'
import { momentOf } from '../../actions.js'
import { agoText, endText } from '../../ages.js'
import { textIn } from '../../texts.js'
import type { Desk } from '../desk.js'
import { type Expiring, MAX_SCANNED, type NodeState, type Scan } from '../foresight.js'
import { type DeskTextKey, sayIn } from '../texts.js'

type Say = (key: DeskTextKey, params?: Readonly<Record<string, string | number>>) => string

const MAX_ROWS = 30

export function consoleView(desk: Desk): TemplateResult {
  const { state, page } = desk
  const say: Say = (key, params = {}) => sayIn(page.state.language, key, params)
  const work = (event: Event): void => {
    event.preventDefault()
    const number = String(new FormData(event.target as HTMLFormElement).get('work') ?? '').trim()
    if (number !== '') void desk.showJoint(number)
  }
  return html`<section class="card console" aria-labelledby="console">
    <h2 id="console">${say('console')}</h2>
    <p class="row"><button ?disabled=${state.isBusy} @click=${() => desk.look('console')}>${say('refresh')}</button>
      <button ?disabled=${state.isBusy} @click=${() => desk.showJoint()}>${say('joint')}</button></p>
    <form @submit=${work}><p class="row"><label>${say('jointNumber')} <input name="work" required maxlength="200" autocomplete="off" spellcheck="false" /></label>
      <button ?disabled=${state.isBusy}>${say('jointOne')}</button></p></form>
    ${state.noJoint === undefined ? nothing : html`<p role="status">${say(state.noJoint === 'none' ? 'jointNone' : 'jointMany')}</p>`}
    ${state.isBusy ? html`<p class="working" role="status">${say('busy')}</p>` : nothing}
    ${state.foresight === undefined ? nothing : html`${nodeView(state.foresight.node, desk, say)}${expiringView(state.foresight.expiring, desk, say)}`}
    ${scanView(desk, say)}
  </section>`
}

const item = (text: string, as: '' | 'due' | 'over' = ''): TemplateResult => html`<li class=${as}><span>${visible(text)}</span></li>`

function nodeView(node: NodeState, { page }: Desk, say: Say): TemplateResult {
  const { language } = page.state
  const { cosigned } = node
  const age = (at: number): string => agoText(Math.max(0, momentOf(page) - at), language)
  return html`<h3>${say('nodeState')}</h3><ul class="held">
    ${item(say(node.isReady ? 'nodeOk' : 'nodeNot'), node.isReady ? '' : 'over')}
    ${node.reasons.map((reason) => item(reason[language], node.isReady ? 'due' : 'over'))}
    ${node.hasMetrics ? nothing : item(say('noMetrics'), 'over')}
    ${node.isHalted ? item(say('halted'), 'over') : nothing} ${node.isConfirmed ? nothing : item(say('unconfirmed'), 'over')}
    ${node.alarms.map(([code, count]) => item(say('alarm', { code, count }), 'over'))}
    ${node.faults.map(([code, count]) => item(say('storeFault', { code, count }), 'due'))}
    ${node.size === undefined ? nothing : item(say('logSize', { size: node.size }))}
    ${cosigned === undefined ? item(say('cosignedNone'), 'due') : 'reason' in cosigned ? item(say('cosignedFalse', { reason: cosigned.reason }), 'over') : cosigned.by.map(({ name, at }) => item(say('cosignedAgo', { name, age: age(at), size: cosigned.size })))}
    ${node.hasMetrics && node.peers.length === 0 ? item(say('peerNone'), 'due') : nothing}
    ${node.peers.map(({ origin, size, cursor }) => item(say(size > cursor ? 'peerLag' : 'peerLevel', { origin, size, lag: size - cursor }), size > cursor ? 'due' : ''))}
  </ul>`
}

function expiringView(expiring: readonly Expiring[], { page, state }: Desk, say: Say): TemplateResult {
  const { language } = page.state
  const at = momentOf(page)
  const nameOf = ({ what, name, kid }: Expiring): string => {
    const text = name[language] ?? name.zh
    return what === 'key' ? say('keyOf', { name: text, kid: (kid ?? '').slice(0, 8) }) : `${textIn(language, what)} ${text}`
  }
  const until = state.session?.is === 'in' ? state.session.state.until : undefined
  return html`<h3>${say('expiring')}</h3><ul class="held">
    ${until === undefined ? nothing : item(`${say('readerKey')} · ${endText(until, at, language)}`)}
    ${expiring.slice(0, MAX_ROWS).map((one) => item(`${nameOf(one)} · ${endText(one.ends, at, language)}`, at > one.ends ? 'over' : 'due'))}
    ${expiring.length > MAX_ROWS ? item(say('expiringMore', { count: expiring.length - MAX_ROWS })) : nothing}
    ${expiring.length === 0 ? item(say('expiringNone')) : nothing}
  </ul>`
}

function scanView(desk: Desk, say: Say): TemplateResult {
  const { scan, isBusy, foresight } = desk.state
  return html`<h3>${say('scan')}</h3><p class="small">${say('scanHint', { most: MAX_SCANNED })}</p>
    <p class="row"><button ?disabled=${isBusy || foresight?.node.size === undefined} @click=${() => desk.count()}>${say('scanStart')}</button></p>
    ${scan === undefined ? nothing : 'reading' in scan ? html`<p class="working" role="status">${say('scanned', { count: scan.reading })}</p>` : countedView(scan, desk, say)}`
}

function countedView({ count, from, isWhole, pending, untrue, overdue, twice }: Scan, { page }: Desk, say: Say): TemplateResult {
  const { language } = page.state
  const total = overdue.reduce((sum, one) => sum + one.count, 0)
  const told = say('scanTwice', { count: twice.length })
  return html`<p>${isWhole ? say('scanWhole', { count }) : say('scanPart', { count, from: from + 1 })}</p>
    <ul class="held">${item(say('scanPending', { count: pending }), pending > 0 ? 'due' : '')}
      ${untrue > 0 ? item(say('scanFalse', { count: untrue }), 'over') : nothing}
      ${item(say('scanOverdue', { count: total }), total > 0 ? 'over' : '')}
      ${item(twice.length === 0 ? told : textIn(language, 'of', { what: told, value: twice.slice(0, MAX_ROWS).join(textIn(language, 'between')) }))}</ul>
    ${
      overdue.length === 0
        ? nothing
        : html`<div class="scroll" tabindex="0" role="region" aria-label=${say('scan')}><table><thead><tr><th scope="col">${say('county')}</th><th scope="col">${say('category')}</th><th scope="col">${say('count')}</th></tr></thead>
          <tbody>${overdue.slice(0, MAX_ROWS).map((one) => html`<tr><td>${visible(one.division) || say('noDivision')}</td><td>${visible(categoryName(one.category)[language])}</td><td>${one.count}</td></tr>`)}</tbody></table></div>`
    }`
}
