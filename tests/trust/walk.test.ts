// Why this exists: a verifier that accepts an older list would trust a key that was revoked since. The scenarios
// are those of TUF's conformance suite (rollback, freeze, rotation, keys), on our lists.
import { createSigner, type GeneratedKey, generateKey, type Signer, signStatement } from 'tongheng/envelope'
import { createFakeAuthorities, type FakeAuthorities } from 'tongheng/testing'
import {
  type Authorisation,
  anchorOf,
  type Entity,
  type EntityKey,
  openTrust,
  type SeenTrustList,
  type SignedTrustList,
  seenIn,
  signTrustList,
  type TrustListPayload,
} from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'

interface Version {
  readonly payload: TrustListPayload
  readonly signed: SignedTrustList
  readonly id: string
}

let world: FakeAuthorities
let roots: GeneratedKey[]
let signers: Signer[]
let first: Version

const idOf = async (payload: TrustListPayload, signed: SignedTrustList): Promise<string> => {
  // Any opening under the list’s own roots returns its id.
  const trust = await openTrust({ anchors: [anchorOf(payload)], lists: [signed] })
  return trust.lists[0]?.statementId as string
}
const by = (...which: number[]): [Signer, ...Signer[]] => which.map((at) => signers[at] as Signer) as [Signer, ...Signer[]]
const rootsOf = (threshold: number, ...which: number[]) => ({ keys: which.map((at) => roots[at]?.publicJwk as object), threshold })

async function publish(payload: TrustListPayload, which = [0, 1]): Promise<Version> {
  const signed = await signTrustList(payload, by(...which))
  // The id depends on the payload only, not on the signers: read it from a copy that all roots signed.
  const id = await idOf(payload, await signTrustList(payload, by(0, 1, 2, 3, 4)))
  return { payload, signed, id }
}
const after = (prior: Version, changes: readonly Change[] = [], which?: number[]): Promise<Version> =>
  publish(
    change(
      prior.payload,
      ['/version', prior.payload.version + 1],
      ['/previous', prior.id],
      ['/iat', prior.payload.iat + 86_400],
      ...changes,
    ),
    which,
  )
const open = (versions: readonly Version[], seen?: readonly SeenTrustList[]) =>
  openTrust({ anchors: [anchorOf(first.payload)], lists: versions.map(({ signed }) => signed), ...(seen && { seen }) })
const refusal = (
  versions: readonly Version[],
  seen?: readonly SeenTrustList[],
): Promise<{ code: string; details: Record<string, unknown> }> =>
  open(versions, seen).then(
    ({ lists }) => ({ code: `opened ${lists[0]?.payload.version}`, details: {} }),
    ({ code, details }: { code: string; details: Record<string, unknown> }) => ({ code, details }),
  )
const codeOf = async (versions: readonly Version[], seen?: readonly SeenTrustList[]): Promise<string> =>
  (await refusal(versions, seen)).code
const seenOf = ({ payload, id }: Version): SeenTrustList[] => [{ authority: payload.iss, version: payload.version, statementId: id }]

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  roots = await Promise.all(Array.from({ length: 5 }, () => generateKey()))
  signers = await Promise.all(roots.map(({ privateJwk }) => createSigner(privateJwk)))
  const sichuan = world.trust.lists.find(({ payload }) => payload.region === '51')?.payload as TrustListPayload
  first = await publish(
    change({ ...sichuan, exp: sichuan.exp + 31_536_000, nextUpdate: sichuan.nextUpdate + 31_536_000 }, ['/roots', rootsOf(2, 0, 1, 2)]),
  )
})

