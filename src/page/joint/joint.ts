/** Shows dropped joint statements: rounds, supervision, alliances, and other statements one by one. Loaded with the first one. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { identifierKey } from '../../base/identifier.js'
import { visible } from '../../base/visible.js'
import { type Joint, type JointKind, type JointKindRow, type JointStatement, jointKinds } from '../../joint/index.js'
import { momentOf, type Page, receive } from '../actions.js'
import type { Holding } from '../holding.js'
import { fileSources, type Source } from '../intake.js'
import { saveText } from '../save.js'
import { createDirectoryView } from './directory.js'
import { signingNote } from './due.js'
import { type JointMaterial, readMaterial } from './material.js'
import { type Drawing, type Say, tableOf } from './parts.js'
import { roundView } from './round.js'
import { alliancesView, casesView, taskView } from './supervision.js'
import { type JointTextKey, jointText } from './texts.js'

/** Kinds that are shown as part of a piece of work, and the kind that begins it. */
const BEGUN_BY: readonly (readonly [RegExp, JointKind])[] = [
  [/^round-/, 'round-protocol'],
  [/^(?:draw|supervision)-/, 'supervision-task'],
  [/^alliance/, 'alliance'],
]

/** Kinds for which it matters when a log had them. */
const TIMED = /^(?:round-(?:enrolment|commitment|opening|withdrawal)|draw-(?:commitment|nonce))$/

export { createDirectoryView } from './directory.js'

export async function createJointView(page: Page, sources: readonly Source[], holding: Holding): Promise<{ view(): TemplateResult }> {
  const material = await readMaterial(sources, holding, momentOf(page))
  const chosen = new Map<string, string>()
  return { view: () => jointView(page, { sources, material, chosen }) }
}

interface Read {
  readonly sources: readonly Source[]
  readonly material: JointMaterial
  readonly chosen: Map<string, string>
}

function jointView(page: Page, { sources, material, chosen }: Read): TemplateResult {
  const { language } = page.state
  const say: Say = (key: JointTextKey, params = {}) => jointText(language, key, params)
  const drawing: Drawing = { material, language, say, page, chosen }
  const { joint, refused } = material
  const others = joint.statements.filter((one) => !isShownWithWork(one, joint))
  const unproved = joint.statements.filter(({ document, loggedAt }) => loggedAt === undefined && TIMED.test(document.kind)).length
  const tasks = [...new Map(joint.of('supervision-task').map(({ document: { number } }) => [identifierKey(number), number])).values()]
  return html`<article class="batch joint" aria-labelledby="joint">
    <h2 id="joint" tabindex="-1">${say('title', { count: joint.statements.length })}</h2>
    <p class="small">${say('stays')}</p>
    ${unproved === 0 ? nothing : html`<p class="small">${say('unproved', { count: unproved })}</p>`}
    ${signingNote(drawing)} ${waysView(page, { sources, material, chosen }, say)}
    ${joint.of('round-protocol').map((protocol) => roundView(protocol.statementId, drawing))}
    ${tasks.map((number) => taskView(number, drawing))} ${casesView(drawing)} ${alliancesView(drawing)}
    ${others.length === 0 ? nothing : othersView(others, drawing)}
    ${refused.length === 0 ? nothing : html`<h3>${say('left')}</h3><ul>${refused.map(({ name, reason }) => html`<li>${visible(say('leftOne', { name, reason: reason[language] }))}</li>`)}</ul>`}
    <p class="row"><button @click=${() => page.set({ part: undefined })}>${say('close')}</button></p>
  </article>`
}

/** Actions: save the statements for the other side, add those that it saved, and show the capabilities among them. */
function waysView(page: Page, { sources, material }: Read, say: Say): TemplateResult {
  const add = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const more = fileSources(input.files)
    input.value = ''
    if (more.length > 0) void receive(page, [...sources, ...more])
  }
  const save = (): void => saveText(`${material.lines.join('\n')}\n`, 'joint.ndjson', 'application/x-ndjson')
  const ask = (): void => page.set({ part: createDirectoryView(page, sources) })
  return html`<p class="row"><button @click=${save}>${say('save')}</button>
    <label class="button">${say('add')}<input type="file" multiple @change=${add} /></label>
    ${material.joint.of('capability-statement').length === 0 ? nothing : html`<button @click=${ask}>${say('whoCan')}</button>`}</p>`
}

const workOf = ({ document }: JointStatement): string => (jointKinds.get(document.kind) as JointKindRow).subject(document)

/** True if the piece of work of a statement is among the statements, which then shows it. */
function isShownWithWork(statement: JointStatement, joint: Joint): boolean {
  const begun = BEGUN_BY.find(([kinds]) => kinds.test(statement.document.kind))
  return begun !== undefined && joint.of(begun[1], workOf(statement)).length > 0
}

const othersView = (others: readonly JointStatement[], { language, say }: Drawing): TemplateResult =>
  html`<h3 id="joint-others">${say('others')}</h3>
    ${tableOf(
      'joint-others',
      [say('state'), say('statement'), say('issuer'), say('found')],
      others.map((one) => ({
        isGood: one.counts,
        cells: [
          say(one.counts ? 'counts' : 'countsNot'),
          `${(jointKinds.get(one.document.kind) as JointKindRow).title[language]} ${workOf(one)}`,
          one.issuer.name[language] ?? one.issuer.name.zh,
          one.findings.map(({ message }) => message[language]).join(say('separator')),
        ],
      })),
      say,
    )}`
