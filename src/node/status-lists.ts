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
const MAX_LISTS = 4
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
 * `iat.in-future`; `status-list.older` if another list that is at least as new is stored; `status-list.quota`
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
    await quota.take(iss, name, signed.length)
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
/** Maximum octets of an issuer's older lists in memory, in addition to the newest list of each address. */
const MAX_OLDER_OCTETS = 67_108_864

export interface StatusListQuota {
  /** Counts one more list of an issuer. @throws `status-list.quota` */
  take(iss: string, name: string, octets: number): Promise<void>
}

/** Counts lists by storage time, because an issuer can write any date into a list. */
export function createStatusListQuota(store: Store, now: () => number): StatusListQuota {
  const stored = createDailyCounts<{ readonly lists: number; readonly octets: number }>(now)
  let namesOf: Map<string, Set<string>> | undefined
  return {
    async take(iss, name, octets) {
      namesOf ??= await namesByIssuer(store)
      const names = namesOf.get(iss) ?? new Set()
      const before = stored.get(iss) ?? { lists: 0, octets: 0 }
      const today = { lists: before.lists + 1, octets: before.octets + octets }
      const isNewAddress = names.size >= MAX_ADDRESSES && !names.has(name)
      if (isNewAddress || today.lists > MAX_LISTS_A_DAY || today.octets > MAX_OCTETS_A_DAY)
        throw fault('status-list.quota', {
          iss,
          addresses: MAX_ADDRESSES,
          lists: MAX_LISTS_A_DAY,
          megabytes: MAX_OCTETS_A_DAY / 1_048_576,
        })
      namesOf.set(iss, names.add(name))
      stored.set(iss, today)
    },
  }
}

async function namesByIssuer(store: Store): Promise<Map<string, Set<string>>> {
  const names = new Map<string, Set<string>>()
  for (const { collection, name } of await store.listDocumentNames()) {
    if (collection !== 'status-list') continue
    const { iss } = readStatusListName(name)
    names.set(iss, (names.get(iss) ?? new Set()).add(name))
  }
  return names
}

/** Returns the newest list of each issuer and address, and as many older lists as the memory limit allows; the newest are last. */
export async function newestLists(store: Store, names: Awaited<ReturnType<Store['listDocumentNames']>>): Promise<string[]> {
  const byName = new Map<string, number[]>()
  for (const { collection, name, version } of names)
    if (collection === 'status-list') byName.set(name, [...(byName.get(name) ?? []), version].slice(-MAX_LISTS))
  const lists: string[] = []
  const olderOctets = new Map<string, number>()
  for (let age = 1; age <= MAX_LISTS; age++) {
    for (const [name, versions] of byName) {
      const version = versions.at(-age)
      if (version === undefined) continue
      const { iss } = readStatusListName(name)
      if (age > 1 && (olderOctets.get(iss) ?? 0) >= MAX_OLDER_OCTETS) continue
      const [list] = (await store.getDocument('status-list', name, version))?.signed ?? []
      if (list === undefined) continue
      if (age > 1) olderOctets.set(iss, (olderOctets.get(iss) ?? 0) + list.length)
      lists.push(list)
    }
  }
  return lists.reverse()
}

/** Returns the newest list at each address that this node publishes for the list's issuer. */
export async function listsPublished(store: Store, own: string) {
  const newest = new Map<string, { readonly iss: string; readonly name: string; readonly uri: string; readonly iat: number }>()
  for (const { collection, name: stored, version: iat } of await store.listDocumentNames()) {
    if (collection !== 'status-list') continue
    const { iss, uri } = readStatusListName(stored)
    const prefix = `${own}/${iss}/`
    if (uri.startsWith(prefix)) newest.set(stored, { iss, name: uri.slice(prefix.length), uri, iat })
  }
  return [...newest.values()]
}
