/** `tongheng/joint`: joint statements (协同记录) about work that bodies of both sides do together. */
export { checkDocument } from './check-document.js'
export type { JointCode } from './codes.js'
export type { JointFinding, JointFindingStatus } from './finding.js'
export type { DatedPart, JointKindOf } from './kinds/kind.js'
export { type AnyJointDocument, type JointDocumentOf, type JointKind, type JointKindRow, jointKinds } from './kinds/list.js'
export { StandardAssessment, standardLevels } from './kinds/standard-assessment.js'
export { type Joint, type JointStatement, MAX_JOINT, type OpenJointOptions, openJoint } from './open-joint.js'
export {
  JOINT,
  JointClaims,
  readForeignJoint,
  readJointDocument,
  type SignJointOptions,
  signJoint,
} from './statement.js'
