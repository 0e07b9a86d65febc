// Why this exists: a follower stores only these few hashes of a log; if they yielded another root, it would accept another log.
import fc from 'fast-check'
import { emptyRange, growRange, type Hash, nodeHash, readRange, rootOf, rootOfRange, writeRange } from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { faultOf } from '../base/fault.js'
import { hex, leavesOf, naive, sameLeaves } from './trees.js'

const leaves = leavesOf(600)
const ones = (n: number): number => n.toString(2).replaceAll('0', '').length

describe('a compact range', () => {
  it('has the root of the definition at every size, and one hash for each binary 1', () => {
    let range = emptyRange
    for (let size = 0; size <= 260; size++) {
      expect([size, hex(rootOfRange(range)), range.hashes.length]).toEqual([size, hex(naive(leaves.slice(0, size))), ones(size)])
      range = growRange(range, leaves.slice(size, size + 1))
    }
  })

  it('is the same in any number of steps, does not modify its input, and can be written and read at each step', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 8 }), (steps) => {
        let range = emptyRange
        for (const step of steps) {
          const before = writeRange(range)
          const grown = growRange(readRange(before), leaves.slice(range.size, range.size + step))
          growRange(range, leaves.slice(range.size, range.size + step))
          expect(writeRange(range)).toBe(before)
          range = grown
        }
        const size = Math.min(
          600,
          steps.reduce((sum, step) => sum + step, 0),
        )
        expect(writeRange(range)).toBe(writeRange(growRange(emptyRange, leaves.slice(0, size))))
      }),
    )
  })

  it('accepts leaves from a generator', () => {
    function* some(): Generator<Hash> {
      yield* leaves.slice(0, 3)
    }
    expect(hex(rootOfRange(growRange(emptyRange, some())))).toBe(hex(naive(leaves.slice(0, 3))))
  })

  it('supports up to 2⁵³ − 1 leaves, and no more', () => {
    const { hash, nodeAt } = sameLeaves('x')
    for (const size of [2 ** 32 - 1, 2 ** 32, 2 ** 40 + 5, 2 ** 53 - 2]) {
      const levels = [...size.toString(2)].flatMap((digit, at, all) => (digit === '1' ? [all.length - 1 - at] : []))
      const range = readRange(writeRange({ size, hashes: levels.map(hash) }))
      expect(hex(rootOfRange(range))).toBe(hex(rootOf(size, nodeAt)))
      expect(hex(rootOfRange(growRange(range, [hash(0)])))).toBe(hex(rootOf(size + 1, nodeAt)))
    }
    const full = readRange(writeRange({ size: 2 ** 53 - 1, hashes: Array.from({ length: 53 }, (_, at) => hash(52 - at)) }))
    expect(faultOf(() => growRange(full, [hash(0)])).code).toBe('log.range')
    expect(growRange(full, []).size).toBe(2 ** 53 - 1)
  })

  it('rejects a leaf that is not as long as a hash', () => {
    for (const length of [0, 31, 33]) {
      expect(faultOf(() => growRange(emptyRange, [new Uint8Array(length)])).code).toBe('log.hash')
      expect(faultOf(() => nodeHash(leaves[0] as Hash, new Uint8Array(length))).code).toBe('log.hash')
      expect(faultOf(() => nodeHash(new Uint8Array(length), leaves[0] as Hash)).code).toBe('log.hash')
    }
  })

  const written = writeRange(growRange(emptyRange, leaves.slice(0, 6)))
  const hash = 'A'.repeat(43)
  it.each([
    ['nothing', ''],
    ['a line break at its end', `${written}\n`],
    ['a space at its end', `${written} `],
    ['two spaces', written.replace(' ', '  ')],
    ['a zero before its size', `0${written}`],
    ['a sign', `+${written}`],
    ['too few hashes', written.slice(0, -44)],
    ['too many hashes', `${written} ${hash}`],
    ['a hash for the empty tree', `0 ${hash}`],
    ['a size beyond counting', `9007199254740992 ${hash}`],
    ['a short hash', written.slice(0, -1)],
    ['bits that no octet has', `1 ${hash.slice(1)}B`],
    ['the other alphabet', `1 +${hash.slice(1)}`],
    ['54 hashes', `9007199254740991${` ${hash}`.repeat(54)}`],
    ['a megabyte of spaces', ' '.repeat(1_000_000)],
  ])('is not read from a text with %s', (_title, text) => {
    expect(faultOf(() => readRange(text)).code).toBe('log.range')
  })

  it('of the empty tree is written as its size', () => {
    expect(writeRange(emptyRange)).toBe('0')
    expect(readRange('0')).toEqual(emptyRange)
  })
})
