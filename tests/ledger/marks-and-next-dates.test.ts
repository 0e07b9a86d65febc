// Why this exists: many ledgers tick a result with √, and state only the next date. Both are read with their most likely meaning and a
// finding to confirm it; a tick under 不合格 must never count as a pass.
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

describe('a result with a remark', () => {
  it.each(['不合格（已停用）', '不合格，停用', '不合格。', '不合格/报废', '检定不合格(外观)', '报废', 'NG', 'Fail'])(
    '%s is a failure, which is overdue whatever date is beside it',
    async (text) => {
      const { lines, codes } = await read(['器具名称,出厂编号,检定日期,检定周期,检定结果', `压力表,A1,2026-07-11,1年,${text}`])
      expect([lines[0]?.last?.result, codes]).toEqual([{ text, value: 'fail' }, []])
      expect(due(lines, { on: '2026-11-29' }).lines[0]?.group).toBe('overdue')
    },
  )

  it.each(['OK', 'Pass'])('%s is a pass', async (text) => {
    const { lines } = await read(['器具名称,出厂编号,检定结果', `压力表,A1,${text}`])
    expect(lines[0]?.last?.result?.value).toBe('pass')
  })

  it.each(['合格（限用）', '合格/不合格', '不合格/合格', '不合格，修后合格', '非不合格', '未检'])(
    '%s is not decided, and a person is asked',
    async (text) => {
      const { lines, codes } = await read(['器具名称,出厂编号,检定结果', `压力表,A1,${text}`])
      expect([lines[0]?.last?.result, codes]).toEqual([{ text }, ['word-unknown Sheet1!C2']])
    },
  )
})

describe('a column for the last verification beside one for the one before', () => {
  it.each([
    ['上次检定日期,本次检定日期', 'D', 'C'],
    ['上次检定日期,检定日期', 'D', 'C'],
  ])('%s: the last one is read, and the other is named by its letter', async (heads, last, before) => {
    const { lines, findings } = await read([`器具名称,出厂编号,${heads}`, '压力表,A1,2025-03-05,2026-03-04'])
    expect(lines[0]?.last?.date?.date).toBe('2026-03-04')
    const twice = findings.filter(({ code }) => code === 'ledger.column-twice')
    expect(twice.map(({ place, message }) => [place, message.zh.slice(0, 3), message.zh.includes(`只读取 ${last} 列`)])).toEqual([
      [`Sheet1!${before}:${before}`, `${before} 列`, true],
    ])
  })
})

describe('a row that begins like a total or a note', () => {
  it('is an instrument where it is the name of one', async () => {
    const { lines } = await read([
      '器具名称,型号规格,检定日期',
      '累计料斗秤,X,2026-03-05',
      '累计流量计,X,2026-03-05',
      '复核秤,X,2026-03-05',
    ])
    expect(lines.map(({ name }) => name)).toEqual(['累计料斗秤', '累计流量计', '复核秤'])
  })

  it.each(['合计,25', '总计 25 台,25', '小计：,25', '累计合计,', '累计,'])(
    '%s is left out, also with a count in the column of numbers',
    async (row) => {
      const { lines, codes } = await read(['器具名称,出厂编号,检定日期', '压力表,A1,2026-03-05', `${row},`])
      expect([lines.length, codes]).toEqual([1, ['total-row Sheet1!3:3']])
    },
  )
})

describe('a number of an instrument that a spreadsheet has spoiled', () => {
  it.each(['3月5日', '5-Mar', 'Mar-05', '2025/3/5'])(
    '%s, as it shows a 3-5 in a text file, is kept, and a person is asked',
    async (text) => {
      const { lines, codes } = await read(['器具名称,出厂编号', `压力表,${text}`])
      expect([lines[0]?.serialNumber, codes]).toEqual([text, ['number-date Sheet1!B2']])
    },
  )

  it.each(['3-5', 'A-Mar', 'M3月5日', 'May-1234', '2025/0305', '2025/13/5', '2025-3-5'])('%s is none', async (text) => {
    expect((await read(['器具名称,出厂编号', `压力表,${text}`])).codes).toEqual([])
  })

  it('with an exponent is not read, and is not said to have 15 digits', async () => {
    const { lines, findings } = await read(['器具名称,出厂编号', '压力表,1.2E+10'])
    const lost = findings.find(({ code }) => code === 'ledger.digits-lost')
    expect([lines[0]?.serialNumber, lost?.message.zh]).toEqual([undefined, expect.stringContaining('只显示了科学计数')])
  })
})

describe('a header of numbering', () => {
  it.each(['序号', '序 号', '"序\n号"'])('%s is left out without a word about persons', async (head) => {
    const { codes } = await read([`${head},器具名称,出厂编号`, '1,压力表,A1'])
    expect(codes).toEqual([])
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
