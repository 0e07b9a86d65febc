/** Writes a verdict as text for a terminal: the outcome, the reason and its basis; then, if requested, every check. */

import type { Check, CheckStatus } from '../base/check.js'
import type { Text } from '../base/message.js'
import { aFunction, anObject, aText, checkArgument, checkMembers, checkOptions, type OptionTable, optional } from '../base/options.js'
import { padEnd } from '../base/text-width.js'
import { visible } from '../base/visible.js'
import { kinds } from '../records/index.js'
import { decidingCheck, type Outcome, type Verdict } from '../verify/index.js'

export type Language = 'zh' | 'en'

export interface TextOptions {
  /** @default zh */
  readonly language?: Language
  /** Whether to write every check, not only those that decided, failed or warn. @default false */
  readonly full?: boolean
  /** Marks a piece of text, for example with a colour for a terminal. @default no marks */
  readonly paint?: (text: string, as: CheckStatus | Outcome | 'dim' | 'bold') => string
}

const WORDS = {
  zh: {
    pass: '通过',
    fail: '未通过',
    warn: '提示',
    skip: '—',
    blocked: '未检查',
    at: '判定时间',
    issuer: '出具机构',
    publisher: '发布机关',
    authority: '出具机关',
    named: '{name}（{uscc}）',
    number: '编号',
    statement: '签名记录标识',
    effect: '效力',
    because: '依据',
    reliedOn: '所依据的文件',
    advice: '建议',
    where: '位置',
    shape: '格式',
    authenticity: '真实性',
    conformance: '符合性',
    recognition: '互认',
    list: '信任列表（可信机构名录）',
    agreement: '协议',
    version: '第 {n} 版',
    colon: '：',
    label: '标签核验',
    line: '批量证书的行号',
  },
  en: {
    pass: 'pass',
    fail: 'FAIL',
    warn: 'warn',
    skip: '—',
    blocked: 'not run',
    at: 'As of',
    issuer: 'Issuer',
    publisher: 'Publisher',
    authority: 'Issuer',
    named: '{name} ({uscc})',
    number: 'Number',
    statement: 'Statement',
    effect: 'Effect',
    because: 'Basis',
    reliedOn: 'Relied on',
    advice: 'Advice',
    where: 'At',
    shape: 'shape',
    authenticity: 'authenticity',
    conformance: 'conformance',
    recognition: 'recognition',
    list: 'trust list ',
    agreement: 'agreement',
    version: 'version {n}',
    colon: ': ',
    label: 'Label check',
    line: 'Line of the batch',
  },
} as const

/** Order of the checks: the form of the record, its issuer, its content, its recognition. */
const GROUPS = ['shape', 'authenticity', 'conformance', 'recognition'] as const

type OutcomeWords = Readonly<Record<'recognised' | 'not-recognised', Text>>
const outcomeWords = ({ zh, en }: Text): OutcomeWords => ({
  recognised: { zh: `予以${zh}`, en },
  'not-recognised': { zh: `不予${zh}`, en: `not ${en}` },
})

/** Words for results of measurement. Other kinds have their own: a specification is adopted, a finding accepted as evidence. */
const RESULT_WORDS = outcomeWords({ zh: '互认', en: 'recognised' })
const KIND_WORDS = new Map([...kinds.values()].map(({ kind, recognition }) => [kind as string, outcomeWords(recognition)]))
const INDETERMINATE: Text = { zh: '无法判定', en: 'indeterminate' }
const DOMESTIC: Text = { zh: '有效', en: 'valid' }
const ACCEPTED_FAILURE: Text = { zh: '采信（不合格）', en: 'accepted as a failure' }
const UNDECIDED_FAILURE: Text = { zh: '不合格（待核实）', en: 'failed, acceptance undecided' }

/** Returns the word for an outcome, of a record of any kind. */
export const outcomeWord = (outcome: Outcome, language: Language = 'zh'): string =>
  (outcome === 'indeterminate' ? INDETERMINATE : RESULT_WORDS[outcome])[language]

/** Returns the word for a verdict, which depends on the kind of record. A failed verification can be accepted as a failure. */
export function verdictWord(verdict: Verdict, language: Language = 'zh'): string {
  checkArgument('verdictWord', 'verdict', verdict, anObject)
  checkMembers('verdictWord', verdict, { outcome: aText }, 'verdict')
  return wordOf(verdict)[language]
}

