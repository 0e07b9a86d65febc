/** Opens the signed documents that `verify` needs: trust first, then documents signed under it. */
import type { Instant } from '../../base/date.js'
import { type Agreement, openAgreement, type Specifications } from '../../recognition/index.js'
import { openStatus, type SignedStatus, type Status } from '../../status/index.js'
import { type OpenTrustOptions, openTrust, type Trust } from '../../trust/index.js'
import { checkMaterial } from '../verdict/check-options.js'
import { readSpecifications } from '../verdict/verify.js'
import { type OpenedLogEvidence, openLogEvidence, type SignedLogEvidence } from './log-evidence.js'

/** All documents on which a verdict depends beside the statement, as signed texts. */
export interface Material extends SignedStatus {
  readonly anchors: OpenTrustOptions['anchors']
  /** All available versions of the authorities' lists. */
  readonly trustLists: OpenTrustOptions['lists']
  readonly agreements?: readonly (readonly string[])[] | undefined
  readonly specifications?: readonly string[] | undefined
  /** Catalogues that authorities publish; each item is the signatures of one. `openMaterial` ignores them: `openCatalogues` opens them. */
  readonly catalogues?: readonly (readonly string[])[] | undefined
  /** Receipts and inclusion proofs, which prove when a statement existed. */
  readonly log?: readonly SignedLogEvidence[] | undefined
  readonly seen?: OpenTrustOptions['seen']
}

export interface OpenedMaterial {
  readonly trust: Trust
  readonly agreements: readonly Agreement[]
  readonly specifications: Specifications
  readonly status: Status
  readonly log: OpenedLogEvidence
}

/**
 * Verifies all signed documents, trust lists first, and returns the input of `verify`.
 * @param at time of the verdict: determines the applicable specification editions and status
 * @throws `trust-list.*`, `agreement.*` if a document does not verify, `verify.options` for an invalid argument
 */
export async function openMaterial(material: Material, at: string | Date | Instant): Promise<OpenedMaterial> {
  checkMaterial('openMaterial', material)
  const { anchors, trustLists, seen, statusLists, notices, successors } = material
  const trust = await openTrust({ anchors, lists: trustLists, ...(seen && { seen }) })
  const agreements: Agreement[] = []
  for (const signed of material.agreements ?? []) agreements.push(await openAgreement(signed, trust))
  const log = await openLogEvidence(material.log ?? [], trust)
  const status = await openStatus({ statusLists, notices, successors }, trust, undefined, log)
  const { specifications } = await readSpecifications(material.specifications ?? [], { at, trust, status, log })
  return { trust, agreements, specifications, status, log }
}
