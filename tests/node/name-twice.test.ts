// Why this exists: an institute that submits a failure here and a pass under the same name there must not hide either record from the other
// province.

import { readReceipt } from 'tongheng/client'
import type { VerificationRecord } from 'tongheng/records'
import { signNotice } from 'tongheng/status'
import { fixtures } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { entriesOf, follow, openChongqing, sync, takeOver } from '../support/nodes/pair.js'
import { NOW, openWorld, problemOf, recordPath, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const F01 = fixtures.F01.record as VerificationRecord
const serial = F01.instrument.serialNumber as string
const JTI = '01JQZX5V7E8R9T0Y1A2B3C4D5E'

type Told = { readonly code: string; readonly details: Readonly<Record<string, unknown>> }
let told: Record<'sichuan' | 'chongqing', Told[]>
let sichuan: World
let chongqing: World

beforeEach(async () => {
  told = { sichuan: [], chongqing: [] }
  const listen = (to: Told[]) => ({ alarm: ({ code, details }: Told) => void to.push({ code, details }) })
  sichuan = await openWorld({ node: listen(told.sichuan) })
  chongqing = await openChongqing({ authorities: sichuan.authorities, node: listen(told.chongqing) })
})

const passing = (certificateNo: string, changes: Partial<VerificationRecord> = {}) => taximeter(certificateNo, changes)
const failing = (certificateNo: string, changes: Partial<VerificationRecord> = {}): VerificationRecord => {
  const { validUntil: _, ...rest } = passing(certificateNo, changes)
  return { ...rest, outcome: 'fail' } as VerificationRecord
}
const sign = (record: VerificationRecord) => sichuan.authorities.sign('CD', record, { jti: JTI })
const submitTo = async (world: World, statement: string) => (await world.client('CD').records.submit(statement)).claims.decision
const standingAt = async (world: World) => (await world.client('CQ-AMR').standings({ serial, region: '50' }))[0]

describe('a failed verification at one node and a decoy under the same name at its peer', () => {
  let failure: string
  let decoy: string
  let ids: string[]
  beforeEach(async () => {
    // The decoy is of a later day: alone it would lift the failure.
    failure = await sign(failing('川检-1', { verifiedOn: '2025-03-10' }))
    decoy = await sign(passing('川检-2'))
    ids = [failure, decoy].map((one) => statementIdOf(one))
    await submitTo(sichuan, failure)
    await submitTo(chongqing, decoy)
    await follow(sichuan, chongqing)
    await follow(chongqing, sichuan)
    await follow(sichuan, chongqing)
  })

  it('are both stored at both nodes, each in its own order of receipt, and no entry is skipped', async () => {
    expect((await entriesOf(sichuan)).map(({ statementId }) => statementId)).toEqual(ids)
    expect((await entriesOf(chongqing)).map(({ statementId }) => statementId)).toEqual([...ids].reverse())
    for (const world of [sichuan, chongqing]) {
      for (const id of ids) expect((await world.client('CQ-AMR').records.get(id)).statementId).toBe(id)
      const listed: string[] = []
      for await (const { statementId } of world.client('CQ-AMR').records.list({ serial })) listed.push(statementId)
      expect(listed.sort()).toEqual([...ids].sort())
      expect(await world.store.listSkipped('node-50.example/v1/log', { not: '', limit: 9 })).toEqual([])
      expect(await world.store.listSkipped('node-51.example/v1/log', { not: '', limit: 9 })).toEqual([])
    }
  })

  it('raise one alarm that names both', async () => {
    const [first, second] = ids
    expect(told.sichuan).toEqual([{ code: 'record.name-twice', details: { iss: uscc('CD'), jti: JTI, first, second } }])
    expect(told.chongqing).toEqual([{ code: 'record.name-twice', details: { iss: uscc('CD'), jti: JTI, first: second, second: first } }])
    expect(sichuan.node.alarms.counts.get('record.name-twice')).toBe(1)
  })

  it('result in a failed standing at both nodes, which shows the conflict', async () => {
    for (const world of [sichuan, chongqing]) {
      const standing = await standingAt(world)
      expect(standing).toMatchObject({ code: 'standing.failed', decidedBy: ids[0] })
      const conflict = standing?.conflicts.find(({ code }) => code === 'standing.name-twice')
      expect([...(conflict?.statementIds ?? [])].sort()).toEqual([...ids].sort())
      expect(standing?.entries.map(({ outcome, isCounted }) => [outcome, isCounted])).toEqual([
        ['pass', false],
        ['fail', true],
      ])
    }
  })

  it('each return their own receipt when submitted again, while a third content is rejected with 409', async () => {
    for (const [world, first, second] of [
      [sichuan, failure, decoy],
      [chongqing, decoy, failure],
    ] as const) {
      for (const one of [first, second]) expect((await world.client('CD').records.submit(one)).claims.sub).toBe(statementIdOf(one))
      const third = await sign(passing('川检-3'))
      const answer = await world.send({ method: 'PUT', path: recordPath(third), body: third })
      const problem = await problemOf(answer)
      expect([answer.status, problem.code, problem.storedStatementId]).toEqual([409, 'record.conflict', statementIdOf(first)])
      expect(await entriesOf(world)).toHaveLength(2)
    }
  })

  it('are imported idempotently', async () => {
    expect(await takeOver(sichuan, [decoy, failure])).toMatchObject([{ isNew: false }, { isNew: false }])
    expect(told.sichuan).toHaveLength(1)
    expect(await sync(sichuan, chongqing)).toEqual([])
  })
})

it('a standing ignores a decoy for another instrument, whatever its serial number and certificate number', async () => {
  await submitTo(sichuan, await sign(failing('川检-8', { instrument: { ...F01.instrument, serialNumber: 'X8888' } })))
  await submitTo(chongqing, await sign(passing('川检-9')))
  await follow(chongqing, sichuan)
  await follow(sichuan, chongqing)
  for (const world of [sichuan, chongqing]) {
    const standing = await standingAt(world)
    expect(standing?.conflicts.map(({ code }) => code)).toContain('standing.name-twice')
    expect(standing?.entries.map(({ isCounted }) => isCounted)).toEqual([false])
  }
})

it('a revocation takes effect at a peer even if a record already has its name', async () => {
  const record = await sichuan.authorities.sign('CD', passing('川检-5'))
  for (const world of [sichuan, chongqing]) await submitTo(world, record)
  await submitTo(chongqing, await sign(passing('川检-6', { instrument: { ...F01.instrument, serialNumber: 'X6666' } })))
  const notice = await signNotice(
    { iss: uscc('CD'), jti: JTI, iat: NOW, action: 'revoke', statements: [statementIdOf(record)], from: NOW - 60, reason: { zh: '超差' } },
    sichuan.authorities.signer('CD'),
  )
  await sichuan.client('CD').notices.submit(notice)
  await follow(chongqing, sichuan)
  expect((await chongqing.node.judge(record)).checks.find(({ id }) => id === 'status')?.code).toBe('status.revoked')
  expect(told.chongqing.map(({ code }) => code)).toEqual(['record.name-twice'])
})

it('two entries with one name in one batch from a peer are both stored', async () => {
  const both = [await sign(passing('川检-10')), await sign(passing('川检-11'))]
  expect(await takeOver(chongqing, both)).toMatchObject([{ isNew: true }, { isNew: true }])
  expect(told.chongqing.map(({ code }) => code)).toEqual(['record.name-twice'])
})

it('of two statements with one name that are submitted at the same moment, one is stored; the rejection of the other names it', async () => {
  const both = [await sign(passing('川检-12')), await sign(passing('川检-13'))]
  // Verified before, so that both wait for the same batch.
  const received = await Promise.all(both.map((statement) => sichuan.node.receive(statement)))
  const [first, second] = await Promise.all(
    both.map((statement, at) =>
      sichuan.node.submit({ statement, sender: uscc('CD'), requestId: 'r', ...(received[at] && { received: received[at] }) }),
    ),
  )
  expect([first?.decision, second?.decision]).toEqual(['accepted', 'rejected'])
  expect((await readReceipt(second?.receipt as string)).reasons).toMatchObject([
    { code: 'record.conflict', evidence: { earlier: statementIdOf(both[0] as string) } },
  ])
  expect((await entriesOf(sichuan)).map(({ statement }) => statement)).toEqual([both[0]])
})
