// Why this exists: labels are read by a reader of our own where they are spelt as our writer spells them. It must never read what the general decoder refuses, or read it otherwise.
import { decode, encode } from 'cborg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readQuickly } from '../../src/label/quick-array.js'
import { randomOf } from '../fuzz/random.js'

const DECODING = { strict: true, allowIndefinite: false, allowUndefined: false, allowInfinity: false, allowNaN: false } as const

/** The result of the general decoder, if encoding it again produces the same octets. */
function read(octets: Uint8Array): unknown {
  let value: unknown
  try {
    value = decode(octets, DECODING)
  } catch {
    // Octets that are not CBOR, which the fast reader must not accept either.
    return undefined
  }
  return Array.isArray(value) && Buffer.compare(encode(value), octets) === 0 ? value : undefined
}

const plain = (value: unknown): unknown =>
  value instanceof Uint8Array ? { octets: Buffer.from(value).toString('hex') } : Array.isArray(value) ? value.map(plain) : value

const items = fc.oneof(
  fc.integer({ min: -0x1_0000_0000, max: 0xffff_ffff }),
  fc.constantFrom(0, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffff, -1, -24, -25, -256, -257, -65_537),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 30 }),
)

describe('the reader of arrays', () => {
  it('reads what the general encoder writes', () => {
    fc.assert(
      fc.property(fc.array(items, { maxLength: 30 }), (array) => {
        const octets = encode(array)
        const own = readQuickly(octets)
        const general = read(octets)
        if (own !== undefined) expect(plain(own)).toEqual(plain(general))
        // The encoder replaces texts that are not Unicode; everything else must be read.
        else expect(general === undefined || JSON.stringify(array).includes('\\ud')).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads nothing of damaged octets that the general decoder does not read, and nothing otherwise', () => {
    const numbers = randomOf('quick array')
    const whole = encode([
      new Uint8Array(10),
      1_741_770_000,
      new Uint8Array(32),
      '川计检字',
      0,
      0,
      'TX9',
      null,
      1024,
      20_159,
      -364,
      ['CDF', '2'],
    ])
    let both = 0
    for (let n = 0; n < 20_000; n++) {
      const octets = Uint8Array.from(whole.subarray(0, numbers.below(4) === 0 ? numbers.below(whole.length) + 1 : whole.length))
      for (let at = numbers.below(3); at >= 0; at--) octets[numbers.below(octets.length)] = numbers.below(256)
      const [own, general] = [readQuickly(octets), read(octets)]
      if (own === undefined) continue
      both++
      expect(plain(own), Buffer.from(octets).toString('hex')).toEqual(plain(general))
    }
    expect(both).toBeGreaterThan(1000)
  })

  it.each([
    ['a longer head than needed', '811800'],
    ['a number of 64 bits', '811b0000000100000000'],
    ['an indefinite array', '9f00ff'],
    ['a float', '81f93c00'],
    ['a tag', '81c000'],
    ['true', '81f5'],
    ['undefined', '81f7'],
    ['a map', '81a0'],
    ['octets behind it', '810000'],
    ['an array cut short', '8200'],
    ['a text cut short', '816361'],
    ['a text that is no UTF-8', '8161ff'],
    ['a surrogate in UTF-8', '8163eda080'],
    ['three arrays in one another', '818181818100'],
    ['no array', '00'],
    ['a count beyond the octets', '9affffffff'],
    ['nothing', ''],
  ])('leaves to the general decoder: %s', (_, hex) => {
    expect(readQuickly(Buffer.from(hex, 'hex'))).toBeUndefined()
  })
})
