/**
 * Imports a peer's log. Its newest checkpoint is accepted only if it extends the last accepted one; tiles only if they hash to the
 * root of the checkpoint; a page of statements only if it matches the tiles; a statement only if it is genuine. A contradiction
 * stops the import and is thrown with its evidence.
 */

import { aNode, anObject, aText, checkArgument, checkMembers, optional, whole } from '../base/options.js'
import { type Checkpoint, isSameHash, judgeClosing, rootFrom, successorOf, type TileReader } from '../log/index.js'
import type { Node, PeerLog, PeerStatement, ReceivedPeerStatement, SkippedEntry } from '../node/index.js'
import { isRevoked, keepFork } from '../node/inside.js'
import { openListedCheckpoint } from '../verify/index.js'
import { fault } from './messages.js'
import { type LogSource, PAGE, type PeerPage, type ProvenLog, proveLog } from './proven-log.js'

export interface SyncOptions {
  readonly node: Node
  readonly source: LogSource
  /** USCC of the authority that operates the log. */
  readonly authority: string
  readonly signal?: AbortSignal
  /**
   * Approximate number of statements per batch, which is stored in one transaction and reported as one progress; rounded to pages
   * of 256. @default 1024
   */
  readonly batchSize?: number | undefined
}

export interface SyncProgress {
  /** Number of entries of the peer's log processed so far. */
  readonly cursor: number
  /** Size of the peer's log. */
  readonly size: number
  /**
   * Numbers in this batch: new, already stored, and skipped because not genuine under our trust lists; skipped entries are retried
   * later.
   */
  readonly taken: number
  readonly known: number
  readonly skipped: number
}

/**
 * Imports the entries of the peer's log that this node does not have, and yields progress after each batch. It can be stopped and
 * restarted at any time; progress is stored per batch.
 * @throws `log.unknown`, `note.*`; `sync.tile`, `sync.page` if the peer serves data that does not match its checkpoint;
 * `sync.rollback`; `sync.reopened`; `sync.fork` with `evidence`, which is also stored
 */
export async function* syncLog(options: SyncOptions): AsyncGenerator<SyncProgress, void, undefined> {
  checkArgument('syncLog', 'options', options, anObject)
  checkMembers('syncLog', options, { node: aNode, source: anObject, authority: aText, batchSize: optional(whole) })
  const { node, source, authority, signal, batchSize = BATCH } = options
  const { store } = node.options
  const note = await source.checkpoint()
  const head = await openListedCheckpoint(note, node.trust, { authority })
  const log = await proveLog(source, head)
  let { cursor } = await acceptCheckpoint(node, head, note, log.tiles)
  yield* retrySkipped(node, log, { cursor, size: head.size })
  const pages = pagesAhead(log, head.size)
  const read = (from: number): Promise<Batch> => readBatch(node, pages, { from, size: head.size, batchSize })
  let ahead: Promise<Batch> | undefined
  while (cursor < head.size) {
    signal?.throwIfAborted()
    const batch = await (ahead ?? read(cursor))
    // Pipelined: the next batch is fetched and verified while this one is stored.
    ahead = batch.end < head.size ? read(batch.end) : undefined
    // The error is thrown when that batch is awaited.
    ahead?.catch(() => undefined)
    const { counts } = await storeBatch(node, batch)
    cursor = batch.end
    await store.setCursor(head.origin, cursor)
    yield { cursor, size: head.size, ...counts }
  }
}

/** Statements of whole pages, verified but not yet stored. */
interface Batch {
  readonly origin: string
  /** Index of each in the peer's log. */
  readonly indices: readonly number[]
  readonly received: readonly ReceivedPeerStatement[]
  /** Index after the last one. */
  readonly end: number
}

/** Default batch size: in a larger batch, fewer pages of the database indices are written more than once. */
const BATCH = 1024
/** Maximum number of characters in a batch, which limits batches of long statements. */
const MAX_CHARACTERS = 4 * 1024 * 1024

interface Wanted {
  readonly from: number
  /** Size of the peer's log. */
  readonly size: number
  readonly batchSize: number
}

/** Number of pages requested ahead while one is verified, since verification leaves the network idle otherwise. */
const AHEAD = 3

/** Returns pages by number and requests the next ones ahead; an error in a page is thrown when that page is requested. */
function pagesAhead({ origin, page: request, receipt }: ProvenLog, size: number) {
  const ahead = new Map<number, Promise<PeerPage>>()
  async function page(number: number): Promise<PeerPage> {
    const requested = ahead.get(number) ?? request(number)
    ahead.delete(number)
    const found = await requested
    // Request long pages one at a time, to limit memory.
    const most = charactersOf(found) > MAX_CHARACTERS / AHEAD ? 1 : AHEAD
    for (let next = number + 1; next <= number + most && next * PAGE < size; next++) {
      if (ahead.has(next)) continue
      const following = request(next)
      following.catch(() => undefined)
      ahead.set(next, following)
    }
    return found
  }
  return { origin, page, receipt }
}

const charactersOf = ({ statements }: PeerPage): number => statements.reduce((sum, { statement }) => sum + statement.length, 0)

/** Reads whole pages from an index on, up to the size of a batch, or up to a page that fails. */
async function readBatch(node: Node, log: Omit<ProvenLog, 'tiles'>, { from, size, batchSize }: Wanted): Promise<Batch> {
  const first = Math.floor(from / PAGE) * PAGE
  const received: ReceivedPeerStatement[] = []
  let end = first
  let characters = 0
  let page: PeerPage | undefined = await log.page(first / PAGE)
  while (page !== undefined) {
    const { statements } = page
    end += statements.length
    characters += charactersOf(page)
    received.push(...(await node.receiveFromPeer(await withReceipts(node, log, statements.slice(Math.max(0, from - page.first))))))
    const isMore = end < size && end - first < batchSize && characters < MAX_CHARACTERS
    // A bad page ends this batch; the next batch requests it again and reports the error.
    page = isMore ? await log.page(end / PAGE).catch(() => undefined) : undefined
  }
  return { origin: log.origin, indices: received.map((_, at) => from + at), received, end }
}

