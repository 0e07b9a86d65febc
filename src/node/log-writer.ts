/**
 * Writes the log. Statements that wait are written as one batch: positions, tree, checkpoint and receipts are made while the
 * sequencing lock is held and stored in one transaction, so that one `fsync` serves all of them and nobody is answered before it.
 */
import { inNextTurn } from '#native'
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
  const queue = createQueue(async (take) => {
    const { kept, edge, checkpoint } = await store.sequence(async (turn) => {
      // Not before the lock is held, for which other processes may have to be waited for: what arrives meanwhile joins the batch.
      const arrivals = take()
      const right = await edges.take(turn)
      return { ...(await writeBatch(turn, arrivals, right, identity)), edge: right }
    })
    edges.put(edge)
    if (checkpoint !== undefined) await beforeAnswers(checkpoint)
    return kept
  })
  return {
    async write(arrivals) {
      const kept = await queue.add(arrivals)
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

/** Statements that fill a batch: more would keep callers waiting for no gain. */
const FULL = 1024

type Results = readonly (Kept | TonghengError)[]

interface Waiting {
  readonly arrivals: readonly Arrival[]
  readonly done: (kept: Results) => void
  readonly failed: (error: unknown) => void
}

/**
 * Writes batch after batch. `write` calls `take` when it can write, and again where it has to begin anew: the batch then holds what
 * arrived meanwhile too.
 */
function createQueue(write: (take: () => readonly Arrival[]) => Promise<Results>) {
  let waiting: Waiting[] = []
  let isBusy = false

  /** The next that wait, until the batch is full. */
  function fill(batch: readonly Waiting[]): readonly Waiting[] {
    let count = batch.reduce((sum, { arrivals }) => sum + arrivals.length, 0)
    let next = 0
    for (; count < FULL && next < waiting.length; next++) count += (waiting[next] as Waiting).arrivals.length
    const more = waiting.slice(0, next)
    waiting = waiting.slice(next)
    return [...batch, ...more]
  }

  async function writeOne(): Promise<void> {
    let batch: readonly Waiting[] = []
    try {
      const kept = await write(() => {
        batch = fill(batch)
        return batch.flatMap(({ arrivals }) => arrivals)
      })
      let at = 0
      for (const { arrivals, done } of batch) {
        done(kept.slice(at, at + arrivals.length))
        at += arrivals.length
      }
    } catch (error) {
      // Where the lock was never held, the write failed for all that wait.
      for (const { failed } of batch.length === 0 ? fill(batch) : batch) failed(error)
    }
  }

  async function writeAll(): Promise<void> {
    isBusy = true
    while (waiting.length > 0) await writeOne()
    isBusy = false
  }

  return {
    add: (arrivals: readonly Arrival[]) =>
      new Promise<Results>((done, failed) => {
        waiting.push({ arrivals, done, failed })
        if (isBusy) return
        isBusy = true
        // In the next round of the event loop, so that all that arrives in this one is written together.
        inNextTurn(writeAll)
      }),
  }
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
