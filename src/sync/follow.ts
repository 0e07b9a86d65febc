/** Follows a peer: imports its documents and its log, and obtains its cosignature on our checkpoint; once, or at intervals. */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { aFunction, aNode, aNumber, anObject, aText, checkArgument, checkMembers, optional, whole } from '../base/options.js'
import { otherWork } from '../base/other-work.js'
import { pause } from '../base/pause.js'
import { type Client, problemOf } from '../client/index.js'
import { fault as clientFault } from '../client/messages.js'
import type { SignedDocument } from '../contract/index.js'
import { fault as contractFault } from '../contract/messages.js'
import {
  addSignatures,
  isSameHash,
  proveConsistencyFrom,
  rootFrom,
  type Successor,
  signaturesBy,
  successorOf,
  writeAddCheckpoint,
} from '../log/index.js'
import { type Documents, type LogIdentity, type Node, type Store, statusListName } from '../node/index.js'
import { tilesOfStore } from '../node/inside.js'
import { fault as nodeFault } from '../node/messages.js'
import { openListedCheckpoint, witnessKeys } from '../verify/index.js'
import { closedLogsOf } from './successors.js'
import { type SyncProgress, syncLog } from './sync.js'

export type FollowEvent =
  | ({ readonly kind: 'progress' } & SyncProgress)
  | { readonly kind: 'learned'; readonly refused: readonly TonghengError[] }
  | { readonly kind: 'cosigned'; readonly size: number }
  /** A log of the peer is closed and imported in full; from now on its successor is followed. */
  | { readonly kind: 'succeeded'; readonly successor: Successor }
  /** A round failed; it is retried after a pause. `sync.fork` and `sync.rollback` need an operator. */
  | { readonly kind: 'failed'; readonly error: TonghengError }

export interface FollowOptions {
  readonly node: Node
  readonly client: Client
  /** USCC of the authority that operates the peer. */
  readonly authority: string
  /** Aborts between two pages. */
  readonly signal?: AbortSignal
  /** Seconds between two rounds; if absent, only one round is run. */
  readonly intervalSeconds?: number
  /** Called after each successful round, even if there was nothing new. */
  readonly onRound?: () => void
  /**
   * Returns the client of another node of the same authority: the node of the log that follows a closed one. Without it, the events
   * end with the closed log.
   */
  readonly clientOf?: ((successor: Successor) => Client) | undefined
  /** As in `syncLog`. Use a smaller value if the store writes on the thread that answers requests. */
  readonly batchSize?: number | undefined
}

/** Maximum pause after failed rounds, in seconds. */
const LONGEST_PAUSE = 300

/**
 * Imports the peer's documents and entries, and has the peer cosign our log. With `intervalSeconds` it runs until `signal` aborts
 * it; a round that fails yields a `failed` event and is retried. Without, it runs one round and throws its error.
 */
export async function* followNode(options: FollowOptions): AsyncGenerator<FollowEvent, void, undefined> {
  checkArgument('followNode', 'options', options, anObject)
  checkMembers('followNode', options, {
    node: aNode,
    client: anObject,
    authority: aText,
    intervalSeconds: optional(aNumber),
    batchSize: optional(whole),
    onRound: optional(aFunction),
    clientOf: optional(aFunction),
  })
  const { signal, intervalSeconds } = options
  const announced = new Set<string>()
  let failures = 0
  while (!signal?.aborted) {
    try {
      yield* oneRound(options, announced)
      failures = 0
      options.onRound?.()
    } catch (error) {
      if (signal?.aborted) return
      if (intervalSeconds === undefined || !isTonghengError(error)) throw error
      failures++
      yield { kind: 'failed', error }
    }
    if (intervalSeconds === undefined) return
    const seconds = Math.min(LONGEST_PAUSE, intervalSeconds * 2 ** Math.min(failures, 10))
    await pause(seconds * 1000, signal).catch(() => undefined)
  }
}

type Events = AsyncGenerator<FollowEvent, void, undefined>

/** Maximum number of closed logs that one round follows to their successors. */
const MAX_SUCCESSIONS = 100

/**
 * Runs one round with the configured node, or with the nodes of the logs that follow closed ones. If a closed log has skipped entries that
 * may be genuine now, its node is included.
 */
