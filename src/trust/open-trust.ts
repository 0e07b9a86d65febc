/**
 * From pinned root keys and signed lists to a trust in memory. Trust flows only downward from the anchors a verifier
 * pinned itself; nothing a statement says about itself adds any.
 */

import { checkOptions, type Expectation, isArrayOf, isObject, isString, type OptionTable } from '../base/options.js'
import { importKey, isSameKey, type PublicJwk, type Signer, signTogether, type VerificationKey } from '../envelope/index.js'
import { fault } from './messages.js'
import { type ListedEntity, mustHaveOwnWitness, ownEntities, ownLogs, type TrustedLog, type TrustFinding } from './owners.js'
import type { EntityKey, TrustListPayload } from './trust-list.js'
import {
  type Candidate,
  type KnownVersions,
  MAX_VALUES,
  payloadOf,
  readCandidate,
  type SeenTrustList,
  type SignedTrustList,
  seenInLists,
  type TrustAnchor,
  type TrustList,
  walk,
} from './walk.js'

/** A key, who holds it, and on whose word. */
export interface KeyHolder extends ListedEntity {
  readonly key: EntityKey
  readonly verification: VerificationKey
}

/** Opened trust: only `openTrust` makes one, so there is no unverified object that looks verified. */
export interface Trust {
  readonly anchors: readonly TrustAnchor[]
  /** The list of each authority that is judged by: its newest, or what `newer` of `openTrust` says. */
  readonly lists: readonly TrustList[]
  /** The newest lists that are of a later version: genuine, and understood in part. */
  readonly partlyRead: readonly TrustList[]
  /** Every version given of an authority, verified, oldest first. */
  versions(authority: string): readonly TrustList[]
  /** What to remember, and give to `openTrust` ever after, so that no older list is taken again. */
  readonly seen: readonly SeenTrustList[]
  /** Every holder of a key, by thumbprint; one key bytes may be listed for two entities. */
  holders(kid: string): readonly KeyHolder[]
  /** Every key that its owner lists of a body. */
  keysOf(uscc: string): readonly KeyHolder[]
  /** A body as its owner lists it, and what other authorities say of it. */
  entity(uscc: string): ListedEntity | undefined
  /** Every log, each by its owner: of two authorities that list one name the first. */
  readonly logs: readonly TrustedLog[]
  /** Entries that were not taken, since they are another authority's, and what else an authority should mend. */
  readonly findings: readonly TrustFinding[]
}

export interface OpenTrustOptions {
  readonly anchors: readonly TrustAnchor[]
  /** Versions of the authorities' lists, in any order; where an authority has several, without a gap. */
  readonly lists: readonly SignedTrustList[]
  /** What earlier openings have seen. @default nothing: the first opening */
  readonly seen?: readonly SeenTrustList[]
  /**
   * Where the newest list has members of a later version: `undecided` judges by it, and what rests on it is indeterminate;
   * `last-understood` goes on with the version before that has none, less what the newest ends or revokes, until that one expires.
   * @default 'undecided'
   */
  readonly newer?: 'undecided' | 'last-understood'
  /** Trust that was opened before: versions that it has are not verified again, where the anchors are the same. */
  readonly known?: Trust | undefined
}

/** What `openTrust` gave: an object that only looks like one vouches for nothing. */
const opened = new WeakSet<object>()

const KEYS: Expectation = {
  is: isArrayOf((one) => isObject(one) && isString(one.authority) && Array.isArray(one.keys)),
  expected: {
    zh: '固定的根公钥的数组（authority、region、keys、threshold）',
    en: 'an array of pinned root keys (authority, region, keys, threshold)',
  },
}
const SEEN: Expectation = {
  is: isArrayOf((one) => isObject(one) && isString(one.authority)),
  expected: { zh: '以前 openTrust 的 seen', en: 'seen of an earlier openTrust' },
  isOptional: true,
}
const OPTIONS: OptionTable = {
  anchors: KEYS,
  lists: {
    is: isArrayOf(isArrayOf(isString)),
    expected: { zh: '数组，每项是一份信任列表的各个签名', en: 'an array, each item the signatures of one trust list' },
  },
  seen: SEEN,
  newer: {
    is: (value) => value === 'undecided' || value === 'last-understood',
    expected: { zh: 'undecided 或 last-understood', en: 'undecided or last-understood' },
    isOptional: true,
  },
  known: { is: (value) => opened.has(value as object), expected: { zh: 'openTrust 的结果', en: 'what openTrust gave' }, isOptional: true },
}

