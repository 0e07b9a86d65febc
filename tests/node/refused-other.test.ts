// Why this exists: a signed rejection of a notice or a joint statement is final for its sender. It must name the statement and the reason,
// and must not be signed if a newer trust list may contain the key.
import { readReceipt } from 'tongheng/client'
import { createSigner, generateKey, type Signer, signStatement } from 'tongheng/envelope'
import { TonghengError } from 'tongheng/errors'
import type { Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { jointFixtures } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { foreign } from '../support/nodes/pair.js'
import { NOW, openWorld, statementIdOf, uscc, type World } from '../support/nodes/world.js'

let world: World
let stranger: Signer
beforeEach(async () => {
  world = await openWorld()
  stranger = await createSigner((await generateKey()).privateJwk)
})

const capability = { ...jointFixtures.capability, holder: { uscc: uscc('CD'), name: '示例' } }
const jti = '01JQ0000000000000000000002'
const TYPES = [
  {
    typ: 'metrology-notice+jwt',
    submit: 'submitNotice',
    signer: 'status.signer',
    shape: ['notice.shape', '/reason'],
    claims: () => ({ iss: uscc('CD'), jti, iat: NOW, action: 'revoke', statements: ['A'.repeat(43)], from: NOW, reason: { zh: '误发' } }),
    broken: { reason: 7 },
  },
  {
    typ: 'metrology-joint+jwt',
    submit: 'submitJoint',
    signer: 'joint.signer',
    shape: ['joint.shape', '/until'],
    claims: () => ({ iss: uscc('CD'), jti, iat: NOW, document: capability }),
    broken: { document: { ...capability, until: 7 } },
  },
] as const

describe.each(TYPES)('a signed rejection of $typ', ({ typ, submit, signer, shape, claims, broken }) => {
  const sign = (by: Signer, changes: object = {}): Promise<string> => signStatement({ ...claims(), ...changes }, { typ, signer: by })
  const own = (): Signer => world.authorities.signer('CD')
  const submitted = (statement: string) => world.node[submit]({ statement, sender: uscc('CD'), requestId: 'r' })
  const rejected = async (statement: string) => {
    const { decision, receipt, error, entry, isNew } = await submitted(statement)
    expect([decision, entry, isNew, error?.code]).toEqual(['rejected', undefined, false, expect.any(String)])
    return receipt === undefined ? undefined : readReceipt(receipt, world.authorities.trust)
  }

  it('names the statement, the request and the reason, with its path', async () => {
    const statement = await sign(own(), broken)
    const claimed = await rejected(statement)
    expect(claimed).toMatchObject({ sub: statementIdOf(statement, typ), req: 'r', decision: 'rejected', aud: uscc('CD') })
    expect(claimed?.reasons).toMatchObject([{ code: shape[0], path: shape[1] }])
    const ofKey = await rejected(await sign(stranger))
    expect(ofKey?.reasons.map(({ id, code, path }) => [id, code, path])).toEqual([['key.known', signer, undefined]])
  })

  it('is not signed if a newer trust list may have the key, and is signed for any other reason', async () => {
    const [unknown, forged, malformed] = [await sign(stranger), await sign(own()), await sign(own(), broken)]
    world.clock.now = Math.max(...world.authorities.trust.lists.map(({ payload }) => payload.exp)) + 1
    expect(await rejected(unknown)).toBeUndefined()
    expect((await rejected(forged.replace(/.{6}$/, 'AAAAAA')))?.decision).toBe('rejected')
    expect((await rejected(malformed))?.decision).toBe('rejected')
  })

  it('is not given of a text that is no statement, which no receipt could name', async () => {
    for (const text of ['hello', '', 'a.b.c']) expect(await rejected(text), text).toBeUndefined()
  })

  it('is not signed if the store is unavailable: a statement that was not judged may be sent again', async () => {
    const memory = createMemoryStore()
    let isAway = false
    const away = async <T>(read: () => Promise<T>): Promise<T> => {
      if (isAway) throw new TonghengError('store.away', {})
      return read()
    }
    const store: Store = {
      ...memory,
      listDocumentNames: (options) => away(() => memory.listDocumentNames(options)),
    }
    world = await openWorld({ store })
    const statement = await sign(own())
    const received = await world.node.receiveFromPeer([foreign(statement)])
    isAway = true
    world.clock.now += 60
    await expect(submitted(statement)).rejects.toMatchObject({ code: 'store.away' })
    await expect(world.node.takeOver(received)).rejects.toMatchObject({ code: 'store.away' })
    isAway = false
    expect((await submitted(statement)).decision).toBe('accepted')
  })

  it('is signed for another statement under the name of one that is stored, and names both', async () => {
    const [first, other] = [await sign(own()), await sign(own(), { iat: NOW - 1 })]
    const stored = await submitted(first)
    expect(stored).toMatchObject({ decision: 'accepted', isNew: true, statementId: statementIdOf(first, typ) })
    const { receipt = '', ...taken } = await submitted(other)
    expect(taken).toMatchObject({ decision: 'rejected', isNew: false, statementId: statementIdOf(other, typ) })
    const { sub, decision, reasons } = await readReceipt(receipt, world.authorities.trust)
    expect([sub, decision]).toEqual([statementIdOf(other, typ), 'rejected'])
    expect(reasons).toMatchObject([{ code: 'record.conflict', path: '/jti', evidence: { earlier: statementIdOf(first, typ) } }])
    // The one that is stored keeps its receipt.
    expect(await submitted(first)).toMatchObject({ decision: 'accepted', isNew: false, receipt: stored.receipt })
  })

  it('is not given of a genuine statement, which is stored', async () => {
    const { decision, entry, error, isNew } = await submitted(await sign(own()))
    expect([decision, entry?.jti, error, isNew]).toEqual(['accepted', jti, undefined, true])
  })
})
