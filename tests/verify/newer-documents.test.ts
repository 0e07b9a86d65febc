// Why this exists: notices, status lists, trust lists and agreements also gain members in later releases. An older reader must not
// overlook a revocation, nor report a genuine document as forged.
import { createSigner, generateKey, parseStatement, type Signer } from 'tongheng/envelope'
import { openAgreement } from 'tongheng/recognition'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { agreementPayload, fixtures, organisation } from 'tongheng/testing'
import { anchorOf, openTrust, type TrustListPayload } from 'tongheng/trust'
import { openStatus, type SignedStatus, type Verdict, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { claimsOf, createWorld, forge, verdictOf, type World } from './world.js'

const CD = organisation('CD').uscc
const URI = 'https://status.example/cd/1'
let world: World
let now: number
let statement: string
let listed: string
let id: string

beforeAll(async () => {
  world = await createWorld()
  now = Date.parse(world.at) / 1000
  statement = await world.sign('CD', fixtures.F01.record)
  listed = await world.sign('CD', fixtures.F01.record, { status: { uri: URI, idx: 7 } })
  id = parseStatement(statement, 'metrology-record+jwt').id
})

const notice = (changes: object = {}, by: 'CD' | 'SC-AMR' | 'CQ-AMR' = 'CD', iss = organisation(by).uscc) =>
  forge(
    world.signer(by),
    {
      iss,
      jti: '01JP4ZZZZZABCDEFGHJKMNPQRS',
      iat: now - 3600,
      action: 'revoke',
      statements: [id],
      from: now - 3600,
      reason: { zh: '标准器超差' },
      ...changes,
    },
    { typ: 'metrology-notice+jwt' },
  )
const statusOf = ({ outcome, checks }: Verdict): unknown[] => [
  outcome,
  ...checks.filter(({ id: row }) => row === 'status').map(({ code }) => code),
]
const judged = async (given: SignedStatus, text = statement): Promise<unknown[]> => {
  const status = await openStatus(given, world.trust)
  expect(status.refused).toEqual([])
  return statusOf(await verdictOf(text, world.optionsFor(fixtures.F01, { status })))
}
const UNCLEAR = 'status.notice-newer-members'

describe('a notice with an unknown member', () => {
  it.each([
    ['at the top', { grounds: 'JJF 1069' }],
    ['in its reason', { reason: { zh: '标准器超差', code: 'R1' } }],
    ['as an action', { action: 'limit-use' }],
    ['beside a replacement that is named otherwise', { action: 'supersede', replacedByNumber: '25060000123' }],
  ])('%s, leaves the statements it names undecided', async (_where, changes) => {
    expect(await judged({ notices: [await notice(changes)] })).toEqual(['indeterminate', UNCLEAR])
    // Other statements are not affected.
    expect((await judged({ notices: [await notice(changes)] }, listed))[1]).toBe('status.not-supplied')
  })

  it('is reported with the members, the notice and its issuer', async () => {
    const signed = await notice({ grounds: 'x' })
    const status = await openStatus({ notices: [signed] }, world.trust)
    expect(status.notices[0]?.newer).toEqual(['/grounds'])
    const { checks } = await verify(statement, world.optionsFor(fixtures.F01, { status }))
    const check = checks.find(({ code }) => code === UNCLEAR)
    expect(check).toMatchObject({
      status: 'skip',
      blockedBy: 'fact:newer-version',
      evidence: { by: CD, action: 'revoke', members: ['/grounds'] },
    })
    expect(check?.message.zh).toContain('/grounds')
  })

  it('counts where the authority signed it too, and not where anybody else did', async () => {
    expect(await judged({ notices: [await notice({ grounds: 'x' }, 'SC-AMR')] })).toEqual(['indeterminate', UNCLEAR])
    expect((await judged({ notices: [await notice({ grounds: 'x' }, 'CQ-AMR')] }))[0]).toBe('recognised')
    const forged = await openStatus({ notices: [await notice({ grounds: 'x' }, 'CQ-AMR', CD)] }, world.trust)
    expect(forged.refused.map(({ code }) => code)).toEqual(['status.signer'])
  })

  it('ends no revocation, and makes a suspension undecided that it may have ended', async () => {
    const second = { jti: '01JP4ZZZZZABCDEFGHJKMNPQRT', iat: now - 60, from: now - 60, action: 'reinstate', grounds: 'x' }
    const suspended = await notice({ action: 'suspend' })
    expect(await judged({ notices: [suspended, await notice(second)] })).toEqual(['indeterminate', UNCLEAR])
    expect(await judged({ notices: [await notice(), await notice(second)] })).toEqual(['not-recognised', 'status.revoked', UNCLEAR])
  })

  it('is still rejected where a known member is wrong', async () => {
    const status = await openStatus({ notices: [await notice({ grounds: 'x', from: 'today' })] }, world.trust)
    expect(status.refused.map(({ code }) => code)).toEqual(['notice.shape'])
  })
})

describe('a status list with an unknown member', () => {
  const list = async (value: number, top: object, within: object): Promise<string> => {
    const statuses = emptyStatuses(100).with(7, value)
    const iat = now - 3600
    const own = await signStatusList({ iss: CD, uri: URI, iat, exp: now + 86_400, statuses }, world.signer('CD'))
    const claims = JSON.parse(Buffer.from(own.split('.')[1] as string, 'base64url').toString())
    return forge(world.signer('CD'), { ...claims, ...top, status_list: { ...claims.status_list, ...within } }, { typ: 'statuslist+jwt' })
  }

  it('as a claim is read by its bits: RFC 7519 §4 ignores unknown claims', async () => {
    expect((await judged({ statusLists: [await list(0, { nbf: 1 }, {})] }, listed))[0]).toBe('recognised')
    expect(await judged({ statusLists: [await list(1, { nbf: 1 }, {})] }, listed)).toEqual(['not-recognised', 'status.revoked'])
  })

  it('may name an aggregation_uri (draft-ietf-oauth-status-list §9)', async () => {
    expect((await judged({ statusLists: [await list(0, {}, { aggregation_uri: 'https://status.example/all' })] }, listed))[0]).toBe(
      'recognised',
    )
  })

  it('beside its bits is undecided where the bits mean valid or suspended; a revocation stays', async () => {
    const newer = { meaning: 'other' }
    expect(await judged({ statusLists: [await list(0, {}, newer)] }, listed)).toEqual(['indeterminate', 'status.list-newer-members'])
    expect(await judged({ statusLists: [await list(2, {}, newer)] }, listed)).toEqual(['indeterminate', 'status.list-newer-members'])
    expect(await judged({ statusLists: [await list(1, {}, newer)] }, listed)).toEqual(['not-recognised', 'status.revoked'])
  })
})

describe('claims with an unknown member', () => {
  it('leave the record undecided', async () => {
    const { outcome, checks } = await verdictOf(
      await forge(world.signer('CD'), claimsOf(fixtures.F01, { delegatedBy: CD })),
      world.optionsFor(fixtures.F01),
    )
    expect(outcome).toBe('indeterminate')
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([])
    expect(checks.find(({ id: row }) => row === 'statement.claims')).toMatchObject({ code: 'record.newer-members', path: '/delegatedBy' })
  })

  it('still replace the statement in their supersedes', async () => {
    const successor = await forge(
      world.signer('CD'),
      claimsOf(fixtures.F01, { jti: '01JP4ZZZZZABCDEFGHJKMNPQRT', supersedes: id, delegatedBy: CD }),
    )
    expect(await judged({ successors: [successor] })).toEqual(['not-recognised', 'status.superseded'])
  })
})

describe('a trust list with an unknown member', () => {
  const TYP = { typ: 'metrology-trust-list+jwt' }
  const prior = () => world.trust.lists.find(({ payload }) => payload.region === '51') as (typeof world.trust.lists)[number]
  const next = async (change: (payload: TrustListPayload & Record<string, unknown>) => void) => {
    const { payload, statementId } = prior()
    const newer = { ...structuredClone(payload), version: payload.version + 1, previous: statementId }
    change(newer)
    const text = JSON.stringify(newer)
    return Promise.all(world.rootSigners('SC-AMR').map((signer: Signer) => forge(signer, text, TYP)))
  }
  const opened = async (change: Parameters<typeof next>[0], newer?: 'last-understood') =>
    openTrust({ anchors: world.anchors, lists: [...world.trustLists, await next(change)], ...(newer && { newer }) })
  const PLACES: [string, string, Parameters<typeof next>[0]][] = [
    ['at the top', '/registry', (payload) => Object.assign(payload, { registry: 'x' })],
    ['in a body', '/entities/0/phone', ({ entities }) => Object.assign(entities[0] as object, { phone: '1' })],
    ['in its roots', '/roots/hardware', ({ roots }) => Object.assign(roots, { hardware: true })],
  ]

  it.each(PLACES)('%s, is genuine; what rests on it is undecided, and the finding names the member', async (_where, path, change) => {
    const trust = await opened(change)
    expect(trust.partlyRead.map(({ payload, newer }) => [payload.version, newer])).toEqual([[2, [path]]])
    expect(trust.seen.find(({ authority }) => authority === prior().payload.iss)?.version).toBe(2)
    const { outcome, checks } = await verdictOf(statement, world.optionsFor(fixtures.F01, { trust }))
    expect(outcome).toBe('indeterminate')
    const list = checks.find(({ id: row }) => row === 'trust-list.current')
    expect(list).toMatchObject({ code: 'trust-list.newer-members', status: 'skip', blockedBy: 'fact:newer-version' })
    expect(list?.message.zh).toContain(path)
    // The list of the other province is understood, so verdicts that depend on it are unaffected.
    expect(
      (await verdictOf(await world.sign(fixtures.F02.signer, fixtures.F02.record), world.optionsFor(fixtures.F02, { trust }))).checks,
    ).toContainEqual(expect.objectContaining({ id: 'trust-list.current', status: 'pass' }))
  })

  it('still requires the signatures of its roots', async () => {
    const [one] = await next((payload) => Object.assign(payload, { registry: 'x' }))
    await expect(openTrust({ anchors: world.anchors, lists: [...world.trustLists, [one as string]] })).rejects.toMatchObject({
      code: 'trust-list.threshold',
    })
  })

  it('leaves an unknown key undecided: the list may contain it', async () => {
    const { privateJwk } = await generateKey()
    const foreign = await forge(await createSigner(privateJwk), claimsOf(fixtures.F01))
    const codeOf = ({ checks }: Verdict) => checks.find(({ id: row }) => row === 'key.known')?.code
    expect(codeOf(await verdictOf(foreign, world.optionsFor(fixtures.F01)))).toBe('key.unknown')
    const verdict = await verdictOf(
      foreign,
      world.optionsFor(fixtures.F01, { trust: await opened((p) => Object.assign(p, { registry: 'x' })) }),
    )
    expect([verdict.outcome, codeOf(verdict)]).toEqual(['indeterminate', 'key.unknown-list-newer'])
  })

  it('is replaced by the last understood list if the caller allows it, minus entries that the newest list ends or revokes', async () => {
    const outcomeBy = async (change: Parameters<typeof next>[0]) => {
      const { outcome, decidedBy } = await verdictOf(
        statement,
        world.optionsFor(fixtures.F01, { trust: await opened(change, 'last-understood') }),
      )
      return [outcome, decidedBy]
    }
    const cd = (payload: TrustListPayload) => payload.entities.find(({ uscc }) => uscc === CD) as TrustListPayload['entities'][number]
    expect((await outcomeBy((payload) => Object.assign(payload, { registry: 'x' })))[0]).toBe('recognised')
    expect(
      await outcomeBy((payload) => {
        Object.assign(payload, { registry: 'x' })
        Object.assign(cd(payload).keys[0] as object, { revoked: { at: payload.iat, reason: '私钥泄露', retroactive: true } })
      }),
    ).toEqual(['not-recognised', 'key.interval'])
    expect(
      await outcomeBy((payload) => {
        Object.assign(payload, { registry: 'x' })
        for (const one of cd(payload).authorisations) Object.assign(one, { to: one.from })
      }),
    ).toEqual(['not-recognised', 'issuer.scope'])
    expect(
      await outcomeBy((payload) => {
        Object.assign(payload, { registry: 'x' })
        Object.assign(cd(payload).keys[0] as object, { typ: ['metrology-notice+jwt'] })
      }),
    ).toEqual(['not-recognised', 'key.use'])
    for (const narrower of [{ kinds: ['weighing-note'] }, { categories: ['water-meter'] }])
      expect(
        await outcomeBy((payload) => {
          Object.assign(payload, { registry: 'x' })
          for (const one of cd(payload).authorisations) Object.assign(one, narrower)
        }),
      ).toEqual(['not-recognised', 'issuer.scope'])
    // A category that only the newest list includes is not granted; one in both lists is.
    const scopeOf = async (categories: unknown) => {
      const trust = await opened((payload) => {
        Object.assign(payload, { registry: 'x' })
        for (const one of cd(payload).authorisations) Object.assign(one, { categories })
      }, 'last-understood')
      const list = trust.lists.find(({ payload }) => payload.iss === prior().payload.iss)
      return cd(list?.payload as TrustListPayload).authorisations.map((one) => one.categories)
    }
    const before = cd(prior().payload).authorisations.map(({ categories }) => categories)
    expect(await scopeOf('all')).toEqual(before)
    expect(await scopeOf(['taximeter', 'drone-scale'])).toEqual(
      before.map((categories) => (categories === 'all' ? ['taximeter', 'drone-scale'] : categories.filter((one) => one === 'taximeter'))),
    )
    // There is no earlier version to fall back to.
    const only = await next((payload) => Object.assign(payload, { registry: 'x' }))
    const others = world.trustLists.filter((_list, at) => world.trust.lists[at]?.payload.region !== '51')
    const trust = await openTrust({
      anchors: [anchorOf(prior().payload), ...world.anchors.filter(({ region }) => region !== '51')],
      lists: [only, ...others],
      newer: 'last-understood',
    })
    expect((await verdictOf(statement, world.optionsFor(fixtures.F01, { trust }))).outcome).toBe('indeterminate')
  })
})

describe('authorisations of the last understood list', () => {
  const range = { categories: 'all', smallest: '0.1', unit: 'kg', lower: '0', upper: '100', rangeUnit: 'kg' } as const
  const bodyIn = ({ entities }: TrustListPayload) => entities.find(({ uscc }) => uscc === CD) as TrustListPayload['entities'][number]

  /** What applies if the newest list, understood in part, changes each authorisation as `newest`, and the list before it as `earlier`. */
  const appliedFor = async (earlier: object, newest: object) => {
    const prior = world.trust.lists.find(({ payload }) => payload.region === '51') as (typeof world.trust.lists)[number]
    const stating = (payload: TrustListPayload, changes: object, rest: object) => ({
      ...payload,
      entities: payload.entities.map((one) =>
        one.uscc === CD ? { ...one, authorisations: one.authorisations.map((given) => ({ ...given, ...changes })) } : one,
      ),
      ...rest,
    })
    const signed = (payload: object) =>
      Promise.all(
        world.rootSigners('SC-AMR').map((signer: Signer) => forge(signer, JSON.stringify(payload), { typ: 'metrology-trust-list+jwt' })),
      )
    const second = await signed(stating(prior.payload, earlier, { version: 2, previous: prior.statementId }))
    const previous = parseStatement(second[0] as string, 'metrology-trust-list+jwt').id
    const third = await signed(stating(prior.payload, newest, { version: 3, previous, registry: 'x' }))
    const lists = [...world.trustLists, second, third]
    const trust = await openTrust({ anchors: world.anchors, lists, newer: 'last-understood' })
    const list = trust.lists.find(({ payload }) => payload.iss === prior.payload.iss) as (typeof trust.lists)[number]
    expect([list.payload.version, trust.partlyRead.map(({ payload }) => payload.version)]).toEqual([2, [3]])
    return bodyIn(list.payload).authorisations
  }
  const able = (...capabilities: readonly object[]): object => ({ capabilities })
  const ableBy = async (earlier: object, newest: object) => (await appliedFor(earlier, newest)).map(({ capabilities }) => capabilities)

  it('have a capability if the newest list states it too, whatever it adds', async () => {
    expect(new Set((await ableBy(able(range), able(range))).map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify([range])]))
    const more = { ...range, unit: 'g', smallest: '1' }
    for (const one of await ableBy(able(range), able(more, range))) expect(one).toEqual([range])
    for (const one of await ableBy({}, able(range))) expect(one).toBeUndefined()
  })

  it.each([
    ['a narrower range', [{ ...range, upper: '50' }]],
    ['a larger smallest uncertainty', [{ ...range, smallest: '0.2' }]],
    ['fewer categories', [{ ...range, categories: ['taximeter'] }]],
    ['none', []],
  ])('have no capability if the newest list states %s', async (_what, newest) => {
    for (const one of await ableBy(able(range), able(...newest))) expect(one).toEqual([])
  })

  it('have the categories that both lists name, also as a part of a wider one', async () => {
    const both = async (earlier: readonly string[], newest: readonly string[]) =>
      (await appliedFor({ categories: earlier }, { categories: newest }))[0]?.categories
    expect(await both(['flowmeter', 'taximeter'], ['turbine-flowmeter'])).toEqual(['turbine-flowmeter'])
    expect(await both(['turbine-flowmeter'], ['flowmeter', 'taximeter'])).toEqual(['turbine-flowmeter'])
    expect(await both(['flowmeter', 'taximeter'], ['flowmeter', 'water-meter'])).toEqual(['flowmeter'])
  })
})

