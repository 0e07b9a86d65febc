// Why this exists: “这台能不能用” is answered by signed records alone. A match that is not certain must be named, never guessed; a forged,
// failed or revoked certificate must never make an instrument usable.
import { signLabel, verifyLabel } from 'tongheng/label'
import { type LedgerLine, type LedgerStatement, type MatchedLine, match } from 'tongheng/ledger'
import type { CalibrationResult, VerificationRecord } from 'tongheng/records'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'

const GAUGE = (fixtures.F08.record as CalibrationResult).certificateNo

let world: FakeAuthorities
let F01: string
let F02: string
let F08: string
beforeAll(async () => {
  world = await createFakeAuthorities()
  F01 = await world.sign('CD', fixtures.F01.record)
  F02 = await world.sign('YB', fixtures.F02.record)
  F08 = await world.sign('CQ-INST', fixtures.F08.record)
})

const line = (members: Partial<LedgerLine>): LedgerLine => ({ kind: 'ledger-entry', version: 1, at: { sheet: '台账', row: 2 }, ...members })
const taxi = (members: Partial<LedgerLine> = {}): LedgerLine =>
  line({ name: '计价器', category: { slug: 'taximeter' }, serialNumber: 'TX9A2303117', ...members })
const gauge = (members: Partial<LedgerLine> = {}): LedgerLine =>
  line({ name: '精密压力表', category: { slug: 'pressure-gauge' }, serialNumber: 'YB2209016', ...members })
const files = (...signed: string[]): LedgerStatement[] => signed.map((one, at) => ({ file: `${at}.jws`, signed: one }))
const options = (at = DEMONSTRATION_TIME, region = '50') => ({ at, trust: world.trust, agreements: [world.agreement], policy: { region } })
const only = async (one: LedgerLine, statements: LedgerStatement[], at?: string): Promise<MatchedLine> =>
  (await match([one], statements, options(at))).lines[0] as MatchedLine

describe('an instrument of a ledger', () => {
  it('is usable by a verification that is recognised and in force', async () => {
    expect(await only(taxi(), files(F01, F02))).toMatchObject({
      use: 'usable',
      outcome: 'recognised',
      certificate: { number: '川计检字20250312-00417', file: '0.jws' },
      by: ['serialNumber'],
      reason: { code: 'ledger.use-valid' },
      differences: [],
    })
  })

  it('is not usable from the day after its validity', async () => {
    const short = await world.sign('CD', { ...(fixtures.F01.record as VerificationRecord), validUntil: '2025-06-16' })
    expect((await only(taxi(), files(short), '2025-06-16T23:00:00+08:00')).use).toBe('usable')
    expect(await only(taxi(), files(short), '2025-06-17T00:00:00+08:00')).toMatchObject({ use: 'not-usable' })
  })

  it('is not usable once it failed, whatever the ledger says', async () => {
    const failed = line({
      name: '计价器',
      category: { slug: 'taximeter' },
      serialNumber: '230900777',
      last: { result: { text: '合格', value: 'pass' } },
    })
    const found = await only(failed, files(F02))
    expect(found).toMatchObject({ use: 'not-usable', reason: { code: 'ledger.use-failed' } })
    expect(found.differences.map(({ code, zh }) => [code, zh])).toEqual([
      ['ledger.differs', '检定结果：台账为 合格，证书 渝检通2025-0098 为 不合格'],
    ])
  })

  it('is not usable by a forged certificate, which is not matched', async () => {
    const [head, , signature] = F01.split('.')
    const forged = `${head}.${Buffer.from(JSON.stringify({ iss: organisation('CD').uscc })).toString('base64url')}.${signature}`
    const list = await match([taxi()], files(forged), options())
    expect(list.lines[0]).toMatchObject({ use: 'undecided', reason: { code: 'ledger.use-none' } })
    expect(list.unread).toHaveLength(1)
  })

  it('is undecided beside a failure whose signature cannot be judged, and beside a genuine failure not usable', async () => {
    const other = await createFakeAuthorities()
    const failure = {
      ...(fixtures.F01.record as VerificationRecord),
      certificateNo: '川检通-1',
      outcome: 'fail' as const,
      verifiedOn: '2025-05-01',
    }
    const { validUntil: _, ...notice } = failure
    // A key that the trust list lacks: the verifier cannot decide whether it is genuine.
    const unknown = await other.sign('CD', notice)
    expect((await only(taxi(), files(F01, unknown))).use).not.toBe('usable')
    expect((await only(taxi(), files(F01, await world.sign('CD', notice)))).use).toBe('not-usable')
  })

  it('out of use in the ledger is not usable', async () => {
    expect(await only(taxi({ state: { text: '封存', value: 'sealed-off' } }), files(F01))).toMatchObject({
      use: 'not-usable',
      reason: { code: 'ledger.use-state' },
    })
  })

  it('with a calibration needs a comparison with its requirement', async () => {
    expect(await only(gauge(), files(F08))).toMatchObject({ use: 'undecided', reason: { code: 'ledger.use-calibration-only' } })
    const requirement = (limit: string): LedgerLine['requirement'] => ({
      points: { text: '4MPa', values: [{ value: '4', unit: 'MPa' }] },
      accuracy: { text: `±${limit}MPa`, limits: { lower: `-${limit}`, upper: limit, unit: 'MPa' } },
    })
    expect(await only(gauge({ requirement: requirement('0.04') }), files(F08))).toMatchObject({
      use: 'usable',
      confirmation: { outcome: 'confirmed' },
    })
    expect(await only(gauge({ requirement: requirement('0.003') }), files(F08))).toMatchObject({ use: 'not-usable' })
    expect(await only(gauge({ requirement: requirement('0.012') }), files(F08))).toMatchObject({ use: 'undecided' })
    const mandatory = gauge({ requirement: requirement('0.04'), mandatory: { text: '是', value: 'yes' } })
    expect(await only(mandatory, files(F08))).toMatchObject({ use: 'not-usable', reason: { code: 'ledger.use-mandatory' } })
    const overdue = gauge({ requirement: requirement('0.04'), interval: { text: '1个月', period: 'P1M' } })
    expect(await only(overdue, files(F08))).toMatchObject({ use: 'not-usable', reason: { code: 'ledger.use-interval' } })
  })
})

