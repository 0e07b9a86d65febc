// Why this exists: a decision rule passes, fails, lacks a fact or does not apply. Each of these results must point to the right cell.
import { checkRecord } from 'tongheng/conformance'
import type { AnyRecord, Column, DecisionRule, Limits } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'
import { column, limits } from '../records/tables.ts'

type Cells = readonly (string | null)[]
const verdict = column('verdict')

/** The checks of one rule: `status code path`, then the missing fact. */
const rowsOf = (record: AnyRecord, rule: string): string[] =>
  checkRecord(record)
    .checks.filter(({ id }) => id === rule)
    .map(({ status, code, path, blockedBy }) => [status, code, path, blockedBy].filter((part) => part !== undefined).join(' '))
const message = (record: AnyRecord, code: string): string | undefined =>
  checkRecord(record).checks.find((check) => check.code === code)?.message.en

interface Of {
  readonly rule?: DecisionRule['rule']
  readonly outcome?: 'pass' | 'fail'
  readonly more?: readonly Change[]
}

/** A verification of a weight with one table. */
const verification = (columns: readonly Column[], rows: readonly Cells[], { rule, outcome = 'pass', more = [] }: Of = {}): AnyRecord =>
  change(
    fixtures.F09.record,
    ['/results', [{ id: 'table', name: { zh: '表' }, columns, rows }]],
    ['/decisionRule', rule && { rule }],
    ['/outcome', outcome],
    ...(outcome === 'fail' ? [['/validUntil', undefined] as const, ['/concludedClass', undefined] as const] : []),
    ...more,
  )

describe('decision.uncertainty', () => {
  const columns = [column('error', 'mm'), ...limits('mm'), column('uncertainty', 'mm'), verdict]
  const plain = columns.filter(({ role }) => role !== 'uncertainty')
  const of = (all: readonly Column[], cells: Cells, rule?: DecisionRule['rule']): string[] =>
    rowsOf(verification(all, [cells], rule === undefined ? {} : { rule }), 'decision.uncertainty')

  it('limits U to a third of the limits where simple acceptance is claimed', () => {
    expect(of(columns, ['0.00', '-0.30', '0.30', '0.10', 'pass'], 'simple-acceptance')).toEqual(['pass decision.uncertainty'])
    expect(of(columns, ['0.00', '-0.30', '0.30', '0.11', 'fail'], 'simple-acceptance')).toEqual([
      'fail decision.uncertainty-too-large /results/0/rows/0/3',
    ])
    expect(of(columns, ['0.00', '-0.30', '0.30', '0.11', null], 'simple-acceptance')).toHaveLength(1)
  })

  it('misses the fact U where simple acceptance is claimed, and only warns where no rule is claimed', () => {
    const wait = ['skip decision.not-judged /results/0/rows/0 fact:uncertainty']
    expect(of(columns, ['0.00', '-0.30', '0.30', null, 'pass'], 'simple-acceptance')).toEqual(wait)
    expect(of(plain, ['0.00', '-0.30', '0.30', 'pass'], 'simple-acceptance')).toEqual(wait)
    expect(of(columns, ['0.00', '-0.30', '0.30', null, 'pass'])).toEqual(['warn decision.not-judged /results/0/rows/0'])
    expect(of(columns, ['0.00', '0.30', '0.30', '0.10', 'pass'], 'simple-acceptance')).toEqual(wait)
    const record = verification(columns, [['0.00', '0.30', '0.30', '0.10', 'pass']], { rule: 'simple-acceptance' })
    expect(message(record, 'decision.not-judged')).toContain('row 1')
    expect(message(record, 'decision.not-judged')).not.toContain('U is not stated')
  })

  it('compares U with a third of the limits in a row that passed without a decision rule', () => {
    expect(of(columns, ['0.00', '-0.30', '0.30', '0.10', 'pass'])).toEqual(['pass decision.uncertainty'])
    expect(of(columns, ['0.00', '-0.30', '0.30', '0.11', 'pass'])).toEqual(['warn decision.guard-needed /results/0/rows/0/3'])
    for (const claim of ['fail', 'not-applicable', null])
      expect(of(columns, ['0.00', '-0.30', '0.30', '0.11', claim])).toEqual(['skip not-applicable'])
    expect(of(plain, ['0.00', '-0.30', '0.30', 'pass'])).toEqual(['skip not-applicable'])
  })

  it('does not apply to a guard band, to a row that is not applicable, or to a single limit of an indication', () => {
    expect(of(columns, ['0.00', '-0.30', '0.30', '0.20', 'pass'], 'guarded-acceptance')).toEqual(['skip not-applicable'])
    expect(of(columns, ['0.00', '-0.30', '0.30', '0.20', 'not-applicable'], 'simple-acceptance')).toEqual(['skip not-applicable'])
    const insulation = [column('indication', 'MOhm'), column('lower-limit', 'MOhm'), column('uncertainty', 'MOhm'), verdict]
    expect(of(insulation, ['5.0', '2.0', '4.0', 'pass'], 'simple-acceptance')).toEqual(['skip not-applicable'])
    // One limit for an error is a maximum permissible error.
    const oneSided = [column('error', 'mm'), column('upper-limit', 'mm'), column('uncertainty', 'mm'), verdict]
    expect(of(oneSided, ['0.00', '0.30', '0.11', 'pass'], 'simple-acceptance')).toEqual([
      'fail decision.uncertainty-too-large /results/0/rows/0/2',
    ])
  })

  it('points to the column that states U, in any form of uncertainty', () => {
    const relative = [column('reference', 'mm'), column('error', 'mm'), ...limits('mm'), column('relative-uncertainty', '%'), verdict]
    expect(of(relative, ['100.0', '0.0', '-0.3', '0.3', '5.0', 'pass'], 'simple-acceptance')).toEqual([
      'fail decision.uncertainty-too-large /results/0/rows/0/4',
    ])
    const standard = [column('error', 'mm'), ...limits('mm'), column('standard-uncertainty', 'mm', { k: '2' }), verdict]
    expect(of(standard, ['0.00', '-0.30', '0.30', '0.06', 'pass'], 'simple-acceptance')).toEqual([
      'fail decision.uncertainty-too-large /results/0/rows/0/3',
    ])
    expect(of(standard, ['0.00', '-0.30', '0.30', '0.05', 'pass'], 'simple-acceptance')).toEqual(['pass decision.uncertainty'])
  })

  it('reports one finding for each row', () => {
    const record = verification(columns, [
      ['0.00', '-0.30', '0.30', '0.11', 'pass'],
      ['0.00', '-0.30', '0.30', '0.10', 'pass'],
      ['0.00', '-0.30', '0.30', null, 'pass'],
    ])
    expect(rowsOf(record, 'decision.uncertainty')).toEqual([
      'warn decision.guard-needed /results/0/rows/0/3',
      'warn decision.not-judged /results/0/rows/2',
    ])
  })
})

