// Writes joint statements of version 1 into tests/golden, once: what was signed must be opened for ever.
//   npx tsx --tsconfig tests/tsconfig.json tests/support/write-golden-joint.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type AnyJointDocument, checkReport, openJoint, reportOf, roundOf } from 'tongheng/joint'
import { jointFixtures, type OrganisationKey } from 'tongheng/testing'
import { openLogEvidence } from 'tongheng/verify'
import { CLOSED, documentsOf, noon, type Sent, send, wholeRound, world } from '../joint/rounds.js'

const { plan, sent } = await wholeRound()
const others: readonly (readonly [OrganisationKey, AnyJointDocument, string])[] = [
  ['SC-AMR', jointFixtures.assessment, '2025-03-12'],
  ['SC-AMR', jointFixtures.authorisation, '2025-03-12'],
  ['CQ-INST', jointFixtures.engineAlliance, '2025-03-12'],
  ['SC-INST', jointFixtures.joining, '2025-03-12'],
  ['CQ-INST', jointFixtures.capability, '2025-03-12'],
  ['LZ', documentsOf(plan.id, 'LZ').withdrawal(), '2025-03-20'],
  ['SC-AMR', jointFixtures.task, '2025-04-01'],
  ['SC-AMR', jointFixtures.commitment, jointFixtures.commitment.committedOn],
  ['SC-AMR', jointFixtures.nonce, jointFixtures.nonce.revealedOn],
  ['GA-AMR', jointFixtures.measure, jointFixtures.measure.orderedOn],
  ['GA-AMR', jointFixtures.rectification, jointFixtures.rectification.reportedOn],
  ['GA-AMR', jointFixtures.recheck, jointFixtures.recheck.checkedOn],
  ['GA-AMR', jointFixtures.closure, jointFixtures.closure.closedOn],
]
const all = [
  ...sent,
  ...(await reportsOf(sent)),
  ...(await Promise.all(others.map(([key, document, on]) => send(key, document, noon(on))))),
]

async function openedBy(statements: readonly Sent[]) {
  const log = await openLogEvidence(
    statements.flatMap(({ receipt }) => receipt ?? []),
    world.trust,
  )
  return openJoint(
    statements.map(({ signed }) => signed),
    { trust: world.trust, at: CLOSED, log },
  )
}

/** The record of the round, and the report of each pilot. */
async function reportsOf(statements: readonly Sent[]): Promise<readonly Sent[]> {
  const state = roundOf(await openedBy(statements), { round: plan.id, at: CLOSED })
  const record = { ...reportOf(state).record, reportedOn: '2025-05-12' }
  const recordId = 'A'.repeat(43)
  const { statements: rested, keyDigest, publicKey } = checkReport(state, { record, recordId }).expected
  const document: AnyJointDocument = {
    kind: 'round-report',
    version: 1,
    number: state.protocol.number,
    round: plan.id,
    record: recordId,
    statements: [...rested],
    keyDigest,
    ...(publicKey.length > 0 && { key: [...publicKey] }),
    on: '2025-05-12',
  }
  return Promise.all((['SC-INST', 'CQ-INST'] as const).map((key) => send(key, document, noon('2025-05-12'))))
}

const joint = await openedBy(all)
if (joint.refused[0] !== undefined) throw joint.refused[0].error
const { laboratories } = roundOf(joint, { round: plan.id, at: CLOSED })
const golden = {
  at: CLOSED,
  anchors: world.anchors,
  trustLists: world.trustLists,
  round: plan.id,
  laboratories: laboratories.map(({ uscc, state, opened }) => ({ uscc, state, salt: opened?.salt })),
  receipts: all.flatMap(({ receipt }) => receipt ?? []),
  statements: joint.statements.map(({ signed, statementId, document, counts, findings, loggedAt }) => ({
    kind: document.kind,
    statementId,
    counts,
    codes: findings.map(({ code }) => code),
    loggedAt,
    signed,
  })),
}
const folder = resolve(import.meta.dirname, '../golden/joint')
mkdirSync(folder, { recursive: true })
writeFileSync(resolve(folder, 'v1.json'), `${JSON.stringify(golden, null, 2)}\n`)
