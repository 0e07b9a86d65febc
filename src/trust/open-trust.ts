/**
 * Opens trust in memory from pinned root keys and signed lists. Trust derives only from the anchors that a verifier pinned;
 * no statement can add any by its own content.
 */

import { checkOptions, type Expectation, isArrayOf, isObject, isString, type OptionTable } from '../base/options.js'
import { importKey, isSameKey, type PublicJwk, type Signer, signTogether, type VerificationKey } from '../envelope/index.js'
import { categoriesInBoth } from './check-authority.js'
import { fault } from './messages.js'
import { type ListedEntity, mustHaveOwnWitness, ownEntities, ownLogs, type TrustedLog, type TrustFinding } from './owners.js'
import type { Authorisation, Entity, EntityKey, TrustListPayload } from './trust-list.js'
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

/** A key, its holder, and the list that states it. */
export interface KeyHolder extends ListedEntity {
  readonly key: EntityKey
  readonly verification: VerificationKey
}

/** Opened trust; only `openTrust` creates one, so an unverified object cannot be mistaken for it. */
export interface Trust {
  readonly anchors: readonly TrustAnchor[]
  /** The list used for each authority: its newest, unless `newer` of `openTrust` is `last-understood`. */
  readonly lists: readonly TrustList[]
  /** The newest lists if they are of a later version: genuine, and understood in part. */
  readonly partlyRead: readonly TrustList[]
  /** All verified versions of an authority, oldest first. */
  versions(authority: string): readonly TrustList[]
  /** Store this, and pass it to every later `openTrust`, so that no older list is accepted (rollback check). */
  readonly seen: readonly SeenTrustList[]
  /** Every holder of a key, by thumbprint; one key may be listed for two bodies. */
  holders(kid: string): readonly KeyHolder[]
  /** All keys of a body in the list of its owner. */
  keysOf(uscc: string): readonly KeyHolder[]
  /** A body as its owner lists it, with the entries of other authorities. */
  entity(uscc: string): ListedEntity | undefined
  /** All logs, each by its owner: if two authorities list one origin, the first. */
  readonly logs: readonly TrustedLog[]
  /** Entries that were ignored because they belong to another authority, and other defects of lists. */
  readonly findings: readonly TrustFinding[]
}

export interface OpenTrustOptions {
  readonly anchors: readonly TrustAnchor[]
  /** Versions of the authorities' lists, in any order; for each authority without a gap. */
  readonly lists: readonly SignedTrustList[]
  /** Result of earlier openings. @default nothing: the first opening */
  readonly seen?: readonly SeenTrustList[]
  /**
   * What to do if the newest list has members of a later version: `undecided` uses it, and verdicts that depend on it are
   * indeterminate; `last-understood` uses the last version without such members, minus what the newest no longer grants, until it
   * expires.
   * @default 'undecided'
   */
  readonly newer?: 'undecided' | 'last-understood'
  /** Trust opened before: its versions are not verified again if the anchors are the same. */
  readonly known?: Trust | undefined
}

/** Objects returned by `openTrust`; any other object of that shape is rejected. */
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
 * Opens trust from anchors and lists. The newest version of each list is used, after every step to it was verified. If two
 * authorities list the same thing, the entry of its owner applies (`owners.ts`); `findings` names the other, and both lists remain
 * valid. @throws `trust-list.*` if a list is not signed by its threshold; has entries of another province; lists a body, a key of
 * a body or a log twice; removes an entry of its previous version; or is older than, or differs from, one seen before
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

/** Computes `seen` from stored lists, without verifying signatures. Lists of `known` are not parsed again. */
export const seenIn = (kept: readonly SignedTrustList[], known?: Trust): SeenTrustList[] => seenInLists(kept, knownVersions(known))

/** All verified versions, by their first signature. */
const knownVersions = (known: Trust | undefined): KnownVersions =>
  new Map(
    (known === undefined || !opened.has(known) ? [] : known.anchors).flatMap(({ authority }) =>
      (known as Trust).versions(authority).map((list) => [list.signed[0] as string, list]),
    ),
  )

const isSameAnchor = (one: TrustAnchor, other: TrustAnchor): boolean => one === other || JSON.stringify(one) === JSON.stringify(other)

/**
 * Rights that both an earlier version and the newest grant: the newest is understood in part, so it grants nothing more. It
 * contains every entry of earlier versions (`removedFrom`).
 */
function lessened(payload: TrustListPayload, newest: TrustListPayload): TrustListPayload {
  const now = new Map(newest.entities.map((entity) => [entity.uscc, entity]))
  const inBoth = <Item>(some: readonly Item[], others: readonly Item[]): Item[] => some.filter((one) => others.includes(one))
  const entities = payload.entities.map((entity) => {
    const { keys, authorisations } = now.get(entity.uscc) as Entity
    const stillAble = new Set(capabilitiesOf(authorisations))
    // A changed capability cannot be matched with the one that replaces it, so the body has none: its certificates are undecided.
    const isChanged = capabilitiesOf(entity.authorisations).some((one) => !stillAble.has(one))
    return {
      ...entity,
      keys: entity.keys.map((key) => {
        const { notAfter, revoked, typ } = keys.find(({ jwk }) => isSameKey(jwk, key.jwk)) as EntityKey
        return { ...key, typ: inBoth(key.typ, typ), notAfter: Math.min(key.notAfter, notAfter), ...(revoked && { revoked }) }
      }),
      authorisations: entity.authorisations.map((one) => {
        const isNewer = ({ number, from }: Authorisation): boolean => number === one.number && from === one.from
        const { to, kinds, categories } = authorisations.find(isNewer) as Authorisation
        return {
          ...one,
          to: one.to < to ? one.to : to,
          kinds: inBoth(one.kinds, kinds),
          categories:
            categories === 'all' ? one.categories : one.categories === 'all' ? categories : categoriesInBoth(one.categories, categories),
          ...(isChanged && { capabilities: [] }),
        }
      }),
    }
  })
  return { ...payload, entities }
}

/** Each capability (校准和测量能力) with its authorisation, as text for comparison. */
const capabilitiesOf = (some: readonly Authorisation[]): string[] =>
  some.flatMap(({ number, from, capabilities = [] }) => capabilities.map((one) => JSON.stringify([number, from, one])))

/** @throws `trust-list.entity-twice`, `trust-list.log-twice` */
function mustBeOnce({ payload }: TrustList): void {
  const bodies = new Set<string>()
  for (const { uscc } of payload.entities) {
    if (bodies.has(uscc)) throw fault('trust-list.entity-twice', { uscc })
    bodies.add(uscc)
  }
  // An origin must identify one log: with two keys, readers could use either.
  const logs = new Map<string, PublicJwk>()
  for (const { origin, key } of payload.logs) {
    if (!isSameKey(logs.get(origin) ?? key, key)) throw fault('trust-list.log-twice', { origin })
    logs.set(origin, key)
  }
}

/**
 * Keys by thumbprint, in the order of the lists; of each body only those in its owner's list. @throws `trust-list.shape`,
 * `key.invalid`
 */
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
        // Reject two entries for one key: only the first would be found, and a revocation in the second be missed.
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
 * Signs a trust list with one or more root keys. A version that rotates the roots needs a threshold of the old roots and one of
 * the new roots among its signers.
 * @returns one compact JWS per signer, with the same payload segment
 * @throws `signer.twice` if a key is given twice; `trust-list.shape`; `trust-list.witness-key` if a witness key is also the key of a log
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
