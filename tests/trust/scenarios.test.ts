// Why this exists: many clients of signed lists failed the conformance suite of TUF. Its families (expiry 6,
// rollback 7, rotation 2, keys 6) on our lists, each scenario by name, with its clause of the TUF specification 1.0.
import { coSign, createSigner, type GeneratedKey, generateKey, parseStatement, type Signer } from 'tongheng/envelope'
import { signRecord } from 'tongheng/records'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { anchorOf, openTrust, type SeenTrustList, signTrustList, type Trust, type TrustListPayload } from 'tongheng/trust'
import { decidingCheck, openStatus, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'

interface Version {
  readonly payload: TrustListPayload
  readonly signed: readonly string[]
  readonly id: string
}
interface Scenario {
  readonly name: string
  readonly clause: string
  readonly code: string
  readonly run: () => Promise<string>
}

const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const CD = organisation('CD').uscc
let world: FakeAuthorities
let roots: GeneratedKey[]
let signers: Signer[]
let base: TrustListPayload
let chengdu: string
let first: Version

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  roots = await Promise.all(Array.from({ length: 8 }, () => generateKey('Ed25519')))
  signers = await Promise.all(roots.map(({ privateJwk }) => createSigner(privateJwk)))
  base = world.trust.lists.find(({ payload }) => payload.region === '51')?.payload as TrustListPayload
  chengdu = `/entities/${base.entities.findIndex(({ uscc }) => uscc === CD)}`
  first = await publish({ ...base, version: 1, roots: rootsOf([0, 1, 2], 2) }, [0, 1])
})

const rootsOf = (which: readonly number[], threshold: number) => ({
  keys: which.map((at) => (roots[at] as GeneratedKey).publicJwk),
  threshold,
})
async function publish(payload: TrustListPayload, by: readonly number[]): Promise<Version> {
  const [one, ...others] = by.map((at) => signers[at] as Signer)
  const signed = await signTrustList(payload, [one as Signer, ...others])
  return { payload, signed, id: parseStatement(signed[0] as string, 'metrology-trust-list+jwt').id }
}
const after = ({ payload, id }: Version, changes: readonly Change[] = [], by: readonly number[] = [0, 1]): Promise<Version> =>
  publish(change(payload, ['/version', payload.version + 1], ['/previous', id], ...changes), by)
const trustIn = (versions: readonly Version[], seen: readonly SeenTrustList[] = []): Promise<Trust> =>
  openTrust({ anchors: [anchorOf((versions[0] ?? first).payload)], lists: versions.map(({ signed }) => signed), seen })
const opening = (versions: readonly Version[], seen?: readonly SeenTrustList[]): Promise<string> =>
  openTrust({ anchors: [anchorOf(first.payload)], lists: versions.map(({ signed }) => signed), ...(seen && { seen }) }).then(
    ({ lists, partlyRead }) => `opened ${lists[0]?.payload.version}${partlyRead.length > 0 ? ', in part' : ''}`,
    ({ code }: { code: string }) => code,
  )
const seenOf = ({ payload, id }: Version): SeenTrustList[] => [{ authority: payload.iss, version: payload.version, statementId: id }]

const URI = 'https://status.example/cd/1'
/** The deciding check for a record from Chengdu verified in its own province, where only the origin can fail. */
async function decided(trust: Trust, { at = NOW, signer = world.signer('CD'), statusLists }: Asked = {}): Promise<string> {
  const options = statusLists === undefined ? {} : { status: { uri: URI, idx: 7 } }
  const statement = await signRecord(fixtures.F01.record, { signer, at: '2025-03-12T17:00:00+08:00', ...options })
  const status = await openStatus({ statusLists: statusLists ?? [] }, trust)
  const verdict = await verify(statement, { at, trust, status, policy: { region: '51' } })
  return `${verdict.outcome} ${decidingCheck(verdict).code}`
}
interface Asked {
  readonly at?: number
  readonly signer?: Signer
  readonly statusLists?: readonly string[]
}

