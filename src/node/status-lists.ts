/** Status lists in a node's store, stored and looked up by issuer and address. */

import { CLOCK_SKEW, formatInstant } from '../base/date.js'
import { fault as contractFault } from '../contract/messages.js'
import type { Trust } from '../trust/index.js'
import type { StatusList } from '../verify/index.js'
import { fault as verifyFault } from '../verify/verdict/messages.js'
import { createDailyCounts } from './daily.js'
import { fault } from './messages.js'
import { readStatusListName, type Store, statusListName } from './store.js'

/** Maximum number of lists per issuer and address in memory, up to 4 MiB each. Older ones remain in the store. */
export const MAX_LISTS = 4
/** Matches the USCC of the body in the address of a list that a node publishes. */
const OF_BODY = /\/v1\/status-lists\/([0-9A-HJ-NPQRTUWXY]{18})\/[^/]*$/

interface StoringLists {
  readonly store: Store
  readonly trust: Trust
  readonly at: number
  readonly quota: StatusListQuota
}

/**
 * Stores a verified list, whatever its source.
 * @throws `status-list.not-of-issuer` if its address names a body that is neither its issuer nor the issuer's authority;
 * `iat.in-future`; `status-list.older` if another list that is at least as new is stored; `status-list.quota`, `status-list.room`
 */
export async function storeStatusList({ claims, signed }: StatusList, { store, trust, at, quota }: StoringLists): Promise<void> {
  const { iss, sub: uri, iat } = claims
  const owner = OF_BODY.exec(uri)?.[1]
  if (owner !== undefined && owner !== iss && owner !== trust.entity(iss)?.list.payload.iss)
    throw fault('status-list.not-of-issuer', { iss, uri, owner })
  // A list dated years ahead would block every later list at its address.
  if (iat > at + CLOCK_SKEW) throw verifyFault('iat.in-future', { iat: formatInstant(iat), at: formatInstant(at), iss, uri })
  const name = statusListName(iss, uri)
  const isStored = async (): Promise<boolean> => (await store.getDocument('status-list', name, iat))?.signed[0] === signed
  if (await isStored()) return
  const newest = await store.getDocument('status-list', name)
  // An older list, or a second list of the same second, could undo a revocation.
  if (newest === undefined || newest.version < iat) {
    await quota.take({ iss, authority: trust.entity(iss)?.list.payload.iss ?? iss, name, octets: signed.length })
    await store.putDocument({ collection: 'status-list', name, version: iat, signed: [signed] })
  }
  // Of two concurrent lists only the first is stored.
  if (!(await isStored())) throw contractFault('status-list.older', { iss, uri, iat, newest: newest?.version ?? iat })
}

/**
 * Maximum number of addresses per issuer, and of its lists that a node stores per day. A list has room for 16 million records, so an
 * institute needs one address a year; hourly publication and a hundred revocations use half of the daily limit.
 */
export const MAX_ADDRESSES = 100
export const MAX_LISTS_A_DAY = 250
/** Maximum octets of lists stored per issuer and day. A list of 16 million records with a thousand revocations has about 20 kB. */
export const MAX_OCTETS_A_DAY = 67_108_864
/**
 * Maximum octets of the current lists (the newest at each address) of one issuer, and of all issuers in the trust list of one authority,
 * because an authority can list any number of bodies. Current lists are in memory, here and at every node that follows.
 */
export const MAX_CURRENT_OCTETS = { issuer: 33_554_432, authority: 134_217_728 } as const
/** Maximum octets of older lists in memory, of one issuer and of all. */
const MAX_OLDER_OCTETS = { issuer: 16_777_216, all: 67_108_864 } as const

export interface StatusListQuota {
  /**
   * Counts one more list of an issuer, which is in the trust list of this authority.
   * @throws `status-list.quota`, `status-list.room`
   */
  take(list: { readonly iss: string; readonly authority: string; readonly name: string; readonly octets: number }): Promise<void>
}

/** Octets of the current list at each address of an issuer, by name. */
type Current = Map<string, number>

