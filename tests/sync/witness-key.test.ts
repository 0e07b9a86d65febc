// Why this exists: an intruder in the process that writes a log must not be able to cosign other logs with the same key (C2SP).
import { createSigner, type GeneratedKey, generateKey, signStatement } from 'tongheng/envelope'
import { cosignCheckpoint, createNoteSigner, openCheckpoint, writeAddCheckpoint } from 'tongheng/log'
import { anchorOf, openTrust, removedFrom, signTrustList, type TrustListPayload } from 'tongheng/trust'
import { openListedCheckpoint } from 'tongheng/verify'
import { beforeEach, describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'
import { fill, follow, logHolder, nextList, openChongqing, signMany } from '../support/nodes/pair.js'
import { openWorld, problemOf, uscc, type World } from '../support/nodes/world.js'

let sichuan: World
let chongqing: World

beforeEach(async () => {
  sichuan = await openWorld()
  chongqing = await openChongqing({ authorities: sichuan.authorities })
  await fill(sichuan, await signMany(sichuan.authorities, 3))
})

type Log = TrustListPayload['logs'][number]
const ORIGIN = 'node-50.example/v1/log'
const checkpoint = () => sichuan.client(undefined).log.checkpoint()
const listOf = (authority: 'SC-AMR' | 'CQ-AMR') => {
  const list = sichuan.authorities.trust.lists.find(({ payload }) => payload.iss === uscc(authority))
  if (list === undefined) throw new Error(authority)
  return list
}
const logOf = (authority: 'SC-AMR' | 'CQ-AMR'): Log => listOf(authority).payload.logs[0] as Log
const anchors = () => sichuan.authorities.anchors

/** Both trust lists; that of Chongqing is the first that its authority publishes with this witness key. */
async function listedWith(witness: Log['witness']) {
  const { logs, ...payload } = listOf('CQ-AMR').payload
  const { origin, key } = logOf('CQ-AMR')
  const root = await generateKey()
  const next = { ...payload, roots: { keys: [root.publicJwk], threshold: 1 }, logs: [{ origin, key, ...(witness && { witness }) }] }
  const signed = await signTrustList(next, [await createSigner(root.privateJwk)])
  return {
    anchors: [anchorOf(next), ...anchors().filter(({ authority }) => authority !== next.iss)],
    trustLists: [signed, listOf('SC-AMR').signed],
  }
}

/** A cosignature line by the log key of Chongqing. */
async function byLogKey(): Promise<string> {
  const { signer } = sichuan.authorities.log('CQ-AMR')
  const thief = await createNoteSigner({ name: ORIGIN, role: 'witness', signer, jwk: logOf('CQ-AMR').key })
  return cosignCheckpoint(await checkpoint(), thief, sichuan.clock.now)
}

const askedOf = async (world: World): Promise<Response> => {
  const body = writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await checkpoint() })
  return world.send({ method: 'POST', path: '/v1/log/add-checkpoint', body, as: null, headers: { 'content-type': 'text/plain' } })
}

describe('a log key', () => {
  it('cosigns no other log if its trust list names a witness key', async () => {
    const honest = chongqing.client('SC-AMR')
    const lines = await byLogKey()
    const client = { ...honest, log: { ...honest.log, addCheckpoint: async () => ({ lines }) } }
    await expect(follow(sichuan, chongqing, { client })).rejects.toMatchObject({ code: 'client.answer' })
    expect((await sichuan.store.readLog()).cosigned).toBeUndefined()
    expect((await openListedCheckpoint((await checkpoint()) + lines, sichuan.authorities.trust)).cosignatures).toEqual([])
  })

  it('still cosigns if an older list names none, with a finding', async () => {
    const { anchors: pinned, trustLists: lists } = await listedWith(undefined)
    const trust = await openTrust({ anchors: pinned, lists })
    expect(trust.findings).toEqual([{ code: 'trust-list.witness-is-log', params: { origin: ORIGIN, authority: uscc('CQ-AMR') } }])
    expect((await openListedCheckpoint((await checkpoint()) + (await byLogKey()), trust)).cosignatures).toMatchObject([{ name: ORIGIN }])
  })

  it('is rejected as a witness key: such a list cannot be signed, and one signed elsewhere is read as naming none', async () => {
    const { logs, ...payload } = listOf('CQ-AMR').payload
    const [log] = logs as [Log]
    const signers = sichuan.authorities.rootSigners('CQ-AMR')
    for (const same of [[{ ...log, witness: log.key }], [log, { origin: 'x', key: log.witness as Log['key'] }]])
      expect((await faultOfAsync(() => signTrustList({ ...payload, logs: same }, signers))).code).toBe('trust-list.witness-key')
    const root = await generateKey()
    const shared = { ...payload, roots: { keys: [root.publicJwk], threshold: 1 }, logs: [{ ...log, witness: log.key }] }
    const signed = await signStatement(shared, { typ: 'metrology-trust-list+jwt', signer: await createSigner(root.privateJwk) })
    const trust = await openTrust({ anchors: [anchorOf(shared)], lists: [[signed]] })
    expect(trust.findings.map(({ code }) => code)).toEqual(['trust-list.witness-is-log'])
    expect(trust.logs).toEqual([{ authority: payload.iss, origin: ORIGIN, key: log.key }])
  })

  it('is rejected as the witness key of a node', async () => {
    const { signer, origin } = sichuan.authorities.log('SC-AMR')
    const fault = await faultOfAsync(() => openWorld({ node: { log: { origin, signer, witness: signer } } }))
    expect(fault).toMatchObject({ code: 'log.witness-is-log', details: { origin, kid: signer.kid } })
  })
})

