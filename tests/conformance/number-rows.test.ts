// Why this exists: the arithmetic of a table must be checked to the last digit in every unit and with any cell missing, or
// reported as not checked.
import { judgeUncertainty } from 'tongheng/conformance'
import type { AnyRecord, Column, Quantity, ResultTable } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'
import { column } from '../records/tables.ts'
import { messageIn, rowsOf } from './rows.ts'

type Cells = readonly (string | null)[]

/** A calibration with one table, of an instrument without range and scale interval. */
const calibration = (
  columns: readonly Column[],
  rows: readonly Cells[],
  more: Partial<ResultTable> = {},
  ...changes: Change[]
): AnyRecord =>
  change(
    fixtures.F07.record,
    ['/results', [{ id: 'table', name: { zh: '表' }, columns, rows, ...more }]],
    ['/instrument/range', undefined],
    ['/instrument/scaleInterval', undefined],
    ...changes,
  )
const on = (
  rule: string,
  columns: readonly Column[],
  rows: readonly Cells[],
  more: Partial<ResultTable> = {},
  ...changes: Change[]
): string[] => rowsOf(calibration(columns, rows, more, ...changes), rule)

describe('table.error', () => {
  const rule = 'table.error'
  const pass = [`pass ${rule}`]
  const of = (columns: readonly Column[], ...rows: Cells[]): string[] => on(rule, columns, rows)
  const readings = (unit: string, errorUnit = unit): Column[] => [
    column('reference', unit),
    column('indication', unit),
    column('error', errorUnit),
  ]

  it('is the difference of the readings where these are ratios themselves', () => {
    expect(of(readings('%{RH}', '%'), ['60.0', '62.0', '2.0'])).toEqual(pass)
    expect(of(readings('%{RH}', '%'), ['60.0', '62.0', '5.0'])).toEqual(['fail error.not-indication-minus-reference /results/0/rows/0/2'])
  })

  it('in percent refers to the reference value where readings have a unit', () => {
    expect(of(readings('kPa', '%'), ['200.0', '202.0', '1.00'])).toEqual(pass)
    expect(of(readings('kPa', '%'), ['200.0', '0.0', '-100.00'])).toEqual(pass)
    expect(of(readings('kPa', '%'), ['0.0', '0.0', '0.00'], ['200.0', '202.0', '1.00'])).toEqual(pass)
    expect(of(readings('kPa', '[ppth]'), ['200.0', '202.0', '10.0'])).toEqual(pass)
  })

  it('in percent refers to the reading where that explains it, with a warning that this is not stated', () => {
    // 2/202 = 0.990 %.
    expect(of(readings('kPa', '%'), ['200.000', '202.000', '0.990'])).toEqual(['warn error.formation-not-stated /results/0/columns/2'])
    const stated = [...readings('kPa').slice(0, 2), column('error', '%', { basis: { of: 'reading' } })]
    expect(of(stated, ['200.000', '202.000', '0.990'])).toEqual(pass)
    expect(of(stated, ['200.000', '202.000', '1.000'])).toEqual(['fail error.not-as-formed /results/0/rows/0/2'])
    expect(messageIn(calibration(stated, [['200.000', '202.000', '1.000']]), 'error.not-as-formed')).toContain('0.990')
  })

  it('in percent is accepted within the printed digits, on either side of zero', () => {
    // (±2.0 ± 0.1) kPa of (200.0 ± 0.05) kPa: 0.95 % to 1.05 %.
    const rounded = ['warn error.rounded-readings /results/0/columns/2']
    const fails = ['fail error.not-indication-minus-reference /results/0/rows/0/2']
    const shown = { '': '202.0', '-': '198.0' }
    for (const sign of ['', '-'] as const) {
      for (const size of ['1.04', '0.96']) expect(of(readings('kPa', '%'), ['200.0', shown[sign], `${sign}${size}`])).toEqual(rounded)
      const range: Change = ['/instrument/range', { lower: '0', upper: '1000', unit: 'kPa' }]
      for (const size of ['1.0700', '0.9300'])
        expect(
          on(
            rule,
            readings('kPa', '%'),
            [
              ['200.0', shown[sign], `${sign}${size}`],
              ['900.0', '900.0', '0.50'],
            ],
            {},
            range,
          )[0],
        ).toBe(fails[0])
    }
  })

  it('may be a fiducial error where one span explains every row', () => {
    const fiducial = ['warn error.formation-not-stated /results/0/columns/2']
    const fails = (row: number) => `fail error.not-indication-minus-reference /results/0/rows/${row}/2`
    // 1 of 100 and 2 of 100: the points lie 40 apart.
    expect(of(readings('kPa', '%'), ['20.0', '21.0', '1.00'], ['60.0', '62.0', '2.00'])).toEqual(fiducial)
    // 1 of 100 with 2 of 10, in either order: no span fits both.
    const long: Cells = ['20.0', '21.0', '1.00']
    const short: Cells = ['60.0', '62.0', '20.0']
    expect(of(readings('kPa', '%'), long, short)).toEqual([fails(0), fails(1)])
    expect(of(readings('kPa', '%'), short, long)).toEqual([fails(0), fails(1)])
    // A span of 10 is less than the distance of the points; an error of the opposite sign fits no span.
    expect(of(readings('kPa', '%'), ['20.0', '21.0', '10.0'], ['60.0', '61.0', '10.0'])).toEqual([fails(0), fails(1)])
    expect(of(readings('kPa', '%'), ['20.0', '21.0', '-1.00'], ['60.0', '62.0', '2.00'])).toEqual([fails(0), fails(1)])
    // A point with a correct error fits any span.
    expect(of(readings('kPa', '%'), ['20.0', '20.0', '0.00'], ['60.0', '62.0', '2.00'])).toEqual(fiducial)
  })

  it('is not fiducial where the rows agree on no span, in any order of rows', () => {
    // 2 of 10 and 1 of 100, the points 5 apart.
    const [short, long]: Cells[] = [
      ['25.0', '27.0', '20.0'],
      ['20.0', '21.0', '1.00'],
    ]
    for (const rows of [[short, long] as Cells[], [long, short] as Cells[]])
      expect(of(readings('kPa', '%'), ...rows)).toEqual(
        [0, 1].map((row) => `fail error.not-indication-minus-reference /results/0/rows/${row}/2`),
      )
  })

  it('allows every span above a minimum where it is printed as zero', () => {
    expect(of(readings('kPa', '%'), ['20.00', '20.10', '0.00'], ['60.00', '60.10', '0.00'])).toEqual([
      'warn error.formation-not-stated /results/0/columns/2',
    ])
  })

  it('of a mean of repeats refers to that mean or to the printed mean, and to no value between the two', () => {
    const columns = [
      column('reference', 'g'),
      column('repeat', 'g'),
      column('repeat', 'g'),
      column('repeat', 'g'),
      column('indication', 'g'),
      column('error', 'g'),
    ]
    const row = (error: string): Cells => ['10.0000', '10.00', '10.00', '10.01', '10.00', error]
    // The mean is 10.00333, printed as 10.00.
    expect(of(columns, row('0.0033'))).toEqual(pass)
    expect(of(columns, row('0.00'))).toEqual(pass)
    expect(of(columns, row('0.0017'))).toEqual(['warn error.rounded-readings /results/0/columns/5'])
  })

  it('of one stroke is not compared with the readings of the other', () => {
    const other = [
      column('reference', 'MPa'),
      column('indication', 'MPa', { direction: 'falling' }),
      column('error', 'MPa', { direction: 'rising' }),
    ]
    expect(of(other, ['1.000', '1.010', '0.050'])).toEqual(['skip not-applicable'])
  })

  it('of the nominal value requires a nominal value in a unit that converts', () => {
    const columns = (unit: string) => [
      column('nominal', unit),
      ...readings('kPa').slice(0, 2),
      column('error', '%', { basis: { of: 'nominal' } }),
    ]
    expect(of(columns('kPa'), ['100.0', '200.0', '202.0', '2.0'])).toEqual(pass)
    expect(of(columns('MPa'), ['0.1000', '200.0', '202.0', '2.0'])).toEqual(pass)
    for (const unit of ['kg', 'xyz'])
      expect(of(columns(unit), ['100.0', '200.0', '202.0', '2.0'])).toEqual(['warn error.not-judged /results/0/columns/3'])
    expect(of(columns('kPa'), [null, '200.0', '202.0', '2.0'])).toEqual(['warn error.not-judged /results/0/columns/3'])
    expect(of(columns('kPa'), ['0', '200.0', '202.0', '2.0'])).toEqual(['warn error.not-judged /results/0/columns/3'])
  })

  it('of a balance lies within half an interval where the balance shows whole intervals', () => {
    const scale = (value: string, unit = 'g'): Change => ['/instrument/scaleInterval', { value, unit }]
    const kg = readings('kg', 'g')
    const half = ['warn error.formation-not-stated /results/0/columns/2']
    const fails = ['fail error.not-indication-minus-reference /results/0/rows/0/2']
    // 10.005 kg shown in steps of 5 g: the error may be 2.5 g to either side of 5 g.
    expect(on(rule, kg, [['10.0000', '10.0050', '7.4']], {}, scale('5'))).toEqual(half)
    expect(on(rule, kg, [['10.0000', '10.0050', '2.6']], {}, scale('5'))).toEqual(half)
    expect(on(rule, kg, [['10.0000', '10.0050', '8.0']], {}, scale('5'))).toEqual(fails)
    expect(on(rule, kg, [['10.0000', '10.0040', '6.4']], {}, scale('5'))).toEqual(fails)
    for (const none of [scale('0'), scale('5', 'mm')]) expect(on(rule, kg, [['10.0000', '10.0050', '7.4']], {}, none)).toEqual(fails)
    expect(on(rule, kg, [['10.0000', '10.0050', '7.4']])).toEqual(fails)
  })

  it('by the changeover-point method requires ΔL, e and E₀ in units that convert', () => {
    const interval = { value: '1', unit: 'g' }
    const columns = (unit: string, formation: object) => [
      column('reference', 'kg'),
      column('indication', 'kg'),
      column('additional-load', 'g'),
      column('error', unit, { formation: { method: 'changeover-point', ...formation } } as Partial<Column>),
    ]
    // E = 1.000 + 0.0005 − 0.0003 − 1.000 kg.
    expect(of(columns('g', { interval }), ['1.000', '1.000', '0.3', '0.2'])).toEqual(pass)
    expect(of(columns('g', { interval }), ['1.0000', '1.0000', '0.3', '0.5'])).toEqual(['fail error.not-as-formed /results/0/rows/0/3'])
    // Minus E₀ of 0.1 g, or of 0.1 mg.
    expect(of(columns('g', { interval, zeroError: { value: '0.1', unit: 'g' } }), ['1.0000', '1.0000', '0.3', '0.1'])).toEqual(pass)
    expect(of(columns('mg', { interval, zeroError: { value: '0.1', unit: 'g' } }), ['1.0000', '1.0000', '0.3', '100'])).toEqual(pass)
    const not = ['warn error.not-judged /results/0/columns/3']
    expect(of(columns('g', { interval }), ['1.000', '1.000', null, '0.2'])).toEqual(not)
    expect(of(columns('g', { interval, zeroError: { value: '0.1', unit: 'mm' } }), ['1.000', '1.000', '0.3', '0.2'])).toEqual(not)
    expect(of(columns('g', { interval: { value: '1', unit: 'mm' } }), ['1.000', '1.000', '0.3', '0.2'])).toEqual(not)
    expect(of(columns('xyz', { interval }), ['1.000', '1.000', '0.3', '0.2'])).toEqual(not)
  })

  it('of a stated range refers to its span or to its upper limit', () => {
    const range: Change = ['/instrument/range', { lower: '-100', upper: '300', unit: 'kPa' }]
    const percent = readings('kPa', '%')
    const rows = (error: string): Cells[] => [['20.0', '24.0', error]]
    for (const error of ['1.00', '1.33']) {
      expect(on(rule, percent, rows(error), {}, range)).toEqual(['warn error.formation-not-stated /results/0/columns/2'])
    }
    expect(on(rule, percent, rows('50.00'), {}, range)).toEqual(['fail error.not-indication-minus-reference /results/0/rows/0/2'])
    const scale = readings('kPa', '%{FS}')
    expect(on(rule, scale, rows('1.00'), {}, range)).toEqual(pass)
    const upper: Change = ['/instrument/range', { upper: '400', unit: 'kPa' }]
    expect(on(rule, scale, rows('1.00'), {}, upper)).toEqual(pass)
    const named = [...readings('kPa').slice(0, 2), column('error', '%', { basis: { of: 'span', span: { value: '0.4', unit: 'MPa' } } })]
    expect(on(rule, named, rows('1.00'))).toEqual(pass)
    expect(on(rule, named, rows('1.10'))).toEqual(['fail error.not-as-formed /results/0/rows/0/2'])
  })

  it('without a stroke may be that of either stroke or of their mean, or of the one that was measured', () => {
    const strokes = [
      column('reference', 'MPa'),
      column('indication', 'MPa', { direction: 'rising' }),
      column('indication', 'MPa', { direction: 'falling' }),
      column('error', 'MPa'),
    ]
    for (const error of ['0.010', '0.020', '0.015']) expect(of(strokes, ['1.000', '1.010', '1.020', error])).toEqual(pass)
    expect(of(strokes, ['1.000', '1.010', '1.020', '0.012'])).toEqual(['fail error.not-indication-minus-reference /results/0/rows/0/3'])
    expect(messageIn(calibration(strokes, [['1.000', '1.010', '1.020', '0.012']]), 'error.not-indication-minus-reference')).toMatch(
      /1\.010 \/ 1\.020.*MPa/,
    )
    expect(of(strokes, ['1.000', '1.010', null, '0.010'])).toEqual(pass)
    expect(of(strokes, ['1.000', null, '1.020', '0.020'])).toEqual(pass)
    expect(of(strokes, ['1.000', null, '1.020', '0.012'])).toEqual(['fail error.not-indication-minus-reference /results/0/rows/0/3'])
  })

  it('is not judged in a row that lacks one of the three values, and does not apply in one that lacks two', () => {
    const columns = readings('MPa')
    const whole: Cells = ['1.000', '1.010', '0.010']
    const not = ['warn error.not-judged /results/0/columns/2']
    for (const row of [
      ['1.000', '1.010', null],
      ['1.000', null, '0.010'],
      [null, '1.010', '0.010'],
    ] as const)
      expect(of(columns, whole, row)).toEqual(not)
    for (const row of [
      ['1.000', null, null],
      [null, '1.010', null],
    ] as const)
      expect(of(columns, whole, row)).toEqual(pass)
    const record = calibration(columns, [whole, ['1.000', '1.010', null], whole, ['1.000', null, '0.010']])
    expect(messageIn(record, 'error.not-judged')).toContain('2, 4')
    const many = calibration(columns, [whole, ...Array.from({ length: 11 }, (): Cells => ['1.000', '1.010', null])])
    expect(messageIn(many, 'error.not-judged')).toContain('2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …')
    // In the order of the rows, although rows without a nominal value are checked last.
    const nominal = [column('nominal', 'MPa'), ...columns.slice(0, 2), column('error', '%', { basis: { of: 'nominal' } })]
    const unordered = calibration(nominal, [
      [null, '1.000', '1.010', '1.0'],
      ['1.000', '1.000', null, '1.0'],
      [null, '1.000', '1.010', '1.0'],
    ])
    expect(messageIn(unordered, 'error.not-judged')).toContain('1, 2, 3')
    const ten = calibration(columns, [whole, ...Array.from({ length: 10 }, (): Cells => ['1.000', '1.010', null])])
    expect(messageIn(ten, 'error.not-judged')).not.toContain('…')
  })

  it('is not judged where the units of the readings measure different quantities', () => {
    const mixed = [column('reference', 'MPa'), column('indication', 'kg'), column('error', 'MPa')]
    expect(of(mixed, ['1.000', '1.010', '0.010'])).toEqual(['warn error.not-judged /results/0/columns/2'])
    const other = [column('reference', 'MPa'), column('indication', 'MPa'), column('error', 'kg')]
    expect(of(other, ['1.000', '1.010', '0.010'])).toEqual(['warn error.not-judged /results/0/columns/2'])
    const unknown = [column('reference', 'xyz'), column('indication', 'xyz'), column('error', 'xyz')]
    expect(of(unknown, ['1.000', '1.010', '0.010'])).toEqual(pass)
    expect(of(unknown, ['1.000', '1.010', '0.020'])).toEqual(['fail error.not-indication-minus-reference /results/0/rows/0/2'])
    const message = messageIn(
      calibration(unknown, [
        ['1.000', '1.010', '0.010'],
        ['1.000', '1.011', '0.020'],
      ]),
      'error.not-indication-minus-reference',
    )
    expect(message).toMatch(/row 2.*xyz/)
    expect(message).toMatch(/1\.011.*1\.000/)
    const half = [column('reference', 'MPa'), column('indication', 'MPa'), column('error', 'xyz')]
    expect(of(half, ['1.000', '1.010', '0.010'])).toEqual(['warn error.not-judged /results/0/columns/2'])
  })

  it('is rounded to the interval that the column states, or to its last digit where it is no multiple of the interval', () => {
    // 0.013 to the nearest 0.005 is 0.015.
    const columns = [column('reference', 'g'), column('indication', 'g'), column('error', 'g', { roundTo: '0.005' })]
    expect(of(columns, ['1.000', '1.013', '0.015'])).toEqual(pass)
    expect(of(columns, ['1.000', '1.013', '0.005'])).toEqual(['fail error.not-indication-minus-reference /results/0/rows/0/2'])
    expect(of(columns, ['1.000', '1.013', '0.013'])).toEqual(pass)
  })

  it('of temperatures in two units is a temperature difference, whatever the zeros of the scales', () => {
    const columns = [column('reference', 'K'), column('indication', 'Cel'), column('error', 'K')]
    expect(of(columns, ['293.15', '20.50', '0.50'])).toEqual(pass)
    expect(of(columns, ['293.2', '20.50', '0.45'])).toEqual(pass)
    expect(of(columns, ['293.2', '20.50', '0.48'])).toEqual(['warn error.rounded-readings /results/0/columns/2'])
    expect(of(columns, ['293.2', '20.50', '0.60'])).toEqual(['fail error.not-indication-minus-reference /results/0/rows/0/2'])
  })

  it('is explained up to and with the bound that the printed digits allow, and not beyond', () => {
    // In µm: 1.00 mm and 0.99 mm are each within 5 µm: the difference is 0 to 20 µm, and 20.5 is printed as 20 or 21.
    const columns = [column('reference', 'mm'), column('indication', 'mm'), column('error', 'um')]
    const rounded = ['warn error.rounded-readings /results/0/columns/2']
    for (const error of ['10', '20', '0', '19', '20.5'])
      expect(of(columns, ['0.99', '1.00', error])).toEqual(
        error === '10' ? pass : error === '20.5' ? [expect.stringContaining('fail')] : rounded,
      )
    // ±0.5 µm about 20.5 touches 20; 21 is from 20.5 on.
    expect(of(columns, ['0.990', '1.0105', '22'])).toEqual([expect.stringContaining('fail')])
    expect(of(columns, ['0.99', '1.000', '16'])).toEqual(rounded)
  })
})

