/**
 * Writes the log. Statements that wait are taken together: places, tree, checkpoint and receipts are made in one turn, and
 * kept in one transaction, so that one `fsync` serves all of them and nobody is answered before it.
 */
import { encodeBase64url, inNextTurn } from '#native'
import { isTonghengError, type TonghengError } from '../base/error.js'
import type { Place } from '../contract/index.js'
import {
  type Edge,
  inclusionProofs,
  isSameHash,
  type NoteKey,
  type NoteSigner,
  openCheckpoint,
  openEdge,
  proveInclusionFrom,
  readCheckpoint,
  rootOf,
  signCheckpoint,
} from '../log/index.js'
import type { Trust } from '../trust/index.js'
import { leafOf } from '../verify/index.js'
import { hashesOf, tilesOfStore } from './log-reader.js'
import { MOST_OF_NUMBER } from './number-twice.js'
import type { EntryName, PlacedEntry, Store, StoredEntry, Turn } from './store.js'

type Entry = Omit<StoredEntry, 'receipt'>

export interface Arrival {
  readonly entry: Entry
  /** Makes the receipt once the place is known; absent where nobody waits for one. */
  readonly receipt?: (place: Place | undefined) => Promise<string>
  /** From another node's log: stored beside what has its name already, since neither node may hide what the other has. */
  readonly isForeign?: boolean
  /**
   * Decides what depends on the issuer's other entries under the same certificate number: gives what is stored, or why it is refused.
   * Called while no other process can append, so that of two that arrive at once the second sees the first. May be called twice,
   * and must have no effect of its own.
   */
  readonly settle?: (earlier: readonly Entry[], turn: Turn) => Promise<Arrival | TonghengError>
}

export interface Kept {
  readonly entry: PlacedEntry
  /** False where it was stored already, or its name was taken. */
  readonly isNew: boolean
  /** Of a new entry: the one that had its name before. */
  readonly namesake?: string | undefined
}

export interface LogWriter {
  /** Resolves once the statements are kept for good, together and in their order. */
  write(arrivals: readonly Arrival[]): Promise<readonly (Kept | TonghengError)[]>
  /** Signs a checkpoint of the log as it stands, where the newest is not by this key. */
  seal(): Promise<void>
}

/** Statements that fill a transaction: more would keep callers waiting for no gain. */
const ENOUGH_TOGETHER = 1024

interface Waiting {
  readonly arrivals: readonly Arrival[]
  readonly done: (kept: readonly (Kept | TonghengError)[]) => void
  readonly failed: (error: unknown) => void
}

/** Signs checkpoints, and knows its own. */
export interface LogIdentity {
  readonly signer: NoteSigner
  readonly key: NoteKey
  /** Cosigns other logs by the key that a trust list names for that; undefined where the node does not have that key. */
  witnessBy(trust: Trust): Promise<NoteSigner | undefined>
}

