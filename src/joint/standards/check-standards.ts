/** Compares the standards of a record with the assessments that authorities have signed. */
import type { CivilDate, Instant } from '../../base/date.js'
import { nameKey } from '../../base/identifier.js'
import { aMoment, checkArgument, checkMembers, checkOptions, hasFunctions, type OptionTable, optional } from '../../base/options.js'
import { isAmongCategories } from '../../catalogue/index.js'
import type { Catalogues } from '../../recognition/index.js'
import { type AnyRecord, type Certificate, isCertificate, kindOf } from '../../records/index.js'
import { aRecord, someJoint } from '../arguments.js'
import { found, type JointFinding } from '../finding.js'
import type { StandardAssessment } from '../kinds/standard-assessment.js'
import type { Joint, JointStatement } from '../open-joint.js'
import { isWithinRanges, type StatedRange } from '../ranges.js'
import { isEnterprise, waiverFinding } from './waivers.js'

const BASIS = '计量法 第六条至第九条; 计量标准考核办法; JJF 1033'

/** A standard of a record with the findings about its assessment. */
export interface CheckedStandard {
  /** Its index in `standards`, from 0. */
  readonly index: number
  readonly name: string
  /** The assessment with which it was compared; absent if none was opened. */
  readonly assessment?: JointStatement<StandardAssessment>
  readonly findings: readonly JointFinding[]
}

export interface CheckStandardsOptions {
  /**
   * Catalogues that authorities publish, from `openCatalogues`: they can state that the highest standards of enterprises need no
   * assessment.
   * @default none: if an enterprise states no assessment, it is then undecided whether it needs one
   */
  readonly catalogues?: Catalogues
  /**
   * Moment for which the counting catalogues are selected; required with `catalogues`. Their entries are applied for the day of the work.
   */
  readonly at?: string | Date | Instant
}

const OPTIONS: OptionTable = {
  catalogues: {
    is: hasFunctions('countingFor'),
    expected: { zh: ' openCatalogues 的结果', en: 'what openCatalogues gives' },
    isOptional: true,
  },
  at: optional(aMoment),
}

/**
 * Compares each standard of a certificate with its assessment: in force on the day of the work, held by the issuer, for this work, category
 * and range. A standard whose assessment was not opened does not pass: it has an `unknown` finding. Reference materials are left out. If an
 * enterprise states no assessment, a finding names the document that exempts its highest standards, or says that this is not known.
 * @throws `verify.options`
 * @returns one entry per standard; empty if the record is not a certificate
 * @example
 * ```ts
 * import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
 * import { checkStandards, openJoint } from 'tongheng/joint'
 *
 * const world = await createFakeAuthorities()
 * const joint = await openJoint([], { trust: world.trust, at: DEMONSTRATION_TIME })
 * checkStandards(fixtures.F01.record, joint)[0]?.findings[0]?.status // => 'unknown'
 * ```
 */
export function checkStandards(record: AnyRecord, joint: Joint, options: CheckStandardsOptions = {}): readonly CheckedStandard[] {
  checkArgument('checkStandards', 'record', record, aRecord)
  checkArgument('checkStandards', 'joint', joint, someJoint)
  checkOptions('checkStandards', options, OPTIONS)
  if (options.catalogues !== undefined) checkMembers('checkStandards', options, { at: aMoment }, 'options')
  if (!isCertificate(record)) return []
  return record.standards.flatMap((standard, index) => {
    // A system is assessed as a whole: its parts without an assessment number were assessed with it.
    if (standard.referenceMaterial !== undefined || (standard.assessment === undefined && isPart(standard.role))) return []
    return [checked(record, { standard, index }, { joint, options })]
  })
}

type Standard = Certificate['standards'][number]

const isPart = (role: Standard['role']): boolean => role === 'standard' || role === 'auxiliary'

interface Placed {
  readonly standard: Standard
  readonly index: number
}

interface Known {
  readonly joint: Joint
  readonly options: CheckStandardsOptions
}

