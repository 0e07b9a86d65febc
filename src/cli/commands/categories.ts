import { padEnd } from '../../base/text-width.js'
import { aliasesOf, calibratedBy, findCategories, type InstrumentCategory, instrumentCategories } from '../../catalogue/index.js'
import { type Command, FORMAT, nearest } from '../command.js'
import { fault } from '../messages.js'

export const FIND = {
  type: 'string',
  value: 'TEXT',
  help: { zh: '只列出编号、名称、俗称等含有此文字的', en: 'only those with this text in number, name or alias' },
} as const

export const categories: Command = {
  name: 'categories',
  usage: 'categories [--find TEXT]',
  summary: { zh: '计量器具类别：查记录中 category 的写法', en: 'Instrument categories: how `category` of a record is written' },
  options: { find: FIND, format: FORMAT },
  notes: {
    zh: '按代号、中英文名称、俗称或检定规程编号查找（如 categories --find 计价器、categories JJG517）；不给 TEXT 时列出全部。P 型式批准，V 强制检定，均未核对官方目录；可信度 c 的仅供参考。详见 tongheng explain 名称。',
    en: 'Searches slug, Chinese and English name, alias and regulation number (categories --find taximeter, categories JJG517); without TEXT it lists all. P type approval, V mandatory verification, neither checked against the official catalogue; [c] is for reference only. See tongheng explain NAME.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const text = [args.text('find') ?? '', ...args.files].join(' ').trim()
    const found = findCategories(text)
    if (found.length === 0) throw fault('cli.category-unknown', { name: text, near: nearest(text, [...instrumentCategories.keys()]) })
    terminal.printLines(asJson ? JSON.stringify(found.map(dataOf)) : found.map((category) => categoryLine(category, language)).join('\n'))
    return 0
  },
}

const dataOf = ({ slug, name, regulations, control, mobility, interval, partOf, provenance }: InstrumentCategory) => ({
  slug,
  name,
  aliases: aliasesOf(slug),
  regulations: [...regulations, ...calibratedBy(slug)],
  control,
  mobility,
  ...(interval !== undefined && { interval: { period: interval.period, grade: interval.provenance.grade } }),
  ...(partOf !== undefined && { partOf }),
  grade: provenance.grade,
  source: provenance.source,
})

export function categoryLine(
  { slug, name, control, regulations, interval, provenance }: InstrumentCategory,
  language: 'zh' | 'en',
): string {
  const facts = [
    control === 'unknown' || control === 'none' ? '' : control,
    interval?.period ?? '',
    `[${provenance.grade}]`,
    ...regulations,
    ...calibratedBy(slug),
  ]
  return `${padEnd(slug, 30)} ${name[language]}  ${facts.filter((fact) => fact !== '').join(' ')}`
}
