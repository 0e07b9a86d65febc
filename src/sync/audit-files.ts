/**
 * Audits a log from its published files alone (C2SP tlog-tiles): every tile and entry bundle must lead to the root of the signed
 * checkpoint. The tree is walked from the root, so that each file is compared with a hash that is already proved, and one wrong file leaves
 * the other files provable. Memory use is limited to one tile of each level and the leaves read at once.
 */

import { isTonghengError } from '../base/error.js'
import { aFunction, anObject, aText, checkOptions, optional } from '../base/options.js'
import {
  type Checkpoint,
  type Hash,
  isSameHash,
  rootFrom,
  type Successor,
  successorOf,
  TILE_WIDTH,
  tilesOf,
  tileWidth,
} from '../log/index.js'
import type { TileStore } from '../node/index.js'
import { LOG_PATH } from '../node/inside.js'
import type { AuditProgress } from './audit.js'
import { createFiles, type Files } from './audit-file-reader.js'
import { checkFolder } from './audit-folder.js'
import { coded } from './messages.js'

export interface FilesAuditOptions {
  readonly files: Pick<TileStore, 'get' | 'list'>
  /** Opens the checkpoint with the key of the log; its errors become findings. */
  readonly open: (note: string) => Promise<Checkpoint>
  /** Path of the log in the store of files. @default v1/log */
  readonly path?: string | undefined
}

/** Like the progress of `auditLog`; `checked` counts the entries whose bundle was read. */
export interface FilesAuditProgress extends AuditProgress {
  /** Set in the last progress if the checkpoint closes the log. */
  readonly successor?: Successor | undefined
}

/** Number of leaf tiles, with their bundles, read at once. */
const AT_ONCE = 16

/**
 * Audits a published log and yields progress. Reports each file that is missing, changed or not part of the log. A file that cannot be
 * proved because a file above it is wrong is proved from the files below it if possible, and reported as unproved otherwise.
 * @example
 * ```ts
 * import { createMemoryTiles } from 'tongheng/stores/memory'
 * import { auditFiles } from 'tongheng/sync'
 * import { openCheckpoint, readNoteKey } from 'tongheng/log'
 *
 * const key = await readNoteKey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx')
 * const files = createMemoryTiles() // in production, createFileTiles of tongheng/stores/files
 * for await (const { findings } of auditFiles({ files, open: (note) => openCheckpoint(note, key) })) {
 *   findings[0]?.code // => 'audit.file-missing'
 * }
 * ```
 */
export async function* auditFiles(options: FilesAuditOptions): AsyncGenerator<FilesAuditProgress, void, undefined> {
  checkOptions('auditFiles', options, { files: anObject, open: aFunction, path: optional(aText) })
  const { files: store, open, path = LOG_PATH } = options
  const files = createFiles(store, path)
  const note = await files.text('checkpoint')
  const head = note === undefined ? undefined : await opened(note, open, files)
  if (note === undefined || head === undefined) {
    yield { checked: 0, size: 0, ...files.take() }
    return
  }
  const walk: Walk = { files, size: head.size, checked: 0 }
  const progress = (): FilesAuditProgress => ({ checked: walk.checked, size: head.size, ...files.take() })
  for await (const _ of walkTree(walk, head)) yield progress()
  const cosigned = await files.text('cosigned-checkpoint', true)
  if (cosigned !== undefined) await checkCosigned(walk, cosigned, open)
  const successor = successorOf(note)
  for await (const _ of checkFolder(files, { size: head.size, isClosed: successor !== undefined })) yield progress()
  yield { ...progress(), successor }
}

async function opened(note: string, open: FilesAuditOptions['open'], { fault }: Files): Promise<Checkpoint | undefined> {
  try {
    return await open(note)
  } catch (error) {
    if (!isTonghengError(error)) throw error
    fault(coded('audit.checkpoint'), { reason: error.text })
    return undefined
  }
}

interface Walk {
  readonly files: Files
  readonly size: number
  checked: number
}

/** The tile at the right edge of a level. */
interface EdgeTile {
  readonly level: number
  readonly index: number
  readonly width: number
  readonly hashes: readonly Hash[] | undefined
}

