/** The provinces of the simulation: an authority and an institute each, with keys, trust lists, agreements between peers, and records. */
import { createSigner, type GeneratedKey, generateKey, type Signer, statementId } from 'tongheng/envelope'
import { type AgreementPayload, signAgreement } from 'tongheng/recognition'
import { signRecord, type VerificationRecord } from 'tongheng/records'
import { anchorOf, type SignedTrustList, signTrustList, type TrustAnchor, type TrustListPayload } from 'tongheng/trust'
import { benchRecord } from '../record.js'

/** Codes of the provinces, the two of the agreement first. */
export const REGIONS = '51 50 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 52 53 54 61 62 63 64 65'.split(' ')

export const DAY = 86_400
/** First moment of the simulation: seconds. */
export const START = Date.parse('2025-06-16T00:00:00+08:00') / 1000

const INSTITUTE_TYPES = ['metrology-record+jwt', 'metrology-request+jwt', 'metrology-notice+jwt']
const AUTHORITY_TYPES = [...INSTITUTE_TYPES, 'metrology-receipt+jwt', 'metrology-agreement+jwt']

/** The documents and keys of one province. */
export interface Authority {
  readonly region: string
  readonly uscc: string
  readonly institute: string
  readonly origin: string
  readonly signer: Signer
  readonly log: { readonly origin: string; readonly signer: Signer; readonly witness: Signer }
  readonly anchor: TrustAnchor
  /** Signs records, notices and requests of the institute; replaced when its key is revoked. */
  readonly key: { signer: Signer }
  /** The newest trust list. */
  readonly list: { payload: TrustListPayload; signed: SignedTrustList }
  /** Issues the next version of the list; it is not published by this. */
  reissue(change: (payload: TrustListPayload) => TrustListPayload): Promise<SignedTrustList>
  /** Signs the n-th record of the institute. */
  record(n: number, at: number): Promise<string>
}

const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGANISATION = [3, 7, 9, 10, 5, 8, 4, 2]

/** A code of GB 32100 with both of its check characters. */
function usccOf(type: '11' | '12', region: string, number: number): string {
  const body = String(45_000_000 + number)
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (ORGANISATION[at] as number), 0)
  const organisation = 11 - (sum % 11)
  const code = `${type}${region}0000${body}${organisation === 10 ? 'X' : organisation === 11 ? '0' : organisation}`
  const weighted = [...code].reduce((total, character, at) => total + ALPHABET.indexOf(character) * (WEIGHTS[at] as number), 0)
  return `${code}${ALPHABET[(31 - (weighted % 31)) % 31]}`
}

const keyOf = (of: GeneratedKey, typ: string[]) => ({ jwk: of.publicJwk, typ, notBefore: START - 400 * DAY, notAfter: START + 2000 * DAY })

/** @param expiresAt end of the first trust list */
export async function createAuthority(region: string, expiresAt: number): Promise<Authority> {
  const [uscc, institute] = [usccOf('11', region, Number(region)), usccOf('12', region, 1000 + Number(region))]
  const [own, institutes, root] = await Promise.all([generateKey('ES256'), generateKey('ES256'), generateKey('ES256')])
  const [logKey, witnessKey] = await Promise.all([generateKey('Ed25519'), generateKey('Ed25519')])
  const rootSigner = await createSigner(root.privateJwk)
  const origin = `node-${region}.example/v1/log`
  const authorisation = { number: numberOf(region), categories: 'all' as const, from: '2024-01-01', to: '2030-12-31' }
  const payload: TrustListPayload = {
    iss: uscc,
    region,
    version: 1,
    iat: START - DAY,
    nextUpdate: expiresAt - DAY / 24,
    exp: expiresAt,
    roots: { keys: [root.publicJwk], threshold: 1 },
    entities: [
      {
        uscc,
        name: { zh: `示例市场监督管理局 ${region}`, en: `Example AMR ${region}` },
        region,
        keys: [keyOf(own, AUTHORITY_TYPES)],
        authorisations: [{ ...authorisation, kinds: ['supervision-finding'] }],
      },
      {
        uscc: institute,
        name: { zh: `示例计量院 ${region}`, en: `Example institute ${region}` },
        region,
        keys: [keyOf(institutes, INSTITUTE_TYPES)],
        authorisations: [{ ...authorisation, kinds: ['verification-record'] }],
      },
    ],
    logs: [{ origin, key: logKey.publicJwk, witness: witnessKey.publicJwk }],
  }
  const list = { payload, signed: await signTrustList(payload, [rootSigner]) }
  const key = { signer: await createSigner(institutes.privateJwk) }
  return {
    region,
    uscc,
    institute,
    origin,
    signer: await createSigner(own.privateJwk),
    log: { origin, signer: await createSigner(logKey.privateJwk), witness: await createSigner(witnessKey.privateJwk) },
    anchor: anchorOf(payload),
    key,
    list,
    async reissue(change) {
      const { payload: last, signed } = list
      const previous = statementId('metrology-trust-list+jwt', (signed[0] as string).split('.')[1] as string)
      list.payload = { ...change(last), version: last.version + 1, previous }
      list.signed = await signTrustList(list.payload, [rootSigner])
      return list.signed
    },
    record: (n, at) => signRecord(recordOf(region, institute, n), { signer: key.signer, at, jti: ulidOf(at, region, n) }),
  }
}

