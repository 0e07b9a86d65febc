/**
 * TUF 1.0 §5.3, update of the root: verifies the versions of an authority's list one by one, from the pinned root keys to the
 * newest. Each version is signed by the roots of the previous one and by its own, references the previous one, and removes nothing.
 * So nobody, not even the authority, can present an older list, omit one, or fork the history undetected.
 */

import { checkArgument, isArrayOf, isString } from '../base/options.js'
import { readGrown, readShape } from '../base/shape.js'
import { importKey, isSameKey, type PublicJwk, parsePayload, parseStatement, type Statement, verifySignature } from '../envelope/index.js'
import { coded, fault } from './messages.js'
import { type Entity, TrustListPayload } from './trust-list.js'

/** Root keys that a verifier pins manually, once. */
export interface TrustAnchor {
  /** USCC of the authority. */
  readonly authority: string
  /** Two-digit province for whose bodies the authority is responsible. */
  readonly region: string
  readonly keys: readonly PublicJwk[]
  readonly threshold: number
}

/** One signed list: the same payload with several signatures. */
export type SignedTrustList = readonly string[]

export interface TrustList {
  readonly payload: TrustListPayload
  readonly statementId: string
  readonly signed: SignedTrustList
  /** RFC 6901 pointers to members of a later version; absent if there are none. */
  readonly newer?: readonly string[]
}

/** The highest version seen of an authority; stored permanently, even after that list has expired. */
export interface SeenTrustList {
  readonly authority: string
  readonly version: number
  readonly statementId: string
}

interface Roots {
  readonly keys: readonly PublicJwk[]
  readonly threshold: number
}

/** A parsed list whose signatures are not yet verified. */
export interface Candidate {
  readonly json: Readonly<Record<string, unknown>>
  readonly statementId: string
  readonly signatures: readonly { readonly text: string; readonly statement: Statement }[]
}

/** Versions verified before, by their first signature. */
export type KnownVersions = ReadonlyMap<string, TrustList>

const MAX_LIST_LENGTH = 4_194_304
export const MAX_VALUES = 500_000
const MAX_SIGNATURES = 20

const parseSignature = (text: string): Statement => parseStatement(text, 'metrology-trust-list+jwt', { maxLength: MAX_LIST_LENGTH })

/** Reuses a verified version without parsing it again. */
function candidateOf({ payload, statementId, signed }: TrustList): Candidate {
  const signatures = signed.map((text) => ({
    text,
    get statement() {
      return parseSignature(text)
    },
  }))
  return { json: { ...payload }, statementId, signatures }
}

/** @throws `trust-list.empty`, `trust-list.payload-differs`, and errors of the envelope */
export function readCandidate(signed: SignedTrustList, known?: KnownVersions): Candidate {
  const verified = known?.get(signed[0] ?? '')
  if (verified !== undefined && verified.signed.length === signed.length && verified.signed.every((text, at) => text === signed[at]))
    return candidateOf(verified)
  if (signed.length === 0 || signed.length > MAX_SIGNATURES) throw fault('trust-list.empty')
  const signatures = signed.map((text) => ({
    text,
    statement: parseSignature(text),
  }))
  const [{ statement }] = signatures as [(typeof signatures)[number]]
  if (signatures.some((other) => other.statement.payloadSegment !== statement.payloadSegment)) throw fault('trust-list.payload-differs')
  const json = parsePayload(statement, { maxLength: MAX_LIST_LENGTH, maxValues: MAX_VALUES })
  return { json, statementId: statement.id, signatures }
}

/** Computes `seen` from stored lists, without verifying signatures. */
export function seenInLists(kept: readonly SignedTrustList[], known?: KnownVersions): SeenTrustList[] {
  checkArgument('seenIn', 'kept', kept, {
    is: isArrayOf(isArrayOf(isString)),
    expected: { zh: '签名的信任列表的数组', en: 'an array of signed trust lists' },
  })
  const highest = new Map<string, SeenTrustList>()
  for (const { json, statementId } of kept.map((signed) => readCandidate(signed, known))) {
    const [authority, version] = [String(json.iss), Number(json.version)]
    if (version > (highest.get(authority)?.version ?? 0)) highest.set(authority, { authority, version, statementId })
  }
  return [...highest.values()]
}

