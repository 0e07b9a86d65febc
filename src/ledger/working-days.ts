/** Working days in China: Saturdays and Sundays are off. Public holidays are announced each year, so the caller provides them. */
import * as z from 'zod/mini'
import { daysBetween } from '../base/date.js'
import { about, CivilDate } from '../base/schema.js'
import { readShape } from '../base/shape.js'
import { dayAfter } from './validity.js'

const Days = z.array(CivilDate).check(z.maxLength(5000))
export const Holidays = z.strictObject({
  off: about(z.optional(Days), '放假的日子', 'Days off'),
  work: about(z.optional(Days), '调休上班的周末', 'Weekends on which people work instead'),
})
/** Days off, and weekend days that are worked, as 国务院办公厅 announces them for each year. */
export type Holidays = z.infer<typeof Holidays>

/** Reads holidays from JSON data. @throws `ledger.holidays-shape` */
export const parseHolidays = (value: unknown): Holidays => readShape<Holidays>(Holidays, value, 'ledger.holidays-shape')

/** A Monday. */
const MONDAY = '2024-01-01'

export interface WorkingDays {
  is(date: string): boolean
  /** The last working day after which at least `count` working days are left up to and including `until`. */
  lastDayBefore(until: string, count: number): string
}

export function createWorkingDays({ off = [], work = [] }: Holidays = {}): WorkingDays {
  const [isOff, isWorked] = [new Set(off), new Set(work)]
  const is = (date: string): boolean => {
    if (isWorked.has(date)) return true
    const weekday = (((daysBetween(MONDAY, date) % 7) + 7) % 7) + 1
    return weekday <= 5 && !isOff.has(date)
  }
  const known = new Map<string, string>()
  return {
    is,
    lastDayBefore(until, count) {
      const key = `${until}:${count}`
      const before = known.get(key)
      if (before !== undefined) return before
      let day = until
      let left = count
      // Terminates: the list of holidays is bounded, and every week outside it has five working days.
      while (left > 0 || !is(day)) {
        if (is(day)) left--
        day = dayAfter(day, -1)
      }
      known.set(key, day)
      return day
    },
  }
}
