// Why this exists: every decision is read from a result table; a column taken for another, or a unit ignored, decides wrongly.
import {
  type Column,
  columnRoles,
  decimalAt,
  judgedColumn,
  judgedRows,
  pointer,
  type ResultTable,
  readTable,
  uncertaintyRatio,
} from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'

const column = (role: Column['role'], unit?: string, more: Partial<Column> = {}): Column => ({
  role,
  name: { zh: columnRoles[role][0] },
  ...(unit !== undefined && { unit }),
  ...(role === 'uncertainty' && { k: '2' }),
  ...more,
})
const table = (columns: readonly Column[], ...rows: readonly (readonly (string | null)[])[]): ResultTable => ({
  id: 'table',
  name: { zh: '表' },
  columns: [...columns],
  rows: rows.map((row) => [...row]),
})
const read = (of: ResultTable) => {
  const { read: one, findings } = readTable(of, 0)
  if (one === undefined) throw new Error(JSON.stringify(findings))
  return one
}
const limits = (unit: string) => [column('lower-limit', unit), column('upper-limit', unit)]
const judged = (of: ResultTable) =>
  [...judgedRows([read(of)])].map(({ row, value, lower, upper, uncertainty }) => {
    const text = (fraction: typeof lower) =>
      fraction && (fraction.denominator === 1n ? `${fraction.numerator}` : `${fraction.numerator}/${fraction.denominator}`)
    return { row, value: text(value), lower: text(lower), upper: text(upper), uncertainty: text(uncertainty) }
  })

describe('readTable', () => {
  it.each(Object.values(fixtures).filter(({ record }) => 'results' in record))('reads every table of $id', ({ record }) => {
    const tables = 'results' in record ? (record.results ?? []) : []
    for (const [at, one] of tables.entries()) expect(readTable(one, at).findings).toEqual([])
  })

  it.each([
    ['two columns of one role', table([column('error', 'mm'), column('error', 'mm')], ['1', '2']), 'table.role-twice /results/3/columns/1'],
    ['a numeric column without a unit', table([column('error')], ['1']), 'table.unit-missing /results/3/columns/0'],
    ['a verdict with a unit', table([column('verdict', '1')], ['pass']), 'table.unit-on-verdict /results/3/columns/0/unit'],
    [
      'an uncertainty without k',
      table([{ role: 'uncertainty', name: { zh: 'U' }, unit: 'mm' }], ['1']),
      'table.coverage-missing /results/3/columns/0',
    ],
    ['a row too short', table([column('error', 'mm'), column('verdict')], ['1', 'pass'], ['1']), 'table.row-length /results/3/rows/1'],
    ['a row too long', table([column('error', 'mm')], ['1', 'pass']), 'table.row-length /results/3/rows/0'],
    [
      'a cell that is no decimal',
      table([column('repeat', 'mm'), column('repeat', 'mm')], ['1', '1e3']),
      'table.cell-number /results/3/rows/0/1',
    ],
    ['a verdict in Chinese', table([column('verdict')], ['合格']), 'table.cell-verdict /results/3/rows/0/0'],
    ['a verdict every object has as a member', table([column('verdict')], ['constructor']), 'table.cell-verdict /results/3/rows/0/0'],
    [
      'a rounding interval of nothing',
      table([column('error', 'mm', { roundTo: '0.0' })], ['1']),
      'decimal.interval /results/3/columns/0/roundTo',
    ],
    [
      'a rounding interval below nothing',
      table([column('error', 'mm', { roundTo: '-0.1' })], ['1']),
      'decimal.interval /results/3/columns/0/roundTo',
    ],
  ])('says what is wrong with %s, and reads nothing from the table', (_, of, finding) => {
    const { read: one, findings } = readTable(of, 3)
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([finding])
    expect(one).toBeUndefined()
  })

  it('admits any number of conditions and repeated readings, with and without a unit for a condition', () => {
    const of = table(
      [column('condition'), column('condition', 'Cel'), column('repeat', 'mm'), column('repeat', 'mm')],
      ['升程', '20', '1.0', '1.1'],
    )
    expect(readTable(of, 0).findings).toEqual([])
  })

  it('tells “nothing was measured” from zero', () => {
    const one = read(table([column('error', 'mm')], [null], ['0.00']))
    const error = one.columns.get('error')
    expect(decimalAt(one, 0, error)).toBeUndefined()
    expect(decimalAt(one, 1, error)).toEqual({ coefficient: 0n, scale: 2 })
    expect(decimalAt(one, 2, error)).toBeUndefined()
    expect(decimalAt(one, 1, one.columns.get('indication'))).toBeUndefined()
  })

  it('judges the error, or the indication where no error is stated', () => {
    expect(judgedColumn(read(table([column('indication', 'mm'), column('error', 'mm')], ['1', '2'])))?.column.role).toBe('error')
    expect(judgedColumn(read(table([column('indication', 'mm')], ['1'])))?.column.role).toBe('indication')
    expect(judgedColumn(read(table([column('nominal', 'mm')], ['1'])))).toBeUndefined()
  })

  it('points to a table, a row, a cell', () => {
    expect([pointer(1), pointer(1, 2), pointer(1, 2, 3)]).toEqual(['/results/1', '/results/1/rows/2', '/results/1/rows/2/3'])
  })
})

