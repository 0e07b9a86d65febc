// Why this exists: a fault of shape is the first thing a laboratory's programmer meets; its code and its pointer must be exact.
import fc from 'fast-check'
import { type AnyRecord, kindOf, kindOfValue, kinds, parseForeignRecord, parseRecord } from 'tongheng/records'
import { faultyRecords, fixtures, negatives, publications } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change, valueAt } from './change.ts'

const { F01, F07, F08, F09, F10 } = fixtures
const faultsOf = (record: AnyRecord) => parseRecord(record, kindOf(record)).faults.map(({ code, path }) => `${code} ${path}`)

/** A table of so many rows. */
const rows = (count: number, id: string) => ({
  id,
  name: { zh: '表' },
  columns: [{ role: 'error', name: { zh: '误差' }, unit: 'V' }],
  rows: Array.from({ length: count }, () => ['0']),
})

describe('fixtures', () => {
  it.each([...Object.values(fixtures), ...publications, ...negatives, ...faultyRecords])('$id has the shape of its kind', ({ record }) => {
    const parsed = parseRecord(JSON.parse(JSON.stringify(record)), kindOf(record))
    expect(parsed.faults).toEqual([])
    expect(parsed.value).toEqual(record)
    expect(parsed.broken.size).toBe(0)
  })
})

describe('a value with a function or a symbol in it', () => {
  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a method', { ...fixtures.F01.record, extra: () => 1 }],
  ])('is no data: %s', (_, value) => {
    const row = kindOf(fixtures.F01.record)
    expect(() => parseForeignRecord(value, row)).toThrow(expect.objectContaining({ code: 'verify.options' }))
  })
})

