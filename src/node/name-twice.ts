/**
 * One name on two statements: an institute could submit a failed verification to one node and a harmless record under the same name
 * to the other. When a node imports the peer's log, it stores both and notifies the operator.
 */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { entriesInParts } from './entries-in-parts.js'
import { fault } from './messages.js'
import type { PlacedEntry, Store } from './store.js'
import type { Kept } from './write-batch.js'

/** Alarms about new entries whose name an earlier entry already has. */
export const nameAlarms = (kept: readonly (Kept | TonghengError)[]): TonghengError<'record.name-twice'>[] =>
  kept.flatMap((one) => {
    if (isTonghengError(one) || one.namesake === undefined) return []
    const { iss, jti, statementId: second } = one.entry
    return [fault('record.name-twice', { iss, jti, first: one.namesake, second })]
  })

/** Maximum number of entries read per name: two suffice to show the conflict, unless some were revoked. */
const MAX_OF_NAME = 8

/** Returns the entries together with all entries that share a name with one, also those of other instruments. */
export async function withNamesakes(store: Store, entries: readonly PlacedEntry[]): Promise<readonly PlacedEntry[]> {
  const keys = entries.map(({ iss, jti: value }) => ({ iss, value }))
  const found = (await entriesInParts(store, 'name', keys, MAX_OF_NAME)).flat()
  const all = new Map([...entries, ...found].map((entry) => [entry.statementId, entry]))
  return [...all.values()].sort((a, b) => a.position - b.position)
}
