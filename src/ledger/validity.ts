/** The end of validity of the last verification, by the dates of the line. */
import { addPeriod, parsePeriod } from '../base/date.js'
import type { LedgerLine } from './line.js'

const ONE_DAY_LESS = -1

export const dayAfter = (date: string, days: number): string => addPeriod(date, { years: 0, months: 0, days })

/** 有效期至＝检定日期＋周期－1 日; absent without a date and an interval. */
export function computedValidity({ last, interval }: LedgerLine): string | undefined {
  const date = last?.date?.date
  if (date === undefined || interval?.period === undefined) return undefined
  return dayAfter(addPeriod(date, parsePeriod(interval.period)), ONE_DAY_LESS)
}

export interface Validity {
  readonly until: string
  /** `stated`: by the line; `computed`: by date and interval; `next-due`: only if there is neither, by the planned next verification. */
  readonly by: 'stated' | 'computed' | 'next-due'
}

/** Last day of validity. A planned date is not the end of validity, so `by` names it as such. */
export function validityOf(line: LedgerLine): Validity | undefined {
  const stated = line.last?.validUntil?.date
  if (stated !== undefined) return { until: stated, by: 'stated' }
  const computed = computedValidity(line)
  if (computed !== undefined) return { until: computed, by: 'computed' }
  const planned = line.nextDue?.date
  return planned === undefined ? undefined : { until: planned, by: 'next-due' }
}
