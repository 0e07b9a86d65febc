// Why this exists: a node uses the status lists of all institutes, each up to 4 MiB inflated. Inflating a list for each lookup
// delayed other callers for seconds; storing all of them inflated exhausted memory.
import { syncBuiltinESMExports } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import zlib, { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { readStatuses } from 'tongheng/status'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const { inflateSync } = zlib
const inflations = { count: 0 }
beforeAll(() => {
  zlib.inflateSync = (...given) => {
    inflations.count++
    return inflateSync(...given)
  }
  syncBuiltinESMExports()
})
afterAll(() => {
  zlib.inflateSync = inflateSync
  syncBuiltinESMExports()
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Octets of array buffers in use. The runtime frees them some event loop turns after the garbage collection of the objects. */
async function heldOctets(): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 20; turn++) {
    // In a process that has run hundreds of test files, a garbage collection is slow.
    if (turn % 5 === 0) collect()
    await new Promise((done) => setImmediate(done))
    least = Math.min(least, process.memoryUsage().arrayBuffers)
  }
  return least
}

const MOST = 4_194_304
const read = (bytes: Uint8Array) => readStatuses({ bits: 2, lst: deflateSync(bytes, { level: 1 }).toString('base64url') })
/** One entry in ten thousand is revoked. */
function ordinary(seed: number): Uint8Array {
  const bytes = new Uint8Array(MOST)
  for (let at = seed; at < MOST; at += 2500) bytes[at] = 1
  return bytes
}

describe('an opened status list', () => {
  it('is inflated once, however many other lists are read in between', async () => {
    const atFirst = inflations.count
    const lists = await Promise.all(Array.from({ length: 24 }, (_, n) => read(ordinary(n))))
    const before = inflations.count
    expect(before - atFirst).toBe(24)
    for (let round = 0; round < 3; round++)
      for (const [n, list] of lists.entries()) {
        expect([list.at(4 * n), list.at(4 * (n + 2500)), list.at(4 * n + 4), list.at(4 * MOST - 1)]).toEqual([1, 1, 0, 0])
        expect(list.at(4 * MOST)).toBeUndefined()
      }
    expect(inflations.count).toBe(before)
  })

  it('occupies no more memory than its signed text where most entries are valid', async () => {
    const before = await heldOctets()
    const lists = await Promise.all(Array.from({ length: 24 }, (_, n) => read(ordinary(n))))
    // Inflated they are 96 MiB.
    expect((await heldOctets()) - before).toBeLessThan(8_388_608)
    expect(lists.map(({ size }) => size)).toEqual(Array(24).fill(4 * MOST))
  })

  it('with few valid entries is inflated again after other lists were read, and gives the same values', async () => {
    const dense = (seed: number) => Uint8Array.from({ length: MOST }, (_, at) => (at + seed) % 251)
    const lists = await Promise.all(Array.from({ length: 9 }, (_, n) => read(dense(n))))
    const before = inflations.count
    expect(lists.map((list) => list.at(4 * 1000))).toEqual(Array.from({ length: 9 }, (_, n) => ((1000 + n) % 251) & 3))
    expect(inflations.count).toBeGreaterThan(before)
    // The most recently used.
    const after = inflations.count
    expect(lists[8]?.at(4 * 1001)).toBe((1009 % 251) & 3)
    expect(inflations.count).toBe(after)
  })

  it('has every octet in its position, and a list with one octet changed can be made from it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5000 }),
        fc.array(fc.tuple(fc.nat(4999), fc.integer({ min: 0, max: 255 })), { maxLength: 30 }),
        fc.nat(4999),
        async (length, changes, changed) => {
          const bytes = new Uint8Array(length)
          for (const [at, value] of changes) bytes[at % length] = value
          const list = await readStatuses({ bits: 8, lst: deflateSync(bytes).toString('base64url') })
          expect(Buffer.compare(list.bytes, bytes)).toBe(0)
          for (let at = 0; at < length; at++) if (list.at(at) !== bytes[at]) expect([at, list.at(at)]).toEqual([at, bytes[at]])
          const other = list.with(changed % length, 7)
          expect([other.at(changed % length), list.at(changed % length)]).toEqual([7, bytes[changed % length]])
        },
      ),
      { numRuns: 100 },
    )
  })
})
