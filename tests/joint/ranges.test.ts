// A range is reported as beyond the granted ones only if this is certain: several ranges may cover it together, and a range that cannot be
// compared is undecided.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithinRanges, type StatedRange } from '../../src/joint/ranges.js'

const range = (lower: string | undefined, upper: string | undefined, unit = 'kPa'): StatedRange => ({ lower, upper, unit })
const asked = range('0', '500')

describe('a requested range', () => {
  it.each<[string, readonly StatedRange[], boolean | undefined]>([
    ['one that is wider', [range('-100', '600')], true],
    ['one that is equal, in another unit', [range('0', '0.5', 'MPa')], true],
    ['two that touch', [range('100', '500'), range('0', '100')], true],
    ['three that overlap, in any order and unit', [range('0.3', '0.6', 'MPa'), range('-1', '200'), range('150', '400')], true],
    ['one without a lower bound', [range(undefined, '500')], true],
    ['one without any bound', [range(undefined, undefined)], true],
    ['two with a gap', [range('0', '99.9'), range('100', '500')], false],
    ['one that is too short', [range('0', '499.9')], false],
    ['one that lies beside it', [range('600', '700')], false],
    ['one that ends where it begins', [range('-100', '0')], false],
    ['none', [], undefined],
    ['one in a unit of another kind', [range('0', '500', 'kg')], undefined],
    ['one that holds it beside another that cannot be compared', [range('0', '500'), range('0', '1', 'kg')], true],
    ['one with an end that is no number', [range('0', 'a lot')], undefined],
  ])('is compared correctly with %s', (_, granted, expected) => {
    expect(isWithinRanges(asked, granted)).toBe(expected)
  })

  it.each<[StatedRange, boolean | undefined]>([
    [range(undefined, '500'), undefined],
    [range(undefined, '501'), false],
    [range('0', undefined), undefined],
    [range('-1', undefined), false],
    [range(undefined, undefined), undefined],
    [range('0', '500', 'parsec of old'), undefined],
  ])('with an end that is not stated is undecided unless the other is outside: %j', (one, expected) => {
    expect(isWithinRanges(one, [range('0', '500')])).toBe(expected)
  })

  it('is within the pieces of a range that covers it, however that is cut', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: -50, max: 650 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(cuts, fc.integer({ min: 0, max: 7 }), (points, left) => {
        const ends = [-100, ...points.sort((a, b) => a - b), 700]
        const pieces = ends.slice(1).map((end, at) => range(`${ends[at]}`, `${end}`))
        expect(isWithinRanges(asked, pieces)).toBe(true)
        // Without a piece that the range needs, it is not covered.
        const at = left % pieces.length
        const [low, high] = [ends[at] as number, ends[at + 1] as number]
        const isNeeded = Math.max(low, 0) < Math.min(high, 500)
        expect(isWithinRanges(asked, pieces.toSpliced(at, 1))).toBe(pieces.length === 1 ? undefined : !isNeeded)
      }),
    )
  })
})