describe('hysteresis', () => {
  const rule = 'table.error'
  const columns = (unit = 'MPa', more: Partial<Column> = {}): Column[] => [
    column('reference', 'MPa'),
    column('indication', 'MPa', { direction: 'rising' }),
    column('indication', 'MPa', { direction: 'falling' }),
    column('hysteresis', unit, more),
  ]
  const of = (all: readonly Column[], row: Cells, ...changes: Change[]): string[] => on(rule, all, [row], {}, ...changes)

  it('is the absolute difference of the strokes, whichever is greater', () => {
    expect(of(columns(), ['1.000', '1.010', '1.015', '0.005'])).toEqual([`pass ${rule}`])
    expect(of(columns(), ['1.000', '1.015', '1.010', '0.005'])).toEqual([`pass ${rule}`])
    expect(of(columns(), ['1.000', '1.015', '1.010', '-0.005'])).toEqual([`pass ${rule}`])
    expect(of(columns(), ['1.000', '1.010', '1.015', '0.008'])).toEqual(['fail hysteresis.not-difference-of-strokes /results/0/rows/0/3'])
    expect(messageIn(calibration(columns(), [['1.000', '1.010', '1.015', '0.008']]), 'hysteresis.not-difference-of-strokes')).toMatch(
      /1\.010.*1\.015.*0\.005/,
    )
  })

  it('is the plain difference in another unit, or where readings are ratios', () => {
    expect(of(columns('kPa'), ['1.000', '1.010', '1.015', '5'])).toEqual([`pass ${rule}`])
    expect(of(columns('kPa'), ['1.000', '1.010', '1.015', '9'])).toEqual(['fail hysteresis.not-difference-of-strokes /results/0/rows/0/3'])
    const humidity = columns('%{RH}').map((one) => ({ ...one, unit: '%{RH}' }))
    expect(of(humidity, ['60.0', '61.0', '62.0', '1.0'])).toEqual([`pass ${rule}`])
    expect(of(humidity, ['60.0', '61.0', '62.0', '3.0'])).toEqual(['fail hysteresis.not-difference-of-strokes /results/0/rows/0/3'])
  })

  it('in percent refers to the range, and is not judged where the instrument states none', () => {
    const range: Change = ['/instrument/range', { lower: '0', upper: '2', unit: 'MPa' }]
    expect(of(columns('%'), ['1.000', '1.010', '1.015', '0.25'], range)).toEqual([`pass ${rule}`])
    expect(of(columns('%'), ['1.000', '1.010', '1.015', '0.50'], range)).toEqual([
      'fail hysteresis.not-difference-of-strokes /results/0/rows/0/3',
    ])
    expect(of(columns('%'), ['1.000', '1.010', '1.015', '0.25'])).toEqual(['warn hysteresis.not-judged /results/0/columns/3'])
    const stated = columns('%', { basis: { of: 'span', span: { value: '1', unit: 'MPa' } } })
    expect(of(stated, ['1.000', '1.010', '1.015', '0.50'], range)).toEqual([`pass ${rule}`])
  })

  it('is the difference of the errors of both strokes where one stroke has no readings', () => {
    const errors = [
      column('reference', 'MPa'),
      column('indication', 'MPa', { direction: 'rising' }),
      column('error', 'MPa', { direction: 'rising' }),
      column('error', 'MPa', { direction: 'falling' }),
      column('hysteresis', 'MPa'),
    ]
    expect(of(errors, ['1.000', '1.010', '0.010', '0.015', '0.005'])).toEqual([`pass ${rule}`])
    expect(of(errors, ['1.000', '1.010', '0.010', '0.015', '0.008'])).toEqual([
      'fail hysteresis.not-difference-of-strokes /results/0/rows/0/4',
    ])
  })

  it('is not judged in a row that lacks a stroke', () => {
    for (const row of [
      ['1.000', null, '1.015', '0.005'],
      ['1.000', '1.010', null, '0.005'],
      ['1.000', '1.010', '1.015', null],
    ] as const)
      expect(of(columns(), row)).toEqual(['warn hysteresis.not-judged /results/0/columns/3'])
    expect(of(columns().slice(0, 2).concat(columns().slice(3)), ['1.000', '1.010', '0.005'])).toEqual(['skip not-applicable'])
  })
})

