// Neither bureau may choose the parties to inspect: a draw counts only if both committed to list and nonce before either nonce was known. A
// bureau that violates this, or repeats the draw until it likes the result, is reported.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type AnyJointDocument,
  type DrawCommitment,
  drawOf,
  drawParties,
  type JointFinding,
  populationOf,
  type SupervisionTask,
  signJoint,
} from '../../../src/joint/index.js'
import { openStatus, signNotice } from '../../../src/status/index.js'
import { createFakeAuthorities, examplePopulation, type FakeAuthorities, jointFixtures, organisation } from '../../../src/testing/index.js'
import { openTrust, signTrustList } from '../../../src/trust/index.js'
import { commitmentOf, createDrawLog, DRAW_TIME, drawnWith, type Key, type Log, nonceOf, on } from './draws.js'

const { task: TASK, commitment: COMMITMENT } = jointFixtures
const AT = DRAW_TIME
const seconds = (moment: string): number => Date.parse(moment) / 1000
const nonceText = (letter: string): string => letter.repeat(42).padEnd(43, 'A')
const LIST = examplePopulation(40)

let world: FakeAuthorities
let createLog: () => Log
beforeAll(async () => {
  world = await createFakeAuthorities()
  createLog = () => createDrawLog(world)
})

interface Steps {
  readonly log: Log
  readonly task: string
  readonly sc: string
  readonly cq: string
}

/** The steps up to the commitments of both bureaus. */
async function committed(cqChange: Partial<DrawCommitment> = {}, taskChange: Partial<SupervisionTask> = {}): Promise<Steps> {
  const log = createLog()
  const task = await log.add('SC-AMR', { ...TASK, ...taskChange }, on('01'))
  const sc = await log.add('SC-AMR', commitmentOf('SC-AMR', task, 's'), on('08'))
  const cq = await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'c', cqChange), on('09'))
  return { log, task, sc, cq }
}

async function revealed(): Promise<Steps> {
  const steps = await committed()
  await steps.log.add('SC-AMR', nonceOf(steps.sc, 's'), on('12'))
  await steps.log.add('CQ-AMR', nonceOf(steps.cq, 'c'), on('13'))
  return steps
}

const stateAt = async ({ log }: Pick<Steps, 'log'>, options: Partial<Parameters<typeof drawOf>[2]> = {}, rest = {}) =>
  drawOf(await log.open(rest), TASK.number, { at: AT, ...options })
const codesOf = (draw: { readonly findings: readonly JointFinding[] } | undefined) =>
  draw?.findings.map(({ code, status }) => `${code} ${status}`)
const namesIn = (draw: { readonly findings: readonly JointFinding[] } | undefined) =>
  draw?.findings.map(({ params }) => (params.bureau as { zh: string } | undefined)?.zh)
const [SC, CQ, GA] = (['SC-AMR', 'CQ-AMR', 'GA-AMR'] as const).map((key) => organisation(key).name.zh)

