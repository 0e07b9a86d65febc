// Why this exists: the holder of a stolen key can write any date. After the revocation, a record counts only if another party saw
// it before; evidence that the thief can create, copy or date must not count.
import { createSigner, generateKey, type Signer, signStatement } from 'tongheng/envelope'
import { cosignCheckpoint, createNoteSigner, createTree, leafHash, proveInclusion, rootOf, signCheckpoint } from 'tongheng/log'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import { type AuthorityKey, fixtures, organisation } from 'tongheng/testing'
import type { Trust } from 'tongheng/trust'
import {
  decidingCheck,
  gatherEvidence,
  openLogEvidence,
  openStatus,
  readSpecifications,
  replayEvidence,
  type SignedLogEvidence,
  type StatementPlace,
  standings,
  verify,
} from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../records/change.ts'
import { entityAt, retrust } from '../trust/retrust.ts'
import { claimsOf, createWorld, forge, type World } from './world.ts'

const { F01 } = fixtures
const CD = organisation('CD').uscc
const DAY = 86_400
let world: World
let now: number
let REVOKED: number
let stolen: Trust
/** Signed today with the stolen key, dated before the revocation. */
let forged: string
let id: string

beforeAll(async () => {
  world = await createWorld()
  now = Date.parse(world.at) / 1000
  REVOKED = now - DAY
  stolen = await revokedFor('51', CD, { retroactive: false })
  forged = await forge(world.signer('CD'), claimsOf(F01))
  id = (await verify(forged, world.optionsFor(F01))).statementId as string
})

const revokedFor = (region: '50' | '51', uscc: string, { at = REVOKED, retroactive = false } = {}, ...more: Change[]): Promise<Trust> =>
  retrust(world, region, [`${entityAt(world, uscc)}/keys/0/revoked`, { at, reason: '私钥泄露', retroactive }], ...more)

const receipt = (more: object = {}, signer: Signer = world.signer('SC-AMR')): Promise<string> =>
  signStatement(
    {
      iss: organisation('SC-AMR').uscc,
      aud: CD,
      sub: id,
      iat: REVOKED - 1,
      req: 'r',
      decision: 'accepted',
      reasons: [],
      reliedOn: {},
      ...more,
    },
    { typ: 'metrology-receipt+jwt', signer },
  )

async function place(at: number | undefined, { witness = 'CQ-AMR' as AuthorityKey, statementId = id } = {}): Promise<StatementPlace> {
  const leaves = [Buffer.from('other'), Buffer.from(id, 'base64url')].map((octets) => leafHash(octets))
  const tree = createTree()
  for (const leaf of leaves) tree.append(leaf)
  const noteSigner = async (authority: AuthorityKey, role: 'log' | 'witness') => {
    const { origin, signer, witness } = world.log(authority)
    return role === 'log'
      ? createNoteSigner({ name: origin, role, signer, jwk: world.logKey(authority).publicJwk })
      : createNoteSigner({ name: origin, role, signer: witness, jwk: world.witnessKey(authority).publicJwk })
  }
  const { origin } = world.log('SC-AMR')
  const checkpoint = await signCheckpoint({ origin, size: 2, root: rootOf(2, tree.nodeAt) }, await noteSigner('SC-AMR', 'log'))
  const lines = at === undefined ? '' : await cosignCheckpoint(checkpoint, await noteSigner(witness, 'witness'), at)
  const proof = proveInclusion(1, 2, tree.nodeAt).map((hash) => Buffer.from(hash).toString('base64url'))
  return { statementId, index: 1, proof, checkpoint: checkpoint + lines }
}

const judged = async (evidence: readonly SignedLogEvidence[], { trust = stolen, statement = forged, at = world.at } = {}) => {
  const log = await openLogEvidence(evidence, trust)
  const verdict = await verify(statement, world.optionsFor(F01, { trust, log, at }))
  return {
    code: `${verdict.outcome} ${decidingCheck(verdict).code}`,
    verdict,
    refused: log.refused.map(({ error }) => String(error.details.reason ?? error.code)),
  }
}
const UNPROVEN = 'indeterminate key.revoked-unproven'
const RECOGNISED = 'recognised agreement.clause'

