/** Parses intervals of ledgers: 6个月, 半年, 1年, a bare number of months, or the reason why there is none. */
import { arabicNumber } from './chinese-number.js'
import type { Note } from './finding.js'
import { INTERVAL_REASONS, meaningsOf } from './words.js'

export interface ReadInterval {
  readonly period?: string
  readonly none?: keyof typeof INTERVAL_REASONS
  readonly notes: readonly Note[]
}

const REASONS = meaningsOf(INTERVAL_REASONS)
const COUNTED = /^(\d{1,4}|[一二两三四五六七八九十]{1,3})(个?半)?(年|周年|个?月|天|日|years?|y|months?|m|days?|d)(半)?(?:\/次)?$/i
/** A smaller bare number (1, 2, 3) is ambiguous: some ledgers mean years. */
const FEWEST_MONTHS = 6
const MOST_MONTHS = 240
/** No interval is longer; a larger number is a mistake. */
const MAX_YEARS = 40

/** “Not more than”: the interval of a regulation is the longest (一般不超过1年). */
const AT_MOST = /^(?:一般)?(?:不超过|不大于|不长于|最长|≤|<=)/
/** What follows 每: 每年, 每季度一次. */
const EACH: ReadonlyMap<string, string> = new Map([
  ['年', 'P1Y'],
  ['季度', 'P3M'],
  ['季', 'P3M'],
  ['月', 'P1M'],
])
/** Times in a year: 2次/年, 一年两次, 每年2次. */
const TIMES_A_YEAR = /^(?:(\d{1,2}|[一二两三四六])次\/年|(?:每|一|1)年(\d{1,2}|[一二两三四六])次)$/

function perYear(plain: string): string | undefined {
  const [, before, after] = TIMES_A_YEAR.exec(plain) ?? []
  const number = before ?? after
  if (number === undefined) return undefined
  const times = Number(/^\d/.test(number) ? number : arabicNumber(number.replace('两', '二')))
  return times > 0 && 12 % times === 0 ? periodOfMonths(12 / times) : undefined
}

export function readInterval(text: string, unit?: string): ReadInterval {
  const whole = text.replace(/\s/g, '')
  const often = perYear(whole) ?? (/^每|次$/.test(whole) ? EACH.get(whole.replace(/^每|[一1]次$/g, '')) : undefined)
  if (often !== undefined) return { period: often, notes: [] }
  const plain = whole
    .replace(AT_MOST, '')
    .replace(/^每/, '')
    .replace(/一次$|(^|\D)1次$/, '$1')
    // A program writes every number of a column with a fraction where one of them has it: 12.0.
    .replace(/^(\d+)\.0+(?=\D|$)/, '$1')
    .replace(/^\.5/, '0.5')
  const none = REASONS.get(plain.replace(/[，、,;；()（）]/g, '')) ?? REASONS.get(plain)
  if (none !== undefined) return { none, notes: [] }
  if (plain === '半年') return { period: 'P6M', notes: [] }
  const period = periodOf(plain)
  if (period !== undefined) return { period, notes: [] }
  if (/^\d{1,3}$/.test(plain)) return bare(text, Number(plain), unit)
  // 0.5 and 1.5 years are common; a person decides every other fraction.
  const half = /^(\d)\.5(?:年)?$/.exec(plain)
  if (half !== null && (plain.endsWith('年') || isYear(unit))) return { period: `P${Number(half[1]) * 12 + 6}M`, notes: [] }
  return { notes: [{ code: 'ledger.interval-unreadable', params: { text } }] }
}

function bare(text: string, count: number, unit: string | undefined): ReadInterval {
  if (unit !== undefined) {
    const period = periodOf(`${count}${unit}`)
    return period === undefined
      ? { notes: [{ code: 'ledger.interval-unreadable', params: { text: `${text} ${unit}` } }] }
      : { period, notes: [] }
  }
  if (count < FEWEST_MONTHS || count > MOST_MONTHS) return { notes: [{ code: 'ledger.interval-unreadable', params: { text } }] }
  return { period: periodOfMonths(count), notes: [{ code: 'ledger.interval-unit', params: { text } }] }
}

const isYear = (unit: string | undefined): boolean => unit !== undefined && /^(?:年|y|years?)$/i.test(unit)
const periodOfMonths = (count: number): string => (count % 12 === 0 ? `P${count / 12}Y` : `P${count}M`)

function periodOf(plain: string): string | undefined {
  const [, number = '', halfBefore, unit = '', halfAfter] = COUNTED.exec(plain) ?? []
  if (number === '') return undefined
  const arabic = /^\d/.test(number)
    ? number
    : number.length > 1 && !number.includes('十')
      ? undefined
      : arabicNumber(number.replace('两', '二'))
  const count = Number(arabic ?? 0)
  if (count === 0) return undefined
  const hasHalf = halfBefore !== undefined || halfAfter !== undefined
  if (/^(?:年|周年|y)/i.test(unit)) return count > MAX_YEARS ? undefined : hasHalf ? `P${count * 12 + 6}M` : `P${count}Y`
  if (hasHalf) return undefined
  if (/^(?:个?月|m)/i.test(unit)) return count > MAX_YEARS * 12 ? undefined : periodOfMonths(count)
  return `P${count}D`
}
