/** A comparison round: participants and their state, opened results, and the computed report. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import {
  checkReport,
  laboratoryStateNames,
  type Round,
  type RoundReportContent,
  reportOf,
  roundOf,
  roundPhaseNames,
} from '../../joint/index.js'
import { dueInRound, reportDigest } from '../../joint/inside.js'
import { COMPARISON_OUTCOMES } from '../../records/index.js'
import { dueView } from './due.js'
import { type Attempted, attempt, type Drawing, findingsView, tableOf } from './parts.js'

/** States without a fault. */
const GOOD: ReadonlySet<string> = new Set(['enrolled', 'committed', 'opened'])

export function roundView(id: string, drawing: Drawing): TemplateResult {
  const { material, language, say } = drawing
  const attempted = attempt(() => roundOf(material.joint, { round: id, at: material.at }))
  if ('reason' in attempted) return html`<p class="lacking">${attempted.reason[language]}</p>`
  const round = attempted.value
  const { protocol, phase, laboratories, findings } = round
  const title = protocol.title[language] ?? protocol.title.zh
  const made = attempt(() => reportOf(round))
  const { recordId } = recordOf(round, drawing)
  const steps = dueInRound(round, { isReportable: 'value' in made, hasRecord: recordId !== undefined })
  const words = { number: protocol.number, node: drawing.page.state.node?.url, round: id, isSolePilot: protocol.pilots.length === 1 }
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
    ${findingsView(findings, drawing)} ${dueView({ id: `round-${id}`, words, steps }, drawing)} ${reportView(round, made, drawing)}
  </section>`
}

/** The record that the pilots name; before that, a record of the same project number, which may be of another round. */
function recordOf({ protocol, reports }: Round, { material: { comparisons } }: Drawing) {
  const named = reports.map(({ document }) => document.record).find((id) => comparisons.has(id))
  if (named !== undefined) return { recordId: named, record: comparisons.get(named) }
  const [recordId] = [...comparisons].find(([, { projectNo }]) => projectNo === protocol.number) ?? []
  return { recordId, record: undefined }
}

/** The report computed here, and a comparison with the reports of the pilots if the record was given. */
function reportView(round: Round, made: Attempted<RoundReportContent>, drawing: Drawing): TemplateResult {
  const { language, say } = drawing
  if ('reason' in made) return html`<p>${say('noReport', { reason: made.reason[language] })}</p>`
  const pilots = round.protocol.pilots.map(({ party }) => party.uscc)
  const reports = round.reports.filter(({ issuer }) => pilots.includes(issuer.uscc))
  const { recordId, record } = recordOf(round, drawing)
  const checked = record === undefined || recordId === undefined ? undefined : checkReport(round, { record, recordId })
  const counts = { signed: new Set(reports.map(({ issuer }) => issuer.uscc)).size, pilots: pilots.length }
  const word = checked === undefined && reports.length > 0 ? 'noRecord' : checked?.isConfirmed ? 'confirmed' : 'unconfirmed'
  const { points, remarks } = made.value.record
  return html`${points.map(
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
  ${remarks === undefined ? nothing : html`<h4>${say('remarks')}</h4><ul class="remarks">${(remarks[language] ?? remarks.zh).split('\n').map((line) => html`<li>${visible(line)}</li>`)}</ul>`}
  <p>${say('digest')} <code class="digest">${reportDigest(made.value)}</code></p>
  <p class=${checked?.isConfirmed ? 'good' : 'lacking'}><strong>${say(word, counts)}</strong></p>
  ${checked === undefined ? nothing : findingsView(checked.findings, drawing)}`
}