describe('versions of a list', () => {
  it('are applied one by one, in any order of input, and the newest counts', async () => {
    const second = await after(first)
    const third = await after(second)
    for (const order of [
      [first, second, third],
      [third, first, second],
      [second, third, first, second],
    ]) {
      const trust = await open(order)
      expect(trust.lists.map(({ payload }) => payload.version)).toEqual([3])
      expect(trust.versions(first.payload.iss).map(({ statementId }) => statementId)).toEqual([first.id, second.id, third.id])
      expect(trust.seen).toEqual(seenOf(third))
      expect(trust.versions('91510100MA6C1A2B4Q')).toEqual([])
    }
  })

  it('may begin with any number, where the roots of that version are pinned', async () => {
    const second = await after(first)
    expect(await codeOf([second, await after(second)])).toBe('opened 3')
  })

  it('of one payload with different signatures are one list, and the signatures add up', async () => {
    const [halfA, halfB] = await Promise.all([signTrustList(first.payload, by(0)), signTrustList(first.payload, by(1))])
    expect(await codeOf([{ ...first, signed: halfA }])).toBe('trust-list.threshold')
    expect(
      await codeOf([
        { ...first, signed: halfA },
        { ...first, signed: halfB },
      ]),
    ).toBe('opened 1')
  })
})

describe('the signatures of a list', () => {
  it('are stored if counted, in any context: the list opens again from the stored texts', async () => {
    const stranger = await createSigner((await generateKey()).privateJwk)
    const junk = await Promise.all(
      Array.from({ length: 18 }, () => signTrustList(first.payload, [stranger])).map(async (signed) => (await signed)[0] as string),
    )
    const crowded = [...junk, ...first.signed]
    const kept =
      (
        await open([
          { ...first, signed: junk },
          { ...first, signed: crowded },
        ])
      ).lists[0]?.signed ?? []
    expect([...kept].sort()).toEqual([...first.signed].sort())
    expect(await codeOf([{ ...first, signed: kept }])).toBe('opened 1')
  })
})

describe('rollback', () => {
  it('to an older list is refused, with any content and signer', async () => {
    const second = await after(first)
    const third = await after(second)
    expect(await codeOf([first], seenOf(second))).toBe('trust-list.rollback')
    expect(await codeOf([first, second], seenOf(third))).toBe('trust-list.rollback')
    const { details } = await refusal([first], seenOf(third))
    expect(details).toMatchObject({ authority: first.payload.iss, version: 1, seen: 3 })
  })

  it('to no list at all is refused', async () => {
    const { code, details } = await refusal([], seenOf(first))
    expect([code, details.version]).toEqual(['trust-list.rollback', 0])
  })

  it('is refused also when the list seen has expired since: the memory does not expire', async () => {
    const second = await after(first, [
      ['/nextUpdate', first.payload.iat + 86_401],
      ['/exp', first.payload.iat + 86_402],
    ])
    expect(await codeOf([first], seenOf(second))).toBe('trust-list.rollback')
    expect(await codeOf([first, second], seenOf(second))).toBe('opened 2')
  })

  it('to an earlier time of issue is refused', async () => {
    const earlier = await after(first, [['/iat', first.payload.iat - 1]])
    expect(await refusal([first, earlier])).toEqual({ code: 'trust-list.times', details: { authority: first.payload.iss } })
  })

  it('is not found in a second list of the same moment', async () => {
    expect(await codeOf([first, await after(first, [['/iat', first.payload.iat]])])).toBe('opened 2')
  })

  it('is not found in the same list again, nor in the next', async () => {
    const second = await after(first)
    expect(await codeOf([first], seenOf(first))).toBe('opened 1')
    expect(await codeOf([second], seenOf(first))).toBe('opened 2')
    expect(await codeOf([first, second], seenOf(first))).toBe('opened 2')
  })

  it('restores no revoked key: a revocation is never undone', async () => {
    const at = first.payload.iat
    const revoked = { at, reason: '私钥泄露', retroactive: true }
    const second = await after(first, [['/entities/0/keys/0/revoked', revoked]])
    const undone: [string, unknown][] = [
      ['/entities/0/keys/0/revoked', undefined],
      ['/entities/0/keys/0/revoked/at', at + 1],
      ['/entities/0/keys/0/revoked/retroactive', false],
    ]
    for (const undo of undone) {
      const { code, details } = await refusal([first, second, await after(second, [undo])])
      expect([code, details.path], undo[0]).toEqual(['trust-list.removed', '/entities/0/keys/0/revoked'])
    }
    expect(await codeOf([first, second, await after(second)])).toBe('opened 3')
  })
})