describe('table.correction', () => {
  const rule = 'table.correction'
  const columns = (unit = 'mm') => [column('error', 'mm'), column('correction', unit)]
  const of = (all: readonly Column[], ...rows: Cells[]): string[] => on(rule, all, rows)

  it('is the negative of the error, in its own unit', () => {
    expect(of(columns(), ['0.10', '-0.10'])).toEqual([`pass ${rule}`])
    expect(of(columns('um'), ['0.10', '-100'])).toEqual([`pass ${rule}`])
    expect(of(columns(), ['0.10', '0.10'])).toEqual(['fail correction.not-negative-error /results/0/rows/0/1'])
    expect(of(columns(), ['0.10', '-0.11'])).toEqual(['fail correction.not-negative-error /results/0/rows/0/1'])
    // With other last digits: within the rounding of both, bounds included.
    expect(of(columns(), ['0.10', '-0.1'])).toEqual([`pass ${rule}`])
    expect(of(columns(), ['0.145', '-0.1'])).toEqual([`pass ${rule}`])
    expect(of(columns(), ['0.155', '-0.1'])).toEqual(['fail correction.not-negative-error /results/0/rows/0/1'])
    expect(of(columns(), ['0.1505', '-0.1'])).toEqual(['fail correction.not-negative-error /results/0/rows/0/1'])
    expect(of(columns(), ['0.1', '-0.1505'])).toEqual(['fail correction.not-negative-error /results/0/rows/0/1'])
    const record = calibration([column('error', 'mm'), column('correction', 'um')], [['0.10', '-110']])
    expect(messageIn(record, 'correction.not-negative-error')).toMatch(/-110 μm.*0\.10 mm|0\.10 mm.*-110 μm/)
  })

  it('in ℃ is compared with an error in K within the rounding of both', () => {
    const columns = [column('error', 'K'), column('correction', 'Cel')]
    expect(of(columns, ['0.50', '-0.5'])).toEqual([`pass ${rule}`])
    expect(of(columns, ['0.50', '-0.7'])).toEqual(['fail correction.not-negative-error /results/0/rows/0/1'])
  })

  it('that was rounded to an interval is within half of it, bounds included', () => {
    const rounded = (role: 'error' | 'correction') => column(role, 'mm', { roundTo: '0.02' })
    // 0.16 is 0.15 to 0.17, and 0.1 is 0.05 to 0.15.
    expect(of([rounded('error'), column('correction', 'mm')], ['0.16', '-0.1'])).toEqual([`pass ${rule}`])
    expect(of([rounded('error'), column('correction', 'mm')], ['-0.16', '0.1'])).toEqual([`pass ${rule}`])
    expect(of([column('error', 'mm'), rounded('correction')], ['0.1', '-0.16'])).toEqual([`pass ${rule}`])
    expect(of([rounded('error'), column('correction', 'mm')], ['0.18', '-0.1'])).toEqual([
      'fail correction.not-negative-error /results/0/rows/0/1',
    ])
    // A value that is no multiple of the interval was rounded to its last digit.
    expect(of([rounded('error'), column('correction', 'mm')], ['0.17', '-0.1'])).toEqual([
      'fail correction.not-negative-error /results/0/rows/0/1',
    ])
  })

  it('of an error in ℃ is a temperature difference', () => {
    expect(of([column('error', 'Cel'), column('correction', 'K')], ['0.5', '-0.5'])).toEqual([`pass ${rule}`])
  })

  it('is not judged where one of the two is missing or measures another quantity', () => {
    const not = ['warn correction.not-judged /results/0/columns/1']
    expect(of(columns(), ['0.10', null], ['0.10', '-0.10'])).toEqual(not)
    expect(of(columns(), [null, '-0.10'])).toEqual(not)
    expect(of(columns('kg'), ['0.10', '-0.10'])).toEqual(not)
    expect(of(columns(), [null, null])).toEqual([`pass ${rule}`])
    expect(of([column('correction', 'mm')], ['0.10'])).toEqual(['skip not-applicable'])
  })
})

