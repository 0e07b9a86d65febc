/** Finds faults within one document that its schema cannot express. */
import { type Instant, startOfDay } from '../base/date.js'
import { holdsResidentNumber } from '../base/identifier.js'
import { checkArgument, type Expectation, isObject } from '../base/options.js'
import { found, type JointFinding } from './finding.js'
import { datesInOrder } from './kinds/kind.js'
import { type AnyJointDocument, type JointKindRow, jointKinds } from './kinds/list.js'

const A_DOCUMENT: Expectation = {
  is: (value) => isObject(value) && jointKinds.has(value.kind as string),
  expected: { zh: '协同记录的内容（readJointDocument 的结果）', en: 'a document, as readJointDocument gives it' },
}

/**
 * Checks a document that fits its schema for contradictions.
 * @param iat time of signing, if known: a document must not be signed before the day that it states
 */
export function checkDocument(document: AnyJointDocument, iat?: Instant): readonly JointFinding[] {
  checkArgument('checkDocument', 'document', document, A_DOCUMENT)
  const row = jointKinds.get(document.kind) as JointKindRow
  const date = row.on(document)
  return [
    ...datesInOrder(row.dates?.(document) ?? []),
    ...(row.check?.(document) ?? []),
    ...residentNumbers(document, ''),
    ...(iat !== undefined && iat < startOfDay(date) ? [found('joint.signed-before', { params: { date } })] : []),
  ]
}

/**
 * 个人信息保护法 第六条: joint statements are public, so they must not identify a person. USCCs are skipped, because one may look like a resident
 * number by chance.
 */
function residentNumbers(value: unknown, path: string): readonly JointFinding[] {
  if (typeof value === 'string')
    return holdsResidentNumber(value) ? [found('joint.resident-number', { path, basis: '个人信息保护法 第六条' })] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => (name === 'uscc' ? [] : residentNumbers(member, `${path}/${name}`)))
}
