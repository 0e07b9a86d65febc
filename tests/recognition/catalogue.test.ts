// Why this exists: the catalogue of an authority determines editions, intervals and categories in its province. An attacker who
// can insert or restore one changes verdicts. If it contradicts the built-in tables, a finding must report that.
import { builtIn, type Catalogue } from 'tongheng/catalogue'
import { checkRecord } from 'tongheng/conformance'
import { signStatement } from 'tongheng/envelope'
import { type CataloguePayload, openCatalogues, readCatalogue, type SeenCatalogue, signCatalogue } from 'tongheng/recognition'
import { type AnyRecord, kindOf } from 'tongheng/records'
import { createFakeAuthorities, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseInstant } from '../../src/base/date.js'
import { validityOf } from '../../src/recognition/validity.ts'
import { type Change, change } from '../records/change.ts'

const AT = '2025-06-16T09:00:00+08:00'
const NOW = parseInstant(AT)
let world: FakeAuthorities
let uscc: Record<'SC-AMR' | 'CQ-AMR', string>

beforeAll(async () => {
  world = await createFakeAuthorities()
  const of = (region: string) => world.anchors.find((anchor) => anchor.region === region)?.authority as string
  uscc = { 'SC-AMR': of('51'), 'CQ-AMR': of('50') }
})

const WAIVER = {
  level: 'enterprise',
  holders: { zh: '企业（示例）' },
  documentNo: '示例公告〔2022〕4号',
  from: '2022-03-01',
  source: 'https://example.cn/4',
  grade: 'c',
} as const
type Content = Partial<Omit<CataloguePayload, 'iss' | 'region'>>
const payloadBy = (authority: 'SC-AMR' | 'CQ-AMR', content: Content = {}): CataloguePayload => ({
  iss: uscc[authority],
  region: authority === 'SC-AMR' ? '51' : '50',
  version: 1,
  iat: NOW - 86_400,
  exp: NOW + 86_400,
  title: { zh: '重庆市计量器具与规程目录', en: 'Catalogue of Chongqing' },
  ...content,
})
const signed = (authority: 'SC-AMR' | 'CQ-AMR', content: Content = {}) =>
  signCatalogue(payloadBy(authority, content), world.rootSigners(authority))
const open = (catalogues: readonly (readonly string[])[], more: { at?: string; seen?: readonly SeenCatalogue[] } = {}) =>
  openCatalogues({ catalogues, trust: world.trust, at: AT, ...more })
const codesOf = async (catalogues: readonly (readonly string[])[], more = {}) =>
  (await open(catalogues, more)).refused.map(({ code }) => code)
const idOf = async (texts: readonly string[]) => (await open([texts])).published[0]?.statementId as string

/** Findings for a record with the catalogues in force in Chongqing. */
async function found(catalogue: Catalogue, rule: string, ...changes: readonly Change[]) {
  return checkRecord(change(fixtures.F01.record, ...changes), '', { catalogue })
    .checks.filter(({ id }) => id === rule)
    .map(({ status, code }) => `${status} ${code}`)
}