/** A new key for the institute; the old one is revoked at `at`, and not for what it signed before. */
export async function replaceKey(authority: Authority, at: number): Promise<SignedTrustList> {
  const fresh = await generateKey('ES256')
  const list = await authority.reissue((payload) => ({
    ...payload,
    iat: at,
    entities: payload.entities.map((entity) =>
      entity.uscc === authority.institute
        ? {
            ...entity,
            keys: [
              ...entity.keys.map((key) => ({ ...key, revoked: { at, reason: '密钥泄露（模拟）', retroactive: false } })),
              keyOf(fresh, INSTITUTE_TYPES),
            ],
          }
        : entity,
    ),
  }))
  authority.key.signer = await createSigner(fresh.privateJwk)
  return list
}

const numberOf = (region: string): string => `（${region}）法计（2024）${region}001号`

/** The record of the benchmark, issued by the institute of a province. */
function recordOf(region: string, uscc: string, n: number): VerificationRecord {
  const record = benchRecord(n)
  return {
    ...record,
    certificateNo: `${region}酒测2025-${n}`,
    issuer: { uscc, name: `示例计量院 ${region}`, authorisationNo: numberOf(region) },
    instrument: { ...record.instrument, serialNumber: `${region}-${n}`, mobile: { homeRegion: region } },
    standards: [{ name: '乙醇气体标准物质', trace: { validUntil: '2026-08-01' } }],
    verifiedOn: '2025-06-02',
    validUntil: `2025-11-${String(1 + (n % 28)).padStart(2, '0')}`,
  }
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID that depends on nothing but time, province and number, so that one seed makes one tree. */
export function ulidOf(at: number, region: string, n: number): string {
  const text = (value: number, length: number): string =>
    Array.from({ length }, (_, place) => CROCKFORD[Math.floor(value / 32 ** (length - 1 - place)) % 32]).join('')
  return `${text(at * 1000, 10)}${text(Number(region), 8)}${text(n, 8)}`
}

/** Both authorities recognise each other's verifications. An agreement has at most ten parties, so neighbours conclude them in pairs. */
export function agreementOf(a: Authority, b: Authority): Promise<readonly string[]> {
  const payload: AgreementPayload = {
    id: `mutual-${a.region}-${b.region}`,
    version: 1,
    title: { zh: '计量互认协议（模拟）', en: 'Mutual recognition agreement (simulated)' },
    parties: [a, b].map(({ uscc, region }) => ({
      uscc,
      region,
      name: { zh: `示例市场监督管理局 ${region}`, en: `Example AMR ${region}` },
    })),
    iat: START - DAY,
    from: '2024-07-01',
    clauses: [
      {
        id: 'verification',
        title: { zh: '检定结果互认', en: 'Verification' },
        basis: '计量互认协议（模拟）第一条',
        kinds: ['verification-record'],
        categories: 'all',
        directions: [
          { from: a.region, to: b.region },
          { from: b.region, to: a.region },
        ],
        from: '2024-07-01',
        conditions: [{ name: 'specification-in-force' }, { name: 'issuer-authorised' }, { name: 'validity-remaining', min: 'P0D' }],
        effect: { zh: '有效期内对方不再重复检定', en: 'the other side does not verify again until the validity ends' },
      },
    ],
    tests: [
      {
        title: '适用',
        kind: 'verification-record',
        category: 'breath-alcohol',
        from: a.region,
        to: b.region,
        factDate: '2025-06-02',
        clause: 'verification',
      },
    ],
  }
  return signAgreement(payload, [a.signer, b.signer])
}
