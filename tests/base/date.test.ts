// Why this exists: an error of one day makes a certificate expire; our calendar is compared with date-fns, and its midnight with
// Shanghai.
import { add, differenceInCalendarDays } from 'date-fns'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addPeriod,
  civilDateOf,
  daysBetween,
  formatInstant,
  isCivilDate,
  parseInstant,
  parsePeriod,
  periodText,
  startOfDay,
} from '../../src/base/date.js'
import { faultOf } from './fault.js'

const DAY = 86_400
const LATEST = 253_402_300_799
const utc = (date: string): Date => new Date(`${date}T00:00:00Z`)
const dateOf = (date: Date): string => date.toISOString().slice(0, 10)
const day = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 1000 / DAY, max: Date.UTC(2400, 11, 31) / 1000 / DAY })
  .map((n) => dateOf(new Date(n * DAY * 1000)))
/** Month ends and leap days, where calendars go wrong. */
const edge = fc
  .tuple(fc.integer({ min: 1900, max: 2400 }), fc.constantFrom('01-31', '02-28', '02-29', '03-01', '04-30', '08-31', '12-31', '01-01'))
  .map(([year, rest]) => `${year}-${rest}`)
  .filter((text) => dateOf(utc(text)) === text)
const date = fc.oneof(day, edge)
const instant = fc.oneof(fc.integer({ min: 0, max: LATEST }), fc.integer({ min: 0, max: 4_102_444_800 }))
/** date-fns uses the time zone of the process, so a civil date is converted by its local parts. */
const local = (text: string): Date => new Date(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8)))
const localText = (value: Date): string =>
  `${value.getFullYear()}-${String(value.getMonth() + 1).padStart(2, '0')}-${String(value.getDate()).padStart(2, '0')}`

describe('isCivilDate', () => {
  it('is true for every day from 1900 to 2400, and false for the next number of each month', () => {
    for (let year = 1900; year <= 2400; year++) {
      for (let month = 1; month <= 12; month++) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
        const stem = `${year}-${String(month).padStart(2, '0')}`
        const known = Array.from({ length: 33 }, (_, n) => n).filter((n) => isCivilDate(`${stem}-${String(n).padStart(2, '0')}`))
        if (known.length !== last || known[0] !== 1) expect([stem, known]).toEqual([stem, last])
      }
    }
  })

  it.each(['1900-01-01', '2000-02-29', '2024-02-29', '9999-12-31'])('is true for %s', (text) => {
    expect(isCivilDate(text)).toBe(true)
  })

  it.each([
    '',
    '2025',
    '1899-12-31',
    '0000-01-01',
    '1900-02-29',
    '2023-02-29',
    '2100-02-29',
    '2025-02-30',
    '2025-04-31',
    '2025-00-10',
    '2025-13-01',
    '2025-01-00',
    '2025-01-32',
    '2025-1-01',
    '2025-01-1',
    '2025/01/01',
    '2025-01-01 ',
    ' 2025-01-0',
    '2025-01-01T00:00:00Z',
    '20250101',
    '+2025-01-0',
    '2025年1月1日',
    '２０２５-01-01',
    '-025-01-01',
    '2025-01-0x',
  ])('is false for %j', (text) => {
    expect(isCivilDate(text)).toBe(false)
  })
})

describe('addPeriod', () => {
  it('adds years, months and days as date-fns does', () => {
    const period = fc.record({
      years: fc.integer({ min: 0, max: 60 }),
      months: fc.integer({ min: 0, max: 300 }),
      days: fc.integer({ min: 0, max: 5000 }),
    })
    fc.assert(
      fc.property(date, period, (from, by) => {
        expect(addPeriod(from, by)).toBe(localText(add(local(from), by)))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['2024-08-31', 'P6M', '2025-02-28'],
    ['2023-08-31', 'P6M', '2024-02-29'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-02-29', 'P4Y', '2028-02-29'],
    ['2025-01-31', 'P1M', '2025-02-28'],
    ['2025-01-31', 'P1M1D', '2025-03-01'],
    ['2024-12-31', 'P1D', '2025-01-01'],
    ['2025-03-12', 'P1Y', '2026-03-12'],
    ['1999-12-01', 'P0D', '1999-12-01'],
    ['2025-06-16', 'P12M', '2026-06-16'],
    ['2096-02-29', 'P4Y', '2100-02-28'],
  ])('%s plus %s is %s', (from, period, to) => {
    expect(addPeriod(from, parsePeriod(period))).toBe(to)
  })

  it('never goes beyond the target month: the day is the same or the last of its month', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 400 }), (from, months) => {
        const to = addPeriod(from, { years: 0, months, days: 0 })
        expect(isCivilDate(to)).toBe(true)
        if (to.slice(8) !== from.slice(8)) {
          expect(Number(to.slice(8))).toBeLessThan(Number(from.slice(8)))
          expect(addPeriod(to, { years: 0, months: 0, days: 1 }).slice(8)).toBe('01')
        }
      }),
    )
  })
})

