/**
 * Writes all output files of commands. Never overwrites an input, under any name or link, and never leaves a file incomplete: content is
 * written beside the target, synced, and renamed.
 */

import { constants, createWriteStream, type Stats } from 'node:fs'
import { link, lstat, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import process from 'node:process'
import { finished } from 'node:stream/promises'
import { fileFault } from './file-error.js'
import { exists } from './files.js'
import { fault } from './messages.js'

const STDIN = '-'

/** Creates a file that must not exist yet, readable by its owner only. @throws `cli.file` */
export const writeSecret = (file: string, text: string): Promise<void> => writeNew(file, text, 0o600)

/** Creates a file that must not exist yet; a link counts as existing, whatever its target. @throws `cli.file` */
export async function writeNew(file: string, text: string, mode = 0o644): Promise<void> {
  await fileFault(file, async () => {
    const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
    try {
      await handle.writeFile(text)
      await handle.close()
    } catch (error) {
      await handle.close().catch(() => undefined)
      await rm(file, { force: true })
      throw error
    }
  })
}

/**
 * Creates a file that must not exist yet, readable by its owner only. `make` is called with the name of an empty file and fills it.
 * @throws `cli.file`
 */
export const makeNew = (file: string, make: (draft: string) => Promise<void>): Promise<void> =>
  fileFault(file, async () => {
    const draft = await newDraft(file, 0o600)
    try {
      await make(draft)
      await sync(draft)
      // By a link, because a rename would replace a file that another process has created since.
      await link(draft, file).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPERM' && error.code !== 'ENOTSUP') throw error
        await rename(draft, file)
      })
    } finally {
      await rm(draft, { force: true })
    }
  })

/**
 * Writes or replaces a file, preserving its permissions.
 * @throws `cli.file`, also if the path is a link to a file
 */
export const replaceText = (file: string, text: string | Uint8Array, newMode?: number): Promise<void> =>
  fileFault(file, async () => {
    const place = await placeOf(file, newMode)
    if (place.isDevice) return writeFile(file, text)
    const draft = await newDraft(file, place.mode)
    try {
      await writeFile(draft, text, { flush: true })
      await rename(draft, file)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  })

export interface Output {
  write(text: string | Uint8Array): Promise<void>
  /** Renames the file to its final name. */
  close(): Promise<void>
  /** Leaves the target unchanged. */
  discard(): Promise<void>
}

/** A file written in chunks, and renamed to its final name when it is complete. @throws `cli.file` */
export const openOutput = (file: string): Promise<Output> =>
  fileFault(file, async () => {
    const { mode, isDevice } = await placeOf(file)
    const draft = isDevice ? file : await newDraft(file, mode)
    const handle = await open(draft, 'w', mode)
    const stream = createWriteStream(draft, { fd: handle, flush: !isDevice })
    const ended = finished(stream)
    // Awaited when the stream is closed; an earlier error is reported by the next write.
    ended.catch(() => undefined)
    return {
      write: (text) =>
        fileFault(
          file,
          () => new Promise<void>((resolve, reject) => void stream.write(text, (error) => (error ? reject(error) : resolve()))),
        ),
      close: () =>
        fileFault(file, async () => {
          stream.end()
          await ended
          if (!isDevice) await rename(draft, file)
        }),
      async discard() {
        stream.destroy()
        await ended.catch(() => undefined)
        if (!isDevice) await rm(draft, { force: true })
      },
    }
  })

interface Place {
  readonly mode: number
  /** A device or a pipe is written to, never replaced. */
  readonly isDevice: boolean
}

async function placeOf(file: string, newMode = 0o644): Promise<Place> {
  const now = await statOf(file)
  const isLink = (await lstatOf(file))?.isSymbolicLink() === true
  if (now === undefined) {
    if (isLink) throw Object.assign(new Error(file), { code: 'DANGLING' })
    return { mode: newMode, isDevice: false }
  }
  if (now.isDirectory()) throw Object.assign(new Error(file), { code: 'EISDIR' })
  // Any user who can write to the folder could point the link to a file of ours. /dev/stdout is a link too, but not to a file.
  if (isLink && now.isFile()) throw Object.assign(new Error(file), { code: 'LINK' })
  return { mode: now.mode & 0o777, isDevice: !now.isFile() }
}

/** An output that is also an input would be lost: they are compared as files, not by name. @throws `cli.file-same` */
export async function checkOutput(output: string | undefined, inputs: readonly string[]): Promise<void> {
  const found = output === undefined ? undefined : await fileFault(output, () => statOf(output))
  if (found === undefined || !found.isFile()) return
  for (const input of inputs) {
    const one = input === STDIN ? undefined : await fileFault(input, () => statOf(input))
    if (one !== undefined && one.dev === found.dev && one.ino === found.ino) throw fault('cli.file-same', { file: output })
  }
}

/** Before any question to the user. @throws `cli.file` if the file exists */
export const checkNew = (file: string): Promise<void> =>
  fileFault(file, async () => {
    if (await exists(file)) throw Object.assign(new Error(file), { code: 'EEXIST' })
  })

/** An empty file beside the target. An existing one is left over from a crash, or was placed there as a trap. */
async function newDraft(file: string, mode: number): Promise<string> {
  const draft = `${file}.${process.pid}.new`
  await rm(draft, { force: true })
  const handle = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
  await handle.close()
  return draft
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const ifThere = async (look: Promise<Stats>): Promise<Stats | undefined> => {
  try {
    return await look
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
const statOf = (file: string): Promise<Stats | undefined> => ifThere(stat(file))
const lstatOf = (file: string): Promise<Stats | undefined> => ifThere(lstat(file))