async function* oneRound(options: FollowOptions, announced: Set<string>): Events {
  const { node, authority, clientOf } = options
  let logs = await closedLogsOf(node, authority)
  // Include it while a successor is not listed: its documents may contain the trust list that has the successor.
  if (clientOf === undefined || logs.successors.length === 0 || logs.unlisted.length > 0 || logs.isSkipped) {
    yield* roundWith(options)
    logs = await closedLogsOf(node, authority)
  }
  const followed = new Set<string>()
  while (clientOf !== undefined && followed.size < MAX_SUCCESSIONS) {
    const next = logs.successors.find(({ origin }) => !followed.has(origin))
    if (next === undefined) break
    followed.add(next.origin)
    if (!announced.has(next.origin)) yield { kind: 'succeeded', successor: next }
    announced.add(next.origin)
    yield* roundWith({ ...options, client: clientOf(next) })
    logs = await closedLogsOf(node, authority)
  }
  for (const { origin } of logs.unlisted) throw nodeFault('log.successor-unlisted', { origin, authority })
}

async function* roundWith({ node, client, authority, signal, batchSize }: FollowOptions): Events {
  const rest = signal === undefined ? {} : { signal }
  const refused = await importDocuments(node, client, rest)
  if (refused.length > 0) yield { kind: 'learned', refused }
  // Before the import: if our log was rolled back, the witness detects it, and the log must not grow a second history.
  yield* cosignAndReport(node, client, authority, rest)
  const source = {
    checkpoint: () => client.log.checkpoint(rest),
    tile: (level: number, index: number, width: number) => client.log.tile(level, index, width, rest),
    entries: (page: number, width: number) => client.log.entries(page, width, rest),
    receipt: async (statementId: string) => (await orNone(client.records.get(statementId, rest)))?.receipt,
  }
  // A closed log accepts no entries, from peers either: its successor imports them.
  if (!(await isClosed(node)))
    for await (const progress of syncLog({ node, source, authority, batchSize, ...rest })) yield { kind: 'progress', ...progress }
  yield* cosignAndReport(node, client, authority, rest)
}

async function isClosed({ options: { store } }: Node): Promise<boolean> {
  const { checkpoint } = await store.readLog()
  return checkpoint !== undefined && successorOf(checkpoint) !== undefined
}

async function* cosignAndReport(...of: Parameters<typeof requestCosignature>): AsyncGenerator<FollowEvent, void, undefined> {
  const size = await requestCosignature(...of)
  if (size !== undefined) yield { kind: 'cosigned', size }
}

type Rest = { readonly signal?: AbortSignal }

/** Number of status lists fetched before they are imported, and the maximum per round: a peer may list any number. */
const LISTS_BATCH = 16
const MAX_LISTS = 1000

/** Fetches newer trust lists, agreements, catalogues and status lists. They are signed by their issuers, so the peer need not be trusted. */
async function importDocuments(node: Node, client: Client, rest: Rest): Promise<readonly TonghengError[]> {
  const refused: TonghengError[] = []
  const learn = async (documents: Documents): Promise<void> => {
    for (const error of await node.learn(documents)) {
      refused.push(error)
      node.alarms.raise(error)
    }
  }
  for (const { payload } of node.trust.lists) {
    const newest = await orNone(client.trustLists.get(payload.iss, rest))
    const known = (): number => node.trust.lists.find((list) => list.payload.iss === payload.iss)?.payload.version ?? 0
    // Stop at the first version that does not verify, however many further versions the peer announces.
    for (let version = known() + 1; version <= (newest?.version ?? 0) && known() === version - 1; version++)
      await learn({ trustLists: [(await client.trustLists.get(payload.iss, { ...rest, version })).signed] })
  }
  const agreements = await unknownTo(node, await client.agreements.list(rest), ({ name, version }) => ['agreement', name, version])
  if (agreements.length > 0) await learn({ agreements: agreements.map(({ signed }) => signed) })
  for (const { payload } of node.trust.lists) {
    const newest = await orNone(client.catalogues.get(payload.iss, rest))
    if (newest !== undefined && (await isNewCatalogue(node, payload.iss, newest))) await learn({ catalogues: [newest.signed] })
  }
  const offered = (await client.statusLists.names(rest)).filter(({ iss }) => node.trust.entity(iss) !== undefined)
  const unknown = await unknownTo(node, offered, ({ iss, uri, iat }) => ['status-list', statusListName(iss, uri), iat])
  const lists = unknown.slice(0, MAX_LISTS)
  for (let start = 0; start < lists.length; start += LISTS_BATCH) {
    const statusLists: string[] = []
    for (const { iss, name } of lists.slice(start, start + LISTS_BATCH)) statusLists.push(await client.statusLists.get({ iss, name }, rest))
    await learn({ statusLists })
  }
  return refused
}

/**
 * Returns false if the store has the catalogue, or a newer one. For another content under the same version number it returns true, so that
 * the import reports the fork.
 */
