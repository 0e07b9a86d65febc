/** The capability directory (谁能做) of the node that serves the page, or of given files. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { civilDateOf } from '../../base/date.js'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { visible } from '../../base/visible.js'
import { type FoundCapability, findCapabilities, type StatedRange } from '../../joint/index.js'
import { canOf, rangeOf, uncertaintyOf } from '../../joint/inside.js'
import type { Trust } from '../../trust/index.js'
import { momentOf, type Page } from '../actions.js'
import { openKept } from '../holding.js'
import { fileSources, type Source } from '../intake.js'
import { answerView } from './directory-answer.js'
import { type DirectoryTextKey, directoryText } from './directory-texts.js'
import { type JointMaterial, readMaterial } from './material.js'
import { readDirectory } from './read-directory.js'

/** The parsed form. */
export interface Question {
  readonly can: string
  readonly range?: StatedRange
  readonly uncertainty?: { readonly value: string; readonly unit: string }
}
type Field = keyof Question

export interface Answer {
  readonly question: Question
  readonly on: string
  readonly found: readonly FoundCapability[]
  readonly trust: Trust
  readonly refused: JointMaterial['refused']
  /** Number of statements read; of claims that are not in force on the day; and of claims that do not count. */
  readonly counts: { readonly read: number; readonly notOn: number; readonly notCounting: number }
  readonly isCut: boolean
  readonly isOfFiles: boolean
}

interface DirectoryState {
  /** Given files; if empty, the directory of the node is used. */
  readonly sources: readonly Source[]
  readonly faults: Partial<Record<Field, TonghengError>>
  readonly isBusy: boolean
  readonly answer?: Answer | undefined
  readonly error?: unknown
}

export interface Directory {
  readonly page: Page
  readonly state: DirectoryState
  set(change: Partial<DirectoryState>): void
}

export function createDirectoryView(page: Page, sources: readonly Source[] = []): { view(): TemplateResult } {
  let state: DirectoryState = { sources, faults: {}, isBusy: false }
  const directory: Directory = {
    page,
    get state() {
      return state
    },
    set(change) {
      state = { ...state, ...change }
      page.set({})
    },
  }
  return { view: () => directoryView(directory) }
}

/** Parses the form; returns a fault for each invalid field. */
function questionIn(form: FormData): { readonly question: Question } | { readonly faults: DirectoryState['faults'] } {
  const typed = (name: Field): string => String(form.get(name) ?? '').trim()
  const faults: Partial<Record<Field, TonghengError>> = {}
  const read = <T>(name: Field, reader: (text: string) => T): T | undefined => {
    try {
      return reader(typed(name))
    } catch (error) {
      if (!isTonghengError(error)) throw error
      faults[name] = error
      return undefined
    }
  }
  const can = read('can', canOf)
  const range = typed('range') === '' ? undefined : read('range', rangeOf)
  const uncertainty = typed('uncertainty') === '' ? undefined : read('uncertainty', uncertaintyOf)
  if (can === undefined || Object.keys(faults).length > 0) return { faults }
  return { question: { can, ...(range && { range }), ...(uncertainty && { uncertainty }) } }
}

async function ask(directory: Directory, form: HTMLFormElement): Promise<void> {
  const { page, state, set } = directory
  const { holding } = page.state
  if (state.isBusy || holding === undefined) return
  const read = questionIn(new FormData(form))
  if ('faults' in read) {
    set({ faults: read.faults, answer: undefined, error: undefined })
    form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    return
  }
  set({ faults: {}, answer: undefined, error: undefined, isBusy: true })
  try {
    set({ answer: await answerTo(read.question, directory), isBusy: false })
  } catch (error) {
    set({ error, isBusy: false })
  }
}