describe('a record by a key that was revoked later', () => {
  it('is undecided whatever its date, and the finding names the missing evidence in both languages', async () => {
    const { code, verdict } = await judged([])
    expect(code).toBe(UNPROVEN)
    expect(decidingCheck(verdict)).toMatchObject({
      id: 'key.interval',
      path: '/iat',
      blockedBy: 'fact:log',
      message: { zh: expect.stringContaining('未提供'), en: expect.stringContaining('no evidence was given') },
      advice: { zh: expect.stringContaining('回执'), en: expect.stringContaining('receipt') },
    })
    // Without the argument, as offline verifiers call it.
    expect(decidingCheck(await verify(forged, world.optionsFor(F01, { trust: stolen }))).code).toBe('key.revoked-unproven')
  })

  it('is not accepted by asking about a day before the revocation', async () => {
    expect((await judged([], { at: new Date((REVOKED - 3600) * 1000).toISOString() })).code).toBe(UNPROVEN)
  })

  it('is judged normally while the revocation is in the future', async () => {
    expect((await judged([], { trust: await revokedFor('51', CD, { at: now + DAY }) })).code).toBe(RECOGNISED)
  })

  it('is accepted with a receipt of its authority from before the revocation', async () => {
    const { code, verdict } = await judged([await receipt()])
    expect(code).toBe(RECOGNISED)
    expect(verdict.checks.find(({ id: row }) => row === 'key.interval')?.evidence).toMatchObject({ by: organisation('SC-AMR').uscc })
  })

  it('is accepted with an inclusion proof in a log that the other province had cosigned before the revocation', async () => {
    expect((await judged([await place(REVOKED - 1)])).code).toBe(RECOGNISED)
  })

  it('is rejected under a retroactive revocation, whatever the evidence', async () => {
    expect((await judged([await receipt()], { trust: await revokedFor('51', CD, { retroactive: true }) })).code).toBe(
      'not-recognised key.revoked-retroactively',
    )
  })

  it('is rejected where it is dated after the revocation, whatever the evidence', async () => {
    const statement = await forge(world.signer('CD'), claimsOf(F01, { iat: REVOKED }))
    expect((await judged([await receipt()], { statement })).code).toBe('not-recognised key.revoked')
  })
})

