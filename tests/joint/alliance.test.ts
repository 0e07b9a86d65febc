// A body is a member of an alliance only if it has signed itself that it joins; a list of another body does not suffice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Alliance, type AllianceMembership, type AnyJointDocument, allianceOf, openJoint, signJoint } from '../../src/joint/index.js'
import { createFakeAuthorities, DEMONSTRATION_TIME, jointFixtures, type OrganisationKey, organisation } from '../../src/testing/index.js'

const { engineAlliance, joining } = jointFixtures
const world = await createFakeAuthorities()
const sign = (key: OrganisationKey, document: AnyJointDocument, at = '2024-09-02T09:00:00+08:00') =>
  signJoint(document, { iss: organisation(key).uscc, signer: world.signer(key), at })
const open = (signed: readonly string[]) => openJoint(signed, { trust: world.trust, at: DEMONSTRATION_TIME })
const number = engineAlliance.number
const party = (key: OrganisationKey) => ({ uscc: organisation(key).uscc, name: organisation(key).name.zh })
const joins = (key: OrganisationKey, rest: Partial<AllianceMembership> = {}): AllianceMembership => ({
  ...joining,
  member: party(key),
  ...rest,
})
const membersOn = async (signed: readonly string[], on = '2025-06-16') => allianceOf(await open(signed), number, { on })
const codesOf = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code)

