/** Hashes of the log's tiles from a store: of level 0 from the statement ids, of the levels above as they were kept. */
import { type ReadHashes, TILE_WIDTH, type TileReader } from '../log/index.js'
import { leafOf } from '../verify/index.js'
import type { Store, Turn } from './store.js'

type Source = Pick<Store | Turn, 'statementIds' | 'tileRoots'>

export const hashesOf =
  (source: Source): ReadHashes =>
  async (level, start, end) =>
    level === 0 ? (await source.statementIds(start, end)).map(leafOf) : source.tileRoots(level, start, end)

/** Tiles by their index, for proofs at any place. */
export const tilesOfStore = (source: Source): TileReader => {
  const read = hashesOf(source)
  return (level, index, width) => read(level, index * TILE_WIDTH, index * TILE_WIDTH + width)
}