describe('a catalogue', () => {
  it('is opened by the threshold of the root keys of its authority, and counts in its province alone', async () => {
    const { published, refused, catalogueFor, seen } = await open([
      await signed('CQ-AMR', { editions: [{ number: 'JJG 577-2012', effectiveOn: '2012-09-02' }] }),
    ])
    expect([published.length, refused]).toEqual([1, []])
    expect(catalogueFor('50', NOW).edition('JJG577-2012')).toMatchObject({
      effectiveOn: '2012-09-02',
      source: `catalogue ${uscc['CQ-AMR']} v1`,
    })
    expect(catalogueFor('51', NOW)).toBe(builtIn)
    expect(seen).toEqual([{ authority: uscc['CQ-AMR'], version: 1, statementId: published[0]?.statementId }])
    expect((await open([])).catalogueFor('50', NOW)).toBe(builtIn)
  })

  it('of fewer signatures than the threshold, of one key twice, or of another authority is refused', async () => {
    const [first, second] = await signed('CQ-AMR')
    expect(await codesOf([[first as string]])).toEqual(['catalogue.threshold'])
    expect(await codesOf([[first as string, first as string]])).toEqual(['catalogue.threshold'])
    expect(await codesOf([[second as string, first as string]])).toEqual([])
    const bySichuan = await signCatalogue(payloadBy('CQ-AMR'), world.rootSigners('SC-AMR'))
    expect(await codesOf([bySichuan])).toEqual(['catalogue.threshold'])
    // A catalogue signed by an institute is not accepted.
    const byInstitute = await signStatement(payloadBy('CQ-AMR'), { typ: 'metrology-catalogue+jwt', signer: world.signer('CQ-INST') })
    expect(await codesOf([[byInstitute]])).toEqual(['catalogue.threshold'])
  })

  it('for the other province is refused, without effect on other catalogues', async () => {
    const claim = await signCatalogue({ ...payloadBy('SC-AMR'), region: '50' }, world.rootSigners('SC-AMR'))
    const own = await signed('CQ-AMR')
    const opened = await open([claim, own])
    expect(opened.refused.map(({ code }) => code)).toEqual(['catalogue.region'])
    expect(opened.published.map(({ payload }) => payload.iss)).toEqual([uscc['CQ-AMR']])
  })

  it('without a signature of a pinned key is refused', async () => {
    const stranger = { ...payloadBy('CQ-AMR'), iss: '11440000MB2C03456F' }
    expect(await codesOf([await signCatalogue(stranger, world.rootSigners('CQ-AMR'))])).toEqual(['catalogue.authority'])
  })

  it('is not used after its end, nor before its time', async () => {
    const one = await signed('CQ-AMR')
    expect(await codesOf([one], { at: '2025-06-18T09:00:01+08:00' })).toEqual(['catalogue.expired'])
    expect(await codesOf([one], { at: '2025-06-15T08:59:59+08:00' })).toEqual(['catalogue.not-yet'])
    const { catalogueFor, countingFor } = await open([one])
    expect(countingFor('50', NOW)).toHaveLength(1)
    expect([catalogueFor('50', NOW + 86_401), catalogueFor('50', NOW - 86_401)]).toEqual([builtIn, builtIn])
  })

  it('of a newer version replaces the older one; an older one than was seen, or another of its number, throws', async () => {
    const first = await signed('CQ-AMR', { editions: [{ number: 'JJG 577-2012', effectiveOn: '2012-09-02' }] })
    const second = await signed('CQ-AMR', { version: 2, previous: await idOf(first), iat: NOW - 3600 })
    const opened = await open([second, first])
    expect(opened.published.map(({ payload }) => payload.version)).toEqual([2])
    expect(opened.catalogueFor('50', NOW).edition('JJG577-2012')?.effectiveOn).toBeUndefined()
    await expect(open([first], { seen: opened.seen })).rejects.toMatchObject({ code: 'catalogue.rollback' })
    const other = await signed('CQ-AMR', { version: 2, previous: await idOf(first), iat: NOW - 1800 })
    await expect(open([second, other])).rejects.toMatchObject({ code: 'catalogue.fork' })
    await expect(open([other], { seen: opened.seen })).rejects.toMatchObject({ code: 'catalogue.fork' })
    const third = await signed('CQ-AMR', { version: 3, previous: await idOf(other), iat: NOW - 900 })
    await expect(open([third], { seen: opened.seen })).rejects.toMatchObject({ code: 'catalogue.fork' })
    const earlier = await signed('CQ-AMR', { version: 3, previous: await idOf(second), iat: NOW - 80_000 })
    await expect(open([second, earlier])).rejects.toMatchObject({ code: 'catalogue.times' })
    // Withholding documents cannot cause a rollback: an expired version still blocks older ones.
    const late = { at: '2025-06-20T09:00:00+08:00', seen: opened.seen }
    expect((await open([second], late)).refused.map(({ code }) => code)).toEqual(['catalogue.expired'])
    expect((await open([second], late)).seen).toEqual(opened.seen)
    await expect(open([first], late)).rejects.toMatchObject({ code: 'catalogue.rollback' })
  })

  it('that is no statement, of two contents, or beyond bounds is refused', async () => {
    const [one, two] = [await signed('CQ-AMR'), await signed('CQ-AMR', { version: 2 })]
    expect(await codesOf([[]])).toEqual(['catalogue.empty'])
    expect(await codesOf([Array<string>(21).fill(one[0] as string)])).toEqual(['catalogue.empty'])
    expect(await codesOf([[one[0] as string, two[1] as string]])).toEqual(['catalogue.payload-differs'])
    expect(await codesOf([['no statement']])).toHaveLength(1)
    expect(await codesOf([['x'.repeat(4_194_305)]])).toEqual(['format.too-large'])
    expect(await codesOf([await world.signedAgreement.slice()])).toEqual(['typ.unexpected'])
    const many = { ...payloadBy('CQ-AMR'), divisions: Array.from({ length: 1001 }, () => ({ code: '500112', name: { zh: '渝北' } })) }
    await expect(signCatalogue(many, world.rootSigners('CQ-AMR'))).rejects.toMatchObject({ code: 'catalogue.shape' })
  })

  it('with members of a later version is not used in part', async () => {
    const payload = { ...payloadBy('CQ-AMR'), penalties: [] }
    const [first, second] = world.rootSigners('CQ-AMR')
    const options = { typ: 'metrology-catalogue+jwt' } as const
    const texts = [
      await signStatement(payload, { ...options, signer: first }),
      await signStatement(payload, { ...options, signer: second as never }),
    ]
    expect(await codesOf([texts])).toEqual(['catalogue.newer-members'])
  })
})

