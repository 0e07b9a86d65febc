/** Lists the instruments of a batch certificate, each with its own verdict. Loaded with the first batch; judges only the instruments shown. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { visible } from '../../base/visible.js'
import { headOfLine, type RecordOf, recordOfLine } from '../../records/index.js'
import { type Language, verdictWord } from '../../report/index.js'
import { decidingCheck, type Verdict } from '../../verify/index.js'
import type { Page } from '../actions.js'
import type { Judged } from '../judge.js'
import { toneOf } from '../views/verdict.js'
import { linesText } from './texts.js'

/** Number of instruments judged and drawn at once. */
const SHOWN = 25
/** Maximum length of a search text. */
const MAX_SOUGHT = 200

type Batch = RecordOf<'verification-record'>

interface Lines {
  readonly show: (judged: Judged) => void
  readonly judged: Judged
  readonly record: Batch
  readonly ofLine: (line: number) => Verdict
}

interface LinesOptions {
  /** Shows the verdict on one line, or on the whole certificate. @default as the result of the page */
  readonly show?: (judged: Judged) => void
  /** Initial search text; the list is then open. */
  readonly sought?: string
}

/** Creates the view of the lines of a batch; undefined if the record is not a batch. */
export function createLinesView(
  page: Page,
  judged: Judged,
  { show = (one) => page.set({ shown: { kind: 'one', judged: one } }), sought = '' }: LinesOptions = {},
): ((language: Language) => TemplateResult) | undefined {
  const { record, ofLine, verdict } = judged
  if (verdict.line !== undefined && record?.kind === 'verification-record')
    return ofOneLine(verdict.line, (record as Batch).instrument.serialNumber)
  if (record?.kind !== 'verification-record' || record.instruments === undefined || ofLine === undefined) return undefined
  const lines: Lines = { show, judged, record: record as Batch, ofLine }
  const verdicts = new Map<number, Verdict>()
  const verdictOf = (line: number): Verdict => {
    const known = verdicts.get(line) ?? ofLine(line)
    verdicts.set(line, known)
    return known
  }
  const shown = { isOpen: sought !== '', from: 0, sought }
  const change = (changed: Partial<typeof shown>): void => {
    Object.assign(shown, changed)
    page.set({})
  }
  return (language) => {
    const say = (key: Parameters<typeof linesText>[1], params = {}): string => linesText(language, key, params)
    const found = linesWith(lines.record, shown.sought)
    const part = found.slice(shown.from, shown.from + SHOWN)
    const of = { from: shown.from + 1, to: shown.from + part.length, count: found.length }
    return html`<details class="lines" ?open=${shown.isOpen} @toggle=${({ target }: Event) => {
      const { open } = target as HTMLDetailsElement
      if (open !== shown.isOpen) change({ isOpen: open })
    }}>
      <summary>${say('title', { count: lines.record.instruments?.length ?? 0 })}</summary>
      ${
        shown.isOpen
          ? html`<p class="row"><label>${say('find')} <input type="search" maxlength=${MAX_SOUGHT} .value=${shown.sought} @input=${({ target }: Event) => change({ sought: (target as HTMLInputElement).value.slice(0, MAX_SOUGHT), from: 0 })} /></label></p>
            <p class="small" role="status">${found.length === 0 ? say('none') : say('shown', of)}</p>
            <ul class="standings">${part.map((line) => lineView(lines, line, verdictOf(line), language))}</ul>
            ${
              found.length <= SHOWN
                ? nothing
                : html`<p class="row">
                    <button ?disabled=${shown.from === 0} @click=${() => change({ from: Math.max(0, shown.from - SHOWN) })}>${say('earlier')}</button>
                    <button ?disabled=${of.to >= found.length} @click=${() => change({ from: shown.from + SHOWN })}>${say('later')}</button>
                  </p>`
            }`
          : nothing
      }
    </details>`
  }
}

/** Lines, from 1, with a number that contains the text; all lines for an empty text. */
function linesWith({ instruments = [] }: Batch, sought: string): number[] {
  const text = sought.trim().toLowerCase()
  return instruments.flatMap(({ serialNumber, assetNumber = '' }, at) =>
    text === '' || serialNumber.toLowerCase().includes(text) || assetNumber.toLowerCase().includes(text) ? [at + 1] : [],
  )
}

function lineView(lines: Lines, line: number, verdict: Verdict, language: Language): TemplateResult {
  const say = (key: Parameters<typeof linesText>[1], params = {}): string => linesText(language, key, params)
  const { instrument, outcome } = headOfLine(lines.record, line) as Batch
  const tone = toneOf(verdict)
  const serial = visible(instrument.serialNumber ?? '')
  return html`<li class=${tone}>
    <b>${serial}</b> · ${say('numbered', { line })}${instrument.assetNumber === undefined ? nothing : html` · ${say('asset')} ${visible(instrument.assetNumber)}`}
    <span class="small">${say('conclusion')} ${say(outcome)} · ${say('verdict')} <b>${verdictWord(verdict, language)}</b></span>
    ${verdict.outcome === 'recognised' ? nothing : html`<span class="small">${visible(decidingCheck(verdict).message[language])}</span>`}
    <button class="quiet" aria-label=${`${say('open')} ${serial}`} @click=${() => openLine(lines, line, verdict)}>${say('open')}</button>
  </li>`
}

/** Shows the verdict on one line with all its checks, and a link back. */
function openLine({ show, judged, record }: Lines, line: number, verdict: Verdict): void {
  const own = recordOfLine(record, line) as Batch
  const { ofLine: _, ...rest } = judged
  const lines = ofOneLine(line, own.instrument.serialNumber, () => show(judged))
  show({ ...rest, verdict, record: own, lines })
}

/** Notes that the verdict is about one instrument, with a link back to the certificate if there is one. */
const ofOneLine =
  (line: number, serialNumber = '', back?: () => void) =>
  (language: Language): TemplateResult =>
    html`<p class="remark">${linesText(language, 'one', { line, serial: visible(serialNumber) })} ${
      back && html`<button class="quiet" @click=${back}>${linesText(language, 'whole')}</button>`
    }</p>`
