/** A comparison round on the page: who has committed, what is open, and the report as everybody computes it. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import { checkReport, laboratoryStateNames, type Round, reportOf, roundOf, roundPhaseNames } from '../../joint/index.js'
import { COMPARISON_OUTCOMES } from '../../records/index.js'
import { attempt, type Drawing, findingsView, tableOf } from './parts.js'

/** States in which nothing is wrong. */
const GOOD: ReadonlySet<string> = new Set(['enrolled', 'committed', 'opened'])

export function roundView(id: string, drawing: Drawing): TemplateResult {
  const { material, language, say } = drawing
  const attempted = attempt(() => roundOf(material.joint, { round: id, at: material.at }))
  if ('reason' in attempted) return html`<p class="lacking">${attempted.reason[language]}</p>`
  const round = attempted.value
  const { protocol, phase, laboratories, findings } = round
  const title = protocol.title[language] ?? protocol.title.zh
  return html`<section class="round">
    <h3 id="round-${id}">${say('round', { number: visible(protocol.number), title: visible(title), phase: roundPhaseNames[phase][language] })}</h3>
    <p class="small">${say('deadlines', protocol.deadlines)}</p>
    ${tableOf(
      `round-${id}`,
      [say('state'), say('laboratory')],
      laboratories.map(({ state, name, uscc, isPilot }) => ({
        isGood: GOOD.has(state),
        cells: [laboratoryStateNames[state][language], `${name[language]} ${uscc} ${isPilot ? say('pilot') : ''}`],
      })),
      say,
    )}
    ${findingsView(findings, drawing)} ${reportView(round, drawing)}
  </section>`
}

/** The report, computed here; and what the pilots signed, where the record is at hand. */
function reportView(round: Round, drawing: Drawing): TemplateResult {
  const { material, language, say } = drawing
  const made = attempt(() => reportOf(round))
  if ('reason' in made) return html`<p>${say('noReport', { reason: made.reason[language] })}</p>`
  const pilots = round.protocol.pilots.map(({ party }) => party.uscc)
  const reports = round.reports.filter(({ issuer }) => pilots.includes(issuer.uscc))
  // The record that the pilots name; another one may have the same project number.
  const recordId = reports.map(({ document }) => document.record).find((id) => material.comparisons.has(id))
  const record = material.comparisons.get(recordId ?? '')
  const checked = record === undefined || recordId === undefined ? undefined : checkReport(round, { record, recordId })
  const counts = { signed: new Set(reports.map(({ issuer }) => issuer.uscc)).size, pilots: pilots.length }
  const word = checked === undefined && reports.length > 0 ? 'noRecord' : checked?.isConfirmed ? 'confirmed' : 'unconfirmed'
  return html`${made.value.record.points.map(
    ({ id, results }) => html`<h4 id="point-${round.id}-${id}">${visible(id)}</h4>
      ${tableOf(
        `point-${round.id}-${id}`,
        [say('outcome'), say('code'), say('value'), 'U', say('en')],
        results.map(({ code, value, uncertainty, en = '—', outcome }) => ({
          isGood: outcome === 'satisfactory',
          cells: [
            outcome === undefined ? '—' : language === 'zh' ? COMPARISON_OUTCOMES[outcome] : outcome,
            code,
            value,
            uncertainty?.form === 'expanded' ? uncertainty.value : '—',
            en,
          ],
        })),
        say,
      )}`,
  )}
  <p class=${checked?.isConfirmed ? 'good' : 'lacking'}><strong>${say(word, counts)}</strong></p>
  ${checked === undefined ? nothing : findingsView(checked.findings, drawing)}`
}
