/**
 * Following another node's log. Its newest checkpoint is believed only where it extends the last one believed; its tiles only
 * where they lead to the checkpoint's root; a page of statements only where it is what the tiles say; a statement only where it
 * is genuine. Whatever stands against that stops the following, with the proof.
 */

import { aNode, anObject, aText, checkArgument, checkMembers, optional, whole } from '../base/options.js'
import { type Checkpoint, isSameHash, rootFrom, type TileReader } from '../log/index.js'
import type { ForeignStatement, Node, PeerLog, ReceivedForeign, SkippedEntry } from '../node/index.js'
import { isRevoked, keepFork } from '../node/inside.js'
import { openListedCheckpoint } from '../verify/index.js'
import { fault } from './messages.js'
import { type LogSource, PAGE, type PeerPage, type ProvenLog, proveLog } from './proven-log.js'

export interface SyncOptions {
  readonly node: Node
  readonly source: LogSource
  /** USCC of the authority whose log it is. */
  readonly authority: string
  readonly signal?: AbortSignal
  /** About how many statements are kept together, and accounted for: whole pages of 256. @default 1024 */
  readonly batchSize?: number | undefined
}

export interface SyncProgress {
  /** Entries of the other log taken over so far. */
  readonly cursor: number
  /** Entries it has. */
  readonly size: number
  /** Of this batch: new here, known before, and not genuine by our trust lists, which will be tried again. */
  readonly taken: number
  readonly known: number
  readonly skipped: number
}

/**
 * Takes over what the other log has and this node has not; gives account after every batch of pages. May be left and begun
 * again at any time: what was taken is taken.
 * @throws `log.unknown`, `note.*`; `sync.tile`, `sync.page` where it serves what its checkpoint does not say; `sync.rollback`;
 * `sync.fork` with `evidence`, which the store keeps, too
 */
export async function* syncLog(options: SyncOptions): AsyncGenerator<SyncProgress, void, undefined> {
  checkArgument('syncLog', 'options', options, anObject)
  checkMembers('syncLog', options, { node: aNode, source: anObject, authority: aText, batchSize: optional(whole) })
  const { node, source, authority, signal, batchSize = TOGETHER } = options
  const { store } = node.options
  const note = await source.checkpoint()
  const head = await openListedCheckpoint(note, node.trust, { authority })
  const log = await proveLog(source, head)
  let { cursor } = await believe(node, head, note, log.tiles)
  yield* retrySkipped(node, log, { cursor, size: head.size })
  const pages = pagesAhead(log, head.size)
  const read = (from: number): Promise<Batch> => readBatch(node, pages, { from, size: head.size, batchSize })
  let ahead: Promise<Batch> | undefined
  while (cursor < head.size) {
    signal?.throwIfAborted()
    const batch = await (ahead ?? read(cursor))
    // The next one is fetched and judged while this one is kept.
    ahead = batch.end < head.size ? read(batch.end) : undefined
    // What is wrong with it is told at its turn.
    ahead?.catch(() => undefined)
    const { counts } = await take(node, batch)
    cursor = batch.end
    await store.setCursor(head.origin, cursor)
    yield { cursor, size: head.size, ...counts }
  }
}

/** Statements of whole pages, judged and not kept. */
interface Batch {
  readonly origin: string
  /** Place of each. */
  readonly indices: readonly number[]
  readonly received: readonly ReceivedForeign[]
  /** Place after the last of them. */
  readonly end: number
}

/** The more are kept together, the fewer times a page of an index is written. */
const TOGETHER = 1024
/** In characters: long statements are fewer together. */
const MOST_CHARACTERS = 4 * 1024 * 1024

interface Wanted {
  readonly from: number
  /** Of the log. */
  readonly size: number
  readonly batchSize: number
}

/** Pages on their way while one is judged: the judging leaves the network little time between. */
const AHEAD = 3

/** Pages by number; the next ones are requested meanwhile, and a fault in one is thrown when its number is asked for. */
function pagesAhead({ origin, page: ask, receipt }: ProvenLog, size: number) {
  const ahead = new Map<number, Promise<PeerPage>>()
  async function page(number: number): Promise<PeerPage> {
    const asked = ahead.get(number) ?? ask(number)
    ahead.delete(number)
    const given = await asked
    // Long ones come one by one, so that not much is held of them.
    const most = charactersOf(given) > MOST_CHARACTERS / AHEAD ? 1 : AHEAD
    for (let next = number + 1; next <= number + most && next * PAGE < size; next++) {
      if (ahead.has(next)) continue
      const coming = ask(next)
      coming.catch(() => undefined)
      ahead.set(next, coming)
    }
    return given
  }
  return { origin, page, receipt }
}

const charactersOf = ({ statements }: PeerPage): number => statements.reduce((sum, { statement }) => sum + statement.length, 0)

