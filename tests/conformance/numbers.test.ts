// Why this exists: the decision must follow from the numbers exactly; in binary floating point 40.02 − 40 > 0.02 and 0.1 > 0.3 / 3.
import fc from 'fast-check'
import { checkRecord } from 'tongheng/conformance'
import { type Column, columnRoles, type DecisionRule } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

type Cells = readonly (string | null)[]

const column = (role: Column['role'], unit?: string, more: Partial<Column> = {}): Column => ({
  role,
  name: { zh: columnRoles[role][0] },
  ...(unit !== undefined && { unit }),
  ...(role === 'uncertainty' && { k: '2' }),
  ...more,
})
const limits = (unit: string): Column[] => [column('lower-limit', unit), column('upper-limit', unit)]
const verdict = column('verdict')

interface Asked {
  readonly rule?: DecisionRule['rule']
  /** Conclusion of the verification. */
  readonly outcome?: 'pass' | 'fail'
}

/** Codes reported for a verification with one table. */
function codesFor(columns: readonly Column[], rows: readonly Cells[], { rule, outcome = 'pass' }: Asked = {}): string[] {
  const record = change(
    fixtures.F09.record,
    ['/results', [{ id: 'table', name: { zh: '表' }, columns, rows }]],
    ['/decisionRule', rule && { rule }],
    ['/outcome', outcome],
    ...(outcome === 'fail' ? [['/validUntil', undefined] as const, ['/concludedClass', undefined] as const] : []),
  )
  return checkRecord(record)
    .checks.filter(({ status, code }) => (status === 'fail' || status === 'warn') && code !== 'outcome.no-data')
    .map(({ code }) => code)
}

/** Codes reported for one row with limits, with the claimed verdict and conclusion. */
const judged = (
  value: string,
  lower: string | null,
  upper: string | null,
  claimed: 'pass' | 'fail',
  more: Partial<Column> = {},
): string[] => codesFor([column('error', 'mm', more), ...limits('mm'), verdict], [[value, lower, upper, claimed]], { outcome: claimed })
const within = (value: string, lower: string | null, upper: string | null, more: Partial<Column> = {}): boolean => {
  const [asPass, asFail] = [judged(value, lower, upper, 'pass', more), judged(value, lower, upper, 'fail', more)]
  // Exactly one of the two claims is right.
  expect([asPass.length === 0, asFail.length === 0].filter(Boolean)).toHaveLength(1)
  expect(asPass.length === 0 ? asFail : asPass).toContain(asPass.length === 0 ? 'verdict.within-limits' : 'verdict.outside-limits')
  return asPass.length === 0
}