describe('table.hybrid', () => {
  const rule = 'table.hybrid'
  const of = (all: readonly Column[], ...rows: Cells[]): string[] => on(rule, all, rows)
  const differs = (place: string) => [`fail hybrid.values-differ /results/0/rows/0/${place}`]

  it('accepts one quantity in two units within the rounding of both', () => {
    const columns = [column('indication', 'MPa'), column('indication', 'kPa')]
    expect(of(columns, ['2.005', '2005'])).toEqual([`pass ${rule}`])
    // Half of 0.001 MPa and half of 1 kPa.
    expect(of(columns, ['2.005', '2006'])).toEqual([`pass ${rule}`])
    expect(of(columns, ['2.005', '2006.1'])).toEqual(differs('1'))
    expect(of(columns, ['2.005', '2003'])).toEqual(differs('1'))
    expect(messageIn(calibration(columns, [['2.005', '2050']]), 'hybrid.values-differ')).toMatch(/2\.005 MPa.*2005 kPa.*2050 kPa/)
    expect(of(columns, [null, null])).toEqual([`pass ${rule}`])
    for (const row of [
      [null, '2005'],
      ['2.005', null],
    ] as const)
      expect(of(columns, row)).toEqual(['warn hybrid.not-judged /results/0/rows/0/1'])
    expect(messageIn(calibration(columns, [['2.005', null]]), 'hybrid.not-judged')).toContain('—')
    // Two columns of different quantities are not alternatives: the role occurs twice.
    const twice = [column('indication', 'MPa'), column('indication', 'kg')]
    expect(of(twice, ['2.005', '2005'])).toEqual(['skip not-applicable'])
    expect(on('table.form', twice, [['2.005', '2005']])).toEqual([expect.stringContaining('fail table.role-twice')])
  })

  it('converts temperatures with the zero of the scale, and temperature differences without it', () => {
    expect(of([column('indication', 'Cel'), column('indication', 'K')], ['20.00', '293.15'])).toEqual([`pass ${rule}`])
    expect(of([column('indication', 'Cel'), column('indication', 'K')], ['20.00', '20.00'])).toEqual(differs('1'))
    for (const role of ['error', 'uncertainty'] as const) {
      expect(of([column(role, 'Cel'), column(role, 'K')], ['0.50', '0.50'])).toEqual([`pass ${rule}`])
      expect(of([column(role, 'Cel'), column(role, 'K')], ['0.50', '273.65'])).toEqual(differs('1'))
    }
    // A limit is a temperature where it bounds the indication, and a difference where it bounds the error.
    const bounds = [column('upper-limit', 'Cel'), column('upper-limit', 'K')]
    expect(of([column('indication', 'Cel'), ...bounds], ['19.0', '20.00', '293.15'])).toEqual([`pass ${rule}`])
    expect(of([column('error', 'Cel'), ...bounds], ['0.1', '0.50', '0.50'])).toEqual([`pass ${rule}`])
    expect(of([column('error', 'Cel'), ...bounds], ['0.1', '0.50', '273.65'])).toEqual(differs('2'))
    // In a table with errors, an indication is still a temperature.
    const both = [column('indication', 'Cel'), column('indication', 'K'), column('error', 'Cel')]
    expect(of(both, ['20.00', '293.15', '0.10'])).toEqual([`pass ${rule}`])
  })

  it('judges a quantity of the environment, and points to it', () => {
    const environment = (changed: Change) => rowsOf(change(fixtures.F07.record, changed), rule)
    const temperature = (...alternatives: object[]): Change => ['/environment/temperature', { value: '20.0', unit: 'Cel', alternatives }]
    expect(environment(temperature({ value: '293.15', unit: 'K' }))).toEqual([`pass ${rule}`])
    expect(environment(temperature({ value: '293.15', unit: 'K' }, { value: '20.0', unit: 'K' }))).toEqual([
      'fail hybrid.quantity-differs /environment/temperature/alternatives/1',
    ])
    const other = (value: string): Change => [
      '/environment/other',
      [{ name: { zh: '温度变化' }, value: { value: '0.5', unit: 'Cel', alternatives: [{ value, unit: 'K' }] } }],
    ]
    expect(messageIn(change(fixtures.F07.record, temperature({ value: '20.0', unit: 'K' })), 'hybrid.quantity-differs')).toMatch(
      /20\.0 ℃.*293\.2 K.*20\.0 K|20\.0 ℃.*20\.0 K.*293\.2 K/,
    )
    // As a condition it may be a temperature difference.
    for (const value of ['0.5', '273.65']) expect(environment(other(value))).toEqual([`pass ${rule}`])
    expect(environment(other('1.5'))).toEqual(['fail hybrid.quantity-differs /environment/other/0/value/alternatives/0'])
  })
})