describe('a schema error', () => {
  const cases: readonly (readonly [rule: string, record: AnyRecord, changes: readonly Change[], faults: readonly string[]])[] = [
    ['a required member is missing', F01.record, [['/certificateNo', undefined]], ['shape.missing /certificateNo']],
    ['a required object is missing', F01.record, [['/issuer', undefined]], ['shape.missing /issuer']],
    ['a required choice is missing', F01.record, [['/outcome', undefined]], ['shape.missing /outcome']],
    [
      'a required member is missing deep down',
      F07.record,
      [['/signatories/approver/name', undefined]],
      ['shape.missing /signatories/approver/name'],
    ],
    ['a member is not known', F01.record, [['/validTo', '2026-03-11']], ['shape.unrecognised /validTo']],
    [
      'a member is not known deep down',
      F01.record,
      [['/instrument/mobile/licence', 'x']],
      ['shape.unrecognised /instrument/mobile/licence'],
    ],
    [
      'a member name needs escaping in a pointer',
      F01.record,
      [['/issuer', { ...(valueAt(F01.record, '/issuer') as object), 'a/b~c': 1 }]],
      ['shape.unrecognised /issuer/a~1b~0c'],
    ],
    ['a calibration result has no expiry of its own', F07.record, [['/validUntil', '2026-03-03']], ['shape.unrecognised /validUntil']],
    ['a text is an object', F01.record, [['/certificateNo', {}]], ['shape.type /certificateNo']],
    ['a text is null', F01.record, [['/certificateNo', null]], ['shape.type /certificateNo']],
    ['a list is an object', F01.record, [['/basis', {}]], ['shape.type /basis']],
    ['an object is a text', F01.record, [['/instrument', 'taximeter']], ['shape.type /instrument']],
    ['a bare number stands for an environment', F01.record, [['/environment/temperature', 18.5]], ['shape.type /environment/temperature']],
    ['a choice is not offered', F01.record, [['/purpose', 'commerce']], ['shape.value /purpose']],
    ['a choice in Chinese', F01.record, [['/outcome', '合格']], ['shape.value /outcome']],
    [
      'a role of a column is not offered',
      F01.record,
      [['/results/0/columns/1/role', 'deviation']],
      ['shape.value /results/0/columns/1/role'],
    ],
    ['a date is not written as one', F01.record, [['/verifiedOn', '2025/03/12']], ['date.civil /verifiedOn']],
    ['a date does not exist', F01.record, [['/verifiedOn', '2025-02-30']], ['date.civil /verifiedOn']],
    ['a leap day in a year without one', F01.record, [['/verifiedOn', '2023-02-29']], ['date.civil /verifiedOn']],
    ['an instant stands for a day', F01.record, [['/verifiedOn', '2025-03-12T00:00:00Z']], ['date.civil /verifiedOn']],
    ['a decimal has an exponent', F09.record, [['/results/0/columns/5/k', '2e0']], ['decimal.syntax /results/0/columns/5/k']],
    [
      'a decimal has a plus sign',
      F01.record,
      [['/standards/0/maximumPermissibleError/upper', '+0.2']],
      ['decimal.syntax /standards/0/maximumPermissibleError/upper'],
    ],
    [
      'a decimal has a leading zero',
      F01.record,
      [['/standards/0/maximumPermissibleError/upper', '00.2']],
      ['decimal.syntax /standards/0/maximumPermissibleError/upper'],
    ],
    [
      'a decimal is in full-width digits',
      F01.record,
      [['/environment/humidity/value', '６２']],
      ['decimal.syntax /environment/humidity/value'],
    ],
    [
      'a code of 18 characters has a letter outside the alphabet',
      F01.record,
      [['/issuer/uscc', '12510100450770010I']],
      ['shape.format /issuer/uscc'],
    ],
    ['a code of 18 characters has 17', F01.record, [['/issuer/uscc', '12510100450770010']], ['shape.format /issuer/uscc']],
    ['a category is not a slug', F01.record, [['/instrument/category', 'Taximeter']], ['shape.format /instrument/category']],
    ['a plate is not one', F01.record, [['/instrument/mobile/plate', 'A·T0001']], ['shape.format /instrument/mobile/plate']],
    ['a method has no number', F01.record, [['/basis/0/number', '']], ['shape.format /basis/0/number']],
    ['a text is empty', F01.record, [['/certificateNo', '']], ['shape.format /certificateNo']],
    ['a text is too long', F01.record, [['/certificateNo', '号'.repeat(201)]], ['shape.too-big /certificateNo']],
    ['a list is too long', F01.record, [['/basis', Array(11).fill({ number: 'JJG 517-2016' })]], ['shape.too-big /basis']],
    ['a list is empty', F01.record, [['/basis', []]], ['shape.too-small /basis']],
    ['a table has no row', F01.record, [['/results/0/rows', []]], ['shape.too-small /results/0/rows']],
    ['rows are too many in all', F01.record, [['/results', [rows(2000, 'a'), rows(1, 'b')]]], ['shape.too-big /results']],
    ['rows are as many as may be', F01.record, [['/results', [rows(1999, 'a'), rows(1, 'b')]]], []],
    ['a size is negative', fixtures.F03.record, [['/attachments/0/size', -1]], ['shape.too-small /attachments/0/size']],
    ['a size is too large', fixtures.F03.record, [['/attachments/0/size', 1_000_000_001]], ['shape.too-big /attachments/0/size']],
    [
      'an uncertainty of no known form',
      F01.record,
      [['/standards/0/uncertainty', { form: 'guess', value: '1' }]],
      ['shape.value /standards/0/uncertainty/form'],
    ],
    [
      'an expanded uncertainty without k',
      F01.record,
      [['/standards/0/uncertainty', { form: 'expanded', value: '0.1' }]],
      ['shape.missing /standards/0/uncertainty/k'],
    ],
    ['a specification with a wrong type', F10.record, [['/type', 'JJF']], ['shape.value /type']],
    [
      'every fault is reported, not only the first',
      F01.record,
      [
        ['/certificateNo', undefined],
        ['/purpose', 'x'],
        ['/results/1/rows/0/0', 0.4],
      ],
      ['shape.missing /certificateNo', 'shape.value /purpose', 'shape.number /results/1/rows/0/0'],
    ],
  ]
  it.each(cases)('%s', (_, record, changes, faults) => {
    expect(faultsOf(change(record, ...changes))).toEqual(faults)
  })

  const measured: readonly (readonly [place: string, record: AnyRecord, pointer: string])[] = [
    ['a cell', F01.record, '/results/0/rows/0/1'],
    ['a limit', F01.record, '/results/0/rows/0/2'],
    ['a coverage factor', F08.record, '/results/0/columns/5/k'],
    ['a coverage probability', F08.record, '/results/0/columns/5/coverage'],
    ['a rounding interval', F08.record, '/results/0/columns/2/roundTo'],
    ['a limit of a standard', F01.record, '/standards/0/maximumPermissibleError/lower'],
    ['an end of a range', F08.record, '/instrument/range/upper'],
    ['a scale interval', F07.record, '/instrument/scaleInterval/value'],
    ['a temperature', F01.record, '/environment/temperature/value'],
    [
      'an end of a range of temperature',
      change(F01.record, ['/environment/temperature', { lower: '18', upper: '19', unit: 'Cel' }]),
      '/environment/temperature/lower',
    ],
    [
      'another condition',
      change(F01.record, ['/environment/other', [{ name: { zh: '风速' }, value: { value: '1', unit: 'm/s' } }]]),
      '/environment/other/0/value/value',
    ],
    ['a requirement of a specification', F10.record, '/requirements/0/limits/upper'],
    ['a rounding interval of a requirement', F10.record, '/requirements/0/roundTo'],
    [
      'an uncertainty',
      change(F01.record, ['/standards/0/uncertainty', { form: 'standard', value: '0.1' }]),
      '/standards/0/uncertainty/value',
    ],
    [
      'a contribution to an uncertainty',
      change(F01.record, [
        '/standards/0/uncertainty',
        { form: 'standard', value: '0.1', budget: [{ source: { zh: '重复性' }, type: 'A', standard: '0.1' }] },
      ]),
      '/standards/0/uncertainty/budget/0/standard',
    ],
  ]
  it.each(measured)('is reported for %s as a JSON number: 1.20 would have lost its zero', (_, record, pointer) => {
    expect(faultsOf(change(record, [pointer, 1.2]))).toEqual([`shape.number ${pointer}`])
  })

  it('does not occur on trailing zeros, which are preserved in every measured value', () => {
    const record = change(F01.record, ['/results/0/rows/0/1', '-1.570'], ['/environment/temperature/value', '18.50'])
    const { value } = parseRecord(record, kindOf(record))
    expect(value).toMatchObject({ environment: { temperature: { value: '18.50' } } })
    expect(value).toHaveProperty('results.0.rows.0.1', '-1.570')
  })
})

