/** Compares signed roots with the tree, once it has grown to their sizes. */

import { encodeBase64url } from '#native'
import { isTonghengError } from '../base/error.js'
import { type Edge, isSameHash, rootOf } from '../log/index.js'
import type { Trust } from '../trust/index.js'
import { openListedCheckpoint } from '../verify/index.js'
import type { Reporter } from './audit-entry.js'
import { coded } from './messages.js'

/** The root that the tree must have at a size, and who signed it. */
export interface Head {
  readonly size: number
  readonly root: Uint8Array
  readonly of: string
}

/** Opens a checkpoint of the authority's own log; reports a finding and returns undefined if it does not verify. */
export async function openHead(note: string, trust: Trust, reporter: Reporter, authority: string): Promise<Head | undefined> {
  try {
    const { size, root, origin } = await openListedCheckpoint(note, trust, { authority })
    return { size, root, of: origin }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    reporter.fault(coded('audit.checkpoint'), { reason: error.text })
    return undefined
  }
}

export function createRootChecks(edge: Edge, reporter: Reporter) {
  const waiting = new Map<number, Map<string, Head>>()
  return {
    /** Adds a head; the same root at the same size is compared once. */
    expect(head: Head | undefined): void {
      if (head === undefined) return
      const same = waiting.get(head.size) ?? new Map<string, Head>()
      waiting.set(head.size, same)
      const root = encodeBase64url(head.root)
      if (!same.has(root)) same.set(root, head)
    },
    /** Compares the heads of the current size of the tree. */
    meet(): void {
      const here = waiting.get(edge.size)
      if (here === undefined) return
      waiting.delete(edge.size)
      const root = rootOf(edge.size, edge.nodeAt)
      for (const { size, root: signed, of } of here.values())
        if (!isSameHash(root, signed)) reporter.fault(coded('audit.root'), { size, of })
    },
    /** Reports every head that was signed for a larger log. */
    end(): void {
      for (const [size, here] of waiting)
        for (const { of } of here.values()) reporter.fault(coded('audit.beyond'), { size, of, found: edge.size })
    },
  }
}