const NOBODY: readonly KeyHolder[] = []

/**
 * Opens trust from anchors and lists. Of several versions the newest counts, once every step to it is proved.
 * What two authorities list is decided by who owns it (`owners.ts`), and named in `findings`; it spoils neither list.
 * @throws `trust-list.*` where a list is not signed by its threshold, speaks for another province, lists a body, one of its
 * keys or a log twice itself, takes something away, or is older or other than one seen before
 * @example
 * ```ts
 * import { openTrust } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const trust = await openTrust({ anchors: world.anchors, lists: world.trustLists })
 * trust.lists.length // => 2
 * ```
 */
export async function openTrust(options: OpenTrustOptions): Promise<Trust> {
  checkOptions('openTrust', options, OPTIONS)
  const { anchors, seen = [], newer, known } = options
  const verified = knownVersions(known)
  const given = new Map<string, Candidate[]>(seen.map(({ authority }) => [authority, []]))
  for (const candidate of options.lists.map((signed) => readCandidate(signed, verified))) {
    const iss = String(candidate.json.iss)
    given.set(iss, [...(given.get(iss) ?? []), candidate])
  }
  const lists: TrustList[] = []
  const partlyRead: TrustList[] = []
  const highest: SeenTrustList[] = []
  const versions = new Map<string, readonly TrustList[]>()
  for (const [authority, candidates] of given) {
    const anchor = anchors.find((one) => one.authority === authority)
    if (anchor === undefined) throw fault('trust-list.no-anchor', { authority: authority.slice(0, 40) })
    const isAnchored = known?.anchors.some((one) => isSameAnchor(one, anchor)) ?? false
    const walked = await walk(anchor, candidates, {
      seen: seen.find((one) => one.authority === authority),
      known: isAnchored ? known?.versions(authority) : undefined,
    })
    const newest = walked.at(-1) as TrustList
    const understood =
      newer === 'last-understood' && newest.newer !== undefined ? walked.findLast((one) => one.newer === undefined) : undefined
    const list = understood === undefined ? newest : { ...understood, payload: lessened(understood.payload, newest.payload) }
    if (newest.newer !== undefined) partlyRead.push(newest)
    highest.push({ authority, version: newest.payload.version, statementId: newest.statementId })
    versions.set(authority, walked)
    mustBeOnce(list)
    lists.push(list)
  }
  const walked = anchors.flatMap(({ authority }) => {
    const list = lists.find(({ payload }) => payload.iss === authority)
    return list === undefined ? [] : [{ list, versions: versions.get(authority) ?? [] }]
  })
  const owned = ownEntities(walked)
  const logs = ownLogs(walked)
  const { byKid, byBody } = await holdersOf(lists, owned.entities)
  const trust: Trust = {
    anchors,
    lists,
    partlyRead,
    versions: (authority) => versions.get(authority) ?? [],
    seen: highest,
    holders: (kid) => byKid.get(kid) ?? NOBODY,
    keysOf: (uscc) => byBody.get(uscc) ?? NOBODY,
    entity: (uscc) => owned.entities.get(uscc),
    logs: logs.logs,
    findings: [...owned.findings, ...logs.findings],
  }
  opened.add(trust)
  return trust
}

/**
 * What a holder of lists has seen, from the lists it kept itself: nothing here looks at signatures. Those of `known` are not parsed again.
 */
export const seenIn = (kept: readonly SignedTrustList[], known?: Trust): SeenTrustList[] => seenInLists(kept, knownVersions(known))

/** Every version that was verified, by its first signature. */
const knownVersions = (known: Trust | undefined): KnownVersions =>
  new Map(
    (known === undefined || !opened.has(known) ? [] : known.anchors).flatMap(({ authority }) =>
      (known as Trust).versions(authority).map((list) => [list.signed[0] as string, list]),
    ),
  )

const isSameAnchor = (one: TrustAnchor, other: TrustAnchor): boolean => one === other || JSON.stringify(one) === JSON.stringify(other)