describe('the message about a row', () => {
  it('prints infinity for an open side, and no unit where the table has none', () => {
    const lower = [column('error', 'mm'), column('lower-limit', 'mm'), verdict]
    expect(message(verification(lower, [['-1.01', '-1.0', 'pass']]), 'verdict.outside-limits')).toContain('-1.01 mm is outside [-1.0, +∞]')
    const unknown = [column('error', 'xyz'), ...limits('xyz'), verdict]
    expect(message(verification(unknown, [['1.01', '-1.0', '1.0', 'pass']]), 'verdict.outside-limits')).toMatch(
      /1\.01 +is outside \[-1\.0, 1\.0\]/,
    )
  })
})

describe('standards.fit', () => {
  const results = (upper: string | null, unit = 'mm', value = '0.00') => [
    {
      id: 'table',
      name: { zh: '表' },
      columns: [column('error', unit), ...limits(unit), verdict],
      rows: [[value, upper && `-${upper}`, upper, 'pass']],
    },
  ]
  const of = (mpe: Limits | undefined, upper: string | null = '0.30', unit = 'mm', more: readonly Change[] = []): string[] =>
    rowsOf(
      change(fixtures.F09.record, ['/results', results(upper, unit)], ['/standards/0/maximumPermissibleError', mpe], ...more),
      'standards.fit',
    )
  const at = '/standards/0/maximumPermissibleError'

  it('requires the limits of a standard to be at most a third of those of the instrument', () => {
    expect(of({ lower: '-0.10', upper: '0.10', unit: 'mm' })).toEqual(['pass standards.fit'])
    expect(of({ lower: '-0.11', upper: '0.11', unit: 'mm' })).toEqual([`warn standard.too-coarse ${at}`])
    expect(of({ lower: '-100', upper: '100', unit: 'um' })).toEqual(['pass standards.fit'])
    expect(of({ lower: '-101', upper: '101', unit: 'um' })).toEqual([`warn standard.too-coarse ${at}`])
    expect(of({ lower: '-0.10', upper: '0.10', unit: 'mm' }, '300', 'um')).toEqual(['pass standards.fit'])
    expect(of({ lower: '-0.11', upper: '0.11', unit: 'mm' }, '300', 'um')).toEqual([`warn standard.too-coarse ${at}`])
  })

  it('uses half the width of two limits, and the magnitude of a single one', () => {
    expect(of({ lower: '0.00', upper: '0.20', unit: 'mm' })).toEqual(['pass standards.fit'])
    expect(of({ lower: '0.00', upper: '0.21', unit: 'mm' })).toEqual([`warn standard.too-coarse ${at}`])
    expect(of({ upper: '0.10', unit: 'mm' })).toEqual(['pass standards.fit'])
    expect(of({ upper: '0.11', unit: 'mm' })).toEqual([`warn standard.too-coarse ${at}`])
    expect(of({ lower: '-0.10', unit: 'mm' })).toEqual(['pass standards.fit'])
    expect(of({ lower: '-0.11', unit: 'mm' })).toEqual([`warn standard.too-coarse ${at}`])
  })

  it('compares a standard with the widest limits of all tables', () => {
    const [table] = results('0.30')
    const other = (upper: string) => ({ ...table, id: 'other', rows: [['0.00', `-${upper}`, upper, 'pass']] })
    const mpe = { lower: '-0.11', upper: '0.11', unit: 'mm' }
    for (const both of [
      [table, other('0.33')],
      [other('0.33'), table],
    ])
      expect(of(mpe, '0.30', 'mm', [['/results', both]])).toEqual(['pass standards.fit'])
    for (const both of [
      [table, other('0.32')],
      [other('0.32'), table],
    ])
      expect(of(mpe, '0.30', 'mm', [['/results', both]])).toEqual([`warn standard.too-coarse ${at}`])
  })

  it('warns that it cannot judge limits without a width, or in an unknown unit', () => {
    expect(of({ lower: '0.10', upper: '0.10', unit: 'mm' })).toEqual([`warn standard.not-judged ${at}`])
    expect(of({ lower: '0.10', upper: '-0.10', unit: 'mm' })).toEqual([`warn standard.not-judged ${at}`])
    expect(of({ upper: '0', unit: 'mm' })).toEqual([`warn standard.not-judged ${at}`])
    expect(of({ upper: '0.1', unit: 'xyz' })).toEqual([`warn standard.not-judged ${at}`])
  })

  it('does not apply without limits of the same quantity on both sides', () => {
    expect(of(undefined)).toEqual(['skip not-applicable'])
    expect(of({ upper: '0.1', unit: 'kg' })).toEqual(['skip not-applicable'])
    expect(of({ upper: '0.1', unit: 'mm' }, null)).toEqual(['skip not-applicable'])
    expect(of({ upper: '0.1', unit: 'mm' }, '0.30', 'xyz')).toEqual(['skip not-applicable'])
  })
})