describe('an alliance', () => {
  it('has as members those who signed that they join', async () => {
    const state = await membersOn([
      await sign('CQ-INST', engineAlliance),
      await sign('CQ-INST', joins('CQ-INST')),
      await sign('SC-INST', joins('SC-INST')),
    ])
    expect(state.findings).toEqual([])
    expect(state.members.map(({ uscc, role, isMember }) => [uscc, role, isMember])).toEqual([
      [organisation('CQ-INST').uscc, 'lead', true],
      [organisation('SC-INST').uscc, 'deputy', true],
    ])
  })

  it('does not have a member who never consented (alliance.no-consent)', async () => {
    const state = await membersOn([await sign('CQ-INST', engineAlliance), await sign('CQ-INST', joins('CQ-INST'))])
    expect(state.members.map(({ isMember }) => isMember)).toEqual([true, false])
    expect(codesOf(state)).toEqual(['alliance.no-consent'])
  })

  it('refuses the consent that another body signs for a member (joint.other-signer)', async () => {
    await expect(sign('CQ-INST', joins('SC-INST'))).rejects.toMatchObject({ code: 'joint.other-signer' })
    // A forger can sign what our own function does not.
    const { signStatement } = await import('../../src/envelope/index.js')
    const claims = { iss: organisation('CQ-INST').uscc, jti: '01JQ0000000000000000000001', iat: 1_725_238_800, document: joins('SC-INST') }
    const joint = await open([await signStatement(claims, { typ: 'metrology-joint+jwt', signer: world.signer('CQ-INST') })])
    expect(joint.refused.map(({ code }) => code)).toEqual(['joint.other-signer'])
  })

  it('loses a member after the day on which it leaves (alliance.left)', async () => {
    const signed = [
      await sign('CQ-INST', engineAlliance),
      await sign('CQ-INST', joins('CQ-INST')),
      await sign('SC-INST', joins('SC-INST')),
      await sign('SC-INST', joins('SC-INST', { action: 'leave', on: '2025-03-31' }), '2025-03-01T09:00:00+08:00'),
    ]
    expect((await membersOn(signed, '2025-03-31')).members.map(({ isMember }) => isMember)).toEqual([true, true])
    const after = await membersOn(signed, '2025-04-01')
    expect(after.members.map(({ isMember }) => isMember)).toEqual([true, false])
    expect(codesOf(after)).toEqual(['alliance.left'])
  })

  it('has no member before the day on which it joins (alliance.consent-later)', async () => {
    const state = await membersOn([
      await sign('CQ-INST', engineAlliance),
      await sign('CQ-INST', joins('CQ-INST')),
      await sign('SC-INST', joins('SC-INST', { on: '2026-01-01' })),
    ])
    expect([codesOf(state), state.members.map(({ isMember }) => isMember)]).toEqual([['alliance.consent-later'], [true, false]])
  })

  it('does not have a member that signed only that it leaves (alliance.no-consent)', async () => {
    const text = [await sign('CQ-INST', engineAlliance), await sign('CQ-INST', joins('CQ-INST'))]
    for (const on of ['2025-03-31', '2025-12-31']) {
      const state = await membersOn([...text, await sign('SC-INST', joins('SC-INST', { action: 'leave', on }))], '2025-03-31')
      expect([codesOf(state), state.members.map(({ isMember }) => isMember)]).toEqual([['alliance.no-consent'], [true, false]])
    }
    const later = await membersOn(
      [
        ...text,
        await sign('SC-INST', joins('SC-INST', { action: 'leave', on: '2025-12-31' })),
        await sign('SC-INST', joins('SC-INST', { on: '2025-06-01' }), '2024-09-03T09:00:00+08:00'),
      ],
      '2025-03-31',
    )
    expect([codesOf(later), later.members.map(({ isMember }) => isMember)]).toEqual([['alliance.consent-later'], [true, false]])
  })

  it('names who joins without being listed (alliance.not-listed)', async () => {
    const state = await membersOn([
      await sign('CQ-INST', engineAlliance),
      await sign('CQ-INST', joins('CQ-INST')),
      await sign('SC-INST', joins('SC-INST')),
      await sign('CD', joins('CD')),
    ])
    expect([codesOf(state), state.members.length]).toEqual([['alliance.not-listed'], 2])
  })

  it('ignores a text that neither its lead nor its secretariat signed (alliance.signer-not-lead)', async () => {
    const state = await membersOn([await sign('SC-INST', engineAlliance)])
    expect([state.text, codesOf(state)]).toEqual([undefined, ['alliance.signer-not-lead']])
  })

  it('is undecided if two leads use its number, until one is named (alliance.two-leads)', async () => {
    const other: Alliance = {
      ...engineAlliance,
      members: [...engineAlliance.members].map((one, at) => ({ ...one, role: at === 1 ? 'lead' : 'member' })),
    }
    const signed = [await sign('CQ-INST', engineAlliance), await sign('SC-INST', other, '2024-01-01T09:00:00+08:00')]
    const state = await membersOn(signed)
    expect([state.text, codesOf(state)]).toEqual([undefined, ['alliance.two-leads']])
    const named = allianceOf(await open(signed), number, { on: '2025-06-16', lead: organisation('CQ-INST').uscc })
    expect(named.text?.issuer.uscc).toBe(organisation('CQ-INST').uscc)
  })

  it('is undecided if one revision has two contents, and has the newest revision otherwise (alliance.two-versions)', async () => {
    const renamed: Alliance = { ...engineAlliance, name: { zh: '另一个名称（示例）' } }
    const twice = [await sign('CQ-INST', engineAlliance), await sign('CQ-INST', renamed)]
    expect(codesOf(await membersOn(twice))).toEqual(['alliance.two-versions'])
    const newer = [...twice, await sign('CQ-INST', { ...renamed, revision: 2 })]
    expect((await membersOn(newer)).text?.document.name.zh).toBe('另一个名称（示例）')
  })

  it.each([
    ['alliance.no-lead', { ...engineAlliance, members: engineAlliance.members.map((one) => ({ ...one, role: 'member' as const })) }],
    [
      'alliance.share-not-member',
      { ...engineAlliance, shares: [{ kind: 'other' as const, name: { zh: '设备' }, by: organisation('CD').uscc }] },
    ],
    [
      'joint.repeated',
      { ...engineAlliance, members: [...engineAlliance.members, engineAlliance.members[0] as Alliance['members'][number]] },
    ],
    ['joint.dates-order', { ...engineAlliance, until: '2024-01-01' }],
  ])('is not signed if its text is faulty (%s)', async (code, document) => {
    await expect(sign('CQ-INST', document)).rejects.toMatchObject({ code: 'joint.fails', details: { code } })
  })

  it('is the same however its statements are ordered', async () => {
    const signed = [
      await sign('CQ-INST', engineAlliance),
      await sign('CQ-INST', joins('CQ-INST')),
      await sign('SC-INST', joins('SC-INST')),
      await sign('SC-INST', joins('SC-INST', { action: 'leave', on: '2025-03-31' }), '2025-03-01T09:00:00+08:00'),
      await sign('CD', joins('CD')),
    ]
    const expected = await membersOn(signed)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(signed, { minLength: signed.length }), async (order) => {
        expect(await membersOn(order)).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })
})
