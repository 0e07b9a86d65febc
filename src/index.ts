/** `tongheng`: the names on the README's path. Everything else is exported by its own subpath. */

export type { Check } from './base/check.js'
export { isTonghengError, TonghengError } from './base/error.js'
export { checkRecord } from './conformance/index.js'
export { createSigner, generateKey, type Signer } from './envelope/index.js'
export { type Agreement, openAgreement, signAgreement } from './recognition/index.js'
export {
  type AnyRecord,
  type CalibrationResult,
  type ComparisonResult,
  createRecord,
  type Kind,
  type SupervisionFinding,
  signRecord,
  type TechnicalSpecification,
  type TypeApproval,
  type VerificationRecord,
} from './records/index.js'
export { writeVerdictText } from './report/index.js'
export { openTrust, signTrustList, type Trust, type TrustAnchor } from './trust/index.js'
export {
  assertRecognised,
  decidingCheck,
  openStatus,
  readSpecifications,
  type Standing,
  type Status,
  standings,
  type Verdict,
  type VerifyOptions,
  verify,
  verifyMany,
} from './verify/index.js'
