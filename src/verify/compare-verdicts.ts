/**
 * The verdict of a bundle beside the one computed anew. A later version has rows that the one of the bundle had not; those
 * are set apart and named, so that they neither spoil the comparison nor are dodged by a bundle that says it is old.
 */
import type { Check } from '../base/check.js'
import { outcomeOf, type Verdict } from './verdict.js'
import { verdictRows } from './verify.js'

export interface Comparison {
  /**
   * `same`: byte for byte. `extended`: all that the bundle has is the same, and rows added since then leave the outcome as it
   * was. `overruled`: all that the bundle has is the same, and a row added since then gives another outcome. `different`:
   * something that the bundle has does not come out again.
   */
  readonly result: 'same' | 'extended' | 'overruled' | 'different'
  /** Checks of rows that came with a later version than the bundle says it is of, with what they find today. */
  readonly added: readonly Check[]
  /** Pointers into the verdict of the bundle, rows by their id: what is not as it was. */
  readonly differing: readonly string[]
}

type Stated = { readonly outcome: unknown; readonly checks?: unknown; readonly [member: string]: unknown }

/** @param version Version of this package that the bundle says it is of. */
export function compareVerdicts(before: Stated, now: Verdict, version: string): Comparison {
  if (written(before) === written(now)) return { result: 'same', added: [], differing: [] }
  const rows = byRow(before.checks)
  const isAdded = new Set<string>(verdictRows.filter(({ id, since }) => !rows.has(id) && isLater(since, version)).map(({ id }) => id))
  const added = now.checks.filter(({ id }) => isAdded.has(id))
  const kept = now.checks.filter(({ id }) => !isAdded.has(id))
  const then = outcomeOf(kept)
  const isOverruled = then.outcome !== now.outcome
  // What follows from the outcome is compared with what follows from the rows of that time.
  const expected: Record<string, unknown> = { ...now, outcome: then.outcome, decidedBy: then.decidedBy.id, checks: undefined }
  if (isOverruled) expected.effect = before.effect
  const differing = [
    ...unequal({ ...before, checks: undefined }, expected).map((member) => `/${member}`),
    ...unequal(Object.fromEntries(rows), Object.fromEntries(byRow(kept))).map((id) => `/checks/${id}`),
  ]
  // Everything is there, but in another order, or there is nothing that was added: then it is not as it was either.
  if (differing.length === 0 && (added.length === 0 || written(kept) !== written(before.checks))) differing.push('/checks')
  if (differing.length > 0) return { result: 'different', added, differing }
  return { result: isOverruled ? 'overruled' : 'extended', added, differing }
}

const written = (value: unknown): string | undefined => JSON.stringify(value)

/** Names under which the two hold different things. */
function unequal(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => written(one[name]) !== written(other[name]))
}

/** Checks by the id of their row; what is no check stands under an id that no row has. */
function byRow(checks: unknown): Map<string, unknown[]> {
  const rows = new Map<string, unknown[]>()
  for (const check of Array.isArray(checks) ? (checks as unknown[]) : [checks]) {
    const id = (check as { id?: unknown } | null | undefined)?.id
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
