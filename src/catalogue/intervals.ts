/**
 * How long a verification holds: by regulation, accuracy class or size, and kind of verification. A category is too coarse for
 * that (压力仪表: six months by JJG 52, a year by JJG 49); its own interval is the answer only where no regulation here is named.
 */
import { periodText } from '../base/date.js'
import { isSameClass } from '../base/identifier.js'
import type { Text } from '../base/message.js'
import { instrumentCategories } from './categories.js'
import { type Provenance, published, unverified, weak } from './provenance.js'
import { parseSpecificationNumber } from './specification-number.js'

/** 周期检定; 只作首次强制检定，限期使用，到期轮换; 只作首次强制检定，失准报废. */
export type VerificationManner = 'periodic' | 'initial-then-replacement' | 'initial-only'

export interface VerificationInterval {
  /** Series of the regulation, such as JJG52; absent for the interval of a category. */
  readonly regulation?: string
  readonly manner: VerificationManner
  /** Maximum interval, or maximum use until replacement, ISO 8601; none for `initial-only`. */
  readonly period?: string
  /** Accuracy classes to which it applies; all if absent. */
  readonly classes?: readonly string[]
  /** Kind of verification after which it applies; every kind if absent. */
  readonly after?: 'initial' | 'subsequent'
  /** Further conditions that a record does not state in a member, such as a size. */
  readonly applies?: Text
  readonly provenance: Provenance
}

const P = 'periodic'
const R = 'initial-then-replacement'
type Options = Pick<VerificationInterval, 'classes' | 'after' | 'applies'>
type Row = readonly [regulation: string, manner: VerificationManner, period: string, source: string | Provenance, options?: Options]

const size = (zh: string, en: string): Options => ({ applies: { zh, en } })
/** The source cites the edition of 1999; the text of 2013 was not available, so it can only warn. */
const PRESSURE: Provenance = { source: 'http://yymeters.com/Maintenance-of-pressure-gauge-n.html (JJG 52—1999)', confidence: 'unverified' }
const METERS = 'http://www.psx.gov.cn/zwgk_174/zfxxgkml/cjzcwd/xjjxxw/202603/t20260316_15533116.html'
const MANNERS_1991 = '技监局量发〔1991〕374号; http://huoshuiyuan.org/zcfg/dffg/2017/0713/99.html'

// Only published facts can fail a record. A row with a provenance instead of a source was not checked against the text.
const ROWS: readonly Row[] = [
  ['JJG443', P, 'P6M', 'm.ynkmjykj.com (323889)'],
  ['JJG527', P, 'P1Y', 'm.ynkmjykj.com (26709)'],
  ['JJG528', P, 'P1Y', 'm.ynkmjykj.com (26709)'],
  ['JJG52', P, 'P6M', PRESSURE],
  ['JJG49', P, 'P1Y', unverified],
  ['JJG111', 'initial-only', '', MANNERS_1991],
  ['JJG162', R, 'P6Y', METERS, size('DN25 及以下', 'DN 25 and below')],
  ['JJG162', R, 'P4Y', METERS, size('DN25 以上至 DN50', 'above DN 25, up to DN 50')],
  ['JJG162', P, 'P2Y', 'https://www.51dongshi.net/eedfrcardgags.html', size('DN50 以上', 'above DN 50')],
  ['JJG577', R, 'P10Y', METERS, size('G1.6 至 G6，天然气', 'G1.6 to G6, natural gas')],
  ['JJG577', R, 'P6Y', unverified, size('G1.6 至 G6，其他燃气', 'G1.6 to G6, other gases')],
  ['JJG577', P, 'P3Y', unverified, size('G10 及以上', 'G10 and above')],
  ['JJG596', R, 'P6Y', METERS, { classes: ['0.2S', '0.5S'] }],
  ['JJG596', R, 'P6Y', unverified, { classes: ['C', 'D'] }],
  ['JJG596', R, 'P8Y', METERS, { classes: ['1', '2'] }],
  ['JJG596', R, 'P8Y', unverified, { classes: ['A', 'B'] }],
  ['JJG133', P, 'P1Y', unverified, { after: 'initial' }],
  ['JJG133', P, 'P2Y', unverified, { after: 'subsequent' }],
  ['JJG168', P, 'P2Y', unverified, { after: 'initial' }],
  ['JJG168', P, 'P4Y', unverified, { after: 'subsequent' }],
  ['JJG996', P, 'P6M', weak],
  ['JJG1114', P, 'P6M', weak],
  ['JJG997', P, 'P1Y', weak],
  ['JJG1189.3', P, 'P10Y', unverified, size('电磁式', 'electromagnetic')],
  ['JJG1189.4', P, 'P10Y', unverified, size('电磁式', 'electromagnetic')],
  ['JJG1189.4', P, 'P4Y', unverified, size('电容式', 'capacitive')],
]

/** Intervals of all listed regulations, by series. A regulation has several if they depend on class, size or kind. */
export const verificationIntervals: ReadonlyMap<string, readonly VerificationInterval[]> = byRegulation()

function byRegulation(): Map<string, VerificationInterval[]> {
  const series = new Map<string, VerificationInterval[]>()
  for (const [regulation, manner, period, source, options] of ROWS) {
    const provenance = typeof source === 'string' ? published(source) : source
    const interval = { regulation, manner, ...(period !== '' && { period }), ...options, provenance }
    series.set(regulation, [...(series.get(regulation) ?? []), interval])
  }
  return series
}

/** The members of a verification record on which an interval depends. */
export interface IntervalQuestion {
  readonly basis: readonly { readonly number: string }[]
  readonly verificationType: string
  readonly instrument: { readonly category: string; readonly accuracyClass?: string | undefined }
}

/** Intervals that may apply to a verification: several if the record does not determine which one. */
export function intervalsOf({ basis, verificationType, instrument }: IntervalQuestion): readonly VerificationInterval[] {
  const category = instrumentCategories.get(instrument.category)
  // A regulation that does not belong to the category, such as that of a standard used, does not apply to the instrument.
  const ofBasis: VerificationInterval[] = []
  for (const { number } of basis) {
    const series = parseSpecificationNumber(number)?.seriesKey ?? ''
    if (category === undefined || category.regulations.includes(series)) ofBasis.push(...(verificationIntervals.get(series) ?? []))
  }
  if (ofBasis.length === 0) return category?.interval === undefined ? [] : [{ manner: 'periodic', ...category.interval }]
  if (!ofBasis.some(({ after, classes }) => after !== undefined || classes !== undefined)) return ofBasis
  const ofKind = ofBasis.filter(({ after }) => after === undefined || (after === 'initial') === (verificationType === 'initial'))
  const { accuracyClass } = instrument
  const ofClass = ofKind.filter(({ classes }) => accuracyClass !== undefined && classes?.some((one) => isSameClass(one, accuracyClass)))
  return ofClass.length > 0 ? ofClass : ofKind
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
