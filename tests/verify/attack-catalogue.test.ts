// Why this exists: every row of the attack catalogue must be tested. A new row fails this file until it is tested: by class in
// tests/envelope/attacks.test.ts, or by id here.
import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { createSigner, generateKey } from 'tongheng/envelope'
import { createTree, leafHash, proveConsistency, rootOf, verifyConsistency, verifyInclusion } from 'tongheng/log'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { fixtures, organisation } from 'tongheng/testing'
import { openTrust, signTrustList, type TrustList } from 'tongheng/trust'
import { decidingCheck, openStatus, type VerifyOptions, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { PAYLOADS } from '../envelope/attack-forms.ts'
import { type Change, change } from '../records/change.ts'
import { readJson, vectorFile } from '../support/vectors.ts'
import { entityAt, retrust } from '../trust/retrust.ts'
import { claimsOf, createWorld, forge, type World } from './world.ts'

interface Row {
  readonly id: string
  readonly cls: string
  readonly mutation: Readonly<Record<string, unknown>>
}

const { F01 } = fixtures
const CD = organisation('CD').uscc
const URI = 'https://status.example/cd/1'
let world: World
let sichuan: TrustList

beforeAll(async () => {
  world = await createWorld()
  sichuan = world.trust.lists.find(({ payload }) => payload.region === '51') as TrustList
})

const judged = async (statement: string, more: Partial<VerifyOptions> = {}): Promise<string> =>
  decidingCheck(await verify(statement, world.optionsFor(F01, more))).code
const claimed = async (more: object): Promise<string> => judged(await forge(world.signer('CD'), claimsOf(F01, more)))
const recorded = (...changes: readonly Change[]): Promise<string> => claimed({ record: change(F01.record, ...changes) })

/** The next version of the list, with changes, signed by the roots of the authority or by other keys. */
async function following(changes: readonly Change[] = [], signers = world.rootSigners('SC-AMR')): Promise<string[]> {
  const { payload, statementId } = sichuan
  return signTrustList(change(payload, ['/version', payload.version + 1], ['/previous', statementId], ...changes), signers)
}
const opened = (lists: readonly (readonly string[])[], seen?: Parameters<typeof openTrust>[0]['seen']): Promise<string> =>
  openTrust({ anchors: world.anchors, lists, ...(seen && { seen }) }).then(
    () => 'opened',
    ({ code }: { code: string }) => code,
  )

interface ListMade {
  readonly value?: number
  readonly iat?: number
  readonly size?: number
  readonly iss?: string
  readonly by?: 'CD' | 'LZ'
}
const NOW = (): number => Date.parse(world.at) / 1000
const statusList = ({ value = 0, iat = NOW() - 86_400, size = 100, iss = CD, by = 'CD' }: ListMade = {}): Promise<string> => {
  const statuses = emptyStatuses(size)
  const told = size > 7 ? statuses.with(7, value) : statuses
  return signStatusList({ iss, uri: URI, iat, exp: iat + 7 * 86_400, statuses: told }, world.signer(by))
}
async function byStatus(...statusLists: string[]): Promise<string> {
  const statement = await world.sign('CD', F01.record, { status: { uri: URI, idx: 7 } })
  return judged(statement, { status: await openStatus({ statusLists }, world.trust) })
}

const leaves = Array.from({ length: 9 }, (_, at) => leafHash(Uint8Array.of(at)))
const tree = createTree()
for (const leaf of leaves) tree.append(leaf)
const { nodeAt } = tree

/** Attacks that involve more than the form of one token: each row with the attack and the expected code. */
const TRIED: Readonly<Record<string, { readonly code: string; readonly run: () => Promise<string> }>> = {
  'kid-other-issuer': { code: 'issuer.key-mismatch', run: async () => judged(await forge(world.signer('LZ'), claimsOf(F01))) },
  // Codes of bodies are ASCII, so a confusable code fails the schema without reference to a list.
  'iss-confusable': { code: 'shape.format', run: () => claimed({ iss: CD.replace('A', 'А').replace('L', 'Ꮮ') }) },
  'iss-trailing-slash': { code: 'shape.format', run: () => claimed({ iss: `${CD}/` }) },
  'key-wrong-use': {
    code: 'key.use-not-allowed',
    run: async () => {
      const trust = await retrust(world, '51', [`${entityAt(world, CD)}/keys/0/typ`, ['metrology-request+jwt']])
      return judged(await world.sign('CD', F01.record), { trust })
    },
  },
  // The claims of a record are a closed list: others are refused by name.
  // Registered claims that no record has. RFC 7519 §4 would ignore them; here they may limit the statement, so they are not
  // ignored, and a later version may define them, so they are not a failure: the verdict is undecided (newer-members.test.ts).
  'json-constructor.prototype member': { code: 'record.newer-members', run: () => claimed({ constructor: { prototype: { iss: 'x' } } }) },
  'json-exp: "9999999999"': { code: 'record.newer-members', run: () => claimed({ exp: '9999999999' }) },
  'json-exp: -1': { code: 'record.newer-members', run: () => claimed({ exp: -1 }) },
  'json-bidi control characters in a display': { code: 'shape.format', run: () => recorded(['/instrument/name', '出租\u202e汽车']) },
  'json-zero-width characters in an identifi': { code: 'shape.format', run: () => recorded(['/basis/0/number', 'JJG\u200b 517-2016']) },
  'trust-older version number than last seen (rollbac': {
    code: 'trust-list.rollback',
    run: async () => {
      const next = await openTrust({ anchors: world.anchors, lists: [sichuan.signed, await following()] })
      return opened([sichuan.signed], next.seen)
    },
  },
  'trust-expired list, no newer available (freeze)': {
    code: 'trust-list.expired',
    run: async () => judged(await world.sign('CD', F01.record), { at: sichuan.payload.exp + 1 }),
  },
  'trust-list signed by fewer than threshold': {
    code: 'trust-list.threshold',
    run: async () => opened([await signTrustList(sichuan.payload, [world.rootSigners('SC-AMR')[0]])]),
  },
  'trust-threshold met by two kids of the same key ma': {
    code: 'trust-list.threshold',
    run: async () => {
      const [one] = world.rootSigners('SC-AMR')
      // Another kid for the same key, whose last character is a possible end of a digest.
      const other = `${one.kid.slice(0, 42)}${one.kid.endsWith('A') ? 'E' : 'A'}`
      const twice = await signTrustList(sichuan.payload, [one, { ...one, kid: other }])
      return opened([twice])
    },
  },
  'trust-list for another scope/origin': {
    code: 'trust-list.region',
    run: async () => opened([await signTrustList(change(sichuan.payload, ['/region', '50']), world.rootSigners('SC-AMR'))]),
  },
  'trust-version jumps with missing intermediates (mu': {
    code: 'trust-list.gap',
    run: async () => opened([sichuan.signed, await following([['/version', sichuan.payload.version + 2]])]),
  },
  'trust-root rotation signed only by new keys': {
    code: 'trust-list.threshold',
    run: async () => {
      const fresh = await generateKey()
      const roots = { keys: [fresh.publicJwk], threshold: 1 }
      return opened([sichuan.signed, await following([['/roots', roots]], [await createSigner(fresh.privateJwk)])])
    },
  },
  'trust-status list index out of range': { code: 'status.index', run: async () => byStatus(await statusList({ size: 4 })) },
  'trust-status list zlib bomb': {
    code: 'status-list.too-large',
    run: async () => {
      const lst = deflateSync(new Uint8Array(64 * 1024 * 1024)).toString('base64url')
      const claims = { iss: CD, sub: URI, iat: NOW() - 60, exp: NOW() + 60, status_list: { bits: 2, lst } }
      const bomb = await forge(world.signer('CD'), claims, { typ: 'statuslist+jwt' })
      return (await openStatus({ statusLists: [bomb] }, world.trust)).refused[0]?.code ?? 'taken'
    },
  },
  'trust-status list older than last seen iat': {
    code: 'status.revoked',
    run: async () => byStatus(await statusList({ value: 1 }), await statusList({ iat: NOW() - 2 * 86_400 })),
  },
  'trust-status list issuer other than record issuer ': {
    code: 'status.not-supplied',
    run: async () => byStatus(await statusList({ iss: organisation('LZ').uscc, by: 'LZ' })),
  },
  'trust-checkpoint same size different root': {
    code: 'refused',
    run: async () => answered(verifyConsistency(7, 7, rootOf(7, nodeAt), rootOf(8, nodeAt), [])),
  },
  'trust-consistency proof invalid': {
    code: 'refused',
    run: async () => {
      const proof = proveConsistency(5, 9, nodeAt)
      const [old, now] = [rootOf(5, nodeAt), rootOf(9, nodeAt)]
      expect(answered(verifyConsistency(5, 9, old, now, proof))).toBe('taken')
      return answered(verifyConsistency(5, 9, old, now, proof.toReversed()))
    },
  },
  'trust-two logs same origin': {
    code: 'trust-list.log-twice',
    run: async () => {
      const [one, other] = await Promise.all([generateKey('Ed25519'), generateKey('Ed25519')])
      const logs = [one, other].map(({ publicJwk: key }) => ['/logs/-', { origin: 'log.example', key }] as const)
      return opened([sichuan.signed, await following(logs)])
    },
  },
  'trust-63+ proof hashes': {
    code: 'refused',
    run: async () => answered(verifyInclusion(0, 9, leaves[0] as Uint8Array, Array(64).fill(leaves[1]), rootOf(9, nodeAt))),
  },
  'redos-50 000 "-" in a date': { code: 'date.civil', run: () => recorded(['/verifiedOn', '-'.repeat(50_000)]) },
  'redos-unit string of 10 000 slashes': {
    code: 'shape.too-big',
    run: () => recorded(['/results/0/columns/1/unit', '/'.repeat(10_000)]),
  },
}
const answered = (isTaken: boolean): string => (isTaken ? 'taken' : 'refused')

/** Rows tested in another file: the file, and words of the test title. */
const ELSEWHERE: Readonly<Record<string, readonly [file: string, words: string]>> = {
  'trust-cosignature timestamp zero / in the future': [
    'tests/log/note.test.ts',
    'lists the known witnesses that cosigned it, with the time',
  ],
  'trust-unknown cosigner lines (must be ignored)': ['tests/log/note.test.ts', 'with any extensions and unknown signatures'],
}
/** Classes of which every row is built from its description and tested. */
const BY_FORM = ['alg', 'typ', 'crit', 'key', 'serialisation', 'malleability', 'json']

const rows = readJson<{ readonly cases: readonly Row[] }>(vectorFile('attacks/jwt-attacks.json.gz')).cases

function isTried({ id, cls, mutation }: Row): boolean {
  if (Object.hasOwn(TRIED, id)) return true
  const elsewhere = ELSEWHERE[id]
  if (elsewhere !== undefined) return fileText(elsewhere[0]).includes(elsewhere[1])
  const words = String(mutation.request ?? mutation.claims ?? mutation.payload ?? '')
  if (cls === 'request' || cls === 'time') return fileText('tests/server/request.test.ts').includes(`'${words}'`)
  if (cls === 'json') return (PAYLOADS[words]?.[1] ?? 'accepted') !== 'accepted'
  return BY_FORM.includes(cls)
}
const fileText = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

describe('an attack', () => {
  it.each(Object.entries(TRIED).map(([id, { code }]) => [id, code] as const))('%s is answered with %s', async (id, code) => {
    expect(await TRIED[id]?.run()).toBe(code)
  })
})

describe('the catalogue', () => {
  it('has no untried row, and every attack that is tried is a row of it', () => {
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.filter((row) => !isTried(row)).map(({ id }) => id)).toEqual([])
    const ids = new Set(rows.map(({ id }) => id))
    expect([...Object.keys(TRIED), ...Object.keys(ELSEWHERE)].filter((id) => !ids.has(id))).toEqual([])
  })
})
