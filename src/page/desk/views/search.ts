/** Search by plate, serial or certificate number: standing in both provinces, records with the verdicts of this browser, and the opened record. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { civilDateOf } from '../../../base/date.js'
import { isTonghengError } from '../../../base/error.js'
import { visible } from '../../../base/visible.js'
import { provinceName } from '../../../catalogue/index.js'
import type { RecordEntry } from '../../../client/index.js'
import { type TableRow, tableRow, verdictWord } from '../../../report/index.js'
import type { Standing } from '../../../verify/index.js'
import type { Judged } from '../../judge.js'
import { saveText } from '../../save.js'
import { REGIONS } from '../../state.js'
import { shapeOf, toneOf, verdictView } from '../../views/verdict.js'
import type { Desk, OpenedRecord } from '../desk.js'
import { BYS, type By, type Found, type FoundRecord } from '../look-up.js'
import { type DeskTextKey, sayIn } from '../texts.js'

/** Maximum number of batch lines listed one by one. */
const MAX_LINES = 20

export function searchView(desk: Desk): TemplateResult {
  const { state, page } = desk
  const say = (key: DeskTextKey): string => sayIn(page.state.language, key)
  const submit = (event: Event): void => {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const text = String(form.get('text') ?? '').trim()
    if (text !== '') void desk.find(String(form.get('by')) as By, text)
  }
  return html`<section class="card search" aria-labelledby="search">
      <h2 id="search">${say('search')}</h2>
      <form @submit=${submit}>
        <fieldset class="bys"><legend class="small">${say('search')}</legend>
          ${BYS.map((by) => html`<label><input type="radio" name="by" value=${by} .checked=${state.by === by} /><span>${say(`by_${by}`)}</span></label>`)}
        </fieldset>
        <p class="row"><input name="text" required maxlength="200" autocomplete="off" spellcheck="false" aria-label=${say('search')} />
          <button class="primary" ?disabled=${state.isBusy}>${say('find')}</button></p>
      </form>
      ${state.isBusy ? html`<p class="working" role="status">${say('busy')}</p>` : nothing}
    </section>
    <div aria-live="polite">${state.opened !== undefined ? openedView(desk, state.opened) : state.found !== undefined ? foundView(desk, state.found) : nothing}</div>`
}

function foundView(desk: Desk, found: Found): TemplateResult {
  const { language } = desk.page.state
  const say = (key: DeskTextKey, params = {}): string => sayIn(language, key, params)
  if (found.records.length === 0) return html`<section class="card"><p class="lacking">${say('foundNone')}</p></section>`
  return html`<section class="card found" aria-labelledby="found">
    <h2 id="found">${say('found', { count: found.records.length })}</h2>
    ${found.isCut ? html`<p class="lacking">${say('foundCut', { count: found.records.length })}</p>` : nothing}
    ${found.refused === undefined ? nothing : html`<p class="lacking">${say('linkRefused', { reason: visible(found.refused.text[language]) })}</p>`}
    ${standingsView(found, desk)}
    <div class="scroll" tabindex="0" role="region" aria-label=${say('colList')}><table>
      <thead><tr><th scope="col">${say('colNumber')}</th>${REGIONS.map((region) => html`<th scope="col">${provinceName(region)[language]}</th>`)}
        <th scope="col">${say('colInstrument')}</th><th scope="col">${say('colDates')}</th><th scope="col">${say('colIssuer')}</th></tr></thead>
      <tbody>${found.records.map((record) => rowView(desk, record))}</tbody>
    </table></div>
  </section>`
}

function standingsView({ standings }: Found, { page }: Desk): TemplateResult | typeof nothing {
  const { language } = page.state
  const shown = REGIONS.flatMap((region) => (standings.get(region) ?? []).map((standing) => [region, standing] as const))
  if (shown.length === 0) return nothing
  return html`<h3>${sayIn(language, 'standing')}</h3><ul class="standings">${shown.map(
    ([region, standing]) =>
      html`<li class=${standing.code === 'standing.valid' ? 'good' : standing.code === 'standing.failed' ? 'failed' : 'unsure'}>
        <strong>${provinceName(region)[language]}</strong> ${visible(instrumentName(standing))} — ${visible(standing[language])}
        ${standing.conflicts.map((conflict) => html`<span class="small">${visible(conflict[language])}</span>`)}</li>`,
  )}</ul>`
}

const instrumentName = ({ instrument: { plate, serialNumber, component, category } }: Standing): string =>
  [plate, serialNumber, component].filter((part) => part !== undefined).join(' ') || category

function rowView(desk: Desk, found: FoundRecord): TemplateResult {
  const { language } = desk.page.state
  const rowOf = ({ verdict, record }: Judged): TableRow => tableRow({ file: '', verdict, record }, language)
  const [judged] = found.judged.values()
  const row = rowOf(judged as Judged)
  const unread = html`<span class="small">${sayIn(language, 'unread')}</span>`
  return html`<tr>
    <td>${row.number === '' ? unread : visible(row.number)}<br /><span class="small">${visible(row.kind)}</span></td>
    ${[...found.judged].map(
      ([region, one]) =>
        html`<td><button class="outcome ${toneOf(one.verdict)}" @click=${() => desk.open(found, region)} aria-label="${provinceName(region)[language]} ${rowOf(one).word}">
          ${shapeOf(toneOf(one.verdict))}<span>${rowOf(one).word}</span></button></td>`,
    )}
    <td>${visible([row.instrument, row.model].filter(Boolean).join(' '))}<br /><span class="small">${visible([row.plate, row.serial].filter(Boolean).join(' · '))}</span>${foundLinesView(found, desk)}</td>
    <td class="day">${visible(row.factDate)}${row.validUntil === '' ? nothing : html` –<br />${visible(row.validUntil)}`}</td>
    <td>${visible(row.issuer)}</td>
  </tr>`
}

