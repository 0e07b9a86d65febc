// Why this exists: a node learns documents from files and peers. Each that it rejects must be named, and must not stop the others.
import { createSigner, generateKey } from 'tongheng/envelope'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'
import type { TrustListPayload } from 'tongheng/trust'
import { describe, expect, it } from 'vitest'
import { nextList } from '../support/nodes/pair.js'
import { NOW, openWorld, uscc } from '../support/nodes/world.js'

describe('documents that a node is given', () => {
  it('are each accepted or named as rejected', async () => {
    const world = await openWorld()
    const of = { iss: uscc('CD'), uri: 'https://lists.institute.example/1', iat: NOW - 60, exp: NOW + 86_400, statuses: emptyStatuses(16) }
    const stranger = await createSigner((await generateKey()).privateJwk)
    const [own, forged] = [await signStatusList(of, world.authorities.signer('CD')), await signStatusList(of, stranger)]
    const errors = await world.node.learn({ statusLists: [forged, own], agreements: [['a.b.c']], notices: ['hello'], trustLists: [['x']] })
    expect(errors.map(({ code }) => code)).toHaveLength(4)
    expect((await world.store.listDocuments('status-list')).map(({ signed }) => signed)).toEqual([[own]])
  })

  it('raise an alarm if a stored agreement no longer opens, because a key that signed it was revoked retroactively', async () => {
    const authorities = await createFakeAuthorities({ witnessKeys: true })
    const alarms: string[] = []
    const world = await openWorld({ authorities, node: { alarm: ({ code }) => alarms.push(code) } })
    const [list] = authorities.trust.lists as unknown as [{ payload: TrustListPayload; statementId: string }]
    const at = list.payload.entities.findIndex((one) => one.uscc === uscc('SC-AMR'))
    const revoked = { at: list.payload.iat, reason: '私钥泄露', retroactive: true }
    const { signed } = await nextList(list, authorities.rootSigners('SC-AMR'), [`/entities/${at}/keys/0/revoked`, revoked])
    expect(await world.node.learn({ trustLists: [signed] })).toEqual([])
    expect(alarms).toEqual([expect.stringMatching(/^agreement\./)])
    const statement = await authorities.sign('CD', fixtures.F01.record)
    expect((await world.node.judge(statement, { region: '50' })).checks.find(({ id }) => id === 'agreement.in-force')?.status).not.toBe(
      'pass',
    )
  })
})
