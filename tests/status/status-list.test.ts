// Why this exists: a list that is read wrong calls a revoked certificate valid, and a hostile one can fill a memory.
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { createSigner, generateKey, parsePayload, parseStatement } from 'tongheng/envelope'
import { emptyStatuses, readStatuses, readStatusList, type Statuses, signStatusList } from 'tongheng/status'
import { describe, expect, it } from 'vitest'

const ISS = '11510000MB00000014'
const lst = (bytes: Uint8Array) => deflateSync(bytes).toString('base64url')
const code = (expected: string) => expect.objectContaining({ code: expected })

describe('statuses', () => {
  it('hold what was set and nothing else, through signing and reading', async () => {
    const signer = await createSigner((await generateKey('ES256')).privateJwk)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.tuple(fc.nat(2999), fc.integer({ min: 0, max: 3 })), { maxLength: 20 }),
        async (size, changes) => {
          const model = new Map<number, number>()
          let statuses: Statuses = emptyStatuses(size)
          for (const [index, value] of changes.filter(([index]) => index < size)) {
            statuses = statuses.with(index, value)
            model.set(index, value)
          }
          const signed = await signStatusList({ iss: ISS, uri: 'https://a/1', iat: 10, exp: 20, statuses }, signer)
          const read = await readStatuses(readStatusList(parsePayload(parseStatement(signed, 'statuslist+jwt'))).status_list)
          for (let index = 0; index < size; index++) expect(read.at(index)).toBe(model.get(index) ?? 0)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of one, two, four and eight bits are read from the low end of each byte (draft §4.1)', async () => {
    const read = async (bits: 1 | 2 | 4 | 8) => {
      const statuses = await readStatuses({ bits, lst: lst(Uint8Array.of(0b1100_1001)) })
      return Array.from({ length: statuses.size }, (_, index) => statuses.at(index))
    }
    expect(await read(1)).toEqual([1, 0, 0, 1, 0, 0, 1, 1])
    expect(await read(2)).toEqual([1, 2, 0, 3])
    expect(await read(4)).toEqual([9, 12])
    expect(await read(8)).toEqual([201])
  })

  it('have no entry outside', async () => {
    const statuses = emptyStatuses(4)
    expect([-1, 4, 0.5, Number.NaN, 2 ** 32].map((index) => statuses.at(index))).toEqual(Array(5).fill(undefined))
    for (const [index, value] of [
      [4, 1],
      [-1, 1],
      [0, 4],
      [0, -1],
      [0.5, 1],
    ] as const)
      expect(() => statuses.with(index, value)).toThrow(code('status-list.index'))
    for (const size of [0, -1, 1.5, 16_777_217]) expect(() => emptyStatuses(size)).toThrow(code('status-list.index'))
    expect(emptyStatuses(16_777_216).size).toBe(16_777_216)
  })

  it('that inflate beyond the limit are refused before they are held', async () => {
    const bomb = lst(new Uint8Array(512 * 1024 * 1024))
    const before = process.memoryUsage().arrayBuffers
    await expect(readStatuses({ bits: 2, lst: bomb })).rejects.toThrow(code('status-list.too-large'))
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024)
    expect((await readStatuses({ bits: 2, lst: lst(new Uint8Array(4_194_304)) })).size).toBe(16_777_216)
  })

  it('that are no whole zlib stream are refused', async () => {
    const whole = deflateSync(Uint8Array.from({ length: 100 }, (_, at) => at))
    const broken = [
      whole.subarray(0, -1),
      whole.subarray(2),
      whole.subarray(0, 0),
      Uint8Array.from(whole, (byte, at) => (at === whole.length - 1 ? byte ^ 1 : byte)),
    ]
    for (const bytes of broken)
      await expect(readStatuses({ bits: 2, lst: Buffer.from(bytes).toString('base64url') })).rejects.toThrow(
        code('status-list.compression'),
      )
  })

  it('in claims of another shape are refused with the place', () => {
    const claims = { iss: ISS, sub: 'https://a/1', iat: 10, exp: 20, status_list: { bits: 2, lst: 'AA' } }
    expect(readStatusList(claims)).toEqual(claims)
    const broken = [{ exp: 9 }, { exp: undefined }, { sub: 'file:///x' }, { ttl: 0 }, { status_list: { bits: 3, lst: 'AA' } }, { extra: 1 }]
    const paths = broken.map((change) => {
      try {
        readStatusList({ ...claims, ...change })
      } catch (error) {
        return (error as { details: { path: string } }).details.path
      }
      return 'accepted'
    })
    expect(paths).toEqual(['/exp', '/exp', '/sub', '/ttl', '/status_list/bits', '/extra'])
  })
})
