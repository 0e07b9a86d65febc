/** Serial numbers of days, as spreadsheets store dates (ECMA-376 part 1, 18.17.4.1). */
import { type CivilDate, dateOfDay } from '../base/date.js'

/** 1900: day 1 is 1 January 1900, and day 60 is 29 February 1900, which never existed. 1904: day 0 is 1 January 1904. */
export type DateSystem = '1900' | '1904'

export interface Moment {
  /** Empty for day 0 of 1900, which stores a time without a day. */
  readonly date: CivilDate
  /** Seconds since midnight. */
  readonly seconds: number
}

/** Days from 1970-01-01 to serial 0 of each system. */
const DAY_0 = { '1900': -25_568, '1904': -24_107 } as const
const MAX_SERIAL = 2_958_465
const FALSE_LEAP_DAY = 60

/** The moment of a serial number; undefined if it is no date, such as 29 February 1900. */
export function dateOfSerial(serial: number, system: DateSystem): Moment | undefined {
  // Round to the second first: a fraction of a second before midnight is shown as the next day.
  const total = Math.round(serial * 86_400)
  const day = Math.floor(total / 86_400)
  if (!(serial >= 0) || day > MAX_SERIAL) return undefined
  const seconds = total - day * 86_400
  if (system === '1904') return { date: dateOfDay(DAY_0['1904'] + day), seconds }
  if (day === FALSE_LEAP_DAY) return undefined
  return { date: day === 0 ? '' : dateOfDay(DAY_0['1900'] + day - (day > FALSE_LEAP_DAY ? 1 : 0)), seconds }
}