describe('uncertainties of a table', () => {
  const consistent = 'uncertainty.consistent'
  const of = (columns: readonly Column[], row: Cells, more: Partial<ResultTable> = {}): string[] => on(consistent, columns, [row], more)

  it('are temperature differences in ℃ and K: U = k·u', () => {
    const columns = [column('indication', 'Cel'), column('uncertainty', 'Cel'), column('standard-uncertainty', 'K')]
    expect(of(columns, ['20.00', '0.20', '0.10'])).toEqual([`pass ${consistent}`])
    expect(of(columns, ['20.00', '0.20', '0.20'])).toEqual(['fail uncertainty.not-k-times-u /results/0/rows/0/1'])
    const message = messageIn(calibration(columns, [['20.00', '0.20', '0.20']]), 'uncertainty.not-k-times-u')
    expect(message).toContain('0.40')
  })

  it('that are relative are compared through the value they may refer to', () => {
    const columns = [
      column('reference', 'mm'),
      column('indication', 'mm'),
      column('uncertainty', 'mm'),
      column('relative-uncertainty', '%'),
    ]
    // 0.5 % of 100 or of 120.
    expect(of(columns, ['100.00', '120.00', '0.50', '0.500'])).toEqual([`pass ${consistent}`])
    expect(of(columns, ['100.00', '120.00', '0.60', '0.500'])).toEqual([`pass ${consistent}`])
    expect(of(columns, ['100.00', '120.00', '0.80', '0.500'])).toEqual(['fail uncertainty.relative-differs /results/0/rows/0/2'])
    const stated = [...columns.slice(0, 3), column('relative-uncertainty', '%', { basis: { of: 'reference' } })]
    expect(of(stated, ['100.00', '120.00', '0.50', '0.500'])).toEqual([`pass ${consistent}`])
    expect(of(stated, ['100.00', '120.00', '0.60', '0.500'])).toEqual(['fail uncertainty.relative-differs /results/0/rows/0/2'])
    const span = [...columns.slice(0, 3), column('relative-uncertainty', '%', { basis: { of: 'span', span: { value: '0.2', unit: 'm' } } })]
    expect(of(span, ['100.00', '120.00', '1.00', '0.500'])).toEqual([`pass ${consistent}`])
    expect(of(span, ['100.00', '120.00', '0.50', '0.500'])).toEqual(['fail uncertainty.relative-differs /results/0/rows/0/2'])
    expect(of(columns, ['0.0', '0.0', '0.5', '0.50'])).toEqual(['warn uncertainty.not-judged /results/0/rows/0/2'])
  })

  it('with another k are rescaled before they are compared', () => {
    const columns = [column('indication', 'mm'), column('uncertainty', 'mm', { k: '2' }), column('relative-uncertainty', '%', { k: '3' })]
    // 0.75 % with k = 3 is 0.5 % with k = 2.
    expect(of(columns, ['100.0', '0.5', '0.75'])).toEqual([`pass ${consistent}`])
    expect(of(columns, ['100.0', '0.5', '0.50'])).toEqual(['fail uncertainty.relative-differs /results/0/rows/0/1'])
  })

  it('that are a ratio of a number are recognised by role, not by unit', () => {
    const columns = [column('indication', '%{vol}'), column('relative-uncertainty', '%'), column('standard-uncertainty', '%{vol}')]
    // 1 % of 50 is 0.5, with k = 2.
    expect(of(columns, ['50.00', '1.000', '0.250'])).toEqual([`pass ${consistent}`])
    expect(of(columns, ['50.00', '1.000', '0.500'])).toEqual(['fail uncertainty.not-k-times-u /results/0/rows/0/1'])
  })

  it('are found where they are negative or zero, or their k is not positive', () => {
    const columns = [column('indication', 'mm'), column('uncertainty', 'mm'), column('standard-uncertainty', 'mm')]
    expect(of(columns, ['100.0', '-0.2', '0.1'])).toEqual(['fail uncertainty.negative /results/0/rows/0/1'])
    expect(of(columns, ['100.0', '0.2', '-0.1'])).toContain('fail uncertainty.negative /results/0/rows/0/2')
    expect(of(columns, ['100.0', '0.0', '0.1'])).toEqual(['warn uncertainty.zero /results/0/rows/0/1'])
    const none = [column('indication', 'mm'), column('uncertainty', 'mm', { k: '0' })]
    expect(of(none, ['100.0', '0.2'])).toEqual(['fail uncertainty.coverage-factor /results/0/columns/1/k'])
    const coverage = [column('indication', 'mm'), column('uncertainty', 'mm', { coverage: '95' })]
    expect(of(coverage, ['100.0', '0.2'])).toEqual(['warn uncertainty.coverage-probability /results/0/columns/1/coverage'])
    for (const [text, answer] of [
      ['0', 'warn'],
      ['1', 'warn'],
      ['0.95', 'pass'],
      ['-0.95', 'warn'],
    ] as const)
      expect(of([column('indication', 'mm'), column('uncertainty', 'mm', { coverage: text })], ['100.0', '0.2'])[0]).toMatch(
        new RegExp(`^${answer}`),
      )
  })

  it('are compared with their budget, or warned about where they cannot be', () => {
    const entries = [
      { source: { zh: '分量' }, type: 'B' as const, standard: '0.06' },
      { source: { zh: '分量' }, type: 'B' as const, standard: '0.08' },
    ]
    const columns = [column('indication', 'mm'), column('uncertainty', 'mm')]
    const budgets = [{ row: 0, entries }] as ResultTable['budgets']
    // 2·√(0.0036 + 0.0064) = 0.2.
    expect(of(columns, ['100.0', '0.20'], { budgets })).toEqual([`pass ${consistent}`])
    expect(of(columns, ['100.0', '0.28'], { budgets })).toEqual(['fail uncertainty.budget-differs /results/0/rows/0/1'])
    expect(messageIn(calibration(columns, [['100.0', '0.28']], { budgets }), 'uncertainty.budget-differs')).toContain('0.2000')
    expect(of(columns, ['100.0', null], { budgets })).toEqual(['warn uncertainty.not-judged /results/0/budgets/0'])
    const none = [column('indication', 'mm'), column('uncertainty', 'mm', { k: '0' })]
    expect(of(none, ['100.0', '0.20'], { budgets })).toEqual([
      'fail uncertainty.coverage-factor /results/0/columns/1/k',
      'warn uncertainty.not-judged /results/0/budgets/0',
    ])
    // u is compared with the budget directly, regardless of the k of the column U.
    const standard = [...columns, column('standard-uncertainty', 'mm')]
    expect(of(standard, ['100.0', null, '0.10'], { budgets })).toEqual([`pass ${consistent}`])
    expect(of(standard, ['100.0', null, '0.20'], { budgets })).toEqual(['fail uncertainty.budget-differs /results/0/rows/0/2'])
    // If the budget itself is invalid, only that is reported about it.
    const unsound = [{ row: 0, entries: [{ ...entries[0], correlatedWith: [{ entry: 0, r: '1' }] }] }] as unknown as ResultTable['budgets']
    expect(of(columns, ['100.0', null], { budgets: unsound })).toEqual([
      'fail uncertainty.correlation-entry /results/0/budgets/0/entries/0/correlatedWith/0',
    ])
    // A wrong sign is a finding about the row, reported once.
    expect(of(columns, ['100.0', '-0.20'], { budgets })).toEqual(['fail uncertainty.negative /results/0/rows/0/1'])
  })

  it('are a fault of the table where it states a budget without an uncertainty', () => {
    const budgets = [{ row: 0, entries: [{ source: { zh: '分量' }, type: 'B', standard: '0.06' }] }] as unknown as ResultTable['budgets']
    expect(on('table.form', [column('indication', 'mm')], [['100.0']], { budgets })).toEqual([
      'fail table.budget-row /results/0/budgets/0/row',
    ])
  })

  it('are not compared where their unit is unknown or measures another quantity', () => {
    const not = ['warn uncertainty.not-judged /results/0/rows/0/1']
    for (const unit of ['xyz', 'kg'])
      expect(
        of([column('indication', 'mm'), column('uncertainty', 'mm'), column('standard-uncertainty', unit)], ['100.0', '0.2', '0.1']),
      ).toEqual(not)
    expect(
      of([column('indication', 'xyz'), column('uncertainty', 'mm'), column('relative-uncertainty', '%')], ['100.0', '0.2', '0.1']),
    ).toEqual(not)
    const none = [column('indication', 'mm'), column('uncertainty', 'mm'), column('relative-uncertainty', '%', { k: '0' })]
    expect(of(none, ['100.0', '0.5', '0.50'])).toEqual(['fail uncertainty.coverage-factor /results/0/columns/2/k'])
  })

  it('of the environment are judged, except those of a range', () => {
    const bad = { form: 'expanded', value: '-5', k: '2' }
    const other = (...conditions: object[]): string[] =>
      rowsOf(change(fixtures.F07.record, ['/environment/other', conditions]), consistent).filter((row) => row.includes('environment'))
    const name = { zh: '水温' }
    expect(
      other({ name, value: { lower: '1', upper: '2', unit: 'Cel' } }, { name, value: { value: '1', unit: 'Cel', uncertainty: bad } }),
    ).toEqual(['fail uncertainty.negative /environment/other/1/value/uncertainty/value'])
  })

  it('are required for every point but the zero of the instrument', () => {
    const rule = 'uncertainty.stated'
    const columns = [column('reference', 'mm'), column('indication', 'mm'), column('uncertainty', 'mm')]
    expect(on(rule, columns, [['10.0', '10.0', '0.1']])).toEqual([`pass ${rule}`])
    expect(on(rule, columns, [['10.0', '10.0', null]])).toEqual(['warn uncertainty.cell-empty /results/0/rows/0/2'])
    expect(messageIn(calibration(columns, [['10.0', '10.0', null]]), 'uncertainty.cell-empty')).toContain('row 1')
    expect(on(rule, columns, [['0.0', '0.0', null]])).toEqual([`pass ${rule}`])
    expect(on(rule, columns, [['10.0', null, null]])).toEqual([`pass ${rule}`])
    const nominal = [column('nominal', 'mm'), ...columns.slice(1)]
    expect(on(rule, nominal, [['0', '0.1', null]])).toEqual([`pass ${rule}`])
    const both = [column('nominal', 'mm'), ...columns]
    expect(on(rule, both, [['0', '0.1', '0.1', null]])).toEqual([`pass ${rule}`])
    expect(on(rule, both, [['1', '1.1', '1.1', null]])).toEqual(['warn uncertainty.cell-empty /results/0/rows/0/3'])
    expect(on(rule, columns.slice(0, 2), [['10.0', '10.0']])).toEqual(['warn uncertainty.not-stated /results/0/columns'])
    expect(on(rule, [column('repeatability', 'mm')], [['0.1']])).toEqual(['skip not-applicable'])
  })

  it('have as many decimals as the value', () => {
    const rule = 'uncertainty.place'
    const columns = [column('indication', 'mm'), column('uncertainty', 'mm')]
    expect(on(rule, columns, [['10.00', '0.10']])).toEqual([`pass ${rule}`])
    expect(on(rule, columns, [['10.00', '0.1']])).toEqual(['fail uncertainty.place-differs /results/0/rows/0/1'])
    expect(messageIn(calibration(columns, [['10.00', '0.1']]), 'uncertainty.place-differs')).toMatch(/10\.00.*0\.1|0\.1.*10\.00/)
    expect(on(rule, [column('indication', 'mm'), column('uncertainty', 'um')], [['10.00', '1']])).toEqual(['skip not-applicable'])
    expect(on(rule, columns, [[null, '0.10']])).toEqual(['skip not-applicable'])
    // Of the error where the table has one.
    const error = [column('indication', 'mm'), column('error', 'mm'), column('uncertainty', 'mm')]
    expect(on(rule, error, [['10.0', '0.00', '0.10']])).toEqual([`pass ${rule}`])
    expect(on(rule, error, [['10.00', '0.0', '0.10']])).toEqual(['fail uncertainty.place-differs /results/0/rows/0/2'])
  })
})

