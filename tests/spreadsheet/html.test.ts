// Why this exists: what a provincial system exports as .xls is a page. Its cells are what a browser shows; what they stand for is beside them.
import { describe, expect, it } from 'vitest'
import { readWorkbook, type Sheet, type Workbook } from '../../src/spreadsheet/index.js'

const read = (text: string | Uint8Array): Promise<Workbook> =>
  readWorkbook(typeof text === 'string' ? new TextEncoder().encode(text) : text)
const sheetOf = async (text: string | Uint8Array): Promise<Sheet> => (await read(text)).sheets[0] as Sheet
const texts = (sheet: Sheet): (string | undefined)[][] => sheet.rows.map((row) => Array.from(row, (cell) => cell?.text))

describe('a table in HTML', () => {
  it('is read with its spans, as Excel writes it', async () => {
    const workbook = await read(`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=utf-8>
<style><!-- td {mso-number-format:"\\@"} .a > b {} --></style><!--[if gte mso 9]><xml><x:Name>台账</x:Name></xml><![endif]--></head><body>
<table border=1><tr><td colspan=3>计量器具<br>台账</td></tr>
<tr><th rowspan="2">名称<th colspan='2'>量程 &amp; 单位
<tr><td>从</td><td>到&nbsp;MPa</td></tr>
<tr><td>压力表</td><td x:num="0.1" style='mso-number-format:"0\\.00"'>0.10</td><td x:num>1.6</td></tr>
</table></body></html>`)
    expect(workbook).toMatchObject({ format: 'html', encoding: 'utf-8' })
    const sheet = workbook.sheets[0] as Sheet
    expect(texts(sheet)).toEqual([['计量器具\n台账'], ['名称', '量程 & 单位'], [undefined, '从', '到 MPa'], ['压力表', '0.10', '1.6']])
    expect(sheet.merges).toEqual([
      { top: 0, left: 0, bottom: 0, right: 2 },
      { top: 1, left: 0, bottom: 2, right: 0 },
      { top: 1, left: 1, bottom: 1, right: 2 },
    ])
    expect(sheet.rows[3]?.[1]).toEqual({ text: '0.10', type: 'number', number: '0.1', format: '0.00' })
    expect(sheet.rows[3]?.[2]).toEqual({ text: '1.6', type: 'number', number: '1.6' })
  })

  it('has dates, formulas and digits that are text', async () => {
    const sheet = await sheetOf(`<table><tr>
<td x:num="45351" style='mso-number-format:"yyyy\\/m\\/d"'>2024/2/29</td><td x:num="3" x:fmla="=1+2">3</td>
<td style="mso-number-format:'\\@'">00123</td><td x:num="soon">x</td><td x:num="0.5" style='mso-number-format:"0%"'></td></tr></table>`)
    expect(sheet.rows[0]).toEqual([
      { text: '2024/2/29', type: 'date', number: '45351', format: 'yyyy/m/d', date: '2024-02-29' },
      { text: '3', type: 'number', number: '3', isFormula: true },
      { text: '00123', type: 'text' },
      { text: 'x', type: 'text' },
      { text: '50%', type: 'number', number: '0.5', format: '0%' },
    ])
  })

  it('of an old system is read in GB 18030, and tables stand one below the other', async () => {
    const octets = Buffer.concat([
      Buffer.from('<table><tr><td>'),
      Buffer.from([0xd1, 0xb9, 0xc1, 0xa6]),
      Buffer.from('</table><TABLE><TR><TD>2'),
    ])
    const workbook = await read(octets)
    expect(workbook).toMatchObject({ format: 'html', encoding: 'gb18030' })
    expect(texts(workbook.sheets[0] as Sheet)).toEqual([['压力'], ['2']])
  })

  it('preserves a "less than" sign and undeclared entities, and runs nothing', async () => {
    const sheet = await sheetOf(
      '<table><tr><td>U < 0.5 &foo; &#916;&#x3a9;</td><td onclick="x()">a<script>alert("<td>")</script>b</td><td>&deg;C</td></tr></table>',
    )
    expect(texts(sheet)).toEqual([['U < 0.5 &foo; ΔΩ', 'ab', '°C']])
  })

  it('is refused where a cell has a table, where it has no end, and where there is none', async () => {
    for (const [text, code] of [
      ['<table><tr><td><table></table></td></tr></table>', 'spreadsheet.nested-tables'],
      ['<html><table><tr><td>1</td><td class="x', 'spreadsheet.damaged'],
      ['<html><!-- <table>', 'spreadsheet.damaged'],
      ['<html><body>none</body></html>', 'spreadsheet.no-sheets'],
      ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>', 'spreadsheet.format'],
      ['MIME-Version: 1.0\r\nContent-Type: multipart/related', 'spreadsheet.format'],
    ] as const)
      await expect(read(text)).rejects.toMatchObject({ code })
  })

  it('with cells that span far is rejected, or read without iterating over them', async () => {
    await expect(read('<table><tr><td colspan=100000>1</td></tr></table>')).rejects.toMatchObject({ code: 'spreadsheet.columns-many' })
    const sheet = await sheetOf(`<table>${'<tr><td rowspan=1000000 colspan=1000>1</td></tr>'.repeat(1)}<tr><td>2</td></tr></table>`)
    expect(texts(sheet)[0]).toEqual(['1'])
    expect(sheet.rows[1]?.[1000]?.text).toBe('2')
  })

  it('is not made of a text table whose first cell begins with a mark', async () => {
    expect((await read('<0.5,a\n<1.0,b\n')).format).toBe('csv')
  })
})
