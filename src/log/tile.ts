/**
 * C2SP tlog-tiles: the tree cut into tiles of 256 hashes, the entries into bundles of 256. A full tile never changes; a partial
 * one is the beginning of it.
 */
import { concat } from '../base/concat.js'
import { type Hash, isHash, isSize, OCTETS } from './merkle.js'
import { fault } from './messages.js'

/** Hashes of a full tile, entries of a full bundle. */
export const TILE_WIDTH = 256
const HIGHEST_LEVEL = 63
const LONGEST_ENTRY = 65_535

export interface TileName {
  /** Of a hash tile, 0 (leaf hashes) to 63: each hash is the root of 256 ** level leaves. Of a bundle, `entries`. */
  readonly level: number | 'entries'
  readonly index: number
  /** 1 to 256; less than 256 is a partial tile. */
  readonly width: number
}

/** `tile/0/x001/067`, `tile/0/x001/067.p/8`, `tile/entries/000`. @throws RangeError where there is no such tile */
export function writeTilePath(name: TileName): string {
  if (!isName(name)) throw new RangeError(`no tile ${JSON.stringify(name)}`)
  return spell(name)
}

const PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/

/** Undefined for whatever is not the one spelling of a tile. */
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

/** The tiles of one level of a tree: those from 0 to before `full` are full, and the next has `partial` hashes, or is none where that is 0. */
export interface TileRow {
  readonly level: number
  readonly full: number
  readonly partial: number
}

/** The hash tiles of a tree, from level 0 up; its bundles of entries are as the tiles of level 0. @throws RangeError */
export function tilesOf(size: number): readonly TileRow[] {
  if (!isSize(size)) throw new RangeError(`no tree of ${size}`)
  const rows: TileRow[] = []
  for (let count = size; count > 0; count = Math.floor(count / TILE_WIDTH))
    rows.push({ level: rows.length, full: Math.floor(count / TILE_WIDTH), partial: count % TILE_WIDTH })
  return rows
}

/** How many hashes (at level 0: how many entries, too) the tile has in a tree of that size: 0 where it has no such tile yet, 256 where it is full. */
export const tileWidth = (level: number, index: number, size: number): number =>
  isSize(level) && isSize(index) && isSize(size)
    ? Math.min(TILE_WIDTH, Math.max(0, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH))
    : 0

/** A tile as it is served: the hashes, one after the other. @throws `log.tile` */
export function writeHashTile(hashes: readonly Hash[]): Uint8Array {
  if (hashes.length < 1 || hashes.length > TILE_WIDTH || !hashes.every(isHash)) throw fault('log.tile', { found: hashes.length })
  return concat(hashes, hashes.length * OCTETS)
}

/** The hashes of a tile, as views into its bytes. @throws `log.tile` */
export function readHashTile(bytes: Uint8Array): Hash[] {
  const width = bytes.length / OCTETS
  if (!isSize(width) || width < 1 || width > TILE_WIDTH) throw fault('log.tile', { found: width })
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * OCTETS, (at + 1) * OCTETS))
}

/** Entries as they are served: of each its length in two octets, big-endian, then itself. @throws `log.bundle` */
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

/** The entries of a bundle, as views into its bytes. @throws `log.bundle` where it has none, more than 256, or ends within one */
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
