// Why this exists: the list that a partner agency opens in Excel must state for each statement the same as its verdict, whatever its texts
// contain.
import { createListWorkbook, createTally, type ListWorkbookOptions, type TableRow, tableColumns, unreadRow } from 'tongheng/report'
import { describe, expect, it } from 'vitest'
import { readWorkbook, type Workbook } from '../../src/spreadsheet/index.js'

const row = (changes: Partial<TableRow>): TableRow => ({ ...unreadRow({ file: 'a.jws', error: 'x' }), ...changes })
const options: ListWorkbookOptions = { at: '2026-01-01T00:00:00+08:00', region: '重庆市' }

async function workbookOf(rows: readonly TableRow[], changes: Partial<ListWorkbookOptions> = {}): Promise<Workbook> {
  const pieces: Uint8Array[] = []
  const list = createListWorkbook(async (bytes) => void pieces.push(bytes), { ...options, ...changes })
  const tally = createTally()
  for (const each of rows) {
    await list.add(each)
    tally.add(each)
  }
  await list.end(tally.summary())
  return readWorkbook(Buffer.concat(pieces))
}
const texts = ({ sheets }: Workbook, at: number): (string | undefined)[][] =>
  (sheets[at]?.rows ?? []).map((cells) => Array.from(cells, (cell) => cell?.text))

describe('a list of verdicts as a workbook', () => {
  it('has the columns of the CSV, a text cell each, and the outcome by sign and word', async () => {
    const rows = [
      row({ outcome: 'recognised', word: '予以互认', number: '00123', serial: '=1+1', plate: '+渝A', reason: '@x', basis: '-1' }),
      row({ outcome: 'not-recognised', word: '不予互认' }),
      row({ outcome: 'not-recognised', acceptedAs: 'failure', word: '采信（不合格）' }),
      row({ outcome: 'indeterminate', word: '无法判定', file: 'b\u202ec' }),
    ]
    const workbook = await workbookOf(rows)
    expect(workbook.sheets.map(({ name }) => name)).toEqual(['汇总', '逐份结论'])
    const [head, ...lines] = texts(workbook, 1)
    expect(head).toEqual([...tableColumns.values()].map(({ zh }) => zh))
    expect(lines.map((line) => line[2])).toEqual(['✓ 予以互认', '✕ 不予互认', '△ 采信（不合格）', '? 无法判定'])
    expect(
      workbook.sheets[1]?.rows.flat().every((cell) => cell === undefined || (cell.type === 'text' && cell.isFormula === undefined)),
    ).toBe(true)
    expect(lines[0]).toEqual(expect.arrayContaining(['00123', '=1+1', '+渝A', '@x', '-1']))
    expect(lines[3]?.[0]).not.toContain('\u202e')
  })

  it('has a sheet of what is there twice, and counts in the summary', async () => {
    const twice = { uscc: '12500000450417645Q', issuer: '重庆院', outcome: 'recognised', word: '予以互认' } as const
    const workbook = await workbookOf([
      row({ ...twice, file: 'a', statementId: '1', number: 'N1', plate: '渝A1' }),
      row({ ...twice, file: 'b', statementId: '2', number: 'N1', plate: '渝A1' }),
      row({ ...twice, file: 'c', statementId: '1', number: 'N1', plate: '渝A1' }),
    ])
    expect(workbook.sheets.map(({ name }) => name)).toEqual(['汇总', '重复', '逐份结论'])
    expect(texts(workbook, 1).slice(1)).toEqual([
      ['同一签名记录出现多次', 'N1', 'a\nc'],
      ['同一机构的同一编号用于不同记录', 'N1', 'a\nb'],
      ['同一器具有多份记录', '渝A1', 'a\nb'],
    ])
    const summary = texts(workbook, 0)
    expect(summary.slice(0, 4)).toEqual([['核验清单'], ['共 3 份'], ['判定时间 2026-01-01T00:00:00+08:00'], ['采信方 重庆市']])
    expect(summary).toContainEqual(['予以互认', '3'])
    expect(summary.at(-1)).toEqual(['重复', '3'])
    expect(workbook.sheets[0]?.rows.flat().find((cell) => cell?.text === '3')?.type).toBe('number')
  })

  it('is written for no statement, in English, and in several sheets if one is full', async () => {
    const none = await workbookOf([], { language: 'en' })
    expect(none.sheets.map(({ name }) => name)).toEqual(['Summary', 'Each statement'])
    expect(texts(none, 1)).toHaveLength(1)
    const many = await workbookOf(
      Array.from({ length: 30 }, (_, at) => row({ file: String(at) })),
      { maxRows: 12 },
    )
    expect(many.sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['汇总', many.sheets[0]?.rows.length],
      ['逐份结论', 12],
      ['逐份结论 (2)', 12],
      ['逐份结论 (3)', 9],
    ])
  })

  it('has a long text cut and not the list lost', async () => {
    const workbook = await workbookOf([row({ reason: 'x'.repeat(40_000) })])
    expect(texts(workbook, 1)[1]?.find((text) => text?.startsWith('xxx'))).toHaveLength(32_001)
  })

  it('is refused with wrong arguments', () => {
    expect(() => createListWorkbook(undefined as never, options)).toThrow(expect.objectContaining({ code: 'verify.options' }))
    expect(() => createListWorkbook(async () => undefined, {} as never)).toThrow(expect.objectContaining({ code: 'verify.options' }))
  })
})
