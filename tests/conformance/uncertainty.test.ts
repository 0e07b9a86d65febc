// Why this exists: an uncertainty must be judged in every member and form, or reported as not judged.
import { checkRecord, judgeUncertainty } from 'tongheng/conformance'
import type { BudgetEntry, Column, Quantity, Uncertainty } from 'tongheng/records'
import { change, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'

const found = (record: unknown): string[] =>
  checkRecord(record)
    .checks.filter(({ id, status }) => id.startsWith('uncertainty.') && (status === 'fail' || status === 'warn'))
    .map(({ status, code, path }) => `${status} ${code} ${path}`)
const stated = (quantity: Partial<Quantity>): string[] => judgeUncertainty(quantity, '').map(({ code, path }) => `${code} ${path}`)
const U = (value: string, more: object = {}): Uncertainty => ({ form: 'expanded', value, k: '2', ...more }) as Uncertainty
const entry = (standard: string, more: Partial<BudgetEntry> = {}): BudgetEntry => ({ source: { zh: '分量' }, type: 'B', standard, ...more })

describe('an uncertainty in any member', () => {
  const bad = { form: 'expanded', value: '-5', k: '0', standard: '-3', coverage: '95' }
  const all = (at: string): string[] => [
    `warn uncertainty.coverage-probability ${at}/coverage`,
    `fail uncertainty.negative ${at}/value`,
    `fail uncertainty.coverage-factor ${at}/k`,
    `fail uncertainty.negative ${at}/standard`,
  ]
  const quantity = { value: '20.0', unit: 'Cel', uncertainty: bad }

  it.each([
    [fixtures.F01.record, '/standards/0/uncertainty', bad, '/standards/0/uncertainty'],
    [fixtures.F08.record, '/standards/0/uncertainty', bad, '/standards/0/uncertainty'],
    [fixtures.F08.record, '/environment/temperature', quantity, '/environment/temperature/uncertainty'],
    [fixtures.F08.record, '/environment/other', [{ name: { zh: '水温' }, value: quantity }], '/environment/other/0/value/uncertainty'],
    [fixtures.F14.record, '/standards', [{ name: '标准器', uncertainty: bad }], '/standards/0/uncertainty'],
    [fixtures.F12.record, '/points/0/reference/uncertainty', bad, '/points/0/reference/uncertainty'],
    [fixtures.F12.record, '/points/0/results/1/uncertainty', bad, '/points/0/results/1/uncertainty'],
  ])('is judged %#: $1', (record, pointer, to, at) => {
    expect(found(change(record, [pointer, to]))).toEqual(all(at))
  })

  it('is judged in the drift of a comparison', () => {
    expect(found(change(fixtures.F12.record, ['/points/0/drift', bad]))).toEqual(all('/points/0/drift/uncertainty'))
  })

  it('is not required of a range of the environment', () => {
    expect(found(change(fixtures.F08.record, ['/environment/temperature', { lower: '18', upper: '22', unit: 'Cel' }]))).toEqual([])
  })
})

describe('an uncertainty as an object', () => {
  it.each<[string, Partial<Quantity>, string[]]>([
    ['zero', { uncertainty: U('0.0') }, ['uncertainty.zero /uncertainty/value']],
    ['U = k·u', { uncertainty: U('0.10', { standard: '0.05' }) }, []],
    ['U ≠ k·u', { uncertainty: U('0.10', { standard: '0.08' }) }, ['uncertainty.not-k-times-u /uncertainty/value']],
    ['relative U = k·u, both relative', { uncertainty: U('1.0', { relativeTo: '%', standard: '0.5' }) }, []],
    ['relative U ≠ k·u', { uncertainty: U('1.0', { relativeTo: '%', standard: '0.8' }) }, ['uncertainty.not-k-times-u /uncertainty/value']],
    ['in % and ppm alike', { uncertainty: U('0.010', { relativeTo: '%', relative: { value: '100', unit: '[ppm]' } }) }, []],
    [
      'in % and ppm, not alike',
      { uncertainty: U('0.010', { relativeTo: '%', relative: { value: '300', unit: '[ppm]' } }) },
      ['uncertainty.relative-differs /uncertainty/value'],
    ],
    ['absolute and relative', { value: '50.0', unit: 'kg', uncertainty: U('0.5', { relative: { value: '1.0', unit: '%' } }) }, []],
    [
      'absolute and relative, not alike',
      { value: '50.0', unit: 'kg', uncertainty: U('0.5', { relative: { value: '5.0', unit: '%' } }) },
      ['uncertainty.relative-differs /uncertainty/value'],
    ],
    [
      'a negative ratio',
      { value: '50.0', unit: 'kg', uncertainty: U('0.5', { relative: { value: '-1.0', unit: '%' } }) },
      ['uncertainty.negative /uncertainty/relative/value'],
    ],
    [
      'a ratio without a value',
      { uncertainty: U('0.5', { relative: { value: '1.0', unit: '%' } }) },
      ['uncertainty.not-judged /uncertainty/value'],
    ],
    [
      'a ratio of nothing',
      { value: '0.0', unit: 'kg', uncertainty: U('0.5', { relative: { value: '1.0', unit: '%' } }) },
      ['uncertainty.not-judged /uncertainty/value'],
    ],
    [
      'a ratio of a temperature in ℃',
      { value: '20.0', unit: 'Cel', uncertainty: U('0.2', { relative: { value: '1.0', unit: '%' } }) },
      ['uncertainty.not-judged /uncertainty/value'],
    ],
    ['a ratio of a temperature in K', { value: '300.0', unit: 'K', uncertainty: U('3.0', { relative: { value: '1.0', unit: '%' } }) }, []],
    [
      'a relative budget of a relative U',
      { uncertainty: U('1.0', { relativeTo: '%', budget: [entry('0.3'), entry('4000', { relativeTo: '[ppm]' })] }) },
      [],
    ],
    [
      'a relative budget that has no value',
      { uncertainty: U('1.0', { budget: [entry('0.3', { relativeTo: '%' })] }) },
      ['uncertainty.not-judged /uncertainty/value'],
    ],
    ['an interval', { value: '1.5', uncertainty: { form: 'interval', lower: '1', upper: '2', coverage: '0.95' } }, []],
    [
      'an interval below its value',
      { value: '2.5', uncertainty: { form: 'interval', lower: '1', upper: '2', coverage: '0.95' } },
      ['uncertainty.interval-without-value /uncertainty/lower'],
    ],
    [
      'an interval above its value, with coverage and budget',
      { value: '0.5', uncertainty: { form: 'interval', lower: '1', upper: '2', coverage: '1', budget: [entry('0.3')] } },
      [
        'uncertainty.coverage-probability /uncertainty/coverage',
        'uncertainty.interval-without-value /uncertainty/lower',
        'uncertainty.not-judged /uncertainty/budget',
      ],
    ],
    ['an interval of one point', { value: '1', uncertainty: { form: 'interval', lower: '1', upper: '1', coverage: '0.95' } }, []],
    ['last digits as far as three', { value: '2.023', uncertainty: U('999') }, ['uncertainty.last-digits /uncertainty/value']],
    ['of four digits no last digits', { value: '2.023', uncertainty: U('1000') }, []],
    ['297 printed as 300', { uncertainty: U('300', { k: '1.81', standard: '164' }) }, []],
    ['300 for 450', { uncertainty: U('300', { k: '1.81', standard: '249' }) }, ['uncertainty.not-k-times-u /uncertainty/value']],
  ])('%s', (_, quantity, expected) => {
    expect(stated(quantity)).toEqual(expected)
  })
})

describe('a budget', () => {
  const of = (value: string, budget: BudgetEntry[], k = '1'): string[] => stated({ uncertainty: U(value, { k, budget }) })
  const pair = (r: string, other = 1) => ({ correlatedWith: [{ entry: other, r }] })
  const differs = ['uncertainty.budget-differs /uncertainty/value']

  it('adds entries with the same mark by sign before it squares', () => {
    const marked = (a: string, b: string): BudgetEntry[] => [entry(a, { correlation: 'α' }), entry(b, { correlation: 'α' })]
    expect([of('7.0', marked('3.0', '4.0')), of('1.0', marked('3.0', '-4.0')), of('5.0', [entry('3.0'), entry('-4.0')])]).toEqual([
      [],
      [],
      [],
    ])
    expect([of('5.0', marked('3.0', '4.0')), of('7.0', marked('3.0', '-4.0'))]).toEqual([differs, differs])
  })

  it('uses r between two entries, stated by either or by both', () => {
    // 9 + 16 ± 2·0.5·12 = 37, 13.
    expect(of('6.08', [entry('3.000', pair('0.500')), entry('4.000')])).toEqual([])
    expect(of('3.61', [entry('3.000', pair('-0.500')), entry('4.000')])).toEqual([])
    expect(of('3.61', [entry('3.000', pair('0.500')), entry('-4.000', pair('0.500', 0))])).toEqual([])
    expect(of('6.08', [entry('3.000', pair('-0.500')), entry('4.000')])).toEqual(differs)
  })

  it('combines a mark with the coefficients of its entries', () => {
    const r = [
      { entry: 1, r: '0.500' },
      { entry: 2, r: '0.500' },
    ]
    // c = 2 and the sum 3 of one mark: 4 + 9 + 2·0.5·6 = 19.
    const budget = [entry('2.000', { correlatedWith: r }), entry('1.000', { correlation: 'α' }), entry('2.000', { correlation: 'α' })]
    expect(of('4.36', budget)).toEqual([])
    expect(of('3.61', budget)).toEqual(differs)
  })

  it.each([
    [
      'an entry that is not there',
      [entry('1', pair('0.5', 2)), entry('1')],
      ['uncertainty.correlation-entry /uncertainty/budget/0/correlatedWith/0'],
    ],
    ['itself', [entry('1', pair('0.5', 0))], ['uncertainty.correlation-entry /uncertainty/budget/0/correlatedWith/0']],
    [
      'twice, not alike',
      [entry('1', pair('0.5')), entry('1', pair('0.6', 0))],
      ['uncertainty.correlation-entry /uncertainty/budget/1/correlatedWith/0'],
    ],
    [
      'against its mark',
      [entry('1', { ...pair('0.5'), correlation: 'α' }), entry('1', { correlation: 'α' })],
      ['uncertainty.correlation-entry /uncertainty/budget/0/correlatedWith/0'],
    ],
    ['above 1', [entry('1', pair('1.01')), entry('1')], ['uncertainty.correlation-coefficient /uncertainty/budget/0/correlatedWith/0/r']],
    ['below −1', [entry('1', pair('-1.01')), entry('1')], ['uncertainty.correlation-coefficient /uncertainty/budget/0/correlatedWith/0/r']],
    [
      'with one of a mark and not with the other',
      [entry('1', pair('0.5')), entry('1', { correlation: 'α' }), entry('1', { correlation: 'α' })],
      ['uncertainty.correlation-matrix /uncertainty/budget'],
    ],
  ])('is wrong where r is stated of %s', (_, budget, expected) => {
    expect(of('1', budget)).toEqual(expected)
  })

  it('accepts r = 1 and r = −1, and allows for the rounding of r', () => {
    expect([of('2', [entry('1', pair('1')), entry('1')]), of('2', [entry('1', pair('-1')), entry('-1')])]).toEqual([[], []])
    const three = (ab: string, ac: string, bc: string): string[] =>
      of('1', [
        entry('1.00', {
          correlatedWith: [
            { entry: 1, r: ab },
            { entry: 2, r: ac },
          ],
        }),
        entry('1.00', pair(bc, 2)),
        entry('-2.00'),
      ]).filter((code) => code.includes('matrix'))
    // 0.71² + 0.71² is just over 1: so is 1/√2 when rounded. 0.75 is not.
    expect([three('0.71', '0.71', '0.00'), three('0.75', '0.75', '0.00')]).toEqual([
      [],
      ['uncertainty.correlation-matrix /uncertainty/budget'],
    ])
  })

  it('leaves out neglected entries, and warns where one is not negligible', () => {
    expect(of('5.0', [entry('3.0'), entry('4.0'), entry('0.1', { term: 'neglected' })])).toEqual([])
    expect(of('5.0', [entry('3.0'), entry('4.0'), entry('3.0', { term: 'neglected' })])).toEqual([
      'uncertainty.neglected-counts /uncertainty/value',
    ])
    expect(of('5.0', [entry('3.0'), entry('4.0', { term: 'second-order' })])).toEqual([])
    expect(of('5.0', [entry('3.0'), entry('4.0', { term: 'neglected' })])).toEqual(differs)
    expect(of('5.0', [entry('3.0'), entry('4.0'), entry('0.1', { term: 'neglected', ...pair('0.5', 0) })])).toEqual([])
  })
})

describe('uncertainties in a table', () => {
  const column = (role: Column['role'], unit: string, more: Partial<Column> = {}): Column => ({ role, name: { zh: role }, unit, ...more })
  const inTable = (columns: Column[], cells: (string | null)[], budget?: BudgetEntry[]): string[] =>
    found(
      change(fixtures.F08.record, [
        '/results',
        [{ id: 't', name: { zh: '表' }, columns, rows: [cells], ...(budget && { budgets: [{ row: 0, entries: budget }] }) }],
      ]),
    )
  const value = (unit: string) => column('indication', unit)
  const expanded = (unit: string, k = '2') => column('uncertainty', unit, { k })
  const relative = (unit: string, k?: string) => column('relative-uncertainty', unit, k === undefined ? {} : { k })
  const standard = (unit: string) => column('standard-uncertainty', unit)
  const cell = (at: number, code: string): string[] => [`${code} /results/0/rows/0/${at}`]
  const notJudged = 'warn uncertainty.not-judged'

  it.each<[string, Column[], (string | null)[], BudgetEntry[] | undefined, string[]]>([
    ['U in µm, u in mm', [value('mm'), expanded('um'), standard('mm')], ['5.000', '12', '0.006'], undefined, []],
    [
      'U in µm, u in mm, not alike',
      [value('mm'), expanded('um'), standard('mm')],
      ['5.000', '12', '0.009'],
      undefined,
      cell(1, 'fail uncertainty.not-k-times-u'),
    ],
    ['U in mm, u in kg', [value('mm'), expanded('mm'), standard('kg')], ['5.000', '0.012', '0.006'], undefined, cell(1, notJudged)],
    ['U in mm, u in %', [value('mm'), expanded('mm'), standard('%')], ['5.000', '0.012', '0.12'], undefined, []],
    [
      'U in mm, u in %, not alike',
      [value('mm'), expanded('mm'), standard('%')],
      ['5.000', '0.012', '0.30'],
      undefined,
      cell(1, 'fail uncertainty.not-k-times-u'),
    ],
    ['U in %, u in mm', [value('mm'), expanded('%'), standard('mm')], ['5.000', '0.24', '0.006'], undefined, []],
    [
      'U in %, u in mm, not alike',
      [value('mm'), expanded('%'), standard('mm')],
      ['5.000', '0.24', '0.012'],
      undefined,
      cell(1, 'fail uncertainty.not-k-times-u'),
    ],
    ['U in % of nothing, u in mm', [value('mm'), expanded('%'), standard('mm')], ['0.000', '0.24', '0.006'], undefined, cell(1, notJudged)],
    ['U in mm, ratio of a value in cm', [value('cm'), expanded('mm'), relative('%')], ['0.500', '0.050', '1.0'], undefined, []],
    [
      'U in mm, ratio of a value in cm, not alike',
      [value('cm'), expanded('mm'), relative('%')],
      ['0.500', '0.050', '10'],
      undefined,
      cell(1, 'fail uncertainty.relative-differs'),
    ],
    ['U in K, ratio of a value in ℃', [value('Cel'), expanded('K'), relative('%')], ['20.0', '0.2', '1.0'], undefined, cell(1, notJudged)],
    ['U and a ratio in mm', [value('mm'), expanded('mm'), relative('mm')], ['5.000', '0.050', '0.050'], undefined, cell(1, notJudged)],
    ['U in % beside a value in 1', [value('1'), expanded('%'), relative('%')], ['0.50', '1', '2'], undefined, cell(1, notJudged)],
    ['a ratio by another k', [value('mm'), expanded('mm', '3'), relative('%', '2')], ['5.000', '0.075', '1.0'], undefined, []],
    ['a ratio alone', [value('mm'), relative('%', '2')], ['5.000', '1.0'], undefined, []],
    ['a ratio alone, negative', [value('mm'), relative('%', '2')], ['5.000', '-1.0'], undefined, cell(1, 'fail uncertainty.negative')],
    [
      'a ratio alone, of three digits',
      [value('mm'), relative('%', '2')],
      ['5.000', '1.23'],
      undefined,
      cell(1, 'fail uncertainty.too-many-digits'),
    ],
    [
      'a ratio alone, k zero',
      [value('mm'), relative('%', '0')],
      ['5.000', '1.0'],
      undefined,
      ['fail uncertainty.coverage-factor /results/0/columns/1/k'],
    ],
    [
      'a ratio and its u',
      [value('mm'), relative('%', '2'), standard('mm')],
      ['5.000', '1.0', '0.050'],
      undefined,
      cell(1, 'fail uncertainty.not-k-times-u'),
    ],
    ['u alone, zero', [value('mm'), standard('mm')], ['5.000', '0.000'], undefined, cell(1, 'warn uncertainty.zero')],
    [
      'u negative beside U',
      [value('mm'), expanded('mm'), standard('mm')],
      ['5.000', '0.012', '-0.006'],
      undefined,
      cell(2, 'fail uncertainty.negative'),
    ],
    [
      'U empty, the ratio is judged',
      [value('mm'), expanded('mm'), relative('%')],
      ['5.000', null, '0'],
      undefined,
      cell(2, 'warn uncertainty.zero'),
    ],
    ['a budget of a ratio', [value('mm'), relative('%', '2')], ['5.000', '1.0'], [entry('0.3'), entry('0.4')], []],
    [
      'a budget of a ratio, not alike',
      [value('mm'), relative('%', '2')],
      ['5.000', '1.0'],
      [entry('0.6'), entry('0.8')],
      cell(1, 'fail uncertainty.budget-differs'),
    ],
    ['a budget of u', [value('mm'), standard('mm')], ['5.000', '0.050'], [entry('0.030'), entry('-0.040')], []],
    [
      'a budget in % of a value in cm',
      [value('cm'), expanded('mm')],
      ['0.500', '0.050'],
      [entry('0.30', { relativeTo: '%' }), entry('0.40', { relativeTo: '%' })],
      [],
    ],
    [
      'a budget in % of nothing',
      [value('mm'), expanded('mm')],
      ['0.000', '0.050'],
      [entry('0.30', { relativeTo: '%' })],
      cell(1, notJudged),
    ],
    [
      'a budget of an empty cell',
      [value('mm'), expanded('mm')],
      [null, null],
      [entry('0.030')],
      ['warn uncertainty.not-judged /results/0/budgets/0'],
    ],
    ['no U at all in a measured row', [value('mm'), expanded('mm')], ['5.000', null], undefined, cell(1, 'warn uncertainty.cell-empty')],
    [
      'a budget with a wrong r',
      [value('mm'), expanded('mm')],
      ['5.000', '0.050'],
      [entry('0.025', { correlatedWith: [{ entry: 1, r: '2' }] }), entry('0')],
      ['fail uncertainty.correlation-coefficient /results/0/budgets/0/entries/0/correlatedWith/0/r'],
    ],
  ])('%s', (_, columns, cells, budget, expected) => {
    expect(inTable(columns, cells, budget)).toEqual(expected)
  })

  it('are relative to the reading or to the reference where the basis is not stated', () => {
    const columns = [column('reference', 'N'), value('N'), expanded('N'), relative('%')]
    expect([inTable(columns, ['100.0', '200.0', '1.0', '1.0']), inTable(columns, ['100.0', '200.0', '2.0', '1.0'])]).toEqual([[], []])
    expect(inTable(columns, ['100.0', '200.0', '3.0', '1.0'])).toEqual(cell(2, 'fail uncertainty.relative-differs'))
  })

  it('are relative to the stated basis where there is one', () => {
    const ratio = (basis: Column['basis']) => [column('reference', 'N'), value('N'), expanded('N'), { ...relative('%'), basis }] as Column[]
    const differs = cell(2, 'fail uncertainty.relative-differs')
    const U = (basis: Column['basis'], of: string): string[] => inTable(ratio(basis), ['100.0', '200.0', of, '1.0'])
    expect([U({ of: 'reading' }, '2.0'), U({ of: 'reference' }, '1.0')]).toEqual([[], []])
    expect([U({ of: 'reading' }, '1.0'), U({ of: 'reference' }, '2.0')]).toEqual([differs, differs])
    const span: Column['basis'] = { of: 'span', span: { value: '500.0', unit: 'N' } }
    expect([U(span, '5.0'), U(span, '2.0')]).toEqual([[], differs])
    expect(U({ of: 'span', span: { value: '500.0', unit: 'kg' } }, '5.0')).toEqual(cell(2, notJudged))
  })

  it('are incomplete where a ratio is stated alone and without k', () => {
    const codes = (columns: Column[]): string[] =>
      checkRecord(change(fixtures.F08.record, ['/results', [{ id: 't', name: { zh: '表' }, columns, rows: [['5.000', '1.0']] }]]))
        .checks.filter(({ id, status }) => id === 'table.form' && status === 'fail')
        .map(({ code, path }) => `${code} ${path}`)
    expect(codes([value('mm'), relative('%')])).toEqual(['table.coverage-missing /results/0/columns/1'])
    expect(codes([value('mm'), relative('%', '2')])).toEqual([])
  })

  it('do not pass where nothing was compared', () => {
    const statusOf = (id: string, columns: Column[], cells: (string | null)[]): string | undefined =>
      checkRecord(change(fixtures.F08.record, ['/results', [{ id: 't', name: { zh: '表' }, columns, rows: [cells] }]])).checks.find(
        (check) => check.id === id,
      )?.code
    expect(statusOf('uncertainty.digits', [value('mm'), expanded('mm')], ['5.000', null])).toBe('not-applicable')
    expect(statusOf('uncertainty.place', [value('mm'), expanded('um')], ['5.000', '12'])).toBe('not-applicable')
    expect(statusOf('uncertainty.consistent', [value('mm'), expanded('mm')], ['5.000', null])).toBe('not-applicable')
    expect(statusOf('uncertainty.stated', [expanded('mm')], ['0.012'])).toBe('not-applicable')
  })
})
