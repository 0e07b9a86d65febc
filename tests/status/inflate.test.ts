// Why this exists: the decompression streams of the runtimes treat octets after a zlib stream differently, so one version of Node
// accepted a status list that the next refused. Ours must agree with zlib where zlib is strict, and refuse what zlib tolerates.
import { constants, deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { isTonghengError } from 'tongheng/errors'
import { readStatuses } from 'tongheng/status'
import { describe, expect, it } from 'vitest'

const inflate = async (stream: Uint8Array): Promise<Uint8Array | string> => {
  try {
    return (await readStatuses({ bits: 8, lst: Buffer.from(stream).toString('base64url') })).bytes
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return `${error.code} ${error.details.reason ?? error.details.most}`
  }
}

/** Output of zlib; undefined if zlib refuses the input or does not consume all of it. */
function byZlib(stream: Uint8Array): Buffer | undefined {
  try {
    const { buffer, engine } = inflateSync(stream, { info: true }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
    return engine.bytesWritten === stream.length ? buffer : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^(Z_|ERR_)/.test(String(error.code))) return undefined
    throw error
  }
}

const LEVELS = [
  { level: 0 },
  { level: 1 },
  { level: 9 },
  { level: 9, strategy: constants.Z_FIXED },
  { level: 6, strategy: constants.Z_HUFFMAN_ONLY },
  { level: 6, strategy: constants.Z_RLE, windowBits: 9 },
]
const data = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 9000 })).map(([piece, times]) => {
    const all = new Uint8Array(piece.length * times)
    for (let at = 0; at < times; at++) all.set(piece, at * piece.length)
    return all
  }),
)

describe('a zlib stream', () => {
  it('of any level and strategy is inflated to its original', async () => {
    await fc.assert(
      fc.asyncProperty(data, fc.constantFrom(...LEVELS), async (bytes, options) => {
        expect(Buffer.compare((await inflate(deflateSync(bytes, options))) as Uint8Array, bytes)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  it('with octets changed, cut or added is accepted exactly where zlib accepts the whole of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        data,
        fc.constantFrom(...LEVELS),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.integer({ min: -6, max: 6 }),
        async (bytes, options, changes, more) => {
          const stream = deflateSync(bytes, options)
          const changed = Buffer.concat([stream.subarray(0, stream.length + Math.min(0, more)), Buffer.alloc(Math.max(0, more), 1)])
          for (const [at, value] of changes) changed[at % changed.length] = value
          const wanted = byZlib(changed)
          const got = await inflate(changed)
          if (wanted === undefined) expect(got).toMatch(/^status-list\.compression /)
          else expect(Buffer.compare(got as Uint8Array, wanted)).toBe(0)
        },
      ),
      { numRuns: 1500 },
    )
  })
})

const good = deflateSync(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))
const with_ = (change: (stream: Buffer) => void): Buffer => {
  const copy = Buffer.from(good)
  change(copy)
  return copy
}

describe('a stream that some runtimes accept', () => {
  it.each([
    ['trailing', Buffer.concat([good, Buffer.alloc(2)])],
    ['trailing', Buffer.concat([good, good])],
    // The last four octets repeat the checksum.
    ['trailing', Buffer.concat([good, good.subarray(-4)])],
    ['truncated', good.subarray(0, -1)],
    ['truncated', good.subarray(0, -4)],
    ['truncated', good.subarray(0, 6)],
    ['check-value', with_((stream) => stream.writeUInt8((stream.at(-1) as number) ^ 1, stream.length - 1))],
    ['header', Buffer.alloc(0)],
    ['header', good.subarray(2)],
    ['header', with_((stream) => stream.set([0x78, 0xbb]))],
    ['header', with_((stream) => stream.set([0x88, 0x1c]))],
    ['header', Buffer.from('1f8b0800000000000003030000000000000000', 'hex')],
    ['block', Buffer.concat([Buffer.from('789c', 'hex'), Buffer.alloc(8, 0x07)])],
    ['block', Buffer.from('7801010100000000000001', 'hex')],
    ['distance', Buffer.from('789c030282000000000001', 'hex')],
  ])('is refused: %s', async (reason, stream) => {
    expect(await inflate(stream)).toBe(`status-list.compression ${reason}`)
  })

  it('is refused beyond 4 MiB before more is allocated', async () => {
    expect(await inflate(deflateSync(Buffer.alloc(4_194_304)))).toHaveLength(4_194_304)
    expect(await inflate(deflateSync(Buffer.alloc(4_194_305)))).toBe('status-list.too-large 4194304')
  })
})
