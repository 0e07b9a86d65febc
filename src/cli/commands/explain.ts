import { type Code, type Message, rowText, type Text } from '../../base/message.js'
import { padEnd } from '../../base/text-width.js'
import { visible } from '../../base/visible.js'
import { checkRecord, type Rule, rules } from '../../conformance/index.js'
import { codes } from '../../errors.js'
import type { Catalogues } from '../../recognition/index.js'
import { type Kind, kinds } from '../../records/index.js'
import { CATALOGUE, cataloguesOf } from '../catalogues.js'
import { type Command, FORMAT, nearest } from '../command.js'
import { fault } from '../messages.js'
import { type CatalogueAnswer, catalogueAnswer, catalogueText } from './explain-catalogue.js'
import { type PublishedAnswer, publishedAnswers, publishedText } from './explain-published.js'
import { explainUnits } from './explain-unit.js'

type Language = 'zh' | 'en'

const WEIGHTS: Readonly<Record<string, Text>> = {
  fail: { zh: '不合格', en: 'fails' },
  warn: { zh: '提示', en: 'warns' },
  'fail-or-warn': { zh: '不合格；所据事实未经核实时提示', en: 'fails; warns where the fact behind it is not verified' },
}

const WORDS = {
  zh: {
    rule: '规则',
    basis: '依据',
    since: '自版本',
    kinds: '适用',
    weight: '轻重',
    advice: '建议',
    example: '示例',
    colon: '：',
  },
  en: {
    rule: 'Rule',
    basis: 'Basis',
    since: 'Since',
    kinds: 'For',
    weight: 'Weight',
    advice: 'Advice',
    example: 'Example',
    colon: ': ',
  },
} as const

export const explain: Command = {
  name: 'explain',
  usage: 'explain [CODE|RULE|NAME … | unit [UNIT …]]',
  summary: {
    zh: '解释检查代码、规则，或器具类别、规程版本、区划、单位',
    en: 'Explain a code or a rule, or a category, an edition, a division, a unit',
  },
  options: {
    catalogue: CATALOGUE,
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件，核对 --catalogue 的签名', en: 'trust file by which --catalogue is verified' },
    },
    format: FORMAT,
  },
  notes: {
    zh: '不给代码时列出全部规则。器具按名称、俗称、规程、检定周期（P6M）或常用单位（MPa）查找，如 explain 压力表、explain "JJG 52"、explain 锦江区。示例当场检查得出。explain unit 说明单位如何书写（如 explain unit Nm3/h），不给单位时列出不易想到的写法。',
    en: 'Without a code it lists every rule. Instruments are found by name, alias, regulation, interval (P6M) or usual unit (MPa): explain taximeter, explain "JJG 52", explain 510104. Examples are checked on the spot. `explain unit` says how a unit is written (explain unit Nm3/h); without one it lists what no one guesses.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    if (args.files.length === 0) {
      terminal.printLines(asJson ? JSON.stringify(rules.map(ruleData)) : overview(language))
      return 0
    }
    const [first, ...rest] = asJson ? args.files : args.files.map(visible)
    if (first === 'unit') {
      terminal.printLines(explainUnits(rest, language, asJson))
      return 0
    }
    const opened = await cataloguesOf(args, terminal)
    const answers: Answer[] = []
    for (const name of first === undefined ? [] : [first, ...rest]) answers.push(...(await answersTo(name, opened)))
    terminal.printLines(asJson ? JSON.stringify(answers) : answers.map((answer) => answerText(answer, language)).join('\n\n'))
    return 0
  },
}

/** A rule as data for JSON. */
const ruleData = (rule: Rule) => ({
  rule: rule.id,
  title: rowText(rule.id),
  basis: rule.basis,
  since: rule.since,
  kinds: Object.keys(rule.needs) as Kind[],
  codes: rule.codes,
})

interface CodeAnswer {
  readonly code: Code
  readonly message: Text
  readonly advice?: Text
  readonly weight?: string
  readonly rule?: ReturnType<typeof ruleData>
  readonly example?: Example
}

interface Example {
  readonly fixture: string
  readonly title: Text
  readonly changes: readonly { readonly pointer: string; readonly to?: unknown }[]
  readonly pointer?: string
  readonly message: Text
}

type Answer =
  | CodeAnswer
  | ReturnType<typeof ruleData>
  | { readonly name: string; readonly catalogue: CatalogueAnswer }
  | { readonly name: string; readonly published: PublishedAnswer }