describe('a draw', () => {
  it('has the parties that anyone can compute from both nonces, once both are revealed', async () => {
    const steps = await revealed()
    const draw = await stateAt(steps, { population: LIST })
    expect(draw).toMatchObject({ state: 'drawn', findings: [], population: { count: 40 } })
    const nonces = [
      { bureau: organisation('SC-AMR').uscc, nonce: nonceText('s') },
      { bureau: organisation('CQ-AMR').uscc, nonce: nonceText('c') },
    ]
    expect(draw?.parties).toEqual(drawParties(LIST, { taskNo: TASK.number, task: steps.task, nonces, count: 5 }))
    expect(draw?.sides.map(({ uscc, commitment }) => [uscc, commitment])).toEqual([
      [organisation('SC-AMR').uscc, steps.sc],
      [organisation('CQ-AMR').uscc, steps.cq],
    ])
  })

  it('advances from committing to revealing to revealed, by the given moment', async () => {
    const steps = await revealed()
    const states = await Promise.all(['02', '08', '10', '12', '14'].map(async (day) => (await stateAt(steps, { at: on(day, 23) }))?.state))
    expect(states).toEqual(['committing', 'committing', 'revealing', 'revealing', 'revealed'])
    expect(drawOf(await steps.log.open(), 'CY-LJ-2025-999', { at: AT })).toBeUndefined()
    expect(await stateAt(steps, { at: '2025-03-01T00:00:00+08:00' })).toBeUndefined()
  })

  it('does not depend on the order of its statements, faults included', async () => {
    const steps = await revealed()
    await steps.log.add('CQ-AMR', commitmentOf('CQ-AMR', steps.task, 'x'), on('14'))
    await steps.log.add('SC-AMR', { ...TASK, places: ['510100'] }, on('15'))
    await steps.log.add('GA-AMR', jointFixtures.measure, '2025-05-14T12:00:00+08:00')
    const expected = JSON.stringify(drawOf(await steps.log.open(), TASK.number, { at: AT, population: LIST }))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(steps.log.signed, { minLength: steps.log.signed.length }), async (order) => {
        expect(JSON.stringify(drawOf(await steps.log.open({}, order), TASK.number, { at: AT, population: LIST }))).toBe(expected)
      }),
      { numRuns: 20 },
    )
  })

  it('may have a task that both bureaus signed, if both commit to one of the statements', async () => {
    const log = createLog()
    await log.add('CQ-AMR', TASK, on('01'))
    const task = await log.add('SC-AMR', TASK, on('02'))
    const sc = await log.add('SC-AMR', commitmentOf('SC-AMR', task, 's'), on('08'))
    const cq = await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'c'), on('09'))
    await log.add('SC-AMR', nonceOf(sc, 's'), on('12'))
    await log.add('CQ-AMR', nonceOf(cq, 'c'), on('13'))
    expect(await stateAt({ log }, { population: LIST })).toMatchObject({ state: 'drawn', findings: [], task: { statementId: task } })
  })

  it('has failed if the commitments are to different statements of the task (draw.other-task)', async () => {
    const log = createLog()
    const [one, other] = [await log.add('CQ-AMR', TASK, on('01')), await log.add('SC-AMR', TASK, on('02'))]
    await log.add('SC-AMR', commitmentOf('SC-AMR', one, 's'), on('08'))
    await log.add('CQ-AMR', commitmentOf('CQ-AMR', other, 'c'), on('09'))
    const draw = await stateAt({ log }, { at: on('10') })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['failed', ['draw.other-task fail'], [CQ]])
  })

  it('has failed if the task is signed by a body that it does not name (draw.task-signer)', async () => {
    const log = createLog()
    await log.add('SC-AMR', { ...TASK, bureaus: [{ uscc: organisation('GA-AMR').uscc, name: '甲' }, TASK.bureaus[1] as never] }, on('01'))
    const draw = await stateAt({ log }, { at: on('02') })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['failed', ['draw.task-signer fail'], [SC]])
  })
})

describe('a task of the same number', () => {
  let third: Parameters<typeof createDrawLog>[0]
  const ga = { uscc: organisation('GA-AMR').uscc, name: organisation('GA-AMR').name.zh }
  /** A task of the number of the other one, between a third authority and one of its bureaus. */
  const OWN = { ...TASK, bureaus: [ga, TASK.bureaus[1] as never], places: ['511600'] }

  beforeAll(async () => {
    const [authority] = world.trust.lists.filter(({ payload }) => payload.iss === organisation('SC-AMR').uscc)
    const { payload, statementId } = authority as NonNullable<typeof authority>
    const kinds = ['supervision-task', 'draw-commitment', 'draw-nonce']
    const granted = { number: '示例授权', kinds, categories: 'all' as const, from: '2020-01-01', to: '2030-12-31' }
    const entities = payload.entities.map((one) =>
      one.uscc === ga.uscc ? { ...one, authorisations: [...one.authorisations, granted] } : one,
    )
    const next = { ...payload, version: 2, previous: statementId, entities }
    const lists = [...world.trustLists, await signTrustList(next, world.rootSigners('SC-AMR'))]
    third = { signer: world.signer, trust: await openTrust({ anchors: world.anchors, lists }) }
  })

  it.each<[string, SupervisionTask, string]>([
    ['the same task', TASK, '01'],
    ['the same task, first', TASK, '00'],
    ['a task of its own', OWN, '01'],
    ['a task of its own, first', OWN, '00'],
    ['a task without itself, first', { ...TASK, places: ['511600'] }, '00'],
  ])('that a third authority signs (%s) neither displaces nor fails the right one (draw.other-authority)', async (_, document, day) => {
    const log = createDrawLog(third)
    if (day === '00') await log.add('GA-AMR', document, on('01', 9))
    const task = await log.add('SC-AMR', TASK, on('01'))
    if (day === '01') await log.add('GA-AMR', document, on('01', 13))
    await drawnWith(log, task)
    const draw = drawOf(await log.open(), TASK.number, { at: AT, population: LIST })
    expect([draw?.state, draw?.task.statementId, draw?.parties?.length]).toEqual(['drawn', task, 5])
    expect([codesOf(draw), namesIn(draw)]).toEqual([['draw.other-authority warn'], [GA]])
    const reversed = drawOf(await log.open({}, [...log.signed].reverse()), TASK.number, { at: AT, population: LIST })
    expect(JSON.stringify(reversed)).toBe(JSON.stringify(draw))
  })

  it('is undecided until the second bureau supports one of the two, and the commitment of the third does not decide it', async () => {
    const log = createDrawLog(third)
    const own = await log.add('GA-AMR', OWN, on('01', 9))
    const task = await log.add('SC-AMR', TASK, on('01'))
    await log.add('GA-AMR', commitmentOf('GA-AMR', own, 'g'), on('08'))
    const before = drawOf(await log.open(), TASK.number, { at: on('09', 8) })
    expect(before?.state).toBe('undecided')
    expect(codesOf(before)).toContain('draw.other-authority unknown')
    await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'c'), on('09'))
    const after = drawOf(await log.open(), TASK.number, { at: on('09', 14) })
    expect([after?.state, after?.task.statementId]).toEqual(['committing', task])
    expect(codesOf(after)).toEqual(['draw.other-authority warn', 'draw.stranger warn'])
  })
})