describe('a certificate', () => {
  it('is found by its number, and by the plate', async () => {
    expect((await only(line({ name: '计价器', last: { number: '川计检字20250312－00417' } }), files(F01))).by).toEqual(['certificateNo'])
    expect((await only(line({ name: '计价器', plate: '川A T0001' }), files(F01))).by).toEqual(['plate'])
  })

  it('of the number that the ledger names, but of another instrument, is not its certificate', async () => {
    expect(await only(taxi({ serialNumber: 'OTHER-1', last: { number: '川计检字20250312-00417' } }), files(F01))).toMatchObject({
      use: 'undecided',
      reason: { code: 'ledger.use-other-instrument' },
      differences: [{ code: 'ledger.differs' }],
    })
  })

  it('of the same serial number and another maker, model or category is of another instrument', async () => {
    // A narrower category is the same instrument, and so is one that its model shows.
    expect((await only(gauge({ category: { slug: 'pressure-gauge-precision' } }), files(F08))).certificate).toBeDefined()
    expect((await only(taxi({ model: 'TX-9A', category: { slug: 'water-meter' } }), files(F01))).certificate).toBeDefined()
    for (const members of [{ manufacturer: '上海某厂' }, { model: 'ZZ-1' }, { category: { slug: 'water-meter' } }])
      expect(await only(taxi(members), files(F01))).toMatchObject({ use: 'undecided', reason: { code: 'ledger.use-none' } })
  })

  it('found only by a serial number decides nothing', async () => {
    expect(await only(line({ name: '某表', serialNumber: 'TX9A2303117' }), files(F01))).toMatchObject({
      reason: { code: 'ledger.use-serial-only' },
    })
    expect(await only(line({ name: '某表', serialNumber: 'TX9A2303117', model: 'TX-9A' }), files(F01))).toMatchObject({ use: 'usable' })
  })

  it('that may belong to two lines or two instruments is reported, and assigned to neither', async () => {
    const twice = await match([taxi(), taxi({ at: { sheet: '台账', row: 9 } })], files(F01), options())
    for (const one of twice.lines) expect(one).toMatchObject({ use: 'undecided', reason: { code: 'ledger.use-line-twice' } })
    const both = await only(taxi({ last: { number: GAUGE }, serialNumber: 'TX9A2303117', category: {} }), files(F01, F08))
    expect(both.use).toBe('undecided')
  })

  it('that matches no line is listed, and a duplicate counts once', async () => {
    const list = await match([taxi()], files(F01, F01, F08), options())
    expect(list.unmatched.map(({ number }) => number)).toEqual([GAUGE])
    expect(list.lines[0]?.use).toBe('usable')
    expect(list.counts).toEqual({ usable: 1, 'not-usable': 0, undecided: 0 })
  })

  it('that differs from the line is reported, and the certificate decides', async () => {
    const last = {
      number: '川计检字20250312-00417',
      date: { text: '2025-03-11', date: '2025-03-11' },
      validUntil: { text: '2026-03-12', date: '2026-03-12' },
    }
    const { differences, use } = await only(taxi({ last }), files(F01))
    expect(use).toBe('usable')
    expect(differences.map(({ zh }) => zh)).toEqual([
      '检定日期：台账为 2025-03-11，证书 川计检字20250312-00417 为 2025-03-12',
      '有效期至：台账为 2026-03-12，证书 川计检字20250312-00417 为 2026-03-11',
    ])
    expect((await only(taxi({ last: { number: '旧-1' } }), files(F01))).differences).toMatchObject([{ code: 'ledger.newer-certificate' }])
  })

  it('is not assigned to a line with a quantity, or without a number', async () => {
    expect(await only(taxi({ quantity: { text: '2', value: 2 } }), files(F01))).toMatchObject({
      use: 'undecided',
      reason: { code: 'ledger.use-many' },
    })
    expect(await only(line({ name: '压力表' }), files(F01))).toMatchObject({ reason: { code: 'ledger.use-no-number' } })
  })
})

