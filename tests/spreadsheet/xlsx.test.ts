// Why this exists: a workbook stores 1.1000000000000001 and shows 1.1, stores 0.1 and shows 0.10, stores 45351 and shows a day. What is
// read must be what a person sees, and beside it what is stored.
import fc from 'fast-check'
import { readXlsx, writeXlsx } from 'hucre'
import { describe, expect, it } from 'vitest'
import { type Cell, readWorkbook, type Sheet } from '../../src/spreadsheet/index.js'
import { makeWorkbook, rowOf, type WorkbookParts } from '../support/workbooks.ts'

const sheetOf = async (parts: WorkbookParts): Promise<Sheet> => (await readWorkbook(makeWorkbook(parts))).sheets[0] as Sheet
/** The cell A1 of a sheet with that cell only. */
const cellOf = async (xml: string, parts: Partial<WorkbookParts> = {}): Promise<Cell | undefined> =>
  (await sheetOf({ sheets: [`<row r="1">${xml}</row>`], ...parts })).rows[0]?.[0]
const shown = async (v: string, format: string | number, date1904 = false): Promise<Cell | undefined> =>
  cellOf(`<c r="A1" s="1"><v>${v}</v></c>`, { formats: [format], date1904 })

describe('a number', () => {
  it('is shown as its format says, and stored exactly beside it', async () => {
    const cases: readonly (readonly [stored: string, format: string | number, text: string])[] = [
      ['0.1', '0.00', '0.10'],
      ['0.1', 2, '0.10'],
      ['1.0049999999999999', '0.00', '1.01'],
      ['2.5', '0', '3'],
      ['-2.5', '0', '-3'],
      ['-0.001', '0.00', '-0.00'],
      ['0', '0.00', '0.00'],
      ['1234567.891', '#,##0.00', '1,234,567.89'],
      ['1234567.891', '#,##0', '1,234,568'],
      ['999', '#,##0', '999'],
      ['0.5', '#.00', '.50'],
      ['7', '00000', '00007'],
      ['0.125', '0.0%', '12.5%'],
      ['1.5', '0.0#', '1.5'],
      ['1.25', '0.0#', '1.25'],
      ['1600000', '0,', '1600'],
      ['25', '0.0"MPa"', '25.0MPa'],
      ['25', '0.0\\ \\°C', '25.0 °C'],
      ['25', '¥0.00', '¥25.00'],
      ['25', '[$¥-804]#,##0.00', '¥25.00'],
      ['-25', '0.00;[Red](0.00)', '(25.00)'],
      ['-25', '0.00_);\\-0.00_)', '-25.00'],
      ['0', '0.00;-0.00;"—"', '—'],
      ['12345', '0.00E+00', '1.23E+04'],
      ['9.999', '0.0E+00', '1.0E+01'],
      ['0.00012', '0.0E+00', '1.2E-04'],
      ['0', '0.0E+00', '0.0E+00'],
      ['3', '"第"0"次"', '第3次'],
      ['123456789012', '@', '123456789012'],
      ['5', 'General"台"', '5台'],
    ]
    for (const [stored, format, text] of cases)
      expect([stored, format, await shown(stored, format)]).toEqual([
        stored,
        format,
        expect.objectContaining({ text, type: 'number', number: stored }),
      ])
  })

  it('has no tail of a binary fraction, and no exponent, without a format', async () => {
    const cases: readonly (readonly [stored: string, text: string, number: string])[] = [
      ['1.1000000000000001', '1.1', '1.1000000000000001'],
      // As Gnumeric writes 1.6 and 0.001: more digits than the double has that is stored.
      ['1.60000000000000000002', '1.6', '1.6'],
      ['0.000999999999999999999958', '0.001', '0.001'],
      ['0.30000000000000004', '0.3', '0.30000000000000004'],
      ['1.2345678901234568E+16', '12345678901234600', '12345678901234568'],
      ['1E-3', '0.001', '0.001'],
      ['-4.0000000000000002E-2', '-0.04', '-0.040000000000000002'],
      ['100', '100', '100'],
      ['1.50', '1.5', '1.50'],
      ['1E+300', '1E+300', '1E+300'],
    ]
    for (const [stored, text, number] of cases)
      expect(await cellOf(`<c r="A1"><v>${stored}</v></c>`)).toEqual({ text, number, type: 'number' })
  })

  it('is shown without a format under an unsupported one, which is reported', async () => {
    for (const format of ['# ?/?', ';;;', '000-0000', '[>100]0.0;0.00', '[DBNum1]0', '0.0'.repeat(100)])
      expect(await shown('1234.5', format)).toEqual({ text: '1234.5', number: '1234.5', type: 'number', format })
  })

  it('agrees with another reader on which formats are dates, and on the days', async () => {
    const formats = ['yyyy-mm-dd', 'yyyy/m/d', 'yyyy"年"m"月"d"日"', '0.00', '#,##0', 'm/d/yy', '[$-804]yyyy/m/d;@', '0.0"m"', 'General']
    for (const format of formats)
      for (const serial of [1, 59, 61, 45351, 45351.5, 60000]) {
        const rows = (await readXlsx(makeWorkbook({ sheets: [rowOf(1, [{ v: String(serial), s: 1 }])], formats: [format] }))).sheets[0]
          ?.rows
        const theirs = rows?.[0]?.[0]
        const ours = await shown(String(serial), format)
        expect([format, serial, ours?.type === 'date', ours?.date]).toEqual([
          format,
          serial,
          theirs instanceof Date,
          theirs instanceof Date ? theirs.toISOString().slice(0, 10) : undefined,
        ])
      }
  })
})

