// Why this exists: many ledgers tick a result with √ and state nothing but the next date. Both are read, as what they most likely mean, and a
// person is asked; a tick under 不合格 must never be read as a pass.
import { due, type LedgerMapping, readLedger } from 'tongheng/ledger'
import { describe, expect, it } from 'vitest'

const read = async (rows: readonly string[], mapping?: LedgerMapping) => {
  const ledger = await readLedger(new TextEncoder().encode(`${rows.join('\n')}\n`), { on: '2026-11-29', ...(mapping && { mapping }) })
  return { ...ledger, codes: ledger.findings.map(({ code, place }) => `${code.replace('ledger.', '')} ${place}`) }
}

describe('a mark as a result', () => {
  it.each([
    ['√', 'pass'],
    ['✓', 'pass'],
    ['✔', 'pass'],
    ['×', 'fail'],
    ['✗', 'fail'],
  ])('%s is read as %s, and a person is asked', async (mark, value) => {
    const { lines, codes } = await read(['器具名称,出厂编号,检定结果', `压力表,A1,${mark}`])
    expect(lines[0]?.last?.result).toEqual({ text: mark, value })
    expect(codes).toEqual([`mark-${value} Sheet1!C2`])
  })

  it('of a failure makes the instrument overdue, whatever date is beside it', async () => {
    const { lines } = await read([
      '器具名称,出厂编号,检定日期,检定周期,检定结果',
      '压力表,A1,2026-07-11,1年,×',
      '压力表,A2,2026-07-11,1年,√',
    ])
    expect(due(lines, { on: '2026-11-29' }).lines.map(({ group }) => group)).toEqual(['overdue', 'later'])
  })

  it('has the meaning that the mapping states, without a question', async () => {
    const rows = ['器具名称,出厂编号,检定结果', '压力表,A1,√']
    const { mapping } = await read(rows)
    const { lines, codes } = await read(rows, { ...mapping, values: { result: { '√': 'fail' } } })
    expect([lines[0]?.last?.result?.value, codes]).toEqual(['fail', []])
  })

  it.each([
    ['检定结果（不合格打√）', undefined],
    ['检定结果不合格', undefined],
    ['检定结果（合格√/不合格×）', 'pass'],
    ['检定结果（合格打√）', 'pass'],
  ])('under “%s” is %s', async (head, value) => {
    const { lines, codes } = await read([`器具名称,出厂编号,${head}`, '压力表,A1,√'])
    expect(lines[0]?.last?.result?.value).toBe(value)
    expect(codes.some((code) => code.startsWith(value === undefined ? 'column-undecided' : 'mark-pass'))).toBe(true)
  })

  it('in one of two columns, 合格 and 不合格, is a pass in the first, and kept as written in the second', async () => {
    const { lines, codes } = await read(['器具名称,出厂编号,检定结果,检定结果', ',,合格,不合格', '压力表,A1,√,', '压力表,A2,,√'])
    expect(lines.map(({ last }) => last?.result?.value)).toEqual(['pass', undefined])
    expect(codes).toContain('column-twice Sheet1!D:D')
  })
})

describe('a next date', () => {
  it.each(['下次检定', '下次校准', '下次送检', '下次检定日期'])(
    'under %s alone decides what is due, and says so once a sheet',
    async (head) => {
      const { lines, codes } = await read([`器具名称,出厂编号,${head}`, '压力表,A1,2026-11-28', '压力表,A2,2027-06-01'])
      expect(lines.map(({ nextDue }) => nextDue?.date)).toEqual(['2026-11-28', '2027-06-01'])
      expect(codes).toEqual(['next-due-alone Sheet1!C2'])
      expect(due(lines, { on: '2026-11-29' }).lines.map(({ group, validity }) => [group, validity?.by])).toEqual([
        ['overdue', 'next-due'],
        ['later', 'next-due'],
      ])
    },
  )

  it('is ignored without a finding beside a validity, or a date and an interval', async () => {
    for (const [heads, cells] of [
      ['有效期至', '2027-05-31'],
      ['检定日期,检定周期', '2026-06-01,1年'],
    ] as const) {
      const { lines, codes } = await read([`器具名称,出厂编号,${heads},下次检定`, `压力表,A1,${cells},2027-06-01`])
      expect(due(lines, { on: '2026-11-29' }).lines[0]?.validity?.until).toBe('2027-05-31')
      expect(codes).toEqual([])
    }
  })

  it('that is a month or unreadable causes a finding about itself only', async () => {
    const { codes } = await read(['器具名称,出厂编号,下次检定', '压力表,A1,2027-06', '压力表,A2,待定'])
    expect(codes).toEqual(['date-month Sheet1!C2', 'date-unreadable Sheet1!C3'])
  })
})
