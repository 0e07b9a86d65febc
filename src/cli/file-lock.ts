/**
 * File lock: one writer at a time. Without it, two processes that read, modify and write a file would lose the changes of one, for
 * example a revocation.
 */

import { randomUUID } from 'node:crypto'
import { link, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileFault, readExisting } from './files.js'
import { fault } from './messages.js'
import { replaceText } from './outputs.js'

/** Work under a lock lasts milliseconds; a process that has held one for longer has died. */
const STALE_SECONDS = 30
/** Both in milliseconds since 1970. */
export const isStale = (made: number, now: number): boolean => now - made > STALE_SECONDS * 1000
const MAX_TRIES = 200
const PAUSE_MS = 25

/**
 * Runs the work while no other process works on this file.
 * @throws `cli.file-locked` if another process holds the lock, `cli.file`
 */
export async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`
  const own = `${process.pid} ${hostname()} ${randomUUID()}\n`
  await fileFault(lock, () => acquire(lock, own))
  try {
    return await work()
  } finally {
    // The lock may have been considered stale and replaced; never remove another process's lock.
    if ((await readIfPresent(lock)) === own) await unlink(lock)
  }
}

async function acquire(lock: string, own: string): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    try {
      await writeFile(lock, own, { flag: 'wx' })
      return
    } catch (error) {
      if (reasonOf(error) !== 'EEXIST') throw error
    }
    const holder = await readIfPresent(lock)
    if (holder === undefined) continue
    if (await isDead(lock, holder)) await remove(lock, holder)
    else await wait(PAUSE_MS * (0.5 + Math.random()))
  }
  const [pid = '—', host = '—'] = ((await readIfPresent(lock)) ?? '').split(' ')
  throw fault('cli.file-locked', { file: lock, pid, host })
}

/** Stale: its process no longer exists on this machine, or it is older than any work lasts, on whatever host it was created. */
async function isDead(lock: string, holder: string): Promise<boolean> {
  const [pid, host] = holder.split(' ')
  if (host === hostname() && /^[1-9]\d*$/.test(pid ?? '')) {
    try {
      process.kill(Number(pid), 0)
    } catch (error) {
      if (reasonOf(error) === 'ESRCH') return true
    }
  }
  const made = await stat(lock).catch(() => undefined)
  return made !== undefined && isStale(made.mtimeMs, Date.now())
}

/** Only one process can move a file away; if it moved a live lock, it puts it back. */
async function remove(lock: string, holder: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`
  try {
    await rename(lock, aside)
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return
    throw error
  }
  if ((await readIfPresent(aside)) !== holder) {
    await link(aside, lock).catch((error: unknown) => {
      if (reasonOf(error) !== 'EEXIST') throw error
    })
  }
  await unlink(aside)
}

const reasonOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return undefined
    throw error
  }
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