describe('the content of a catalogue', () => {
  const category = { slug: 'drone-scale', name: { zh: '无人机秤' }, control: 'V' as const, regulations: [] }

  it.each<[string, Content]>([
    ['catalogue.twice', { categories: [category, { ...category, name: { zh: '别名' } }] }],
    ['catalogue.twice', { categories: [category, { ...category, slug: 'other-scale' }] }],
    ['catalogue.twice', { categories: [category, { ...category, slug: 'other-scale', name: { zh: '别的秤' }, aliases: ['无人机 秤'] }] }],
    ['catalogue.twice', { categories: [{ ...category, aliases: ['飞秤', 'Drone-Scale'] }] }],
    ['catalogue.twice', { editions: [{ number: 'JJG 1-2020' }, { number: 'JJG1—2020' }] }],
    ['catalogue.edition', { editions: [{ number: 'JJG 517' }] }],
    ['catalogue.edition', { editions: [{ number: 'JJG(川) 12-2020' }] }],
    ['catalogue.edition', { editions: [{ number: 'JJG 1-2020', effectiveOn: '2021-01-01', abolishedOn: '2020-01-01' }] }],
    ['catalogue.division', { divisions: [{ code: '510104', name: { zh: '锦江区' } }] }],
    ['catalogue.interval', { intervals: [{ regulation: 'JJG1', manner: 'periodic' }] }],
    ['catalogue.interval', { intervals: [{ regulation: 'JJG1', manner: 'initial-only', period: 'P1Y' }] }],
    ['catalogue.waiver', { assessmentWaivers: [{ ...WAIVER, to: '2022-02-28' }] }],
    ['catalogue.division', { assessmentWaivers: [{ ...WAIVER, divisions: ['500112', '510104'] }] }],
    ['catalogue.shape', { assessmentWaivers: [{ ...WAIVER, level: 'other' as never }] }],
    ['catalogue.times', { exp: NOW - 90_000 }],
    ['catalogue.shape', { version: 0 }],
  ])('%s: %j', (code, content) => {
    expect(() => readCatalogue(payloadBy('CQ-AMR', content))).toThrow(expect.objectContaining({ code }))
  })

  it('states which measurement standards need no assessment', () => {
    const waivers = [{ ...WAIVER, divisions: ['500112'], to: '2026-12-31' }]
    expect(readCatalogue(payloadBy('CQ-AMR', { assessmentWaivers: waivers })).assessmentWaivers).toEqual(waivers)
  })

  it('of local editions applies to the own province', () => {
    expect(readCatalogue(payloadBy('CQ-AMR', { editions: [{ number: 'JJG(渝) 12-2020' }] })).editions).toHaveLength(1)
  })
})

