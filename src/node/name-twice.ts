/**
 * One name on two contents: an institute may submit a failure to one node and something harmless under the same name to the other. Where
 * the logs meet, both are stored, and the operator is told.
 */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { entriesInParts } from './entries-in-parts.js'
import { fault } from './messages.js'
import type { PlacedEntry, Store } from './store.js'
import type { Kept } from './write-batch.js'

/** Alarms about entries whose name another entry has already. */
export const nameAlarms = (kept: readonly (Kept | TonghengError)[]): TonghengError<'record.name-twice'>[] =>
  kept.flatMap((one) => {
    if (isTonghengError(one) || one.namesake === undefined) return []
    const { iss, jti, statementId: second } = one.entry
    return [fault('record.name-twice', { iss, jti, first: one.namesake, second })]
  })

/** Entries under one name that are looked at: two show the conflict, unless some were revoked. */
const MOST_OF_NAME = 8

/** These entries, and beside them those of other instruments under their names. */
export async function withNamesakes(store: Store, entries: readonly PlacedEntry[]): Promise<readonly PlacedEntry[]> {
  const keys = entries.map(({ iss, jti: value }) => ({ iss, value }))
  const found = (await entriesInParts(store, 'name', keys, MOST_OF_NAME)).flat()
  const all = new Map([...entries, ...found].map((entry) => [entry.statementId, entry]))
  return [...all.values()].sort((a, b) => a.position - b.position)
}
