// A draw is useless if an inspector inspects another party unnoticed: the inspected party is compared with those that were drawn.
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, casesOf, drawOf, type FindingRecord, type SupervisionCase } from '../../../src/joint/index.js'
import type { SupervisionFinding } from '../../../src/records/index.js'
import {
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  examplePopulation,
  type FakeAuthorities,
  fixtures,
  jointFixtures,
} from '../../../src/testing/index.js'
import { commitmentOf, createDrawLog, drawnWith, type Log, on } from './draws.js'

const { task: TASK } = jointFixtures
const AT = DEMONSTRATION_TIME
const LIST = examplePopulation(40)
const { deadline: _, ...F14 } = fixtures.F14.record as SupervisionFinding
const findingAt = (uscc: string, change: Partial<SupervisionFinding> = {}): FindingRecord => ({
  statementId: 'F'.repeat(42).padEnd(43, 'A'),
  record: { ...F14, finding: 'none', measures: [{ code: 'none' }], party: { uscc, name: '示例加油站' }, ...change },
})
const codesOf = ({ findings }: SupervisionCase) => findings.map(({ code, status }) => `${code} ${status}`)

let world: FakeAuthorities
let log: Log
let drawn: readonly string[]
let other: string
beforeAll(async () => {
  world = await createFakeAuthorities()
  log = createDrawLog(world)
  await drawnWith(log, await log.add('SC-AMR', TASK, on('01')))
  drawn = drawOf(await log.open(), TASK.number, { at: AT, population: LIST })?.parties ?? []
  other = LIST.find((one) => !drawn.includes(one)) as string
})

describe('the party of a finding', () => {
  it('that was drawn for its task has no finding', async () => {
    expect(drawn).toHaveLength(5)
    for (const party of drawn)
      expect(codesOf(caseOf(await log.open(), findingAt(party), { at: AT, populations: [[...LIST].reverse()] }))).toEqual([])
  })

  it('that was not drawn has a warning, for there may be another ground (case.party-not-drawn)', async () => {
    const { cases } = casesOf(await log.open(), [findingAt(other)], { at: AT, populations: [examplePopulation(7), LIST] })
    expect(cases.map(codesOf)).toEqual([['case.party-not-drawn warn']])
    expect(cases[0]?.findings[0]).toMatchObject({ path: '/party/uscc', params: { party: '示例加油站', taskNo: TASK.number } })
    expect(cases[0]?.state).toBe('nothing-found')
  })

  it('could not be compared without the list of the draw, or before the draw is settled (case.draw-not-compared)', async () => {
    const reasonOf = (one: SupervisionCase) => [codesOf(one), one.findings[0]?.message.zh.replace(/^.*：/, '')]
    const found = ['case.draw-not-compared unknown']
    for (const populations of [undefined, [], [examplePopulation(39)]])
      expect(reasonOf(caseOf(await log.open(), findingAt(other), { at: AT, ...(populations && { populations }) }))).toEqual([
        found,
        '两机关承诺的抽取名单不在手边',
      ])
    const open = createDrawLog(world)
    const task = await open.add('SC-AMR', TASK, on('01'))
    await open.add('SC-AMR', commitmentOf('SC-AMR', task, 's'), on('08'))
    const reasons = async (at: string) => reasonOf(caseOf(await open.open(), findingAt(other), { at, populations: [LIST] }))
    expect(await reasons(on('09'))).toEqual([found, '抽取尚未完成'])
    expect(await reasons(AT)).toEqual([found, '抽取不成立'])
  })

  it('is not compared if no task of that number was opened: there may have been no draw', async () => {
    const elsewhere = findingAt(other, { taskNo: 'CY-LJ-2025-999' })
    expect(codesOf(caseOf(await log.open(), elsewhere, { at: AT, populations: [LIST] }))).toEqual([])
    // Forms of brackets and width do not matter.
    const wide = findingAt(other, { taskNo: TASK.number.replace('CY', 'ＣＹ') })
    expect(codesOf(caseOf(await log.open(), wide, { at: AT, populations: [LIST] }))).toEqual(['case.party-not-drawn warn'])
  })

  it('is compared with lists of USCCs only', async () => {
    const joint = await log.open()
    expect(() => caseOf(joint, findingAt(other), { at: AT, populations: [['x']] })).toThrow(expect.objectContaining({ code: 'draw.party' }))
    expect(() => caseOf(joint, findingAt(other), { at: AT, populations: LIST as never })).toThrow(
      expect.objectContaining({ code: 'verify.options' }),
    )
  })
})
