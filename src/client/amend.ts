/** Amends a record: signs the replacing record, and the notice that the earlier one is superseded. */

import { parseInstant } from '../base/date.js'
import { type Signer, statementId } from '../envelope/index.js'
import {
  type AnyRecord,
  decodeRecord,
  isCertificate,
  kindOf,
  type LocalizedText,
  linesOf,
  type SignRecordOptions,
} from '../records/index.js'
import { signNotice } from '../status/index.js'
import type { Receipt } from './calls.js'
import { type Issued, type IssuedLabels, writeIssue } from './issue.js'
import { fault } from './messages.js'

export interface AmendOptions extends Pick<SignRecordOptions, 'jti' | 'status'> {
  /**
   * Whether to sign the label of the replacing record too; for a batch, the label of every line. Print it and remove the earlier label,
   * which is superseded with its record. @default false
   */
  readonly label?: boolean
  /** Reason in plain language; it is stored in the record and in the notice. */
  readonly reason: LocalizedText
  /** Signs record, notice and label; its key must be listed for each. @default the signer of the caller */
  readonly signer?: Signer
  /** Time of signing. @default now */
  readonly at?: string | Date | number
  readonly signal?: AbortSignal
}

export interface Amended extends Pick<Issued, 'label' | 'labels'> {
  readonly statement: string
  readonly receipt: Receipt
  /**
   * Absent if the node rejected the record. If the node stored it, the earlier record counts as replaced even without the notice, because
   * the new record states so.
   */
  readonly notice?: string
  readonly noticeReceipt?: Receipt
}

interface Signing extends AmendOptions {
  readonly signer: Signer
  readonly at: string | Date | number
}

const idOf = (statement: string): string => statementId('metrology-record+jwt', statement.split('.')[1] ?? '')

/**
 * @throws `amend.statement`, `amend.batch`, `record.invalid`; `label.kind`, `label.record-fails`, `label.not-packable`, `label.line-fails`
 * if a label is requested
 */
export async function writeAmendment(
  earlier: string,
  record: AnyRecord,
  { reason, signer, at, jti, status, label: wanted = false }: Signing,
): Promise<{ readonly statement: string; readonly notice: string; readonly made: IssuedLabels }> {
  const before = decodeRecord(earlier)
  const iss = kindOf(record).issuer(record)
  if (before?.record === undefined || before.claims.iss !== iss || before.record.kind !== record.kind)
    throw fault('amend.statement', { iss })
  if (linesOf(before.record) !== linesOf(record)) throw fault('amend.batch')
  const supersedes = idOf(earlier)
  const replaces = kindOf(before.record).number(before.record)
  const amended = isCertificate(record) ? { ...record, amendment: { replaces, statement: supersedes, reason } } : record
  const { statement, made } = await writeIssue(amended, {
    ...{ label: wanted, signer, at, supersedes },
    ...(jti !== undefined && { jti }),
    ...(status && { status }),
  })
  const iat = parseInstant(at)
  const replacedBy = idOf(statement)
  const notice = await signNotice({ iss, iat, action: 'supersede', statements: [supersedes], from: iat, reason, replacedBy }, signer)
  return { statement, notice, made }
}