const EXPIRY: readonly Scenario[] = [
  {
    name: 'an expired list opens, and nothing that rests on it is decided',
    clause: '§5.3.10 freeze attack',
    code: 'indeterminate trust-list.expired',
    run: async () => decided(await trustIn([first]), { at: first.payload.exp + 1 }),
  },
  {
    name: 'an expired list still stops an older one',
    clause: '§5.3.5; python-tuf#1498',
    code: 'trust-list.rollback',
    run: async () => opening([first], seenOf(await after(first, [['/exp', first.payload.nextUpdate]]))),
  },
  {
    name: 'an expired list is the way to the next',
    clause: '§5.3.4, §5.3.10',
    code: 'opened 2',
    run: async () => {
      const ended = await publish(change(first.payload, ['/nextUpdate', first.payload.iat], ['/exp', first.payload.iat]), [0, 1])
      return opening([ended, await after(ended, [['/exp', NOW + 86_400]])])
    },
  },
  {
    name: 'a list that is due and not expired only warns',
    clause: '§5.4.4 (nextUpdate of ETSI TS 119 602)',
    code: 'recognised clause.domestic',
    run: async () => decided(await trustIn([first]), { at: first.payload.nextUpdate + 1 }),
  },
  {
    name: 'a key that an expired list lacks is not known to be wrong',
    clause: '§5.3.10',
    code: 'indeterminate key.unknown-list-expired',
    run: async () =>
      decided(await trustIn([first]), { at: first.payload.exp + 1, signer: await createSigner((await generateKey()).privateJwk) }),
  },
  {
    name: 'an expired status list does not say that all is well',
    clause: '§5.4.4, §5.5.6',
    code: 'indeterminate status.list-expired',
    run: async () => {
      const times = { iat: NOW - 7200, exp: NOW - 3600 }
      const list = await signStatusList({ iss: CD, uri: URI, ...times, statuses: emptyStatuses(100) }, world.signer('CD'))
      return decided(await trustIn([first]), { statusLists: [list] })
    },
  },
]

const ROLLBACK: readonly Scenario[] = [
  {
    name: 'an older version than was seen',
    clause: '§5.3.5, §5.4.3.1',
    code: 'trust-list.rollback',
    run: async () => opening([first], seenOf(await after(first))),
  },
  {
    name: 'nothing at all after a version was seen',
    clause: '§5.5.5',
    code: 'trust-list.rollback',
    run: async () => opening([], seenOf(first)),
  },
  {
    name: 'the same version with other content',
    clause: '§5.5.2, §5.5.4',
    code: 'trust-list.fork',
    run: async () => opening([await publish(change(first.payload, ['/exp', first.payload.exp + 1]), [0, 1])], seenOf(first)),
  },
  {
    name: 'a version that names another one before it',
    clause: '§5.5.2 mix and match',
    code: 'trust-list.fork',
    run: async () => opening([first, await after(first, [['/previous', 'A'.repeat(43)]])]),
  },
  {
    name: 'a version far ahead, which could never be followed (fast forward)',
    clause: '§5.3.5: exactly one more',
    code: 'trust-list.gap',
    run: async () => opening([first, await after(first, [['/version', 99_999]])]),
  },
  {
    name: 'a higher version from before',
    clause: '§5.4.3',
    code: 'trust-list.times',
    run: async () => opening([first, await after(first, [['/iat', first.payload.iat - 1]])]),
  },
  {
    name: 'a higher version in which a revocation is gone',
    clause: '§5.6.5, on what lists hold',
    code: 'trust-list.removed',
    run: async () => {
      const revoked = { at: first.payload.iat, reason: '私钥泄露', retroactive: true }
      const second = await after(first, [[`${chengdu}/keys/0/revoked`, revoked]])
      return opening([first, second, await after(second, [[`${chengdu}/keys/0/revoked`, undefined]])])
    },
  },
]

