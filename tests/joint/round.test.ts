// The state of a round follows from its statements and the evidence of a log alone; without log evidence, a statement is undecided, never
// in time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTonghengError } from '../../src/errors.js'
import { checkDocument, openJoint, type RoundProtocol, roundOf } from '../../src/joint/index.js'
import { jointFixtures, type OrganisationKey, organisation } from '../../src/testing/index.js'
import {
  CLOSED,
  codesIn,
  documentsOf,
  noon,
  party,
  type Sent,
  saltOf,
  send,
  sendProtocol,
  stateIn,
  stateOf,
  wholeRound,
  world,
} from './rounds.js'

const { protocol, roundResults } = jointFixtures
const round = await wholeRound()
const id = round.plan.id
const without = (...left: readonly (Sent | undefined)[]): Sent[] => round.sent.filter((one) => !left.includes(one))
const state = (sent: readonly Sent[], at?: string) => stateOf(sent, id, at)

describe('a comparison round', () => {
  it('has no findings if all commit in time and open what they committed to', async () => {
    const found = await state(round.sent)
    expect(found.findings).toEqual([])
    expect(found).toMatchObject({ phase: 'closed', id })
    expect(found.laboratories.map(({ state: one, isPilot }) => [one, isPilot])).toEqual([
      ['opened', true],
      ['opened', true],
      ['opened', false],
      ['opened', false],
      ['opened', false],
    ])
    expect(found.laboratories[1]?.opened?.result).toEqual(roundResults['CQ-INST'])
    expect(found.statements).toHaveLength(round.sent.length)
  })

  it.each([
    ['2025-03-10T23:59:59+08:00', 'enrolling'],
    ['2025-03-11T00:00:00+08:00', 'measuring'],
    ['2025-04-26T00:00:00+08:00', 'opening'],
    ['2025-05-10T00:00:00+08:00', 'closed'],
  ])('is at %s in the phase %s, by the days of its protocol in China', async (at, phase) => {
    expect((await state([round.plan], at)).phase).toBe(phase)
  })

  it('includes at a moment only statements that existed then', async () => {
    const found = await state(round.sent, noon('2025-04-21'))
    expect(found.findings).toEqual([])
    expect(found.laboratories.map(({ state: one }) => one)).toEqual(Array(5).fill('committed'))
    expect((await state(round.sent, noon('2025-03-06'))).laboratories.map(({ state: one }) => one)).toEqual(Array(5).fill('enrolled'))
  })

  it('does not depend on the order of its statements', async () => {
    const first = await documentsOf(id, 'YB').commitment(roundResults.CD)
    const sent = [
      ...without(round.by.LZ.opening, round.by.CD.commitment),
      await send('YB', first, noon('2025-04-21')),
      await send('LZ', documentsOf(id, 'LZ').withdrawal(), noon('2025-05-01')),
      await send('CD', documentsOf(id, 'CD').opening(round.by.YB.commitment.id, roundResults.YB), noon('2025-04-20')),
    ]
    const expected = await state(sent)
    expect(expected.findings.length).toBeGreaterThan(4)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(sent, { minLength: sent.length }), async (shuffled) => {
        expect(await state(shuffled)).toEqual(expected)
      }),
      { numRuns: 10 },
    )
  })

  it('is an error if no protocol that counts has its id (round.none)', async () => {
    const joint = await openJoint([], { trust: world.trust, at: CLOSED })
    expect(() => roundOf(joint, { round: id, at: CLOSED })).toThrow(expect.objectContaining({ code: 'round.none' }))
  })
})

