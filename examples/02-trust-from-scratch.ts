/** Creates without the testing helpers of the other examples: root keys, trust lists, an agreement that both sides sign, and opens all of them. */
import { createSigner, generateKey, openAgreement, openTrust, signAgreement, signRecord, signTrustList, verify } from 'tongheng'
import { agreementPayload, fixtures, organisation } from 'tongheng/testing'
import { anchorOf, type TrustListPayload } from 'tongheng/trust'

const day = (date: string): number => Date.parse(`${date}T00:00:00+08:00`) / 1000
const institute = await generateKey('ES256')
const authorities = { 'SC-AMR': await generateKey('ES256'), 'CQ-AMR': await generateKey('Ed25519') }

/** One authority's list, signed by two of its two root keys. A verifier pins the roots by hand, once. */
async function publish(authority: 'SC-AMR' | 'CQ-AMR') {
  const { uscc, name, region } = organisation(authority)
  const roots = [await generateKey('ES256'), await generateKey('ES256')] as const
  const valid = { notBefore: day('2024-01-01'), notAfter: day('2027-12-31') }
  const payload: TrustListPayload = {
    iss: uscc,
    region,
    version: 1,
    iat: day('2025-06-01'),
    nextUpdate: day('2025-07-01'),
    exp: day('2025-08-01'),
    roots: { keys: roots.map(({ publicJwk }) => publicJwk), threshold: 2 },
    entities: [
      {
        uscc,
        name,
        region,
        keys: [{ jwk: authorities[authority].publicJwk, typ: ['metrology-agreement+jwt'], ...valid }],
        authorisations: [],
      },
    ],
    logs: [],
  }
  if (region === '51') {
    const chengdu = organisation('CD')
    payload.entities.push({
      uscc: chengdu.uscc,
      name: chengdu.name,
      region,
      keys: [{ jwk: institute.publicJwk, typ: ['metrology-record+jwt'], ...valid }],
      authorisations: [...chengdu.authorisations],
    })
  }
  const [first, second] = [await createSigner(roots[0].privateJwk), await createSigner(roots[1].privateJwk)]
  return { anchor: anchorOf(payload), signed: await signTrustList(payload, [first, second]) }
}

const [sichuan, chongqing] = [await publish('SC-AMR'), await publish('CQ-AMR')]
const trust = await openTrust({ anchors: [sichuan.anchor, chongqing.anchor], lists: [sichuan.signed, chongqing.signed] })
const signedAgreement = await signAgreement(agreementPayload(), [
  await createSigner(authorities['SC-AMR'].privateJwk),
  await createSigner(authorities['CQ-AMR'].privateJwk),
])
const agreement = await openAgreement(signedAgreement, trust)

const statement = await signRecord(fixtures.F01.record, {
  signer: await createSigner(institute.privateJwk),
  at: '2025-03-12T17:00:00+08:00',
})
for (const at of ['2025-06-16T09:00:00+08:00', '2025-07-15T09:00:00+08:00', '2025-09-01T09:00:00+08:00']) {
  const verdict = await verify(statement, { at, trust, agreements: [agreement], policy: { region: '50' } })
  const list = verdict.checks.find(({ id }) => id === 'trust-list.current')
  console.log(at.slice(0, 10), verdict.outcome, '|', list?.status, list?.message.zh)
}
