/** Issues a record: signs it, with its label where one is wanted, and sends it. */

import type { Signer } from '../envelope/index.js'
import type { SignedLabel } from '../label/index.js'
import { type AnyRecord, type SignRecordOptions, signRecord } from '../records/index.js'
import type { Receipt } from './calls.js'

export interface IssueOptions extends Pick<SignRecordOptions, 'jti' | 'status' | 'supersedes'> {
  /** Whether the label of the verification is signed with it: one more signature. @default false */
  readonly label?: boolean
  /** Signs record and label; its key must be listed for both. @default the signer of the caller */
  readonly signer?: Signer
  /** Time of signing. @default now */
  readonly at?: string | Date | number
  readonly signal?: AbortSignal
}

export interface Issued {
  readonly statement: string
  readonly receipt: Receipt
  /** Present where one was wanted and the node did not reject the record. */
  readonly label?: SignedLabel
}

interface Signing extends IssueOptions {
  readonly signer: Signer
  readonly at: string | Date | number
}

/** @throws `record.invalid`; `label.kind`, `label.record-fails`, `label.not-packable` where a label is wanted */
export async function writeIssue(record: AnyRecord, { label: wanted = false, signer, at, jti, status, supersedes }: Signing) {
  // Loaded when one is wanted: a client that only sends has no use for it.
  const labels = wanted ? await import('../label/index.js') : undefined
  labels?.assertLabelable(record)
  const rest = { ...(jti !== undefined && { jti }), ...(status && { status }), ...(supersedes !== undefined && { supersedes }) }
  const statement = await signRecord(record, { signer, at, ...rest })
  const label = labels === undefined ? undefined : await labels.signLabel(statement, { signers: [signer], at })
  return { statement, label }
}
