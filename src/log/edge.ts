/**
 * The right edge of a tree: the partial tiles, and those filled since the last `settle`. It suffices to append leaves and to prove
 * them, however large the tree is.
 */

import { createTree, type Hash, type NodeAt, type Tree } from './merkle.js'
import { fault } from './messages.js'
import { TILE_HEIGHT, TILE_WIDTH, tilesOf } from './tile.js'

/** Root of a full tile: the hash at `index` of tile level `level`, from 1. */
export interface FilledTile {
  readonly level: number
  readonly index: number
  readonly hash: Hash
}

export interface Edge {
  readonly size: number
  /** Throws RangeError for a node to the left of the right edge. */
  readonly nodeAt: NodeAt
  append(leaf: Hash): void
  /** Returns the tiles filled since the last call, and removes them from the edge. */
  settle(): readonly FilledTile[]
}

/** Reads hashes of a tile level, `end` excluded; level 0 has the leaf hashes. */
export type ReadHashes = (tileLevel: number, start: number, end: number) => Promise<readonly Hash[]>

/** Opens the right edge of a tree of the given size. @throws `log.tile` if `read` returns too few hashes */
export async function openEdge(size: number, read: ReadHashes): Promise<Edge> {
  const edge = createEdge(size)
  for (const { level, full, partial } of tilesOf(size)) {
    if (partial === 0) continue
    const start = full * TILE_WIDTH
    const hashes = await read(level, start, start + partial)
    if (hashes.length !== partial) throw fault('log.tile', { level, index: full, width: partial, found: hashes.length })
    edge.enter(level, full, hashes)
  }
  return edge
}

/** Creates the right edge of the empty tree. */
export const emptyEdge = (): Edge => createEdge(0)

function createEdge(begun: number) {
  const counts = tilesOf(begun).map(({ full, partial }) => full * TILE_WIDTH + partial)
  const tiles: Map<number, Tree>[] = counts.map(() => new Map())
  let filled: FilledTile[] = []

  function push(level: number, hash: Hash): void {
    const count = counts[level] ?? 0
    const index = Math.floor(count / TILE_WIDTH)
    const own = tiles[level] ?? new Map<number, Tree>()
    tiles[level] = own
    const tile = own.get(index) ?? createTree()
    own.set(index, tile)
    tile.append(hash)
    counts[level] = count + 1
    if (tile.size < TILE_WIDTH) return
    const root = tile.nodeAt(TILE_HEIGHT, 0)
    filled.push({ level: level + 1, index, hash: root })
    push(level + 1, root)
  }

  return {
    get size() {
      return counts[0] ?? 0
    },
    nodeAt(level: number, index: number): Hash {
      const within = level % TILE_HEIGHT
      const perTile = 2 ** (TILE_HEIGHT - within)
      const tile = tiles[Math.floor(level / TILE_HEIGHT)]?.get(Math.floor(index / perTile))
      if (tile === undefined) throw new RangeError(`node ${index} of level ${level} lies before the edge`)
      return tile.nodeAt(within, index % perTile)
    },
    append: (leaf: Hash) => push(0, leaf),
    settle() {
      for (const { level, index } of filled) tiles[level - 1]?.delete(index)
      const settled = filled
      filled = []
      return settled
    },
    enter(level: number, index: number, hashes: readonly Hash[]): void {
      const tile = createTree()
      for (const hash of hashes) tile.append(hash)
      tiles[level]?.set(index, tile)
    },
  }
}
