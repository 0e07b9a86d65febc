/** The kinds of record, in the order of the documentation. No other file lists them. */
import { calibrationResult } from './calibration-result.js'
import { comparisonResult } from './comparison-result.js'
import { supervisionFinding } from './supervision-finding.js'
import { technicalSpecification } from './technical-specification.js'
import { typeApproval } from './type-approval.js'
import { verificationRecord } from './verification-record.js'

export const LIST = [
  verificationRecord,
  calibrationResult,
  technicalSpecification,
  comparisonResult,
  supervisionFinding,
  typeApproval,
] as const
