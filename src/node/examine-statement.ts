/** Verifies a statement against the facts of a node and the evidence in its store. */
import type { Instant } from '../base/date.js'
import type { Statement } from '../envelope/index.js'
import { type Examined, examine, type LogEvidence, openLogEvidence, type SignedRecord } from '../verify/index.js'
import type { NodeParts } from './parts.js'
import type { Facts } from './read-facts.js'
import { isUnproven, seenHere } from './seen-here.js'
import type { Received } from './submission.js'
import { replaceableOf, statusWithSuccessors } from './successors.js'

export interface Examination {
  readonly at?: Instant
  /** Two-digit province for which recognition is decided. */
  readonly asked?: string
  readonly parsed?: Statement | undefined
  /** A peer's receipt for the statement. */
  readonly receipt?: string | undefined
}

/**
 * Verifies up to three times: against the facts; if the key was revoked later, also with evidence of an earlier signing time; if
 * newer records in the store replace this one, also with those.
 */
export async function examineStatement(
  { options: { store, now, region, policy } }: Pick<NodeParts, 'options'>,
  facts: Facts,
  statement: SignedRecord,
  { at = now(), asked = region, parsed, receipt }: Examination = {},
): Promise<Received> {
  const { trust, agreements, catalogues, specifications, status } = facts
  const asking = { at, trust, agreements, catalogues, specifications, status, policy: { ...policy, region: asked } }
  let log: LogEvidence | undefined
  let examined: Examined = await examine(statement, asking, { execution: 'threadPool', parsed })
  if (isUnproven(examined.verdict)) {
    const [here, there] = [
      await seenHere(store, trust, typeof statement === 'string' ? [statement] : statement),
      await openLogEvidence(receipt === undefined ? [] : [receipt], trust),
    ]
    log = { seen: (id) => [...here.seen(id), ...there.seen(id)] }
    examined = await examine(statement, { ...asking, log }, { execution: 'threadPool', parsed })
  }
  const { verdict, claims, record } = examined
  if (claims !== undefined && record !== undefined) {
    const known = await statusWithSuccessors(facts, store, [replaceableOf(verdict.statementId as string, claims.iss, record)])
    if (known !== status) examined = await examine(statement, { ...asking, status: known, ...(log && { log }) }, { parsed })
  }
  return { examined, at, facts }
}
