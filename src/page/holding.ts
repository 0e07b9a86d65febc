/** Documents that the page judges by: verified under the pinned root keys, never replaced by older ones, and never trusted on the word of a node. */
import type { TonghengError } from '../base/error.js'
import type { Catalogues, SeenCatalogue } from '../recognition/index.js'
import type { Trust, TrustAnchor } from '../trust/index.js'
import { type OpenedMaterial, openMaterial } from '../verify/index.js'
import { type Offered, refusedIn, takeDocuments } from '../verify/inside.js'
import type { SavedDocuments, TrustStore } from './trust-store.js'

export interface Holding {
  readonly kept: SavedDocuments
  /** Catalogues are absent if none is stored. */
  readonly opened: OpenedMaterial & { readonly catalogues?: Catalogues }
  /** Errors of the documents that were rejected. */
  readonly refused: readonly TonghengError[]
}

/** True if two anchors of one authority pin the same keys. */
export const isSamePin = (one: TrustAnchor, other: TrustAnchor): boolean => JSON.stringify(pinOf(one)) === JSON.stringify(pinOf(other))
const pinOf = ({ authority, region, keys, threshold }: TrustAnchor) => [
  authority,
  region,
  threshold,
  keys.map((key) => JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)))).sort(),
]

/** Opens the stored documents for a time. @throws the errors of `openMaterial` */
export async function openKept(kept: SavedDocuments, at: number): Promise<Holding> {
  const opened = await openMaterial({ ...kept.file, seen: kept.seen }, at)
  const { catalogues: signed = [] } = kept.file
  if (signed.length === 0) return { kept, opened, refused: refusedIn(opened) }
  const catalogues = await catalogueOpener(at, kept.seenCatalogues)(signed, opened.trust)
  return { kept, opened: { ...opened, catalogues }, refused: [...refusedIn(opened), ...catalogues.refused] }
}

/** Loads the part of the page that opens catalogues. */
const catalogueOpener =
  (at: number, seen: readonly SeenCatalogue[] = []) =>
  async (catalogues: readonly string[][], trust: Trust): Promise<Catalogues> =>
    (await import('./catalogues.js')).openCatalogues({ catalogues, trust, at, seen })

/** Maximum number of attempts; more than windows that write at once. */
const MAX_TURNS = 20

/**
 * Verifies documents under the root keys that are pinned, or that the user pins by this call, and stores them. A document that is not genuine
 * is rejected alone. If a trust list or catalogue is older than, or contradicts, one seen before, all documents are rejected and nothing
 * changes.
 * @throws `trust-list.*`, `catalogue.*`
 */
export async function storeDocuments(
  store: TrustStore,
  offered: Offered & { readonly anchors?: readonly TrustAnchor[] },
  at: number,
): Promise<Holding> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const before = await store.read()
    const { anchors, ...documents } = offered
    const hasCatalogue = [before?.file.catalogues, documents.catalogues].some((some) => some !== undefined && some.length > 0)
    const openCatalogues = hasCatalogue ? catalogueOpener(at, before?.seenCatalogues) : undefined
    const taking = { held: before?.file, seen: before?.seen, anchors, offered: documents, openCatalogues }
    const { file, seen, opened, catalogues, refused } = await takeDocuments(taking, at)
    const kept: SavedDocuments = {
      revision: (before?.revision ?? 0) + 1,
      file,
      seen: [...seen],
      ...(catalogues && { seenCatalogues: [...catalogues.seen] }),
      updatedAt: at,
    }
    if (await store.write(kept)) return { kept, opened: { ...opened, ...(catalogues && { catalogues }) }, refused }
  }
  throw new Error('another window of this page writes without end')
}
