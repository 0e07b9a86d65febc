/** Faults within one document that its schema cannot express. */
import { type Instant, startOfDay } from '../base/date.js'
import { checkArgument, type Expectation, isObject } from '../base/options.js'
import { found, type JointFinding } from './finding.js'
import { datesInOrder } from './kinds/kind.js'
import { type AnyJointDocument, type JointKindRow, jointKinds } from './kinds/list.js'

const A_DOCUMENT: Expectation = {
  is: (value) => isObject(value) && jointKinds.has(value.kind as string),
  expected: { zh: '协同记录的内容（readJointDocument 的结果）', en: 'a document, as readJointDocument gives it' },
}

/**
 * Checks a document of the right shape for contradictions.
 * @param iat time of signing, where it is known: a document is not signed before the day that it states
 */
export function checkDocument(document: AnyJointDocument, iat?: Instant): readonly JointFinding[] {
  checkArgument('checkDocument', 'document', document, A_DOCUMENT)
  const row = jointKinds.get(document.kind) as JointKindRow
  const date = row.on(document)
  return [
    ...datesInOrder(row.dates?.(document) ?? []),
    ...(row.check?.(document) ?? []),
    ...(iat !== undefined && iat < startOfDay(date) ? [found('joint.signed-before', { params: { date } })] : []),
  ]
}
