/** Reads tile hashes from a store: level 0 is computed from the statement ids, higher levels are stored. */
import { type ReadHashes, TILE_WIDTH, type TileReader } from '../log/index.js'
import { leafOf } from '../verify/index.js'
import type { LogTransaction, Store } from './store.js'

type Source = Pick<Store | LogTransaction, 'statementIds' | 'tileRoots'>

export const hashesOf =
  (source: Source): ReadHashes =>
  async (level, start, end) =>
    level === 0 ? (await source.statementIds(start, end)).map(leafOf) : source.tileRoots(level, start, end)

/** Reads tiles by index, for inclusion and consistency proofs. */
export const tilesOfStore = (source: Source): TileReader => {
  const read = hashesOf(source)
  return (level, index, width) => read(level, index * TILE_WIDTH, index * TILE_WIDTH + width)
}
