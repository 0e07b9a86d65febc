/** A working pair of authorities with generated keys, trust lists and the agreement. Only its bodies are fictitious. */
import { addPeriod, civilDateOf, parseInstant, parsePeriod, startOfDay } from '../base/date.js'
import { AlgorithmName, createSigner, type GeneratedKey, generateKey, type Signer } from '../envelope/index.js'
import { type Agreement, type AgreementPayload, openAgreement, signAgreement } from '../recognition/index.js'
import { type AnyRecord, kindOf, type SignRecordOptions, signRecord } from '../records/index.js'
import {
  anchorOf,
  openTrust,
  type SignedTrustList,
  signTrustList,
  type Trust,
  type TrustAnchor,
  type TrustListPayload,
} from '../trust/index.js'
import { type OrganisationKey, organisation, organisations } from './organisations.js'

const INSTITUTE_TYPES = [
  'metrology-record+jwt',
  'metrology-request+jwt',
  'metrology-notice+jwt',
  'metrology-label+jwt',
  'metrology-joint+jwt',
  'statuslist+jwt',
]
const AUTHORITY_TYPES = [...INSTITUTE_TYPES, 'metrology-receipt+jwt', 'metrology-agreement+jwt']

const AUTHORITIES = ['SC-AMR', 'CQ-AMR'] as const
export type AuthorityKey = (typeof AUTHORITIES)[number]

export interface FakeAuthorities {
  readonly anchors: readonly TrustAnchor[]
  readonly trustLists: readonly SignedTrustList[]
  readonly trust: Trust
  readonly signedAgreement: readonly string[]
  readonly agreement: Agreement
  readonly keys: ReadonlyMap<OrganisationKey, GeneratedKey>
  /** The signer of a body. @param alg one of the algorithms of the options; by default the first */
  signer(key: OrganisationKey, alg?: AlgorithmName): Signer
  /** Log of an authority as its trust list names it, with its keys, for `createNode`. */
  log(authority: AuthorityKey): { readonly origin: string; readonly signer: Signer; readonly witness: Signer }
  logKey(authority: AuthorityKey): GeneratedKey
  /** Key with which the authority cosigns other logs; the trust lists name it if `witnessKeys` is set. */
  witnessKey(authority: AuthorityKey): GeneratedKey
  /** Root keys of an authority, to sign the next version of its trust list. */
  rootSigners(authority: AuthorityKey): readonly [Signer, ...Signer[]]
  /** Signs a record with the key of a body; by default at 17:00 on the day of the record. */
  sign(key: OrganisationKey, record: AnyRecord, options?: Partial<Omit<SignRecordOptions, 'signer'>>): Promise<string>
}

/** Time of the demonstration; the fixtures are dated in the months before it. */
export const DEMONSTRATION_TIME = '2025-06-16T09:00:00+08:00'

export interface FakeOptions {
  readonly at?: string
  /** Each body has one key per algorithm; the first one signs by default. The second root key has the last algorithm. @default ['ES256'] */
  readonly algorithms?: readonly AlgorithmName[]
  /**
   * True if the trust lists name witness keys; a node then cosigns with its own one (`log(…).witness`). Otherwise the key of a log is its
   * witness key too, as in lists before 0.2.0. @default false
   */
  readonly witnessKeys?: boolean
}

/**
 * Creates both authorities with their institutes. Two of two root keys sign each trust list; both authorities sign the agreement.
 * `at` is the day of publication of lists and agreement; they are current for a month after it.
 * @example
 * ```ts
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities({ algorithms: ['SGD_SM3_SM2'] })
 * world.signer('CD').alg // => 'SGD_SM3_SM2'
 * fixtures.F01.record.kind // => 'verification-record'
 * ```
 */
