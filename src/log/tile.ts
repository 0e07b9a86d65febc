/**
 * C2SP tlog-tiles: the tree divided into tiles of 256 hashes, the entries into bundles of 256. A full tile never changes; a partial
 * one is a prefix of it.
 */
import { concat } from '../base/concat.js'
import { type Hash, isHash, isSize, OCTETS } from './merkle.js'
import { fault } from './messages.js'

/** Hashes of a full tile, entries of a full bundle. */
export const TILE_WIDTH = 256
/** Binary levels that a tile spans: 256 = 2 ** 8. */
export const TILE_HEIGHT = 8
const HIGHEST_LEVEL = 63
const LONGEST_ENTRY = 65_535

export interface TileName {
  /** 0 (leaf hashes) to 63 for a hash tile: each hash is the root of 256 ** level leaves. `entries` for a bundle. */
  readonly level: number | 'entries'
  readonly index: number
  /** 1 to 256; less than 256 is a partial tile. */
  readonly width: number
}

/** Writes `tile/0/x001/067`, `tile/0/x001/067.p/8`, `tile/entries/000`. @throws RangeError if there is no such tile */
export function writeTilePath(name: TileName): string {
  if (!isName(name)) throw new RangeError(`no tile ${JSON.stringify(name)}`)
  return spell(name)
}

const PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/

/** Undefined for any text that is not the canonical path of a tile. */
export function readTilePath(path: string): TileName | undefined {
  const [, level, groups, width] = PATH.exec(path) ?? []
  if (level === undefined || groups === undefined) return undefined
  const name: TileName = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  return isName(name) && spell(name) === path ? name : undefined
}

function spell({ level, index, width }: TileName): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) as string[]
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/')
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

const isName = ({ level, index, width }: TileName): boolean =>
  (level === 'entries' || (isSize(level) && level <= HIGHEST_LEVEL)) && isSize(index) && isSize(width) && width >= 1 && width <= TILE_WIDTH

/** One level of tiles: those before index `full` are full, and the next has `partial` hashes, or does not exist if that is 0. */
export interface TileRow {
  readonly level: number
  readonly full: number
  readonly partial: number
}

/** Hash tiles of a tree, from level 0 up; entry bundles correspond to the tiles of level 0. @throws RangeError */
export function tilesOf(size: number): readonly TileRow[] {
  if (!isSize(size)) throw new RangeError(`no tree of ${size}`)
  const rows: TileRow[] = []
  for (let count = size; count > 0; count = Math.floor(count / TILE_WIDTH))
    rows.push({ level: rows.length, full: Math.floor(count / TILE_WIDTH), partial: count % TILE_WIDTH })
  return rows
}

/**
 * Number of hashes (on level 0: also of entries) of a tile in a tree of the given size: 0 if it does not exist yet, 256 if it is
 * full.
 */
export const tileWidth = (level: number, index: number, size: number): number =>
  isSize(level) && isSize(index) && isSize(size)
    ? Math.min(TILE_WIDTH, Math.max(0, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH))
    : 0

/** Encodes a tile: the concatenated hashes. @throws `log.tile` */
export function writeHashTile(hashes: readonly Hash[]): Uint8Array {
  if (hashes.length < 1 || hashes.length > TILE_WIDTH || !hashes.every(isHash)) throw fault('log.tile', { found: hashes.length })
  return concat(hashes, hashes.length * OCTETS)
}

/** Decodes a tile to views of its bytes. @throws `log.tile` */
export function readHashTile(bytes: Uint8Array): Hash[] {
  const width = bytes.length / OCTETS
  if (!isSize(width) || width < 1 || width > TILE_WIDTH) throw fault('log.tile', { found: width })
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * OCTETS, (at + 1) * OCTETS))
}

/** Encodes an entry bundle: each entry after its length in two octets, big-endian. @throws `log.bundle` */
export function writeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) throw fault('log.bundle', { found: entries.length })
  const parts = entries.flatMap((entry) => {
    if (entry.length > LONGEST_ENTRY) throw fault('log.bundle', { found: entries.length })
    return [Uint8Array.of(Math.floor(entry.length / 256), entry.length % 256), entry]
  })
  return concat(
    parts,
    parts.reduce((length, part) => length + part.length, 0),
  )
}

/** The entries of a bundle, as views into its bytes. @throws `log.bundle` if it has no entry or more than 256, or ends within one */
export function readEntryBundle(bytes: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const start = at + 2
    const end = start + (bytes[at] as number) * 256 + (bytes[at + 1] ?? Number.NaN)
    if (!(end <= bytes.length) || entries.length === TILE_WIDTH) throw fault('log.bundle', { found: entries.length, offset: at })
    entries.push(bytes.subarray(start, end))
    at = end
  }
  if (entries.length === 0) throw fault('log.bundle', { found: 0 })
  return entries
}
