/** Checks that the standards of an authorisation or a capability statement are assessed, and the assessments in force on a day. */
import type { CivilDate } from '../../base/date.js'
import { categoryName, isAmongCategories } from '../../catalogue/index.js'
import { found, type JointFinding } from '../finding.js'
import type { MetrologyAuthorisation } from '../kinds/authorisation.js'
import { type CapabilityItem, type CapabilityStatement, capabilityWork } from '../kinds/capability.js'
import type { AnyJointDocument } from '../kinds/list.js'
import type { StandardAssessment } from '../kinds/standard-assessment.js'
import type { Joint } from '../open-joint.js'
import { isWithinRanges } from '../ranges.js'
import { assessmentOf } from '../standards/check-standards.js'

/** Returns what fails or could not be compared; empty if every standard is assessed. */
export function assessedFindings(document: AnyJointDocument, joint: Joint, day: CivilDate): readonly JointFinding[] {
  if (document.kind === 'metrology-authorisation') return document.scope.flatMap((_, at) => ofRow(document, at, { joint, day }))
  if (document.kind !== 'capability-statement') return []
  const assessments = assessmentsOf(document, joint, day)
  return document.items.flatMap((item, at) => ofItem(item, at, assessments))
}

interface Known {
  readonly joint: Joint
  readonly day: CivilDate
}

/** A row of an authorisation states the number of the assessment. */
function ofRow({ scope, holder }: MetrologyAuthorisation, at: number, { joint, day }: Known): readonly JointFinding[] {
  const number = scope[at]?.standardNo
  const path = `/scope/${at}/standardNo`
  if (number === undefined) return [found('joint-clause.standard-not-stated', { status: 'unknown', path, params: { row: at + 1 } })]
  const assessment = assessmentOf(joint, number, day)
  if (assessment === undefined) return [found('joint-clause.assessment-not-at-hand', { status: 'unknown', path, params: { number } })]
  const { issuedOn, validUntil, holder: assessed } = assessment.document
  const of = { path, statementId: assessment.statementId }
  return [
    ...(issuedOn <= day && day <= validUntil
      ? []
      : [found('joint-clause.assessment-ended', { ...of, params: { number, from: issuedOn, until: validUntil, on: day } })]),
    ...(assessed.uscc === holder.uscc
      ? []
      : [found('joint-clause.assessment-of-other', { ...of, params: { number, holder: assessed.name } })]),
  ]
}

const assessmentsOf = ({ holder }: CapabilityStatement, joint: Joint, day: CivilDate): readonly StandardAssessment[] =>
  joint
    .of('standard-assessment')
    .filter(({ counts, document }) => counts && document.holder.uscc === holder.uscc)
    .filter(({ document: { issuedOn, validUntil } }) => issuedOn <= day && day <= validUntil)
    .map(({ document }) => document)

/** A capability states no assessment, and an assessment that was not opened may exist: the findings are `unknown`, never failures. */
function ofItem(
  { categories, work, range }: CapabilityItem,
  at: number,
  assessments: readonly StandardAssessment[],
): readonly JointFinding[] {
  const path = `/items/${at}`
  const rows = assessments.flatMap(({ capabilities }) => capabilities).filter((row) => row.work.includes(work))
  const [zh, en] = capabilityWork[work]
  return categories.flatMap((category) => {
    const fitting = rows.filter((row) => isAmongCategories(row.categories, category))
    const params = { row: at + 1, category: categoryName(category), work: { zh, en } }
    if (fitting.length === 0) return [found('joint-clause.no-assessment', { status: 'unknown', path, params })]
    // An assessment without a range for this work does not limit the range.
    if (fitting.some(({ ranges }) => ranges === undefined)) return []
    const granted = fitting.flatMap(({ ranges = [] }) => ranges)
    return isWithinRanges(range, granted) === true ? [] : [found('joint-clause.assessment-range', { status: 'unknown', path, params })]
  })
}
