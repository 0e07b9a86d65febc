// Why this exists: an institute makes record and label in one call; a label that could be printed for a record that was never accepted would be worse than none.
import { labelOf, unpackLabel } from 'tongheng/label'
import { change, fixtures } from 'tongheng/testing'
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
  it('signs and submits it, and gives its label where one is wanted', async () => {
    const client = world.client('CD')
    const { statement, receipt, label } = await client.records.issue(F01.record, { label: true })
    expect(receipt.claims.decision).toBe('accepted')
    expect(payloadOf(label?.signed[0] as string)).toMatchObject({ ...labelOf(statement), iat: payloadOf(statement).iat })
    expect(unpackLabel(label?.octets as Uint8Array, world.authorities.trust)).toEqual(label?.signed)
    const plain = await client.records.issue(change(F01.record, ['/certificateNo', '川计检字20250312-00418']))
    expect([plain.receipt.claims.decision, plain.label]).toEqual(['accepted', undefined])
  })

  it('sends nothing where a label is wanted of what has none', async () => {
    const { code } = await faultOfAsync(() => world.client('SC-INST').records.issue(F07.record, { label: true }))
    expect(code).toBe('label.kind')
    const fails = change(F01.record, ['/validUntil', '2024-01-01'])
    expect((await faultOfAsync(() => world.client('CD').records.issue(fails, { label: true }))).code).toBe('label.record-fails')
  })

  it('gives no label of a record that the node rejects', async () => {
    // Its own rules pass; that the body is not authorised for the category is known to the node alone.
    const { receipt, label } = await world.client('CD').records.issue(change(F01.record, ['/instrument/category', 'sound-level-meter']), {
      label: true,
    })
    expect([receipt.claims.decision, label]).toEqual(['rejected', undefined])
  })
})