function wordOf(verdict: Verdict): Text {
  if (verdict.outcome === 'indeterminate') return INDETERMINATE
  if (verdict.acceptedAs === 'failure') return ACCEPTED_FAILURE
  const { code } = decidingCheck(verdict)
  if (code === 'outcome.failed-verification') return UNDECIDED_FAILURE
  if (code === 'clause.domestic') return DOMESTIC
  return (KIND_WORDS.get(verdict.kind ?? '') ?? RESULT_WORDS)[verdict.outcome]
}

/** Returns the issuer with its name in the trust list and its USCC. */
function issuerText({ issuer, issuerName }: Verdict, language: Language): string | undefined {
  if (issuer === undefined || issuerName === undefined) return issuer
  return WORDS[language].named.replace('{name}', () => issuerName[language]).replace('{uscc}', issuer)
}

const OPTIONS: OptionTable = {
  language: { is: (value) => value === 'zh' || value === 'en', expected: { zh: 'zh 或 en', en: 'zh or en' }, isOptional: true },
  full: { is: (value) => typeof value === 'boolean', expected: { zh: 'true 或 false', en: 'true or false' }, isOptional: true },
  paint: optional(aFunction),
}

/**
 * Writes a verdict as text for people: the outcome, the check that decided it, its basis and advice; with `full`, every check. The lines
 * end without a line break.
 * @throws `verify.options`
 * @example
 * ```ts
 * import { verify, writeVerdictText } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const statement = await world.sign('CD', fixtures.F01.record)
 * const verdict = await verify(statement, {
 *   at: '2025-06-16T09:00:00+08:00',
 *   trust: world.trust,
 *   agreements: [world.agreement],
 *   policy: { region: '50' },
 * })
 * writeVerdictText(verdict, { language: 'zh' }).startsWith('予以互认：') // => true
 * ```
 */
export function writeVerdictText(verdict: Verdict, options: TextOptions = {}): string {
  checkOptions('writeVerdictText', options, OPTIONS)
  const { language = 'zh', full = false, paint = (text) => text } = options
  const words = WORDS[language]
  const decided = decidingCheck(verdict)
  const word = verdictWord(verdict, language)
  const lines = [
    ...(verdict.scope === 'label' ? [paint(words.label, 'bold')] : []),
    `${paint(word.charAt(0).toUpperCase() + word.slice(1), verdict.outcome)}${words.colon}${visible(decided.message[language])}`,
  ]
  const field = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') lines.push(`  ${paint(`${name}${words.colon}`, 'dim')}${visible(value)}`)
  }
  field(words.because, decided.basis)
  field(words.where, decided.path)
  if (verdict.outcome !== 'recognised') field(words.advice, decided.advice?.[language])
  field(words.effect, verdict.effect?.[language])
  field(words.number, verdict.number)
  field(words.line, verdict.line?.toString())
  field(words[kinds.get(verdict.kind ?? '')?.issuerLabel ?? 'issuer'], issuerText(verdict, language))
  field(words.at, verdict.at)
  field(words.statement, verdict.statementId)
  const { trustLists, agreement } = verdict.reliedOn
  const version = (n: number): string => words.version.replace('{n}', String(n))
  const documents = [
    ...trustLists.map((list) => `${words.list}${list.id} ${version(list.version)}`),
    ...(agreement ? [`${words.agreement} ${agreement.id} ${version(agreement.version)}`] : []),
  ]
  field(words.reliedOn, documents.join(language === 'zh' ? '；' : '; '))
  const shown = full
    ? GROUPS.flatMap((name) => verdict.checks.filter((check) => check.group === name))
    : verdict.checks.filter(({ status }) => status === 'warn' || status === 'fail').filter((check) => check !== decided)
  let group: Check['group'] | undefined
  for (const check of shown) {
    if (full && check.group !== group) {
      group = check.group
      lines.push('', paint(words[group], 'bold'))
    }
    lines.push(checkLine(check, language, paint))
    if (full && (check.status === 'fail' || check.status === 'warn')) {
      if (check.path !== undefined) lines.push(`         ${paint(`${words.where}${words.colon}${visible(check.path)}`, 'dim')}`)
      if (check.advice !== undefined)
        lines.push(`         ${paint(`${words.advice}${words.colon}${visible(check.advice[language])}`, 'dim')}`)
    }
  }
  return lines.join('\n')
}

function checkLine(check: Check, language: Language, paint: NonNullable<TextOptions['paint']>): string {
  const words = WORDS[language]
  const word = check.status === 'skip' && check.blockedBy !== undefined ? words.blocked : words[check.status]
  const basis = paint(`[${check.code}] ${visible(check.basis)}`, 'dim')
  return `  ${paint(padEnd(word, 8), check.status)} ${visible(check.message[language])}  ${basis}`
}
