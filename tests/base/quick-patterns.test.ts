// Why this exists: the quick half of a pattern answers instead of it; where it says yes, the pattern must match.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DECIMAL_PATTERN } from '../../src/base/decimal.js'
import { quickPatterns } from '../../src/base/quick-patterns.js'
import { DATE, LINE, PARAGRAPH, SLUG, USCC } from '../../src/base/schema.js'
import { anyText } from '../support/any-text.js'

const NAMES = new Map([
  [LINE, 'LINE'],
  [PARAGRAPH, 'PARAGRAPH'],
  [DATE, 'DATE'],
  [DECIMAL_PATTERN, 'DECIMAL_PATTERN'],
  [SLUG, 'SLUG'],
  [USCC, 'USCC'],
])
/** What the quick half should recognise, so that it is not right by always saying no. */
const RIGHT = new Map([
  [LINE, ['四川省计量院', 'JJG 517-2016', '~ !', 'A']],
  [PARAGRAPH, ['合格 pass', '重庆']],
  [DATE, ['2025-06-16', '2024-02-29']],
  [DECIMAL_PATTERN, ['0', '-0', '0.10', '-12.5', '100', '-4.0', '123456789012345', '0.0000000000001']],
  [SLUG, ['a', 'fuel-dispenser', 'a-b-c']],
  [USCC, ['91350100M000100Y43', '000000000000000000', 'YY123456YYYYYYYYYY']],
])
const patterns = [...quickPatterns].map(([pattern, quick]) => [NAMES.get(pattern) ?? String(pattern), pattern, quick] as const)

const odd = fc.constantFrom(
  ...'\u0000\u0007\t\n\r\u001f\u007f\u0080\u0085\u009f\u00a0\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202e\u2060\u2066\u2069\ufeff\ufffd\u3164\u115f\ufe0f\ud800\udfff一鿿㐀四。，—－０Ａｚ',
)
const near = fc.constantFrom(...'0123456789abcxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._+ /:@[`{~')
const text = fc.oneof(
  fc.string({ unit: fc.oneof({ weight: 5, arbitrary: near }, { weight: 1, arbitrary: odd }), maxLength: 24 }),
  anyText(20),
  fc.string({ unit: fc.constantFrom(...'0123456789.-'), maxLength: 18 }),
  fc.string({ unit: fc.constantFrom(...'az-'), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'0123456789ABHIJNOPRSTUVWXYZ'), minLength: 17, maxLength: 19 }),
  fc
    .tuple(fc.integer({ min: 1890, max: 2110 }), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 33 }))
    .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`),
)

describe('quick patterns', () => {
  it('are held to every pattern they stand for', () => {
    expect(patterns.map(([name]) => name).sort()).toEqual([...NAMES.values()].sort())
    expect([...quickPatterns.keys()].filter((pattern) => pattern.global || pattern.sticky)).toEqual([])
  })

  describe.each(patterns)('%s', (_name, pattern, quick) => {
    it('says yes only where the pattern matches, whatever the text', () => {
      fc.assert(
        fc.property(text, (each) => {
          if (quick(each)) expect([each, pattern.test(each)]).toEqual([each, true])
        }),
        { numRuns: 3000 },
      )
    })

    it('says yes only where the pattern matches, after one change to a right text', () => {
      let yes = 0
      fc.assert(
        fc.property(
          fc.constantFrom(...(RIGHT.get(pattern) ?? [])),
          fc.nat(),
          fc.nat(1),
          fc.oneof(near, odd, fc.constant('')),
          (right, place, remove, insert) => {
            const at = place % (right.length + 1)
            const each = right.slice(0, at) + insert + right.slice(at + remove)
            if (!quick(each)) return
            yes++
            expect([each, pattern.test(each)]).toEqual([each, true])
          },
        ),
        { numRuns: 3000 },
      )
      expect(yes).toBeGreaterThan(20)
    })

    it('says yes to plain texts of its kind', () => {
      for (const right of RIGHT.get(pattern) ?? []) expect([right, quick(right), pattern.test(right)]).toEqual([right, true, true])
    })

    it('says yes to no text without characters', () => {
      expect(quick('')).toBe(false)
    })

    it('says yes to no single character that the pattern refuses', () => {
      for (let unit = 0; unit <= 0xffff; unit++) {
        const each = String.fromCharCode(unit)
        if (quick(each) && !pattern.test(each)) expect(each).toBe('a character the pattern accepts')
      }
    })
  })
})
