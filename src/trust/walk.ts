/**
 * From the root keys a verifier pinned, version by version, to the newest list of an authority (TUF 1.0 §5.3). Each version
 * is signed by the roots of the one before and by its own, names it, and takes nothing away from it; so nobody, not the
 * authority either, can show an older list, leave one out, or tell two histories without being found out.
 */

import { checkArgument, isArrayOf, isString } from '../base/options.js'
import { readGrown, readShape } from '../base/shape.js'
import { importKey, isSameKey, type PublicJwk, parsePayload, parseStatement, type Statement, verifySignature } from '../envelope/index.js'
import { coded, fault } from './messages.js'
import { type Entity, TrustListPayload } from './trust-list.js'

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
  /** RFC 6901 pointers to what in it is of a later version; absent where there is none. */
  readonly newer?: readonly string[]
}

/** The highest version seen of an authority: kept for ever, also when that list has expired. */
export interface SeenTrustList {
  readonly authority: string
  readonly version: number
  readonly statementId: string
}

interface Roots {
  readonly keys: readonly PublicJwk[]
  readonly threshold: number
}

/** A list as it came: its signatures not looked at. */
export interface Candidate {
  readonly json: Readonly<Record<string, unknown>>
  readonly statementId: string
  readonly signatures: readonly { readonly text: string; readonly statement: Statement }[]
}

/** Versions that were verified before, by their first signature. */
export type KnownVersions = ReadonlyMap<string, TrustList>

const MAX_LIST_LENGTH = 4_194_304
export const MAX_VALUES = 500_000
const MOST_SIGNATURES = 20

const parseSignature = (text: string): Statement => parseStatement(text, 'metrology-trust-list+jwt', { maxLength: MAX_LIST_LENGTH })

/** A version that was verified before is not parsed again. */
function candidateOf({ payload, statementId, signed }: TrustList): Candidate {
  const signatures = signed.map((text) => ({
    text,
    get statement() {
      return parseSignature(text)
    },
  }))
  return { json: { ...payload }, statementId, signatures }
}

/** @throws `trust-list.empty`, `trust-list.payload-differs`, and what the envelope says of the texts */
export function readCandidate(signed: SignedTrustList, known?: KnownVersions): Candidate {
  const verified = known?.get(signed[0] ?? '')
  if (verified !== undefined && verified.signed.length === signed.length && verified.signed.every((text, at) => text === signed[at]))
    return candidateOf(verified)
  if (signed.length === 0 || signed.length > MOST_SIGNATURES) throw fault('trust-list.empty')
  const signatures = signed.map((text) => ({
    text,
    statement: parseSignature(text),
  }))
  const [{ statement }] = signatures as [(typeof signatures)[number]]
  if (signatures.some((other) => other.statement.payloadSegment !== statement.payloadSegment)) throw fault('trust-list.payload-differs')
  const json = parsePayload(statement, { maxLength: MAX_LIST_LENGTH, maxValues: MAX_VALUES })
  return { json, statementId: statement.id, signatures }
}

/** What a holder of lists has seen, from the lists it kept itself: nothing here looks at signatures. */
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

/** A list that is being signed. @throws `trust-list.shape` */
export const payloadOf = (json: unknown): TrustListPayload => readShape<TrustListPayload>(TrustListPayload, json, coded('trust-list.shape'))

/**
 * The versions of one authority, verified, oldest first.
 * @throws `trust-list.threshold`, `.region`, `.times`, `.gap`, `.fork`, `.removed`, `.rollback`, with the authority and the versions
 */
export async function walk(
  anchor: TrustAnchor,
  given: readonly Candidate[],
  { seen, known = [] }: { readonly seen?: SeenTrustList | undefined; readonly known?: readonly TrustList[] | undefined } = {},
): Promise<TrustList[]> {
  const { authority } = anchor
  const versions: TrustList[] = []
  // As long as the chain is the one that was verified before, link by link from the anchor, it is not verified again.
  let isAsKnown = true
  // The roots that the version before the newest demanded: a second list of one version must satisfy them too, to be a fork.
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
    const byRoots = await demand(candidate, roots, anchor)
    const { value: payload, newer } = readGrown<TrustListPayload>(TrustListPayload, candidate.json, coded('trust-list.shape'))
    const byOwnRoots = await demand(candidate, payload.roots, anchor)
    judgeContent(payload, anchor)
    // Only the signatures that counted are kept: others could crowd them out of a file that is rewritten.
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
  if (seen !== undefined) judgeMemory(versions, seen, authority)
  return versions
}

/** The same content, under at least the signatures that counted. */
const isSameList = ({ statementId, signed }: TrustList, candidate: Candidate): boolean =>
  statementId === candidate.statementId && signed.every((text) => candidate.signatures.some((one) => one.text === text))

/** By version; one list given twice is one, with the signatures of both. */
function inOrder(given: readonly Candidate[]): Candidate[] {
  const byId = new Map<string, Candidate>()
  for (const candidate of given) {
    const { signatures } = byId.get(candidate.statementId) ?? { signatures: [] }
    byId.set(candidate.statementId, { ...candidate, signatures: [...signatures, ...candidate.signatures] })
  }
  return [...byId.values()].sort((a, b) => Number(a.json.version) - Number(b.json.version))
}

/**
 * At least `threshold` distinct keys of the roots have signed. Two signatures by one key count once, whatever they call it.
 * Comes before the shape: that of what nobody trusted signed does not matter.
 * @returns the texts that counted, one a key
 */
async function demand({ signatures }: Candidate, roots: Roots, { authority }: TrustAnchor): Promise<string[]> {
  const counted = new Map<string, string>()
  for (const jwk of roots.keys) {
    const key = await importKey(jwk)
    for (const { text, statement } of signatures) {
      if (statement.kid === key.kid && !counted.has(key.kid) && (await verifySignature(statement, key))) counted.set(key.kid, text)
    }
  }
  // Asked this way round, so that an anchor without a threshold, or with one below 1, lets nothing in.
  if (!(counted.size >= Math.max(1, roots.threshold)))
    throw fault('trust-list.threshold', { authority, signed: counted.size, threshold: roots.threshold })
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

function judgeMemory(versions: readonly TrustList[], seen: SeenTrustList, authority: string): void {
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

/** Two lists of one version: the evidence is both statement ids. */
function fork(authority: string, version: number, one: string, other: string | undefined): never {
  throw fault('trust-list.fork', { authority, version, one, other: other ?? '—' })
}

/**
 * What a list no longer holds of the one before it, as a pointer into that one. Bodies, keys, authorisations,
 * revocations and logs are never removed: what was signed under them would change its meaning afterwards.
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
    // What it cosigned proves when others' entries were there.
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
