// Why this exists: a node stores each genuine joint statement once, with its reasons; its keys and algorithms count as for a record.
import { readReceipt } from 'tongheng/client'
import { signStatement } from 'tongheng/envelope'
import { type CapabilityStatement, signJoint } from 'tongheng/joint'
import { signNotice } from 'tongheng/status'
import { createFakeAuthorities, type FakeAuthorities, jointFixtures } from 'tongheng/testing'
import type { TrustListPayload } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { nextList, takeOver } from '../support/nodes/pair.js'
import { claimsOf, NOW, openWorld, statementIdOf, uscc, type World } from '../support/nodes/world.js'

let authorities: FakeAuthorities
beforeAll(async () => {
  authorities = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'SGD_SM3_SM2'] })
})

const capability = (number: string, changes: Partial<CapabilityStatement> = {}): CapabilityStatement => ({
  ...jointFixtures.capability,
  holder: { uscc: uscc('CD'), name: '示例' },
  number,
  ...changes,
})
const sign = (document: CapabilityStatement, alg: 'ES256' | 'SGD_SM3_SM2' = 'ES256') =>
  signJoint(document, { iss: uscc('CD'), signer: authorities.signer('CD', alg), at: NOW })
const submit = ({ node }: World, statement: string) => node.submitJoint({ statement, sender: uscc('CD'), requestId: 'r' })
const idOf = (statement: string): string => statementIdOf(statement, 'metrology-joint+jwt')

describe('a joint statement at a node', () => {
  it('that contradicts itself is stored as rejected; the entry has the code of the first reason, and the receipt all reasons', async () => {
    const world = await openWorld({ authorities })
    const document = capability('CAP-1', { from: '2025-06-01', until: '2025-01-01' })
    const claims = { iss: uscc('CD'), jti: '01JQ0000000000000000000003', iat: NOW, document }
    const statement = await signStatement(claims, { typ: 'metrology-joint+jwt', signer: authorities.signer('CD') })
    const { decision, receipt, entry } = await submit(world, statement)
    const { reasons } = await readReceipt(receipt as string)
    expect([decision, entry?.outcome, entry?.code]).toEqual(['rejected', 'not-recognised', reasons[0]?.code])
    expect(reasons.map(({ status }) => status)).toContain('fail')
    const fine = await submit(world, await sign(capability('CAP-2')))
    expect([fine.decision, fine.entry?.outcome, fine.entry?.code]).toEqual(['accepted', 'recognised', 'joint'])
    expect((await readReceipt(fine.receipt as string)).reasons).toEqual([])
  })

  it('is not stored without a signature by a required algorithm, whether a body sends it or a peer', async () => {
    const world = await openWorld({ authorities, node: { policy: { algorithms: ['SGD_SM3_SM2'] } } })
    const refused = await sign(capability('CAP-3'))
    const { decision, error, entry } = await submit(world, refused)
    expect([decision, error?.code, entry]).toEqual(['rejected', 'signature.algorithm-missing', undefined])
    expect(await takeOver(world, [refused])).toMatchObject([{ code: 'signature.algorithm-missing' }])
    expect((await world.store.readLog()).size).toBe(0)
    expect((await submit(world, await sign(capability('CAP-3'), 'SGD_SM3_SM2'))).decision).toBe('accepted')
  })

  it('is found by the number of its piece of work in any spelling, and never by that of a certificate', async () => {
    const world = await openWorld({ authorities })
    const statement = await sign(capability('cap-4'))
    await submit(world, statement)
    const found = async (number: string) => (await world.store.listEntries({ number }, { from: 0, limit: 9 })).items
    expect((await found('work CAP-4')).map(({ statementId }) => statementId)).toEqual([idOf(statement)])
    expect(await found('CAP-4')).toEqual([])
    const listed: string[] = []
    for await (const { statementId } of world.client('CD').joint.list({ work: ' CAP-4 ' })) listed.push(statementId)
    expect(listed).toEqual([idOf(statement)])
  })
})

it('a notice and a joint statement that are submitted again after the revocation of their key get the receipt they had', async () => {
  const world = await openWorld({ authorities })
  const joint = await sign(capability('CAP-5'))
  const notice = await signNotice(
    {
      iss: uscc('CD'),
      jti: '01JQ0000000000000000000005',
      iat: NOW,
      action: 'revoke',
      statements: ['A'.repeat(43)],
      from: NOW,
      reason: { zh: '误发' },
    },
    authorities.signer('CD'),
  )
  const calls = [
    () => submit(world, joint),
    () => world.node.submitNotice({ statement: notice, sender: uscc('CD'), requestId: 'r' }),
  ] as const
  const before = await Promise.all(calls.map((call) => call()))
  expect(before.map(({ decision, isNew }) => [decision, isNew])).toEqual([
    ['accepted', true],
    ['accepted', true],
  ])
  const [list] = authorities.trust.lists as unknown as [{ payload: TrustListPayload; statementId: string }]
  const at = list.payload.entities.findIndex((one) => one.uscc === uscc('CD'))
  const next = await nextList(
    list,
    authorities.rootSigners('SC-AMR'),
    ['/iat', NOW + 60],
    ...(list.payload.entities[at]?.keys ?? []).map(
      (_, n) => [`/entities/${at}/keys/${n}/revoked`, { at: NOW + 60, reason: '私钥泄露', retroactive: false }] as [string, unknown],
    ),
  )
  world.clock.now += 3600
  expect(await world.node.learn({ trustLists: [next.signed] })).toEqual([])
  for (const [n, call] of calls.entries())
    expect(await call()).toMatchObject({ decision: 'accepted', isNew: false, receipt: before[n]?.receipt })
  // One that the node has not seen before is undecided.
  const { iss, jti } = claimsOf(joint)
  const later = await signStatement(
    { iss, jti: jti.replace(/.$/, 'Z'), iat: NOW, document: capability('CAP-6') },
    { typ: 'metrology-joint+jwt', signer: authorities.signer('CD') },
  )
  expect((await submit(world, later)).decision).toBe('pending')
})