describe('an enrolment', () => {
  it('after its deadline does not count (round.enrolled-late), nor does what follows (round.not-enrolled)', async () => {
    const late = await send('CD', documentsOf(id, 'CD').enrolment(), noon('2025-03-11'))
    const found = await state([...without(round.by.CD.enrolment), late])
    expect(codesIn(found)).toEqual(['round.enrolled-late', 'round.not-enrolled'])
    expect(stateIn(found, 'CD')).toBe('late')
  })

  it('that is absent leaves a commitment out (round.not-enrolled)', async () => {
    const found = await state(without(round.by.CD.enrolment))
    expect(codesIn(found)).toEqual(['round.not-enrolled'])
    expect(stateIn(found, 'CD')).toBeUndefined()
  })

  it('that no log held is undecided, never in time (round.undated)', async () => {
    const unlogged = await send('CD', documentsOf(id, 'CD').enrolment(), noon('2025-03-05'), '')
    const found = await state([...without(round.by.CD.enrolment), unlogged])
    expect(found.findings).toMatchObject([{ code: 'round.undated', status: 'unknown' }])
    expect(stateIn(found, 'CD')).toBe('undecided')
  })

  it('is signed by its own laboratory, as are commitment and withdrawal (joint.other-signer)', async () => {
    const documents = documentsOf(id, 'GA')
    const forged = [documents.enrolment(), await documents.commitment(roundResults.CD), documents.withdrawal()]
    for (const document of forged)
      await expect(send('LZ', document, noon('2025-04-20'))).rejects.toMatchObject({ code: 'joint.other-signer' })
  })

  it('with the code of another is noted, and no code is either’s (round.code-twice)', async () => {
    const same = await Promise.all(
      (['CD', 'LZ'] as const).map((key) => send(key, documentsOf(id, key).enrolment({ code: 'A1' }), noon('2025-03-05'))),
    )
    const found = await state([...without(round.by.CD.enrolment, round.by.LZ.enrolment), ...same])
    expect(codesIn(found)).toEqual(['round.code-twice'])
    expect(found.laboratories.map(({ code }) => code)).toEqual(['P-1', 'P-2', undefined, undefined, undefined])
    const one = await state([...without(round.by.CD.enrolment), same[0] as Sent])
    expect(one.laboratories.find(({ uscc }) => uscc === organisation('CD').uscc)?.code).toBe('A1')
  })
})

describe('a commitment', () => {
  const other = async (key: OrganisationKey, at: string, loggedAt = at) =>
    send(key, await documentsOf(id, key).commitment(roundResults.YB, saltOf(`${key}-other`)), at, loggedAt)

  it('after its deadline does not count, whatever date it states (round.committed-late)', async () => {
    const late = await other('CD', noon('2025-04-20'), '2025-04-26T00:00:00+08:00')
    const found = await state([...without(round.by.CD.commitment, round.by.CD.opening), late])
    expect(codesIn(found)).toEqual(['round.committed-late'])
    expect(stateIn(found, 'CD')).toBe('late')
    const last = await other('CD', noon('2025-04-20'), '2025-04-25T23:59:59+08:00')
    expect(stateIn(await state([...without(round.by.CD.commitment), last], noon('2025-04-27')), 'CD')).toBe('committed')
  })

  it('that no log held is undecided, never in time (round.undated)', async () => {
    const found = await state([...without(round.by.CD.commitment, round.by.CD.opening), await other('CD', noon('2025-04-20'), '')])
    expect(found.findings).toMatchObject([{ code: 'round.undated', status: 'unknown' }])
    expect(stateIn(found, 'CD')).toBe('undecided')
  })

  it('to a second result is a fault, and the first that was logged holds (round.committed-twice)', async () => {
    const second = await other('CD', noon('2025-04-21'))
    const opened = await send('CD', documentsOf(id, 'CD').opening(second.id, roundResults.YB, saltOf('CD-other')), noon('2025-04-28'))
    const found = await state([...round.sent, second, opened])
    expect(codesIn(found)).toEqual(['round.committed-twice', 'round.opening-elsewhere'])
    expect(found.laboratories.find(({ uscc }) => uscc === organisation('CD').uscc)?.opened?.result).toEqual(roundResults.CD)
    const before = await other('CD', noon('2025-04-22'), noon('2025-04-19'))
    const displaced = await state([...round.sent, before])
    expect(codesIn(displaced)).toEqual(['round.committed-twice', 'round.opening-elsewhere', 'round.unopened'])
  })

  it('to two results at one moment leaves neither (round.first-undecided)', async () => {
    const found = await state([...round.sent, await other('CD', noon('2025-04-20'))])
    expect(codesIn(found)).toContain('round.first-undecided')
    expect(stateIn(found, 'CD')).toBe('missing')
  })

  it('of an authority is proved by the log of another, never by its own (round.undated)', async () => {
    const documents = documentsOf(id, 'SC-AMR')
    const own = [await send('SC-AMR', documents.enrolment(), noon('2025-03-05'))]
    const found = await state([...round.sent, ...own])
    expect(found.findings).toMatchObject([{ code: 'round.undated', params: { uscc: organisation('SC-AMR').uscc } }])
  })

  it('signed again over the same digest is the same commitment', async () => {
    const again = await send('CD', await documentsOf(id, 'CD').commitment(roundResults.CD), noon('2025-04-22'))
    expect((await state([...round.sent, again])).findings).toEqual([])
  })

  it('that is absent after the deadline is missing (round.missing), and before it is awaited', async () => {
    const sent = without(round.by.CD.commitment, round.by.CD.opening)
    const found = await state(sent)
    expect(codesIn(found)).toEqual(['round.missing'])
    expect(stateIn(found, 'CD')).toBe('missing')
    expect(await state(sent, noon('2025-04-24'))).toMatchObject({ findings: [] })
  })

  it('that its authority revoked does not count, and one that is undecided is no miss (round.not-counted)', async () => {
    const { signNotice, openStatus } = await import('../../src/status/index.js')
    const notice = await signNotice(
      {
        iss: organisation('CD').uscc,
        iat: 1_745_000_000,
        action: 'revoke',
        statements: [round.by.CD.commitment.id],
        from: 1_745_000_000,
        reason: { zh: '示例' },
      },
      world.signer('CD'),
    )
    const joint = await openJoint(
      round.sent.map(({ signed }) => signed),
      { trust: world.trust, at: CLOSED, status: await openStatus({ notices: [notice] }, world.trust) },
    )
    expect(codesIn(roundOf(joint, { round: id, at: CLOSED }))).toContain('round.not-counted')
  })

  it('of the only pilot after others is noted, of one of two is not (round.pilot-after-others)', async () => {
    const plan = { pilots: [protocol.pilots[0] as RoundProtocol['pilots'][number]] }
    const sole = await wholeRound(plan)
    const late = await send(
      'SC-INST',
      await documentsOf(sole.plan.id, 'SC-INST', { ...protocol, ...plan }).commitment(roundResults['SC-INST']),
      noon('2025-04-22'),
    )
    const sent = sole.sent.filter((one) => one !== sole.by['SC-INST'].commitment && one !== sole.by['SC-INST'].opening)
    const found = await stateOf([...sent, late], sole.plan.id, noon('2025-04-24'))
    expect(codesIn(found)).toContain('round.pilot-after-others')
    const two = await send('SC-INST', await documentsOf(id, 'SC-INST').commitment(roundResults['SC-INST']), noon('2025-04-22'))
    expect(codesIn(await state([...without(round.by['SC-INST'].commitment), two], noon('2025-04-24')))).toEqual([])
  })
})

