/** Joint statements that were dropped on the page: rounds, supervision, alliances, and the others by themselves. Loaded with the first one. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { isTonghengError } from '../../base/error.js'
import { visible } from '../../base/visible.js'
import { type JointKindRow, type JointStatement, jointKinds } from '../../joint/index.js'
import { momentOf, type Page } from '../actions.js'
import type { Holding } from '../holding.js'
import type { Source } from '../intake.js'
import { type JointMaterial, readMaterial } from './material.js'
import { type Say, tableOf } from './parts.js'
import { roundView } from './round.js'
import { alliancesView, casesView, taskView } from './supervision.js'
import { type JointTextKey, jointText } from './texts.js'

/** Kinds that are shown with their piece of work. */
const SHOWN_WITH_WORK = /^(?:round|draw|supervision|alliance)/

export async function createJointView(page: Page, sources: readonly Source[], holding: Holding): Promise<{ view(): TemplateResult }> {
  const material = await readMaterial(sources, holding, momentOf(page))
  return { view: () => jointView(page, material) }
}

function jointView(page: Page, material: JointMaterial): TemplateResult {
  const { language } = page.state
  const say: Say = (key: JointTextKey, params = {}) => jointText(language, key, params)
  const { joint, refused } = material
  const others = joint.statements.filter(({ document }) => !SHOWN_WITH_WORK.test(document.kind))
  return html`<article class="batch joint" aria-labelledby="joint">
    <h2 id="joint" tabindex="-1">${say('title', { count: joint.statements.length })}</h2>
    <p class="small">${say('stays')}</p>
    ${joint.of('round-protocol').map((protocol) => roundView(protocol.statementId, { material, language, say }))}
    ${joint.of('supervision-task').map(({ document }) => taskView(document.number, { material, language, say }))}
    ${casesView({ material, language, say })} ${alliancesView({ material, language, say })}
    ${others.length === 0 ? nothing : html`<h3 id="joint-others">${say('others')}</h3>${tableOf('joint-others', [say('state'), say('statement'), say('issuer'), say('found')], others.map(row))}`}
    ${refused.length === 0 ? nothing : html`<h3>${say('left')}</h3><ul>${refused.map(({ name, error }) => html`<li>${visible(name)}：${reasonOf(error)}</li>`)}</ul>`}
    <p class="row"><button @click=${() => page.set({ part: undefined })}>${say('close')}</button></p>
  </article>`

  function row({ document, issuer, counts, findings }: JointStatement) {
    const { title, subject } = jointKinds.get(document.kind) as JointKindRow
    return {
      isGood: counts,
      cells: [
        say(counts ? 'counts' : 'countsNot'),
        `${title[language]} ${subject(document)}`,
        issuer.name[language] ?? issuer.name.zh,
        findings.map(({ message }) => message[language]).join('；'),
      ],
    }
  }

  function reasonOf(error: unknown): string {
    if (isTonghengError(error)) return error.text[language]
    const { message } = (error ?? {}) as { readonly message?: { readonly zh: string; readonly en: string } }
    return message?.[language] ?? String(error)
  }
}
