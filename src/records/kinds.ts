/** The kinds of record, one row each. What the rest of the product needs to know of a kind is asked here, never by a switch. */
import type * as z from 'zod/mini'
import type { CivilDate } from '../base/date.js'
import type { Text } from '../base/messages/index.js'
import { CalibrationResult } from './calibration-result.js'
import type { Instrument, SpecificationReference } from './instrument.js'
import { TechnicalSpecification } from './technical-specification.js'
import { VerificationRecord } from './verification-record.js'

/** Every record of this version. `kind` and `version` discriminate. */
export type AnyRecord = VerificationRecord | CalibrationResult | TechnicalSpecification
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
  basis(record: R): readonly SpecificationReference[]
  instrument(record: R): Instrument | undefined
  /** Last day on which the record may be relied on, where it has one. */
  validUntil(record: R): CivilDate | undefined
}

const verification: KindRow<VerificationRecord> = {
  kind: 'verification-record',
  version: 1,
  title: { zh: '检定记录', en: 'verification record' },
  schema: VerificationRecord,
  number: (record) => record.certificateNo,
  issuer: (record) => record.issuer.uscc,
  factDate: (record) => record.verifiedOn,
  basis: (record) => record.basis,
  instrument: (record) => record.instrument,
  validUntil: (record) => record.validUntil,
}

const calibration: KindRow<CalibrationResult> = {
  kind: 'calibration-result',
  version: 1,
  title: { zh: '校准结果', en: 'calibration result' },
  schema: CalibrationResult,
  number: (record) => record.certificateNo,
  issuer: (record) => record.issuer.uscc,
  factDate: (record) => record.calibratedOn,
  basis: (record) => record.method,
  instrument: (record) => record.instrument,
  validUntil: () => undefined,
}

const specification: KindRow<TechnicalSpecification> = {
  kind: 'technical-specification',
  version: 1,
  title: { zh: '计量技术规范', en: 'technical specification' },
  schema: TechnicalSpecification,
  number: (record) => record.number,
  issuer: (record) => record.publisher.uscc,
  factDate: (record) => record.publishedOn,
  basis: () => [],
  instrument: () => undefined,
  validUntil: () => undefined,
}

/** Rows by kind. */
export const kinds: ReadonlyMap<string, KindRow> = new Map<string, KindRow>([
  [verification.kind, verification],
  [calibration.kind, calibration],
  [specification.kind, specification],
])

/** The row of a record's kind. */
export const kindOf = (record: AnyRecord): KindRow => kinds.get(record.kind) as KindRow