describe('limits.order', () => {
  const noRange = ['/instrument/range', undefined] as const
  const of = (columns: readonly Column[], cells: Cells): string[] =>
    rowsOf(verification(columns, [cells], { more: [noRange] }), 'limits.order')
  const stating = (...more: readonly Change[]): string[] =>
    rowsOf(verification([column('error', 'mm'), verdict], [['0.0', 'pass']], { more: [noRange, ...more] }), 'limits.order')
  const standard = (mpe: Limits): string[] => stating(['/standards/0/maximumPermissibleError', mpe])

  it('compares the lower and the upper limit of a row, in any units', () => {
    const columns = [column('error', 'mm'), ...limits('mm'), verdict]
    expect(of(columns, ['0.0', '-1.0', '1.0', 'pass'])).toEqual(['pass limits.order'])
    expect(of(columns, ['0.0', '1.0', '1.0', 'pass'])).toEqual(['pass limits.order'])
    expect(of(columns, ['0.0', '1.1', '1.0', 'pass'])).toEqual(['fail limits.reversed /results/0/rows/0/1'])
    const mixed = [column('error', 'mm'), column('lower-limit', 'um'), column('upper-limit', 'mm'), verdict]
    expect(of(mixed, ['0.0', '1000', '1.0', 'pass'])).toEqual(['pass limits.order'])
    expect(of(mixed, ['0.0', '1001', '1.0', 'pass'])).toEqual(['fail limits.reversed /results/0/rows/0/1'])
    const record = verification(mixed, [['0.0', '1001', '1.00', 'pass']])
    expect(message(record, 'limits.reversed')).toMatch(/1001.*1\.00/)
  })

  it('does not apply where one limit is missing or measures another quantity', () => {
    const columns = [column('error', 'mm'), ...limits('mm'), verdict]
    expect(of(columns, ['0.0', null, '1.0', 'pass'])).toEqual(['skip not-applicable'])
    expect(of(columns, ['0.0', '-1.0', null, 'pass'])).toEqual(['skip not-applicable'])
    for (const other of [column('lower-limit', 'kg'), column('lower-limit', 'xyz'), column('lower-limit')])
      expect(of([column('error', 'mm'), other, column('upper-limit', 'mm'), verdict], ['0.0', '2', '1', 'pass'])).toEqual([
        'skip not-applicable',
      ])
    expect(of([column('error', 'mm'), column('lower-limit', 'mm'), verdict], ['0.0', '2', 'pass'])).toEqual(['skip not-applicable'])
  })

  it('compares limits of the same stroke that bound the same column', () => {
    const columns = [
      column('error', 'mm', { direction: 'rising' }),
      column('error', 'mm', { direction: 'falling' }),
      column('lower-limit', 'mm', { direction: 'rising' }),
      column('lower-limit', 'mm', { direction: 'falling' }),
      column('upper-limit', 'mm', { direction: 'falling' }),
      column('upper-limit', 'mm', { direction: 'rising' }),
    ]
    expect(of(columns, ['0', '0', '-1', '-4', '-3', '1'])).toEqual(['pass limits.order'])
    expect(of(columns, ['0', '0', '-1', '2', '1', '3'])).toEqual(['fail limits.reversed /results/0/rows/0/3'])
  })

  it('compares the limits of a standard', () => {
    expect(standard({ lower: '-1', upper: '1', unit: 'mm' })).toEqual(['pass limits.order'])
    expect(standard({ lower: '1', upper: '1.0', unit: 'mm' })).toEqual(['pass limits.order'])
    expect(standard({ lower: '1.01', upper: '1.0', unit: 'mm' })).toEqual(['fail limits.reversed /standards/0/maximumPermissibleError'])
    expect(standard({ lower: '1', unit: 'mm' })).toEqual(['skip not-applicable'])
    expect(standard({ upper: '1', unit: 'mm' })).toEqual(['skip not-applicable'])
  })

  it.each(['/instrument/range', '/environment/temperature', '/environment/humidity', '/environment/pressure'])(
    'compares the ends of the range at %s',
    (path) => {
      const range = (lower: string, upper: string) => ({ lower, upper, unit: 'Cel' })
      expect(stating([path, range('19.5', '20.5')])).toEqual(['pass limits.order'])
      expect(stating([path, range('20.5', '19.5')])).toEqual([`fail limits.reversed ${path}`])
      expect(stating([path, range('-0.1', '0')])).toEqual(['pass limits.order'])
    },
  )

  it('compares the ends of every range listed, and of other conditions', () => {
    const ranges = [
      { lower: '0', upper: '1.6', unit: 'MPa' },
      { lower: '2.5', upper: '0', unit: 'MPa' },
    ]
    expect(stating(['/instrument/ranges', ranges])).toEqual(['fail limits.reversed /instrument/ranges/1'])
    const other = [{ name: { zh: '电源频率' }, value: { lower: '51', upper: '49', unit: 'Hz' } }]
    expect(stating(['/environment/other', other])).toEqual(['fail limits.reversed /environment/other/0/value'])
    expect(stating(['/environment/other', [{ ...other[0], value: { value: '50', unit: 'Hz' } }]])).toEqual(['skip not-applicable'])
  })
})

