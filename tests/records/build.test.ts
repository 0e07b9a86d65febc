// Why this exists: a developer must not be able to write a record of a wrong shape, neither past the compiler nor past the helpers.
import { checkRecord } from 'tongheng/conformance'
import { isTonghengError } from 'tongheng/errors'
import {
  type ColumnOf,
  civilDate,
  createRecord,
  decimal,
  expandedUncertainty,
  kinds,
  quantity,
  readRecord,
  readTable,
  resultTable,
  type VerificationRecord,
} from 'tongheng/records'
import { type Change, change, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'

const name = { zh: '名称' }

describe('createRecord', () => {
  it.each(Object.values(fixtures))('builds $id from its members', ({ record }) => {
    const { kind, version: _, ...members } = record
    expect(createRecord(kind, members as never)).toEqual(record)
  })

  it('rejects a whole record of another kind or version, and a kind that it does not know', () => {
    expect(() => createRecord('verification-record', fixtures.F07.record as never)).toThrow(
      expect.objectContaining({ code: 'record.invalid' }),
    )
    expect(createRecord('verification-record', { ...fixtures.F01.record, version: 2 } as never)).toEqual(fixtures.F01.record)
    expect(Object.keys(createRecord('verification-record', fixtures.F01.record as never)).slice(0, 2)).toEqual(['kind', 'version'])
    expect(() => createRecord('weighing-note' as never, {} as never)).toThrow('weighing-note')
  })

  it('names every schema error with its pointer', () => {
    const { kind: _kind, version: _version, ...members } = fixtures.F01.record as VerificationRecord
    const build = (): unknown => createRecord('verification-record', { ...members, verifiedOn: '2025-02-30', outcome: 'maybe' as 'pass' })
    expect(build).toThrow(expect.objectContaining({ code: 'record.invalid' }))
    try {
      build()
    } catch (error) {
      if (!isTonghengError(error)) throw error
      expect(error.details).toMatchObject({ count: 2, faults: [{ path: '/outcome' }, { path: '/verifiedOn' }] })
      const [outcome, verifiedOn] = (error.details.faults ?? []).map(({ text }) => text)
      expect(outcome?.zh).toMatch(/^检定结论：“outcome”的值 "maybe" 不在允许之列.* \[\/outcome\]$/)
      expect(verifiedOn?.en).toMatch(/^Date of verification: "2025-02-30" is not a date such as 2025-06-16 \[\/verifiedOn\]$/)
      expect(error.text.zh).toBe(`记录结构有 2 处不合要求，首处：${outcome?.zh}`)
    }
  })

  it('fails to compile with a member that does not exist, is missing, or has another type', () => {
    const { kind: _kind, version: _version, ...members } = fixtures.F01.record as VerificationRecord
    // @ts-expect-error: no such member
    expect(() => createRecord('verification-record', { ...members, verifedOn: '2025-03-12' })).toThrow()
    const { outcome: _outcome, ...rest } = members
    // @ts-expect-error: the conclusion is missing
    expect(() => createRecord('verification-record', rest)).toThrow()
    // @ts-expect-error: members of a verification are none of a calibration
    expect(() => createRecord('calibration-result', members)).toThrow()
    // @ts-expect-error: no such kind
    expect(() => createRecord('weighing-note', members)).toThrow()
  })
})

describe('a schema error', () => {
  const labelled = (...changes: readonly Change[]): readonly string[] => {
    try {
      readRecord(change(fixtures.F01.record, ...changes))
    } catch (error) {
      if (!isTonghengError(error, 'record.invalid')) throw error
      return (error.details.faults ?? []).map(({ text }) => text.zh)
    }
    throw new Error('no fault')
  }

  it('names the member by its label, in arrays, in unions and below optional members', () => {
    expect(labelled(['/signatories/verifier/name', 7])[0]).toBe('姓名：“name”写成了 JSON 数 7 [/signatories/verifier/name]')
    expect(labelled(['/results/0/rows/0/1', -1.57])[0]).toMatch(/^单元格：.* \[\/results\/0\/rows\/0\/1\]$/)
    expect(labelled(['/verificationType', undefined])[0]).toBe('检定类别：缺少“verificationType” [/verificationType]')
    expect(labelled(['/standards/0/uncertainty', { form: 'expanded', value: '1', unit: 'Pa' }])[0]).toMatch(/^包含因子 k：缺少“k” \[/)
  })

  it('says how a date and a decimal are written, and that a text is no list, once', () => {
    expect(labelled(['/verifiedOn', '2025/03/12'])).toEqual(['检定日期："2025/03/12" 不是日期（如 2025-06-16） [/verifiedOn]'])
    expect(labelled(['/environment/temperature/value', '20℃'])[0]).toMatch(/^量值：“20℃”不是十进制数：只能有数字/)
    expect(labelled(['/results', []])).toEqual(['检定（校准）结果：“results”低于下限 1 [/results]'])
    expect(labelled(['/basis', 'JJG 517-2016'])).toEqual(['检定依据：“basis”应为 array，实为 string [/basis]'])
  })

  it('in an unknown member is named by the member around it', () => {
    expect(labelled(['/issuer/nmae', 'x'])[0]).toBe('出具证书的机构：不认识的成员“nmae” [/issuer/nmae]')
    expect(labelled(['/nmae', 'x'])[0]).toBe('不认识的成员“nmae” [/nmae]')
    expect(labelled(['/constructor', 'x'])[0]).toBe('不认识的成员“constructor” [/constructor]')
  })
})

describe('readRecord', () => {
  it('returns the value where it is a record', () => {
    for (const { record } of Object.values(fixtures)) expect(readRecord(JSON.parse(JSON.stringify(record)))).toEqual(record)
    expect(new Set(Object.values(fixtures).map(({ record }) => record.kind))).toEqual(new Set(kinds.keys()))
  })

  it.each([[null], [7], ['x'], [[]], [{}], [{ kind: 'weighing-note', version: 1 }], [{ kind: 'type-approval', version: 2 }]])(
    'refuses %j',
    (value) => {
      expect(() => readRecord(value)).toThrow(expect.objectContaining({ code: 'record.invalid' }))
    },
  )
})

describe('resultTable', () => {
  const columns = {
    truth: { role: 'reference', name, unit: 'MPa' },
    shown: { role: 'indication', name, unit: 'MPa' },
    U: { role: 'uncertainty', name, unit: 'MPa', k: '2', coverage: '0.95' },
    result: { role: 'verdict', name },
  } as const

  it('refuses a cell that belongs to no column, and a row that is none: the value would be lost', () => {
    const build = (row: unknown, given: object = columns) => resultTable({ id: 't', name, columns: given, rows: [row] } as never)
    for (const [row, member] of [
      [{ show: '2.005' }, 'table.rows[0].show'],
      [null, 'table.rows[0]'],
      [['2.005'], 'table.rows[0]'],
    ] as const)
      expect(() => build(row)).toThrow(expect.objectContaining({ code: 'verify.options', details: expect.objectContaining({ member }) }))
    // A column may have the name of an inherited function.
    expect(build({}, { constructor: { role: 'verdict', name } }).rows).toEqual([[null]])
  })

  it('orders cells by the columns', () => {
    const table = resultTable({ id: 'pressure', name, columns, rows: [{ result: 'pass', U: '0.006', shown: '2.005', truth: '2.000' }] })
    expect(table.columns.map(({ role }) => role)).toEqual(['reference', 'indication', 'uncertainty', 'verdict'])
    expect(table.rows).toEqual([['2.000', '2.005', '0.006', 'pass']])
    const record = { ...fixtures.F08.record, results: [table] }
    expect(checkRecord(record).checks.filter(({ id }) => id === 'record.schema' || id === 'table.form')).toMatchObject([
      { status: 'pass' },
      { status: 'pass' },
    ])
  })

  it('has every role that a table may have, with the members of that role', () => {
    const all = {
      line: { role: 'line', name },
      error: { role: 'error', name, unit: '%', basis: { of: 'reference' } },
      U: { role: 'uncertainty', name, unit: '%', k: '2', basis: { of: 'reference' } },
    } satisfies Record<string, ColumnOf>
    const ratio: ColumnOf = { role: 'relative-uncertainty', name, unit: '%', k: '2', basis: { of: 'reading' } }
    const made = resultTable({ id: 't', name, columns: all, rows: [{ line: '1', error: '0.1', U: '0.2' }] })
    expect(readTable(made, 0).findings).toEqual([])
    expect(readTable(resultTable({ id: 't', name, columns: { ratio }, rows: [{ ratio: '0.2' }] }), 0).findings).toEqual([])
  })

  it('fails to compile with a row that does not fit, a measured column without a unit, or an unknown verdict', () => {
    const good = { truth: '2.000', shown: '2.005', U: null, result: 'pass' } as const
    resultTable({ id: 't', name, columns, rows: [good] })
    const { U: _U, ...short } = good
    // @ts-expect-error: a cell is missing
    resultTable({ id: 't', name, columns, rows: [short] })
    // @ts-expect-error: no such column
    expect(() => resultTable({ id: 't', name, columns, rows: [{ ...good, more: '1' }] })).toThrow()
    // @ts-expect-error: a comma is no decimal point
    resultTable({ id: 't', name, columns, rows: [{ ...good, shown: '2,005' }] })
    // @ts-expect-error: a number would lose its zeros
    resultTable({ id: 't', name, columns, rows: [{ ...good, shown: 2.005 }] })
    // @ts-expect-error: a verdict has a code
    resultTable({ id: 't', name, columns, rows: [{ ...good, result: '合格' }] })
    // @ts-expect-error: an indication has a unit
    resultTable({ id: 't', name, columns: { shown: { role: 'indication', name } }, rows: [{ shown: '1' }] })
    // @ts-expect-error: an uncertainty has its coverage factor
    resultTable({ id: 't', name, columns: { U: { role: 'uncertainty', name, unit: 'mm' } }, rows: [{ U: '1' }] })
  })
})

describe('civilDate', () => {
  it('returns the day in Asia/Shanghai, whatever the time zone of the machine', () => {
    expect(civilDate(new Date('2025-06-15T15:59:59Z'))).toBe('2025-06-15')
    expect(civilDate(new Date('2025-06-15T16:00:00Z'))).toBe('2025-06-16')
    expect(civilDate('2025-06-15T23:30:00-05:00')).toBe('2025-06-16')
    expect(civilDate(0)).toBe('1970-01-01')
  })

  it('rejects a value that is no instant', () => {
    for (const moment of [new Date(Number.NaN), '2025-06-15', '', Number.NaN, -1, undefined, {}])
      expect(() => civilDate(moment as never)).toThrow(expect.objectContaining({ code: 'verify.options' }))
  })
})

describe('decimal', () => {
  it('returns decimal text and rejects everything else', () => {
    for (const text of ['0', '-0.10', '12345.678900']) expect(decimal(text)).toBe(text)
    for (const text of ['', '1e5', '+', '++1', '+-1', '+.5', '.5', '1.', '01', '0x10', '1,5', 'NaN', ' 1'])
      expect(() => decimal(text), text).toThrow(expect.objectContaining({ code: 'decimal.syntax' }))
  })

  it('removes a plus sign, and nothing else', () => {
    for (const [typed, text] of [
      ['+0.8', '0.8'],
      ['+1.0', '1.0'],
      ['-0.80', '-0.80'],
    ])
      expect(decimal(typed as string)).toBe(text)
  })

  it.each([
    ['', 'it is empty'],
    ['1 000', 'there is a blank in it'],
    ['１.5', 'there are full-width characters in it'],
    ['−1', 'the minus sign is “-” (U+002D)'],
    ['++1', 'no plus sign is written'],
    ['1e5', 'no exponent is used; write all digits'],
    ['1,234.5', 'no thousands separator is used'],
    ['1,5', 'the decimal sign is “.”'],
    ['01', 'it begins with a needless 0'],
    ['.5', 'there is no 0 before the point'],
    ['1.', 'there is no digit after the point'],
    [`1${'0'.repeat(20)}`, 'there are more than 20 digits before the point'],
    [`0.${'0'.repeat(51)}`, 'there are more than 50 digits after the point'],
    ['±1', 'only digits, one point and a minus sign may stand in it'],
  ])('names the reason why it rejects %j', (text, en) => {
    expect(() => decimal(text)).toThrow(
      expect.objectContaining({ details: { text: expect.any(String), reason: { zh: expect.stringMatching(/[一-鿿]/), en } } }),
    )
    expect(() => decimal(text)).toThrow(en)
  })

  it('is accepted by the schemas within quantity and expandedUncertainty', () => {
    const environment = { temperature: quantity('20.4', 'Cel', expandedUncertainty('0.3', { coverage: '0.95' })) }
    expect(environment.temperature).toEqual({
      value: '20.4',
      unit: 'Cel',
      uncertainty: { form: 'expanded', value: '0.3', k: '2', coverage: '0.95' },
    })
    expect(checkRecord({ ...fixtures.F01.record, environment }).checks.find(({ id }) => id === 'record.schema')?.status).toBe('pass')
  })
})
