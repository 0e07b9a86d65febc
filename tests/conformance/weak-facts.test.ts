// Why this exists: the built-in tables contain facts from a single weak source, or unverified ones (grade c). Such a fact may
// cause a warning, never a failure; this is tested for each of them.
import {
  builtIn,
  CATALOGUE_SOURCE,
  type Catalogue,
  instrumentCategories,
  intervalsOf,
  overlaid,
  regions,
  specificationEditions,
  type VerificationInterval,
  verificationIntervals,
} from 'tongheng/catalogue'
import { checkRecord } from 'tongheng/conformance'
import { kindOf } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { validityOf } from '../../src/recognition/validity.ts'
import { type Change, change } from '../records/change.ts'

const all = [...verificationIntervals.values()].flat()
const editionOf = (series: string): string =>
  [...specificationEditions.keys()].find((key) => key.startsWith(`${series}-`)) ?? `${series}-2020`
const categoryOf = (series: string): string =>
  [...instrumentCategories.values()].find(({ regulations }) => regulations.includes(series))?.slug ?? 'none'

/** A record to which the interval applies: its regulation, class, size and kind of verification. */
function changesFor({ regulation = '', classes, size, after }: VerificationInterval): readonly Change[] {
  const model = size === undefined ? '示例' : `X-${size.designation}${size.upTo === Infinity ? size.above + 10 : size.upTo}`
  return [
    ['/instrument/category', categoryOf(regulation)],
    ['/instrument/model', model],
    ['/instrument/accuracyClass', classes?.[0]],
    ['/basis', [{ number: editionOf(regulation) }]],
    ['/verificationType', after ?? 'subsequent'],
    ['/verifiedOn', '2025-03-12'],
  ]
}

const found = (changes: readonly Change[], catalogue: Catalogue = builtIn) =>
  checkRecord(change(fixtures.F01.record, ...changes), '', { catalogue }).checks

const failures = (changes: readonly Change[], rows: readonly string[]): string[] =>
  found(changes).flatMap(({ id, status, code }) => (status === 'fail' && rows.includes(id) ? [code] : []))

/** Rows that read the catalogue. */
const ROWS = [
  'validity.interval',
  'validity.presence',
  'identifier.type-approval',
  'identifier.instrument',
  'identifier.division',
  'basis.national-first',
]

describe('an interval of grade c', () => {
  const named = all.map((interval, at) => ({ at, interval, name: `${interval.regulation} ${interval.period ?? interval.manner}` }))

  it.each(named.filter(({ interval }) => interval.period !== undefined))(
    '$at $name warns, with its source; one of a or b fails',
    ({ interval }) => {
      const [check] = found([...changesFor(interval), ['/validUntil', '2099-12-31']]).filter(({ id }) => id === 'validity.interval')
      const applying = intervalsOf(change(fixtures.F01.record, ...changesFor(interval)) as never)
      const isSure = applying.every(({ provenance }) => provenance.grade !== 'c')
      expect(applying.map(({ regulation }) => regulation)).toContain(interval.regulation)
      expect([check?.status, check?.code]).toEqual(isSure ? ['fail', 'validity.too-long'] : ['warn', 'validity.perhaps-too-long'])
      if (isSure) return
      expect(check?.message.zh).toContain(`${CATALOGUE_SOURCE}`)
      expect(check?.message.zh).toContain('可信度 c')
      expect(check?.message.en).toContain('grade c')
      expect(check?.evidence).toMatchObject({ grade: 'c' })
    },
  )

  it('is named with the page that states it', () => {
    const of = (series: string): string | undefined =>
      found([...changesFor(verificationIntervals.get(series)?.at(-1) as VerificationInterval), ['/validUntil', '2099-12-31']]).find(
        ({ id }) => id === 'validity.interval',
      )?.message.zh
    expect(of('JJG443')).toMatch(/据未经核实的资料（catalogue 20\d\d-\d\d: m\.ynkmjykj\.com，可信度 c），JJG 443的检定周期为 6 个月/)
    expect(of('JJG162')).toContain('51dongshi.net，可信度 c')
  })

  it('determines no validity, if of grade c', () => {
    for (const interval of all) {
      const record = change(fixtures.F01.record, ...changesFor(interval), ['/validUntil', undefined])
      const validity = validityOf(record, kindOf(record))
      const isSure = intervalsOf(record as never).every(({ provenance }) => provenance.grade !== 'c')
      expect([interval.regulation, validity !== undefined]).toEqual([interval.regulation, isSure])
    }
  })
})

