/** Shows a verdict at three levels: one word with colour and shape; the deciding check; all checks and the raw data. */
import { html, nothing, svg, type TemplateResult } from 'lit-html'
import type { Check } from '../../base/check.js'
import { visible } from '../../base/visible.js'
import { categoryName, provinceName } from '../../catalogue/index.js'
import type { LabelVerdict } from '../../label/index.js'
import { type AnyRecord, isCertificate, kindOf, kinds } from '../../records/index.js'
import { type Language, verdictWord } from '../../report/index.js'
import { decidingCheck, type Verdict } from '../../verify/index.js'
import { agoText, endText } from '../ages.js'
import type { Holding } from '../holding.js'
import type { Judged, Remark } from '../judge.js'
import { saveText } from '../save.js'
import { type TextKey, textIn } from '../texts.js'

/** Appearance of a verdict: each has its own colour and shape, so that neither alone expresses the meaning. */
export type Tone = 'good' | 'bad' | 'failed' | 'unsure'

export const toneOf = ({ outcome, acceptedAs }: Pick<Verdict, 'outcome' | 'acceptedAs'>): Tone =>
  outcome === 'recognised' ? 'good' : acceptedAs === 'failure' ? 'failed' : outcome === 'indeterminate' ? 'unsure' : 'bad'

const SHAPES: Readonly<Record<Tone, TemplateResult>> = {
  // Circle with a tick.
  good: svg`<circle cx="24" cy="24" r="21" class="fill"/><path d="M14 25l7 7 14-15" class="line"/>`,
  // Octagon with a cross.
  bad: svg`<path d="M15.5 3.5h17l12 12v17l-12 12h-17l-12-12v-17z" class="fill"/><path d="M16 16l16 16M32 16L16 32" class="line"/>`,
  // Triangle with a bar: a genuine failure; the instrument must not be used.
  failed: svg`<path d="M24 3L46 43H2z" class="fill"/><path d="M24 17v13M24 35.5v1" class="line"/>`,
  // Diamond with a question mark.
  unsure: svg`<path d="M24 2l22 22-22 22L2 24z" class="fill"/><path d="M18 19a6 6 0 1 1 8.5 5.4c-1.7.8-2.5 1.8-2.5 3.6M24 34.5v.5" class="line"/>`,
}

export const shapeOf = (tone: Tone): TemplateResult => html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true">${SHAPES[tone]}</svg>`

interface Viewing {
  readonly judged: Judged
  readonly holding: Holding
  readonly region: string
  /** Time of the verdict, if it is not now. */
  readonly moment?: number | undefined
  readonly language: Language
}

export function verdictView(viewing: Viewing): TemplateResult {
  const { judged, language } = viewing
  const { verdict } = judged
  const check = decidingCheck(verdict)
  const word = judged.label === undefined ? verdictWord(verdict, language) : judged.label.text[language]
  const tone = judged.label?.answer === 'failed' ? 'failed' : toneOf(verdict)
  return html`<article class="verdict ${tone}" aria-labelledby="word">
    <header class="band">
      ${shapeOf(tone)}
      <div>
        <p class="where">${provinceName(viewing.region)[language]}${judged.label === undefined ? nothing : ` · ${textIn(language, 'labelJudged')}`}</p>
        <h2 id="word" tabindex="-1">${word.charAt(0).toUpperCase()}${word.slice(1)}</h2>
        <p class="reason">${visible(check.message[language])}</p>
      </div>
    </header>
    ${judged.remarks.map((remark) => html`<p class="remark ${remark.isAlarm ? 'alarm' : ''}">${remarkText(remark, language)}</p>`)}
    ${viewing.moment === undefined ? nothing : html`<p class="remark alarm">${textIn(language, 'notNow', { at: momentText(verdict.at) })}</p>`}
    ${factsView(judged, language)} ${judged.lines?.(language)} ${relianceView(viewing)} ${whyView(check, verdict, language)} ${checksView(verdict, language)}
    ${rawView(judged, language)}
  </article>`
}

/** An instant to the minute; instants of verdicts are in Beijing time. */
const momentText = (instant: string): string => instant.slice(0, 16).replace('T', ' ')

export const remarkText = ({ key, params }: Remark, language: Language): string =>
  textIn(language, key, {
    ...params,
    ...(typeof params?.at === 'string' && { at: momentText(params.at) }),
    ...(typeof params?.region === 'string' && { region: provinceName(params.region)[language] }),
  })

