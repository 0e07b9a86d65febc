// Why this exists: a certificate that its issuer replaced must not be recognised anywhere, with or without a notice.
import type { VerificationRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { readSpecifications } from 'tongheng/verify'
import { beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../support/nodes/pair.js'
import { openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const F01 = fixtures.F01.record as VerificationRecord
const REASON = { zh: '出厂编号打印错误', en: 'serial number misprinted' }
let world: World
beforeEach(async () => {
  world = await openWorld()
})

const instrument = (serialNumber: string): VerificationRecord['instrument'] => ({
  ...F01.instrument,
  serialNumber,
  mobile: { plate: `川A·${serialNumber}`, homeRegion: '51' },
})
const on = (certificateNo: string, serialNumber: string, changes: Partial<VerificationRecord> = {}): VerificationRecord =>
  taximeter(certificateNo, { instrument: instrument(serialNumber), ...changes })
const signed = (record: VerificationRecord, claims: Parameters<World['authorities']['sign']>[2] = {}) =>
  world.authorities.sign('CD', record, { at: world.clock.now, ...claims })
const submit = async (statement: string) => (await world.client('CD').records.submit(statement)).claims

/** The answer of each call of the node about a statement. */
async function everywhere(statement: string) {
  const client = world.client('CD')
  const verdict = await client.verify(statement)
  const entry = await client.records.get(statementIdOf(statement))
  const found = []
  for await (const one of client.records.list({ certificateNo: entry.number })) found.push(one)
  const listed = found.find(({ statementId }) => statementId === entry.statementId)
  const row = verdict.checks.find(({ id }) => id === 'status')
  return [[row?.code, row?.evidence?.replacedBy], ...[entry, listed].map((one) => [one?.status, one?.replacedBy])]
}
const superseded = (by: string) => [
  ['status.superseded', statementIdOf(by)],
  ['superseded', statementIdOf(by)],
  ['superseded', statementIdOf(by)],
]

describe('a record and its replacement, in one bulk request,', () => {
  it('get the same decisions in both orders: both stored, neither number rejected as reused, the older superseded', async () => {
    // By its number alone a record is replaced by a later one (in whole seconds).
    const old = await signed(on('S-9', 'S0009'), { at: world.clock.now - 1 })
    const ways: readonly (readonly [string, string])[] = [
      ['supersedes', await signed(on('S-9', 'S0009', { outcome: 'pass', rawRecordNo: 'JL-2' }), { supersedes: statementIdOf(old) })],
      ['amendment', await signed(on('S-9B', 'S0009', { amendment: { replaces: 'S-9', statement: statementIdOf(old), reason: REASON } }))],
      ['amendment by number alone', await signed(on('S-9C', 'S0009', { amendment: { replaces: 'S-9', reason: REASON } }))],
    ]
    for (const numberTwice of ['pending', 'refuse'] as const)
      for (const [way, newer] of ways)
        for (const lines of [
          [old, newer],
          [newer, old],
        ]) {
          world = await openWorld({ node: { numberTwice } })
          const answers = []
          for await (const answer of world.client('CD').records.submitMany(lines)) answers.push(answer)
          const told = `${numberTwice}, ${way}, ${lines[0] === old ? 'older' : 'newer'} first`
          expect(
            answers.map(({ problem, ...rest }) => problem?.code ?? ('claims' in rest && rest.claims?.decision)),
            told,
          ).toEqual(['accepted', 'accepted'])
          expect((await everywhere(old)).slice(1), told).toEqual(superseded(newer).slice(1))
          expect((await everywhere(newer)).slice(1), told).toEqual([
            ['valid', undefined],
            ['valid', undefined],
          ])
        }
  })
})

describe('a record that its issuer replaced without a notice', () => {
  it('is superseded in every call, whichever way the replacement names it', async () => {
    const ways: readonly ((old: string) => Promise<string>)[] = [
      (old) => signed(on('S-1B', 'S0001'), { supersedes: statementIdOf(old) }),
      (old) => signed(on('S-1B', 'S0001', { amendment: { replaces: 'S-1', statement: statementIdOf(old), reason: REASON } })),
      () => signed(on('S-1B', 'S0001', { amendment: { replaces: 'S—1', reason: REASON } })),
    ]
    for (const way of ways) {
      world = await openWorld()
      const old = await signed(on('S-1', 'S0001'))
      await submit(old)
      expect((await everywhere(old)).map((one) => one?.[0])).toEqual(['not-applicable', 'valid', 'valid'])
      world.clock.now += 10
      const newer = await way(old)
      await submit(newer)
      expect(await everywhere(old)).toEqual(superseded(newer))
      expect((await everywhere(newer)).map((one) => one?.[0])).toEqual(['not-applicable', 'valid', 'valid'])
    }
  })

  it('is rejected when it is submitted after its replacement', async () => {
    const old = await signed(on('S-2', 'S0002'))
    world.clock.now += 10
    const newer = await signed(on('S-2B', 'S0002'), { supersedes: statementIdOf(old) })
    await submit(newer)
    const claims = await submit(old)
    expect(claims.decision).toBe('rejected')
    expect(claims.reasons).toContainEqual(expect.objectContaining({ code: 'status.superseded' }))
  })

  it('is in force at an earlier moment, and is replaced neither by another body nor, by its number alone, for another instrument', async () => {
    const old = await signed(on('S-3', 'S0003'))
    await submit(old)
    const client = world.client('CD')
    const before = world.clock.now
    world.clock.now += 1000
    const foreign = await world.authorities.sign(
      'YB',
      { ...(fixtures.F02.record as VerificationRecord) },
      {
        supersedes: statementIdOf(old),
        at: world.clock.now,
      },
    )
    await world.client('YB').records.submit(foreign)
    await submit(await signed(on('S-3B', 'S0099', { amendment: { replaces: 'S-3', reason: REASON } })))
    expect((await everywhere(old)).map((one) => one?.[0])).toEqual(['not-applicable', 'valid', 'valid'])
    await submit(await signed(on('S-3C', 'S0003'), { supersedes: statementIdOf(old) }))
    expect((await everywhere(old)).map((one) => one?.[0])).toEqual(['status.superseded', 'superseded', 'superseded'])
    const then = await client.verify(old, { at: new Date(before * 1000).toISOString() })
    expect(then.checks.find(({ id }) => id === 'status')?.code).toBe('not-applicable')
  })

  it('is not a valid verification under the misprinted serial number', async () => {
    const old = await signed(on('S-4', 'S0004'))
    await submit(old)
    const standing = async () => (await world.client('CD').standings({ serial: 'S0004', region: '50' })).map(({ code }) => code)
    expect(await standing()).toEqual(['standing.valid'])
    world.clock.now += 10
    await submit(await signed(on('S-4B', 'S0044'), { supersedes: statementIdOf(old) }))
    expect(await standing()).not.toContain('standing.valid')
  })

  it('is found among the maximum number of another issuer’s records, and no longer occupies its number', async () => {
    const old = await signed(on('S-5', 'S0005'))
    await submit(old)
    for (let n = 0; n < 60; n++) {
      const statement = await world.authorities.sign(
        'YB',
        { ...(fixtures.F02.record as VerificationRecord), certificateNo: `Y-${n}` },
        {
          supersedes: statementIdOf(old),
          at: world.clock.now,
        },
      )
      await world.node.submit({ statement, sender: uscc('YB'), requestId: 'request' })
    }
    world.clock.now += 10
    const newer = await signed(on('S-5B', 'S0005'), { supersedes: statementIdOf(old) })
    await submit(newer)
    expect(await everywhere(old)).toEqual(superseded(newer))
    expect((await submit(await signed(on('S-5', 'S0055')))).decision).toBe('accepted')
  })
})

describe('a specification that its publisher replaced', () => {
  it('no longer applies to records', async () => {
    const { record } = fixtures.F11
    const old = await world.authorities.sign('SC-AMR', record, { at: world.clock.now - 100 })
    const newer = await world.authorities.sign('SC-AMR', record, { at: world.clock.now - 50, supersedes: statementIdOf(old) })
    const requestId = 'request'
    await world.node.submit({ statement: old, sender: uscc('SC-AMR'), requestId })
    await world.node.submit({ statement: newer, sender: uscc('SC-AMR'), requestId })
    const client = world.client('CD')
    const statuses = []
    for await (const one of client.records.list({ kind: 'technical-specification' })) statuses.push([one.statementId, one.status])
    expect(statuses).toEqual([
      [statementIdOf(old), 'superseded'],
      [statementIdOf(newer), 'valid'],
    ])
    const { trust } = world.authorities
    const { specifications, refused } = await readSpecifications([old, newer], { at: world.clock.now, trust })
    expect(specifications.published.map(({ statementId }) => statementId)).toEqual([statementIdOf(newer)])
    expect(refused.map(({ statement }) => statement)).toEqual([old])
  })

  it('no longer decides the verdicts of a running node', async () => {
    const statement = await signed(on('S-30', 'S0030'))
    // The authority of Chongqing declares, for its own province, that the edition ended.
    const edition = {
      ...fixtures.F10.record,
      number: 'JJG 517-2016',
      publishedOn: '2021-02-01',
      effectiveOn: '2021-03-01',
      adoptions: undefined,
    }
    const declared = (changes: object, claims: object) =>
      world.authorities.sign('CQ-AMR', { ...edition, ...changes } as typeof edition, claims)
    const ended = await declared({ abolishedOn: '2025-01-02' }, { at: world.clock.now - 100 })
    const corrected = await declared({ number: 'JJG 518-2016' }, { at: world.clock.now - 50, supersedes: statementIdOf(ended) })
    const outcome = async () => (await world.node.judge(statement, { region: '50' })).outcome
    expect(await outcome()).toBe('recognised')
    for (const [one, expected] of [
      [ended, 'not-recognised'],
      [corrected, 'recognised'],
    ] as const) {
      await fill(world, [one])
      expect(await outcome()).toBe(expected)
    }
  })
})