describe('verdict.limits', () => {
  const columns = [column('error', 'mm'), ...limits('mm'), verdict]
  const of = (all: readonly Column[], rows: readonly Cells[], asked: Of = {}): string[] =>
    rowsOf(verification(all, rows, asked), 'verdict.limits')

  it('compares each verdict with the numbers of its row', () => {
    expect(of(columns, [['0.9', '-1.0', '1.0', 'pass']])).toEqual(['pass verdict.limits'])
    expect(of(columns, [['1.1', '-1.0', '1.0', 'fail']], { outcome: 'fail' })).toEqual(['pass verdict.limits'])
    expect(of(columns, [['1.1', '-1.0', '1.0', 'pass']])).toEqual(['fail verdict.outside-limits /results/0/rows/0/3'])
    expect(of(columns, [['0.9', '-1.0', '1.0', 'fail']], { outcome: 'fail' })).toEqual(['fail verdict.within-limits /results/0/rows/0/3'])
    for (const other of ['not-applicable', null]) expect(of(columns, [['1.1', '-1.0', '1.0', other]])).toEqual(['skip not-applicable'])
  })

  it('lacks the fact that a verdict depends on: value, limits or U', () => {
    const wait = (fact: string) => [`skip verdict.not-judged /results/0/rows/0/3 fact:${fact}`]
    expect(of(columns, [[null, '-1.0', '1.0', 'pass']])).toEqual(wait('value'))
    expect(of(columns, [['0.9', null, null, 'pass']])).toEqual(wait('limits'))
    expect(of(columns, [['0.9', null, null, 'fail']], { outcome: 'fail' })).toEqual(wait('limits'))
    expect(of(columns, [['0.9', null, null, 'not-applicable']])).toEqual(['skip not-applicable'])
    expect(of(columns, [['0.9', '-1.0', '1.0', 'pass']], { rule: 'guarded-acceptance' })).toEqual(wait('uncertainty'))
    expect(message(verification(columns, [['0.9', null, null, 'pass']]), 'verdict.not-judged')).toContain('row 1')
    // A value outside the limits is outside with any guard band.
    expect(of(columns, [['1.1', '-1.0', '1.0', 'pass']], { rule: 'guarded-acceptance' })).toEqual([
      'fail verdict.outside-limits /results/0/rows/0/3',
    ])
  })

  it('warns once for each table whose verdicts are based on text', () => {
    const words = [column('error', 'mm'), verdict]
    const once = ['warn verdict.no-limits /results/0/columns']
    const rows: Cells[] = [
      ['0.9', 'pass'],
      ['0.8', 'fail'],
    ]
    expect(of(words, rows)).toEqual(once)
    expect(of(words, [['0.9', 'not-applicable']])).toEqual(['skip not-applicable'])
    const table = { id: 'table', name: { zh: '表' }, columns: words, rows }
    const two = verification([], [], { more: [['/results', [table, { ...table, id: 'second' }]]] })
    expect(rowsOf(two, 'verdict.limits')).toEqual([...once, 'warn verdict.no-limits /results/1/columns'])
    const stated = verification([], [], { more: [['/results', [{ ...table, requirement: { zh: '外观完好' } }]]] })
    expect(rowsOf(stated, 'verdict.limits')).toEqual(['skip not-applicable'])
  })

  it('accepts the failure of a row because of one stroke, though the other is within its limits', () => {
    const strokes = [
      column('error', 'mm', { direction: 'rising' }),
      column('error', 'mm', { direction: 'falling' }),
      ...limits('mm'),
      verdict,
    ]
    expect(of(strokes, [['0.9', '1.1', '-1.0', '1.0', 'fail']], { outcome: 'fail' })).toEqual(['pass verdict.limits'])
    expect(of(strokes, [['0.9', '1.1', '-1.0', '1.0', 'pass']])).toEqual(['fail verdict.outside-limits /results/0/rows/0/4'])
    expect(of(strokes, [['0.9', '0.8', '-1.0', '1.0', 'fail']], { outcome: 'fail' })).toEqual([
      'fail verdict.within-limits /results/0/rows/0/4',
      'fail verdict.within-limits /results/0/rows/0/4',
    ])
    // A failure in another row of the table, or in the same row of another table, does not explain the verdict of this row.
    const rows: Cells[] = [
      ['0.9', '0.8', '-1.0', '1.0', 'fail'],
      ['1.1', '1.1', '-1.0', '1.0', 'fail'],
    ]
    expect(of(strokes, rows, { outcome: 'fail' })).toHaveLength(2)
    const table = (id: string, row: Cells) => ({ id, name: { zh: '表' }, columns, rows: [row] })
    const tables = [table('a', ['0.9', '-1.0', '1.0', 'fail']), table('b', ['1.1', '-1.0', '1.0', 'fail'])]
    expect(rowsOf(verification([], [], { outcome: 'fail', more: [['/results', tables]] }), 'verdict.limits')).toEqual([
      'fail verdict.within-limits /results/0/rows/0/3',
    ])
  })
})