describe('a date', () => {
  it('has its civil date and what is shown, in both date systems', async () => {
    const cases: readonly (readonly [stored: string, format: string | number, text: string, date: string, date1904?: boolean])[] = [
      ['45351', 'yyyy-mm-dd', '2024-02-29', '2024-02-29'],
      ['43889', 'yyyy-mm-dd', '2024-02-29', '2024-02-29', true],
      ['45351', 14, '2024/2/29', '2024-02-29'],
      ['45351', 31, '2024年2月29日', '2024-02-29'],
      ['45351', 'yyyy.mm', '2024.02', '2024-02-29'],
      ['45351', '[$-804]yyyy"年"m"月";@', '2024年2月', '2024-02-29'],
      ['45351.75', 22, '2024/2/29 18:00', '2024-02-29'],
      ['45351.999999', 'yyyy-mm-dd', '2024-03-01', '2024-03-01'],
      ['45351', 'd-mmm-yy', '2024-02-29', '2024-02-29'],
      ['45351', '[DBNum1]yyyy"年"m"月"', '2024-02-29', '2024-02-29'],
      ['1', 'yyyy-mm-dd', '1900-01-01', '1900-01-01'],
      ['59', 'yyyy-mm-dd', '1900-02-28', '1900-02-28'],
      ['61', 'yyyy-mm-dd', '1900-03-01', '1900-03-01'],
      ['0', 'yyyy-mm-dd', '1904-01-01', '1904-01-01', true],
    ]
    for (const [stored, format, text, date, date1904] of cases)
      expect([stored, format, await shown(stored, format, date1904)]).toEqual([
        stored,
        format,
        expect.objectContaining({ text, type: 'date', date, number: stored }),
      ])
  })

  it('is a number where there is no such day, or where only a time is shown', async () => {
    for (const [stored, format, text] of [
      ['60', 'yyyy-mm-dd', '60'],
      ['-1', 'yyyy-mm-dd', '-1'],
      ['3000000', 'yyyy-mm-dd', '3000000'],
      ['0', 'yyyy-mm-dd', '0'],
      ['0.75', 'h:mm', '18:00'],
      ['0.5', 'hh:mm:ss', '12:00:00'],
      ['0.0006944444', 'm:ss', '1:00'],
      ['1.5', '[h]:mm', '1.5'],
    ] as const) {
      const cell = await shown(stored, format)
      expect([stored, cell?.text, cell?.type, cell?.date]).toEqual([stored, text, 'number', undefined])
    }
  })

  it('is read from text of ISO 8601, as the strict form of the standard has it', async () => {
    expect(await cellOf('<c r="A1" t="d"><v>2024-02-29T00:00:00</v></c>')).toEqual({ text: '2024-02-29', type: 'date', date: '2024-02-29' })
    expect(await cellOf('<c r="A1" t="d"><v>soon</v></c>')).toEqual({ text: 'soon', type: 'text' })
  })
})

