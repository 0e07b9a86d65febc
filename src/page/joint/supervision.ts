/** Joint supervision and alliances on the page: the draw of a task, cases with their deadlines, members of a day. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import {
  allianceOf,
  caseStateNames,
  casesOf,
  drawOf,
  drawStateNames,
  memberRoles,
  supervisionTable,
  writeSupervisionCsv,
} from '../../joint/index.js'
import { saveText } from '../save.js'
import { type Drawing, findingsView, tableOf } from './parts.js'

export function taskView(taskNo: string, drawing: Drawing): TemplateResult | typeof nothing {
  const { material, language, say } = drawing
  const { joint, at } = material
  const draw = drawOf(joint, taskNo, { at })
  if (draw === undefined) return nothing
  return html`<h3>${say('task', { number: visible(taskNo), state: drawStateNames[draw.state][language] })}</h3>
    ${findingsView(draw.findings, drawing)}`
}

export function casesView(drawing: Drawing): TemplateResult | typeof nothing {
  const { material, language, say } = drawing
  const { joint, findings, at } = material
  const { cases, findings: found } = casesOf(joint, findings, { at })
  if (cases.length === 0 && found.length === 0) return nothing
  const overdue = cases.filter(({ state }) => state === 'overdue').length
  const csv = (): void => saveText(writeSupervisionCsv(supervisionTable(cases), language), 'supervision.csv', 'text/csv;charset=utf-8')
  return html`<h3 id="cases">${say('cases', { count: cases.length, overdue })}</h3>
    ${tableOf(
      'cases',
      [say('state'), say('finding'), say('party'), say('deadline')],
      cases.map(({ state, finding: { record }, deadline = '', daysOverdue }) => ({
        isGood: state !== 'overdue' && state !== 'open',
        cells: [
          caseStateNames[state][language],
          record.findingNo,
          record.party.name,
          daysOverdue === undefined ? deadline : `${deadline} ${say('late', { days: daysOverdue })}`,
        ],
      })),
      say,
    )}
    ${findingsView([...found, ...cases.flatMap((one) => one.findings)], drawing)}
    <p class="row"><button @click=${csv}>${say('saveCases')}</button></p>`
}

export function alliancesView(drawing: Drawing): readonly TemplateResult[] {
  const { material, language, say } = drawing
  const { joint, on } = material
  const numbers = [...new Set(joint.of('alliance').map(({ document }) => document.number))]
  return numbers.map((number, at) => {
    const { text, members, findings } = allianceOf(joint, number, { on })
    const name = text?.document.name
    return html`<h3 id="alliance-${at}">${say('alliance', { number: visible(number), name: visible(name?.[language] ?? name?.zh ?? '') })}</h3>
      ${tableOf(
        `alliance-${at}`,
        [say('state'), say('party')],
        members.map(({ isMember, name: own, role }) => ({
          isGood: isMember,
          cells: [
            say(isMember ? 'member' : 'noMember'),
            `${own}（${memberRoles[role as keyof typeof memberRoles]?.[language === 'zh' ? 0 : 1] ?? role}）`,
          ],
        })),
        say,
      )}
      ${findingsView(findings, drawing)}`
  })
}
