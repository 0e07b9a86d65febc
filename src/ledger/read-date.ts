/** Parses dates of ledgers: six spellings, serial numbers of Excel, and months without a day. */
import { addPeriod, isCivilDate } from '../base/date.js'
import type { Note } from './finding.js'

export interface ReadDate {
  readonly date?: string
  readonly month?: string
  readonly notes: readonly Note[]
}

const PARTS = /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(.*)$/
const MONTH = /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const COMPACT_MONTH = /^((?:19|20)\d{2})(0[1-9]|1[0-2])$/
/** Plausible serial numbers, from 1954 to 2119: days since 1899-12-30, day 0 of the 1900 date system. */
const SERIAL = /^[2-7]\d{4}(?:\.\d+)?$/
const TIME = /^\s*T?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$/

const two = (text: string): string => text.padStart(2, '0')

export function readDate(text: string): ReadDate {
  const parts = PARTS.exec(text) ?? COMPACT.exec(text)
  if (parts !== null) {
    const [, year = '', month = '', day = '', rest = ''] = parts
    const date = `${year}-${two(month)}-${two(day)}`
    if (rest !== '' && !TIME.test(rest)) return { notes: [{ code: 'ledger.date-unreadable', params: { text } }] }
    if (!isCivilDate(date)) return { notes: [{ code: 'ledger.date-impossible', params: { text } }] }
    // Spreadsheets add midnight; any other time is dropped with a note.
    return { date, notes: /[1-9]/.test(rest) ? [{ code: 'ledger.date-time', params: { text, date } }] : [] }
  }
  return readMonth(text) ?? readSerial(text) ?? { notes: [unreadable(text)] }
}

function readMonth(text: string): ReadDate | undefined {
  const [, year = '', written = ''] = MONTH.exec(text) ?? COMPACT_MONTH.exec(text) ?? []
  if (year === '') return undefined
  // Excel stores 2016.10 as a number and shows 2016.1, also in text files that it writes: October or January.
  if (/^\d{4}\.1$/.test(text)) return { notes: [{ code: 'ledger.date-month-spoiled', params: { text, year } }] }
  const month = `${year}-${two(written)}`
  if (!isCivilDate(`${month}-01`)) return { notes: [{ code: 'ledger.date-impossible', params: { text } }] }
  return { month, notes: [{ code: 'ledger.date-month', params: { text, month } }] }
}

function readSerial(text: string): ReadDate | undefined {
  if (!SERIAL.test(text)) return undefined
  const date = addPeriod('1899-12-30', { years: 0, months: 0, days: Math.floor(Number(text)) })
  return { date, notes: [{ code: 'ledger.date-serial', params: { text, date } }] }
}

const unreadable = (text: string): Note => ({
  code: /^\d{1,2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,4}\s*日?$/.test(text) ? 'ledger.date-short-year' : 'ledger.date-unreadable',
  params: { text },
})
