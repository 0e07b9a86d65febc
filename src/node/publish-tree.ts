/** Writes the tiles and entry bundles of a log as files (C2SP tlog-tiles), each compared with the hash above it before it is written. */

import { decodeBase64url } from '#native'
import {
  type Hash,
  isSameHash,
  leafHash,
  nodeInTile,
  rootFrom,
  TILE_WIDTH,
  type TreeHead,
  tilesOf,
  writeEntryBundle,
  writeHashTile,
  writeTilePath,
} from '../log/index.js'
import { fault } from './messages.js'
import type { Store } from './store.js'
import type { TileStore } from './tile-store.js'

/** Path of the log below the root of the published files, as in the URLs of the node. */
export const LOG_PATH = 'v1/log'
/** Number of tiles read and written at once: their files are synced together. */
const AT_ONCE = 32

export interface Tree {
  readonly store: Pick<Store, 'statementIds' | 'tileRoots'>
  readonly tiles: TileStore
  readonly head: TreeHead
}

/**
 * Writes the tiles of a tree after its first `from` leaves, and yields the number of leaves written so far. The root of a full tile must be
 * equal to its hash in the level above, and the root of the partial tiles to the signed root, so nothing is published that a reader would
 * reject.
 * @throws `publish.tile`; errors of `TileStore.put`
 */
export async function* publishTree(tree: Tree, from: number): AsyncGenerator<number, void, undefined> {
  const { size } = tree.head
  for (let start = Math.floor(from / TILE_WIDTH); start < Math.floor(size / TILE_WIDTH); start += AT_ONCE) {
    const end = Math.min(start + AT_ONCE, Math.floor(size / TILE_WIDTH))
    await publishLeaves(tree, start, end)
    yield end * TILE_WIDTH
  }
  for (const { level, full } of tilesOf(size).slice(1))
    for (let start = Math.floor(from / TILE_WIDTH ** (level + 1)); start < full; start += AT_ONCE)
      await publishRoots(tree, level, start, Math.min(start + AT_ONCE, full))
  await publishEdge(tree)
  yield size
}

/** Writes full tiles of level 0, with their bundles. */
async function publishLeaves(tree: Tree, start: number, end: number): Promise<void> {
  const { store, tiles } = tree
  const ids = await store.statementIds(start * TILE_WIDTH, end * TILE_WIDTH)
  const above = await store.tileRoots(1, start, end)
  const writing: Promise<void>[] = []
  for (let index = start; index < end; index++) {
    const entries = ids.slice((index - start) * TILE_WIDTH, (index - start + 1) * TILE_WIDTH).map(decodeBase64url)
    const hashes = entries.map(leafHash)
    mustHave(tree, { level: 0, index, hashes }, above[index - start])
    writing.push(tiles.put(pathOf('entries', index), writeEntryBundle(entries)), tiles.put(pathOf(0, index), writeHashTile(hashes)))
  }
  await allDone(writing)
}

/** Writes full tiles of a level above 0. */
async function publishRoots(tree: Tree, level: number, start: number, end: number): Promise<void> {
  const { store, tiles } = tree
  const above = await store.tileRoots(level + 1, start, end)
  const writing: Promise<void>[] = []
  for (let index = start; index < end; index++) {
    const hashes = await store.tileRoots(level, index * TILE_WIDTH, (index + 1) * TILE_WIDTH)
    mustHave(tree, { level, index, hashes }, above[index - start])
    writing.push(tiles.put(pathOf(level, index), writeHashTile(hashes)))
  }
  await allDone(writing)
}

/** Writes the partial tiles, which determine the root, if the root is the signed one. @throws `publish.tile` */
async function publishEdge(tree: Tree): Promise<void> {
  const { store, tiles, head } = tree
  const edge = new Map<string, readonly Hash[]>()
  let entries: Uint8Array[] = []
  for (const { level, full, partial } of tilesOf(head.size)) {
    if (partial === 0) continue
    const [start, end] = [full * TILE_WIDTH, full * TILE_WIDTH + partial]
    if (level === 0) entries = (await store.statementIds(start, end)).map(decodeBase64url)
    const hashes = level === 0 ? entries.map(leafHash) : await store.tileRoots(level, start, end)
    if (hashes.length !== partial) throw wrongTile(tree, level, full)
    edge.set(`${level}/${full}`, hashes)
  }
  const root = await rootFrom(async (level, index) => edge.get(`${level}/${index}`) ?? [], head.size)
  if (!isSameHash(root, head.root)) throw wrongTile(tree, 0, Math.floor(head.size / TILE_WIDTH))
  const writing = [...edge].map(([name, hashes]) => {
    const [level = 0, index = 0] = name.split('/').map(Number)
    return tiles.put(pathOf(level, index, hashes.length), writeHashTile(hashes))
  })
  if (entries.length > 0)
    writing.push(tiles.put(pathOf('entries', Math.floor(head.size / TILE_WIDTH), entries.length), writeEntryBundle(entries)))
  await allDone(writing)
}

/** Awaits all writes, so that none is still running when the first error is thrown. */
async function allDone(writing: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(writing)) if (result.status === 'rejected') throw result.reason
}

interface Full {
  readonly level: number
  readonly index: number
  readonly hashes: readonly Hash[]
}

/** @throws `publish.tile` */
function mustHave(tree: Tree, { level, index, hashes }: Full, root: Hash | undefined): void {
  if (hashes.length !== TILE_WIDTH || root === undefined || !isSameHash(nodeInTile(hashes, 8, 0), root)) throw wrongTile(tree, level, index)
}

const wrongTile = ({ head: { origin } }: Tree, level: number, index: number) => fault('publish.tile', { origin, level, index })

const pathOf = (level: number | 'entries', index: number, width = TILE_WIDTH): string =>
  `${LOG_PATH}/${writeTilePath({ level, index, width })}`
