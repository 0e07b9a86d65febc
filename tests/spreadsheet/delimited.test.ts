// Why this exists: a text table states neither its encoding nor its separator, and a quotation mark in the wrong place moves every cell behind it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellName, readWorkbook, type Workbook, type WorkbookLimits } from '../../src/spreadsheet/index.js'

const read = (text: string | Uint8Array, limits?: Partial<WorkbookLimits>): Promise<Workbook> =>
  readWorkbook(typeof text === 'string' ? new TextEncoder().encode(text) : text, limits)
const texts = (workbook: Workbook): (string | undefined)[][] =>
  (workbook.sheets[0]?.rows ?? []).map((row) => Array.from(row, (cell) => cell?.text))
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'read',
    (error: { code?: string; details?: unknown }) => error.code,
  )

describe('a text table', () => {
  it('is read as UTF-8, with its mark and without', async () => {
    for (const mark of ['', '\ufeff']) {
      const workbook = await read(`${mark}名称,编号\r\n压力表,A-01\r\n`)
      expect(workbook).toMatchObject({ format: 'csv', encoding: 'utf-8' })
      expect(texts(workbook)).toEqual([
        ['名称', '编号'],
        ['压力表', 'A-01'],
      ])
    }
  })

  it('is read as GB 18030 where it is not UTF-8, and says so', async () => {
    // 压力表,№1 in GB 18030
    const octets = Uint8Array.from([0xd1, 0xb9, 0xc1, 0xa6, 0xb1, 0xed, 0x2c, 0xa1, 0xed, 0x31, 0x0a])
    const workbook = await read(octets)
    expect(workbook).toMatchObject({ format: 'csv', encoding: 'gb18030' })
    expect(texts(workbook)).toEqual([['压力表', '№1']])
  })

  it('is read as UTF-16 with its mark, as Excel saves Unicode text', async () => {
    const text = '名称\t编号\r\n压力表\tA-01\r\n'
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    const big = Buffer.from(little).swap16()
    for (const [octets, encoding] of [
      [little, 'utf-16le'],
      [big, 'utf-16be'],
    ] as const) {
      const workbook = await read(octets)
      expect(workbook).toMatchObject({ format: 'tsv', encoding })
      expect(texts(workbook)[1]).toEqual(['压力表', 'A-01'])
    }
  })

  it('is refused where its octets are no text', async () => {
    expect(await codeOf(read(Uint8Array.from([0x80, 0xff, 0xff, 0x2c, 0x81])))).toBe('spreadsheet.encoding')
    expect(await codeOf(read(Buffer.from('名称,编号', 'utf16le')))).toMatch(/^spreadsheet\.(?:unrecognised|encoding)$/)
    expect(await codeOf(read('a,b\u0001\n'))).toBe('spreadsheet.unrecognised')
  })

  it('has the separator that gives most rows the same number of cells, below titles too', async () => {
    expect(texts(await read('计量器具台账\n名称;量程;编号\n压力表;0,5;1\n压力表;1,6;2\n'))).toEqual([
      ['计量器具台账'],
      ['名称', '量程', '编号'],
      ['压力表', '0,5', '1'],
      ['压力表', '1,6', '2'],
    ])
    expect((await read('名称\t编号\n压力表, 普通\t1\n')).format).toBe('tsv')
    expect(texts(await read('sep=;\r\n名称;编号,x\r\n'))).toEqual([[], ['名称', '编号,x']])
    expect(texts(await read('只有一列\n1\n'))).toEqual([['只有一列'], ['1']])
  })

  it('keeps quoted cells with separators, ends of line and marks inside', async () => {
    expect(texts(await read('a,"b,1"\r\n"第一行\n第二行","说""好"""\n'))).toEqual([
      ['a', 'b,1'],
      ['第一行\n第二行', '说"好"'],
    ])
  })

  it('keeps marks inside a cell as they are, and 00123 that is written as ="00123"', async () => {
    expect(texts(await read('1/2"螺纹,"A"级,="00123"\n'))).toEqual([['1/2"螺纹', '"A"级', '00123']])
  })

  it('refuses a mark without a partner, and one that leaves open where its cell ends, and names the line', async () => {
    for (const text of ['a,b\n1,"2\n3,4\n', 'a,b\r1,"2,"3\r']) {
      await expect(read(text)).rejects.toMatchObject({ code: 'spreadsheet.quote', details: { line: 2 } })
    }
  })

  it('leaves empty cells out and keeps the places of the others', async () => {
    const workbook = await read('a,,c\n\n,x,\n')
    expect(texts(workbook)).toEqual([['a', undefined, 'c'], [], [undefined, 'x']])
    expect(workbook.sheets[0]?.rows[2]?.[1]).toEqual({ text: 'x', type: 'text' })
  })

  it('is refused beyond each limit, and read up to it', async () => {
    const table = 'a,b,c\n1,2,3\n'
    const cases: readonly (readonly [Partial<WorkbookLimits>, Partial<WorkbookLimits>, string])[] = [
      [{ octets: 12 }, { octets: 11 }, 'spreadsheet.octets-many'],
      [{ rows: 2 }, { rows: 1 }, 'spreadsheet.rows-many'],
      [{ columns: 3 }, { columns: 2 }, 'spreadsheet.columns-many'],
      [{ cells: 6 }, { cells: 5 }, 'spreadsheet.cells-many'],
      [{ cellLength: 1 }, { cellLength: 0 }, 'spreadsheet.cell-long'],
    ]
    for (const [enough, less, code] of cases) {
      expect(texts(await read(table, enough))).toHaveLength(2)
      expect(await codeOf(read(table, less))).toBe(code)
    }
  })

  it.each([
    [
      'other separators inside quoted cells, more of them than commas',
      '"","",""\r\n"",";\n",";\n;"\r\n"\r","",";a"',
      [';\n', ';\n;', '\r', ';a'],
    ],
    ['a list with semicolons in the second of two columns', 'a,"x;y;z"\nb,"x;y;z"', ['a', 'x;y;z', 'b', 'x;y;z']],
    ['a list with commas in a table with semicolons', '品名;量程\nA;"1,2,3"\nB;"1,2,3"', ['品名', '量程', 'A', '1,2,3', 'B', '1,2,3']],
    ['inches and grades, which are not quoted', '1/2",3/4",a;b', ['1/2"', '3/4"', 'a;b']],
    ['grades at the beginning of a cell', 'x,"A"级,1;2', ['x', '"A"级', '1;2']],
  ])('is read by the separator that leaves its quotation marks in place: %s', async (_, text, cells) => {
    expect(
      texts(await read(text))
        .flat()
        .filter((cell) => cell),
    ).toEqual(cells)
  })

  it('returns any cells unchanged that are written by RFC 4180', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '压', ',', '"', '\n', '\r', '\t', ';', ' ', '=', '0'), maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 3, maxLength: 8 }), async (rows) => {
        const written = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        const expected = rows.map((row) => row.map((each) => /^="([^"]*)"$/.exec(each)?.[1] ?? each))
        const got = texts(await read(written))
        expect(rows.map((row, at) => row.map((_, column) => got[at]?.[column] ?? ''))).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})

it('names cells as people do', () => {
  expect([
    cellName(11, 5),
    cellName(0, 0),
    cellName(9, 25),
    cellName(9, 26),
    cellName(0, 701),
    cellName(0, 702),
    cellName(1048575, 16383),
  ]).toEqual(['F12', 'A1', 'Z10', 'AA10', 'ZZ1', 'AAA1', 'XFD1048576'])
})
