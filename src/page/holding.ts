/** Documents that the page judges by: opened under the pinned root keys, never replaced by older ones, and never by a node's word. */
import type { TonghengError } from '../base/error.js'
import type { TrustAnchor } from '../trust/index.js'
import { type OpenedMaterial, openMaterial } from '../verify/index.js'
import { type Offered, refusedIn, takeDocuments } from '../verify/inside.js'
import type { SavedDocuments, TrustStore } from './trust-store.js'

export interface Holding {
  readonly kept: SavedDocuments
  readonly opened: OpenedMaterial
  /** What was offered and not accepted. */
  readonly refused: readonly TonghengError[]
}

/** Whether two anchors of one authority pin the same. */
export const isSamePin = (one: TrustAnchor, other: TrustAnchor): boolean => JSON.stringify(pinOf(one)) === JSON.stringify(pinOf(other))
const pinOf = ({ authority, region, keys, threshold }: TrustAnchor) => [
  authority,
  region,
  threshold,
  keys.map((key) => JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)))).sort(),
]

/** What is held, opened for a moment. @throws what `openMaterial` throws */
export async function openKept(kept: SavedDocuments, at: number): Promise<Holding> {
  const opened = await openMaterial({ ...kept.file, seen: kept.seen }, at)
  return { kept, opened, refused: refusedIn(opened) }
}

/** More attempts than windows that would ever write at once. */
const MAX_TURNS = 20

/**
 * Verifies documents under the root keys that are pinned, or that the user pins by this call, and stores them. A document that is
 * not genuine is rejected alone; a trust list that is older than, or differs from, one seen before rejects all, and nothing changes.
 * @throws `trust-list.*`
 */
export async function storeDocuments(
  store: TrustStore,
  offered: Offered & { readonly anchors?: readonly TrustAnchor[] },
  at: number,
): Promise<Holding> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const before = await store.read()
    const { anchors, ...documents } = offered
    const { file, seen, opened, refused } = await takeDocuments({ held: before?.file, seen: before?.seen, anchors, offered: documents }, at)
    const kept: SavedDocuments = { revision: (before?.revision ?? 0) + 1, file, seen: [...seen], updatedAt: at }
    if (await store.write(kept)) return { kept, opened, refused }
  }
  throw new Error('another window of this page writes without end')
}