/** What an earlier version grants, less what the newest ends or revokes: it is not understood wholly, and grants nothing. */
function lessened(payload: TrustListPayload, newest: TrustListPayload): TrustListPayload {
  const now = new Map(newest.entities.map((entity) => [entity.uscc, entity]))
  const entities = payload.entities.map((entity) => {
    const { keys = [], authorisations = [] } = now.get(entity.uscc) ?? {}
    return {
      ...entity,
      keys: entity.keys.map((key) => {
        const { notAfter, revoked } = keys.find(({ jwk }) => isSameKey(jwk, key.jwk)) ?? key
        return { ...key, notAfter: Math.min(key.notAfter, notAfter), ...(revoked && { revoked }) }
      }),
      authorisations: entity.authorisations.map((one) => {
        const { to } = authorisations.find(({ number, from }) => number === one.number && from === one.from) ?? one
        return to < one.to ? { ...one, to } : one
      }),
    }
  })
  return { ...payload, entities }
}

/** @throws `trust-list.entity-twice`, `trust-list.log-twice` */
function mustBeOnce({ payload }: TrustList): void {
  const bodies = new Set<string>()
  for (const { uscc } of payload.entities) {
    if (bodies.has(uscc)) throw fault('trust-list.entity-twice', { uscc })
    bodies.add(uscc)
  }
  // One name, one log: of two keys under it a reader would take either.
  const logs = new Map<string, PublicJwk>()
  for (const { origin, key } of payload.logs) {
    if (!isSameKey(logs.get(origin) ?? key, key)) throw fault('trust-list.log-twice', { origin })
    logs.set(origin, key)
  }
}

/** Keys by thumbprint, in the order of the lists; of a body only those that its owner lists. @throws `trust-list.shape`, `key.invalid` */
async function holdersOf(lists: readonly TrustList[], entities: ReadonlyMap<string, ListedEntity>) {
  const byKid = new Map<string, KeyHolder[]>()
  const byBody = new Map<string, KeyHolder[]>()
  for (const list of lists) {
    for (const { key } of list.payload.logs) await importKey(key)
    for (const [at, entity] of list.payload.entities.entries()) {
      const listed = entities.get(entity.uscc) as ListedEntity
      const isOwner = listed.list === list
      const own = new Set<string>()
      for (const [keyAt, key] of entity.keys.entries()) {
        const verification = await importKey(key.jwk)
        const { kid } = verification
        // Of two entries for one key only the first would be found, and a revocation in the second be overlooked.
        if (own.has(kid)) throw fault('trust-list.shape', { path: `/entities/${at}/keys/${keyAt}/jwk`, faults: [] })
        own.add(kid)
        if (!isOwner) continue
        const holder = { ...listed, key, verification }
        byKid.set(kid, [...(byKid.get(kid) ?? []), holder])
        byBody.set(entity.uscc, [...(byBody.get(entity.uscc) ?? []), holder])
      }
    }
  }
  return { byKid, byBody }
}

/**
 * Signs a trust list with one or more root keys. A version that rotates the roots needs the thresholds of the old and of
 * the new ones among its signers.
 * @returns one compact JWS a signer, with the same payload segment
 * @throws `signer.twice` where a key is given twice; `trust-list.shape`; `trust-list.witness-key` where a log signs with the key of a witness
 * @example
 * ```ts
 * import { generateKey, signTrustList, createSigner } from 'tongheng'
 * import type { TrustListPayload } from 'tongheng/trust'
 *
 * const root = await generateKey()
 * const list: TrustListPayload = {
 *   iss: '11510000MB1F23451P',
 *   region: '51',
 *   version: 1,
 *   iat: 1_750_000_000,
 *   nextUpdate: 1_752_000_000,
 *   exp: 1_754_000_000,
 *   roots: { keys: [root.publicJwk], threshold: 1 },
 *   entities: [],
 *   logs: [],
 * }
 * const signed = await signTrustList(list, [await createSigner(root.privateJwk)])
 * signed.length // => 1
 * ```
 */
export async function signTrustList(payload: TrustListPayload, signers: readonly [Signer, ...Signer[]]): Promise<string[]> {
  const shaped = payloadOf(payload)
  mustHaveOwnWitness(shaped)
  return signTogether(shaped, signers, { typ: 'metrology-trust-list+jwt', maxValues: MAX_VALUES })
}

/** The anchor that pins an authority's root keys. */
export const anchorOf = (payload: TrustListPayload): TrustAnchor => ({
  authority: payload.iss,
  region: payload.region,
  keys: payload.roots.keys,
  threshold: payload.roots.threshold,
})
