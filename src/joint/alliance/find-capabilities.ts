/** The capability directory (资源共享): who can measure what, how well, and whether the claim is within what its authority has granted. */
import type { CivilDate } from '../../base/date.js'
import { foldWidth } from '../../base/fold.js'
import { identifierKey } from '../../base/identifier.js'
import { anObject, aText, aTrust, checkArgument, checkOptions, type OptionTable, optional } from '../../base/options.js'
import { findCategories, isAmongCategories } from '../../catalogue/index.js'
import type { Agreement } from '../../recognition/index.js'
import type { Trust } from '../../trust/index.js'
import { aDay, someAgreements, someJoint } from '../arguments.js'
import { type JointRecognition, judgeJointClauses, judgeResultClauses } from '../clauses/judge-clauses.js'
import type { JointFinding } from '../finding.js'
import type { CapabilityItem, CapabilityStatement } from '../kinds/capability.js'
import type { Joint, JointStatement } from '../open-joint.js'
import { compareUncertainties, isWithinRange, type StatedRange } from '../ranges.js'
import { claimFindings } from './judge-claim.js'

export interface CapabilityQuestion {
  /** What is to be measured: a quantity or an instrument in everyday words, or the slug of a category. */
  readonly can: string
  readonly work?: 'verification' | 'calibration'
  readonly range?: StatedRange
  /** Largest acceptable expanded uncertainty. */
  readonly uncertainty?: { readonly value: string; readonly unit: string }
  /** Day for which claims are searched and judged, YYYY-MM-DD. */
  readonly on: CivilDate
  readonly trust: Trust
  /** If given, each answer states where its certificates are recognised, and where the claim itself counts. */
  readonly agreements?: readonly Agreement[]
}

export interface FoundCapability {
  readonly statement: JointStatement<CapabilityStatement>
  readonly item: CapabilityItem
  /** True if range and uncertainty suffice; undefined if one of them could not be compared. */
  readonly suffices: boolean | undefined
  /** USCC of the authority that lists the institute; `region` is the province of the institute, two digits. */
  readonly authority: string
  readonly region: string
  /** For each other province: whether it recognises certificates of this work, and by which clause of the agreement. */
  readonly results: readonly JointRecognition[]
  /** For each other province: whether the claim itself counts there, if the agreement has a clause on claims of capabilities. */
  readonly claim: readonly JointRecognition[]
  /** Parts of the claim that are beyond the authorisation, or could not be compared. */
  readonly findings: readonly JointFinding[]
  /** Whether the whole claim is within the authorisation that it names. */
  readonly isGranted: boolean
}

const OPTIONS: OptionTable = {
  can: aText,
  work: optional(aText),
  range: optional(anObject),
  uncertainty: optional(anObject),
  on: aDay,
  trust: aTrust,
  agreements: optional(someAgreements),
}

/**
 * Finds institutes by their claims, and judges each claim by the trust list of its authority. Sorts the claims that are granted and suffice
 * first, by their uncertainty; then those that could not be compared; then those beyond their authorisation.
 * @throws `verify.options`
 */
export function findCapabilities(joint: Joint, question: CapabilityQuestion): readonly FoundCapability[] {
  checkArgument('findCapabilities', 'joint', joint, someJoint)
  checkOptions('findCapabilities', question, OPTIONS)
  const wanted = wantedBy(question.can)
  const newest = new Map<string, JointStatement<CapabilityStatement>>()
  // A statement replaces an earlier one of its number only from its own first day.
  for (const one of joint.of('capability-statement'))
    if (one.counts && one.document.from <= question.on) newest.set(`${one.issuer.uscc} ${identifierKey(one.document.number)}`, one)
  const answers = [...newest.values()]
    .filter(({ document }) => question.on <= document.until)
    .flatMap((statement) =>
      statement.document.items
        .filter((item) => wanted(item) && (question.work === undefined || item.work === question.work))
        .flatMap((item) => answerOf(joint, { statement, item }, question)),
    )
  return answers.sort((a, b) => rank(a) - rank(b) || byUncertainty(a, b))
}

interface Claimed {
  readonly statement: JointStatement<CapabilityStatement>
  readonly item: CapabilityItem
}

/** Returns a filter for items that match the words of a question: by a category, one of its names, or the quantity. */
function wantedBy(can: string): (item: CapabilityItem) => boolean {
  const text = foldWidth(can).trim().toLowerCase()
  const slugs = [can.trim(), ...findCategories(can).map(({ slug }) => slug)]
  return ({ categories, quantity }) =>
    slugs.some((slug) => isAmongCategories(categories, slug)) ||
    (text !== '' && [quantity.zh, quantity.en ?? ''].some((name) => foldWidth(name).toLowerCase().includes(text)))
}

function answerOf(
  joint: Joint,
  { statement, item }: Claimed,
  { range, uncertainty, trust, on, agreements = [] }: CapabilityQuestion,
): FoundCapability[] {
  const enough = [
    range === undefined || isWithinRange(range, item.range),
    uncertainty === undefined || (item.uncertainty === undefined ? undefined : orderAtMost(item.uncertainty, uncertainty)),
  ]
  if (enough.includes(false)) return []
  const findings = claimFindings(item, trust.entity(statement.issuer.uscc), on)
  const { region } = statement.issuer
  // Judge this item alone: the categories of the other items must not affect the answer.
  const alone = { ...statement, document: { ...statement.document, items: [item] } }
  return [
    {
      statement,
      item,
      suffices: enough.includes(undefined) ? undefined : true,
      authority: statement.authority,
      region,
      results: judgeResultClauses(item, { agreements, from: region, on }),
      claim: judgeJointClauses(alone, { joint, trust, agreements, on }),
      findings,
      isGranted: findings.length === 0,
    },
  ]
}

const orderAtMost = (
  claimed: { readonly value: string; readonly unit: string },
  asked: { readonly value: string; readonly unit: string },
): boolean | undefined => {
  const order = compareUncertainties(claimed, asked)
  return order === undefined ? undefined : order <= 0
}

const rank = ({ isGranted, suffices, findings }: FoundCapability): number => {
  if (isGranted) return suffices ? 0 : 1
  return findings.some(({ status }) => status === 'fail') ? 3 : 2
}

const byUncertainty = (a: FoundCapability, b: FoundCapability): number => {
  if (a.item.uncertainty === undefined || b.item.uncertainty === undefined) return 0
  return compareUncertainties(a.item.uncertainty, b.item.uncertainty) ?? 0
}
