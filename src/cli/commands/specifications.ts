import { foldWidth } from '../../base/fold.js'
import { padEnd } from '../../base/text-width.js'
import { remarkText, type SpecificationEdition, specificationEditions } from '../../catalogue/index.js'
import { fault as catalogueFault } from '../catalogue-messages.js'
import { type Command, FORMAT } from '../command.js'
import { FIND } from './categories.js'

type Language = 'zh' | 'en'

export const specifications: Command = {
  name: 'specifications',
  usage: 'specifications [--find TEXT]',
  summary: {
    zh: '国家计量技术规范的版本：实施、废止日期，代替关系，来源与可信度',
    en: 'Editions of national specifications: dates, successors, sources and how reliable they are',
  },
  options: { find: FIND, format: FORMAT },
  notes: {
    zh: '按编号或名称查找。可信度：a 原文、封面或官方页面，b 多个来源一致，c 来源较弱或仅凭专业常识。a、b 可作否定判断，c 仅提示；日期后的“?”表示存疑。',
    en: 'Searches number and title. Grade: a the document, its cover or an official page; b sources that agree; c a weak source or professional knowledge. Only a and b may fail a record; a “?” after a date marks a doubt.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const text = [args.text('find') ?? '', ...args.files].join(' ').trim()
    const found = findEditions(text)
    if (found.length === 0) throw catalogueFault('cli.specification-unknown', { name: text })
    terminal.printLines(
      args.choice('format', ['text', 'json']) === 'json'
        ? JSON.stringify(found)
        : found.map((one) => editionLines(one, language)).join('\n'),
    )
    return 0
  },
}

const searched = (text: string): string =>
  foldWidth(text)
    .toLowerCase()
    .replace(/[\s\u2010-\u2015]/g, '')
    .replaceAll('-', '')

/** Editions whose number or title contains the text; all for an empty text. */
export function findEditions(text: string): readonly SpecificationEdition[] {
  const wanted = searched(text)
  return [...specificationEditions.values()].filter(({ number, title = '' }) =>
    [number, title].some((one) => searched(one).includes(wanted)),
  )
}

/** Describes an edition in two lines. */
export function editionLines(
  { number, title, effectiveOn, abolishedOn, isEnded, doubtful = [], replacedBy, grade, remarks, provenance }: SpecificationEdition,
  language: Language,
): string {
  const zh = language === 'zh'
  const day = (member: 'effectiveOn' | 'abolishedOn', on: string): string => `${on}${doubtful.includes(member) ? '?' : ''}`
  const facts = [
    effectiveOn && `${zh ? '实施' : 'in force'} ${day('effectiveOn', effectiveOn)}`,
    abolishedOn && `${zh ? '废止' : 'abolished'} ${day('abolishedOn', abolishedOn)}`,
    isEnded && (zh ? '已（部分）废止，日期不详' : 'ended, at least in part, on an unknown day'),
    replacedBy && `${zh ? '代替版本' : 'replaced by'} ${replacedBy.join(', ')}`,
    ...remarks.map((remark) => remarkText(remark)[language]),
  ].filter((one) => one !== undefined && one !== false)
  return `${padEnd(number, 18)} [${grade}] ${title ?? '—'}${facts.length === 0 ? '' : `  ${facts.join(zh ? '；' : '; ')}`}\n    ${provenance.source}`
}
