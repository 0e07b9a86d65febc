/** Computes the standings of the instruments with a given serial number or plate, from the records in the store. */
import { identifierKey, plateKey } from '../base/identifier.js'
import { type Standing, standings } from '../verify/index.js'
import { withNamesakes } from './name-twice.js'
import type { NodeParts } from './parts.js'
import { recordsOfInstrument } from './search.js'
import { seenHere } from './seen-here.js'
import type { InstrumentQuery, Node } from './shapes.js'
import { statusWithSuccessors } from './successors.js'

export async function instrumentStandings(
  { options: { store, now, region, policy }, facts }: NodeParts,
  { serial, plate }: InstrumentQuery,
  { at = now(), region: asked = region }: NonNullable<Parameters<Node['standings']>[1]> = {},
): Promise<readonly Standing[]> {
  const found = await recordsOfInstrument(store, {
    ...(serial !== undefined && { serial: identifierKey(serial) }),
    ...(plate !== undefined && { plate: plateKey(plate) }),
  })
  const entries = await withNamesakes(store, found.entries)
  const given = await facts.current()
  const { trust, agreements, specifications } = given
  const records = entries.map(({ statementId, iss, search: { number } }) => ({ statementId, iss, number }))
  const status = await statusWithSuccessors(given, store, records)
  // The search was cut off and may have missed a failure: an empty statement makes the standing undecided.
  const statements = [...entries.map(({ statement }) => statement), ...(found.isWhole ? [] : [''])]
  const log = await seenHere(store, trust, statements)
  const all = await standings(statements, {
    at,
    trust,
    agreements,
    specifications,
    status,
    log,
    policy: { ...policy, region: asked },
  })
  const isNamed = ({ statementId }: { readonly statementId?: string }): boolean => statementId !== undefined && found.named.has(statementId)
  return all.filter(({ entries: judged, notJudged }) => judged.some(isNamed) || notJudged.some(isNamed))
}
