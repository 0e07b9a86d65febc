// Why this exists: a metrologist found legal and technical errors in the first release. Each test has the correct value and the
// number in that list (A1, B10, …), to prevent regressions.
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { adviseUnit, instrumentCategories, isListedDivision, specificationEditions, unitOf } from 'tongheng/catalogue'
import { checkRecord, rules } from 'tongheng/conformance'
import { recognitionRows } from 'tongheng/recognition'
import type { SupervisionFinding, TypeApproval, VerificationRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'

const SCHEMAS = resolve(import.meta.dirname, '../../schemas')
const schemas = readdirSync(SCHEMAS)
  .filter((name) => name.endsWith('.v1.json'))
  .map((name) => readFileSync(resolve(SCHEMAS, name), 'utf8'))
  .join('\n')
const bases = [...rules, ...recognitionRows].map(({ basis }) => basis).join('\n')
const basisOf = (id: string): string | undefined => [...rules, ...recognitionRows].find((row) => row.id === id)?.basis
const found = (id: string, record: Parameters<typeof change>[0], ...changes: readonly Change[]): string[] =>
  checkRecord(change(record, ...changes))
    .checks.filter((check) => check.id === id)
    .map(({ status, code }) => `${status} ${code}`)
const { F01, F06, F09, F14, F15 } = fixtures

describe('the legal basis', () => {
  it('A1: is 国家计量技术规范管理办法 of 2024, never the 办法 that it replaced', () => {
    expect(basisOf('basis.in-force')).toBe('计量法 第十条; 国家计量技术规范管理办法')
    expect(bases + schemas).not.toContain('国家计量检定规程管理办法')
  })

  it('A2, A3: of a finding is 计量法 第二十五条至第二十七条, and of an inspection 第十八条', () => {
    expect(schemas).toContain('计量法 第九条、第二十五条至第二十七条')
    expect(schemas).toContain('计量法 第十八条; 计量法实施细则')
    expect(bases + schemas).not.toMatch(/第二十六条至第二十八条|计量法 第十九条/)
  })

  it('A18: of an error is 5.3, for 5.18 is the uncertainty', () => {
    expect(bases).toMatch(/JJF 1001—2011 5\.3/)
    expect(bases).not.toMatch(/\b5\.18\b/)
  })

  it('A19: of a technical specification is a document that exists', () => {
    expect(bases + schemas).not.toContain('地方计量技术规范管理')
    expect(schemas).toContain('国家计量技术规范管理办法; 计量法 第十条')
  })

  it('B9: of a validity that has passed is the ban on use, 计量法实施细则 第二十二条', () => {
    expect(basisOf('record.validity')).toContain('计量法实施细则 第二十二条')
  })

  it('A12: the message about purposes mentions the list of instruments', () => {
    expect(schemas).toContain('用于前四种用途且列入《实施强制管理的计量器具目录》的工作计量器具')
    expect(schemas).not.toContain('前五种为强制检定')
  })
})

describe('the tables', () => {
  it('A4: have 热量表 by JJG 225-2024, in force from 2025-04-19', () => {
    expect(instrumentCategories.get('heat-meter')?.name.zh).toBe('热量表（热能表）')
    expect(specificationEditions.get('JJG225-2024')).toMatchObject({ title: '热量表', effectiveOn: '2025-04-19' })
    expect(specificationEditions.get('JJG225-2001')).toMatchObject({ abolishedOn: '2025-04-19', replacedBy: ['JJG 225-2024'] })
  })

  it('A7, A8, B1, B2: have the titles and days of chargers, transformers, taximeter systems and indicators', () => {
    for (const [key, title] of [
      ['JJG1148-2022', '电动汽车交流充电桩（试行）'],
      ['JJG1149-2022', '电动汽车非车载充电机（试行）'],
    ] as const)
      expect(specificationEditions.get(key)).toMatchObject({ title, effectiveOn: '2022-12-28' })
    expect(specificationEditions.get('JJG1189.3-2022')).toMatchObject({ effectiveOn: '2023-06-07' })
    expect(instrumentCategories.get('instrument-transformer')?.regulations).toEqual(['JJG313', 'JJG314', 'JJG1189.3', 'JJG1189.4'])
    expect(specificationEditions.get('JJG738-2024')?.title).toBe('出租汽车计价器检定装置')
    expect(specificationEditions.get('JJG649-2016')?.title).toBe('数字称重显示器（称重指示器）')
  })

  it('A9: have four electromedical instruments in place of one', () => {
    for (const slug of ['audiometer', 'electrocardiograph', 'electroencephalograph', 'patient-monitor'])
      expect(instrumentCategories.get(slug)?.partOf).toBe('medical-electrical')
    expect(instrumentCategories.get('patient-monitor')?.regulations).toEqual(['JJG1163', 'JJG760'])
  })

  it('A11: include the counties of Sichuan; no message states that a code does not exist', () => {
    expect(isListedDivision('510104')).toBe(true)
    const place = (division: string): Change => ['/place', { kind: 'issuer-premises', division }]
    expect(found('identifier.division', F01.record, place('510104'))).toEqual(['pass identifier.division'])
    const unknown = checkRecord(change(F01.record, place('510199'))).checks.find(({ id }) => id === 'identifier.division')
    expect(unknown?.message.zh).toMatch(/本软件未收录/)
    expect(unknown?.message.zh).not.toMatch(/没有行政区划代码/)
  })
})

describe('rules and fixtures', () => {
  it('A13: every verification needs a JJG among its bases, beside which a JJF does no harm', () => {
    const of = (purpose: string, ...numbers: string[]) =>
      found('basis.regulation', F01.record, ['/purpose', purpose], ['/basis', numbers.map((number) => ({ number }))])
    expect(of('other', 'JJF 1094-2002')).toEqual(['fail basis.not-regulation'])
    expect(of('trade', 'JJG 517-2016', 'JJF 1059.1-2012')).toEqual(['pass basis.regulation'])
  })

  it('A14: a weight is accepted with a guard band', () => {
    expect((F09.record as VerificationRecord).decisionRule).toMatchObject({ rule: 'guarded-acceptance', guardBand: 'expanded-uncertainty' })
  })

  it('A15: a type approval is for a manufacturer, by a specification of type evaluation', () => {
    const { applicant, basis } = F15.record as TypeApproval
    expect(applicant.name).not.toMatch(/出租/)
    expect(basis.map(({ number }) => number)).toEqual(['JJF 1015-2014'])
  })

  it('A16: the measure after a joint inspection is that of the bureau of the place', () => {
    const { issuer, place } = F14.record as SupervisionFinding
    expect(issuer.uscc.slice(2, 6)).toBe(place.division?.slice(0, 4))
    expect(found('finding.jurisdiction', F14.record, ['/issuer/uscc', '11500000MB1A678983'])).toEqual(['fail finding.outside-jurisdiction'])
  })

  it('A17: a reference material has the number of its certificate, and no assessment', () => {
    const materials = (F06.record as VerificationRecord).standards.filter(({ name }) => name.includes('标准物质'))
    expect(materials).toHaveLength(1)
    expect(materials[0]).not.toHaveProperty('assessment')
    expect(materials[0]?.number).toMatch(/^GBW\(E\)/)
  })
})

describe('units', () => {
  it('A10: 公斤 and 公里 are legal names, but not codes', () => {
    for (const [word, code] of [
      ['公斤', 'kg'],
      ['公里', 'km'],
    ] as const)
      expect(adviseUnit(word)).toMatchObject({ code: 'unit.printed-symbol', params: { code } })
  })

  it('B10: the carat of the jewellery trade is a hint', () => {
    for (const carat of ['[car_m]', 'ct', '克拉']) expect(adviseUnit(carat)?.code).toBe('unit.customary')
    expect(rules.find(({ codes }) => 'unit.customary' in codes)?.codes).toMatchObject({ 'unit.customary': 'warn' })
  })

  it('C: units used on certificates are accepted, or the code to write is advised', () => {
    for (const code of ['var', 'kvar.h', '[pH]']) expect(unitOf(code)).toBeDefined()
    const answers = Object.fromEntries(
      ['D', '[diop]', 'NTU', 'HRC', 'ppb', 'Nm3/h', 'imp/kW.h'].map((unit) => [unit, adviseUnit(unit)?.params?.code]),
    )
    expect(answers).toEqual({
      D: 'm-1',
      '[diop]': 'm-1',
      NTU: '{NTU}',
      HRC: '{HRC}',
      ppb: '[ppb]',
      'Nm3/h': 'm3/h',
      'imp/kW.h': '{imp}/(kW.h)',
    })
    expect(adviseUnit('度')?.code).toBe('unit.ambiguous')
  })
})
