/**
 * Resolves entries of several authorities about the same thing. A body belongs to the authority of the province in which it is
 * registered; a national or foreign body, and a log, to the authority that listed it first. Keys come from the owner; what another
 * authority states about the body applies to its own region only. So no authority can block or replace what belongs to another.
 */

import type { Code } from '../base/message.js'
import { isSameKey, type PublicJwk } from '../envelope/index.js'
import { fault as keepingFault } from './keeping-messages.js'
import { coded } from './messages.js'
import type { Entity, EntityKey, TrustListPayload } from './trust-list.js'
import type { TrustList } from './walk.js'

/** The entry of one authority about a body. */
export interface Listing {
  readonly entity: Entity
  readonly list: TrustList
}

/** A body in its owner's list, with the entries of other authorities; `also` is absent if there are none, as for nearly all. */
export interface ListedEntity extends Listing {
  readonly also?: readonly Listing[]
}

export interface TrustedLog {
  readonly authority: string
  readonly origin: string
  readonly key: PublicJwk
  /** Key with which the node of the authority cosigns other logs; absent if the list has only the log key. */
  readonly witness?: PublicJwk
}

/** An entry that was ignored, or must be corrected: a message code with its parameters. */
export interface TrustFinding {
  readonly code: Code
  readonly params: Readonly<Record<string, unknown>>
}

/** The list that is used, and all verified versions of it. */
export interface ListOfAuthority {
  readonly list: TrustList
  readonly versions: readonly TrustList[]
}

/** Positions 3 to 8 of a USCC are the division of registration (GB 32100—2015); its first two digits are the province. */
const provinceOf = (uscc: string): string => uscc.slice(2, 4)

/** When an authority first listed something, in the available versions. */
const listedSince = ({ versions, list }: ListOfAuthority, has: (list: TrustList) => boolean): number =>
  (versions.find(has) ?? list).payload.iat

/** The authority that listed something first; for equal times, the one whose root keys are pinned first. */
function firstOf(lists: readonly ListOfAuthority[], has: (list: TrustList) => boolean): ListOfAuthority {
  const since = lists.map((one) => listedSince(one, has))
  return lists[since.indexOf(Math.min(...since))] as ListOfAuthority
}

/** Bodies by USCC. `lists` in the order of the anchors. */
export function ownEntities(lists: readonly ListOfAuthority[]): { entities: Map<string, ListedEntity>; findings: TrustFinding[] } {
  const byUscc = new Map<string, { readonly of: ListOfAuthority; readonly entity: Entity }[]>()
  for (const of of lists) {
    for (const entity of of.list.payload.entities) {
      const others = byUscc.get(entity.uscc)
      if (others === undefined) byUscc.set(entity.uscc, [{ of, entity }])
      else others.push({ of, entity })
    }
  }
  const entities = new Map<string, ListedEntity>()
  const findings: TrustFinding[] = []
  for (const [uscc, listed] of byUscc) {
    const [only] = listed as [(typeof listed)[number]]
    if (listed.length === 1) {
      entities.set(uscc, { entity: only.entity, list: only.of.list })
      continue
    }
    const has = ({ payload }: TrustList): boolean => payload.entities.some((entity) => entity.uscc === uscc)
    const owner =
      listed.find(({ of }) => of.list.payload.region === provinceOf(uscc))?.of ??
      firstOf(
        listed.map(({ of }) => of),
        has,
      )
    const own = listed.find(({ of }) => of === owner) as (typeof listed)[number]
    const also = listed.filter((one) => one !== own).map(({ of, entity }) => ({ entity, list: of.list }))
    entities.set(uscc, { entity: own.entity, list: owner.list, also })
    for (const { entity, list } of also) {
      const dropped = entity.keys.filter(({ jwk }) => !own.entity.keys.some((key) => isSameKey(key.jwk, jwk)))
      if (dropped.length === 0) continue
      const params = { uscc, name: own.entity.name.zh, authority: list.payload.iss, owner: owner.list.payload.iss, keys: dropped.length }
      findings.push({ code: coded('trust-list.keys-elsewhere'), params })
    }
  }
  return { entities, findings }
}

