// Writes labels of version 1 into tests/golden, once, with everything by which they are judged: what was printed is read for ever.
//   npx tsx --tsconfig tests/tsconfig.json tests/support/write-golden-labels.ts
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parsePayload, parseStatement } from 'tongheng/envelope'
import { labelUrl, signLabel, verifyLabel } from 'tongheng/label'
import { emptyStatuses, openStatus, signStatusList } from 'tongheng/status'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, type OrganisationKey, organisation } from 'tongheng/testing'

const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const URI = 'https://node-51.example/v1/status-lists/CD-1'
const world = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'Ed25519', 'SGD_SM3_SM2'] })
const statuses = emptyStatuses(500).with(418, 1)
const statusList = await signStatusList(
  { iss: organisation('CD').uscc, uri: URI, statuses, iat: NOW - 3600, exp: NOW + 86_400 },
  world.signer('CD'),
)
const options = {
  at: DEMONSTRATION_TIME,
  trust: world.trust,
  agreements: [world.agreement],
  status: await openStatus({ statusLists: [statusList] }, world.trust),
  policy: { region: '50' },
}

async function golden(
  name: string,
  by: OrganisationKey,
  { record }: { record: (typeof fixtures)[keyof typeof fixtures]['record'] },
  more: { idx?: number; algorithms?: ('ES256' | 'Ed25519' | 'SGD_SM3_SM2')[] } = {},
) {
  const { idx, algorithms = ['ES256'] } = more
  const statement = await world.sign(by, record, idx === undefined ? {} : { status: { uri: URI, idx } })
  const { iat } = parsePayload(parseStatement(statement, 'metrology-record+jwt')) as { iat: number }
  const [first, ...others] = algorithms.map((alg) => world.signer(by, alg))
  const { signed, octets } = await signLabel(statement, {
    signers: [first as NonNullable<typeof first>, ...others],
    at: iat,
  })
  const { outcome, decidedBy, acceptedAs, statementId, number, effect } = await verifyLabel(octets, options)
  return {
    name,
    record: statement,
    signed,
    octets: Buffer.from(octets).toString('hex'),
    url: labelUrl(octets, 'https://jl.example.cn'),
    verdict: { outcome, decidedBy, acceptedAs, statementId, number, effect },
  }
}

const labels = [
  await golden('taximeter, ES256', 'CD', fixtures.F01, { idx: 417 }),
  await golden('taximeter, ES256 and SM2', 'CD', fixtures.F01, { idx: 417, algorithms: ['ES256', 'SGD_SM3_SM2'] }),
  await golden('taximeter, Ed25519', 'CD', fixtures.F01, { algorithms: ['Ed25519'] }),
  await golden('taximeter, revoked', 'CD', fixtures.F01, { idx: 418 }),
  await golden('taximeter, failed', 'YB', fixtures.F02),
  await golden('road tanker', 'CQ-INST', fixtures.F03),
  await golden('fuel dispenser', 'GA', fixtures.F04),
]
const { anchors, trustLists, signedAgreement } = world
const file = { at: DEMONSTRATION_TIME, region: '50', anchors, trustLists, agreement: signedAgreement, statusList, labels }
writeFileSync(resolve(import.meta.dirname, '../golden/labels/v1.json'), `${JSON.stringify(file)}\n`, { flag: 'wx' })
