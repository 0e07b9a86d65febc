/** Reads a peer's log as stated by its checkpoint: a tile or page is accepted only if it hashes to the signed root. */

import { isTonghengError } from '../base/error.js'
import { type EntryType, entryTypeOf } from '../contract/index.js'
import { parseStatement, type Statement } from '../envelope/index.js'
import {
  type Checkpoint,
  type Hash,
  isSameHash,
  nodeInTile,
  rootFrom,
  TILE_WIDTH,
  type TileReader,
  tilesOf,
  tileWidth,
} from '../log/index.js'
import type { PeerStatement } from '../node/index.js'
import { leafOf } from '../verify/index.js'
import { fault } from './messages.js'

export const PAGE = TILE_WIDTH
const HASH_OCTETS = 32

/** Source of a log: the `log` of a client, or any other source of the same data. */
export interface LogSource {
  /** Newest checkpoint, a signed note. */
  checkpoint(): Promise<string>
  /** The first `width` hashes of a tile. */
  tile(level: number, index: number, width: number): Promise<readonly Hash[]>
  /** The first `width` statements of a page of 256, in order. */
  entries(page: number, width: number): Promise<readonly string[]>
  /** The node's receipt for a record; undefined if it has none. Requested if the key of the record was revoked. */
  receipt?(statementId: string): Promise<string | undefined>
}

export interface PeerPage {
  readonly origin: string
  /** Index of its first entry. */
  readonly first: number
  readonly statements: readonly PeerStatement[]
}

export interface ProvenLog {
  readonly origin: string
  readonly tiles: TileReader
  /** @throws `sync.page` if the page does not match the tree */
  page(number: number): Promise<PeerPage>
  /** Returns the receipt from the source, unverified; the caller must verify its signature. */
  receipt(statementId: string): Promise<string | undefined>
}

/** Maximum number of full tiles above the leaf level in the cache, 8 kB each. */
const MAX_TILES = 64

/** @throws `sync.tile` if the tiles of the right edge do not hash to the root */
export async function proveLog(source: LogSource, { origin, size, root }: Checkpoint): Promise<ProvenLog> {
  const wrong = (level: number, index: number): never => {
    throw fault('sync.tile', { origin, size, level, index })
  }
  async function read(level: number, index: number): Promise<readonly Hash[]> {
    const width = tileWidth(level, index, size)
    const hashes = (await source.tile(level, index, width)).slice(0, width)
    return hashes.length === width && hashes.every((hash) => hash.length === HASH_OCTETS) ? hashes : wrong(level, index)
  }
  // The partial tiles alone determine the root; each full tile is a hash in the tile above it.
  const edge = new Map<string, readonly Hash[]>()
  for (const { level, full, partial } of tilesOf(size)) if (partial > 0) edge.set(`${level}/${full}`, await read(level, full))
  const atEdge: TileReader = async (level, index) => edge.get(`${level}/${index}`) ?? wrong(level, index)
  if (!isSameHash(await rootFrom(atEdge, size), root)) wrong(0, Math.floor(size / PAGE))

  const cached = new Map<string, Promise<readonly Hash[]>>()
  async function proven(level: number, index: number): Promise<readonly Hash[]> {
    const hashes = await read(level, index)
    if (!isSameHash(nodeInTile(hashes, 8, 0), await hashOf(level, index))) wrong(level, index)
    return hashes
  }
  const tiles: TileReader = async (level, index) => {
    const name = `${level}/${index}`
    const known = edge.get(name) ?? cached.get(name)
    if (known !== undefined) return known
    const found = proven(level, index)
    if (level > 0) {
      for (const oldest of cached.keys()) if (cached.size >= MAX_TILES) cached.delete(oldest)
      cached.set(name, found)
      found.catch(() => cached.delete(name))
    }
    return found
  }
  /** Returns the expected root of a full tile from the tile above it. */
  async function hashOf(level: number, index: number): Promise<Hash> {
    const above = await tiles(level + 1, Math.floor(index / TILE_WIDTH), TILE_WIDTH)
    return above[index % TILE_WIDTH] ?? wrong(level, index)
  }

  async function page(number: number): Promise<PeerPage> {
    const width = tileWidth(0, number, size)
    const given = await source.entries(number, width)
    const refuse = (reason: string): never => {
      throw fault('sync.page', { origin, page: number, reason })
    }
    if (given.length !== width) return refuse(`${given.length}/${width}`)
    const statements = given.map((statement, at) => {
      const parsed = parsedAs(statement)
      return parsed === undefined ? refuse(String(number * PAGE + at)) : { statement, parsed }
    })
    const leaves = statements.map(({ parsed }) => leafOf(parsed.id))
    const atEnd = edge.get(`0/${number}`)
    const isTrue =
      atEnd === undefined
        ? isSameHash(nodeInTile(leaves, 8, 0), await hashOf(0, number))
        : leaves.every((leaf, at) => isSameHash(leaf, atEnd[at] as Hash))
    return isTrue ? { origin, first: number * PAGE, statements } : refuse('root')
  }
  return { origin, tiles, page, receipt: async (statementId) => source.receipt?.(statementId) }
}

/** Parses a statement by its declared type; undefined if the text is not a statement, or of a type that logs do not contain. */
function parsedAs(statement: string): Statement<EntryType> | undefined {
  const typ = entryTypeOf(statement)
  if (typ === undefined) return undefined
  try {
    return parseStatement(statement, typ)
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}
