/** Signs a record that is to be issued, and its label if requested. */

import type { Signer } from '../envelope/index.js'
import type { LineLabel, SignedLabel } from '../label/index.js'
import { type AnyRecord, linesOf, type SignRecordOptions, signRecord } from '../records/index.js'
import type { Receipt } from './calls.js'

export interface IssueOptions extends Pick<SignRecordOptions, 'jti' | 'status' | 'supersedes'> {
  /** Whether to sign the label of the verification too, which is one more signature; for a batch, one label per line. @default false */
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
  /** Label of a record of one instrument; present if it was requested and the node did not reject the record. */
  readonly label?: SignedLabel
  /** Labels of all lines of a batch, in the order of the lines, under the same condition. */
  readonly labels?: readonly LineLabel[]
}

/** The labels of an issued record: one, or for a batch one per line. */
export type IssuedLabels = Pick<Issued, 'label' | 'labels'>

interface Signing extends IssueOptions {
  readonly signer: Signer
  readonly at: string | Date | number
}

/** @throws `record.invalid`; `label.kind`, `label.record-fails`, `label.not-packable`, `label.line-fails` if a label is requested */
export async function writeIssue(
  record: AnyRecord,
  { label: wanted = false, signer, at, jti, status, supersedes }: Signing,
): Promise<{ readonly statement: string; readonly made: IssuedLabels }> {
  // Loaded on demand, because most clients sign no labels.
  const labels = wanted ? await import('../label/index.js') : undefined
  labels?.assertLabelable(record)
  const rest = { ...(jti !== undefined && { jti }), ...(status && { status }), ...(supersedes !== undefined && { supersedes }) }
  const statement = await signRecord(record, { signer, at, ...rest })
  if (labels === undefined) return { statement, made: {} }
  const signing = { signers: [signer], at } as const
  if (linesOf(record) !== undefined) return { statement, made: { labels: await labels.signLabels(statement, signing) } }
  return { statement, made: { label: await labels.signLabel(statement, signing) } }
}