describe('kind and version', () => {
  it('are the six of this version, each by its own name', () => {
    expect([...kinds.keys()]).toEqual([
      'verification-record',
      'calibration-result',
      'technical-specification',
      'comparison-result',
      'supervision-finding',
      'type-approval',
    ])
    for (const { record } of Object.values(fixtures)) expect(kindOfValue(record).row).toBe(kindOf(record))
  })

  it.each([
    ['a kind that is not known', { kind: 'weighing-note', version: 1 }, 'unknown', 'kind.unknown /kind'],
    ['a version that is not known', { kind: 'verification-record', version: 2 }, 'unknown', 'kind.version-unknown /version'],
    ['a version that is a fraction', { kind: 'verification-record', version: 1.5 }, 'unknown', 'kind.version-unknown /version'],
    ['a name every object has', { kind: 'constructor', version: 1 }, 'unknown', 'kind.unknown /kind'],
    ['no kind', { version: 1 }, 'missing', 'kind.missing /kind'],
    ['no version', { kind: 'verification-record' }, 'missing', 'kind.missing /version'],
    ['a version as text', { kind: 'verification-record', version: '1' }, 'missing', 'kind.missing /version'],
    ['null', null, 'missing', 'kind.missing /kind'],
    ['a text', 'verification-record', 'missing', 'kind.missing /kind'],
    ['a list', [], 'missing', 'kind.missing /kind'],
    ['nothing', undefined, 'missing', 'kind.missing /kind'],
  ])('give a finding for %s', (_, value, reason, fault) => {
    const kind = kindOfValue(value)
    if (kind.row !== undefined) throw new Error('a kind was found')
    expect(kind.reason).toBe(reason)
    expect(`${kind.fault.code} ${kind.fault.path}`).toBe(fault)
  })
})