describe('daysBetween', () => {
  it('counts calendar days as date-fns does', () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        expect(daysBetween(a, b)).toBe(differenceInCalendarDays(local(b), local(a)))
        expect(daysBetween(a, b) + daysBetween(b, a)).toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  it('is reversed by adding the days', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 100_000 }), (from, days) => {
        expect(daysBetween(from, addPeriod(from, { years: 0, months: 0, days }))).toBe(days)
      }),
    )
  })
})

describe('the day in Shanghai', () => {
  it.each([
    ['2025-06-15T15:59:59Z', '2025-06-15'],
    ['2025-06-15T16:00:00Z', '2025-06-16'],
    ['2025-06-16T00:00:00+08:00', '2025-06-16'],
    ['2025-06-15T23:59:59+08:00', '2025-06-15'],
    ['2024-02-28T16:00:00Z', '2024-02-29'],
    ['2024-12-31T16:00:00Z', '2025-01-01'],
    ['1970-01-01T00:00:00Z', '1970-01-01'],
    ['2025-06-16T06:00:00+14:00', '2025-06-16'],
    ['2025-06-15T04:00:00-12:00', '2025-06-16'],
  ])('of %s is %s', (text, civil) => {
    expect(civilDateOf(parseInstant(text))).toBe(civil)
  })

  it('is the one in the tz database', () => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' })
    // Since 1991-09-15 there is no summer time.
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1992, 0, 1) / 1000, max: 4_102_444_800 }), (at) => {
        expect(civilDateOf(at)).toBe(format.format(new Date(at * 1000)))
      }),
    )
  })

  it('begins at startOfDay and ends a second before the next', () => {
    fc.assert(
      fc.property(date, (civil) => {
        expect(civilDateOf(startOfDay(civil))).toBe(civil)
        expect(civilDateOf(startOfDay(civil) + DAY - 1)).toBe(civil)
        expect(civilDateOf(startOfDay(civil) - 1)).toBe(dateOf(new Date(utc(civil).getTime() - DAY * 1000)))
        expect(startOfDay(civil)).toBe(Date.parse(`${civil}T00:00:00+08:00`) / 1000)
      }),
    )
  })
})

describe('parseInstant', () => {
  it.each([
    ['2025-06-16T09:00:00+08:00', 1_750_035_600],
    ['2025-06-16T01:00:00Z', 1_750_035_600],
    ['2025-06-16T01:00:00-00:00', 1_750_035_600],
    ['2025-06-15T20:30:00-04:30', 1_750_035_600],
    ['2025-06-16T09:00:00.999999999+08:00', 1_750_035_600],
    ['1970-01-01T00:00:00Z', 0],
    ['9999-12-31T23:59:59Z', LATEST],
    ['2024-02-29T23:59:59+23:59', 1_709_164_859],
  ])('reads %s', (text, seconds) => {
    expect(parseInstant(text)).toBe(seconds)
    expect(parseInstant(text)).toBe(Math.floor(Date.parse(text) / 1000))
  })

  it('accepts seconds unchanged, and truncates a Date to its second', () => {
    expect(parseInstant(0)).toBe(0)
    expect(parseInstant(LATEST)).toBe(LATEST)
    expect(parseInstant(new Date(1_750_035_600_999))).toBe(1_750_035_600)
  })

  it.each([
    '',
    'now',
    '2025-06-16',
    '2025-06-16T09:00:00',
    '2025-06-16 09:00:00+08:00',
    '2025-06-16T09:00+08:00',
    '2025-06-16T24:00:00Z',
    '2025-06-16T09:60:00Z',
    '2025-06-16T09:00:60Z',
    '2025-02-30T09:00:00Z',
    '2025-13-01T09:00:00Z',
    '2025-00-01T09:00:00Z',
    '2025-06-16T09:00:00+8:00',
    '2025-06-16T09:00:00+0800',
    '2025-06-16T09:00:00 +08:00',
    '2025-06-16T09:00:00+24:00',
    '2025-06-16T09:00:00-24:00',
    '2025-06-16T09:00:00+08:60',
    '2025-06-16T09:00:00+00:99',
    '2025-06-16T09:00:00Z\n',
    '2025-06-16T09:00:00z',
    '2025-06-16t09:00:00Z',
    '2025-06-16T09:00:00.Z',
    '2025-06-16T09:00:00,5Z',
    '2025-06-16T09:00:00.1234567890Z',
    '1969-12-31T23:59:59Z',
    '1970-01-01T07:59:59+08:00',
    '1899-12-31T23:59:59Z',
    '10000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-00:01',
    '20250616T090000Z',
    '２０２５-06-16T09:00:00Z',
    '1750035600',
  ])('rejects the text %j', (text) => {
    expect(faultOf(() => parseInstant(text))).toEqual({ code: 'date.instant', details: { text } })
  })

  it.each([
    ['milliseconds', 1_750_035_600_000],
    ['a fraction', 1_750_035_600.5],
    ['a moment before 1970', -1],
    ['a moment after 9999', LATEST + 1],
    ['no number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an unsafe integer', 2 ** 53],
    ['an invalid Date', new Date('x')],
    ['a Date before 1970', new Date(-1)],
  ])('rejects %s', (_, input) => {
    expect(faultOf(() => parseInstant(input)).code).toBe('date.instant')
  })

  it('quotes at most sixty units of the text, and never half a character', () => {
    expect(faultOf(() => parseInstant(`${'x'.repeat(59)}😀`)).details.text).toBe('x'.repeat(59))
  })
})

