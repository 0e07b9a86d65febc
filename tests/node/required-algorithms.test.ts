// Why this exists: a node that must accept national cryptography only would otherwise store and publish statements signed with another
// algorithm.
import { readReceipt } from 'tongheng/client'
import { signStatement } from 'tongheng/envelope'
import { signNotice } from 'tongheng/status'
import { createFakeAuthorities } from 'tongheng/testing'
import { expect, it } from 'vitest'
import { foreign } from '../support/nodes/pair.js'
import { claimsOf, openWorld, problemOf, recordPath, statementIdOf, taximeter, uscc } from '../support/nodes/world.js'

const authorities = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'SGD_SM3_SM2'] })
const open = () => openWorld({ authorities, node: { policy: { algorithms: ['SGD_SM3_SM2'] } } })
const signer = authorities.signer('CD', 'SGD_SM3_SM2')

const bothOf = async () => {
  const byOther = await authorities.sign('CD', taximeter('01'))
  const required = await signStatement(claimsOf<object>(byOther), { typ: 'metrology-record+jwt', signer })
  expect(statementIdOf(required)).toBe(statementIdOf(byOther))
  return { byOther, required }
}

it('rejects a record signed with another algorithm without storing it, and accepts the same content signed as required', async () => {
  const world = await open()
  const { byOther, required } = await bothOf()
  const refused = await world.send({ method: 'PUT', path: recordPath(byOther), body: byOther })
  const problem = await problemOf(refused)
  expect([refused.status, problem.code]).toEqual([422, 'record.refused'])
  expect(problem.checks?.map(({ code }) => code)).toContain('signature.algorithm-missing')
  expect((await readReceipt(problem.receipt ?? '')).decision).toBe('rejected')
  expect((await world.store.readLog()).size).toBe(0)
  const taken = await world.send({ method: 'PUT', path: recordPath(required), body: required })
  expect([taken.status, (await readReceipt(await taken.text())).decision]).toEqual([201, 'accepted'])
})

it('imports from a peer only statements signed with the required algorithm', async () => {
  const world = await open()
  const { byOther, required } = await bothOf()
  const take = async (one: string) => world.node.takeOver(await world.node.receiveFromPeer([foreign(one)]))
  expect((await take(byOther))[0]).toHaveProperty('code')
  expect((await world.store.readLog()).size).toBe(0)
  expect((await take(required))[0]).toMatchObject({ isNew: true, entry: { decision: 'accepted' } })
})

it('applies the required algorithms to notices', async () => {
  const world = await open()
  const of = (alg: 'ES256' | 'SGD_SM3_SM2', jti: string) =>
    signNotice(
      {
        iss: uscc('CD'),
        jti,
        iat: world.clock.now,
        action: 'revoke',
        statements: ['A'.repeat(43)],
        from: world.clock.now,
        reason: { zh: '标准器超差' },
      },
      authorities.signer('CD', alg),
    )
  const submit = async (statement: string, jti: string) =>
    world.send({ method: 'PUT', path: `/v1/notices/${uscc('CD')}/${jti}`, body: statement })
  const [first, second] = ['01JQ0000000000000000000001', '01JQ0000000000000000000002']
  const refused = await submit(await of('ES256', first as string), first as string)
  expect([refused.status, (await refused.text()).includes('SGD_SM3_SM2')]).toEqual([422, true])
  expect((await submit(await of('SGD_SM3_SM2', second as string), second as string)).status).toBe(201)
})

it('accepts every algorithm without configuration', async () => {
  const world = await openWorld({ authorities })
  const { byOther } = await bothOf()
  expect((await world.send({ method: 'PUT', path: recordPath(byOther), body: byOther })).status).toBe(201)
})

it('excludes from a standing a passed verification that was stored before the algorithm was required', async () => {
  const before = await openWorld({ authorities })
  const { byOther } = await bothOf()
  expect((await before.send({ method: 'PUT', path: recordPath(byOther), body: byOther })).status).toBe(201)
  const standingAt = async ({ node }: typeof before) =>
    (
      await node.standings({
        serial: claimsOf<{ record: { instrument: { serialNumber: string } } }>(byOther).record.instrument.serialNumber,
      })
    ).items[0]
  expect(await standingAt(before)).toMatchObject({ code: 'standing.valid', entries: [{ isCounted: true }] })
  const after = await openWorld({ authorities, store: before.store, node: { policy: { algorithms: ['SGD_SM3_SM2'] } } })
  const standing = await standingAt(after)
  expect([standing?.code, standing?.entries.map(({ isCounted }) => isCounted)]).toEqual(['standing.none', [false]])
})
