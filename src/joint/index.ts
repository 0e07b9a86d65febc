/** `tongheng/joint`: joint statements (协同记录) about work that bodies of both sides do together. */
export { type AllianceMember, type AllianceQuestion, type AllianceState, allianceOf } from './alliance/alliance.js'
export { type CapabilityQuestion, type FoundCapability, findCapabilities } from './alliance/find-capabilities.js'
export { checkDocument } from './check-document.js'
export { checkJointClauses } from './clauses/check-clauses.js'
export { type JointCondition, type JointFacts, jointConditions } from './clauses/conditions.js'
export { type JointClauseQuestion, type JointOutcome, type JointRecognition, judgeJointClauses } from './clauses/judge-clauses.js'
export type { JointCode } from './codes.js'
export type { JointFinding, JointFindingStatus } from './finding.js'
export { Alliance, memberRoles } from './kinds/alliance.js'
export { AllianceMembership } from './kinds/alliance-membership.js'
export { authorisationForms, MetrologyAuthorisation } from './kinds/authorisation.js'
export { type CapabilityItem, CapabilityStatement, capabilityWork } from './kinds/capability.js'
export { DrawCommitment, MAX_POPULATION } from './kinds/draw-commitment.js'
export { DrawNonce } from './kinds/draw-nonce.js'
export type { DatedPart, JointKindOf } from './kinds/kind.js'
export { type AnyJointDocument, type JointDocumentOf, type JointKind, type JointKindRow, jointKinds } from './kinds/list.js'
export type { ExpandedUncertainty } from './kinds/parts.js'
export { RoundCommitment } from './kinds/round-commitment.js'
export { RoundEnrolment } from './kinds/round-enrolment.js'
export { RoundOpening } from './kinds/round-opening.js'
export { MAX_SEALED, RoundResult } from './kinds/round-parts.js'
export { RoundProtocol, SealingKey } from './kinds/round-protocol.js'
export { RoundReport } from './kinds/round-report.js'
export { RoundWithdrawal } from './kinds/round-withdrawal.js'
export { StandardAssessment } from './kinds/standard-assessment.js'
export { closureOutcomes, SupervisionClosure } from './kinds/supervision-closure.js'
export { SupervisionMeasure } from './kinds/supervision-measure.js'
export { SupervisionRecheck } from './kinds/supervision-recheck.js'
export { SupervisionRectification } from './kinds/supervision-rectification.js'
export { SupervisionTask } from './kinds/supervision-task.js'
export { type Joint, type JointStatement, MAX_JOINT, type OpenJointOptions, openJoint } from './open-joint.js'
export type { StatedRange } from './ranges.js'
export {
  type BoundResult,
  type CheckedReport,
  type CheckReportOptions,
  checkReport,
  type LaboratoryState,
  laboratoryStateNames,
  type OpenedResult,
  openSealed,
  type Round,
  type RoundKey,
  type RoundLaboratory,
  type RoundOptions,
  type RoundPhase,
  type RoundReportContent,
  reportOf,
  resultDigest,
  roundOf,
  roundPhaseNames,
  type SealResultOptions,
  sealResult,
} from './round/index.js'
export { type DrawnAuthorisations, drawAuthorisations } from './standards/authorisations.js'
export { type CheckedStandard, type CheckStandardsOptions, checkStandards } from './standards/check-standards.js'
export { JOINT, JointClaims, readForeignJoint, readJointDocument, type SignJointOptions, signJoint } from './statement.js'
export {
  type CaseOptions,
  type CaseState,
  type CaseStatement,
  caseOf,
  caseStates,
  casesOf,
  type FindingRecord,
  overdueCases,
  type SupervisionCase,
} from './supervision/cases.js'
export { type Draw, type DrawOfOptions, type DrawSide, type DrawState, drawOf } from './supervision/draw.js'
export {
  type BureauNonce,
  type DrawPartiesOptions,
  drawParties,
  nonceDigest,
  type Population,
  populationOf,
} from './supervision/draw-parties.js'
export { drawStateNames } from './supervision/names.js'
export { caseStateNames, type SupervisionRow, supervisionTable, writeSupervisionCsv } from './supervision/table.js'
