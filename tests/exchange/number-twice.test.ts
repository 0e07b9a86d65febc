// Why this exists: one certificate number on two instruments, and a replaced certificate, are reported when they arrive, not years later.
import type { VerificationRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, statementIdOf, taximeter, type World } from './world.js'

const F01 = fixtures.F01.record as VerificationRecord
let world: World
beforeAll(async () => {
  world = await openWorld()
})

const withSerial = (certificateNo: string, serialNumber: string): VerificationRecord =>
  taximeter(certificateNo, { instrument: { ...F01.instrument, serialNumber, mobile: { plate: `川A·${serialNumber}`, homeRegion: '51' } } })
const submit = async (record: VerificationRecord, more: Parameters<World['authorities']['sign']>[2] = {}) =>
  (await world.client('CD').records.submit(await world.authorities.sign('CD', record, more))).claims

describe('a certificate number that is on another instrument already', () => {
  it('leaves the second certificate pending, with the reason, and the first as it was', async () => {
    expect((await submit(withSerial('T-1', 'T0001'))).decision).toBe('accepted')
    const second = await submit(withSerial('T-1', 'T0002'))
    expect(second.decision).toBe('pending')
    expect(second.reasons).toContainEqual(expect.objectContaining({ code: 'record.number-taken' }))
    expect((await submit(withSerial('T-2', 'T0002'))).decision).toBe('accepted')
  })

  it('leaves one of two pending that come at once, in one request or in two', async () => {
    const client = world.client('CD')
    const sign = (number: string, serial: string) => world.authorities.sign('CD', withSerial(number, serial))
    const both = await Promise.all(
      [await sign('T-8', 'T0081'), await sign('T-8', 'T0082')].map((statement) => client.records.submit(statement)),
    )
    expect(both.map(({ claims }) => claims.decision).sort()).toEqual(['accepted', 'pending'])
    const decisions: unknown[] = []
    for await (const answer of client.records.submitMany([
      await sign('T-9', 'T0091'),
      await sign('T-9', 'T0092'),
      await sign('T-9', 'T0093'),
    ]))
      decisions.push(answer.problem ?? ('claims' in answer ? answer.claims.decision : answer))
    expect(decisions).toEqual(['accepted', 'pending', 'pending'])
  })

  it('is no matter where the content is the same, or one replaces the other', async () => {
    const first = withSerial('T-3', 'T0003')
    await submit(first)
    expect((await submit(first)).decision).toBe('accepted')
    const [entry] = await world.store.listEntries({ number: 'T-3' }, { from: 0, limit: 1 }).then(({ items }) => items)
    expect((await submit({ ...first, validUntil: '2026-03-01' }, { supersedes: entry?.statementId as string })).decision).toBe('accepted')
  })
})

describe('a record that replaces another', () => {
  it('is signed, submitted and notified in one call, and the earlier one is superseded', async () => {
    const earlier = await world.authorities.sign('CD', withSerial('T-5', 'T0005'))
    const client = world.client('CD')
    await client.records.submit(earlier)
    const reason = { zh: '出厂编号打印错误', en: 'serial number misprinted' }
    const { statement, receipt, noticeReceipt } = await client.records.amend(earlier, withSerial('T-5A', 'T0005'), { reason })
    expect([receipt.claims.decision, noticeReceipt?.claims.decision]).toEqual(['accepted', 'accepted'])
    world.clock.now += 10
    expect((await client.verify(earlier)).checks.find(({ id }) => id === 'status')).toMatchObject({
      code: 'status.superseded',
      evidence: { replacedBy: statementIdOf(statement) },
    })
    const [standing] = await client.standings({ serial: 'T0005', region: '50' })
    expect(standing).toMatchObject({ code: 'standing.valid', decidedBy: statementIdOf(statement) })
  })

  it('replaces no record of another body', async () => {
    const earlier = await world.authorities.sign('YB', fixtures.F02.record)
    await expect(world.client('CD').records.amend(earlier, F01, { reason: { zh: '误' } })).rejects.toMatchObject({
      code: 'amend.statement',
    })
  })
})