describe('the rules under a catalogue', () => {
  const with_ = async (content: Content) => (await open([await signed('CQ-AMR', content)])).catalogueFor('50', NOW)
  const basis = (number: string): Change => ['/basis', [{ number }]]

  it('decide by its editions, where the tables of this package only warn or know nothing', async () => {
    const catalogue = await with_({
      editions: [
        { number: 'JJG 577-2012', effectiveOn: '2012-09-02' },
        { number: 'JJG 443-2015', abolishedOn: '2024-05-01', replacedBy: ['JJG 443-2023'] },
        { number: 'JJG 9001-2025', effectiveOn: '2025-06-01' },
      ],
    })
    expect(await found(builtIn, 'basis.in-force', basis('JJG 577-2012'))).toEqual(['warn specification.dates-unverified'])
    expect(await found(catalogue, 'basis.in-force', basis('JJG 577-2012'))).toEqual(['pass basis.in-force'])
    expect(await found(builtIn, 'basis.in-force', basis('JJG 443-2015'))).toEqual(['warn specification.perhaps-not-in-force'])
    expect(await found(catalogue, 'basis.in-force', basis('JJG 443-2015'))).toEqual(['fail specification.abolished'])
    expect(await found(catalogue, 'basis.in-force', basis('JJG 9001-2025'))).toEqual(['fail specification.not-yet-in-force'])
    // Facts that the catalogue does not state are taken from the built-in tables.
    expect(await found(catalogue, 'basis.in-force', basis('JJG 657-2006'))).toEqual(['fail specification.abolished'])
  })

  it('follow it where the tables contradict it, with a finding about the contradiction', async () => {
    const catalogue = await with_({ editions: [{ number: 'JJG 657-2006', effectiveOn: '2007-06-08' }] })
    const checks = checkRecord(change(fixtures.F01.record, basis('JJG 657-2006')), '', { catalogue }).checks.filter(
      ({ id }) => id === 'basis.in-force',
    )
    expect(checks).toMatchObject([
      {
        status: 'warn',
        code: 'specification.catalogues-differ',
        evidence: { source: `catalogue ${uscc['CQ-AMR']} v1`, over: 'catalogue 2026-11' },
      },
    ])
    expect(checks[0]?.message.zh).toMatch(/称现行，本软件内置目录为已废止；以前者为准/)
    const ended = await with_({ editions: [{ number: 'JJG 517-2016', effectiveOn: '2017-05-30', abolishedOn: '2025-01-01' }] })
    expect(await found(ended, 'basis.in-force')).toEqual(['fail specification.abolished', 'warn specification.catalogues-differ'])
  })

  it('judge a validity by its intervals: by size, class and kind of verification, all of a regulation together', async () => {
    const catalogue = await with_({
      intervals: [
        { regulation: 'JJG517', manner: 'periodic', period: 'P6M', after: 'subsequent', basis: '渝市监〔2025〕1号' },
        { regulation: 'JJG517', manner: 'periodic', period: 'P1Y', after: 'initial' },
        { regulation: 'JJG162', manner: 'periodic', period: 'P1Y', size: { designation: 'DN', above: 25 } },
      ],
    })
    const dated: Change[] = [
      ['/verifiedOn', '2025-03-12'],
      ['/validUntil', '2025-09-13'],
    ]
    expect(await found(builtIn, 'validity.interval', ...dated, ['/verificationType', 'subsequent'])).toEqual(['pass validity.interval'])
    expect(await found(catalogue, 'validity.interval', ...dated, ['/verificationType', 'subsequent'])).toEqual(['fail validity.too-long'])
    expect(await found(catalogue, 'validity.interval', ...dated, ['/verificationType', 'initial'])).toEqual(['pass validity.interval'])
    const meter = (model: string): Change[] => [
      ['/instrument/category', 'water-meter'],
      ['/instrument/model', model],
      basis('JJG 162-2019'),
      ['/verifiedOn', '2025-03-12'],
      ['/validUntil', '2026-03-13'],
    ]
    expect(await found(catalogue, 'validity.interval', ...meter('LXS-DN40'))).toEqual(['fail validity.too-long'])
    expect(await found(builtIn, 'validity.interval', ...meter('LXS-DN40'))).toEqual(['pass validity.interval'])
    // The sizes G1.6 and G2.5 are decimals, which JSON of a statement has as text.
    const gas = await with_({
      intervals: [
        { regulation: 'JJG577', manner: 'periodic', period: 'P2Y', size: { designation: 'G', above: 0, upTo: '1.6' } },
        { regulation: 'JJG577', manner: 'periodic', period: 'P1Y', size: { designation: 'G', above: '1.6', upTo: 6 } },
      ],
    })
    const ofGas = (model: string): Change[] => [...meter(model), ['/instrument/category', 'gas-meter'], basis('JJG 577-2012')]
    expect(await found(gas, 'validity.interval', ...ofGas('G1.6'))).toEqual(['pass validity.interval'])
    expect(await found(gas, 'validity.interval', ...ofGas('G2.5'))).toEqual(['fail validity.too-long'])
    for (const size of [1.6, '1,6', '-1', 'G1.6'])
      await expect(
        with_({
          intervals: [{ regulation: 'JJG577', manner: 'periodic', period: 'P1Y', size: { designation: 'G', above: size as string } }],
        }),
        String(size),
      ).rejects.toMatchObject({ code: 'catalogue.shape' })
  })

  it('leave a validity undecided if only some of the possible intervals end', async () => {
    const catalogue = await with_({
      intervals: [
        { regulation: 'JJG517', manner: 'initial-only', classes: ['1'] },
        { regulation: 'JJG517', manner: 'periodic', period: 'P1Y', classes: ['2'] },
      ],
    })
    const validity = (accuracyClass: string | undefined) => {
      const record = change(fixtures.F01.record, ['/validUntil', undefined], ['/instrument/accuracyClass', accuracyClass]) as AnyRecord
      return validityOf(record, kindOf(record), catalogue)?.by
    }
    expect(['1', '2', undefined].map(validity)).toEqual(['manner', 'interval', undefined])
  })

  it('know its categories, their control and manner, and its divisions', async () => {
    const catalogue = await with_({
      categories: [
        {
          slug: 'drone-scale',
          number: '9.9',
          name: { zh: '无人机秤', en: 'drone scale' },
          control: 'P+V',
          manner: 'initial-only',
          regulations: ['JJG9002'],
        },
      ],
      divisions: [{ code: '500157', name: { zh: '两江' } }],
    })
    const ours: Change = ['/instrument/category', 'drone-scale']
    expect(await found(builtIn, 'identifier.instrument', ours)).toContain('warn category.unknown')
    expect(await found(catalogue, 'identifier.instrument', ours)).toEqual(['pass identifier.instrument'])
    const initial: Change[] = [ours, ['/verificationType', 'initial'], ['/instrument/typeApprovalNo', undefined]]
    expect(await found(catalogue, 'identifier.type-approval', ...initial)).toEqual(['warn type-approval.missing'])
    expect(await found(catalogue, 'validity.presence', ours, ['/verificationType', 'subsequent'])).toEqual([
      'warn verification.once-only',
      'warn validity.on-once-only',
    ])
    const place: Change = ['/place/division', '500157']
    expect(await found(builtIn, 'identifier.division', place)).toEqual(['warn division.unknown'])
    expect(await found(catalogue, 'identifier.division', place)).toEqual(['pass identifier.division'])
  })
})