/** Validates a list that is being signed. @throws `trust-list.shape` */
export const payloadOf = (json: unknown): TrustListPayload => readShape<TrustListPayload>(TrustListPayload, json, coded('trust-list.shape'))

/**
 * Verifies the versions of one authority and returns them, oldest first.
 * @throws `trust-list.threshold`, `.region`, `.times`, `.gap`, `.fork`, `.removed`, `.rollback`, with the authority and the
 * versions
 */
export async function walk(
  anchor: TrustAnchor,
  given: readonly Candidate[],
  { seen, known = [] }: { readonly seen?: SeenTrustList | undefined; readonly known?: readonly TrustList[] | undefined } = {},
): Promise<TrustList[]> {
  const { authority } = anchor
  const versions: TrustList[] = []
  // Skip verification while the chain equals the known one, link by link from the anchor.
  let isAsKnown = true
  // Roots that the newest version had to satisfy: a second list of that version is a fork only if it satisfies them too.
  let before: Roots = anchor
  for (const candidate of inOrder(given)) {
    const prior = versions.at(-1)
    const verified = known[versions.length]
    isAsKnown &&= verified !== undefined && isSameList(verified, candidate)
    if (isAsKnown && verified !== undefined) {
      before = prior?.payload.roots ?? before
      versions.push(verified)
      continue
    }
    const isSecond = prior !== undefined && candidate.json.version === prior.payload.version
    const roots: Roots = isSecond || prior === undefined ? before : prior.payload.roots
    const byRoots = await requireThreshold(candidate, roots, anchor)
    const { value: payload, newer } = readGrown<TrustListPayload>(TrustListPayload, candidate.json, coded('trust-list.shape'))
    const byOwnRoots = await requireThreshold(candidate, payload.roots, anchor)
    judgeContent(payload, anchor)
    // Return only the signatures that counted: a caller that stores the list must not store others in their place.
    const list = {
      payload,
      statementId: candidate.statementId,
      signed: [...new Set([...byRoots, ...byOwnRoots])],
      ...(newer.length > 0 && { newer }),
    }
    if (prior !== undefined) judgeSuccession(prior, list)
    before = roots
    versions.push(list)
  }
  if (seen !== undefined) checkAgainstSeen(versions, seen, authority)
  return versions
}

/** The same content, with at least the signatures that counted. */
const isSameList = ({ statementId, signed }: TrustList, candidate: Candidate): boolean =>
  statementId === candidate.statementId && signed.every((text) => candidate.signatures.some((one) => one.text === text))

/** Ordered by version; a list given twice is merged, with the signatures of both. */
function inOrder(given: readonly Candidate[]): Candidate[] {
  const byId = new Map<string, Candidate>()
  for (const candidate of given) {
    const { signatures } = byId.get(candidate.statementId) ?? { signatures: [] }
    byId.set(candidate.statementId, { ...candidate, signatures: [...signatures, ...candidate.signatures] })
  }
  return [...byId.values()].sort((a, b) => Number(a.json.version) - Number(b.json.version))
}

/**
 * TUF 5.3.4: at least `threshold` distinct root keys signed; two signatures by one key count once. Done before schema validation,
 * so that untrusted JSON is never validated.
 * @returns the signatures that counted, one per key
 */
async function requireThreshold({ signatures }: Candidate, roots: Roots, { authority }: TrustAnchor): Promise<string[]> {
  const counted = await signaturesBy(signatures, roots.keys)
  // Written so that an anchor without a threshold, or with one below 1, is rejected.
  if (!(counted.length >= Math.max(1, roots.threshold)))
    throw fault('trust-list.threshold', { authority, signed: counted.length, threshold: roots.threshold })
  return counted
}

/** The valid signatures by these keys, one per key. */
export async function signaturesBy(signatures: Candidate['signatures'], keys: readonly PublicJwk[]): Promise<string[]> {
  const counted = new Map<string, string>()
  for (const jwk of keys) {
    const key = await importKey(jwk)
    for (const { text, statement } of signatures) {
      if (statement.kid === key.kid && !counted.has(key.kid) && (await verifySignature(statement, key))) counted.set(key.kid, text)
    }
  }
  return [...counted.values()]
}

