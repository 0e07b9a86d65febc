// Why this exists: the fast Node module and the portable one must give the same results, or a statement means two things on two
// machines.
import { Buffer } from 'node:buffer'
import { createHash, randomBytes } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as portable from '../../src/base/native.js'
import * as node from '../../src/base/native.node.js'
import { anyText as textUpTo } from '../support/any-text.js'
import { faultOf, outcomeOf } from './fault.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const hex = (bytes: Uint8Array | undefined): string | undefined => (bytes === undefined ? undefined : Buffer.from(bytes).toString('hex'))
const bytes = fc.uint8Array({ maxLength: 200 })
const anyText = textUpTo(60)
const twins = [
  ['on Node', node],
  ['portably', portable],
] as const

describe.each(twins)('base64url %s', (_, { encodeBase64url, decodeBase64url, encodeUtf8 }) => {
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ])('writes and reads %j as %j (RFC 4648 §10, without padding)', (text, encoded) => {
    expect(encodeBase64url(encodeUtf8(text))).toBe(encoded)
    expect(hex(decodeBase64url(encoded))).toBe(hex(encodeUtf8(text)))
  })

  it('uses - and _ of the URL alphabet (RFC 4648 §5)', () => {
    expect(encodeBase64url(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe('-__-')
    expect([...decodeBase64url('-__-')]).toEqual([0xfb, 0xff, 0xfe])
  })

  it('round-trips, without padding', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const text = encodeBase64url(data)
        expect(text).toMatch(/^[A-Za-z0-9_-]*$/)
        expect(hex(decodeBase64url(text))).toBe(hex(data))
      }),
    )
  })

  it('has one spelling per byte string: encoding the decoded bytes yields the input', () => {
    let read = 0
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 9 }), (text) => {
        const outcome = outcomeOf(() => decodeBase64url(text))
        if ('fault' in outcome) return
        expect(encodeBase64url(outcome.value)).toBe(text)
        read++
      }),
    )
    expect(read).toBeGreaterThan(10)
  })

  it.each([
    ['padding', 'Zg==', 'format.alphabet', { offset: 2 }],
    ['padding of three', 'Zm8=', 'format.alphabet', { offset: 3 }],
    ['a plus sign', '+__-', 'format.alphabet', { offset: 0 }],
    ['a slash', '-_/-', 'format.alphabet', { offset: 2 }],
    ['a space', 'Zm9v Zm9', 'format.alphabet', { offset: 4 }],
    ['a line feed at the end', 'Zm9vYg\n', 'format.alphabet', { offset: 6 }],
    ['a line break inside', 'Zm\r\n9vYg', 'format.alphabet', { offset: 2 }],
    ['a tab', '\tZm9', 'format.alphabet', { offset: 0 }],
    ['a NUL', 'Zm9\0', 'format.alphabet', { offset: 3 }],
    ['a dot', 'Zm9v.m9v', 'format.alphabet', { offset: 4 }],
    ['a full-width letter', 'Ｚm9v', 'format.alphabet', { offset: 0 }],
    ['a byte-order mark', '\ufeffZm9', 'format.alphabet', { offset: 0 }],
    ['Chinese', '四川重庆', 'format.alphabet', { offset: 0 }],
    ['an emoji', 'Zm😀', 'format.alphabet', { offset: 2 }],
    ['one character alone', 'Z', 'format.length', { length: 1 }],
    ['five characters', 'Zm9vY', 'format.length', { length: 5 }],
    ['unused bits in two characters', 'Zh', 'format.unused-bits', {}],
    ['unused bits in three characters', 'Zm9', 'format.unused-bits', {}],
  ])('rejects %s', (_title, text, code, details) => {
    expect(faultOf(() => decodeBase64url(text))).toEqual({ code, details })
  })

  it('rejects every non-canonical last character', () => {
    const admitted = (start: string): string =>
      [...ALPHABET].filter((last) => 'value' in outcomeOf(() => decodeBase64url(start + last))).join('')
    expect(admitted('A')).toBe('AQgw')
    expect(admitted('AA')).toBe('AEIMQUYcgkosw048')
    expect(admitted('AAA')).toBe(ALPHABET)
  })

  it('rejects each of the 65,536 UTF-16 units outside the alphabet, at every position', () => {
    const text = 'QUJDREVG'
    for (let unit = 0; unit <= 0xffff; unit++) {
      const foreign = String.fromCharCode(unit)
      if (ALPHABET.includes(foreign)) continue
      const at = unit % text.length
      const { code, details } = faultOf(() => decodeBase64url(text.slice(0, at) + foreign + text.slice(at + 1)))
      if (code !== 'format.alphabet' || details.offset !== at)
        expect([foreign, code, details.offset]).toEqual([foreign, 'format.alphabet', at])
    }
  })

  it('rejects a character whose low byte is in the alphabet: it is another text, with another digest', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (data, place, high) => {
        const text = encodeBase64url(data)
        const at = place % text.length
        const foreign = String.fromCharCode(text.charCodeAt(at) + high * 256)
        expect(faultOf(() => decodeBase64url(text.slice(0, at) + foreign + text.slice(at + 1)))).toEqual({
          code: 'format.alphabet',
          details: { offset: at },
        })
      }),
    )
  })
})