export async function createFakeAuthorities(options: FakeOptions = {}): Promise<FakeAuthorities> {
  const at = parseInstant(options.at ?? DEMONSTRATION_TIME)
  const algorithms = options.algorithms ?? [AlgorithmName.options[0]]
  const keys = new Map<OrganisationKey, readonly GeneratedKey[]>()
  const signers = new Map<OrganisationKey, readonly Signer[]>()
  for (const key of Object.keys(organisations) as OrganisationKey[]) {
    const generated = await Promise.all(algorithms.map((alg) => generateKey(alg)))
    keys.set(key, generated)
    signers.set(key, await Promise.all(generated.map(({ privateJwk }) => createSigner(privateJwk))))
  }
  const [first, second] = AlgorithmName.options as [AlgorithmName, AlgorithmName]
  const rootAlgorithms = [first, AlgorithmName.options.findLast((alg) => alg !== first && algorithms.includes(alg)) ?? second]
  const lists = await Promise.all(
    AUTHORITIES.map((authority) => makeTrustList(authority, keys, { rootAlgorithms, at, witnessKeys: options.witnessKeys === true })),
  )
  const anchors = lists.map(({ payload }) => anchorOf(payload))
  const trustLists = lists.map(({ signed }) => signed)
  const trust = await openTrust({ anchors, lists: trustLists })
  const signer = (key: OrganisationKey, alg?: AlgorithmName): Signer => {
    const own = signers.get(key) ?? []
    const found = alg === undefined ? own[0] : own.find((one) => one.alg === alg)
    if (found === undefined) throw new TypeError(`${key} has no key of ${alg}`)
    return found
  }
  const signedAgreement = await signAgreement(agreementPayload(), [signer('SC-AMR'), signer('CQ-AMR')])
  return {
    anchors,
    trustLists,
    trust,
    signedAgreement,
    agreement: await openAgreement(signedAgreement, trust),
    keys: new Map([...keys].map(([key, [first]]) => [key, first as GeneratedKey])),
    signer,
    log: (authority) => (lists[AUTHORITIES.indexOf(authority)] as (typeof lists)[number]).log,
    logKey: (authority) => (lists[AUTHORITIES.indexOf(authority)] as (typeof lists)[number]).logKey,
    witnessKey: (authority) => (lists[AUTHORITIES.indexOf(authority)] as (typeof lists)[number]).witnessKey,
    rootSigners: (authority) => (lists[AUTHORITIES.indexOf(authority)] as (typeof lists)[number]).rootSigners,
    sign: (key, record, rest = {}) => signRecord(record, { at: signedAt(record), ...rest, signer: signer(key) }),
  }
}

const signedAt = (record: AnyRecord): number => startOfDay(kindOf(record).issuedOn(record)) + 17 * 3600

async function makeTrustList(
  authority: AuthorityKey,
  keys: ReadonlyMap<OrganisationKey, readonly GeneratedKey[]>,
  { rootAlgorithms, at, witnessKeys }: { rootAlgorithms: readonly AlgorithmName[]; at: number; witnessKeys: boolean },
) {
  const { region, uscc } = organisation(authority)
  const roots = await Promise.all(rootAlgorithms.map((alg) => generateKey(alg)))
  const [logKey, witnessKey] = await Promise.all([generateKey('Ed25519'), generateKey('Ed25519')])
  const origin = `node-${region}.example/v1/log`
  const from = startOfDay('2021-01-01')
  const today = civilDateOf(at)
  const payload: TrustListPayload = {
    iss: uscc,
    region,
    version: 1,
    iat: startOfDay(today),
    nextUpdate: startOfDay(addPeriod(today, parsePeriod('P14D'))),
    exp: startOfDay(addPeriod(today, parsePeriod('P30D'))),
    roots: { keys: roots.map(({ publicJwk }) => publicJwk), threshold: 2 },
    entities: (Object.keys(organisations) as OrganisationKey[])
      .filter((key) => organisation(key).region === region)
      .map((key) => ({
        uscc: organisation(key).uscc,
        name: organisation(key).name,
        region,
        keys: (keys.get(key) ?? []).map(({ publicJwk }) => ({
          jwk: publicJwk,
          typ: key === authority ? AUTHORITY_TYPES : INSTITUTE_TYPES,
          notBefore: from,
          notAfter: startOfDay('2030-12-31'),
        })),
        authorisations: [...organisation(key).authorisations],
      })),
    logs: [{ origin, key: logKey.publicJwk, ...(witnessKeys && { witness: witnessKey.publicJwk }) }],
  }
  const [first, second] = await Promise.all(roots.map(({ privateJwk }) => createSigner(privateJwk)))
  const rootSigners = [first as Signer, second as Signer] as const
  const log = { origin, signer: await createSigner(logKey.privateJwk), witness: await createSigner(witnessKey.privateJwk) }
  return { payload, rootSigners, log, logKey, witnessKey, signed: await signTrustList(payload, rootSigners) }
}

const BOTH_WAYS = [
  { from: '51', to: '50' },
  { from: '50', to: '51' },
]
const MOBILE = [
  'taximeter',
  'road-tanker',
  'tank-container',
  'fuel-dispenser',
  'gas-filler',
  'radar-mobile',
  'laser-speed',
  'breath-alcohol',
  'axle-weigher',
  'sound-level-meter',
  'exhaust-gas',
]

