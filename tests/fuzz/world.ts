// Genuine things to damage: signed records, trust lists, an agreement, status lists, notices, a log, evidence, files.
import { parseStatement } from 'tongheng/envelope'
import { signLabel } from 'tongheng/label'
import { createNoteSigner, createTree, leafHash, type NoteKey, noteKeyOf, proveConsistency, rootOf, signCheckpoint } from 'tongheng/log'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import {
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  fixtures,
  type OrganisationKey,
  organisation,
  publications,
  send,
} from 'tongheng/testing'
import { gatherEvidence, readSpecifications, type VerifyOptions } from 'tongheng/verify'

const AT = Date.parse(DEMONSTRATION_TIME) / 1000
const LIST = 'https://node-51.example/v1/status-lists/1'

/** Of the first fixtures, which are verifications. */
const SIGNERS = Object.values(fixtures).map(({ signer }) => signer)

export interface FuzzWorld {
  readonly authorities: FakeAuthorities
  readonly records: readonly string[]
  readonly options: VerifyOptions
  /** Packed labels, and their statement ids. */
  readonly labels: readonly Uint8Array[]
  readonly labelled: ReadonlySet<string>
  readonly statusList: string
  readonly notice: string
  readonly logKey: NoteKey
  readonly checkpoint: string
  readonly proof: readonly Uint8Array[]
  readonly hashes: readonly Uint8Array[]
  readonly evidence: object
  readonly trustFile: object
}

export async function openFuzzWorld(): Promise<FuzzWorld> {
  const authorities = await createFakeAuthorities({ witnessKeys: true })
  const { trust, agreement, anchors, trustLists, signedAgreement } = authorities
  const records = await Promise.all(Object.values(fixtures).map((fixture) => send(authorities, fixture)))
  const specifications = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(authorities, fixture)))
  const read = await readSpecifications(specifications, { at: DEMONSTRATION_TIME, trust })
  const iss = organisation('CD').uscc
  const statuses = emptyStatuses(100)
  statuses.bytes[0] = 0b11100100
  const statusList = await signStatusList({ iss, uri: LIST, statuses, iat: AT, exp: AT + 86_400, ttl: 3600 }, authorities.signer('CD'))
  const notice = await signNotice(
    { iss, iat: AT, action: 'revoke', statements: ['A'.repeat(43)], from: AT, reason: { zh: '数据有误', en: 'wrong data' } },
    authorities.signer('CD'),
  )
  const key = authorities.logKey('SC-AMR')
  const { origin, signer } = authorities.log('SC-AMR')
  const hashes = Array.from({ length: 300 }, (_, n) => leafHash(new TextEncoder().encode(`entry ${n}`)))
  const tree = createTree()
  for (const hash of hashes) tree.append(hash)
  const noteSigner = await createNoteSigner({ name: origin, role: 'log', signer, jwk: key.publicJwk })
  const material = { anchors, trustLists, agreements: [signedAgreement], specifications, statusLists: [statusList], notices: [notice] }
  const signed = await Promise.all(
    records.slice(0, 6).map((record, at) => signLabel(record, { signers: [authorities.signer(SIGNERS[at] as OrganisationKey)], at: AT })),
  )
  return {
    authorities,
    records,
    labels: signed.map(({ octets }) => octets),
    labelled: new Set(signed.map(({ signed: [text] }) => parseStatement(text as string, 'metrology-label+jwt').id)),
    options: {
      at: DEMONSTRATION_TIME,
      trust,
      agreements: [agreement],
      specifications: read.specifications,
      policy: { region: '50' },
    },
    statusList,
    notice,
    logKey: await noteKeyOf(origin, key.publicJwk, 'log'),
    checkpoint: await signCheckpoint({ origin, size: tree.size, root: rootOf(tree.size, tree.nodeAt) }, noteSigner),
    proof: proveConsistency(100, tree.size, tree.nodeAt),
    hashes,
    evidence: await gatherEvidence(records[0] as string, { ...material, at: DEMONSTRATION_TIME, region: '50' }),
    trustFile: material,
  }
}
