/**
 * Following another node's log. Its newest checkpoint is believed only where it extends the last one believed; its tiles only
 * where they lead to the checkpoint's root; a page of statements only where it is what the tiles say; a statement only where it
 * is genuine. Whatever stands against that stops the following, with the proof.
 */
import { TonghengError } from '../../base/error.js'
import { type Checkpoint, isSameHash, rootFrom, type TileReader } from '../../log/index.js'
import { openListedCheckpoint } from '../node/log-keys.js'
import type { Kept } from '../node/log-writer.js'
import type { Node } from '../node.js'
import type { PeerLog, SkippedEntry } from '../store.js'
import { type LogSource, PAGE, type PeerPage, type ProvenLog, proveLog } from './proven-log.js'
import { keepFork } from './witness.js'

export interface SyncOptions {
  readonly node: Node
  readonly source: LogSource
  /** USCC of the authority whose log it is. */
  readonly authority: string
  readonly signal?: AbortSignal
}

export interface SyncProgress {
  /** Entries of the other log taken over so far. */
  readonly cursor: number
  /** Entries it has. */
  readonly size: number
  /** Of this page: new here, known before, and not genuine by our trust lists, which will be tried again. */
  readonly taken: number
  readonly known: number
  readonly skipped: number
}

/**
 * Takes over what the other log has and this node has not; gives account after every page. May be left and begun anew at any
 * time: what was taken is taken.
 * @throws `log.unknown`, `note.*`; `sync.tile`, `sync.page` where it serves what its checkpoint does not say; `sync.rollback`;
 * `sync.fork` with `evidence`, which the store keeps, too
 */
export async function* syncLog({ node, source, authority, signal }: SyncOptions): AsyncGenerator<SyncProgress, void, undefined> {
  const { store } = node.options
  const note = await source.checkpoint()
  const head = await openListedCheckpoint(note, node.trust, { authority })
  const log = await proveLog(source, head)
  let { cursor } = await believe(node, head, note, log.tiles)
  yield* retrySkipped(node, log, { cursor, size: head.size })
  let ahead: Promise<PeerPage> | undefined
  while (cursor < head.size) {
    signal?.throwIfAborted()
    const number = Math.floor(cursor / PAGE)
    const page = await (ahead ?? log.page(number))
    // The next one comes while this one is judged and kept.
    ahead = (number + 1) * PAGE < head.size ? log.page(number + 1) : undefined
    // What is wrong with it is told at its turn.
    ahead?.catch(() => undefined)
    const { counts } = await takePage(node, page, (index) => index >= cursor)
    cursor = page.first + page.statements.length
    await store.setCursor(head.origin, cursor)
    yield { cursor, size: head.size, ...counts }
  }
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
    if (size < seen.size) throw new TonghengError('sync.rollback', { origin, size, seen: seen.size, checkpoints: [note, peer.checkpoint] })
    if (!isSameHash(await rootFrom(tiles, seen.size), seen.root)) {
      const evidence = await keepFork(node, head, peer, note, tiles)
      throw new TonghengError('sync.fork', { origin, size, seen: seen.size, evidence })
    }
    if (size === seen.size) return peer
  }
  const isTaken = await store.advancePeer({ origin, checkpoint: note, size }, peer?.size ?? -1)
  // Another process was quicker, with this checkpoint or a newer one.
  return isTaken ? ((await store.getPeer(origin)) as PeerLog) : believe(node, head, note, tiles)
}

type Counts = Pick<SyncProgress, 'taken' | 'known' | 'skipped'>

/** Judges and keeps the statements of a page, together. What cannot be kept is noted, never lost: it stays in the other log. */
async function takePage(
  node: Node,
  page: PeerPage,
  isWanted: (index: number) => boolean,
): Promise<{ readonly counts: Counts; readonly skipped: readonly SkippedEntry[] }> {
  const mark = markOf(node)
  const wanted = page.statements.map((one, at) => ({ ...one, index: page.first + at })).filter(({ index }) => isWanted(index))
  const results = await node.takeOver(wanted)
  const skipped: SkippedEntry[] = []
  let taken = 0
  for (const [at, { index, statementId }] of wanted.entries()) {
    const result = results[at] as (typeof results)[number]
    const code = 'code' in result ? result.code : result.entry.statementId === statementId ? undefined : 'record.conflict'
    if (code !== undefined) skipped.push({ origin: page.origin, index, code, mark })
    else if ((result as Kept).isNew) taken++
  }
  if (skipped.length > 0) await node.options.store.putSkipped(skipped)
  return { counts: { taken, known: wanted.length - taken - skipped.length, skipped: skipped.length }, skipped }
}

const DAY = 86_400

/**
 * What the node judges by, and the day: with newer trust lists what was skipped is worth another look, and on another day, too,
 * since a tree holds no signatures, and whoever served the page may have spoilt one.
 */
const markOf = ({ trust, options }: Node): string =>
  [...trust.lists.map(({ payload: { iss, version } }) => `${iss}#${version}`), Math.floor(options.now() / DAY)].join(' ')

const MOST_RETRIED = 1000

async function* retrySkipped(node: Node, log: ProvenLog, where: Pick<SyncProgress, 'cursor' | 'size'>): AsyncGenerator<SyncProgress> {
  const { store } = node.options
  const waiting = await store.listSkipped(log.origin, { not: markOf(node), limit: MOST_RETRIED })
  for (const number of new Set(waiting.map(({ index }) => Math.floor(index / PAGE)))) {
    const wanted = new Set(waiting.map(({ index }) => index).filter((index) => Math.floor(index / PAGE) === number))
    const { counts, skipped } = await takePage(node, await log.page(number), (index) => wanted.has(index))
    // Struck off once the rest is kept, so that nothing is lost in between.
    for (const { index } of skipped) wanted.delete(index)
    await store.dropSkipped(log.origin, [...wanted])
    yield { ...where, ...counts }
  }
}