describe('verdict.outcome', () => {
  const columns = [column('error', 'mm'), ...limits('mm'), verdict]
  const of = (all: readonly Column[], rows: readonly Cells[], asked: Of = {}): string[] =>
    rowsOf(verification(all, rows, asked), 'verdict.outcome')
  const inside: Cells = ['0.9', '-1.0', '1.0', null]
  const outside: Cells = ['1.1', '-1.0', '1.0', null]

  it('fails a pass that any row contradicts, by its verdict or by its numbers', () => {
    expect(of(columns, [inside])).toEqual(['pass verdict.outcome'])
    expect(of(columns, [inside, outside])).toEqual(['fail outcome.outside-limits /outcome'])
    expect(of(columns, [inside, ['0.9', '-1.0', '1.0', 'fail']])).toEqual(['fail outcome.row-failed /outcome'])
    // A row with both faults gives one finding.
    expect(of(columns, [['1.1', '-1.0', '1.0', 'fail']])).toEqual(['fail outcome.row-failed /outcome'])
    expect(message(verification(columns, [inside, ['1.1', '-1.0', '1.0', 'fail']]), 'outcome.row-failed')).toContain('row 2')
  })

  it('fails a failure without a failed row', () => {
    expect(of(columns, [inside, outside], { outcome: 'fail' })).toEqual(['pass verdict.outcome'])
    expect(of(columns, [['1.1', '-1.0', '1.0', 'fail']], { outcome: 'fail' })).toEqual(['pass verdict.outcome'])
    expect(of(columns, [inside], { outcome: 'fail' })).toEqual(['fail outcome.no-failed-item /outcome'])
    expect(of([column('error', 'mm'), verdict], [['0.9', 'pass']], { outcome: 'fail' })).toEqual(['fail outcome.no-failed-item /outcome'])
    expect(of([column('error', 'mm'), verdict], [['0.9', 'not-applicable']], { outcome: 'fail' })).toEqual([
      'warn outcome.no-data /outcome',
    ])
  })

  it('warns where there are no data, and misses the fact where a decision rule is claimed', () => {
    const words = [column('error', 'mm'), verdict]
    expect(of(words, [['0.9', null]])).toEqual(['warn outcome.no-data /outcome'])
    expect(of(words, [['0.9', null]], { rule: 'simple-acceptance' })).toEqual(['skip outcome.no-data /outcome fact:limits'])
    expect(of(words, [['0.9', 'pass']])).toEqual(['pass verdict.outcome'])
    expect(of(columns, [['0.9', null, null, null]])).toEqual(['warn outcome.no-data /outcome'])
  })

  it('leaves a row undecided that has no verdict and cannot be judged', () => {
    const open = 'skip outcome.not-judged /results/0/rows/1 fact:uncertainty'
    const withU = [column('error', 'mm'), ...limits('mm'), column('uncertainty', 'mm'), verdict]
    const rows: Cells[] = [
      ['0.5', '-1.0', '1.0', '0.1', null],
      ['0.5', '-1.0', '1.0', null, null],
    ]
    expect(of(withU, rows, { rule: 'guarded-acceptance' })).toEqual([open])
    expect(of(withU, [rows[0] as Cells], { rule: 'guarded-acceptance' })).toEqual(['pass verdict.outcome'])
    // A row with its own verdict is judged by the other rule.
    const decided: Cells[] = [rows[0] as Cells, ['0.5', '-1.0', '1.0', null, 'pass']]
    expect(of(withU, decided, { rule: 'guarded-acceptance' })).toEqual(['pass verdict.outcome'])
    // A stated failure is not contradicted: the undecided row may be the failed one.
    expect(of(withU, rows, { rule: 'guarded-acceptance', outcome: 'fail' })).toEqual(['warn outcome.not-judged /results/0/rows/1'])
    expect(of(withU, [...rows, ['1.5', '-1.0', '1.0', '0.1', null]], { rule: 'guarded-acceptance' })).toEqual([
      'fail outcome.outside-limits /outcome',
      open,
    ])
    // A missing value is noted, and no check depends on it.
    expect(of(columns, [inside, [null, '-1.0', '1.0', null]])).toEqual(['warn outcome.not-judged /results/0/rows/1'])
    const mixed = [column('error', 'mm'), ...limits('kg'), verdict]
    expect(of(mixed, [['0.9', '-1.0', '1.0', null]])).toEqual(['skip outcome.not-judged /results/0/rows/0 fact:limits'])
  })

  it('ignores results from before the adjustment', () => {
    const table = (id: string, state: string | undefined, cells: Cells) => ({ id, name: { zh: '表' }, columns, rows: [cells], state })
    const both = (first: Cells, last: Cells, outcome: 'pass' | 'fail' = 'pass') =>
      rowsOf(
        verification([], [], {
          outcome,
          more: [
            ['/results', [table('found', 'as-found', first), table('left', 'as-left', last)]],
            ['/adjustment', { description: { zh: '调整' } }],
          ],
        }),
        'verdict.outcome',
      )
    expect(both(outside, inside)).toEqual(['pass verdict.outcome'])
    expect(both(['1.1', '-1.0', '1.0', 'fail'], inside)).toEqual(['pass verdict.outcome'])
    expect(both([null, '-1.0', '1.0', null], inside)).toEqual(['pass verdict.outcome'])
    expect(both(inside, outside)).toEqual(['fail outcome.outside-limits /outcome'])
    expect(both(inside, [null, '-1.0', '1.0', null])).toEqual(['warn outcome.not-judged /results/1/rows/0'])
    expect(both(outside, inside, 'fail')).toEqual(['fail outcome.no-failed-item /outcome'])
  })

  it('judges a calibration by its statement of conformity', () => {
    const { record } = fixtures.F08
    expect(rowsOf(change(record, ['/conformity', undefined]), 'verdict.outcome')).toEqual(['skip not-applicable'])
    expect(rowsOf(change(record, ['/conformity/outcome', 'not-conforming']), 'verdict.outcome')).toEqual([
      'fail outcome.no-failed-item /conformity/outcome',
    ])
  })
})

