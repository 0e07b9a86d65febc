// Why this exists: an inspector at the roadside looks up a plate, not a certificate; the node must answer for both provinces.
import type { VerificationRecord } from 'tongheng/records'
import { fixtures, organisation, send } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, problemOf, type World } from '../support/nodes/world.js'

let world: World
const F01 = fixtures.F01.record as VerificationRecord
const plate = F01.instrument.mobile?.plate as string

beforeAll(async () => {
  world = await openWorld()
  for (const fixture of Object.values(fixtures)) await world.client(fixture.signer).records.submit(await send(world.authorities, fixture))
})

const inspector = () => world.client('CQ-AMR')

describe('the standing of an instrument', () => {
  it('is found by plate and by serial number, as they are typed', async () => {
    for (const of of [{ plate }, { plate: plate.replace('·', '').toLowerCase() }, { serial: F01.instrument.serialNumber as string }])
      expect(await inspector().standings({ ...of, region: '50' })).toMatchObject([
        { code: 'standing.valid', entries: [{ certificateNo: F01.certificateNo, isCounted: true }] },
      ])
    expect(await inspector().standings({ plate: '渝A·00000' })).toEqual([])
  })

  it('fails because of a failure reported by the other province, from the day of that failure', async () => {
    const { validUntil: _, ...rest } = F01
    const { uscc, name, authorisations } = organisation('YB')
    const notice = await world.authorities.sign('YB', {
      ...rest,
      certificateNo: '渝检通2025-001',
      issuer: { ...F01.issuer, uscc, name: name.zh, authorisationNo: authorisations[0]?.number as string },
      verifiedOn: '2025-05-10',
      outcome: 'fail',
    } as VerificationRecord)
    await world.client('YB').records.submit(notice)
    const [today] = await inspector().standings({ plate, region: '50' })
    expect(today).toMatchObject({ code: 'standing.failed', conflicts: [{ code: 'standing.fail-wins' }] })
    expect(today?.zh).toBe('检定不合格：渝检通2025-001（2025-05-10），不得使用')
    const [before] = await inspector().standings({ plate, region: '50', at: '2025-05-09T09:00:00+08:00' })
    expect(before?.code).toBe('standing.valid')
  })

  it('needs a serial number or a plate, and a known caller', async () => {
    const refused = await world.send({ path: '/v1/standings', as: 'CQ-AMR' })
    expect([refused.status, (await problemOf(refused)).code]).toEqual([400, 'query.invalid'])
    expect((await world.send({ path: '/v1/standings?serial=1', as: null })).status).toBe(401)
    expect((await world.send({ path: '/v1/standings?serial=1&at=x', as: 'CQ-AMR' })).status).toBe(400)
  })
})