/** The basis with `lang`, so that on the English page a screen reader reads Chinese titles in Chinese. */
const basisView = (basis: string): TemplateResult =>
  html`<span lang=${/[\u3400-\u9fff]/.test(basis) ? 'zh-Hans-CN' : nothing}>${visible(basis)}</span>`

const shown = (value: string | readonly string[] | TemplateResult): unknown =>
  typeof value === 'string' ? visible(value) : Array.isArray(value) ? value.map((one) => html`<p>${visible(one)}</p>`) : value

type Row = readonly [label: string, value: string | readonly string[] | TemplateResult | undefined]
const fields = (rows: readonly Row[], name: string): TemplateResult =>
  html`<dl class="${name}">
    ${rows.map(([label, value = '']) => (value === '' ? nothing : html`<div><dt>${label}</dt><dd>${shown(value)}</dd></div>`))}
  </dl>`

/** Names by which a certificate calls the constant of a taximeter. */
const CONSTANT = /(?:特征系数|常数|\bk\b)/i

/** Values to compare with the instrument by eye, in large print; then a description of the record. */
function factsView({ verdict, record, label }: Judged, language: Language): TemplateResult {
  if (label !== undefined) return labelFactsView(label.verdict, language)
  if (verdict.issuer === undefined) return html`<p class="remark">${textIn(language, 'notGenuine')}</p>`
  const say = (key: TextKey): string => textIn(language, key)
  const kind = kinds.get(verdict.kind ?? '')
  const instrument = record && kindOf(record).instrument(record)
  const traits = instrument?.characteristics ?? []
  const seals = sealsOf(record)
  const large: (readonly [string, string | readonly string[] | undefined])[] = [
    [say('plate'), instrument?.mobile?.plate],
    ...traits.filter(({ name }) => CONSTANT.test(name.zh)).map(({ name, value }) => [name[language] ?? name.zh, value] as const),
    [say('seals'), seals],
    [say('serial'), instrument?.serialNumber],
  ]
  const hasLarge = large.some(([, value]) => value !== undefined && value !== '')
  return html`${hasLarge ? html`<section class="compare"><h3>${say('compareByEye')}</h3>${fields(large, 'large')}</section>` : nothing}
  ${fields(
    [
      [say('instrument'), instrument && [instrument.name, instrument.model].filter(Boolean).join(' ')],
      [say('number'), verdict.number],
      [say('kind'), kind?.title[language]],
      [say(kind?.issuerLabel ?? 'issuer'), verdict.issuerName && `${verdict.issuerName[language]} (${verdict.issuer})`],
      ...daysOf(record, language),
      [say('asset'), instrument?.assetNumber],
    ],
    'facts',
  )}`
}

/** The members of a label, for comparison with the instrument that carries it. */
function labelFactsView({ label, issuerName, issuer }: LabelVerdict, language: Language): TemplateResult {
  if (label === undefined) return html`<p class="remark">${textIn(language, 'notGenuine')}</p>`
  const say = (key: TextKey): string => textIn(language, key)
  return html`<section class="compare"><h3>${say('compareByEye')}</h3>${fields(
    [
      [say('plate'), label.plate],
      [say('constant'), label.constant],
      [say('seals'), label.seals],
      [say('serial'), label.serial],
    ],
    'large',
  )}</section>
  ${fields(
    [
      [say('instrument'), categoryName(label.category)[language]],
      [say('number'), label.number],
      [say('issuer'), issuerName && `${issuerName[language]} (${issuer})`],
      [say('verifiedOn'), label.verifiedOn],
      [say('validUntil'), label.validUntil],
    ],
    'facts',
  )}`
}

const sealsOf = (record: AnyRecord | undefined): readonly string[] | undefined =>
  record !== undefined && isCertificate(record) && 'seals' in record ? record.seals?.map(({ number }) => number) : undefined

function daysOf(record: AnyRecord | undefined, language: Language): (readonly [string, string | undefined])[] {
  if (record === undefined) return []
  return kindOf(record).dates.map((member) => [member[language], member.date(record)] as const)
}