/** The agreement of the demonstration: three recognitions, both ways. Document numbers are invented. */
export const agreementPayload = (): AgreementPayload => ({
  id: 'chuan-yu-metrology',
  version: 1,
  title: { zh: '川渝计量互认协议（示例）', en: 'Sichuan–Chongqing metrology mutual recognition agreement (example)' },
  parties: (['SC-AMR', 'CQ-AMR'] as const).map((key) => ({
    uscc: organisation(key).uscc,
    region: organisation(key).region,
    name: organisation(key).name,
  })),
  iat: startOfDay('2024-06-20'),
  from: '2024-07-01',
  clauses: [
    {
      id: 'mobile-verification',
      title: { zh: '移动式计量器具强制检定结果互认', en: 'Mandatory verification of mobile instruments' },
      basis: '川渝计量互认协议（示例）第二条',
      kinds: ['verification-record'],
      categories: MOBILE,
      directions: BOTH_WAYS,
      from: '2024-07-01',
      conditions: [
        { name: 'mobile-only' },
        { name: 'specification-in-force' },
        { name: 'issuer-authorised' },
        { name: 'validity-remaining', min: 'P0D' },
      ],
      labelSuffices: true,
      effect: { zh: '有效期内对方不再重复检定', en: 'the other side does not verify again until the validity ends' },
    },
    {
      id: 'work-results-verification',
      title: { zh: '计量工作结果互认（检定）', en: 'Metrology work results: verification' },
      basis: '川渝计量互认协议（示例）第一条',
      kinds: ['verification-record'],
      categories: ['weights', 'hydrometer', 'pressure-gauge', 'engine-dynamometer', 'torque-transducer'],
      directions: BOTH_WAYS,
      from: '2024-07-01',
      conditions: [
        { name: 'specification-in-force' },
        { name: 'local-specification-adopted' },
        { name: 'issuer-authorised' },
        { name: 'uncertainty-at-most', ratio: '1/3' },
        { name: 'validity-remaining', min: 'P0D' },
      ],
      effect: { zh: '有效期内对方不再重复检定', en: 'the other side does not verify again until the validity ends' },
    },
    {
      id: 'work-results-calibration',
      title: { zh: '计量工作结果互认（校准）', en: 'Metrology work results: calibration' },
      basis: '川渝计量互认协议（示例）第一条',
      kinds: ['calibration-result'],
      categories: 'all',
      directions: BOTH_WAYS,
      from: '2024-07-01',
      conditions: [
        { name: 'specification-in-force' },
        { name: 'local-specification-adopted' },
        { name: 'issuer-authorised' },
        { name: 'uncertainty-at-most', ratio: '1/3' },
      ],
      effect: { zh: '采信为计量溯源性证据', en: 'accepted as evidence of metrological traceability' },
    },
    {
      id: 'local-specifications',
      title: { zh: '地方计量技术规范互认', en: 'Local technical specifications' },
      basis: '川渝计量互认协议（示例）第三条',
      kinds: ['technical-specification'],
      categories: 'all',
      directions: BOTH_WAYS,
      from: '2024-07-01',
      conditions: [{ name: 'local-specification-adopted' }],
      effect: { zh: '可作为对方开展计量工作的依据', en: 'usable as a basis of work on the other side' },
    },
    {
      id: 'comparisons',
      title: { zh: '联合计量比对结果互认', en: 'Joint comparisons' },
      basis: '川渝计量互认协议（示例）第四条',
      kinds: ['comparison-result'],
      categories: 'all',
      directions: BOTH_WAYS,
      from: '2024-07-01',
      conditions: [{ name: 'specification-in-force' }],
      effect: { zh: '作为对方计量标准考核、复查的证据', en: 'evidence in the assessment of measurement standards on the other side' },
    },
    {
      id: 'joint-supervision',
      title: { zh: '法制计量联合监督', en: 'Joint supervision' },
      basis: '川渝计量互认协议（示例）第五条',
      kinds: ['supervision-finding'],
      categories: 'all',
      directions: BOTH_WAYS,
      from: '2024-07-01',
      conditions: [],
      effect: { zh: '对方可见，并据以安排监督检查', en: 'visible to the other side, which plans its inspections by it' },
    },
    {
      id: 'type-approvals',
      title: { zh: '型式批准“跨省通办”和结果互认', en: 'Type approvals' },
      basis: '川渝计量互认协议（示例）第六条',
      kinds: ['type-approval'],
      categories: 'all',
      directions: BOTH_WAYS,
      from: '2024-07-01',
      conditions: [{ name: 'validity-remaining', min: 'P0D' }],
      effect: { zh: '对方不再重复审批', en: 'the other side does not approve again' },
    },
  ],
  tests: [
    {
      title: '成都检定的计价器在重庆适用移动式条款',
      kind: 'verification-record',
      category: 'taximeter',
      from: '51',
      to: '50',
      factDate: '2025-03-12',
      clause: 'mobile-verification',
    },
    {
      title: '协议生效前不适用',
      kind: 'verification-record',
      category: 'taximeter',
      from: '51',
      to: '50',
      factDate: '2024-06-30',
      clause: null,
    },
    {
      title: '水表不在互认之列',
      kind: 'verification-record',
      category: 'water-meter',
      from: '50',
      to: '51',
      factDate: '2025-03-12',
      clause: null,
    },
    {
      title: '校准结果双向互认',
      kind: 'calibration-result',
      category: 'nawi-digital',
      from: '51',
      to: '50',
      factDate: '2025-03-03',
      clause: 'work-results-calibration',
    },
    {
      title: '川渝以外不适用',
      kind: 'calibration-result',
      category: 'nawi-digital',
      from: '52',
      to: '50',
      factDate: '2025-03-03',
      clause: null,
    },
  ],
})
