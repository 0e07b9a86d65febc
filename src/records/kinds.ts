/** The kinds of record, one row each. What the rest of the product needs to know of a kind is asked here, never by a switch. */
import type * as z from 'zod/mini'
import type { CivilDate } from '../base/date.js'
import type { Text } from '../base/messages/index.js'
import { CalibrationResult } from './calibration-result.js'
import { ComparisonResult } from './comparison-result.js'
import type { Instrument, SpecificationReference } from './instrument.js'
import { SupervisionFinding } from './supervision-finding.js'
import { TechnicalSpecification } from './technical-specification.js'
import { TypeApproval } from './type-approval.js'
import { VerificationRecord } from './verification-record.js'

/** Every record of this version. `kind` and `version` discriminate. */
export type AnyRecord =
  | VerificationRecord
  | CalibrationResult
  | TechnicalSpecification
  | ComparisonResult
  | SupervisionFinding
  | TypeApproval
export type Kind = AnyRecord['kind']
export type RecordOf<K extends Kind> = Extract<AnyRecord, { kind: K }>

export interface KindRow<R extends AnyRecord = AnyRecord> {
  readonly kind: R['kind']
  readonly version: number
  readonly title: Text
  readonly schema: z.ZodMiniType
  /** The number people ask for: certificate number, specification number. */
  number(record: R): string
  /** USCC of the body that answers for the record; it must be the one that signs. */
  issuer(record: R): string
  /** The day the record speaks of: rules, scopes and agreements are those of this day. */
  factDate(record: R): CivilDate
  /** The day from which it can have been signed. */
  issuedOn(record: R): CivilDate
  basis(record: R): readonly SpecificationReference[]
  /** Where the record names its specifications. */
  readonly basisPath: string
  instrument(record: R): Instrument | undefined
  /** Instrument category it is about, where it is about one. */
  category(record: R): string | undefined
  /** Last day on which the record may be relied on, where it has one. */
  validUntil(record: R): CivilDate | undefined
}

const none = (): undefined => undefined

const rows = {
  'verification-record': {
    kind: 'verification-record',
    version: 1,
    title: { zh: '检定记录', en: 'verification record' },
    schema: VerificationRecord,
    number: (record) => record.certificateNo,
    issuer: (record) => record.issuer.uscc,
    factDate: (record) => record.verifiedOn,
    issuedOn: (record) => record.verifiedOn,
    basis: (record) => record.basis,
    basisPath: '/basis',
    instrument: (record) => record.instrument,
    category: (record) => record.instrument.category,
    validUntil: (record) => record.validUntil,
  },
  'calibration-result': {
    kind: 'calibration-result',
    version: 1,
    title: { zh: '校准结果', en: 'calibration result' },
    schema: CalibrationResult,
    number: (record) => record.certificateNo,
    issuer: (record) => record.issuer.uscc,
    factDate: (record) => record.calibratedOn,
    issuedOn: (record) => record.issuedOn,
    basis: (record) => record.method,
    basisPath: '/method',
    instrument: (record) => record.instrument,
    category: (record) => record.instrument.category,
    validUntil: none,
  },
  'technical-specification': {
    kind: 'technical-specification',
    version: 1,
    title: { zh: '计量技术规范', en: 'technical specification' },
    schema: TechnicalSpecification,
    number: (record) => record.number,
    issuer: (record) => record.publisher.uscc,
    factDate: (record) => record.publishedOn,
    issuedOn: (record) => record.publishedOn,
    basis: () => [],
    basisPath: '/number',
    instrument: none,
    category: none,
    validUntil: none,
  },
  'comparison-result': {
    kind: 'comparison-result',
    version: 1,
    title: { zh: '计量比对结果', en: 'comparison result' },
    schema: ComparisonResult,
    number: (record) => record.projectNo,
    issuer: (record) => record.issuer.uscc,
    factDate: (record) => record.ended,
    issuedOn: (record) => record.reportedOn,
    basis: (record) => record.method,
    basisPath: '/method',
    instrument: none,
    category: (record) => record.category,
    validUntil: none,
  },
  'supervision-finding': {
    kind: 'supervision-finding',
    version: 1,
    title: { zh: '监督检查记录', en: 'supervision finding' },
    schema: SupervisionFinding,
    number: (record) => record.findingNo,
    issuer: (record) => record.issuer.uscc,
    factDate: (record) => record.inspectedOn,
    issuedOn: (record) => record.inspectedOn,
    basis: () => [],
    basisPath: '/basis',
    instrument: (record) => record.instrument,
    category: (record) => record.instrument.category,
    validUntil: none,
  },
  'type-approval': {
    kind: 'type-approval',
    version: 1,
    title: { zh: '型式批准', en: 'type approval' },
    schema: TypeApproval,
    number: (record) => record.number,
    issuer: (record) => record.issuer.uscc,
    factDate: (record) => record.approvedOn,
    issuedOn: (record) => record.approvedOn,
    basis: (record) => record.basis,
    basisPath: '/basis',
    instrument: none,
    category: (record) => record.category,
    validUntil: (record) => record.validUntil,
  },
} as const satisfies { readonly [K in Kind]: KindRow<RecordOf<K>> }

/** Rows by kind, in the order of the documentation. */
export const kinds: ReadonlyMap<string, KindRow> = new Map<string, KindRow>(
  // A row is only ever asked about records of its own kind.
  Object.values(rows).map((row): [string, KindRow] => [row.kind, row]),
)

/** The row of a record's kind. */
export const kindOf = (record: AnyRecord): KindRow => kinds.get(record.kind) as KindRow

/** Certificates: the records of work on one instrument, with standards, environment and results. */
export type Certificate = VerificationRecord | CalibrationResult
/** Whether a record is a certificate: a verification record or a calibration result. */
export const isCertificate = (record: AnyRecord): record is Certificate =>
  record.kind === 'verification-record' || record.kind === 'calibration-result'