describe('judgeUncertainty', () => {
  const stated = (quantity: Partial<Quantity>): string[] => judgeUncertainty(quantity, '').map(({ code, path }) => `${code} ${path}`)
  const entry = (standard: string, more: object = {}) => ({ source: { zh: '分量' }, type: 'B', standard, ...more })
  const U = (value: string, budget: object[], more: object = {}) =>
    ({ form: 'expanded', value, k: '2', budget, ...more }) as Quantity['uncertainty']

  it('has no finding on a quantity without an uncertainty', () => {
    expect(judgeUncertainty({ value: '1', unit: 'mm' }, '')).toEqual([])
  })

  it('reads a budget in percent as a ratio of the value', () => {
    const percent = [entry('0.3', { relativeTo: '%' }), entry('0.4', { relativeTo: '%' })]
    // 2·0.5 % of 200 is 2.
    expect(stated({ value: '200', unit: 'mm', uncertainty: U('2.0', percent) })).toEqual([])
    expect(stated({ value: '200', unit: 'mm', uncertainty: U('1.0', percent) })).toEqual([
      'uncertainty.percent-as-absolute /uncertainty/value',
    ])
    expect(stated({ value: '200', unit: 'mm', uncertainty: U('4.0', percent) })).toEqual(['uncertainty.budget-differs /uncertainty/value'])
    expect(stated({ value: '0', unit: 'mm', uncertainty: U('2.0', percent) })).toEqual(['uncertainty.not-judged /uncertainty/value'])
    expect(stated({ uncertainty: U('2.0', percent) })).toEqual(['uncertainty.not-judged /uncertainty/value'])
    expect(judgeUncertainty({ uncertainty: U('2.0', percent) }, '')[0]?.params).toEqual({ what: { zh: '不确定度预算', en: 'the budget' } })
    // Also in percent: no value is required, and parts per thousand are converted.
    expect(stated({ uncertainty: U('1.0', percent, { relativeTo: '%' }) })).toEqual([])
    expect(stated({ uncertainty: U('10', percent, { relativeTo: '[ppth]' }) })).toEqual([])
    expect(stated({ uncertainty: U('1.0', percent, { relativeTo: '[ppth]' }) })).toEqual(['uncertainty.budget-differs /uncertainty/value'])
    // At a value of 100 the two readings are the same.
    expect(stated({ value: '100', unit: 'mm', uncertainty: U('1.0', percent) })).toEqual([])
  })

  it('adds contributions with the same mark by sign, and squares the sum', () => {
    const marked = (second: string, more: object = {}) => [
      entry('0.3', { correlation: 'a', ...more }),
      entry(second, { correlation: 'a', ...more }),
      entry('0.4', more),
    ]
    // (0.3 − 0.3)² + 0.4², and (0.3 + 0.3)² + 0.4² = 0.52.
    expect(stated({ uncertainty: U('0.8', marked('-0.3')) })).toEqual([])
    expect(stated({ uncertainty: U('1.44', marked('0.3')) })).toEqual([])
    expect(stated({ uncertainty: U('1.44', marked('-0.3')) })).toEqual(['uncertainty.budget-differs /uncertainty/value'])
    const percent = { relativeTo: '%' }
    expect(stated({ value: '200', unit: 'mm', uncertainty: U('1.60', marked('-0.30', percent)) })).toEqual([])
    expect(stated({ value: '200', unit: 'mm', uncertainty: U('2.88', marked('0.300', percent)) })).toEqual([])
    expect(stated({ value: '200', unit: 'mm', uncertainty: U('2.88', marked('-0.300', percent)) })).toEqual([
      'uncertainty.budget-differs /uncertainty/value',
    ])
    expect(stated({ value: '-200', unit: 'mm', uncertainty: U('1.60', marked('-0.30', percent)) })).toEqual([])
  })

  it('sums entries with different marks separately, even if a coefficient is stated between them', () => {
    const between = [{ entry: 2, r: '0' }]
    const entries = [
      entry('0.100', { correlation: 'x', correlatedWith: between }),
      entry('0.100', { correlation: 'x' }),
      entry('0.100', { correlation: 'y' }),
      entry('0.100', { correlation: 'y' }),
    ]
    // (0.1 + 0.1)² twice: 2·√0.08 = 0.566.
    expect(stated({ uncertainty: U('0.566', entries) })).toEqual([])
    expect(stated({ uncertainty: U('0.800', entries) })).toEqual(['uncertainty.budget-differs /uncertainty/value'])
    const one = [entry('0.1', { correlation: 'x', correlatedWith: [{ entry: 1, r: '0.5' }] }), entry('0.1', { correlation: 'x' })]
    expect(stated({ uncertainty: U('0.35', one) })).toEqual(['uncertainty.correlation-entry /uncertainty/budget/0/correlatedWith/0'])
  })

  it('counts a coefficient within a mark once, and ignores one of a neglected entry', () => {
    const within = [entry('0.100', { correlation: 'x', correlatedWith: [{ entry: 1, r: '1' }] }), entry('0.100', { correlation: 'x' })]
    expect(stated({ uncertainty: U('0.400', within) })).toEqual([])
    const small = entry('0.001', { term: 'neglected', correlatedWith: [{ entry: 1, r: '0.5' }] })
    expect(stated({ uncertainty: U('0.80', [small, entry('0.40')]) })).toEqual([])
    const other = entry('0.40', { correlatedWith: [{ entry: 1, r: '0.5' }] })
    expect(stated({ uncertainty: U('0.80', [other, entry('0.001', { term: 'neglected' })]) })).toEqual([])
  })

  it('reads a whole number in a budget as rounded, and a whole k as exact', () => {
    // 3 and 4 may be 3.5 and 4.5: 2·√32.5 = 11.40.
    expect(stated({ uncertainty: U('11.3', [entry('3'), entry('4')]) })).toEqual([])
    expect(stated({ uncertainty: U('11.6', [entry('3'), entry('4')]) })).toEqual(['uncertainty.budget-differs /uncertainty/value'])
    // 0.0 may be 0.05: 2·√(0.15² + 0.05²) = 0.316. A bare 0 is none.
    expect(stated({ uncertainty: U('0.32', [entry('0.1'), entry('0.0')]) })).toEqual([])
    expect(stated({ uncertainty: U('0.32', [entry('0.1'), entry('0')]) })).toEqual(['uncertainty.budget-differs /uncertainty/value'])
    expect(stated({ uncertainty: U('11.6', [entry('3.0'), entry('4.0')]) })).toEqual(['uncertainty.budget-differs /uncertainty/value'])
    // k of 2 is two, and k of 2.0 is 1.95 to 2.05.
    const k = (text: string) => stated({ uncertainty: { form: 'expanded', value: '2.05', k: text, standard: '1.000' } })
    expect([k('2.0'), k('2')]).toEqual([[], ['uncertainty.not-k-times-u /uncertainty/value']])
  })

  it('reads a budget as percent where the printed digits allow no other reading', () => {
    // 2·√(0.3² + 0.45²) = 1.0817; printed as 1.1, as 1.08, and, rounded otherwise, 1.0.
    const percent = [entry('0.3', { relativeTo: '%' }), entry('0.45', { relativeTo: '%' })]
    for (const text of ['1.1', '1.08', '1.0', '1.2'])
      expect(stated({ value: '200', unit: 'mm', uncertainty: U(text, percent) })).toEqual([
        'uncertainty.percent-as-absolute /uncertainty/value',
      ])
    expect(stated({ value: '200', unit: 'mm', uncertainty: U('1.5', percent) })).toEqual(['uncertainty.budget-differs /uncertainty/value'])
    // One entry not in percent excludes this reading.
    expect(stated({ value: '200', unit: 'mm', uncertainty: U('1.1', [entry('0.3'), ...percent.slice(1)]) })).toEqual([
      'uncertainty.budget-differs /uncertainty/value',
    ])
  })

  it('warns of a neglected contribution that is not negligible', () => {
    const neglected = [entry('0.3'), entry('0.4', { term: 'neglected' })]
    expect(stated({ value: '10', unit: 'mm', uncertainty: U('0.6', neglected) })).toEqual([
      'uncertainty.neglected-counts /uncertainty/value',
    ])
    expect(stated({ value: '10', unit: 'mm', uncertainty: U('0.6', [entry('0.3'), entry('0.001', { term: 'neglected' })]) })).toEqual([])
    const [finding] = judgeUncertainty({ value: '10', unit: 'mm', uncertainty: U('0.6', neglected) }, '')
    // 2·√(0.09 + 0.16).
    expect(finding?.params).toEqual({ uncertainty: '0.6', expected: '1.000' })
  })

  it('names the values it compared', () => {
    const params = (quantity: Partial<Quantity>) => judgeUncertainty(quantity, '')[0]?.params
    expect(params({ value: '200.5', unit: 'mm', uncertainty: U('0.70', [entry('0.30')]) })).toEqual({
      uncertainty: '0.70',
      k: '2',
      expected: '0.6000',
      value: '',
    })
    expect(params({ value: '200', unit: 'mm', uncertainty: U('4.0', [entry('0.5', { relativeTo: '%' })]) })).toEqual({
      uncertainty: '4.0',
      k: '2',
      expected: '2.000',
      value: '200',
    })
    expect(
      params({ value: '50.0', unit: 'kg', uncertainty: { form: 'expanded', value: '0.5', k: '2', relative: { value: '5.0', unit: '%' } } }),
    ).toEqual({ uncertainty: '0.5', value: '50.0', relative: '5.0', expected: '2.5' })
    expect(params({ uncertainty: { form: 'expanded', value: '0.10', k: '2', standard: '0.08' } })).toEqual({
      uncertainty: '0.10',
      k: '2',
      standard: '0.08',
      expected: '0.16',
    })
    expect(params({ value: '2.023', unit: 'mm', uncertainty: { form: 'expanded', value: '5', k: '2' } })).toEqual({
      uncertainty: '5',
      value: '2.023',
      meant: '0.005',
    })
  })

  it('warns of the last digits of a value where U has no decimals and is at least as large', () => {
    const suspect = (value: string, text: string, more: object = {}) =>
      stated({ value, unit: 'mm', uncertainty: { form: 'expanded', value: text, k: '2', ...more } as Quantity['uncertainty'] })
    const found = ['uncertainty.last-digits /uncertainty/value']
    expect([suspect('2.023', '5'), suspect('-2.023', '5'), suspect('5.000', '5'), suspect('2.023', '999')]).toEqual([
      found,
      found,
      found,
      found,
    ])
    for (const none of [
      suspect('5.001', '5'),
      suspect('2', '5'),
      suspect('0.000', '5'),
      suspect('2.023', '5.0'),
      suspect('2.023', '1000'),
      suspect('2.023', '5', { relativeTo: '%' }),
    ])
      expect(none).toEqual([])
  })

  it('requires a coverage interval to contain the value, bounds included', () => {
    const interval = (value: string | undefined, lower: string, upper: string) =>
      stated({ ...(value !== undefined && { value }), unit: 'mm', uncertainty: { form: 'interval', lower, upper, coverage: '0.95' } })
    for (const value of ['1.0', '2.0', '1.5', undefined]) expect(interval(value, '1', '2')).toEqual([])
    for (const value of ['0.9', '2.1']) expect(interval(value, '1', '2')).toEqual(['uncertainty.interval-without-value /uncertainty/lower'])
    expect(interval('1.5', '2', '1')).toEqual(['uncertainty.interval-reversed /uncertainty/lower'])
    expect(interval('1.5', '1.5', '1.5')).toEqual([])
  })
})

