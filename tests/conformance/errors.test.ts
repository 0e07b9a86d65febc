// Why this exists: an error may be defined in several lawful ways. A stated definition must pass, an unstated one must be noted,
// and an error that fits no definition must fail.
import fc from 'fast-check'
import { checkRecord } from 'tongheng/conformance'
import { type Column, columnRoles } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'

type Cells = readonly (string | null)[]

const column = (role: Column['role'], unit?: string, more: Partial<Column> = {}): Column => ({
  role,
  name: { zh: columnRoles[role][0] },
  ...(unit !== undefined && { unit }),
  ...more,
})

/** A verification by simple acceptance, so that no uncertainty narrows the limits by a guard band. */
const simple: Change = ['/decisionRule', { rule: 'simple-acceptance' }]

/** Codes that the table rules report for a verification with one table. */
function codesFor(columns: readonly Column[], rows: readonly Cells[], ...changes: readonly Change[]): string[] {
  const record = change(fixtures.F09.record, ['/results', [{ id: 'table', name: { zh: '表' }, columns, rows }]], simple, ...changes)
  return checkRecord(record)
    .checks.filter(({ id, status }) => id.startsWith('table.') && (status === 'fail' || status === 'warn'))
    .map(({ code }) => code)
}

const text = (units: bigint, scale: number): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`
}
/** Nearest integer to a fraction, ties to even, implemented independently of the package. */
const nearest = (numerator: bigint, denominator: bigint): bigint => {
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator]
  const floor = n / d - (n % d < 0n ? 1n : 0n)
  const rest = 2n * (n - floor * d)
  return rest > d || (rest === d && (floor & 1n) === 1n) ? floor + 1n : floor
}
const integers = (min: number, max: number) => fc.integer({ min, max }).map(BigInt)

const pair = (error: Partial<Column> = {}, errorUnit = 'MPa'): Column[] => [
  column('reference', 'MPa'),
  column('indication', 'MPa'),
  column('error', errorUnit, error),
]

describe('errors of means', () => {
  const repeats = [column('repeat', 'MPa'), column('repeat', 'MPa'), column('repeat', 'MPa')]
  const readings = fc.tuple(integers(1000, 9000), integers(-3, 3), integers(-3, 3), integers(10_000, 90_000))

  it('have no finding where the repeats are shown and each error is rounded once from full digits', () => {
    fc.assert(
      fc.property(readings, ([first, b, c, reference]) => {
        // Readings to 0.001, the reference to 0.0001, mean and error to 0.001.
        const values = [first, first + b, first + c]
        const sum = values.reduce((total, value) => total + value, 0n)
        const mean = nearest(sum, 3n)
        const error = nearest(sum * 10n - 3n * reference, 30n)
        const row = [text(reference, 4), ...values.map((value) => text(value, 3)), text(mean, 3), text(error, 3)]
        expect(codesFor([column('reference', 'MPa'), ...repeats, ...pair().slice(1)], [row])).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('have no finding without the repeats where the formation is stated, and a warning where it is not', () => {
    fc.assert(
      fc.property(readings, ([first, b, c, reference]) => {
        const sum = 3n * first + b + c
        const row = [text(reference, 4), text(nearest(sum, 3n), 3), text(nearest(sum * 10n - 3n * reference, 30n), 3)]
        expect(codesFor(pair({ formation: { method: 'difference' } }), [row]).filter((code) => code !== 'error.rounding')).toEqual([])
        for (const code of codesFor(pair(), [row])) expect(['error.rounded-readings', 'error.rounding']).toContain(code)
      }),
      { numRuns: 200 },
    )
  })

  it('fail where the error is further off than the printed digits allow', () => {
    const further = fc.constantFrom(2n, 3n, 17n, -2n, -3n, -17n)
    fc.assert(
      fc.property(integers(-9000, 9000), integers(-9000, 9000), further, (shown, reference, off) => {
        const row = [text(reference, 3), text(shown, 3), text(shown - reference + off, 3)]
        expect(codesFor(pair({ formation: { method: 'difference' } }), [row])).toEqual(['error.not-as-formed'])
        expect(codesFor(pair(), [row])).toEqual(['error.not-indication-minus-reference'])
      }),
      { numRuns: 200 },
    )
  })

  it('are not computed from repeats in another unit, nor from a row with one missing', () => {
    const columns = [column('reference', 'MPa'), column('repeat', 'kPa'), column('repeat', 'kPa'), ...pair().slice(1)]
    expect(codesFor(columns, [['0.3503', '351.5', '351.8', '0.352', '0.001']])).toEqual(['error.rounded-readings'])
    const inOneUnit = [column('reference', 'MPa'), ...repeats, ...pair().slice(1)]
    expect(codesFor(inOneUnit, [['0.3503', '0.351', '0.352', '0.352', '0.352', '0.001']])).toEqual([])
    expect(codesFor(inOneUnit, [['0.3503', '0.351', '0.352', null, '0.352', '0.001']])).toEqual(['error.rounded-readings'])
  })
})

describe('relative errors', () => {
  const span = { of: 'span', span: { value: '1.6', unit: 'MPa' } } as const
  const gauge: readonly Cells[] = [
    ['0.000', '0.000', '0.00'],
    ['0.400', '0.405', '0.31'],
    ['1.600', '1.610', '0.62'],
  ]

  it.each([
    ['reading', ['2.000', '2.100', '4.76']],
    ['reference', ['2.000', '2.100', '5.00']],
  ] as const)('of the %s have no finding where the basis is stated, and fail where another basis is stated', (of, row) => {
    const other = of === 'reading' ? 'reference' : 'reading'
    expect(codesFor(pair({ basis: { of } }, '%'), [row])).toEqual([])
    expect(codesFor(pair({ basis: { of: other } }, '%'), [row])).toEqual(['error.not-as-formed'])
  })

  it('of the nominal value are computed from its column', () => {
    const columns = [column('nominal', 'MPa'), ...pair({ basis: { of: 'nominal' } }, '%')]
    expect(codesFor(columns, [['2.5', '2.400', '2.450', '2.0']])).toEqual([])
    expect(codesFor(columns, [['2.5', '2.400', '2.450', '2.3']])).toEqual(['error.not-as-formed'])
    expect(codesFor(columns, [[null, '2.400', '2.450', '2.0']])).toEqual(['error.not-judged'])
  })

  it('of the span have no finding where the span is stated, in any unit of the quantity', () => {
    expect(codesFor(pair({ basis: span }, '%'), gauge)).toEqual([])
    expect(codesFor(pair({ basis: { of: 'span', span: { value: '1600', unit: 'kPa' } } }, '%'), gauge)).toEqual([])
    expect(codesFor(pair({ basis: { of: 'span', span: { value: '2.5', unit: 'MPa' } } }, '%'), gauge)).toEqual([
      'error.not-as-formed',
      'error.not-as-formed',
    ])
  })

  it('are warned about once where the span is not stated, and fail where no common span explains them', () => {
    expect(codesFor(pair({}, '%'), gauge)).toEqual(['error.formation-not-stated'])
    const range: Change = ['/instrument/range', { lower: '0', upper: '1.6', unit: 'MPa' }]
    expect(codesFor(pair({}, '%'), gauge, range)).toEqual(['error.formation-not-stated'])
    expect(codesFor(pair({}, '%{FS}'), gauge, range)).toEqual([])
    expect(codesFor(pair({}, '%'), [...gauge, ['0.800', '0.810', '-0.62']])).toContain('error.not-indication-minus-reference')
    expect(codesFor(pair({}, '%'), [...gauge, ['0.800', '0.810', '5.00']], range)).toEqual([
      'error.not-indication-minus-reference',
      'error.formation-not-stated',
    ])
  })

  it('of an instrument with a live zero refer to the span, not to the upper limit: 4 mA to 20 mA', () => {
    const columns = [column('reference', 'mA'), column('indication', 'mA'), column('error', '%', {})]
    const rows = [
      ['4.000', '4.008', '0.05'],
      ['20.000', '19.984', '-0.10'],
    ]
    expect(codesFor(columns, rows)).toEqual(['error.formation-not-stated'])
    const stated = { ...columns[2], basis: { of: 'span', span: { value: '16', unit: 'mA' } } } as Column
    expect(codesFor([...columns.slice(0, 2), stated], rows)).toEqual([])
  })
})

describe('the changeover-point method', () => {
  const scale = (formation?: Column['formation']): Column[] => [
    column('reference', 'kg'),
    column('indication', 'kg'),
    column('additional-load', 'kg'),
    column('error', 'kg', formation && { formation }),
  ]
  const rows: readonly Cells[] = [
    ['10000', '10000', '14', '-4'],
    ['40000', '40020', '16', '14'],
  ]
  const e = { value: '20', unit: 'kg' }

  it('has no finding where it is stated with its interval, and is then applied strictly', () => {
    expect(codesFor(scale({ method: 'changeover-point', interval: e }), rows)).toEqual([])
    expect(codesFor(scale({ method: 'changeover-point', interval: { value: '0.02', unit: 't' } }), rows)).toEqual([])
    expect(codesFor(scale({ method: 'changeover-point', interval: { value: '10', unit: 'kg' } }), rows)).toEqual([
      'error.not-as-formed',
      'error.not-as-formed',
    ])
    expect(codesFor(scale({ method: 'changeover-point', interval: e, zeroError: { value: '-4', unit: 'kg' } }), rows)).toEqual([
      'error.not-as-formed',
      'error.not-as-formed',
    ])
    const corrected = rows.map((row) => row.with(3, String(Number(row[3]) + 4)))
    expect(codesFor(scale({ method: 'changeover-point', interval: e, zeroError: { value: '-4', unit: 'kg' } }), corrected)).toEqual([])
  })

  it('is warned about where it explains errors whose formation is not stated', () => {
    const interval: Change = ['/instrument/scaleInterval', e]
    expect(codesFor(scale(), rows, interval)).toEqual(['error.formation-not-stated'])
    expect(codesFor(scale(), rows, ['/instrument/scaleInterval', undefined])).toEqual(['error.formation-not-stated'])
    // ΔL in a text column: the error is within half a scale interval of the difference.
    const columns = scale().with(2, column('condition'))
    expect(codesFor(columns, rows, interval)).toEqual(['error.formation-not-stated'])
    expect(codesFor(columns, [['10000', '10000', '14', '-14']], interval)).toEqual(['error.not-indication-minus-reference'])
  })

  it('requires ΔL in every row', () => {
    expect(codesFor(scale({ method: 'changeover-point', interval: e }), [['10000', '10000', null, '-4']])).toEqual(['error.not-judged'])
  })
})

describe('two strokes', () => {
  const strokes = (hysteresis: Partial<Column> = {}, unit = 'MPa'): Column[] => [
    column('reference', 'MPa'),
    column('indication', 'MPa', { direction: 'rising' }),
    column('indication', 'MPa', { direction: 'falling' }),
    column('error', 'MPa', { direction: 'rising' }),
    column('error', 'MPa', { direction: 'falling' }),
    column('hysteresis', unit, hysteresis),
  ]

  it('each have an error, compared with the indication of the same stroke', () => {
    expect(codesFor(strokes(), [['0.400', '0.405', '0.410', '0.005', '0.010', '0.005']])).toEqual([])
    expect(codesFor(strokes(), [['0.400', '0.405', '0.410', '0.005', '0.005', '0.005']])).toEqual(['error.not-indication-minus-reference'])
    expect(codesFor(strokes(), [['0.400', '0.405', '0.410', '0.010', '0.010', '0.005']])).toEqual(['error.not-indication-minus-reference'])
  })

  it('differ by the hysteresis error, whatever its sign', () => {
    const row = (hysteresis: string | null): Cells => ['0.400', '0.405', '0.410', '0.005', '0.010', hysteresis]
    expect(codesFor(strokes(), [row('-0.005')])).toEqual([])
    expect(codesFor(strokes(), [row('0.012')])).toEqual(['hysteresis.not-difference-of-strokes'])
    expect(codesFor(strokes(), [row(null)])).toEqual(['hysteresis.not-judged'])
    expect(codesFor(strokes({}, '%'), [row('0.31')])).toEqual(['hysteresis.not-judged'])
    expect(codesFor(strokes({ basis: { of: 'span', span: { value: '1.6', unit: 'MPa' } } }, '%'), [row('0.31')])).toEqual([])
    expect(codesFor(strokes({ basis: { of: 'span', span: { value: '1.6', unit: 'MPa' } } }, '%'), [row('0.62')])).toEqual([
      'hysteresis.not-difference-of-strokes',
    ])
  })

  it('may share one error: of either stroke, or of their mean', () => {
    const columns = [...strokes().slice(0, 3), column('error', 'MPa')]
    const row = (error: string): Cells => ['0.400', '0.404', '0.410', error]
    expect([row('0.004'), row('0.010'), row('0.007')].flatMap((one) => codesFor(columns, [one]))).toEqual([])
    expect(codesFor(columns, [row('0.020')])).toEqual(['error.not-indication-minus-reference'])
  })

  it('may share a role only where each column states its direction', () => {
    expect(codesFor([column('indication', 'MPa'), column('indication', 'MPa')], [['1', '2']])).toEqual(['table.role-twice'])
    expect(
      codesFor([column('indication', 'MPa', { direction: 'rising' }), column('indication', 'MPa', { direction: 'rising' })], [['1', '2']]),
    ).toEqual(['table.role-twice'])
  })
})

describe('limits of two strokes', () => {
  const gauge = [
    column('reference', 'MPa'),
    column('error', 'MPa', { direction: 'rising' }),
    column('error', 'MPa', { direction: 'falling' }),
    column('hysteresis', 'MPa'),
    column('lower-limit', 'MPa'),
    column('upper-limit', 'MPa'),
    column('upper-limit', 'MPa', { bounds: 'hysteresis' }),
    column('verdict'),
  ]
  const codes = (cells: Cells, outcome: 'pass' | 'fail' = 'pass', columns: readonly Column[] = gauge): string[] => {
    const record = change(
      fixtures.F09.record,
      ['/results', [{ id: 'table', name: { zh: '表' }, columns, rows: [cells] }]],
      simple,
      ['/outcome', outcome],
      ...(outcome === 'fail'
        ? ([
            ['/validUntil', undefined],
            ['/concludedClass', undefined],
          ] as const)
        : []),
    )
    return checkRecord(record)
      .checks.filter(({ code, status }) => status !== 'pass' && /^(?:verdict|outcome|limits)\./.test(code))
      .map(({ code }) => code)
  }
  const row = (rising: string | null, falling: string | null, hysteresis: string, verdict: string): Cells => [
    '1.000',
    rising,
    falling,
    hysteresis,
    '-0.025',
    '0.025',
    '0.010',
    verdict,
  ]

  it('bound the error of either stroke, and the hysteresis by limits of its own', () => {
    expect(codes(row('0.020', '0.025', '0.005', 'pass'))).toEqual([])
    const outside = ['verdict.outside-limits', 'outcome.outside-limits']
    expect(codes(row('0.020', '0.026', '0.006', 'pass'))).toEqual(outside)
    expect(codes(row('0.026', '0.020', '0.006', 'pass'))).toEqual(outside)
    expect(codes(row('0.005', '0.020', '0.015', 'pass'))).toEqual(outside)
  })

  it('fail a row by one stroke, though the other is within its limits', () => {
    expect(codes(row('0.020', '0.026', '0.006', 'fail'), 'fail')).toEqual([])
    expect(codes(row('0.005', '0.020', '0.015', 'fail'), 'fail')).toEqual([])
    expect(new Set(codes(row('0.020', '0.020', '0.000', 'fail'), 'fail'))).toEqual(new Set(['verdict.within-limits']))
  })

  it('do not apply to a stroke that was not measured, but leave a point undecided that was not measured at all', () => {
    expect(codes(row('0.020', null, '0.000', 'pass'))).toEqual([])
    expect(codes(['1.000', null, null, null, '-0.025', '0.025', '0.010', 'pass'])).toEqual(['verdict.not-judged'])
  })

  it('bound repeatability, hysteresis or tapping where the table states no error', () => {
    for (const role of ['repeatability', 'hysteresis', 'tapping'] as const) {
      const columns = [column(role, '%'), column('upper-limit', '%'), column('verdict')]
      expect(codes(['1.0', '1.0', 'pass'], 'pass', columns)).toEqual([])
      expect(codes(['1.1', '1.0', 'pass'], 'pass', columns)).toEqual(['verdict.outside-limits', 'outcome.outside-limits'])
    }
  })

  it('are found reversed in every pair', () => {
    const columns = [
      column('error', 'MPa'),
      column('lower-limit', 'MPa', { bounds: 'error' }),
      column('upper-limit', 'MPa', { bounds: 'error' }),
    ]
    expect(codes(['0.0', '1.0', '-1.0'], 'pass', columns)).toContain('limits.reversed')
  })
})

describe('limits that are a ratio', () => {
  it('refer to the basis that the table states', () => {
    const columns = (of?: 'reading' | 'reference') => [
      column('reference', 'L'),
      column('indication', 'L'),
      column('error', 'L'),
      column('upper-limit', '%', of && { basis: { of } }),
      column('verdict'),
    ]
    const codes = (of?: 'reading' | 'reference'): string[] => {
      const results = [{ id: 'table', name: { zh: '表' }, columns: columns(of), rows: [['10.00', '11.00', '1.00', '9.5', 'pass']] }]
      return checkRecord(change(fixtures.F09.record, ['/results', results], simple))
        .checks.filter(({ code, status }) => status !== 'pass' && code.startsWith('verdict.'))
        .map(({ code }) => code)
    }
    // 9.5 % of 11 L is 1.045 L, of 10 L 0.95 L.
    expect([codes('reading'), codes('reference'), codes()]).toEqual([[], ['verdict.outside-limits'], ['verdict.not-judged']])
  })
})

describe('a correction', () => {
  const correct = (error: string | null, errorUnit: string, correction: string | null, unit: string): string[] =>
    codesFor([column('error', errorUnit), column('correction', unit)], [[error, correction]])

  it('is the negative of the error, in any unit of the quantity and to any number of digits', () => {
    expect([correct('0.005', 'MPa', '-5', 'kPa'), correct('0.0049', 'MPa', '-0.005', 'MPa'), correct('0.5', 'Cel', '-0.5', 'K')]).toEqual([
      [],
      [],
      [],
    ])
    expect(correct('0.005', 'MPa', '-6', 'kPa')).toEqual(['correction.not-negative-error'])
    expect(correct('0.005', 'MPa', '5', 'kPa')).toEqual(['correction.not-negative-error'])
    expect(correct('0.0044', 'MPa', '-0.005', 'MPa')).toEqual(['correction.not-negative-error'])
  })

  it('is warned about where it cannot be compared', () => {
    expect([correct('0.005', 'MPa', '-0.25', '%'), correct(null, 'MPa', '-5', 'kPa'), correct('0.005', 'MPa', null, 'kPa')]).toEqual([
      ['correction.not-judged'],
      ['correction.not-judged'],
      ['correction.not-judged'],
    ])
    expect(correct(null, 'MPa', null, 'kPa')).toEqual([])
  })
})

describe('one value in two units', () => {
  const temperature = (value: string, unit: string, path = '/environment/temperature'): string[] =>
    codesFor([column('error', 'mm')], [['0']], [path, { value: '20.0', unit: 'Cel', alternatives: [{ value, unit }] }])

  it('is accepted where the two agree within the digits printed', () => {
    expect([temperature('293.15', 'K'), temperature('293.2', 'K'), temperature('293', 'K')]).toEqual([[], [], []])
    expect([temperature('400', 'K'), temperature('293.3', 'K'), temperature('20.0', 'K')]).toEqual([
      ['hybrid.quantity-differs'],
      ['hybrid.quantity-differs'],
      ['hybrid.quantity-differs'],
    ])
  })

  it('is warned about where the units do not convert', () => {
    expect([temperature('20', 'kPa'), temperature('20', 'wet')]).toEqual([['hybrid.not-judged'], ['hybrid.not-judged']])
  })

  it('is read as a temperature difference among other environmental conditions', () => {
    const other = (value: string): string[] =>
      codesFor(
        [column('error', 'mm')],
        [['0']],
        ['/environment/other', [{ name: { zh: '温度变化' }, value: { value: '0.5', unit: 'Cel', alternatives: [{ value, unit: 'K' }] } }]],
      )
    expect([other('0.5'), other('273.65'), other('1.5')]).toEqual([[], [], ['hybrid.quantity-differs']])
  })

  it('is compared row by row in two columns, relative uncertainties and limits of errors included', () => {
    const ratios = [column('relative-uncertainty', '%', { k: '2' }), column('relative-uncertainty', '[ppth]', { k: '2' })]
    expect([codesFor(ratios, [['0.2', '2']]), codesFor(ratios, [['0.2', '4']]), codesFor(ratios, [['0.2', null]])]).toEqual([
      [],
      ['hybrid.values-differ'],
      ['hybrid.not-judged'],
    ])
    const limits = [column('error', 'Cel'), column('upper-limit', 'Cel'), column('upper-limit', 'K')]
    expect([codesFor(limits, [['0.1', '0.5', '0.5']]), codesFor(limits, [['0.1', '0.5', '273.65']])]).toEqual([
      [],
      ['hybrid.values-differ'],
    ])
  })
})
