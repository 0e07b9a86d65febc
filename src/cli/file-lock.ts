/** Files that several processes read, modify and write: under a lock, with the errors of the command line. */

import { withFileLock } from '../base/file-lock.node.js'
import { fileFault } from './file-error.js'
import { readExisting } from './files.js'
import { fault } from './messages.js'
import { replaceText } from './outputs.js'

/**
 * Runs the work while no other process works on this file.
 * @throws `cli.file-locked` if another process holds the lock, `cli.file`
 */
export async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`
  let outcome: { readonly done: T } | { readonly error: unknown } | undefined
  await fileFault(lock, () =>
    withFileLock(lock, { now: Date.now, busy: (holder) => fault('cli.file-locked', { file: lock, ...holder }) }, async () => {
      // Errors of the work are its own, not of the lock file.
      outcome = await work().then(
        (done) => ({ done }),
        (error: unknown) => ({ error }),
      )
    }),
  )
  const { done, error } = outcome as unknown as { readonly done: T; readonly error?: unknown }
  if (error !== undefined) throw error
  return done
}

/** True if a file is unchanged since it was read. */
export async function isUnchanged(file: string, before: Uint8Array | undefined): Promise<boolean> {
  const now = await readExisting(file)
  return now === undefined || before === undefined ? now === before : Buffer.compare(now, before) === 0
}

/**
 * Replaces a file if it is unchanged since it was read; returns false if another process was first. A new file gets the mode.
 * @throws `cli.file-locked`, `cli.file`
 */
export const swapText = (file: string, before: Uint8Array | undefined, text: string, newMode?: number): Promise<boolean> =>
  locked(file, async () => {
    if (!(await isUnchanged(file, before))) return false
    await replaceText(file, text, newMode)
    return true
  })
