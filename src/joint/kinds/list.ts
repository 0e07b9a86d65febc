/** The kinds of joint statement, in the order of the documentation. No other file lists them. */
import { alliance } from './alliance.js'
import { allianceMembership } from './alliance-membership.js'
import { metrologyAuthorisation } from './authorisation.js'
import { capabilityStatement } from './capability.js'
import { drawCommitment } from './draw-commitment.js'
import { drawNonce } from './draw-nonce.js'
import type { JointKindOf } from './kind.js'
import { roundCommitment } from './round-commitment.js'
import { roundEnrolment } from './round-enrolment.js'
import { roundOpening } from './round-opening.js'
import { roundProtocol } from './round-protocol.js'
import { roundReport } from './round-report.js'
import { roundWithdrawal } from './round-withdrawal.js'
import { standardAssessment } from './standard-assessment.js'
import { supervisionClosure } from './supervision-closure.js'
import { supervisionMeasure } from './supervision-measure.js'
import { supervisionRecheck } from './supervision-recheck.js'
import { supervisionRectification } from './supervision-rectification.js'
import { supervisionTask } from './supervision-task.js'

const LIST = [
  standardAssessment,
  metrologyAuthorisation,
  alliance,
  allianceMembership,
  capabilityStatement,
  roundProtocol,
  roundEnrolment,
  roundCommitment,
  roundOpening,
  roundWithdrawal,
  roundReport,
  supervisionTask,
  drawCommitment,
  drawNonce,
  supervisionMeasure,
  supervisionRectification,
  supervisionRecheck,
  supervisionClosure,
] as const

/** A document of any kind. */
export type AnyJointDocument = (typeof LIST)[number] extends infer R ? (R extends JointKindOf<infer D> ? D : never) : never
export type JointKind = AnyJointDocument['kind']
/** The document of a kind. */
export type JointDocumentOf<K extends JointKind> = Extract<AnyJointDocument, { readonly kind: K }>

/** A row of any kind; its functions take the documents of that kind. */
export type JointKindRow = JointKindOf<AnyJointDocument>

/** Kinds of joint statement by name. */
export const jointKinds: ReadonlyMap<string, JointKindRow> = new Map(
  // Safe cast: a kind is only applied to its own documents.
  LIST.map((row): [string, JointKindRow] => [row.kind, row as unknown as JointKindRow]),
)
