/**
 * How long a verification holds: by regulation, accuracy class or size, and kind of verification. A category is too coarse for
 * that (压力仪表: six months by JJG 52, a year by JJG 49); its own interval is the answer only where no regulation here is named.
 */
import { periodText } from '../base/date.js'
import { FixedMap } from '../base/fixed-map.js'
import { isSameClass } from '../base/identifier.js'
import type { Text } from '../base/message.js'
import { instrumentCategories } from './categories.js'
import type { Catalogue } from './port.js'
import { GRADES, type Provenance } from './provenance.js'
import { parseSpecificationNumber } from './specification-number.js'

/** 周期检定; 只作首次强制检定，限期使用，到期轮换; 只作首次强制检定，失准报废. */
export type VerificationManner = 'periodic' | 'initial-then-replacement' | 'initial-only'

export interface VerificationInterval {
  /** Series of the regulation, such as JJG52; absent for the interval of a category. */
  readonly regulation?: string
  readonly manner: VerificationManner
  /** Maximum interval, or maximum use until replacement, ISO 8601; none for `initial-only`. */
  readonly period?: string | undefined
  /** Accuracy classes to which it applies; all if absent. */
  readonly classes?: readonly string[] | undefined
  /** Kind of verification after which it applies; every kind if absent. */
  readonly after?: 'initial' | 'subsequent' | undefined
  /** Further conditions that a record does not state in a member. */
  readonly applies?: Text
  /** Sizes to which it applies, as the model designates them: DN15, G1.6. */
  readonly size?: { readonly designation: string; readonly above: number; readonly upTo: number }
  readonly provenance: Provenance
}

const P = 'periodic'
const R = 'initial-then-replacement'
type Options = Pick<VerificationInterval, 'classes' | 'after' | 'applies' | 'size'>
type Row = readonly [regulation: string, manner: VerificationManner, period: string, grade: keyof typeof GRADES, options?: Options]

const applies = (zh: string, en: string): Options => ({ applies: { zh, en } })
const size = (zh: string, en: string, designation: 'DN' | 'G', above: number, upTo = Infinity): Options => ({
  applies: { zh, en },
  size: { designation, above, upTo },
})

// Only published facts can fail a record: `a` states that a source gives the interval (`interval-sources.ts` has it), `b` professional
// knowledge that was not checked against the text, `c` knowledge that is uncertain.
const ROWS: readonly Row[] = [
  ['JJG443', P, 'P6M', 'a'],
  ['JJG527', P, 'P1Y', 'a'],
  ['JJG528', P, 'P1Y', 'a'],
  // The source cites the edition of 1999; the text of 2013 was not available, so it can only warn.
  ['JJG52', P, 'P6M', 'b'],
  ['JJG49', P, 'P1Y', 'b'],
  ['JJG111', 'initial-only', '', 'a'],
  ['JJG162', R, 'P6Y', 'a', size('DN25 及以下', 'DN 25 and below', 'DN', 0, 25)],
  ['JJG162', R, 'P4Y', 'a', size('DN25 以上至 DN50', 'above DN 25, up to DN 50', 'DN', 25, 50)],
  ['JJG162', P, 'P2Y', 'a', size('DN50 以上', 'above DN 50', 'DN', 50)],
  ['JJG577', R, 'P10Y', 'a', size('G1.6 至 G6，天然气', 'G1.6 to G6, natural gas', 'G', 0, 6)],
  ['JJG577', R, 'P6Y', 'b', size('G1.6 至 G6，其他燃气', 'G1.6 to G6, other gases', 'G', 0, 6)],
  ['JJG577', P, 'P3Y', 'b', size('G10 及以上', 'G10 and above', 'G', 6)],
  ['JJG596', R, 'P6Y', 'a', { classes: ['0.2S', '0.5S'] }],
  ['JJG596', R, 'P6Y', 'b', { classes: ['C', 'D'] }],
  ['JJG596', R, 'P8Y', 'a', { classes: ['1', '2'] }],
  ['JJG596', R, 'P8Y', 'b', { classes: ['A', 'B'] }],
  ['JJG133', P, 'P1Y', 'b', { after: 'initial' }],
  ['JJG133', P, 'P2Y', 'b', { after: 'subsequent' }],
  ['JJG168', P, 'P2Y', 'b', { after: 'initial' }],
  ['JJG168', P, 'P4Y', 'b', { after: 'subsequent' }],
  ['JJG996', P, 'P6M', 'c'],
  ['JJG1114', P, 'P6M', 'c'],
  ['JJG997', P, 'P1Y', 'c'],
  ['JJG1189.3', P, 'P10Y', 'b', applies('电磁式', 'electromagnetic')],
  ['JJG1189.4', P, 'P10Y', 'b', applies('电磁式', 'electromagnetic')],
  ['JJG1189.4', P, 'P4Y', 'b', applies('电容式', 'capacitive')],
]