/** The batch lines that match the query, each with its verdict in both provinces. */
function foundLinesView({ lines, judged }: FoundRecord, { page }: Desk): TemplateResult | typeof nothing {
  const { language } = page.state
  if (lines.length === 0) return nothing
  return html`<ul class="small">${lines.slice(0, MAX_LINES).map((line) => {
    const answers = [...judged].flatMap(([region, { ofLine }]) => {
      const verdict = ofLine?.(line)
      return verdict === undefined ? [] : [`${provinceName(region)[language]} ${verdictWord(verdict, language)}`]
    })
    return html`<li>${sayIn(language, 'lineStatus', { line, status: answers.join(sayIn(language, 'and')) })}</li>`
  })}</ul>`
}

function openedView(desk: Desk, opened: OpenedRecord): TemplateResult | typeof nothing {
  const { page } = desk
  const { language, moment } = page.state
  const { holding } = desk.state
  const say = (key: DeskTextKey, params = {}): string => sayIn(language, key, params)
  const { found, region, judged } = opened
  if (holding === undefined) return nothing
  const { status, lines } = found.entry
  return html`<section class="opened">
    <p class="row"><button @click=${() => desk.close()}>← ${say('backToFound')}</button></p>
    ${verdictView({ judged, holding, region, moment, language })}
    <section class="card placed" aria-labelledby="placed"><h2 id="placed">${say('place')}</h2>
      ${opened.placed === undefined ? html`<p class="working" role="status">${say('busy')}</p>` : placedView(opened.placed, desk)}
      ${status === undefined || lines !== undefined ? nothing : html`<p class="small">${say('nodeStatus', { status: say(`status_${status}`) })}</p>`}
      ${lines === undefined ? nothing : nodeLinesView(lines, desk)}
    </section>
    ${certificateView(desk, opened, judged)}
  </section>`
}

/** The status of batch lines as the node reports it: the number of valid ones, and each of the others. */
function nodeLinesView(lines: NonNullable<RecordEntry['lines']>, { page }: Desk): TemplateResult {
  const say = (key: DeskTextKey, params = {}): string => sayIn(page.state.language, key, params)
  const others = lines.filter(({ status }) => status !== 'valid')
  return html`<p class="small">${say('nodeLines', { valid: lines.length - others.length, count: lines.length })}</p>
    <ul class="small">${others.slice(0, MAX_LINES).map(({ line, status }) => html`<li>${say('lineStatus', { line, status: say(`status_${status}`) })}</li>`)}</ul>
    ${others.length > MAX_LINES ? html`<p class="small">${say('linesCut', { count: others.length - MAX_LINES })}</p>` : nothing}`
}

function placedView(placed: NonNullable<OpenedRecord['placed']>, { page }: Desk): TemplateResult {
  const { language } = page.state
  const say = (key: DeskTextKey, params = {}): string => sayIn(language, key, params)
  if (placed === 'refuted') return html`<p class="lacking">${say('placeFalse')}</p>`
  if ('error' in placed) {
    const { error } = placed
    return html`<p class="lacking">${say('placeUnproved', { reason: visible(isTonghengError(error) ? `${error.text[language]} (${error.code})` : String(error)) })}</p>`
  }
  const { index, size, cosigned, receipt } = placed
  return html`<p>${say('placeProved', { index: index + 1, size })}</p>
    <p class="small">${cosigned.length === 0 ? say('placeNotCosigned') : cosigned.map(({ name, at }) => say('placeCosigned', { name: visible(name), day: civilDateOf(at) })).join(' · ')}</p>
    ${receipt === undefined ? nothing : html`<p class="small">${say('receipt', { decision: say(receipt.decision), day: civilDateOf(receipt.at) })}</p>`}`
}

/** Shows the certificate in a frame without scripts, origin and forms; nothing for a forged record. */
function certificateView(desk: Desk, { certificate, found }: OpenedRecord, { verdict }: Judged): TemplateResult {
  const say = (key: DeskTextKey): string => sayIn(desk.page.state.language, key)
  if (verdict.issuer === undefined) return html`<p class="card lacking">${say('certificateForged')}</p>`
  return html`<section class="card certificate">
    <p class="row">${
      certificate === undefined
        ? html`<button class="primary" ?disabled=${desk.state.isBusy} @click=${() => desk.showCertificate()}>${say('certificate')}</button>`
        : html`<button @click=${() => desk.hideCertificate()}>${say('certificateHide')}</button>
            <button @click=${() => saveText(certificate.html, `${verdict.number ?? found.entry.statementId}.html`, 'text/html;charset=utf-8')}>${say('certificateSave')}</button>`
    }</p>
    ${certificate === undefined ? nothing : html`<iframe sandbox="" referrerpolicy="no-referrer" src=${certificate.url} title=${say('certificate')}></iframe>`}
  </section>`
}
