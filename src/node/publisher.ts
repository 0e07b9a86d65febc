/**
 * Publishes a log as files, for a web server: tiles and entry bundles, then documents, then the checkpoint that needs them. Even if the
 * publisher is interrupted, every published checkpoint therefore has all its tiles. It publishes only what open calls serve: no statements,
 * receipts or readers.
 */

import { decodeUtf8, encodeUtf8 } from '#native'
import { aNode, anObject, checkOptions } from '../base/options.js'
import { isSameHash, readCheckpoint, rootFrom, successorOf, type TreeHead } from '../log/index.js'
import { tilesOfStore } from './log-reader.js'
import { fault } from './messages.js'
import { publishDocuments } from './public-documents.js'
import { LOG_PATH, publishTree } from './publish-tree.js'
import type { Node } from './shapes.js'
import type { TileStore } from './tile-store.js'

export interface PublishProgress {
  /** Number of leaves whose tiles are published. */
  readonly written: number
  /** Size of the log that is being published. */
  readonly size: number
  /** Documents written in this round. */
  readonly documents: number
  /** True in the last progress of a round: the checkpoint of this size is published. */
  readonly isDone: boolean
}

export interface Publisher {
  /**
   * Publishes new tiles and documents, and yields progress. It may be stopped at any point, and continued by any process on the same
   * database.
   * @throws `publish.contradicted` if the published checkpoint is not of this log; `publish.tile`; `files.*`; faults of the store
   */
  round(): AsyncGenerator<PublishProgress, void, undefined>
}

/**
 * Creates a publisher of a node's log. It needs no key: the node has signed everything.
 * @example
 * ```ts
 * import { createNode, createPublisher } from 'tongheng/node'
 * import { createMemoryStore, createMemoryTiles } from 'tongheng/stores/memory'
 * import { createFakeAuthorities, DEMONSTRATION_TIME, organisation } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities({ witnessKeys: true })
 * const { uscc, name, region } = organisation('SC-AMR')
 * const node = await createNode({
 *   id: 'https://sichuan.example',
 *   url: 'https://sichuan.example',
 *   authority: uscc,
 *   name,
 *   region,
 *   signer: world.signer('SC-AMR'),
 *   log: world.log('SC-AMR'),
 *   store: createMemoryStore(),
 *   anchors: world.anchors,
 *   trustLists: world.trustLists,
 *   agreements: [world.signedAgreement],
 *   now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
 * })
 * const tiles = createMemoryTiles() // in production, createFileTiles of tongheng/stores/files
 * for await (const { size } of createPublisher({ node, tiles }).round()) {
 *   size // => 0
 * }
 * ```
 */
export function createPublisher(options: { readonly node: Node; readonly tiles: TileStore }): Publisher {
  checkOptions('createPublisher', options, { node: aNode, tiles: anObject })
  const { node, tiles } = options
  const done = new Map<string, string>()
  return {
    async *round() {
      const { store } = node.options
      // Read the files before the log: the log is then at least as new as the files of any process.
      const [before, cosignedBefore] = [await tiles.get(CHECKPOINT), await tiles.get(COSIGNED)]
      const { checkpoint, cosigned } = await store.readLog()
      if (checkpoint === undefined) return
      const head = readCheckpoint(checkpoint)
      const from = await publishedSize(node, head, before)
      // The cosigned checkpoint can have a size that was never published as the newest, so write its partial tiles too.
      const fresh = [isSameText(cosignedBefore, cosigned) ? undefined : cosigned, isSameText(before, checkpoint) ? undefined : checkpoint]
      for (const one of fresh.flatMap((note) => (note === undefined ? [] : [readCheckpoint(note)])))
        for await (const written of publishTree({ store, tiles, head: one }, Math.min(from, one.size)))
          yield { written, size: head.size, documents: 0, isDone: false }
      const documents = await publishDocuments({ options: node.options, tiles, done })
      await replaceNote(tiles, CHECKPOINT, before, checkpoint)
      if (cosigned !== undefined) await replaceNote(tiles, COSIGNED, cosignedBefore, cosigned)
      yield { written: head.size, size: head.size, documents, isDone: true }
    },
  }
}

const CHECKPOINT = `${LOG_PATH}/checkpoint`
const COSIGNED = `${LOG_PATH}/cosigned-checkpoint`

const isSameText = (bytes: Uint8Array | undefined, text: string | undefined): boolean => bytes !== undefined && decodeUtf8(bytes) === text

/** Returns the number of published leaves. @throws `publish.contradicted` if the published checkpoint is not one of this log */
async function publishedSize({ options: { store } }: Node, head: TreeHead, before: Uint8Array | undefined): Promise<number> {
  if (before === undefined) return 0
  const published = readCheckpoint(decodeUtf8(before) ?? '')
  const { origin, size } = head
  const isContinued =
    published.origin === origin && published.size <= size && isSameHash(await rootFrom(tilesOfStore(store), published.size), published.root)
  if (!isContinued) throw fault('publish.contradicted', { origin, size, published: published.size })
  return published.size
}

/**
 * Replaces a checkpoint, unless the new one is older, or reopens a closed log. Does nothing if another process has replaced it meanwhile:
 * the next round compares again.
 */
async function replaceNote(tiles: TileStore, path: string, before: Uint8Array | undefined, note: string): Promise<void> {
  const there = before && decodeUtf8(before)
  if (there === note) return
  if (there !== undefined) {
    const isOlder = readCheckpoint(there).size > readCheckpoint(note).size
    const isReopened = successorOf(there) !== undefined && successorOf(note) === undefined
    if (isOlder || isReopened) return
  }
  await tiles.replace(path, before, encodeUtf8(note))
}
