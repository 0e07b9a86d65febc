// Why this exists: the standing of an instrument is asked by plate or by serial number, and not only over HTTP.
import type { VerificationRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { beforeAll, expect, it } from 'vitest'
import { openWorld, taximeter, uscc, type World } from '../support/nodes/world.js'

const { instrument } = fixtures.F01.record as VerificationRecord
const plate = instrument.mobile?.plate as string
let world: World
beforeAll(async () => {
  world = await openWorld()
  for (const [number, of] of [
    ['甲-1', instrument],
    ['乙-1', { ...instrument, serialNumber: 'Y0001', mobile: { plate: '川A·Y0001', homeRegion: '51' } }],
  ] as const) {
    const statement = await world.authorities.sign('CD', taximeter(number, { instrument: of }))
    expect((await world.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })).decision).toBe('accepted')
  }
})
const numbers = async (...of: Parameters<World['node']['standings']>): Promise<unknown> =>
  (await world.node.standings(...of)).items.map(({ code, entries }) => [code, ...entries.map(({ certificateNo }) => certificateNo)])

it.each([
  ['its plate', { plate }],
  ['its plate without the point, in small letters', { plate: plate.replace('·', '').toLowerCase() }],
  ['its serial number, with spaces', { serial: ` ${instrument.serialNumber} ` }],
  ['both', { plate, serial: instrument.serialNumber }],
])('the standing of an instrument is found by %s', async (_what, of) => {
  expect(await numbers(of)).toEqual([['standing.valid', '甲-1']])
})

it('the status of an entry that cannot be read, or whose issuer is on no list, is unknown', async () => {
  const [entry] = (await world.store.listEntries({}, { from: 0, limit: 1 })).items
  const asked = [entry, { ...entry, statement: 'hello' }, { ...entry, iss: '91510100MA62KCT03X' }] as NonNullable<typeof entry>[]
  expect((await world.node.statusesOf(asked)).map(({ status }) => status)).toEqual(['valid', 'unknown', 'unknown'])
})

it('the answer is empty for an instrument without records', async () => {
  expect(await world.node.standings({ plate: '渝A·00000' })).toEqual({ items: [] })
})
