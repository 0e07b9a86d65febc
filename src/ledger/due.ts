/** Lists what is overdue, what must be booked, and what falls due next. */
import { daysBetween, isCivilDate } from '../base/date.js'
import type { Text } from '../base/message.js'
import { anArray, checkArgument, checkOptions, type Expectation, isObject, optional } from '../base/options.js'
import { say } from './finding-messages.js'
import type { LedgerLine } from './line.js'
import { type Validity, validityOf } from './validity.js'
import { createWorkingDays, type Holidays } from './working-days.js'

/** Days before the end of validity from which a line is listed. */
const SOON = 30
/** Working days before the end of validity by which the national platform requires a booking (e-CQS 强检预约). */
const BOOKING = 15

/**
 * `overdue`: from the day after the last day of validity, or failed. `book-now`: fewer than 15 working days are left, so booking is late.
 * `soon`: at most 30 days are left. `later`: more than that. `unknown`: the line has no usable date. `not-due`: no interval, or out of use.
 */
export type DueGroup = 'overdue' | 'book-now' | 'soon' | 'later' | 'unknown' | 'not-due'
/** The groups of a due list, most urgent first. */
export const dueGroups = ['overdue', 'book-now', 'soon', 'later', 'unknown', 'not-due'] as const satisfies readonly DueGroup[]

export interface DueLine {
  readonly line: LedgerLine
  readonly group: DueGroup
  readonly validity?: Validity
  /** Days left, without today; negative if overdue. */
  readonly days?: number
  /** Last day on which 15 working days are left for booking. */
  readonly bookBy?: string
  /** Reason for the group. */
  readonly reason: Text
}

export interface DueOptions {
  /** Today, `YYYY-MM-DD`. */
  readonly on: string
  readonly holidays?: Holidays
}

export interface DueList {
  readonly on: string
  /** Most urgent first. */
  readonly lines: readonly DueLine[]
  readonly counts: Readonly<Record<DueGroup, number>>
  /** True if public holidays were given; without them only weekends are off. */
  readonly hasHolidays: boolean
}

const CIVIL_DATE: Expectation = {
  is: (value) => typeof value === 'string' && isCivilDate(value),
  expected: { zh: '日期（YYYY-MM-DD）', en: 'a date, YYYY-MM-DD' },
}
const HOLIDAYS: Expectation = optional({ is: isObject, expected: { zh: '节假日（off、work）', en: 'holidays: off, work' } })
export const DUE_OPTIONS = { on: CIVIL_DATE, holidays: HOLIDAYS }

/** States in which an instrument is not used, so nothing falls due. */
const OUT_OF_USE: ReadonlySet<string> = new Set(['spare', 'stopped', 'sealed-off', 'scrapped', 'lost'])

/**
 * Sorts lines by the end of their validity.
 * @throws `verify.options`
 * @example
 * ```ts
 * import { due, readLedger } from 'tongheng/ledger'
 *
 * const csv = '器具名称,出厂编号,检定日期,检定周期\n压力表,A1,2026.05.04,6个月\n'
 * const { lines } = await readLedger(new TextEncoder().encode(csv))
 * due(lines, { on: '2026-11-04' }).lines[0]?.group // => 'overdue'
 * ```
 */
export function due(lines: readonly LedgerLine[], options: DueOptions): DueList {
  checkArgument('due', 'lines', lines, anArray)
  checkOptions('due', options, DUE_OPTIONS)
  const { on, holidays } = options
  const calendar = createWorkingDays(holidays)
  const found = lines.map((line) => placeLine(line, on, calendar.lastDayBefore))
  const counts = Object.fromEntries(dueGroups.map((group) => [group, 0])) as Record<DueGroup, number>
  for (const { group } of found) counts[group]++
  const order = (one: DueLine): number => dueGroups.indexOf(one.group)
  found.sort((a, b) => order(a) - order(b) || compareText(a.validity?.until ?? '', b.validity?.until ?? ''))
  return { on, lines: found, counts, hasHolidays: holidays !== undefined }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function placeLine(line: LedgerLine, on: string, bookByOf: (until: string, count: number) => string): DueLine {
  const { interval, state, last } = line
  if (state?.value !== undefined && OUT_OF_USE.has(state.value))
    return { line, group: 'not-due', reason: say('ledger.due-out-of-use', { state: state.text }) }
  // A failed instrument must not be used, so its dates do not count.
  if (last?.result?.value === 'fail') return { line, group: 'overdue', reason: say('ledger.due-failed', { result: last.result.text }) }
  const validity = validityOf(line)
  if (validity === undefined) {
    if (interval?.none !== undefined) return { line, group: 'not-due', reason: say('ledger.due-no-interval', { interval: interval.text }) }
    return { line, group: 'unknown', reason: unknownReason(line) }
  }
  const { until } = validity
  const days = daysBetween(on, until)
  const bookBy = bookByOf(until, BOOKING)
  const group = days < 0 ? 'overdue' : on > bookBy ? 'book-now' : days <= SOON ? 'soon' : 'later'
  return { line, group, validity, days, bookBy, reason: reasonOf(validity, line) }
}

function reasonOf({ by, until }: Validity, line: LedgerLine): Text {
  if (by === 'stated') return say('ledger.due-stated', { until })
  if (by === 'next-due') return say('ledger.due-planned', { until })
  return say('ledger.due-computed', { date: line.last?.date?.date, interval: line.interval?.text, until })
}

function unknownReason({ last, interval }: LedgerLine): Text {
  if (last?.date === undefined && last?.validUntil === undefined) return say('ledger.due-no-date')
  if (last.date?.date !== undefined && interval?.period === undefined) return say('ledger.due-interval-missing', { date: last.date.date })
  return say('ledger.due-date-partial', { text: last.date?.text ?? last.validUntil?.text })
}
