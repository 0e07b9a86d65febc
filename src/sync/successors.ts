/** Finds the closed logs of a peer that are imported in full, and the logs that follow them. */

import { type Successor, successorOf } from '../log/index.js'
import type { Node } from '../node/index.js'
import { listedLogs } from '../verify/index.js'
import { markOf } from './sync.js'

export interface ClosedLogs {
  /** The logs to follow now: successors that are not closed themselves, or not imported in full. Empty if no log is closed. */
  readonly successors: readonly Successor[]
  /**
   * Successors that the authority's trust list does not have. They are not followed, because the key of the closed log alone must not
   * decide which log is trusted.
   */
  readonly unlisted: readonly Successor[]
  /** True if a closed log has skipped entries that may be genuine under the current trust lists. */
  readonly isSkipped: boolean
}

/** Reads which logs of an authority are closed and imported to their end. */
export async function closedLogsOf(node: Node, authority: string): Promise<ClosedLogs> {
  const { trust, options } = node
  const { store } = options
  const mark = markOf(node)
  const closed = new Map<string, Successor>()
  let isSkipped = false
  const logs = listedLogs(trust).filter((log) => log.authority === authority)
  for (const { origin } of logs) {
    const peer = await store.getPeer(origin)
    const successor = peer && successorOf(peer.checkpoint)
    if (peer === undefined || successor === undefined || peer.cursor < peer.size) continue
    closed.set(origin, successor)
    isSkipped ||= (await store.listSkipped(origin, { not: mark, limit: 1 })).length > 0
  }
  const successors = [...closed.values()].filter(({ origin }) => !closed.has(origin))
  const isListed = ({ origin }: Successor): boolean => logs.some((log) => log.origin === origin)
  return { successors: successors.filter(isListed), unlisted: successors.filter((one) => !isListed(one)), isSkipped }
}
