/**
 * Descriptions of all members of all records, by the id of their schema, for JSON Schemas, types and messages. Verification does
 * not load them.
 */
import type * as z from 'zod/mini'
import { type Described, labelOf } from '../base/faults.js'
import type { Text } from '../base/message.js'
import { aText, checkArgument, type Expectation, isObject } from '../base/options.js'
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

const A_KIND: Expectation = {
  is: (value) => isObject(value) && isObject(value.schema),
  expected: { zh: '记录种类（如 kindOf 的结果）', en: 'a kind of record, as kindOf gives it' },
}

/** Label of a member of a kind of record by its pointer: `/certificateNo` is 证书编号. */
export function memberLabel(kind: { readonly schema: z.core.$ZodType }, path: string): Text | undefined {
  checkArgument('memberLabel', 'kind', kind, A_KIND)
  checkArgument('memberLabel', 'path', path, aText)
  return labelOf(kind.schema, path, descriptions)
}