describe('an authority that redraws until it likes the result', () => {
  it('is named if it commits twice for one task number (draw.committed-twice)', async () => {
    const steps = await revealed()
    await steps.log.add('CQ-AMR', commitmentOf('CQ-AMR', steps.task, 'x'), on('14'))
    const draw = await stateAt(steps, { population: LIST })
    expect([draw?.state, codesOf(draw), namesIn(draw), draw?.parties]).toEqual(['failed', ['draw.committed-twice fail'], [CQ], undefined])
  })

  it('is named if it revokes its commitment and commits again (draw.committed-twice)', async () => {
    const steps = await revealed()
    await steps.log.add('CQ-AMR', commitmentOf('CQ-AMR', steps.task, 'x'), on('14'))
    const draw = await stateAt(steps, {}, { status: await revoking('CQ-AMR', steps.cq) })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual([
      'failed',
      ['draw.statement-faulty fail', 'draw.committed-twice fail'],
      [CQ, CQ],
    ])
  })

  it('is named if it issues the task again under the same number, revoked or not (draw.task-twice)', async () => {
    const steps = await revealed()
    const again = await steps.log.add('SC-AMR', { ...TASK, draw: { ...TASK.draw, count: 6 } }, on('16'))
    for (const rest of [{}, { status: await revoking('SC-AMR', again) }]) {
      const draw = await stateAt(steps, { population: LIST }, rest)
      expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['failed', ['draw.task-twice fail'], [SC]])
    }
  })

  it('is named if it withholds its nonce after the deadline (draw.nonce-withheld)', async () => {
    const steps = await committed()
    await steps.log.add('SC-AMR', nonceOf(steps.sc, 's'), on('12'))
    expect((await stateAt(steps, { at: on('15', 23) }))?.state).toBe('revealing')
    const draw = await stateAt(steps, { at: on('16', 0) })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['failed', ['draw.nonce-withheld fail'], [CQ]])
    expect(draw?.findings[0]?.message.zh).toContain('2025-04-15')
  })

  it('is named if it reveals only after the deadline, when another draw may have been made (draw.nonce-late)', async () => {
    const steps = await committed()
    await steps.log.add('SC-AMR', nonceOf(steps.sc, 's'), on('12'))
    await steps.log.add('CQ-AMR', nonceOf(steps.cq, 'c'), on('15'), on('16', 0))
    const draw = await stateAt(steps, { population: LIST })
    expect([draw?.state, codesOf(draw), namesIn(draw), draw?.parties]).toEqual(['failed', ['draw.nonce-late fail'], [CQ], undefined])
  })

  it('is named if it chooses its nonce after the other is known (draw.committed-after-nonce)', async () => {
    const log = createLog()
    const task = await log.add('SC-AMR', TASK, on('01'))
    const sc = await log.add('SC-AMR', commitmentOf('SC-AMR', task, 's'), on('08'))
    await log.add('SC-AMR', nonceOf(sc, 's', { revealedOn: '2025-04-09' }), on('09'))
    // It claims an earlier time of signing; the log had it after the nonce.
    const cq = await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'c'), on('08'), on('10'))
    await log.add('CQ-AMR', nonceOf(cq, 'c'), on('13'))
    const draw = await stateAt({ log }, { population: LIST })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['failed', ['draw.committed-after-nonce fail'], [CQ]])
  })

  it('is named if it reveals another nonce than it committed to (draw.nonce-unfit)', async () => {
    const steps = await committed()
    await steps.log.add('SC-AMR', nonceOf(steps.sc, 's'), on('12'))
    await steps.log.add('CQ-AMR', nonceOf(steps.cq, 'y'), on('13'))
    const draw = await stateAt(steps, { population: LIST })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['failed', ['draw.nonce-unfit fail'], [CQ]])
    // The nonce that fits determines the result nevertheless.
    await steps.log.add('CQ-AMR', nonceOf(steps.cq, 'c'), on('14'))
    const later = await stateAt(steps, { population: LIST })
    expect([later?.state, codesOf(later), namesIn(later)]).toEqual(['drawn', ['draw.nonce-unfit warn'], [CQ]])
  })

  it('cannot copy the commitment of the other bureau (draw.nonce-unfit)', async () => {
    const log = createLog()
    const task = await log.add('SC-AMR', TASK, on('01'))
    const own = commitmentOf('SC-AMR', task, 's')
    const sc = await log.add('SC-AMR', own, on('08'))
    const cq = await log.add('CQ-AMR', own, on('09'))
    await log.add('SC-AMR', nonceOf(sc, 's'), on('12'))
    await log.add('CQ-AMR', nonceOf(cq, 's'), on('13'))
    const draw = await stateAt({ log })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['failed', ['draw.nonce-unfit fail'], [CQ]])
  })

  it('has a warning if its list was drawn under another number too (draw.same-population)', async () => {
    const steps = await revealed()
    const number = 'CY-LJ-2025-008'
    const other = await steps.log.add('SC-AMR', { ...TASK, number }, on('14'))
    const earlier = await stateAt(steps)
    expect(earlier?.findings).toEqual([])
    await steps.log.add('CQ-AMR', { ...commitmentOf('CQ-AMR', other, 'z'), taskNo: number }, on('15'))
    const draw = await stateAt(steps)
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['revealed', ['draw.same-population warn'], [CQ]])
    expect(draw?.findings[0]?.message.zh).toContain(number)
  })
})

