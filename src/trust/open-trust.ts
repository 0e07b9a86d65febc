/**
 * From pinned root keys and signed lists to a trust in memory. Trust flows only downward from the anchors a verifier
 * pinned itself; nothing a statement says about itself adds any.
 */
import { TonghengError } from '../base/error.js'
import { parseShape } from '../base/shape.js'
import {
  coSign,
  importKey,
  type PublicJwk,
  parsePayload,
  parseStatement,
  type Signer,
  signStatement,
  type VerificationKey,
  verifySignature,
} from '../envelope/index.js'
import { type Entity, type EntityKey, TrustListPayload } from './trust-list.js'

/** What a verifier pins, by hand, once. */
export interface TrustAnchor {
  /** USCC of the authority. */
  readonly authority: string
  /** Two-digit province whose entities the authority answers for. */
  readonly region: string
  readonly keys: readonly PublicJwk[]
  readonly threshold: number
}

/** One signed list: the same payload under several signatures. */
export type SignedTrustList = readonly string[]

export interface TrustList {
  readonly payload: TrustListPayload
  readonly statementId: string
  readonly signed: SignedTrustList
}

/** A key, who holds it, and on whose word. */
export interface KeyHolder {
  readonly entity: Entity
  readonly key: EntityKey
  readonly verification: VerificationKey
  readonly list: TrustList
}

/** Opened trust: only `openTrust` makes one, so there is no unverified object that looks verified. */
export interface Trust {
  readonly anchors: readonly TrustAnchor[]
  readonly lists: readonly TrustList[]
  /** Every holder of a key, by thumbprint; one key bytes may be listed for two entities. */
  holders(kid: string): readonly KeyHolder[]
  entity(uscc: string): { readonly entity: Entity; readonly list: TrustList } | undefined
}

const MAX_LIST_LENGTH = 4_194_304
const MAX_VALUES = 500_000
const NOBODY: readonly KeyHolder[] = []

/**
 * Opens trust from anchors and lists, one list an authority.
 * @throws `trust-list.*` where a list is not signed by its threshold, speaks for another province, or lists a body, or one
 * of its keys, twice
 */
export async function openTrust(options: { anchors: readonly TrustAnchor[]; lists: readonly SignedTrustList[] }): Promise<Trust> {
  const lists: TrustList[] = []
  const byKid = new Map<string, KeyHolder[]>()
  const byUscc = new Map<string, { entity: Entity; list: TrustList }>()
  for (const signed of options.lists) {
    const list = await verifyTrustList(signed, options.anchors)
    if (lists.some((other) => other.payload.iss === list.payload.iss)) {
      throw new TonghengError('trust-list.twice', { authority: list.payload.iss })
    }
    lists.push(list)
    for (const [at, entity] of list.payload.entities.entries()) {
      if (byUscc.has(entity.uscc)) throw new TonghengError('trust-list.entity-twice', { uscc: entity.uscc })
      byUscc.set(entity.uscc, { entity, list })
      for (const [keyAt, key] of entity.keys.entries()) {
        const verification = await importKey(key.jwk)
        const holder = { entity, key, verification, list }
        const others = byKid.get(verification.kid) ?? []
        // Of two entries for one key only the first would be found, and a revocation in the second be overlooked.
        if (others.some((other) => other.entity === entity)) {
          throw new TonghengError('trust-list.shape', { path: `/entities/${at}/keys/${keyAt}/jwk`, faults: [] })
        }
        byKid.set(verification.kid, [...others, holder])
      }
    }
  }
  return {
    anchors: options.anchors,
    lists,
    holders: (kid) => byKid.get(kid) ?? NOBODY,
    entity: (uscc) => byUscc.get(uscc),
  }
}

/**
 * One list against the anchor of its authority: byte-identical payload, and at least `threshold` distinct anchored keys.
 * Two signatures by one key count once, whatever they call it.
 */
async function verifyTrustList(signed: SignedTrustList, anchors: readonly TrustAnchor[]): Promise<TrustList> {
  const [first] = signed
  if (first === undefined || signed.length > 20) throw new TonghengError('trust-list.empty')
  const statements = signed.map((text) => parseStatement(text, 'metrology-trust-list+jwt', { maxLength: MAX_LIST_LENGTH }))
  const [statement] = statements as [ReturnType<typeof parseStatement>]
  if (statements.some((other) => other.payloadSegment !== statement.payloadSegment)) throw new TonghengError('trust-list.payload-differs')
  const json = parsePayload(statement, { maxLength: MAX_LIST_LENGTH, maxValues: MAX_VALUES })
  const anchor = anchors.find((candidate) => candidate.authority === json.iss)
  if (anchor === undefined) throw new TonghengError('trust-list.no-anchor', { authority: String(json.iss).slice(0, 40) })
  const signers = new Set<string>()
  for (const jwk of anchor.keys) {
    const key = await importKey(jwk)
    for (const other of statements) {
      if (other.kid === key.kid && (await verifySignature(other, key))) signers.add(key.kid)
    }
  }
  // Parsed only now: the shape of what nobody trusted signed does not matter.
  // Asked this way round, so that an anchor without a threshold, or with one below 1, lets nothing in.
  if (!(signers.size >= Math.max(1, anchor.threshold))) {
    throw new TonghengError('trust-list.threshold', { authority: anchor.authority, signed: signers.size, threshold: anchor.threshold })
  }
  const payload = payloadOf(json)
  const foreign = payload.entities.find((entity) => entity.region !== anchor.region)
  if (payload.region !== anchor.region || foreign !== undefined) {
    throw new TonghengError('trust-list.region', { authority: anchor.authority, region: foreign?.region ?? payload.region })
  }
  if (!(payload.iat <= payload.nextUpdate && payload.nextUpdate <= payload.exp)) {
    throw new TonghengError('trust-list.times', { authority: anchor.authority })
  }
  return { payload, statementId: statement.id, signed }
}

/**
 * Signs a trust list with one or more root keys.
 * @returns one compact JWS a signer, with the same payload segment
 */
export async function signTrustList(payload: TrustListPayload, signers: readonly [Signer, ...Signer[]]): Promise<string[]> {
  const typ = 'metrology-trust-list+jwt'
  const [first, ...others] = signers
  const statement = await signStatement(payloadOf(payload), { typ, signer: first, maxValues: MAX_VALUES })
  const rest = await Promise.all(others.map((signer) => coSign(statement, { typ, signer })))
  return [statement, ...rest]
}

function payloadOf(json: unknown): TrustListPayload {
  const { value, faults } = parseShape<TrustListPayload>(TrustListPayload, json)
  if (value === undefined) throw new TonghengError('trust-list.shape', { path: faults[0]?.path ?? '', faults })
  return value
}

/** The anchor that pins an authority's root keys. */
export const anchorOf = (payload: TrustListPayload): TrustAnchor => ({
  authority: payload.iss,
  region: payload.region,
  keys: payload.roots.keys,
  threshold: payload.roots.threshold,
})
