// Why this exists: the small pieces under everything else have no other test that would name them when they break.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { concat } from '../../src/base/concat.js'
import { excerpt } from '../../src/base/excerpt.js'
import { VERSION } from '../../src/base/version.js'

describe('concat', () => {
  it('is the parts one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 6 }), (parts) => {
        const flat = parts.flatMap((part) => [...part])
        expect([...concat(parts, flat.length)]).toEqual(flat)
      }),
    )
  })

  it('refuses a length that the parts do not fit', () => {
    expect(() => concat([Uint8Array.of(1, 2)], 1)).toThrow(RangeError)
  })
})

describe('excerpt', () => {
  it('is the text itself where it is short enough', () => {
    expect(excerpt('四川😀', 4)).toBe('四川😀')
    expect(excerpt('', 0)).toBe('')
  })

  it('is the longest beginning within the limit that ends between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer({ min: 0, max: 40 }), (text, most) => {
        const cut = excerpt(text, most)
        expect(text.startsWith(cut)).toBe(true)
        expect(cut).not.toMatch(/\p{Surrogate}/u)
        expect(cut.length).toBeLessThanOrEqual(most)
        expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1)
      }),
    )
    expect(excerpt('ab😀', 3)).toBe('ab')
  })
})

describe('VERSION', () => {
  it('is that of package.json', () => {
    expect(VERSION).toBe(packageJson.version)
  })
})