describe('a draw without what it needs', () => {
  it('is undecided without log evidence of the order (draw.order-unproven)', async () => {
    const steps = await revealed()
    steps.log.seen.delete(steps.cq)
    const draw = await stateAt(steps, { population: LIST })
    expect([draw?.state, codesOf(draw)]).toEqual(['undecided', ['draw.order-unproven unknown']])
    const none = await stateAt(steps, { population: LIST }, { log: undefined })
    expect([none?.state, codesOf(none)]).toEqual(['undecided', ['draw.order-unproven unknown']])
  })

  it('is undecided if commitment and nonce were logged within one second (draw.order-unproven)', async () => {
    const steps = await committed()
    await steps.log.add('SC-AMR', nonceOf(steps.sc, 's', { revealedOn: '2025-04-09' }), on('09'))
    const draw = await stateAt(steps, { at: on('10') })
    expect([draw?.state, codesOf(draw)]).toEqual(['undecided', ['draw.order-unproven unknown']])
  })

  it('has failed if a bureau made no commitment in time (draw.commitment-missing)', async () => {
    const log = createLog()
    const task = await log.add('SC-AMR', TASK, on('01'))
    await log.add('SC-AMR', commitmentOf('SC-AMR', task, 's'), on('08'))
    const draw = await stateAt({ log }, { at: on('11', 0) })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['failed', ['draw.commitment-missing fail'], [CQ]])
    await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'c'), on('11', 1))
    const later = await stateAt({ log }, { at: on('12') })
    expect([later?.state, codesOf(later), namesIn(later)]).toEqual(['revealing', ['draw.commitment-late warn'], [CQ]])
  })

  it.each([
    ['digest', { population: { ...COMMITMENT.population, digest: populationOf(examplePopulation(39)).digest } }],
    ['count', { population: { ...COMMITMENT.population, count: 41 } }],
  ])('has failed if the bureaus committed to another %s of the list (draw.population-differs)', async (_, change) => {
    const draw = await stateAt(await committed(change), { at: on('10') })
    expect([draw?.state, codesOf(draw), draw?.population]).toEqual(['failed', ['draw.population-differs fail'], undefined])
  })

  it('has failed if the list has too few parties (draw.too-few)', async () => {
    const steps = await committed({}, { draw: { ...TASK.draw, count: 41 } })
    const draw = await stateAt(steps, { at: on('10') })
    expect([draw?.state, codesOf(draw)]).toEqual(['failed', ['draw.too-few fail']])
  })

  it('is undecided with another list than the one committed to (draw.population-other)', async () => {
    const draw = await stateAt(await revealed(), { population: examplePopulation(41) })
    expect([draw?.state, codesOf(draw), draw?.parties]).toEqual(['undecided', ['draw.population-other unknown'], undefined])
  })

  it('is undecided if a later version added members to a commitment (draw.statement-faulty)', async () => {
    const steps = await committed()
    const { signStatement } = await import('../../../src/envelope/index.js')
    const claims = {
      iss: organisation('CQ-AMR').uscc,
      jti: '01JQ0000000000000000000000',
      iat: seconds(on('08')),
      document: { ...commitmentOf('CQ-AMR', steps.task, 'c'), conditions: ['as of 2030'] },
    }
    const newer = await signStatement(claims, { typ: 'metrology-joint+jwt', signer: world.signer('CQ-AMR') })
    const signed = [...steps.log.signed.slice(0, 2), newer]
    const draw = drawOf(await steps.log.open({}, signed), TASK.number, { at: on('10') })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['undecided', ['draw.statement-faulty unknown'], [CQ]])
  })

  it('does not count what another body says (draw.stranger)', async () => {
    const steps = await committed()
    const one = { ...TASK, bureaus: [TASK.bureaus[0] as never, { uscc: organisation('GA-AMR').uscc, name: '甲' }] }
    const log = createLog()
    const task = await log.add('SC-AMR', one, on('01'))
    await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'c'), on('09'))
    const draw = await stateAt({ log }, { at: on('10') })
    expect([draw?.state, codesOf(draw), namesIn(draw)]).toEqual(['committing', ['draw.stranger warn'], [CQ]])
    expect((await stateAt(steps, { at: on('10') }))?.findings).toEqual([])
  })

  it('compares a stated result with its own (draw.result-differs)', async () => {
    const steps = await revealed()
    const { parties = [] } = (await stateAt(steps, { population: LIST })) ?? {}
    const right = await stateAt(steps, { population: LIST, result: [...parties].reverse() })
    expect([right?.state, codesOf(right)]).toEqual(['drawn', []])
    const other = LIST.find((one) => !parties.includes(one)) as string
    const wrong = await stateAt(steps, { population: LIST, result: [other, ...parties.slice(1)] })
    expect([wrong?.state, codesOf(wrong)]).toEqual(['drawn', ['draw.result-differs fail']])
    expect(wrong?.findings[0]?.message.zh).toContain(`多出 ${other}；缺少 ${parties[0]}`)
  })
})

