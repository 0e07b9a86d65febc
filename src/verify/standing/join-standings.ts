/** Standings of records that a node returns in pages: of one page, and of all pages joined, equal to those of one whole list. */

import { parseInstant } from '../../base/date.js'
import { type InstrumentIdentity, identityOf } from '../../records/index.js'
import { furtherPages, isOfFurtherPages, type NotJudged, type Standing, type StandingConflict, standAll, standingsIn } from './standing.js'
import type { Entry } from './standing-entries.js'
import { type Doubt, judgeMaterial, type StandingOptions } from './standing-material.js'

/** Standings by one page of records: undecided, except for a failure on the page itself. */
export const standingsOfPage = async (statements: readonly string[], options: StandingOptions): Promise<readonly Standing[]> =>
  standingsIn(await judgeMaterial(statements, options), { at: options.at, isPart: true })

/**
 * Joins the standings of pages. `isWhole`: no page is missing; otherwise every standing but a failure is undecided. The status,
 * the namesakes and the successors of each record were determined on its page; the instrument of each record and the deciding
 * record are determined here, over all pages.
 */
export async function joinStandings(
  pages: readonly (readonly Standing[])[],
  { isWhole }: { readonly isWhole: boolean },
): Promise<readonly Standing[]> {
  const all = pages.flat()
  const [first] = all
  if (first === undefined) return []
  const entries = new Map<string, Entry>()
  const doubts = new Map<string, Doubt>()
  const twice = new Map<string, StandingConflict>()
  for (const standing of all) {
    for (const entry of standing.entries) {
      // A record that may belong to several instruments is in several standings; it counts only if it counts in each.
      const key = `${entry.statementId} ${entry.line ?? ''}`
      const before = entries.get(key)
      if (before === undefined || before.isCounted)
        entries.set(key, { ...entry, identity: identityOf(entry.instrument ?? standing.instrument) as InstrumentIdentity })
    }
    for (const one of standing.notJudged) {
      // Drop the doubt about further pages: they are joined here.
      if (!isOfFurtherPages(one))
        doubts.set(one.statementId === undefined ? JSON.stringify(one) : `${one.statementId} ${one.line ?? ''}`, doubtOf(one))
    }
    for (const one of standing.conflicts) if (USED_TWICE.includes(one.code)) twice.set(JSON.stringify(one), one)
  }
  return standAll({
    at: parseInstant(first.at),
    entries: [...entries.values()],
    doubts: isWhole ? [...doubts.values()] : [...doubts.values(), furtherPages()],
    twice: [...twice.values()],
  })
}

/** Conflicts that each page finds in the store; the others follow from the entries. */
const USED_TWICE: readonly StandingConflict['code'][] = ['standing.name-twice', 'standing.number-twice']

const doubtOf = ({ instrument, ...rest }: NotJudged): Doubt => ({
  ...rest,
  identity: identityOf(instrument),
  isStatement: instrument !== undefined,
})
