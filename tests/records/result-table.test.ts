// Why this exists: every decision is derived from a result table. A confused column or an ignored unit causes a wrong decision.
import { decimalAt, judgedColumn, pointer, readTable } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { column, read, table } from './tables.ts'

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
  ])('reports %s, and reads nothing from the table', (_, of, finding) => {
    const { read: one, findings } = readTable(of, 3)
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([finding])
    expect(one).toBeUndefined()
  })

  it('accepts any number of conditions and repeated readings, with and without a unit for a condition', () => {
    const of = table(
      [column('condition'), column('condition', 'Cel'), column('repeat', 'mm'), column('repeat', 'mm')],
      ['升程', '20', '1.0', '1.1'],
    )
    expect(readTable(of, 0).findings).toEqual([])
  })

  it('distinguishes “nothing was measured” from zero', () => {
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

  it('returns the pointer of a table, a row, a cell', () => {
    expect([pointer(1), pointer(1, 2), pointer(1, 2, 3)]).toEqual(['/results/1', '/results/1/rows/2', '/results/1/rows/2/3'])
  })
})
