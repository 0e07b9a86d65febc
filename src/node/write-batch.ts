/**
 * Writes one batch of statements in one transaction: finds the new statements, assigns positions, and signs the checkpoint and the
 * receipts. Results must not be published before the transaction is committed.
 */
import { encodeBase64url } from '#native'
import { isTonghengError, type TonghengError } from '../base/error.js'
import type { Place } from '../contract/index.js'
import { fault as contractFault } from '../contract/messages.js'
import { type Edge, inclusionProofs, readCheckpoint, rootOf, type Successor, signCheckpoint, successorOf } from '../log/index.js'
import { leafOf } from '../verify/index.js'
import { MAX_OF_NUMBER } from './number-twice.js'
import type { LogIdentity } from './own-keys.js'
import type { EntryName, LogTransaction, PlacedEntry, StoredEntry } from './store.js'

type Entry = Omit<StoredEntry, 'receipt'>

export interface Arrival {
  readonly entry: Entry
  /** Signs the receipt once index and inclusion proof are known. Absent for entries copied from a peer. */
  readonly receipt?: (place: Place | undefined) => Promise<string>
  /** Copied from a peer's log: stored even if its name is taken, since a node must not hide an entry that its peer has. */
  readonly isFromPeer?: boolean
  /**
   * Decides by the issuer's other entries under the same certificate number: returns the arrival to store, or the error that rejects it.
   * Called under the sequencing lock, so that for the second of two concurrent submissions, `earlier` includes the first. The store may
   * retry the transaction: the function must have no side effects.
   */
  readonly settle?: (earlier: readonly Entry[], transaction: LogTransaction) => Promise<Arrival | TonghengError>
}

export interface Stored {
  readonly entry: PlacedEntry
  /** False if the statement was already stored, or its name was taken. */
  readonly isNew: boolean
  /** Id of the earlier statement with the same name, for a new entry. */
  readonly namesake?: string | undefined
}

interface Fresh {
  readonly given: Arrival
  /** The result of `settle`, or `given` without one. */
  readonly arrival: Arrival
  readonly position: number
  /** Id of the earlier statement with the same name. */
  readonly namesake: string | undefined
}

/** The entries that the log already has for the arrivals, and the entries to append. */
interface Batch {
  /** The stored entry that answers each arrival, if there is one. */
  readonly there: readonly (PlacedEntry | undefined)[]
  /** Maps each name to the id of the first statement with it. */
  readonly namesakes: Map<string, string>
  /** New statements by id, in order of position. */
  readonly fresh: Map<string, Fresh>
  readonly refused: Map<Arrival, TonghengError>
}

export interface Written {
  readonly stored: readonly (Stored | TonghengError)[]
  /** The newest checkpoint of the log. */
  readonly checkpoint: string | undefined
}

/** Appends new statements to the right edge and to the transaction. Without an identity, no checkpoint is signed. */
export async function writeBatch(
  transaction: LogTransaction,
  arrivals: readonly Arrival[],
  edge: Edge,
  identity: LogIdentity | undefined,
): Promise<Written> {
  const { there, namesakes } = await readNames(transaction, arrivals)
  const batch: Batch = { there, namesakes, fresh: new Map(), refused: new Map() }
  await settleAll(transaction, arrivals, batch, edge)
  const { added, checkpoint } = await append(transaction, batch, edge, identity)
  return {
    stored: arrivals.map((arrival, at) => resultOf(arrival, at, batch, added)),
    checkpoint: checkpoint ?? transaction.log.checkpoint,
  }
}

/** Assigns a position to each new statement, in the order of the arrivals. */
async function settleAll(
  transaction: LogTransaction,
  arrivals: readonly Arrival[],
  { there, namesakes, fresh, refused }: Batch,
  edge: Edge,
) {
  const closed = closedBy(transaction.log)
  const earlierOf = await readEarlier(
    transaction,
    arrivals.filter(({ settle }, at) => settle !== undefined && there[at] === undefined),
  )
  for (const [at, given] of arrivals.entries()) {
    const { statementId } = given.entry
    const name = nameOf(given.entry)
    const namesake = namesakes.get(name)
    // If a name occurs twice in the batch, only the first statement is stored, as with two consecutive submissions.
    if (there[at] !== undefined || fresh.has(statementId) || (namesake !== undefined && !given.isFromPeer)) continue
    if (closed !== undefined) {
      refused.set(given, closed)
      continue
    }
    const earlier = earlierOf(given.entry)
    const arrival = given.settle === undefined ? given : await given.settle(earlier, transaction)
    if (isTonghengError(arrival)) {
      refused.set(given, arrival)
      continue
    }
    earlier.push(arrival.entry)
    fresh.set(statementId, { given, arrival, position: edge.size, namesake })
    if (namesake === undefined) namesakes.set(name, statementId)
    edge.append(leafOf(arrival.entry.statementId))
  }
}

