// Why this exists: a label is printed once and read for years. Every label of version 1 ever committed is read, packed and judged as on the
// day it was made.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { labelOf, labelUrl, packLabel, readLabelText, unpackLabel, verifyLabel } from 'tongheng/label'
import { type Agreement, openAgreement } from 'tongheng/recognition'
import { openStatus, type Status } from 'tongheng/status'
import { openTrust, type SignedTrustList, type Trust, type TrustAnchor } from 'tongheng/trust'
import type { Verdict } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { payloadOf } from './labels.ts'

interface Golden {
  readonly at: string
  readonly region: string
  readonly anchors: readonly TrustAnchor[]
  readonly trustLists: readonly SignedTrustList[]
  readonly agreement: readonly string[]
  readonly statusList: string
  readonly labels: readonly { name: string; record: string; signed: string[]; octets: string; url: string; verdict: Partial<Verdict> }[]
}

const golden = JSON.parse(readFileSync(resolve(import.meta.dirname, '../golden/labels/v1.json'), 'utf8')) as Golden
let trust: Trust
let agreement: Agreement
let status: Status

beforeAll(async () => {
  trust = await openTrust({ anchors: golden.anchors, lists: golden.trustLists })
  agreement = await openAgreement(golden.agreement, trust)
  status = await openStatus({ statusLists: [golden.statusList] }, trust)
})

describe.each(golden.labels)('the label of a $name', ({ record, signed, octets, url, verdict }) => {
  const packed = Uint8Array.from(Buffer.from(octets, 'hex'))

  it('is packed and unpacked as before', () => {
    expect(packLabel(signed)).toEqual(packed)
    expect(unpackLabel(packed, trust)).toEqual(signed)
    expect(labelUrl(packed, 'https://jl.example.cn')).toBe(url)
    expect(readLabelText(url)).toEqual({ is: 'label', octets: packed })
  })

  it('states what its record states', () => {
    const { iat: _, ...facts } = payloadOf(signed[0] as string)
    expect(labelOf(record)).toEqual(facts)
  })

  it('is judged as before', async () => {
    const now = await verifyLabel(url, { at: golden.at, trust, agreements: [agreement], status, policy: { region: golden.region } })
    expect(now).toMatchObject(verdict)
  })
})

it('the golden labels have every outcome', () => {
  const outcomes = golden.labels.map(({ verdict }) => `${verdict.outcome} ${verdict.decidedBy} ${verdict.acceptedAs ?? ''}`.trim())
  expect(new Set(outcomes)).toEqual(
    new Set(['recognised agreement.clause', 'not-recognised status', 'not-recognised record.outcome failure']),
  )
})
