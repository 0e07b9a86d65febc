// Why this exists: the holder of one meter of a batch certificate must find that meter at a node by its serial number, with its own standing.

import type { VerificationRecord } from 'tongheng/records'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { certificates } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { NOW, openWorld, uscc, type World } from '../support/nodes/world.ts'

const record = certificates['energy-meters'].record as VerificationRecord
const serials = (record.instruments ?? []).map(({ serialNumber }) => serialNumber)
const iss = uscc('SC-INST')
const uri = `https://node.example/v1/status-lists/${iss}/1`

/** Collects the items of an iterable. */
async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of items) found.push(one)
  return found
}

let world: World
beforeEach(async () => {
  world = await openWorld()
  const statement = await world.authorities.sign('SC-INST', record, { status: { uri, idx: 3 } })
  const client = world.client('SC-INST')
  const statuses = emptyStatuses(100).with(3 + 1, 1)
  const list = await signStatusList({ iss, uri, iat: NOW - 60, exp: NOW + 86_400, statuses }, world.authorities.signer('SC-INST'))
  await client.statusLists.put({ iss, name: '1', list })
  await client.records.submit(statement)
})

describe('a batch certificate at a node', () => {
  it('is found by the serial number of each line, as it is printed', async () => {
    for (const serial of [...serials, ` ${serials[0]?.toLowerCase()} `]) {
      const found: string[] = []
      for await (const { number } of world.client('CQ-AMR').records.list({ serial })) found.push(number)
      expect(found).toEqual([expect.stringContaining('B0031')])
    }
  })

  it('returns the standing of the requested instrument only', async () => {
    const standings = await Promise.all(serials.map((serial) => world.client('CQ-AMR').standings({ serial, region: '51' })))
    expect(standings.map((one) => one.length)).toEqual(serials.map(() => 1))
    expect(standings.map(([one]) => [one?.code, one?.instrument.serialNumber, one?.entries[0]?.line])).toEqual(
      serials.map((serial, at) => [at === 1 ? 'standing.none' : 'standing.valid', serial, at + 1]),
    )
  })

  it('is answered with the status of each line if they differ, and with one status otherwise', async () => {
    const [entry] = await collect(world.client('CQ-AMR').records.list({ serial: serials[0] as string }))
    const lines = serials.map((_, at) => ({ line: at + 1, status: at === 1 ? 'revoked' : 'valid' }))
    expect(entry).toMatchObject({ status: 'unknown', lines })
    const one = await world.client('CQ-AMR').records.get(entry?.statementId as string)
    expect(one).toMatchObject({ status: 'unknown', lines })
    const alike = await world.authorities.sign('SC-INST', { ...record, certificateNo: '川电2025-B0040' }, { status: { uri, idx: 30 } })
    await world.client('SC-INST').records.submit(alike)
    const [, second] = await collect(world.client('CQ-AMR').records.list({ serial: serials[0] as string }))
    expect([second?.status, second?.lines]).toEqual(['valid', undefined])
  })

  it('names the record that replaces one of its instruments in that line alone', async () => {
    const client = world.client('SC-INST')
    const single = change(
      certificates['energy-meter'].record as VerificationRecord,
      ['/certificateNo', '川电单2025-0001'],
      ['/instrument/serialNumber', serials[2]],
    )
    const [batch] = await collect(client.records.list({ serial: serials[0] as string }))
    const newer = await world.authorities.sign('SC-INST', single, { supersedes: batch?.statementId as string })
    const { claims } = await client.records.submit(newer)
    expect(claims.decision).toBe('accepted')
    const { lines } = await client.records.get(batch?.statementId as string)
    expect(lines?.filter(({ status }) => status === 'superseded')).toEqual([{ line: 3, status: 'superseded', replacedBy: claims.sub }])
    expect(lines?.map(({ status }) => status).filter((status) => status === 'valid')).toHaveLength(serials.length - 2)
  })

  it('is amended as a whole only', async () => {
    const client = world.client('SC-INST')
    const earlier = await world.authorities.sign('SC-INST', record)
    const reason = { zh: '误', en: 'slip' }
    const single = certificates['energy-meter'].record as VerificationRecord
    await expect(client.records.amend(earlier, single, { reason })).rejects.toMatchObject({ code: 'amend.batch' })
    const fewer = change(record, ['/instruments/5', undefined])
    await expect(client.records.amend(earlier, fewer, { reason })).rejects.toMatchObject({ code: 'amend.batch' })
  })

  it('refuses another batch under its number, whatever its lines', async () => {
    const refusing = await openWorld({ node: { numberTwice: 'refuse' } })
    const submit = async (one: VerificationRecord) =>
      (await refusing.client('SC-INST').records.submit(await refusing.authorities.sign('SC-INST', one))).claims.decision
    expect(await submit(record)).toBe('accepted')
    await expect(submit(change(record, ['/instruments/0/serialNumber', '999']))).rejects.toMatchObject({ code: 'record.number-taken' })
    expect(await submit({ ...record, certificateNo: '川电2025-B0032' })).toBe('accepted')
  })
})