describe('a maker or a model', () => {
  const CERTIFICATE = fixtures.F01.record as VerificationRecord
  const made = async (marks: Partial<VerificationRecord['instrument']>, ours: Partial<LedgerLine>): Promise<MatchedLine> => {
    const { manufacturer: _, model: __, ...instrument } = CERTIFICATE.instrument
    const signed = await world.sign('CD', { ...CERTIFICATE, instrument: { ...instrument, ...marks } } as VerificationRecord)
    // Without a category, only maker and model can agree.
    return only(line({ name: '表', serialNumber: 'TX9A2303117', ...ours }), files(signed))
  }
  it.each([
    ['上', '上海自动化仪表有限公司'],
    ['上海', '上海自动化仪表有限公司'],
    ['仪表厂', '成都红旗仪表厂'],
    ['有限公司', '成都红旗仪表有限公司'],
  ])('%s, which is in the names of many, does not agree with %s', async (ours, theirs) => {
    expect(await made({ manufacturer: theirs }, { manufacturer: ours })).toMatchObject({
      use: 'undecided',
      reason: { code: 'ledger.use-serial-only' },
    })
  })

  it.each([
    ['红旗仪表', '成都红旗仪表有限公司'],
    ['西门子', '西门子（中国）有限公司'],
    ['ABB', 'ABB(中国)有限公司'],
    ['ABB', 'CRABBE(ABB)有限公司'],
  ])('%s agrees with %s', async (ours, theirs) => {
    expect(await made({ manufacturer: theirs }, { manufacturer: ours })).toMatchObject({ use: 'usable', by: ['serialNumber'] })
  })

  it.each([
    ['manufacturer', 'ABB', 'CRABBE有限公司'],
    ['model', 'Y-10', 'Y-100'],
  ])('as %s %s is another one than %s', async (field, ours, theirs) => {
    expect(await made({ [field]: theirs }, { [field]: ours })).toMatchObject({ use: 'undecided', reason: { code: 'ledger.use-none' } })
  })

  it('Y-100 is the model Y-100 (0~4), and Y is unclear', async () => {
    expect(await made({ model: 'Y-100 (0~4)' }, { model: 'Y-100' })).toMatchObject({ use: 'usable' })
    expect(await made({ model: 'Y-100 (0~4)' }, { model: 'Y' })).toMatchObject({ reason: { code: 'ledger.use-serial-only' } })
  })
})