describe('text for people', () => {
  const lines: readonly (readonly [pointer: string, record: AnyRecord])[] = [
    ['/certificateNo', F01.record],
    ['/issuer/name', F01.record],
    ['/instrument/serialNumber', F01.record],
    ['/standards/0/trace/certificateNo', F01.record],
    ['/signatories/verifier/name', F01.record],
    ['/results/0/rows/0/0', F01.record],
    ['/basis/0/number', F01.record],
    ['/number', F10.record],
    ['/replaces/0', change(F10.record, ['/replaces', ['JJF(渝) 900-2020']])],
    ['/draftedBy/0', F10.record],
  ]
  const paragraphs: readonly (readonly [pointer: string, record: AnyRecord])[] = [
    ['/remarks/zh', F07.record],
    ['/results/0/name/en', F01.record],
    ['/scope/zh', F10.record],
  ]
  const at = (record: AnyRecord, pointer: string): string => valueAt(record, pointer) as string
  const unseen = [
    ['NUL', '\u0000'],
    ['BEL', '\u0007'],
    ['ESC', '\u001b'],
    ['carriage return', '\r'],
    ['tabulator', '\t'],
    ['DEL', '\u007f'],
    ['next line', '\u0085'],
    ['zero-width space', '\u200b'],
    ['zero-width joiner', '\u200d'],
    ['left-to-right mark', '\u200e'],
    ['right-to-left embedding', '\u202b'],
    ['right-to-left override', '\u202e'],
    ['word joiner', '\u2060'],
    ['right-to-left isolate', '\u2067'],
    ['byte order mark', '\ufeff'],
  ] as const

  it.each(lines)('%s is a single line of visible characters', (pointer, record) => {
    const text = at(record, pointer)
    for (const [name, character] of [...unseen, ['line feed', '\n'], ['line separator', '\u2028']] as const) {
      for (const changed of [`${text.slice(0, 4)}${character}${text.slice(4)}`, `${text}${character}`]) {
        expect(faultsOf(change(record, [pointer, changed])), name).toEqual([`shape.format ${pointer}`])
      }
    }
  })

  it.each(paragraphs)('%s may have several lines of visible characters', (pointer, record) => {
    const text = at(record, pointer)
    expect(faultsOf(change(record, [pointer, `${text}\n${text}`]))).toEqual([])
    for (const [name, character] of unseen) {
      expect(faultsOf(change(record, [pointer, text + character])), name).toEqual([`shape.format ${pointer}`])
    }
  })

  it('may contain every character that Chinese certificates print', () => {
    for (const text of ['（川）法计（2022）51012号', '〔2022〕川量标法证字第C0412号', '川A·T0001—2', '①～⑩ ±0.2 % μm ㎡', '𠮷某']) {
      expect(faultsOf(change(F01.record, ['/certificateNo', text])), text).toEqual([])
    }
  })

  it('is accepted exactly where every character is visible', () => {
    const hidden = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/
    const character = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 1 }),
      fc.constantFrom(...unseen.map(([, one]) => one)),
      fc.constantFrom('号', '（', '—'),
    )
    fc.assert(
      fc.property(fc.array(character, { maxLength: 20 }), (characters) => {
        const text = characters.join('')
        const isLine = text !== '' && text.length <= 200 && !hidden.test(text)
        expect(faultsOf(change(F01.record, ['/rawRecordNo', text])).length === 0).toBe(isLine)
      }),
      { numRuns: 500 },
    )
  })
})
