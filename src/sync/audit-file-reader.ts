/** Reads the files of a published log for an audit, and reports the fault of each. */

import { decodeUtf8 } from '#native'
import { isTonghengError } from '../base/error.js'
import { type Hash, isSameHash, leafHash, nodeInTile, readEntryBundle, readHashTile, TILE_WIDTH, writeTilePath } from '../log/index.js'
import type { TileStore } from '../node/index.js'
import type { Reporter } from './audit-entry.js'
import { createFindings, type Findings } from './findings.js'
import { coded } from './messages.js'

/** A full tile whose file is not proved by the tile above it. */
interface Unproved {
  readonly level: number
  readonly index: number
  /** Hashes in its file; undefined if the file cannot be read. */
  readonly hashes: readonly Hash[] | undefined
  /** Hashes computed from the files below it; undefined if one of them cannot be read. */
  readonly below: readonly Hash[] | undefined
  /** The root that the tile must have; undefined if the tile above is not proved. */
  readonly root: Hash | undefined
}

export interface Files extends Findings {
  readonly path: string
  readonly store: Pick<TileStore, 'get' | 'list'>
  changed(level: number | 'entries', index: number, width: number, reason: string): void
  /** Returns a checkpoint as text; undefined if it is missing, which is reported unless it is optional. */
  text(name: string, isOptional?: boolean): Promise<string | undefined>
  /** Returns the bytes of a file; undefined if it cannot be read. */
  bytes(file: string): Promise<Uint8Array | undefined>
  /** Whether a finding has named the file. */
  isWrong(file: string): boolean
  /** Returns the number of entries of a bundle; undefined if it is not a bundle. */
  countEntries(bytes: Uint8Array): number | undefined
  /** Returns the hashes of a tile; reports a file that is missing or has another length. */
  hashes(level: number, index: number, width: number): Promise<readonly Hash[] | undefined>
  /** Returns the hashes of a tile without reporting; undefined if a finding has named its file, or it cannot be read. */
  trusted(level: number, index: number, width: number): Promise<readonly Hash[] | undefined>
  /** Returns the leaf hashes of a bundle; reports a bundle that cannot be read, or does not match the `proved` hashes. */
  leaves(index: number, width: number, proved: readonly Hash[] | undefined): Promise<readonly Hash[] | undefined>
  rootOf(hashes: readonly Hash[]): Hash
  /** Reports which of the files is wrong, and returns the root of the tile; undefined if it is not known. */
  settle(tile: Unproved): Hash | undefined
}

/** Maximum number of wrong files remembered, to limit memory if a whole disk is damaged. */
const MAX_WRONG = 100_000

export function createFiles(store: Pick<TileStore, 'get' | 'list'>, path: string): Files {
  const { take, note, ...found } = createFindings()
  const wrong = new Set<unknown>()
  const fault: Reporter['fault'] = (code, params) => {
    found.fault(code, params)
    if (wrong.size < MAX_WRONG) wrong.add(params.path)
  }
  const pathOf = (level: number | 'entries', index: number, width: number): string => `${path}/${writeTilePath({ level, index, width })}`
  const changed: Files['changed'] = (level, index, width, reason) =>
    fault(coded('audit.file-changed'), { path: pathOf(level, index, width), reason })
  async function bytesOf(file: string, isOptional = false): Promise<Uint8Array | undefined> {
    try {
      const bytes = await store.get(file)
      if (bytes === undefined && !isOptional) fault(coded('audit.file-missing'), { path: file })
      return bytes
    } catch (error) {
      // Too large, a link, or not readable by this user.
      if (!isTonghengError(error)) throw error
      if (!isOptional) fault(coded('audit.file-changed'), { path: file, reason: error.text })
      return undefined
    }
  }
  return {
    path,
    store,
    ...{ take, note, fault, changed, rootOf },
    async text(name, isOptional = false) {
      const bytes = await bytesOf(`${path}/${name}`, isOptional)
      return bytes && (decodeUtf8(bytes) ?? '')
    },
    bytes: (file) => bytesOf(file, true),
    isWrong: (file) => wrong.has(file),
    countEntries: (bytes) => entriesOf(bytes)?.length,
    async trusted(level, index, width) {
      const file = pathOf(level, index, width)
      const bytes = wrong.has(file) ? undefined : await bytesOf(file, true)
      return bytes && readHashTile(bytes)
    },
    async hashes(level, index, width) {
      const bytes = await bytesOf(pathOf(level, index, width))
      if (bytes === undefined) return undefined
      if (bytes.length === 32 * width) return readHashTile(bytes)
      changed(level, index, width, `${bytes.length} ≠ ${32 * width}`)
      return undefined
    },
    async leaves(index, width, proved) {
      const bytes = await bytesOf(pathOf('entries', index, width))
      if (bytes === undefined) return undefined
      const leaves = entriesOf(bytes)?.map(leafHash)
      const at = leaves?.length === width ? proved?.findIndex((hash, leaf) => !isSameHash(hash, leaves[leaf] as Hash)) : -2
      if (at === undefined || at === -1) return leaves
      changed('entries', index, width, at === -2 ? `${leaves?.length ?? 0} ≠ ${width}` : `#${index * TILE_WIDTH + at}`)
      return undefined
    },
    settle: (tile) => settle(tile, { fault, path: pathOf(tile.level, tile.index, TILE_WIDTH) }),
  }
}

/** A full tile has 2 ** 8 hashes. */
const rootOf = (hashes: readonly Hash[]): Hash => nodeInTile(hashes, 8, 0)

function settle({ hashes, below, root }: Unproved, { fault, path }: Pick<Reporter, 'fault'> & { readonly path: string }): Hash | undefined {
  const changed = (): void => {
    // A file that cannot be read was reported when it was read.
    if (hashes !== undefined) fault(coded('audit.file-changed'), { path, reason: 'root' })
  }
  if (root !== undefined) {
    changed()
    // If the files below have the root, only this file is wrong.
    if (below === undefined || !isSameHash(rootOf(below), root)) fault(coded('audit.file-unproved'), { path })
    return root
  }
  // The tile above is not proved: if this tile and the files below agree, the level above decides whether they are right.
  const isOther = below !== undefined && hashes !== undefined && below.some((hash, at) => !isSameHash(hash, hashes[at] as Hash))
  if (isOther) fault(coded('audit.file-unproved'), { path })
  return below === undefined ? hashes && rootOf(hashes) : rootOf(below)
}

function entriesOf(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  try {
    return readEntryBundle(bytes)
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}
