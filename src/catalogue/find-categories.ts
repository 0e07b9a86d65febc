/** Finds categories by typed text: slug, name, alias or regulation. No check of a record uses it. */
import { BLANK } from '../base/blank.js'
import { foldWidth } from '../base/fold.js'
import { aText, checkArgument } from '../base/options.js'
import { aliasesOf, calibratedBy } from './aliases.js'
import { type InstrumentCategory, instrumentCategories } from './categories.js'

const SKIPPED = new RegExp(`[${BLANK}\\u2010-\\u2015-]`, 'g')
/** Search key of a text: character forms folded, lower case, without blanks and hyphens. */
const searched = (text: string): string => foldWidth(text).toLowerCase().replace(SKIPPED, '')

/**
 * Categories with this text in the slug, Chinese or English name, an alias or a regulation (`JJG 517`). Complete matches are
 * first, then matches at the beginning, each in the order of the catalogue. An empty text finds all.
 * @example
 * ```ts
 * import { findCategories } from 'tongheng/catalogue'
 *
 * findCategories('出租').map(({ slug }) => slug) // => ['taximeter', 'network-taximeter']
 * ```
 */
export function findCategories(text: string): readonly InstrumentCategory[] {
  checkArgument('findCategories', 'text', text, aText)
  const wanted = searched(text)
  const rank = ({ slug, name, regulations }: InstrumentCategory): number => {
    const all = [slug, name.zh, name.en, ...aliasesOf(slug), ...regulations, ...calibratedBy(slug)].map(searched)
    if (all.includes(wanted)) return 0
    if (all.some((key) => key.startsWith(wanted))) return 1
    return all.some((key) => key.includes(wanted)) ? 2 : 3
  }
  return [...instrumentCategories.values()]
    .map((category) => [rank(category), category] as const)
    .filter(([at]) => at < 3)
    .sort(([a], [b]) => a - b)
    .map(([, category]) => category)
}

/** The category that a text names, or the candidates for a person to choose from. */
export type NamedCategory =
  | { readonly category: InstrumentCategory }
  | { readonly category?: undefined; readonly suggestions: readonly InstrumentCategory[] }

/**
 * The category whose slug, name or alias equals this text, ignoring width, case, blanks and hyphens. Slugs and names have
 * precedence over aliases, and a category over its parts: 压力表 is any of the gauges. If no category or several match (电子秤), returns
 * suggestions.
 * @example
 * ```ts
 * import { categoryOf } from 'tongheng/catalogue'
 *
 * categoryOf('出租车计价器').category?.slug // => 'taximeter'
 * ```
 */
export function categoryOf(text: string): NamedCategory {
  checkArgument('categoryOf', 'text', text, aText)
  const wanted = searched(text)
  const all = [...instrumentCategories.values()]
  const byName = all.filter(({ slug, name }) => [slug, name.zh, name.en].some((key) => searched(key) === wanted))
  const called = byName.length > 0 ? byName : all.filter(({ slug }) => aliasesOf(slug).some((key) => searched(key) === wanted))
  const named = called.filter(({ partOf }) => !called.some(({ slug }) => slug === partOf))
  const [category, another] = named
  if (category !== undefined && another === undefined) return { category }
  return { suggestions: named.length > 0 || wanted === '' ? named : findCategories(text) }
}
