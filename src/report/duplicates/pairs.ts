/** Finds pairs of verifications of one instrument in both provinces, the later within the interval of the earlier. */
import { addPeriod, type CivilDate, parsePeriod, periodText } from '../../base/date.js'
import { identifierKey } from '../../base/identifier.js'
import { otherWork } from '../../base/other-work.js'
import { byInstrument, canBeOne } from '../../records/index.js'
import { type DuplicateReason, reasonOf } from './messages.js'
import type { Verification } from './verification.js'

/** Result for a later verification. */
export interface Pair {
  /** `excepted`: a reason justifies it. `undecided`: it could not be decided whether there is such a reason. */
  readonly status: 'duplicate' | 'undecided' | 'excepted'
  readonly earlier: Verification
  readonly later: Verification
  /** Why it is excepted or undecided; empty for a duplicate. */
  readonly reasons: readonly DuplicateReason[]
}

interface Member {
  readonly item: Verification
  readonly isAmbiguous: boolean
}

const placeOf = ({ statementId, line }: Verification): string => `${statementId} ${line ?? ''}`
const numberKeyOf = ({ issuer, certificateNo }: Verification): string => `${issuer} ${identifierKey(certificateNo)}`

export const hasIdentity = ({ identity: { serial, plate, vin } }: Verification): boolean =>
  serial !== undefined || plate !== undefined || vin !== undefined

/**
 * Returns the least remaining validity with which a certificate is recognised in a province, as ISO 8601 period; undefined if none is
 * required.
 */
export type LeastRemaining = (earlier: Verification, region: string) => string | undefined

/**
 * Returns the pairs of all instruments, at most one for each later verification. Their order does not depend on the order of the
 * verifications.
 */
export async function pairsOf(verifications: readonly Verification[], leastRemaining: LeastRemaining): Promise<readonly Pair[]> {
  const sorted = withoutReplaced(verifications)
    .filter(hasIdentity)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  const namedTwice = namesTwice(sorted)
  const items = sorted.map((item) => ({ item, identity: item.identity, own: placeOf(item) }))
  const found = new Map<string, Pair>()
  for (const group of byInstrument(items)) {
    // Most instruments have records of one province only: skip them.
    if (new Set(group.map(({ item }) => item.region)).size < 2) continue
    await otherWork()
    const members = onceEach(group)
    for (const later of members) {
      const pair = await pairFor(later, members, { namedTwice, leastRemaining })
      if (pair === undefined) continue
      // A verification that may be of several instruments is in several groups; select its best pair.
      const before = found.get(placeOf(later.item))
      if (before === undefined || isBetter(pair, before)) found.set(placeOf(later.item), pair)
    }
  }
  return [...found.values()].sort(byDay)
}

const byDay = (a: Pair, b: Pair): number =>
  a.later.verifiedOn === b.later.verifiedOn
    ? placeOf(a.later) < placeOf(b.later)
      ? -1
      : 1
    : a.later.verifiedOn < b.later.verifiedOn
      ? -1
      : 1

/** Removes verifications that a newer record of the same issuer replaces, because it states the same work again. */
function withoutReplaced(all: readonly Verification[]): Verification[] {
  const successors = new Map<string, Verification[]>()
  const enter = (key: string, one: Verification): void => {
    const others = successors.get(key)
    if (others === undefined) successors.set(key, [one])
    else others.push(one)
  }
  for (const one of all) {
    const { supersedes, amends } = one.replaces
    for (const name of new Set([supersedes, amends])) if (name !== undefined) enter(`${one.issuer} ${name}`, one)
  }
  const isReplaced = (one: Verification): boolean => {
    const later = (by: Verification): boolean =>
      by.statementId !== one.statementId && canBeOne(by.identity, one.identity) && (one.outcome === 'pass' || by.fault === undefined)
    const byId = successors.get(`${one.issuer} ${one.statementId}`) ?? []
    const byNumber = successors.get(numberKeyOf(one)) ?? []
    return byId.some(later) || byNumber.some((by) => by.iat > one.iat && later(by))
  }
  return successors.size === 0 ? [...all] : all.filter((one) => !isReplaced(one))
}

