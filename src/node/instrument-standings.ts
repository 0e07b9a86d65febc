/** Computes the standings of the instruments with a given serial number or plate, from the records in the store. */
import { identifierKey, plateKey } from '../base/identifier.js'
import { standings } from '../verify/index.js'
import { standingsOfPage } from '../verify/inside.js'
import { withNamesakes } from './name-twice.js'
import type { NodeParts } from './parts.js'
import { recordsOfInstrument } from './search.js'
import { seenHere } from './seen-here.js'
import type { InstrumentQuery, Node, StandingPage } from './shapes.js'
import { statusWithSuccessors } from './successors.js'

export async function instrumentStandings(
  { options: { store, now, region, policy }, facts }: NodeParts,
  { serial, plate }: InstrumentQuery,
  { at = now(), region: asked = region, from }: NonNullable<Parameters<Node['standings']>[1]> = {},
): Promise<StandingPage> {
  const query = {
    ...(serial !== undefined && { serial: identifierKey(serial) }),
    ...(plate !== undefined && { plate: plateKey(plate) }),
  }
  const found = await recordsOfInstrument(store, query, from)
  const entries = await withNamesakes(store, found.entries)
  const given = await facts.current()
  const { trust, agreements, catalogues, specifications } = given
  const records = entries.map(({ statementId, iss, search: { number } }) => ({ statementId, iss, number }))
  const status = await statusWithSuccessors(given, store, records)
  const statements = entries.map(({ statement }) => statement)
  const log = await seenHere(store, trust, statements)
  // A failure may be on another page, so a page alone is judged by `standingsOfPage`.
  const isPart = found.next !== undefined || from !== undefined
  // Of a batch certificate, only the lines with these serial numbers are judged.
  const serials = [query.serial, ...entries.map(({ search }) => search.serial)].filter((one) => one !== undefined)
  const all = await (isPart ? standingsOfPage : standings)(statements, {
    at,
    trust,
    agreements,
    catalogues,
    specifications,
    status,
    log,
    serials,
    policy: { ...policy, region: asked },
  })
  const isNamed = ({ statementId }: { readonly statementId?: string }): boolean => statementId !== undefined && found.named.has(statementId)
  const items = all.filter(({ entries: judged, notJudged }) => judged.some(isNamed) || notJudged.some(isNamed))
  return { items, ...(found.next !== undefined && { next: found.next }) }
}
