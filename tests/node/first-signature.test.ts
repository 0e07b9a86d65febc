// Why this exists: the id of a statement does not depend on who signed it. A forger that signs a payload first must not affect the result
// for the genuine statement.

import { readReceipt } from 'tongheng/client'
import { createSigner, generateKey, signStatement } from 'tongheng/envelope'
import { beforeEach, describe, expect, it } from 'vitest'
import { foreign } from '../support/nodes/pair.js'
import { claimsOf, openWorld, problemOf, recordPath, reissue, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let world: World
let statement: string
let wrong: Readonly<Record<string, string>>

beforeEach(async () => {
  const fakes = (await openWorld()).authorities
  const [desk, old] = [await generateKey(), await generateKey()]
  const listed = await reissue(fakes, 'SC-AMR', (payload) => ({
    ...payload,
    entities: payload.entities.map((entity) => {
      const [key] = entity.keys
      if (entity.uscc !== uscc('CD') || key === undefined) return entity
      return {
        ...entity,
        keys: [
          key,
          { ...key, jwk: desk.publicJwk, typ: ['metrology-request+jwt'] },
          { ...key, jwk: old.publicJwk, revoked: { at: key.notBefore, reason: '私钥泄露', retroactive: true } },
        ],
      }
    }),
  }))
  world = await openWorld({ node: { ...listed, agreements: [] } })
  statement = await fakes.sign('CD', taximeter('01'))
  const again = async (key: typeof desk): Promise<string> =>
    signStatement(claimsOf<object>(statement), { typ: 'metrology-record+jwt', signer: await createSigner(key.privateJwk) })
  wrong = { 'that may only sign requests': await again(desk), 'that was revoked': await again(old) }
})

describe('a record payload that is first signed by an unauthorised key of its issuer', () => {
  for (const name of ['that may only sign requests', 'that was revoked']) {
    it(`one ${name}: is rejected without occupying the name, so the genuine record is accepted later`, async () => {
      const first = wrong[name] as string
      expect(statementIdOf(first)).toBe(statementIdOf(statement))
      const response = await world.send({ method: 'PUT', path: recordPath(first), body: first })
      const problem = await problemOf(response)
      expect([response.status, problem.code]).toEqual([422, 'record.refused'])
      expect((await readReceipt(problem.receipt ?? '')).decision).toBe('rejected')
      expect((await world.store.readLog()).size).toBe(0)
      const genuine = await world.send({ method: 'PUT', path: recordPath(statement), body: statement })
      expect([genuine.status, (await readReceipt(await genuine.text())).decision]).toEqual([201, 'accepted'])
    })

    it(`one ${name}: is not imported from a peer's log`, async () => {
      const take = async (one: string) => world.node.takeOver(await world.node.receiveFromPeer([foreign(one)]))
      expect((await take(wrong[name] as string))[0]).toHaveProperty('code')
      expect((await world.store.readLog()).size).toBe(0)
      expect((await take(statement))[0]).toMatchObject({ isNew: true, entry: { decision: 'accepted' } })
    })
  }
})
