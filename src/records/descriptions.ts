/** What every member of every record is, by the id of its schema: for JSON Schemas, types and messages. Judging does not load it. */
import type * as z from 'zod/mini'
import { type Described, labelOf } from '../base/faults.js'
import type { Text } from '../base/message.js'
import { amendmentTexts } from './amendment.js'
import { batchLineTexts } from './batch-line.js'
import { claimsTexts } from './claims.js'
import { decisionRuleTexts } from './decision-rule.js'
import { instrumentTexts } from './instrument.js'
import { calibrationResultTexts } from './kinds/calibration-result.js'
import { comparisonResultTexts } from './kinds/comparison-result.js'
import { supervisionFindingTexts } from './kinds/supervision-finding.js'
import { technicalSpecificationTexts } from './kinds/technical-specification.js'
import { typeApprovalTexts } from './kinds/type-approval.js'
import { verificationRecordTexts } from './kinds/verification-record.js'
import { partyTexts } from './party.js'
import { quantityTexts } from './quantity.js'
import { resultTableTexts } from './result-table.js'

export const descriptions: Described = {
  ...amendmentTexts,
  ...batchLineTexts,
  ...claimsTexts,
  ...decisionRuleTexts,
  ...instrumentTexts,
  ...partyTexts,
  ...quantityTexts,
  ...resultTableTexts,
  ...calibrationResultTexts,
  ...comparisonResultTexts,
  ...supervisionFindingTexts,
  ...technicalSpecificationTexts,
  ...typeApprovalTexts,
  ...verificationRecordTexts,
}

/** Label of a member of a kind of record by its pointer: `/certificateNo` is 证书编号. */
export const memberLabel = ({ schema }: { readonly schema: z.core.$ZodType }, path: string): Text | undefined =>
  labelOf(schema, path, descriptions)
