/** `tongheng/verify`: the one pipeline and its verdict. */
export type { Check, CheckGroup, CheckStatus, Evidence, Finding as CheckFinding, Row } from '../base/check.js'
export type { Checking } from './authenticate.js'
export type { LogEvidence, Seen } from './check-seen.js'
export { type CurrentStatus, currentStatus, type StatusQuestion } from './check-status.js'
export type { VerdictDifference } from './compare-verdicts.js'
export { EvidenceBundle, type EvidenceMaterial, type GatheredEvidence, gatherEvidence, type Replay, replayEvidence } from './evidence.js'
export { leafOf } from './leaf.js'
export { type OpenedLogEvidence, openLogEvidence, type SignedLogEvidence, StatementPlace } from './log-evidence.js'
export { listedLogs, logKeyOf, openListedCheckpoint, witnessKeys } from './log-keys.js'
export { type Material, type OpenedMaterial, openMaterial } from './open-material.js'
export { type Notice, type Opened, openStatus, type SignedStatus, type Status, type StatusList, withSuccessors } from './open-status.js'
export { type NotJudged, type Standing, type StandingConflict, type StandingEntry, standings } from './standing.js'
export type { Successor } from './successor.js'
export { assertRecognised, decidingCheck, type Outcome, type ReliedDocument, type Verdict } from './verdict.js'
export {
  type Examined,
  examine,
  type ReadSpecifications,
  readSpecifications,
  type SignedRecord,
  type VerifyOptions,
  verdictRows,
  verify,
  verifyMany,
} from './verify.js'
