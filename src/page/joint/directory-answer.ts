/** The answer of the capability directory: a table, statements that were left out, and a note on what an empty answer does not mean. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import { unitOf } from '../../catalogue/index.js'
import type { FoundCapability } from '../../joint/index.js'
import { capabilityCells, capabilityHeads, writeCapabilitiesCsv } from '../../joint/inside.js'
import type { Language } from '../../report/index.js'
import { saveText } from '../save.js'
import type { Answer, Question } from './directory.js'
import type { DirectoryTextKey } from './directory-texts.js'
import { MAX_DIRECTORY } from './read-directory.js'

/** Maximum number of rows drawn; the file has all. */
const MAX_ROWS = 300
/** Maximum number of left-out statements listed. */
const MAX_LEFT = 50

interface Drawing {
  readonly language: Language
  readonly say: (key: DirectoryTextKey, params?: Readonly<Record<string, string | number>>) => string
}

const isFine = ({ isGranted, suffices }: FoundCapability): boolean => isGranted && suffices === true

export function answerView(answer: Answer, drawing: Drawing): TemplateResult {
  const { found, on, question, counts, isCut, isOfFiles, refused } = answer
  const { say } = drawing
  const remark = (key: DirectoryTextKey, count: number): TemplateResult | typeof nothing =>
    count === 0 ? nothing : html`<p class="small">${say(key, { count })}</p>`
  return html`<h3 id="found-capabilities">${found.length === 0 ? say('none') : say('found', { count: found.length })}</h3>
    <p>${say('asked', { what: askedText(question, drawing), day: on })} ${say('read', { count: counts.read })}</p>
    ${isCut ? html`<p class="lacking">${say('cut', { most: MAX_DIRECTORY })}</p>` : nothing}
    ${found.length === 0 ? html`<p class="lacking">${say(isOfFiles ? 'absenceFiles' : 'absence')}</p>` : tableView(answer, drawing)}
    ${remark('notOn', counts.notOn)} ${remark('notCounting', counts.notCounting)}
    ${refused.length === 0 ? nothing : html`<details><summary>${say('left', { count: refused.length })}</summary><ul>${refused.slice(0, MAX_LEFT).map(({ name, reason }) => html`<li>${visible(say('leftOne', { name, reason: reason[drawing.language] }))}</li>`)}</ul></details>`}`
}

function askedText({ can, range, uncertainty }: Question, { say }: Drawing): string {
  const symbol = (unit: string): string => unitOf(unit)?.symbol ?? unit
  return [
    visible(can),
    ...(range === undefined ? [] : [`${range.lower ?? ''}~${range.upper ?? ''} ${symbol(range.unit)}`]),
    ...(uncertainty === undefined ? [] : [say('atMost', { value: uncertainty.value, unit: symbol(uncertainty.unit) })]),
  ].join(say('separator'))
}

function tableView({ found, trust }: Answer, { language, say }: Drawing): TemplateResult {
  const options = { trust, language }
  const heads = capabilityHeads.map((text) => text[language])
  const csv = (): void => saveText(writeCapabilitiesCsv(found, options), 'capabilities.csv', 'text/csv;charset=utf-8')
  return html`<p class="small">${say('granted', { count: found.filter(isFine).length })}</p>
    <p class="row"><button @click=${csv}>${say('saveCsv')}</button></p>
    <div class="scroll cards" tabindex="0" role="region" aria-labelledby="found-capabilities">
      <table>
        <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
        <tbody>${found.slice(0, MAX_ROWS).map((one) => {
          const isGood = isFine(one)
          return html`<tr class=${isGood ? 'good' : 'unsure'}>${capabilityCells(one, options).map((cell, at) => html`<td class=${at === 0 ? 'word' : ''} data-head=${heads[at] ?? ''}>${at === 0 ? (isGood ? '√ ' : '! ') : ''}${visible(cell)}</td>`)}</tr>`
        })}</tbody>
      </table>
    </div>
    ${found.length > MAX_ROWS ? html`<p class="small">${say('notDrawn', { count: MAX_ROWS })}</p>` : nothing}`
}