describe('formatInstant', () => {
  it('round-trips with parseInstant, for every instant whose day in Shanghai is before the year 10000', () => {
    fc.assert(
      fc.property(
        instant.filter((at) => at <= LATEST - 8 * 3600),
        (at) => {
          const text = formatInstant(at)
          expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
          expect(parseInstant(text)).toBe(at)
          expect(Date.parse(text)).toBe(at * 1000)
          expect(text.slice(0, 10)).toBe(civilDateOf(at))
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    [0, '1970-01-01T08:00:00+08:00'],
    [1_750_035_600, '2025-06-16T09:00:00+08:00'],
    [1_750_003_199, '2025-06-15T23:59:59+08:00'],
    [1_750_003_200, '2025-06-16T00:00:00+08:00'],
  ])('of %i is %s', (at, text) => {
    expect(formatInstant(at)).toBe(text)
  })
})

describe('periods', () => {
  it.each([
    ['P1Y', { years: 1, months: 0, days: 0 }, '1 年', '1 year'],
    ['P6M', { years: 0, months: 6, days: 0 }, '6 个月', '6 months'],
    ['P7D', { years: 0, months: 0, days: 7 }, '7 天', '7 days'],
    ['P1D', { years: 0, months: 0, days: 1 }, '1 天', '1 day'],
    ['P1M', { years: 0, months: 1, days: 0 }, '1 个月', '1 month'],
    ['P2Y6M', { years: 2, months: 6, days: 0 }, '2 年 6 个月', '2 years 6 months'],
    ['P1Y2M10D', { years: 1, months: 2, days: 10 }, '1 年 2 个月 10 天', '1 year 2 months 10 days'],
    ['P0D', { years: 0, months: 0, days: 0 }, '0 天', '0 days'],
    ['P0Y0M', { years: 0, months: 0, days: 0 }, '0 天', '0 days'],
    ['P999Y9999M99999D', { years: 999, months: 9999, days: 99_999 }, '999 年 9999 个月 99999 天', '999 years 9999 months 99999 days'],
  ])('%s is read, and written in both languages', (text, period, zh, en) => {
    expect(parsePeriod(text)).toEqual(period)
    expect(periodText(text)).toEqual({ zh, en })
  })

  it.each(['', 'P', 'p1Y', 'P1', '1Y', 'P1W', 'PT1H', 'P1YT1H', 'P1M1Y', 'P-1D', '-P1D', 'P1.5Y', 'P1000Y', 'P１Y', ' P1Y', 'P1Y\n'])(
    'reject %j',
    (text) => {
      expect(faultOf(() => parsePeriod(text))).toEqual({ code: 'date.period', details: { text } })
    },
  )

  it('have the same result cached and uncached, with more periods than the cache can store', () => {
    const texts = Array.from({ length: 600 }, (_, n) => [`P${n}D`, n] as const)
    for (const [text, days] of [...texts, ...texts]) expect(parsePeriod(text)).toEqual({ years: 0, months: 0, days })
  })
})
