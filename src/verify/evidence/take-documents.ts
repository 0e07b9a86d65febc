/** Adds offered documents to the stored ones. Each is verified under the pinned root keys, and none replaces a newer one. */
import type { Instant } from '../../base/date.js'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { type Catalogues, openAgreement } from '../../recognition/index.js'
import { openTrust, type SeenTrustList, type Trust, type TrustAnchor } from '../../trust/index.js'
import { checkClaims, checkSignature } from '../verdict/authenticate.js'
import { aRecord } from '../verdict/judge.js'
import { fault } from './messages.js'
import { type OpenedMaterial, openMaterial } from './open-material.js'
import { type TrustFile, trustStateOf } from './trust-file.js'

/** Signed documents from a file or a node, not yet verified. */
export type Offered = Partial<Omit<TrustFile, 'anchors'>>

export interface Taken {
  readonly file: TrustFile
  readonly seen: readonly SeenTrustList[]
  readonly opened: OpenedMaterial
  /** Present if `openCatalogues` was passed. */
  readonly catalogues?: Catalogues | undefined
  /** Errors of the offered documents that were rejected. */
  readonly refused: readonly TonghengError[]
}

export interface Taking {
  /** The stored documents; absent for the first file. */
  readonly held?: Partial<TrustFile> | undefined
  /** Result of earlier openings: no older list is accepted. */
  readonly seen?: readonly SeenTrustList[] | undefined
  /** Root keys that the user pins now. They never replace keys of the same authority that are pinned already. */
  readonly anchors?: readonly TrustAnchor[] | undefined
  readonly offered: Offered
  /** Opens catalogues. Without it, the stored catalogues are returned unchanged and none is added. */
  readonly openCatalogues?: ((signed: readonly string[][], trust: Trust) => Promise<Catalogues>) | undefined
}

const both = <T>(one: readonly T[] | undefined, other: readonly T[] | undefined): T[] => [
  ...new Map([...(one ?? []), ...(other ?? [])].map((item) => [JSON.stringify(item), item])).values(),
]

export const refusedIn = ({ status, log }: OpenedMaterial): TonghengError[] => [...status.refused, ...log.refused].map(({ error }) => error)

/**
 * Merges the offered documents into the stored ones. A document that is not genuine is rejected alone; a trust list that is older
 * than, or differs from, one seen before throws. Older status lists of the same issuer and address are dropped.
 * @throws `trust-list.*`
 */
export async function takeDocuments(taking: Taking, at: Instant): Promise<Taken> {
  const { held, seen = [], anchors: pinned = [], offered } = taking
  const anchors = [...(held?.anchors ?? [])]
  for (const anchor of pinned)
    if (!anchors.some(({ authority }) => authority === anchor.authority)) anchors.push({ ...anchor, keys: [...anchor.keys] })
  const trustLists = both(held?.trustLists, offered.trustLists)
  const trust = await openTrust({ anchors, lists: trustLists, seen })
  const { kept: catalogues, opened: openedCatalogues } = await takenCatalogues(taking, trust)
  const { agreements, refused } = await genuineAgreements(both(held?.agreements, offered.agreements), trust)
  const specifications = await genuineSpecifications(held?.specifications ?? [], offered.specifications ?? [], trust, at)
  const material = {
    anchors,
    trustLists,
    agreements,
    specifications: specifications.texts,
    statusLists: both(held?.statusLists, offered.statusLists),
    notices: both(held?.notices, offered.notices),
  }
  const opened = await openMaterial({ ...material, seen }, at)
  const { seen: nowSeen, ...documents } = trustStateOf(opened)
  const file = { ...material, ...(catalogues && { catalogues }), statusLists: [], notices: [], ...documents, anchors }
  const allRefused = [...refused, ...(openedCatalogues?.refused ?? []), ...specifications.refused, ...refusedIn(opened)]
  return { file, seen: nowSeen, opened, catalogues: openedCatalogues, refused: allRefused }
}

/** The stored catalogues, and the newest valid one of each authority among the offered. @throws `catalogue.rollback`, `.fork`, `.times` */
async function takenCatalogues({ held, offered, openCatalogues }: Taking, trust: Trust) {
  const before = held?.catalogues
  if (openCatalogues === undefined) return { kept: before, opened: undefined }
  const opened = await openCatalogues(both(before, offered.catalogues), trust)
  const storedPayloads = new Set(before?.map(payloadOf))
  const added = opened.published.filter(({ signed }) => !storedPayloads.has(payloadOf(signed))).map(({ signed }) => [...signed])
  const kept = [...(before ?? []), ...added]
  return { kept: kept.length === 0 ? undefined : kept, opened }
}

const payloadOf = ([first = '']: readonly string[]): string | undefined => first.split('.')[1]

/** Opens each agreement; a node may offer an invalid one, which is rejected alone. */
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

/**
 * The stored specifications, and the offered ones signed by a listed key. Status and scope are not checked: a specification that
 * no longer applies was published all the same.
 */
async function genuineSpecifications(held: readonly string[], offered: readonly string[], trust: Trust, at: Instant) {
  const texts = [...held]
  const refused: TonghengError[] = []
  for (const text of both([], offered).filter((one) => !held.includes(one))) {
    const { checks, holder } = checkClaims(await checkSignature(text, trust, at, aRecord), trust, at, aRecord, {})
    const failed = checks.find(({ status }) => status === 'fail')
    if (failed === undefined && holder !== undefined) texts.push(text)
    else if (failed !== undefined) refused.push(fault('specification.not-genuine', { reason: failed.message }))
  }
  return { texts, refused }
}
