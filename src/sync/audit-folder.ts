/**
 * Audits the other files of a folder, besides the tiles of the checkpoint: older partial tiles, tiles beyond the checkpoint, and files that
 * are not part of the log.
 */

import { readTilePath, TILE_WIDTH, type TileName, tileWidth } from '../log/index.js'
import type { Files } from './audit-file-reader.js'
import { coded } from './messages.js'

interface Of {
  readonly size: number
  /** Whether the log is closed; a closed log has no tiles beyond its last checkpoint. */
  readonly isClosed: boolean
}

const CHECKPOINTS = ['checkpoint', 'cosigned-checkpoint']
/** Number of files checked between two progresses. */
const AT_ONCE = 1024

/**
 * Checks every file of the folder, and yields after each `AT_ONCE` files. An open log may have tiles beyond its checkpoint: they are noted,
 * because no checkpoint proves them yet.
 */
export async function* checkFolder(files: Files, of: Of): AsyncGenerator<void, void, undefined> {
  let listed = 0
  for await (const { path } of files.store.list(files.path)) {
    const name = path.slice(files.path.length + 1)
    const tile = readTilePath(name)
    if (tile !== undefined) await checkTile(files, path, tile, of)
    else if (!CHECKPOINTS.includes(name)) files.fault(coded('audit.file-extra'), { path })
    if (++listed % AT_ONCE === 0) yield
  }
}

async function checkTile(files: Files, path: string, { level, index, width }: TileName, { size, isClosed }: Of): Promise<void> {
  const own = tileWidth(level === 'entries' ? 0 : level, index, size)
  // The walk from the root has already checked this tile.
  if (width === own) return
  if (width > own) {
    if (isClosed) files.fault(coded('audit.file-extra'), { path })
    else files.note(coded('audit.file-beyond'), { path })
    return
  }
  // A partial tile of an earlier checkpoint must be the beginning of the same tile of this checkpoint.
  const wholePath = path.replace(/\.p\/[0-9]+$/, own === TILE_WIDTH ? '' : `.p/${own}`)
  const [part, whole] = [await files.bytes(path), files.isWrong(wholePath) ? undefined : await files.bytes(wholePath)]
  if (part === undefined || whole === undefined) return files.note(coded('audit.unproved'), { what: path })
  const isBeginning = part.length <= whole.length && part.every((octet, at) => octet === whole[at])
  const entries = level === 'entries' ? files.countEntries(part) : part.length / 32
  if (!isBeginning || entries !== width) files.fault(coded('audit.file-changed'), { path, reason: `≠ ${own}` })
}
