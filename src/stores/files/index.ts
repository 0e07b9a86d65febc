/** `tongheng/stores/files`: a folder of files that never change, for a web server to serve: tiles, entry bundles and documents of a log. */

import { constants } from 'node:fs'
import { chmod, link, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { digestText } from '#native'
import { isTonghengError } from '../../base/error.js'
import { reasonOf, withFileLock } from '../../base/file-lock.node.js'
import { aText, checkOptions } from '../../base/options.js'
import type { StoredFile, TileStore } from '../../node/index.js'
import { isStorePath, MAX_FILE_OCTETS } from '../../node/inside.js'
import { fault } from '../messages.js'
import { createFolderSync } from './folder-sync.js'

export type { StoredFile, TileStore } from '../../node/index.js'

export interface FileTilesOptions {
  /** The folder; created if it does not exist. Other programs may read from it, but must not write into it. */
  readonly folder: string
}

/**
 * Folder of files that are being written. It is on the same disk as the others, so that files can be linked; a web server must not serve
 * it.
 */
const INCOMING = '.incoming'
/** Age in milliseconds after which an unfinished file is considered left behind by a process that has died. */
const LEFT_BEHIND = 3_600_000

/**
 * Opens a folder as a store of files. A file is written to a temporary path, synced, and linked to its own path, so that a crash or a power
 * loss leaves either the whole file or none.
 * @throws `files.unusable` if the folder cannot be written to
 * @example
 * ```ts
 * import { createFileTiles } from 'tongheng/stores/files'
 * import { mkdtemp } from 'node:fs/promises'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 *
 * const tiles = await createFileTiles({ folder: await mkdtemp(join(tmpdir(), 'log-')) }) // in production, a folder that nginx serves
 * await tiles.put('v1/log/tile/0/000', new Uint8Array(8192))
 * ;(await tiles.get('v1/log/tile/0/000'))?.length // => 8192
 * ```
 */
export async function createFileTiles(options: FileTilesOptions): Promise<TileStore> {
  checkOptions('createFileTiles', options, { folder: aText })
  const folder = resolve(options.folder)
  const incoming = join(folder, INCOMING)
  await named(folder, async () => {
    await mkdir(incoming, { recursive: true })
    await chmod(folder, 0o755)
    await removeUnfinished(incoming)
  })
  const sync = createFolderSync()
  const writing = createWriting({ folder, incoming, sync })
  return {
    put: (path, bytes) => named(path, () => writing.put(checkedPath(path), checkedLength(path, bytes))),
    ...readingOf(folder),
    replace: (path, expected, next) => named(path, () => writing.replace(checkedPath(path), expected, checkedLength(path, next))),
  }
}

/** Opens a folder for reading only, such as a copy on another machine; creates nothing in it. */
export function readFileTiles(options: FileTilesOptions): Pick<TileStore, 'get' | 'list'> {
  checkOptions('readFileTiles', options, { folder: aText })
  return readingOf(resolve(options.folder))
}

const readingOf = (folder: string): Pick<TileStore, 'get' | 'list'> => ({
  get: (path) => named(path, () => readWhole(join(folder, checkedPath(path)), path)),
  async *list(path) {
    yield* listFiles(folder, checkedPath(path))
  },
})

function checkedPath(path: string): string {
  if (!isStorePath(path)) throw fault('files.path', { path: path.slice(0, 100) })
  return path
}

function checkedLength(path: string, bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_FILE_OCTETS) throw fault('files.too-large', { path, octets: bytes.length, most: MAX_FILE_OCTETS })
  return bytes
}

/** Converts errors of the file system to one that names the file. @throws `files.unusable` */
async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const reason = reasonOf(error)
    // An error that is not of the file system is a defect of this program.
    throw isTonghengError(error) || !/^E[A-Z0-9]+$/.test(reason) ? error : fault('files.unusable', { path, reason }, { cause: error })
  }
}

interface Place {
  readonly folder: string
  readonly incoming: string
  readonly sync: (folder: string) => Promise<void>
}