/** A whole number of units of the last digit as decimal text, with insignificant trailing zeros. */
const decimal = (units: number, scale: number, zeros = 0): string => {
  const digits = Math.abs(units)
    .toString()
    .padStart(scale + 1, '0')
  const [whole, fraction] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale) + '0'.repeat(zeros)]
  return `${units < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

describe('limits', () => {
  it('are met by a value that equals them', () => {
    expect([within('1.0', '-1.0', '1.0'), within('-1.0', '-1.0', '1.0'), within('1.00', '-1', '1'), within('0', '0', '0')]).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect([within('1.01', '-1.0', '1.0'), within('-1.0000000000000000001', '-1.0', '1.0')]).toEqual([false, false])
  })

  it('need not be symmetric: a taximeter may read 4 % low and 1 % high', () => {
    const taximeter = (value: string): boolean => within(value, '-4.0', '1.0')
    expect([taximeter('-4.0'), taximeter('-4.01'), taximeter('1.0'), taximeter('1.01'), taximeter('-1.57')]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ])
  })

  it('may be one-sided', () => {
    expect([within('-99', null, '0.10'), within('0.11', null, '0.10'), within('99', '0', null), within('-0.01', '0', null)]).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  it('are met by a truck scale that is 20 kg off at 40 t, exactly its limit', () => {
    const columns = [column('reference', 't'), column('indication', 't'), column('error', 'kg'), ...limits('t'), verdict]
    expect(codesFor(columns, [['40.00', '40.02', '20', '-0.02', '0.02', 'pass']])).toEqual([])
    expect(codesFor(columns, [['40.00', '40.021', '21', '-0.02', '0.02', 'pass']])).toEqual([
      'verdict.outside-limits',
      'outcome.outside-limits',
    ])
  })

  it('are compared with the unrounded value, unless the table requires rounding', () => {
    expect([within('1.04', '-1.0', '1.0'), within('1.04', '-1.0', '1.0', { roundTo: '0.1' })]).toEqual([false, true])
  })

  it('are compared after rounding half to even (GB/T 8170)', () => {
    const rounded = (value: string, upper: string, roundTo: string): boolean => within(value, null, upper, { roundTo })
    expect([rounded('1.05', '1.0', '0.1'), rounded('1.15', '1.1', '0.1'), rounded('1.0500001', '1.0', '0.1')]).toEqual([true, false, false])
    expect([rounded('0.25', '0.2', '0.5'), rounded('0.75', '0.5', '0.5'), rounded('2.5', '0', '5')]).toEqual([true, false, true])
  })

  it('are decided as by integer arithmetic, whatever the scale and the trailing zeros', () => {
    const units = fc.integer({ min: -2000, max: 2000 })
    fc.assert(
      fc.property(units, units, units, fc.nat(12), fc.nat(5), (value, a, b, scale, zeros) => {
        const [lower, upper] = [Math.min(a, b), Math.max(a, b)]
        expect(within(decimal(value, scale, zeros), decimal(lower, scale), decimal(upper, scale))).toBe(lower <= value && value <= upper)
      }),
      { numRuns: 300 },
    )
  })

  it('are decided alike in any unit of the same quantity', () => {
    const units = fc.integer({ min: -50, max: 50 })
    const metres = fc.constantFrom(['mm', 0], ['m', 3], ['km', 6], ['cm', 1]) as fc.Arbitrary<[string, number]>
    fc.assert(
      fc.property(units, fc.nat(30), metres, metres, (value, limit, [valueUnit, valueScale], [limitUnit, limitScale]) => {
        const columns = [column('error', valueUnit), ...limits(limitUnit), verdict]
        const cells = [
          decimal(value, valueScale),
          decimal(-limit, limitScale),
          decimal(limit, limitScale),
          Math.abs(value) <= limit ? 'pass' : 'fail',
        ]
        expect(codesFor(columns, [cells], { outcome: Math.abs(value) <= limit ? 'pass' : 'fail' })).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('the uncertainty beside limits', () => {
  const simple = (uncertainty: string, limit: string, unit = 'mm'): string[] =>
    codesFor(
      [column('error', 'mm'), ...limits('mm'), column('uncertainty', unit), verdict],
      [['0.00', `-${limit}`, limit, uncertainty, 'pass']],
      { rule: 'simple-acceptance' },
    )

  it('is at most a third of them where simple acceptance is claimed, exactly a third included', () => {
    expect(simple('0.10', '0.30')).toEqual([])
    expect(simple('0.11', '0.30')).toEqual(['decision.uncertainty-too-large'])
  })

  it('is compared in its own unit', () => {
    expect(simple('100', '0.30', 'um')).toEqual([])
    expect(simple('101', '0.30', 'um')).toContain('decision.uncertainty-too-large')
  })

  it('is compared though it is stated in percent of the value', () => {
    const columns = [column('reference', 'N.m'), column('error', 'N.m'), ...limits('N.m'), column('uncertainty', '%'), verdict]
    const row = (uncertainty: string): Cells => ['100.0', '0.10', '-0.30', '0.30', uncertainty, 'pass']
    expect(codesFor(columns, [row('0.10')], { rule: 'simple-acceptance' })).toEqual([])
    expect(codesFor(columns, [row('5.0')], { rule: 'simple-acceptance' })).toEqual(['decision.uncertainty-too-large'])
  })
})

describe('guarded acceptance', () => {
  const guarded = (value: string, uncertainty: string, claimed: 'pass' | 'fail' | null, outcome: 'pass' | 'fail'): string[] =>
    codesFor(
      [column('error', 'mm'), ...limits('mm'), column('uncertainty', 'mm'), verdict],
      [[value, '-1.0', '1.0', uncertainty, claimed]],
      {
        rule: 'guarded-acceptance',
        outcome,
      },
    )

  it('accepts up to the limit less U, inclusive', () => {
    expect(guarded('0.7', '0.3', 'pass', 'pass')).toEqual([])
    expect(guarded('-0.7', '0.3', 'pass', 'pass')).toEqual([])
    expect(guarded('0.8', '0.3', 'pass', 'pass')).toContain('verdict.outside-limits')
    expect(guarded('-0.8', '0.3', 'pass', 'pass')).toContain('verdict.outside-limits')
  })

  it('rejects within the guard band, which may justify the conclusion', () => {
    expect(guarded('0.8', '0.3', 'fail', 'fail')).toEqual([])
    expect(guarded('0.8', '0.3', null, 'fail')).toEqual([])
    expect(guarded('0.7', '0.3', null, 'fail')).toEqual(['outcome.no-failed-item'])
  })

  it('contradicts a conclusion that ignores the guard band where no verdict is stated', () => {
    expect(guarded('0.7', '0.3', null, 'pass')).toEqual([])
    expect(guarded('0.8', '0.3', null, 'pass')).toEqual(['outcome.outside-limits'])
  })

  it('is not widened by a negative uncertainty', () => {
    expect(guarded('1.1', '-0.3', 'pass', 'pass')).toContain('verdict.outside-limits')
    expect(guarded('0.8', '-0.3', 'pass', 'pass')).toContain('verdict.outside-limits')
  })
})

describe('errors', () => {
  const errorCodes = (
    shown: string,
    reference: string,
    stated: string,
    units: readonly [string, string, string] = ['mm', 'mm', 'mm'],
  ): string[] =>
    codesFor([column('indication', units[0]), column('reference', units[1]), column('error', units[2])], [[shown, reference, stated]])

  it('are indication less reference, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -1e6, max: 1e6 }), fc.nat(8), (shown, reference, scale) => {
        const state = (error: number): string[] => errorCodes(decimal(shown, scale), decimal(reference, scale), decimal(error, scale))
        expect(state(shown - reference)).toEqual([])
        // A difference of one unit may be due to readings rounded before printing, so it is a warning. A difference of two is not.
        expect(state(shown - reference + 1)).toEqual(['error.rounded-readings'])
        expect(state(shown - reference - 1)).toEqual(['error.rounded-readings'])
        expect(state(shown - reference + 2)).toEqual(['error.not-indication-minus-reference'])
        expect(state(shown - reference - 2)).toEqual(['error.not-indication-minus-reference'])
        if (shown !== reference) expect(state(reference - shown)).toEqual(['error.not-indication-minus-reference'])
      }),
      { numRuns: 200 },
    )
  })

  it('may be stated to fewer places, rounded', () => {
    expect(errorCodes('10.0049', '10.0000', '0.005')).toEqual([])
    expect(errorCodes('10.0049', '10.0000', '0.00')).toEqual([])
    expect(errorCodes('10.0049', '10.0000', '0.004')).toEqual(['error.not-indication-minus-reference'])
  })

  it('are rounded half to even; half to odd only warns', () => {
    expect([errorCodes('10.05', '10.00', '0.0'), errorCodes('10.15', '10.00', '0.2')]).toEqual([[], []])
    expect([errorCodes('10.05', '10.00', '0.1'), errorCodes('10.15', '10.00', '0.1')]).toEqual([['error.rounding'], ['error.rounding']])
    expect([errorCodes('9.95', '10.00', '0.0'), errorCodes('9.95', '10.00', '-0.1')]).toEqual([[], ['error.rounding']])
  })

  it('may be in another unit than the readings, and the readings in two', () => {
    expect(errorCodes('40.02', '40.00', '20', ['t', 't', 'kg'])).toEqual([])
    expect(errorCodes('40.02', '40000', '20', ['t', 'kg', 'kg'])).toEqual([])
    expect(errorCodes('40.02', '40000', '-20', ['t', 'kg', 'kg'])).toEqual(['error.not-indication-minus-reference'])
    expect(errorCodes('90', '25', '0', ['km/h', 'm/s', 'km/h'])).toEqual([])
  })

  it('of temperature are differences: 20.5 ℃ against 293.15 K is 0.5 ℃, and 0.5 K', () => {
    expect(errorCodes('20.5', '293.15', '0.5', ['Cel', 'K', 'Cel'])).toEqual([])
    expect(errorCodes('20.5', '293.15', '0.5', ['Cel', 'K', 'K'])).toEqual([])
    expect(errorCodes('20.5', '20.0', '0.5', ['Cel', 'Cel', 'K'])).toEqual([])
    expect(errorCodes('20.5', '20.0', '273.65', ['Cel', 'Cel', 'K'])).toEqual(['error.not-indication-minus-reference'])
  })

  it('in percent refer to the reference, not to the indication', () => {
    expect(errorCodes('110', '100', '10.0', ['N.m', 'N.m', '%'])).toEqual([])
    // Relative to the indication or to a span of 200: possible, so only noted. The opposite sign fits neither.
    expect(errorCodes('110.00', '100.00', '9.1', ['N.m', 'N.m', '%'])).toEqual(['error.formation-not-stated'])
    expect(errorCodes('110.00', '100.00', '5.0', ['N.m', 'N.m', '%'])).toEqual(['error.formation-not-stated'])
    expect(errorCodes('110.00', '100.00', '-10.0', ['N.m', 'N.m', '%'])).toEqual(['error.not-indication-minus-reference'])
    expect(errorCodes('110.00', '100.00', '20.0', ['N.m', 'N.m', '%'])).toEqual(['error.not-indication-minus-reference'])
    expect(errorCodes('299.8', '300.0', '-0.07', ['N.m', 'N.m', '%'])).toEqual([])
    expect(errorCodes('299.8', '300.0', '-0.67', ['N.m', 'N.m', '[ppth]'])).toEqual([])
    expect(errorCodes('0.1', '0', '5', ['N.m', 'N.m', '%'])).toEqual(['error.formation-not-stated'])
    expect(errorCodes('0', '0', '0', ['N.m', 'N.m', '%'])).toEqual([])
  })

  it('are warned about where they cannot be computed: columns of different quantities, an empty cell', () => {
    expect(errorCodes('1', '1', '5', ['mm', 'kg', 'mm'])).toEqual(['error.not-judged'])
    const columns = [column('indication', 'mm'), column('reference', 'mm'), column('error', 'mm')]
    const told = ['error.not-judged']
    expect(codesFor(columns, [['1', null, '5']])).toEqual(told)
    expect(codesFor(columns, [[null, '1', '5']])).toEqual(told)
    expect(codesFor(columns, [['1', '1', null]])).toEqual(told)
    // A point that was not measured is not reported.
    expect(
      codesFor(columns, [
        ['1', '1', '0'],
        [null, '2', null],
      ]),
    ).toEqual([])
  })
})

describe('the message about a value outside its limits', () => {
  const messages = (columns: readonly Column[], cells: Cells, rule: DecisionRule['rule'] = 'simple-acceptance'): string[] => {
    const results = [{ id: 'table', name: { zh: '表' }, columns, rows: [cells] }]
    return checkRecord(change(fixtures.F09.record, ['/results', results], ['/decisionRule', { rule }]))
      .checks.filter(({ code }) => code.endsWith('outside-limits'))
      .map(({ message }) => message.en)
  }

  it('shows the limits as written, with their zeros', () => {
    expect(messages([column('error', 'mm'), ...limits('mm'), verdict], ['1.01', '-4.0', '1.00', 'pass'])[0]).toContain(
      '1.01 mm is outside [-4.0, 1.00]',
    )
    expect(messages([column('error', 'mm'), column('upper-limit', 'mm'), verdict], ['1.01', '1.0', 'pass'])[0]).toContain('[−∞, 1.0]')
  })

  it('shows them in the unit of the value', () => {
    expect(messages([column('error', 'kg'), ...limits('t'), verdict], ['21', '-0.02', '0.02', 'pass'])[0]).toContain(
      '21 kg is outside [-20, 20]',
    )
  })

  it('shows them reduced by the guard band', () => {
    const columns = [column('error', 'mm'), ...limits('mm'), column('uncertainty', 'mm'), verdict]
    expect(messages(columns, ['0.8', '-1.0', '1.0', '0.3', 'pass'], 'guarded-acceptance')[0]).toContain('0.8 mm is outside [-0.7, 0.7]')
  })
})
