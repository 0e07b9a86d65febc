/**
 * Validity of a verification, by regulation, accuracy class or size, and kind of verification. A category is too coarse for that
 * (压力仪表: six months by JJG 52, a year by JJG 49); its own interval applies only if the record names no regulation of this table.
 */
import { periodText } from '../base/date.js'
import { FixedMap } from '../base/fixed-map.js'
import { isSameClass } from '../base/identifier.js'
import type { Text } from '../base/message.js'
import { instrumentCategories } from './categories.js'
import type { Catalogue } from './port.js'
import { type Grade, type Provenance, provenanceOf } from './provenance.js'
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
  /** Further conditions that a record does not state in a member; `intervalApplies` has those of this package. */
  readonly applies?: Text
  /** Sizes to which it applies, as the model designates them: DN15, G1.6. */
  readonly size?: { readonly designation: string; readonly above: number; readonly upTo: number }
  readonly provenance: Provenance
}

/**
 * Series of the JJG | manner | period | grade | source | what it depends on: a size (`DN25-50`: above 25, up to 50), accuracy classes
 * (`=1,2`), or the kind of verification before it (`>initial`). A further condition, and the address of the source, are in
 * `interval-sources.ts`. A grade is that of the interval, not of the edition that states it. One
 * source cites JJG 52—1999; the text of 2013 was not available.
 */
const TABLE = `443 p P6M c y
527 p P1Y c y
528 p P1Y c y
52 p P6M c e
49 p P1Y c
111 o - b g
162 r P6Y a m DN0-25
162 r P4Y a m DN25-50
162 p P2Y c d DN50-
577 r P10Y a m G0-6
577 r P6Y c - G0-6
577 p P3Y c - G6-
596 r P6Y a m =0.2S,0.5S
596 r P6Y c - =C,D
596 r P8Y a m =1,2
596 r P8Y c - =A,B
133 p P1Y c - >initial
133 p P2Y c - >subsequent
168 p P2Y c - >initial
168 p P4Y c - >subsequent
996 p P6M c
1114 p P6M c
997 p P1Y c
1189.3 p P10Y c
1189.4 p P10Y c
1189.4 p P4Y c`

const MANNERS: Readonly<Record<string, VerificationManner>> = { p: 'periodic', r: 'initial-then-replacement', o: 'initial-only' }
const SOURCES: Readonly<Record<string, string>> = {
  y: 'm.ynkmjykj.com',
  e: 'yymeters.com (JJG 52—1999)',
  g: '技监局量发〔1991〕374号',
  m: 'psx.gov.cn',
  d: '51dongshi.net',
}

/** Intervals of all listed regulations, by series. A regulation has several if they depend on class, size or kind. */
export const verificationIntervals: ReadonlyMap<string, readonly VerificationInterval[]> = new FixedMap(byRegulation())

function byRegulation(): Map<string, VerificationInterval[]> {
  const series = new Map<string, VerificationInterval[]>()
  for (const line of TABLE.split('\n')) {
    const [serial, manner = '', period, grade, source = '', on = ''] = line.split(' ')
    const regulation = `JJG${serial}`
    const [, designation, above, upTo] = /^(DN|G)(\d+)-(\d*)$/.exec(on) ?? []
    const interval: VerificationInterval = {
      regulation,
      manner: MANNERS[manner] as VerificationManner,
      ...(period !== '-' && { period }),
      ...(on.startsWith('=') && { classes: on.slice(1).split(',') }),
      ...(on.startsWith('>') && { after: on.slice(1) as 'initial' }),
      ...(designation !== undefined && { size: { designation, above: Number(above), upTo: Number(upTo) || Infinity } }),
      provenance: provenanceOf(grade as Grade, SOURCES[source]),
    }
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
  let ofBasis: VerificationInterval[] = []
  let isChosen = false
  for (const { number } of basis) {
    const series = parseSpecificationNumber(number)?.seriesKey ?? ''
    const intervals = ofSeries(series)
    if (category === undefined || category.regulations.includes(series)) ofBasis.push(...intervals)
    else isChosen ||= intervals.length > 0
  }
  // Where the category selects among the regulations, its own provenance bounds what the intervals may decide.
  if (isChosen && category?.provenance.grade === 'c') ofBasis = ofBasis.map((one) => ({ ...one, provenance: category.provenance }))
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

/** The intervals of the size that the model designates, as in LXS-DN15; all if it designates none. */
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
