// Why this exists: an institute issues record and label in one call; a label for a record that was never accepted would be worse than none.
import { labelAnswer, labelOf, type SignedLabel, unpackLabel, verifyLabel } from 'tongheng/label'
import type { VerificationRecord } from 'tongheng/records'
import { openStatus, type Status } from 'tongheng/status'
import { certificates, change, fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'
import { payloadOf } from '../label/labels.ts'
import { openWorld, type World } from '../support/nodes/world.js'

const { F01, F07 } = fixtures
let world: World

beforeAll(async () => {
  world = await openWorld()
})

describe('issuing a record by the client', () => {
  it('signs and submits it, and returns its label if requested', async () => {
    const client = world.client('CD')
    const { statement, receipt, label } = await client.records.issue(F01.record, { label: true })
    expect(receipt.claims.decision).toBe('accepted')
    expect(payloadOf(label?.signed[0] as string)).toMatchObject({ ...labelOf(statement), iat: payloadOf(statement).iat })
    expect(unpackLabel(label?.octets as Uint8Array, world.authorities.trust)).toEqual(label?.signed)
    const plain = await client.records.issue(change(F01.record, ['/certificateNo', '川计检字20250312-00418']))
    expect([plain.receipt.claims.decision, plain.label]).toEqual(['accepted', undefined])
  })

  it('sends nothing if a label is requested for a record that cannot have one', async () => {
    const { code } = await faultOfAsync(() => world.client('SC-INST').records.issue(F07.record, { label: true }))
    expect(code).toBe('label.kind')
    const fails = change(F01.record, ['/validUntil', '2024-01-01'])
    expect((await faultOfAsync(() => world.client('CD').records.issue(fails, { label: true }))).code).toBe('label.record-fails')
  })

  it('returns no label of a record that the node rejects', async () => {
    // The record conforms; only the node knows that the body is not authorised for the category.
    const { receipt, label } = await world.client('CD').records.issue(change(F01.record, ['/instrument/category', 'sound-level-meter']), {
      label: true,
    })
    expect([receipt.claims.decision, label]).toEqual(['rejected', undefined])
  })

  it('amends with the label of the replacing record; the earlier label is reported as superseded, by the notice or by the record', async () => {
    const client = world.client('CD')
    const first = change(F01.record, ['/certificateNo', '川计检字20250312-00430'], ['/instrument/serialNumber', 'TX9A2303130'])
    const earlier = await client.records.issue(first, { label: true })
    world.clock.now += 60
    const reason = { zh: '封印号有误' }
    const corrected = change(first, ['/certificateNo', '川计检字20250312-00430G'], ['/seals/0/number', 'CDF-889299'])
    const amended = await client.records.amend(earlier.statement, corrected, { reason, label: true })
    expect(payloadOf(amended.label?.signed[0] as string)).toMatchObject({
      ...labelOf(amended.statement),
      seals: ['CDF-889299', 'CDF-889202'],
    })
    const { trust, agreement } = world.authorities
    const judge = async (label: SignedLabel | undefined, status?: Status) => {
      const at = new Date(world.clock.now * 1000).toISOString()
      const verdict = await verifyLabel(label?.octets as Uint8Array, {
        at,
        trust,
        agreements: [agreement],
        policy: { region: '50' },
        ...(status && { status }),
      })
      return labelAnswer(verdict).answer
    }
    const withNotice = openStatus({ notices: [amended.notice as string] }, trust)
    const withRecord = openStatus({ successors: [amended.statement] }, trust)
    for (const status of [withNotice, withRecord]) expect(await judge(earlier.label, await status)).toBe('superseded')
    expect(await judge(amended.label, await withNotice)).toBe('good')
    // Without the notice and the newer record the replacement is unknown, as it is for the earlier record itself.
    expect(await judge(earlier.label)).toBe('good')
  })

  it('sends nothing if a label is requested for an amendment that cannot have one', async () => {
    const client = world.client('CD')
    const first = change(F01.record, ['/certificateNo', '川计检字20250312-00431'], ['/instrument/serialNumber', 'TX9A2303131'])
    const { statement } = await client.records.issue(first)
    const fails = change(first, ['/certificateNo', '川计检字20250312-00431G'], ['/validUntil', '2024-01-01'])
    const refused = await faultOfAsync(() => client.records.amend(statement, fails, { reason: { zh: '换发' }, label: true }))
    expect(refused.code).toBe('label.record-fails')
    const plain = await client.records.amend(statement, change(first, ['/certificateNo', '川计检字20250312-00431H']), {
      reason: { zh: '换发' },
    })
    expect(plain.label).toBeUndefined()
  })

  it('issues and amends a batch with a label per line, and sends nothing if one of them cannot be signed', async () => {
    const client = world.client('SC-INST')
    const batch = certificates['energy-meters'].record as VerificationRecord
    const serials = (batch.instruments ?? []).map(({ serialNumber }) => serialNumber)
    const issued = await client.records.issue(batch, { label: true })
    expect([issued.label, issued.labels?.map(({ line, serial }) => [line, serial])]).toEqual([
      undefined,
      serials.map((serial, n) => [n + 1, serial]),
    ])
    world.clock.now += 60
    const corrected = change(batch, ['/certificateNo', '川电2025-B0031G'], ['/instruments/0/serialNumber', '999'])
    const amended = await client.records.amend(issued.statement, corrected, { reason: { zh: '编号有误' }, label: true })
    expect([amended.label, amended.labels?.map(({ serial }) => serial)]).toEqual([undefined, ['999', ...serials.slice(1)]])
    expect(payloadOf(amended.labels?.[0]?.signed[0] as string)).toMatchObject(labelOf(amended.statement, 1))
    const long = change(batch, ['/certificateNo', '川电2025-B0032'], ['/instruments/1/serialNumber', '长'.repeat(180)])
    expect((await faultOfAsync(() => client.records.issue(long, { label: true }))).code).toBe('label.line-fails')
    const found: string[] = []
    for await (const { number } of client.records.list({ serial: serials[0] as string })) found.push(number)
    expect(found).not.toContain('川电2025-B0032')
  })
})
