/** Comparison rounds whose results cannot be changed afterwards: sealing, state, report. */
export { type CheckedReport, type CheckReportOptions, checkReport } from './check-report.js'
export type { RoundKey } from './codes.js'
export type { LaboratoryState } from './entries.js'
export { laboratoryStateNames, roundPhaseNames } from './names.js'
export { type RoundReportContent, reportOf } from './report.js'
export { type Round, type RoundLaboratory, type RoundOptions, type RoundPhase, roundOf } from './round.js'
export { type BoundResult, type OpenedResult, openSealed, resultDigest, type SealResultOptions, sealResult } from './seal.js'