async function answerTo(question: Question, { page, state: { sources } }: Directory): Promise<Answer> {
  const kept = page.state.holding?.kept as NonNullable<Page['state']['holding']>['kept']
  const at = momentOf(page)
  const on = civilDateOf(at)
  const isOfFiles = sources.length > 0
  const { given, isCut } = isOfFiles ? { given: sources, isCut: false } : await ofNode()
  const holding = await openKept(kept, at)
  const { joint, refused } = await readMaterial(given, holding, at)
  const { trust, agreements } = holding.opened
  const claims = joint.of('capability-statement')
  const counting = claims.filter(({ counts }) => counts)
  return {
    question,
    on,
    found: findCapabilities(joint, { ...question, on, trust, agreements }),
    trust,
    refused,
    counts: {
      read: joint.statements.length,
      notOn: counting.filter(({ document: { from, until } }) => on < from || until < on).length,
      notCounting: claims.length - counting.length,
    },
    isCut,
    isOfFiles,
  }
}

async function ofNode(): Promise<{ readonly given: readonly Source[]; readonly isCut: boolean }> {
  const { source, isCut } = await readDirectory()
  return { given: [source], isCut }
}

function directoryView(directory: Directory): TemplateResult {
  const { page, state } = directory
  const { language, node, holding } = page.state
  const say = (key: DirectoryTextKey, params = {}): string => directoryText(language, key, params)
  const isOfFiles = state.sources.length > 0
  const canAsk = holding !== undefined && (isOfFiles || node !== undefined)
  const choose = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const sources = fileSources(input.files)
    input.value = ''
    if (sources.length > 0) directory.set({ sources, answer: undefined })
  }
  return html`<article class="batch directory" aria-labelledby="directory">
    <h2 id="directory" tabindex="-1">${say('title')}</h2>
    ${holding === undefined ? html`<p class="lacking">${say('noTrust')}</p>` : nothing}
    <p class="small">${say(isOfFiles ? 'ofFiles' : node === undefined ? 'noFiles' : 'ofNode')}</p>
    ${node === undefined ? html`<p class="row"><label class="button">${say('chooseFiles')}<input type="file" multiple @change=${choose} /></label></p>` : nothing}
    ${canAsk ? formView(directory, say) : nothing}
    <div role="status">${state.isBusy ? html`<p class="working">${say('finding')}</p>` : nothing}${state.answer === undefined ? nothing : answerView(state.answer, { language, say })}</div>
    ${state.error === undefined ? nothing : errorView(state.error, language)}
    <p class="row"><button @click=${() => page.set({ part: undefined })}>${say('close')}</button></p>
  </article>`
}

type Say = (key: DirectoryTextKey, params?: Readonly<Record<string, string | number>>) => string

function formView(directory: Directory, say: Say): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    void ask(directory, event.target as HTMLFormElement)
  }
  const field = (name: Field): TemplateResult => fieldView(name, directory, say)
  return html`<form class="ask" novalidate @submit=${submit}>
    ${field('can')} ${field('range')} ${field('uncertainty')}
    <button class="primary" ?disabled=${directory.state.isBusy}>${say('find')}</button>
  </form>`
}

function fieldView(name: Field, { page, state }: Directory, say: Say): TemplateResult {
  const fault = state.faults[name]
  const { language } = page.state
  const described = fault === undefined ? `${name}-hint` : `${name}-hint ${name}-fault`
  return html`<p class="field">
    <label for="ask-${name}">${say(name)}</label>
    <input id="ask-${name}" name=${name} maxlength="200" autocomplete="off" spellcheck="false" aria-describedby=${described} aria-invalid=${fault === undefined ? 'false' : 'true'} />
    <span class="small" id="${name}-hint">${say(`${name}Hint`)}</span>
    ${fault === undefined ? nothing : html`<span class="fault-text" id="${name}-fault" role="alert">${visible(fault.text[language])} ${visible(fault.text.advice?.[language] ?? '')} <code>${fault.code}</code></span>`}
  </p>`
}

function errorView(error: unknown, language: 'zh' | 'en'): TemplateResult {
  const [text, advice, code] = isTonghengError(error)
    ? [error.text[language], error.text.advice?.[language] ?? '', error.code]
    : [String(error), '', '']
  return html`<div class="lacking" role="alert"><p>${visible(text)} ${visible(advice)} <code>${code}</code></p></div>`
}