function judgeContent(payload: TrustListPayload, { authority, region }: TrustAnchor): void {
  const foreign = payload.entities.find((entity) => entity.region !== region)
  if (payload.region !== region || foreign !== undefined)
    throw fault('trust-list.region', { authority, region: foreign?.region ?? payload.region })
  if (!(payload.iat <= payload.nextUpdate && payload.nextUpdate <= payload.exp)) throw fault('trust-list.times', { authority })
}

function judgeSuccession(prior: TrustList, next: TrustList): void {
  const authority = prior.payload.iss
  const [version, to] = [prior.payload.version, next.payload.version]
  if (to === version) fork(authority, version, prior.statementId, next.statementId)
  if (to !== version + 1) throw fault('trust-list.gap', { authority, version, next: to })
  if (next.payload.previous !== prior.statementId) fork(authority, version, prior.statementId, next.payload.previous)
  if (next.payload.iat < prior.payload.iat) throw fault('trust-list.times', { authority })
  const path = removedFrom(prior.payload, next.payload)
  if (path !== undefined) throw fault('trust-list.removed', { authority, version: to, path })
}

/** TUF 5.3.5: rejects a rollback, a gap and a fork against the version that this verifier saw before. */
function checkAgainstSeen(versions: readonly TrustList[], seen: SeenTrustList, authority: string): void {
  const [first] = versions
  const newest = versions.at(-1)?.payload.version ?? 0
  if (newest < seen.version) throw fault('trust-list.rollback', { authority, version: newest, seen: seen.version })
  const there = versions.find(({ payload }) => payload.version === seen.version)
  if (there !== undefined) {
    if (there.statementId !== seen.statementId) fork(authority, seen.version, seen.statementId, there.statementId)
    return
  }
  const { version, previous } = (first as TrustList).payload
  if (version !== seen.version + 1) throw fault('trust-list.gap', { authority, version: seen.version, next: version })
  if (previous !== seen.statementId) fork(authority, seen.version, seen.statementId, previous)
}

/** Reports two lists of one version, with both statement ids as evidence. */
function fork(authority: string, version: number, one: string, other: string | undefined): never {
  throw fault('trust-list.fork', { authority, version, one, other: other ?? '—' })
}

/**
 * Returns a pointer to the first member of the previous version that the next one removes. Bodies, keys, authorisations,
 * revocations and logs must never be removed: statements signed under them would change their meaning.
 */
export function removedFrom(prior: TrustListPayload, next: TrustListPayload): string | undefined {
  const now = new Map(next.entities.map((entity) => [entity.uscc, entity]))
  for (const [at, entity] of prior.entities.entries()) {
    const still = now.get(entity.uscc)
    const path = still === undefined ? '' : removedOf(entity, still)
    if (path !== undefined) return `/entities/${at}${path}`
  }
  for (const [at, { origin, key, witness }] of prior.logs.entries()) {
    const same = next.logs.find((still) => still.origin === origin && isSameKey(still.key, key))
    if (same === undefined) return `/logs/${at}`
    // Cosignatures by this key prove when entries of other logs existed.
    if (witness !== undefined && !(same.witness !== undefined && isSameKey(same.witness, witness))) return `/logs/${at}/witness`
  }
  return undefined
}

function removedOf(entity: Entity, still: Entity): string | undefined {
  for (const [at, key] of entity.keys.entries()) {
    const same = still.keys.find(({ jwk }) => isSameKey(jwk, key.jwk))
    if (same === undefined || same.notBefore !== key.notBefore) return `/keys/${at}`
    const { revoked } = key
    if (revoked === undefined) continue
    const kept = same.revoked
    if (kept === undefined || kept.at > revoked.at || (revoked.retroactive && !kept.retroactive)) return `/keys/${at}/revoked`
  }
  const at = entity.authorisations.findIndex(
    ({ number, from }) => !still.authorisations.some((other) => other.number === number && other.from === from),
  )
  return at === -1 ? undefined : `/authorisations/${at}`
}
