// Why this exists: several bodies wait for each other. Which body must act next, and until when, must follow from the statements alone.
import { describe, expect, it } from 'vitest'
import {
  type AnyJointDocument,
  allianceOf,
  caseOf,
  drawOf,
  openJoint,
  type Round,
  reportOf,
  type SupervisionCase,
  signJoint,
} from '../../src/joint/index.js'
import { type DueStep, dueInAlliance, dueInCase, dueInDraw, dueInRound, reportDigest } from '../../src/joint/inside.js'
import type { SupervisionFinding } from '../../src/records/index.js'
import { DEMONSTRATION_TIME, fixtures, jointFixtures, type OrganisationKey, organisation } from '../../src/testing/index.js'
import { noon, stateOf, wholeRound, world } from './rounds.js'
import { commitmentOf, createDrawLog, type Key, nonceOf, on } from './supervision/draws.js'

const keyOf = (uscc: string): string =>
  (['SC-AMR', 'CQ-AMR', 'SC-INST', 'CQ-INST', 'CD', 'LZ', 'YB'] as const).find((key) => organisation(key).uscc === uscc) ?? uscc
/** Steps as short texts: name, who, days. */
const told = (steps: readonly DueStep[]): readonly string[] =>
  steps.map(({ step, by, from, until, isLate, about }) =>
    [
      step,
      typeof by === 'string' ? by : by.map(({ uscc }) => keyOf(uscc)).join('+'),
      ...(from === undefined ? [] : [`from ${from}`]),
      ...(until === undefined ? [] : [`until ${until}`]),
      ...(isLate ? ['late'] : []),
      ...(about === undefined ? [] : [`about ${keyOf(about.uscc)}`]),
    ].join(' '),
  )

/** Laboratories that are no pilots, in the order of the round. */
const othersIn = ({ laboratories }: Round): string =>
  laboratories
    .filter(({ isPilot }) => !isPilot)
    .map(({ uscc }) => keyOf(uscc))
    .join('+')

describe('a comparison round', () => {
  const due = (round: Round, record: { readonly hasRecord?: boolean } = { hasRecord: false }): readonly string[] => {
    let isReportable = true
    try {
      reportOf(round)
    } catch {
      isReportable = false
    }
    return told(dueInRound(round, { isReportable, ...record }))
  }

  it('names who enrols, commits and opens next, and until when', async () => {
    const { plan, sent, by } = await wholeRound()
    const at = async (moment: string, some = sent) => due(await stateOf(some, plan.id, moment))
    const others = othersIn(await stateOf(sent, plan.id, noon('2025-03-06')))
    const enrolments = sent.filter((one) => one === plan || Object.values(by).some(({ enrolment }) => enrolment === one))
    expect(await at(noon('2025-03-06'))).toEqual([
      'enrol laboratories until 2025-03-10',
      `commit SC-INST+CQ-INST+${others} until 2025-04-25`,
    ])
    expect(await at(noon('2025-04-21'), [...enrolments, by.CD.commitment])).toEqual([
      expect.stringMatching(/^commit SC-INST\+CQ-INST\+(?:LZ\+YB|YB\+LZ) until 2025-04-25$/),
    ])
    expect(await at(noon('2025-04-21'))).toEqual([expect.stringMatching(/^reveal SC-INST.* from 2025-04-26 until 2025-05-09$/)])
    const withheld = sent.filter((one) => one !== by.LZ.opening)
    expect(await at(noon('2025-04-29'), withheld)).toEqual(['reveal LZ until 2025-05-09'])
    expect(await at(noon('2025-05-10'), withheld)).toEqual([
      'unseal SC-INST+CQ-INST until 2025-05-09 late about LZ',
      'record SC-AMR+CQ-AMR',
    ])
  })

  it('names the receipts that are missing, before anything that rests on them', async () => {
    const { plan, sent } = await wholeRound()
    const bare = sent.map((one) => (one === plan ? one : { signed: one.signed, id: one.id }))
    expect((await stateOf(bare, plan.id)).phase).toBe('closed')
    expect(due(await stateOf(bare, plan.id))[0]).toBe('evidence reader')
  })

  it('continues with the record, the reports of the pilots, and the check by all participants', async () => {
    const { plan, sent } = await wholeRound()
    const round = await stateOf(sent, plan.id)
    expect(due(round)).toEqual(['record SC-AMR+CQ-AMR'])
    expect(due(round, { hasRecord: true })).toEqual(['report SC-INST+CQ-INST'])
    // If it is not known whether there is a record, both steps are due.
    expect(due(round, {})).toEqual(['record SC-AMR+CQ-AMR', 'report SC-INST+CQ-INST'])
    const report = (key: OrganisationKey) => ({ issuer: { uscc: organisation(key).uscc } }) as Round['reports'][number]
    expect(due({ ...round, reports: [report('SC-INST')] }, { hasRecord: true })).toEqual(['report CQ-INST'])
    expect(due({ ...round, reports: [report('SC-INST'), report('CQ-INST')] })).toEqual(['check participants'])
  })

  it('has one digest for one report, whatever the order of its statements, and another one for another report', async () => {
    const { plan, sent, by } = await wholeRound()
    const digest = async (some: typeof sent) => reportDigest(reportOf(await stateOf(some, plan.id)))
    const whole = await digest(sent)
    expect(whole).toMatch(/^[\w-]{43}$/)
    expect(await digest([...sent].reverse())).toBe(whole)
    expect(await digest(sent.filter((one) => one !== by.LZ.opening))).not.toBe(whole)
  })
})

