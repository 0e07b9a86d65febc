// The report of a round depends only on its statements and conforms as a record, and anyone can recompute what the pilots signed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRecord } from '../../src/conformance/index.js'
import { checkDocument, checkReport, type Round, type RoundProtocol, type RoundReport, reportOf } from '../../src/joint/index.js'
import type { ComparisonResult } from '../../src/records/index.js'
import { jointFixtures, type OrganisationKey, organisation } from '../../src/testing/index.js'
import { CLOSED, documentsOf, noon, party, type Sent, saltOf, send, stateOf, takePart, wholeRound } from './rounds.js'

const { protocol, roundResults } = jointFixtures
const round = await wholeRound()
const id = round.plan.id
const state = (sent: readonly Sent[] = round.sent, at?: string) => stateOf(sent, id, at)
const whole = await state()
const report = reportOf(whole)
const record: ComparisonResult = { ...report.record, reportedOn: '2025-05-12' }
const RECORD_ID = `${'R'.repeat(42)}Q`

const closing = (changed: Partial<RoundReport> = {}): RoundReport => ({
  kind: 'round-report',
  version: 1,
  number: protocol.number,
  round: id,
  record: RECORD_ID,
  statements: [...report.statements],
  keyDigest: report.keyDigest,
  key: [...report.publicKey],
  on: '2025-05-12',
  ...changed,
})
const signReport = (key: OrganisationKey, changed?: Partial<RoundReport>) => send(key, closing(changed), noon('2025-05-12'))
const checked = async (sent: readonly Sent[], given: ComparisonResult = record) =>
  checkReport(await state([...round.sent, ...sent]), { record: given, recordId: RECORD_ID })
const incomplete = (found: Round) => expect(() => reportOf(found)).toThrow(expect.objectContaining({ code: 'round.incomplete' }))

describe('the report of a round', () => {
  it('is the record of the comparison, with codes, and conforms', () => {
    const { checks } = checkRecord(record)
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([])
    expect(record).toMatchObject({ projectNo: 'CY-2025-03', pilots: ['P-1', 'P-2'], ended: '2025-04-25' })
    const [point] = record.points
    expect(point?.reference).toMatchObject({ value: '0.01800', method: 'weighted-mean', contributors: ['P-1', 'P-2'] })
    const outcomes = new Map(record.outcomes.map(({ code, outcome }) => [code, outcome]))
    const code = (key: OrganisationKey) => report.key.find(({ laboratory }) => laboratory === organisation(key).uscc)?.code ?? ''
    expect(outcomes.get(code('YB'))).toBe('unsatisfactory')
    expect([...outcomes.values()].filter((one) => one === 'satisfactory')).toHaveLength(4)
    // By hand: (0.092 − 0.018) / (2 √(0.025² + 0.0106066² + 0.005²)) = 1.34.
    expect(point?.results.find((one) => one.code === code('YB'))?.en).toBe('1.34')
  })

  it('names pilots and laboratories that consent, and no others', async () => {
    expect(JSON.stringify(record)).not.toContain(party('CD').name)
    expect(JSON.stringify(record)).not.toContain(party('CD').uscc)
    const named = await send('CD', documentsOf(id, 'CD').enrolment({ isNamed: true }), noon('2025-03-05'))
    const found = reportOf(await state([...round.sent.filter((one) => one !== round.by.CD.enrolment), named]))
    expect(found.record.participants.filter((one) => one.party !== undefined)).toHaveLength(3)
    expect(found.publicKey.map(({ laboratory }) => laboratory)).toContain(party('CD').uscc)
  })

  it('depends on nothing but its statements: their order and the moment do not count, and what is not of the round changes nothing', async () => {
    const other = await wholeRound({ number: 'CY-2025-04' })
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...round.sent, ...other.sent], { minLength: round.sent.length + other.sent.length }),
        fc.constantFrom(CLOSED, '2025-05-10T00:00:00+08:00', '2027-01-01T00:00:00+08:00'),
        async (shuffled, at) => {
          // The trust lists of the fixtures expire, so the given moment is used to open them.
          expect(reportOf(await state(shuffled, at))).toEqual(report)
        },
      ),
      { numRuns: 8 },
    )
  })

  it('assigns codes that the list of laboratories does not reveal', async () => {
    const documents = documentsOf(id, 'CD')
    const commitment = await send('CD', await documents.commitment(roundResults.CD, saltOf('another')), noon('2025-04-20'))
    const opening = await send('CD', documents.opening(commitment.id, roundResults.CD, saltOf('another')), noon('2025-04-28'))
    const sent = round.sent.filter((one) => one !== round.by.CD.commitment && one !== round.by.CD.opening)
    expect(reportOf(await state([...sent, commitment, opening])).keyDigest).not.toBe(report.keyDigest)
    expect(new Set(report.key.map(({ code }) => code))).toEqual(new Set(['P-1', 'P-2', 'LAB-01', 'LAB-02', 'LAB-03']))
  })

  it('has a line for each finding, with codes in place of names', async () => {
    const sent = round.sent.filter((one) => one !== round.by.LZ.commitment && one !== round.by.LZ.opening)
    const late = await send('LZ', await documentsOf(id, 'LZ').commitment(roundResults.LZ), noon('2025-04-27'))
    const found = reportOf(await state([...sent, late]))
    const code = found.key.find(({ laboratory }) => laboratory === party('LZ').uscc)?.code
    expect(found.record.remarks?.zh).toContain(`${code} 的承诺记入日志时`)
    expect(found.record.remarks?.zh).not.toContain('泸州')
    expect(found.record.participants).toHaveLength(4)
    expect(checkRecord({ ...found.record, reportedOn: '2025-05-12' }).checks.filter(({ status }) => status === 'fail')).toEqual([])
  })

  it('is not made while results may arrive, are closed or undecided, or too few (round.incomplete)', async () => {
    incomplete(await state(round.sent, noon('2025-04-22')))
    const awaiting = round.sent.filter((one) => one !== round.by.CD.opening)
    incomplete(await state(awaiting, noon('2025-05-01')))
    expect(reportOf(await state(awaiting)).record.participants).toHaveLength(4)
    const { receipt: _receipt, ...unlogged } = round.by.CD.commitment
    incomplete(await state([...round.sent.filter((one) => one !== round.by.CD.commitment), unlogged]))
    incomplete(await state([round.plan, round.by['SC-INST'].commitment, round.by['SC-INST'].opening]))
    const pilots = [round.by['SC-INST'], round.by['CQ-INST']].map(({ opening }) => opening)
    incomplete(await state(round.sent.filter((one) => !pilots.includes(one))))
  })

  it('names the point that cannot be evaluated (round.evaluation)', async () => {
    const [point] = protocol.points as [RoundProtocol['points'][number]]
    const points: RoundProtocol['points'] = [point, { ...point, id: 'p60', reference: { method: 'pilot' } }]
    const plan = { points }
    const [own] = roundResults.CD.points as [(typeof roundResults.CD.points)[number]]
    const found = await wholeRound(plan)
    const more = await takePart(found.plan.id, 'GA', { points: [own, { ...own, id: 'p60' }] }, { ...protocol, ...plan })
    const sent = [...found.sent, ...Object.values(more)]
    const stateThere = await stateOf(sent, found.plan.id)
    expect(() => reportOf(stateThere)).toThrow(expect.objectContaining({ code: 'round.evaluation' }))
  })

  it('uses a given value, a median or the value of one pilot, as the protocol states', async () => {
    const [point] = protocol.points as [RoundProtocol['points'][number]]
    for (const reference of [
      { method: 'given', value: '0.020', uncertainty: { value: '0.010', k: '2' } },
      { method: 'median' },
      { method: 'pilot' },
    ] as const) {
      const found = await wholeRound({ points: [{ ...point, reference }] })
      const { record: made } = reportOf(await stateOf(found.sent, found.plan.id))
      expect(made.points[0]?.reference.method).toBe(reference.method)
      const { checks } = checkRecord({ ...made, reportedOn: '2025-05-12' })
      expect(checks.filter(({ status }) => status === 'fail')).toEqual([])
    }
  })
})

