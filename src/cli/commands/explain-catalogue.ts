/** `explain` for entries of the catalogue: an edition, a division, an interval, a unit, or a category by any of its names. */
import { periodText } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import {
  aliasesOf,
  calibratedBy,
  describeInterval,
  divisionName,
  findCategories,
  type InstrumentCategory,
  instrumentCategories,
  intervalApplies,
  intervalSource,
  type MandatoryRow,
  mandatoryRowsOf,
  parseSpecificationNumber,
  regions,
  type SpecificationEdition,
  specificationEditions,
  unitOf,
  unitsOf,
  type VerificationInterval,
  type VerificationManner,
  verificationIntervals,
} from '../../catalogue/index.js'
import { categoryLine } from './categories.js'
import { explainUnits } from './explain-unit.js'
import { editionLines } from './specifications.js'

type Language = 'zh' | 'en'

/** The answer for a name; undefined if the catalogue does not have it. */
export interface CatalogueAnswer {
  readonly divisions?: readonly { readonly code: string; readonly name: Text }[]
  readonly editions?: readonly SpecificationEdition[]
  readonly unit?: string
  readonly categories?: readonly CategoryAnswer[]
}

interface CategoryAnswer {
  readonly category: InstrumentCategory
  readonly aliases: readonly string[]
  readonly units: readonly string[]
  readonly regulations: readonly {
    readonly series: string
    readonly editions: readonly SpecificationEdition[]
    readonly intervals: readonly VerificationInterval[]
  }[]
  readonly mandatory: readonly MandatoryRow[]
}

/** Maximum number of categories shown in full; more are one line each. */
const IN_FULL = 3

export function catalogueAnswer(name: string): CatalogueAnswer | undefined {
  const text = name.trim()
  if (text === '') return undefined
  const divisions = divisionsOf(text)
  if (divisions.length > 0) return { divisions }
  const editions = editionsOf(text)
  const categories = categoriesOf(text).map(inFull)
  const unit = unitOf(text) === undefined ? undefined : text
  if (editions.length === 0 && categories.length === 0 && unit === undefined) return undefined
  return { ...(editions.length > 0 && { editions }), ...(unit !== undefined && { unit }), ...(categories.length > 0 && { categories }) }
}

function divisionsOf(text: string): { readonly code: string; readonly name: Text }[] {
  const bare = (name: string): string => name.replace(/[市区县州]$/, '')
  return [...regions.values()]
    .filter(({ code, name }) => {
      const isCalled = code === text || divisionName(code).zh === text || name.en.toLowerCase() === text.toLowerCase()
      // 锦江 matches 锦江区, and 渝北区 matches 渝北; a name of one character is not shortened.
      return isCalled || (text.length > 1 && bare(name.zh) === bare(text))
    })
    .map(({ code }) => ({ code, name: divisionName(code) }))
}

function editionsOf(text: string): readonly SpecificationEdition[] {
  const one = parseSpecificationNumber(text)
  if (one !== undefined) return [specificationEditions.get(one.key)].filter((edition) => edition !== undefined)
  const series = parseSpecificationNumber(`${text}-2000`)?.seriesKey
  return series === undefined ? [] : ofSeries(series)
}

const ofSeries = (series: string): readonly SpecificationEdition[] =>
  [...specificationEditions.values()].filter(({ number }) => parseSpecificationNumber(number)?.seriesKey === series)

function categoriesOf(text: string): readonly InstrumentCategory[] {
  const all = [...instrumentCategories.values()]
  if (/^P\d+[YMD]$/i.test(text)) return all.filter((category) => intervalsIn(category).some(({ period }) => period === text.toUpperCase()))
  if (unitOf(text) !== undefined) return all.filter(({ slug }) => unitsOf(slug).includes(text))
  const series = parseSpecificationNumber(text)?.seriesKey
  return findCategories(series ?? text).filter(
    ({ slug, regulations }) => series === undefined || [...regulations, ...calibratedBy(slug)].includes(series),
  )
}

const intervalsIn = ({ regulations, interval }: InstrumentCategory): readonly VerificationInterval[] => {
  const ofRegulations = regulations.flatMap((series) => verificationIntervals.get(series) ?? [])
  return ofRegulations.length > 0 || interval === undefined ? ofRegulations : [{ manner: 'periodic', ...interval }]
}

const inFull = (category: InstrumentCategory): CategoryAnswer => ({
  category,
  aliases: aliasesOf(category.slug),
  units: unitsOf(category.slug),
  regulations: [...category.regulations, ...calibratedBy(category.slug)].map((series) => ({
    series,
    editions: ofSeries(series),
    intervals: verificationIntervals.get(series) ?? [],
  })),
  mandatory: mandatoryRowsOf(category.slug),
})

