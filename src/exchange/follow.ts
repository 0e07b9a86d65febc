/** Following another node: its documents, its log, and its cosignature under ours; once, or again and again. */
import { isTonghengError, TonghengError } from '../base/error.js'
import { addSignatures, proveConsistencyFrom, signaturesBy, writeAddCheckpoint } from '../log/index.js'
import type { Client } from './client.js'
import { openListedCheckpoint, witnessKeys } from './log-keys.js'
import { tilesOfStore } from './log-reader.js'
import type { Node } from './node.js'
import { pause } from './submit-many.js'
import { type SyncProgress, syncLog } from './sync.js'

export type FollowEvent =
  | ({ readonly kind: 'progress' } & SyncProgress)
  | { readonly kind: 'learned'; readonly refused: readonly TonghengError[] }
  | { readonly kind: 'cosigned'; readonly size: number }
  /** A round that failed; the next is tried after a while. `sync.fork` and `sync.rollback` are for a person. */
  | { readonly kind: 'failed'; readonly error: TonghengError }

export interface FollowOptions {
  readonly node: Node
  readonly client: Client
  /** USCC of the authority whose node it is. */
  readonly authority: string
  /** Ends it, between two pages. */
  readonly signal?: AbortSignal
  /** Seconds between two rounds; one round only where absent. */
  readonly every?: number
}

/** Longest pause after rounds that failed, in seconds. */
const LONGEST_PAUSE = 300

/**
 * Takes over what the other node has, and has it witness our log. With `every` it goes on until the signal ends it, and a round
 * that failed is told and tried again; without, it is one round, and throws what failed.
 */
export async function* followNode(options: FollowOptions): AsyncGenerator<FollowEvent, void, undefined> {
  const { signal, every } = options
  let failures = 0
  while (!signal?.aborted) {
    try {
      yield* oneRound(options)
      failures = 0
    } catch (error) {
      if (signal?.aborted) return
      if (every === undefined || !isTonghengError(error)) throw error
      failures++
      yield { kind: 'failed', error }
    }
    if (every === undefined) return
    const seconds = Math.min(LONGEST_PAUSE, every * 2 ** Math.min(failures, 10))
    await pause(seconds * 1000, signal).catch(() => undefined)
  }
}

async function* oneRound({ node, client, authority, signal }: FollowOptions): AsyncGenerator<FollowEvent, void, undefined> {
  const rest = signal === undefined ? {} : { signal }
  const refused = await learnFrom(node, client, rest)
  if (refused.length > 0) yield { kind: 'learned', refused }
  const source = {
    checkpoint: () => client.log.checkpoint(rest),
    tile: (level: number, index: number, width: number) => client.log.tile(level, index, width, rest),
    entries: (page: number, width: number) => client.log.entries(page, width, rest),
  }
  for await (const progress of syncLog({ node, source, authority, ...rest })) yield { kind: 'progress', ...progress }
  const size = await askToWitness(node, client, rest)
  if (size !== undefined) yield { kind: 'cosigned', size }
}

type Rest = { readonly signal?: AbortSignal }

/** Newer trust lists, agreements and status lists: they prove themselves, whoever hands them on. */
async function learnFrom(node: Node, client: Client, rest: Rest): Promise<readonly TonghengError[]> {
  const refused: TonghengError[] = []
  const trustLists: (readonly string[])[] = []
  for (const { payload } of node.trust.lists) {
    const newest = await orNone(client.trustLists.get(payload.iss, rest))
    for (let version = payload.version + 1; version <= (newest?.version ?? 0); version++)
      trustLists.push((await client.trustLists.get(payload.iss, { ...rest, version })).signed)
  }
  const { store } = node.options
  const known = new Set((await store.listDocumentNames()).map(({ collection, name, version }) => `${collection} ${name} ${version}`))
  const agreements = (await client.agreements.list(rest)).filter(({ name, version }) => !known.has(`agreement ${name} ${version}`))
  const statusLists: string[] = []
  for (const { iss, name, uri, iat } of await client.statusLists.names(rest))
    if (!known.has(`status-list ${uri} ${iat}`)) statusLists.push(await client.statusLists.get({ iss, name }, rest))
  if (trustLists.length + agreements.length + statusLists.length > 0)
    refused.push(...(await node.learn({ trustLists, agreements: agreements.map(({ signed }) => signed), statusLists })))
  return refused
}

/** Undefined where the other node does not have it. */
const orNone = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (isTonghengError(error, 'client.problem') && error.details.status === 404) return undefined
    throw error
  })

/** How often the size is corrected by what the witness says before it is given up. */
const ATTEMPTS = 3

/**
 * Has the other node cosign our newest checkpoint; gives its size, or nothing where that is done already.
 * @throws `log.halted` where the witness has seen more of our log than there is: the node is halted, too
 */
async function askToWitness(node: Node, client: Client, rest: Rest): Promise<number | undefined> {
  const { store, authority, url } = node.options
  if (node.identity === undefined) return undefined
  const origin = node.identity.signer.name
  const { size, checkpoint, cosigned } = await store.readLog()
  if (checkpoint === undefined) return undefined
  const open = (note: string) => openListedCheckpoint(note, node.trust, { authority })
  const last = cosigned === undefined ? undefined : await open(cosigned)
  if (last?.size === size) return undefined
  let seen = last?.size ?? 0
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const proof = seen === 0 || seen === size ? [] : await proveConsistencyFrom(tilesOfStore(store), seen, size)
    const answer = await client.log.addCheckpoint(writeAddCheckpoint({ oldSize: seen, proof, checkpoint }), rest)
    if ('lines' in answer) {
      const note = addSignatures(checkpoint, signaturesBy(answer.lines, await witnessKeys(node.trust)))
      const { cosignatures } = await open(note)
      if (cosignatures.length === 0) throw new TonghengError('client.answer', { status: 200, body: answer.lines.slice(0, 200) })
      await store.putCosigned(note, size)
      return size
    }
    seen = answer.seen
    if (seen > size) {
      node.halt({ origin, size, seen, witness: url })
      throw new TonghengError('log.halted', { origin, size, seen, witness: url })
    }
  }
  return undefined
}