function checked(record: Certificate, { standard, index }: Placed, { joint, options }: Known): CheckedStandard {
  const { name } = standard
  const path = `/standards/${index}`
  const params = { standard: index + 1, name, number: standard.assessment?.number }
  const on = kindOf(record).factDate(record)
  if (standard.assessment === undefined) {
    if (!isEnterprise(record.issuer)) return { index, name, findings: [found('standard.not-stated', { status: 'unknown', path, params })] }
    return { index, name, findings: [waiverFinding(record.issuer, { path, params, on }, options)] }
  }
  const assessment = assessmentOf(joint, standard.assessment.number, on)
  if (assessment === undefined)
    return { index, name, findings: [found('standard.not-at-hand', { status: 'unknown', path: `${path}/assessment/number`, params })] }
  return { index, name, assessment, findings: compare(record, { standard, index }, { assessment, on }) }
}

/** Returns the assessment of a number that is in force on a day, otherwise the newest issued; undefined if none was opened. */
export function assessmentOf(joint: Joint, number: string, on: CivilDate): JointStatement<StandardAssessment> | undefined {
  const known = joint.of('standard-assessment', number).filter(({ counts }) => counts)
  const inForce = known.filter(({ document }) => document.issuedOn <= on && on <= document.validUntil)
  return (inForce.length > 0 ? inForce : known).reduce<JointStatement<StandardAssessment> | undefined>(
    (newest, one) => (newest === undefined || one.document.issuedOn >= newest.document.issuedOn ? one : newest),
    undefined,
  )
}

interface Against {
  readonly assessment: JointStatement<StandardAssessment>
  readonly on: CivilDate
}

function compare(record: Certificate, { standard, index }: Placed, { assessment, on }: Against): readonly JointFinding[] {
  const { document, statementId } = assessment
  const { number, holder, validUntil, issuedOn } = document
  const { name } = standard
  const stated = standard.assessment?.validUntil
  const at = { basis: BASIS, statementId, path: `/standards/${index}/assessment` }
  const findings: JointFinding[] = []
  if (on > validUntil) findings.push(found('standard.assessment-ended', { ...at, params: { name, number, until: validUntil, on } }))
  if (on < issuedOn) findings.push(found('standard.assessment-later', { ...at, params: { name, number, from: issuedOn, on } }))
  if (holder.uscc !== record.issuer.uscc)
    findings.push(found('standard.not-holder', { ...at, params: { name, number, holder: holder.name } }))
  if (stated !== undefined && stated !== validUntil)
    findings.push(found('standard.validity-differs', { ...at, status: 'warn', params: { number, stated, until: validUntil } }))
  if (nameKey(name) !== nameKey(document.name))
    findings.push(found('standard.name-differs', { ...at, status: 'warn', params: { name, number, assessed: document.name } }))
  return [...findings, ...workFindings(record, document, at)]
}

const WORK = {
  verification: { zh: '检定', en: 'verification' },
  calibration: { zh: '校准', en: 'calibration' },
} as const

function workFindings(
  record: Certificate,
  { capabilities, number }: StandardAssessment,
  at: { readonly basis: string; readonly statementId: string; readonly path: string },
): readonly JointFinding[] {
  const work = record.kind === 'verification-record' ? 'verification' : 'calibration'
  const { category } = record.instrument
  const fitting = capabilities.filter(({ categories, work: works }) => works.includes(work) && isAmongCategories(categories, category))
  if (fitting.length === 0) return [found('standard.work-not-assessed', { ...at, params: { number, category, work: WORK[work] } })]
  // An assessment without a range for this work does not limit the range.
  if (fitting.some(({ ranges }) => ranges === undefined)) return []
  const granted = fitting.flatMap(({ ranges = [] }) => ranges)
  const asked: readonly StatedRange[] = record.instrument.ranges ?? (record.instrument.range ? [record.instrument.range] : [])
  const answers = asked.map((range) => isWithinRanges(range, granted))
  if (answers.includes(false)) return [found('standard.out-of-range', { ...at, params: { number } })]
  if (answers.length === 0 || answers.includes(undefined))
    return [found('standard.range-not-compared', { ...at, status: 'unknown', params: { number } })]
  return []
}