const MANNERS: Readonly<Record<VerificationManner, Text>> = {
  periodic: { zh: '周期检定', en: 'periodic verification' },
  'initial-only': { zh: '只作首次强制检定，失准报废', en: 'initial verification only, scrapped when inaccurate' },
  'initial-then-replacement': {
    zh: '只作首次强制检定，限期使用，到期轮换',
    en: 'initial verification only, replaced at the end of a term',
  },
}
const CONTROLS: Readonly<Record<InstrumentCategory['control'], Text>> = {
  P: { zh: '型式批准', en: 'type approval' },
  V: { zh: '强制检定', en: 'mandatory verification' },
  'P+V': { zh: '型式批准、强制检定', en: 'type approval, mandatory verification' },
  none: { zh: '不在本软件所知的强制管理之列', en: 'not among those of which we know state control' },
  unknown: { zh: '未收录', en: 'not known here' },
}
const MOBILITIES: Readonly<Record<InstrumentCategory['mobility'], Text>> = {
  mobile: { zh: '移动使用', en: 'mobile' },
  partly: { zh: '部分为移动使用', en: 'mobile in some designs' },
  fixed: { zh: '固定使用', en: 'fixed' },
}

export function catalogueText({ divisions = [], editions = [], unit, categories = [] }: CatalogueAnswer, language: Language): string {
  return [
    ...divisions.map(({ code, name }) => `${code}  ${name[language]}`),
    ...editions.map((edition) => editionLines(edition, language)),
    ...(unit === undefined ? [] : [explainUnits([unit], language, false)]),
    ...(categories.length > IN_FULL
      ? categories.map(({ category }) => categoryLine(category, language))
      : categories.map((answer) => categoryText(answer, language))),
  ].join('\n')
}

function categoryText({ category, aliases, units, regulations, mandatory }: CategoryAnswer, language: Language): string {
  const zh = language === 'zh'
  const field = (name: string, value: string): string[] => (value === '' ? [] : [`  ${name}${zh ? '：' : ': '}${value}`])
  const grade = `[${category.provenance.grade}]`
  const usual =
    category.interval === undefined ? '' : `${periodText(category.interval.period)[language]} [${category.interval.provenance.grade}]`
  return [
    `${category.slug}  ${category.name.zh}  ${category.name.en}`,
    ...field(zh ? '俗称、旧名' : 'Also called', aliases.join(zh ? '、' : ', ')),
    ...field(zh ? '上级类别' : 'Part of', category.partOf ?? ''),
    ...field(zh ? '管理方式' : 'Control', `${CONTROLS[category.control][language]} ${grade}`),
    ...field(zh ? '使用' : 'Use', MOBILITIES[category.mobility][language]),
    ...field(zh ? '常用单位' : 'Usual units', units.join(zh ? '、' : ', ')),
    ...field(zh ? '通常周期' : 'Usual interval', usual),
    ...regulations.flatMap(({ series, editions, intervals }) => [
      `  ${series.replace(/^JJ[GF]/, '$& ')}`,
      ...editions.map((edition) => editionLines(edition, language).replace(/^/gm, '    ')),
      ...intervals.map((interval) => `    ${intervalText(interval, language)}`),
    ]),
    ...mandatory.map((row) => `  ${rowText(row, language)}`),
  ].join('\n')
}

function intervalText(interval: VerificationInterval, language: Language): string {
  const { term, period } = describeInterval(interval)
  const { classes, after, manner, provenance } = interval
  const applies = intervalApplies(interval)
  const of = [
    MANNERS[manner][language],
    ...(interval.period === undefined ? [] : [`${term[language]} ${period[language]}`]),
    ...(classes === undefined ? [] : [`${language === 'zh' ? '准确度等级' : 'classes'} ${classes.join(', ')}`]),
    ...(after === undefined
      ? []
      : [language === 'zh' ? (after === 'initial' ? '首次检定后' : '后续检定后') : `after ${after} verification`]),
    ...(applies === undefined ? [] : [applies[language]]),
  ]
  return `${of.join(language === 'zh' ? '；' : '; ')} [${provenance.grade}] ${intervalSource(interval)}`
}

function rowText({ list, number, name, group, manner, isDomesticOnly, interval, source }: MandatoryRow, language: Language): string {
  const zh = language === 'zh'
  const of = [
    `${zh ? `${list} 年强检目录` : `Mandatory list of ${list}`}${number === undefined ? '' : ` ${number}`} ${group === undefined ? '' : `${group} / `}${name}`,
    ...(manner === undefined
      ? []
      : [`${MANNERS[manner][language]}${isDomesticOnly === true ? (zh ? '（生活用）' : ' (households)') : ''}`]),
    ...(interval === undefined ? [] : [/^P\d+[YMD]$/.test(interval) ? periodText(interval)[language] : interval]),
  ]
  return `${of.join(zh ? '；' : '; ')} [c] ${source}`
}