/** Returns the ids of statements whose name their issuer used for another content too. */
function namesTwice(all: readonly Verification[]): ReadonlySet<string> {
  const byName = new Map<string, Set<string>>()
  for (const { issuer, jti, statementId } of all) {
    const name = `${issuer} ${jti}`
    byName.set(name, (byName.get(name) ?? new Set()).add(statementId))
  }
  return new Set([...byName.values()].filter(({ size }) => size > 1).flatMap((ids) => [...ids]))
}

/** Removes duplicates: the same work signed twice (same number, line, day, outcome and part) is one verification. */
function onceEach(group: readonly Member[]): readonly Member[] {
  const byWork = new Map<string, Member>()
  for (const one of group) {
    const { item } = one
    const work = JSON.stringify([numberKeyOf(item), item.line ?? '', item.verifiedOn, item.outcome, [...item.identity.parts.keys()].sort()])
    const before = byWork.get(work)
    if (before === undefined || placeOf(item) < placeOf(before.item)) byWork.set(work, one)
  }
  return [...byWork.values()]
}

/**
 * Whether two verifications concern a common part: those of different nozzles or compartments do not, one of the whole instrument concerns
 * every part.
 */
const sharesPart = ({ identity: { parts: a } }: Verification, { identity: { parts: b } }: Verification): boolean =>
  a.size === 0 || b.size === 0 || [...a.keys()].some((part) => b.has(part))

const RANKS = ['duplicate', 'undecided', 'excepted'] as const

/** Prefers a duplicate to an undecided pair, and that to an excepted one; then the pair whose earlier verification is newer. */
function isBetter(one: Pair, other: Pair): boolean {
  const [a, b] = [one, other].map(({ status }) => RANKS.indexOf(status)) as [number, number]
  if (a !== b) return a < b
  if (one.earlier.verifiedOn !== other.earlier.verifiedOn) return one.earlier.verifiedOn > other.earlier.verifiedOn
  return placeOf(one.earlier) < placeOf(other.earlier)
}

interface Known {
  readonly namedTwice: ReadonlySet<string>
  readonly leastRemaining: LeastRemaining
}

async function pairFor(later: Member, members: readonly Member[], known: Known): Promise<Pair | undefined> {
  let best: Pair | undefined
  for (const earlier of members) {
    if (!isCandidate(earlier.item, later.item)) continue
    const pair = await judged({ earlier, later, members, ...known })
    if (best === undefined || isBetter(pair, best)) best = pair
  }
  return best
}

/** Whether a verification begins an interval. */
const begins = ({ type }: Verification): boolean => type === 'initial' || type === 'subsequent'

/**
 * Whether `earlier` may be the earlier verification of `later`: a certificate of the other province whose interval has not ended on the day
 * of `later`.
 */
function isCandidate(earlier: Verification, later: Verification): boolean {
  if (earlier.region === later.region || earlier.outcome === 'fail' || !begins(earlier) || !sharesPart(earlier, later)) return false
  if (earlier.period !== undefined && earlier.period !== 'open' && earlier.period < later.verifiedOn) return false
  return earlier.verifiedOn < later.verifiedOn || (earlier.verifiedOn === later.verifiedOn && countsAsEarlier(earlier, later))
}

/**
 * Whether the first of two verifications on one day counts as the earlier. One with a cause of its own, or a failure, is the later;
 * otherwise the id decides.
 */
function countsAsEarlier(one: Verification, other: Verification): boolean {
  const [a, b] = [causeOf(one), causeOf(other)].map((cause) => cause !== undefined) as [boolean, boolean]
  if (a !== b) return b
  if (one.outcome !== other.outcome) return one.outcome === 'pass'
  return !begins(other) || placeOf(one) < placeOf(other)
}

