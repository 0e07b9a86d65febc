// Why this exists: verdicts apply the specifications published by authorities. A list from a peer may contain anything; only
// genuine publications may be used.
import { fixtures, organisation, publications, send } from 'tongheng/testing'
import { readSpecifications } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { entityAt, retrust } from '../trust/retrust.ts'
import { claimsOf, createWorld, forge, type World } from './world.ts'

const { F01, F10, F11 } = fixtures
let world: World
let good: string[]

beforeAll(async () => {
  world = await createWorld()
  good = await Promise.all([F10, F11, ...publications].map((fixture) => send(world, fixture)))
})

const read = (statements: readonly string[], more: Partial<Parameters<typeof readSpecifications>[1]> = {}) =>
  readSpecifications(statements, { at: world.at, trust: world.trust, ...more })
/** The codes for which a statement was rejected. */
const reasons = async (statement: string, more?: Parameters<typeof read>[1]): Promise<string[]> => {
  const { specifications, refused } = await read([statement], more)
  expect(specifications.published).toHaveLength(refused.length === 0 ? 1 : 0)
  expect(refused.map((one) => one.statement)).toEqual(refused.length === 0 ? [] : [statement])
  return refused.flatMap(({ checks }) =>
    checks.filter(({ status, blockedBy }) => status === 'fail' || blockedBy?.startsWith('fact:')).map(({ code }) => code),
  )
}

describe('readSpecifications', () => {
  it('returns the publications of the authorities in order, each with its region and statement id', async () => {
    const { specifications, refused } = await read(good)
    expect(refused).toEqual([])
    expect(specifications.published.map(({ record, region }) => `${region} ${record.number}`)).toEqual([
      '50 JJF(渝) 901-2024',
      '51 JJF(川) 901-2024',
      '51 JJF(渝) 901-2024',
      '50 JJF(渝) 902-2025',
      '51 JJF(渝) 902-2025',
    ])
    expect(specifications.edition('JJF(渝)901-2024')?.adoptions).toMatchObject([{ region: '51', from: '2025-03-01' }])
  })

  it('returns the rejected ones beside the accepted ones, and never throws for them', async () => {
    const bad = ['', 'x.y.z', (good[0] as string).slice(0, -4), await send(world, F01)]
    const { specifications, refused } = await read([bad[0] as string, good[0] as string, ...bad.slice(1), good[1] as string])
    expect(specifications.published).toHaveLength(2)
    expect(refused.map(({ statement }) => statement)).toEqual(bad)
    for (const { checks } of refused) expect(checks.length).toBeGreaterThan(0)
    expect(await read([])).toMatchObject({ refused: [] })
  })

  it('rejects a genuine record of another kind', async () => {
    const { specifications, refused } = await read([await send(world, F01)])
    expect(specifications.published).toEqual([])
    expect(refused[0]?.checks.filter(({ status }) => status === 'fail')).toEqual([])
  })

  it('rejects a changed statement, and one by an unknown key', async () => {
    const [head, body] = (good[0] as string).split('.') as [string, string]
    expect(await reasons(`${head}.${body}.${'A'.repeat(86)}`)).toEqual(['signature.invalid'])
    const other = await createWorld()
    expect(await reasons(await send(other, F10))).toEqual(['key.unknown'])
  })

  it('rejects a publication by a body without that power', async () => {
    const { uscc, name } = organisation('CQ-INST')
    const claims = claimsOf({ ...F10, signer: 'CQ-INST', record: change(F10.record, ['/publisher', { uscc, name: name.zh }]) })
    expect(await reasons(await forge(world.signer('CQ-INST'), claims))).toEqual(['issuer.scope-kind'])
  })

  it('rejects one signed in the name of another body, or for another publisher', async () => {
    expect(await reasons(await forge(world.signer('SC-AMR'), claimsOf(F10)))).toEqual(['issuer.key-mismatch'])
    expect(await reasons(await forge(world.signer('SC-AMR'), claimsOf(F10, { iss: organisation('SC-AMR').uscc })))).toEqual([
      'issuer.not-named',
    ])
  })

  it('rejects one with a schema error or a failed rule', async () => {
    expect(
      await reasons(await forge(world.signer('CQ-AMR'), claimsOf({ ...F10, record: change(F10.record, ['/title', undefined]) }))),
    ).toEqual(['shape.missing'])
    expect(await reasons(await send(world, { ...F10, record: change(F10.record, ['/effectiveOn', '2024-01-01']) }))).toEqual([
      'dates.order-wrong',
    ])
    expect(await reasons(await send(world, { ...F10, record: change(F10.record, ['/number', 'JJF(渝) 901']) }))).toEqual([
      'specification-number.form',
    ])
    expect(await reasons(await forge(world.signer('CQ-AMR'), claimsOf(F10, { record: { ...F10.record, version: 2 } })))).toEqual([
      'kind.version-unknown',
    ])
  })

  it('rejects one dated in the future, by a revoked key, or by an authority whose power had ended', async () => {
    expect(await reasons(good[0] as string, { at: '2024-11-20T16:00:00+08:00' })).toEqual(['iat.in-future'])
    const key = `${entityAt(world, organisation('CQ-AMR').uscc)}`
    const revoked = await retrust(world, '50', [`${key}/keys/0/revoked`, { at: claimsOf(F10).iat, reason: '停用', retroactive: false }])
    expect(await reasons(good[0] as string, { trust: revoked })).toEqual(['key.revoked'])
    const ended = await retrust(world, '50', [`${key}/authorisations/0/to`, '2024-11-19'])
    expect(await reasons(good[0] as string, { trust: ended })).toEqual(['issuer.authorisation-ended'])
  })

  it('rejects everything under a trust list past its end', async () => {
    const exp = world.trust.lists[0]?.payload.exp ?? 0
    expect(await reasons(good[0] as string, { at: exp })).toEqual([])
    expect(await reasons(good[0] as string, { at: exp + 1 })).toEqual(['trust-list.expired'])
  })

  it('accepts one that only warns', async () => {
    const record = change(F10.record, ['/publisher/uscc', organisation('CQ-AMR').uscc], ['/abolishedOn', '2030-01-01'])
    expect(await reasons(await send(world, { ...F10, record }))).toEqual([])
  })
})
