/**
 * Detects one name on two statements: an institute could submit a failed verification to one node, and a harmless record under the same
 * name to the other. When a node imports the peer's log, it stores both and notifies the operator.
 */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { entriesInParts } from './entries-in-parts.js'
import { fault } from './messages.js'
import type { PlacedEntry, Store } from './store.js'
import type { Stored } from './write-batch.js'

/** Alarms about new entries whose name an earlier entry already has. */
export const nameAlarms = (stored: readonly (Stored | TonghengError)[]): TonghengError<'record.name-twice'>[] =>
  stored.flatMap((one) => {
    if (isTonghengError(one) || one.namesake === undefined) return []
    const { iss, jti, statementId: second } = one.entry
    return [fault('record.name-twice', { iss, jti, first: one.namesake, second })]
  })

/** Maximum number of entries read per name or number. Two would suffice to show the conflict, but some may be revoked. */
const MAX_OF_KEY = 8

/** Returns the entries together with all entries that share a name or a certificate number with one, also those of other instruments. */
export async function withNamesakes(store: Store, entries: readonly PlacedEntry[]): Promise<readonly PlacedEntry[]> {
  const keysBy = {
    name: entries.map(({ iss, jti: value }) => ({ iss, value })),
    number: entries.map(({ iss, search: { number: value } }) => ({ iss, value })),
  }
  const all = new Map(entries.map((entry) => [entry.statementId, entry]))
  for (const by of ['name', 'number'] as const) {
    const keys = [...new Map(keysBy[by].map((key) => [`${key.iss} ${key.value}`, key])).values()]
    const found = (await entriesInParts(store, by, keys, MAX_OF_KEY)).flat()
    for (const entry of found) if (!all.has(entry.statementId)) all.set(entry.statementId, entry)
  }
  return [...all.values()].sort((a, b) => a.position - b.position)
}