describe('evidence that proves nothing', () => {
  it('includes receipts that are late, of another statement, by the issuer itself, by an institute, forged, rejected, or by a revoked key', async () => {
    const [header, payload, signature] = (await receipt()).split('.') as [string, string, string]
    const stranger = await createSigner((await generateKey()).privateJwk)
    const wrong: Record<string, string> = {
      'at the instant of the revocation': await receipt({ iat: REVOKED }),
      'of another statement': await receipt({ sub: Buffer.alloc(32, 1).toString('base64url') }),
      'of no statement': await receipt({ sub: '' }),
      'by the issuer itself': await receipt({ iss: CD }, world.signer('CD')),
      'by another institute': await receipt({ iss: organisation('LZ').uscc }, world.signer('LZ')),
      'in the name of the authority': await receipt({}, world.signer('CD')),
      'by a stranger': await receipt({}, stranger),
      'with another signature': [header, payload, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`].join('.'),
      rejected: await receipt({ decision: 'rejected' }),
      'a text': 'hello',
      'the record itself': forged,
    }
    for (const [how, evidence] of Object.entries(wrong)) expect([how, (await judged([evidence])).code]).toEqual([how, UNPROVEN])
    const both = await revokedFor('51', CD, {}, [
      `${entityAt(world, organisation('SC-AMR').uscc)}/keys/0/revoked`,
      { at: now - 10, reason: '私钥泄露', retroactive: false },
    ])
    expect(await judged([await receipt()], { trust: both })).toMatchObject({ code: UNPROVEN, refused: ['key.revoked'] })
  })

  it('includes inclusion proofs that are cosigned late or not at all, of another statement, or by an unlisted key', async () => {
    expect(await judged([await place(REVOKED)])).toMatchObject({ code: UNPROVEN, refused: [] })
    expect(await judged([await place(undefined)])).toMatchObject({ code: UNPROVEN, refused: ['log.not-cosigned'] })
    const other = Buffer.alloc(32, 7).toString('base64url')
    expect(await judged([await place(REVOKED - 1, { statementId: other })])).toMatchObject({ code: UNPROVEN, refused: ['log.proof'] })
    const good = await place(REVOKED - 1)
    expect((await judged([{ ...good, checkpoint: good.checkpoint.replace('node-51', 'node-99') }])).code).toBe(UNPROVEN)
    expect((await judged([{ ...good, proof: [] }])).code).toBe(UNPROVEN)
    expect((await judged([{ ...good, index: -1 } as StatementPlace])).code).toBe(UNPROVEN)
  })

  it('includes the peer’s declaration about a body of the province that judges its own record', async () => {
    const log = await openLogEvidence([await receipt({ iss: organisation('CQ-AMR').uscc }, world.signer('CQ-AMR'))], stolen)
    const ask = async (region: string) => {
      const verdict = await verify(forged, { ...world.optionsFor(F01, { trust: stolen, log }), policy: { region } })
      return verdict.checks.find(({ id: row }) => row === 'key.interval')?.status
    }
    expect([await ask('51'), await ask('50')]).toEqual(['skip', 'pass'])
  })
})

describe('what else a stolen key signs', () => {
  it('leaves a record with several signatures undecided, not rejected, where one is by a revoked key', async () => {
    const second = await generateKey('Ed25519')
    const at = entityAt(world, CD)
    const holder = stolen.entity(CD)?.entity.keys[0]
    const trust = await revokedFor('51', CD, {}, [`${at}/keys/-`, { ...holder, revoked: undefined, jwk: second.publicJwk }])
    const other = await forge(await createSigner(second.privateJwk), claimsOf(F01))
    for (const statement of [
      [other, forged],
      [forged, other],
    ])
      expect((await verify(statement, world.optionsFor(F01, { trust }))).outcome).toBe('indeterminate')
    const log = await openLogEvidence([await receipt()], trust)
    expect((await verify([other, forged], world.optionsFor(F01, { trust, log }))).outcome).toBe('recognised')
  })

  it('leaves a status list rejected until its issuer signs it with its present key', async () => {
    const claims = { iss: CD, uri: 'https://status.example/cd/1', iat: REVOKED - 10, exp: now + DAY, statuses: emptyStatuses(8) }
    const { lists, refused } = await openStatus({ statusLists: [await signStatusList(claims, world.signer('CD'))] }, stolen)
    expect([lists.length, refused[0]?.error.details.reason]).toEqual([0, 'key.revoked-unproven'])
  })

  it('leaves a notice without effect either way; with a receipt from before the revocation the notice counts', async () => {
    const reason = { zh: '试验' }
    const claims = { iss: CD, iat: REVOKED - 100, from: REVOKED - 100, statements: [id], reason }
    const suspended = await signNotice(
      { ...claims, iss: organisation('SC-AMR').uscc, action: 'suspend', iat: REVOKED - 200, from: REVOKED - 200 },
      world.signer('SC-AMR'),
    )
    const log = await openLogEvidence([await receipt()], stolen)
    const revoke = await signNotice({ ...claims, action: 'revoke' }, world.signer('CD'))
    const reinstate = await signNotice({ ...claims, action: 'reinstate' }, world.signer('CD'))
    const ask = async (...notices: string[]) => {
      const status = await openStatus({ notices }, stolen, undefined, log)
      const { outcome, checks } = await verify(forged, world.optionsFor(F01, { trust: stolen, log, status }))
      return [outcome, ...checks.filter(({ id: row }) => row === 'status').map(({ code }) => code)]
    }
    expect(await ask(revoke)).toEqual(['indeterminate', 'status.notice-unproven'])
    expect(await ask(suspended, reinstate)).toEqual(['not-recognised', 'status.suspended', 'status.notice-unproven'])
    const noticeId = (await openStatus({ notices: [revoke] }, stolen)).notices[0]?.statementId
    const proved = await openLogEvidence([await receipt(), await receipt({ sub: noticeId })], stolen)
    const status = await openStatus({ notices: [revoke] }, stolen, undefined, proved)
    expect((await verify(forged, world.optionsFor(F01, { trust: stolen, log: proved, status }))).outcome).toBe('not-recognised')
  })

  it('leaves a specification without proof by the authority’s own receipt; the receipt of another authority counts', async () => {
    const CQ = organisation('CQ-AMR').uscc
    const trust = await revokedFor('50', CQ)
    const statement = await forge(world.signer('CQ-AMR'), claimsOf(fixtures.F10))
    const sub = (await verify(statement, world.optionsFor(fixtures.F10))).statementId
    const read = async (...evidence: string[]) =>
      (await readSpecifications([statement], { at: world.at, trust, log: await openLogEvidence(evidence, trust) })).specifications.published
        .length
    const own = await receipt({ iss: CQ, sub }, world.signer('CQ-AMR'))
    expect([await read(), await read(own), await read(await receipt({ sub }))]).toEqual([0, 0, 1])
  })

  it('leaves a standing without any advantage for the instrument', async () => {
    const [plain] = await standings([forged], world.optionsFor(F01, { trust: stolen }))
    const log = await openLogEvidence([await receipt()], stolen)
    const [proved] = await standings([forged], world.optionsFor(F01, { trust: stolen, log }))
    expect(plain?.code).not.toBe(proved?.code)
    expect(proved?.code).toBe('standing.valid')
  })
})

describe('an evidence bundle of such a record', () => {
  it('contains the receipt and reproduces the verdict; without the receipt the answer is undecided', async () => {
    const material = {
      at: world.at,
      region: '50',
      anchors: stolen.anchors,
      trustLists: stolen.lists.map(({ signed }) => signed),
      agreements: [world.signedAgreement],
    }
    const evidence = await gatherEvidence(forged, { ...material, log: [await receipt(), await place(REVOKED - 1)] })
    const again = await replayEvidence(JSON.parse(JSON.stringify(evidence)))
    expect([again.comparison.result, again.verdict.checks.find(({ id: row }) => row === 'key.interval')?.status]).toEqual(['same', 'pass'])
    const { log: _, ...less } = evidence
    const without = await replayEvidence(JSON.parse(JSON.stringify(less)))
    expect([without.comparison.result, without.verdict.outcome]).toEqual(['different', 'indeterminate'])
  })
})

describe('a key that only expired', () => {
  it('leaves earlier statements valid; once it is revoked, a date alone proves nothing', async () => {
    const key = `${entityAt(world, CD)}/keys/0/notAfter`
    const ended = claimsOf(F01).iat + 10
    expect((await judged([], { trust: await retrust(world, '51', [key, ended]) })).code).toBe(RECOGNISED)
    const lost = await revokedFor('51', CD, {}, [key, ended])
    expect((await judged([], { trust: lost })).code).toBe(UNPROVEN)
    expect((await judged([await receipt()], { trust: lost })).code).toBe(RECOGNISED)
  })
})