describe('a withdrawal', () => {
  const withdraw = (at: string, loggedAt = at) => send('CD', documentsOf(id, 'CD').withdrawal(), at, loggedAt)

  it('before the last day to commit removes a laboratory (round.withdrawn)', async () => {
    const found = await state([...without(round.by.CD.commitment, round.by.CD.opening), await withdraw(noon('2025-04-01'))])
    expect(found.findings).toMatchObject([{ code: 'round.withdrawn', status: 'warn' }])
    expect(stateIn(found, 'CD')).toBe('withdrawn')
  })

  it('after it removes no result (round.withdrawn-late)', async () => {
    const found = await state([...round.sent, await withdraw(noon('2025-04-27'))])
    expect(codesIn(found)).toEqual(['round.withdrawn-late'])
    expect(stateIn(found, 'CD')).toBe('opened')
  })

  it('without log evidence removes nothing (round.undated)', async () => {
    const found = await state([...round.sent, await withdraw(noon('2025-04-01'), '')])
    expect(codesIn(found)).toEqual(['round.undated'])
    expect(stateIn(found, 'CD')).toBe('opened')
  })
})

describe('an opening', () => {
  const opening = (by: OrganisationKey, of: keyof typeof roundResults, { at = noon('2025-04-28'), result = roundResults[of] } = {}) =>
    send(by, documentsOf(id, of).opening(round.by[of].commitment.id, result), at)

  it('may be made by a pilot if the laboratory withholds it', async () => {
    const found = await state([...without(round.by.CD.opening), await opening('CQ-INST', 'CD')])
    expect(found.findings).toEqual([])
    expect(stateIn(found, 'CD')).toBe('opened')
  })

  it('by another body is left out (round.opener)', async () => {
    const found = await state([...without(round.by.CD.opening), await opening('LZ', 'CD')])
    expect(codesIn(found)).toEqual(['round.opener', 'round.unopened'])
  })

  it('of something other than was committed does not count (round.opened-other), and leaves the result unopened (round.unopened)', async () => {
    const found = await state([...without(round.by.YB.opening), await opening('YB', 'YB', { result: roundResults.CD })])
    expect(codesIn(found)).toEqual(['round.opened-other', 'round.unopened'])
    expect(stateIn(found, 'YB')).toBe('unopened')
  })

  it('by a pilot of something other shows what was encrypted (round.sealed-other); the committed result still counts', async () => {
    const found = await state([...round.sent, await opening('SC-INST', 'YB', { result: roundResults.CD })])
    expect(codesIn(found)).toEqual(['round.sealed-other'])
    expect(stateIn(found, 'YB')).toBe('opened')
  })

  it('may say that the sealed text cannot be decrypted (round.sealed-unreadable)', async () => {
    const said = await send('SC-INST', documentsOf(id, 'YB').unreadable(round.by.YB.commitment.id), noon('2025-04-28'))
    expect(codesIn(await state([...without(round.by.YB.opening), said]))).toEqual(['round.sealed-unreadable', 'round.unopened'])
    const own = await send('YB', documentsOf(id, 'YB').unreadable(round.by.YB.commitment.id), noon('2025-04-28'))
    expect(codesIn(await state([...round.sent, own]))).toEqual(['round.opener'])
  })

  it('before the last day to commit is early (round.opened-early), and who commits after it is named (round.committed-after-opening)', async () => {
    const early = await opening('CD', 'CD', { at: noon('2025-04-21') })
    const late = await send('LZ', await documentsOf(id, 'LZ').commitment(roundResults.LZ), noon('2025-04-22'))
    const found = await state([...without(round.by.LZ.commitment, round.by.LZ.opening), early, late], noon('2025-04-27'))
    expect(found.findings).toMatchObject([
      { code: 'round.committed-after-opening', params: { uscc: organisation('LZ').uscc } },
      { code: 'round.opened-early', params: { byUscc: organisation('CD').uscc } },
    ])
  })

  it('after its deadline counts, with a warning (round.opened-late)', async () => {
    const found = await state([...without(round.by.CD.opening), await opening('CD', 'CD', { at: noon('2025-05-10') })])
    expect(found.findings).toMatchObject([{ code: 'round.opened-late', status: 'warn' }])
    expect(stateIn(found, 'CD')).toBe('opened')
  })

  it('with the salt of another is noted (round.salt-reused)', async () => {
    const documents = documentsOf(id, 'CD')
    const commitment = await send('CD', await documents.commitment(roundResults.CD, saltOf('LZ')), noon('2025-04-20'))
    const opened = await send('CD', documents.opening(commitment.id, roundResults.CD, saltOf('LZ')), noon('2025-04-28'))
    const found = await state([...without(round.by.CD.commitment, round.by.CD.opening), commitment, opened])
    expect(codesIn(found)).toEqual(['round.salt-reused'])
  })

  it('has all points of the protocol and no others (round.point-missing, round.point-unknown)', async () => {
    const [point] = roundResults.CD.points
    const result = { points: [{ ...(point as NonNullable<typeof point>), id: 'p60' }] }
    const documents = documentsOf(id, 'CD')
    const commitment = await send('CD', await documents.commitment(result), noon('2025-04-20'))
    const opened = await send('CD', documents.opening(commitment.id, result), noon('2025-04-28'))
    const found = await state([...without(round.by.CD.commitment, round.by.CD.opening), commitment, opened])
    expect(codesIn(found)).toEqual(['round.point-missing', 'round.point-unknown'])
  })
})

