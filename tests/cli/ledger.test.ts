// Why this exists: what a clerk reads of a ledger is the product: each answer, its exit code, and files that are safe to open.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerShapes } from '../support/ledgers.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli

beforeAll(async () => {
  cli = await openCli()
  for (const [id, { bytes }] of Object.entries(ledgerShapes)) await cli.write(`${id}.xlsx`, bytes())
  await cli.write('good.csv', '器具名称,出厂编号,检定日期,检定周期\n压力表,A1,2026-11-20,6个月\n')
})
afterAll(() => cli.close())

const AT = ['--at', '2026-11-29']

describe('ledger check', () => {
  it('names what is wrong by its cell, with advice, and exits with 1', async () => {
    const { code, out } = await cli.run(['ledger', 'check', 'A5.xlsx', ...AT])
    expect(code).toBe(1)
    expect(out).toContain('xlsx，1 个工作表，读出 7 行器具')
    expect(out).toContain('✕ 设备台账!J6  “2027.2.30”不是存在的日期')
    expect(out).toContain('! 设备台账!P4  下次检定日期 2027-02-10')
    expect(out).toMatch(/不能用 5，请核对 6，已处理 6\n$/)
  })

  it('exits with 0 where nothing is unusable, and says so in English', async () => {
    const { code, out } = await cli.run(['ledger', 'check', 'good.csv', ...AT, '--lang', 'en'])
    expect([code, out]).toEqual([0, 'csv utf-8, 1 sheet(s), 1 line(s)\nunusable 0, check 0, handled 0\n'])
  })

  it('gives every finding as JSON and as CSV', async () => {
    const json = await cli.run(['ledger', 'check', 'A5.xlsx', ...AT, '--format', 'json'])
    const { findings } = JSON.parse(json.out) as { findings: { code: string }[] }
    const csv = await cli.run(['ledger', 'check', 'A5.xlsx', ...AT, '--format', 'csv'])
    expect(csv.out.trim().split('\r\n')).toHaveLength(findings.length + 1)
    expect(csv.err).toContain('不能用 5')
  })

  it('writes a mapping, and reads by it once it is corrected', async () => {
    await cli.run(['ledger', 'check', 'A4.xlsx', ...AT, '--write-mapping', 'map.json'])
    const mapping = JSON.parse(await readFile(join(cli.folder, 'map.json'), 'utf8')) as {
      sheets: { columns: { column: string; field?: string }[] }[]
    }
    for (const column of mapping.sheets[0]?.columns ?? []) if (column.column === 'O') column.field = 'installedAt'
    await cli.write('map.json', mapping)
    const { out } = await cli.run(['ledger', 'import', 'A4.xlsx', ...AT, '--mapping', 'map.json', '--format', 'json'])
    const { lines, findings } = JSON.parse(out) as { lines: { place?: string }[]; findings: { code: string }[] }
    expect(lines.map(({ place }) => place)).toEqual(['S1', 'S1'])
    // What a person has confirmed is in doubt no more.
    expect(findings.map(({ code }) => code)).not.toContain('ledger.column-doubtful')
  })
})

describe('ledger due', () => {
  it('lists what is overdue and what must be booked, and says how days are counted', async () => {
    const { code, out } = await cli.run(['ledger', 'due', 'A3.xlsx', ...AT])
    expect(code).toBe(0)
    expect(out).toContain('须立即预约  2026-12-01  2 ')
    expect(out).toContain('工作日只扣除周六、周日')
    const { out: later } = await cli.run(['ledger', 'due', 'A3.xlsx', '--at', '2026-12-02'])
    expect(later).toContain('已超期')
  })

  it('exits with 1 where something is overdue, also by a page', async () => {
    const { code, out } = await cli.run(['ledger', 'due', 'A3.xlsx', '--at', '2026-12-02', '--format', 'html'])
    expect(code).toBe(1)
    expect(out).toContain('<td>✕ 已超期</td>')
    expect(out).not.toMatch(/<script|https?:\/\//)
  })

  it('counts the holidays that are given', async () => {
    await cli.write('holidays.json', { off: ['2026-10-01'] })
    const { err, out } = await cli.run(['ledger', 'due', 'good.csv', ...AT, '--holidays', 'holidays.json', '--full'])
    expect([err, out.includes('按所给节假日文件')]).toEqual(['', true])
    await cli.write('wrong.json', { off: ['2026-02-30'] })
    expect((await cli.run(['ledger', 'due', 'good.csv', '--holidays', 'wrong.json'])).err).toContain('ledger.holidays-shape')
  })
})

describe('ledger', () => {
  it('takes one action and one file', async () => {
    expect(await cli.run(['ledger', 'chek', 'good.csv'])).toMatchObject({ code: 2, err: expect.stringContaining('check') })
    expect(await cli.run(['ledger', 'check'])).toMatchObject({ code: 2, err: expect.stringContaining('cli.ledger-file') })
    expect(await cli.run(['ledger', 'check', 'good.csv', 'A5.xlsx'])).toMatchObject({ code: 2 })
    expect(await cli.run(['ledger', 'check', 'absent.xlsx'])).toMatchObject({ code: 2 })
  })

  it('writes no cell that a spreadsheet would run', async () => {
    await cli.write('evil.csv', '器具名称,出厂编号,备注\n"=HYPERLINK(""http://x"")",+1-1,@SUM(A1)\n')
    const { out } = await cli.run(['ledger', 'import', 'evil.csv', ...AT, '--format', 'csv'])
    expect(out).toContain(`"'=HYPERLINK(""http://x"")","'+1-1","'@SUM(A1)"`)
  })
})