describe('a node', () => {
  it('cosigns with its witness key, and its log key does not verify the line', async () => {
    const response = await askedOf(chongqing)
    const note = (await checkpoint()) + (await response.text())
    const [{ key: log }, { key: witness }] = [
      await logHolder(sichuan.authorities, 'SC-AMR'),
      await logHolder(sichuan.authorities, 'CQ-AMR', 'witness'),
    ]
    expect((await openCheckpoint(note, log, [witness])).cosignatures).toEqual([{ name: ORIGIN, at: chongqing.clock.now }])
    expect(witness.key.kid).toBe(sichuan.authorities.witnessKey('CQ-AMR').kid)
  })

  it('with a witness key that the list does not name yet cosigns with the key in the list', async () => {
    const old = await listedWith(undefined)
    const early = await openChongqing({ authorities: sichuan.authorities, node: old })
    const note = (await checkpoint()) + (await (await askedOf(early)).text())
    const trust = await openTrust({ anchors: old.anchors, lists: old.trustLists })
    expect((await openListedCheckpoint(note, trust)).cosignatures).toHaveLength(1)
    expect(early.node.warnings().map(({ en }) => en)).toContainEqual(expect.stringContaining('gives no witness key of its own'))
  })

  it('without the witness key that its list names cosigns nothing, and reports it', async () => {
    const { origin, signer } = sichuan.authorities.log('CQ-AMR')
    const without = await openChongqing({ authorities: sichuan.authorities, node: { log: { origin, signer } } })
    expect(without.node.warnings().map(({ en }) => en)).toContainEqual(
      expect.stringMatching(/names a witness key .* that this node does not have/),
    )
    const response = await askedOf(without)
    expect([response.status, (await problemOf(response)).code]).toEqual([503, 'witness.no-key'])
  })

  it('with another witness key than its list names does not start', async () => {
    const { origin, signer } = sichuan.authorities.log('CQ-AMR')
    const other: GeneratedKey = await generateKey('Ed25519')
    const witness = await createSigner(other.privateJwk)
    const fault = await faultOfAsync(() => openChongqing({ authorities: sichuan.authorities, node: { log: { origin, signer, witness } } }))
    expect(fault).toMatchObject({ code: 'log.witness-not-listed', details: { origin, kid: other.kid } })
  })

  it('changes to the witness key when a newer list names it, and cosigns earlier checkpoints again', async () => {
    const { authorities } = sichuan
    const { origin, key } = logOf('CQ-AMR')
    const { logs, ...payload } = listOf('CQ-AMR').payload
    const root = await generateKey()
    const signers = [await createSigner(root.privateJwk)] as const
    const first = { ...payload, roots: { keys: [root.publicJwk], threshold: 1 }, logs: [{ origin, key }] }
    const signed = await signTrustList(first, signers)
    const pinned = [anchorOf(first), ...anchors().filter(({ authority }) => authority !== first.iss)]
    const node = { anchors: pinned, trustLists: [signed, listOf('SC-AMR').signed] }
    const [one, other] = [await openWorld({ node }), await openChongqing({ authorities, node })]
    await fill(one, await signMany(authorities, 3))
    const opened = async () => openListedCheckpoint((await one.store.readLog()).cosigned as string, one.node.trust)
    await follow(one, other)
    expect((await opened()).cosignatures).toHaveLength(1)
    const trust = await openTrust({ anchors: pinned, lists: node.trustLists })
    const prior = trust.lists.find(({ payload: { iss } }) => iss === first.iss)
    const next = await nextList(prior as NonNullable<typeof prior>, signers, ['/logs/0/witness', logOf('CQ-AMR').witness])
    for (const { node: held } of [one, other]) expect(await held.learn({ trustLists: [next.signed] })).toEqual([])
    expect((await opened()).cosignatures).toEqual([])
    await follow(one, other)
    expect((await opened()).cosignatures).toHaveLength(1)
    expect(one.node.warnings().filter(({ en }) => en.includes('witness key'))).toEqual([])
  })
})

describe('a witness key', () => {
  it('can be neither removed nor replaced: its cosignatures prove when entries existed', async () => {
    const { payload } = listOf('CQ-AMR')
    const { origin, key, witness } = logOf('CQ-AMR')
    const other = (await generateKey('Ed25519')).publicJwk as Log['key']
    expect(removedFrom(payload, { ...payload, logs: [{ origin, key }] })).toBe('/logs/0/witness')
    expect(removedFrom(payload, { ...payload, logs: [{ origin, key, witness: other }] })).toBe('/logs/0/witness')
    expect(removedFrom({ ...payload, logs: [{ origin, key }] }, payload)).toBeUndefined()
    expect(witness).toBeDefined()
  })
})