/** The documents that the verdict is based on, and their ages. */
function relianceView({ judged, holding, language }: Viewing): TemplateResult {
  const { verdict } = judged
  const at = Date.parse(verdict.at) / 1000
  const { trust, agreements, catalogues, status } = holding.opened
  const lines: string[] = []
  const nameOf = (id: string): string => {
    const named = trust.entity(id)?.entity.name
    return named?.[language] ?? named?.zh ?? id
  }
  const version = (n: number): string => textIn(language, 'version', { version: n })
  const signed = (iat: number): string => textIn(language, 'signedAgo', { age: agoText(at - iat, language) })
  for (const { id, version: n, statementId } of verdict.reliedOn.trustLists) {
    const list = trust.versions(id).find((one) => one.statementId === statementId)
    lines.push(
      [
        `${textIn(language, 'trustList')} ${nameOf(id)}`,
        version(n),
        ...(list ? [signed(list.payload.iat), endText(list.payload.exp, at, language)] : []),
      ].join(' · '),
    )
  }
  const { agreement, statusList } = verdict.reliedOn
  const opened = agreements.find(({ statementId }) => statementId === agreement?.statementId)
  if (agreement !== undefined)
    lines.push([textIn(language, 'agreement'), version(agreement.version), ...(opened ? [signed(opened.payload.iat)] : [])].join(' · '))
  for (const { id, version: n, statementId } of verdict.reliedOn.catalogues ?? []) {
    const payload = catalogues?.published.find((one) => one.statementId === statementId)?.payload
    const times = payload ? [signed(payload.iat), endText(payload.exp, at, language)] : []
    lines.push([`${textIn(language, 'catalogue')} ${nameOf(id)}`, version(n), ...times].join(' · '))
  }
  const list = status.lists.find(({ statementId }) => statementId === statusList?.statementId)
  if (list !== undefined) {
    const { iat, exp } = list.claims
    lines.push([textIn(language, 'statusList'), signed(iat), ...(exp === undefined ? [] : [endText(exp, at, language)])].join(' · '))
  }
  if (lines.length === 0) return html``
  return html`<section class="relied"><h3>${textIn(language, 'basedOn')}</h3><ul>${lines.map((line) => html`<li>${visible(line)}</li>`)}</ul></section>`
}

/** The second level: the deciding check with its clause, its pointer into the record, and the advice. */
function whyView(check: Check, verdict: Verdict, language: Language): TemplateResult {
  const say = (key: TextKey): string => textIn(language, key)
  return html`<details class="why" ?open=${verdict.outcome !== 'recognised'}>
    <summary>${say('why')}</summary>
    ${fields(
      [
        [say('basis'), basisView(check.basis)],
        [say('place'), check.path],
        [say('advice'), verdict.outcome === 'recognised' ? undefined : check.advice?.[language]],
        [say('effect'), verdict.effect?.[language]],
        [say('code'), check.code],
      ],
      'facts',
    )}
  </details>`
}

const GROUPS = ['shape', 'authenticity', 'conformance', 'recognition'] as const
const MARKS: Readonly<Record<string, string>> = { pass: '✓', fail: '✕', warn: '!', blocked: '?', skipped: '–' }

function checksView({ checks }: Verdict, language: Language): TemplateResult {
  const say = (key: TextKey): string => textIn(language, key)
  return html`<details class="checks">
    <summary>${textIn(language, 'allChecks', { count: checks.length })}</summary>
    ${GROUPS.map(
      (group) =>
        html`<h3>${say(group)}</h3><ul>${checks.filter((check) => check.group === group).map((check) => checkView(check, language))}</ul>`,
    )}
  </details>`
}

function checkView({ status, blockedBy, message, basis, code, path, advice }: Check, language: Language): TemplateResult {
  const as = status === 'skip' ? (blockedBy === undefined ? 'skipped' : 'blocked') : status
  const isTold = status === 'fail' || status === 'warn'
  return html`<li class="check ${as}">
    <span class="mark" aria-hidden="true">${MARKS[as]}</span>
    <div>
      <p><span class="as">${textIn(language, as)}</span> ${visible(message[language])}</p>
      ${isTold && advice !== undefined ? html`<p class="small">${textIn(language, 'of', { what: textIn(language, 'advice'), value: visible(advice[language]) })}</p>` : nothing}
      <p class="small">${basisView(basis)}${path === undefined ? nothing : html` · <code>${visible(path)}</code>`} · <code>${code}</code></p>
    </div>
  </li>`
}

function rawView({ verdict, name }: Judged, language: Language): TemplateResult {
  // Escape line by line: hidden characters become JSON escapes, which do not change the value.
  const text = JSON.stringify(verdict, null, 2).split('\n').map(visible).join('\n')
  return html`<details class="raw">
    <summary>${textIn(language, 'raw')}</summary>
    <button type="button" @click=${() => saveText(JSON.stringify(verdict), `${name || 'verdict'}.verdict.json`, 'application/json')}>
      ${textIn(language, 'save')}
    </button>
    <pre tabindex="0" aria-label=${textIn(language, 'raw')}>${text}</pre>
  </details>`
}