describe('a label', () => {
  const labelled = async (record: VerificationRecord, members: Partial<LedgerLine> = {}, statements: string[] = [], at?: string) => {
    const signed = await world.sign('CD', record)
    const { signed: label } = await signLabel(signed, { signers: [world.signer('CD')], at: `${record.verifiedOn}T17:00:00+08:00` })
    const labels = [{ file: 'label.jws', verdict: await verifyLabel(label, options(at)) }]
    return { signed, list: await match([taxi(members)], files(...statements), options(at), labels) }
  }
  const record = (): VerificationRecord => fixtures.F01.record as VerificationRecord

  it('decides if its record was not given, and says so', async () => {
    const { list } = await labelled(record())
    expect(list.lines[0]).toMatchObject({
      use: 'usable',
      by: ['serialNumber'],
      label: { file: 'label.jws' },
      reason: { code: 'ledger.use-label' },
    })
    expect(list.lines[0]).not.toHaveProperty('certificate')
  })

  it('does not decide if its record was given', async () => {
    const { signed } = await labelled(record())
    const { list } = await labelled(record(), {}, [F01, signed])
    expect(list.lines[0]).toMatchObject({ use: 'usable', reason: { code: 'ledger.use-valid' } })
    expect([list.lines[0]?.label, list.unmatchedLabels]).toEqual([undefined, []])
  })

  it('that is newer than the given record decides', async () => {
    const newer = { ...record(), certificateNo: '川计检字20250601-00001', verifiedOn: '2025-06-01', validUntil: '2026-05-31' }
    const { list } = await labelled(newer, {}, [F01])
    expect(list.lines[0]).toMatchObject({ label: { number: '川计检字20250601-00001' } })
  })

  it('does not decide for another instrument, and is listed as unmatched', async () => {
    const { list } = await labelled(record(), { serialNumber: 'TX0000000' })
    expect(list.lines[0]).toMatchObject({ use: 'undecided', reason: { code: 'ledger.use-none' } })
    expect(list.unmatchedLabels.map(({ file }) => file)).toEqual(['label.jws'])
  })

  it('is not usable from the day after its validity', async () => {
    const { list } = await labelled({ ...record(), validUntil: '2025-06-16' }, {}, [], '2025-06-17T00:00:00+08:00')
    expect(list.lines[0]).toMatchObject({ use: 'not-usable' })
  })

  it('cannot meet a requirement, because it has no results', async () => {
    const { list } = await labelled(record(), {
      requirement: { accuracy: { text: '±2%', limits: { lower: '-2', upper: '2', unit: '%' } } },
    })
    expect(list.lines[0]).toMatchObject({ use: 'undecided', reason: { code: 'ledger.use-label-results' } })
  })

  it('that is forged is not matched', async () => {
    const signed = await world.sign('CD', record())
    const { signed: label } = await signLabel(signed, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
    const [head, , signature] = String(label).split('.')
    const forged = `${head}.${Buffer.from(JSON.stringify({ iss: organisation('CD').uscc })).toString('base64url')}.${signature}`
    const list = await match([taxi()], [], options(), [{ file: 'label.jws', verdict: await verifyLabel(forged, options()) }])
    expect(list.lines[0]?.use).toBe('undecided')
    expect(list.unread.map(({ file }) => file)).toEqual(['label.jws'])
  })
})

describe('200,000 lines of one serial number', () => {
  it('are reported as many, with five examples, after one search', async () => {
    const lines = Array.from({ length: 200_000 }, (_, at) => taxi({ at: { sheet: '台账', row: at + 2 } }))
    const { lines: matched, counts } = await match(lines, files(F01), options())
    expect(counts).toEqual({ usable: 0, 'not-usable': 0, undecided: 200_000 })
    expect(matched[199_999]?.reason).toMatchObject({
      code: 'ledger.use-line-twice',
      zh: '证书 川计检字20250312-00417 也与 台账:2、台账:3、台账:4、台账:5、台账:6 等 200000 行 相符，不能确定是哪一行',
    })
  })
})