describe('the regulations of a category, of grade c', () => {
  // In the table JJG 596 applies to electricity meters and JJG 52 does not, so its interval would not be used.
  const both: readonly Change[] = [
    ['/instrument/category', 'energy-meter'],
    ['/instrument/accuracyClass', '1'],
    ['/basis', [{ number: 'JJG 596-2012' }, { number: 'JJG 111-2019' }]],
    ['/verifiedOn', '2025-03-12'],
    ['/validUntil', '2033-03-13'],
  ]
  const verdict = (changes: readonly Change[], catalogue?: Catalogue) =>
    found(changes, catalogue)
      .filter(({ id }) => id === 'validity.interval')
      .map(({ status, code }) => `${status} ${code}`)

  it('do not decide which of two regulations sets the interval', () => {
    expect(verdict([...both, ['/basis', [{ number: 'JJG 596-2012' }]]])).toEqual(['fail validity.too-long'])
    expect(verdict(both)).toEqual(['warn validity.perhaps-too-long'])
  })

  it('decide it where an authority publishes the category', () => {
    const category = { ...instrumentCategories.get('energy-meter'), provenance: { source: 'catalogue 115100000000000000 v1', grade: 'a' } }
    const catalogue = overlaid(builtIn, {
      categories: new Map([['energy-meter', category as never]]),
      editions: new Map(),
      intervals: new Map(),
      divisions: new Set(),
    })
    expect(verdict(both, catalogue)).toEqual(['fail validity.too-long'])
  })
})

describe('the other facts of the tables', () => {
  it('fail no record: control, interval and regulations of each category', () => {
    for (const { slug, regulations } of instrumentCategories.values())
      for (const series of ['JJG517', ...regulations])
        for (const type of ['initial', 'subsequent']) {
          const applying = verificationIntervals.get(series) ?? []
          if (applying.some(({ provenance }) => provenance.grade !== 'c')) continue
          const changes: readonly Change[] = [
            ['/instrument/category', slug],
            ['/instrument/typeApprovalNo', undefined],
            ['/basis', [{ number: editionOf(series) }]],
            ['/verificationType', type],
            ['/verifiedOn', '2025-03-12'],
            ['/validUntil', '2099-12-31'],
          ]
          expect([slug, series, ...failures(changes, ROWS)]).toEqual([slug, series])
        }
  })

  it('fail no record: verified once only', () => {
    const once: readonly Change[] = [
      ['/instrument/category', 'thermometer-clinical-glass'],
      ['/basis', [{ number: 'JJG 111-2019' }]],
      ['/verificationType', 'subsequent'],
    ]
    expect(failures(once, ROWS)).toEqual([])
    expect(
      found(once)
        .filter(({ id }) => id === 'validity.presence')
        .map(({ status }) => status),
    ).toEqual(['warn', 'warn'])
  })

  it('fail no record: which divisions there are, and which is within another', () => {
    const places = [...[...regions.keys()].slice(0, 300), '510199', '500999', '519999']
    for (const division of places) {
      expect(failures([['/place', { kind: 'issuer-premises', division }]], ROWS)).toEqual([])
      const uscc = '11511600008700000A'
      const finding = change(fixtures.F14.record, ['/issuer/uscc', uscc], ['/place/division', division], ['/designation', undefined])
      const failed = checkRecord(finding).checks.filter(({ id, status }) => id === 'finding.jurisdiction' && status === 'fail')
      // Only the digits of the province decide, and they are not an entry of the table.
      expect([division, failed.length]).toEqual([division, division.startsWith('51') ? 0 : 1])
    }
  })
})