/** Walks the tree from the root. The partial tiles determine the root; every other tile is below one of them. */
async function* walkTree(walk: Walk, head: Checkpoint): AsyncGenerator<void, void, undefined> {
  const { files, size } = walk
  const edge: EdgeTile[] = []
  for (const { level, full: index, partial: width } of tilesOf(size))
    if (width > 0) edge.push({ level, index, width, hashes: await files.hashes(level, index, width) })
  const isRoot = async (hashesOf: (tile: EdgeTile) => readonly Hash[] | undefined): Promise<boolean> => {
    if (edge.some((tile) => hashesOf(tile)?.length !== tile.width)) return false
    const found = await rootFrom(
      async (level, index) => hashesOf(edge.find((one) => one.level === level && one.index === index) as EdgeTile) ?? [],
      size,
    )
    return isSameHash(found, head.root)
  }
  const isProved = await isRoot(({ hashes }) => hashes)
  const fromBelow = new Map<EdgeTile, readonly Hash[]>()
  for (const tile of edge) {
    const below = yield* walkBelow(walk, tile, isProved ? tile.hashes : undefined)
    if (below !== undefined) fromBelow.set(tile, below)
  }
  if (isProved) return
  if (!(await isRoot((tile) => fromBelow.get(tile)))) return files.fault(coded('audit.root'), { size, of: head.origin })
  // The files below lead to the signed root, so an edge tile that differs from them is wrong.
  for (const { level, index, width, hashes } of edge) {
    const right = fromBelow.get(edge.find((one) => one.level === level) as EdgeTile) as readonly Hash[]
    if (hashes !== undefined && !hashes.every((hash, at) => isSameHash(hash, right[at] as Hash))) files.changed(level, index, width, 'root')
  }
}

/**
 * Proves the files below a tile. Returns the hashes of the tile, computed from the files below; undefined if one of them cannot be read.
 * @param proved hashes of the tile; undefined if they are not proved
 */
async function* walkBelow(
  walk: Walk,
  { level, index, width }: Omit<EdgeTile, 'hashes'>,
  proved: readonly Hash[] | undefined,
): AsyncGenerator<void, readonly Hash[] | undefined, undefined> {
  if (level === 0) {
    const leaves = await walk.files.leaves(index, width, proved)
    walk.checked += leaves?.length ?? 0
    yield
    return leaves
  }
  const roots: (Hash | undefined)[] = []
  for (let start = 0; start < width; start += level === 1 ? AT_ONCE : 1) {
    const children = Array.from({ length: level === 1 ? Math.min(AT_ONCE, width - start) : 1 }, (_, at) => start + at)
    if (level === 1) {
      roots.push(...(await Promise.all(children.map((child) => leafTile(walk, index * TILE_WIDTH + child, proved?.[child])))))
      yield
    } else for (const child of children) roots.push(yield* innerTile(walk, level - 1, index * TILE_WIDTH + child, proved?.[child]))
  }
  return roots.every((root) => root !== undefined) ? (roots as Hash[]) : undefined
}

/** Checks a full tile above level 0 and the files below it. Returns its root; undefined if no file gives it. */
async function* innerTile(
  walk: Walk,
  level: number,
  index: number,
  root: Hash | undefined,
): AsyncGenerator<void, Hash | undefined, undefined> {
  const { files } = walk
  const hashes = await files.hashes(level, index, TILE_WIDTH)
  const isRight = hashes !== undefined && root !== undefined && isSameHash(files.rootOf(hashes), root)
  const below = yield* walkBelow(walk, { level, index, width: TILE_WIDTH }, isRight ? hashes : undefined)
  if (isRight) return root
  return files.settle({ level, index, hashes, below, root })
}

/** Checks a full tile of level 0 with its bundle. Returns its root; undefined if neither can be read. */
async function leafTile(walk: Walk, index: number, root: Hash | undefined): Promise<Hash | undefined> {
  const { files } = walk
  const hashes = await files.hashes(0, index, TILE_WIDTH)
  const isRight = hashes !== undefined && root !== undefined && isSameHash(files.rootOf(hashes), root)
  const below = await files.leaves(index, TILE_WIDTH, isRight ? hashes : undefined)
  walk.checked += below === undefined ? 0 : TILE_WIDTH
  return isRight ? root : files.settle({ level: 0, index, hashes, below, root })
}

/** Checks the cosigned checkpoint, which must be of the same tree, at the same or a smaller size. */
async function checkCosigned({ files, size }: Walk, note: string, open: FilesAuditOptions['open']): Promise<void> {
  const head = await opened(note, open, files)
  if (head === undefined) return
  if (head.size > size) return files.fault(coded('audit.beyond'), { size: head.size, of: 'cosigned-checkpoint', found: size })
  const found = await rootFrom(
    async (level, index) => (await files.trusted(level, index, tileWidth(level, index, size))) ?? [],
    head.size,
  ).catch((error: unknown) => {
    // A tile that it needs is missing or wrong, which was reported already.
    if (!isTonghengError(error)) throw error
    files.note(coded('audit.unproved'), { what: 'cosigned-checkpoint' })
    return undefined
  })
  if (found !== undefined && !isSameHash(found, head.root)) files.fault(coded('audit.root'), { size: head.size, of: 'cosigned-checkpoint' })
}
