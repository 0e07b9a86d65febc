/** From signed documents to what `verify` takes: trust first, then what is signed under it. */
import type { Instant } from '../../base/date.js'
import { type Agreement, openAgreement, type Specifications } from '../../recognition/index.js'
import { openStatus, type SignedStatus, type Status } from '../../status/index.js'
import { type OpenTrustOptions, openTrust, type Trust } from '../../trust/index.js'
import { checkMaterial } from '../verdict/check-options.js'
import { readSpecifications } from '../verdict/verify.js'
import { type OpenedLogEvidence, openLogEvidence, type SignedLogEvidence } from './log-evidence.js'

/** Everything a verdict rests on beside the statement, as signed texts. */
export interface Material extends SignedStatus {
  readonly anchors: OpenTrustOptions['anchors']
  /** Every version of the authorities' lists that is held. */
  readonly trustLists: OpenTrustOptions['lists']
  readonly agreements?: readonly (readonly string[])[] | undefined
  readonly specifications?: readonly string[] | undefined
  /** Receipts and places in a log: they prove when a statement was there. */
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
 * Verifies every signed document of the material, trust lists first, and gives what `verify` takes.
 * @param at the moment that is asked about: which edition of a specification and which status count
 * @throws `trust-list.*`, `agreement.*` where a document is not what it says, `verify.options` where an argument is not what it should be
 */
export async function openMaterial(material: Material, at: string | Date | Instant): Promise<OpenedMaterial> {
  checkMaterial('openMaterial', material)
  const { anchors, trustLists, seen } = material
  const trust = await openTrust({ anchors, lists: trustLists, ...(seen && { seen }) })
  const agreements: Agreement[] = []
  for (const signed of material.agreements ?? []) agreements.push(await openAgreement(signed, trust))
  const log = await openLogEvidence(material.log ?? [], trust)
  const status = await openStatus(material, trust, undefined, log)
  const { specifications } = await readSpecifications(material.specifications ?? [], { at, trust, status, log })
  return { trust, agreements, specifications, status, log }
}
