/** The trust lists in a node's store: opened together with newer lists, and stored version by version. */
import { isTonghengError, type TonghengError } from '../base/error.js'
import { openTrust, type SignedTrustList, seenIn, type Trust, type TrustAnchor } from '../trust/index.js'
import type { Store } from './store.js'

/** Lists that were rejected. */
export interface RefusedLists {
  /** The authority that the lists name; undefined if they cannot be read. */
  readonly authority: string | undefined
  readonly error: TonghengError
}

export interface StoredTrust {
  /** Opens the stored lists together with `more`. A faulty list in `more` is rejected without blocking those of other authorities. */
  open(more: readonly SignedTrustList[]): Promise<{ readonly trust: Trust; readonly refused: readonly RefusedLists[] }>
  /** Stores each version that is not stored yet. */
  store(trust: Trust): Promise<void>
  /** Sets the trust in force: lists that it has verified are not read, verified or stored again. */
  know(trust: Trust): void
}

export function createStoredTrust(store: Store, anchors: readonly TrustAnchor[]): StoredTrust {
  const pinned = new Set(anchors.map(({ authority }) => authority))
  let known: Trust | undefined

  /** A stored version never changes, so a verified list is not read again. */
  async function storedLists(): Promise<SignedTrustList[]> {
    const lists: SignedTrustList[] = []
    for (const { collection, name, version } of await store.listDocumentNames({ collection: 'trust-list' })) {
      if (!pinned.has(name)) continue
      const verified = known?.versions(name).find(({ payload }) => payload.version === version)
      const signed = verified?.signed ?? (await store.getDocument(collection, name, version))?.signed
      if (signed !== undefined) lists.push(signed)
    }
    return lists
  }

  return {
    async open(more) {
      const stored = await storedLists()
      const seen = seenIn(stored, known)
      return openBeside(more, (lists) => openTrust({ anchors, lists: [...stored, ...lists], seen, newer: 'last-understood', known }))
    },
    async store(trust) {
      for (const { payload: newest } of trust.lists) {
        const stored = new Set(known?.versions(newest.iss))
        for (const list of trust.versions(newest.iss)) {
          const { payload, signed } = list
          if (!stored.has(list)) await store.putDocument({ collection: 'trust-list', name: payload.iss, version: payload.version, signed })
        }
      }
    },
    know(trust) {
      known = trust
    },
  }
}

/**
 * Opens all lists at once; if that fails, authority by authority, so that one faulty list does not block the others. @throws if the stored
 * lists themselves do not open
 */
async function openBeside(
  more: readonly SignedTrustList[],
  open: (lists: readonly SignedTrustList[]) => Promise<Trust>,
): Promise<{ readonly trust: Trust; readonly refused: readonly RefusedLists[] }> {
  try {
    return { trust: await open(more), refused: [] }
  } catch (error) {
    if (!isTonghengError(error) || more.length === 0) throw error
  }
  const accepted: SignedTrustList[] = []
  const refused: RefusedLists[] = []
  for (const [authority, lists] of byAuthority(more)) {
    try {
      await open([...accepted, ...lists])
      accepted.push(...lists)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      refused.push({ authority, error })
    }
  }
  return { trust: await open(accepted), refused }
}

function byAuthority(lists: readonly SignedTrustList[]): ReadonlyMap<string | undefined, readonly SignedTrustList[]> {
  const grouped = new Map<string | undefined, SignedTrustList[]>()
  for (const signed of lists) {
    const authority = authorityOf(signed)
    grouped.set(authority, [...(grouped.get(authority) ?? []), signed])
  }
  return grouped
}

function authorityOf(signed: SignedTrustList): string | undefined {
  try {
    return seenIn([signed])[0]?.authority
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return undefined
  }
}
