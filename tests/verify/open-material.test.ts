// Why this exists: one call opens all documents of a verdict. A document that it skipped would be trusted unchecked, or be missing
// without notice.
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, publications, send } from 'tongheng/testing'
import { openMaterial } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'

let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
})

describe('openMaterial', () => {
  it('opens trust lists alone', async () => {
    const opened = await openMaterial({ anchors: world.anchors, trustLists: world.trustLists }, DEMONSTRATION_TIME)
    expect(opened.trust.seen).toEqual(world.trust.seen)
    expect([opened.agreements, opened.specifications.published, opened.status.lists, opened.status.refused]).toEqual([[], [], [], []])
  })

  it('opens agreements and specifications under them', async () => {
    const specifications = await Promise.all([fixtures.F10, ...publications].map((fixture) => send(world, fixture)))
    const material = { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement], specifications }
    const opened = await openMaterial(material, DEMONSTRATION_TIME)
    expect(opened.agreements.map(({ statementId }) => statementId)).toEqual([world.agreement.statementId])
    expect(opened.specifications.published).toHaveLength(specifications.length)
  })

  it('rejects a list older than one seen', async () => {
    const seen = world.trust.seen.map((one) => ({ ...one, version: one.version + 1 }))
    const material = { anchors: world.anchors, trustLists: world.trustLists }
    await expect(openMaterial({ ...material, seen }, DEMONSTRATION_TIME)).rejects.toMatchObject({ code: 'trust-list.rollback' })
    expect((await openMaterial({ ...material, seen: world.trust.seen }, DEMONSTRATION_TIME)).trust.lists).toHaveLength(2)
  })
})
