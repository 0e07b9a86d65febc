// The state of a case follows from its statements alone. A body without jurisdiction cannot close a case, a case is not closed as corrected
// without a recheck, and overdue cases are reported.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type AnyJointDocument,
  caseOf,
  caseStates,
  casesOf,
  type FindingRecord,
  openJoint,
  overdueCases,
  type SupervisionCase,
  signJoint,
  supervisionTable,
  writeSupervisionCsv,
} from '../../../src/joint/index.js'
import type { SupervisionFinding } from '../../../src/records/index.js'
import { openStatus, signNotice } from '../../../src/status/index.js'
import {
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  fixtures,
  jointFixtures,
  organisation,
} from '../../../src/testing/index.js'

type Key = 'SC-AMR' | 'CQ-AMR' | 'GA-AMR'
const { measure: MEASURE, rectification: RECTIFICATION, recheck: RECHECK, closure: CLOSURE } = jointFixtures
const AT = DEMONSTRATION_TIME
const F14 = fixtures.F14.record as SupervisionFinding
const FINDING = 'F'.repeat(42).padEnd(43, 'A')

/** A finding without a measure of its own, so that each measure is a statement. */
const { deadline: _, ...bare } = F14
const finding = (change: Partial<SupervisionFinding> = {}, statementId = FINDING): FindingRecord => ({
  statementId,
  record: { ...bare, measures: [{ code: 'none' }], ...change },
})

let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities()
})

const sign = (key: Key, document: AnyJointDocument, at = '2025-06-10T12:00:00+08:00') =>
  signJoint({ ...document, finding: FINDING } as AnyJointDocument, { iss: organisation(key).uscc, signer: world.signer(key), at })
const idOf = async (signed: string) =>
  ((await openJoint([signed], { trust: world.trust, at: AT })).statements[0] as { statementId: string }).statementId
const open = (signed: readonly string[], rest = {}) => openJoint(signed, { trust: world.trust, at: AT, ...rest })
const caseFrom = async (signed: readonly string[], record = finding(), at: string = AT, rest = {}) =>
  caseOf(await open(signed, rest), record, { at })
const codesOf = ({ findings }: SupervisionCase) => findings.map(({ code, status }) => `${code} ${status}`)

/** The chain of the fixtures, as GA-AMR signs it. */
async function chain(): Promise<readonly string[]> {
  const measure = await sign('GA-AMR', MEASURE)
  const rectification = await sign('GA-AMR', { ...RECTIFICATION, measure: await idOf(measure) })
  const recheck = await sign('GA-AMR', { ...RECHECK, rectification: await idOf(rectification) })
  return [measure, rectification, recheck, await sign('GA-AMR', CLOSURE)]
}

describe('a case', () => {
  it('advances from the finding to its closure, statement by statement', async () => {
    const steps = await chain()
    const states: string[] = []
    for (let count = 0; count <= 4; count++) {
      const one = await caseFrom(steps.slice(0, count), finding(), '2025-06-10T12:00:00+08:00')
      expect(codesOf(one)).toEqual(count === 1 ? ['case.overdue warn'] : [])
      states.push(one.state)
    }
    expect(states).toEqual(['open', 'overdue', 'rectified', 'rechecked', 'closed'])
  })

  it('is ordered until its deadline has passed, and then overdue (case.overdue)', async () => {
    const measure = await sign('GA-AMR', MEASURE, '2025-05-14T12:00:00+08:00')
    const on = (day: string) => caseFrom([measure], finding(), `2025-05-${day}T23:59:59+08:00`)
    expect(await on('13')).toMatchObject({ state: 'open', statements: [] })
    expect(await on('28')).toMatchObject({ state: 'ordered', deadline: '2025-05-28', findings: [] })
    expect(await on('30')).toMatchObject({ state: 'overdue', daysOverdue: 2, findings: [{ code: 'case.overdue', status: 'warn' }] })
  })

  it('begins with the measure, the deadline and the recheck that the finding itself states', async () => {
    expect(await caseFrom([], finding({ measures: F14.measures, deadline: '2025-05-28' }))).toMatchObject({
      state: 'overdue',
      daysOverdue: 19,
    })
    const recheck = { on: '2025-05-29', isCorrected: true }
    const checked = finding({ measures: F14.measures, deadline: '2025-05-28', recheck })
    expect(await caseFrom([], checked)).toMatchObject({ state: 'rechecked', findings: [] })
    expect(await caseFrom([await sign('GA-AMR', CLOSURE)], checked)).toMatchObject({ state: 'closed', findings: [] })
  })

  it('is ordered again if the recheck found no correction, until the new deadline', async () => {
    const [measure, rectification] = await chain()
    const recheck = await sign('GA-AMR', { ...RECHECK, isCorrected: false, deadline: '2025-06-20' })
    const signed = [measure as string, rectification as string, recheck]
    expect(await caseFrom(signed)).toMatchObject({ state: 'ordered', deadline: '2025-06-20', findings: [] })
    expect(await caseFrom(signed, finding(), '2025-06-21T00:00:00+08:00')).toMatchObject({ state: 'overdue', daysOverdue: 1 })
  })

  it('does not depend on the order of its statements, faults included', async () => {
    const signed = [
      ...(await chain()),
      await sign('CQ-AMR', MEASURE),
      await sign('GA-AMR', { ...CLOSURE, outcome: 'referred', closedOn: '2025-06-04' }),
      await sign('GA-AMR', { ...RECHECK, isCorrected: false }),
    ]
    const expected = JSON.stringify(await caseFrom(signed))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(signed, { minLength: signed.length }), async (order) => {
        expect(JSON.stringify(await caseFrom(order))).toBe(expected)
      }),
      { numRuns: 20 },
    )
  })
})

