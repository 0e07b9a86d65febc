// The standards of a record are compared with their assessments; a standard whose assessment was not opened never passes.
import { describe, expect, it } from 'vitest'
import { usccCheckCharacter } from '../../src/base/identifier.js'
import {
  type AnyJointDocument,
  checkStandards,
  drawAuthorisations,
  openJoint,
  type StandardAssessment,
  signJoint,
} from '../../src/joint/index.js'
import { type CataloguePayload, openCatalogues, signCatalogue } from '../../src/recognition/index.js'
import type { RecordOf } from '../../src/records/index.js'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, jointFixtures, organisation } from '../../src/testing/index.js'

const { assessment, authorisation } = jointFixtures
const world = await createFakeAuthorities()
const sign = (document: AnyJointDocument, key: 'SC-AMR' | 'CQ-AMR' = 'SC-AMR', at = '2025-01-02T09:00:00+08:00') =>
  signJoint(document, { iss: organisation(key).uscc, signer: world.signer(key), at })
const open = (signed: readonly string[]) => openJoint(signed, { trust: world.trust, at: DEMONSTRATION_TIME })

const base = fixtures.F01.record as RecordOf<'verification-record'>
const record: RecordOf<'verification-record'> = {
  ...base,
  verifiedOn: '2025-03-12',
  instrument: { ...base.instrument, category: 'taximeter', range: { lower: '0', upper: '160', unit: 'km/h' } },
  standards: [{ name: assessment.name, assessment: { number: assessment.number, validUntil: assessment.validUntil } }],
}
const checked = async (changed: Partial<StandardAssessment> = {}, of: RecordOf<'verification-record'> = record) =>
  checkStandards(of, await open([await sign({ ...assessment, ...changed })]))
const codes = (found: Awaited<ReturnType<typeof checked>>) =>
  found.flatMap(({ findings }) => findings.map(({ code, status }) => [code, status]))

describe('the standards of a record', () => {
  it('are in order if their assessment is in force, of the issuer, and for this work and range', async () => {
    const [one] = await checked({ holder: { uscc: record.issuer.uscc, name: record.issuer.name } })
    expect(one).toMatchObject({ index: 0, findings: [] })
    expect(one?.assessment?.document.number).toBe(assessment.number)
  })

  const own = { holder: { uscc: record.issuer.uscc, name: record.issuer.name } }
  it.each<[string, string, Partial<StandardAssessment>]>([
    ['standard.assessment-ended', 'fail', { validUntil: '2025-03-11' }],
    ['standard.assessment-later', 'fail', { issuedOn: '2024-12-31', validUntil: '2029-12-30' }],
    ['standard.not-holder', 'fail', { holder: { uscc: organisation('YB').uscc, name: '渝北示例计量所' } }],
    ['standard.name-differs', 'warn', { name: '另一套检定装置' }],
    ['standard.work-not-assessed', 'fail', { capabilities: [{ categories: ['weights'], work: ['verification'] }] }],
    ['standard.work-not-assessed', 'fail', { capabilities: [{ categories: ['taximeter'], work: ['calibration'] }] }],
    [
      'standard.out-of-range',
      'fail',
      { capabilities: [{ categories: ['taximeter'], work: ['verification'], ranges: [{ lower: '0', upper: '159', unit: 'km/h' }] }] },
    ],
    [
      'standard.range-not-compared',
      'unknown',
      { capabilities: [{ categories: ['taximeter'], work: ['verification'], ranges: [{ lower: '0', upper: '159', unit: 'kg' }] }] },
    ],
  ])('have a finding otherwise (%s)', async (code, status, changed) => {
    const early = code === 'standard.assessment-later' ? { ...record, verifiedOn: '2024-12-30' } : record
    expect(codes(await checked({ ...own, ...changed }, early))).toContainEqual([code, status])
  })

  it('have no limit of range if one of the fitting capabilities states none', async () => {
    const limited = { categories: ['taximeter'], work: ['verification' as const], ranges: [{ lower: '0', upper: '10', unit: 'km/h' }] }
    expect(codes(await checked({ ...own, capabilities: [limited] }))).toEqual([['standard.out-of-range', 'fail']])
    const unlimited = { categories: ['taximeter'], work: ['verification' as const] }
    expect(codes(await checked({ ...own, capabilities: [limited, unlimited] }))).toEqual([])
  })

  it('have a warning if the record states another end of validity (standard.validity-differs)', async () => {
    expect(codes(await checked({ ...own, validUntil: '2026-03-02' }))).toEqual([['standard.validity-differs', 'warn']])
  })

  it('are undecided if the assessment was not opened, or none is stated (standard.not-at-hand, standard.not-stated)', async () => {
    expect(codes(checkStandards(record, await open([])))).toEqual([['standard.not-at-hand', 'unknown']])
    const bare = { ...record, standards: [{ name: '标准金属量器' }] }
    expect(codes(checkStandards(bare, await open([])))).toEqual([['standard.not-stated', 'unknown']])
  })

  it('are compared with the assessment in force on the day, if there are several of a number', async () => {
    const joint = await open([
      await sign({ ...assessment, ...own }),
      await sign({ ...assessment, ...own, issuedOn: '2025-05-01', validUntil: '2030-04-30' }, 'SC-AMR', '2025-05-01T09:00:00+08:00'),
    ])
    expect(checkStandards(record, joint)[0]?.findings).toEqual([])
  })

  it('have no result for reference materials, parts of an assessed system, and records that are not certificates', async () => {
    const joint = await open([])
    const parts = {
      ...record,
      standards: [
        { name: '秒表', role: 'auxiliary' as const },
        { name: '标准气体', referenceMaterial: { number: 'GBW(E) 000000' } },
      ],
    }
    expect(checkStandards(parts, joint)).toEqual([])
    const other = Object.values(fixtures).find((fixture) => fixture.record.kind === 'technical-specification')
    expect(checkStandards((other as { record: RecordOf<'technical-specification'> }).record, joint)).toEqual([])
  })
})