/** `beforeTold` is awaited once a batch, between the commit and the answers. Without an identity the log is kept all the same, and nobody is told its root. */
export function createLogWriter(
  store: Store,
  identity: LogIdentity | undefined,
  beforeTold: (checkpoint: string) => Promise<void> = async () => undefined,
): LogWriter {
  let waiting: Waiting[] = []
  let isBusy = false
  // The edge as of the last turn that ended well; another process may have written meanwhile, or the turn have failed.
  let known: Edge | undefined

  async function edgeOf(turn: Turn): Promise<Edge> {
    const edge = known
    known = undefined
    if (edge !== undefined && (await catchUp(edge, turn))) return edge
    return openEdge(turn.log.size, hashesOf(turn))
  }

  async function inTurn(
    turn: Turn,
    arrivals: readonly Arrival[],
  ): Promise<{ readonly kept: (Kept | TonghengError)[]; readonly edge: Edge; readonly checkpoint: string | undefined }> {
    const edge = await edgeOf(turn)
    const { there, namesakes } = await readNames(turn, arrivals)
    const fresh = new Map<string, Fresh>()
    const refused = new Map<Arrival, TonghengError>()
    const earlierOf = await readEarlier(
      turn,
      arrivals.filter(({ settle }, at) => settle !== undefined && there[at] === undefined),
    )
    for (const [at, given] of arrivals.entries()) {
      const { statementId } = given.entry
      const name = nameOf(given.entry)
      const namesake = namesakes.get(name)
      // Of one name twice among those that wait the first is stored, as it would be one after the other.
      if (there[at] !== undefined || fresh.has(statementId) || (namesake !== undefined && !given.isForeign)) continue
      const earlier = earlierOf(given.entry)
      const arrival = given.settle === undefined ? given : await given.settle(earlier, turn)
      if (isTonghengError(arrival)) {
        refused.set(given, arrival)
        continue
      }
      earlier.push(arrival.entry)
      fresh.set(statementId, { given, arrival, position: edge.size, namesake })
      if (namesake === undefined) namesakes.set(name, statementId)
      edge.append(leafOf(arrival.entry.statementId))
    }
    const added = new Map<string, PlacedEntry>()
    let newest = turn.log.checkpoint
    if (fresh.size > 0) {
      const checkpoint = identity && (await checkpointOf(edge, identity))
      const proofs = inclusionProofs(edge.size, edge.nodeAt)
      const place = (index: number): Place | undefined =>
        checkpoint === undefined ? undefined : { index, proof: texts(proofs(index)), checkpoint }
      const entries = await Promise.all(
        [...fresh.values()].map(async ({ arrival, position }): Promise<PlacedEntry> => {
          return { ...arrival.entry, position, receipt: await arrival.receipt?.(place(position)) }
        }),
      )
      for (const entry of entries) added.set(entry.statementId, entry)
      await turn.append({ entries, tileRoots: edge.settle(), checkpoint })
      newest = checkpoint ?? newest
    }
    const kept = arrivals.map((arrival, at): Kept | TonghengError => {
      const old = there[at] ?? refused.get(arrival)
      if (old !== undefined) return isTonghengError(old) ? old : { entry: old, isNew: false }
      const { statementId } = arrival.entry
      const one = fresh.get(statementId)
      const entry = added.get(one === undefined ? (namesakes.get(nameOf(arrival.entry)) as string) : statementId) as PlacedEntry
      return { entry, ...(one?.given === arrival ? { isNew: true, namesake: one.namesake } : { isNew: false }) }
    })
    return { kept, edge, checkpoint: newest }
  }

  /** The next that wait, until there are enough together with those in hand. */
  function take(inHand: readonly Waiting[]): readonly Waiting[] {
    let count = inHand.reduce((sum, { arrivals }) => sum + arrivals.length, 0)
    let next = 0
    for (; count < ENOUGH_TOGETHER && next < waiting.length; next++) count += (waiting[next] as Waiting).arrivals.length
    const batch = waiting.slice(0, next)
    waiting = waiting.slice(next)
    return [...inHand, ...batch]
  }

  async function writeTogether(): Promise<void> {
    let batch: readonly Waiting[] = []
    try {
      const { kept, edge, checkpoint } = await store.sequence((turn) => {
        // Not before the turn has come, for which other processes may have to be waited for: who comes meanwhile goes with it.
        batch = take(batch)
        return inTurn(
          turn,
          batch.flatMap(({ arrivals }) => arrivals),
        )
      })
      known = edge
      if (checkpoint !== undefined) await beforeTold(checkpoint)
      let at = 0
      for (const { arrivals, done } of batch) {
        done(kept.slice(at, at + arrivals.length))
        at += arrivals.length
      }
    } catch (error) {
      // Where no turn came at all, it came for none of those that wait.
      for (const { failed } of batch.length === 0 ? take(batch) : batch) failed(error)
    }
  }

  async function writeAll(): Promise<void> {
    isBusy = true
    while (waiting.length > 0) await writeTogether()
    isBusy = false
  }

  /** With a receipt where one is asked for and the entry has none: it came from another node's log. */
  async function withReceipt(
    kept: Kept | TonghengError,
    { entry: { statementId }, receipt: make }: Arrival,
  ): Promise<Kept | TonghengError> {
    if (isTonghengError(kept)) return kept
    const { entry } = kept
    if (entry.receipt !== undefined || make === undefined || entry.statementId !== statementId) return kept
    const receipt = await make(await placeOf(store, entry.position))
    return { ...kept, entry: { ...entry, receipt: await store.putReceipt(statementId, receipt) } }
  }

  return {
    async write(arrivals) {
      const kept = await new Promise<readonly (Kept | TonghengError)[]>((done, failed) => {
        waiting.push({ arrivals, done, failed })
        // After this turn of the loop, so that all that arrives in it goes together.
        if (!isBusy) {
          isBusy = true
          inNextTurn(writeAll)
        }
      })
      return Promise.all(kept.map((one, at) => withReceipt(one, arrivals[at] as Arrival)))
    },
    async seal() {
      if (identity === undefined) return
      const newest = await store.sequence(async (turn) => {
        const { size, checkpoint } = turn.log
        if (checkpoint !== undefined && (await isBy(identity.key, checkpoint, size))) return checkpoint
        const signed = await checkpointOf(await edgeOf(turn), identity)
        await turn.append({ entries: [], tileRoots: [], checkpoint: signed })
        return signed
      })
      await beforeTold(newest)
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

interface Fresh {
  readonly given: Arrival
  /** As it was settled. */
  readonly arrival: Arrival
  readonly position: number
  /** The entry that had its name before. */
  readonly namesake: string | undefined
}

/**
 * What stands in the place of each arrival already: the same statement, or, unless it is from another node's log, the first one under
 * its name; and by their name the ids of those that are first.
 */
async function readNames(turn: Turn, arrivals: readonly Arrival[]) {
  const first = await turn.byNames(arrivals.map(({ entry }) => entry))
  const isOther = (at: number): boolean => first[at] !== undefined && first[at].statementId !== arrivals[at]?.entry.statementId
  const others = [...arrivals.keys()].filter(isOther)
  const same = others.length === 0 ? [] : await turn.byIds(others.map((at) => (arrivals[at] as Arrival).entry.statementId))
  const there = [...first]
  for (const [n, at] of others.entries()) there[at] = same[n] ?? (arrivals[at]?.isForeign ? undefined : first[at])
  return { there, namesakes: new Map(first.flatMap((entry) => (entry ? [[nameOf(entry), entry.statementId] as const] : []))) }
}

/** Entries under the certificate number of each: those of the log, to which those of this turn are added. */
async function readEarlier(turn: Turn, arrivals: readonly Arrival[]): Promise<(entry: Entry) => Entry[]> {
  const key = ({ iss, search: { number } }: Entry): string => `${iss} ${number}`
  const all = new Map<string, Entry[]>()
  const asked = [...new Map(arrivals.map(({ entry }) => [key(entry), entry])).values()]
  const keys = asked.map(({ iss, search: { number: value } }) => ({ iss, value }))
  const found = keys.length === 0 ? [] : await turn.entriesBy('number', keys, MOST_OF_NUMBER)
  for (const [at, entry] of asked.entries()) all.set(key(entry), [...(found[at] ?? [])])
  return (entry) => {
    const entries = all.get(key(entry)) ?? []
    all.set(key(entry), entries)
    return entries
  }
}

const nameOf = ({ iss, jti }: EntryName): string => `${iss}/${jti}`
const texts = (hashes: readonly Uint8Array[]): string[] => hashes.map(encodeBase64url)

const checkpointOf = (edge: Edge, { signer }: LogIdentity): Promise<string> =>
  signCheckpoint({ origin: signer.name, size: edge.size, root: rootOf(edge.size, edge.nodeAt) }, signer)

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
  return { index, proof: texts(await proveInclusionFrom(tilesOfStore(store), index, size)), checkpoint }
}
