/**
 * From pinned root keys and signed lists to a trust in memory. Trust flows only downward from the anchors a verifier
 * pinned itself; nothing a statement says about itself adds any.
 */
import { TonghengError } from '../base/error.js'
import { checkOptions, type Expectation, isArrayOf, isString, type OptionTable } from '../base/options.js'
import { importKey, type Signer, signTogether, type VerificationKey } from '../envelope/index.js'
import type { Entity, EntityKey, TrustListPayload } from './trust-list.js'
import {
  type Candidate,
  MAX_VALUES,
  payloadOf,
  readCandidate,
  type SeenTrustList,
  type SignedTrustList,
  type TrustAnchor,
  type TrustList,
  walk,
} from './walk.js'

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
  /** The newest list of each authority. */
  readonly lists: readonly TrustList[]
  /** Every version given of an authority, verified, oldest first. */
  versions(authority: string): readonly TrustList[]
  /** What to remember, and give to `openTrust` ever after, so that no older list is taken again. */
  readonly seen: readonly SeenTrustList[]
  /** Every holder of a key, by thumbprint; one key bytes may be listed for two entities. */
  holders(kid: string): readonly KeyHolder[]
  entity(uscc: string): { readonly entity: Entity; readonly list: TrustList } | undefined
}

export interface OpenTrustOptions {
  readonly anchors: readonly TrustAnchor[]
  /** Versions of the authorities' lists, in any order; where an authority has several, without a gap. */
  readonly lists: readonly SignedTrustList[]
  /** What earlier openings have seen. @default nothing: the first opening */
  readonly seen?: readonly SeenTrustList[]
}

const ARRAY: Expectation = { is: Array.isArray, expected: { zh: '数组', en: 'an array' } }
const OPTIONS: OptionTable = {
  anchors: ARRAY,
  lists: {
    is: isArrayOf(isArrayOf(isString)),
    expected: { zh: '数组，每项是一份信任列表的各个签名', en: 'an array, each item the signatures of one trust list' },
  },
  seen: { ...ARRAY, isOptional: true },
}

const NOBODY: readonly KeyHolder[] = []

/**
 * Opens trust from anchors and lists. Of several versions the newest counts, once every step to it is proved.
 * @throws `trust-list.*` where a list is not signed by its threshold, speaks for another province, lists a body, one of its
 * keys or a log twice, takes something away, or is older or other than one seen before
 */
export async function openTrust(options: OpenTrustOptions): Promise<Trust> {
  checkOptions('openTrust', options, OPTIONS)
  const { anchors, seen = [] } = options
  const given = new Map<string, Candidate[]>(seen.map(({ authority }) => [authority, []]))
  for (const candidate of options.lists.map(readCandidate)) {
    const iss = String(candidate.json.iss)
    given.set(iss, [...(given.get(iss) ?? []), candidate])
  }
  const lists: TrustList[] = []
  const versions = new Map<string, readonly TrustList[]>()
  const byKid = new Map<string, KeyHolder[]>()
  const byUscc = new Map<string, { entity: Entity; list: TrustList }>()
  const logs = new Map<string, string>()
  for (const [authority, candidates] of given) {
    const anchor = anchors.find((one) => one.authority === authority)
    if (anchor === undefined) throw new TonghengError('trust-list.no-anchor', { authority: authority.slice(0, 40) })
    const walked = await walk(
      anchor,
      candidates,
      seen.find((one) => one.authority === authority),
    )
    const list = walked.at(-1) as TrustList
    versions.set(authority, walked)
    lists.push(list)
    await enter(list, byKid, byUscc)
    await enterLogs(list, logs)
  }
  const highest = lists.map(({ payload, statementId }) => ({ authority: payload.iss, version: payload.version, statementId }))
  return {
    anchors,
    lists,
    versions: (authority) => versions.get(authority) ?? [],
    seen: highest,
    holders: (kid) => byKid.get(kid) ?? NOBODY,
    entity: (uscc) => byUscc.get(uscc),
  }
}

/** Enters the bodies of a list and their keys. @throws `trust-list.entity-twice`, `trust-list.shape`, `key.invalid` */
async function enter(
  list: TrustList,
  byKid: Map<string, KeyHolder[]>,
  byUscc: Map<string, { entity: Entity; list: TrustList }>,
): Promise<void> {
  for (const [at, entity] of list.payload.entities.entries()) {
    if (byUscc.has(entity.uscc)) throw new TonghengError('trust-list.entity-twice', { uscc: entity.uscc })
    byUscc.set(entity.uscc, { entity, list })
    for (const [keyAt, key] of entity.keys.entries()) {
      const verification = await importKey(key.jwk)
      const holder = { entity, key, verification, list }
      const others = byKid.get(verification.kid) ?? []
      // Of two entries for one key only the first would be found, and a revocation in the second be overlooked.
      if (others.some((other) => other.entity === entity))
        throw new TonghengError('trust-list.shape', { path: `/entities/${at}/keys/${keyAt}/jwk`, faults: [] })
      byKid.set(verification.kid, [...others, holder])
    }
  }
}

/** One name, one log: of two keys under it a reader would take either. @throws `trust-list.log-twice`, `key.invalid` */
async function enterLogs({ payload }: TrustList, byOrigin: Map<string, string>): Promise<void> {
  for (const { origin, key } of payload.logs) {
    const { kid } = await importKey(key)
    if ((byOrigin.get(origin) ?? kid) !== kid) throw new TonghengError('trust-list.log-twice', { origin })
    byOrigin.set(origin, kid)
  }
}

/**
 * Signs a trust list with one or more root keys. A version that rotates the roots needs the thresholds of the old and of
 * the new ones among its signers.
 * @returns one compact JWS a signer, with the same payload segment
 * @throws `signer.twice` where a key is given twice
 */
export async function signTrustList(payload: TrustListPayload, signers: readonly [Signer, ...Signer[]]): Promise<string[]> {
  return signTogether(payloadOf(payload), signers, { typ: 'metrology-trust-list+jwt', maxValues: MAX_VALUES })
}

/** The anchor that pins an authority's root keys. */
export const anchorOf = (payload: TrustListPayload): TrustAnchor => ({
  authority: payload.iss,
  region: payload.region,
  keys: payload.roots.keys,
  threshold: payload.roots.threshold,
})