/** Number of receipts requested concurrently. */
const RECEIPTS_BATCH = 16

/** Adds the peer's receipt to statements of a revoked key, as proof that they are older than the revocation. Others need none. */
async function withReceipts(
  { trust }: Node,
  { receipt }: Pick<ProvenLog, 'receipt'>,
  statements: readonly PeerStatement[],
): Promise<readonly PeerStatement[]> {
  const all = [...statements]
  const wanted = all.flatMap(({ parsed }, at) => (parsed.typ === 'metrology-record+jwt' && isRevoked(parsed.kid, trust) ? [at] : []))
  for (let start = 0; start < wanted.length; start += RECEIPTS_BATCH) {
    const some = wanted.slice(start, start + RECEIPTS_BATCH)
    const receipts = await Promise.all(some.map((at) => receipt((all[at] as PeerStatement).parsed.id)))
    for (const [n, at] of some.entries()) all[at] = { ...(all[at] as PeerStatement), receipt: receipts[n] }
  }
  return all
}

type Head = Checkpoint & { readonly authority: string }

/** Accepts a checkpoint if it extends the last accepted one. @throws `sync.rollback`, `sync.fork`, `sync.reopened` */
async function acceptCheckpoint(node: Node, head: Head, note: string, tiles: TileReader): Promise<PeerLog> {
  const { store } = node.options
  const { origin, size, authority } = head
  const peer = await store.getPeer(origin)
  if (peer !== undefined) {
    const seen = await openListedCheckpoint(peer.checkpoint, node.trust, { authority })
    // An older checkpoint may be a stale copy. If the log was rolled back, the consistency check detects it once the log grows
    // again.
    if (size < seen.size) throw fault('sync.rollback', { origin, size, seen: seen.size, checkpoints: [note, peer.checkpoint] })
    if (!isSameHash(await rootFrom(tiles, seen.size), seen.root)) {
      const evidence = await keepFork(node, head, peer, note, tiles)
      throw fault('sync.fork', { origin, size, seen: seen.size, evidence })
    }
    const closing = judgeClosing(peer.checkpoint, note)
    if (closing === 'reopened')
      throw fault('sync.reopened', {
        ...{ origin, size, seen: seen.size, successor: successorOf(peer.checkpoint)?.origin },
        checkpoints: [note, peer.checkpoint],
      })
    // The same size is nothing new, unless this checkpoint closes the log, which can be done without an entry.
    if (size === seen.size && (closing !== 'open' || successorOf(note) === undefined)) return peer
  }
  const isTaken = await store.advancePeer({ origin, checkpoint: note, size }, peer?.size ?? -1)
  // Another process has advanced first, to this checkpoint or a newer one.
  return isTaken ? ((await store.getPeer(origin)) as PeerLog) : acceptCheckpoint(node, head, note, tiles)
}

type Counts = Pick<SyncProgress, 'taken' | 'known' | 'skipped'>

/** Stores a batch. A statement that cannot be stored is recorded as skipped, and can be fetched from the peer's log again. */
async function storeBatch(
  node: Node,
  { origin, indices, received }: Omit<Batch, 'end'>,
): Promise<{ readonly counts: Counts; readonly skipped: readonly SkippedEntry[] }> {
  const mark = markOf(node)
  const results = await node.takeOver(received)
  const skipped: SkippedEntry[] = []
  let taken = 0
  for (const [at, result] of results.entries()) {
    if ('code' in result) skipped.push({ origin, index: indices[at] as number, code: result.code, mark })
    else if (result.isNew) taken++
  }
  if (skipped.length > 0) await node.options.store.putSkipped(skipped)
  return { counts: { taken, known: received.length - taken - skipped.length, skipped: skipped.length }, skipped }
}

const DAY = 86_400

/**
 * Identifies the trust lists and the day under which entries were skipped. Skipped entries are retried under newer lists, and also
 * on another day: the tree does not cover signatures, so the peer may have served a damaged one.
 */
export const markOf = ({ trust, options }: Node): string =>
  [...trust.lists.map(({ payload: { iss, version } }) => `${iss}#${version}`), Math.floor(options.now() / DAY)].join(' ')

const MAX_RETRIED = 1000

async function* retrySkipped(node: Node, log: ProvenLog, where: Pick<SyncProgress, 'cursor' | 'size'>): AsyncGenerator<SyncProgress> {
  const { store } = node.options
  const waiting = await store.listSkipped(log.origin, { not: markOf(node), limit: MAX_RETRIED })
  for (const number of new Set(waiting.map(({ index }) => Math.floor(index / PAGE)))) {
    const { origin, first, statements } = await log.page(number)
    const indices = waiting.map(({ index }) => index).filter((index) => Math.floor(index / PAGE) === number)
    const received = await node.receiveFromPeer(
      await withReceipts(
        node,
        log,
        indices.map((index) => statements[index - first] as PeerStatement),
      ),
    )
    const { counts, skipped } = await storeBatch(node, { origin, indices, received })
    // Delete these only after the others are stored, so that no entry is lost if this fails.
    const stillOut = new Set(skipped.map(({ index }) => index))
    await store.dropSkipped(
      origin,
      indices.filter((index) => !stillOut.has(index)),
    )
    yield { ...where, ...counts }
  }
}
