/** The kinds of record, in the order of the documentation. Nothing else lists them. */
import { calibrationResult } from './calibration-result.js'
import { comparisonResult } from './comparison-result.js'
import type { KindRow } from './kind.js'
import { supervisionFinding } from './supervision-finding.js'
import { technicalSpecification } from './technical-specification.js'
import { typeApproval } from './type-approval.js'
import { verificationRecord } from './verification-record.js'

export type { DatedMember, KindRow } from './kind.js'

const LIST = [verificationRecord, calibrationResult, technicalSpecification, comparisonResult, supervisionFinding, typeApproval] as const

/** Every record of this version: what the number of a kind is asked of. `kind` and `version` discriminate. */
export type AnyRecord = Parameters<(typeof LIST)[number]['number']>[0]
export type Kind = AnyRecord['kind']
export type RecordOf<K extends Kind> = Extract<AnyRecord, { kind: K }>

/** Rows by kind, in the order of the documentation. */
export const kinds: ReadonlyMap<string, KindRow> = new Map(
  // A row is only ever asked about records of its own kind.
  LIST.map((row): [string, KindRow] => [row.kind, row as unknown as KindRow]),
)

/** The row of a record's kind. */
export const kindOf = (record: AnyRecord): KindRow => kinds.get(record.kind) as KindRow

/** Certificates: the records of work on one instrument, with standards, environment and results. */
export type Certificate = Parameters<Extract<(typeof LIST)[number], { readonly isCertificate: true }>['number']>[0]
/** Whether a record is a certificate: a verification record or a calibration result. */
export const isCertificate = (record: AnyRecord): record is Certificate => kindOf(record).isCertificate