describe('a verdict', () => {
  it('rests on the catalogue of the province that decides, and names it; that of the other province changes nothing', async () => {
    const statement = await world.sign('CD', fixtures.F01.record)
    const ended: Content = { editions: [{ number: 'JJG 517-2016', effectiveOn: '2017-05-30', abolishedOn: '2025-01-01' }] }
    const judged = async (...catalogues: string[][]) =>
      verify(statement, {
        at: AT,
        trust: world.trust,
        agreements: [world.agreement],
        catalogues: await open(catalogues),
        policy: { region: '50' },
      })
    const before = await judged()
    expect(before).toEqual(await verify(statement, { at: AT, trust: world.trust, agreements: [world.agreement], policy: { region: '50' } }))
    expect(await judged(await signed('SC-AMR', ended))).toEqual(before)
    const own = await signed('CQ-AMR', ended)
    const after = await judged(own)
    expect([before.outcome, after.outcome, after.decidedBy]).toEqual(['recognised', 'not-recognised', 'basis.in-force'])
    expect(after.reliedOn).toMatchObject({
      catalogues: [{ id: uscc['CQ-AMR'], version: 1, statementId: await idOf(own) }],
      specifications: [{ number: 'JJG517-2016', source: `catalogue ${uscc['CQ-AMR']} v1` }],
    })
    expect(after.checks.find(({ id }) => id === 'condition.specification-in-force')).toMatchObject({
      status: 'fail',
      code: 'specification.abolished',
    })
    expect(before.reliedOn).not.toHaveProperty('catalogues')
  })
})