describe('a document of a draw', () => {
  const refused = (key: Key, document: AnyJointDocument, at = on('08')) =>
    signJoint(document, { iss: organisation(key).uscc, signer: world.signer(key), at }).then(
      () => undefined,
      (error) => [error.code, error.details.code, error.details.path],
    )

  it.each([
    ['its days are out of order', { ...TASK, draw: { ...TASK.draw, revealBy: '2025-04-09' } }, 'joint.dates-order', '/draw/revealBy'],
    ['it ends before it begins', { ...TASK, from: '2025-05-31' }, 'joint.dates-order', '/to'],
    ['it names one bureau twice', { ...TASK, bureaus: [TASK.bureaus[0], TASK.bureaus[0]] as never }, 'joint.repeated', '/bureaus/1/uscc'],
    ['it names a place twice', { ...TASK, places: ['511600', '511600'] }, 'joint.repeated', '/places/1'],
    ['it holds a resident number', { ...TASK, remarks: { zh: '负责人 11010519491231002X' } }, 'joint.resident-number', '/remarks/zh'],
  ])('is not signed if %s', async (_, document, code, path) => {
    expect(await refused('SC-AMR', document as AnyJointDocument)).toEqual(['joint.fails', code, path])
  })

  it('warns if both bureaus are of one side (supervision-task.one-side)', async () => {
    const log = createLog()
    await log.add(
      'SC-AMR',
      { ...TASK, bureaus: [TASK.bureaus[0] as never, { uscc: organisation('GA-AMR').uscc, name: GA as string }] },
      on('01'),
    )
    const [task] = (await log.open()).statements
    expect(task).toMatchObject({ counts: true, findings: [{ code: 'supervision-task.one-side', status: 'warn' }] })
  })
})

async function revoking(key: Key, statementId: string) {
  const from = seconds(on('14'))
  const notice = await signNotice(
    { iss: organisation(key).uscc, iat: from, action: 'revoke', statements: [statementId], from, reason: { zh: '另行抽取' } },
    world.signer(key),
  )
  return openStatus({ notices: [notice] }, world.trust)
}