describe('the memory', () => {
  it('has the highest stored version of each authority, in any order of input', async () => {
    const second = await after(first)
    const other = world.trustLists.find((_, at) => world.anchors[at]?.region === '50') as SignedTrustList
    const seen = [...seenOf(second), ...world.trust.seen.filter(({ authority }) => authority !== first.payload.iss)]
    expect(seen).toHaveLength(2)
    expect(seenIn([first.signed, second.signed, other])).toEqual(seen)
    expect(seenIn([second.signed, first.signed, other])).toEqual(seen)
    expect(seenIn([])).toEqual([])
  })

  it('has no list without a version', async () => {
    const sign = async (version: unknown) => [
      await signStatement({ ...first.payload, version }, { typ: 'metrology-trust-list+jwt', signer: signers[0] as Signer }),
    ]
    expect(seenIn([await sign('two'), await sign(0), await sign(undefined)])).toEqual([])
  })
})

describe('a gap', () => {
  it('between versions, or after the last one seen, is refused', async () => {
    const third = await after(await after(first))
    expect(await refusal([first, third])).toMatchObject({ code: 'trust-list.gap', details: { version: 1, next: 3 } })
    const authority = first.payload.iss
    expect(await refusal([third], seenOf(first))).toEqual({ code: 'trust-list.gap', details: { authority, version: 1, next: 3 } })
  })
})

describe('a fork', () => {
  it('is found between two lists of one version, with both ids as evidence', async () => {
    const [one, other] = await Promise.all([after(first), after(first, [['/nextUpdate', first.payload.nextUpdate - 1]])])
    const { code, details } = await refusal([first, one, other])
    expect(code).toBe('trust-list.fork')
    expect([details.one, details.other].sort()).toEqual([one.id, other.id].sort())
  })

  it('is found also where one of the two changed the root keys', async () => {
    const rotated = await after(first, [['/roots', rootsOf(2, 3, 4)]], [0, 1, 3, 4])
    const kept = await after(first, [['/nextUpdate', first.payload.nextUpdate - 1]])
    for (const order of [
      [first, rotated, kept],
      [first, kept, rotated],
    ])
      expect(await codeOf(order)).toBe('trust-list.fork')
  })

  it('is not found in a list that too few root keys signed', async () => {
    const one = await after(first)
    const forged = await after(first, [['/nextUpdate', first.payload.nextUpdate - 1]], [0, 4])
    expect(await codeOf([first, one, forged])).toBe('trust-list.threshold')
  })

  it('is found against the memory', async () => {
    const [one, other] = await Promise.all([after(first), after(first, [['/nextUpdate', first.payload.nextUpdate - 1]])])
    expect(await codeOf([first, other], seenOf(one))).toBe('trust-list.fork')
    expect(await codeOf([await after(other)], seenOf(one))).toBe('trust-list.fork')
  })

  it('is found where a list names another predecessor, or none', async () => {
    expect(await codeOf([first, await after(first, [['/previous', 'A'.repeat(43)]])])).toBe('trust-list.fork')
    const { code, details } = await refusal([first, await after(first, [['/previous', undefined]])])
    expect([code, details]).toEqual(['trust-list.fork', { authority: first.payload.iss, version: 1, one: first.id, other: '—' }])
  })
})