/** Returns the cause by which a later verification is not a duplicate, whatever the earlier one is. */
function causeOf({ cause, type }: Verification): DuplicateReason | undefined {
  if (cause === 'after-repair') return reasonOf('duplicate.after-repair')
  if (cause === 'dispute' || type === 'arbitration') return reasonOf('duplicate.dispute')
  if (cause === 'sampling' || type === 'in-service-inspection') return reasonOf('duplicate.sampling')
  return undefined
}

interface Question extends Known {
  readonly earlier: Member
  readonly later: Member
  readonly members: readonly Member[]
}

async function judged({
  earlier: { item: earlier, isAmbiguous },
  later: { item: later, isAmbiguous: isLaterToo },
  ...rest
}: Question): Promise<Pair> {
  const { members, namedTwice, leastRemaining } = rest
  const day = later.verifiedOn
  const status = await earlier.statusOn?.(day)
  const unrecognised = earlier.unrecognised.get(later.region)
  const excepted = [
    causeOf(later),
    members.some(({ item }) => isFailureBetween(item, earlier, later)) ? reasonOf('duplicate.after-failure') : undefined,
    status?.code === 'duplicate.not-in-force' ? status : undefined,
    earlier.limited,
    scopesDiffer(earlier, later) === true ? reasonOf('duplicate.other-scope') : undefined,
    unrecognised?.code === 'duplicate.not-recognised' ? unrecognised : undefined,
    tooLittleLeft(earlier, day, leastRemaining(earlier, later.region)),
  ].find((reason) => reason !== undefined)
  if (excepted !== undefined) return { status: 'excepted', earlier, later, reasons: [excepted] }
  const doubt = later.fault ?? later.fallen
  const reasons = [
    status,
    unrecognised,
    doubt && reasonOf('duplicate.later-in-doubt', { reason: { zh: doubt.zh, en: doubt.en } }),
    later.cause === undefined && later.type !== 'initial' ? reasonOf('duplicate.cause-not-stated') : undefined,
    earlier.period === undefined ? reasonOf('duplicate.no-validity') : undefined,
    isAmbiguous || isLaterToo ? reasonOf('duplicate.ambiguous') : undefined,
    earlier.verifiedOn === day && later.outcome === 'fail' ? reasonOf('duplicate.same-day') : undefined,
    scopesDiffer(earlier, later) === undefined ? reasonOf('duplicate.scope-not-stated') : undefined,
    namedTwice.has(earlier.statementId) ? reasonOf('duplicate.name-twice') : undefined,
  ].filter((reason) => reason !== undefined)
  return { status: reasons.length > 0 ? 'undecided' : 'duplicate', earlier, later, reasons }
}

/**
 * Returns a reason if too little of the interval was left for recognition of the certificate. An interval without a known end is judged
 * separately.
 */
function tooLittleLeft({ period }: Verification, day: CivilDate, min: string | undefined): DuplicateReason | undefined {
  if (min === undefined || !isEnd(period) || period >= addPeriod(day, parsePeriod(min))) return undefined
  return reasonOf('duplicate.too-little-left', { min: periodText(min) })
}

/** Whether a verification is a failure between the two, so that the instrument had to be verified again. */
const isFailureBetween = (one: Verification, earlier: Verification, later: Verification): boolean =>
  one !== later &&
  one.outcome === 'fail' &&
  one.verifiedOn >= earlier.verifiedOn &&
  one.verifiedOn <= later.verifiedOn &&
  sharesPart(one, later) &&
  sharesPart(one, earlier)

/** Returns undefined if one is of the device alone, and the other does not state its scope. */
function scopesDiffer({ scope: a }: Verification, { scope: b }: Verification): boolean | undefined {
  if ((a === 'device' && b === undefined) || (b === 'device' && a === undefined)) return undefined
  return a !== undefined && b !== undefined && a !== b
}

/** True if the interval has a known last day. */
export const isEnd = (period: Verification['period']): period is CivilDate => period !== undefined && period !== 'open'
