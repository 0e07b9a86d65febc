/**
 * Compares the verdict of a bundle with the one computed now. A later version adds rows, corrects rules, and rewords messages; such
 * differences are reported separately, so that they neither spoil the comparison nor can be exploited by a bundle that claims to be
 * old.
 */
import { CHECK_WORDS, type Check } from '../../base/check.js'
import { VERSION } from '../../base/version.js'
import { verdictRows } from '../verdict/judge.js'
import { outcomeOf, type Verdict } from '../verdict/verdict.js'

export interface VerdictDifference {
  /**
   * `same`: byte for byte. `extended`: the same outcome; additions, revisions and rewordings of later versions do not change it.
   * `overruled`: a row added or revised later changes the outcome. `different`: the bundle contains a result that cannot be
   * reproduced.
   */
  readonly result: 'same' | 'extended' | 'overruled' | 'different'
  /** Checks of rows introduced after the version stated by the bundle, with today's results. */
  readonly added: readonly Check[]
  /** Ids of rows whose rule was revised later, and whose result differs today. */
  readonly revised: readonly string[]
  /** Ids of rows with the same result and a later wording: message, advice, basis. */
  readonly reworded: readonly string[]
  /** Pointers into the verdict of the bundle, with rows by id, to differences without an explanation. */
  readonly differing: readonly string[]
}

type Stated = { readonly outcome: unknown; readonly checks?: unknown; readonly [member: string]: unknown }

/** Members of the verdict that were added after the first version. */
const MEMBERS_SINCE: Readonly<Record<string, string>> = { acceptedAs: '0.2.0', issuerName: '0.2.0' }

/** @param version version of this package stated by the bundle */
export function compareVerdicts(before: Stated, now: Verdict, version: string): VerdictDifference {
  if (written(before) === written(now)) return { result: 'same', added: [], revised: [], reworded: [], differing: [] }
  const rows = byRow(before.checks)
  const rowsLater = (which: (row: (typeof verdictRows)[number]) => string | undefined): ReadonlySet<string> =>
    new Set<string>(verdictRows.filter((row) => isLater(which(row) ?? '', version)).map(({ id }) => id))
  const cameLater = rowsLater(({ since }) => since)
  const wasMended = rowsLater(({ revised }) => revised)
  const added = now.checks.filter(({ id }) => cameLater.has(id) && !rows.has(id))
  const kept = now.checks.filter((check) => !added.includes(check))
  const { revised, reworded, differing: rowsDiffering } = compareRows(rows, byRow(kept), wasMended, isLater(VERSION, version))
  // Recompute the earlier outcome from the rows of that version.
  const then = outcomeOf(asOfThen(kept, rows, new Set(revised)))
  const isOverruled = then.outcome !== now.outcome
  // Compare members that depend on the outcome with those that follow from the earlier rows.
  const expected: Record<string, unknown> = { ...now, outcome: then.outcome, decidedBy: then.decidedBy.id, checks: undefined }
  if (isOverruled) expected.effect = before.effect
  for (const [member, since] of Object.entries(MEMBERS_SINCE)) if (isLater(since, version)) expected[member] = before[member]
  const differing = [
    ...unequal({ ...before, checks: undefined }, expected).map((member) => `/${member}`),
    ...rowsDiffering.map((id) => `/checks/${id}`),
  ]
  // All checks exist, but in another order, or without a difference that a later version explains: then the verdicts differ too.
  const isExplained = added.length + revised.length + reworded.length > 0
  if (differing.length === 0 && (!isExplained || written(kept.map(idOf)) !== written(listed(before.checks).map(idOf))))
    differing.push('/checks')
  const result = differing.length > 0 ? 'different' : isOverruled ? 'overruled' : 'extended'
  return { result, added, revised, reworded, differing }
}

/** Classifies each row: unchanged, reworded, changed by a revised rule, or different. */
function compareRows(
  before: ReadonlyMap<string, unknown[]>,
  now: ReadonlyMap<string, unknown[]>,
  wasMended: ReadonlySet<string>,
  isEarlier: boolean,
): Pick<VerdictDifference, 'revised' | 'reworded' | 'differing'> {
  const [revised, reworded, differing]: [string[], string[], string[]] = [[], [], []]
  for (const id of new Set([...before.keys(), ...now.keys()])) {
    const [one, other] = [before.get(id), now.get(id)]
    if (written(one) === written(other)) continue
    if (isEarlier && written(one?.map(withoutWords)) === written(other?.map(withoutWords))) reworded.push(id)
    else if (wasMended.has(id) && one?.every(isCheckLike) && other !== undefined) revised.push(id)
    else differing.push(id)
  }
  return { revised, reworded, differing }
}

/** Today's rows, with rows of revised rules as in the bundle. */
function asOfThen(kept: readonly Check[], before: ReadonlyMap<string, unknown[]>, revised: ReadonlySet<string>): readonly Check[] {
  if (revised.size === 0) return kept
  const ids = [...new Set(kept.map(({ id }) => id))]
  return ids.flatMap((id) => (revised.has(id) ? (before.get(id) as Check[]) : kept.filter((check) => check.id === id)))
}

/** A check without its wording. */
function withoutWords(check: unknown): unknown {
  if (check === null || typeof check !== 'object' || Array.isArray(check)) return check
  return Object.fromEntries(Object.entries(check).filter(([member]) => !CHECK_WORDS.has(member)))
}

/** True if a check of a bundle, which is untrusted, has the members that determine the outcome. */
function isCheckLike(check: unknown): boolean {
  const { status, blockedBy } = (check ?? {}) as { status?: unknown; blockedBy?: unknown }
  return ['pass', 'fail', 'warn', 'skip'].includes(status as string) && (blockedBy === undefined || typeof blockedBy === 'string')
}

const idOf = (check: unknown): unknown => (check as { id?: unknown } | null | undefined)?.id
const listed = (checks: unknown): readonly unknown[] => (Array.isArray(checks) ? (checks as unknown[]) : [checks])
const written = (value: unknown): string | undefined => JSON.stringify(value)

/** Names of members with different values. */
function unequal(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => written(one[name]) !== written(other[name]))
}

/** Checks by the id of their row; a malformed check gets an id that no row has. */
function byRow(checks: unknown): Map<string, unknown[]> {
  const rows = new Map<string, unknown[]>()
  for (const check of listed(checks)) {
    const id = idOf(check)
    const name = typeof id === 'string' ? id : '?'
    rows.set(name, [...(rows.get(name) ?? []), check])
  }
  return rows
}

/** True if one version is later than another; a malformed version counts as the latest. */
function isLater(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(text)?.slice(1).map(Number))
  if (a === undefined || b === undefined) return false
  const at = a.findIndex((part, place) => part !== b[place])
  return at !== -1 && (a[at] as number) > (b[at] as number)
}