describe('a report that pilots signed', () => {
  it('is confirmed by every participant if both pilots signed the computed report', async () => {
    const both = await Promise.all([signReport('SC-INST'), signReport('CQ-INST')])
    expect(await checked(both)).toMatchObject({ isConfirmed: true, findings: [], signedBy: [party('SC-INST').uscc, party('CQ-INST').uscc] })
    expect(await checked(both.slice(1))).toMatchObject({ isConfirmed: false, findings: [], signedBy: [party('CQ-INST').uscc] })
  })

  it('does not count if another body signed it (round.report-signer)', async () => {
    const found = await checked([await signReport('CD')])
    expect(found).toMatchObject({ isConfirmed: false, findings: [{ code: 'round.report-signer', status: 'warn' }] })
  })

  it.each([
    ['round.report-record', { record: `${'S'.repeat(42)}Q` }],
    ['round.report-statements', { statements: report.statements.slice(1) }],
    ['round.report-key', { keyDigest: RECORD_ID }],
    ['round.key-wrong', { key: [{ code: 'P-2', laboratory: party('SC-INST').uscc }] }],
    ['round.key-without-consent', { key: report.key.filter(({ laboratory }) => laboratory === party('CD').uscc) }],
  ])('is refuted if it states something else (%s)', async (code, changed) => {
    const found = await checked([
      await signReport('SC-INST', changed as Partial<RoundReport>),
      await signReport('CQ-INST', changed as Partial<RoundReport>),
    ])
    expect(found.isConfirmed).toBe(false)
    expect(new Set(found.findings.map((one) => one.code))).toEqual(new Set([code]))
  })

  it('is refuted if the pilots signed different ones (round.reports-differ)', async () => {
    const found = await checked([await signReport('SC-INST'), await signReport('CQ-INST', { keyDigest: RECORD_ID })])
    expect(found.findings.map(({ code }) => code)).toEqual(['round.report-key', 'round.reports-differ'])
  })

  it('is refuted if one digit of the record is another (round.report-differs)', async () => {
    const both = await Promise.all([signReport('SC-INST'), signReport('CQ-INST')])
    const changed = structuredClone(record)
    ;(changed.points[0]?.results[0] as { value: string }).value += '0'
    expect(await checked(both, changed)).toMatchObject({
      isConfirmed: false,
      findings: [{ code: 'round.report-differs', path: '/points' }],
    })
    const signed = { ...record, signatories: { author: { name: '甲' }, approver: { name: '乙' } } }
    expect((await checked(both, signed)).isConfirmed).toBe(true)
  })

  it('lists the statements that it rests on in order (round.statements-order)', () => {
    expect(checkDocument(closing({ statements: [...report.statements].reverse() }))).toMatchObject([{ code: 'round.statements-order' }])
    expect(checkDocument(closing())).toEqual([])
  })
})
