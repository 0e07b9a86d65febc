/** Parses intervals of ledgers: 6个月, 半年, 1年, a bare number of months, or the reason why there is none. */
import type { Note } from './finding.js'
import { INTERVAL_REASONS, meaningsOf } from './words.js'

export interface ReadInterval {
  readonly period?: string
  readonly none?: keyof typeof INTERVAL_REASONS
  readonly notes: readonly Note[]
}

const REASONS = meaningsOf(INTERVAL_REASONS)
const DIGITS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10, 十二: 12 }
const COUNTED = /^(\d{1,4}|[一二两三四五六七八九十]{1,2})(个?半)?(年|周年|个?月|天|日|years?|y|months?|m|days?|d)(半)?(?:\/次)?$/i
/** A smaller bare number (1, 2, 3) is ambiguous: some ledgers mean years. */
const FEWEST_MONTHS = 6
const MOST_MONTHS = 240
/** No interval is longer; a larger number is a mistake. */
const MAX_YEARS = 40

export function readInterval(text: string, unit?: string): ReadInterval {
  const plain = text
    .replace(/\s/g, '')
    .replace(/^每/, '')
    .replace(/(?:一次|1次)$/, '')
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
  const count = /^\d/.test(number) ? Number(number) : DIGITS[number]
  if (count === undefined || count === 0) return undefined
  const hasHalf = halfBefore !== undefined || halfAfter !== undefined
  if (/^(?:年|周年|y)/i.test(unit)) return count > MAX_YEARS ? undefined : hasHalf ? `P${count * 12 + 6}M` : `P${count}Y`
  if (hasHalf) return undefined
  if (/^(?:个?月|m)/i.test(unit)) return count > MAX_YEARS * 12 ? undefined : periodOfMonths(count)
  return `P${count}D`
}