describe('the travelling standard', () => {
  const [point] = protocol.points as [RoundProtocol['points'][number]]
  const { driftLimit: _limit, ...unlimited } = point

  it('drifted if the repeated values of a pilot differ by more than the protocol allows (round.drift)', async () => {
    const found = await wholeRound({ points: [{ ...point, driftLimit: '0.0029' }] })
    const drifted = await stateOf(found.sent, found.plan.id)
    expect(drifted.findings).toMatchObject([{ code: 'round.drift', status: 'fail', params: { spread: '0.003', limit: '0.0029' } }])
    const exact = await wholeRound({ points: [{ ...point, driftLimit: '0.003' }] })
    expect((await stateOf(exact.sent, exact.plan.id)).findings).toEqual([])
  })

  it('drifted by a spread of more digits than a value may have: no pilot stops the report', async () => {
    const documents = documentsOf(id, 'SC-INST')
    const { repeats = [], ...result } = roundResults['SC-INST']
    const end = '9'.repeat(20)
    const values = [`-${end}`, end]
    const hostile = { ...result, repeats: repeats.slice(0, 2).map((repeat, at) => ({ ...repeat, value: values[at] as string })) }
    const commitment = await send('SC-INST', await documents.commitment(hostile), noon('2025-04-20'))
    const opened = await send('SC-INST', documents.opening(commitment.id, hostile), noon('2025-04-28'))
    const found = await state([...without(round.by['SC-INST'].commitment, round.by['SC-INST'].opening), commitment, opened])
    expect(found.findings).toContainEqual(
      expect.objectContaining({ code: 'round.drift', params: expect.objectContaining({ spread: '199999999999999999998' }) }),
    )
  })

  it('is undecided if no pilot measured it twice (round.drift-unmeasured)', async () => {
    const documents = documentsOf(id, 'SC-INST')
    const commitment = await send('SC-INST', await documents.commitment(roundResults['CQ-INST']), noon('2025-04-20'))
    const opened = await send('SC-INST', documents.opening(commitment.id, roundResults['CQ-INST']), noon('2025-04-28'))
    const found = await state([...without(round.by['SC-INST'].commitment, round.by['SC-INST'].opening), commitment, opened])
    expect(found.findings).toMatchObject([{ code: 'round.drift-unmeasured', status: 'unknown' }])
  })

  it('is not compared if the protocol has no limit (round.drift-no-limit)', async () => {
    const found = await wholeRound({ points: [unlimited] })
    expect((await stateOf(found.sent, found.plan.id)).findings).toMatchObject([{ code: 'round.drift-no-limit', status: 'warn' }])
  })
})

