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
    )}
    ${findingsView(findings, language)} ${reportView(round, material.comparisons, drawing)}
  </section>`
}

/** The report, computed here; and what the pilots signed, where the record is at hand. */
function reportView(round: Round, comparisons: Drawing['material']['comparisons'], { language, say }: Drawing): TemplateResult {
  const made = attempt(() => reportOf(round))
  if ('reason' in made) return html`<p>${say('noReport', { reason: made.reason[language] })}</p>`
  const [recordId, record] = [...comparisons].find(([, one]) => one.projectNo === round.protocol.number) ?? []
  const checked = record === undefined || recordId === undefined ? undefined : checkReport(round, { record, recordId })
  const counts = { signed: checked?.signedBy.length ?? 0, pilots: round.protocol.pilots.length }
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
      )}`,
  )}
  <p class=${checked?.isConfirmed ? 'good' : 'lacking'}><strong>${checked?.isConfirmed ? say('confirmed') : say('unconfirmed', counts)}</strong></p>
  ${checked === undefined ? nothing : findingsView(checked.findings, language)}`
}
