/** `tongheng/verify`: the verification pipeline and its verdict. */
export type { Check, CheckGroup, CheckStatus, Evidence, Finding as CheckFinding, Row } from '../base/check.js'
// Also exported by `tongheng/status`; before 0.2.0 only here.
export {
  type CurrentStatus,
  currentStatus,
  type Notice,
  type Opened,
  openStatus,
  type SignedStatus,
  type Status,
  type StatusList,
  type StatusQuestion,
  type Successor,
  withSuccessors,
} from '../status/index.js'
export type { LogEvidence, Seen } from '../trust/inside.js'
export type { VerdictDifference } from './evidence/compare-verdicts.js'
export {
  EvidenceBundle,
  type EvidenceMaterial,
  type GatheredEvidence,
  gatherEvidence,
  type Replay,
  replayEvidence,
} from './evidence/evidence.js'
export { leafOf } from './evidence/leaf.js'
export { type OpenedLogEvidence, openLogEvidence, type SignedLogEvidence, StatementPlace } from './evidence/log-evidence.js'
export { listedLogs, logKeyOf, openListedCheckpoint, witnessKeys } from './evidence/log-keys.js'
export { type Material, type OpenedMaterial, openMaterial } from './evidence/open-material.js'
export { type NotJudged, type Standing, type StandingConflict, standings } from './standing/standing.js'
export type { StandingEntry, StatedInstrument } from './standing/standing-entries.js'
export type { StandingOptions } from './standing/standing-material.js'
export { assertRecognised } from './verdict/assert-recognised.js'
export type { Checking, SignedClaims } from './verdict/authenticate.js'
export { type Examined, type VerifyOptions, verdictRows } from './verdict/judge.js'
export { decidingCheck, type Outcome, type ReliedDocument, type Verdict } from './verdict/verdict.js'
export { examine, type ReadSpecifications, readSpecifications, type SignedRecord, verify, verifyMany } from './verdict/verify.js'
