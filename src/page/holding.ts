/** Documents that the page judges by: opened under the pinned root keys, never replaced by older ones, and never by a node's word. */
import { isTonghengError, type TonghengError } from '../base/error.js'
import { openAgreement } from '../recognition/index.js'
import { openTrust, type Trust, type TrustAnchor } from '../trust/index.js'
import { type OpenedMaterial, openMaterial } from '../verify/index.js'
import { type TrustFile, trustStateOf } from '../verify/inside.js'
import type { SavedDocuments, TrustStore } from './trust-store.js'

export interface Holding {
  readonly kept: SavedDocuments
  readonly opened: OpenedMaterial
  /** What was offered and not accepted. */
  readonly refused: readonly TonghengError[]
}

/** Signed documents that were offered: by a file, or by the node. Nothing of them counts until it is verified. */
export type Offered = Partial<Omit<TrustFile, 'anchors'>>

const both = <T>(one: readonly T[] | undefined, other: readonly T[] | undefined): T[] => [
  ...new Map([...(one ?? []), ...(other ?? [])].map((item) => [JSON.stringify(item), item])).values(),
]

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

const refusedIn = ({ status, log }: OpenedMaterial): TonghengError[] => [...status.refused, ...log.refused].map(({ error }) => error)

/** More attempts than windows that would ever write at once. */
const MAX_TURNS = 20

/**
 * Verifies documents under the root keys that are pinned, or that the user pins by this call, and stores them. A document that is
 * not genuine is rejected alone; a trust list that is older than, or differs from, one seen before rejects all, and nothing changes.
 * @throws `trust-list.*`
 */
export async function takeDocuments(
  store: TrustStore,
  offered: Offered & { readonly anchors?: readonly TrustAnchor[] },
  at: number,
): Promise<Holding> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const before = await store.read()
    const anchors = [...(before?.file.anchors ?? [])]
    for (const anchor of offered.anchors ?? [])
      if (!anchors.some(({ authority }) => authority === anchor.authority)) anchors.push({ ...anchor, keys: [...anchor.keys] })
    const trustLists = both(before?.file.trustLists, offered.trustLists)
    const trust = await openTrust({ anchors, lists: trustLists, seen: before?.seen ?? [] })
    const { agreements, refused } = await genuineAgreements(both(before?.file.agreements, offered.agreements), trust)
    const material = {
      anchors,
      trustLists,
      agreements,
      specifications: both(before?.file.specifications, offered.specifications),
      statusLists: both(before?.file.statusLists, offered.statusLists),
      notices: both(before?.file.notices, offered.notices),
    }
    const opened = await openMaterial({ ...material, seen: before?.seen ?? [] }, at)
    const { seen, ...documents } = trustStateOf(opened)
    const file = {
      ...material,
      statusLists: [],
      notices: [],
      ...documents,
      anchors,
    }
    const kept: SavedDocuments = { revision: (before?.revision ?? 0) + 1, file, seen, updatedAt: at }
    if (await store.write(kept)) return { kept, opened, refused: [...refused, ...refusedIn(opened)] }
  }
  throw new Error('another window of this page writes without end')
}

/** A node may offer an agreement that is none; it is left out and named. */
async function genuineAgreements(signed: readonly string[][], trust: Trust) {
  const agreements: string[][] = []
  const refused: TonghengError[] = []
  for (const one of signed) {
    try {
      await openAgreement(one, trust)
      agreements.push(one)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      refused.push(error)
    }
  }
  return { agreements, refused }
}