describe('signatories.independent', () => {
  const of = (record: AnyRecord, ...changes: Change[]): string[] => rowsOf(change(record, ...changes), 'signatories.independent')
  const same = ['fail signatories.same-person /signatories/checker']

  it('requires two people, who differ by name, and by number where both state one', () => {
    for (const [record, doer] of [
      [fixtures.F01.record, 'verifier'],
      [fixtures.F07.record, 'calibrator'],
    ] as const) {
      const people = (own?: string, other?: string, name = '张 伟'): Change[] => [
        [`/signatories/${doer}`, { name: '张伟', registrationNo: own }],
        ['/signatories/checker', { name, registrationNo: other }],
      ]
      expect(of(record, ...people())).toEqual(same)
      expect(of(record, ...people('1', '1'))).toEqual(same)
      expect(of(record, ...people('1', undefined))).toEqual(same)
      expect(of(record, ...people(undefined, '1'))).toEqual(same)
      expect(of(record, ...people('1', '2'))).toEqual(['pass signatories.independent'])
      expect(of(record, ...people('1', '1', '李伟'))).toEqual(['pass signatories.independent'])
      expect(of(record, ['/signatories/checker', undefined])).not.toContain(same[0])
    }
  })
})

describe('adjustment.results', () => {
  const { record } = fixtures.F07
  const states = (...all: (string | undefined)[]): Change => [
    '/results',
    all.map((state, at) => ({ ...(record as { results: object[] }).results[0], id: `t${at}`, state })),
  ]
  const of = (...changes: Change[]): string[] => rowsOf(change(record, ...changes), 'adjustment.results')
  const adjusted: Change = ['/adjustment', { description: { zh: '调整零点' } }]

  it('requires results from before and from after the adjustment', () => {
    expect(of(adjusted, states('as-found', 'as-left'))).toEqual(['pass adjustment.results'])
    for (const all of [['as-found'], ['as-left'], [undefined]])
      expect(of(adjusted, states(...all))).toEqual(['warn adjustment.results-missing /adjustment'])
    expect(of(states('as-found', 'as-left'))).toEqual(['warn adjustment.not-described /results'])
    expect(of(states('as-found'))).toEqual(['skip not-applicable'])
    expect(of(states(undefined))).toEqual(['skip not-applicable'])
  })
})