describe('a standard of an enterprise that states no assessment', () => {
  /** 重庆 as the enterprise's division: characters 3 to 8 of its USCC. */
  const enterprise = (code: string) => ({ uscc: `${code}${usccCheckCharacter(code)}`, name: '示例企业计量室' })
  const chongqing = enterprise('91500112000000001')
  const bare = (issuer = chongqing, verifiedOn = '2025-03-12') => ({ ...record, verifiedOn, issuer, standards: [{ name: '标准金属量器' }] })
  const WAIVER = {
    level: 'enterprise',
    holders: { zh: '重庆市行政区域内的企业（示例）', en: 'enterprises in Chongqing (example)' },
    documentNo: '示例公告〔2022〕4号',
    from: '2022-03-01',
    source: 'https://example.cn/4',
    grade: 'c',
  } as const
  type Waiver = NonNullable<CataloguePayload['assessmentWaivers']>[number]
  const now = Date.parse(DEMONSTRATION_TIME) / 1000
  const catalogueOf = async (waivers: readonly Waiver[], key: 'CQ-AMR' | 'SC-AMR' = 'CQ-AMR') =>
    openCatalogues({
      catalogues: [
        await signCatalogue(
          {
            iss: organisation(key).uscc,
            region: key === 'CQ-AMR' ? '50' : '51',
            version: 1,
            iat: now - 86_400,
            exp: now + 86_400,
            title: { zh: '目录（示例）' },
            assessmentWaivers: [...waivers],
          },
          world.rootSigners(key),
        ),
      ],
      trust: world.trust,
      at: DEMONSTRATION_TIME,
    })
  const findingOf = async (waivers: readonly Waiver[], of = bare(), key: 'CQ-AMR' | 'SC-AMR' = 'CQ-AMR') => {
    const catalogues = await catalogueOf(waivers, key)
    expect(catalogues.refused).toEqual([])
    return checkStandards(of, await open([]), { catalogues, at: DEMONSTRATION_TIME })[0]?.findings
  }

  it('is waived by the document that its authority names, since its day, with the grade of the source (standard.assessment-waived)', async () => {
    const [finding, ...more] = (await findingOf([WAIVER])) ?? []
    expect([finding?.code, finding?.status, more]).toEqual(['standard.assessment-waived', 'warn', []])
    expect(finding?.params).toMatchObject({ documentNo: WAIVER.documentNo, from: WAIVER.from, source: WAIVER.source })
    expect(finding?.message.zh).toContain('自 2022-03-01 起免于考核（适用于重庆市行政区域内的企业（示例）；单一来源，未核对原文）')
    // Of two documents that apply, the one with the better source.
    const [better] = (await findingOf([WAIVER, { ...WAIVER, documentNo: '另一文件', grade: 'a' }])) ?? []
    expect([better?.status, better?.params.documentNo]).toEqual(['warn', '另一文件'])
  })

  it.each<[string, Partial<Waiver>, ReturnType<typeof bare> | undefined]>([
    ['before its first day', { from: '2025-03-13' }, undefined],
    ['after its last day', { to: '2025-03-11' }, undefined],
    ['for another level of standards', { level: 'department' }, undefined],
    ['for other divisions', { divisions: ['500103'] }, undefined],
    ['for an enterprise of the other province', {}, bare(enterprise('91510100000000001'))],
    ['for a code that does not tell the province', {}, bare(enterprise('91510212000000001'))],
  ])('is not known to be waived %s (standard.waiver-unknown)', async (_, change, of = bare()) => {
    const found = await findingOf([{ ...WAIVER, ...change }], of)
    expect(found?.map(({ code, status }) => [code, status])).toEqual([['standard.waiver-unknown', 'unknown']])
  })

  it('is waived up to the last day and in the divisions that are named', async () => {
    const found = await findingOf([{ ...WAIVER, from: '2025-03-12', to: '2025-03-12', divisions: ['500103', '500112'] }])
    expect(found?.map(({ code }) => code)).toEqual(['standard.assessment-waived'])
  })

  it('is not known to be waived without a catalogue; an institute has no such waiver (standard.not-stated)', async () => {
    expect(codes(checkStandards(bare(), await open([])))).toEqual([['standard.waiver-unknown', 'unknown']])
    const institute = { ...bare(), issuer: { uscc: organisation('CQ-INST').uscc, name: '甲' } }
    const catalogues = await catalogueOf([WAIVER])
    expect(codes(checkStandards(institute, await open([]), { catalogues, at: DEMONSTRATION_TIME }))).toEqual([
      ['standard.not-stated', 'unknown'],
    ])
  })

  it('does not count in the other province, and a catalogue needs its moment', async () => {
    const found = await findingOf([WAIVER], bare(), 'SC-AMR')
    expect(found?.map(({ code }) => code)).toEqual(['standard.waiver-unknown'])
    const [catalogues, joint] = [await catalogueOf([WAIVER]), await open([])]
    expect(() => checkStandards(bare(), joint, { catalogues })).toThrow(expect.objectContaining({ code: 'verify.options' }))
  })
})