describe('rotation of root keys', () => {
  it('requires the threshold of the old roots and of the new (TUF 5.3.4)', async () => {
    const to: Change[] = [['/roots', rootsOf(2, 2, 3, 4)]]
    const rotated = (which: number[]) => after(first, to, which)
    expect(await codeOf([first, await rotated([0, 1, 3, 4])])).toBe('opened 2')
    expect(await codeOf([first, await rotated([1, 2, 3])])).toBe('opened 2')
    expect(await codeOf([first, await rotated([3, 4])])).toBe('trust-list.threshold')
    expect(await codeOf([first, await rotated([0, 1])])).toBe('trust-list.threshold')
    expect(await codeOf([first, await rotated([0, 1, 3])])).toBe('trust-list.threshold')
  })

  it('ends the old keys: the version after it requires the new ones', async () => {
    const second = await after(first, [['/roots', rootsOf(2, 3, 4)]], [0, 1, 3, 4])
    expect(await codeOf([first, second, await after(second, [], [3, 4])])).toBe('opened 3')
    expect(await codeOf([first, second, await after(second, [], [0, 1])])).toBe('trust-list.threshold')
    // A verifier that pinned the first roots cannot skip the step that proves the new ones.
    expect(await codeOf([await after(second, [], [3, 4])])).toBe('trust-list.threshold')
  })

  it('raises and lowers the threshold by the same rule', async () => {
    const three: Change[] = [['/roots/threshold', 3]]
    expect(await codeOf([first, await after(first, three, [0, 1])])).toBe('trust-list.threshold')
    const second = await after(first, three, [0, 1, 2])
    const one: Change[] = [['/roots/threshold', 1]]
    expect(await codeOf([first, second, await after(second, one, [0, 1])])).toBe('trust-list.threshold')
    expect(await codeOf([first, second, await after(second, one, [0, 1, 2])])).toBe('opened 3')
  })
})

describe('what a version removes', () => {
  const removals: readonly (readonly [what: string, path: string, change: Change])[] = [
    ['a body', '/entities/1', ['/entities/1', undefined]],
    ['a key', '/entities/1/keys/0', ['/entities/1/keys/0', undefined]],
    ['the beginning of a key', '/entities/1/keys/0', ['/entities/1/keys/0/notBefore', 1]],
    ['an authorisation', '/entities/1/authorisations/0', ['/entities/1/authorisations/0', undefined]],
  ]
  it.each(removals)('is reported: %s', async (_, path, removal) => {
    expect(await refusal([first, await after(first, [removal])])).toMatchObject({
      code: 'trust-list.removed',
      details: { path, version: 2 },
    })
  })

  it('is found among similar entries: keys without a y, a mirrored key, a renewed number, one day for two numbers', async () => {
    const [ed, other] = await Promise.all([generateKey('Ed25519'), generateKey('Ed25519')])
    const { keys, authorisations } = first.payload.entities[1] as Entity
    const [key, scope] = [keys[0] as EntityKey, authorisations[0] as Authorisation]
    const { x, y } = key.jwk as { x: string; y: string }
    const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
    const negated = (p - BigInt(`0x${Buffer.from(y, 'base64url').toString('hex')}`)).toString(16).padStart(64, '0')
    const mirrored = { ...key.jwk, x, y: Buffer.from(negated, 'hex').toString('base64url') }
    const scopes = [scope, { ...scope, from: '2031-01-01', to: '2035-12-31' }, { ...scope, number: '（川）法计（2031）1号' }]
    const base = await publish(
      change(
        first.payload,
        ['/entities/1/keys', [{ ...key, jwk: ed.publicJwk }, { ...key, jwk: other.publicJwk }, key]],
        ['/entities/1/authorisations', scopes],
      ),
    )
    const removal = async (...changes: Change[]): Promise<unknown> => {
      const { code, details } = await open([base, await after(base, changes)]).then(
        () => ({ code: 'opened', details: {} as Record<string, unknown> }),
        (error: { code: string; details: Record<string, unknown> }) => error,
      )
      return code === 'trust-list.removed' ? details.path : code
    }
    expect(await removal()).toBe('opened')
    expect(await removal(['/entities/1/keys/0', undefined])).toBe('/entities/1/keys/0')
    expect(await removal(['/entities/1/keys/2/jwk', mirrored])).toBe('/entities/1/keys/2')
    for (const at of [0, 1, 2])
      expect(await removal([`/entities/1/authorisations/${at}`, undefined])).toBe(`/entities/1/authorisations/${at}`)
  })

  it('may be an end: of a key, of an authorisation', async () => {
    const ends: Change[] = [
      ['/entities/1/keys/0/notAfter', first.payload.iat + 1],
      ['/entities/1/authorisations/0/to', '2025-06-30'],
    ]
    expect(await codeOf([first, await after(first, ends)])).toBe('opened 2')
  })
})