describe('units within a column', () => {
  it('are judged in its basis and its formation too', () => {
    const rule = 'units.legal'
    const error = (more: Partial<Column>): Column[] => [column('reference', 'kg'), column('indication', 'kg'), column('error', 'kg', more)]
    const rows: Cells[] = [['1.000', '1.010', '0.010']]
    const interval = { value: '0.001', unit: '[lb_av]' }
    expect(on(rule, error({ formation: { method: 'changeover-point', interval } } as Partial<Column>), rows)).toEqual([
      'fail unit.not-legal /results/0/columns/2/formation/interval/unit',
    ])
    expect(on(rule, error({ basis: { of: 'span', span: { value: '1', unit: '[lb_av]' } }, unit: '%' }), rows)).toEqual([
      'fail unit.not-legal /results/0/columns/2/basis/span/unit',
    ])
  })

  it('may be mmHg for blood pressure, named by the category, the instrument, the table or a column', () => {
    const rule = 'units.legal'
    const of = (category: string, name: string, table = '示值', named = '示值') =>
      on(
        rule,
        [{ ...column('indication', 'mm[Hg]'), name: { zh: named } }],
        [['100']],
        { name: { zh: table } },
        ['/instrument/category', category],
        ['/instrument/name', name],
      )
    const sound = [`pass ${rule}`]
    expect(of('no-such-thing', '仪器')).toEqual(['warn unit.blood-pressure-only /results/0/columns/0/unit'])
    expect(of('taximeter', '仪器')).toEqual(['fail unit.not-legal /results/0/columns/0/unit'])
    for (const name of ['电子血压计', '多参数监护仪', 'NIBP simulator']) expect(of('no-such-thing', name)).toEqual(sound)
    expect(of('no-such-thing', '仪器', '血压示值')).toEqual(sound)
    expect(of('no-such-thing', '仪器', '示值', '收缩压')).toEqual(sound)
    expect(of('sphygmomanometer', '仪器')).toEqual(sound)
    const english = [{ ...column('indication', 'mm[Hg]'), name: { zh: '示值', en: 'blood pressure' } }]
    const other = { id: 'other', name: { zh: '表' }, columns: [column('indication', 'mm')], rows: [['1']] }
    const both = calibration(english, [['100']], {}, ['/instrument/category', 'no-such-thing'], ['/instrument/name', '仪器'])
    const tables = [...(both as { results: object[] }).results, other]
    expect(rowsOf(change(both, ['/results', tables]), rule)).toEqual(sound)
  })

  it('are warned about where they measure another quantity than the table', () => {
    const rule = 'units.commensurable'
    const of = (...columns: Column[]) => on(rule, columns, [columns.map(() => '1.0')])
    const at = (index: number) => [`warn unit.columns-differ /results/0/columns/${index}/unit`]
    expect(of(column('indication', 'mm'), column('error', 'um'), column('uncertainty', 'm'))).toEqual([`pass ${rule}`])
    expect(of(column('indication', 'mm'), column('error', 'kg'))).toEqual(at(1))
    expect(of(column('indication', 'mm'), column('error', 'mm'), column('upper-limit', 'kg'))).toEqual(at(2))
    expect(of(column('indication', 'mm'), column('error', '%'), column('uncertainty', '%'))).toEqual([`pass ${rule}`])
    for (const level of ['dB', 'Np']) expect(of(column('indication', 'mm'), column('error', level))).toEqual([`pass ${rule}`])
    // A column in an unknown unit may be the quantity of which the others are differences; a condition of another quantity cannot be.
    expect(of(column('indication', 'xyz'), column('reference', 'mm'), column('error', 'kg'))).toEqual([`pass ${rule}`])
    expect(of(column('condition', 'kPa'), column('indication', 'mm'), column('error', 'kPa'))).toEqual([`pass ${rule}`])
    expect(of(column('condition', 'kPa'), column('indication', 'mm'), column('error', 'kg'))).toEqual(at(2))
    // Without a measured value, the limits apply to the error.
    expect(of(column('error', 'mm'), column('upper-limit', 'kg'))).toEqual(at(1))
    expect(of(column('error', 'mm'), column('upper-limit', 'um'))).toEqual([`pass ${rule}`])
    expect(of(column('upper-limit', 'kg'), column('uncertainty', 'mm'))).toEqual([`pass ${rule}`])
    const record = calibration([column('indication', 'mm'), column('reference', 'mm'), column('error', 'kg')], [['1', '1', '0']])
    expect(messageIn(record, 'unit.columns-differ')).toMatch(/kg.*mm/)
    expect(messageIn(record, 'unit.columns-differ')).not.toContain('mm, mm')
  })
})