/** Roots and signers of a version, by number, and whether it is accepted after the previous versions. */
type Step = readonly [keys: readonly number[], threshold: number, by: readonly number[], isTaken: boolean]
const ROTATIONS: Readonly<Record<string, readonly Step[]>> = {
  'one key by another': [
    [[1], 1, [1], true],
    [[2], 1, [1, 2], true],
    [[2], 1, [2], true],
  ],
  'one key by another, among signatures nobody asked for': [
    [[1], 1, [3, 1, 4], true],
    [[2], 1, [3, 2, 1, 4], true],
  ],
  'one key by another, without the old': [
    [[1], 1, [1], true],
    [[2], 1, [2, 3, 4], false],
  ],
  'one key by another, without the new': [
    [[1], 1, [1], true],
    [[2], 1, [1, 3, 4], false],
  ],
  'other three of five each time': [
    [[0, 1, 2, 3, 4], 3, [0, 2, 4], true],
    [[0, 1, 2, 3, 4], 3, [0, 1, 4], true],
    [[0, 1, 2, 3, 4], 3, [0, 1, 3], true],
  ],
  'one of five, three of both': [
    [[0, 1, 2, 3, 4], 3, [0, 2, 4], true],
    [[0, 1, 3, 4, 5], 3, [0, 1, 4], true],
  ],
  'one of five, two of the new': [
    [[0, 1, 2, 3, 4], 3, [0, 2, 4], true],
    [[0, 1, 3, 4, 5], 3, [0, 2, 4], false],
  ],
  'one of five, two of the old': [
    [[0, 1, 2, 3, 4], 3, [0, 2, 4], true],
    [[0, 1, 3, 4, 5], 3, [0, 4, 5], false],
  ],
  'all three by three others': [
    [[0, 1, 2], 2, [0, 2], true],
    [[5, 6, 7], 2, [0, 2, 5, 6], true],
    [[5, 6, 7], 2, [6, 7], true],
  ],
  'the threshold up, met': [
    [[1, 2, 3], 1, [1], true],
    [[1, 2, 3], 2, [1, 2], true],
  ],
  'the threshold up, not met': [
    [[1, 2, 3], 1, [1], true],
    [[1, 2, 3], 2, [2], false],
  ],
  'the threshold down, by the old one': [
    [[1, 2, 3], 2, [1, 2], true],
    [[1, 2, 3], 1, [1, 2], true],
    [[1, 2, 3], 1, [3], true],
  ],
  'the threshold down, by the new one only': [
    [[1, 2, 3], 2, [1, 2], true],
    [[1, 2, 3], 1, [1], false],
  ],
}

async function rotate(steps: readonly Step[]): Promise<string[]> {
  const versions: Version[] = []
  const answers: string[] = []
  for (const [keys, threshold, by] of steps) {
    const changes: Change[] = [['/roots', rootsOf(keys, threshold)]]
    const prior = versions.at(-1)
    const next = prior === undefined ? await publish(change(first.payload, ...changes), by) : await after(prior, changes, by)
    versions.push(next)
    const anchor = anchorOf((versions[0] as Version).payload)
    const lists = versions.map(({ signed }) => signed)
    answers.push(
      await openTrust({ anchors: [anchor], lists }).then(
        () => 'opened',
        ({ code }: { code: string }) => code,
      ),
    )
  }
  return answers
}