describe('a cell', () => {
  it('has the text of its runs without readings, and characters that XML does not allow', async () => {
    const strings =
      '<si><r><rPr><b/></rPr><t xml:space="preserve">压力 </t></r><r><t>&lt;表&gt;&#x31;</t></r><rPh sb="0" eb="2"><t>ya li</t></rPh></si><si><t>a_x000D_b_x005F_c</t></si><si/>'
    expect(await cellOf('<c r="A1" t="s"><v>0</v></c>', { strings })).toEqual({ text: '压力 <表>1', type: 'text' })
    expect(await cellOf('<c r="A1" t="s"><v>1</v></c>', { strings })).toEqual({ text: 'a\rb_c', type: 'text' })
    expect(await cellOf('<c r="A1" t="s"><v>2</v></c>', { strings })).toBeUndefined()
  })

  it('has a truth value, an error, or text of digits', async () => {
    expect(await cellOf('<c r="A1" t="b"><v>1</v></c>')).toEqual({ text: 'TRUE', type: 'boolean' })
    expect(await cellOf('<c r="A1" t="e"><v>#N/A</v></c>')).toEqual({ text: '#N/A', type: 'error' })
    expect(await cellOf('<c r="A1"><v>NaN</v></c>')).toEqual({ text: 'NaN', type: 'error' })
    expect(await cellOf('<c r="A1" t="inlineStr"><is><t>00123</t></is></c>')).toEqual({ text: '00123', type: 'text' })
  })

  it('of a formula has the stored value and is never computed; without one it says so', async () => {
    expect(await cellOf('<c r="A1"><f>1+1</f><v>3</v></c>')).toEqual({ text: '3', type: 'number', number: '3', isFormula: true })
    expect(await cellOf('<c r="A1" t="str"><f>cmd|calc</f><v>x</v></c>')).toEqual({ text: 'x', type: 'text', isFormula: true })
    expect(await cellOf('<c r="A1"><f>1+1</f></c>')).toEqual({ text: '', type: 'text', isFormula: true })
    // A formula that gives an empty text shows nothing.
    expect(await cellOf('<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>')).toBeUndefined()
  })

  it('without its place is the next one; a style alone is none', async () => {
    const { rows } = await sheetOf({
      sheets: ['<row><c><v>1</v></c><c s="1"/><c><v>3</v></c></row><row r="4"><c r="C4"><v>9</v></c></row>'],
    })
    expect(rows.map((row) => Array.from(row, (cell) => cell?.text))).toEqual([['1', undefined, '3'], [], [], [undefined, undefined, '9']])
  })
})

describe('a workbook', () => {
  it('has its sheets in order, those that are hidden too, and merged regions', async () => {
    const workbook = await readWorkbook(
      makeWorkbook({
        sheets: [rowOf(1, ['a']), rowOf(1, ['b'])],
        names: ['台账 & 附表', '参数'],
        states: ['', 'state="veryHidden"'],
        after: '<mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>',
      }),
    )
    expect(workbook.format).toBe('xlsx')
    expect(workbook.sheets.map(({ name, isHidden, merges }) => ({ name, isHidden, merges }))).toEqual([
      { name: '台账 & 附表', isHidden: false, merges: [{ top: 0, left: 0, bottom: 1, right: 2 }] },
      { name: '参数', isHidden: true, merges: [{ top: 0, left: 0, bottom: 1, right: 2 }] },
    ])
  })

  it('is refused by its code where the platform cannot inflate', async () => {
    const bytes = makeWorkbook({ sheets: [rowOf(1, ['a'])] })
    const kept = globalThis.DecompressionStream
    Reflect.deleteProperty(globalThis, 'DecompressionStream')
    try {
      await expect(readWorkbook(bytes)).rejects.toMatchObject({ code: 'spreadsheet.no-inflate' })
    } finally {
      globalThis.DecompressionStream = kept
    }
    expect((await readWorkbook(bytes)).sheets).toHaveLength(1)
  })

  it('is refused by its code where the platform inflates only with a header, as Chrome 80 to 102', async () => {
    const bytes = makeWorkbook({ sheets: [rowOf(1, ['a'])] })
    const kept = globalThis.DecompressionStream
    globalThis.DecompressionStream = class extends kept {
      constructor(format: CompressionFormat) {
        if ((format as string) === 'deflate-raw') throw new TypeError(`Unsupported compression format: '${format}'`)
        super(format)
      }
    }
    try {
      await expect(readWorkbook(bytes)).rejects.toMatchObject({ code: 'spreadsheet.no-inflate', cause: expect.any(TypeError) })
    } finally {
      globalThis.DecompressionStream = kept
    }
  })

  it('with macros is read without them, and says so', async () => {
    const parts = { sheets: [rowOf(1, ['a'])] }
    expect(await readWorkbook(makeWorkbook(parts))).not.toHaveProperty('hasMacros')
    expect(await readWorkbook(makeWorkbook({ ...parts, more: [{ name: 'xl/vbaProject.bin', data: 'x' }] }))).toMatchObject({
      hasMacros: true,
      sheets: [{ rows: [[{ text: 'a' }]] }],
    })
  })

  it('by another writer returns its texts, numbers and truth values', async () => {
    const value = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '压', '<', '&', '"', ' ', '0', '\t'), maxLength: 8 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
      fc.boolean(),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(value, { maxLength: 5 }), { minLength: 1, maxLength: 6 }), async (rows) => {
        const bytes = (await writeXlsx({ sheets: [{ name: 's', rows }] })) as Uint8Array
        const [sheet] = (await readWorkbook(bytes)).sheets
        rows.forEach((row, at) => {
          row.forEach((each, column) => {
            const cell = sheet?.rows[at]?.[column]
            if (each === null || each === '') expect(cell).toBeUndefined()
            else if (typeof each === 'number') expect(Number(cell?.number)).toBe(each === 0 ? 0 : each)
            else if (typeof each === 'boolean') expect(cell).toEqual({ text: each ? 'TRUE' : 'FALSE', type: 'boolean' })
            else expect(cell).toEqual({ text: each, type: 'text' })
          })
        })
      }),
      { numRuns: 200 },
    )
  })
})
