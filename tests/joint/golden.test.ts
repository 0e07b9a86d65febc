// Why this exists: a round or an assessment is looked up years later. Every joint statement of version 1 ever committed is opened as on its day.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Joint, jointKinds, openJoint, roundOf } from 'tongheng/joint'
import { openTrust, type SignedTrustList, type TrustAnchor } from 'tongheng/trust'
import { openLogEvidence } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'

interface Golden {
  readonly at: string
  readonly anchors: readonly TrustAnchor[]
  readonly trustLists: readonly SignedTrustList[]
  readonly round: string
  readonly laboratories: readonly { readonly uscc: string; readonly state: string; readonly salt?: string }[]
  readonly receipts: readonly string[]
  readonly statements: readonly {
    readonly kind: string
    readonly statementId: string
    readonly counts: boolean
    readonly codes: readonly string[]
    readonly loggedAt: number
    readonly signed: string
  }[]
}

const golden = JSON.parse(readFileSync(resolve(import.meta.dirname, '../golden/joint/v1.json'), 'utf8')) as Golden
let joint: Joint

beforeAll(async () => {
  const trust = await openTrust({ anchors: golden.anchors, lists: golden.trustLists })
  const log = await openLogEvidence(golden.receipts, trust)
  expect(log.refused).toEqual([])
  joint = await openJoint(
    golden.statements.map(({ signed }) => signed),
    { trust, at: golden.at, log },
  )
})

describe('joint statements of version 1', () => {
  it('are of every kind', () => {
    expect(new Set(golden.statements.map(({ kind }) => kind))).toEqual(new Set(jointKinds.keys()))
  })

  it('are opened as before: id, kind, time of the log, whether they count, and why not', () => {
    expect(joint.refused).toEqual([])
    const opened = joint.statements.map(({ signed, statementId, document, counts, findings, loggedAt }) => ({
      kind: document.kind,
      statementId,
      counts,
      codes: findings.map(({ code }) => code),
      loggedAt,
      signed,
    }))
    expect(opened).toEqual(golden.statements)
  })

  it('result in the same round as when they were made, with every result opened by the committed salt', () => {
    const { laboratories } = roundOf(joint, { round: golden.round, at: golden.at })
    expect(laboratories.map(({ uscc, state, opened }) => ({ uscc, state, ...(opened && { salt: opened.salt }) }))).toEqual(
      golden.laboratories,
    )
    expect(new Set(golden.laboratories.map(({ state }) => state))).toEqual(new Set(['opened', 'withdrawn']))
  })
})
