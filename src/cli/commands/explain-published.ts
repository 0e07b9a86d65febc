/** `explain --catalogue`: entries for a name in the catalogues of authorities, with their catalogue. */
import { periodText } from '../../base/date.js'
import { foldWidth } from '../../base/fold.js'
import { parseSpecificationNumber } from '../../catalogue/index.js'
import type { CataloguePayload, Catalogues } from '../../recognition/index.js'

type Language = 'zh' | 'en'

export interface PublishedAnswer {
  readonly authority: string
  readonly version: number
  readonly region: string
  readonly categories: readonly NonNullable<CataloguePayload['categories']>[number][]
  readonly intervals: readonly NonNullable<CataloguePayload['intervals']>[number][]
  readonly editions: readonly NonNullable<CataloguePayload['editions']>[number][]
  readonly divisions: readonly NonNullable<CataloguePayload['divisions']>[number][]
}

const searched = (text: string): string => foldWidth(text).toLowerCase().replace(/[\s-]/g, '')

/** The entry of each catalogue for a name; empty if none has one. */
export function publishedAnswers(name: string, { published }: Catalogues): readonly PublishedAnswer[] {
  const wanted = searched(name)
  if (wanted === '') return []
  const holds = (...texts: readonly (string | undefined)[]): boolean =>
    texts.some((text) => text !== undefined && searched(text).includes(wanted))
  const series = parseSpecificationNumber(name)?.seriesKey ?? parseSpecificationNumber(`${name}-2000`)?.seriesKey
  return published.flatMap(({ payload }) => {
    const { iss: authority, version, region } = payload
    const categories = (payload.categories ?? []).filter(
      (one) =>
        holds(one.slug, one.number, one.name.zh, one.name.en, ...(one.aliases ?? [])) ||
        (series !== undefined && one.regulations.includes(series)),
    )
    const of = new Set([...categories.flatMap(({ regulations }) => regulations), ...(series === undefined ? [] : [series])])
    const intervals = (payload.intervals ?? []).filter(({ regulation }) => of.has(regulation))
    const editions = (payload.editions ?? []).filter(({ number, title }) => holds(number, title))
    const divisions = (payload.divisions ?? []).filter(({ code, name: { zh, en } }) => holds(code, zh, en))
    const isAny = [categories, intervals, editions, divisions].some(({ length }) => length > 0)
    return isAny ? [{ authority, version, region, categories, intervals, editions, divisions }] : []
  })
}

export function publishedText({ authority, version, region, ...found }: PublishedAnswer, language: Language): string {
  const zh = language === 'zh'
  const of = (facts: readonly (string | undefined)[]): string =>
    facts.filter((fact) => fact !== undefined && fact !== '').join(zh ? '；' : '; ')
  return [
    zh ? `${authority} 发布的目录第 ${version} 版（${region}）` : `Catalogue of ${authority}, version ${version} (${region})`,
    ...found.categories.map((one) =>
      of([
        `  ${one.slug}  ${one.name[language] ?? one.name.zh}`,
        one.number,
        one.aliases?.join(zh ? '、' : ', '),
        one.control,
        one.manner,
        one.interval && periodText(one.interval)[language],
        one.regulations.join(' '),
      ]),
    ),
    ...found.intervals.map(({ regulation, manner, period, classes, after, size, applies, basis }) =>
      of([
        `  ${regulation}  ${manner}`,
        period && periodText(period)[language],
        classes?.join(', '),
        after,
        size && `${size.designation} > ${size.above}${size.upTo === undefined ? '' : ` ≤ ${size.upTo}`}`,
        applies && (applies[language] ?? applies.zh),
        basis,
      ]),
    ),
    ...found.editions.map(({ number, title, effectiveOn, abolishedOn, replacedBy, basis }) =>
      of([
        `  ${number}  ${title ?? ''}`,
        effectiveOn && `${zh ? '实施' : 'in force'} ${effectiveOn}`,
        abolishedOn && `${zh ? '废止' : 'abolished'} ${abolishedOn}`,
        replacedBy?.join(', '),
        basis,
      ]),
    ),
    ...found.divisions.map(({ code, name }) => `  ${code}  ${name[language] ?? name.zh}`),
  ].join('\n')
}