describe('authorisations of a trust list', () => {
  it('are drawn from what the authority signed', async () => {
    const drawn = drawAuthorisations(await open([await sign(authorisation)]))
    expect(drawn).toEqual([
      {
        uscc: organisation('CD').uscc,
        name: organisation('CD').name.zh,
        statements: [expect.stringMatching(/^[\w-]{43}$/)],
        authorisations: [
          {
            number: authorisation.number,
            kinds: ['verification-record'],
            categories: ['taximeter'],
            from: '2021-07-01',
            to: '2026-06-30',
            capabilities: [{ categories: ['taximeter'], smallest: '0.2', unit: '%', lower: '0', upper: '180', rangeUnit: 'km/h' }],
          },
          {
            number: authorisation.number,
            kinds: ['verification-record'],
            categories: ['pressure-gauge'],
            from: '2021-07-01',
            to: '2026-06-30',
          },
        ],
      },
    ])
  })

  it('are derived from the newest of one number, and of one authority if it is given', async () => {
    const joint = await open([
      await sign(authorisation),
      await sign({ ...authorisation, until: '2027-06-30' }, 'SC-AMR', '2025-02-02T09:00:00+08:00'),
      await sign({ ...authorisation, number: '（渝）法计（2021）50010号' }, 'CQ-AMR'),
    ])
    const numbers = (authority?: string) =>
      drawAuthorisations(joint, authority).flatMap(({ authorisations }) => authorisations.map(({ number, to }) => `${number} ${to}`))
    expect(new Set(numbers(organisation('SC-AMR').uscc))).toEqual(new Set([`${authorisation.number} 2027-06-30`]))
    expect(new Set(numbers())).toHaveLength(2)
    // The same number, printed with other brackets.
    const narrow = authorisation.number.replaceAll('（', '(').replaceAll('）', ')')
    expect(narrow).not.toBe(authorisation.number)
    const twice = await open([
      await sign(authorisation),
      await sign({ ...authorisation, number: narrow, until: '2027-06-30' }, 'SC-AMR', '2025-02-02T09:00:00+08:00'),
    ])
    expect(drawAuthorisations(twice).flatMap(({ statements }) => statements)).toHaveLength(1)
  })

  it('warn of a kind of record that is not known (authorisation.kind-unknown)', async () => {
    const unknown = { ...authorisation, scope: [{ kinds: ['test-report'], categories: 'all' as const }] }
    const [one] = (await open([await sign(unknown)])).statements
    expect(one).toMatchObject({ counts: true, findings: [{ code: 'authorisation.kind-unknown', status: 'warn' }] })
  })
})
