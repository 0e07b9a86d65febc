// Why this exists: the fast pre-check answers instead of the pattern; if it accepts a text, the pattern must match.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DECIMAL_PATTERN } from '../../src/base/decimal.js'
import { DATE, LINE, PARAGRAPH, SLUG, USCC } from '../../src/base/patterns.js'
import { quickPatterns } from '../../src/base/quick-patterns.js'
import { anyText } from '../support/any-text.js'

const NAMES = new Map([
  [LINE, 'LINE'],
  [PARAGRAPH, 'PARAGRAPH'],
  [DATE, 'DATE'],
  [DECIMAL_PATTERN, 'DECIMAL_PATTERN'],
  [SLUG, 'SLUG'],
  [USCC, 'USCC'],
])
/** Texts that the pre-check must accept: a pre-check that rejects everything would be correct but useless. */
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
  it('are compared with every pattern they replace', () => {
    expect(patterns.map(([name]) => name).sort()).toEqual([...NAMES.values()].sort())
    expect([...quickPatterns.keys()].filter((pattern) => pattern.global || pattern.sticky)).toEqual([])
  })

  describe.each(patterns)('%s', (_name, pattern, quick) => {
    it('accepts only what the pattern matches, for any text', () => {
      fc.assert(
        fc.property(text, (each) => {
          if (quick(each)) expect([each, pattern.test(each)]).toEqual([each, true])
        }),
        { numRuns: 3000 },
      )
    })

    it('accepts only what the pattern matches, after one change to a valid text', () => {
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

    it('accepts plain texts of its kind', () => {
      for (const right of RIGHT.get(pattern) ?? []) expect([right, quick(right), pattern.test(right)]).toEqual([right, true, true])
    })

    it('accepts no empty text', () => {
      expect(quick('')).toBe(false)
    })

    it('accepts no single character that the pattern rejects', () => {
      for (let unit = 0; unit <= 0xffff; unit++) {
        const each = String.fromCharCode(unit)
        if (quick(each) && !pattern.test(each)) expect(each).toBe('a character the pattern accepts')
      }
    })
  })
})
