/**
 * Writes the log. Statements that wait are written as one batch: positions, tree, checkpoint and receipts are made while the
 * sequencing lock is held and stored in one transaction, so that one `fsync` serves all of them and nobody is answered before it.
 */
import { inNextTurn } from '#native'
import { createBatchQueue } from '../base/batch-queue.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import type { Place } from '../contract/index.js'
import { type Edge, isSameHash, type NoteKey, openCheckpoint, openEdge, proveInclusionFrom, readCheckpoint, rootOf } from '../log/index.js'
import { leafOf } from '../verify/index.js'
import { hashesOf, tilesOfStore } from './log-reader.js'
import type { LogIdentity } from './own-keys.js'
import type { Store, Turn } from './store.js'
import { type Arrival, checkpointOf, type Kept, textsOf, writeBatch } from './write-batch.js'

export interface LogWriter {
  /** Resolves once the statements are stored for good, together and in their order. */
  write(arrivals: readonly Arrival[]): Promise<readonly (Kept | TonghengError)[]>
  /** Signs a checkpoint of the log as it stands, where the newest is not by this key. */
  seal(): Promise<void>
}

/** Statements that fill a batch: more would keep callers waiting for no gain. */
const FULL = 1024

/**
 * `beforeAnswers` is awaited once a batch with the newest checkpoint, between the commit and the answers. Without an identity the log
 * is written all the same, and nobody is told its root.
 */
export function createLogWriter(
  store: Store,
  identity: LogIdentity | undefined,
  beforeAnswers: (checkpoint: string) => Promise<void> = async () => undefined,
): LogWriter {
  const edges = createEdgeCache()
  const add = createBatchQueue<readonly Arrival[], readonly (Kept | TonghengError)[]>({
    full: FULL,
    sizeOf: ({ length }) => length,
    begin: inNextTurn,
    async write(take) {
      const { kept, edge, checkpoint } = await store.sequence(async (turn) => {
        // Not before the lock is held, for which other processes may have to be waited for: what arrives meanwhile joins the batch.
        const parts = take()
        const right = await edges.take(turn)
        const written = await writeBatch(turn, parts.flat(), right, identity)
        return { ...written, kept: inParts(written.kept, parts), edge: right }
      })
      edges.put(edge)
      if (checkpoint !== undefined) await beforeAnswers(checkpoint)
      return kept
    },
  })
  return {
    async write(arrivals) {
      const kept = await add(arrivals)
      return Promise.all(kept.map((one, at) => withReceipt(store, one, arrivals[at] as Arrival)))
    },
    async seal() {
      if (identity === undefined) return
      const newest = await store.sequence(async (turn) => {
        const { size, checkpoint } = turn.log
        if (checkpoint !== undefined && (await isBy(identity.key, checkpoint, size))) return checkpoint
        const signed = await checkpointOf(await edges.take(turn), identity)
        await turn.append({ entries: [], tileRoots: [], checkpoint: signed })
        return signed
      })
      await beforeAnswers(newest)
    },
  }
}

/** The results of all arrivals, divided as the arrivals were handed in. */
function inParts<T>(results: readonly T[], parts: readonly (readonly unknown[])[]): T[][] {
  let end = 0
  return parts.map(({ length }) => {
    end += length
    return results.slice(end - length, end)
  })
}

/** With a receipt where one is asked for and the entry has none: it came from another node's log. */
async function withReceipt(
  store: Store,
  kept: Kept | TonghengError,
  { entry: { statementId }, receipt: make }: Arrival,
): Promise<Kept | TonghengError> {
  if (isTonghengError(kept)) return kept
  const { entry } = kept
  if (entry.receipt !== undefined || make === undefined || entry.statementId !== statementId) return kept
  const receipt = await make(await placeOf(store, entry.position))
  return { ...kept, entry: { ...entry, receipt: await store.putReceipt(statementId, receipt) } }
}

/**
 * The right edge of the tree as of the last batch that was committed. It is given out once: a transaction that fails leaves it
 * undefined, and another process may have written meanwhile.
 */
function createEdgeCache() {
  let known: Edge | undefined
  return {
    async take(turn: Turn): Promise<Edge> {
      const edge = known
      known = undefined
      if (edge !== undefined && (await catchUp(edge, turn))) return edge
      return openEdge(turn.log.size, hashesOf(turn))
    },
    put(edge: Edge): void {
      known = edge
    },
  }
}

/** Entries that others wrote meanwhile and an edge is brought up to; beyond that it is read again. */
const MOST_BEHIND = 1024

/** Brings an edge up to the log as it stands; false where it is not of this log, as after an old backup was put in its place. */
async function catchUp(edge: Edge, turn: Turn): Promise<boolean> {
  const { size, checkpoint } = turn.log
  if (edge.size > size || size - edge.size > MOST_BEHIND) return false
  if (edge.size < size) for (const id of await turn.statementIds(edge.size, size)) edge.append(leafOf(id))
  // The process that wrote them has stored the roots of the tiles that they fill.
  edge.settle()
  const stated = checkpoint === undefined ? undefined : readCheckpoint(checkpoint)
  return stated?.size !== size || isSameHash(stated.root, rootOf(size, edge.nodeAt))
}

async function isBy(key: NoteKey, checkpoint: string, size: number): Promise<boolean> {
  try {
    return (await openCheckpoint(checkpoint, key)).size === size
  } catch (error) {
    // By a key that was used before, or by none: it is signed again.
    if (isTonghengError(error)) return false
    throw error
  }
}

/** Where an entry stands by the newest checkpoint; undefined where none was signed since. */
export async function placeOf(store: Store, index: number): Promise<Place | undefined> {
  const { checkpoint } = await store.readLog()
  if (checkpoint === undefined) return undefined
  // Without a key meanwhile, the log may have grown beyond what was signed.
  const { size } = readCheckpoint(checkpoint)
  if (index >= size) return undefined
  return { index, proof: textsOf(await proveInclusionFrom(tilesOfStore(store), index, size)), checkpoint }
}
