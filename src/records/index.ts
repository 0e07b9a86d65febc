/** `tongheng/records`: the kinds of record and their vocabulary, as zod schemas and types of the same name. */
export type { Instant } from '../base/date.js'
export type { Decimal } from '../base/decimal.js'
export { SCHEMA_BASE } from '../base/published.js'
export type { ParsedShape, ShapeFault } from '../base/shape.js'
export { Amendment } from './amendment.js'
export {
  type CellOf,
  type ColumnOf,
  civilDate,
  createRecord,
  type DecimalLiteral,
  decimal,
  expandedUncertainty,
  type MeasuredRole,
  type Members,
  quantity,
  readRecord,
  resultTable,
  type TableOf,
} from './build.js'
export { RecordClaims } from './claims.js'
export { DecisionRule } from './decision-rule.js'
export { type DecodedRecord, decodeRecord } from './decode-record.js'
export { byInstrument, canBeOne, type Identified, type InstrumentIdentity, identityOf, isSecondUse, secondUses } from './identity.js'
export { Attachment, Instrument, MeasurementStandard, Mobile, SpecificationReference } from './instrument.js'
export { writeJsonSchemas } from './json-schema.js'
export {
  acceptanceLimits,
  boundsError,
  describeUnjudged,
  factMissing,
  halfWidthOf,
  isUncertaintyAtMost,
  isWithinLimits,
  type JudgedRow,
  judgeRows,
  type RowJudgements,
  type RowLimits,
  type UnjudgedReason,
  type UnjudgedRow,
  undecidedReason,
} from './judged-rows.js'
export { CalibrationResult } from './kinds/calibration-result.js'
export {
  COMPARISON_OUTCOMES,
  ComparisonPoint,
  ComparisonReference,
  ComparisonResult,
  LaboratoryResult,
  type ReferenceMethod,
  referenceMethods,
} from './kinds/comparison-result.js'
export {
  type AnyRecord,
  type Certificate,
  type DatedMember,
  isCertificate,
  type Kind,
  type KindRow,
  kindOf,
  kinds,
  type RecordOf,
} from './kinds/index.js'
export { type FindingCode, findingCodes, type MeasureCode, measureCodes, SupervisionFinding } from './kinds/supervision-finding.js'
export { Adoption, Requirement, TechnicalSpecification } from './kinds/technical-specification.js'
export { ApprovedModel, TypeApproval } from './kinds/type-approval.js'
export { VerificationRecord } from './kinds/verification-record.js'
export { kindOfValue, parseForeignRecord, parseRecord, type RecordKind } from './parse.js'
export { Applicant, Issuer, Party, Place, Signatory } from './party.js'
export type { Places } from './places.js'
export { BudgetEntry, Environment, Limits, Quantity, Range, Uncertainty } from './quantity.js'
export {
  columnBeside,
  columnsOf,
  decimalAt,
  judgedColumn,
  judgedColumns,
  limitColumn,
  pointer,
  type ReadColumn,
  type ReadTable,
  readTable,
  type SingleRole,
} from './read-table.js'
export { expandedUncertaintyOf, hasUncertaintyColumn } from './readings.js'
export { amendmentOf, type Replaced, replacedIn, replacesAny } from './replaced.js'
export {
  Cell,
  Column,
  type ColumnRole,
  columnRoles,
  ErrorFormation,
  RatioBasis,
  ResultTable,
  type RowVerdict,
  VERDICTS,
} from './result-table.js'
export { type SignRecordOptions, signRecord } from './sign-record.js'
export type { DivisionCode, PeriodText, Seconds, UnitCode } from './types.js'
export { CivilDate, DecimalText, Digest, LocalizedText, RegionCode, Ulid, Uscc } from './vocabulary.js'
