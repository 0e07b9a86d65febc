/** One node takes the other's records and judges each for itself. What the other decided is not taken over. */

import { decodeRecord } from '../records/index.js'
import type { Client } from './client.js'
import type { Node, Submitted } from './node.js'
import type { RecordEntry } from './shapes.js'

export interface Pulled {
  readonly entry: RecordEntry
  readonly result: Submitted
}

/** Every record of the peer's own province, judged and kept here, in the peer's order. */
export async function* pull(
  node: Node,
  peer: Client,
  options: { readonly region: string; readonly cursor?: string },
): AsyncGenerator<Pulled> {
  const { region, cursor } = options
  for await (const entry of peer.records.list({ region, ...(cursor !== undefined && { cursor }) })) {
    // Whom our receipt names is what the statement says, not what the peer says of it.
    const sender = decodeRecord(entry.statement)?.claims.iss ?? entry.iss
    const result = await node.submit({ statement: entry.statement, sender, requestId: `pull-${entry.statementId.slice(0, 22)}` })
    yield { entry, result }
  }
}