/**
 * True if the key also signs a log of the list: an intruder in the process that writes a log must not be able to cosign as a
 * witness (C2SP).
 */
const isOfAnyLog = (witness: PublicJwk | undefined, { logs }: TrustListPayload): boolean =>
  witness !== undefined && logs.some(({ key }) => isSameKey(key, witness))

/** Checks a list before it is signed. @throws `trust-list.witness-key` if a witness key is also the key of a log */
export function mustHaveOwnWitness(payload: TrustListPayload): void {
  const shared = payload.logs.find(({ witness }) => isOfAnyLog(witness, payload))
  if (shared !== undefined) throw keepingFault('trust-list.witness-key', { origin: shared.origin })
}

/** Logs by origin. */
export function ownLogs(lists: readonly ListOfAuthority[]): { logs: TrustedLog[]; findings: TrustFinding[] } {
  const logs: TrustedLog[] = []
  const findings: TrustFinding[] = []
  const has =
    (origin: string) =>
    ({ payload }: TrustList): boolean =>
      payload.logs.some((log) => log.origin === origin)
  for (const one of lists) {
    const { iss: authority, logs: listed } = one.list.payload
    for (const { origin, key, witness } of listed) {
      if (logs.some((log) => log.origin === origin && log.authority === authority)) continue
      const owner = firstOf(
        lists.filter(({ list }) => has(origin)(list)),
        has(origin),
      ).list.payload.iss
      const ownWitness = isOfAnyLog(witness, one.list.payload) ? undefined : witness
      if (owner === authority) logs.push({ authority, origin, key, ...(ownWitness && { witness: ownWitness }) })
      if (owner === authority && ownWitness === undefined)
        findings.push({ code: coded('trust-list.witness-is-log'), params: { origin, authority } })
      if (owner !== authority) findings.push({ code: coded('trust-list.log-elsewhere'), params: { origin, authority, owner } })
    }
  }
  return { logs, findings }
}

/** The key as it applies in a region: the authority of that region may revoke it for its region. */
export function keyFor({ key, also }: { readonly key: EntityKey } & Pick<ListedEntity, 'also'>, region: string | undefined): EntityKey {
  if (also === undefined) return key
  const revoked = also.flatMap((listing) => (listing.list.payload.region === region ? (keyIn(listing, key)?.revoked ?? []) : []))
  const [first, ...others] = revoked
  return first === undefined ? key : { ...key, revoked: others.reduce(stricter, stricter(key.revoked, first)) }
}

/** The same key in another authority's entry. */
export const keyIn = ({ entity }: Listing, { jwk }: EntityKey): EntityKey | undefined => entity.keys.find((key) => isSameKey(key.jwk, jwk))

type Revocation = NonNullable<EntityKey['revoked']>

function stricter(one: Revocation | undefined, other: Revocation): Revocation {
  if (one === undefined) return other
  if (one.retroactive !== other.retroactive) return one.retroactive ? one : other
  return one.at <= other.at ? one : other
}

/** The entries about a body that apply in a region: that of the region, that of the owner, then the others. */
export function listingsFor({ entity, list, also }: ListedEntity, region: string | undefined): readonly Listing[] {
  const own = { entity, list }
  if (also === undefined) return [own]
  const isOfRegion = (listing: Listing): boolean => listing.list.payload.region === region
  return [...also.filter(isOfRegion), own, ...also.filter((listing) => !isOfRegion(listing))]
}

/** Authorities that may overrule a body in a region: its owner, and the authority of the region if it lists the body. */
export const overrulersOf = ({ list, also = [] }: Pick<ListedEntity, 'list' | 'also'>, region: string | undefined): readonly string[] => [
  list.payload.iss,
  ...also.flatMap((listing) => (listing.list.payload.region === region ? [listing.list.payload.iss] : [])),
]
