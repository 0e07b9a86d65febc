// Why this exists: where the header of a sheet is not found, or a title is taken for it, a person states its rows; the columns must then be
// proposed from those rows and no others.
import { type LedgerMapping, readLedger } from 'tongheng/ledger'
import { describe, expect, it } from 'vitest'

const bytes = (rows: readonly string[]): Uint8Array => new TextEncoder().encode(rows.join('\n'))
const mapping = (header: { first: number; last: number } | undefined): LedgerMapping => ({
  kind: 'ledger-mapping',
  version: 1,
  sheets: [{ name: 'Sheet1', ...(header && { header }), columns: [] }],
})
/** The second row has the words of a header too, and more of them. */
const ROWS = ['某厂台账', '器具名称,出厂编号,型号规格,检定日期', '名称甲,编号甲,型号规格', '压力表,A1,Y-100', '压力表,A2,Y-60']
const read = async (rows: readonly string[], header?: { first: number; last: number }) => {
  const { lines, mapping: used, findings } = await readLedger(bytes(rows), { mapping: mapping(header) })
  return { lines: lines.length, used: used.sheets[0], codes: findings.map(({ code }) => code) }
}

describe('a mapping without columns', () => {
  it('proposes them from its header rows', async () => {
    expect(await read(ROWS)).toMatchObject({ used: { header: { first: 2, last: 2 } } })
    const { used, lines } = await read(ROWS, { first: 3, last: 3 })
    expect(lines).toBe(2)
    expect(used).toMatchObject({
      header: { first: 3, last: 3 },
      columns: [{ header: '名称甲', certainty: 'likely' }, { header: '编号甲' }, { header: '型号规格', field: 'model', certainty: 'sure' }],
    })
  })

  it('with header rows that the sheet lacks, detects the header', async () => {
    expect(await read(ROWS, { first: 99, last: 99 })).toMatchObject({ used: { header: { first: 2, last: 2 } } })
    expect(await read(ROWS, { first: 3, last: 1_048_576 })).toMatchObject({ lines: 0, used: { header: { first: 3, last: 5 } } })
  })

  it('with an empty header row, reads nothing and reports it', async () => {
    const { lines, used, codes } = await read(['', ...ROWS], { first: 1, last: 1 })
    expect([lines, used]).toEqual([0, { name: 'Sheet1', header: { first: 1, last: 1 }, columns: [] }])
    expect(codes).toContain('ledger.no-header')
  })

  it('is returned for a sheet without a header, for a person to complete', async () => {
    const { mapping: given, findings } = await readLedger(bytes(['甲,乙', '丙,丁']))
    expect(given.sheets).toEqual([{ name: 'Sheet1', columns: [] }])
    expect(findings.map(({ code }) => code)).toContain('ledger.no-header')
    const [sheet] = given.sheets
    const chosen = { ...given, sheets: [{ name: sheet?.name ?? '', header: { first: 1, last: 1 }, columns: [] }] }
    expect((await readLedger(bytes(['名称甲,型号规格', '丙,丁']), { mapping: chosen })).lines).toHaveLength(1)
  })
})
