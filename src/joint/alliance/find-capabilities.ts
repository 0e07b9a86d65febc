/** The capability directory (资源共享): who can measure what, how well, and whether the claim is within what its authority has granted. */
import { type CivilDate, civilDateOf } from '../../base/date.js'
import { foldWidth } from '../../base/fold.js'
import { identifierKey } from '../../base/identifier.js'
import { anArray, anObject, aText, aTrust, checkArgument, checkOptions, type OptionTable, optional } from '../../base/options.js'
import { findCategories, isAmongCategories } from '../../catalogue/index.js'
import { type Agreement, agreementAt, findClause } from '../../recognition/index.js'
import type { Authorisation, ListedEntity, Trust } from '../../trust/index.js'
import { aDay, someJoint } from '../arguments.js'
import { found, type JointFinding } from '../finding.js'
import { type CapabilityItem, type CapabilityStatement, capabilityWork } from '../kinds/capability.js'
import type { Joint, JointStatement } from '../open-joint.js'
import { compareUncertainties, isWithinRange, isWithinRanges, type StatedRange } from '../ranges.js'

export interface CapabilityQuestion {
  /** What is to be measured: a quantity or an instrument as people call it, or the slug of a category. */
  readonly can: string
  readonly work?: 'verification' | 'calibration'
  readonly range?: StatedRange
  /** Largest expanded uncertainty that will do. */
  readonly uncertainty?: { readonly value: string; readonly unit: string }
  /** Day asked about, YYYY-MM-DD. */
  readonly on: CivilDate
  readonly trust: Trust
  /** With them, each answer says in which provinces its results are recognised. */
  readonly agreements?: readonly Agreement[]
}

export interface FoundCapability {
  readonly statement: JointStatement<CapabilityStatement>
  readonly item: CapabilityItem
  /** True where range and uncertainty suffice; undefined where one of them could not be compared. */
  readonly suffices: boolean | undefined
  /** The authority that lists the institute, and its province. */
  readonly authority: string
  readonly region: string
  /** Provinces that recognise results of this work from this province, two digits each. */
  readonly recognisedIn: readonly string[]
  /** What of the claim is beyond what the authority has granted, or could not be compared. */
  readonly findings: readonly JointFinding[]
  /** Whether the claim is wholly within the authorisation that it names. */
  readonly isGranted: boolean
}

const OPTIONS: OptionTable = {
  can: aText,
  work: optional(aText),
  range: optional(anObject),
  uncertainty: optional(anObject),
  on: aDay,
  trust: aTrust,
  agreements: optional(anArray),
}

/**
 * Finds institutes by what they claim, and judges each claim by the trust list of its authority. First those whose claim is granted and
 * suffices, by their uncertainty; then those that could not be compared; then those beyond their authorisation.
 * @throws `verify.options` where an argument is not what it should be
 */
export function findCapabilities(joint: Joint, question: CapabilityQuestion): readonly FoundCapability[] {
  checkArgument('findCapabilities', 'joint', joint, someJoint)
  checkOptions('findCapabilities', question, OPTIONS)
  const wanted = wantedBy(question.can)
  const newest = new Map<string, JointStatement<CapabilityStatement>>()
  for (const one of joint.of('capability-statement'))
    if (one.counts) newest.set(`${one.issuer.uscc} ${identifierKey(one.document.number)}`, one)
  const answers = [...newest.values()]
    .filter(({ document }) => document.from <= question.on && question.on <= document.until)
    .flatMap((statement) =>
      statement.document.items
        .filter((item) => wanted(item) && (question.work === undefined || item.work === question.work))
        .flatMap((item) => answerOf(statement, item, question)),
    )
  return answers.sort((a, b) => rank(a) - rank(b) || byUncertainty(a, b))
}

/** Whether an item is of what people ask for: by the category, one of its names, or the quantity. */
function wantedBy(can: string): (item: CapabilityItem) => boolean {
  const text = foldWidth(can).trim().toLowerCase()
  const slugs = [can.trim(), ...findCategories(can).map(({ slug }) => slug)]
  return ({ categories, quantity }) =>
    slugs.some((slug) => isAmongCategories(categories, slug)) ||
    (text !== '' && [quantity.zh, quantity.en ?? ''].some((name) => foldWidth(name).toLowerCase().includes(text)))
}

function answerOf(statement: JointStatement<CapabilityStatement>, item: CapabilityItem, question: CapabilityQuestion): FoundCapability[] {
  const { range, uncertainty, trust, on } = question
  const enough = [
    range === undefined || isWithinRange(range, item.range),
    uncertainty === undefined || (item.uncertainty === undefined ? undefined : orderAtMost(item.uncertainty, uncertainty)),
  ]
  if (enough.includes(false)) return []
  const listed = trust.entity(statement.issuer.uscc)
  const findings = listed === undefined ? [] : [...judgeClaim(item, listed, on), ...listFindings(listed, on)]
  return [
    {
      statement,
      item,
      suffices: enough.includes(undefined) ? undefined : true,
      authority: statement.authority,
      region: statement.issuer.region,
      recognisedIn: recognisedIn(statement.issuer.region, item, question),
      findings,
      isGranted: listed !== undefined && findings.length === 0,
    },
  ]
}

