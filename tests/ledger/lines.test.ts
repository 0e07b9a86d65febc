// Why this exists: lines share what was read of equal texts, so that 200,000 of them fit into memory. A line that is changed must never
// change another one, and lines that share a number must not be compared with each other one by one.
import { readLedger } from 'tongheng/ledger'
import { describe, expect, it } from 'vitest'
import { headersOf, ledgerFields } from '../../src/ledger/fields.js'
import { columnName } from '../../src/spreadsheet/index.js'
import { makeWorkbook } from '../support/workbooks.ts'

const ledgerOf = (head: string, rows: readonly string[]) =>
  readLedger(new TextEncoder().encode(`${head}\n${rows.join('\n')}\n`), { on: '2026-11-29' })
const HEAD = '器具名称,型号规格,出厂编号,制造单位,测量范围（MPa）,检定周期,检定日期'
const row = (serial: string, maker = '红旗仪表', name = '一般压力表') => `${name},Y-100,${serial},${maker},0-4.0,6个月,2026-05-04`

describe('lines of a ledger', () => {
  it('share the ranges, dates and intervals of equal texts, which are frozen', async () => {
    const [first, second] = (await ledgerOf(HEAD, [row('A1'), row('A2')])).lines
    expect(first?.range).toEqual({ text: '0-4.0', unit: 'MPa', ranges: [{ lower: '0', upper: '4.0', unit: 'MPa' }] })
    expect(second?.range).toBe(first?.range)
    expect(second?.last?.date).toBe(first?.last?.date)
    expect(() => Object.assign(first?.range?.ranges?.[0] ?? {}, { upper: '9' })).toThrow(TypeError)
    expect(second?.range?.ranges?.[0]?.upper).toBe('4.0')
  })

  it('do not change when a member of another line is set', async () => {
    const [first, second] = (await ledgerOf(HEAD, [row('A1'), row('A2')])).lines
    Object.assign(first ?? {}, { range: { text: '0-1.6' } })
    expect(second?.range?.text).toBe('0-4.0')
  })

  it('with equal serial number, maker and name are reported, each after the first of its maker', async () => {
    const makers = ['甲厂', '乙厂', '甲厂', '丙厂', '乙厂', '甲厂']
    const { findings } = await ledgerOf(
      HEAD,
      makers.map((maker) => row('001A', maker)),
    )
    const twice = findings.filter(({ code }) => code === 'ledger.number-twice')
    expect(twice.map(({ place, message }) => [place, /Sheet1!C\d/.exec(message.zh)?.[0]])).toEqual([
      ['Sheet1!C4', 'Sheet1!C2'],
      ['Sheet1!C6', 'Sheet1!C3'],
      ['Sheet1!C7', 'Sheet1!C2'],
    ])
  })

  it('with one serial number and as many makers as lines have no finding', async () => {
    const { findings } = await ledgerOf(
      HEAD,
      Array.from({ length: 50 }, (_, at) => row('001A', `厂${at}`)),
    )
    expect(findings.map(({ code }) => code)).not.toContain('ledger.number-twice')
  })

  it('are rejected if merged cells would fill more of them than a workbook may have cells', async () => {
    const known = [...ledgerFields.keys()].flatMap((field) => headersOf(field)[0] ?? [])
    const heads = [...known, ...Array.from({ length: 110 - known.length }, (_, at) => `其他${at}`)]
    const cells = (row: number, texts: readonly string[]): string =>
      `<row r="${row}">${texts.map((text, at) => `<c r="${columnName(at)}${row}" t="str"><v>${text}</v></c>`).join('')}</row>`
    const merges = heads.map((_, at) => `<mergeCell ref="${columnName(at)}2:${columnName(at)}40100"/>`).join('')
    const sheet = `${cells(1, heads)}${cells(2, heads)}${cells(40_100, ['压力表'])}`
    await expect(readLedger(makeWorkbook({ sheets: [sheet], after: `<mergeCells>${merges}</mergeCells>` }))).rejects.toMatchObject({
      code: 'spreadsheet.cells-many',
    })
  })
})
