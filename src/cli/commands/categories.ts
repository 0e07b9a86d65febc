import { findCategories, type InstrumentCategory, instrumentCategories } from '../../catalogue/index.js'
import { padEnd } from '../../report/index.js'
import { type Command, FORMAT, nearest } from '../command.js'
import { fault } from '../messages.js'

export const categories: Command = {
  name: 'categories',
  usage: 'categories [TEXT]',
  summary: { zh: '计量器具类别：查记录中 category 的写法', en: 'Instrument categories: how `category` of a record is written' },
  options: { format: FORMAT },
  notes: {
    zh: '按代号、中英文名称、俗称或检定规程编号查找（如 categories 计价器、categories JJG517）；不给 TEXT 时列出全部。',
    en: 'Searches slug, Chinese and English name, alias and regulation number (categories taximeter, categories JJG517); without TEXT it lists all.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const text = args.files.join(' ')
    const found = findCategories(text)
    if (found.length === 0) throw fault('cli.category-unknown', { name: text, near: nearest(text, [...instrumentCategories.keys()]) })
    terminal.printLines(asJson ? JSON.stringify(found.map(dataOf)) : found.map((category) => lineOf(category, language)).join('\n'))
    return 0
  },
}

const dataOf = ({ slug, name, regulations, control }: InstrumentCategory) => ({ slug, name, regulations, control })

const lineOf = ({ slug, name, regulations }: InstrumentCategory, language: 'zh' | 'en'): string =>
  `${padEnd(slug, 30)} ${name[language]}${regulations.length === 0 ? '' : `  ${regulations.join(' ')}`}`