const ROTATION: readonly Scenario[] = [
  {
    name: 'of roots, by every way in which it may go',
    clause: '§5.3.4: the thresholds of the old roots and of the new',
    code: '[]',
    run: async () => {
      const wrong: string[] = []
      for (const [name, steps] of Object.entries(ROTATIONS)) {
        const expected = steps.map(([, , , isTaken]) => (isTaken ? 'opened' : 'trust-list.threshold'))
        const answers = await rotate(steps)
        if (answers.join() !== expected.join()) wrong.push(`${name}: ${answers.join()}`)
      }
      return JSON.stringify(wrong)
    },
  },
  {
    name: 'of a body’s key: the new one counts from the version that lists it, the old one to its end',
    clause: '§6.1 key management',
    code: 'recognised clause.domestic; not-recognised key.unknown; recognised clause.domestic; not-recognised key.expired',
    run: async () => {
      const { publicJwk, privateJwk } = await generateKey()
      const fresh = await createSigner(privateJwk)
      const [old] = base.entities[Number(chengdu.split('/')[2])]?.keys ?? []
      const added = await after(first, [
        [`${chengdu}/keys/1`, { ...old, jwk: publicJwk }],
        [`${chengdu}/keys/0/notAfter`, Date.parse('2025-03-01T00:00:00Z') / 1000],
      ])
      const [before, now] = [await trustIn([first]), await trustIn([first, added])]
      return (await Promise.all([decided(before), decided(before, { signer: fresh }), decided(now, { signer: fresh }), decided(now)])).join(
        '; ',
      )
    },
  },
]

const KEYS: readonly Scenario[] = [
  {
    name: 'fewer signatures than the threshold',
    clause: '§5.3.4; §4.2 threshold',
    code: 'trust-list.threshold',
    run: async () => opening([await publish(first.payload, [0])]),
  },
  {
    name: 'a threshold that its keys can never meet',
    clause: '§4.2 threshold',
    code: 'trust-list.threshold',
    run: async () => opening([first, await after(first, [['/roots', rootsOf([0, 1, 2], 6)]], [0, 1, 2])]),
  },
  {
    name: 'one key listed several times',
    clause: '§4.2 unique keys',
    code: 'trust-list.threshold',
    run: async () => opening([first, await after(first, [['/roots', rootsOf([0, 1, 3, 3, 3], 4)]], [0, 1, 3])]),
  },
  {
    name: 'one key that signed several times',
    clause: '§4.2 unique keys',
    code: 'trust-list.threshold',
    run: async () => {
      // `signTrustList` refuses to sign this; another program may not.
      const { payload, signed, id } = await publish(first.payload, [0])
      const again = { typ: 'metrology-trust-list+jwt', signer: signers[0] as Signer } as const
      return opening([{ payload, signed: [...signed, await coSign(signed[0] as string, again), ...signed], id }])
    },
  },
  {
    name: 'keys that only the list itself calls roots',
    clause: '§5.3.4: of the trusted metadata',
    code: 'trust-list.threshold',
    run: async () => opening([await publish(change(first.payload, ['/roots', rootsOf([4, 5], 2)]), [4, 5])]),
  },
  {
    name: 'a key with a member that keys have not',
    clause: '§4.2 keyid, keytype, scheme',
    code: 'opened 1, in part',
    run: async () => {
      const { payload, signed } = first
      const [key, ...others] = payload.roots.keys
      const odd = { ...payload, roots: { keys: [{ ...key, keyid_hash_algorithms: ['md5'] }, ...others], threshold: 2 } }
      const text = Buffer.from(JSON.stringify(odd)).toString('base64url')
      const lists = await Promise.all(
        [0, 1].map(async (at) => {
          const input = `${(signed[at] as string).split('.')[0]}.${text}`
          return `${input}.${Buffer.from(await (signers[at] as Signer).sign(Buffer.from(input))).toString('base64url')}`
        }),
      )
      return opening([{ ...first, signed: lists }])
    },
  },
]

describe.each<[string, number, readonly Scenario[]]>([
  ['expiry', 6, EXPIRY],
  ['rollback', 7, ROLLBACK],
  ['rotation', 2, ROTATION],
  ['keys', 6, KEYS],
])('%s', (_, count, scenarios) => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario.clause, scenario] as const))(
    '%s (TUF %s)',
    async (_name, _clause, scenario) => {
      expect(await scenario.run()).toBe(scenario.code)
    },
  )

  it(`has ${count} scenarios`, () => expect(scenarios).toHaveLength(count))
})
