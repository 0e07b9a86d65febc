// Why this exists: these rules judge the members of a record outside its tables. Each must point to the faulty member only.
import { specificationEditions } from 'tongheng/catalogue'
import { checkRecord } from 'tongheng/conformance'
import { type FixtureId, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'
import { messageIn, rowsOn } from './rows.ts'

const addPeriodDays = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

describe('identifier.uscc', () => {
  const bad = '91510100MA62KCT03W'
  const party = { uscc: bad, name: '示例' }
  it.each<[FixtureId, string, Change]>([
    ['F01', '/issuer/uscc', ['/issuer/uscc', bad]],
    ['F01', '/applicant/uscc', ['/applicant/uscc', bad]],
    ['F07', '/issuer/uscc', ['/issuer/uscc', bad]],
    ['F07', '/customer/uscc', ['/customer/uscc', bad]],
    ['F10', '/publisher/uscc', ['/publisher/uscc', bad]],
    ['F12', '/issuer/uscc', ['/issuer/uscc', bad]],
    ['F12', '/organisers/1/uscc', ['/organisers/1/uscc', bad]],
    ['F12', '/participants/2/party/uscc', ['/participants/2/party/uscc', bad]],
    ['F14', '/issuer/uscc', ['/issuer/uscc', bad]],
    ['F14', '/organisers/0/uscc', ['/organisers/0/uscc', bad]],
    ['F14', '/designation/by/0/uscc', ['/designation', { by: [party], documentNo: '示例〔2025〕1号' }]],
    ['F14', '/party/uscc', ['/party/uscc', bad]],
    ['F15', '/issuer/uscc', ['/issuer/uscc', bad]],
    ['F15', '/applicant/uscc', ['/applicant/uscc', bad]],
    ['F15', '/manufacturer/uscc', ['/manufacturer', party]],
    ['F15', '/evaluation/body/uscc', ['/evaluation/body/uscc', bad]],
    ['F15', '/acceptedBy/uscc', ['/acceptedBy', party]],
  ])('%s: finds the code at %s', (of, path, changed) => {
    expect(rowsOn('identifier.uscc', of, changed)).toEqual([`fail uscc.check-character ${path}`])
  })
})

describe('the identifiers of specifications', () => {
  it('are judged in all three members of a specification', () => {
    const rule = 'identifier.specification'
    expect(rowsOn(rule, 'F10', ['/number', 'JJG 517'])).toEqual(['fail specification-number.form /number'])
    expect(rowsOn(rule, 'F10', ['/replaces', ['JJF 1094-2002', 'JJF 1094']])).toEqual(['fail specification-number.form /replaces/1'])
    expect(rowsOn(rule, 'F10', ['/replacedBy', ['JJF 1094']])).toEqual(['fail specification-number.form /replacedBy/0'])
    expect(rowsOn(rule, 'F12', ['/method/1/number', 'JJF 1117'])).toEqual(['fail specification-number.form /method/1/number'])
    expect(rowsOn(rule, 'F15', ['/basis/0/number', 'JJF 1015'])).toEqual(['fail specification-number.form /basis/0/number'])
  })

  it('of predecessors and successors must differ from its own number and from each other', () => {
    const rule = 'specification.replacement'
    const abolished: Change = ['/abolishedOn', '2026-01-01']
    const of = (...changes: Change[]) => rowsOn(rule, 'F10', ...changes)
    expect(of(['/replaces', ['JJF(渝) 900-2020']])).toEqual([`pass ${rule}`])
    expect(of(['/replacedBy', ['JJF(渝) 902-2026']], abolished)).toEqual([`pass ${rule}`])
    expect(of(['/replacedBy', ['JJF(渝) 902-2026']])).toEqual(['warn specification.abolition-undated /replacedBy'])
    // Independent of bracket style and spaces.
    expect(of(['/replaces', ['JJF(渝) 900-2020', 'JJF（渝）901—2024']])).toEqual(['fail specification.replaces-itself /replaces/1'])
    expect(of(['/replacedBy', ['JJF(渝) 902-2026', 'JJF（渝）901—2024']], abolished)).toEqual([
      'fail specification.replaces-itself /replacedBy/1',
    ])
    expect(of(['/replaces', ['JJF(渝) 900-2020']], ['/replacedBy', ['JJF（渝）900—2020']], abolished)).toEqual([
      'fail specification.replaced-both-ways /replaces/0',
    ])
    // Numbers of an unknown form are compared literally.
    expect(of(['/replaces', ['企标 1', '企标 2']], ['/replacedBy', ['企标2']], abolished)).toEqual([
      'fail specification.replaced-both-ways /replaces/1',
    ])
    expect(of(['/number', '企标 1'], ['/replaces', ['企标1']])).toEqual(['fail specification.replaces-itself /replaces/0'])
  })

  it('of local editions need a publisher of that province, of the state, or of a province that adopts the text', () => {
    const rule = 'specification.publisher'
    const of = (uscc: string, ...changes: Change[]) => rowsOn(rule, 'F10', ['/publisher/uscc', uscc], ...changes)
    const adopted = (...regions: string[]): Change => [
      '/adoptions',
      regions.map((region) => ({ region, documentNo: '1', from: '2025-03-01' })),
    ]
    const warned = ['warn specification.publisher-region /publisher/uscc']
    expect(of('11500000MB1A678983', ['/adoptions', undefined])).toEqual([`pass ${rule}`])
    expect(of('11510000MB1F23451P', ['/adoptions', undefined])).toEqual(warned)
    expect(of('11510000MB1F23451P', adopted('51'))).toEqual([`pass ${rule}`])
    expect(of('11510000MB1F23451P', adopted('52'))).toEqual(warned)
    expect(of('11510000MB1F23451P', adopted('52', '51'))).toEqual([`pass ${rule}`])
    expect(of('11100000MB1C57907Y', ['/adoptions', undefined])).toEqual([`pass ${rule}`])
    expect(rowsOn(rule, 'F10', ['/number', 'JJF 1094-2002'])).toEqual(['skip not-applicable'])
    expect(messageIn(change(fixtures.F10.record, ['/publisher/uscc', '11520000MB1F23451P']), 'specification.publisher-region')).toContain(
      'Chongqing',
    )
  })

  it('of a verification include at least one regulation', () => {
    const of = (...numbers: string[]) => rowsOn('basis.regulation', 'F01', ['/basis', numbers.map((number) => ({ number, name: '示例' }))])
    expect(of('JJG 517-2016', 'JJF 1059.1-2012')).toEqual(['pass basis.regulation'])
    expect(of('JJF 1059.1-2012', 'JJF 1094-2002')).toEqual([
      'fail basis.not-regulation /basis/0/number',
      'fail basis.not-regulation /basis/1/number',
    ])
    expect(of('GB/T 1-2020', 'JJF 1094-2002')).toEqual([
      'fail basis.not-regulation /basis/0/number',
      'fail basis.not-regulation /basis/1/number',
    ])
    // Neither a standard nor a method of the institute is a regulation: 计量法 第十条.
    for (const other of ['GB/T 1226-2017', 'Q/QX 08-2021', 'DB51/T 12-2020', 'QX/T 84-2019', 'IEC 62053-21', 'OIML R 76'])
      expect(of(other)).toEqual(['fail basis.not-regulation /basis/0/number'])
    // Of a text that is none of these it is not known.
    for (const unknown of ['52-2013', '见附页', '〔2019〕12号']) {
      expect(of(unknown)).toEqual(['warn basis.regulation-unknown /basis/0/number'])
      expect(of('GB/T 1226-2017', unknown)).toEqual(['warn basis.regulation-unknown /basis/1/number'])
    }
    for (const printed of ['检定规程 JJG 517-2016', '参照 JJG 52-2013', '国家计量检定规程 52—2013', 'GB/T 1226-2017 和 JJG 52-2013'])
      expect(of(printed)).toEqual(['pass basis.regulation'])
    expect(of('JJG 52-2013', 'JJG 49-2013')).toEqual([
      'warn basis.other-category /basis/0/number',
      'warn basis.other-category /basis/1/number',
    ])
    expect(messageIn(change(fixtures.F01.record, ['/basis/0/number', 'JJG 52-2013']), 'basis.other-category')).toMatch(/taximeter/)
    for (const other of ['JJG(川) 52-2013', 'JJG 9999-2020']) expect(of(other)).toEqual(['pass basis.regulation'])
    expect(rowsOn('basis.regulation', 'F01', ['/basis/0/number', 'JJG 52-2013'], ['/instrument/category', 'no-such-thing'])).toEqual([
      'pass basis.regulation',
    ])
    expect(rowsOn('basis.regulation', 'F01', ['/basis', [{ number: '52-2013', name: '压力表检定规程' }]])).toEqual([
      'pass basis.regulation',
    ])
  })

  it('are in force on the day, and the finding names the source of the dates', () => {
    const of = (verifiedOn: string) =>
      checkRecord(change(fixtures.F01.record, ['/verifiedOn', verifiedOn])).checks.find(({ id }) => id === 'basis.in-force')
    const early = of('2010-01-01')
    expect(early).toMatchObject({ status: 'fail', code: 'specification.not-yet-in-force', path: '/basis/0/number' })
    expect(Object.keys(early?.evidence ?? {})).toEqual(['source', 'confidence'])
    expect(early?.evidence).toMatchObject({ confidence: 'published' })
    expect(early?.message.en).toMatch(/JJG 517-2016.*\d{4}-\d{2}-\d{2}/)
  })

  it('of an amendment name another record', () => {
    const of = (number: string) => rowsOn('amendment.names-original', 'F01', ['/amendment', { replaces: number, reason: { zh: '更正' } }])
    expect(of('川计检字20250312-00416')).toEqual(['pass amendment.names-original'])
    expect(of('川计检字20250312—00417')).toEqual(['fail amendment.replaces-itself /amendment/replaces'])
  })

  it('belong to specifications with requirements that have limits, each listed once', () => {
    const [one] = (fixtures.F10.record as { requirements: { limits: object }[] }).requirements
    const of = (...requirements: object[]) => rowsOn('specification.requirements', 'F10', ['/requirements', requirements])
    const other = { ...one, id: 'other' }
    expect(of(one as object, other)).toEqual(['pass specification.requirements'])
    expect(of(one as object, other, one as object)).toEqual(['fail requirement.twice /requirements/2/id'])
    for (const limits of [
      { unit: '%', lower: '-1' },
      { unit: '%', upper: '1' },
    ])
      expect(of(one as object, { ...other, limits })).toEqual(['pass specification.requirements'])
    expect(rowsOn('specification.requirements', 'F10', ['/requirements', undefined])).toEqual(['skip not-applicable'])
  })
})

describe('a type, its approval and its category', () => {
  it('are judged in the member that states the number', () => {
    const rule = 'identifier.type-approval'
    expect(rowsOn(rule, 'F15', ['/number', '2024-207'])).toEqual(['warn type-approval.form /number'])
    expect(rowsOn(rule, 'F14', ['/instrument/typeApprovalNo', 'F118'])).toEqual(['warn type-approval.form /instrument/typeApprovalNo'])
    // A stroke fills the box of a form: nothing is stated, except by the approval itself.
    for (const none of ['/', '—', '无']) {
      expect(rowsOn(rule, 'F01', ['/instrument/typeApprovalNo', none])).toEqual(['skip not-applicable'])
      expect(rowsOn(rule, 'F01', ['/instrument/typeApprovalNo', none], ['/verificationType', 'initial'])).toEqual([
        'warn type-approval.missing /instrument',
      ])
      expect(rowsOn(rule, 'F15', ['/number', none])).toEqual(['warn type-approval.form /number'])
    }
    expect(rowsOn(rule, 'F14', ['/instrument', undefined])).toEqual(['skip blocked record.schema'])
    expect(rowsOn(rule, 'F01', ['/instrument/typeApprovalNo', undefined])).toEqual(['skip not-applicable'])
    expect(rowsOn(rule, 'F01', ['/instrument/typeApprovalNo', undefined], ['/verificationType', 'initial'])).toEqual([
      'warn type-approval.missing /instrument',
    ])
  })

  it('are warned about where the category is unknown', () => {
    const rule = 'identifier.instrument'
    expect(rowsOn(rule, 'F10', ['/categories/1', 'no-such-thing'])).toEqual(['warn category.unknown /categories/1'])
    expect(rowsOn(rule, 'F10', ['/categories', undefined])).toEqual(['skip not-applicable'])
    expect(rowsOn(rule, 'F12', ['/category', 'no-such-thing'])).toEqual(['warn category.unknown /category'])
    expect(rowsOn(rule, 'F01', ['/instrument/category', 'no-such-thing'])).toEqual(['warn category.unknown /instrument/category'])
    for (const serial of [undefined, '无编号', '000000'])
      expect(rowsOn(rule, 'F01', ['/instrument/serialNumber', serial])).toEqual(['warn serial.missing /instrument'])
  })
})

describe('look-alike letters', () => {
  it.each<[FixtureId, string, Change]>([
    ['F01', '/certificateNo', ['/certificateNo', '\u0410-1']],
    ['F07', '/certificateNo', ['/certificateNo', '\u0410-1']],
    ['F01', '/instrument/serialNumber', ['/instrument/serialNumber', '\u0410BC-1']],
    ['F01', '/instrument/typeApprovalNo', ['/instrument/typeApprovalNo', '2020\u0410118-51']],
    ['F01', '/standards/0/number', ['/standards/0/number', '\u0410Z-012']],
    ['F01', '/standards/0/trace/certificateNo', ['/standards/0/trace/certificateNo', '\u0410-33']],
    ['F14', '/instrument/serialNumber', ['/instrument/serialNumber', '\u0410BC-1']],
    ['F10', '/number', ['/number', 'JJF\u0410 901-2024']],
    ['F15', '/number', ['/number', '2024\u0410207-51']],
  ])('%s: are found at %s', (of, path, changed) => {
    expect(rowsOn('identifier.characters', of, changed)).toEqual([`warn identifier.lookalike ${path}`])
    expect(messageIn(change(fixtures[of].record, changed), 'identifier.lookalike')).toContain('U+0410')
  })
})

it('a letter that looks like another is named by its code point', () => {
  expect(messageIn(change(fixtures.F01.record, ['/certificateNo', '\u039f-1']), 'identifier.lookalike')).toContain('U+039F')
})

describe('a resident identity number', () => {
  const number = '11010519491231002X'
  it('is found alone or within a text, in every member that names a person', () => {
    const rule = 'record.personal-number'
    expect(rowsOn(rule, 'F01', ['/signatories/checker/name', number])).toEqual(['warn personal-number.stated /signatories/checker/name'])
    expect(rowsOn(rule, 'F14', ['/description/zh', `司机 ${number} 在场`])).toEqual(['warn personal-number.stated /description/zh'])
    expect(rowsOn(rule, 'F12', ['/participants/0/party/name', number])).toEqual(['warn personal-number.stated /participants/0/party/name'])
    expect(rowsOn(rule, 'F10', ['/draftedBy/0', number])).toEqual(['warn personal-number.stated /draftedBy/0'])
    // A social credit code also has eighteen characters, but a different check character.
    expect(rowsOn(rule, 'F01', ['/applicant/uscc', number])).toEqual([`pass ${rule}`])
    expect(rowsOn(rule, 'F01', ['/signatories/checker/name', '11010519491231002'])).toEqual([`pass ${rule}`])
  })
})

describe('the class that a verification concludes', () => {
  it('is the class of the instrument where one is stated', () => {
    const of = (...changes: Change[]) => rowsOn('verdict.class', 'F09', ...changes)
    expect(of(['/instrument/accuracyClass', undefined])).toEqual(['pass verdict.class'])
    expect(of(['/instrument/accuracyClass', 'M1'], ['/concludedClass', 'M1 级'])).toEqual(['pass verdict.class'])
    expect(of(['/instrument/accuracyClass', 'F1'], ['/concludedClass', 'M1'])).toEqual(['warn class.differs /concludedClass'])
  })
})

describe('the dates of a record', () => {
  const rule = 'dates.order'
  const wrong = (path: string) => [`fail dates.order-wrong ${path}`]

  it('of an inspection are in order; one with a recheck may be published earlier', () => {
    const of = (...changes: Change[]) => rowsOn(rule, 'F14', ['/inspectedOn', '2025-05-13'], ...changes)
    expect(of(['/publishedOn', '2025-05-13'])).toEqual([`pass ${rule}`])
    expect(of(['/publishedOn', '2025-05-12'])).toEqual(wrong('/publishedOn'))
    expect(of(['/publishedOn', undefined])).toEqual([`pass ${rule}`])
    const recheck = (on: string): Change => ['/recheck', { on, isCorrected: true }]
    expect(of(recheck('2025-06-10'), ['/publishedOn', '2025-06-05'])).toEqual([`pass ${rule}`])
    expect(of(recheck('2025-05-12'), ['/publishedOn', '2025-06-05'])).toEqual(wrong('/recheck/on'))
  })

  it('of a comparison, a type approval, a specification and a calibration are in order, the same day included', () => {
    expect(rowsOn(rule, 'F12', ['/ended', '2000-01-01'], ['/began', '2000-01-01'])).toEqual([`pass ${rule}`])
    expect(rowsOn(rule, 'F12', ['/ended', '1999-12-31'], ['/began', '2000-01-01'])).toContain(wrong('/ended')[0])
    expect(rowsOn(rule, 'F15', ['/approvedOn', '2024-08-12'])).toEqual([`pass ${rule}`])
    expect(rowsOn(rule, 'F15', ['/approvedOn', '2024-08-11'])).toEqual(wrong('/approvedOn'))
    expect(rowsOn(rule, 'F10', ['/effectiveOn', '2024-11-20'])).toEqual([`pass ${rule}`])
    expect(rowsOn(rule, 'F10', ['/effectiveOn', '2024-11-19'])).toEqual(wrong('/effectiveOn'))
    expect(rowsOn(rule, 'F01', ['/validUntil', '2025-03-11'])).toEqual(wrong('/validUntil'))
    expect(rowsOn(rule, 'F01', ['/validUntil', '2025-03-12'])).toEqual([`pass ${rule}`])
  })

  it('of a certificate include its validity, except after a failure or an inspection in service', () => {
    const of = (...changes: Change[]) => rowsOn('validity.presence', 'F01', ...changes)
    const none: Change = ['/validUntil', undefined]
    for (const type of ['initial', 'subsequent'])
      expect(of(none, ['/verificationType', type])).toEqual(['warn validity.missing /validUntil'])
    expect(of(none, ['/verificationType', 'in-service-inspection'])).toEqual(['pass validity.presence'])
    expect(of(none, ['/outcome', 'fail'])).toEqual(['pass validity.presence'])
    expect(of(['/outcome', 'fail'])).toEqual(['fail validity.on-notice /validUntil'])
    expect(of(['/verificationType', 'in-service-inspection'])).toEqual(['fail validity.on-inspection /validUntil'])
  })

  it('precede the abolition of every specification that the record used', () => {
    // Any abolished edition; independent of whether the catalogue contains JJG 693-2011.
    const ended = [...specificationEditions.values()].find(
      ({ abolishedOn, doubtful, provenance }) => abolishedOn !== undefined && doubtful === undefined && provenance.grade !== 'c',
    )
    if (ended?.abolishedOn === undefined) throw new Error('the catalogue has no edition that has ended')
    const of = (day: string) =>
      rowsOn('basis.in-force', 'F07', ['/method', [{ number: ended.number, name: '示例' }]], ['/calibratedOn', day])
    expect(of(ended.abolishedOn)).toEqual(['fail specification.abolished /method/0/number'])
    expect(of(addPeriodDays(ended.abolishedOn, -1))).toEqual(['pass basis.in-force'])
  })
})

describe('the codes of a comparison', () => {
  const rule = 'comparison.codes'
  it.each<[string, string, Change]>([
    ['laboratory.code-unknown', '/pilots/1', ['/pilots/1', 'LAB-99']],
    ['laboratory.code-unknown', '/route/order/2', ['/route/order/2', 'LAB-99']],
    ['laboratory.code-unknown', '/points/0/reference/contributors/1', ['/points/0/reference/contributors/1', 'LAB-99']],
    ['laboratory.code-unknown', '/points/0/results/5/code', ['/points/0/results/5/code', 'LAB-99']],
    ['laboratory.result-twice', '/points/0/results/5/code', ['/points/0/results/5/code', 'LAB-05']],
  ])('are found at fault: %s at %s', (code, path, changed) => {
    expect(rowsOn(rule, 'F12', changed)).toEqual([`fail ${code} ${path}`])
  })

  it('occur once among participants, outcomes and points', () => {
    const { outcomes, participants, points } = fixtures.F12.record as { outcomes: object[]; participants: object[]; points: object[] }
    expect(rowsOn(rule, 'F12', ['/outcomes', [...outcomes, outcomes[0]]])).toEqual(['fail laboratory.code-twice /outcomes/6/code'])
    expect(rowsOn(rule, 'F12', ['/outcomes', outcomes.slice(1)])).toEqual(['warn laboratory.without-outcome /participants/0/code'])
    expect(rowsOn(rule, 'F12', ['/participants', [...participants, participants[0]]])).toEqual([
      'fail laboratory.code-twice /participants/6/code',
    ])
    expect(rowsOn(rule, 'F12', ['/points', [...points, points[0]]])).toEqual(['fail point.twice /points/1/id'])
    expect(rowsOn(rule, 'F12', ['/outcomes/5/code', 'LAB-99'])).toEqual([
      'fail laboratory.code-unknown /outcomes/5/code',
      'warn laboratory.without-outcome /participants/5/code',
    ])
  })

  it('of the pilots alone form a reference value by the pilots', () => {
    const of = (...changes: Change[]) => rowsOn('comparison.reference', 'F12', ...changes)
    const method = (name: string): Change => ['/points/0/reference/method', name]
    const by = (...contributors: string[]): Change => ['/points/0/reference/contributors', contributors]
    expect(of(method('pilot'))).toEqual(['pass comparison.reference'])
    expect(of(method('pilot'), by('LAB-01'))).toEqual(['pass comparison.reference'])
    expect(of(method('pilot'), by('LAB-01', 'LAB-03'))).toEqual(['fail reference.not-from-pilots /points/0/reference/contributors'])
    expect(of(method('mean'), by('LAB-01', 'LAB-03'))).toEqual(['pass comparison.reference'])
    expect(of(method('given'))).toEqual(['fail reference.given-with-contributors /points/0/reference/contributors'])
    expect(of(method('given'), ['/points/0/reference/contributors', undefined])).toEqual(['pass comparison.reference'])
    expect(of(['/points/0/reference/contributors', undefined])).toEqual(['warn reference.contributors-missing /points/0/reference'])
  })

  it('have measurement dates between the first and the last day, both included', () => {
    const { began, ended } = fixtures.F12.record as unknown as { began: string; ended: string }
    const of = (day: string | undefined) => rowsOn('comparison.dates', 'F12', ['/points/0/results/0/measuredOn', day])
    for (const day of [began, ended, undefined]) expect(of(day)).toEqual(['pass comparison.dates'])
    for (const day of ['2020-01-01', '2030-01-01'])
      expect(of(day)).toEqual(['warn laboratory.measured-outside /points/0/results/0/measuredOn'])
  })
})

describe('the outcome of a laboratory that forms the reference value alone', () => {
  it('needs no score', () => {
    const results = (fixtures.F12.record as { points: { results: object[] }[] }).points[0]?.results ?? []
    const changed = rowsOn(
      'comparison.outcomes',
      'F12',
      ['/pilots', ['LAB-01']],
      ['/points/0/reference/method', 'pilot'],
      ['/points/0/reference/contributors', ['LAB-01']],
      ['/points/0/results', results.map((one, at) => (at === 0 ? { ...one, en: undefined, outcome: undefined } : one))],
    )
    expect(changed.filter((row) => row.includes('/outcomes/0/'))).toEqual([])
  })
})

describe('the finding of an inspection', () => {
  const rule = 'supervision.finding'
  const of = (finding: string, ...changes: Change[]) => rowsOn(rule, 'F14', ['/finding', finding], ...changes)
  const pass = [`pass ${rule}`]
  const table = (verdict: string | null): Change => [
    '/results',
    [
      {
        id: 'table',
        name: { zh: '表' },
        columns: [{ role: 'verdict', name: { zh: '结论' } }],
        rows: [['pass'], [verdict]],
      },
    ],
  ]
  const validUntil = (day: string | undefined): Change => ['/certificate/validUntil', day]

  it('states no certificate for an instrument that was not verified', () => {
    expect(of('not-verified')).toEqual(['fail finding.certificate-shown /certificate'])
    expect(of('not-verified', ['/certificate', undefined])).toEqual(pass)
  })

  it('of an overdue instrument is after the last day of its certificate', () => {
    expect(of('overdue', validUntil('2025-05-12'))).toEqual(pass)
    expect(of('overdue', validUntil('2025-05-13'))).toEqual(['fail finding.not-overdue /certificate/validUntil'])
    expect(of('overdue', validUntil(undefined))).toEqual(['warn finding.validity-missing /certificate'])
    expect(of('overdue', ['/certificate', undefined])).toEqual(['warn finding.validity-missing /certificate'])
  })

  it('of an instrument outside its limits has a failed row', () => {
    expect(of('out-of-limits')).toEqual(['warn finding.results-missing /finding'])
    expect(of('out-of-limits', table('fail'))).toEqual(pass)
    const both = [table('pass'), table('fail')].flatMap(([, tables], at) => (tables as object[]).map((one) => ({ ...one, id: `t${at}` })))
    expect(of('out-of-limits', ['/results', both])).toEqual(pass)
    for (const verdict of ['pass', null]) expect(of('out-of-limits', table(verdict))).toEqual(['fail finding.no-failed-row /results'])
  })

  it('of a broken seal, a missing approval or anything else is described', () => {
    expect(of('seal-broken')).toEqual(pass)
    for (const seals of ['intact', undefined]) expect(of('seal-broken', ['/seals', seals])).toEqual(['fail finding.seal-state /seals'])
    expect(of('no-type-approval')).toEqual(pass)
    expect(of('no-type-approval', ['/instrument/typeApprovalNo', '2020F118-51'])).toEqual([
      'fail finding.type-approval-stated /instrument/typeApprovalNo',
    ])
    const stated = change(fixtures.F14.record, ['/finding', 'no-type-approval'], ['/instrument/typeApprovalNo', '2020F118-51'])
    expect(messageIn(stated, 'finding.type-approval-stated')).toContain('2020F118-51')
    expect(of('other')).toEqual(pass)
    expect(of('other', ['/description', undefined])).toEqual(['warn finding.not-described /finding'])
  })

  it('of nothing fails where the record shows an expired certificate, a broken seal or a failed row', () => {
    const sound: Change[] = [['/seals', 'intact'], validUntil('2025-05-13')]
    expect(of('none', ...sound)).toEqual(pass)
    expect(of('none', ...sound, table('pass'))).toEqual(pass)
    expect(of('none', ...sound, validUntil(undefined))).toEqual(pass)
    expect(of('none', ...sound, ['/certificate', undefined])).toEqual(pass)
    expect(of('none', ...sound, validUntil('2025-05-12'))).toEqual(['fail finding.overlooked-overdue /certificate/validUntil'])
    expect(of('none', ...sound, ['/seals', 'broken'])).toEqual(['fail finding.overlooked-seal /seals'])
    expect(of('none', ...sound, table('fail'))).toEqual(['fail finding.overlooked-failure /results'])
  })
})

describe('the measures of an inspection', () => {
  const rule = 'supervision.measures'
  const of = (finding: string, measures: readonly object[], ...changes: Change[]) =>
    rowsOn(rule, 'F14', ['/finding', finding], ['/measures', measures], ['/deadline', undefined], ...changes)

  it('follow from a finding, and from no other', () => {
    expect(of('other', [{ code: 'use-stopped' }])).toEqual([`pass ${rule}`])
    expect(of('none', [{ code: 'none' }])).toEqual([`pass ${rule}`])
    expect(of('other', [{ code: 'none' }])).toEqual(['warn measure.none-ordered /measures'])
    expect(of('none', [{ code: 'use-stopped' }])).toEqual(['warn measure.without-finding /measures'])
  })

  it('state a day for correction, not before the inspection, and a case number', () => {
    expect(of('other', [{ code: 'correction-ordered' }])).toEqual(['warn measure.deadline-missing /measures'])
    expect(of('other', [{ code: 'correction-ordered' }], ['/deadline', '2025-05-13'])).toEqual([`pass ${rule}`])
    expect(of('other', [{ code: 'correction-ordered' }], ['/deadline', '2025-05-12'])).toEqual(['fail measure.deadline-past /deadline'])
    for (const code of ['seized-in-place', 'case-opened', 'fined', 'referred-to-prosecution']) {
      expect(of('other', [{ code: 'use-stopped' }, { code }])).toEqual(['warn measure.case-number /measures/1'])
      expect(of('other', [{ code, caseNo: '1' }])).toEqual([`pass ${rule}`])
    }
  })

  it('of a joint inspection have organisers of both sides, or of the state', () => {
    const sides = (...codes: string[]): Change => ['/organisers', codes.map((uscc) => ({ uscc, name: '示例' }))]
    expect(rowsOn('supervision.joint', 'F14', sides('11511600MB1C579079', '11510000MB1F23451P'))).toEqual([
      'warn organisers.one-side /organisers',
    ])
    expect(rowsOn('supervision.joint', 'F14', sides('11100000MB1C57907Y'))).toEqual(['pass supervision.joint'])
    expect(rowsOn('supervision.joint', 'F12', sides('11511600MB1C579079', '11500000MB1A678983'))).toEqual(['pass supervision.joint'])
  })
})

describe('a record as a whole', () => {
  it('skips every row for an unknown kind, and for a schema error those that read the member', () => {
    const { checks, kind, isPartlyRead, record } = checkRecord({ kind: 'novel', version: 1 })
    expect([kind, record, isPartlyRead]).toEqual([undefined, undefined, false])
    expect(checks.length).toBe(checkRecord(fixtures.F01.record).checks.length)
    expect(checks[0]).toMatchObject({ id: 'record.kind', status: 'skip', blockedBy: 'fact:kind', path: '/kind' })
    // A value that is no record fails; it is not undecided.
    for (const none of [{}, 'text', null, [], { kind: 7 }])
      expect(checkRecord(none).checks[0]).toMatchObject({ id: 'record.kind', status: 'fail' })
    expect(checkRecord({ kind: 'novel', version: 1 }, '/record').checks[0]?.path).toBe('/record/kind')
    expect(checks.slice(1).every(({ status, blockedBy }) => status === 'skip' && blockedBy === 'record.kind')).toBe(true)
    expect(checks[1]?.id).toBe('record.schema')
    const faulty = checkRecord(change(fixtures.F01.record, ['/applicant', 7]))
    expect(faulty).not.toHaveProperty('record')
    const shape = faulty.checks.filter(({ id }) => id === 'record.schema')
    expect(shape.map(({ status }) => status)).toEqual(['fail'])
    expect(rowsOn('identifier.uscc', 'F01', ['/applicant', 7])).toEqual(['skip blocked record.schema'])
    expect(rowsOn('basis.regulation', 'F01', ['/applicant', 7])).toEqual(['pass basis.regulation'])
    expect(rowsOn('record.schema', 'F01')).toEqual(['pass record.schema'])
  })

  it('is read without members of a later version only where another system signed it', () => {
    const newer = change(fixtures.F01.record, ['/unheardOf', 1])
    const foreign = checkRecord(newer, '/record', { foreign: true })
    expect(foreign.isPartlyRead).toBe(true)
    expect(foreign.record).toEqual(fixtures.F01.record)
    expect(foreign.checks.filter(({ id }) => id === 'record.schema')).toMatchObject([
      {
        status: 'skip',
        code: 'record.newer-members',
        path: '/record/unheardOf',
        blockedBy: 'fact:newer-version',
        evidence: { members: ['/record/unheardOf'] },
      },
    ])
    const many = change(fixtures.F01.record, ...Array.from({ length: 25 }, (_, at): Change => [`/unheardOf${at}`, 1]))
    const [listed] = checkRecord(many, '', { foreign: true }).checks.filter(({ id }) => id === 'record.schema')
    expect(listed?.evidence?.['members']).toHaveLength(20)
    expect(listed?.message.en).toContain('25')
    expect(checkRecord(newer).checks.find(({ id }) => id === 'record.schema')).toMatchObject({ status: 'fail', path: '/unheardOf' })
    expect(checkRecord(fixtures.F01.record, '', { foreign: true }).isPartlyRead).toBe(false)
  })

  it('prefixes every path with the pointer of the record', () => {
    const { checks } = checkRecord(change(fixtures.F01.record, ['/applicant/uscc', '91510100MA62KCT03W']), '/record')
    expect(checks.find(({ code }) => code === 'uscc.check-character')?.path).toBe('/record/applicant/uscc')
  })
})
