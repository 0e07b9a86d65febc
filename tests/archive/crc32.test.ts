// Why this exists: the checksum is computed eight octets at a time, and in pieces; it must be that of zlib however the octets are cut.
import * as zlib from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc32 } from '../../src/archive/index.js'

/** Node's own, which its types of this age do not have. */
const { crc32: oracle } = zlib as unknown as { crc32(data: Uint8Array): number }

it('is the CRC-32 of zlib, at once and piece by piece', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }), (pieces) => {
      const whole = Buffer.concat(pieces)
      expect(crc32(whole)).toBe(oracle(whole))
      expect(pieces.reduce((before, piece) => crc32(piece, before), 0)).toBe(oracle(whole))
    }),
  )
})
