// Why this exists: a list that is read wrong calls a revoked certificate valid, and a hostile one can fill a memory.
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { createSigner, generateKey, parsePayload, parseStatement } from 'tongheng/envelope'
import { emptyStatuses, readStatuses, readStatusList, type Statuses, signStatusList } from 'tongheng/status'
import { describe, expect, it } from 'vitest'

const ISS = '11510000MB00000014'
const lst = (bytes: Uint8Array) => deflateSync(bytes).toString('base64url')
const code = (expected: string) => expect.objectContaining({ code: expected })

describe('the statuses of a list', () => {
  it('are those that were set and no others, through signing and reading', async () => {
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

  it('have no entry beyond their length', async () => {
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
    for (const size of [1, 16_777_216]) expect(emptyStatuses(size).size).toBe(Math.ceil(size / 4) * 4)
  })

  it('are refused with the index, the value and the limit', () => {
    expect(() => emptyStatuses(4).with(4, 1)).toThrow(expect.objectContaining({ details: { index: 4, value: 1, size: 4 } }))
    expect(() => emptyStatuses(0)).toThrow(expect.objectContaining({ details: { index: 0, value: 0, size: 16_777_216 } }))
  })

  it('are not modified by making a changed list from them', () => {
    const before = emptyStatuses(8)
    const after = before.with(5, 3)
    expect([before.at(5), after.at(5)]).toEqual([0, 3])
    expect(after.with(5, 1).at(5)).toBe(1)
    expect(after.at(5)).toBe(3)
  })

  it('are refused where they inflate beyond the limit, before that is allocated', async () => {
    const bomb = lst(new Uint8Array(512 * 1024 * 1024))
    const before = process.memoryUsage().arrayBuffers
    await expect(readStatuses({ bits: 2, lst: bomb })).rejects.toMatchObject({
      code: 'status-list.too-large',
      details: { most: 4_194_304 },
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024)
    expect((await readStatuses({ bits: 2, lst: lst(new Uint8Array(4_194_304)) })).size).toBe(16_777_216)
  })

  it('are refused where they are no whole zlib stream', async () => {
    const whole = deflateSync(Uint8Array.from({ length: 100 }, (_, at) => at))
    const broken = [
      whole.subarray(0, -1),
      whole.subarray(2),
      whole.subarray(0, 0),
      Uint8Array.from(whole, (byte, at) => (at === whole.length - 1 ? byte ^ 1 : byte)),
    ]
    for (const bytes of broken)
      await expect(readStatuses({ bits: 2, lst: Buffer.from(bytes).toString('base64url') })).rejects.toMatchObject({
        code: 'status-list.compression',
        details: { reason: expect.any(String) },
      })
  })

  describe('in claims', () => {
    const claims = { iss: ISS, sub: 'https://a/1', iat: 10, exp: 20, status_list: { bits: 2, lst: 'AA' } }

    it.each([
      {},
      { exp: 10 },
      { ttl: 1 },
      { ttl: 31_536_000 },
      { sub: `http://${'a'.repeat(293)}` },
      { status_list: { bits: 1, lst: '' } },
      { status_list: { bits: 4, lst: 'A'.repeat(1_000_000) } },
      { status_list: { bits: 8, lst: 'AA' } },
    ])('are read: with change %#', (change) => {
      expect(readStatusList({ ...claims, ...change })).toEqual({ ...claims, ...change })
    })

    it.each([
      ['/exp', { exp: 9 }],
      ['/exp', { exp: undefined }],
      ['/sub', { sub: 'file:///x' }],
      ['/sub', { sub: 'see https://a/1' }],
      ['/sub', { sub: 'https://a/1 2' }],
      ['/sub', { sub: 'https://' }],
      ['/sub', { sub: `http://${'a'.repeat(294)}` }],
      ['/ttl', { ttl: 0 }],
      ['/ttl', { ttl: 31_536_001 }],
      ['/status_list/bits', { status_list: { bits: 3, lst: 'AA' } }],
      ['/status_list/lst', { status_list: { bits: 2, lst: 'A'.repeat(1_000_001) } }],
      ['/status_list/x', { status_list: { bits: 2, lst: 'AA', x: 1 } }],
      ['/extra', { extra: 1 }],
    ])('with a schema error are refused at %s', (path, change) => {
      expect(() => readStatusList({ ...claims, ...change })).toThrow(
        expect.objectContaining({ code: 'status-list.shape', details: expect.objectContaining({ path }) }),
      )
    })

    it('are refused only if they end before they begin', () => {
      expect(() => readStatusList({ ...claims, exp: 9 })).toThrow(expect.objectContaining({ details: { path: '/exp', faults: [] } }))
    })

    it('have a ttl only if one is given', async () => {
      const signer = await createSigner((await generateKey('ES256')).privateJwk)
      const signed = async (ttl?: number) => {
        const text = await signStatusList({ iss: ISS, uri: 'https://a/1', iat: 10, exp: 20, ttl, statuses: emptyStatuses(1) }, signer)
        return parsePayload(parseStatement(text, 'statuslist+jwt'))
      }
      expect(Object.keys(await signed())).toEqual(['iss', 'sub', 'iat', 'exp', 'status_list'])
      expect((await signed(60)).ttl).toBe(60)
    })
  })
})