async function isNewCatalogue({ options: { store } }: Node, authority: string, { version, signed }: SignedDocument): Promise<boolean> {
  const known = await store.getDocument('catalogue', authority)
  if (known === undefined || version > known.version) return true
  const payloadOf = ([first = '']: readonly string[]): string | undefined => first.split('.')[1]
  return version === known.version && payloadOf(signed) !== payloadOf(known.signed)
}

/** Number of documents looked up before the event loop runs other work, because a store in this process runs on the main thread. */
const LOOKED_UP = 32

/** Returns the documents of a peer that the store does not have. */
async function unknownTo<T>(
  { options: { store } }: Node,
  offered: readonly T[],
  nameOf: (one: T) => Parameters<Store['getDocument']>,
): Promise<T[]> {
  const unknown: T[] = []
  for (const [at, one] of offered.entries()) {
    if (at % LOOKED_UP === LOOKED_UP - 1) await otherWork()
    if ((await store.getDocument(...nameOf(one))) === undefined) unknown.push(one)
  }
  return unknown
}

/** Resolves to undefined if the peer answers 404. */
const orNone = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error: unknown) => {
    if (problemOf(error)?.status === 404) return undefined
    throw error
  })

/** Maximum number of attempts with the size that the witness reported. */
const ATTEMPTS = 3

/**
 * Requests the peer's cosignature on our newest checkpoint, which also proves that the peer has it. Returns its size if it was not cosigned
 * before; otherwise undefined.
 * @throws `log.halted` if the witness has a checkpoint of ours that our log does not continue; the node is then halted
 */
async function requestCosignature(node: Node, client: Client, witness: string, rest: Rest): Promise<number | undefined> {
  const { store, authority } = node.options
  if (node.identity === undefined) return undefined
  if (witness === authority) throw contractFault('witness.own-log', { origin: node.identity.signer.name })
  const { size, checkpoint, cosigned } = await store.readLog()
  if (checkpoint === undefined) return undefined
  const open = (note: string) => openListedCheckpoint(note, node.trust, { authority })
  const last = cosigned === undefined ? undefined : await open(cosigned)
  let seen = last?.size ?? 0
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const proof = seen === 0 || seen === size ? [] : await proveConsistencyFrom(tilesOfStore(store), seen, size)
    const answer = await unlessUnproved(client.log.addCheckpoint(writeAddCheckpoint({ oldSize: seen, proof, checkpoint }), rest))
    if ('lines' in answer) {
      const note = addSignatures(checkpoint, signaturesBy(answer.lines, await witnessKeys(node.trust, (one) => one === witness)))
      const { cosignatures } = await open(note)
      if (cosignatures.length > 0) await node.head.confirm()
      if (cosignatures.length === 0) throw clientFault('client.answer', { status: 200, body: answer.lines.slice(0, 200) })
      // A cosignature by a key that the peer's list no longer contains does not count.
      if (last?.size === size && last.cosignatures.length > 0) return undefined
      await store.putCosigned(note, size)
      return size
    }
    // The witness rejects the request although it contains the size that it reported: at this size or beyond, it has seen another tree.
    if ('error' in answer || answer.seen === seen || answer.seen > size) {
      await compareWithWitness(node, client, witness, rest)
      throw 'error' in answer ? answer.error : clientFault('client.answer', { status: 409, body: String(answer.seen) })
    }
    seen = answer.seen
  }
  return undefined
}

/** Converts a refused proof (422) to a result. */
const unlessUnproved = <T>(answer: Promise<T>): Promise<T | { readonly error: TonghengError }> =>
  answer.catch((error: unknown) => {
    if (isTonghengError(error) && problemOf(error)?.status === 422) return { error }
    throw error
  })

/**
 * Halts the node if the witness has a checkpoint that our log signed but does not continue. Only our own signature is evidence: otherwise a
 * witness could halt any node by a claim.
 * @throws `log.halted`
 */
async function compareWithWitness(node: Node, client: Client, witness: string, rest: Rest): Promise<void> {
  const { store, authority } = node.options
  const { name: origin } = (node.identity as LogIdentity).signer
  const checkpoint = await client.log.witnessed(origin, rest)
  const { size: seen, root } = await openListedCheckpoint(checkpoint, node.trust, { authority })
  // Read the size again: another process may have appended since.
  const { size } = await store.readLog()
  if (seen <= size && isSameHash(await rootFrom(tilesOfStore(store), seen), root)) return
  const halt = { origin, size, seen, witness }
  node.halt({ ...halt, checkpoint })
  throw contractFault('log.halted', halt)
}