describe('a statement in a case', () => {
  it('by a bureau of the other province does not count (case.no-jurisdiction)', async () => {
    const one = await caseFrom([await sign('CQ-AMR', MEASURE)])
    expect([one.state, one.statements, codesOf(one)]).toEqual(['open', [], ['case.no-jurisdiction fail']])
    expect(one.findings[0]?.message.zh).toContain(organisation('CQ-AMR').name.zh)
    // A closure by such a bureau has no effect.
    const closed = await caseFrom([...(await chain()).slice(0, 3), await sign('CQ-AMR', CLOSURE)])
    expect([closed.state, codesOf(closed)]).toEqual(['rechecked', ['case.no-jurisdiction fail']])
  })

  it('by the province of the place counts, and by a bureau that was designated', async () => {
    expect((await caseFrom([await sign('SC-AMR', MEASURE)])).findings.map(({ code }) => code)).toEqual(['case.overdue'])
    const designation = { by: [{ uscc: organisation('SC-AMR').uscc, name: '甲' }], documentNo: '示例〔2025〕1号' }
    const issuer = { uscc: organisation('CQ-AMR').uscc, name: '乙' }
    const designated = await caseFrom([await sign('CQ-AMR', MEASURE)], finding({ issuer, designation }))
    expect(codesOf(designated)).toEqual(['case.overdue warn'])
  })

  it('by a bureau of another city of the province counts with a warning (case.other-area)', async () => {
    const one = await caseFrom([await sign('GA-AMR', MEASURE)], finding({ place: { kind: 'customer-premises', division: '510104' } }))
    expect([one.state, codesOf(one)]).toEqual(['overdue', ['case.other-area warn', 'case.overdue warn']])
  })

  it('counts with a warning if the finding does not state the division (case.jurisdiction-not-judged)', async () => {
    const one = await caseFrom([await sign('GA-AMR', MEASURE)], finding({ place: { kind: 'customer-premises' } }))
    expect(codesOf(one)).toEqual(['case.jurisdiction-not-judged warn', 'case.overdue warn'])
  })

  it('does not count if it is of another task or party (case.other-task, case.other-party)', async () => {
    const signed = [
      await sign('GA-AMR', { ...MEASURE, taskNo: 'CY-LJ-2025-008' }),
      await sign('GA-AMR', { ...RECTIFICATION, party: { uscc: organisation('CD').uscc, name: '他人' } }),
    ]
    const one = await caseFrom(signed)
    expect(one.state).toBe('open')
    expect(codesOf(one).sort()).toEqual(['case.other-party fail', 'case.other-task fail'])
    // Forms of brackets and width do not matter.
    expect((await caseFrom([await sign('GA-AMR', { ...MEASURE, taskNo: 'ＣＹ—LJ-2025-007' })])).state).toBe('overdue')
  })

  it('does not count once it is revoked (case.statement-faulty)', async () => {
    const steps = await chain()
    const from = Date.parse('2025-06-12T00:00:00+08:00') / 1000
    const statements = [await idOf(steps[3] as string)]
    const notice = await signNotice(
      { iss: organisation('GA-AMR').uscc, iat: from, action: 'revoke', statements, from, reason: { zh: '结案有误' } },
      world.signer('GA-AMR'),
    )
    const one = await caseFrom(steps, finding(), AT, { status: await openStatus({ notices: [notice] }, world.trust) })
    expect([one.state, codesOf(one)]).toEqual(['rechecked', ['case.statement-faulty fail']])
  })

  it('that names a statement which is not there is undecided (case.reference-unknown)', async () => {
    const signed = [await sign('GA-AMR', MEASURE), await sign('GA-AMR', { ...RECTIFICATION, measure: 'B'.repeat(42).padEnd(43, 'A') })]
    expect(codesOf(await caseFrom(signed))).toEqual(['case.reference-unknown unknown'])
  })

  it('may not be before the inspection, or before what it answers (case.order)', async () => {
    const early = await sign('GA-AMR', { ...MEASURE, orderedOn: '2025-05-01' })
    expect(codesOf(await caseFrom([early]))).toEqual(['case.order fail', 'case.overdue warn'])
    const measure = await sign('GA-AMR', { ...MEASURE, orderedOn: '2025-05-25' })
    const rectification = await sign('GA-AMR', {
      ...RECTIFICATION,
      completedOn: '2025-05-20',
      reportedOn: '2025-05-20',
      measure: await idOf(measure),
    })
    expect(codesOf(await caseFrom([measure, rectification]))).toEqual(['case.order fail', 'case.without-measure fail', 'case.overdue warn'])
  })

  it('reports a correction of nothing if no measure was ordered (case.without-measure)', async () => {
    expect(codesOf(await caseFrom([await sign('GA-AMR', RECTIFICATION)]))).toEqual(['case.without-measure fail'])
  })

  it('that reports the correction after the deadline is named (case.rectified-late)', async () => {
    const signed = [await sign('GA-AMR', MEASURE), await sign('GA-AMR', { ...RECTIFICATION, reportedOn: '2025-05-29' })]
    const one = await caseFrom(signed)
    expect([one.state, codesOf(one)]).toEqual(['rectified', ['case.rectified-late warn']])
  })

  it('closes nothing as corrected without a recheck that found it (case.closed-without-recheck)', async () => {
    const [measure, rectification] = await chain()
    const closure = await sign('GA-AMR', CLOSURE)
    const one = await caseFrom([measure as string, rectification as string, closure])
    expect([one.state, codesOf(one)]).toEqual(['rectified', ['case.closed-without-recheck fail']])
    const failed = await sign('GA-AMR', { ...RECHECK, isCorrected: false })
    const two = await caseFrom([measure as string, rectification as string, failed, closure])
    expect([two.state, codesOf(two)]).toEqual(['overdue', ['case.closed-without-recheck fail', 'case.overdue warn']])
    const late = await sign('GA-AMR', { ...RECHECK, checkedOn: '2025-06-04' })
    const three = await caseFrom([measure as string, rectification as string, closure, late])
    expect([three.state, codesOf(three)]).toEqual(['rechecked', ['case.closed-without-recheck fail', 'case.after-closure warn']])
  })

  it('closes a case without a recheck if the instrument is no longer used, or the case is referred', async () => {
    for (const outcome of ['out-of-use', 'referred', 'withdrawn'] as const) {
      const one = await caseFrom([await sign('GA-AMR', MEASURE), await sign('GA-AMR', { ...CLOSURE, outcome })])
      expect([one.state, codesOf(one)]).toEqual(['closed', []])
    }
  })

  it('closes a case once (case.closed-twice), and nothing follows (case.after-closure)', async () => {
    const steps = await chain()
    const again = await sign('GA-AMR', { ...CLOSURE, number: '广市监结〔2025〕示例6号', closedOn: '2025-06-05' })
    expect(codesOf(await caseFrom([...steps, again]))).toEqual(['case.closed-twice fail'])
    // The same closure, signed again, is not a second one.
    expect(codesOf(await caseFrom([...steps, await sign('GA-AMR', CLOSURE)]))).toEqual([])
    const measure = await sign('GA-AMR', { ...MEASURE, number: '示例13号', orderedOn: '2025-06-06', deadline: '2025-06-07' })
    const one = await caseFrom([...steps, measure])
    expect([one.state, codesOf(one)]).toEqual(['closed', ['case.after-closure warn']])
  })

  it('has no cause if the inspection found nothing (case.nothing-found)', async () => {
    const nothing = finding({ finding: 'none', seals: 'intact' })
    expect(await caseFrom([], nothing)).toMatchObject({ state: 'nothing-found', findings: [] })
    expect(codesOf(await caseFrom([await sign('GA-AMR', MEASURE)], nothing))).toContain('case.nothing-found fail')
  })

  it('without its finding is named (case.finding-unknown)', async () => {
    const joint = await open(await chain())
    const { cases, findings } = casesOf(joint, [finding({}, 'C'.repeat(42).padEnd(43, 'A'))], { at: AT })
    expect(cases.map(({ state }) => state)).toEqual(['open'])
    expect(new Set(findings.map(({ code, status }) => `${code} ${status}`))).toEqual(new Set(['case.finding-unknown unknown']))
    expect(findings).toHaveLength(4)
    expect(casesOf(joint, [finding(), finding()], { at: AT })).toMatchObject({ cases: [{ state: 'closed' }], findings: [] })
  })
})