describe('a protocol', () => {
  it('is published by an organiser or a pilot (round.protocol-signer)', async () => {
    const stranger = await send('LZ', protocol, noon('2025-03-01'))
    expect(codesIn(await stateOf([stranger], stranger.id, noon('2025-03-02')))).toEqual(['round.protocol-signer'])
    const pilot = await send('CQ-INST', protocol, noon('2025-03-01'))
    expect(codesIn(await stateOf([pilot], pilot.id, noon('2025-03-02')))).toEqual([])
  })

  it('is not the only one with its number if another was published (round.protocol-twice)', async () => {
    const other = await sendProtocol({ number: '〔2025〕CY-3' })
    const same = await sendProtocol({ publishedOn: '2025-02-28' })
    expect(codesIn(await state([...round.sent, other, same]))).toEqual(['round.protocol-twice'])
  })

  it.each([
    ['joint.repeated', '/pilots/1/key', { pilots: [protocol.pilots[0], { ...protocol.pilots[1], key: protocol.pilots[0]?.key }] }],
    ['joint.repeated', '/pilots/1/code', { pilots: [protocol.pilots[0], { ...protocol.pilots[1], code: 'P-1' }] }],
    ['joint.repeated', '/points/1/id', { points: [protocol.points[0], protocol.points[0]] }],
    ['joint.dates-order', '/deadlines/commit', { deadlines: { ...protocol.deadlines, commit: '2025-03-09' } }],
    [
      'round.station-dates',
      '/route/stations/0/to',
      { route: { form: 'ring', stations: [{ laboratory: party('CD').uscc, from: '2025-03-02', to: '2025-03-01' }] } },
    ],
    ['round.given-value', '/points/0/reference', { points: [{ ...protocol.points[0], reference: { method: 'given', value: '1' } }] }],
    ['round.given-value', '/points/0/reference', { points: [{ ...protocol.points[0], reference: { method: 'mean', value: '1' } }] }],
    ['round.not-positive', '/points/0/driftLimit', { points: [{ ...protocol.points[0], driftLimit: '0.00' }] }],
  ])('is not signed with a fault (%s at %s)', async (code, path, changed) => {
    const faulty = { ...protocol, ...changed } as RoundProtocol
    expect(checkDocument(faulty)).toMatchObject([{ code, path }])
    const error = await sendProtocol(changed as Partial<RoundProtocol>).catch((one: unknown) => one)
    expect(isTonghengError(error, 'joint.fails') && error.details.code).toBe(code)
    expect(checkDocument(protocol)).toEqual([])
  })

  it('is followed by openings that have salt and result, or state that there is none (round.opening-members)', () => {
    const { salt, ...bare } = documentsOf(id, 'CD').opening(id, roundResults.CD)
    expect(checkDocument(bare)).toMatchObject([{ code: 'round.opening-members' }])
    expect(checkDocument({ ...bare, salt, isUnreadable: true })).toMatchObject([{ code: 'round.opening-members' }])
    expect(checkDocument({ ...bare, salt })).toEqual([])
  })
})
