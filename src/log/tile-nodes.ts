/** Nodes, roots and proofs of a tree that is kept as hash tiles: in memory, in a database, or with another node. */

import { type Hash, isHash, isSize, type NodeAt, nodeHash, OCTETS, proveConsistency, proveInclusion, rootOf } from './merkle.js'
import { fault } from './messages.js'
import { TILE_WIDTH, tileWidth } from './tile.js'

/** Binary levels a tile spans: 256 = 2 ** 8. */
const HEIGHT = 8

/**
 * Gives the hashes of a tile. `width` is how many of them the tree of the size that is asked about has: more may be given, fewer
 * not. What another node gives is believed only as far as the root that comes of it is the signed one.
 */
export type TileReader = (tileLevel: number, tileIndex: number, width: number) => Promise<readonly Hash[]>

/**
 * Root of a complete subtree inside one tile: of the `2 ** levelInTile` hashes that are the `index`-th of their like. Level 8 is
 * the whole tile. @throws `log.tile` where the tile has not all of them
 */
export function nodeInTile(hashes: readonly Hash[], levelInTile: number, index: number): Hash {
  const end = (index + 1) * 2 ** levelInTile
  if (!isSize(levelInTile) || levelInTile > HEIGHT || !isSize(index) || end > hashes.length)
    throw fault('log.tile', { found: hashes.length })
  if (levelInTile === 0) return hashes[index] as Hash
  return nodeHash(nodeInTile(hashes, levelInTile - 1, 2 * index), nodeInTile(hashes, levelInTile - 1, 2 * index + 1))
}

/** Nodes over tiles in memory, full or partial. @throws (the function it gives) `log.tile` where a tile lacks what is asked */
export const nodesOfTiles =
  (tileAt: (tileLevel: number, tileIndex: number) => readonly Hash[]): NodeAt =>
  (level, index) => {
    const place = placeOf(level, index)
    return nodeInTile(tileAt(place.tileLevel, place.tileIndex), place.levelInTile, place.index)
  }

/**
 * Computes over the nodes of a tree of `size` leaves whose tiles must be fetched: each tile once, all at the same time. `compute`
 * is pure; it runs twice, first to learn which nodes it asks for.
 * @throws `log.tile` where a tile has fewer hashes than the tree; RangeError where a node is asked that the tree does not have
 */
export async function nodesFromTiles<T>(tiles: TileReader, size: number, compute: (nodeAt: NodeAt) => T): Promise<T> {
  const wanted = new Map<string, { readonly tileLevel: number; readonly tileIndex: number }>()
  compute((level, index) => {
    if (!isSize(level) || !isSize(index) || (index + 1) * 2 ** level > size)
      throw new RangeError(`no node ${level}/${index} in a tree of ${size}`)
    const { tileLevel, tileIndex } = placeOf(level, index)
    wanted.set(`${tileLevel}/${tileIndex}`, { tileLevel, tileIndex })
    return NOT_YET
  })
  const read = new Map<string, readonly Hash[]>()
  await Promise.all(
    [...wanted].map(async ([name, { tileLevel, tileIndex }]) => {
      const width = tileWidth(tileLevel, tileIndex, size)
      const hashes = (await tiles(tileLevel, tileIndex, width)).slice(0, width)
      if (hashes.length < width || !hashes.every(isHash))
        throw fault('log.tile', { level: tileLevel, index: tileIndex, width, found: hashes.length })
      read.set(name, hashes)
    }),
  )
  return compute(nodesOfTiles((tileLevel, tileIndex) => read.get(`${tileLevel}/${tileIndex}`) as readonly Hash[]))
}
const NOT_YET: Hash = new Uint8Array(OCTETS)

/** `proveInclusion` over tiles. @throws RangeError, `log.tile` */
export const proveInclusionFrom = (tiles: TileReader, index: number, size: number): Promise<Hash[]> =>
  nodesFromTiles(tiles, size, (nodeAt) => proveInclusion(index, size, nodeAt))

/** `proveConsistency` over the tiles of the larger tree. @throws RangeError, `log.tile` */
export const proveConsistencyFrom = (tiles: TileReader, first: number, second: number): Promise<Hash[]> =>
  nodesFromTiles(tiles, second, (nodeAt) => proveConsistency(first, second, nodeAt))

/** `rootOf` over tiles. @throws `log.tile` */
export const rootFrom = (tiles: TileReader, size: number): Promise<Hash> => nodesFromTiles(tiles, size, (nodeAt) => rootOf(size, nodeAt))

/** Where a node stands: a node on the border of two tiles is a hash of the upper one. */
function placeOf(level: number, index: number) {
  const levelInTile = level % HEIGHT
  const perTile = TILE_WIDTH / 2 ** levelInTile
  return { tileLevel: (level - levelInTile) / HEIGHT, tileIndex: Math.floor(index / perTile), levelInTile, index: index % perTile }
}
