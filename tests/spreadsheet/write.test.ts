// Why this exists: a workbook goes to people who open it by a double click. No text of a record may become a formula, a link or another text.
import fc from 'fast-check'
import { readXlsx } from 'hucre'
import { describe, expect, it } from 'vitest'
import { createWorkbookWriter, readWorkbook, type Workbook, type WrittenCell, writeWorkbook } from '../../src/spreadsheet/index.js'

const texts = ({ sheets }: Workbook): unknown =>
  sheets.map(({ name, rows }) => [name, rows.map((row) => Array.from(row, (cell) => cell?.text))])
const written = async (rows: readonly (readonly WrittenCell[])[], name = 's'): Promise<Workbook> =>
  readWorkbook(await writeWorkbook([{ name, columns: [], rows }]))

describe('a written workbook', () => {
  it('has its texts as text cells, whatever they begin with, and nothing that is run', async () => {
    const evil = [
      '=1+1',
      '+86',
      '-1',
      '@SUM(A1)',
      '\tx',
      '\r=1',
      '=HYPERLINK("http://x","y")',
      "'=1",
      '00123',
      '51010020260000001',
      '2024-02-29',
      '<f>1</f>',
    ]
    const bytes = await writeWorkbook([{ name: 's', columns: evil.map((title) => ({ title })), rows: [evil] }])
    const [sheet] = (await readWorkbook(bytes)).sheets
    for (const row of sheet?.rows ?? []) expect(row).toEqual(evil.map((text) => ({ text, type: 'text' })))
    const theirs = await readXlsx(bytes, { readStyles: true })
    expect(theirs.sheets[0]?.rows[1]).toEqual(evil)
    expect([...(theirs.sheets[0]?.cells?.values() ?? [])].filter(({ formula, hyperlink }) => formula ?? hyperlink)).toEqual([])
  })

  it('has its titles in a frozen first row with widths, and tabs in their order', async () => {
    const bytes = await writeWorkbook([
      {
        name: '逐份结论',
        tab: 2,
        columns: [{ title: '编号', width: 20 }, { title: '结论' }],
        rows: [['1', { text: '予以互认', style: 'good' }]],
      },
      { name: '汇总', tab: 1, columns: [], rows: [['共', { number: 1 }]] },
    ])
    const { sheets } = await readXlsx(bytes, { readStyles: true })
    expect(sheets.map(({ name }) => name)).toEqual(['汇总', '逐份结论'])
    expect(sheets[1]).toMatchObject({ freezePane: { rows: 1 }, autoFilter: { range: 'A1:B2' }, columns: [{ width: 20 }, { width: 14 }] })
    expect(sheets[1]?.cells?.get('0,0')?.style).toMatchObject({ font: { bold: true } })
    expect(sheets[1]?.cells?.get('1,1')?.style).toMatchObject({ font: { bold: true, color: { rgb: '0B5D2A' } }, numFmt: '@' })
    expect(sheets[0]?.rows[0]).toEqual(['共', 1])
  })

  it('returns any text unchanged when it is read', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      fc.string({
        unit: fc.constantFrom('_x0041_', '_x005F_', '_', 'x', '0', '\0', '\r', '\n', '\ud800', '\ufffe', '<', '&', ']]>', ' '),
        minLength: 1,
        maxLength: 6,
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), async (rows) => {
        expect(texts(await written(rows))).toEqual([['s', rows]])
      }),
      { numRuns: 200 },
    )
  })

  it('continues on a further sheet with the same columns when one is full', async () => {
    const pieces: Uint8Array[] = []
    const writer = createWorkbookWriter(async (bytes) => void pieces.push(bytes), { maxRows: 3 })
    await writer.sheet({ name: '清单', columns: [{ title: 'n' }] })
    for (const n of ['1', '2', '3', '4', '5']) await writer.row([n])
    await writer.end()
    expect(texts(await readWorkbook(Buffer.concat(pieces)))).toEqual([
      ['清单', [['n'], ['1'], ['2']]],
      ['清单 (2)', [['n'], ['3'], ['4']]],
      ['清单 (3)', [['n'], ['5']]],
    ])
  })

  it('has names of sheets that Excel accepts', async () => {
    const names = ["'a/b[c]'", 'A B C', 'a b c', '', '很'.repeat(40)]
    const { sheets } = await readWorkbook(await writeWorkbook(names.map((name) => ({ name, columns: [], rows: [['1']] }))))
    expect(sheets.map(({ name }) => name)).toEqual(['a b c', 'A B C (2)', 'a b c (3)', 'Sheet', '很'.repeat(31)])
  })

  it('is the same, octet for octet, for the same rows', async () => {
    const make = (): Promise<Uint8Array> => writeWorkbook([{ name: 's', columns: [{ title: 'a' }], rows: [['1'], ['2']] }])
    expect(await make()).toEqual(await make())
  })

  it('is refused for a text that no cell can hold', async () => {
    await expect(written([['x'.repeat(32_768)]])).rejects.toMatchObject({ code: 'spreadsheet.cell-long', details: { cell: 'A1' } })
    expect(texts(await written([['x'.repeat(32_767)]]))).toEqual([['s', [['x'.repeat(32_767)]]]])
  })

  it('is rejected beyond the maximum octets of a zip, for the file and for a part', async () => {
    const writeRows = async (maxOctets: number): Promise<void> => {
      const writer = createWorkbookWriter(async () => undefined, { maxOctets })
      await writer.sheet({ name: 's', columns: [] })
      for (let row = 0; row < 5000; row++) await writer.row(['x'.repeat(100)])
      await writer.end()
    }
    await expect(writeRows(500_000)).rejects.toMatchObject({ code: 'spreadsheet.write-large' })
    await expect(writeRows(1000)).rejects.toMatchObject({ code: 'spreadsheet.write-large' })
    await writeRows(2_000_000)
  })

  it('rethrows errors of the sink, and never hangs', async () => {
    let left = 3
    const writer = createWorkbookWriter(async () => {
      if (left-- === 0) throw new RangeError('full')
    })
    const work = async (): Promise<void> => {
      await writer.sheet({ name: 's', columns: [] })
      for (let row = 0; row < 50_000; row++) await writer.row([`${row} ${Math.sin(row)}`])
      await writer.end()
    }
    await expect(work()).rejects.toThrow('full')
  })

  it('of 100,000 rows needs no memory that grows with them', async () => {
    let octets = 0
    const writer = createWorkbookWriter(async (bytes) => {
      octets += bytes.length
    })
    await writer.sheet({ name: 's', columns: [{ title: 'a' }] })
    const held: number[] = []
    for (let row = 0; row < 100_000; row++) {
      await writer.row([`编号 ${row}`, 'x'.repeat(200)])
      if (row % 10_000 === 0) held.push(process.memoryUsage().external)
    }
    await writer.end()
    expect(octets).toBeGreaterThan(500_000)
    expect(Math.max(...held.slice(1)) - (held[1] ?? 0)).toBeLessThan(20 * 1024 * 1024)
  })
})
