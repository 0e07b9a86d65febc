/** Finds contradictions within a line, and numbers that two lines share. */
import { daysBetween, periodText } from '../base/date.js'
import { identifierKey, isNoSerial } from '../base/identifier.js'
import { type LedgerField, ledgerFields } from './fields.js'
import { findingOf, type LedgerFinding, type Note, placeOf } from './finding.js'
import type { LedgerLine } from './line.js'
import { computedValidity, dayAfter, validityOf } from './validity.js'

/** Column of a field in the sheet of a line, from zero; lines do not store it, the mapping does. */
export type ColumnOf = (line: LedgerLine, field: LedgerField) => number | undefined

/** Maximum plausible validity in days. */
const MAX_DAYS = 366 * 40

export function checkLines(lines: readonly LedgerLine[], columnOf: ColumnOf, findings: LedgerFinding[], on?: string): void {
  const firstOf = createFirsts()
  const planned = new Set<string>()
  for (const line of lines) {
    const report = (field: LedgerField, note: Note): void => {
      findings.push(findingOf(note, spotOf(line, field, columnOf)))
    }
    checkDates(line, report, on)
    const validity = line.nextDue && validityOf(line)
    if (validity?.by === 'next-due' && !planned.has(line.at?.sheet ?? '')) {
      // Reported once per sheet: its columns cause it, so it affects all lines.
      planned.add(line.at?.sheet ?? '')
      report('nextDue', { code: 'ledger.next-due-alone', params: { found: validity.until } })
    }
    const { result } = line.last ?? {}
    if (result?.value === 'fail' && line.state?.value === 'in-use')
      report('result', { code: 'ledger.failed-in-use', params: { result: result.text, state: line.state.text } })
    for (const field of ['serialNumber', 'assetNumber'] as const) {
      const number = line[field]
      const other = number === undefined || isNoSerial(number) ? line : firstOf[field](identifierKey(number), line)
      if (other !== line)
        report(field, {
          code: 'ledger.number-twice',
          params: { field: ledgerFields.get(field), number, other: placeOf(spotOf(other, field, columnOf)) },
        })
    }
  }
}

/** Returns the first line with the same number, which is the line itself if there is none before it. */
function createFirsts(): Record<'serialNumber' | 'assetNumber', (key: string, line: LedgerLine) => LedgerLine> {
  const [serials, assets] = [new Map<string, LedgerLine>(), new Map<string, LedgerLine>()]
  /** Lines of one serial number by maker and name; filled only for numbers that repeat, as most do not. */
  const makers = new Map<string, Map<string, LedgerLine>>()
  const first = (known: Map<string, LedgerLine>, key: string, line: LedgerLine): LedgerLine => {
    const found = known.get(key)
    if (found === undefined) known.set(key, line)
    return found ?? line
  }
  return {
    assetNumber: (key, line) => first(assets, key, line),
    serialNumber(key, line) {
      const other = first(serials, key, line)
      if (other === line) return line
      // Two manufacturers may assign the same serial number to different instruments.
      const of = makers.get(key) ?? new Map([[makerOf(other), other]])
      makers.set(key, of)
      return first(of, makerOf(line), line)
    },
  }
}
const makerOf = ({ manufacturer = '', name = '' }: LedgerLine): string => `${manufacturer}\0${name}`

function spotOf(line: LedgerLine, field: LedgerField, columnOf: ColumnOf) {
  const { sheet = '', row = 1 } = line.at ?? {}
  const column = columnOf(line, field)
  return { sheet, row: row - 1, field, ...(column !== undefined && { column }) }
}

function checkDates(line: LedgerLine, report: (field: LedgerField, note: Note) => void, on: string | undefined): void {
  const date = line.last?.date?.date
  if (date === undefined) return
  const [stated, planned, made] = [line.last?.validUntil?.date, line.nextDue?.date, line.manufacturedOn?.date]
  const until = computedValidity(line)
  const period = line.interval?.period === undefined ? undefined : periodText(line.interval.period)
  if (on !== undefined && date > on) report('verifiedOn', { code: 'ledger.verified-in-future', params: { date, on } })
  if (made !== undefined && date < made) report('verifiedOn', { code: 'ledger.verified-before-made', params: { date, found: made } })
  if (stated !== undefined) {
    if (stated < date) report('validUntil', { code: 'ledger.expired-before-verified', params: { found: stated, date } })
    else if (daysBetween(date, stated) > MAX_DAYS) report('validUntil', { code: 'ledger.date-far', params: { date: stated } })
    else if (until !== undefined && stated !== until) {
      const code = stated === dayAfter(until, 1) ? 'ledger.valid-one-day' : 'ledger.valid-until-differs'
      report('validUntil', { code, params: { found: stated, date, period, until } })
    }
  }
  if (planned !== undefined) {
    if (planned <= date) report('nextDue', { code: 'ledger.due-before-verified', params: { found: planned, date } })
    else if (daysBetween(date, planned) > MAX_DAYS) report('nextDue', { code: 'ledger.date-far', params: { date: planned } })
    else if (until !== undefined && planned !== until && planned !== dayAfter(until, 1))
      report('nextDue', { code: 'ledger.next-due-differs', params: { found: planned, date, period, until } })
  }
}