describe('judgedRows', () => {
  it('yields rows with a value and at least one limit, and no others', () => {
    const of = table(
      [column('error', 'mm'), ...limits('mm')],
      ['1', '0', '2'],
      ['1', null, '2'],
      ['1', '0', null],
      ['1', null, null],
      [null, '0', '2'],
    )
    expect(judged(of).map(({ row, lower, upper }) => [row, lower, upper])).toEqual([
      [0, '0', '2'],
      [1, undefined, '2'],
      [2, '0', undefined],
    ])
    expect(judged(table([column('error', 'mm')], ['1']))).toEqual([])
  })

  it('brings limits and uncertainty to the unit of the value, exactly', () => {
    const of = table([column('error', 'kg'), ...limits('t'), column('uncertainty', 'g')], ['20', '-0.02', '0.02', '7'])
    expect(judged(of)).toEqual([{ row: 0, value: '20', lower: '-20', upper: '20', uncertainty: '7/1000' }])
  })

  it('reads a limit on a temperature with its offset, and a limit on an error of temperature without', () => {
    expect(judged(table([column('indication', 'Cel'), ...limits('K')], ['20.0', '293.15', '294.15']))[0]).toMatchObject({
      lower: '20',
      upper: '21',
    })
    expect(judged(table([column('error', 'Cel'), ...limits('K')], ['0.2', '-1', '1']))[0]).toMatchObject({ lower: '-1', upper: '1' })
  })

  it('leaves out a limit that measures something else', () => {
    expect(judged(table([column('error', 'mm'), ...limits('kg')], ['1', '0', '2']))).toEqual([])
    expect(judged(table([column('error', 'mm'), ...limits('furlong')], ['1', '0', '2']))).toEqual([])
  })

  it('rounds before judging where the table says so: half to even, to any interval', () => {
    const rounded = (roundTo: string, written: string) =>
      judged(table([column('error', 'mm', { roundTo }), ...limits('mm')], [written, '-9', '9']))[0]?.value
    expect([rounded('0.1', '0.25'), rounded('0.1', '0.35'), rounded('0.1', '-0.25')]).toEqual(['1/5', '2/5', '-1/5'])
    expect([rounded('0.2', '0.3'), rounded('0.5', '0.75'), rounded('5', '2.5')]).toEqual(['2/5', '1', '0'])
  })

  it('takes a relative uncertainty of the value it belongs to', () => {
    const of = table(
      [column('reference', 'N.m'), column('error', 'N.m'), ...limits('N.m'), column('uncertainty', '%')],
      ['-100.0', '0.1', '-1.0', '1.0', '0.5'],
    )
    expect(judged(of)[0]?.uncertainty).toBe('1/2')
    const indicated = table([column('indication', 'm3'), ...limits('m3'), column('uncertainty', '%')], ['12.000', '11.5', '12.5', '0.25'])
    expect(judged(indicated)[0]?.uncertainty).toBe('3/100')
    const nominal = table(
      [column('nominal', 'kg'), column('error', 'g'), ...limits('g'), column('uncertainty', '[ppm]')],
      ['2', '0', '-10', '10', '3'],
    )
    expect(judged(nominal)[0]?.uncertainty).toBe('3/500')
  })

  it('leaves out a percentage of what cannot be had in percent, or of another quantity', () => {
    const celsius = table([column('indication', 'Cel'), ...limits('Cel'), column('uncertainty', '%')], ['20.0', '19', '21', '1'])
    expect(judged(celsius)[0]?.uncertainty).toBeUndefined()
    const voltage = table(
      [column('nominal', 'K'), column('error', 'mV'), ...limits('mV'), column('uncertainty', '%')],
      ['300', '0', '-1', '1', '1'],
    )
    expect(judged(voltage)[0]?.uncertainty).toBeUndefined()
    const absolute = table(
      [column('nominal', 'mV'), column('error', '%'), ...limits('%'), column('uncertainty', 'mV')],
      ['300', '0', '-1', '1', '1'],
    )
    expect(judged(absolute)[0]?.uncertainty).toBeUndefined()
    const empty = table(
      [column('nominal', 'mV'), column('error', 'mV'), ...limits('mV'), column('uncertainty', '%')],
      [null, '0', '-1', '1', '1'],
    )
    expect(judged(empty)[0]?.uncertainty).toBeUndefined()
  })

  it('keeps a relative uncertainty of a relative error as it is', () => {
    const of = table(
      [column('reference', 'N.m'), column('error', '%'), ...limits('%'), column('uncertainty', '[ppth]')],
      ['100', '0.1', '-1', '1', '5'],
    )
    expect(judged(of)[0]?.uncertainty).toBe('1/2')
  })

  it('never lets the sign of an uncertainty widen the limits', () => {
    const of = table([column('error', 'mm'), ...limits('mm'), column('uncertainty', 'mm')], ['0.9', '-1.0', '1.0', '-0.3'])
    expect(judged(of)[0]?.uncertainty).toBe('3/10')
  })
})

describe('uncertaintyRatio', () => {
  const ratio = (lower: string | null, upper: string | null, uncertainty: string | null): string | undefined => {
    const of = table([column('error', 'mm'), ...limits('mm'), column('uncertainty', 'mm')], ['0', lower, upper, uncertainty])
    const [row] = judgedRows([read(of)])
    const found = row && uncertaintyRatio(row)
    return found && `${found.numerator}/${found.denominator}`
  }

  it('is U over half the width of the limits, or over the one limit there is', () => {
    expect(ratio('-0.3', '0.3', '0.10')).toBe('1/3')
    expect(ratio('-4.0', '1.0', '0.5')).toBe('1/5')
    expect(ratio(null, '0.3', '0.10')).toBe('1/3')
    expect(ratio('-0.3', null, '0.10')).toBe('1/3')
  })

  it('says nothing where there is nothing to divide', () => {
    expect([ratio('-1', '1', null), ratio('1', '1', '0.1'), ratio('1', '-1', '0.1'), ratio(null, '0', '0.1')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
