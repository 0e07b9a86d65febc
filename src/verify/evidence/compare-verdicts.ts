/**
 * The verdict of a bundle beside the one computed now. A later version has rows that the one of the bundle had not, has mended
 * rules, and says some things in other words; all of it is set apart and named, so that it neither spoils the comparison nor is
 * dodged by a bundle that says it is old.
 */
import { CHECK_WORDS, type Check } from '../../base/check.js'
import { VERSION } from '../../base/version.js'
import { verdictRows } from '../verdict/judge.js'
import { outcomeOf, type Verdict } from '../verdict/verdict.js'

export interface VerdictDifference {
  /**
   * `same`: byte for byte. `extended`: the same outcome; what a later version added, revised or says in other words leaves it as
   * it was. `overruled`: a row added or revised since then gives another outcome. `different`: something that the bundle has
   * does not come out again.
   */
  readonly result: 'same' | 'extended' | 'overruled' | 'different'
  /** Checks of rows that came with a later version than the bundle says it is of, with what they find today. */
  readonly added: readonly Check[]
  /** Ids of rows whose rule was mended in a later version, and which come out otherwise today. */
  readonly revised: readonly string[]
  /** Ids of rows that come out as they did, and are said in the words of a later version: message, advice, basis. */
  readonly reworded: readonly string[]
  /** Pointers into the verdict of the bundle, rows by their id: what is not as it was. */
  readonly differing: readonly string[]
}

type Stated = { readonly outcome: unknown; readonly checks?: unknown; readonly [member: string]: unknown }

/** Members of the verdict that came with a later version than the first. */
const MEMBERS_SINCE: Readonly<Record<string, string>> = { acceptedAs: '0.2.0', issuerName: '0.2.0' }

/** @param version Version of this package that the bundle says it is of. */
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
  // The outcome of that time follows from the rows of that time.
  const then = outcomeOf(asOfThen(kept, rows, new Set(revised)))
  const isOverruled = then.outcome !== now.outcome
  // What follows from the outcome is compared with what follows from the rows of that time.
  const expected: Record<string, unknown> = { ...now, outcome: then.outcome, decidedBy: then.decidedBy.id, checks: undefined }
  if (isOverruled) expected.effect = before.effect
  for (const [member, since] of Object.entries(MEMBERS_SINCE)) if (isLater(since, version)) expected[member] = before[member]
  const differing = [
    ...unequal({ ...before, checks: undefined }, expected).map((member) => `/${member}`),
    ...rowsDiffering.map((id) => `/checks/${id}`),
  ]
  // Everything is there, but in another order, or there is nothing that a later version explains: then it is not as it was either.
  const isExplained = added.length + revised.length + reworded.length > 0
  if (differing.length === 0 && (!isExplained || written(kept.map(idOf)) !== written(listed(before.checks).map(idOf))))
    differing.push('/checks')
  const result = differing.length > 0 ? 'different' : isOverruled ? 'overruled' : 'extended'
  return { result, added, revised, reworded, differing }
}

/** Row by row: as it was; in other words only; as a mended rule now has it; or not as it was. */
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

/** The rows of today, those of a mended rule as the bundle has them. */
function asOfThen(kept: readonly Check[], before: ReadonlyMap<string, unknown[]>, revised: ReadonlySet<string>): readonly Check[] {
  if (revised.size === 0) return kept
  const ids = [...new Set(kept.map(({ id }) => id))]
  return ids.flatMap((id) => (revised.has(id) ? (before.get(id) as Check[]) : kept.filter((check) => check.id === id)))
}

/** What a check states, without what it says. */
function withoutWords(check: unknown): unknown {
  if (check === null || typeof check !== 'object' || Array.isArray(check)) return check
  return Object.fromEntries(Object.entries(check).filter(([member]) => !CHECK_WORDS.has(member)))
}

/** Whether a check of a bundle, which came from outside, has what the outcome is read from. */
function isCheckLike(check: unknown): boolean {
  const { status, blockedBy } = (check ?? {}) as { status?: unknown; blockedBy?: unknown }
  return ['pass', 'fail', 'warn', 'skip'].includes(status as string) && (blockedBy === undefined || typeof blockedBy === 'string')
}

const idOf = (check: unknown): unknown => (check as { id?: unknown } | null | undefined)?.id
const listed = (checks: unknown): readonly unknown[] => (Array.isArray(checks) ? (checks as unknown[]) : [checks])
const written = (value: unknown): string | undefined => JSON.stringify(value)

/** Names under which the two hold different things. */
function unequal(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => written(one[name]) !== written(other[name]))
}

/** Checks by the id of their row; what is no check stands under an id that no row has. */
function byRow(checks: unknown): Map<string, unknown[]> {
  const rows = new Map<string, unknown[]>()
  for (const check of listed(checks)) {
    const id = idOf(check)
    const name = typeof id === 'string' ? id : '?'
    rows.set(name, [...(rows.get(name) ?? []), check])
  }
  return rows
}

/** Whether one version comes after another; what is no version has everything that there ever was. */
function isLater(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(text)?.slice(1).map(Number))
  if (a === undefined || b === undefined) return false
  const at = a.findIndex((part, place) => part !== b[place])
  return at !== -1 && (a[at] as number) > (b[at] as number)
}