describe('an agreement with an unknown member', () => {
  const TYP = { typ: 'metrology-agreement+jwt' }
  const agreed = async (changes: object) => {
    const text = JSON.stringify({ ...agreementPayload(), version: 9, ...changes })
    const signed = await Promise.all((['SC-AMR', 'CQ-AMR'] as const).map((by) => forge(world.signer(by), text, TYP)))
    return openAgreement(signed, world.trust)
  }

  it('is genuine, and undecided on the days when it is in force', async () => {
    const agreement = await agreed({ annexes: ['A'] })
    expect(agreement.newer).toEqual(['/annexes'])
    const { outcome, checks } = await verdictOf(statement, world.optionsFor(fixtures.F01, { agreements: [world.agreement, agreement] }))
    expect(outcome).toBe('indeterminate')
    expect(checks.find(({ id: row }) => row === 'agreement.in-force')).toMatchObject({
      code: 'agreement.newer-members',
      blockedBy: 'fact:newer-version',
    })
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([])
  })

  it('does not affect its predecessor until it begins', async () => {
    const agreement = await agreed({ annexes: ['A'], from: '2027-01-01' })
    const { outcome } = await verdictOf(statement, world.optionsFor(fixtures.F01, { agreements: [world.agreement, agreement] }))
    expect(outcome).toBe('recognised')
  })

  it('still requires both signatures', async () => {
    const signed = await forge(world.signer('SC-AMR'), { ...agreementPayload(), annexes: ['A'] }, TYP)
    await expect(openAgreement([signed], world.trust)).rejects.toMatchObject({ code: 'agreement.not-signed' })
  })
})