describe('a task of joint supervision', () => {
  it('names the bureau that has to commit, and then to reveal', async () => {
    const log = createDrawLog(world)
    const dueAt = async (at: string) => {
      const draw = drawOf(await log.open(), jointFixtures.task.number, { at })
      return draw && told(dueInDraw(draw, Date.parse(at) / 1000))
    }
    const task = await log.add('SC-AMR', jointFixtures.task, on('01'))
    expect(await dueAt(on('02'))).toEqual(['draw-commit SC-AMR+CQ-AMR until 2025-04-10'])
    const commitments = new Map<Key, string>()
    commitments.set('SC-AMR', await log.add('SC-AMR', commitmentOf('SC-AMR', task, 'S'), on('08')))
    expect(await dueAt(on('08', 13))).toEqual(['draw-commit CQ-AMR until 2025-04-10'])
    commitments.set('CQ-AMR', await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'Q'), on('09')))
    expect(await dueAt(on('10'))).toEqual(['draw-reveal SC-AMR+CQ-AMR until 2025-04-15'])
    await log.add('CQ-AMR', nonceOf(commitments.get('CQ-AMR') ?? '', 'Q'), on('12'))
    expect(await dueAt(on('12', 13))).toEqual(['draw-reveal SC-AMR until 2025-04-15'])
    // Withheld until its last day has passed: the draw has failed, and nothing revives it.
    expect(await dueAt(on('20'))).toEqual(['task-again SC-AMR+CQ-AMR'])
    await log.add('SC-AMR', nonceOf(commitments.get('SC-AMR') ?? '', 'S'), on('13'))
    expect(await dueAt(on('14'))).toEqual(['draw-show SC-AMR+CQ-AMR', 'inspect SC-AMR+CQ-AMR from 2025-05-06 until 2025-05-30'])
  })

  it('names the receipts that are missing', async () => {
    const log = createDrawLog(world)
    const task = await log.add('SC-AMR', jointFixtures.task, on('01'))
    const first = await log.add('SC-AMR', commitmentOf('SC-AMR', task, 'S'), on('08'), '')
    await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'Q'), on('09'))
    await log.add('SC-AMR', nonceOf(first, 'S'), on('12'))
    const draw = drawOf(await log.open(), jointFixtures.task.number, { at: on('13') })
    expect(draw && told(dueInDraw(draw, Date.parse(on('13')) / 1000))).toEqual(['evidence reader'])
  })

  it('names the next step of a case, with its deadline', async () => {
    const joint = await openJoint([], { trust: world.trust, at: DEMONSTRATION_TIME })
    const record = fixtures.F14.record as SupervisionFinding
    const one = caseOf(joint, { statementId: 'F'.repeat(43), record }, { at: DEMONSTRATION_TIME })
    const at = Date.parse(DEMONSTRATION_TIME) / 1000
    const due = (state: SupervisionCase['state']) => {
      const step = dueInCase({ ...one, state }, at)
      return step && told([step])[0]
    }
    expect(one.state).toBe('overdue')
    expect(due('overdue')).toBe(`rectify jurisdiction until ${one.deadline} late`)
    expect([due('open'), due('rectified'), due('rechecked')]).toEqual([
      'measure jurisdiction',
      'recheck jurisdiction',
      'close jurisdiction',
    ])
    expect([due('closed'), due('nothing-found')]).toEqual([undefined, undefined])
  })
})

describe('an alliance', () => {
  const { engineAlliance, joining } = jointFixtures
  const sign = (key: OrganisationKey, document: AnyJointDocument) =>
    signJoint(document, { iss: organisation(key).uscc, signer: world.signer(key), at: '2024-09-02T09:00:00+08:00' })
  const due = async (signed: readonly string[], day = '2025-06-16') => {
    const joint = await openJoint(signed, { trust: world.trust, at: DEMONSTRATION_TIME })
    return told(dueInAlliance(allianceOf(joint, engineAlliance.number, { on: day }), day))
  }

  it('names the members that have not joined, and the end of its text', async () => {
    const text = await sign('CQ-INST', engineAlliance)
    expect(await due([text])).toEqual(['join CQ-INST+SC-INST'])
    expect(await due([text, await sign('SC-INST', joining)])).toEqual(['join CQ-INST'])
    const ending = await sign('CQ-INST', { ...engineAlliance, until: '2025-12-31' })
    expect(await due([ending, await sign('SC-INST', joining)])).toEqual(['join CQ-INST', 'renew CQ-INST until 2025-12-31'])
    // Joining an alliance that has ended is not due.
    expect(await due([ending], '2026-01-01')).toEqual(['renew CQ-INST until 2025-12-31 late'])
  })

  it('is issued again if two texts of one revision leave it undecided', async () => {
    const other = { ...engineAlliance, industry: { zh: '发动机' } }
    expect(await due([await sign('CQ-INST', engineAlliance), await sign('CQ-INST', other)])).toEqual(['revise lead'])
  })
})
