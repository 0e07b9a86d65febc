// Why this exists: a due list sends people to book and to stop using instruments. The day on which a verification ends is still good, a
// failure is never late but void, and what has no date is not “fine”.
import fc from 'fast-check'
import { due, type LedgerLine, parseHolidays, readLedger } from 'tongheng/ledger'
import { describe, expect, it } from 'vitest'
import { createWorkingDays } from '../../src/ledger/working-days.js'

const line = (members: Partial<LedgerLine>): LedgerLine => ({ kind: 'ledger-entry', version: 1, name: '压力表', ...members })
const until = (date: string): LedgerLine => line({ last: { validUntil: { text: date, date } } })
const groupOf = (one: LedgerLine, on: string): string | undefined => due([one], { on }).lines[0]?.group

describe('a due list', () => {
  it('has a line as overdue from the day after its validity, never on that day', () => {
    expect(groupOf(until('2026-11-29'), '2026-11-29')).toBe('book-now')
    expect(groupOf(until('2026-11-29'), '2026-11-30')).toBe('overdue')
  })

  it('requires a booking while fifteen working days are left, and lists thirty days ahead', () => {
    // 2026-11-30 is a Monday: 15 working days after Friday 2026-11-27 end on Friday 2026-12-18.
    expect(due([until('2026-12-18')], { on: '2026-11-27' }).lines[0]).toMatchObject({ group: 'soon', bookBy: '2026-11-27', days: 21 })
    expect(groupOf(until('2026-12-18'), '2026-11-28')).toBe('book-now')
    expect(groupOf(until('2026-12-27'), '2026-11-27')).toBe('soon')
    expect(groupOf(until('2026-12-28'), '2026-11-27')).toBe('later')
  })

  it('counts public holidays and weekends worked only where they are given', () => {
    const holidays = parseHolidays({ off: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'], work: ['2026-10-10'] })
    const [plain, counted] = [due([until('2026-10-16')], { on: '2026-09-01' }), due([until('2026-10-16')], { on: '2026-09-01', holidays })]
    expect([plain.lines[0]?.bookBy, plain.hasHolidays]).toEqual(['2026-09-25', false])
    expect([counted.lines[0]?.bookBy, counted.hasHolidays]).toEqual(['2026-09-21', true])
  })

  it('computes validity as date and interval less one day if none is stated, and says so', () => {
    const computed = line({ last: { date: { text: '2026.05.04', date: '2026-05-04' } }, interval: { text: '6个月', period: 'P6M' } })
    expect(due([computed], { on: '2026-11-03' }).lines[0]).toMatchObject({
      validity: { until: '2026-11-03', by: 'computed' },
      group: 'book-now',
    })
    expect(groupOf(computed, '2026-11-04')).toBe('overdue')
  })

  it('uses the planned date only if there is no other, and says so', () => {
    const planned = line({ nextDue: { text: '2026-12-31', date: '2026-12-31' } })
    const [found] = due([planned], { on: '2026-11-29' }).lines
    expect(found?.validity).toEqual({ until: '2026-12-31', by: 'next-due' })
    expect(found?.reason.zh).toContain('下次检定日期')
    const both = line({
      nextDue: { text: '2026-12-31', date: '2026-12-31' },
      last: { validUntil: { text: '2026-11-01', date: '2026-11-01' } },
    })
    expect(groupOf(both, '2026-11-29')).toBe('overdue')
  })

  it('never lists as good a line without a date, a failed one, or one out of use', () => {
    expect(groupOf(line({}), '2026-11-29')).toBe('unknown')
    expect(groupOf(line({ last: { date: { text: '2016.05', month: '2016-05' } } }), '2026-11-29')).toBe('unknown')
    const failed = line({ last: { result: { text: '不合格', value: 'fail' }, validUntil: { text: '2030-01-01', date: '2030-01-01' } } })
    expect(groupOf(failed, '2026-11-29')).toBe('overdue')
    expect(groupOf(line({ state: { text: '封存', value: 'sealed-off' } }), '2026-11-29')).toBe('not-due')
    expect(groupOf(line({ interval: { text: '随坏随换', none: 'replaced-when-broken' } }), '2026-11-29')).toBe('not-due')
  })

  it('has each line once, the most urgent first', async () => {
    const csv = '器具名称,出厂编号,有效期至\n甲,1,2027-05-01\n乙,2,2026-11-01\n丙,3,\n丁,4,2026-12-01\n'
    const { lines } = await readLedger(new TextEncoder().encode(csv))
    const list = due(lines, { on: '2026-11-29' })
    expect(list.lines.map((one) => [one.line.name, one.group])).toEqual([
      ['乙', 'overdue'],
      ['丁', 'book-now'],
      ['甲', 'later'],
      ['丙', 'unknown'],
    ])
    expect(Object.values(list.counts).reduce((sum, count) => sum + count, 0)).toBe(4)
  })
})

describe('working days', () => {
  it('are counted back to the working day that leaves the requested number', () => {
    const days = createWorkingDays()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 30 }), (offset, count) => {
        const end = new Date(Date.UTC(2024, 0, 1 + offset)).toISOString().slice(0, 10)
        const before = days.lastDayBefore(end, count)
        const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay()
        expect([0, 6]).not.toContain(weekday(before))
        let between = 0
        for (let at = Date.parse(before) + 86_400_000; at <= Date.parse(end); at += 86_400_000)
          if (new Date(at).getUTCDay() % 6 !== 0) between++
        expect(between).toBe(count)
      }),
    )
  })
})
