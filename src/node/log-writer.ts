/**
 * Writes the log. Queued statements are written as one batch: positions, tree, checkpoint and receipts are computed while the
 * sequencing lock is held and stored in one transaction, so that one `fsync` covers the batch. No caller is answered before it.
 */
import { inNextTurn } from '#native'
import { createBatchQueue } from '../base/batch-queue.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import type { Place } from '../contract/index.js'
import { fault as contractFault } from '../contract/messages.js'
import {
  type Edge,
  isSameHash,
  type NoteKey,
  openCheckpoint,
  openEdge,
  proveInclusionFrom,
  readCheckpoint,
  rootOf,
  type Successor,
  signClosing,
  successorOf,
  type TreeHead,
} from '../log/index.js'
import { leafOf } from '../verify/index.js'
import { hashesOf, tilesOfStore } from './log-reader.js'
import type { LogIdentity } from './own-keys.js'
import type { LogTransaction, Store } from './store.js'
import { type Arrival, checkpointOf, logClosed, type Stored, textsOf, writeBatch } from './write-batch.js'

export interface LogWriter {
  /** Resolves once the statements are durably stored, in one batch and in the given order. */
  write(arrivals: readonly Arrival[]): Promise<readonly (Stored | TonghengError)[]>
  /** Signs a checkpoint of the current log, unless this key signed the newest one. */
  seal(): Promise<void>
  /**
   * Closes the log: signs its last checkpoint, which names the successor. Nothing is appended afterwards, by any process.
   * @throws `log.closed` if it names another successor already, `log.closing`
   */
  close(successor: Successor): Promise<string>
}

/** Maximum number of statements in a batch: a larger batch only adds latency. */
const MAX_BATCH = 1024

/**
 * `beforeAnswers` is awaited once per batch with the newest checkpoint and the tree that the batch extended, after the commit and
 * before callers are answered. Without an identity the log is still written, but no checkpoint is signed.
 */
export function createLogWriter(
  store: Store,
  identity: LogIdentity | undefined,
  beforeAnswers: (checkpoint: string, before?: Pick<TreeHead, 'size' | 'root'>) => Promise<void> = async () => undefined,
): LogWriter {
  const edges = createEdgeCache()
  const add = createBatchQueue<readonly Arrival[], readonly (Stored | TonghengError)[]>({
    full: MAX_BATCH,
    sizeOf: ({ length }) => length,
    begin: inNextTurn,
    async write(take) {
      const { stored, edge, checkpoint, before } = await store.sequence(async (transaction) => {
        // Build the batch only once we hold the lock (another process may hold it): statements submitted while we wait join this batch.
        const parts = take()
        const right = await edges.take(transaction)
        const before = { size: right.size, root: rootOf(right.size, right.nodeAt) }
        const written = await writeBatch(transaction, parts.flat(), right, identity)
        return { ...written, stored: inParts(written.stored, parts), edge: right, before }
      })
      edges.put(edge)
      if (checkpoint !== undefined) await beforeAnswers(checkpoint, before)
      return stored
    },
  })
  return {
    async write(arrivals) {
      const stored = await add(arrivals)
      return Promise.all(stored.map((one, at) => withReceipt(store, one, arrivals[at] as Arrival)))
    },
    async seal() {
      if (identity === undefined) return
      await beforeAnswers(await store.sequence((transaction) => sealLog(transaction, edges, identity)))
    },
    async close(successor) {
      if (identity === undefined) throw contractFault('log.no-checkpoint')
      const last = await store.sequence((transaction) => closeLog(transaction, successor, identity))
      await beforeAnswers(last)
      return last
    },
  }
}

/** Stores a checkpoint of this key over the current log, unless it signed the newest one. Returns the newest checkpoint. */
async function sealLog(transaction: LogTransaction, edges: EdgeCache, identity: LogIdentity): Promise<string> {
  const { size, checkpoint } = transaction.log
  // The last checkpoint of a closed log is never signed again, even by a newer key: without its line, the log would be open.
  if (checkpoint !== undefined && (successorOf(checkpoint) || (await isBy(identity.key, checkpoint, size)))) return checkpoint
  const signed = await checkpointOf(await edges.take(transaction), identity)
  await transaction.append({ entries: [], tileRoots: [], checkpoint: signed })
  return signed
}

