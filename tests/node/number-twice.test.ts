// Why this exists: one certificate number on two instruments must be reported when the second record is submitted, not years later.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readReceipt } from 'tongheng/client'
import type { Store } from 'tongheng/node'
import type { VerificationRecord } from 'tongheng/records'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { openWorld, problemOf, recordPath, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const F01 = fixtures.F01.record as VerificationRecord
let world: World
beforeAll(async () => {
  world = await openWorld()
})

const withSerial = (certificateNo: string, serialNumber: string): VerificationRecord =>
  taximeter(certificateNo, { instrument: { ...F01.instrument, serialNumber, mobile: { plate: `川A·${serialNumber}`, homeRegion: '51' } } })
const codesOf = ({ reasons }: { readonly reasons: readonly { readonly code: string }[] }) => reasons.map(({ code }) => code)
const submit = async (record: VerificationRecord, more: Parameters<World['authorities']['sign']>[2] = {}) =>
  (await world.client('CD').records.submit(await world.authorities.sign('CD', record, more))).claims

describe('a certificate number that another instrument already has', () => {
  it('makes the second certificate pending, with the reason, and does not change the first', async () => {
    expect((await submit(withSerial('T-1', 'T0001'))).decision).toBe('accepted')
    const second = await submit(withSerial('T-1', 'T0002'))
    expect(second.decision).toBe('pending')
    expect(second.reasons).toContainEqual(expect.objectContaining({ code: 'record.number-taken' }))
    expect((await submit(withSerial('T-2', 'T0002'))).decision).toBe('accepted')
  })

  it('is not taken by a record of another kind: certificates of calibration are numbered by themselves', async () => {
    const number = 'KIND-1'
    for (const { signer, record } of [fixtures.F05, fixtures.F08]) {
      const statement = await world.authorities.sign(signer, { ...record, certificateNo: number } as typeof record)
      expect((await world.client(signer).records.submit(statement)).claims.decision, record.kind).toBe('accepted')
    }
  })

  it('is still taken if the second certificate replaces a record of another kind with that number', async () => {
    const number = 'KIND-2'
    const [verified, calibrated] = [fixtures.F05, fixtures.F08]
    const put = async (record: typeof verified.record, more: Parameters<World['authorities']['sign']>[2] = {}) => {
      const statement = await world.authorities.sign('CQ-INST', record, more)
      return { statement, claims: (await world.client('CQ-INST').records.submit(statement)).claims }
    }
    const other = await put({ ...verified.record, certificateNo: number } as typeof verified.record)
    const first = change(calibrated.record, ['/certificateNo', number])
    expect((await put(first)).claims.decision).toBe('accepted')
    const second = await put(change(first, ['/instrument/serialNumber', 'KIND-22']), { supersedes: statementIdOf(other.statement) })
    expect([second.claims.decision, codesOf(second.claims)]).toEqual(['pending', expect.arrayContaining(['record.number-taken'])])
  })

  it('is not taken by a certificate that an amendment names by its number, however it is printed, and is by any other', async () => {
    const reason = { zh: '出厂编号打印错误', en: 'serial number misprinted' }
    const amending = (serial: string, replaces: string) => change(withSerial('T-20', serial), ['/amendment', { replaces, reason }])
    await submit(withSerial('T-20', 'T0201'))
    expect(codesOf(await submit(amending('T0202', 't－20')))).not.toContain('record.number-taken')
    expect(codesOf(await submit(amending('T0203', 'T-19')))).toContain('record.number-taken')
  })

  it.each(['pending', 'refuse'] as const)(
    'does not change the rejection of a record that is rejected for another reason: %s',
    async (numberTwice) => {
      const at = await openWorld({ node: { numberTwice } })
      const put = async (record: VerificationRecord) =>
        (await at.client('CD').records.submit(await at.authorities.sign('CD', record))).claims
      await put(withSerial('T-30', 'T0301'))
      const claims = await put(change(withSerial('T-30', 'T0302'), ['/instrument/category', 'sound-level-meter']))
      expect([claims.decision, claims.log?.index]).toEqual(['rejected', 1])
      expect(codesOf(claims)).not.toContain('record.number-taken')
    },
  )

  it('makes one of two concurrent submissions pending, in one request or in two', async () => {
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

  it('is accepted if the content is the same, or one record replaces the other', async () => {
    const first = withSerial('T-3', 'T0003')
    await submit(first)
    expect((await submit(first)).decision).toBe('accepted')
    const [entry] = await world.store.listEntries({ number: 'T-3' }, { from: 0, limit: 1 }).then(({ items }) => items)
    expect((await submit({ ...first, validUntil: '2026-03-01' }, { supersedes: entry?.statementId as string })).decision).toBe('accepted')
  })
})

describe('the standing of an instrument', () => {
  it('names a certificate number that its issuer used for another instrument too', async () => {
    const own = await openWorld()
    const ids: string[] = []
    for (const [number, serial] of [
      ['T-1', 'T0001'],
      ['T-1', 'T0002'],
      ['T-2', 'T0002'],
    ] as const) {
      const statement = await own.authorities.sign('CD', withSerial(number, serial))
      await own.client('CD').records.submit(statement)
      ids.push(statementIdOf(statement))
    }
    const { items } = await own.node.standings({ serial: 'T0001' })
    expect(items).toHaveLength(1)
    expect(items[0]?.conflicts).toMatchObject([{ code: 'standing.number-twice', statementIds: ids.slice(0, 2).sort() }])
    expect((await own.node.standings({ serial: 'T0002' })).items.map(({ conflicts }) => conflicts.length)).toEqual([1])
  })
})

describe('a node that rejects reused certificate numbers', () => {
  const refusing = (store?: Store) => openWorld({ node: { numberTwice: 'refuse' }, ...(store && { store }) })
  const put = async (at: World, record: VerificationRecord, more: Parameters<World['authorities']['sign']>[2] = {}) => {
    const statement = await at.authorities.sign('CD', record, more)
    return at.send({ method: 'PUT', path: recordPath(statement), body: statement })
  }

  it('answers 409 with the id of the earlier record and a signed rejection, and stores nothing', async () => {
    const at = await refusing()
    const first = await put(at, withSerial('R-1', 'R0001'))
    expect(first.status).toBe(201)
    const answer = await put(at, withSerial('R-1', 'R0002'))
    const problem = await problemOf(answer)
    const { items } = await at.store.listEntries({}, { from: 0, limit: 9 })
    expect([answer.status, problem.code, problem.storedStatementId]).toEqual([409, 'record.number-taken', items[0]?.statementId])
    expect(items).toHaveLength(1)
    const receipt = await readReceipt(problem.receipt as string, at.authorities.trust)
    expect([receipt.decision, receipt.log]).toEqual(['rejected', undefined])
    expect(receipt.reasons).toContainEqual(expect.objectContaining({ code: 'record.number-taken' }))
    // A record that states which record it replaces is not a second use.
    expect((await put(at, withSerial('R-1', 'R0001'), { supersedes: items[0]?.statementId as string })).status).toBe(201)
  })

  it('rejects only the affected line of a bulk request', async () => {
    const at = await refusing()
    const sign = (number: string, serial: string) => at.authorities.sign('CD', withSerial(number, serial))
    const lines = [await sign('R-2', 'R0021'), await sign('R-2', 'R0022'), await sign('R-3', 'R0022')]
    const found: unknown[] = []
    for await (const { problem } of at.client('CD').records.submitMany(lines)) found.push(problem?.code)
    expect(found).toEqual([undefined, 'record.number-taken', undefined])
  })
})

describe('two processes on one database', () => {
  it.each(['pending', 'refuse'] as const)('do not both accept one number: %s', async (numberTwice) => {
    const folder = await mkdtemp(join(tmpdir(), 'tongheng-number-'))
    const file = join(folder, 'node.db')
    const worlds: World[] = []
    try {
      for (let n = 0; n < 2; n++) worlds.push(await openWorld({ store: await createSqliteStore({ file }), node: { numberTwice } }))
      for (let round = 0; round < 8; round++) {
        const answers = await Promise.all(
          worlds.map(async (one, n) => {
            const statement = await one.authorities.sign('CD', withSerial(`P-${round}`, `P00${round}${n}`))
            try {
              return (await one.node.submit({ statement, sender: uscc('CD'), requestId: 'request' })).decision
            } catch (error) {
              return (error as { code?: string }).code
            }
          }),
        )
        expect(answers.sort()).toEqual(['accepted', numberTwice === 'pending' ? 'pending' : 'record.number-taken'])
      }
    } finally {
      for (const { store } of worlds) await store.close()
      await rm(folder, { recursive: true, force: true })
    }
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