describe('the two implementations', () => {
  it('have the same functions', () => {
    expect(Object.keys(node).sort()).toEqual(Object.keys(portable).sort())
  })

  it('write the same base64url', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(node.encodeBase64url(data)).toBe(portable.encodeBase64url(data))
      }),
    )
  })

  it('read or reject the same base64url with the same code and details', () => {
    const nearly = fc.string({
      unit: fc.constantFrom(...ALPHABET, 'A', 'Q', 'g', 'w', '=', '+', '/', ' ', '\n', '四', 'Ł', 'ő', 'Ａ'),
      maxLength: 14,
    })
    const result = (decode: (text: string) => Uint8Array, text: string) => outcomeOf(() => hex(decode(text)))
    fc.assert(
      fc.property(fc.oneof(nearly, anyText, fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 80 })), (text) => {
        expect(result(node.decodeBase64url, text)).toEqual(result(portable.decodeBase64url, text))
      }),
      { numRuns: 3000 },
    )
  })

  it('compute the same SHA-256, that of node:crypto', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const expected = createHash('sha256').update(data).digest('hex')
        expect(hex(node.sha256(data))).toBe(expected)
        expect(hex(portable.sha256(data))).toBe(expected)
      }),
    )
  })

  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ])('digest %j as FIPS 180 does', (text, expected) => {
    for (const [, twin] of twins) {
      expect(hex(twin.sha256(twin.encodeUtf8(text)))).toBe(expected)
      expect(hex(twin.decodeBase64url(twin.digestText(text)))).toBe(expected)
    }
  })

  it('digest any text as SHA-256 of its UTF-8 in base64url, Chinese and lone surrogates alike', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom('四', '川', '😀', '\ud83d', '\udead', 'a') })), (text) => {
        const expected = createHash('sha256').update(new TextEncoder().encode(text)).digest('base64url')
        expect(node.digestText(text)).toBe(expected)
        expect(portable.digestText(text)).toBe(expected)
      }),
    )
  })

  it('encode text as the same UTF-8, and decode it back', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const encoded = portable.encodeUtf8(text)
        expect(hex(node.encodeUtf8(text))).toBe(hex(encoded))
        for (const [, twin] of twins) expect(twin.decodeUtf8(encoded)).toBe(text)
      }),
    )
  })

  it('encode ASCII as itself', () => {
    const ascii = String.fromCharCode(...Array.from({ length: 128 }, (_, code) => code))
    for (const [, twin] of twins) expect([...twin.encodeAscii(ascii)]).toEqual(Array.from({ length: 128 }, (_, code) => code))
  })

  it('agree on whether bytes are UTF-8, and never replace a character', () => {
    const nearly = fc.array(
      fc.constantFrom(0x22, 0x41, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xe5, 0x9b, 0xed, 0xa0, 0xef, 0xbb, 0xbf, 0xf0, 0x9f, 0xf4, 0x90, 0xff),
      {
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          nearly.map((list) => Uint8Array.from(list)),
          bytes,
        ),
        (data) => {
          expect(node.isUtf8(data)).toBe(portable.isUtf8(data))
          expect(node.decodeUtf8(data)).toBe(portable.decodeUtf8(data))
          expect(node.decodeUtf8(data) !== undefined).toBe(node.isUtf8(data))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('preserve a byte order mark, so that the parser can reject it', () => {
    for (const [, twin] of twins) {
      expect(twin.decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA')
      expect(twin.utf8Slice(Uint8Array.of(0x41, 0xef, 0xbb, 0xbf, 0x42), 1, 5)).toBe('\ufeffB')
    }
  })

  it('decode the same text from any whole characters', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, middle, after) => {
        const [start, end] = [portable.encodeUtf8(before).length, portable.encodeUtf8(before + middle).length]
        const data = portable.encodeUtf8(before + middle + after)
        for (const [, twin] of twins) expect(twin.utf8Slice(data, start, end)).toBe(middle)
      }),
    )
  })

  it('decode one character per byte, the same one if the byte is ASCII', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const masked = (text: string): string => text.replace(/[^\0-\x7f]/g, '?')
        expect(portable.latin1(data)).toHaveLength(data.length)
        expect(node.latin1(data)).toHaveLength(data.length)
        expect(masked(node.latin1(data))).toBe(masked(portable.latin1(data)))
        expect(masked(node.latin1(data))).toBe([...data].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : '?')).join(''))
      }),
    )
  })

  it('work on a view into a longer buffer', () => {
    const view = new Uint8Array([1, 2, 0x66, 0x6f, 0x6f, 3]).subarray(2, 5)
    for (const [, twin] of twins) {
      expect(twin.encodeBase64url(view)).toBe('Zm9v')
      expect(twin.latin1(view)).toBe('foo')
      expect(twin.utf8Slice(view, 0, 3)).toBe('foo')
      expect(hex(twin.sha256(view))).toBe(createHash('sha256').update('foo').digest('hex'))
    }
  })
})

describe.each(twins)('a deflater %s', (_, { canDeflate, createDeflater }) => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 8 })

  it('yields octets that inflate to all written octets, in order', async () => {
    expect(canDeflate()).toBe(true)
    await fc.assert(
      fc.asyncProperty(pieces, async (written) => {
        const packed: Uint8Array[] = []
        const deflater = createDeflater(async (piece) => void packed.push(piece))
        for (const piece of written) await deflater.write(piece)
        await deflater.end()
        expect(hex(inflateRawSync(Buffer.concat(packed)))).toBe(hex(Buffer.concat(written)))
      }),
      { numRuns: 40 },
    )
  })

  it('rethrows an error of the consumer of its octets, on write or at the end', async () => {
    const full = new Error('full')
    const deflater = createDeflater(async () => {
      throw full
    })
    const random = randomBytes(65_536)
    const writing = async (): Promise<void> => {
      for (let time = 0; time < 100; time++) await deflater.write(random)
      await deflater.end()
    }
    await expect(writing()).rejects.toBe(full)
    const atEnd = createDeflater(async () => {
      throw full
    })
    await atEnd.write(Uint8Array.of(1))
    await expect(atEnd.end()).rejects.toBe(full)
  })
})
