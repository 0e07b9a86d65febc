/** JSON Schemas (2020-12) of the records and their vocabulary, one file a schema, with references between the files. */
import * as z from 'zod/mini'
import { SCHEMA_BASE } from '../base/published.js'
import { CivilDate, DecimalText, Digest, DivisionCode, LocalizedText, PeriodText, RegionCode, Seconds, Ulid, Uscc } from '../base/schema.js'
import { Amendment } from './amendment.js'
import { CalibrationResult, DecisionRule } from './calibration-result.js'
import { RecordClaims } from './claims.js'
import { ComparisonPoint, ComparisonReference, ComparisonResult, LaboratoryResult } from './comparison-result.js'
import { Attachment, Instrument, MeasurementStandard, Mobile, SpecificationReference } from './instrument.js'
import { Applicant, Issuer, Party, Place, Signatory } from './party.js'
import { BudgetEntry, Environment, Limits, Quantity, Range, Uncertainty, UnitCode } from './quantity.js'
import { Column, ErrorFormation, RatioBasis, ResultTable } from './result-table.js'
import { SupervisionFinding } from './supervision-finding.js'
import { Adoption, Requirement, TechnicalSpecification } from './technical-specification.js'
import { ApprovedModel, TypeApproval } from './type-approval.js'
import { VerificationRecord } from './verification-record.js'

const VOCABULARY = [
  Adoption,
  Amendment,
  Applicant,
  ApprovedModel,
  Attachment,
  BudgetEntry,
  CivilDate,
  Column,
  ComparisonPoint,
  ComparisonReference,
  DecimalText,
  DecisionRule,
  Digest,
  DivisionCode,
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
  PeriodText,
  Place,
  Quantity,
  Range,
  RatioBasis,
  RegionCode,
  Requirement,
  ResultTable,
  Seconds,
  Signatory,
  SpecificationReference,
  Ulid,
  Uncertainty,
  UnitCode,
  Uscc,
] as const
const DOCUMENTS = [
  VerificationRecord,
  CalibrationResult,
  TechnicalSpecification,
  ComparisonResult,
  SupervisionFinding,
  TypeApproval,
  RecordClaims,
] as const

/** JSON Schema documents by file name, for example `verification-record.v1.json`. */
export function writeJsonSchemas(): ReadonlyMap<string, object> {
  const registry = z.registry<{ id: string }>()
  for (const schema of [...VOCABULARY, ...DOCUMENTS]) {
    const id = z.globalRegistry.get(schema)?.id
    if (id === undefined) throw new Error('a schema without an id')
    registry.add(schema, { id: `${id}.v1` })
  }
  const { schemas } = z.toJSONSchema(registry, { io: 'input', target: 'draft-2020-12', uri: (id) => `${SCHEMA_BASE}${id}.json` })
  return new Map(
    Object.entries(schemas)
      .map(([id, schema]) => [`${id}.json`, schema] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
