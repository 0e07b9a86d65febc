/** National editions with title, publication, dates and sources. The rules need only `editions.ts`. */
import type { CivilDate } from '../base/date.js'
import { FixedMap } from '../base/fixed-map.js'
import type { Text } from '../base/message.js'
import { checkArgument, nameOf } from '../base/options.js'
import { JJF } from './editions/jjf.js'
import { JJG } from './editions/jjg.js'
import { type EditionDates, editionDates } from './editions.js'
import { KNOWLEDGE } from './knowledge.js'
import type { Grade, Provenance } from './provenance.js'

/** What to know of the data about an edition. */
export type EditionRemark = keyof typeof REMARKS

export interface SpecificationEdition extends Omit<EditionDates, 'confidence' | 'doubtful' | 'isEnded'> {
  /** Absent if no source states it. */
  readonly title?: string
  readonly publishedOn?: CivilDate
  readonly isEnded?: boolean
  readonly doubtful?: EditionDates['doubtful']
  readonly grade: Grade
  readonly remarks: readonly EditionRemark[]
  readonly provenance: Provenance
}

const REMARKS = {
  t: { zh: '名称由英文译出', en: 'title translated from English' },
  k: { zh: '仅见于代替它的版本', en: 'known only from the edition that replaces it' },
  c: { zh: '仅见于其他文件的引用', en: 'known from citations' },
  d: { zh: '日期存疑，须核对原文', en: 'a date is in doubt: see the document' },
  p: { zh: '部分代替', en: 'replaced, or replacing, in part' },
  o: { zh: '来源注明已废止，日期不详', en: 'its source marks it as obsolete, without a day' },
  e: { zh: '日期由前一版或旧表转来', en: 'dates taken from the predecessor or an older list' },
  s: { zh: '检定系统表', en: 'a national verification scheme' },
  h: { zh: '仅见于历次版本列表', en: 'known from a list of editions' },
} as const satisfies Readonly<Record<string, Text>>
const REMARK = nameOf(new Map(Object.entries(REMARKS)), { zh: '备注的代号', en: 'the letter of a remark' })

/** What a remark on an edition says, in both languages. */
export function remarkText(remark: EditionRemark): Text {
  checkArgument('remarkText', 'remark', remark, REMARK)
  return REMARKS[remark]
}

/** Sources that many editions share. */
const SOURCES: readonly (readonly [short: string, long: string])[] = [
  ['X:', 'github.com/xh3140/metrology '],
  ['F:', 'github.com/flimmy78/SHIYANSHI '],
  ['C:', 'https://www.chinesestandard.net/PDF/English.aspx/'],
  ['A:', 'https://www.chinesestandard.net/PDF/English.amp.aspx/'],
  ['N:', 'https://www.chinesestandard.net/'],
]

const sourceOf = (written: string): string =>
  written
    .split(' ; ')
    .map((one) => {
      if (one === 'own') return KNOWLEDGE.unverified
      const found = SOURCES.find(([short]) => one.startsWith(short))
      return found === undefined ? one : found[1] + one.slice(found[0].length)
    })
    .join('; ')

function* details(): Generator<[string, SpecificationEdition]> {
  for (const [family, table] of [['JJF', JJF] as const, ['JJG', JJG] as const])
    for (const line of table.trim().split('\n')) {
      const [edition, title, published = '', grading = '', source = ''] = line.split('|')
      const key = `${family}${edition}`
      const { confidence: _, ...dates } = editionDates.get(key) as EditionDates
      const [grade, ...remarks] = grading
      yield [
        key,
        {
          ...dates,
          ...(title && { title }),
          ...(published !== '' && { publishedOn: published.replace(/(....)(..)(..)/, '$1-$2-$3') as CivilDate }),
          grade: grade as Grade,
          remarks: remarks as EditionRemark[],
          provenance: { source: sourceOf(source), grade: grade as Grade },
        },
      ]
    }
}

/** National editions by comparison key, with their titles and sources. */
export const specificationEditions: ReadonlyMap<string, SpecificationEdition> = new FixedMap(details())