/** An authorisation may have changed since a list ended: by such a list nothing is granted. */
function listFindings({ list: { payload } }: ListedEntity, on: CivilDate): readonly JointFinding[] {
  const ended = civilDateOf(payload.exp)
  return ended < on ? [found('claim.list-expired', { status: 'unknown', params: { authority: payload.iss, ended, on } })] : []
}

const orderAtMost = (
  claimed: { readonly value: string; readonly unit: string },
  asked: { readonly value: string; readonly unit: string },
): boolean | undefined => {
  const order = compareUncertainties(claimed, asked)
  return order === undefined ? undefined : order <= 0
}

/** Faults of a claim by the authorisation that it names. */
function judgeClaim(item: CapabilityItem, { entity, also = [] }: ListedEntity, on: CivilDate): readonly JointFinding[] {
  const number = item.authorisationNo
  // Authorisations add up over the lists of several authorities.
  const named = [entity, ...also.map((one) => one.entity)]
    .flatMap(({ authorisations }) => authorisations)
    .filter((one) => identifierKey(one.number) === identifierKey(number))
  const [first] = named
  if (first === undefined) return [found('claim.no-authorisation', { status: 'unknown', params: { number } })]
  const current = named.filter(({ from, to }) => from <= on && on <= to)
  if (current.length === 0) return [found('claim.authorisation-ended', { params: { number, from: first.from, to: first.to, on } })]
  const kind = capabilityWork[item.work][2]
  const ofKind = current.filter(({ kinds }) => kinds.includes(kind))
  const [zh, en] = capabilityWork[item.work]
  if (ofKind.length === 0) return [found('claim.work-beyond', { params: { number, kind: { zh, en } } })]
  const findings = item.categories.flatMap((category) =>
    ofKind.some(({ categories }) => categories === 'all' || isAmongCategories(categories, category))
      ? []
      : [found('claim.category-beyond', { params: { number, category } })],
  )
  return [...findings, ...(findings.length > 0 ? [] : measureFindings(item, ofKind))]
}

/** Range and uncertainty against what the trust list states of the authorisation. */
function measureFindings({ categories, range, uncertainty, authorisationNo: number }: CapabilityItem, granted: readonly Authorisation[]) {
  const rows = granted
    .flatMap(({ capabilities = [] }) => capabilities)
    .filter((row) => row.categories === 'all' || categories.every((category) => isAmongCategories(row.categories as string[], category)))
    .map((row) => ({ row, range: { lower: row.lower, upper: row.upper, unit: row.rangeUnit ?? row.unit } }))
  const unknown = [found('claim.not-compared', { status: 'unknown' as const, params: { number } })]
  if (rows.length === 0) return unknown
  const within = isWithinRanges(
    range,
    rows.map((one) => one.range),
  )
  if (within === false) return [found('claim.range-beyond', { params: { number } })]
  if (within === undefined) return unknown
  if (uncertainty === undefined) return []
  const covering = rows.filter((one) => isWithinRange(range, one.range) === true)
  // Rows that hold the range only together may each state another uncertainty.
  if (covering.length === 0) return unknown
  const orders = covering.map(({ row }) => compareUncertainties(uncertainty, { value: row.smallest, unit: row.unit }))
  if (orders.some((order) => order !== undefined && order >= 0)) return []
  if (orders.includes(undefined)) return unknown
  const { smallest, unit } = (covering[0] as (typeof covering)[number]).row
  const params = { number, claimed: `${uncertainty.value} ${uncertainty.unit}`, smallest: `${smallest} ${unit}` }
  return [found('claim.uncertainty-beyond', { params })]
}

/** Provinces that recognise the results of such work, by the agreements at hand. */
function recognisedIn(from: string, { work, categories }: CapabilityItem, { agreements = [], on }: CapabilityQuestion): readonly string[] {
  const kind = capabilityWork[work][2]
  const regions = new Set(agreements.flatMap(({ payload }) => payload.parties.map(({ region }) => region)).filter((one) => one !== from))
  return [...regions]
    .sort()
    .filter((to) =>
      agreementsBetween(agreements, on).some(({ payload }) =>
        categories.every((category) => 'clause' in findClause(payload, { kind, category, from, to, factDate: on })),
      ),
    )
}

/** Of each agreement the version in force on the day. */
const agreementsBetween = (agreements: readonly Agreement[], on: CivilDate): readonly Agreement[] =>
  [...new Set(agreements.map(({ payload }) => payload.id))].flatMap((id) => {
    const own = agreementAt(
      agreements.filter(({ payload }) => payload.id === id),
      on,
    )
    return own === undefined ? [] : [own]
  })

const rank = ({ isGranted, suffices, findings }: FoundCapability): number => {
  if (isGranted) return suffices ? 0 : 1
  return findings.some(({ status }) => status === 'fail') ? 3 : 2
}

const byUncertainty = (a: FoundCapability, b: FoundCapability): number => {
  if (a.item.uncertainty === undefined || b.item.uncertainty === undefined) return 0
  return compareUncertainties(a.item.uncertainty, b.item.uncertainty) ?? 0
}