/** Intervals of all listed regulations, by series. A regulation has several if they depend on class, size or kind. */
export const verificationIntervals: ReadonlyMap<string, readonly VerificationInterval[]> = new FixedMap(byRegulation())

function byRegulation(): Map<string, VerificationInterval[]> {
  const series = new Map<string, VerificationInterval[]>()
  for (const [regulation, manner, period, grade, options] of ROWS) {
    const provenance = GRADES[grade]
    const interval = { regulation, manner, ...(period !== '' && { period }), ...options, provenance }
    series.set(regulation, [...(series.get(regulation) ?? []), interval])
  }
  return series
}

/** The members of a verification record on which an interval depends. */
export interface IntervalQuestion {
  readonly basis: readonly { readonly number: string }[]
  readonly verificationType: string
  readonly instrument: { readonly category: string; readonly accuracyClass?: string | undefined; readonly model?: string | undefined }
}

const TABLES: Pick<Catalogue, 'category' | 'intervals'> = {
  category: (slug) => instrumentCategories.get(slug),
  intervals: (series) => verificationIntervals.get(series) ?? [],
}

/** Intervals that may apply to a verification: several if the record does not determine which one. */
export function intervalsOf(
  { basis, verificationType, instrument }: IntervalQuestion,
  { category: find, intervals: ofSeries }: Pick<Catalogue, 'category' | 'intervals'> = TABLES,
): readonly VerificationInterval[] {
  const category = find(instrument.category)
  // A regulation that does not belong to the category, such as that of a standard used, does not apply to the instrument.
  const ofBasis: VerificationInterval[] = []
  for (const { number } of basis) {
    const series = parseSpecificationNumber(number)?.seriesKey ?? ''
    if (category === undefined || category.regulations.includes(series)) ofBasis.push(...ofSeries(series))
  }
  const { manner = 'periodic', interval: usual, provenance } = category ?? {}
  if (ofBasis.length === 0 && provenance !== undefined && manner === 'initial-only') return [{ manner, provenance }]
  if (ofBasis.length === 0) return usual === undefined ? [] : [{ manner, ...usual }]
  const ofKind = ofSize(ofBasis, instrument.model).filter(
    ({ after }) => after === undefined || (after === 'initial') === (verificationType === 'initial'),
  )
  const { accuracyClass } = instrument
  const ofClass = ofKind.filter(({ classes }) => accuracyClass !== undefined && classes?.some((one) => isSameClass(one, accuracyClass)))
  return ofClass.length > 0 ? ofClass : ofKind
}

/** Those of the size that the model designates, as in LXS-DN15; all where it designates none. */
function ofSize(intervals: readonly VerificationInterval[], model = ''): readonly VerificationInterval[] {
  const fitting = intervals.filter(({ size }) => {
    const [, found] =
      size === undefined ? [] : (new RegExp(`(?:^|[^A-Za-z])${size.designation} ?(\\d{1,4}(?:\\.\\d)?)(?![\\d.])`).exec(model) ?? [])
    return size !== undefined && found !== undefined && Number(found) > size.above && Number(found) <= size.upTo
  })
  return fitting.length > 0 ? fitting : intervals
}

const TERMS: Readonly<Record<VerificationManner, Text>> = {
  periodic: { zh: '检定周期', en: 'verification interval' },
  'initial-then-replacement': { zh: '使用期限', en: 'term of use until replacement' },
  'initial-only': { zh: '首次强制检定，失准报废', en: 'initial verification only' },
}

/** Message parameters about an interval. */
export const describeInterval = ({ regulation, manner, period }: VerificationInterval) => ({
  regulation: regulation?.replace(/^JJG/, 'JJG ') ?? { zh: '该类器具', en: 'this category' },
  term: TERMS[manner],
  period: periodText(period ?? 'P0D'),
})
