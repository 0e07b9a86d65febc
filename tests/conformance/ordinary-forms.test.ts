// Why this exists: clerks fill forms in ways that the schema does not foresee. A right record must have no finding, and a wrong one must have a reason that is true.
import { checkRecord } from 'tongheng/conformance'
import type { AnyRecord, Column } from 'tongheng/records'
import { type FixtureId, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'
import { column, limits, table } from '../records/tables.ts'
import { rowsOf, rowsOn } from './rows.ts'

type Cells = readonly (string | null)[]

/** Findings of the rules on numbers and conclusions: `status code path`. */
const numbersIn = (record: AnyRecord): string[] =>
  checkRecord(record)
    .checks.filter(
      ({ id, status, code }) => /^(?:table|verdict|limits|uncertainty)\./.test(id) && status !== 'pass' && code !== 'not-applicable',
    )
    .map(({ status, code, path }) => `${status} ${code} ${path}`)

/** A verification, or a calibration, with one table. */
const within = (of: FixtureId, columns: readonly Column[], rows: readonly Cells[], ...changes: readonly Change[]): AnyRecord =>
  change(fixtures[of].record, ['/results', [table(columns, ...rows)]], ...changes)
const verified = (columns: readonly Column[], ...rows: readonly Cells[]): string[] =>
  numbersIn(within('F01', columns, rows, ['/decisionRule', undefined]))
const calibrated = (columns: readonly Column[], ...rows: readonly Cells[]): string[] => numbersIn(within('F07', columns, rows))

const verdict = column('verdict')
const readings = (unit: string): Column[] => [column('reference', unit), column('indication', unit)]

describe('limits beside a correction', () => {
  const columns = [...readings('Cel'), column('correction', 'Cel'), ...limits('Cel'), verdict]

  it('bound the correction, and not the indication', () => {
    expect(verified(columns, ['50.03', '50.00', '0.03', '-0.20', '0.20', 'pass'])).toEqual([])
    expect(verified(columns, ['50.20', '50.00', '0.20', '-0.20', '0.20', 'pass'])).toEqual([])
    expect(verified(columns, ['50.21', '50.00', '0.21', '-0.20', '0.20', 'pass'])).toEqual([
      'fail verdict.outside-limits /results/0/rows/0/5',
      'fail outcome.outside-limits /outcome',
    ])
    expect(verified([column('nominal', 'Cel'), ...columns.slice(2)], ['50', '0.03', '-0.20', '0.20', 'pass'])).toEqual([])
  })

  it('bound the indication where they hold no zero, or name it', () => {
    expect(verified(columns, ['20.00', '20.03', '-0.03', '19.90', '20.10', 'pass'])).toEqual([])
    expect(verified(columns, ['20.00', '20.13', '-0.13', '19.90', '20.10', 'pass'])).toContain(
      'fail verdict.outside-limits /results/0/rows/0/5',
    )
    const named = limits('Cel').map((limit) => ({ ...limit, bounds: 'indication' as const }))
    expect(
      verified([...readings('Cel'), column('correction', 'Cel'), ...named, verdict], ['5.00', '5.03', '-0.03', '-10', '10', 'pass']),
    ).toEqual([])
  })

  it('are undecided where it matters whether the error or the correction is meant', () => {
    expect(verified(columns, ['10.0', '13.0', '-3.0', '-4.0', '1.0', 'pass'])).toEqual(['skip verdict.not-judged /results/0/rows/0/5'])
    expect(verified(columns, ['10.0', '10.5', '-0.5', '-4.0', '1.0', 'pass'])).toEqual([])
    expect(verified(columns, ['10.0', '15.0', '-5.0', '-4.0', '1.0', 'pass'])).toContain('fail verdict.outside-limits /results/0/rows/0/5')
  })
})

describe('a single column of limits beside an error', () => {
  const columns = [column('nominal', 'm'), column('error', 'mm'), column('upper-limit', 'mm'), verdict]

  it('is undecided where it matters whether the other side is open, or ± is meant', () => {
    expect(verified(columns, ['50', '-6.2', '5.3', 'pass'])).toEqual(['skip verdict.not-judged /results/0/rows/0/3'])
    expect(verified(columns, ['50', '-6.2', '5.3', 'fail'])).toContain('skip verdict.not-judged /results/0/rows/0/3')
    const lower = columns.map((one) => (one.role === 'upper-limit' ? { ...one, role: 'lower-limit' as const } : one))
    expect(verified(lower, ['50', '6.2', '-5.3', 'pass'])).toEqual(['skip verdict.not-judged /results/0/rows/0/3'])
  })

  it('decides where both readings agree, and with the other column an empty cell is an open side', () => {
    expect(verified(columns, ['50', '-5.3', '5.3', 'pass'])).toEqual([])
    expect(verified(columns, ['50', '5.4', '5.3', 'pass'])).toContain('fail verdict.outside-limits /results/0/rows/0/3')
    const both = [column('nominal', 'Hz'), column('error', 'dB'), ...limits('dB'), verdict]
    expect(verified(both, ['20000', '-9.0', null, '3.5', 'pass'])).toEqual([])
  })
})

describe('limits around zero beside an indication without an error', () => {
  const columns = [column('nominal', 'mm'), column('indication', 'mm'), ...limits('um'), verdict]

  it('bound the deviation from the nominal or the reference value', () => {
    expect(verified(columns, ['10', '10.00012', '-0.30', '0.30', 'pass'])).toEqual([])
    expect(verified(columns, ['10', '10.00042', '-0.30', '0.30', 'pass'])).toContain('fail verdict.outside-limits /results/0/rows/0/4')
    expect(verified(columns, ['10', '10.00042', '-0.30', '0.30', 'fail'])).toEqual(['fail outcome.row-failed /outcome'])
    const kept = [...readings('V'), ...limits('V'), verdict]
    expect(verified(kept, ['5.000', '5.002', '-0.003', '0.003', 'pass'])).toEqual([])
  })

  it('bound the indication where they hold it or its reference, or there is no other value', () => {
    const zero = [...readings('V'), ...limits('V'), verdict]
    expect(verified(zero, ['0.000', '0.004', '-0.003', '0.003', 'pass'])).toContain('fail verdict.outside-limits /results/0/rows/0/4')
    expect(verified(zero, ['5.000', '0.002', '-0.003', '0.003', 'pass'])).toEqual([])
    expect(verified([column('indication', 'V'), ...limits('V'), verdict], ['5.002', '-0.003', '0.003', 'pass'])).toContain(
      'fail verdict.outside-limits /results/0/rows/0/3',
    )
    const upper = [column('nominal', 'g'), column('indication', 'g'), column('upper-limit', 'g'), verdict]
    expect(verified(upper, ['200', '0.5', '0.3', 'pass'])).toContain('fail verdict.outside-limits /results/0/rows/0/3')
  })
})

describe('a correction without an error beside it', () => {
  const columns = [...readings('Cel'), column('correction', 'Cel'), column('uncertainty', 'Cel')]
  const wrong = ['fail correction.not-negative-error /results/0/rows/0/2']

  it('is the reference less the indication', () => {
    expect(calibrated(columns, ['50.03', '50.00', '0.03', '0.05'])).toEqual([])
    expect(calibrated(columns, ['50.03', '50.00', '-0.03', '0.05'])).toEqual(wrong)
    expect(calibrated(columns, ['50.03', '50.00', '0.30', '0.05'])).toEqual(wrong)
    const kelvin = [column('reference', 'K'), column('indication', 'Cel'), column('correction', 'K'), column('uncertainty', 'K')]
    expect(calibrated(kelvin, ['323.18', '50.00', '0.03', '0.05'])).toEqual([])
    const { message } = checkRecord(within('F07', columns, [['50.03', '50.00', '-0.03', '0.05']])).checks.find(
      ({ code }) => code === 'correction.not-negative-error',
    ) ?? { message: undefined }
    expect(message?.zh).toContain('修正值 -0.03 ℃ 不是误差 -0.03 ℃ 的反号')
  })

  it('may be rounded, and is not judged as a factor or a ratio', () => {
    expect(calibrated(columns, ['50.034', '50.00', '0.03', '0.05'])).toEqual([])
    for (const unit of ['1', '%']) {
      const factor = [...readings('uSv/h'), column('correction', unit), column('relative-uncertainty', '%')]
      expect(calibrated(factor, ['10.2', '10.0', '1.02', '5.0'])).toEqual([])
    }
    const share = [...readings('%'), column('correction', '1'), column('relative-uncertainty', '%')]
    expect(calibrated(share, ['20.4', '20.0', '1.02', '5.0'])).toEqual([])
  })

  it('is what its uncertainty is rounded with, and needs one', () => {
    expect(calibrated([column('indication', 'Cel'), ...columns.slice(2)], ['50', '0.03', '0.05'])).toEqual([])
    expect(calibrated([column('indication', 'Cel'), ...columns.slice(2)], ['50', '0.03', '0.1'])).toEqual([
      'fail uncertainty.place-differs /results/0/rows/0/2',
    ])
    expect(calibrated([column('nominal', 'Cel'), column('correction', 'Cel')], ['50', '0.03'])).toEqual([
      'warn uncertainty.not-stated /results/0/columns',
    ])
  })
})

describe('a point at zero without an uncertainty', () => {
  it('is the zero of an instrument, which is set; but 0 ℃ is measured like any other point', () => {
    const rows = (unit: string): string[] =>
      calibrated(
        [...readings(unit), column('error', unit), column('uncertainty', unit)],
        ['0.00', '0.00', '0.00', null],
        ['5.00', '5.02', '0.02', '0.05'],
      )
    expect(rows('MPa')).toEqual([])
    expect(rows('Cel')).toEqual(['warn uncertainty.cell-empty /results/0/rows/0/3'])
  })
})

describe('a conclusion beside a table that cannot be read', () => {
  const rows = (outcome: 'pass' | 'fail', cell: string): Change[] => [
    [
      '/results',
      [
        { ...table([column('condition'), verdict], ['外观', 'pass']), id: 'appearance' },
        table([...readings('V'), column('error', 'V'), ...limits('V'), verdict], ['1.00', cell, '0.09', '-0.05', '0.05', 'fail']),
      ],
    ],
    ['/outcome', outcome],
    ['/validUntil', undefined],
  ]

  it('is not said to have no failed item: the table may hold it', () => {
    expect(numbersIn(change(fixtures.F01.record, ...rows('fail', '1,09')))).toEqual(['fail table.cell-number /results/1/rows/0/1'])
    expect(numbersIn(change(fixtures.F01.record, ...rows('fail', '1.09')))).toEqual([])
    const only: Change = ['/results', [table([...readings('V'), column('error', 'V'), ...limits('V')], ['1.00', '+1', '0.00', '-1', '1'])]]
    expect(numbersIn(change(fixtures.F01.record, only))).toEqual(['fail table.cell-number /results/0/rows/0/1'])
  })

  it('is still contradicted by a row that can be read', () => {
    const [results, ...others] = rows('pass', '1,09')
    const failed = change(fixtures.F01.record, results as Change, ...others, ['/results/0/rows/0/1', 'fail'])
    expect(numbersIn(failed)).toContain('fail outcome.row-failed /outcome')
  })

  it('is not denied to a failed line of a batch', () => {
    const lines: Change[] = [
      ['/instrument/serialNumber', undefined],
      ['/instruments', [{ serialNumber: '1' }, { serialNumber: '2', outcome: 'fail' }]],
      ['/results', [table([column('line'), column('error', 'V'), ...limits('V'), verdict], ['2', '0,09', '-0.05', '0.05', 'fail'])]],
    ]
    expect(numbersIn(change(fixtures.F01.record, ...lines)).filter((found) => found.includes('outcome'))).toEqual([])
  })
})

describe('a placeholder', () => {
  const missing = ['fail authorisation-number.missing /issuer']

  it.each(['/', '／', '—', '无', '无编号', ' ', '\u3000'])('%s is no authorisation, and no accreditation', (none) => {
    const rule = 'identifier.authorisation'
    expect(rowsOn(rule, 'F01', ['/issuer/authorisationNo', none])).toEqual(missing)
    expect(rowsOn(rule, 'F07', ['/issuer/authorisationNo', none])).toEqual(['pass identifier.authorisation'])
    expect(rowsOn(rule, 'F07', ['/issuer/accreditationNo', none])).toEqual(['pass identifier.authorisation'])
    expect(rowsOn(rule, 'F01', ['/issuer/authorisationNo', 'X-1'])).toEqual(['warn authorisation-number.form /issuer/authorisationNo'])
  })

  it.each(['/', '—', '无', '待定', ' '])('%s is no number of the record', (none) => {
    for (const [of, path] of [
      ['F01', '/certificateNo'],
      ['F07', '/certificateNo'],
      ['F15', '/number'],
    ] as const)
      expect(rowsOn('identifier.characters', of, [path, none])).toEqual([`fail number.placeholder ${path}`])
    // A serial number may be missing, which another rule warns about.
    expect(rowsOn('identifier.characters', 'F01', ['/instrument/serialNumber', none])).toEqual(['pass identifier.characters'])
  })

  it.each(['/', '—', '无', '\u3000'])('%s is nobody’s name', (none) => {
    const rule = 'signatories.independent'
    for (const role of ['verifier', 'checker', 'approver'])
      expect(rowsOn(rule, 'F01', [`/signatories/${role}/name`, none])).toEqual([`fail signatories.unnamed /signatories/${role}/name`])
    expect(rowsOn(rule, 'F07', ['/signatories/calibrator/name', none])).toEqual(['fail signatories.unnamed /signatories/calibrator/name'])
    // A calibration needs no checker.
    expect(rowsOn(rule, 'F07', ['/signatories/checker', { name: none }])).toEqual([`pass ${rule}`])
    const unset = { ...fixtures.F07.record, signatories: { calibrator: { name: '张某' }, checker: undefined, approver: { name: none } } }
    expect(rowsOf(unset, rule)).toEqual(['fail signatories.unnamed /signatories/approver/name'])
  })
})

describe('a registration number', () => {
  it('is the same in any print, so that one person does not check his own work', () => {
    const people = (checker: string): Change => [
      '/signatories',
      {
        verifier: { name: '张某', registrationNo: '川注计-0012' },
        checker: { name: '张某', registrationNo: checker },
        approver: { name: '王某' },
      },
    ]
    const same = ['fail signatories.same-person /signatories/checker']
    for (const printed of ['川注计-0012', '川注计－００１２', '川注计 - 0012'])
      expect(rowsOn('signatories.independent', 'F01', people(printed))).toEqual(same)
    expect(rowsOn('signatories.independent', 'F01', people('川注计-0013'))).toEqual(['pass signatories.independent'])
  })
})

describe('the conditions of the work', () => {
  const rule = 'units.commensurable'
  const stated = (name: string, value: object): string[] => rowsOn(rule, 'F01', [`/environment/${name}`, value])

  it.each([
    ['temperature', { value: '20', unit: '%{RH}' }],
    ['temperature', { value: '-273.16', unit: 'Cel' }],
    ['temperature', { lower: '-300', upper: '20', unit: 'Cel' }],
    ['humidity', { value: '55', unit: 'Cel' }],
    ['humidity', { value: '155', unit: '%{RH}' }],
    ['humidity', { value: '-1', unit: '%' }],
    ['pressure', { value: '95.6', unit: 'Cel' }],
    ['pressure', { value: '-95.6', unit: 'kPa' }],
  ])('%s %j is impossible', (name, value) => {
    expect(stated(name, value)).toEqual([`warn environment.impossible /environment/${name}`])
  })

  it.each([
    ['temperature', { value: '-40', unit: 'Cel' }],
    ['temperature', { value: '293.15', unit: 'K' }],
    ['temperature', { lower: '19.5', upper: '20.5', unit: 'Cel' }],
    ['humidity', { value: '100', unit: '%' }],
    ['humidity', { value: '0.55', unit: '1' }],
    ['pressure', { value: '956.3', unit: 'hPa' }],
  ])('%s %j is possible', (name, value) => {
    expect(stated(name, value)).toEqual([`pass ${rule}`])
  })
})

describe('a range as printed', () => {
  const stated = (text: string, lower: string, upper: string, unit = 'kg'): string[] =>
    rowsOn('instrument.ranges', 'F01', ['/instrument/range', { lower, upper, unit }], ['/instrument/rangeText', text])

  it('may have a thousands separator', () => {
    expect(stated('(0～1,600) kg', '0', '1600')).toEqual(['pass instrument.ranges'])
    expect(stated('(0～1,600,000) kg', '0', '1600000')).toEqual(['pass instrument.ranges'])
    expect(stated('(0～1,600) kg', '0', '600')).toEqual(['warn range.text-differs /instrument/rangeText'])
  })

  it.each([
    ['0.1 mg～220 g', '0.0001', '220', 'g'],
    ['1 mg-500g', '0.001', '500', 'g'],
    ['10kg～1t', '10', '1000', 'kg'],
    ['20 kHz～26.5 GHz', '0.00002', '26.5', 'GHz'],
    ['(1～10)mL', '0.001', '0.01', 'L'],
    ['0～1e5 Pa', '0', '100000', 'Pa'],
  ])('%s is not compared by its digits: an end is in another unit', (text, lower, upper, unit) => {
    expect(stated(text, lower, upper, unit)).toEqual(['skip not-applicable'])
  })

  it.each([
    ['100 km/h～200km/h', '100', '200', 'km/h'],
    ['0.05MPa到1MPa', '0.05', '1', 'MPa'],
    ['5 N·m～100 N·m', '5', '100', 'N.m'],
    ['0°～360°', '0', '360', 'deg'],
    ['-25℃～55℃', '-25', '55', 'Cel'],
    ['30 dB(A)～130 dB(A)', '30', '130', 'dB{A}'],
    ['(0～25)mm/0.01mm', '0', '25', 'mm'],
    ['0～100%RH', '0', '100', '%{RH}'],
    ['(0～2000)μmol/mol', '0', '2000', 'umol/mol'],
  ])('%s is compared, each number with its unit', (text, lower, upper, unit) => {
    expect(stated(text, lower, upper, unit)).toEqual(['pass instrument.ranges'])
    expect(stated(text, lower, '77', unit)).toEqual(['warn range.text-differs /instrument/rangeText'])
  })

  it('may hold numbers of any length, and leading zeros', () => {
    const long = '1234567890'.repeat(8)
    expect(stated(`(000～1.60) MPa ${long}`, '0', '1.6', 'MPa')).toEqual(['pass instrument.ranges'])
    expect(stated(`0～1.${long} MPa`, '0', '1.6', 'MPa')).toEqual(['warn range.text-differs /instrument/rangeText'])
  })

  it('is not compared by its digits where it has a power of ten', () => {
    expect(stated('0～1×10⁻⁵ A', '0', '0.00001', 'A')).toEqual(['skip not-applicable'])
    expect(stated('0～5 A', '0', '0.00001', 'A')).toEqual(['warn range.text-differs /instrument/rangeText'])
  })
})

describe('a span', () => {
  it('may have more digits than a value: the check of a hostile range ends like any other', () => {
    const end = '9'.repeat(20)
    const range: Change = ['/instrument/range', { lower: `-${end}`, upper: end, unit: 'MPa' }]
    const fiducial = [...readings('MPa'), column('error', '%{FS}'), verdict]
    const strokes = [
      column('indication', 'MPa', { direction: 'rising' }),
      column('indication', 'MPa', { direction: 'falling' }),
      column('hysteresis', '%{FS}'),
    ]
    const codes = (columns: readonly Column[], ...cells: Cells): string[] =>
      checkRecord(within('F01', columns, [cells], range)).checks.flatMap(({ id, status, code }) =>
        id === 'table.error' && status !== 'pass' ? [code] : [],
      )
    expect(codes(fiducial, '0.400', '0.410', '0.62', 'pass')).toEqual(['error.formation-not-stated'])
    expect(codes(strokes, '0.40', '0.41', '0.6')).toEqual(['hysteresis.not-difference-of-strokes'])
  })
})

describe('an error in percent beside readings in a finer ratio', () => {
  const errors = (unit: string, ...cells: Cells): string[] =>
    verified([...readings(unit), column('error', '%'), ...limits('%'), verdict], cells)

  it('can only be relative, and needs no statement', () => {
    for (const unit of ['umol/mol', '[ppm]', 'mg/kg']) expect(errors(unit, '50.2', '52', '3.6', '-10', '10', 'pass')).toEqual([])
  })

  it('needs one where the readings are in percent too, and fails where it is wrong', () => {
    expect(errors('%', '20.9', '21.0', '0.5', '-3', '3', 'pass')).toEqual(['warn error.formation-not-stated /results/0/columns/2'])
    const columns = [...readings('umol/mol'), column('error', '%'), ...limits('%'), verdict]
    const right = ['100.0', '101.0', '1.0', '-10', '10', 'pass']
    expect(verified(columns, ['50.2', '52.0', '3.6', '-10', '10', 'pass'], right)).toEqual([])
    expect(verified(columns, ['50.2', '52.0', '5.6', '-10', '10', 'pass'], right)).toEqual([
      'fail error.not-indication-minus-reference /results/0/rows/0/2',
    ])
  })
})