function createWriting({ folder, incoming, sync }: Place): Pick<TileStore, 'put' | 'replace'> {
  const known = new Set<string>()

  /**
   * Creates the folder of a file. Each folder is an entry of its parent, so the parents are synced too, even if another process created the
   * folder.
   */
  async function makeFolder(wanted: string): Promise<void> {
    if (known.has(wanted)) return
    const first = await mkdir(wanted, { recursive: true })
    for (let made = wanted; made.length > folder.length; made = dirname(made)) {
      if (first !== undefined && made.length >= first.length) await chmod(made, 0o755)
      await sync(dirname(made))
    }
    if (known.size > MAX_KNOWN) known.clear()
    known.add(wanted)
  }

  return {
    async put(path, bytes) {
      const file = join(folder, path)
      if (!(await isThere(file, path, bytes))) {
        await makeFolder(dirname(file))
        await withDraft(incoming, bytes, async (draft) => {
          try {
            // Link, do not rename: a link fails if another process has created the file since, and a rename would replace that file.
            await link(draft, file)
          } catch (error) {
            if (reasonOf(error) !== 'EEXIST') throw error
            await isThere(file, path, bytes)
          }
        })
      }
      // Sync even if the file existed: the process that wrote it may have died before it synced the folder.
      await sync(dirname(file))
    },
    async replace(path, expected, next) {
      const file = join(folder, path)
      await makeFolder(dirname(file))
      const isReplaced = await withDraft(incoming, next, (draft, written) => {
        // Use the time of the draft: the file system dates locks and drafts by the same clock.
        const options = { now: () => written, busy: (holder: object) => fault('files.busy', { path, ...holder }) }
        return withFileLock(join(incoming, `${digestText(path)}.lock`), options, async () => {
          const now = await readWhole(file, path)
          if (now === undefined || expected === undefined ? now !== expected : Buffer.compare(now, expected) !== 0) return false
          await rename(draft, file)
          return true
        })
      })
      if (isReplaced) await sync(dirname(file))
      return isReplaced
    },
  }
}

/** Writes the bytes to a temporary file and syncs it. `use` links or renames it. */
async function withDraft<T>(incoming: string, bytes: Uint8Array, use: (draft: string, written: number) => Promise<T>): Promise<T> {
  const draft = join(incoming, crypto.randomUUID())
  try {
    const file = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644)
    let written: number
    try {
      await file.writeFile(bytes)
      // Make it readable by the web server, whatever the umask of this process: its content is public.
      await file.chmod(0o644)
      await file.sync()
      written = (await file.stat()).mtimeMs
    } finally {
      await file.close()
    }
    return await use(draft, written)
  } finally {
    await rm(draft, { force: true })
  }
}

/** @throws `files.other` */
async function isThere(file: string, path: string, bytes: Uint8Array): Promise<boolean> {
  const there = await readWhole(file, path)
  if (there === undefined) return false
  if (Buffer.compare(there, bytes) !== 0) throw fault('files.other', { path, octets: bytes.length, found: there.length })
  return true
}

/** Maximum number of folders known to exist. */
const MAX_KNOWN = 10_000

/** Reads a file; undefined if it does not exist. @throws `files.too-large` */
async function readWhole(file: string, path: string): Promise<Uint8Array | undefined> {
  try {
    // Do not follow symbolic links: otherwise a process that can write into the folder could make any file of this machine public.
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      const { size } = await handle.stat()
      if (size > MAX_FILE_OCTETS) throw fault('files.too-large', { path, octets: size, most: MAX_FILE_OCTETS })
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(reasonOf(error))) return undefined
    throw error
  }
}

async function* listFiles(folder: string, under: string): AsyncGenerator<StoredFile> {
  const entries = await readdir(join(folder, under), { withFileTypes: true }).catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT' || reasonOf(error) === 'ENOTDIR') return []
    throw fault('files.unusable', { path: under, reason: reasonOf(error) }, { cause: error })
  })
  for (const entry of entries) {
    const path = `${under}/${entry.name}`
    if (entry.isDirectory()) yield* listFiles(folder, path)
    else yield { path, octets: entry.isFile() ? (await named(path, () => stat(join(folder, path)))).size : 0 }
  }
}

/** Removes unfinished files of processes that have died. */
async function removeUnfinished(incoming: string): Promise<void> {
  const mark = join(incoming, crypto.randomUUID())
  await (await open(mark, 'wx')).close()
  const now = (await stat(mark)).mtimeMs
  await unlink(mark)
  for (const name of await readdir(incoming)) {
    const file = join(incoming, name)
    const made = await stat(file).catch(() => undefined)
    if (made !== undefined && now - made.mtimeMs > LEFT_BEHIND) await rm(file, { force: true })
  }
}