/** Stores the last checkpoint of the log, unless it is closed. Returns the last checkpoint. @throws `log.closed` */
async function closeLog(transaction: LogTransaction, successor: Successor, { signer }: LogIdentity): Promise<string> {
  const { size, checkpoint } = transaction.log
  const named = checkpoint === undefined ? undefined : successorOf(checkpoint)
  if (named !== undefined) {
    if (named.origin !== successor.origin || named.url !== successor.url) throw logClosed(signer.name, named)
    return checkpoint as string
  }
  const edge = await openEdge(size, hashesOf(transaction))
  const signed = await signClosing({ origin: signer.name, size, root: rootOf(size, edge.nodeAt) }, successor, signer)
  await transaction.append({ entries: [], tileRoots: [], checkpoint: signed })
  return signed
}

/** Splits the results of the batch into one array per `write` call. */
function inParts<T>(results: readonly T[], parts: readonly (readonly unknown[])[]): T[][] {
  let end = 0
  return parts.map(({ length }) => {
    end += length
    return results.slice(end - length, end)
  })
}

/** Signs the missing receipt of an entry that was copied from a peer, when its sender submits it here. */
async function withReceipt(
  store: Store,
  stored: Stored | TonghengError,
  { entry: { statementId }, receipt: make }: Arrival,
): Promise<Stored | TonghengError> {
  if (isTonghengError(stored)) return stored
  const { entry } = stored
  if (entry.receipt !== undefined || make === undefined || entry.statementId !== statementId) return stored
  const receipt = await make(await placeOf(store, entry.position))
  return { ...stored, entry: { ...entry, receipt: await store.putReceipt(statementId, receipt) } }
}

interface EdgeCache {
  /** Returns the right edge of the log in the transaction, and empties the cache. */
  take(transaction: LogTransaction): Promise<Edge>
  put(edge: Edge): void
}

/**
 * Caches the right edge of the tree after the last committed batch. `take` empties the cache, so that a failed transaction cannot
 * leave a modified edge in it; an edge that another process has outdated is brought up to date or reloaded.
 */
function createEdgeCache(): EdgeCache {
  let known: Edge | undefined
  return {
    async take(transaction: LogTransaction): Promise<Edge> {
      const edge = known
      known = undefined
      if (edge !== undefined && (await catchUp(edge, transaction))) return edge
      return openEdge(transaction.log.size, hashesOf(transaction))
    },
    put(edge: Edge): void {
      known = edge
    },
  }
}

/** If other processes appended at most this many entries, replay them on the cached right edge; otherwise reload it from the tiles. */
const MAX_BEHIND = 1024

/**
 * Replays the entries that other processes appended. Returns false if the cached edge does not match the stored log, for example
 * after a restore from backup.
 */
async function catchUp(edge: Edge, transaction: LogTransaction): Promise<boolean> {
  const { size, checkpoint } = transaction.log
  if (edge.size > size || size - edge.size > MAX_BEHIND) return false
  if (edge.size < size) for (const id of await transaction.statementIds(edge.size, size)) edge.append(leafOf(id))
  // Discard the tile roots: the process that appended these entries has stored them.
  edge.settle()
  const stated = checkpoint === undefined ? undefined : readCheckpoint(checkpoint)
  return stated?.size !== size || isSameHash(stated.root, rootOf(size, edge.nodeAt))
}

async function isBy(key: NoteKey, checkpoint: string, size: number): Promise<boolean> {
  try {
    return (await openCheckpoint(checkpoint, key)).size === size
  } catch (error) {
    // A former key signed it, or the signature does not verify: the caller signs again.
    if (isTonghengError(error)) return false
    throw error
  }
}

/** Returns index and inclusion proof of an entry under the newest checkpoint; undefined if no checkpoint covers the entry. */
export async function placeOf(store: Store, index: number): Promise<Place | undefined> {
  const { checkpoint } = await store.readLog()
  if (checkpoint === undefined) return undefined
  // While the node had no log key, the log may have grown beyond its newest checkpoint.
  const { size } = readCheckpoint(checkpoint)
  if (index >= size) return undefined
  return { index, proof: textsOf(await proveInclusionFrom(tilesOfStore(store), index, size)), checkpoint }
}