describe('a document of a case', () => {
  it.each<[AnyJointDocument, string, string]>([
    [{ ...MEASURE, deadline: '2025-05-13' }, 'joint.dates-order', '/deadline'],
    [{ ...MEASURE, measures: [{ code: 'fined' as const }, { code: 'fined' as const }] }, 'joint.repeated', '/measures/1'],
    [{ ...RECTIFICATION, completedOn: '2025-05-27' }, 'joint.dates-order', '/reportedOn'],
    [{ ...RECTIFICATION, report: { zh: '经办人身份证 11010519491231002X' } }, 'joint.resident-number', '/report/zh'],
    [{ ...RECHECK, deadline: '2025-05-28' }, 'joint.dates-order', '/deadline'],
    [{ ...CLOSURE, closedOn: '2025-06-11' }, 'joint.signed-before', ''],
  ])('is not signed if it contradicts itself or names a person (%#)', async (document, code, path) => {
    await expect(sign('GA-AMR', document)).rejects.toMatchObject({ code: 'joint.fails', details: { code, path } })
  })
})

describe('cases', () => {
  const at = (division: string, category: string, index: number, change: Partial<SupervisionFinding> = {}) =>
    finding(
      { place: { kind: 'customer-premises', division }, instrument: { ...F14.instrument, category }, ...change },
      String(index).padStart(42, '0').padEnd(43, 'A'),
    )
  const ordered = (deadline: string) => ({ measures: F14.measures, deadline })

  it('that are overdue are listed, the longest overdue first', async () => {
    const records = [
      at('511600', 'fuel-dispenser', 1, ordered('2025-06-01')),
      at('511600', 'fuel-dispenser', 2, ordered('2025-05-20')),
      at('511600', 'fuel-dispenser', 3, ordered('2025-06-30')),
      at('511600', 'fuel-dispenser', 4),
    ]
    const overdue = overdueCases(casesOf(await open([]), records, { at: AT }).cases)
    expect(overdue.map(({ finding: { statementId }, daysOverdue }) => [Number(statementId.slice(0, 42)), daysOverdue])).toEqual([
      [2, 27],
      [1, 15],
    ])
  })

  it('are counted by county and category, each once', async () => {
    const joint = await open([])
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            division: fc.constantFrom('511600', '511602', '500112'),
            category: fc.constantFrom('fuel-dispenser', 'taximeter'),
            change: fc.constantFrom({}, ordered('2025-06-01'), ordered('2025-07-01'), { finding: 'none' as const }),
          }),
          { maxLength: 30 },
        ),
        (rows) => {
          const records = rows.map(({ division, category, change }, index) => at(division, category, index, change))
          const table = supervisionTable(casesOf(joint, records, { at: AT }).cases)
          expect(table.reduce((sum, { total }) => sum + total, 0)).toBe(records.length)
          for (const { division, category, total, counts } of table) {
            expect(caseStates.reduce((sum, state) => sum + counts[state], 0)).toBe(total)
            expect(rows.filter((row) => row.division === division && row.category === category)).toHaveLength(total)
          }
          const keys = table.map(({ division, category }) => `${division} ${category}`)
          expect(keys).toEqual([...new Set(keys)].sort())
        },
      ),
      { numRuns: 50 },
    )
  })

  it('are written as CSV, in which no cell is a formula', async () => {
    const records = [at('511602', 'fuel-dispenser', 1, ordered('2025-06-01')), at('500112', 'taximeter', 2)]
    const table = supervisionTable(casesOf(await open([]), records, { at: AT }).cases)
    expect(writeSupervisionCsv(table)).toMatchInlineSnapshot(`
      "﻿"行政区划代码","行政区划","器具类别代号","器具类别","检查记录数","未发现问题","待处理","整改中","逾期未整改","待复查","复查合格","已结案"
      "500112","重庆渝北","taximeter","出租汽车计价器","1","0","1","0","0","0","0","0"
      "511602","广安广安区","fuel-dispenser","燃油加油机","1","0","0","0","1","0","0","0"
      "
    `)
    expect(writeSupervisionCsv(table, 'en').split('\r\n')[2]).toContain('"Guang’an, Guang’an","fuel-dispenser"')
    const [row] = table as [(typeof table)[number]]
    const hostile = writeSupervisionCsv([{ ...row, category: '=cmd|calc', division: '@x"y' }])
    expect(hostile).toContain(`"'@x""y"`)
    expect(hostile).toContain(`"'=cmd|calc"`)
  })
})
