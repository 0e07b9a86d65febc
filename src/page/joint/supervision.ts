/** Joint supervision and alliances: the draw of a task, cases with their deadlines, and the members on a day. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import {
  type AllianceMembership,
  allianceOf,
  caseStateNames,
  casesOf,
  drawOf,
  drawStateNames,
  memberRoles,
  type SupervisionCase,
  supervisionTable,
  writeSupervisionCsv,
} from '../../joint/index.js'
import { type DueBody, type DueStep, dueInAlliance, dueInCase, dueInDraw, dueStepNames } from '../../joint/inside.js'
import { saveText } from '../save.js'
import { dueView } from './due.js'
import { dueText } from './due-texts.js'
import { type Drawing, findingsView, tableOf } from './parts.js'

const wordsOf = (number: string, { page }: Drawing) => ({ number, node: page.state.node?.url })

export function taskView(taskNo: string, drawing: Drawing): TemplateResult | typeof nothing {
  const { material, language, say } = drawing
  const { joint, at } = material
  const draw = drawOf(joint, taskNo, { at })
  if (draw === undefined) return nothing
  return html`<h3>${say('task', { number: visible(taskNo), state: drawStateNames[draw.state][language] })}</h3>
    ${findingsView(draw.findings, drawing)} ${dueView({ id: `task-${draw.task.statementId}`, words: wordsOf(taskNo, drawing), steps: dueInDraw(draw, at) }, drawing)}`
}

export function casesView(drawing: Drawing): TemplateResult | typeof nothing {
  const { material, language, say } = drawing
  const { joint, findings, at } = material
  const { cases, findings: found } = casesOf(joint, findings, { at })
  if (cases.length === 0 && found.length === 0) return nothing
  const overdue = cases.filter(({ state }) => state === 'overdue').length
  const steps = cases.map((one) => dueInCase(one, at))
  const csv = (): void => saveText(writeSupervisionCsv(supervisionTable(cases), language), 'supervision.csv', 'text/csv;charset=utf-8')
  return html`<h3 id="cases">${say('cases', { count: cases.length, overdue })}</h3>
    ${tableOf(
      'cases',
      [say('state'), say('finding'), say('party'), say('deadline'), say('next')],
      cases.map(({ state, finding: { record }, deadline = '', daysOverdue }, row) => ({
        isGood: state !== 'overdue' && state !== 'open',
        cells: [
          caseStateNames[state][language],
          record.findingNo,
          record.party.name,
          daysOverdue === undefined ? deadline : `${deadline} ${say('late', { days: daysOverdue })}`,
          nameOf(steps[row], language),
        ],
      })),
      say,
    )}
    ${findingsView([...found, ...cases.flatMap((one) => one.findings)], drawing)}
    ${dueView({ id: 'cases', words: wordsOf(taskOf(cases), drawing), steps: distinct(steps) }, drawing)}
    <p class="row"><button @click=${csv}>${say('saveCases')}</button></p>`
}

const nameOf = (step: DueStep | undefined, language: Drawing['language']): string =>
  step === undefined ? '—' : dueStepNames[step.step][language]

/** Removes equal steps: their commands are the same, and the rows of the table show the deadlines. */
const distinct = (steps: readonly (DueStep | undefined)[]): readonly DueStep[] => {
  const byName = new Map(
    steps.flatMap((one) => (one === undefined ? [] : [[one.step, { step: one.step, by: one.by, isLate: false }] as const])),
  )
  return [...byName.values()]
}

/** The task number of the cases; empty if they have several, for which the command shows a placeholder. */
const taskOf = (cases: readonly SupervisionCase[]): string => {
  const [number = '', ...others] = new Set(cases.map(({ finding }) => finding.record.taskNo))
  return others.length === 0 ? number : ''
}

export function alliancesView(drawing: Drawing): readonly TemplateResult[] {
  const { material, language, say } = drawing
  const { joint, on } = material
  const numbers = [...new Set(joint.of('alliance').map(({ document }) => document.number))]
  return numbers.map((number, at) => {
    const alliance = allianceOf(joint, number, { on })
    const { text, members, findings } = alliance
    const due = { id: `alliance-${at}`, words: wordsOf(number, drawing), steps: dueInAlliance(alliance, on) }
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
      ${findingsView(findings, drawing)} ${dueView({ ...due, beside: (step, signer) => preparedView(step, signer, { alliance: number, drawing }) }, drawing)}`
  })
}

/** The prepared declaration of a member that has not joined yet, ready for signing. */
function preparedView(
  { step }: DueStep,
  signer: DueBody | undefined,
  { alliance, drawing: { material, language } }: { readonly alliance: string; readonly drawing: Drawing },
): TemplateResult | typeof nothing {
  if (step !== 'join' || signer === undefined) return nothing
  const document: AllianceMembership = {
    kind: 'alliance-membership',
    version: 1,
    alliance,
    member: { uscc: signer.uscc, name: signer.name.zh },
    action: 'join',
    on: material.on,
  }
  const save = (): void => saveText(`${JSON.stringify(document, null, 2)}\n`, 'membership.json', 'application/json')
  return html`<p class="row"><button @click=${save}>${dueText(language, 'prepared')}</button></p>`
}