/** Answers from the catalogues of authorities, then from this package. @throws `cli.code-unknown` */
async function answersTo(name: string, opened: Catalogues | undefined): Promise<Answer[]> {
  const published = opened === undefined ? [] : publishedAnswers(name, opened).map((one) => ({ name, published: one }))
  if (published.length > 0 && catalogueAnswer(name) === undefined) return published
  return [...published, await answerTo(name)]
}

/** @throws `cli.code-unknown` */
async function answerTo(name: string): Promise<Answer> {
  const rule = rules.find(({ id }) => id === name)
  if (rule !== undefined) return ruleData(rule)
  if (!Object.hasOwn(codes, name)) {
    const catalogue = catalogueAnswer(name)
    if (catalogue !== undefined) return { name, catalogue }
    const near = nearest(name, [...Object.keys(codes), ...rules.map(({ id }) => id)])
    throw fault('cli.code-unknown', { name, near })
  }
  const code = name as Code
  const { zh, en, advice }: Message = codes[code]
  const owner = rules.find((one) => one.codes[code] !== undefined)
  const example = await exampleOf(code)
  return {
    code,
    message: { zh, en },
    ...(advice !== undefined && { advice }),
    ...(owner !== undefined && { weight: owner.codes[code] as string, rule: ruleData(owner) }),
    ...(example !== undefined && { example }),
  }
}

/** Applies the fault of the test suite to its fixture, and checks the result. */
async function exampleOf(code: Code): Promise<Example | undefined> {
  // Loaded with the first example, so that other commands need less memory.
  const { faults, faultyRecord, fixtures } = await import('../../testing/index.js')
  const fault = faults.find((one) => one.code === code)
  const check = fault && checkRecord(faultyRecord(fault)).checks.find((one) => one.code === code)
  if (fault === undefined || check === undefined) return undefined
  return {
    fixture: fault.fixture,
    title: fixtures[fault.fixture].title,
    changes: fault.changes.map(([pointer, to]) => ({ pointer, ...(to !== undefined && { to }) })),
    ...(check.path !== undefined && { pointer: check.path }),
    message: check.message,
  }
}

function answerText(answer: Answer, language: Language): string {
  const words = WORDS[language]
  const field = (name: string, value: string): string => `  ${name}${words.colon}${value}`
  if ('published' in answer) return publishedText(answer.published, language)
  if ('catalogue' in answer) return catalogueText(answer.catalogue, language)
  if (!('message' in answer)) return ruleText(answer, language)
  const { code, message, advice, weight, rule, example } = answer
  return [
    code,
    `  ${message[language]}`,
    ...(advice === undefined ? [] : [field(words.advice, advice[language])]),
    ...(weight === undefined ? [] : [field(words.weight, (WEIGHTS[weight] as Text)[language])]),
    ...(rule === undefined ? [] : [field(words.rule, `${rule.rule} ${rule.title[language]}`), ...ruleFields(rule, language)]),
    ...(example === undefined ? [] : [field(words.example, ''), ...exampleLines(example, language)]),
  ].join('\n')
}

function exampleLines({ fixture, title, changes, pointer, message }: Example, language: Language): string[] {
  const made = changes.map((change) => {
    const value = 'to' in change ? JSON.stringify(change.to) : language === 'zh' ? '（删去）' : '(removed)'
    return `      ${change.pointer} → ${value.length > 100 ? `${value.slice(0, 100)}…` : value}`
  })
  return [
    `    ${fixture} ${title[language]}`,
    ...made,
    `    ${language === 'zh' ? '检查结果' : 'gives'}${WORDS[language].colon}${pointer ?? ''} ${message[language]}`,
  ]
}

const ruleFields = ({ basis, since, kinds: concerned }: ReturnType<typeof ruleData>, language: Language): string[] => {
  const words = WORDS[language]
  const names = concerned.map((kind) => `${kinds.get(kind)?.title[language] ?? ''} (${kind})`)
  return [
    `  ${words.basis}${words.colon}${basis}`,
    `  ${words.kinds}${words.colon}${names.join(language === 'zh' ? '、' : ', ')}`,
    `  ${words.since}${words.colon}${since}`,
  ]
}

function ruleText(rule: ReturnType<typeof ruleData>, language: Language): string {
  const rows = Object.entries(rule.codes).map(([code, weight]) => `  ${padEnd(code, 40)} ${(WEIGHTS[weight as string] as Text)[language]}`)
  return [`${rule.rule}  ${rule.title[language]}`, ...ruleFields(rule, language), '', ...rows].join('\n')
}

const overview = (language: Language): string =>
  rules
    .map((rule) => [`${rule.id}  ${rowText(rule.id)[language]}`, ...Object.keys(rule.codes).map((code) => `  ${code}`)].join('\n'))
    .join('\n')
