// Why this exists: a million statements are searched for duplicates in little memory. The result must be that of a search that stores all
// rows, and duplicates that are not listed must be counted.
import fc from 'fast-check'
import { createTally, type TableRow, unreadRow, writeSummaryText } from 'tongheng/report'
import { describe, expect, it } from 'vitest'

const row = (at: number, changes: Partial<TableRow>): TableRow => ({
  ...unreadRow({ file: `in/${Math.floor(at / 100)}.ndjson`, line: (at % 100) + 1, error: 'x' }),
  uscc: '12500000450417645Q',
  ...changes,
})
const summaryOf = (rows: readonly TableRow[]) => {
  const tally = createTally()
  for (const each of rows) tally.add(each)
  return tally.summary()
}

describe('the search for duplicates', () => {
  it('finds the same as a search that stores all rows', () => {
    const rows = fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        number: fc.constantFrom('', '1', '2', '3'),
        plate: fc.constantFrom('', '渝A1', '渝A2'),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(rows, (drawn) => {
        const all = drawn.map(({ id, number, plate }, at) => row(at, { statementId: id, number, plate }))
        const keyOf = { statement: (r: TableRow) => r.statementId, number: (r: TableRow) => r.number, instrument: (r: TableRow) => r.plate }
        const expected = (['statement', 'number', 'instrument'] as const).flatMap((what) => {
          const groups = new Map<string, TableRow[]>()
          for (const each of all)
            if (keyOf[what](each) !== '') groups.set(keyOf[what](each), [...(groups.get(keyOf[what](each)) ?? []), each])
          return [...groups.values()].flatMap(([first, ...rest]) => {
            const others = rest.filter((each) => what === 'statement' || each.statementId !== first?.statementId)
            return others.length === 0 ? [] : [{ what, places: [first, ...others].map((each) => `${each?.file}:${each?.line}`) }]
          })
        })
        expect(summaryOf(all).duplicates.map(({ what, places }) => ({ what, places }))).toEqual(expected)
      }),
    )
  })

  it('names a thousand and counts the others, in few octets a row', () => {
    globalThis.gc?.()
    const before = process.memoryUsage()
    const tally = createTally()
    for (let at = 0; at < 20_000; at++)
      tally.add(row(at, { statementId: `id ${at % 10_000}`, number: `号 ${at}`, serial: `SN ${at}`, model: 'Y-100' }))
    const held = process.memoryUsage()
    const summary = tally.summary()
    expect([summary.total, summary.searched, summary.duplicates.length, summary.unlisted]).toEqual([20_000, 20_000, 1000, 9000])
    expect(summary.duplicates[0]).toEqual({ what: 'statement', name: '号 10000', places: ['in/0.ndjson:1', 'in/100.ndjson:1'] })
    expect(writeSummaryText(summary)).toContain('另有 9950 项')
    expect(held.arrayBuffers - before.arrayBuffers).toBeLessThan(20_000 * 250)
  })

  it('has twenty places of one statement at most', () => {
    const summary = summaryOf(Array.from({ length: 100 }, (_, at) => row(at, { statementId: 'same', number: '1' })))
    expect(summary.duplicates).toHaveLength(1)
    expect(summary.duplicates[0]?.places).toHaveLength(21 - 1)
    expect(summary.unlisted).toBeUndefined()
  })
})
