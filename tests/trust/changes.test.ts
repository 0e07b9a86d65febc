// Why this exists: an operator signs a list after reading the report of changes. A change that it omits is signed without notice.
import fc from 'fast-check'
import { generateKey } from 'tongheng/envelope'
import { createFakeAuthorities } from 'tongheng/testing'
import { changesOf, removedFrom, TrustListPayload } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { change, places } from '../records/change.ts'

let list: TrustListPayload
let other: Awaited<ReturnType<typeof generateKey>>

beforeAll(async () => {
  const world = await createFakeAuthorities({ witnessKeys: true })
  const published = world.trust.lists.find(({ payload }) => payload.region === '51')?.payload as TrustListPayload
  other = await generateKey('Ed25519')
  const sm2 = await generateKey('SGD_SM3_SM2')
  const revoked = { at: published.iat, reason: '私钥泄露', retroactive: false }
  const capability = { categories: ['breath-alcohol'], smallest: '0.003', unit: 'mg/L', lower: '0.1', upper: '1', rangeUnit: 'g/L' }
  list = change(
    { ...published, entities: published.entities.slice(0, 3), logs: [{ origin: 'log.example', key: other.publicJwk }] },
    ['/entities/0/keys/0/revoked', revoked],
    ['/entities/1/authorisations/0/capabilities', [capability]],
    ['/roots/keys', [...published.roots.keys, { ...sm2.publicJwk, distid: 'root' }]],
  )
})

/** Times are reported in the line above. These two bind the list to its authority and are checked when it is opened. */
const ELSEWHERE = /^\/(?:iss|region|version|previous|iat|nextUpdate|exp)$|^\/entities\/\d+\/region$/

describe('what a version changes', () => {
  it('is reported at any pointer, as a change or as a removal', async () => {
    const all = [...places(list)].map(({ pointer }) => pointer).filter((pointer) => !ELSEWHERE.test(pointer))
    const value = fc.constantFrom<unknown>(undefined, 'x', '2030-01-01', 'all', 1, 4_000_000_000, true, false, [], ['a'])
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), value, async (pointer, to) => {
        const next = change(list, [pointer, to])
        if (JSON.stringify(next) === JSON.stringify(list)) return
        // A list with a schema error cannot be signed.
        if (!TrustListPayload.safeParse(next).success) return
        expect((await changesOf(list, next)).length, pointer).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('is nothing where only times changed', async () => {
    expect(await changesOf(list, { ...list, version: 2, iat: list.iat + 1, nextUpdate: list.nextUpdate + 1, exp: list.exp + 1 })).toEqual(
      [],
    )
  })

  it('includes capabilities, each by name', async () => {
    const told = await changesOf(list, change(list, ['/entities/1/authorisations/0/capabilities/0/smallest', '0.002']))
    expect(told.map(({ code, params }) => [code, params.capability])).toEqual([
      ['trust-change.capability-added', 'breath-alcohol  U ≥ 0.002 mg/L  0.1 – 1 g/L'],
      ['trust-change.capability-removed', 'breath-alcohol  U ≥ 0.003 mg/L  0.1 – 1 g/L'],
    ])
  })

  it('may include a new log, but never the removal or another key of one', async () => {
    const { publicJwk, kid } = await generateKey('Ed25519')
    const added = change(list, ['/logs', [...list.logs, { origin: 'second.example', key: publicJwk }]])
    expect(await changesOf(list, added)).toEqual([{ code: 'trust-change.log-added', params: { origin: 'second.example', kid } }])
    expect(removedFrom(list, added)).toBeUndefined()
    for (const logs of [[], [{ origin: 'log.example', key: publicJwk }], [{ origin: 'second.example', key: other.publicJwk }]])
      expect(removedFrom(list, { ...list, logs })).toBe('/logs/0')
  })

  it('is reported as incomparable where the version before is missing', async () => {
    expect((await changesOf(undefined, list))[0]?.code).toBe('trust-change.first')
    expect((await changesOf(undefined, { ...list, version: 5 }))[0]?.code).toBe('trust-change.no-prior')
  })
})
