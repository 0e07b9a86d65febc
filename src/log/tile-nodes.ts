/** Nodes, roots and proofs of a tree stored as hash tiles: in memory, in a database, or at another node. */

import { type Hash, isHash, isSize, type NodeAt, nodeHash, OCTETS, proveConsistency, proveInclusion, rootOf } from './merkle.js'
import { fault } from './messages.js'
import { TILE_HEIGHT, TILE_WIDTH, tileWidth } from './tile.js'

/**
 * Reads the hashes of a tile. `width` is the number of hashes that the tile has in the tree; a reader may return more, not fewer.
 * Hashes of another node are trusted only if they yield the signed root.
 */
export type TileReader = (tileLevel: number, tileIndex: number, width: number) => Promise<readonly Hash[]>

/**
 * Root of a complete subtree within one tile: the `index`-th subtree of `2 ** levelInTile` hashes. Level 8 is the whole tile.
 * @throws `log.tile` if the tile is too short
 */
export function nodeInTile(hashes: readonly Hash[], levelInTile: number, index: number): Hash {
  const end = (index + 1) * 2 ** levelInTile
  if (!isSize(levelInTile) || levelInTile > TILE_HEIGHT || !isSize(index) || end > hashes.length)
    throw fault('log.tile', { found: hashes.length })
  if (levelInTile === 0) return hashes[index] as Hash
  return nodeHash(nodeInTile(hashes, levelInTile - 1, 2 * index), nodeInTile(hashes, levelInTile - 1, 2 * index + 1))
}

/** Looks up nodes in tiles in memory, full or partial. @throws (the returned function) `log.tile` if a tile is too short */
export const nodesOfTiles =
  (tileAt: (tileLevel: number, tileIndex: number) => readonly Hash[]): NodeAt =>
  (level, index) => {
    const place = placeOf(level, index)
    return nodeInTile(tileAt(place.tileLevel, place.tileIndex), place.levelInTile, place.index)
  }

/**
 * Runs `compute` on the nodes of a tree of `size` leaves whose tiles must be fetched, each tile once, all concurrently. `compute`
 * must be pure: it runs twice, the first time to collect the tiles it needs.
 * @throws `log.tile` if a tile has fewer hashes than the tree; RangeError for a node that the tree does not have
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

/** Tile and position of a node. The root of a tile is a hash of the tile above it. */
function placeOf(level: number, index: number) {
  const levelInTile = level % TILE_HEIGHT
  const perTile = TILE_WIDTH / 2 ** levelInTile
  return { tileLevel: (level - levelInTile) / TILE_HEIGHT, tileIndex: Math.floor(index / perTile), levelInTile, index: index % perTile }
}