/**
 * Returns the error for new statements if the log is closed, which its last checkpoint states. The checkpoint is read in the transaction
 * that appends.
 */
function closedBy({ checkpoint }: LogTransaction['log']): TonghengError | undefined {
  const successor = checkpoint === undefined ? undefined : successorOf(checkpoint)
  return successor && logClosed(readCheckpoint(checkpoint as string).origin, successor)
}

export const logClosed = (origin: string, successor: Successor): TonghengError =>
  contractFault('log.closed', { origin, successor: successor.origin, url: successor.url })

/** Signs the checkpoint and the receipts (with inclusion proofs), and appends the entries to the transaction. */
async function append(transaction: LogTransaction, { fresh }: Batch, edge: Edge, identity: LogIdentity | undefined) {
  const added = new Map<string, PlacedEntry>()
  if (fresh.size === 0) return { added, checkpoint: undefined }
  const checkpoint = identity && (await checkpointOf(edge, identity))
  const proofs = inclusionProofs(edge.size, edge.nodeAt)
  const place = (index: number): Place | undefined =>
    checkpoint === undefined ? undefined : { index, proof: textsOf(proofs(index)), checkpoint }
  const entries = await Promise.all(
    [...fresh.values()].map(async ({ arrival, position }): Promise<PlacedEntry> => {
      return { ...arrival.entry, position, receipt: await arrival.receipt?.(place(position)) }
    }),
  )
  for (const entry of entries) added.set(entry.statementId, entry)
  await transaction.append({ entries, tileRoots: edge.settle(), checkpoint })
  return { added, checkpoint }
}

function resultOf(
  arrival: Arrival,
  at: number,
  { there, namesakes, fresh, refused }: Batch,
  added: ReadonlyMap<string, PlacedEntry>,
): Stored | TonghengError {
  const old = there[at] ?? refused.get(arrival)
  if (old !== undefined) return isTonghengError(old) ? old : { entry: old, isNew: false }
  const { statementId } = arrival.entry
  const one = fresh.get(statementId)
  const entry = added.get(one === undefined ? (namesakes.get(nameOf(arrival.entry)) as string) : statementId) as PlacedEntry
  return { entry, ...(one?.given === arrival ? { isNew: true, namesake: one.namesake } : { isNew: false }) }
}

/**
 * `there`: the stored entry that answers each arrival, which is the same statement or, unless the arrival was copied from a peer, the
 * first one under its name. `namesakes`: the id of the first stored statement by name.
 */
async function readNames(transaction: LogTransaction, arrivals: readonly Arrival[]) {
  const first = await transaction.byNames(arrivals.map(({ entry }) => entry))
  const isOther = (at: number): boolean => first[at] !== undefined && first[at].statementId !== arrivals[at]?.entry.statementId
  const others = [...arrivals.keys()].filter(isOther)
  const same = others.length === 0 ? [] : await transaction.byIds(others.map((at) => (arrivals[at] as Arrival).entry.statementId))
  const there = [...first]
  for (const [n, at] of others.entries()) there[at] = same[n] ?? (arrivals[at]?.isFromPeer ? undefined : first[at])
  return { there, namesakes: new Map(first.flatMap((entry) => (entry ? [[nameOf(entry), entry.statementId] as const] : []))) }
}

/** Reads the stored entries under each certificate number; `settleAll` adds the new ones of this batch to the same arrays. */
async function readEarlier(transaction: LogTransaction, arrivals: readonly Arrival[]): Promise<(entry: Entry) => Entry[]> {
  const key = ({ iss, search: { number } }: Entry): string => `${iss} ${number}`
  const all = new Map<string, Entry[]>()
  const numbered = [...new Map(arrivals.map(({ entry }) => [key(entry), entry])).values()]
  const keys = numbered.map(({ iss, search: { number: value } }) => ({ iss, value }))
  const found = keys.length === 0 ? [] : await transaction.entriesBy('number', keys, MAX_OF_NUMBER)
  for (const [at, entry] of numbered.entries()) all.set(key(entry), [...(found[at] ?? [])])
  return (entry) => {
    const entries = all.get(key(entry)) ?? []
    all.set(key(entry), entries)
    return entries
  }
}

const nameOf = ({ iss, jti }: EntryName): string => `${iss}/${jti}`
export const textsOf = (hashes: readonly Uint8Array[]): string[] => hashes.map(encodeBase64url)

export const checkpointOf = (edge: Edge, { signer }: LogIdentity): Promise<string> =>
  signCheckpoint({ origin: signer.name, size: edge.size, root: rootOf(edge.size, edge.nodeAt) }, signer)