/** Whole pages from a place on, or those before a page that is not as it should be. */
async function readBatch(node: Node, log: Omit<ProvenLog, 'tiles'>, { from, size, batchSize }: Wanted): Promise<Batch> {
  const first = Math.floor(from / PAGE) * PAGE
  const received: ReceivedForeign[] = []
  let end = first
  let characters = 0
  let page: PeerPage | undefined = await log.page(first / PAGE)
  while (page !== undefined) {
    const { statements } = page
    end += statements.length
    characters += charactersOf(page)
    received.push(...(await node.receiveForeign(await withReceipts(node, log, statements.slice(Math.max(0, from - page.first))))))
    const isMore = end < size && end - first < batchSize && characters < MOST_CHARACTERS
    // One that is not as it should be ends this batch; asked for again, at the next, it says what is wrong with it.
    page = isMore ? await log.page(end / PAGE).catch(() => undefined) : undefined
  }
  return { origin: log.origin, indices: received.map((_, at) => from + at), received, end }
}

/** Receipts asked for at once. */
const RECEIPTS_TOGETHER = 16

/** Where a key was revoked, with the receipt that proves that its statement is older; all others need none. */
async function withReceipts(
  { trust }: Node,
  { receipt }: Pick<ProvenLog, 'receipt'>,
  statements: readonly ForeignStatement[],
): Promise<readonly ForeignStatement[]> {
  const all = [...statements]
  const wanted = all.flatMap(({ parsed }, at) => (parsed.typ === 'metrology-record+jwt' && isRevoked(parsed.kid, trust) ? [at] : []))
  for (let start = 0; start < wanted.length; start += RECEIPTS_TOGETHER) {
    const some = wanted.slice(start, start + RECEIPTS_TOGETHER)
    const receipts = await Promise.all(some.map((at) => receipt((all[at] as ForeignStatement).parsed.id)))
    for (const [n, at] of some.entries()) all[at] = { ...(all[at] as ForeignStatement), receipt: receipts[n] }
  }
  return all
}

type Head = Checkpoint & { readonly authority: string }

/** Believes a checkpoint where it extends the last one believed. */
async function believe(node: Node, head: Head, note: string, tiles: TileReader): Promise<PeerLog> {
  const { store } = node.options
  const { origin, size, authority } = head
  const peer = await store.getPeer(origin)
  if (peer !== undefined) {
    const seen = await openListedCheckpoint(peer.checkpoint, node.trust, { authority })
    // An older checkpoint may be a stale copy; a log that lost what it had signed is found out when it grows again.
    if (size < seen.size) throw fault('sync.rollback', { origin, size, seen: seen.size, checkpoints: [note, peer.checkpoint] })
    if (!isSameHash(await rootFrom(tiles, seen.size), seen.root)) {
      const evidence = await keepFork(node, head, peer, note, tiles)
      throw fault('sync.fork', { origin, size, seen: seen.size, evidence })
    }
    if (size === seen.size) return peer
  }
  const isTaken = await store.advancePeer({ origin, checkpoint: note, size }, peer?.size ?? -1)
  // Another process was quicker, with this checkpoint or a newer one.
  return isTaken ? ((await store.getPeer(origin)) as PeerLog) : believe(node, head, note, tiles)
}

type Counts = Pick<SyncProgress, 'taken' | 'known' | 'skipped'>

/** Keeps a batch. What cannot be kept is noted, never lost: it stays in the other log. */
async function take(
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
 * What the node judges by, and the day: with newer trust lists what was skipped is worth another look, and on another day, too,
 * since a tree holds no signatures, and the node that served the page may have damaged one.
 */
const markOf = ({ trust, options }: Node): string =>
  [...trust.lists.map(({ payload: { iss, version } }) => `${iss}#${version}`), Math.floor(options.now() / DAY)].join(' ')

const MOST_RETRIED = 1000

async function* retrySkipped(node: Node, log: ProvenLog, where: Pick<SyncProgress, 'cursor' | 'size'>): AsyncGenerator<SyncProgress> {
  const { store } = node.options
  const waiting = await store.listSkipped(log.origin, { not: markOf(node), limit: MOST_RETRIED })
  for (const number of new Set(waiting.map(({ index }) => Math.floor(index / PAGE)))) {
    const { origin, first, statements } = await log.page(number)
    const indices = waiting.map(({ index }) => index).filter((index) => Math.floor(index / PAGE) === number)
    const received = await node.receiveForeign(
      await withReceipts(
        node,
        log,
        indices.map((index) => statements[index - first] as ForeignStatement),
      ),
    )
    const { counts, skipped } = await take(node, { origin, indices, received })
    // Struck off once the rest is kept, so that nothing is lost in between.
    const stillOut = new Set(skipped.map(({ index }) => index))
    await store.dropSkipped(
      origin,
      indices.filter((index) => !stillOut.has(index)),
    )
    yield { ...where, ...counts }
  }
}
