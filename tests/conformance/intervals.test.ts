// Why this exists: an interval depends on the regulation, the class and the kind of verification. Using that of the category
// accepted gauges under JJG 52 for a year.
import { intervalsOf } from 'tongheng/catalogue'
import { checkRecord } from 'tongheng/conformance'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

interface Case {
  readonly category: string
  readonly regulation: string
  /** Last permitted day of validity for a verification on 2025-03-12. */
  readonly last: string
  readonly weight: 'fail' | 'warn'
  readonly type?: 'initial' | 'subsequent'
  readonly accuracyClass?: string
  readonly model?: string
}

const cases: readonly Case[] = [
  { category: 'pressure-gauge', regulation: 'JJG 52-2013', last: '2025-09-12', weight: 'warn' },
  { category: 'pressure-gauge', regulation: 'JJG 49-2013', last: '2026-03-12', weight: 'warn' },
  { category: 'gauge-of-our-own', regulation: 'JJG 52-2013', last: '2025-09-12', weight: 'warn' },
  { category: 'fuel-dispenser', regulation: 'JJG 443-2023', last: '2025-09-12', weight: 'warn' },
  { category: 'radar-fixed', regulation: 'JJG 527-2015', last: '2026-03-12', weight: 'warn' },
  { category: 'radar-mobile', regulation: 'JJG 528-2015', last: '2026-03-12', weight: 'warn' },
  { category: 'water-meter', regulation: 'JJG 162-2019', last: '2031-03-12', weight: 'fail', model: 'LXS-DN25' },
  { category: 'water-meter', regulation: 'JJG 162-2019', last: '2029-03-12', weight: 'fail', model: 'LXS-DN50' },
  { category: 'water-meter', regulation: 'JJG 162-2019', last: '2027-03-12', weight: 'warn', model: 'LXS-DN80' },
  // Without a size it may be above DN 50, whose interval only a weak source states.
  { category: 'water-meter', regulation: 'JJG 162-2019', last: '2031-03-12', weight: 'warn' },
  { category: 'energy-meter', regulation: 'JJG 596-2012', last: '2031-03-12', weight: 'fail', accuracyClass: '0.5S 级' },
  { category: 'energy-meter', regulation: 'JJG 596-2012', last: '2033-03-12', weight: 'fail', accuracyClass: '2 级' },
  { category: 'energy-meter', regulation: 'JJG 596-2012', last: '2033-03-12', weight: 'warn', accuracyClass: 'B 级' },
  // Without a class it may be one that no available source mentions.
  { category: 'energy-meter', regulation: 'JJG 596-2012', last: '2033-03-12', weight: 'warn' },
  { category: 'road-tanker', regulation: 'JJG 133-2016', last: '2026-03-12', weight: 'warn', type: 'initial' },
  { category: 'road-tanker', regulation: 'JJG 133-2016', last: '2027-03-12', weight: 'warn', type: 'subsequent' },
  // A regulation outside the category is not considered: the interval of the category applies.
  { category: 'taximeter', regulation: 'JJG 52-2013', last: '2026-03-12', weight: 'warn' },
]

const found = ({ category, regulation, type = 'subsequent', accuracyClass, model = '示例' }: Case, validUntil: string): string[] =>
  checkRecord(
    change(
      fixtures.F01.record,
      ['/instrument/category', category],
      ['/instrument/accuracyClass', accuracyClass],
      ['/instrument/model', model],
      ['/basis', [{ number: regulation }]],
      ['/verificationType', type],
      ['/verifiedOn', '2025-03-12'],
      ['/validUntil', validUntil],
    ),
  )
    .checks.filter(({ id }) => id === 'validity.interval')
    .map(({ status, code }) => `${status} ${code}`)

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

describe('the interval', () => {
  it.each(cases)('of $category by $regulation $type $accuracyClass $model ends on $last', (one) => {
    expect(found(one, one.last)).toEqual(['pass validity.interval'])
    expect(found(one, dayAfter(one.last))).toEqual([one.weight === 'fail' ? 'fail validity.too-long' : 'warn validity.perhaps-too-long'])
  })

  it('is named in the message with its regulation and its kind', () => {
    const record = change(
      fixtures.F01.record,
      ['/instrument/category', 'water-meter'],
      ['/basis', [{ number: 'JJG 162-2019' }]],
      ['/instrument/model', 'LXS-DN20'],
      ['/validUntil', '2035-01-01'],
    )
    expect(checkRecord(record).checks.find(({ code }) => code === 'validity.too-long')?.message.zh).toBe(
      '有效期至 2035-01-01 超过JJG 162的使用期限（6 年），最迟为 2031-03-12',
    )
  })

  it('is absent for a thermometer that is verified once', () => {
    const instrument = { category: 'thermometer-clinical-glass' }
    const [interval] = intervalsOf({ basis: [{ number: 'JJG 111-2019' }], verificationType: 'initial', instrument })
    expect(interval).toMatchObject({ manner: 'initial-only', provenance: { grade: 'b' } })
    expect(interval).not.toHaveProperty('period')
    const record = change(
      fixtures.F01.record,
      ['/instrument/category', instrument.category],
      ['/basis', [{ number: 'JJG 111-2019' }]],
      ['/verificationType', 'initial'],
      ['/validUntil', undefined],
    )
    expect(checkRecord(record).checks.filter(({ id }) => id === 'validity.presence')).toMatchObject([{ status: 'pass' }])
  })
})
