/**
 * Civil dates and instants. Certificates use the calendar of Asia/Shanghai, whatever the time zone of the verifier; 有效期至 is
 * inclusive. China has had UTC+8 without summer time since 1991, before any statement of ours, so whole numbers in the proleptic
 * Gregorian calendar suffice, without time-zone data.
 */

import { excerpt } from './excerpt.js'
import { fault } from './messages.js'

/** `YYYY-MM-DD`; a calendar day without time or zone. Compares as text. */
export type CivilDate = string
/** Seconds since 1970-01-01T00:00:00Z, as in a JWT's `iat`. */
export type Instant = number

/** Maximum difference between the clocks of honest parties, in seconds. */
export const CLOCK_SKEW = 60

const SHANGHAI_OFFSET = 8 * 3600
const DAY = 86_400
const MAX_SECONDS = 253_402_300_799
const PERIOD = /^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|([+-])(\d{2}):(\d{2}))$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const daysIn = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] as number))

const digitsAt = (text: string, from: number, to: number): number => {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** True for an existing day between the years 1900 and 9999. */
export function isCivilDate(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false
  const year = digitsAt(text, 0, 4)
  const month = digitsAt(text, 5, 7)
  const day = digitsAt(text, 8, 10)
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

/** A period in years, months and days (ISO 8601), for example `P6M` or `P1Y`. */
export interface Period {
  readonly years: number
  readonly months: number
  readonly days: number
}

/** Cache: all regulations use only a few periods. */
const periods = new Map<string, Period>()
const MAX_PERIODS = 256

/** @throws `date.period` */
export function parsePeriod(text: string): Period {
  const known = periods.get(text)
  if (known !== undefined) return known
  const parts = PERIOD.exec(text)
  if (parts === null || text === 'P') throw fault('date.period', { text })
  const period = { years: Number(parts[1] ?? 0), months: Number(parts[2] ?? 0), days: Number(parts[3] ?? 0) }
  if (periods.size >= MAX_PERIODS) periods.clear()
  periods.set(text, period)
  return period
}

/** A period in words: 6 个月, 6 months. */
export function periodText(text: string): { readonly zh: string; readonly en: string } {
  const { years, months, days } = parsePeriod(text)
  const parts = [
    [years, '年', 'year'],
    [months, '个月', 'month'],
    [days, '天', 'day'],
  ] as const
  const given = parts.filter(([count]) => count > 0)
  if (given.length === 0) return { zh: '0 天', en: '0 days' }
  return {
    zh: given.map(([count, zh]) => `${count} ${zh}`).join(' '),
    en: given.map(([count, , en]) => `${count} ${en}${count === 1 ? '' : 's'}`).join(' '),
  }
}

/** Adds a period; beyond the end of a month the result is the month's last day (2024-08-31 + 6 months = 2025-02-28). */
export function addPeriod(date: CivilDate, { years, months, days }: Period): CivilDate {
  const month = digitsAt(date, 0, 4) * 12 + digitsAt(date, 5, 7) - 1 + years * 12 + months
  const year = Math.floor(month / 12)
  const monthOfYear = (month % 12) + 1
  const day = Math.min(digitsAt(date, 8, 10), daysIn(year, monthOfYear))
  return days === 0 ? formatDate(year, monthOfYear, day) : dateOfDay(dayNumber(year, monthOfYear, day) + days)
}

/** Whole days from `from` to `to`; negative if `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayOf(to) - dayOf(from)

/** Converts RFC 3339 text with an offset, a Date, or seconds. Text without an offset is rejected as ambiguous. */
export function parseInstant(input: string | Date | Instant): Instant {
  const value = secondsOf(input)
  if (!(value >= 0)) throw fault('date.instant', { text: excerpt(String(input), 60) })
  return value
}

/** True if `parseInstant` accepts the input. */
export const isInstant = (input: unknown): boolean => secondsOf(input) >= 0

/** NaN unless it is an instant between 1970 and 9999. */
function secondsOf(input: unknown): number {
  const value =
    typeof input === 'number'
      ? input
      : typeof input === 'string'
        ? readInstant(input)
        : isDate(input)
          ? Math.floor(input.getTime() / 1000)
          : Number.NaN
  return Number.isSafeInteger(value) && value >= 0 && value <= MAX_SECONDS ? value : Number.NaN
}

/** A Date of any realm: `instanceof` only recognises those of this one. */
const isDate = (input: unknown): input is Date => Object.prototype.toString.call(input) === '[object Date]'

function readInstant(text: string): number {
  const parts = INSTANT.exec(text)
  if (parts === null || !isCivilDate(parts[1] as string)) return Number.NaN
  const [hour, minute, second] = [Number(parts[2]), Number(parts[3]), Number(parts[4])]
  const [offsetHour, offsetMinute] = [Number(parts[6] ?? 0), Number(parts[7] ?? 0)]
  const offset = (parts[5] === '-' ? -60 : 60) * (offsetHour * 60 + offsetMinute)
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return Number.NaN
  return dayOf(parts[1] as string) * DAY + hour * 3600 + minute * 60 + second - offset
}

/** RFC 3339 text in Asia/Shanghai, for example `2025-06-16T09:00:00+08:00`. */
export function formatInstant(instant: Instant): string {
  const local = instant + SHANGHAI_OFFSET
  const second = local % DAY
  const time = `${pad(Math.floor(second / 3600))}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`
  return `${dateOfDay(Math.floor(local / DAY))}T${time}+08:00`
}

/** The day of an instant in Asia/Shanghai. */
export const civilDateOf = (instant: Instant): CivilDate => dateOfDay(Math.floor((instant + SHANGHAI_OFFSET) / DAY))

/** The instant at which a day begins in Asia/Shanghai. */
export const startOfDay = (date: CivilDate): Instant => dayOf(date) * DAY - SHANGHAI_OFFSET

const dayOf = (date: CivilDate): number => dayNumber(digitsAt(date, 0, 4), digitsAt(date, 5, 7), digitsAt(date, 8, 10))

/** Days since 1970-01-01. Years are counted from March, so that the leap day is the last. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}

/** The civil date so many days after 1970-01-01. */
export function dateOfDay(days: number): CivilDate {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * dayOfYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  return formatDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * march + 2) / 5) + 1)
}

const pad = (value: number): string => (value < 10 ? `0${value}` : String(value))
const formatDate = (year: number, month: number, day: number): CivilDate => `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
