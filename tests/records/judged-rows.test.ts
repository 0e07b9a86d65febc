// Why this exists: every decision is read from rows and their limits; a unit ignored, or a ratio of the wrong value, decides wrongly.
import { isUncertaintyAtMost, isWithinLimits, type JudgedRow, judgeRows, type ResultTable } from 'tongheng/records'
import { describe, expect, it } from 'vitest'
import { column, limits, read, table } from './tables.ts'

interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}
const text = (fraction: Fraction | undefined) =>
  fraction && (fraction.denominator === 1n ? `${fraction.numerator}` : `${fraction.numerator}/${fraction.denominator}`)

/** The judged rows, each with its first reading only. */
const judged = (of: ResultTable) =>
  judgeRows([read(of)]).judged.map(({ row, value, limits: [{ lower, upper }], uncertainty: [first] }) => ({
    row,
    value: text(value),
    lower: text(lower),
    upper: text(upper),
    uncertainty: text(first),
  }))
const unjudged = (of: ResultTable) => judgeRows([read(of)]).unjudged.map(({ row, reason }) => `${row} ${reason}`)

describe('judgeRows', () => {
  it('yields the rows with a value and at least one limit, and no others', () => {
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
    expect(unjudged(of)).toEqual(['3 limits-missing', '4 value-missing'])
    expect(unjudged(table([column('error', 'mm')], ['1'], [null]))).toEqual(['0 limits-absent'])
    expect(unjudged(table([column('condition'), column('verdict')], ['外观', 'pass']))).toEqual([])
  })

  it('converts limits and uncertainty to the unit of the value, exactly', () => {
    const of = table([column('error', 'kg'), ...limits('t'), column('uncertainty', 'g')], ['20', '-0.02', '0.02', '7'])
    expect(judged(of)).toEqual([{ row: 0, value: '20', lower: '-20', upper: '20', uncertainty: '7/1000' }])
  })

  it('converts a limit on a temperature with the offset of the scale, and a limit on a temperature error without it', () => {
    expect(judged(table([column('indication', 'Cel'), ...limits('K')], ['20.0', '293.15', '294.15']))[0]).toMatchObject({
      lower: '20',
      upper: '21',
    })
    expect(judged(table([column('error', 'Cel'), ...limits('K')], ['0.2', '-1', '1']))[0]).toMatchObject({ lower: '-1', upper: '1' })
  })

  it('does not judge by a limit that measures another quantity', () => {
    for (const unit of ['kg', 'furlong', '%']) {
      const of = table([column('error', 'mm'), ...limits(unit)], ['1', '0', '2'])
      expect([judged(of), unjudged(of)]).toEqual([[], ['0 limits-unit']])
    }
    const half = table([column('error', 'mm'), column('lower-limit', 'kg'), column('upper-limit', 'mm')], ['1', '0', '2'])
    expect([judged(half), unjudged(half)]).toEqual([[], ['0 limits-unit']])
  })

  it('rounds before judging where the table says so: half to even, to any interval', () => {
    const rounded = (roundTo: string, written: string) =>
      judged(table([column('error', 'mm', { roundTo }), ...limits('mm')], [written, '-9', '9']))[0]?.value
    expect([rounded('0.1', '0.25'), rounded('0.1', '0.35'), rounded('0.1', '-0.25')]).toEqual(['1/5', '2/5', '-1/5'])
    expect([rounded('0.2', '0.3'), rounded('0.5', '0.75'), rounded('5', '2.5')]).toEqual(['2/5', '1', '0'])
  })

  it('multiplies a relative uncertainty by the value it belongs to', () => {
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

  it('ignores a percentage of a value without a natural zero, or of another quantity', () => {
    const celsius = table([column('indication', 'Cel'), ...limits('Cel'), column('uncertainty', '%')], ['20.0', '19', '21', '1'])
    expect(judged(celsius)[0]?.uncertainty).toBeUndefined()
    const voltage = table(
      [column('nominal', 'K'), column('error', 'mV'), ...limits('mV'), column('uncertainty', '%')],
      ['300', '0', '-1', '1', '1'],
    )
    expect(judged(voltage)[0]?.uncertainty).toBeUndefined()
    const empty = table(
      [column('nominal', 'mV'), column('error', 'mV'), ...limits('mV'), column('uncertainty', '%')],
      [null, '0', '-1', '1', '1'],
    )
    expect(judged(empty)[0]?.uncertainty).toBeUndefined()
  })

  it('does not multiply the relative uncertainty of a relative error', () => {
    const of = table(
      [column('reference', 'N.m'), column('error', '%'), ...limits('%'), column('uncertainty', '[ppth]')],
      ['100', '0.1', '-1', '1', '5'],
    )
    expect(judged(of)[0]?.uncertainty).toBe('1/2')
  })

  it('never widens the limits by a negative uncertainty', () => {
    const of = table([column('error', 'mm'), ...limits('mm'), column('uncertainty', 'mm')], ['0.9', '-1.0', '1.0', '-0.3'])
    expect(judged(of)[0]?.uncertainty).toBe('3/10')
  })

  it('converts limits in percent by the value of the row, and absolute limits for an error in percent', () => {
    const litres = table([column('reference', 'L'), column('error', 'L'), ...limits('%')], ['20.00', '1.00', '-0.30', '0.30'])
    expect(judged(litres)[0]).toMatchObject({ lower: '-3/50', upper: '3/50' })
    const ratio = table([column('reference', 'L'), column('error', '%'), ...limits('L')], ['20', '5', '-0.06', '0.06'])
    expect(judged(ratio)[0]).toMatchObject({ lower: '-3/10', upper: '3/10' })
  })

  it('yields one interpretation for each value that a ratio may refer to', () => {
    const columns = [column('reference', 'L'), column('indication', 'L'), column('error', 'L'), ...limits('%')]
    const [row] = judgeRows([read(table(columns, ['20', '21', '1', '-4.9', '4.9']))]).judged
    expect(row?.limits.map(({ upper }) => text(upper))).toEqual(['49/50', '1029/1000'])
    expect(row && isWithinLimits(row, false)).toBeUndefined()
    const [clear] = judgeRows([read(table(columns, ['20', '21', '1', '-0.3', '0.3']))]).judged
    expect(clear && isWithinLimits(clear, false)).toBe(false)
  })

  it('does not judge by a ratio of full scale, nor by a ratio as the limit of an indication', () => {
    const fiducial = table([column('reference', 'MPa'), column('error', 'MPa'), ...limits('%{FS}')], ['1', '0.001', '-1.6', '1.6'])
    expect(unjudged(fiducial)).toEqual(['0 limits-unit'])
    const indication = table([column('reference', 'L'), column('indication', 'L'), ...limits('%')], ['20', '20', '-1', '1'])
    expect(unjudged(indication)).toEqual(['0 limits-unit'])
  })

  it('judges the indication where the limits contain the reference value and not zero', () => {
    const columns = [column('nominal', 'L'), column('indication', 'L'), column('error', 'L'), ...limits('L')]
    const bound = (...cells: string[]) => judgeRows([read(table(columns, cells))]).judged.map((row) => row.judged.column.role)
    expect(bound('20', '20.05', '0.05', '19.9', '20.1')).toEqual(['indication'])
    expect(bound('20', '20.05', '0.05', '-0.1', '0.1')).toEqual(['error'])
    expect(bound('20', '20.05', '0.05', '0.1', '0.2')).toEqual(['error'])
  })

  it.each([
    ['an expanded one', [column('uncertainty', 'g')], ['3'], ['3/1000']],
    ['one that is relative', [column('relative-uncertainty', '%')], ['0.5'], ['1/100']],
    ['a standard one and the k of its column', [column('standard-uncertainty', 'g', { k: '2' })], ['1.5'], ['3/1000']],
    ['a standard one without k: not at all', [column('standard-uncertainty', 'g')], ['1.5'], []],
    ['an expanded one of another quantity: not at all', [column('uncertainty', 'Pa')], ['3'], []],
    [
      'the relative one where the expanded cell is empty',
      [column('uncertainty', 'g'), column('relative-uncertainty', '%')],
      [null, '0.5'],
      ['1/100'],
    ],
    ['none', [], [], []],
  ])('reads U from %s', (_, columns, cells, expected) => {
    const of = table([column('nominal', 'kg'), column('error', 'kg'), ...limits('kg'), ...columns], ['2', '0', '-1', '1', ...cells])
    expect(judgeRows([read(of)]).judged[0]?.uncertainty.map(text)).toEqual(expected)
  })
})

describe('isWithinLimits and isUncertaintyAtMost', () => {
  const row = (value: string, lower: string | null, upper: string | null, uncertainty: string | null) => {
    const of = table([column('error', 'mm'), ...limits('mm'), column('uncertainty', 'mm')], [value, lower, upper, uncertainty])
    return judgeRows([read(of)]).judged[0] as JudgedRow
  }

  it('need U for a guard band, except where the value is outside the limits', () => {
    expect(isWithinLimits(row('0.5', '-1', '1', null), true)).toBeUndefined()
    expect(isWithinLimits(row('1.5', '-1', '1', null), true)).toBe(false)
    expect(isWithinLimits(row('0.5', '-1', '1', '0.5'), true)).toBe(true)
    expect(isWithinLimits(row('0.5', '-1', '1', '0.51'), true)).toBe(false)
    expect(isWithinLimits(row('0.5', '-1', '1', null), false)).toBe(true)
  })

  it('compare U with half the width of the limits, or with the single limit', () => {
    const atMost = (lower: string | null, upper: string | null, uncertainty: string | null, share: [bigint, bigint] = [1n, 3n]) =>
      isUncertaintyAtMost(row('0', lower, upper, uncertainty), { numerator: share[0], denominator: share[1] })
    expect([atMost('-0.3', '0.3', '0.10'), atMost('-0.3', '0.3', '0.1001')]).toEqual([true, false])
    expect([atMost('-4.0', '1.0', '0.5', [1n, 5n]), atMost('-4.0', '1.0', '0.51', [1n, 5n])]).toEqual([true, false])
    expect([atMost(null, '0.3', '0.10'), atMost('-0.3', null, '0.11')]).toEqual([true, false])
  })

  it('are undefined where there is nothing to compare', () => {
    const atMost = (lower: string | null, upper: string | null, uncertainty: string | null) =>
      isUncertaintyAtMost(row('0', lower, upper, uncertainty), { numerator: 1n, denominator: 3n })
    expect([atMost('-1', '1', null), atMost('1', '1', '0.1'), atMost('1', '-1', '0.1'), atMost(null, '0', '0.1')]).toEqual(
      Array(4).fill(undefined),
    )
  })
})