/** Creates the quota. It counts lists by the day of storage, because an issuer can write any date into a list. */
export function createStatusListQuota(store: Store, trust: () => Trust, now: () => number): StatusListQuota {
  const stored = createDailyCounts<{ readonly lists: number; readonly octets: number }>(now)
  let currentOf: Map<string, Current> | undefined
  /** @throws `status-list.room` if the current lists of the issuer or of its authority would exceed `MAX_CURRENT_OCTETS` */
  function checkRoom(iss: string, authority: string, added: number): void {
    const all = currentOf as Map<string, Current>
    const used = { issuer: octetsOf(all.get(iss)), authority: 0 }
    for (const [other, current] of all) if (trust().entity(other)?.list.payload.iss === authority) used.authority += octetsOf(current)
    const full = (['issuer', 'authority'] as const).find((owner) => added > 0 && used[owner] + added > MAX_CURRENT_OCTETS[owner])
    if (full === undefined) return
    throw fault('status-list.room', { iss: full === 'issuer' ? iss : authority, megabytes: MAX_CURRENT_OCTETS[full] / 1_048_576 })
  }
  return {
    async take({ iss, authority, name, octets }) {
      currentOf ??= await currentByIssuer(store)
      const current: Current = currentOf.get(iss) ?? new Map()
      const before = stored.get(iss) ?? { lists: 0, octets: 0 }
      const today = { lists: before.lists + 1, octets: before.octets + octets }
      const isOneAddressTooMany = current.size >= MAX_ADDRESSES && !current.has(name)
      if (isOneAddressTooMany || today.lists > MAX_LISTS_A_DAY || today.octets > MAX_OCTETS_A_DAY)
        throw fault('status-list.quota', {
          iss,
          addresses: MAX_ADDRESSES,
          lists: MAX_LISTS_A_DAY,
          megabytes: MAX_OCTETS_A_DAY / 1_048_576,
        })
      checkRoom(iss, authority, octets - (current.get(name) ?? 0))
      currentOf.set(iss, current.set(name, octets))
      stored.set(iss, today)
    },
  }
}

const octetsOf = (current: Current | undefined): number => [...(current?.values() ?? [])].reduce((sum, octets) => sum + octets, 0)

async function currentByIssuer(store: Store): Promise<Map<string, Current>> {
  const all = new Map<string, Current>()
  for (const { name } of await store.listDocumentNames({ collection: 'status-list', newest: 1 })) {
    const { iss } = readStatusListName(name)
    const [list = ''] = (await store.getDocument('status-list', name))?.signed ?? []
    all.set(iss, (all.get(iss) ?? new Map<string, number>()).set(name, list.length))
  }
  return all
}

/** Returns the newest list of each issuer and address, and as many older lists as the memory limit allows; the newest are last. */
export async function newestLists(store: Store, names: Awaited<ReturnType<Store['listDocumentNames']>>): Promise<string[]> {
  const byName = new Map<string, number[]>()
  for (const { collection, name, version } of names)
    if (collection === 'status-list') byName.set(name, [...(byName.get(name) ?? []), version].slice(-MAX_LISTS))
  const lists: string[] = []
  const older = new Map<string, number>()
  let olderOctets = 0
  for (let age = 1; age <= MAX_LISTS; age++) {
    for (const [name, versions] of byName) {
      const version = versions.at(-age)
      if (version === undefined) continue
      const { iss } = readStatusListName(name)
      if (age > 1 && ((older.get(iss) ?? 0) >= MAX_OLDER_OCTETS.issuer || olderOctets >= MAX_OLDER_OCTETS.all)) continue
      const [list] = (await store.getDocument('status-list', name, version))?.signed ?? []
      if (list === undefined) continue
      if (age > 1) {
        older.set(iss, (older.get(iss) ?? 0) + list.length)
        olderOctets += list.length
      }
      lists.push(list)
    }
  }
  return lists.reverse()
}

/** Returns the newest list at each address that this node publishes for the list's issuer. */
export async function listsPublished(store: Store, own: string) {
  const newest = await store.listDocumentNames({ collection: 'status-list', newest: 1 })
  return newest.flatMap(({ name: stored, version: iat }) => {
    const { iss, uri } = readStatusListName(stored)
    const prefix = `${own}/${iss}/`
    return uri.startsWith(prefix) ? [{ iss, name: uri.slice(prefix.length), uri, iat }] : []
  })
}
