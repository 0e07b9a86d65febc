/** `tongheng/records`: the kinds of record and their vocabulary, as zod schemas and types of the same name. */
export type { Instant } from '../base/date.js'
export type { Decimal } from '../base/decimal.js'
export { SCHEMA_BASE } from '../base/published.js'
export type { ParsedShape, ShapeFault } from '../base/shape.js'
export { headOfLine, lineOfRow, linesOf, outcomeOfLine, recordOfLine, recordsByLine } from './batch.js'
export { MAX_LINES } from './batch-line.js'
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
export { type DecodedRecord, decodeRecord } from './decode-record.js'
export { memberLabel } from './descriptions.js'
export { byInstrument, canBeOne, type Identified, type InstrumentIdentity, identityOf, isSecondUse, secondUses } from './identity.js'
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
export { COMPARISON_OUTCOMES, type ReferenceMethod, referenceMethods } from './kinds/comparison-result.js'
export {
  type AnyRecord,
  type Certificate,
  type DatedMember,
  isCertificate,
  type Kind,
  type KindRow,
  type KindRowOf,
  kindOf,
  kinds,
  type RecordOf,
} from './kinds/index.js'
export { type FindingCode, findingCodes, type MeasureCode, measureCodes } from './kinds/supervision-finding.js'
export { kindOfValue, parseForeignRecord, parseRecord, type RecordKind } from './parse.js'
export type { Places } from './places.js'
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
export { Cell, type ColumnRole, columnRoles, type RowVerdict, VERDICTS } from './result-table.js'
export { type SignRecordOptions, signRecord } from './sign-record.js'
export {
  Adoption,
  Amendment,
  Applicant,
  ApprovedModel,
  Attachment,
  type BatchLine,
  BudgetEntry,
  CalibrationResult,
  CivilDate,
  Column,
  ComparisonPoint,
  ComparisonReference,
  ComparisonResult,
  DecimalText,
  DecisionRule,
  Digest,
  type DivisionCode,
  Environment,
  ErrorFormation,
  Instrument,
  Issuer,
  LaboratoryResult,
  Limits,
  LocalizedText,
  MeasurementStandard,
  Mobile,
  Party,
  type PeriodText,
  Place,
  Quantity,
  Range,
  RatioBasis,
  RegionCode,
  Requirement,
  ResultTable,
  type Seconds,
  Signatory,
  SpecificationReference,
  SupervisionFinding,
  TechnicalSpecification,
  TypeApproval,
  Ulid,
  Uncertainty,
  type UnitCode,
  Uscc,
  VerificationRecord,
} from './types.js'
